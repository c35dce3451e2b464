"""Any sequence of acts equals the replay of its log; those on the case alone equal its timeline too, and stand once in both.

CASE_HISTORIES sequences are tried (15 here, 10,000 in `make soak`), and a fifth as many of the timeline.
"""

from __future__ import annotations

import itertools
import os
from datetime import timedelta

import django.conf
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import models
from tests import conftest
from tests.cases import acting, logged, played
from tests.factories import NOW

HISTORIES = int(os.environ.get("CASE_HISTORIES", "15"))


class BackError(Exception):
    """Takes an example's rows away again."""


# which act of those there are then, by whom, what of it, how many of the last versions the person has missed
ACT = st.tuples(st.integers(0, 999), st.integers(0, 11), st.integers(0, 59), st.sampled_from([0] * 15 + [1]))


def test_what_stands_is_what_the_log_tells(committed: None) -> None:
    with acting.no_servers():
        world = acting.World.made()
        assert world.log.whole == logged.stands()
        tries = itertools.count()

        @settings(max_examples=HISTORIES, suppress_health_check=list(HealthCheck))
        @given(steps=st.lists(ACT, min_size=5, max_size=30))
        def history(steps: list[tuple[int, int, int, int]]) -> None:
            if next(tries) % 100 == 99:  # what was taken back lies in the tables still, and every look passes over it
                conftest.as_superuser("VACUUM", database=str(django.conf.settings.DATABASES["default"]["NAME"]))
            with pytest.raises(BackError), transaction.atomic():
                go_through(world.anew(), steps)
                raise BackError

        history()


def go_through(world: acting.World, steps: list[tuple[int, int, int, int]]) -> None:
    for minute, step in enumerate(steps, start=1):
        act = world.chosen(step, now=NOW + timedelta(minutes=minute))
        done = act is not None and acting.tried(*act)
        assert world.log.read() == 0 or done, act  # a refusal leaves no trace
        if minute % 5 == 0 or minute == len(steps):  # looking costs as much as an act
            assert world.log.whole == logged.stands(), act


# which act, by whom, what of it, how many of the last versions the person has missed
STEP = st.tuples(st.sampled_from(played.ACTS), st.integers(0, 4), st.integers(0, 6), st.sampled_from([0, 0, 0, 0, 1]))


def test_a_case_is_what_its_timeline_tells(committed: None) -> None:
    world = played.World.made()

    @settings(max_examples=max(3, HISTORIES // 5), suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEP, min_size=5, max_size=30))
    def history(steps: list[tuple[str, int, int, int]]) -> None:
        with pytest.raises(BackError), transaction.atomic():
            live(world, steps)
            raise BackError

    history()


def live(world: played.World, steps: list[tuple[str, int, int, int]]) -> None:
    after = (played.stands(world.case), played.happened(world.case), played.logged(world.case))
    for minute, (act, who, what, missed) in enumerate(steps, start=1):
        seen = models.Case.objects.get(pk=world.case.pk)
        seen.version -= missed
        verb, told = world.asked(act, of=seen, who=who, what=what, minute=minute)
        before = after
        went = acting.tried(verb, told)
        after = (played.stands(world.case), played.happened(world.case), played.logged(world.case))
        if went:
            assert (after[1], after[2]) == ([*before[1], after[1][-1]], [*before[2], after[1][-1]])
        else:
            assert after == before  # a refusal leaves no trace
        assert played.told(world.case) == after[0]

"""Any sequence of acts on a case equals the replay of its timeline, and each act stands once in the timeline and once in the log.

CASE_HISTORIES sequences are tried (15 here, 10,000 in `make soak`).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import cases, models
from tests.cases import played

HISTORIES = int(os.environ.get("CASE_HISTORIES", "15"))


class BackError(Exception):
    """Takes an example's rows away again."""


# which act, by whom, what of it, how many of the last versions the person has missed
STEP = st.tuples(st.sampled_from(played.ACTS), st.integers(0, 4), st.integers(0, 6), st.sampled_from([0, 0, 0, 0, 1]))


@pytest.mark.django_db
@settings(max_examples=HISTORIES, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=5, max_size=30))
def test_a_case_is_what_its_timeline_tells(steps: list[tuple[str, int, int, int]]) -> None:
    with pytest.raises(BackError), transaction.atomic():
        live(steps)
        raise BackError


def live(steps: list[tuple[str, int, int, int]]) -> None:
    world = played.World.made()
    for minute, (act, who, what, missed) in enumerate(steps, start=1):
        seen = models.Case.objects.get(pk=world.case.pk)
        seen.version -= missed
        verb, told = world.asked(act, of=seen, who=who, what=what, minute=minute)
        before = (played.stands(world.case), played.happened(world.case), played.logged(world.case))
        went = tried(verb, told)
        after = (played.stands(world.case), played.happened(world.case), played.logged(world.case))
        if went:
            assert (after[1], after[2]) == ([*before[1], after[1][-1]], [*before[2], after[1][-1]])
        else:
            assert after == before  # a refusal leaves no trace
        assert played.told(world.case) == after[0]


def tried(verb: str, told: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            getattr(cases, verb)(**told)
    except played.REFUSED:
        return False
    return True

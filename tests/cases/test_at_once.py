"""Two people act on one thing in the same moment, and one person sends the same act twice: nothing lost, doubled or silently overwritten.

CASE_PAIRS pairs are tried (50 here, 2,000 in `make soak`), all from one seed: a fifth of them on a case alone, where the first of two is
known to be done, the others by every verb there is.
"""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import cases, models
from patrol.access import audit
from patrol.cases import coming_back
from tests import factories, races
from tests.cases import acting, asked, logged, played, test_coming_back
from tests.factories import NOW

PAIRS = int(os.environ.get("CASE_PAIRS", "50"))
OF_CASES = PAIRS // 5
AT_MOST = 100  # pairs with one world, which grows
# What may be done in a state, and by whom (places in World.people): each of two must get as far as the lock.
MAY = {
    "opened": [("escalate", 0), ("escalate", 1), ("close", 0), ("close", 1), ("set_kind", 0), ("note", 1), ("add_flags", 0)],
    "escalated": [("take", 2), ("take", 3), ("give_back", 2), ("close", 2), ("set_kind", 3), ("message", 0), ("add_flags", 1)],
    "in_analysis": [("pass_on", 2), ("give_back", 3), ("close", 2), ("close", 3), ("set_kind", 0), ("message", 2), ("add_flags", 1)],
    "closed": [("reopen", 0), ("reopen", 1)],
}


@pytest.fixture
def world(committed: None) -> played.World:
    return played.World.made()


def doing(verb: str, told: dict[str, Any]) -> Callable[[], Any]:
    return lambda: getattr(cases, verb)(**told)


def brought_to(world: played.World, state: str) -> models.Case:
    """The case in this state, along the way a case goes."""
    ways = {"opened": (), "escalated": ("escalate",), "in_analysis": ("escalate", "take"), "closed": ("close",)}
    by = {"escalate": 0, "take": 2, "close": 0, "reopen": 0, "give_back": 2}
    case = models.Case.objects.get(pk=world.case.pk)
    back = {"closed": ("reopen",), "escalated": ("give_back",), "in_analysis": ("give_back",), "opened": ()}[case.state]
    for act in (*back, *ways[state]):
        verb, told = world.asked(act, of=case, who=by[act], what=0, minute=0)
        case = getattr(cases, verb)(**told)
    case.refresh_from_db()
    assert case.state == state
    return case


def test_of_two_acts_in_one_moment_each_is_done_once_or_refused(world: played.World) -> None:
    chance = random.Random(12)
    done = refused = 0
    for number in range(OF_CASES):
        state = chance.choice(list(MAY))
        case = brought_to(world, state)
        for flag in played.stands(case)["flags"] - {world.flags[0].pk} if state != "closed" else ():  # so that the next can add it
            cases.take_out(case_id=case.pk, flag_id=flag, note="kembali", by=world.people[2], now=case.opened_at)
        before = (played.stands(case), played.happened(case), played.logged(case))
        pair = [chance.choice(MAY[state]) for _ in range(2)]
        asked = [world.asked(act, of=case, who=who, what=1 + 2 * place, minute=number) for place, (act, who) in enumerate(pair)]
        answers = races.race(f"SELECT 1 FROM patrol_case WHERE id = {case.pk} FOR UPDATE", *(doing(*one) for one in asked))
        went = [act for (act, _who), answer in zip(pair, answers, strict=True) if not isinstance(answer, Exception)]
        for answer in answers:
            assert not isinstance(answer, Exception) or isinstance(answer, played.REFUSED), (pair, answer)
        assert not isinstance(answers[0], Exception)  # the first in the queue is done
        after = (played.stands(case), played.happened(case), played.logged(case))
        assert after[0]["version"] - before[0]["version"] == sum(act in played.VERSIONED for act in went) <= 1
        assert len(after[1]) - len(before[1]) == len(after[2]) - len(before[2]) == len(went), pair
        done, refused = done + len(went), refused + 2 - len(went)
    assert played.told(world.case) == played.stands(world.case)
    assert (done + refused, audit.verify()) == (2 * OF_CASES, None)
    assert refused > OF_CASES // 10  # the pairs do meet


@pytest.mark.parametrize("part", range(-(-(PAIRS - OF_CASES) // AT_MOST)))
def test_of_any_two_acts_in_one_moment_each_is_done_once_or_refused(part: int, committed: None) -> None:
    chance = random.Random(1000 + part)
    came: Counter[str] = Counter()
    with acting.no_servers():
        world = acting.World.made()
        for number in range(min(AT_MOST, PAIRS - OF_CASES - part * AT_MOST)):
            pair = two_of(world, chance, NOW + timedelta(minutes=number + 1))
            answers = races.race(EVERYTHING, *(call(*one) for one in pair), may_end=True)
            for answer in answers:
                assert not isinstance(answer, Exception) or isinstance(answer, acting.REFUSED), (pair, answer)
            done = [not isinstance(answer, Exception) for answer in answers]
            (one, told), (_other, also) = pair
            changed = world.log.read() > 0  # a task given to who has it already is no change
            # Sent twice with one key it happens once, and both are told what came of it.
            changed = changed and "decision_key" not in told and one not in acting.NOT_COUNTED
            if changed and all("seen_version" in each for each in (told, also)) and key(told) == key(also):
                assert sum(done) <= 1, pair  # both saw the same: only one of them can have been the first
            assert world.log.whole == logged.stands(), (pair, answers)
            came[f"{sum(done)} done"] += 1
    assert audit.verify() is None
    assert min(came[one] for one in ("0 done", "1 done", "2 done")) > 0 or sum(came.values()) < 40, came


EVERYTHING = "; ".join(f"SELECT 1 FROM patrol_{table} FOR UPDATE" for table in ("case", "flag", "objection"))


def two_of(world: acting.World, chance: random.Random, now: datetime) -> list[acting.Asked]:
    """One act twice, or two acts on one thing, mostly."""
    found: list[acting.Asked] = []
    while len(found) < 2:
        step = (chance.randrange(10_000), chance.randrange(12), chance.randrange(60), 0)
        act = world.chosen(step, now=now)
        if act is None:
            continue
        if not found and chance.random() < 0.3:
            return [act, act]
        if not found or key(act[1]) == key(found[0][1]) or chance.random() < 0.05:
            found.append(act)
    return found


def key(told: dict[str, Any]) -> tuple[Any, ...]:
    """What an act is done to."""
    return tuple(told.get(one) for one in ("task_id", "objection_id", "referral_id", "case_id", "flag_id"))


def call(verb: str, told: dict[str, Any]) -> Callable[[], Any]:
    return lambda: acting.verb(verb)(**told)


def test_an_act_sent_twice_with_one_key_happens_once(world: played.World) -> None:
    officer = world.people[0]
    for number in range(max(1, PAIRS // 25)):
        act = world.escalated(f"dikirim dua kali {number}", officer, uuid.uuid4())
        before = (models.Case.objects.count(), models.Decision.objects.count(), models.Notice.objects.count())
        first, second = races.race("LOCK TABLE patrol_series", act, act)
        assert first.case == second.case
        case = first.case
        assert (models.Case.objects.count(), models.Decision.objects.count(), models.Notice.objects.count()) == tuple(n + 1 for n in before)
        assert played.happened(case) == ["opened", "escalated"]
        assert played.told(case) == played.stands(case)


def test_two_sweeps_at_once_tell_once_what_came_back(committed: None) -> None:
    sent = asked.sent(asked.case_of(by=(by := factories.person())), by)
    test_coming_back.same(test_coming_back.flag_of(sent), test_coming_back.newer())
    done = races.race("LOCK TABLE patrol_comeback", *[lambda: coming_back.tell(now=test_coming_back.SWEPT)] * 2)
    assert sorted(done) == [0, 1]
    assert (sent.come_backs.count(), models.Notice.objects.filter(kind="referral_back").count()) == (1, 1)

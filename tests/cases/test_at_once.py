"""Two people act on one case in the same moment, and one person sends the same act twice: nothing lost, doubled or silently overwritten.

CASE_PAIRS pairs are tried (50 here, 2,000 in `make soak`), all from one seed.
"""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from patrol import cases, models
from patrol.access import audit
from patrol.cases import coming_back
from tests import factories, races
from tests.cases import asked, played, test_coming_back

PAIRS = int(os.environ.get("CASE_PAIRS", "50"))
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
    for number in range(PAIRS):
        state = chance.choice(list(MAY))
        case = brought_to(world, state)
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
        if case.state != "closed":  # what was added goes out again, so that the next can add it
            for flag in after[0]["flags"] - {world.flags[0].pk}:
                cases.take_out(case_id=case.pk, flag_id=flag, note="kembali", by=world.people[2], now=case.opened_at)
    assert played.told(world.case) == played.stands(world.case)
    assert (done + refused, audit.verify()) == (2 * PAIRS, None)
    assert refused > PAIRS // 10  # the pairs do meet


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

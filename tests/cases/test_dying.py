"""A process is killed while it acts, at every kind of moment around COMMIT; then the person tries again.

CASE_KILLS kills are tried (50 here, 1,500 in `make soak`), all from one seed: a fifth of them on a case alone, where it is known what
trying again comes to, the others by every verb there is.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from patrol import cases, models
from patrol.access import audit
from tests import factories, stack
from tests.cases import acting, logged, played

KILLS = int(os.environ.get("CASE_KILLS", "50"))
OF_CASES = KILLS // 5
AT_MOST = 100  # kills with one world, which grows
WAY = ("set_kind", "note", "escalate", "take", "message", "pass_on", "add_flags", "take_out", "give_back", "close", "reopen")
WHO = {"take": 2, "pass_on": 2, "take_out": 2, "give_back": 3}


class Dying:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.commits = 0

    def act(self, verb: str, told: dict[str, Any], *, at: str = "", statement: int = 0) -> str:
        """What the act came to; `commits`: how many COMMITs it was through. Sending a mail has two; some acts look again after."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        sent = pickle.dumps({key: value for key, value in told.items() if key != "by"}).hex()
        asked = {"verb": verb, "told": sent, "by": told["by"].pk, "at": at, "statement": statement}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        came, commits = self.process.stdout.readline().split()
        self.commits = int(commits)
        return came


@pytest.fixture
def dying(committed: None) -> Iterator[Dying]:
    url = stack.named(os.environ["DATABASE_URL"], str(settings.DATABASES["default"]["NAME"]))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cases.dying"],
        env=os.environ | {"DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Dying(process)
    process.communicate()
    assert process.returncode == 0


def test_an_act_whose_process_was_killed_is_there_whole_or_not_at_all_and_trying_again_makes_it_once(dying: Dying) -> None:
    world, chance = played.World.made(), random.Random(13)
    came: list[str] = []
    for number in range(OF_CASES):
        act = WAY[number % len(WAY)]
        case = models.Case.objects.get(pk=world.case.pk)
        verb, told = world.asked(act, of=case, who=WHO.get(act, 0), what=1 + 2 * (number // len(WAY) % 2), minute=number)
        before = whole(case)
        at = chance.choice(["statement", "before", "after"])
        died = dying.act(verb, told, at=at, statement=chance.randint(1, 5))  # a note has no more of them
        between = whole(case)
        assert len(between[1]) - len(before[1]) == len(between[2]) - len(before[2]) == (at == "after")
        assert (between == before) == (at != "after")  # killed in the last statement or earlier, nothing of it is there
        again = dying.act(verb, told)
        after = whole(case)
        once = 2 if at == "after" and act in {"note", "message"} else 1  # a note carries no key: the person sees that it stands there
        assert len(after[1]) - len(before[1]) == len(after[2]) - len(before[2]) == once, (act, at, again)
        assert again == ("refused" if at == "after" and once == 1 else "done")
        assert played.told(case) == after[0]
        came.append(died)
    assert (set(came), audit.verify()) == ({"died"}, None)


@pytest.mark.parametrize("part", range(-(-(KILLS - OF_CASES) // AT_MOST)))
def test_any_act_whose_process_was_killed_is_there_whole_or_not_at_all(
    part: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("MAIL_URL", "smtp://127.0.0.1:1")  # of the process that dies; nobody listens there
    monkeypatch.setenv("MAIL_FROM", "kirim@patroli.example")
    process: Dying = request.getfixturevalue("dying")
    chance = random.Random(2000 + part)
    came: Counter[str] = Counter()
    with acting.no_servers():
        world = acting.World.made()
        for number in range(min(AT_MOST, KILLS - OF_CASES - part * AT_MOST)):
            now = factories.NOW + timedelta(minutes=number + 1)
            act = None
            while act is None:
                act = world.chosen((chance.randrange(10_000), chance.randrange(12), chance.randrange(60), 0), now=now)
            at = chance.choice(["statement", "before", "after"])
            died = process.act(*act, at=at, statement=chance.randint(1, 25))
            assert died in {"died", "refused", "done"}, act  # "done": it sent fewer statements than that
            there = process.commits > 0
            assert bool(world.log.read()) <= there, act  # killed before COMMIT, nothing of it is there
            assert world.log.whole == logged.stands(), act
            again = process.act(*act)
            rows = world.log.read()
            assert again in {"done", "refused"}, act
            assert (again == "refused") <= (rows == 0), act
            if "seen_version" in act[1] and act[0] not in acting.NOT_COUNTED and there:
                assert rows == 0, act  # it is there: not done twice
            assert world.log.whole == logged.stands(), act
            came[f"{died}, {again}"] += 1
    assert audit.verify() is None
    assert min(came[one] for one in ("died, done", "died, refused")) > 0 or sum(came.values()) < 40, came


def whole(case: models.Case) -> tuple[dict[str, Any], list[str], list[str]]:
    return played.stands(case), played.happened(case), played.logged(case)


@pytest.mark.parametrize("at", ["before", "after"])
def test_a_flag_escalated_by_a_process_that_was_killed_is_escalated_once(dying: Dying, at: str) -> None:
    officer, flag = factories.person(), factories.flag()
    told = {"flag_id": flag.pk, "article": "fraud", "note": "tiga kantor", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    told |= {"by": officer, "now": factories.NOW}
    assert dying.act("escalate_flag", told, at=at) == "died"
    assert models.Case.objects.count() == models.Decision.objects.count() == (at == "after")
    assert dying.act("escalate_flag", told) == "done"
    (case,) = models.Case.objects.all()
    assert models.Decision.objects.count() == models.Notice.objects.count() == 1
    assert (case.state, played.happened(case), cases.listed("", officer).count()) == ("escalated", ["opened", "escalated"], 1)

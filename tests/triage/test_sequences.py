"""Whatever people do in whatever order: the log tells the state, and every decision has its line in the audit chain."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.access import audit
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.factories import NOW
from tests.triage.acts import decide, flags

FLAGS, ACTS = 50, 10
REFUSALS = (
    triage.StaleError,
    triage.HeldByOtherError,
    triage.InCaseError,
    triage.SnoozeError,
    triage.ReasonMissingError,
    states.MoveRefusedError,
    cases.StaleError,
    RefusedError,
    PermissionDenied,
)


def key() -> uuid.UUID:
    return uuid.uuid4()


def act(chance: random.Random, flag: models.Flag, by: models.Person, now: datetime) -> str:
    """Does one thing at random; the name of it."""
    flag.refresh_from_db()
    entry = models.CaseFlag.objects.filter(flag=flag).first()
    last = flag.decisions.order_by("-id").first()
    given: dict[str, Any] = {"by": by, "now": now}
    on_flag: dict[str, Any] = {
        "flag_id": flag.pk,
        "decision_key": key(),
        "seen_version": flag.version - chance.choice([0, 0, 0, 1]),
        **given,
    }
    verbs: dict[str, Callable[[], object]] = {
        "decide": lambda: decide(flag, by, *chance.choice(DECISIONS), version=on_flag["seen_version"], now=now),
        "escalate": lambda: cases.escalate_flag(article="fraud", note="lintas daerah", **on_flag),
        "file": lambda: cases.file_flag(case_id=None, reason="fraud", **on_flag),
        "snooze": lambda: triage.snooze(flag_id=flag.pk, until=now + timedelta(days=1), note="nanti", seen_version=flag.version, **given),
        "take": lambda: triage.take(flag.pk, **given),
        "release": lambda: triage.release(flag.pk, **given),
        "hand over": lambda: triage.hand_over(
            flag_id=flag.pk, office_id=chance.choice(OFFICES), note="di sana", seen_version=flag.version, **given
        ),
    }
    if last:
        verbs["undo"] = lambda: triage.undo(decision_id=last.pk, decision_key=key(), **given)
        verbs["reverse"] = lambda: triage.reverse(decision_id=last.pk, reason_note="salah baca", decision_key=key(), **given)
        verbs["withdraw"] = lambda: cases.withdraw(decision_id=last.pk, decision_key=key(), **given)
    if entry:
        verbs["take out"] = lambda: cases.take_out(case_id=entry.case_id, flag_id=flag.pk, note="salah perkara", **given)
    soon = ["undo", "withdraw"] * 3 if last and last.by_id == by.pk and now < last.effective_at else []
    name = chance.choice([*sorted(verbs), *soon])
    verbs[name]()
    return name


DECISIONS = [("confirmed", "fraud"), ("dismissed", "lawful"), ("needs_information", "agency"), ("victim", "asks")]
OFFICES: list[int] = []


def follows_from_the_log(flag: models.Flag) -> None:
    """The flag as its rows of history tell it, from nothing."""
    state, told = "waiting", flag.decisions.order_by("id")
    for decision in told:
        assert decision.state_before == state
        state = decision.state_after
    assert flag.state == state
    assert (flag.decided_at is None) == (state in states.UNDECIDED)
    moved = flag.events.filter(kind="handed_over").order_by("id").last()
    assert moved is None or moved.after["office"] == flag.office_id
    seen = flag.events.filter(kind__in=["handed_over", "snoozed"]).count()
    assert flag.version == 1 + len(told) + seen
    standing = told.filter(reverses=None, reversed_by=None).last()
    assert hasattr(flag, "protection") == bool(standing and standing.outcome == "victim")
    assert not hasattr(flag, "case_entry") or state == "confirmed"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_log_tells_the_state_and_the_chain_every_decision(seed: int) -> None:
    chance = random.Random(seed)
    found = flags(FLAGS)
    OFFICES[:] = [factories.office(code).pk for code in ("bp3mi-jabar", "bp3mi-ntb")]
    people = [
        factories.person(),
        factories.person(),
        factories.person("supervisor"),
        factories.person("officer", "bp3mi-ntb"),
        factories.person("officer", "directorate"),
    ]
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    now = NOW
    for flag in found:
        by = chance.choice(people)
        for _ in range(ACTS):
            now += timedelta(seconds=chance.choice([0, 1, 4, 20]))
            by = chance.choice([by, chance.choice(people)])  # undoing is for who decided, and soon
            try:
                done[act(chance, flag, by, now)] += 1
            except REFUSALS as error:
                refused[type(error).__name__] += 1
    for flag in models.Flag.objects.filter(pk__in=[flag.pk for flag in found]):
        follows_from_the_log(flag)
    # Nothing was left untried, and both answers came.
    assert set(done) == {"decide", "escalate", "file", "snooze", "take", "release", "hand over", "undo", "reverse", "withdraw", "take out"}
    assert min(sum(done.values()), sum(refused.values())) > FLAGS
    lines = models.AuditEntry.objects.filter(target_type="flag")
    told = Counter(
        (number, entry.at, entry.verb.removeprefix("flag."), entry.actor_id)
        for entry in lines
        for number in entry.after.get("flags", [])
        if "reason" in entry.after
    )
    made = models.Decision.objects.values_list("flag__number", "at", "outcome", "by_id")
    assert told == Counter(made)
    assert audit.verify() is None

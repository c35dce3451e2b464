"""Decided flags and objections to them, as far as a test needs them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from patrol import cases, models, triage
from patrol.cases import objections
from patrol.models import Outcome, Role
from tests import factories
from tests.cases import asked
from tests.factories import NOW

LATER = NOW + timedelta(days=1)
NAME, CONTACT = "Kartika Rekaan Wulandari", "Jalan Contoh 12, Bandung"
TEXT = "Saya Kartika bukan perekrut. Nomor saya 0812-0555-0142 dipakai orang lain."


def decided(flag: models.Flag | None = None, outcome: str = Outcome.CONFIRMED, *, by: models.Person | None = None) -> models.Flag:
    """A flag somebody decided, with the copies in its row."""
    flag = flag or factories.flag()
    triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason="fraud" if outcome == Outcome.CONFIRMED else "tells" if outcome == Outcome.VICTIM else "lawful",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by or factories.person(),
        now=NOW,
    )
    return models.Flag.objects.get(pk=flag.pk)


def in_case(*, by: models.Person, count: int = 1, code: str = asked.OWN) -> tuple[models.Case, list[models.Flag]]:
    """A case of flags that were confirmed by a decision each, with a copy of their posts."""
    factories.offices()
    flags = [decided(flag, by=by) for flag in factories.flags(count, of=factories.watch(code))]
    for flag in flags:
        asked.copied(flag)
    case = cases.open_case(flag_ids=[flag.pk for flag in flags], title="Calo rute Batam", by=by, now=NOW)
    return case, flags


def enter(flag: models.Flag, by: models.Person, now: datetime = LATER, **given: Any) -> models.Objection:
    told: dict[str, Any] = {
        "side": "named",
        "name": NAME,
        "contact": CONTACT,
        "how": "letter",
        "day": NOW.date(),
        "text": TEXT,
        "content": None,
        **given,
    }
    return objections.enter(flag_id=flag.pk, by=by, now=now, **told)


def decide(made: models.Objection, by: models.Person, outcome: str = "upheld", now: datetime = LATER, **given: Any) -> models.Objection:
    told: dict[str, Any] = {
        "ground": "Nomor itu milik orang lain (contoh).",
        "put_right": "Nomor itu bukan nomor perekrut (contoh)." if outcome in models.PUTS_RIGHT else "",
        "anew": "dismissed" if outcome == "upheld" else "",
        "reason": "lawful" if outcome == "upheld" else "",
        "seen_version": made.version,
        **given,
    }
    return objections.decide(objection_id=made.pk, outcome=outcome, by=by, now=now, **told)


def supervisor(code: str = asked.OWN) -> models.Person:
    return factories.person(Role.SUPERVISOR, code)

"""Warning cards as far as a test needs them: made, with pictures that nobody drew, and released."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from patrol import models
from patrol.cases import cards
from patrol.evidence import custody
from patrol.models import Role
from tests import factories
from tests.cases import asked, objected
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)
QUOTE = "Visa turis dulu biar cepat berangkat. Gaji 15 juta."


def case(code: str = asked.OWN, *, by: models.Person | None = None) -> tuple[models.Case, models.Flag]:
    """A case of one flag that a person confirmed."""
    factories.offices()
    made, (flag,) = objected.in_case(by=by or factories.person(Role.OFFICER, code), code=code)
    return made, flag


def make(of: models.Case, flag: models.Flag, by: models.Person, now: datetime = LATER, **changes: Any) -> models.Card:
    told: dict[str, Any] = {"position": "CS chat", "country": "KH", "quote": QUOTE, "signs": ["pay", "account"], **changes}
    return cards.make(case_id=of.pk, flag_id=flag.pk, by=by, now=now, **told)


def drawn(card: models.Card, now: datetime = LATER) -> models.Card:
    """With a picture in each language, as the job keeps it."""
    for language in cards.LANGUAGES:
        content = f"{card.number} {language}".encode()
        job = models.Job.objects.get(kind=cards.JOB, key=str(card.pk))
        capture = custody.capture_file(content, "image/png", platform="", kind="document", job=job, office=card.office, now=now)
        models.CardFile.objects.create(card=card, language=language, kind="png", capture=capture, at=now)
    return card


def released(
    of: models.Case, flag: models.Flag, by: models.Person, second: models.Person | None = None, now: datetime = LATER
) -> models.Card:
    made = drawn(make(of, flag, by, now), now)
    second = second or factories.person(Role.SUPERVISOR, of.office.code)
    return cards.release(card_id=made.pk, seen_version=made.version, by=second, now=now)

"""What somebody wants to be told, by which way and when. Own taste: no audit row; what holds for an office is its supervisor's act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.infra.refusals import RefusedError
from patrol.models import Way


class Kind(StrEnum):
    FLAGS = "flags"  # high ones, new in the queue of the own office; and urgent reports of the public that came to it
    CLOCKS = "clocks"  # cases and referrals whose time is over
    WATCHES = "watches"  # of the own office that stopped or fail
    SYSTEMS = "systems"  # that the own office sends what changed to, where nothing arrives or it does again
    MESSAGES = "messages"  # of the other side of a case
    APPROVALS = "approvals"  # what waits for this person's word
    LOOKS = "looks"  # decisions to look at a second time, and what two people see differently


class When(StrEnum):
    NOW = "now"
    HOURLY = "hourly"
    DAILY = "daily"


# Whoever may do none of these is told nothing of the kind. Approvals come to whoever a notice is for.
NEEDS: Final[Mapping[Kind, tuple[Action, ...]]] = {
    Kind.FLAGS: (Action.FLAG_DECIDE, Action.TIP_VIEW),
    Kind.CLOCKS: (Action.CASE_VIEW,),
    Kind.WATCHES: (Action.WATCH_VIEW,),
    Kind.SYSTEMS: (Action.WEBHOOK,),
    Kind.MESSAGES: (Action.CASE_VIEW,),
    Kind.APPROVALS: (
        Action.REFERRAL_APPROVE,
        Action.ERASE_APPROVE,
        Action.REGISTER_APPROVE,
        Action.LAW_APPROVE,
        Action.PERSON_AGREE,
        Action.OBJECTION_SETTLE,
        Action.WATCH_KEEP,
        Action.BULK_APPROVE,
        Action.SUMMARY_APPROVE,
        Action.PEER_APPROVE,
        Action.PEER_ASK,
    ),
    Kind.LOOKS: (Action.REVIEW, Action.REVIEW_SETTLE),
}
HOUR: Final = 7


@dataclass(frozen=True, slots=True)
class One:
    """How one kind is told."""

    ways: tuple[Way, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Choice:
    """`kinds`: what is told at all. `quiet`: (from, to), hours of the day in which only the daily message comes; None: none."""

    kinds: Mapping[Kind, One] = field(default_factory=dict)
    hour: int = HOUR
    quiet: tuple[int, int] | None = None


NOTHING: Final = Choice()


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who wants to be told something, and can be reached. `ways`: by which."""

    person: models.Person
    choice: Choice
    ways: frozenset[Way]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.office.zone)

    def by(self, kind: Kind) -> tuple[Way, ...]:
        one = self.choice.kinds.get(kind)
        return tuple(way for way in one.ways if way in self.ways) if one else ()


def read(row: models.TellingChoice | None) -> Choice:
    if row is None:
        return NOTHING
    kinds = {Kind(kind): One(tuple(map(Way, one["ways"])), When(one["when"])) for kind, one in row.chosen.items()}
    quiet = None if row.quiet_from is None or row.quiet_to is None else (row.quiet_from, row.quiet_to)
    return Choice(kinds, row.hour, quiet)


def own(person: models.Person) -> models.TellingChoice | None:
    return models.TellingChoice.objects.filter(person=person).first()


def of_office(office_id: int) -> models.TellingChoice | None:
    return models.TellingChoice.objects.filter(office=office_id).first()


def offered(person: models.Person) -> list[Kind]:
    """The kinds that somebody like this can be told of."""
    return [kind for kind, actions in NEEDS.items() if any(access.may(person, action) for action in actions)]


# Asked in each sweep: ids alone, and nothing more where nobody is to be told anything.
_LISTENERS: Final = """
SELECT p.id, p.mail <> '', paired.id IS NOT NULL
FROM patrol_person p
LEFT JOIN patrol_tellingchoice own ON own.person_id = p.id
LEFT JOIN patrol_tellingchoice its ON its.office_id = p.office_id
LEFT JOIN (patrol_pairing paired JOIN patrol_bot b ON b.id = paired.bot_id AND b.sealed <> '' AND b.name <> '' AND b.refused_at IS NULL)
  ON paired.person_id = p.id AND paired.ended_at IS NULL AND paired.paired_at IS NOT NULL AND b.office_id = p.office_id
WHERE p.is_active AND COALESCE(own.chosen, its.chosen, '{}') <> '{}' AND (p.mail <> '' OR paired.id IS NOT NULL)
"""


def listeners() -> dict[int, Listener]:
    """By person. One query, one more where there are any."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTENERS)
        reached = {row[0]: frozenset(way for way, there in zip(Way, row[1:], strict=True) if there) for row in cursor.fetchall()}
    if not reached:
        return {}
    people = models.Person.objects.filter(pk__in=reached).select_related("office", "telling", "office__telling")
    return {one.pk: Listener(one, read(_row(one) or _row(one.office)), reached[one.pk]) for one in people}


def _row(owner: models.Person | models.Office) -> models.TellingChoice | None:
    return getattr(owner, "telling", None)


# --- verbs ------------------------------------------------------------------------------------------


def _checked(kinds: Mapping[Kind, One], hour: int, quiet: tuple[int, int] | None) -> dict[str, Any]:
    if not 0 <= hour <= 23 or (quiet is not None and not all(0 <= one <= 23 for one in quiet)):
        raise RefusedError("telling.hour", _("Nothing was changed: choose full hours of a day."), "hour")
    if quiet is not None and quiet[0] == quiet[1]:
        raise RefusedError("telling.quiet", _("Nothing was changed: quiet hours begin and end at different hours."), "quiet_from")
    chosen = {str(kind): {"ways": [str(way) for way in one.ways], "when": str(one.when)} for kind, one in kinds.items() if one.ways}
    return {"chosen": chosen, "hour": hour, "quiet_from": quiet[0] if quiet else None, "quiet_to": quiet[1] if quiet else None}


def choose(
    *, kinds: Mapping[Kind, One], hour: int, quiet: tuple[int, int] | None, by: models.Person, now: datetime
) -> models.TellingChoice:
    """For oneself, instead of what the office has. Nothing chosen is a choice too. Raises RefusedError."""
    return models.TellingChoice.objects.update_or_create(person=by, defaults=_checked(kinds, hour, quiet))[0]


def as_office(*, by: models.Person, now: datetime) -> None:
    """What the office has holds again."""
    models.TellingChoice.objects.filter(person=by).delete()


def set_office(
    *, office_id: int, kinds: Mapping[Kind, One], hour: int, quiet: tuple[int, int] | None, by: models.Person, now: datetime
) -> models.TellingChoice:
    """What holds in an office for those who chose nothing. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.TELLING_OFFICE, office_id=office_id)
    given = _checked(kinds, hour, quiet)
    with transaction.atomic():
        office = models.Office.objects.select_for_update(no_key=True).get(pk=office_id)
        row = models.TellingChoice.objects.update_or_create(office=office, defaults=given)[0]
        audit.write("office.telling_set", by=by, now=now, target=office, after=given)
    return row

"""What the reading log is narrowed by: who, of which office, by what way, which thing, for which purpose, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from patrol import models
from patrol import search as searching
from patrol.admin.data_protection import consultation_words as said
from patrol.admin.shared import base
from patrol.admin.supervisor import audit_filters, audit_words
from patrol.models import ConsultationWay

DAYS: Final = 31  # shown where nothing is said that the log has an index for: it grows by thousands of rows a day
FULL, MASKED = "full", "masked"
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; a word it does not know is no filter."""

    who: str = ""
    office: str = ""
    way: str = ""
    thing: str = ""
    which: str = ""  # number, name or id of the thing
    purpose: str = ""
    shown: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        given = {name: asked.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in cls.__slots__}
        known = {"way": set(ConsultationWay), "thing": audit_words.THINGS, "purpose": said.purposes(), "shown": (FULL, MASKED)}
        for name in ("who", "office"):
            given[name] = given[name] if base.number(given[name]) is not None else ""
        for name, words in known.items():
            given[name] = given[name] if given[name] in words else ""
        for name in ("since", "until"):
            given[name] = searching.day_typed(given[name])
        return cls(**given)

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def bounded(self, today: date) -> Filters:
        """With a first day where none is said and neither a person nor a thing is."""
        if self.since or self.until or self.who or self.which:
            return self
        return replace(self, since=(today - timedelta(days=DAYS)).isoformat())

    def narrow(self, rows: QuerySet[models.Consultation], zone: ZoneInfo, *, sees_harmed: bool) -> QuerySet[models.Consultation]:
        if self.who:
            rows = rows.filter(person_id=int(self.who))
        if self.office:
            rows = rows.filter(office_id=int(self.office))
        if self.way:
            rows = rows.filter(way=self.way)
        if self.which:
            # Of somebody harmed: a row or none would say whether that thing is of theirs.
            named = audit_filters.named(self.thing, self.which, sees_harmed=sees_harmed)
            pairs = [one for one in named if one[0] != said.HARMED]
            rows = rows.filter(reduce(or_, (Q(target_kind=kind, target_id=str(key)) for kind, key in pairs), Q(pk=None)))
        elif self.thing:
            rows = rows.filter(target_kind=self.thing)
        if self.purpose:
            rows = rows.filter(purpose=self.purpose)
        if self.shown:
            rows = rows.filter(unmasked=self.shown == FULL)
        return searching.within(rows, "at", since=self.since, until=self.until, zone=zone)

    def told(self, names: said.Names) -> list[tuple[Any, Any]]:
        """(what, value) in words, for a file that leaves the house."""
        told = {
            _("Who"): names.people.get(int(self.who), "") if self.who else "",
            _("Office"): names.offices.get(int(self.office), "") if self.office else "",
            _("Way"): said.WAYS[self.way] if self.way else "",
            _("Thing"): " ".join(filter(None, (str(audit_words.THINGS.get(self.thing, "")), self.which))),
            _("Purpose"): said.purposes()[self.purpose] if self.purpose else "",
            _("Contacts"): said.SHOWN[self.shown] if self.shown else "",
            _("From"): self.since,
            _("Until"): self.until,
        }
        return [(what, value) for what, value in told.items() if value]


def at_most(place: str) -> datetime | None:
    """The moment of a place `<time>~<id>`: rows behind it are not later, which lets the database begin there."""
    try:
        found = datetime.fromisoformat(place.partition("~")[0])
    except ValueError:
        return None
    return found if found.tzinfo is not None else None

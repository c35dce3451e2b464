"""What the audit log is narrowed by: who, what, which thing, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from operator import or_
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from patrol import models
from patrol import search as searching
from patrol.admin.shared import base
from patrol.admin.supervisor import audit_words
from patrol.infra import wall
from patrol.models import Outcome

SYSTEM: Final = "system"  # acts of nobody
_LONGEST: Final = 60
_MOST: Final = 50  # things of one name


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; a word it does not know is no filter."""

    who: str = ""
    verb: str = ""
    thing: str = ""
    which: str = ""  # number, name or id of the thing
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        given = {name: asked.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in cls.__slots__}
        if given["who"] != SYSTEM and base.number(given["who"]) is None:
            given["who"] = ""
        given["verb"] = given["verb"] if given["verb"] in audit_words.VERBS else ""
        given["thing"] = given["thing"] if given["thing"] in audit_words.THINGS else ""
        for name in ("since", "until"):
            given[name] = searching.day_typed(given[name])
        return cls(**given)

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def narrow(self, rows: QuerySet[models.AuditEntry], zone: ZoneInfo, *, sees_harmed: bool) -> QuerySet[models.AuditEntry]:
        """`sees_harmed`: whoever may not see who was harmed finds no such row by its verb or thing, for that would say it."""
        if not sees_harmed and self.verb == audit_words.PROTECTED and (self.thing or self.which):
            return rows.none()  # a row or none would say whether that thing is of somebody harmed
        if self.who:
            rows = rows.filter(actor_id=None if self.who == SYSTEM else int(self.who))
        if self.verb == audit_words.PROTECTED:
            rows = rows.filter(_of_harmed())
        elif self.verb:
            rows = rows.filter(verb=self.verb)
        if self.which:
            rows = rows.filter(_named(self.thing, self.which, sees_harmed=sees_harmed))
        elif self.thing:
            rows = rows.filter(target_type=self.thing)
        if not sees_harmed and self.verb != audit_words.PROTECTED and (self.verb or self.thing or self.which):
            rows = rows.exclude(_of_harmed())
        return searching.within(rows, "at", since=self.since, until=self.until, zone=zone)

    def said(self) -> list[tuple[Any, Any]]:
        """(what, value) in words, for a file that leaves the house."""
        who = models.Person.objects.filter(pk=self.who).values_list("name", flat=True).first() if self.who.isdigit() else ""
        told = {
            _("Who"): who or (_("the system") if self.who == SYSTEM else ""),
            _("What"): audit_words.verb(self.verb) if self.verb else "",
            _("Thing"): " ".join(filter(None, (str(audit_words.THINGS.get(self.thing, "")), self.which))),
            _("From"): self.since,
            _("Until"): self.until,
        }
        return [(what, value) for what, value in told.items() if value]


def _of_harmed() -> Q:
    """The rows audit_words.veil covers."""
    decision = Cast(KeyTextTransform("decision", "before"), BigIntegerField())
    victims = models.Decision.objects.filter(outcome=Outcome.VICTIM).values("pk")
    taken_back = models.AuditEntry.objects.filter(verb="flag.reversed").alias(its_decision=decision).filter(its_decision__in=victims)
    return Q(verb="flag.victim") | Q(verb__startswith="protection.") | Q(pk__in=taken_back.values("pk"))


def _named(kind: str, which: str, *, sees_harmed: bool) -> Q:
    """The rows about things of that number or name, and of that id where the kind is said. One query."""
    found = named(kind, which, sees_harmed=sees_harmed)
    return reduce(or_, (Q(target_type=one, target_id=str(key)) for one, key in found), Q(pk=None))


@wall.everything("the logs name what they are about, of whichever office")
def named(kind: str, which: str, *, sees_harmed: bool) -> list[tuple[str, int]]:
    """Kind and key of the things that are called so in the logs, at most _MOST, and of that id where the kind is said. One query.

    Whoever may not see who was harmed finds none of those whose numbers they are not told: a row says as much as its number does.
    """
    asked = []
    for one, (model, field) in audit_words.NAMED.items():
        if kind not in {"", one} or (one == "registeredition" and not kind):  # an edition's number alone is any number
            continue
        found = model.objects.order_by().annotate(its_kind=Value(one)).alias(called=Cast(field, TextField()))
        about = Q(number=which.upper()) if field == "number" and one != "registeredition" else Q(called__iexact=which)
        about |= Q(username=which.lower()) if one == "person" else Q()
        asked.append(found.filter(about).values_list("its_kind", "pk"))
    things = list(asked[0].union(*asked[1:], all=True)[:_MOST]) if asked else []
    if kind and base.number(which) is not None:
        things.append((kind, int(which)))
    return [(one, key) for one, key in things if sees_harmed or one not in audit_words.WITHHELD]


def choices(sees_harmed: bool) -> dict[str, Any]:
    """What the form offers. One query."""
    hidden = () if sees_harmed else ("flag.victim", "protection.")
    verbs = [(code, str(title)) for code, title in audit_words.VERBS.items() if not code.startswith(hidden or "\0")]
    people = models.Person.objects.order_by("name", "pk").values_list("pk", "name")
    return {
        "people": [(SYSTEM, _("the system")), *((str(key), name) for key, name in people)],
        "verbs": sorted(verbs, key=lambda one: one[1]),
        "things": sorted(((code, str(title)) for code, title in audit_words.THINGS.items()), key=lambda one: one[1]),
    }

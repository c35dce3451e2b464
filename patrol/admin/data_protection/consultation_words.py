"""The reading log in words: who, of which office, by what way, which thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.admin.supervisor import audit_values, audit_words
from patrol.domain.unusual_reading import Why

HARMED: Final = "protection"  # of it the log tells that it was read, not whose it is
WAYS: Final = audit_values.READ_BY
SHOWN: Final = audit_values.SHOWN
WHYS: Final[dict[str, Badge]] = {
    Why.MUCH: Badge(gettext_lazy("much more than usual"), "med", "trending_up"),
    Why.OUTSIDE: Badge(gettext_lazy("outside the working hours"), "med", "dark_mode"),
    Why.OTHERS: Badge(gettext_lazy("much of other offices in one day"), "med", "apartment"),
    Why.OWN: Badge(gettext_lazy("own name or address"), "high", "badge"),
}
REASONS: Final = audit_values.UNUSUAL


def purposes() -> Mapping[str, Title]:
    return audit_values.purposes()


@dataclass(frozen=True, slots=True)
class Names:
    """Of all people and offices, by id. Two queries."""

    people: Mapping[int, str]
    offices: Mapping[int, str]

    @classmethod
    def load(cls) -> Names:
        people = models.Person.objects.order_by("name", "pk").values_list("pk", "name")
        return cls(dict(people), dict(models.Office.objects.order_by("name").values_list("pk", "short_name")))


def lines(rows: Iterable[models.Consultation], names: Names, *, sees_harmed: bool) -> list[dict[str, Any]]:
    """Rows in words; one query for what their things are called. `sees_harmed`: else no row says which flag, case or post was read."""
    rows = list(rows)
    closed = {HARMED} | (set() if sees_harmed else audit_words.WITHHELD)
    called = audit_words.called({(row.target_kind, row.target_id) for row in rows if row.target_kind not in closed})
    found = []
    for row in rows:
        harmed = row.target_kind == HARMED
        thing = str(audit_words.THINGS.get(row.target_kind, row.target_kind))
        found.append(
            {
                "at": row.at,
                "when": words.moment(row.at),
                "who": names.people.get(row.person_id, str(row.person_id)),
                "office": names.offices.get(row.office_id, ""),
                "way": str(WAYS[row.way]),
                "thing": thing
                if row.target_kind in closed
                else f"{thing} {called.get((row.target_kind, row.target_id), row.target_id)}".strip(),
                "of_office": "" if harmed or row.of_office_id is None else names.offices.get(row.of_office_id, ""),
                "purpose": "" if harmed or not row.purpose else str(purposes().get(row.purpose, row.purpose)),
                "shown": str(SHOWN["full" if row.unmasked else "masked"]),
                "rows": row.rows,
                "digest": row.query_digest[:12],
            }
        )
    return found


def unusual(row: models.UnusualReading) -> str:
    """What was counted, and up to how much would not have stood out."""
    if row.why == Why.MUCH:
        return _("%(count)s people, posts and contacts; up to %(usual)s would not have stood out") % {
            "count": localize(row.count),
            "usual": localize(row.usual),
        }
    if row.why == Why.OTHERS:
        return _("%(count)s things of other offices and rows of lists in full; up to %(usual)s are usual") % {
            "count": localize(row.count),
            "usual": localize(row.usual),
        }
    return _("%(count)s times") % {"count": localize(row.count)}

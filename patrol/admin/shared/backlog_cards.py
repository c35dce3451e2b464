"""How old the queue is, and at the directorate what waits in each office. Each bar and each figure opens its list."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, cases, models
from patrol.access import Action
from patrol.admin.shared import base, charts, drawn, words
from patrol.admin.shared.cards import Card, as_of
from patrol.cases import homes
from patrol.triage import backlog

_QUEUE: Final = "patrol_flag_changelist"
_CASES: Final = "patrol_case_changelist"
_PEOPLE: Final = "patrol_person_changelist"
OFFICES_SHOWN: Final = 8


def of(request: HttpRequest, person: models.Person, now: datetime) -> backlog.Backlog:
    """Asked once a request: three cards show it."""
    found: backlog.Backlog | None = getattr(request, "_backlog", None)
    if found is None:
        found = backlog.backlog(person, now)
        request._backlog = found  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def ages(request: HttpRequest) -> Card | None:
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.FLAG_DECIDE):
        return None
    found = of(request, person, now)
    if not found.of().count:
        return None
    first, second, third = backlog.AGES
    bands: tuple[tuple[Any, dict[str, int]], ...] = (
        (_("up to %(count)s hours") % {"count": first}, {"younger": first}),
        (_("%(from)s to %(to)s hours") % {"from": first, "to": second}, {"older": first, "younger": second}),
        (_("%(from)s to %(to)s days") % {"from": second // 24, "to": third // 24}, {"older": second, "younger": third}),
        (_("over %(count)s days") % {"count": third // 24}, {"older": third}),
    )
    counts = [found.of(age=age).count for age in range(len(bands))]
    return Card(
        title=_("Age of the queue"),
        note=", ".join(part for part in (_("rows by their oldest flag"), as_of(found.at, now)) if part),
        template="workbench/cards/bars.html",
        context={
            "heads": (_("Waiting"), _("Rows")),
            "rows": [
                {"title": title, "link": base.here(_QUEUE, **asked), "count": count, "width": width}
                for (title, asked), count, width in zip(bands, counts, charts.bars(counts), strict=True)
            ],
        },
        order=21,
        column="side",
    )


class _Office(NamedTuple):
    """Of one office: rows of its queue, those of high level and those over their limit, the age of the oldest, open cases, people."""

    id: int
    name: str
    waits: int
    high: int
    late: int
    age: str
    cases: int
    people: int


def offices(request: HttpRequest) -> Card | None:
    """The directorate's: what waits in each office, how old it is, and whether anybody is there. Sorted by need, which ranks nobody."""
    person, now = base.who(request), timezone.now()
    if not person.at_directorate or not access.may(person, Action.FLAG_DECIDE):
        return None
    found = of(request, person, now)
    open_cases = homes.by_office(cases.listed(cases.OPEN, person)) if access.may(person, Action.CASE_VIEW) else {}
    people = dict(models.Person.objects.filter(is_active=True).order_by().values_list("office").annotate(Count("id")))
    rows = []
    for office in models.Office.objects.filter(active=True).order_by("name", "id"):
        waits, late = found.of(office_id=office.pk), found.of(office_id=office.pk, late="*")
        high = found.of(office_id=office.pk, level="high")
        age = words.age(waits.oldest, now) if waits.oldest else ""
        counted = (open_cases.get(office.pk, 0), people.get(office.pk, 0))
        rows.append(_Office(office.pk, office.short_name, waits.count, high.count, late.count, age, *counted))
    rows.sort(key=lambda row: (-row.late, row.people > 0 or not row.waits, -row.waits))
    return Card(
        title=_("Offices"),
        note=", ".join(part for part in (_("what is over its limit first; no ranking"), as_of(found.at, now)) if part),
        body=_offices(tuple(rows), access.may(person, Action.PERSON_VIEW)),
        order=25,
        link=base.here("patrol_office_changelist"),
        link_title=_("All"),
    )


@drawn.once(32)
def _offices(rows: tuple[_Office, ...], sees_people: bool) -> str:
    shown = [_row(row, sees_people=sees_people) for row in rows]
    empty = [row for row in rows if not row.people]
    return render_to_string(
        "workbench/cards/offices.html",
        {
            "rows": shown[:OFFICES_SHOWN],
            "rest": shown[OFFICES_SHOWN:],
            "empty": len(empty),
            "empty_waits": sum(row.waits for row in empty),
            "empty_link": base.here("patrol_office_changelist", people="none"),
        },
    )


def _row(row: _Office, *, sees_people: bool) -> dict[str, Any]:
    key = str(row.id)
    return {
        "title": row.name,
        "waits": row.waits,
        "waits_link": base.here(_QUEUE, office=key),
        "high": row.high,
        "high_link": base.here(_QUEUE, office=key, level="high"),
        "late": row.late,
        "late_link": base.here(_QUEUE, office=key, late="1"),
        "age": row.age,
        "cases": row.cases,
        "cases_link": base.here(_CASES, state=cases.OPEN, office=key),
        "people": row.people,
        "people_link": base.here(_PEOPLE, office=key) if sees_people else "",
    }

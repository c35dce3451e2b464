"""What waits for a person beside the queue, and what the top bar says, asked once a request in one query: side bar and start page show
the same numbers.

Every page asks it. To put the query together takes several times what the database takes to answer it, a fifth of a short page: it is
put together once in a process for each kind of person, with stand-ins where the person, their office and the time go.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.contrib.postgres.aggregates import JSONBAgg
from django.db import connection
from django.db.models import Count, F, Min, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone

from patrol import access, cases, models
from patrol.access import Action, duties
from patrol.cases import cards, erasures, objections, referrals, sending, tasks
from patrol.cases.peers import requests
from patrol.domain.states import ProtectionState
from patrol.infra import prepared
from patrol.intake.tips import handling
from patrol.models import OfficeKind, Role
from patrol.register import manual
from patrol.triage import notices, protecting
from patrol.watches import proposing, wellbeing

# Stand-ins: no row has such an id, and nothing is as old.
PERSON: Final = -1
OFFICE: Final = -2
NOW: Final = datetime(1, 1, 1, tzinfo=UTC)
NAMES: Final[dict[Any, str]] = {PERSON: "person", OFFICE: "office", NOW: "now"}


@dataclass(frozen=True, slots=True)
class Waits:
    """`cases` that wait for this person's side; people marked as `harmed` whom nobody has reached yet, and since when; requests to erase
    (`erasures`), `referrals`, `objections`, warning `cards`, exports for peers (`peer_exports`), `proposals` of watches and changes of the
    register `by_hand` that this person may answer; cases with unread `messages` of the other side, and since when; `tips` of the public in
    which somebody waits for an officer, and since when; `mails` of which this person may say whether they arrived; `watches` that fail or
    have stopped; `tasks` in cases that this person has to do. Of the top bar: `unread` notices, the `register_date` of the newest edition,
    further `duties` as (id, role, office), and the office of the own one while another is taken up (`home`)."""

    cases: int = 0
    harmed: int = 0
    harmed_since: datetime | None = None
    erasures: int = 0
    messages: int = 0
    messages_since: datetime | None = None
    referrals: int = 0
    mails: int = 0
    cards: int = 0
    peer_exports: int = 0
    tips: int = 0
    tips_since: datetime | None = None
    objections: int = 0
    proposals: int = 0
    by_hand: int = 0
    watches: int = 0
    tasks: int = 0
    unread: int = 0
    register_date: date | None = None
    duties: tuple[tuple[int, str, str], ...] = ()
    home: str = ""


def of(request: HttpRequest, person: models.Person) -> Waits:
    kept: Waits | None = getattr(request, "_waits", None)
    if kept is None:
        names, sql = _query(Role(person.role), person.at_directorate, person.approves)
        with connection.cursor() as cursor:
            prepared.execute(cursor, sql, {"person": person.pk, "office": person.office_id, "now": timezone.now()})
            found = dict(zip(names, cursor.fetchone(), strict=True))
        held = json.loads(found.pop("duties") or "[]")
        found["duties"] = tuple((one["id"], one["role"], one["office"]) for one in held)
        kept = Waits(**{name: value for name, value in found.items() if value is not None})
        request._waits = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


@functools.cache
def _query(role: Role, at_directorate: bool, approves: bool) -> tuple[tuple[str, ...], str]:
    """For a person of this kind: what `access` decides by, beside the person, the office and whether they may log in at all.
    Returns the fields of Waits as the query answers them, and the query, for a `person`, their `office` and `now`.
    """
    kind = OfficeKind.DIRECTORATE if at_directorate else OfficeKind.BP3MI
    person = models.Person(pk=PERSON, role=role, approves=approves, office=models.Office(pk=OFFICE, kind=kind))
    of_cases, harmed = cases.listed(cases.waiting(person), person), _new_protections(person)
    written, reported = notices.messages(person), handling.waiting(person)
    watches = wellbeing.broken(access.scope(person, Action.WATCH_VIEW, models.Watch.objects.all()))
    asked = {
        "cases": _one(of_cases, Count("pk")),
        "harmed": _one(harmed, Count("pk")),
        "harmed_since": _one(harmed, Min("at")),
        "erasures": _one(erasures.waits_for(person, NOW), Count("pk")),
        "messages": _one(written, Count("case", distinct=True)),
        "messages_since": _one(written, Min("at")),
        "referrals": _one(referrals.waits_for(person), Count("pk")),
        "mails": _one(sending.unknown_for(person), Count("pk")),
        "tips": _one(reported, Count("pk")),
        "tips_since": _one(reported, Min("waits_since")),
        "objections": _one(objections.waits_for(person), Count("pk")),
        "cards": _one(cards.waits_for(person), Count("pk")),
        "peer_exports": _one(requests.waits_for(person, NOW), Count("pk")),
        "proposals": _one(proposing.waits_for(person), Count("pk")),
        "by_hand": _one(manual.waits_for(person), Count("pk")),
        "watches": _one(watches, Count("pk")),
        "tasks": _one(tasks.mine(person), Count("pk")),
        "unread": _one(notices.unread(person), Count("pk")),
        "register_date": Subquery(models.RegisterEdition.objects.order_by("-id").values("register_date")[:1]),
        "duties": _one(models.Duty.objects.filter(duties.open_now(NOW), person=person), _DUTY),
        "home": F("own_office__short_name"),
    }
    rows = models.Person.objects.filter(pk=person.pk).values_list(*asked.values())
    with connection.cursor() as cursor:
        return tuple(asked), prepared.named(cursor, *rows.query.sql_with_params(), NAMES)


def _new_protections(person: models.Person) -> QuerySet[models.Protection]:
    """Those this person may see that nobody has acted on, the copies of one text once."""
    found = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.filter(state=ProtectionState.NEW))
    return protecting.first_of_rows(found)


_DUTY: Final = JSONBAgg(JSONObject(id="pk", role="role", office="office__short_name"), order_by="pk")


def _one(rows: QuerySet[Any], what: Any) -> Subquery:
    """A single value over all the rows; null where there is none."""
    return Subquery(rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_value=what).values("_value"))

"""What can wait for a person, kind by kind: whose it is, since when, and the list it stands in. One query tells of all of them.

Every kind is the queryset its list shows, so that the number on the start page is the number of rows behind it. A kind whose second half
takes another person names the right it takes (`second`): a test compares those with `access.SECOND`. The query is put together once for
each kind of person, as that of the side bar (waiting.py), with the same stand-ins.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from patrol import access, cases, domain, models
from patrol.access import Action, people
from patrol.admin.shared.waiting import NAMES, NOW, OFFICE, PERSON
from patrol.campaigns import proposing as mergers
from patrol.cases import cards, erasures, law, objections, referrals
from patrol.cases.peers import requests as peers
from patrol.domain.states import CampaignState, CaseState
from patrol.infra import prepared
from patrol.models import OfficeKind, Role
from patrol.privacy import requests, unusual
from patrol.register import manual
from patrol.retention import editions as retention
from patrol.search import indicators
from patrol.triage import bulk, quality
from patrol.watches import proposing

type Rows = Callable[[models.Person], QuerySet[Any]]

WORK, SECOND, LATE = "work", "second", "late"


@dataclass(frozen=True, slots=True)
class Kind:
    """`what`: the column that is counted, each value once; "" of a long list in which no row comes twice, whose rows are counted as they
    are. `since`: the column the oldest is found by, "" where no row tells."""

    key: str
    group: str
    icon: str
    title: Any
    list: str
    rows: Rows
    since: str = "at"
    what: str = "pk"
    asked: Mapping[str, str] = field(default_factory=dict)
    second: Action | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    kind: Kind
    count: int
    since: datetime | None


def _cases(key: str, *, only: Callable[[models.Person], bool] = lambda _person: True) -> Rows:
    def rows(person: models.Person) -> QuerySet[Any]:
        found = cases.listed(key, person, NOW)
        return found if access.may(person, Action.CASE_VIEW) and only(person) else found.none()

    return rows


def _at_office(person: models.Person) -> bool:
    return not person.at_directorate


def _directorate(person: models.Person) -> bool:
    return person.at_directorate


def _unjudged(person: models.Person) -> QuerySet[Any]:
    """All staff may judge one; it is the day's work of whoever takes cases."""
    found = models.Campaign.objects.filter(state=CampaignState.PROPOSED)
    return found if access.may(person, Action.CASE_TAKE) else found.none()


def _mine(show: str = "show") -> dict[str, str]:
    return {show: "mine"}


_CASES: Final = "patrol_case_changelist"
_DRAWS: Final = "patrol_draw_changelist"

KINDS: Final[tuple[Kind, ...]] = (
    # The directorate's day starts with what the offices sent up.
    Kind(
        "untaken",
        WORK,
        "north_east",
        _("Escalated cases nobody has taken"),
        _CASES,
        _cases(cases.UNTAKEN, only=_directorate),
        "escalated_at",
        asked={"state": cases.UNTAKEN},
    ),
    Kind("mine", WORK, "person", _("My cases"), _CASES, _cases(cases.MINE), "opened_at", asked={"state": cases.MINE}),
    Kind(
        "open",
        WORK,
        "folder",
        _("Cases not closed"),
        _CASES,
        _cases(cases.OPEN, only=lambda person: not access.may(person, Action.CASE_TAKE)),
        "opened_at",
        asked={"state": cases.OPEN},
    ),
    Kind(
        "escalated",
        WORK,
        "north_east",
        _("Escalated, not taken by the directorate yet"),
        _CASES,
        _cases(CaseState.ESCALATED, only=_at_office),
        "escalated_at",
        asked={"state": CaseState.ESCALATED},
    ),
    Kind(
        "in_analysis",
        WORK,
        "how_to_reg",
        _("Escalated, an analyst has it"),
        _CASES,
        _cases(CaseState.IN_ANALYSIS, only=_at_office),
        "escalated_at",
        asked={"state": CaseState.IN_ANALYSIS},
    ),
    Kind(
        "campaign",
        WORK,
        "hub",
        _("Campaigns nobody has judged"),
        "patrol_campaign_changelist",
        _unjudged,
        "made_at",
        what="",
        asked={"state": CampaignState.PROPOSED},
    ),
    Kind("review", WORK, "balance", _("Decisions to look at a second time"), _DRAWS, quality.to_review, asked={"queue": "second"}),
    Kind("sample", WORK, "casino", _("Quality sample"), _DRAWS, quality.samples, asked={"queue": "low"}),
    Kind(
        "referral",
        SECOND,
        "forward_to_inbox",
        _("Referrals to approve"),
        "patrol_referral_changelist",
        referrals.waits_for,
        "submitted_at",
        asked=_mine("state"),
        second=Action.REFERRAL_APPROVE,
    ),
    Kind(
        "objection",
        SECOND,
        "feedback",
        _("Objections to decide"),
        "patrol_objection_changelist",
        objections.waits_for,
        "entered_at",
        asked=_mine("state"),
        second=Action.OBJECTION_SETTLE,
    ),
    Kind(
        "card",
        SECOND,
        "style",
        _("Warning cards to release"),
        "patrol_card_changelist",
        cards.waits_for,
        asked=_mine(),
        second=Action.CARD_APPROVE,
    ),
    Kind(
        "bulk",
        SECOND,
        "playlist_add_check",
        _("Bulk decisions to approve"),
        "patrol_bulk_changelist",
        bulk.waits_for,
        asked=_mine(),
        second=Action.BULK_APPROVE,
    ),
    Kind(
        "erasure",
        SECOND,
        "delete_forever",
        _("Requests to erase"),
        "patrol_erasurerequest_changelist",
        lambda person: erasures.waits_for(person, NOW),
        asked=_mine(),
        second=Action.ERASE_APPROVE,
    ),
    Kind(
        "peer_export",
        SECOND,
        "ios_share",
        _("Exports for other bodies"),
        "patrol_peerexport_changelist",
        lambda person: peers.waits_for(person, NOW),
        asked=_mine(),
        second=Action.PEER_APPROVE,
    ),
    Kind(
        "difference",
        SECOND,
        "call_split",
        _("Differences to settle"),
        _DRAWS,
        quality.to_settle,
        asked={"queue": "third"},
        second=Action.REVIEW_SETTLE,
    ),
    Kind(
        "trusted",
        SECOND,
        "verified_user",
        _("Contacts proposed as known"),
        "patrol_indicator_trusted",
        lambda person: indicators.waits_for(person, NOW),
        "proposed_at",
        asked=_mine(),
        second=Action.TRUST_APPROVE,
    ),
    Kind(
        "watch",
        SECOND,
        "how_to_vote",
        _("Proposed watches"),
        "patrol_watchproposal_changelist",
        proposing.waits_for,
        "proposed_at",
        asked=_mine(),
    ),
    Kind(
        "by_hand",
        SECOND,
        "edit_document",
        _("Changes of the register by hand"),
        "patrol_manualchange_changelist",
        manual.waits_for,
        asked=_mine(),
        second=Action.REGISTER_APPROVE,
    ),
    Kind(
        "retention",
        SECOND,
        "auto_delete",
        _("Times of keeping"),
        "patrol_retentionedition_changelist",
        retention.waits_for,
        asked=_mine(),
        second=Action.RETENTION_APPROVE,
    ),
    Kind(
        "merger",
        SECOND,
        "hub",
        _("Campaigns that may belong together"),
        "patrol_campaign_changelist",
        mergers.waits_for,
        what="one",
        asked={"state": "merger"},
    ),
    Kind(
        "law",
        SECOND,
        "gavel",
        _("Articles the legal unit has not confirmed"),
        "patrol_article_changelist",
        law.waits_for,
        what="article",
        asked={"keadaan": "menunggu"},
        second=Action.LAW_APPROVE,
    ),
    Kind(
        "account",
        SECOND,
        "how_to_reg",
        _("Accounts that wait for a second person"),
        "patrol_person_changelist",
        people.waits_for,
        "",
        asked={"waits": "me"},
        second=Action.PERSON_AGREE,
    ),
    Kind(
        "subject",
        WORK,
        "contact_page",
        _("Requests of subjects"),
        "patrol_subjectrequest_changelist",
        lambda person: requests.listed(requests.OPEN, person, now=NOW),
        "asked_at",
        asked={"state": requests.OPEN},
    ),
    Kind(
        "unusual",
        WORK,
        "visibility",
        _("Unusual reading"),
        "patrol_unusualreading_changelist",
        lambda person: unusual.listed(unusual.OPEN, person),
        "found_at",
        asked={"state": unusual.OPEN},
    ),
    Kind(
        "subject_late",
        LATE,
        "contact_page",
        _("Requests of subjects over their time"),
        "patrol_subjectrequest_changelist",
        lambda person: requests.listed(requests.LATE, person, now=NOW),
        "due_at",
        asked={"state": requests.LATE},
    ),
    Kind("overdue", LATE, "folder", _("Cases over their time"), _CASES, _cases(cases.OVERDUE), "due_at", asked={"state": cases.OVERDUE}),
    Kind(
        "referral_late",
        LATE,
        "forward_to_inbox",
        _("Referrals without an answer in time"),
        "patrol_referral_changelist",
        lambda person: referrals.listed(referrals.OVERDUE, "", person, now=NOW),
        "due_at",
        asked={"state": referrals.OVERDUE},
    ),
    Kind(
        "objection_late",
        LATE,
        "feedback",
        _("Objections over their time"),
        "patrol_objection_changelist",
        lambda person: objections.listed(objections.OVERDUE, person, now=NOW),
        "due_at",
        asked={"state": objections.OVERDUE},
    ),
)


def of(request: HttpRequest, person: models.Person, now: datetime) -> list[Waits]:
    """Of each kind that has something for this person, in the order of the table. One query a request."""
    kept: list[Waits] | None = getattr(request, "_kinds", None)
    if kept is None:
        sql = _query(Role(person.role), person.at_directorate, person.approves)
        found: dict[str, tuple[int, datetime | None]] = {}
        if sql:
            with connection.cursor() as cursor:
                prepared.execute(cursor, sql, {"person": person.pk, "office": person.office_id, "now": now, "day": _day(now)})
                found = {key: (count, since) for key, count, since in cursor.fetchall()}
        kept = [Waits(kind, *found[kind.key]) for kind in KINDS if found.get(kind.key, (0,))[0]]
        request._kinds = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def _day(now: datetime) -> date:
    return now.astimezone(domain.LAW_ZONE).date()


@functools.cache
def _query(role: Role, at_directorate: bool, approves: bool) -> str:
    """For a `person`, their `office`, `now` and its `day`; "" where there is nothing to ask."""
    office = models.Office(pk=OFFICE, kind=OfficeKind.DIRECTORATE if at_directorate else OfficeKind.BP3MI)
    person = models.Person(pk=PERSON, role=role, approves=approves, office=office)
    parts: list[str] = []
    given: list[Any] = []
    for kind in KINDS:
        columns = [kind.what or "pk", *([kind.since] if kind.since else [])]
        try:
            sql, parameters = kind.rows(person).order_by().values_list(*columns).query.sql_with_params()
        except EmptyResultSet:  # not for a person of this kind
            continue
        oldest = "min(since)" if kind.since else "NULL::timestamptz"
        names = "what, since" if kind.since else "what"
        count = "count(DISTINCT what)" if kind.what else "count(*)"
        parts.append(f"SELECT '{kind.key}', {count}, {oldest} FROM ({sql}) AS {kind.key} ({names})")  # noqa: S608 -- words of the table
        given += parameters
    with connection.cursor() as cursor:
        return prepared.named(cursor, " UNION ALL ".join(parts), given, {**NAMES, _day(NOW): "day"})

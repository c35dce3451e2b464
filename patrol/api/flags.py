"""Flags of the own office: what was raised, why, and what became of it. The directorate reads those of all offices.

Masked as on the screen: contacts by their value, the text by span. A flag that people decide without seeing its level tells none here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from patrol import access, models, triage
from patrol.access import Action
from patrol.api import calls, shapes
from patrol.domain import states
from patrol.engine import masks
from patrol.infra import wall
from patrol.models import Outcome, Scope

router = Router(tags=["flags"])

Number = Annotated[str, StringConstraints(pattern=r"^TND-[0-9]{2}-[0-9]{6,9}$")]


class Wanted(calls.Page):
    state: list[states.FlagState] = Field(default=[], max_length=len(states.FlagState))
    since: calls.Moment | None = Field(None, description="Raised then or later.")
    office: calls.OfficeCode = Field("", description="The code of an office; others than the own one are for the directorate.")


class Flag(Schema):
    number: str
    office: str
    state: states.FlagState
    level: str | None = Field(description="low, medium or high; null where people decide it without seeing its level.")
    kinds: list[str]
    gist: str
    platform: str
    raised_at: datetime
    decided_at: datetime | None


class Flags(Schema):
    items: list[Flag]
    next: str | None = Field(description="Goes into `cursor`; null at the end.")


class Reason(Schema):
    rule: str
    version: int
    sentence: str


class Contact(Schema):
    kind: str
    role: str = Field(description="author, contact, mentioned, agency or profile.")
    value: str = Field(description="Masked where it leads to a person.")


class Post(Schema):
    platform: str
    link: str
    author: str
    text: str
    posted_at: datetime | None
    first_seen: datetime
    gone_at: datetime | None


class FlagInFull(Flag):
    """With the post it is about, its contacts masked."""

    outcome: str | None = Field(description="What people decided: confirmed, dismissed, needs_information; null: nothing that stands.")
    case: str | None = Field(description="The number of the case it is in.")
    licence: shapes.Licence
    reasons: list[Reason]
    contacts: list[Contact]
    post: Post


@router.get("/flags", **calls.needs(Scope.FLAGS), response={200: Flags, **calls.refused()})
def list_flags(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """The newest first. An office's token reads the flags of its office, the directorate's those of all."""
    calls.only(request, Wanted)
    found = _of(calls.device(request).person)
    if wanted.state:
        found = found.filter(state__in=[str(one) for one in wanted.state])
    if wanted.since:
        found = found.filter(raised_at__gte=wanted.since)
    if wanted.office:
        found = found.filter(office__code=wanted.office)
    if after := calls.opened(wanted.cursor):
        at, key = after
        found = found.filter(Q(raised_at__lt=at) | Q(raised_at=at, pk__lt=key))
    rows = found.select_related("office", "post").only(*_SHOWN).order_by("-raised_at", "-pk")[: wanted.limit + 1]
    flags, following = calls.cut(list(rows), wanted.limit, lambda flag: (flag.raised_at, flag.pk))
    _settled(flags, timezone.now())
    if wanted.state:  # what is told to be in another state comes once it is
        flags = [one for one in flags if one.state in wanted.state]
    calls.shown(request, "flag", rows=len(flags))
    return {"items": [_flag(flag) for flag in flags], "next": following}


_SHOWN = ("number", "office__code", "state", "level", "kinds", "gist_id", "gist_en", "post__platform", "raised_at", "decided_at")


@router.get("/flags/{number}", **calls.needs(Scope.FLAGS), response={200: FlagInFull, **calls.refused(404)})
def show_flag(request: HttpRequest, number: Path[Number]) -> dict[str, Any]:
    """One flag with its post, its contacts masked."""
    person = calls.device(request).person
    flag = _of(person).select_related("office", "post", "current_check__reading__content").defer("text_bands").filter(number=number).first()
    if flag is None:
        raise Http404
    now, check = timezone.now(), flag.current_check
    _settled([flag], now)
    told = {
        **_flag(flag),
        "outcome": _outcome(flag, now),
        "case": _case(flag),
        "licence": {
            "verdict": check.verdict,
            "agency": check.agency,
            "licence_number": check.licence_number,
            "register_date": check.register_date,
            "reason": calls.said(check, "reason"),
        },
        "reasons": [{"rule": one.rule, "version": one.rule_version, "sentence": calls.said(one, "reason")} for one in check.findings.all()],
        "contacts": _contacts(check.reading.version_id),
        "post": _post(flag.post, check.reading),
    }
    calls.shown(request, "flag", flag.pk)
    return told


def _of(person: models.Person) -> QuerySet[models.Flag]:
    """That a flag is there is for all staff; a token reads the ones its office answers for."""
    found = access.scope(person, Action.FLAG_VIEW, models.Flag.objects.all())
    return found if person.at_directorate else found.filter(office=person.office_id)


def _settled(flags: Sequence[models.Flag], now: datetime) -> None:
    """Of what can still be undone nothing is told: these flags say what they were before it. One query where one was decided just now."""
    since = now - timedelta(seconds=settings.UNDO_SECONDS)
    young = {one.pk: one for one in flags if one.decided_at is not None and one.decided_at > since}
    decisions = models.Decision.objects.filter(flag__in=list(young), reverses=None, reversed_by=None, effective_at__gt=now)
    for flag_id, state in decisions.values_list("flag_id", "state_before") if young else ():
        young[flag_id].state, young[flag_id].decided_at = state, None


def _flag(flag: models.Flag) -> dict[str, Any]:
    return {
        "number": flag.number,
        "office": flag.office.code,
        "state": flag.state,
        "level": triage.level_told(flag) or None,
        "kinds": flag.kinds,
        "gist": calls.said(flag, "gist"),
        "platform": flag.post.platform,
        "raised_at": flag.raised_at,
        "decided_at": flag.decided_at,
    }


def _outcome(flag: models.Flag, now: datetime) -> str | None:
    """Without who was harmed, also for whom the screen tells it: a system gives no purpose. One query."""
    last = flag.decisions.filter(reverses=None, reversed_by=None, effective_at__lte=now).first()
    return (Outcome.DISMISSED if last.outcome == Outcome.VICTIM else last.outcome) if last else None


@wall.everything("the number of a case is for all staff")
def _case(flag: models.Flag) -> str | None:
    return models.CaseFlag.objects.filter(flag=flag).values_list("case__number", flat=True).first()


def _contacts(version_id: int) -> list[dict[str, str]]:
    """Each contact of the version in each of its roles. Two that look the same masked carry a tag. One query."""
    seen = models.Sighting.objects.filter(version=version_id).order_by("indicator__kind", "indicator_id", "role")
    rows = list(seen.values_list("indicator_id", "indicator__kind", "indicator__value", "role"))
    each = dict.fromkeys((kind, value, key) for key, kind, value, _role in rows)
    masked = dict(zip(each, masks.values(each), strict=True))
    return [{"kind": kind, "role": role, "value": masked[kind, value, key]} for key, kind, value, role in rows]


def _post(post: models.Post, reading: models.Reading) -> dict[str, Any]:
    content = models.PostText.objects.filter(version=reading.version_id).first()
    claims: Sequence[dict[str, object]] = reading.content.claims
    text = content.text if content else ""
    return {
        "platform": post.platform,
        "link": masks.link(post.url) if post.url else "",
        "author": masks.account(content.author) if content and content.author else "",
        "text": masks.text(text, masks.contacts_of(claims), masks.known_of(claims)),
        "posted_at": post.posted_at,
        "first_seen": post.first_seen,
        "gone_at": post.gone_at,
    }

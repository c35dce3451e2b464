"""What changed, in its order, for a system that follows it: patrol.changes.stream as a call."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from patrol.access import tokens
from patrol.api import calls
from patrol.changes import stream
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.models import Scope

router = Router(tags=["changes"])

ANEW_RATE, ANEW_BURST = 1 / 10, 10.0  # questions without a cursor, a second and at once, of one token: all that is kept is looked through


def _kind(name: str) -> str:
    if name not in stream.TYPES:
        raise ValueError("no kind of change")  # it would be a stream in which nothing ever comes, and whose cursor goes on
    return name


Kind = Annotated[str, AfterValidator(_kind), WithJsonSchema({"type": "string", "enum": list(stream.TYPES)})]


class Wanted(calls.Asked):
    cursor: str = Field("", max_length=100, description="`next` of the answer before, as it was.")
    since: calls.Moment | None = Field(None, description="Without a cursor: from this moment on; without both: from the beginning.")
    type: list[Kind] = Field(default=[], max_length=len(stream.TYPES), description="None: of every type.")
    limit: int = Field(100, ge=1, le=stream.MOST)


class Thing(Schema):
    number: str
    office: str
    url: str = Field(description="Its page in the workbench; without the host where SITE_URL is not set.")
    state: str | None = Field(None, description="Of a flag: the state it came to.")


class Change(Schema):
    id: str = Field(description="The same each time it is read.")
    type: str
    timestamp: datetime
    data: Thing


class Changes(Schema):
    items: list[Change]
    next: str = Field(description="Goes into `cursor`, also where nothing was found: ask again later.")
    more: bool = Field(description="Whether something follows already.")


@router.get("/changes", **calls.needs(Scope.CHANGES), response={200: Changes, **calls.refused()})
def list_changes(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Changes of flags, cases and referrals of the own office, at the directorate of every one, the oldest first.

    No text and no contact stands in them: what a change is about is read by its number.
    """
    calls.only(request, Wanted)
    if wanted.cursor and wanted.since:
        raise RefusedError("changes.both", _("Give a cursor or a moment, not both: a cursor goes on where it was."), "query.since")
    if not wanted.cursor and (wait := pace.admits(f"token changes:{calls.device(request).pk}", rate=ANEW_RATE, burst=ANEW_BURST)):
        raise tokens.too_often(wait)
    now = timezone.now()
    start = wanted.cursor or (stream.since(wanted.since) if wanted.since else stream.beginning())
    types = frozenset(wanted.type) or frozenset(stream.TYPES)
    page = stream.after(start, office=calls.device(request).person.office, now=now, limit=wanted.limit, types=types)
    return {"items": [one.told() for one in page.changes], "next": page.cursor, "more": page.more}

"""A report that reached the office by another way (a complaints desk, a counter), taken as the public's are: it waits for an officer."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from patrol.api import calls
from patrol.intake.tips import receiving
from patrol.models import Scope, Tip, TipKind, TipSince

router = Router(tags=["reports"])


class Told(calls.Asked):
    key: uuid.UUID = Field(description="Random, made by whoever sends: the same report sent again is one, with other words another.")
    kind: TipKind
    words: calls.Text = Field(min_length=1, max_length=Tip.LONGEST_WORDS, description="What was seen: a text, a link, a number.")
    where: calls.Text = Field("", max_length=Tip.LONGEST_LINE, description="Its office gets the report; else the directorate.")
    when: calls.Text = Field("", max_length=Tip.LONGEST_LINE)
    since: TipSince | None = None
    danger: StrictBool = Field(False, description="Somebody is in danger: an officer is told at once.")
    contact: calls.Text = Field("", max_length=200, description="How to reach whoever reported, sealed; only where they asked for it.")
    language: str = Field("id", pattern="^(id|en)$", description="In which whoever reported reads.")


class Received(Schema):
    number: str = Field(description="16 digits: whoever reported follows the report with it. No other call tells it.")
    office: str = Field(description="The code of the office that has it.")


@router.post("/reports", **calls.needs(Scope.REPORT), response={201: Received, **calls.refused()})
def send_report(request: HttpRequest, told: Told) -> Status[dict[str, Any]]:
    """Hands a report over. It counts nowhere before an officer has looked."""
    device = calls.device(request)
    receiving.admit(device)
    said = receiving.Told(
        kind=told.kind,
        words=told.words,
        where=told.where,
        when=told.when,
        since=told.since or "",
        danger=told.danger,
        contact=told.contact,
        language=told.language,
    )
    tip, number = receiving.sent_by_system(told=said, form=told.key, device=device, now=timezone.now())
    return Status(201, {"number": number, "office": tip.office.code})

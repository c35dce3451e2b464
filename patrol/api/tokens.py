"""Whose a token is: for a system that is set up, to see that it asks as whom it thinks."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from patrol.api import calls

router = Router(tags=["token"])


class Mine(Schema):
    name: str
    office: str = Field(description="The code of the office.")
    scopes: list[str]
    ends_at: datetime | None = Field(description="From then on it opens nothing; of a browser null.")


@router.get("/token", **calls.needs(None), response={200: Mine, **calls.refused()})
def show_token(request: HttpRequest) -> Mine:
    """The token that asks: its office, what it may ask, until when."""
    device = calls.device(request)
    office = device.person.office.code
    return Mine(name=device.name, office=office, scopes=list(device.scopes) or ["capture"], ends_at=device.ends_at)

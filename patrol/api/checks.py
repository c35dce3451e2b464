"""Checking an offer: the engine, against the register in force. What is sent is kept nowhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from patrol import domain
from patrol.api import calls, shapes
from patrol.campaigns import trusted
from patrol.engine import assess, forgetting
from patrol.models import Scope
from patrol.pipeline import claiming
from patrol.register import editions

router = Router(tags=["check"])

LONGEST = 20_000  # characters, as far as the reader reads


class Offer(calls.Asked):
    text: calls.Text = Field(max_length=LONGEST, min_length=1)
    posted_at: calls.Moment | None = Field(
        None, description="Without a zone: Asia/Jakarta. Missing: judged as of now, and the reason says so."
    )
    platform: calls.Text = Field("", max_length=40)
    author: calls.Text = Field("", max_length=300)
    url: calls.Text = Field("", max_length=2000)
    links: list[calls.Text] = Field(default=[], max_length=50)


@router.post("/checks", **calls.needs(Scope.CHECK), response={200: shapes.Assessment, **calls.refused()})
def check_offer(request: HttpRequest, told: Offer) -> dict[str, Any]:
    """Reads a post and checks the offer in it against the register as it stood on the day of the post.

    The answer is that of `manage.py assess`. Indicators stand in full: they are what was sent.
    """
    now = timezone.now()
    content = domain.Content(text=told.text, platform=told.platform, author=told.author, url=told.url, links=tuple(told.links))
    book = claiming.current_book()
    try:
        [found] = assess.assess(
            [content],
            [told.posted_at],
            book,
            now=now,
            weights=editions.current_points(),
            trusted=trusted.contacts(now),
            stale_after_days=settings.REGISTER_STALE_DAYS,
        )
    finally:
        forgetting.forget(book)
    return assess.render(found, id="", english=calls.english())

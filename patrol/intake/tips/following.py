"""Whoever has the number of a report: reads what became of it, answers, withdraws it. Without a login; the number is all there is.

A number nobody was given, one whose report was withdrawn and one that has run out are the same to whoever types them: no row has their
hash, and to find that out takes as long as to find a report.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.domain.states import TipState
from patrol.infra import wall
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import ending, items, receipts
from patrol.models import Tip, TipEventKind, TipMessage

MOST_MESSAGES: Final = 100  # of a reporter: a report is no mailbox
MOST_PICTURES: Final = 20  # of a report, those of its messages among them


class UnknownError(Exception):
    """No open report has this number."""


def of_number(digits: str) -> Tip:
    """The report of 16 digits that `receipts.read` passed. Raises UnknownError, after the same work."""
    return of_receipt(receipts.hashed(digits))


@wall.everything("a reporter has the number of their report")
def of_receipt(receipt: str) -> Tip:
    """By what is kept of the number, for whoever has typed it a moment ago. Raises UnknownError."""
    tip = Tip.objects.select_related("office").filter(receipt=receipt).first()
    if tip is None:
        raise UnknownError
    return tip


@wall.everything("a reporter has the number of their report")
def reply(*, receipt: str, text: str, pictures: Sequence[bytes], key: uuid.UUID, now: datetime) -> TipMessage:
    """What the reporter writes; one sent twice is one message. Raises UnknownError, RefusedError."""
    said = keepable(text.strip())
    if not said and not pictures:
        raise RefusedError("tip.message", _("Write something, or add a picture."), "text")
    if len(said) > TipMessage.LONGEST:
        raise RefusedError(
            "tip.message_too_long", _("The text is too long. Shorten it to %(most)s letters."), "text", most=TipMessage.LONGEST
        )
    with transaction.atomic():
        both = items.locked_with_head(of_receipt(receipt).pk)
        tip = next((one for one in both if one.receipt == receipt), None)
        if tip is None:  # withdrawn while this one waited
            raise UnknownError
        known = TipMessage.objects.filter(key=key, tip=tip).first()
        if known is not None:
            return known
        require_room(tip, pictures=len(pictures))
        made = TipMessage.objects.create(tip=tip, text=said, at=now, key=key)
        models.TipPicture.objects.bulk_create(models.TipPicture(tip=tip, message=made, content=content) for content in pictures)
        models.TipEvent.objects.create(tip=tip, kind=TipEventKind.REPLIED, at=now, office_id=tip.office_id)
        state = TipState.READ if tip.state == TipState.ASKED else tip.state
        Tip.objects.filter(pk=tip.pk).update(state=state, waits_since=tip.waits_since or now, version=tip.version + 1)
        for head in both:  # whoever has its page open is told that there is more
            if head.pk == tip.same_as_id and head.emptied_at is None and head.state != TipState.CLOSED:
                Tip.objects.filter(pk=head.pk).update(waits_since=head.waits_since or now, version=head.version + 1)
    return made


@wall.everything("a reporter has the number of their report")
def require_room(tip: Tip, *, pictures: int) -> None:
    """Raises RefusedError where the report is closed, or holds no more: also before anybody opens the pictures that came."""
    if tip.state == TipState.CLOSED:
        raise RefusedError("tip.closed", _("This report is closed. Send a new report if there is something new."), "text")
    if tip.messages.filter(by=None).count() >= MOST_MESSAGES or tip.pictures.count() + pictures > MOST_PICTURES:
        raise RefusedError("tip.full", _("This report holds no more messages. Call the hotline, or send a new report."), "text")


@wall.everything("a reporter has the number of their report")
def was_sent(tip: Tip, key: uuid.UUID) -> bool:
    """Whether this answer has come already."""
    return tip.messages.filter(key=key).exists()


@wall.everything("a reporter has the number of their report")
def thread(tip: Tip) -> tuple[list[TipMessage], int]:
    """All that was written to and fro, with its pictures, and how many pictures came with the report itself. Three queries."""
    return list(tip.messages.prefetch_related("pictures")), tip.pictures.filter(message=None).count()


@wall.everything("a reporter has the number of their report")
def withdraw(*, receipt: str, now: datetime) -> ending.Stays:
    """Returns what is left of it. Raises UnknownError."""
    return ending.withdraw(of_receipt(receipt).pk, now=now)

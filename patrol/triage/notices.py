"""Notices: what came back or came over to a person or an office. Marking one as read is no act on anybody else: no audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from patrol import access, models
from patrol.access import Action
from patrol.infra import wall

# Kinds of what waits for a second person or for whoever decides, told to those by name: what they need to be able to do it.
ASKS: Final[Mapping[str, Action]] = {
    "referral_submitted": Action.REFERRAL_APPROVE,
    "erasure_asked": Action.ERASE_APPROVE,
    "objection_entered": Action.OBJECTION_SETTLE,
    "watch_proposed": Action.WATCH_KEEP,
    "watch_passed_on": Action.WATCH_KEEP,
    "register_waits": Action.REGISTER_APPROVE,
    "card_waits": Action.CARD_APPROVE,
    "peer_export_waits": Action.PEER_APPROVE,
    "peer_export_wrong": Action.PEER_ASK,  # and for whoever sends the file that takes back
    "law_waits": Action.LAW_APPROVE,
    "account_waits": Action.PERSON_AGREE,
    "bulk_proposed": Action.BULK_APPROVE,
    "signature_waits": Action.SUMMARY_APPROVE,
}
# What became of a webhook, for its office: paused, not arrived for a day, given up, sent there again, ended.
WEBHOOKS: Final = ("webhook_paused", "webhook_late", "webhook_failing", "webhook_back", "webhook_ended")
HANDED_OVER = "handed_over"
MESSAGE = "case_message"


def of(person: models.Person) -> QuerySet[models.Notice]:
    """Those for this person and for their office."""
    return access.scope(person, Action.NOTICE_VIEW, models.Notice.objects.all())


def unread(person: models.Person) -> QuerySet[models.Notice]:
    return of(person).filter(read_at=None)


def read(*, notice_id: int, by: models.Person, now: datetime) -> models.Notice:
    """Marks one as read; read once, it stays read by whoever was first. Raises Notice.DoesNotExist for another's."""
    things = of(by).select_related("flag", "case", "erasure__post__flag", "referral__case", "objection", "campaign", "bulk")
    with wall.everything("whether it leads somewhere is asked of what it is about, whoever has that"):
        notice = things.get(pk=notice_id)
    models.Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now, read_by=by)
    return notice


def messages(person: models.Person) -> QuerySet[models.Notice]:
    """Unread ones of a message that the other side wrote in a case."""
    return unread(person).filter(kind=MESSAGE)


def read_messages(*, case_id: int, by: models.Person, now: datetime) -> int:
    """Marks as read what the other side wrote in this case, for this person and their office. Returns how many notices that were."""
    return models.Notice.objects.filter(pk__in=messages(by).filter(case=case_id).values("pk")).update(read_at=now, read_by=by)


def read_all(*, up_to: int, by: models.Person, now: datetime) -> int:
    """Marks as read what this person saw: the notices up to that id. One that came since stays unread. Returns how many."""
    return unread(by).filter(pk__lte=up_to).update(read_at=now, read_by=by)

"""Reports of the public (tips): what somebody saw, messages to and fro about it, and, apart and sealed, how to reach whoever reported.

Nothing here is chained or kept for good: a report that is withdrawn or has run out leaves its numbers and its timeline, no word of it.
"""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.collection import Post
from patrol.models.people import Office, Person


class TipKind(StrEnum):
    """What somebody saw."""

    ADVERT = "advert"
    ACCOUNT = "account"  # or a group
    NUMBER = "number"  # of a telephone or a bank account
    PERSON = "person"  # who makes offers face to face


class TipSince(StrEnum):
    """What has happened by then; "" where it was not said."""

    OFFERED = "offered"
    PAID = "paid"
    PAPERS = "papers"  # identity card, family card or passport handed over
    LEFT = "left"  # departed already
    UNKNOWN = "unknown"


class TipOutcome(StrEnum):
    """What came of a report that was closed."""

    ACTED = "acted"
    KNOWN = "known"  # with others of the same
    ADVISED = "advised"
    NOTHING = "nothing"  # nothing to be found against it
    ELSEWHERE = "elsewhere"  # another body's
    UNCLEAR = "unclear"  # too little to go on


# Items that take others in: open, nobody in danger, and none that was marked as made in bad faith. The view patrol_tipbands holds the same.
OPEN_TIP: Final = (
    models.Q(same_as=None, emptied_at=None, bad_faith_at=None, danger=False) & ~models.Q(state="closed") & ~models.Q(since="left")
)


class Tip(models.Model):
    """One report. `receipt` is the slow keyed hash of the number its reporter has; null once nobody can open it any more.

    Equal and nearly equal reports are one item: the first, and the others with `same_as`. They move together and count once.
    """

    LONGEST_WORDS = 5_000
    LONGEST_LINE = 200

    key = models.UUIDField(unique=True, default=uuid.uuid4)  # of the form, so that one sent twice is one report
    receipt = models.CharField(max_length=64, null=True, unique=True)
    last_digits = models.CharField(max_length=4, blank=True)  # by which officer and reporter name it
    language = models.CharField(max_length=2, default="id")  # the reporter reads it in
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="tips")
    kind = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    where = models.CharField(max_length=LONGEST_LINE, blank=True)
    when = models.CharField(max_length=LONGEST_LINE, blank=True)
    since = models.CharField(max_length=20, blank=True)
    danger = models.BooleanField(default=False)  # said by the reporter: somebody is in danger
    state = models.CharField(_("state"), max_length=20, default=states.TipState.RECEIVED)
    at = models.DateTimeField(_("received"))
    waits_since = models.DateTimeField(null=True)  # for an officer: new, or the reporter wrote last
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    bands = ArrayField(models.IntegerField(), default=list)  # what nearly equal words share
    exact = models.CharField(max_length=64, blank=True)  # of equal words
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="tips")  # what an officer joined it to
    outcome = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)
    bad_faith_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    bad_faith_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)  # withdrawn or run out: messages, contact and the way in are gone
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("report of the public")
        verbose_name_plural = _("reports of the public")
        constraints = [
            guards.one_of("state", states.TipState, "tip_state"),
            guards.one_of("kind", TipKind, "tip_kind"),
            guards.one_of("since", ("", *TipSince), "tip_since"),
            guards.one_of("language", ("id", "en"), "tip_language"),
            guards.together("bad_faith_by", "bad_faith_at", name="tip_bad_faith_pair"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False, outcome__in=[str(one) for one in TipOutcome])
                | ~models.Q(state="closed") & models.Q(closed_at=None, outcome=""),
                name="tip_closed_state",
            ),
            models.CheckConstraint(condition=models.Q(emptied_at=None) | models.Q(receipt=None, waits_since=None), name="tip_emptied"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["closed", "withdrawn"]) | models.Q(waits_since=None), name="tip_ended_waits_not"
            ),
            models.CheckConstraint(condition=~models.Q(state="withdrawn") | models.Q(emptied_at__isnull=False), name="tip_withdrawn_state"),
            models.CheckConstraint(
                condition=models.Q(same_as=None) | models.Q(danger=False) & ~models.Q(since="left"), name="tip_danger_alone"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "waits_since"], condition=models.Q(waits_since__isnull=False), name="tip_waits"),
            models.Index(fields=["-at", "-id"], name="tip_newest"),
            # What a new report may join. Those that joined, a flood of them perhaps, are not read with each that comes.
            models.Index(fields=["office", "exact", "id"], condition=OPEN_TIP, name="tip_open_exact"),
            models.Index(fields=["closed_at"], condition=models.Q(closed_at__isnull=False, emptied_at=None), name="tip_runs_out"),
            models.Index(fields=["id"], condition=models.Q(emptied_at__isnull=False) & ~models.Q(words=""), name="tip_words_stay"),
            GinIndex(fields=["bands"], condition=OPEN_TIP, name="tip_open_bands", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def urgent(self) -> bool:
        """Somebody is in danger, or abroad already."""
        return self.danger or self.since == TipSince.LEFT


class TipMessage(models.Model):
    """A word to or from whoever reported. `by` null: the reporter. Goes with the report."""

    LONGEST = 3_000

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="messages")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["id"]


class TipPicture(models.Model):
    """A picture of a report, drawn anew from its pixels: JPEG without a word of where or by what it was taken.

    In the database and not among the preserved files: it goes with the report, in one transaction.
    """

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="pictures")
    message = models.ForeignKey(TipMessage, models.PROTECT, null=True, related_name="pictures")
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]


class TipDraftPicture(models.Model):
    """A picture between the second step of the form and its sending, encrypted with a key that the form alone has."""

    name = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class TipEventKind(StrEnum):
    RECEIVED = "received"
    READ = "read"
    ASKED = "asked"  # an officer wrote, and wants an answer
    ANSWERED = "answered"  # an officer wrote
    REPLIED = "replied"  # the reporter wrote
    PASSED_ON = "passed_on"
    TAKEN_IN = "taken_in"  # what it names was stored as a post
    JOINED = "joined"  # to a post there is
    MOVED = "moved"  # to another office
    PARTED = "parted"  # from the item it was counted with
    BAD_FAITH = "bad_faith"
    GOOD_FAITH = "good_faith"  # the mark was taken back
    IDENTITY_ASKED = "identity_asked"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"  # by the reporter
    RAN_OUT = "ran_out"


class TipEvent(models.Model):
    """What was done with a report, without a word of it. Append-only."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the reporter, or the time
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")  # whose it was afterwards

    class Meta:
        ordering = ["id"]
        constraints = [guards.one_of("kind", TipEventKind, "tip_event_kind")]


class TipIdentity(models.Model):
    """How to reach whoever reported, sealed with the public key: nobody but the process that holds the private one reads it."""

    tip = models.OneToOneField(Tip, models.PROTECT, related_name="identity")
    sealed = models.BinaryField()
    at = models.DateTimeField()


class IdentityPurpose(StrEnum):
    """Why somebody wants to reach whoever reported."""

    ASK = "ask"  # a question that the messages leave open
    HELP = "help"  # the person, or somebody near, is in danger
    WITNESS = "witness"  # whether they would speak to the police


class IdentityRequest(models.Model):
    """One wish to read one sealed record, with its purpose. Append-only. The answer is sealed to `reply_to`, a key of this one request."""

    tip = models.ForeignKey(Tip, models.PROTECT, related_name="identity_requests")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20)
    reply_to = models.BinaryField()
    at = models.DateTimeField()
    asked_at = models.DateTimeField(db_default=Now())  # by the database's clock, whatever is written: what is old is not answered

    class Meta:
        constraints = [guards.one_of("purpose", IdentityPurpose, "identity_purpose")]
        indexes = [models.Index(fields=["by", "-asked_at"], name="identity_by_person")]


class IdentityAnswer(models.Model):
    """Of the process that holds the key, once a request. Taken out by whoever asked; what nobody fetched opens with nothing any more."""

    request = models.OneToOneField(IdentityRequest, models.PROTECT, related_name="answer")
    sealed = models.BinaryField(null=True)
    refused = models.CharField(max_length=20, blank=True)  # why there is none
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=False, refused="") | models.Q(sealed=None) & ~models.Q(refused=""),
                name="identity_answered",
            )
        ]

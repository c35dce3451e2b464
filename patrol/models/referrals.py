"""Requests to outside bodies: what is asked, by whom it was written and approved, and what came back. Each round is a row of its own."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.domain.referrals import ItemKind
from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.collection import Capture
from patrol.models.findings import Flag, Indicator
from patrol.models.objections import Objection
from patrol.models.people import Office, Person
from patrol.models.protection import Protection


class SentHow(StrEnum):
    PORTAL = "portal"  # their own site or form
    MAIL = "mail"
    LETTER = "letter"
    HANDED = "handed"  # in person
    OTHER = "other"


class ChannelEdition(models.Model):
    """Columns, hours and addresses of a channel from a moment on. Append-only; the one with the highest number holds.

    `columns`: [{key, title}] in their order. `addresses`: [{target, mail}], where target "" is for whoever has no line of their own.
    """

    channel = models.CharField(max_length=30)  # a key of cases.channels.CHANNELS
    number = models.PositiveIntegerField(default=1)  # 1: as shipped
    columns = models.JSONField()
    hours_usual = models.PositiveSmallIntegerField()
    hours_urgent = models.PositiveSmallIntegerField()
    source = models.TextField()
    addresses = models.JSONField(default=list)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: shipped with the product
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "number"], name="channel_edition_once"),
            models.CheckConstraint(condition=models.Q(number=1) | models.Q(by__isnull=False), name="channel_edition_by"),
            models.CheckConstraint(condition=~models.Q(source=""), name="channel_edition_source"),
            models.CheckConstraint(
                condition=models.Q(hours_urgent__gte=1, hours_usual__gte=models.F("hours_urgent")), name="channel_edition_hours"
            ),
        ]


_NOT_SENT = [*sorted(map(str, states.UNSENT)), "withdrawn"]


class Referral(models.Model):
    """One round of one request. Its content moves in the state draft alone; the database holds it to that."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # RJK-26-0012
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    channel = models.CharField(_("channel"), max_length=30)  # a key of cases.channels.CHANNELS
    from_directorate = models.BooleanField()  # what the channel says of who sends, as it was when this was begun
    needs_copies = models.BooleanField()  # the same of Proof.COPY
    # Set with submitting: what its file looks like, its hours and address. Null: a draft, or submitted before editions were kept.
    edition = models.ForeignKey(ChannelEdition, models.PROTECT, null=True, related_name="+")
    has_letter = models.BooleanField(default=False)  # the same of Channel.letter
    letter_number = models.CharField(_("number of the letter"), max_length=120, blank=True)  # taken as it is submitted first, and kept
    letter_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")  # whose letter it is
    target = models.CharField(_("to whom"), max_length=200, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    # A correction: what it takes back or puts right of one that was sent, and after whose objection.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    objection = models.ForeignKey(Objection, models.PROTECT, null=True, related_name="corrections")
    state = models.CharField(_("state"), max_length=20, default=states.ReferralState.DRAFT)
    urgent = models.BooleanField(_("urgent"), default=False)
    together = models.TextField(blank=True)  # why its lines belong together
    facts = models.JSONField(default=dict)  # domain.referrals.Fact.key -> what was written
    wrote_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    wrote_at = models.DateTimeField(_("written"))
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_how = models.CharField(max_length=20, blank=True)
    receipt = models.CharField(max_length=300, blank=True)
    receipt_file = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(_("their time"), null=True)  # hours round the clock from when it was sent
    answered_at = models.DateTimeField(_("answered"), null=True)  # the first answer that left no line to be waited for: it ends their clock
    received_at = models.DateTimeField(null=True)
    their_number = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            guards.one_of("state", states.ReferralState, "referral_state"),
            guards.one_of("sent_how", ("", *SentHow), "referral_sent_how"),
            guards.together("submitted_by", "submitted_at", name="referral_submitted_pair"),
            guards.together("approved_by", "approved_at", name="referral_approved_pair"),
            guards.together("sent_by", "sent_at", "due_at", name="referral_sent_pair"),
            guards.together("corrects", "objection", name="referral_correction_pair"),
            models.UniqueConstraint(fields=["corrects", "objection"], name="referral_correction_once"),
            models.CheckConstraint(
                condition=models.Q(letter_number="", letter_office=None)
                | (models.Q(has_letter=True, letter_office__isnull=False) & ~models.Q(letter_number="")),
                name="referral_letter_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="draft") | models.Q(submitted_at=None, approved_at=None), name="referral_draft_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(submitted_at__isnull=False, approved_at=None),
                name="referral_submitted_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "withdrawn"])
                | models.Q(submitted_at__isnull=False, approved_at__isnull=False),
                name="referral_approved_state",
            ),
            models.CheckConstraint(condition=models.Q(state__in=_NOT_SENT) | models.Q(sent_at__isnull=False), name="referral_sent_state"),
            models.CheckConstraint(
                condition=models.Q(round=1, before=None) | models.Q(round__gt=1, before__isnull=False), name="referral_round_before"
            ),
            models.UniqueConstraint(fields=["before"], condition=~models.Q(state="withdrawn"), name="referral_next_round_once"),
        ]
        indexes = [
            models.Index(fields=["-wrote_at", "-id"], name="referral_newest"),
            models.Index(
                fields=["due_at"], condition=models.Q(answered_at=None, state__in=["received", "sent"]), name="referral_due"
            ),  # what is overdue
        ]

    def __str__(self) -> str:
        return self.number


class ReferralItem(models.Model):
    """One line: the link, number, account, agency or person asked about, and the post that shows it.

    `value` as it was when it was put in; of a person none is kept here. `mark` names the line in the log: a keyed hash.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=2000, blank=True)
    mark = models.CharField(max_length=16)
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    protection = models.ForeignKey(Protection, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            guards.one_of("kind", ItemKind, "referral_item_kind"),
            models.UniqueConstraint(fields=["referral", "mark"], name="referral_item_once"),
            models.CheckConstraint(
                condition=models.Q(kind="person", protection__isnull=False, value="")
                | ~models.Q(kind="person") & models.Q(protection=None),
                name="referral_item_person",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["link", "person"]) | models.Q(indicator__isnull=False), name="referral_item_indicator"
            ),
        ]


class ReferralCompleteness(models.Model):
    """That a round was looked through and found complete, by the transaction that submits it. Append-only."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="completeness")
    version = models.PositiveIntegerField()  # of the referral
    items = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of the content: what is approved and sent is this
    transaction = models.BigIntegerField(default=0)  # the database's own word
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ItemOutcome(StrEnum):
    ACTED_UPON = "acted_upon"
    PARTLY_DONE = "partly_done"  # shown to fewer people, blocked for a while
    ACCEPTED = "accepted"  # taken up, not done yet
    CLARIFICATION_ASKED = "clarification_asked"
    REFUSED = "refused"


class ItemAnswer(models.Model):
    """What a body said of one line. Append-only: a later answer stands beside the earlier one."""

    item = models.ForeignKey(ReferralItem, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=20)
    ground = models.CharField(max_length=300, blank=True)  # the rule or article they name
    text = models.TextField(blank=True)
    day = models.DateField()  # of the answer
    automated = models.BooleanField(null=True)  # whether a machine decided there; null: not told
    file = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [guards.one_of("outcome", ItemOutcome, "item_answer_outcome")]


class Sending(models.Model):
    """An approved round on its way by mail: asked for by a person, carried out by a job. At most one of a round is on its way.

    A round is one channel, one target and one number for ever, so that it stands for all three. `files` are what was approved:
    [{name, sha256, length}]; what leaves has these hashes.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="sendings")
    address = models.CharField(max_length=200)
    files = models.JSONField()
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")  # the approval it carries out
    approved_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=states.SendingState.ASKED)
    message_id = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)  # by the server, or what kept us from it
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who said what became of an unknown one
    settled_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # what shows it

    class Meta:
        ordering = ["id"]
        constraints = [
            guards.one_of("state", states.SendingState, "sending_state"),
            guards.together("settled_by", "settled_at", name="sending_settled_pair"),
            models.UniqueConstraint(
                fields=["referral"], condition=models.Q(state__in=sorted(states.ON_ITS_WAY)), name="sending_once_on_its_way"
            ),
            models.CheckConstraint(condition=~models.Q(address=""), name="sending_address"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "refused", "taken_back"])
                | models.Q(tried_at__isnull=False) & ~models.Q(message_id=""),
                name="sending_tried",
            ),
        ]


class ReferralEventKind(StrEnum):
    DRAFTED = "drafted"
    CHANGED = "changed"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PACKET_TAKEN = "packet_taken"
    MAIL_ASKED = "mail_asked"
    MAIL_TAKEN_BACK = "mail_taken_back"  # before it left
    MAIL_REFUSED = "mail_refused"  # nobody has it
    MAIL_UNKNOWN = "mail_unknown"  # whether it arrived, a person says
    SENT = "sent"
    RECEIVED = "received"
    CONTACT_FAILED = "contact_failed"
    NO_RESPONSE = "no_response"
    ANSWERED = "answered"
    REPLIED = "replied"  # to a clarification they asked for
    WITHDRAWN = "withdrawn"
    CAME_BACK = "came_back"
    NOT_AGAIN = "not_again"  # of a ComeBack: it is something else
    CORRECTED = "corrected"  # what it said was wrong; the detail is the number of the correction


class ReferralEvent(models.Model):
    """The timeline of a round, with everybody who wrote or changed it. Append-only."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    detail = models.CharField(max_length=200, blank=True)  # an ItemOutcome, a SentHow
    transaction = guards.in_transaction()

    class Meta:
        ordering = ["id"]
        constraints = [guards.one_of("kind", ReferralEventKind, "referral_event_kind")]
        indexes = [models.Index(fields=["transaction", "id"], name="referral_event_order")]  # changes.stream


class ChannelConfirmation(models.Model):
    """That the body itself confirmed the columns of its file. Append-only; holds for the columns whose digest it names."""

    channel = models.CharField(max_length=30)
    digest = models.CharField(max_length=64)
    letter = models.CharField(max_length=200)
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

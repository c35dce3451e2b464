"""Objections: who is named or who reported says that a decision on a flag was wrong, and what another person decided about that."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.collection import Capture
from patrol.models.findings import Decision
from patrol.models.people import Office, Person


class ObjectionSide(StrEnum):
    """From whom. Each side may object once to a decision."""

    NAMED = "named"  # whoever the post names or shows, or who wrote it
    AGENCY = "agency"
    REPORTER = "reporter"


class ObjectionWay(StrEnum):
    """How it came, and how the answer went."""

    LETTER = "letter"
    MAIL = "mail"
    IN_PERSON = "in_person"
    FORM = "form"  # the public page; the answer is read there, by its number


class ObjectionOutcome(StrEnum):
    UPHELD = "upheld"  # the decision was wrong: it is taken back
    PARTLY = "partly"  # it stands, and something said with it is put right
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"  # not looked into


PUTS_RIGHT = (ObjectionOutcome.UPHELD, ObjectionOutcome.PARTLY)


class Objection(models.Model):
    """One objection. What came in is kept as it came; the database holds that nobody decides it who had a hand in what it is against.

    `name`, `contact`, `text` and the file are of the person who objects: shown masked, and blanked when the post is erased.
    """

    LONGEST_NAME = 200
    LONGEST_CONTACT = 300
    LONGEST_TEXT = 4000

    number = models.CharField(_("number"), max_length=20, unique=True)  # KBR-26-0007
    # Of the public page: the slow keyed hash of the number somebody was given once, and the letter or card they named. What is against
    # several decisions has several rows with one receipt.
    receipt = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=120, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")  # the flag's when it came in
    side = models.CharField(max_length=20)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)  # where the answer goes
    how = models.CharField(max_length=20)
    day = models.DateField()  # of the letter or mail
    text = models.TextField(blank=True)
    file = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=20, default=states.ObjectionState.ENTERED)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: nobody of the office, the public page
    entered_at = models.DateTimeField(_("entered"))
    due_at = models.DateTimeField(_("due"))
    outcome = models.CharField(max_length=20, blank=True)
    ground = models.TextField(blank=True)  # why it was decided so; stands in the answer
    put_right = models.TextField(blank=True)  # what was wrong and what is right; stands in letters
    correction = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")  # that stands at the flag since
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # decided it, or entered that it was withdrawn
    ended_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)  # the letter went out
    answered_how = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            guards.one_of("state", states.ObjectionState, "objection_state"),
            guards.one_of("side", ObjectionSide, "objection_side"),
            guards.one_of("how", ObjectionWay, "objection_how"),
            guards.one_of("answered_how", ["", *ObjectionWay], "objection_answered_how"),
            guards.together("ended_by", "ended_at", name="objection_ended_pair"),
            models.CheckConstraint(
                condition=models.Q(how="form", entered_by=None) & ~models.Q(receipt="") & ~models.Q(about="")
                | ~models.Q(how="form") & models.Q(entered_by__isnull=False, receipt="", about=""),
                name="objection_of_the_public",
            ),
            guards.together("answered_by", "answered_at", name="objection_answered_pair"),
            models.CheckConstraint(
                condition=models.Q(state="decided", outcome__in=[str(one) for one in ObjectionOutcome]) & ~models.Q(ground="")
                | ~models.Q(state="decided") & models.Q(outcome="", put_right="", correction=None, answered_at=None),
                name="objection_decided_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="entered", ended_at=None) | ~models.Q(state="entered") & models.Q(ended_at__isnull=False),
                name="objection_ended_state",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["upheld", "partly"]) & ~models.Q(put_right="")
                | ~models.Q(outcome__in=["upheld", "partly"]) & models.Q(put_right=""),
                name="objection_put_right",
            ),
            # One that was withdrawn was decided by nobody: it uses nothing up.
            models.UniqueConstraint(fields=["decision", "side"], condition=~models.Q(state="withdrawn"), name="objection_once"),
        ]
        indexes = [
            models.Index(fields=["-entered_at", "-id"], name="objection_newest"),
            models.Index(fields=["receipt"], condition=~models.Q(receipt=""), name="objection_receipt"),
            models.Index(fields=["office", "due_at"], condition=models.Q(state="entered"), name="objection_due"),
        ]

    def __str__(self) -> str:
        return self.number

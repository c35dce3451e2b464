"""What somebody asked about their own data, and what became of it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.people import Person


class SubjectQuestion(StrEnum):
    ACCESS = "access"  # what is held, from where, who saw it
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"  # to be used no further, or less
    AUTOMATED = "automated"  # against a decision of a machine
    OTHER = "other"


class SubjectAbout(StrEnum):
    """By what the data is found."""

    NUMBER = "number"  # telephone number or bank account
    ACCOUNT = "account"  # account, e-mail address or link
    NAME = "name"


class SubjectWay(StrEnum):
    LETTER = "letter"
    MAIL = "mail"
    IN_PERSON = "in_person"


class SubjectIdentity(StrEnum):
    """How it was checked that whoever asks is who it is about."""

    NOT_YET = "not_yet"
    ID_CARD = "id_card"  # shown at the counter
    CALLED_BACK = "called_back"  # at the number or address asked about
    WROTE_FROM = "wrote_from"  # the account or address asked about
    POWER = "power"  # somebody else, with a power of attorney


class SubjectOutcome(StrEnum):
    ANSWERED = "answered"
    PARTLY = "partly"  # something was left out
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SubjectRequest(models.Model):
    """One request. Of whoever asks nothing is kept but what the officer typed in `note` and `answer`; of what it is about a keyed digest,
    by which `manage.py subject_report` finds the request again."""

    LONGEST = 500

    number = models.CharField(_("number"), max_length=20, unique=True)  # PSD-26-0007
    question = models.CharField(max_length=20)
    about = models.CharField(max_length=20)
    about_digest = models.CharField(max_length=64)  # search.digest
    note = models.CharField(max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField()
    how = models.CharField(max_length=20)
    identity = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=LONGEST, blank=True)  # what was given or left out, and on what ground
    answered_how = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request of a subject")
        verbose_name_plural = _("requests of subjects")
        constraints = [
            guards.one_of("question", SubjectQuestion, "subject_question"),
            guards.one_of("about", SubjectAbout, "subject_about"),
            guards.one_of("how", SubjectWay, "subject_how"),
            guards.one_of("identity", SubjectIdentity, "subject_identity"),
            guards.one_of("outcome", ["", *SubjectOutcome], "subject_outcome"),
            guards.one_of("answered_how", ["", *SubjectWay], "subject_answered_how"),
            guards.together("answered_by", "answered_at", name="subject_answered_pair"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, outcome="", answer="", answered_how="")
                | models.Q(answered_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(answer="") & ~models.Q(answered_how=""),
                name="subject_answered_whole",
            ),
            # Nothing of a person goes to somebody nobody looked at.
            models.CheckConstraint(
                condition=~models.Q(identity="not_yet", outcome__in=["answered", "partly"]), name="subject_identity_checked"
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="subject_newest"),
            models.Index(fields=["due_at"], condition=models.Q(answered_at=None), name="subject_due"),
            models.Index(fields=["about_digest"], name="subject_by_digest"),
        ]

    def __str__(self) -> str:
        return self.number

"""How long what is kept: the times two people agreed on, what holds a case's content back, and what the night counted."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.people import Person


class RetentionEdition(models.Model):
    """A whole table of times, as one person put it forward. Append-only. In force is the one that was approved last."""

    times = models.JSONField()  # key of retention.terms -> days, null: kept for good; each key there was when it was made
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("proposed"))

    class Meta:
        verbose_name = _("times of keeping")
        verbose_name_plural = _("times of keeping")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="retention_edition_reason")]

    def __str__(self) -> str:
        return f"{self.pk}"


class RetentionAnswerKind(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by whoever proposed it


class RetentionAnswer(models.Model):
    """What became of an edition, once. Append-only; that an approval is another person's is asked by the database too."""

    edition = models.OneToOneField(RetentionEdition, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [guards.one_of("kind", RetentionAnswerKind, "retention_answer_kind")]


class LegalHold(models.Model):
    """Nothing that belongs to the case is erased, by nobody, until the hold is lifted. A second hold is a second row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            guards.together("lifted_by", "lifted_at", name="legal_hold_lifted_pair"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="legal_hold_reason"),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_why="") | models.Q(lifted_at__isnull=False) & ~models.Q(lifted_why=""),
                name="legal_hold_lifted_why",
            ),
            models.UniqueConstraint(fields=["case"], condition=models.Q(lifted_at=None), name="legal_hold_one_of_a_case"),
        ]


class RetentionFigure(models.Model):
    """What the last count found of a term: how much is due, how much of it is held and why, how much the night erased."""

    term = models.CharField(max_length=20, primary_key=True)  # key of retention.terms
    days = models.PositiveIntegerField(null=True)  # counted with; null: kept for good
    edition = models.ForeignKey(RetentionEdition, models.PROTECT, null=True, related_name="+")  # null: as shipped, and nothing goes by it
    due = models.PositiveBigIntegerField()  # that nothing holds
    held = models.JSONField(default=dict)  # evidence.erasing.Hold -> how many
    erased = models.PositiveBigIntegerField(default=0)  # since the first edition
    counted_at = models.DateTimeField()
    # Of a run that is not at its end: the id up to which it looked, and how many the database could not erase.
    place = models.BigIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)


class ErasedRow(models.Model):
    """What went by its age and is no version of a post, which have an Erasure: written by the database's eraser alone, with the edition."""

    term = models.CharField(max_length=20)  # key of retention.terms
    row = models.BigIntegerField()  # its id; of the reading log the month, as 202411
    edition = models.ForeignKey(RetentionEdition, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()


class BackupKey(models.Model):
    """A public key backups were written to. Whoever holds its private key reads in them what was erased since; it is destroyed with it."""

    key = models.CharField(max_length=100, primary_key=True)  # of age, as it is given
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

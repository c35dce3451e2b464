"""What is looked at a second time, and what is decided many at once."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.findings import Decision, Flag, Outcome
from patrol.models.people import Office, Person


class DrawKind(StrEnum):
    LOW = "low"  # a parked flag, so that what the rules think little of is not lost
    SECOND = "second"  # a decision, for a look by somebody who does not know it


class Draw(models.Model):
    """What chance has chosen to be looked at. Append-only: a drawing cannot be repeated until it pleases."""

    kind = models.CharField(max_length=10)
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="draws")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="draw")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")  # whose flag it was
    day = models.DateField()  # of Jakarta, on which the flag was raised or the decision made
    at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("drawn for quality")
        verbose_name_plural = _("quality")
        constraints = [
            guards.one_of("kind", DrawKind, "draw_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="low", decision__isnull=True) | models.Q(kind="second", decision__isnull=False),
                name="draw_decision_pair",
            ),
            models.UniqueConstraint(fields=["flag"], condition=models.Q(kind="low"), name="draw_low_once"),
        ]
        indexes = [models.Index(fields=["kind", "office", "day"], name="draw_by_office")]


class ReviewStep(StrEnum):
    SECOND = "second"  # blind
    THIRD = "third"  # sees both


class Review(models.Model):
    """What a second or third person would have decided. Append-only."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="reviews")
    step = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)  # a key of triage.REASONS
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="reviews")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            guards.one_of("step", ReviewStep, "review_step"),
            guards.one_of("outcome", [one for one in Outcome if one != Outcome.REVERSED], "review_outcome"),
            models.UniqueConstraint(fields=["draw", "step"], name="review_step_once"),
        ]
        indexes = [models.Index(fields=["at"], name="review_at")]


class Bulk(models.Model):
    """One decision for many rows of the queue: who wanted it, who approved it, how far it is."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # MSL-26-0012
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    state = models.CharField(_("state"), max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("begun"))
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # cancelled, refused, taken back
    ended_at = models.DateTimeField(null=True)
    ended_note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bulk decision")
        verbose_name_plural = _("bulk decisions")
        constraints = [
            guards.one_of("state", states.BulkState, "bulk_state"),
            guards.one_of("outcome", [Outcome.CONFIRMED, Outcome.DISMISSED, Outcome.NEEDS_INFORMATION], "bulk_outcome"),
            guards.together("approved_by", "approved_at", name="bulk_approved_pair"),
            models.CheckConstraint(condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("by")), name="bulk_two_people"),
        ]
        indexes = [models.Index(fields=["office", "-at"], name="bulk_by_office")]

    def __str__(self) -> str:
        return self.number


class EntryState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    LEFT = "left"  # somebody held, moved or decided it: theirs stands
    RETURNED = "returned"  # taken back with the whole


class BulkEntry(models.Model):
    """A row of the queue in a bulk, by its first flag, as it stood when the count was shown."""

    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="entries")
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="+")
    seen_version = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=EntryState.WAITING)
    why = models.CharField(max_length=20, blank=True)  # held, moved, refused, in_case
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            guards.one_of("state", EntryState, "bulk_entry_state"),
            models.UniqueConstraint(fields=["bulk", "flag"], name="bulk_entry_once"),
        ]
        indexes = [models.Index(fields=["bulk", "state", "id"], name="bulk_entry_by_state")]

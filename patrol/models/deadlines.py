"""What the clock of a case counts by, and whose turn a case was when."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.casework import Case, CaseKind
from patrol.models.people import Office, Person


class JointLeave(models.Model):
    """A day of joint leave (cuti bersama): decreed year by year, sometimes moved or cancelled. Kept by the directorate.

    A day that was struck off stays, with `off` false: loading the shipped list again must not bring it back.
    """

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    decree = models.CharField(_("decree"), max_length=200)
    off = models.BooleanField(_("day off"), default=True)
    # Both null: as shipped, nobody has looked at it.
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("joint leave")
        verbose_name_plural = _("joint leave")
        ordering = ["day"]
        constraints = [guards.together("changed_by", "changed_at", name="joint_leave_changed_pair")]


class CaseStep(StrEnum):
    """What a case waits for, one side at a time. A step with a deadline has a row for each kind of case in CaseDeadline."""

    OPENED = "opened"  # with its office: decide or escalate
    ESCALATED = "escalated"  # at the directorate: take it
    IN_ANALYSIS = "in_analysis"  # at the directorate: refer or close
    OUTSIDE = "outside"  # an outside body has it: no clock of ours runs


TIMED = (CaseStep.OPENED, CaseStep.ESCALATED, CaseStep.IN_ANALYSIS)


class CaseDeadline(models.Model):
    """How many working hours a step may take in a case of this kind, and how many later the supervisor is told."""

    step = models.CharField(_("step"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20)
    hours = models.PositiveSmallIntegerField(_("working hours"))
    grace = models.PositiveSmallIntegerField(_("supervisor told after"))
    # Both null: as shipped, the house's own proposal.
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            guards.one_of("step", TIMED, "case_deadline_step"),
            guards.one_of("kind", CaseKind, "case_deadline_kind"),
            guards.together("changed_by", "changed_at", name="case_deadline_changed_pair"),
            models.UniqueConstraint(fields=["step", "kind"], name="case_deadline_once"),
            models.CheckConstraint(condition=models.Q(hours__gte=1), name="case_deadline_hours"),
        ]


class CaseTurn(models.Model):
    """From when to when a case was at one step; the open one is where it is. Of `counts` false: of before it was last closed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="turns")
    step = models.CharField(max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")  # whose clock runs; nobody's outside
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            guards.one_of("step", CaseStep, "case_turn_step"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_at=None), name="case_turn_one_open"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")), name="case_turn_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(step="outside", office=None) | ~models.Q(step="outside") & models.Q(office__isnull=False),
                name="case_turn_of_an_office",
            ),
        ]


class ClockEdition(models.Model):
    """Grows with each change of what clocks count by: a case that was counted by an older one is counted anew. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=1)
    counted_by = models.CharField(max_length=100, blank=True)  # release of the holidays and the working day, which no verb changes

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_edition_once")]

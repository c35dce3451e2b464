"""Links looked at again: the schedule of those that were asked about, and each look. Rows are never changed once a look is made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain.availability import DOWN_BY, Availability, AvailabilityReason
from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.collection import Capture, Post
from patrol.models.people import Person


class LinkSchedule(models.Model):
    """A link whose taking down was asked for: looked at again after each of cases.rechecks.STEPS."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="link_schedules", db_index=False)  # the constraint begins with it
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="link_schedules")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)  # the next one, an index of STEPS
    due_at = models.DateTimeField(null=True)  # of that step; null: it has ended, or a newer one took its place

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "begun_at"], name="link_schedule_once")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="link_schedule_due")]


class LinkCheck(models.Model):
    """One look at a post's link, with the answer as a capture where one came. Append-only."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="link_checks", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="link_checks")  # it was asked for in, or is followed for
    # Who or what asked: a person, a step of a schedule, or a first "down" that is looked at a second time.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    schedule = models.ForeignKey(LinkSchedule, models.PROTECT, null=True, related_name="checks", db_index=False)
    step = models.PositiveSmallIntegerField(null=True)
    second_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="second")
    at = models.DateTimeField(_("looked at"))
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=30)
    asked_url = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")  # null: no answer came

    class Meta:
        verbose_name = _("look at a link")
        verbose_name_plural = _("looks at links")
        constraints = [
            guards.one_of("outcome", Availability, "link_check_outcome"),
            guards.one_of("reason", AvailabilityReason, "link_check_reason"),
            guards.together("schedule", "step", name="link_check_step_pair"),
            models.UniqueConstraint(fields=["schedule", "step"], name="link_check_once_a_step"),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False, schedule__isnull=True, second_of__isnull=True)
                | models.Q(by__isnull=True, schedule__isnull=False, second_of__isnull=True)
                | models.Q(by__isnull=True, schedule__isnull=True, second_of__isnull=False),
                name="link_check_asked_by_one",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="down", reason__in=sorted(map(str, DOWN_BY)), capture__isnull=False)
                | (~models.Q(outcome="down") & ~models.Q(reason__in=sorted(map(str, DOWN_BY)))),
                name="link_check_down_is_shown",
            ),
        ]
        indexes = [models.Index(fields=["post", "-id"], name="link_check_newest")]

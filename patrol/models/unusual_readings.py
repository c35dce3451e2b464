"""Reading that stood out of a week, and what the data protection officer says of it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import unusual_reading
from patrol.models import guards
from patrol.models.people import Person


class UnusualReason(StrEnum):
    EXPLAINED = "explained"  # a large case, a night duty
    ASKED = "asked"  # the person was asked and answered
    PASSED_ON = "passed_on"  # to whoever looks into it


class UnusualReading(models.Model):
    """What of one person's reading stood out on a day, or in the week that began on it."""

    LONGEST = 300

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField()
    usual = models.PositiveIntegerField()  # up to how much would not have stood out
    found_at = models.DateTimeField()
    reason = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=LONGEST, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("unusual reading")
        verbose_name_plural = _("unusual reading")
        constraints = [
            guards.one_of("why", unusual_reading.Why, "unusual_why"),
            guards.one_of("reason", ["", *UnusualReason], "unusual_reason"),
            models.UniqueConstraint(fields=["person", "day", "why"], name="unusual_once"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, reason="")
                | models.Q(closed_at__isnull=False, closed_by__isnull=False) & ~models.Q(reason=""),
                name="unusual_closed_whole",
            ),
            models.CheckConstraint(condition=~models.Q(closed_by=models.F("person")), name="unusual_closed_by_another"),
        ]
        indexes = [models.Index(fields=["-found_at", "-id"], name="unusual_newest")]

    def __str__(self) -> str:
        return f"{self.why} {self.pk}"

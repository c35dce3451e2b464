"""What the clock of a case counts by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.people import Person


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

"""The points of the rules, approved by a person. An edition is complete and never changes; going back makes a new one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models.people import Person


class PointsEdition(models.Model):
    """One approval of a proposal of `manage.py calibrate`. The newest by number is in force."""

    number = models.PositiveIntegerField(_("edition"), unique=True)
    approved_at = models.DateTimeField(_("approved"))
    approved_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("approved by"), related_name="+")
    points = models.JSONField(default=dict)  # {rule: {version, points}}; {} brings the expert's back
    content = models.TextField(blank=True)  # the file as it was approved
    sha256 = models.CharField(max_length=64)  # of `content` in UTF-8
    labels_sha256 = models.CharField(max_length=64, blank=True)  # of the labels it was fitted to, as the file says

    class Meta:
        verbose_name = _("edition of the points")
        verbose_name_plural = _("editions of the points")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

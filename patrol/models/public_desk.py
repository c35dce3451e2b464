"""What the directorate lets the public desk tell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models.people import Person


class PublicDeskChange(models.Model):
    """One change of what public pages tell. Append-only: the newest row holds; without one nothing is told."""

    tells_reviewed = models.BooleanField()  # that a number was named in a report an officer has confirmed
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("change of the public desk")
        verbose_name_plural = _("changes of the public desk")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"public desk {self.pk}"

"""People harmed, and what members of staff are told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.findings import Flag
from patrol.models.people import Office, Person


class Protection(models.Model):
    """A flag whose author is somebody harmed, not a suspect: for the protection desk of its office."""

    flag = models.OneToOneField(Flag, models.PROTECT, related_name="protection")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("marked"))
    note = models.TextField(_("note"), blank=True)
    handed_to = models.CharField(_("handed to"), max_length=200, blank=True)  # the desk or hotline
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(_("handed over"), null=True)

    class Meta:
        verbose_name = _("protection")
        verbose_name_plural = _("protections")
        constraints = [guards.together("handed_by", "handed_at", name="protection_handed_pair")]


class Notice(models.Model):
    """Something came back or came over to a person or an office. Whoever it is for marks it read."""

    kind = models.CharField(max_length=30)  # handed_over, case_returned, case_escalated, reversed, credential
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="notices")
    flag = models.ForeignKey(Flag, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) ^ models.Q(office__isnull=False), name="notice_for_one"
            ),
            guards.together("read_by", "read_at", name="notice_read_pair"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], condition=models.Q(read_at=None), name="notice_of_person"),
            models.Index(fields=["office", "-at"], condition=models.Q(read_at=None), name="notice_of_office"),
        ]

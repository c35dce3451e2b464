"""What a person or an office is told of others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.campaigns import Campaign
from patrol.models.casework import Case, ErasureRequest
from patrol.models.findings import Flag
from patrol.models.manual import ManualChange
from patrol.models.objections import Objection
from patrol.models.people import Office, Person
from patrol.models.quality import Bulk
from patrol.models.referrals import Referral


class Notice(models.Model):
    """Something came back or came over to a person or an office. Whoever it is for marks it read."""

    kind = models.CharField(
        max_length=30
    )  # handed_over, case_returned, case_escalated, case_message, reversed, credential, protection_moved, erasure_asked
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="notices")
    flag = models.ForeignKey(Flag, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    erasure = models.ForeignKey(ErasureRequest, models.PROTECT, null=True, related_name="notices")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="notices")
    objection = models.ForeignKey(Objection, models.PROTECT, null=True, related_name="notices")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    bulk = models.ForeignKey(Bulk, models.PROTECT, null=True, related_name="notices")
    manual = models.ForeignKey(ManualChange, models.PROTECT, null=True, related_name="notices")
    account = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # what the notice is about
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
            models.CheckConstraint(condition=models.Q(person__isnull=False) ^ models.Q(office__isnull=False), name="notice_for_one"),
            guards.together("read_by", "read_at", name="notice_read_pair"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], condition=models.Q(read_at=None), name="notice_of_person"),
            models.Index(fields=["office", "-at"], condition=models.Q(read_at=None), name="notice_of_office"),
        ]

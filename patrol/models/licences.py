"""The licence register, edition by edition. An edition is complete and never changes; undoing one makes a new one."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol import domain
from patrol.models import guards
from patrol.models.people import Person


class RegisterEdition(models.Model):
    """One import of both register files, one change by hand, or one undone. The newest by id is the one in force."""

    number = models.PositiveIntegerField(_("edition"), unique=True)
    register_date = models.DateField(_("register as of"))
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name=_("imported by"), related_name="+")
    restores = models.ForeignKey("self", models.PROTECT, null=True, related_name="restored_by")
    releases = models.OneToOneField("ManualChange", models.PROTECT, null=True, related_name="edition")  # one change by hand, no import
    files = models.JSONField(default=list)  # [{name, sha256, length, rows}]
    difference = models.JSONField(default=dict)  # {agencies: {new, changed, gone}, licences: {...}} counts

    class Meta:
        verbose_name = _("register edition")
        verbose_name_plural = _("register editions")
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} ({self.register_date})"


class Agency(models.Model):
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="agencies")
    name = models.CharField(_("name"), max_length=300)
    aliases = ArrayField(models.CharField(max_length=300), default=list, verbose_name=_("aliases"))
    sip3mi_number = models.CharField(_("SIP3MI number"), max_length=200, blank=True)
    province = models.CharField(_("province"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    address = models.TextField(_("address"), blank=True)
    phones = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("phones"))
    websites = ArrayField(models.CharField(max_length=300), default=list, verbose_name=_("websites"))
    accounts = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("accounts"))
    gone_since = models.DateField(_("no longer in the file since"), null=True)

    class Meta:
        verbose_name = _("agency (P3MI)")
        verbose_name_plural = _("agencies (P3MI)")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="agency_once")]

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="standings")
    status = models.CharField(_("status"), max_length=20)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True)
    decree = models.CharField(_("decree"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["since", "id"]
        constraints = [
            guards.one_of("status", domain.StandingStatus, "standing_status"),
            models.CheckConstraint(condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="standing_order"),
        ]


class Licence(models.Model):
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="licences")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="licences")
    number = models.CharField(_("SIP number"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    positions = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("positions"))
    employer = models.CharField(_("employer"), max_length=300, blank=True)
    quota = models.PositiveIntegerField(_("quota"), null=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    status = models.CharField(_("status"), max_length=20)
    status_from = models.DateField(_("status from"), null=True)
    gone_since = models.DateField(_("no longer in the file since"), null=True)

    class Meta:
        verbose_name = _("licence (SIP)")
        verbose_name_plural = _("licences (SIP)")
        ordering = ["number", "id"]
        constraints = [
            guards.one_of("status", domain.LicenceStatus, "licence_status"),
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="licence_order"),
        ]
        indexes = [models.Index(fields=["edition", "number"], name="licence_by_number")]

    def __str__(self) -> str:
        return self.number

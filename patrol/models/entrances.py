"""What opens the way in: credentials, keyword packs, jobs, intakes of people, and the devices they send from."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.people import Office, Person, Station


class Credential(models.Model):
    """What a platform wants to see of us. The values are sealed (credentials.py); nobody reads them again in the workbench."""

    platform = models.CharField(_("platform"), max_length=20)
    name = models.CharField(_("name"), max_length=100, unique=True)
    sealed = models.TextField()  # encrypted JSON of domain.CredentialField.key -> value
    expires_at = models.DateTimeField(_("expires"), null=True)
    refused_at = models.DateTimeField(_("refused"), null=True)  # by the platform; cleared by new values
    refusal = models.JSONField(null=True)  # {code, id, en, permanent}
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(_("retired"), null=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["name"]
        constraints = [guards.together("refused_at", "refusal", name="credential_refusal_pair")]

    def __str__(self) -> str:
        return self.name


class KeywordPack(models.Model):
    """Words many watches ask for: destinations, positions, lures."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    about = models.CharField(_("about"), max_length=20)  # states.PackAbout
    words = ArrayField(models.CharField(max_length=100), verbose_name=_("words"))
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("keyword pack")
        verbose_name_plural = _("keyword packs")
        ordering = ["name"]
        constraints = [guards.one_of("about", states.PackAbout, "pack_about")]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """Work that leaves the system or is heavy. Made in the transaction of what it follows from; claimed by lease (database clock).

    `attempts` rises at the claim, so that a killed try counts. `target` holds ids only.
    """

    kind = models.CharField(max_length=20)  # jobs.KINDS
    key = models.CharField(max_length=200)
    target = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=states.JobState.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    problem = models.JSONField(null=True)  # {code, id, en, permanent}
    percent = models.PositiveSmallIntegerField(null=True)  # how far it has come, where it says so

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once"),
            guards.one_of("state", states.JobState, "job_state"),
            guards.together("lease_until", "lease_token", name="job_lease_pair"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(ended_at__isnull=False)),
                name="job_end_pair",
            ),
        ]
        indexes = [models.Index(fields=["kind", "due_at"], condition=models.Q(state="waiting"), name="job_due")]


class Scope(StrEnum):
    """What another system may ask with a token of an office (patrol.access.tokens)."""

    CHECK = "check"
    FLAGS = "flags"
    CASES = "cases"
    FIGURES = "figures"
    CHANGES = "changes"
    REPORT = "report"
    CAPTURE = "capture"


class Device(models.Model):
    """What shows a token in the place of a login; the token itself is known to the device only.

    A browser extension paired with a person's account, which sends captures. Or another system, by a token that somebody made for the
    office: it has `office`, `scopes` and a last moment, and acts as whoever made it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="devices")
    name = models.CharField(_("name"), max_length=100)
    token_sha256 = models.CharField(max_length=64, unique=True)
    paired_at = models.DateTimeField(_("paired"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, verbose_name=_("office"), related_name="tokens")  # null: a browser
    scopes = ArrayField(models.CharField(max_length=20), default=list)  # of a browser none: it sends captures
    ends_at = models.DateTimeField(null=True)  # of a browser: LIVES after it was paired (patrol.intake.devices)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["-id"]
        constraints = [
            guards.together("office", "ends_at", name="device_token_pair"),
            models.CheckConstraint(
                condition=models.Q(office=None, scopes=[])
                | models.Q(office__isnull=False, scopes__len__gt=0, scopes__contained_by=[str(one) for one in Scope]),
                name="device_token_scopes",
            ),
        ]


class PairingCode(models.Model):
    """A one-time code a person reads off the workbench and types into the extension."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="pairing_codes")
    code_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Intake(models.Model):
    """What a person brought in: a capture of the extension, an uploaded post, an imported file. `key` makes sending it twice harmless."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=20)  # states.IntakeKind
    person = models.ForeignKey(Person, models.PROTECT, related_name="intakes")
    office = models.ForeignKey(Office, models.PROTECT, related_name="intakes")
    # Where the person sat that day, of that office; asked by nobody from the station's side.
    station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="+", db_index=False)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="intakes")
    at = models.DateTimeField(_("received"))
    name = models.CharField(_("name"), max_length=300, blank=True)  # of the file, or title of the page
    format = models.CharField(_("format"), max_length=30, blank=True)  # imports.FORMATS
    options = models.JSONField(default=dict)  # the mapping of columns, the platform chosen
    sha256 = models.CharField(max_length=64, blank=True)  # of the file as it came
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=20, default=states.IntakeState.WAITING)
    items = models.PositiveIntegerField(default=0)  # rows or messages looked at
    posts_new = models.PositiveIntegerField(default=0)
    posts_changed = models.PositiveIntegerField(default=0)
    posts_repeated = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [{code, id, en, permanent, where}], the first of many
    bad = models.PositiveIntegerField(default=0)  # rows with a problem, also those no longer listed
    left = models.JSONField(default=list)  # [{id, en, count}]: rows left out by name
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-id"]
        constraints = [guards.one_of("kind", states.IntakeKind, "intake_kind"), guards.one_of("state", states.IntakeState, "intake_state")]
        indexes = [models.Index(fields=["person", "-at"], name="intake_by_person")]


class ImportedFile(Intake):
    """The intakes of kind import, under a page of their own in the workbench. No table of its own."""

    class Meta:
        proxy = True
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

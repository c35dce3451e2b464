"""Offices and the people who belong to them."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from patrol.models import guards


class OfficeKind(StrEnum):
    BP3MI = "bp3mi"
    DIRECTORATE = "directorate"


class Role(StrEnum):
    OFFICER = "officer"
    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"


ROLE_TITLES = {
    Role.OFFICER: _("Officer"),
    Role.ANALYST: _("Analyst"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.REGISTRAR: _("Registrar"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
}


class Office(models.Model):
    """A BP3MI or the directorate. `provinces` are the Interior Ministry's two-digit codes whose recruits it protects."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=30)
    kind = models.CharField(_("kind"), max_length=20, default=OfficeKind.BP3MI)
    provinces = ArrayField(models.CharField(max_length=2), verbose_name=_("provinces"), default=list, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta")
    active = models.BooleanField(_("active"), default=True)
    # Who signs its summaries beside their author; null: another supervisor there, where there is none one of the directorate.
    second_signatory = models.ForeignKey("Person", models.PROTECT, null=True, verbose_name=_("second signatory"), related_name="+")

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name"]
        constraints = [
            guards.one_of("kind", OfficeKind, "office_kind"),
            guards.one_of("zone", ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"), "office_zone"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind=OfficeKind.DIRECTORATE), name="office_one_directorate"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def on_paper(self) -> str:
        """What stands for it in the number of a paper: BP3MI-JABAR. Paper is Indonesian, and the code of the directorate is not."""
        return "DIREKTORAT" if self.kind == OfficeKind.DIRECTORATE else self.code.upper()


class Station(models.Model):
    """A P4MI: a post of a BP3MI elsewhere in its area, where some of its people sit. A label: what somebody may do is the office's.

    Its office never changes, and it is closed, not deleted. That people and watches stand at a station of their own office is held by
    a foreign key of both columns (0072), which Django does not know.
    """

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="stations", db_index=False)
    name = models.CharField(_("name"), max_length=100)
    town = models.CharField(_("town"), max_length=100, blank=True)  # or the port or airport
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("P4MI")
        verbose_name_plural = _("P4MI")
        ordering = ["office__name", "name"]
        constraints = [
            models.UniqueConstraint("office", Lower("name"), name="station_name"),
            models.UniqueConstraint(fields=["id", "office"], name="station_with_office"),
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """What Django's login asks of a user model."""

    def get(self, *args: Any, **lookup: Any) -> Person:
        """With office and duty, in the same query: who may do what depends on them, and each page shows times in the office's zone."""
        return self.get_queryset().select_related("office", "duty").get(*args, **lookup)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A member of staff: one role, one office at a time. What the role may do stands in patrol.access, not here.

    Role, office and station are those of the duty taken up now. Whoever holds further duties (`Duty`) and has taken one up has their own
    ones kept in `own_role`, `own_office` and `own_station` until they come back to them.
    """

    username = models.CharField(_("user name"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="people")
    station = models.ForeignKey(Station, models.PROTECT, null=True, verbose_name=_("P4MI"), related_name="people")  # of that office
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))
    # Whether the newest appointment was agreed to. What the account may approve waits for it; the database looks for itself (pairs.py).
    approves = models.BooleanField(default=False)
    mail = models.CharField(_("mail address"), max_length=200, blank=True)  # confirmed by its owner; "" where there is none
    sessions = models.PositiveIntegerField(default=0)  # grows where every login so far must end
    duty = models.ForeignKey("Duty", models.PROTECT, null=True, related_name="+", db_index=False)  # taken up now; null: their own one
    own_role = models.CharField(max_length=30, blank=True)
    own_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    own_station = models.ForeignKey(Station, models.PROTECT, null=True, related_name="+")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "role"]
    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]
        constraints = [
            guards.one_of("role", Role, "person_role"),
            models.CheckConstraint(
                condition=models.Q(duty=None, own_role="", own_office=None, own_station=None)
                | models.Q(duty__isnull=False, own_role__in=[str(role) for role in Role], own_office__isnull=False),
                name="person_own_duty",
            ),
            models.UniqueConstraint(Lower("mail"), condition=~models.Q(mail=""), name="person_mail"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.is_active

    @property
    def role_title(self) -> str:
        return str(ROLE_TITLES[Role(self.role)])

    @property
    def at_directorate(self) -> bool:
        return self.office.kind == OfficeKind.DIRECTORATE

    @property
    def own(self) -> tuple[str, int, int | None]:
        """Role, office and station of the own duty, whichever is taken up."""
        if self.duty_id is None:
            return self.role, self.office_id, self.station_id
        assert self.own_office_id is not None
        return self.own_role, self.own_office_id, self.own_station_id

    def get_short_name(self) -> str:
        return self.name

    get_full_name = get_short_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permission names grant nothing here: patrol.access is asked by every page."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active


class LinkedLogin(models.Model):
    """A login at a ministry's provider (OpenID Connect) that opens an account here: its owner linked the two. `issuer` and `subject` are
    the provider's own, and nothing else of what it says is kept."""

    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="linked_login_once"),
            models.UniqueConstraint(fields=["person", "issuer"], name="linked_login_of_person"),  # their index too
        ]


class Session(AbstractBaseSession):
    """A browser's session, with whose it is: so that people see and end their own. Kept by patrol.access.sessions."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, db_index=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person"], condition=models.Q(person__isnull=False), name="session_person")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore


class Duty(models.Model):
    """A further role in an office, beside the person's own: that of an acting head, say. Taken up one at a time.

    What it may approve waits for a second person, as an account does (`Appointment`). It ends once: by somebody, or by itself at `until`
    (then `ended_by` is null). Nothing else of it changes.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="duties")
    role = models.CharField(_("role"), max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["id"]
        constraints = [
            guards.one_of("role", Role, "duty_role"),
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="duty_until_later"),
            models.CheckConstraint(condition=models.Q(ended_by=None) | models.Q(ended_at__isnull=False), name="duty_ended_pair"),
            models.CheckConstraint(condition=~models.Q(made_by=models.F("person")), name="duty_by_another"),
            models.UniqueConstraint(fields=["person", "role", "office"], condition=models.Q(ended_at=None), name="duty_held_once"),
        ]
        indexes = [models.Index(fields=["until"], condition=models.Q(ended_at=None, until__isnull=False), name="duty_due")]

    @property
    def role_title(self) -> str:
        return str(ROLE_TITLES[Role(self.role)])


class AppointmentKind(StrEnum):
    MADE = "made"
    CHANGED = "changed"  # role, office, or active again
    LINK = "link"  # password set through a link
    FACTORS = "factors"  # second factors taken away, so that others can be set up
    DUTY = "duty"  # a further role in an office
    KEPT = "kept"  # the account is older than this table


class Appointment(models.Model):
    """An account, or a further duty of it, as one person left it: what may be approved in it counts once a second person agreed to this
    row or a later one. Append-only.

    `by` null is the installation. `exempt`: no second person was there yet (the first two accounts of setup, the example's).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    exempt = models.BooleanField(default=False)
    duty = models.OneToOneField(Duty, models.PROTECT, null=True, related_name="appointment")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind="duty") ^ models.Q(duty=None), name="appointment_of_duty"),
            guards.one_of("kind", AppointmentKind, "appointment_kind"),
            guards.one_of("role", Role, "appointment_role"),
            models.CheckConstraint(condition=models.Q(exempt=False) | models.Q(by__isnull=True), name="appointment_exempt_by_nobody"),
        ]


class Agreement(models.Model):
    """The second person's word on an account. Append-only."""

    appointment = models.OneToOneField(Appointment, models.PROTECT, related_name="agreement")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

"""People harmed, what members of staff are told, and what they have to look at."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.casework import Case, ErasureRequest
from patrol.models.collection import Post
from patrol.models.findings import Flag
from patrol.models.people import Office, Person


class Desk(StrEnum):
    """Who looks after people who were harmed."""

    OWN = "own"  # the protection desk of the office itself
    P4MI = "p4mi"  # its post at a border or a port
    MISSION = "mission"  # embassy, consulate or trade office abroad
    HOTLINE = "hotline"
    OTHER = "other"  # police, a social agency, an organisation


class Ending(StrEnum):
    """How it ended for whoever was harmed."""

    HELPED = "helped"
    RETURNED = "returned"  # is back home
    ADVISED = "advised"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"  # wants no help
    NOT_HARMED = "not_harmed"


class Protection(models.Model):
    """A flag whose author is somebody harmed, not a suspect: for the protection desk of an office, at first the flag's own.

    The copies in one row of the queue have one each, and go the same way.
    """

    flag = models.OneToOneField(Flag, models.PROTECT, related_name="protection")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("marked"))
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=20, default=states.ProtectionState.NEW)
    desk = models.CharField(max_length=20, blank=True)
    handed_to = models.CharField(_("handed to"), max_length=200, blank=True)  # which one of these desks
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(_("handed over"), null=True)
    ending = models.CharField(max_length=20, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("protection")
        verbose_name_plural = _("protections")
        constraints = [
            guards.one_of("state", states.ProtectionState, "protection_state"),
            guards.one_of("desk", ("", *Desk), "protection_desk"),
            guards.one_of("ending", ("", *Ending), "protection_ending"),
            guards.together("handed_by", "handed_at", name="protection_handed_pair"),
            guards.together("closed_by", "closed_at", name="protection_closed_pair"),
            models.CheckConstraint(
                condition=~models.Q(state="handed_over") | models.Q(handed_at__isnull=False), name="protection_handed_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) & ~models.Q(ending="")
                | ~models.Q(state="closed") & models.Q(closed_at__isnull=True, ending=""),
                name="protection_closed_state",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "-at"], name="protection_by_office")]


class ProtectionEventKind(StrEnum):
    MARKED = "marked"
    CONTACTED = "contacted"
    HANDED_OVER = "handed_over"
    MOVED = "moved"  # to another office
    NOTE = "note"
    CONTACTS_SHOWN = "contacts_shown"
    CLOSED = "closed"
    REOPENED = "reopened"
    MARK_REVERSED = "mark_reversed"  # the decision was taken back


class ProtectionEvent(models.Model):
    """What was done for whoever is behind a flag. Append-only. Of the flag: it stays when the mark itself is gone."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="protection_events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")  # whose it was afterwards
    note = models.TextField(blank=True)
    detail = models.CharField(max_length=220, blank=True)  # a Desk and which, an Ending, a purpose

    class Meta:
        ordering = ["id"]
        constraints = [guards.one_of("kind", ProtectionEventKind, "protection_event_kind")]


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


class Veil(StrEnum):
    """How a picture is served first. The next one is asked for by a person, one step at a time."""

    BLUR = "blur"
    GREY = "grey"
    COLOUR = "colour"


class OfficeCare(models.Model):
    """What an office spares its people, unless they chose otherwise for themselves. No row: care.DEFAULTS."""

    office = models.OneToOneField(Office, models.PROTECT, primary_key=True, related_name="care")
    veil = models.CharField(_("severe pictures at first"), max_length=10, default=Veil.BLUR)
    break_minutes = models.PositiveSmallIntegerField(_("minutes until a break"))  # 0: never reminded
    break_severe = models.PositiveSmallIntegerField(_("severe posts until a break"))  # 0: never reminded

    class Meta:
        constraints = [guards.one_of("veil", Veil, "office_care_veil")]


class OwnCare(models.Model):
    """What a person chose for themselves; null, of a text "": as the office has it. Own taste, read by nobody else."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="care")
    veil = models.CharField(max_length=10, blank=True)
    break_minutes = models.PositiveSmallIntegerField(null=True)
    break_severe = models.PositiveSmallIntegerField(null=True)
    spared = models.BooleanField(default=False)  # severe posts go to others
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [guards.one_of("veil", ("", *Veil), "own_care_veil")]


class SevereMark(models.Model):
    """What a person said of a post, either way. Where nobody said anything the kind of its text decides (care.SEVERE_TEXTS)."""

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="severe_mark")
    severe = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Exposure(models.Model):
    """What a person had to look at on a day of their office's zone. Seen by them, and by their supervisor as the office's sums."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="exposures")
    day = models.DateField()
    pictures = models.PositiveIntegerField(default=0)  # in colour
    severe = models.PositiveIntegerField(default=0)  # severe posts opened
    severe_seconds = models.PositiveIntegerField(default=0)
    work_seconds = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)  # the last sign of work: what is longer ago than care.PAUSE is a break
    working_since = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminded_severe = models.PositiveIntegerField(default=0)  # how many severe ones there were by then

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="exposure_once")]

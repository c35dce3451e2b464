"""People harmed: who looks after them, and what was done for them."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.findings import Flag
from patrol.models.people import Office, Person


class ProtectionDesk(StrEnum):
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
            guards.one_of("desk", ("", *ProtectionDesk), "protection_desk"),
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


class Protected(models.Model):
    """That a flag is of somebody harmed, and which office protects them: a view (0110) that answers whoever asks. What is masked depends on
    the protections of all offices, and of a Protection an office sees its own alone."""

    flag = models.OneToOneField(Flag, models.DO_NOTHING, related_name="protected", primary_key=True)
    office = models.ForeignKey(Office, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "patrol_protected"


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
    detail = models.CharField(max_length=220, blank=True)  # a ProtectionDesk and which, an Ending, a purpose

    class Meta:
        ordering = ["id"]
        constraints = [guards.one_of("kind", ProtectionEventKind, "protection_event_kind")]

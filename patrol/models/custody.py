"""Who held a piece of evidence: what collected it, who took or handed on a copy of it, and the minutes (berita acara) of that."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.people import Office, Person


class Collector(models.Model):
    """The collecting program as one process of it began: one row for each process, which its captures name. Append-only.

    Offsets in microseconds; null: not known on that machine. The address the office's network shows to the outside is not measured.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_default=Now())  # by the database's clock
    program = models.TextField()  # its version, and the contact it gives: the User-Agent
    commit = models.CharField(max_length=40, blank=True)  # "" where it runs outside of a repository
    lock_sha256 = models.CharField(max_length=64)  # of the list of libraries
    system = models.CharField(max_length=120)
    host = models.CharField(max_length=64)  # hash of the host's name: tells machines apart without naming them
    clock_source = models.CharField(max_length=40)  # kernel: a time service steers it; "": not known whether one does
    clock_within = models.BigIntegerField(null=True)  # the kernel's own bound of its error, where a time service steers it
    clock_to_database = models.BigIntegerField(null=True)  # the database's clock less ours, halfway through one question


class MinutesKind(StrEnum):
    TAKEN = "taken"  # somebody of the staff took a copy away
    HANDED_OVER = "handed_over"  # it went to another body
    EXPORTED = "exported"  # it went into a package of its case, as itself or by its hash


class Minutes(models.Model):
    """A berita acara: who took or handed over which pieces, why, on whose approval. Append-only; its words stay as they were written.

    `content`: what is printed, with addresses masked (evidence.minutes). `digest`: SHA-256 over it; the custody entries hold it, and the
    log holds theirs.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)  # BA-0012/BP3MI-JABAR/2026
    kind = models.CharField(_("kind"), max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")  # whose number it is
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recipient = models.CharField(_("to whom"), max_length=200)
    referral = models.ForeignKey("Referral", models.PROTECT, null=True, related_name="minutes")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("minutes of evidence")
        verbose_name_plural = _("minutes of evidence")
        constraints = [
            guards.one_of("kind", MinutesKind, "minutes_kind"),
            models.UniqueConstraint(fields=["office", "year", "count"], name="minutes_counted_once"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="minutes_newest")]

    def __str__(self) -> str:
        return self.number


class CustodyAct(StrEnum):
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    EXPORTED = "exported"
    REFUSED = "refused"  # somebody wanted to open it, and its file was gone or changed


class CustodyFound(StrEnum):
    """What the look at the file found just before the act."""

    WHOLE = "whole"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"  # it is there, and the disk or its rights do not give it; until 0129 this was called missing


class CustodyEntry(models.Model):
    """One piece of evidence in one act of custody. Append-only; the log's row of the act holds `digest` over all rows of it.

    Looks within the house are no rows here: the audit log and the reading log have them.
    """

    capture = models.ForeignKey("Capture", models.PROTECT, related_name="+", db_index=False)  # custody_of_capture
    act = models.CharField(max_length=20)
    at = models.DateTimeField()  # of the act: a referral may be said to have been sent days later, and its minutes are of then
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")  # theirs, then
    purpose = models.CharField(max_length=40)
    recipient = models.CharField(max_length=200, blank=True)  # "": whoever took it
    found = models.CharField(max_length=20)
    before = models.CharField(max_length=64, blank=True)  # SHA-256 of the file just before; "" where it was missing or could not be read
    after = models.CharField(max_length=64, blank=True)  # SHA-256 of the file it left in: its own, or the packet's; "": none, or not kept
    minutes = models.ForeignKey(Minutes, models.PROTECT, null=True, related_name="entries")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            guards.one_of("act", CustodyAct, "custody_act"),
            guards.one_of("found", CustodyFound, "custody_found"),
            models.CheckConstraint(
                condition=models.Q(act="refused", minutes=None, after="") | ~models.Q(act="refused") & models.Q(minutes__isnull=False),
                name="custody_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["capture", "id"], name="custody_of_capture"),
            models.Index(fields=["digest"], name="custody_by_digest"),
        ]

"""When the preserved files were last checked, all at once or one by one, and what of them was found broken then."""

from __future__ import annotations

from django.db import models

from patrol.models.collection import Capture


class Verification(models.Model):
    """A run of verify_evidence that came to its end. Append-only.

    `covers`: every record received before this moment was looked at; what came later may have been too, and is not said to be.
    """

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    covers = models.DateTimeField()
    records = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    broken = models.PositiveIntegerField()  # all that it found
    elsewhere = models.PositiveIntegerField()  # of that in no capture: texts, register, seals, the log


class BrokenCapture(models.Model):
    """A preserved copy that a run found broken, missing or not as the log says. Append-only."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="captures", db_index=False)  # broken_capture_once
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verification", "capture"], name="broken_capture_once")]


class CopyCheck(models.Model):
    """When a preserved copy was last looked at in the night (`preserving.copies`), and whether it was whole. One row each, moved on."""

    capture = models.OneToOneField(Capture, models.PROTECT, primary_key=True, related_name="+")
    checked_at = models.DateTimeField()
    whole = models.BooleanField()
    missing = models.BooleanField(null=True)  # of one that is not whole: no file at all; null: whole, or not recorded before 0123

    class Meta:
        indexes = [
            models.Index(fields=["checked_at"], name="copy_checked_first"),
            models.Index(fields=["missing"], condition=models.Q(whole=False), name="copy_not_whole"),
        ]


class RegisterFileCheck(models.Model):
    """When a source file of the register was last looked at in the night, as CopyCheck. One row each, moved on."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    checked_at = models.DateTimeField()
    whole = models.BooleanField()
    missing = models.BooleanField(null=True)  # of one that is not whole: no file at all; null: whole, or it could not be read


class CopyNight(models.Model):
    """What the looks of one night came to so far. One row each night, moved on."""

    day = models.DateField(primary_key=True)  # in Jakarta
    at = models.DateTimeField()  # of the last look
    looked = models.PositiveIntegerField()  # copies
    size = models.PositiveBigIntegerField()  # bytes read
    oldest = models.DateTimeField(null=True)  # when the copy was last looked at, or came, that has waited longest; null: there is none

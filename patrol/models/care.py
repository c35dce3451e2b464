"""What members of staff are spared, and what they had to look at."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.collection import Post
from patrol.models.people import Office, Person


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
    contacts_asked = models.BooleanField(default=False, db_default=False)  # a lease shows the contacts of its post only when asked
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

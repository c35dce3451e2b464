"""What a referral asked about, seen again under another name: the post, what ties it, and what a person made of it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from patrol.models import guards
from patrol.models.findings import Flag
from patrol.models.people import Person
from patrol.models.referrals import Referral


class ComeBack(models.Model):
    """A flag whose post came after a referral was sent and is tied to a link it asked about. Found by the machine, once. Append-only."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="come_backs", db_index=False)  # come_back_once
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="come_backs")
    at = models.DateTimeField()
    ties = models.JSONField()  # as they were then, by id: {"kind": a TieKind or cases.coming_back.CAMPAIGN, "flag": asked about, ...}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "flag"], name="come_back_once")]


class ComeBackOutcome(StrEnum):
    ASKED = "asked"  # it stands in the next round
    OTHER = "other"  # a person says that it is something else


class ComeBackAnswer(models.Model):
    """What a person made of it. Append-only. One each, and a further one where the round it stood in was withdrawn."""

    come_back = models.ForeignKey(ComeBack, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10)
    following = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="+")  # the round it stands in
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            guards.one_of("outcome", ComeBackOutcome, "come_back_outcome"),
            models.CheckConstraint(
                condition=models.Q(outcome="asked", following__isnull=False)
                | models.Q(outcome="other", following=None) & ~models.Q(reason=""),
                name="come_back_answered",
            ),
        ]

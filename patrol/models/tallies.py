"""What happened each day, counted: kept by triggers in the transaction of the event (ADR 58)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from patrol.models import guards
from patrol.models.people import Office


class Tallied(StrEnum):
    """What is counted of a day. How the queue grows: FLAGGED, RETURNED, HANDED_IN; how it shrinks: LEFT, LOWERED, HANDED_OUT."""

    READ = "read"  # posts, by their first reading, of the office whose watch or person brought them first
    FLAGGED = "flagged"
    RETURNED = "returned"
    LOWERED = "lowered"
    HANDED_IN = "handed_in"
    HANDED_OUT = "handed_out"
    CONFIRMED = "confirmed"  # decided, whatever the flag's state was
    DISMISSED = "dismissed"
    NEEDS_INFORMATION = "needs_information"
    LEFT = "left"  # decided out of the queue: counted besides its outcome


DECIDED = (Tallied.CONFIRMED, Tallied.DISMISSED, Tallied.NEEDS_INFORMATION)


class DailyTally(models.Model):
    """A part of a count: the sum of the rows is the count.

    Each event adds a row of its own, so that many workers who flag for one office wait for nobody; the sweep folds them into one.
    """

    day = models.DateField()  # of the event, Asia/Jakarta
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)  # null: read, and of no office
    what = models.CharField(max_length=20)
    level = models.CharField(max_length=10)  # of what is flagged or decided; "" else
    count = models.IntegerField()
    folded = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            guards.one_of("what", Tallied, "tally_what"),
            models.UniqueConstraint(
                fields=["day", "office", "what", "level"], condition=models.Q(folded=True), name="tally_folded_once", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(fields=["day", "office"], include=["what", "level", "count"], name="tally_by_day"),
            models.Index(fields=["id"], condition=models.Q(folded=False), name="tally_to_fold"),
        ]

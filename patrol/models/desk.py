"""The desk of one person: how the keys lie, which queues are kept at hand, which posts were found to be one ad."""

from __future__ import annotations

from django.db import models

from patrol.models.findings import Flag
from patrol.models.people import Person


class OwnSettings(models.Model):
    """What a person set for themselves. No row: nothing was changed yet."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="own_settings")
    keys_on = models.BooleanField(default=True)  # single letters act, outside of input fields
    keys = models.JSONField(default=dict)  # act -> letter, only where it differs from desk.KEYS
    tour_seen_at = models.DateTimeField(null=True)


class SavedFilter(models.Model):
    """A filter of the queue a person wants at hand: the query of its address, by the names the queue page knows."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="saved_filters")
    name = models.CharField(max_length=40)
    query = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_filter_name_once")]


class Comparison(models.Model):
    """Two flags somebody looked at side by side: one ad, or not. What was found not to be one is never proposed again."""

    first = models.ForeignKey(Flag, models.PROTECT, related_name="+")  # the smaller id
    second = models.ForeignKey(Flag, models.PROTECT, related_name="+")
    same = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="comparison_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="comparison_in_order"),
        ]

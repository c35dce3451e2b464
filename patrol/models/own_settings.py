"""What a person set for themselves: how the keys lie, which filters of the queue are at hand."""

from __future__ import annotations

from django.db import models

from patrol.models.people import Person


class OwnSettings(models.Model):
    """What a person set for themselves. No row: nothing was changed yet."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="own_settings")
    keys_on = models.BooleanField(default=True)  # single letters act, outside of input fields
    keys = models.JSONField(default=dict)  # act -> letter, only where it differs from own_settings.KEYS
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

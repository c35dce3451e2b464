"""Who read which personal data: the reading log (ADR 65)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models.functions import Now

from patrol.models import guards
from patrol.models.people import Office, Person


class ConsultationWay(StrEnum):
    """By what a person was shown something."""

    PAGE = "page"  # of one thing
    LIST = "list"  # one row for each page of it
    SEARCH = "search"  # a list, or its single hit, for words that somebody typed
    EXPORT = "export"  # a list that left the house: CSV, XLSX
    FILE = "file"  # a preserved copy, a picture, an attachment
    PDF = "pdf"  # a letter, a packet, a summary on paper: what was composed here
    API = "api"


class Consultation(models.Model):
    """That somebody was shown personal data of a thing or a list, masked or not. Written once, by access.consulting.

    The table is partitioned by month over `at`, which Django does not know (0094): its key is (at, id). The database does not look up
    person and office: each reading would lock the person's row.
    """

    at = models.DateTimeField(db_default=Now())  # by the database's clock
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    office = models.ForeignKey(Office, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)  # the person's, then
    role = models.CharField(max_length=30)  # the person's, then
    way = models.CharField(max_length=10)
    target_kind = models.CharField(max_length=40)  # the model's name: flag, case, indicator; of a list that of its rows
    target_id = models.CharField(max_length=60, blank=True)  # "" for lists
    # Whose the thing is; null for what belongs to no office.
    of_office = models.ForeignKey(Office, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    purpose = models.CharField(max_length=40, blank=True)  # what was chosen, or "triage" under a lease; "": what the page is for
    unmasked = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=1)  # people, posts or contacts shown
    query_digest = models.CharField(max_length=64, blank=True)  # keyed, of what was searched (search.digest); "" where nothing was

    class Meta:
        constraints = [guards.one_of("way", ConsultationWay, "consultation_way")]
        indexes = [
            models.Index(fields=["person", "at"], name="consultation_by_person"),
            models.Index(fields=["target_kind", "target_id", "at"], name="consultation_by_target"),
        ]

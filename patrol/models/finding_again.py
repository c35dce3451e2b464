"""What helps to find things again and to judge them rightly: contacts known to be good, and the words of posts for searching."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.collection import Post, PostVersion
from patrol.models.findings import Indicator
from patrol.models.people import Office, Person


class TrustedAs(StrEnum):
    AGENCY = "agency"  # an agency's own number or account
    HOTLINE = "hotline"
    MEDIA = "media"
    OFFICE = "office"  # of the state


class Trusted(models.Model):
    """A contact that is known to be good: proposed by one person, approved by another, ended by anybody of them with a reason.

    It holds from its approval to `expires_on` or its end, whichever comes first. Rows stay: a second proposal is a second row.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="trusts")
    known_as = models.CharField(_("known as"), max_length=20)
    reason = models.TextField(_("reason"))
    expires_on = models.DateField(_("until"))  # the last law day it holds
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("trusted contact")
        verbose_name_plural = _("trusted contacts")
        ordering = ["-id"]
        constraints = [
            guards.one_of("known_as", TrustedAs, "trusted_as"),
            guards.together("approved_by", "approved_at", name="trusted_approved_pair"),
            guards.together("ended_by", "ended_at", name="trusted_ended_pair"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")), name="trusted_by_two"
            ),
            models.UniqueConstraint(fields=["indicator"], condition=models.Q(ended_at__isnull=True), name="trusted_once_at_a_time"),
        ]


class PostWords(models.Model):
    """The words of a post's newest reading, contacts cut, lower case, to be searched. Made by a due-query, deleted by the eraser.

    What reads a row needs no mask any more, and a search by words never finds a person by a number.
    """

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="words")
    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="+")
    reading_id = models.BigIntegerField()  # the reading they were taken from; a later one has a larger id
    words = models.TextField()
    countries = ArrayField(models.CharField(max_length=2), default=list)

    class Meta:
        indexes = [
            # Without a pending list, which every search would have to read through.
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="post_words_trigrams", fastupdate=False),
            GinIndex(fields=["countries"], name="post_words_countries", fastupdate=False),
        ]


class CaseWords(models.Model):
    """The words of a case, contacts cut, lower case, to be searched: one row of what whoever sees the case may read, and one of the same
    with its internal notes for each side that wrote some. Made by a due-query from the timeline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="words", db_index=False)  # case_words_once
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")  # whose notes; null: nobody's in particular
    words = models.TextField()
    # How many rows of the timeline they were taken from. Not the last one's id: of two that are written at once, the one with the smaller
    # id may be seen later.
    events = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "office"], name="case_words_once", nulls_distinct=False)]
        indexes = [GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="case_words_trigrams", fastupdate=False)]


class CaseFilter(models.Model):
    """A filter of the list of cases a person keeps: the query of its address, by the words of search.case_filters."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="case_filters")
    name = models.CharField(max_length=40)
    query = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    tells = models.BooleanField(default=False)  # a notice when a case newly fits

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="case_filter_name_once")]
        indexes = [models.Index(fields=["id"], condition=models.Q(tells=True), name="case_filter_tells")]


class CaseFitted(models.Model):
    """That a case fits or has fitted a filter that tells: it is told once, and never of what stood there when telling began."""

    filter = models.ForeignKey(CaseFilter, models.PROTECT, related_name="fitted", db_index=False)  # case_fitted_once
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filter", "case"], name="case_fitted_once")]


class Reached(models.Model):
    """How far a work has come that goes through a table in the order of its ids, or through days (patrol.infra.reached)."""

    # words (readings), case_words (events of cases), pages and second (decisions), profiles and told flags (events of flags), told notices,
    # told draws, told differences (reviews); low and cleared (days); restored: when this database was filled from a backup (seconds, Unix)
    name = models.CharField(max_length=20, primary_key=True)
    row = models.BigIntegerField(default=0)  # an id, or the number of a day (date.toordinal)

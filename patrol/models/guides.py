"""Guides: the short public pages that say how to tell an offer apart, how one leaves, and what to do when something went wrong."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models import guards
from patrol.models.people import Person


class GuideSection(StrEnum):
    """Under which heading of the list a guide stands, in this order."""

    RECOGNISE = "recognise"
    HAPPENED = "happened"
    LEAVING = "leaving"


class Guide(models.Model):
    """A guide, whatever its editions say. `key` is its address."""

    key = models.SlugField(_("address"), max_length=40, unique=True)
    section = models.CharField(_("section"), max_length=20)
    place = models.PositiveSmallIntegerField(default=100)  # in its section

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [guards.one_of("section", GuideSection, "guide_section")]

    def __str__(self) -> str:
        return self.key


class GuideEdition(models.Model):
    """What a guide says from this edition on, in both languages, or that it was taken off. Append-only: the newest counts.

    A body is plain text with marks at the start of a line: guides.bodies.
    """

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="editions")
    title_id = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    under_id = models.CharField(max_length=100)  # below the title in the list
    under_en = models.CharField(max_length=100)
    gist_id = models.CharField(max_length=300)  # "In short"
    gist_en = models.CharField(max_length=300)
    body_id = models.TextField()
    body_en = models.TextField()
    checked_on = models.DateField(_("checked"))  # by whoever published it, against its sources
    sources = models.TextField()  # where its facts come from; shown to staff
    withdrawn = models.BooleanField(default=False)  # it is shown no longer; the words are those of the edition before
    reason = models.CharField(max_length=300, blank=True)  # why it was taken off
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: shipped with the product
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edition of a guide")
        verbose_name_plural = _("editions of guides")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_id="")
                & ~models.Q(title_en="")
                & ~models.Q(under_id="")
                & ~models.Q(under_en="")
                & ~models.Q(gist_id="")
                & ~models.Q(gist_en="")
                & ~models.Q(body_id="")
                & ~models.Q(body_en="")
                & ~models.Q(sources=""),
                name="guide_edition_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn=True) & ~models.Q(reason="") | models.Q(withdrawn=False, reason=""),
                name="guide_edition_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["guide", "-id"], name="guide_edition_newest")]

"""Law as rows: acts, their articles, what an article said from which day on, and the legal unit's word on it.

A change of law is a further edition. An edition is added and never overwritten: a letter of two years ago cites the words of its day.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.models.casework import CaseEvent
from patrol.models.collection import Capture
from patrol.models.findings import Flag, LicenceCheck, Reading
from patrol.models.licences import Agency, Licence, RegisterEdition
from patrol.models.people import Person


class Act(models.Model):
    """A law, regulation or decree."""

    key = models.CharField(max_length=40, unique=True)
    short = models.CharField(_("short name"), max_length=60, unique=True)  # UU 18/2017
    title = models.TextField(_("full title"))
    remark = models.TextField(blank=True)  # what it changes, or what changes it

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")

    def __str__(self) -> str:
        return self.short


class Article(models.Model):
    """An article of an act, whatever it says on a day. `number` is "" where an act is cited as a whole.

    `key` is what an escalation keeps (CaseEvent.article). `reason`: an officer may escalate with it, and the flag is then confirmed with
    this reason of triage.REASONS.
    """

    act = models.ForeignKey(Act, models.PROTECT, related_name="articles")
    key = models.CharField(max_length=20, unique=True)
    number = models.CharField(_("number"), max_length=20, blank=True)  # 69, 28(1)
    beside = models.CharField(max_length=20, blank=True)  # the article that holds its penalty: 81
    title_id = models.CharField(max_length=150)
    title_en = models.CharField(max_length=150)
    reason = models.CharField(max_length=20, blank=True)
    place = models.PositiveSmallIntegerField(default=100)  # in lists and among the choices of an officer

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [models.UniqueConstraint(fields=["act", "number"], name="article_once")]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        """As a letter cites it: UU 18/2017 Pasal 69 jo. 81. The act comes with the row."""
        number = f" Pasal {self.number}" if self.number else ""
        return f"{self.act.short}{number}" + (f" jo. {self.beside}" if self.beside else "")


class ArticleEdition(models.Model):
    """What an article says from a day on, or that it has ended. Append-only; which one holds on a day: cases.law.in_force.

    `elements`: [{key, id, en}] in order; a key stays with its words from edition to edition.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="editions")
    wording = models.TextField(blank=True)  # "" where no source here attests it
    elements = models.JSONField(default=list)
    penalty = models.TextField(blank=True)
    in_force_from = models.DateField(null=True)  # null: the day is not known here, earlier than any post
    in_force_to = models.DateField(null=True)  # the last day, where the edition itself has one
    ended = models.BooleanField(default=False)  # the article holds no longer from `in_force_from` on
    source = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: shipped with the product
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edition of an article")
        verbose_name_plural = _("editions of articles")
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="article_edition_source"),
            models.CheckConstraint(
                condition=models.Q(in_force_to__isnull=True)
                | models.Q(in_force_from__isnull=True)
                | models.Q(in_force_to__gte=models.F("in_force_from")),
                name="article_edition_days",
            ),
            models.CheckConstraint(
                condition=models.Q(ended=False)
                | models.Q(in_force_from__isnull=False, in_force_to__isnull=True, wording="", penalty="", elements=[]),
                name="article_edition_ended_is_bare",
            ),
        ]


class LawConfirmation(models.Model):
    """The legal unit's letter on one edition, entered by a supervisor of the directorate. Append-only; that whoever entered the edition is
    another person is asked by the database too."""

    edition = models.OneToOneField(ArticleEdition, models.PROTECT, related_name="confirmation")
    letter_number = models.CharField(_("number of the letter"), max_length=100)
    letter_date = models.DateField(_("date of the letter"))
    scan = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation by the legal unit")
        verbose_name_plural = _("confirmations by the legal unit")
        constraints = [models.CheckConstraint(condition=~models.Q(letter_number=""), name="law_confirmation_letter")]


class TickKind(StrEnum):
    """What shows an element."""

    CLAIM = "claim"  # something the post says, at its place
    CAPTURE = "capture"  # a preserved copy of it
    CHECK = "check"  # its licence against the register of its day
    AGENCY = "agency"  # the agency's row in the register, of its day
    LICENCE = "licence"  # a row of its SIP that held on that day
    NO_ROW = "no_row"  # that the register has no agency of that name on that day


_THINGS = ("reading", "claim", "capture", "licence_check", "agency", "licence", "register")


def _shown_by(kind: str, *things: str, row: bool = False) -> models.Q:
    """These and nothing else; a row of the register with its day and its words, and with a name where there is none."""
    said = models.Q(day__isnull=False) & ~models.Q(words_id="") & ~models.Q(words_en="")
    name = models.Q(searched="")
    return models.Q(
        models.Q(kind=kind, **{f"{one}__isnull": one not in things for one in _THINGS}),
        said if row else models.Q(day__isnull=True, words_id="", words_en=""),
        ~name if kind == TickKind.NO_ROW else name,
    )


class ElementTick(models.Model):
    """An element of an article, shown on one link of a case. Append-only; who and when stand in its event."""

    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="ticks")  # one for all that one act ticked
    edition = models.ForeignKey(ArticleEdition, models.PROTECT, related_name="+")  # in force on the link's day as it was ticked
    element = models.CharField(max_length=20)  # a key of its elements
    flag = models.ForeignKey(Flag, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    reading = models.ForeignKey(Reading, models.PROTECT, null=True, related_name="+")
    claim = models.PositiveSmallIntegerField(null=True)  # its place among the reading's claims, which hold words and span
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="+")
    licence_check = models.ForeignKey(LicenceCheck, models.PROTECT, null=True, related_name="+")
    # A row of an edition of the register, which never changes, or the edition in which no such name was found. A trigger refuses a row that
    # did not hold on `day`, the post's; the words are those of the day it was ticked.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    licence = models.ForeignKey(Licence, models.PROTECT, null=True, related_name="+")
    register = models.ForeignKey(RegisterEdition, models.PROTECT, null=True, related_name="+")
    searched = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True)
    words_id = models.TextField(blank=True)
    words_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_shown_by("claim", "reading", "claim")
                | _shown_by("capture", "capture")
                | _shown_by("check", "licence_check")
                | _shown_by("agency", "agency", row=True)
                | _shown_by("licence", "licence", row=True)
                | _shown_by("no_row", "register", row=True),
                name="element_tick_shown_by_one_thing",
            )
        ]


class ElementUntick(models.Model):
    """That a tick was taken back, once. Append-only."""

    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="untick")
    tick = models.OneToOneField(ElementTick, models.PROTECT, related_name="untick")

"""The frozen summary of one week, month or quarter: written once, corrected only by a further edition."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patrol.domain import Sentence
from patrol.models import Office, Person, guards
from reports.figures import Figures, fingerprint
from reports.period import KINDS, IsoWeek, Period, period_of

NOTE_LETTERS = 500
TITLE_LETTERS = 80  # of the position of somebody who signs
# The machine's own reason. Editions keep its English, and it is known by these letters: they never change.
COMPLETES = {
    kind: Sentence(
        f"{period.word.id.capitalize()} sudah lengkap; edisi ini menggantikan edisi sementara.",
        f"The {period.word.en} is complete; this edition replaces the preliminary one.",
    )
    for kind, period in KINDS.items()
}


class SheetHead(models.Model):
    """What the paper of an office's summaries shows from then on; the newest counts. Append-only: editions keep theirs."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    author = models.CharField(max_length=TITLE_LETTERS, blank=True)  # the position of who signs; "": said in neutral words
    second = models.CharField(max_length=TITLE_LETTERS, blank=True)
    logo = models.BinaryField()  # PNG as the product drew it, b"" for none
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    @property
    def sha256(self) -> str:
        """Of the logo; "" for none."""
        return hashlib.sha256(self.logo).hexdigest() if self.logo else ""


class WeeklySummary(models.Model):
    """One edition of one period's figures, of one office or of all (office null).

    Append-only; figures are shown, never recomputed.
    """

    office = models.ForeignKey(Office, models.PROTECT, null=True, verbose_name=_("office"), related_name="summaries")  # null: national
    kind = models.CharField(pgettext_lazy("of a period", "kind"), max_length=7, default=IsoWeek.kind, db_default=IsoWeek.kind)
    year = models.PositiveSmallIntegerField(_("year"))
    week = models.PositiveSmallIntegerField(_("week"))  # of another kind: the number of the month, of the quarter
    edition = models.PositiveSmallIntegerField(pgettext_lazy("of a summary", "edition"))
    figures = models.JSONField(_("figures"))  # reports.figures.Figures as objects
    register_date = models.DateField(_("register as of"), null=True)  # null: no register was loaded
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("frozen by"), related_name="+")
    sha256 = models.CharField(_("fingerprint"), max_length=64)  # of the canonical figures
    note = models.CharField(_("supervisor's note"), max_length=NOTE_LETTERS, blank=True)
    head = models.ForeignKey(SheetHead, models.PROTECT, null=True, related_name="+")  # as it stood; null: none was set
    correction_reason = models.CharField(_("reason of the correction"), max_length=NOTE_LETTERS, blank=True)

    class Meta:
        verbose_name = _("weekly summary")
        verbose_name_plural = _("weekly summaries")
        ordering = ["-year", "kind", "-week", "-edition", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "week", "edition"], name="summary_edition_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(kind="week", week__range=(1, 53))
                | models.Q(kind="month", week__range=(1, 12))
                | models.Q(kind="quarter", week__range=(1, 4)),
                name="summary_period_range",
            ),
            models.CheckConstraint(
                condition=models.Q(edition=1, correction_reason="") | (models.Q(edition__gt=1) & ~models.Q(correction_reason="")),
                name="summary_correction_reason",
            ),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="summary_hash_shape"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """RM/2026/47/BP3MI-JATENG, followed by the edition from the second on; of months RB/2026/11/…, of quarters RT/2026/4/…."""
        place = self.office.on_paper if self.office else "NAS"
        tail = f"/{self.edition}" if self.edition > 1 else ""
        period = self.period
        return f"{period.letters}/{period.year}/{period.ordinal:0{period.width}}/{place}{tail}"

    @property
    def period(self) -> Period:
        return period_of(self.kind, self.year, self.week)

    @property
    def preliminary(self) -> bool:
        """Frozen before its period was over."""
        return not self.period.is_over(self.frozen_at)

    @property
    def intact(self) -> bool:
        """Whether the figures still have the fingerprint they were frozen with."""
        return fingerprint(self.figures) == self.sha256

    def read(self) -> Figures:
        return Figures.from_json(self.figures)


class Signs(StrEnum):
    """In which place somebody signed."""

    AUTHOR = "author"  # who stands behind the figures
    SECOND = "second"  # who read them after the author


class Signature(models.Model):
    """One of the two people who stand behind an edition, over the figures as they were frozen. Append-only: a correction is a new edition.

    The database takes no second one without a first, none over other figures, and none that would not be another person (0003).
    """

    summary = models.ForeignKey(WeeklySummary, models.PROTECT, related_name="signatures")
    place = models.CharField(max_length=10)
    # The position, where the edition's head has one and whoever signed was of its office that day; "": said in neutral words.
    title = models.CharField(max_length=TITLE_LETTERS, blank=True, default="", db_default="")
    sha256 = models.CharField(max_length=64)  # the edition's
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            guards.one_of("place", Signs, "signature_place"),
            models.UniqueConstraint(fields=["summary", "place"], name="signature_once_a_place"),
        ]


class QueueEnd(models.Model):
    """What waited in an office at the end of a day on which a week or a month ended (reports.ends). Made once: what is over stays.

    A row of every office, so that a day without any is one that nobody counted yet.
    """

    day = models.DateField()  # its end: 24.00 in Jakarta
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    waiting = models.PositiveIntegerField()
    oldest_at = models.DateTimeField(null=True)  # since when the one waits that waited longest
    late = models.PositiveIntegerField()  # longer than the limit of its level, as the limits were when this was counted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "office"], name="queue_end_once"),
            models.CheckConstraint(
                condition=models.Q(waiting=0, oldest_at=None, late=0)
                | models.Q(waiting__gt=0, oldest_at__isnull=False, late__lte=models.F("waiting")),
                name="queue_end_of_what_waits",
            ),
        ]


class Mailed(StrEnum):
    """What of summaries somebody wants by mail."""

    DRAFT = "draft"  # Monday morning: what waits to be frozen
    EDITION = "edition"  # once two people have signed it


class Subscription(models.Model):
    """A person wants this by mail, of one office or of all (office null). Whether they may see it is asked again at sending."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            guards.one_of("what", Mailed, "subscription_what"),
            models.UniqueConstraint(fields=["person", "what", "office"], name="subscription_once", nulls_distinct=False),
        ]


class Monday(models.Model):
    """The last Monday on which the supervisors of an office, or of the directorate for all offices (null), were told of the draft."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office"], name="monday_once", nulls_distinct=False)]

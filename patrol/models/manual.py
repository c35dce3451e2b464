"""The register by hand: what one person put forward, what a second made of it, and in which editions it stands."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol import domain
from patrol.models import guards
from patrol.models.collection import Capture
from patrol.models.licences import RegisterEdition
from patrol.models.people import Person


class ManualChange(models.Model):
    """One licence, standing or contact to be added or ended, by a decree. Append-only: it is never made to fit its answer."""

    LONGEST_DECREE = 300

    kind = models.CharField(max_length=20)  # domain.ManualKind
    ends = models.BooleanField(default=False)
    agency = models.CharField(_("agency"), max_length=300)  # its name in the register
    row = models.JSONField()  # engine.licences.manual.stored
    decree = models.CharField(_("decree"), max_length=LONGEST_DECREE)
    decree_date = models.DateField(_("date of the decree"))
    scan = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("proposed"))

    class Meta:
        verbose_name = _("change of the register by hand")
        verbose_name_plural = _("changes of the register by hand")
        ordering = ["-id"]
        constraints = [
            guards.one_of("kind", domain.ManualKind, "manual_change_kind"),
            models.CheckConstraint(condition=~models.Q(decree="") & ~models.Q(agency=""), name="manual_change_decree"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.kind})"


class ManualAnswerKind(StrEnum):
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by whoever proposed it


class ManualAnswer(models.Model):
    """What became of a proposed change, once. Append-only; that another person released it is asked by the database too."""

    change = models.OneToOneField(ManualChange, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [guards.one_of("kind", ManualAnswerKind, "manual_answer_kind")]


class ManualHold(StrEnum):
    STANDS = "stands"  # released with this edition, or carried into it by an edition that no file made
    KEPT = "kept"  # the files do not hold it, and the importing person kept it
    ENDED = "ended"  # the files do not hold it, and the importing person let it go
    CONFIRMED = "confirmed"  # the files hold it


IN_FORCE = (ManualHold.STANDS, ManualHold.KEPT)


class ManualHeld(models.Model):
    """What an edition did with a released change. Append-only; the database lets in no change that no second person released."""

    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="manual")
    change = models.ForeignKey(ManualChange, models.PROTECT, related_name="held")
    how = models.CharField(max_length=20)

    class Meta:
        ordering = ["change_id"]
        constraints = [
            guards.one_of("how", ManualHold, "manual_held_how"),
            models.UniqueConstraint(fields=["edition", "change"], name="manual_held_once"),
        ]

"""Warning cards: what an office tells the public of an offer that people have confirmed, in pictures with a number."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.casework import Case
from patrol.models.collection import Capture
from patrol.models.findings import Decision
from patrol.models.people import Office, Person


class Card(models.Model):
    """One card. It holds what it says, never whom it is about: no name, account or number. What it says is written once."""

    LONGEST_QUOTE = 160
    LONGEST_POSITION = 40
    MOST_SIGNS = 3

    number = models.CharField(_("number"), max_length=30, unique=True)  # KP-JABAR-2026-012
    case = models.ForeignKey(Case, models.PROTECT, related_name="cards")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="cards")  # it rests on; its flag is of the case
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")  # whose card it is
    level = models.CharField(max_length=10)  # of the flag as it was decided
    position = models.CharField(max_length=LONGEST_POSITION, blank=True)  # as the offer calls the work
    country = models.CharField(max_length=2, blank=True)  # ISO 3166 alpha-2
    quote = models.CharField(max_length=LONGEST_QUOTE)
    signs = ArrayField(models.CharField(max_length=20))  # keys of cases.cards.SIGNS
    register_date = models.DateField(null=True)  # that a sign names
    state = models.CharField(_("state"), max_length=20, default=states.CardState.PROPOSED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("made"))
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("released"), null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # refused or withdrew it
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why; of a withdrawn one the public reads it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("warning card")
        verbose_name_plural = _("warning cards")
        constraints = [
            guards.one_of("state", states.CardState, "card_state"),
            guards.together("released_by", "released_at", name="card_released_pair"),
            guards.together("ended_by", "ended_at", name="card_ended_pair"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", released_at=None, ended_at=None, reason="")
                | models.Q(state="released", released_at__isnull=False, ended_at=None, reason="")
                | models.Q(state="refused", released_at=None, ended_at__isnull=False) & ~models.Q(reason="")
                | models.Q(state="withdrawn", ended_at__isnull=False) & ~models.Q(reason=""),
                name="card_state_told",
            ),
            models.CheckConstraint(condition=~models.Q(quote=""), name="card_quote"),
        ]
        indexes = [models.Index(fields=["office", "-id"], name="card_newest")]

    def __str__(self) -> str:
        return self.number


class CardFile(models.Model):
    """A card as it was drawn, in one language: what the second person looked at is what goes out. Append-only."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=3)  # png, pdf
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            guards.one_of("language", ("id", "en"), "card_file_language"),
            guards.one_of("kind", ("png", "pdf"), "card_file_kind"),
            models.UniqueConstraint(fields=["card", "language", "kind"], name="card_file_once"),
        ]

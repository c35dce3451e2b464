"""Watches of an office: what is proposed, and how many of its own it may have."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain.states import ProposalState
from patrol.models import guards
from patrol.models.collection import Watch
from patrol.models.people import Office, Person


class WatchProposal(models.Model):
    """A watch an office wants and somebody else decides: its supervisor, or the directorate. What is wanted does not change."""

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")
    platform = models.CharField(_("platform"), max_length=20)
    kind = models.CharField(_("kind of query"), max_length=20)
    query = models.CharField(_("query"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=100)
    wanted = models.JSONField()  # the other columns of the watch to be
    pack_ids = ArrayField(models.BigIntegerField(), default=list)
    why = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=20, default=ProposalState.PROPOSED)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)  # why it was refused
    watch = models.OneToOneField(Watch, models.PROTECT, null=True, related_name="proposal")  # what became of it

    class Meta:
        verbose_name = _("proposed watch")
        verbose_name_plural = _("proposed watches")
        ordering = ["-id"]
        constraints = [
            guards.one_of("state", ProposalState, "watch_proposal_state"),
            guards.together("decided_by", "decided_at", name="watch_proposal_decided_pair"),
            models.CheckConstraint(
                condition=models.Q(state=ProposalState.PROPOSED) ^ models.Q(decided_at__isnull=False), name="watch_proposal_decided"
            ),
            # Two people: whoever proposed takes back, and decides nothing.
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | (models.Q(state=ProposalState.WITHDRAWN) & models.Q(decided_by=models.F("proposed_by")))
                | (~models.Q(state=ProposalState.WITHDRAWN) & ~models.Q(decided_by=models.F("proposed_by"))),
                name="watch_proposal_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ProposalState.ACCEPTED) ^ models.Q(watch=None), name="watch_proposal_has_watch"
            ),
            models.CheckConstraint(condition=~models.Q(state=ProposalState.REFUSED) | ~models.Q(answer=""), name="watch_proposal_answered"),
            models.UniqueConstraint(
                fields=["platform", "kind", "query"],
                condition=models.Q(state=ProposalState.PROPOSED) & ~models.Q(query=""),
                name="watch_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WatchQuota(models.Model):
    """How many own watches an office may have at once, from then on. Append-only: the newest row counts."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    most = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "-id"], name="watch_quota_newest")]

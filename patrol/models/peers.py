"""What leaves for other bodies as data: requests to hand indicators of a case or a campaign to a peer."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain.peers import PeerKind, Purpose, Sharing
from patrol.models import guards
from patrol.models.campaigns import Campaign
from patrol.models.casework import Case
from patrol.models.people import Office, Person


class PeerExport(models.Model):
    """Asked for by one person, approved by another; then its file may be taken until its last moment. What was asked is written once.

    It names the indicators by id and holds no value: what the file says is read when it is taken.
    """

    LONGEST_PEER = 120

    number = models.CharField(_("number"), max_length=20, unique=True)  # MTR-26-0003
    kind = models.CharField(max_length=20, default=PeerKind.INDICATORS, db_default="indicators")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="peer_exports")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="peer_exports")
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="+")  # of the case; of a campaign the asker's
    peer = models.CharField(_("peer"), max_length=LONGEST_PEER)  # the body and its unit, no person
    purpose = models.CharField(max_length=20)
    sharing = models.CharField(max_length=10)
    indicators = ArrayField(models.BigIntegerField())  # that were asked for; of a package those that stand in its posts
    digest = models.CharField(max_length=32, blank=True, default="", db_default="")  # of a package: what would go as it was asked for
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("asked"))
    until = models.DateTimeField()  # waits for its answer, and its file may be taken
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # refused or withdrew it
    ended_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)  # why it was refused

    class Meta:
        verbose_name = _("export for a peer")
        verbose_name_plural = _("exports for peers")
        constraints = [
            guards.one_of("kind", PeerKind, "peer_export_kind"),
            guards.one_of("purpose", Purpose, "peer_export_purpose"),
            guards.one_of("sharing", Sharing, "peer_export_sharing"),
            guards.together("approved_by", "approved_at", name="peer_export_approved_pair"),
            guards.together("ended_by", "ended_at", name="peer_export_ended_pair"),
            models.CheckConstraint(condition=models.Q(case=None) ^ models.Q(campaign=None), name="peer_export_of_one"),
            models.CheckConstraint(
                condition=(
                    models.Q(kind="indicators", indicators__len__gt=0, digest="")
                    | models.Q(~models.Q(digest=""), kind="package", campaign=None)
                )
                & ~models.Q(peer=""),
                name="peer_export_of_something",
            ),
            models.CheckConstraint(condition=models.Q(ended_at=None, note="") | models.Q(ended_at__isnull=False), name="peer_export_note"),
        ]
        indexes = [models.Index(fields=["office", "-id"], name="peer_export_newest")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> Case | Campaign:
        """What it is about."""
        found = self.case or self.campaign
        assert found is not None
        return found

"""Posts that belong together: what ties them, who said so, and what a person made of it."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol import domain
from patrol.domain import states
from patrol.models import guards
from patrol.models.collection import Post
from patrol.models.findings import Indicator
from patrol.models.people import Person


class Campaign(models.Model):
    """Proposed by the machine, confirmed, split, merged and dissolved by people. The machine never merges two: it proposes to."""

    number = models.CharField(_("number"), max_length=20, unique=True)  # JRG-26-0012
    name = models.CharField(_("name"), max_length=80, blank=True)  # given by a person; no contact, no private name
    state = models.CharField(_("state"), max_length=20, default=states.CampaignState.PROPOSED)
    version = models.PositiveIntegerField(default=1)  # rises with each change a person must have seen
    made_at = models.DateTimeField(_("proposed"))
    grown_at = models.DateTimeField(_("last post"))  # when the last post joined
    posts_count = models.PositiveIntegerField(_("posts"), default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            guards.one_of("state", states.CampaignState, "campaign_state"),
            models.CheckConstraint(condition=models.Q(merged_into=None) | models.Q(state="dissolved"), name="campaign_merged_is_dissolved"),
        ]
        indexes = [models.Index(fields=["-grown_at", "-id"], name="campaign_newest")]

    def __str__(self) -> str:
        return self.number


class LinkedPost(models.Model):
    """A post that may belong to a ring, and to which it does. One row per post; who only quotes a ring has none."""

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="linked")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="members")
    joined_at = models.DateTimeField(null=True)
    ways = models.PositiveSmallIntegerField(default=1)  # linking.Marks.ways, how many: a contact beside others may be everybody's
    follows = models.BooleanField()  # linking.Marks.follows: it joins, and leads nobody else
    offered = models.JSONField(default=dict)  # likeness.job.Job: what two tellings of one ad may not differ in
    # Hashes of neighbouring words: personal as Flag.text_bands are, and cleared by the eraser with the text.
    text_bands = ArrayField(models.IntegerField(), default=list)
    linked_at = models.DateTimeField(null=True)  # null: due

    class Meta:
        constraints = [guards.together("campaign", "joined_at", name="linked_post_joined_pair")]
        indexes = [
            models.Index(fields=["post"], condition=models.Q(linked_at=None), name="linked_post_due"),
            GinIndex(fields=["text_bands"], name="linked_post_bands", fastupdate=False),
        ]


AGENCYS = "agency"  # kind of a mark that leads to a licensed agency: it ties nobody, whoever gives it


class PostMark(models.Model):
    """What of a post can tie it, as a hash: contacts as they are compared, who posted it, a picture's bytes."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="marks", db_index=False)  # post_mark_once
    kind = models.CharField(max_length=20)  # domain.TieKind
    key = models.CharField(max_length=32)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    void = models.BooleanField(default=False)  # a person cut it: it never ties again

    class Meta:
        constraints = [
            guards.one_of("kind", [*domain.TieKind, AGENCYS], "post_mark_kind"),
            models.UniqueConstraint(fields=["post", "key", "kind"], name="post_mark_once"),
        ]
        indexes = [models.Index(fields=["key", "-post"], condition=models.Q(void=False), name="post_mark_key")]


class ShownPicture(models.Model):
    """A picture that may tie its post, and what it is known again by when it was cut, bordered or compressed anew."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="shown", db_index=False)  # shown_picture_once
    sha256 = models.CharField(max_length=64)  # of the file as it came
    key = models.CharField(max_length=32)  # PostMark.key: its own, or that of the earlier picture it was found to be
    offered = models.JSONField(default=dict)  # likeness.job.Job of what is written on it
    # What likeness.pictures.bands gives; cleared by the eraser with `offered`. A copy has none: it is found through the one it copies.
    bands = ArrayField(models.IntegerField(), default=list)
    looked_at = models.DateTimeField(null=True)  # null: due

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "sha256"], name="shown_picture_once")]
        indexes = [
            models.Index(fields=["sha256"], name="shown_picture_file"),
            models.Index(fields=["id"], condition=models.Q(looked_at=None), name="shown_picture_due"),
            GinIndex(fields=["bands"], name="shown_picture_bands", fastupdate=False),
        ]


class Tie(models.Model):
    """Why two posts belong together: `later` came second and has the mark, the text or the picture of `earlier`."""

    later = models.ForeignKey(Post, models.PROTECT, related_name="ties", db_index=False)  # tie_once
    earlier = models.ForeignKey(Post, models.PROTECT, related_name="tied_by")
    kind = models.CharField(max_length=20)  # domain.TieKind
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=32, blank=True)  # of the mark; "" for a text
    likeness = models.FloatField(null=True)  # of two texts, 0 to 1
    weight = models.FloatField()
    state = models.CharField(max_length=20, default=states.TieState.PROPOSED)
    at = models.DateTimeField()
    crosses = models.BooleanField(default=False)  # the two posts were in different campaigns when it was found
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who confirmed or cut it
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints = [
            guards.one_of("kind", domain.TieKind, "tie_kind"),
            guards.one_of("state", states.TieState, "tie_state"),
            guards.together("by", "decided_at", name="tie_decided_pair"),
            models.CheckConstraint(condition=~models.Q(later=models.F("earlier")), name="tie_two_posts"),
            models.UniqueConstraint(fields=["later", "earlier", "kind", "key"], name="tie_once"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(crosses=True, state="proposed"), name="tie_crossing")]


class MergerProposal(models.Model):
    """Two campaigns that came to share something strong. Found by the machine, once for each thing shared. Append-only."""

    one = models.ForeignKey(Campaign, models.PROTECT, related_name="+")  # the elder
    other = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    keys = ArrayField(models.CharField(max_length=32))  # Tie.key of what they share: no earlier proposal of the two names it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="merger_elder_first"),
            models.CheckConstraint(condition=~models.Q(keys=[]), name="merger_by_something"),
        ]


class MergerOutcome(StrEnum):
    MERGED = "merged"
    REFUSED = "refused"


class MergerAnswer(models.Model):
    """What a person made of a proposal. Append-only."""

    proposal = models.OneToOneField(MergerProposal, models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [guards.one_of("outcome", MergerOutcome, "merger_outcome")]


class CampaignEventKind(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    NAMED = "named"
    TIE_CONFIRMED = "tie_confirmed"
    TIE_CUT = "tie_cut"
    TIE_CUT_REVERSED = "tie_cut_reversed"
    SPLIT = "split"
    MERGED = "merged"
    UNMERGED = "unmerged"
    MERGER_PROPOSED = "merger_proposed"
    MERGER_REFUSED = "merger_refused"
    DISSOLVED = "dissolved"
    DECIDED = "decided"
    DECISION_REVERSED = "decision_reversed"
    CASE_OPENED = "case_opened"


class CampaignEvent(models.Model):
    """What happened to a campaign. Append-only; ids only, no contact stands in it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the machine
    note = models.TextField(blank=True)
    told = models.JSONField(default=dict)  # posts, ties, the other campaign, decisions, the case: by id

    class Meta:
        verbose_name = _("campaign event")
        verbose_name_plural = _("campaign events")
        ordering = ["id"]
        constraints = [guards.one_of("kind", CampaignEventKind, "campaign_event_kind")]

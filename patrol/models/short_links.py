"""Short links that stand in posts, and where each leads. Each is opened once, however many posts hold it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain.short_links import ShortLinkOutcome
from patrol.models import guards
from patrol.models.collection import Capture, PostVersion


class ShortLink(models.Model):
    """One short link. What opening it brought is never changed; the eraser removes it with the last post that holds it."""

    address = models.CharField(max_length=500, unique=True)  # sources.short_links.short
    # Some post wants it opened, or wanted it: what holds is asked of its uses before it is opened.
    may_open = models.BooleanField()
    level_rank = models.PositiveSmallIntegerField()  # of the worst of these posts: the worst are opened first
    found_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # since then it is a job
    opened_at = models.DateTimeField(_("opened"), null=True)
    outcome = models.CharField(max_length=20, null=True)
    leads_to = models.TextField(blank=True)  # "" but where it was opened
    problem = models.JSONField(null=True)  # {code, id, en, permanent}
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="short_links")  # every answer on the way

    class Meta:
        verbose_name = _("short link")
        verbose_name_plural = _("short links")
        constraints = [
            guards.one_of("outcome", ShortLinkOutcome, "short_link_outcome"),
            guards.together("outcome", "opened_at", name="short_link_opened_pair"),
            models.CheckConstraint(
                condition=models.Q(outcome__isnull=False, outcome="opened") & ~models.Q(leads_to="")
                | models.Q(outcome__isnull=True, leads_to="")
                | models.Q(outcome__isnull=False, leads_to="") & ~models.Q(outcome="opened"),
                name="short_link_leads_where_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["-level_rank", "id"], condition=models.Q(asked_at__isnull=True, may_open=True), name="short_link_due"),
            models.Index(fields=["asked_at"], condition=models.Q(asked_at__isnull=False), name="short_link_asked"),
            models.Index(fields=["asked_at"], condition=models.Q(asked_at__isnull=False, outcome__isnull=True), name="short_link_left"),
        ]

    def __str__(self) -> str:
        return f"short link {self.pk}"  # never the address: titles and logs carry no personal data


class ShortLinkUse(models.Model):
    """A short link in one version of a post."""

    version = models.ForeignKey(PostVersion, models.PROTECT, related_name="short_links", db_index=False)  # short_link_use_once
    link = models.ForeignKey(ShortLink, models.PROTECT, related_name="uses")
    # By the latest reading of the version: the post is one anybody could see, and does not merely report, warn or ask.
    wants = models.BooleanField(default=False, db_default=False)
    level_rank = models.PositiveSmallIntegerField(default=0, db_default=0)  # of the post, where it wants it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "link"], name="short_link_use_once")]

"""Other systems of an office that are told what changed (patrol.changes)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.people import Office, Person


class Webhook(models.Model):
    """An address that is sent each change of an office, in their order, and how far that has come.

    `sealed` holds the secret that signs, and the one before it until `before_until`, as the credentials of sources are sealed.
    """

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="webhooks")
    address = models.CharField(_("address"), max_length=300)
    types = ArrayField(models.CharField(max_length=40))  # of changes.stream.TYPES
    state = models.CharField(_("state"), max_length=20, default=states.WebhookState.UNTRIED)
    sealed = models.TextField(blank=True)
    before_until = models.DateTimeField(null=True)
    cursor = models.CharField(max_length=80)  # changes.stream: behind the last change that arrived
    arrived_at = models.DateTimeField()  # when what arrived last had happened; at first when this was made
    failures = models.PositiveSmallIntegerField(default=0)  # tries since one arrived
    told_at = models.DateTimeField(null=True)  # when its office was told that nothing arrives there; null: it does
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            guards.one_of("state", states.WebhookState, "webhook_state"),
            models.CheckConstraint(
                condition=models.Q(state="ended", sealed="") | (~models.Q(state="ended") & ~models.Q(sealed="")), name="webhook_sealed"
            ),
            models.CheckConstraint(condition=models.Q(address__startswith="https://", types__len__gt=0), name="webhook_of_something"),
            models.UniqueConstraint(fields=["office", "address"], condition=~models.Q(state="ended"), name="webhook_address_once"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(state="active"), name="webhook_active")]

    def __str__(self) -> str:
        return f"{self.office} {self.pk}"  # never the address: what stands in it may be a secret of theirs


class Delivery(models.Model):
    """One try to hand one change to a webhook, and what came of it. What was answered is not kept but for a few masked words."""

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries", db_index=False)  # delivery_newest
    change = models.CharField(max_length=60)  # the id it was sent with
    type = models.CharField(max_length=40)
    number = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    arrived = models.BooleanField()
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP; null: no answer came
    problem = models.CharField(max_length=30, blank=True)  # the code of what kept it from arriving
    said = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(arrived=True) ^ ~models.Q(problem=""), name="delivery_problem")]
        indexes = [models.Index(fields=["webhook", "-id"], name="delivery_newest"), models.Index(fields=["at"], name="delivery_at")]

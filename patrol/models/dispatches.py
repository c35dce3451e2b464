"""What leaves for members of staff: one row a message, and the codes that confirm where it goes."""

from __future__ import annotations

from django.db import models

from patrol.domain import states
from patrol.models import guards
from patrol.models.people import Person


class Dispatch(models.Model):
    """A message to one person, asked for in the transaction of what it follows from and carried out once by a job.

    No text is kept: what it says is written when it is sent, from `target` (ids only), and so is to whom it goes.
    """

    kind = models.CharField(max_length=30)  # a key of settings.LETTERS
    key = models.CharField(max_length=200)  # a thing and person, of which there is one message for ever
    person = models.ForeignKey(Person, models.PROTECT, related_name="dispatches")
    target = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=states.DispatchState.ASKED)
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)  # last
    ended_at = models.DateTimeField(null=True)  # null while it is on its way or not known
    message_id = models.CharField(max_length=200, blank=True)
    said = models.TextField(blank=True)  # by the server, or what kept us from it

    class Meta:
        ordering = ["-id"]
        constraints = [
            guards.one_of("state", states.DispatchState, "dispatch_state"),
            models.UniqueConstraint(fields=["kind", "key"], name="dispatch_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "refused", "dropped"]) | models.Q(tried_at__isnull=False), name="dispatch_tried"
            ),
        ]


class AddressCode(models.Model):
    """A code that was mailed to an address somebody says is theirs. It is made of the nonce and a key the database does not hold.

    The address stands here while the code lives; used, replaced or given up, it is blanked.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="address_codes")
    address = models.CharField(max_length=200, blank=True)
    nonce = models.CharField(max_length=40)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=~models.Q(address=""), name="address_code_one_open")]

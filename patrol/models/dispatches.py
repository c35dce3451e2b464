"""What leaves for members of staff: one row a message, the codes that confirm where it goes, and what they want to be told."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from patrol.domain import states
from patrol.models import guards
from patrol.models.people import Office, Person


class Way(StrEnum):
    MAIL = "mail"
    TELEGRAM = "telegram"


class Dispatch(models.Model):
    """A message to one person, asked for in the transaction of what it follows from and carried out once by a job.

    No text is kept: what it says is written when it is sent, from `target` (ids only), and so is to whom it goes.
    """

    kind = models.CharField(max_length=30)  # a key of settings.LETTERS
    key = models.CharField(max_length=200)  # a thing and person, of which there is one message for ever
    person = models.ForeignKey(Person, models.PROTECT, related_name="dispatches")
    way = models.CharField(max_length=10, default=Way.MAIL)
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
            guards.one_of("way", Way, "dispatch_way"),
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


class Bot(models.Model):
    """An office's own Telegram bot. Its token is sealed like the credentials of sources and read by nobody again; "" is none."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="bot")
    sealed = models.TextField(blank=True)
    mark = models.CharField(max_length=32, blank=True)  # tells two tokens apart: one bot, one office
    name = models.CharField(max_length=100, blank=True)  # as Telegram calls it; "" until a try succeeded
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)  # by Telegram; cleared by another token or a try that succeeds
    read_up_to = models.BigIntegerField(default=0)  # number of the last message to the bot that was read

    class Meta:
        verbose_name = _("bot")
        verbose_name_plural = _("bots")
        constraints = [models.UniqueConstraint(fields=["mark"], condition=~models.Q(mark=""), name="bot_of_one_office")]


class Pairing(models.Model):
    """A person's private chat with the bot of their office: asked for with a code, paired once the bot was sent it, ended for good."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="pairings")
    bot = models.ForeignKey(Bot, models.PROTECT, related_name="pairings")
    code_sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField()  # of the code
    chat = models.BigIntegerField(null=True)
    paired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20, blank=True)  # self, administrator, blocked, bot, moved, replaced

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended_at=None), name="pairing_one_open"),
            guards.together("chat", "paired_at", name="pairing_paired_pair"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=models.Q(paired_at=None, ended_at=None), name="pairing_waits")]


class TellingChoice(models.Model):
    """What a person wants to be told outside of the workbench, or what holds in an office for those who chose nothing."""

    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="telling")
    office = models.OneToOneField(Office, models.PROTECT, null=True, related_name="telling")
    chosen = models.JSONField(default=dict)  # telling.choices.KINDS -> {"ways": [...], "when": ...}; what is off does not stand here
    hour = models.PositiveSmallIntegerField(default=7)  # of the daily message, in the office's zone
    quiet_from = models.PositiveSmallIntegerField(null=True)  # hours of the day, for all but the daily message
    quiet_to = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(person__isnull=False) ^ models.Q(office__isnull=False), name="telling_choice_of_one"),
            guards.together("quiet_from", "quiet_to", name="telling_choice_quiet_pair"),
        ]


class Told(models.Model):
    """One thing for one person by one way, found by the sweep: once. It leaves together with others in a message."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)  # telling.choices.KINDS
    what = models.CharField(max_length=20)  # flag, notice, referral, watch
    ref = models.BigIntegerField()
    mark = models.CharField(max_length=40, blank=True)  # which time it is of a thing that can be told several times
    at = models.DateTimeField()
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, null=True, related_name="told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "way", "what", "ref", "mark"], name="told_once"),
            guards.one_of("way", Way, "told_way"),
        ]
        indexes = [models.Index(fields=["person", "way"], condition=models.Q(dispatch=None), name="told_waits")]

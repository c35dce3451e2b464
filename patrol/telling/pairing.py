"""A person's private chat with the bot of their office.

The workbench shows a code once; the person sends it to the bot, and the worker, which reads the bot's messages only while a code waits,
knows the chat from then on. The database holds a hash of the code. Groups are not listened to: what is told there would be told to others.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.access import audit, ways
from patrol.infra.refusals import RefusedError
from patrol.outgoing.mailing import Letter

# Without what is misread for something else: 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET: Final = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH: Final = 8
LIVES: Final = timedelta(minutes=15)


def of(person: models.Person) -> models.Pairing | None:
    """The chat somebody has with the bot of the office they are in now."""
    found = models.Pairing.objects.filter(person=person, ended_at=None, bot__office=person.office_id).exclude(paired_at=None)
    return found.select_related("bot").first()


def paired_with(bot: models.Bot) -> list[int]:
    """The people who have a chat with this bot."""
    return list(models.Pairing.objects.filter(bot=bot, ended_at=None).exclude(paired_at=None).values_list("person_id", flat=True))


def waiting(person: models.Person, *, now: datetime) -> models.Pairing | None:
    return models.Pairing.objects.filter(person=person, ended_at=None, paired_at=None, expires_at__gt=now).first()


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


# --- verbs ------------------------------------------------------------------------------------------


def ask(*, by: models.Person, now: datetime) -> str:
    """A code to send to the bot; an earlier one ends. Raises RefusedError."""
    bot = models.Bot.objects.filter(office=by.office_id, refused_at=None).exclude(sealed="").exclude(name="").first()
    if bot is None:
        raise RefusedError("pairing.no_bot", _("Nothing was changed: your office has no bot that works."))
    code = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
    with transaction.atomic():
        models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        for earlier in models.Pairing.objects.filter(person=by, ended_at=None):
            ways.end_pairing(earlier, "replaced", by=by, now=now)
        made = models.Pairing.objects.create(person=by, bot=bot, code_sha256=hashed(code), expires_at=now + LIVES)
        audit.write("pairing.asked", by=by, now=now, target=made, after={"bot": bot.pk})
    return code


def part(*, by: models.Person, now: datetime) -> None:
    """Nothing is sent to the chat any more, and a code that waits ends."""
    with transaction.atomic():
        for one in models.Pairing.objects.select_for_update(no_key=True).filter(person=by, ended_at=None):
            ways.end_pairing(one, "self", by=by, now=now)


def end_all(bot: models.Bot, why: str, *, by: models.Person, now: datetime) -> None:
    for one in list(models.Pairing.objects.select_for_update(no_key=True).filter(bot=bot, ended_at=None).order_by("id")):
        ways.end_pairing(one, why, by=by, now=now)


def letter(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """The first message to a chat: that it is paired."""
    text = str(_("This chat is paired with SIPatrol. It is sent counts and numbers of cases, no contacts and no texts of posts."))
    return Letter("SIPatrol", text)

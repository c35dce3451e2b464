"""An office's own Telegram bot, off until its token is set, and the way by it to members of staff.

The token is sealed like the credentials of sources and shown to nobody again. A token that Telegram refuses turns the way off, once, and
the office is told; whose chat takes nothing is paired no more, and is told so in the workbench.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.debug import sensitive_variables

from patrol import access, models
from patrol.access import Action, audit, ways
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.models import Role, Way
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Handed, Letter
from patrol.pipeline import fetching
from patrol.sources.transport import bot as api
from patrol.sources.transport.bot import Answered
from patrol.sources.transport.http import Client, Limits
from patrol.sources.transport.smtp import Answer, Came
from patrol.telling import pairing
from patrol.watches import credentials

NO_BOT, NOT_PAIRED = "no_bot", "not_paired"  # what kept a message from leaving
LIMITS: Final = Limits(seconds=15.0, connect_seconds=5.0, redirects=0, wire_bytes=1024 * 1024, decoded_bytes=1024 * 1024)
TRY_RATE, TRIES_AT_ONCE = 1 / 20, 3.0  # tries of one office
LONGEST: Final = 200
_TOKEN: Final = re.compile(r"[0-9]{4,20}:[A-Za-z0-9_-]{20,120}")


def client(token: str) -> Client:
    return replace(fetching.client((token,)), limits=LIMITS)


@sensitive_variables()
def token(bot: models.Bot) -> str:
    """ "" where it cannot be used: none is set, or no key of this installation opens it."""
    if not bot.sealed:
        return ""
    try:
        return credentials.unseal(bot.sealed)["token"]
    except (credentials.UnreadableError, KeyError):
        return ""


def usable(bot: models.Bot | None) -> bool:
    """Whether people may be paired with it: a try told its name, and Telegram has not refused it since."""
    return bot is not None and bool(bot.sealed and bot.name) and bot.refused_at is None


def of_office(office_id: int) -> models.Bot | None:
    return models.Bot.objects.filter(office=office_id).select_related("set_by").first()


# --- verbs ------------------------------------------------------------------------------------------


@sensitive_variables()
def set_token(*, office_id: int, token: str, by: models.Person, now: datetime) -> models.Bot:
    """Another token, or the first. People stay paired where it is of the same bot. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.TELLING_OFFICE, office_id=office_id)
    given = token.strip()
    if not _TOKEN.fullmatch(given):
        raise RefusedError("bot.token", _("Nothing was changed: this is no token as BotFather gives it."), "token")
    mark = salted_hmac("patrol.bot", given.partition(":")[0], algorithm="sha256").hexdigest()[:32]
    values = {
        "sealed": credentials.seal({"token": given}, "token"),
        "mark": mark,
        "set_at": now,
        "set_by": by,
        "refused_at": None,
        "name": "",
    }
    try:
        with transaction.atomic():
            before = models.Bot.objects.select_for_update(no_key=True).filter(office=office_id).first()
            other = before is not None and before.mark != mark
            # The bot first, then those paired with it, then the log: whoever asks for a code just now names the bot.
            made, _new = models.Bot.objects.update_or_create(office_id=office_id, defaults=values | ({"read_up_to": 0} if other else {}))
            if other:
                pairing.end_all(made, "bot", by=by, now=now)
            audit.write("bot.set", by=by, now=now, target=made, after={"office": office_id, "mark": mark[:4]})
    except IntegrityError:
        raise RefusedError("bot.taken", _("Nothing was changed: another office has this bot."), "token") from None
    return made


def remove(*, office_id: int, by: models.Person, now: datetime) -> None:
    """The way is off, its token is removed for good and nobody is paired with it. Raises RefusedError, PermissionDenied."""
    with transaction.atomic():
        bot = _held(office_id, by)
        pairing.end_all(bot, "bot", by=by, now=now)
        models.Bot.objects.filter(pk=bot.pk).update(sealed="", mark="", name="", refused_at=None, set_at=now, set_by=by)
        audit.write("bot.removed", by=by, now=now, target=bot, after={"office": office_id})


def attempt(*, office_id: int, by: models.Person, now: datetime) -> models.Bot:
    """Asks Telegram whose token it is, and whether we can read what is written to it. Nothing is sent to anybody.

    Raises RefusedError, PermissionDenied.
    """
    with transaction.atomic():
        bot = _held(office_id, by)
    opened = token(bot)
    if not opened:
        raise RefusedError("bot.unreadable", _("The token cannot be opened: its key is not in this installation. Set it anew."))
    if seconds := pace.admits(f"bot {office_id}", rate=TRY_RATE, burst=TRIES_AT_ONCE):
        text = ngettext_lazy("Too often. Try again in %(seconds)s second.", "Too often. Try again in %(seconds)s seconds.", "seconds")
        raise RefusedError("bot.too_often", text, seconds=max(1, round(seconds)))
    answered = api.call(client(opened), opened, "getMe")
    if answered.token_refused:
        refuse(bot, now=now)
        raise RefusedError("bot.refused", _("Telegram refuses this token. Get it anew from BotFather and set it."))
    named = answered.result if isinstance(answered.result, dict) else {}
    name = str(named.get("username") or "")[:100].replace("\0", "")
    if answered.came != Came.SENT or not name:
        raise RefusedError("bot.no_answer", _("Telegram gave no usable answer: %(words)s. Try again later."), words=answered.words)
    # What was read stays read, and what was not is given again.
    if api.call(client(opened), opened, "getUpdates", offset=bot.read_up_to + 1, limit=1, timeout=0).taken:
        text = _("Telegram gives what is written to this bot to another program. Turn its webhook off, or take a bot of your own.")
        raise RefusedError("bot.elsewhere", text)
    with transaction.atomic():
        if models.Bot.objects.filter(pk=bot.pk, set_at=bot.set_at).update(name=name, refused_at=None):
            mailing.hurry(pairing.paired_with(bot), Way.TELEGRAM)
        audit.write("bot.tried", by=by, now=now, target=bot, after={"office": office_id})
    bot.refresh_from_db()
    return bot


def _held(office_id: int, by: models.Person) -> models.Bot:
    access.require(by, Action.TELLING_OFFICE, office_id=office_id)
    bot = models.Bot.objects.select_for_update(no_key=True).filter(office=office_id).exclude(sealed="").first()
    if bot is None:
        raise RefusedError("bot.none", _("Nothing was changed: no bot is set for this office."))
    return bot


def refuse(bot: models.Bot, *, now: datetime) -> None:
    """Telegram refuses this token: told once, to the supervisors of the office and the administrators. Another token since is not meant."""
    with transaction.atomic():
        if not models.Bot.objects.filter(pk=bot.pk, set_at=bot.set_at, refused_at=None).exclude(sealed="").update(refused_at=now):
            return
        people = models.Person.objects.filter(is_active=True)
        told = [*people.filter(role=Role.SUPERVISOR, office=bot.office_id), *people.filter(role=Role.ADMINISTRATOR)]
        models.Notice.objects.bulk_create(models.Notice(kind="bot_refused", person=one, at=now) for one in told)
        audit.write("bot.refused", by=None, now=now, target=bot, after={"office": bot.office_id})


# --- the way (outgoing.mailing.Carrier) ---------------------------------------------------------------


def kept_from(held: models.Dispatch, letter: Letter) -> str:
    paired = pairing.of(held.person)
    if paired is None:
        return NOT_PAIRED
    return "" if usable(paired.bot) and token(paired.bot) else NO_BOT


@sensitive_variables()
def hand_over(held: models.Dispatch, letter: Letter, *, now: datetime) -> Handed:
    paired = pairing.of(held.person)
    if paired is None or paired.chat is None:  # since it was looked at
        return Handed(Answer(Came.REFUSED, NOT_PAIRED))
    opened = token(paired.bot)
    answered = api.send(client(opened), opened, chat=paired.chat, text=letter.text)
    answer, wait = Answer(answered.came, answered.words), answered.retry_after or 0.0
    return Handed(answer, answered.later, wait, (answered, paired), untried=answered.words == "paced")


def after(held: models.Dispatch, handed: Handed, *, now: datetime) -> None:
    if handed.told is None:
        return
    answered: Answered = handed.told[0]
    paired: models.Pairing = handed.told[1]
    if answered.token_refused:
        refuse(paired.bot, now=now)
    if answered.chat_closed:
        ways.end_pairing(paired, "blocked", now=now)
        models.Notice.objects.create(kind="pairing_ended", person=held.person, at=now)

"""The worker reads what was sent to a bot, while a code waits for it, and knows a person's chat by the code in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from patrol import models
from patrol.access import audit
from patrol.infra import jobs
from patrol.models import Way
from patrol.outgoing import mailing
from patrol.sources.transport import bot as api
from patrol.sources.transport.smtp import Came
from patrol.telling import bots, pairing

PAGES: Final = 5  # of a hundred messages to the bot, a look

_WAITING: Final = """
SELECT DISTINCT p.bot_id FROM patrol_pairing p JOIN patrol_bot b ON b.id = p.bot_id
WHERE p.paired_at IS NULL AND p.ended_at IS NULL AND p.expires_at > %s AND b.sealed <> '' AND b.refused_at IS NULL
"""


def mark(*, now: datetime) -> int:
    """Asks for a look at each bot that somebody may be sending a code to. One query where nobody is."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [now])
        bots = [row[0] for row in cursor.fetchall()]
    return sum(jobs.add("pairing", str(bot), {"bot": bot}, now=now) for bot in bots)


def look(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "pairing". What cannot be read now is read by a later look, while a code waits."""
    bot = models.Bot.objects.get(pk=job.target["bot"])
    opened = bots.token(bot)
    for _page in range(PAGES if opened else 0):
        asked: dict[str, Any] = {"offset": bot.read_up_to + 1, "limit": 100, "timeout": 0, "allowed_updates": ["message"]}
        answered = api.call(bots.client(opened), opened, "getUpdates", **asked)
        if answered.token_refused:
            bots.refuse(bot, now=now)
        updates = answered.result if answered.came == Came.SENT and isinstance(answered.result, list) else []
        read = [one for one in updates if isinstance(one, dict) and _number(one.get("update_id"))]
        if not read:
            break
        with transaction.atomic():
            jobs.hold(job)
            codes = list(_codes(read))
            _lock(bot, codes)
            for chat, code in codes:
                _pair(bot, chat, code, now=now)
            bot.read_up_to = max(bot.read_up_to, *(one["update_id"] for one in read))
            models.Bot.objects.filter(pk=bot.pk, mark=bot.mark).update(read_up_to=bot.read_up_to)
    jobs.finish(job, now=now)


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _codes(updates: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """(chat, code) of private messages that are a code and nothing else, or the command to start with one behind."""
    for one in updates:
        message = one.get("message")
        chat = message.get("chat") if isinstance(message, dict) else None
        text = message.get("text") if isinstance(message, dict) else None
        if not isinstance(chat, dict) or not isinstance(text, str) or chat.get("type") != "private" or not _number(chat.get("id")):
            continue
        code = re.sub(r"[\s-]", "", text.removeprefix("/start")).upper()
        if len(code) == pairing.LENGTH:
            yield chat["id"], code


def _lock(bot: models.Bot, codes: list[tuple[int, str]]) -> None:
    """The bot and all that may be paired, before the log is written: as whoever sets a token or asks for a code takes them."""
    models.Bot.objects.select_for_update(no_key=True).get(pk=bot.pk)
    found = models.Pairing.objects.select_for_update(no_key=True).filter(bot=bot, ended_at=None)
    list(found.filter(code_sha256__in={pairing.hashed(code) for _chat, code in codes}).order_by("id").values_list("pk"))


def _pair(bot: models.Bot, chat: int, code: str, *, now: datetime) -> None:
    found = models.Pairing.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    row = found.filter(bot=bot, code_sha256=pairing.hashed(code), paired_at=None, ended_at=None, expires_at__gt=now).first()
    if row is None or not row.person.is_active or row.person.office_id != bot.office_id:
        return
    models.Pairing.objects.filter(pk=row.pk).update(chat=chat, paired_at=now)
    mailing.ask("paired", str(row.pk), person_id=row.person_id, target={}, now=now, way=Way.TELEGRAM)
    models.Notice.objects.create(kind="paired", person=row.person, at=now)
    # By whoever read the code: that it was the person, nobody knows.
    audit.write("pairing.paired", by=None, now=now, target=row, after={"bot": bot.pk, "person": row.person_id})

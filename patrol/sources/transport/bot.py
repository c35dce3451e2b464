"""Telegram's Bot API: one question to it, and what became of a message, told apart by whether somebody may have it.

A message is refused where it never left or Telegram said that it did not take it; it is unknown where no whole answer came or the answer
was a fault of theirs (500 and above), for then it may have been delivered. It is Telegram that says so only in its own words, JSON with
the number of the error: a page of whoever stands in between says nothing about a chat or a token. Nothing here tries again. The token is
part of the address: the client is to be told that it is a secret.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from patrol import domain
from patrol.sources.shared import refusals
from patrol.sources.transport.smtp import Came

ORIGIN: Final = "https://api.telegram.org"
LONGEST: Final = 4096  # characters of a message
_WORDS: Final = 300  # characters of what Telegram said
_NOT_DIALLED: Final = frozenset({"paced", "dns", "private_address", "bad_address", "tls"})
_NOT_REACHED: Final = frozenset({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH})


class Client(Protocol):
    def post(self, url: str, *, json: Mapping[str, Any] | None = None, private: bool = False) -> domain.RawAnswer: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """`later`: nobody has it, and another try makes sense, after `retry_after` seconds where they named some. `result`: what they gave."""

    came: Came
    words: str
    later: bool = False
    retry_after: float | None = None
    token_refused: bool = False
    chat_closed: bool = False  # it is blocked, gone, or was none: nothing can be sent there
    taken: bool = False  # what is written to the bot goes to somebody else: a webhook, or another program that reads
    result: Any = None


def call(client: Client, token: str, method: str, **asked: Any) -> Answered:
    try:
        answer = client.post(f"{ORIGIN}/bot{token}/{method}", json=asked, private=True)
    except domain.SourceError as error:
        return _failed(error)
    told = _told(answer)
    if told.get("ok") is True and "result" in told:
        return Answered(Came.SENT, "ok", result=told["result"])
    if told.get("ok") is False:
        return Answered(Came.REFUSED, _said(answer.status, told))
    return Answered(Came.UNKNOWN, f"{answer.status}: no answer of Telegram's")


def send(client: Client, token: str, *, chat: int, text: str) -> Answered:
    """As plain text: nothing in it is a command or a link preview."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    asked = {"chat_id": chat, "text": short, "link_preview_options": {"is_disabled": True}, "protect_content": True}
    return call(client, token, "sendMessage", **asked)


def _failed(error: domain.SourceError) -> Answered:
    answer = error.answer
    if answer is None:
        reached = error.problem.code not in _NOT_DIALLED and not any(
            isinstance(cause, OSError) and cause.errno in _NOT_REACHED for cause in refusals.causes(error)
        )
        if reached:
            return Answered(Came.UNKNOWN, error.problem.code)
        return Answered(Came.REFUSED, error.problem.code, later=not error.problem.permanent, retry_after=error.retry_after)
    told, status = _told(answer), answer.status
    if not 400 <= status < 500 or told.get("ok") is not False or told.get("error_code") != status:
        return Answered(Came.UNKNOWN, f"{status}: {error.problem.code}")
    return Answered(
        Came.REFUSED,
        _said(status, told),
        later=status in {408, 429},
        retry_after=_wait(told) or error.retry_after,
        token_refused=status in {401, 404},  # a token that never was one is "not found"
        chat_closed=status == 403 or (status == 400 and "chat not found" in str(told.get("description")).lower()),
        taken=status == 409,
    )


def _told(answer: domain.RawAnswer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _said(status: int, told: Mapping[str, Any]) -> str:
    return " ".join(f"{status} {told.get('description', '')}".replace("\0", "").split())[:_WORDS]


def _wait(told: Mapping[str, Any]) -> float | None:
    parameters = told.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return min(float(seconds), refusals.LONGEST_WAIT) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None

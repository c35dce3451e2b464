"""What became of a message to the Bot API, as it answers or does not: nobody has it, somebody has it, or nobody knows."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from patrol.sources.transport import bot, http
from patrol.sources.transport.smtp import Came
from tests import bot_server
from tests.bot_server import TOKEN


class NoPace:
    def wait(self, host: str) -> None:
        """At once."""


def client(base: str, **given: Any) -> http.Client:
    limits = http.Limits(seconds=1.0, connect_seconds=1.0)
    made: dict[str, Any] = {
        "pace": NoPace(),
        "user_agent": "a@b.example",
        "stand_ins": {bot.ORIGIN: base},
        "secrets": (TOKEN,),
        "limits": limits,
    }
    return http.Client(**made | given)


@pytest.mark.parametrize(
    ("mode", "came", "words", "later", "may_have"),
    [
        ("takes", Came.SENT, "ok", False, 1),
        ("too_many", Came.REFUSED, "429 Too Many Requests", True, 0),
        ("fault", Came.UNKNOWN, "500: server_error", False, 1),
        ("gateway", Came.UNKNOWN, "502: server_error", False, 0),
        ("token_wrong", Came.REFUSED, "401 Unauthorized", False, 0),
        ("blocked", Came.REFUSED, "403 Forbidden: bot was blocked by the user", False, 0),
        ("no_chat", Came.REFUSED, "400 Bad Request: chat not found", False, 0),
        ("filtered", Came.UNKNOWN, "403: refused", False, 0),
        ("no_page", Came.UNKNOWN, "404: not_found", False, 0),
        ("other_json", Came.UNKNOWN, "403: refused", False, 0),
        ("elsewhere", Came.REFUSED, "409 Conflict: can't use getUpdates method while webhook is active", False, 0),
        ("no_json", Came.UNKNOWN, "200: no answer of Telegram's", False, 1),
        ("cut", Came.UNKNOWN, "200: no answer of Telegram's", False, 1),
        ("slow", Came.UNKNOWN, "timeout", False, 1),
        ("lost", Came.UNKNOWN, "unreachable", False, 1),
    ],
)
def test_what_became_of_it(mode: str, came: Came, words: str, later: bool, may_have: int) -> None:
    with bot_server.running(mode) as server:
        answered = bot.send(client(server.base), TOKEN, chat=77, text="3 tanda tinggi")
        server.over.set()
        assert (answered.came, answered.words, answered.later) == (came, words, later)
        assert server.sent == [(77, "3 tanda tinggi")] * may_have
        assert [token for token, _method, _asked in server.asked] == [f"bot{TOKEN}"]
    assert (answered.token_refused, answered.chat_closed) == (mode == "token_wrong", mode in {"blocked", "no_chat"})
    assert answered.taken == (mode == "elsewhere")
    assert answered.retry_after == (7.0 if mode == "too_many" else None)
    assert TOKEN not in repr(answered)


def test_a_server_that_is_not_there_has_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    answered = bot.send(client(f"http://127.0.0.1:{port}/api"), TOKEN, chat=77, text="a")
    assert (answered.came, answered.words, answered.later) == (Came.REFUSED, "unreachable", True)


def test_a_name_that_leads_nowhere_or_to_ourselves_has_nothing() -> None:
    for found, words in (([], "dns"), (["127.0.0.1"], "private_address")):
        answered = bot.send(client("http://127.0.0.1:1/api", stand_ins={}, resolve=lambda *_asked, of=found: of), TOKEN, chat=1, text="a")
        assert (answered.came, answered.words) == (Came.REFUSED, words)


def test_a_long_text_is_cut_to_what_is_taken() -> None:
    with bot_server.running() as server:
        for length in (bot.LONGEST, bot.LONGEST + 1):
            assert bot.send(client(server.base), TOKEN, chat=77, text="a" * length).came == Came.SENT
    assert [(len(text), text[-1]) for _chat, text in server.sent] == [(bot.LONGEST, "a"), (bot.LONGEST, "…")]

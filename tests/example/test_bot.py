"""The Bot API of the example run takes what our client sends, and keeps it as a file."""

from __future__ import annotations

import threading
from pathlib import Path

from example import bot as example
from patrol.sources.transport import bot
from patrol.sources.transport.smtp import Came
from tests.bot_server import TOKEN
from tests.sources.test_bot import client


def test_a_message_is_kept_and_goes_no_further_and_a_line_in_a_file_is_what_somebody_wrote(tmp_path: Path) -> None:
    with example.Server(0, tmp_path) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        to = client(f"http://127.0.0.1:{server.server_address[1]}")
        assert bot.call(to, TOKEN, "getMe").result["username"] == "contoh_sipatrol_bot"
        assert bot.call(to, TOKEN, "getUpdates", offset=1).result == []
        (tmp_path / "to-bot.txt").write_text("halo\nABCD 3467\n")
        found = bot.call(to, TOKEN, "getUpdates", offset=2).result
        assert [(one["update_id"], one["message"]["text"]) for one in found] == [(2, "ABCD 3467")]
        assert bot.send(to, TOKEN, chat=7, text="1 tanda tinggi").came == Came.SENT
        assert bot.call(to, TOKEN, "banChatMember").came == Came.REFUSED
        server.shutdown()
    assert [file.read_text() for file in tmp_path.glob("telegram-*.txt")] == ["chat 7\n\n1 tanda tinggi\n"]

"""Telegram's Bot API in the example run: takes every message, delivers none, and keeps each as a file.

    python -m example.bot --port 0 --folder var/outbox

Its first line names its address. Any token is known. What one would write to the bot is a line of `to-bot.txt` in that folder.
"""

from __future__ import annotations

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHAT = 1_000_001  # whoever writes into the file


class Talk(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        answers = {"getMe": self.server.named, "getUpdates": self.server.written, "sendMessage": self.server.keep}
        answer = answers.get(self.path.rpartition("/")[2])
        told = {"ok": True, "result": answer(asked)} if answer else {"ok": False, "error_code": 404, "description": "Not Found"}
        body = json.dumps(told).encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), Talk)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def named(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "username": "contoh_sipatrol_bot"}

    def written(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        file = self.folder / "to-bot.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        rows = [
            {"update_id": number, "message": {"message_id": number, "chat": {"id": CHAT, "type": "private"}, "text": line}}
            for number, line in enumerate(lines, 1)
        ]
        return [row for row in rows if int(str(row["update_id"])) >= int(asked.get("offset") or 0)][:100]

    def keep(self, asked: dict[str, Any]) -> dict[str, Any]:
        number = len(list(self.folder.glob("telegram-*.txt"))) + 1
        (self.folder / f"telegram-{number}.txt").write_text(f"chat {asked['chat_id']}\n\n{asked['text']}\n", encoding="utf-8")
        return {"message_id": number}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    with Server(given.port, given.folder) as server:
        print(f"The Bot API of the example: http://127.0.0.1:{server.server_address[1]}/", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

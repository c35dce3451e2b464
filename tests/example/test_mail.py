"""The mail server of the example run takes what our client hands it, and keeps it as a file."""

from __future__ import annotations

import threading
from pathlib import Path

from example import mail
from patrol.sources.transport import smtp

MESSAGE = b"From: kirim@sipatrol.example\r\nMessage-ID: <RJK-26-0001.1@sipatrol.example>\r\n\r\n.titik\r\nakhir\r\n"


def test_a_mail_is_kept_under_its_number_and_goes_no_further(tmp_path: Path) -> None:
    with mail.Server(0, tmp_path) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        to = smtp.Server("127.0.0.1", server.server_address[1], "none", seconds=60.0)
        answer = smtp.deliver(to, MESSAGE, sender=mail.SENDER, to="pengaduan@kbri.example")
        server.shutdown()
    assert (answer.came, answer.words) == (smtp.Came.SENT, "250 RJK-26-0001.1.eml")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("RJK-26-0001.1.eml", MESSAGE)]

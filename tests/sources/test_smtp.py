"""What became of a mail, as servers of all moods answer: nobody has it, they have it, or nobody knows."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from patrol.sources.transport import smtp
from patrol.sources.transport.smtp import Came
from tests import sink
from tests.sources.test_way_out import _pem, _signed

MESSAGE = b"From: a@patroli.example\r\nTo: aduan@badan.example\r\nSubject: Contoh\r\n\r\nIsi\r\n.\r\n.\r\nakhir\r\n"
SENDER, TO = "kirim@patroli.example", "aduan@badan.example"


def deliver(port: int, **given: Any) -> smtp.Answer:
    told: dict[str, Any] = {"host": "127.0.0.1", "port": port, "security": "none", "seconds": 5.0, **given}
    return smtp.deliver(smtp.Server(**told), MESSAGE, sender=SENDER, to=TO)


@pytest.mark.parametrize(
    ("mode", "came", "words", "had"),
    [
        ("takes", Came.SENT, "250 2.0.0 antre A1", 1),
        ("refuses_sender", Came.REFUSED, "530 5.7.0 siapa Anda?", 0),
        ("refuses_address", Came.REFUSED, "550 5.1.1 tidak ada di sini", 0),
        ("refuses_mail", Came.REFUSED, "554 5.6.0 tidak kami terima", 0),
        ("drops", Came.UNKNOWN, "SMTPServerDisconnected: Connection unexpectedly closed", 1),
        ("hangs", Came.UNKNOWN, "SMTPServerDisconnected: Connection unexpectedly closed", 1),
    ],
)
def test_what_became_of_it(mode: str, came: Came, words: str, had: int) -> None:
    with sink.running(mode) as (server, port):
        answer = deliver(port, seconds=0.5 if mode == "hangs" else 5.0)
        assert (answer.came, answer.words.startswith(words)) == (came, True), answer
        assert [(mail.mail_from, mail.rcpt_tos) for mail in server.mails] == [(SENDER, [TO])] * had
        assert {bytes(mail.original_content or b"") for mail in server.mails} <= {MESSAGE}  # a line with a dot ends nothing


def test_a_server_that_is_not_there_has_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    answer = deliver(port)
    assert (answer.came, answer.words[:22]) == (Came.REFUSED, "ConnectionRefusedError")


def test_a_mail_larger_than_the_server_takes_is_not_begun() -> None:
    with sink.running(data_size_limit=20) as (server, port):
        answer = deliver(port)
    assert (answer.came, answer.words[:3], server.mails) == (Came.REFUSED, "552", [])


class Certified:
    """A server's certificate for 127.0.0.1 is for another name: clients of here must not take it."""

    def __init__(self, folder: Path, name: str) -> None:
        authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.authority = _pem(_signed("Otoritas", authority, "Otoritas", authority))
        (folder / "own.pem").write_text(_pem(_signed(name, own, "Otoritas", authority)))
        key = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "own.key").write_bytes(key)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "own.pem", folder / "own.key")


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("name", "known", "came"), [("localhost", True, Came.SENT), ("localhost", False, Came.REFUSED), ("lain.example", True, Came.REFUSED)]
)
def test_its_certificate_is_checked_before_anything_is_said(security: str, name: str, known: bool, came: Came, tmp_path: Path) -> None:
    own = Certified(tmp_path, name)
    with sink.running(context=own.context, starttls=security == "starttls") as (server, port):
        told = {"user": "patroli", "password": "rahasia", "authorities": own.authority if known else ""}
        answer = deliver(port, host="localhost", security=security, **told)
    assert (answer.came, len(server.mails), server.users) == (came, int(came == Came.SENT), [b"patroli"] * (came == Came.SENT)), answer


def test_without_tls_on_offer_nothing_is_said(tmp_path: Path) -> None:
    with sink.running() as (server, port):
        answer = deliver(port, security="starttls", user="patroli", password="rahasia")
    assert (answer.came, server.mails, server.users) == (Came.REFUSED, [], [])


def test_a_wrong_password_sends_nothing_and_stands_in_no_word(tmp_path: Path) -> None:
    own = Certified(tmp_path, "localhost")
    with sink.running(context=own.context) as (server, port):
        answer = deliver(port, host="localhost", security="tls", user="patroli", password="salah-sekali", authorities=own.authority)
    assert (answer.came, server.mails, "salah" in answer.words) == (Came.REFUSED, [], False)

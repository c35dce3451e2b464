"""A mail server on this machine that does what its mode says, and remembers what it took."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

MODES = ("takes", "refuses_sender", "refuses_address", "refuses_mail", "drops", "hangs")


class Handler:
    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.mails: list[Envelope] = []  # also those it had and then gave no answer on
        self.users: list[bytes] = []
        self.over = threading.Event()

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.mode == "refuses_sender":
            return "530 5.7.0 siapa Anda?"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.mode == "refuses_address":
            return "550 5.1.1 tidak ada di sini"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.mode == "refuses_mail":
            return "554 5.6.0 tidak kami terima"
        self.mails.append(envelope)
        if self.mode == "drops":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if self.mode == "hangs":
            await asyncio.to_thread(self.over.wait)
        return "250 2.0.0 antre A1"

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.users.append(data.login)
        return AuthResult(success=data.password == b"rahasia")


class Sink(Controller):
    """`port` is one nobody has: the socket is made here and handed over."""

    def __init__(self, handler: Handler, **given: Any) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self.socket.getsockname()[1], **given)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.socket, ssl=self.ssl_context)


@contextlib.contextmanager
def running(
    mode: str = "takes", *, context: ssl.SSLContext | None = None, starttls: bool = False, **given: Any
) -> Iterator[tuple[Handler, int]]:
    """A server and its port. `context`: TLS from the first byte, or by STARTTLS."""
    assert mode in MODES
    handler = Handler(mode)
    if starttls:
        given |= {"tls_context": context, "require_starttls": True}
    sink = Sink(handler, ssl_context=None if starttls else context, authenticator=handler.login, auth_require_tls=starttls, **given)
    sink.start()
    try:
        yield handler, sink.port
    finally:
        handler.over.set()
        sink.stop()

"""What stands between the web server and Django (patrol.asgi): a request waits here, without a thread, until its body is whole.

    body at the sender's speed -> Django in one of THREADS threads -> answer at the receiver's speed

Django stays WSGI: its views are plain functions that ask a database. Slow senders and slow receivers cost a connection and some
memory, never a thread; a body too large for whoever sends it is refused before it is read (patrol.frame.bodies).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import math
import os
import re
import resource
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from weakref import WeakValueDictionary

from asgiref.wsgi import WsgiToAsgiInstance
from django.conf import settings
from django.core import signals
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.csp import build_policy
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from patrol.access import sign_in, tokens
from patrol.frame import bodies
from patrol.frame.headers import ALWAYS
from patrol.infra import addresses, doors
from patrol.infra.body_limits import Limit
from patrol.infra.refusals import RefusedError

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

THREADS: Final = 4
GRACE_SECONDS: Final = 20.0  # every body has so long
SLOWEST: Final = 10_000  # bytes a second, from then on
SLOWEST_OF_STRANGERS: Final = 25_000  # of a large body at the public desk, where few have a turn
STRANGERS_SECONDS: Final = 180.0  # and no longer than this, however steadily it comes: a photograph of 10 MB at 55 kB a second
READER_SECONDS: Final = 60.0  # a receiver takes the next piece within, or is let go
STUCK_SECONDS: Final = 300.0  # a thread that works longer on one request ends its process; gunicorn starts another
TURN_SECONDS: Final = 30.0  # a large body waits so long for others to end
LINGER_SECONDS: Final = 2.0  # after a refusal: closed at once, the refusal would be lost on the way
STRANGERS_TOGETHER: Final = 64_000_000  # bytes of all small bodies that wait in this process
_IN_MEMORY: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_DESK_PAGE: Final = "patrol.public.pages.stopped"  # by dotted string: the desk stands beside the frame

log = logging.getLogger(__name__)


# What HTTP calls each refusal.
_STATUS: Final = {"request.malformed": 400, "request.too_slow": 408, "request.too_large": 413, "request.busy": 503}


class _GoneError(Exception):
    """The other side has left."""


def _too_large(most: int, *, public: bool) -> RefusedError:
    text = _("Nothing larger than %(megabytes)s MB is taken at this address. Log in first, or send less.")
    if public:
        text = _("Nothing larger than %(megabytes)s MB is taken at this address. Go back and send less.")
    return RefusedError("request.too_large", text, megabytes=most // 1_000_000)


def _busy() -> RefusedError:
    return RefusedError("request.busy", _("Much is being sent at this moment. Try again in a moment."))


def _malformed() -> RefusedError:
    return RefusedError("request.malformed", _("This request is malformed."))


class _Part:
    """What one small body holds, while it comes and while it is answered."""

    def __init__(self) -> None:
        self.size = 0
        self.gives_way = False
        self._task = asyncio.current_task()

    def end(self) -> None:
        self.gives_way = True
        if self._task:
            self._task.cancel()


class _Held:
    """Bytes of small bodies that wait, all together. Where they are too many, the one that holds most of those that still come gives
    way: a form, and a login above all, is smaller than what it takes to fill the place.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._coming: set[_Part] = set()

    @contextlib.contextmanager
    def coming(self, part: _Part) -> Iterator[None]:
        """While a body comes. Raises RefusedError, busy, where it had to give way."""
        self._coming.add(part)
        try:
            yield
        except asyncio.CancelledError:
            if not part.gives_way:
                raise
            if task := asyncio.current_task():
                task.uncancel()
            raise _busy() from None
        finally:
            self._coming.discard(part)

    def take(self, part: _Part, size: int) -> None:
        """Raises RefusedError, busy, where no other body that still comes holds more."""
        self._left -= size
        part.size += size
        while self._left < 0:
            largest = max(self._coming, key=lambda one: (one.size, one is part))
            self.give(largest)
            self._coming.discard(largest)
            if largest is part:
                raise _busy()
            largest.end()

    def give(self, part: _Part) -> None:
        self._left += part.size
        part.size = 0


class Gate:
    """The ASGI application. One for a process; made before it serves."""

    def __init__(self, wsgi: Callable[..., Any], *, threads: int = THREADS) -> None:
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._strangers = _Held(STRANGERS_TOGETHER)
        self._turns: dict[Limit, asyncio.Semaphore] = {}
        self._callers: WeakValueDictionary[tuple[Limit, str], asyncio.Semaphore] = WeakValueDictionary()
        self._serving: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError("SIPatrol speaks HTTP only")
        # Whoever leaves in the middle ends nothing: what Django began it ends, with its files still open.
        serving = asyncio.ensure_future(self._serve(scope, receive, send))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        await asyncio.shield(serving)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        public = doors.is_public(scope["path"], headers.get("host", ""))
        try:
            # What is sent to the public desk stays in memory, however large it may be there: no disk learns of it.
            with tempfile.SpooledTemporaryFile(0 if public else _IN_MEMORY) as body:
                async with self._read(scope, headers, receive, cast("BinaryIO", body), public=public):
                    await self._answer(scope, cast("BinaryIO", body), send, public=public)
        except RefusedError as refused:
            await _refuse(refused, scope["path"], headers, receive, send, public=public)
        except _GoneError:
            return

    # --- the body ---

    @contextlib.asynccontextmanager
    async def _read(self, scope: Scope, headers: dict[str, str], receive: Receive, body: BinaryIO, *, public: bool) -> AsyncIterator[None]:
        """The whole body in `body`, held until the request is answered. Raises RefusedError, _GoneError."""
        declared = headers.get("content-length", "")
        expected = int(declared) if declared.isascii() and declared.isdigit() else 0
        limit, large = Limit(bodies.STRANGERS, 0), expected > bodies.STRANGERS
        # A body that does not say its length is taken for a small one: browsers and the extension always say it.
        if large:
            path = scope["path"]  # at the public desk everybody is a stranger
            limit = bodies.own(path, public=public) or (bodies.KNOWN if not public and await self._is_known(headers) else limit)
        if expected > limit.most:
            raise _too_large(limit.most, public=public)
        slowest, longest = (SLOWEST_OF_STRANGERS, STRANGERS_SECONDS) if large and public else (SLOWEST, math.inf)
        async with self._turn(limit, _caller(scope, headers) if public else "") if large else contextlib.nullcontext():
            part, held, began = _Part(), 0, time.monotonic()
            try:
                with self._strangers.coming(part) if not large else contextlib.nullcontext():
                    while True:
                        left = began + min(longest, GRACE_SECONDS + held / slowest) - time.monotonic()
                        message = await _within(receive(), left)
                        if message["type"] != "http.request":
                            raise _GoneError
                        piece = message.get("body", b"")
                        if held + len(piece) > limit.most:
                            raise _too_large(limit.most, public=public)
                        if not large:
                            self._strangers.take(part, len(piece))
                        held += len(piece)
                        body.write(piece)
                        if not message.get("more_body"):
                            break
                body.seek(0)
                scope["headers"] = [
                    *((name, value) for name, value in scope["headers"] if name not in _FRAMING),
                    *([(b"content-length", str(held).encode())] if held or declared else []),
                ]
                yield
            finally:
                self._strangers.give(part)

    async def _is_known(self, headers: dict[str, str]) -> bool:
        cookies: SimpleCookie = SimpleCookie()
        with contextlib.suppress(CookieError):
            cookies.load(headers.get("cookie", ""))
        shown = {name: morsel.value for name, morsel in cookies.items()}
        authorization = headers.get("authorization", "")
        if settings.SESSION_COOKIE_NAME not in shown and not tokens.bearer(authorization):
            return False
        return await self._in_thread(_asked, shown, authorization)

    @contextlib.asynccontextmanager
    async def _turn(self, limit: Limit, caller: str) -> AsyncIterator[None]:
        """`caller`: has one turn of this limit at a time; "" for whoever is known, who has as many as there are."""
        turns = self._turns.setdefault(limit, asyncio.Semaphore(limit.at_once))
        own = self._callers.setdefault((limit, caller), asyncio.Semaphore(1)) if caller else contextlib.nullcontext()
        async with contextlib.AsyncExitStack() as held:
            try:
                async with asyncio.timeout(TURN_SECONDS):
                    await held.enter_async_context(own)
                    await held.enter_async_context(turns)
            except TimeoutError:
                raise _busy() from None
            yield

    # --- the answer ---

    async def _answer(self, scope: Scope, body: BinaryIO, send: Send, *, public: bool) -> None:
        adapter: Any = WsgiToAsgiInstance(self._wsgi)  # type: ignore[no-untyped-call]
        adapter.scope = scope
        try:
            environ = adapter.build_environ(scope, body)
        except ValueError:
            raise _malformed() from None
        environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        # An answer of the desk holds what was sent: it stays in memory, as the body does.
        with tempfile.SpooledTemporaryFile(0 if public else 1024 * 1024) as out:
            status, headers = await self._in_thread(_run, self._wsgi, environ, cast("BinaryIO", out))
            out.seek(0)
            await send({"type": "http.response.start", "status": status, "headers": headers})
            while piece := out.read(_PIECE):
                await _within(send({"type": "http.response.body", "body": piece, "more_body": True}), READER_SECONDS)
            await send({"type": "http.response.body"})

    async def _in_thread[Result](self, call: Callable[..., Result], *arguments: Any) -> Result:
        """Runs to its end even where the other side leaves. One that never ends takes its process with it."""
        loop = asyncio.get_running_loop()
        began: list[float] = []

        def run() -> Result:
            began.append(time.monotonic())
            return call(*arguments)

        working = loop.run_in_executor(self._threads, run)
        while True:
            done, _waiting = await asyncio.wait({working}, timeout=STUCK_SECONDS / 10)
            if done:
                return working.result()
            if began and time.monotonic() - began[0] > STUCK_SECONDS:
                log.error("a request is stuck, its process ends", extra={"seconds": STUCK_SECONDS})
                os.kill(os.getpid(), signal.SIGTERM)
                raise _busy()


# What comes is UTF-8. Where a header names something else, Django would read the request by any codec of Python's: also by those that are
# none of texts, which fail before its own pages could answer, and by those that make half characters, which no page can show.
_CHARSET = re.compile(r""";\s*charset\*?\s*=\s*(?:"[^"]*"|[^;]*)""", re.IGNORECASE)
_FRAMING = frozenset((b"content-length", b"transfer-encoding"))


def _caller(scope: Scope, headers: dict[str, str]) -> str:
    """Whose request it is, as one address: "" where nobody says it."""
    asked = HttpRequest()
    asked.META = {"REMOTE_ADDR": (scope.get("client") or [""])[0], "HTTP_X_FORWARDED_FOR": headers.get("x-forwarded-for", "")}
    return addresses.shared(sign_in.client_address(asked))[0]


async def _within[Result](step: Awaitable[Result], seconds: float) -> Result:
    try:
        return await asyncio.wait_for(step, max(seconds, 0))
    except TimeoutError:
        raise RefusedError("request.too_slow", _("This was sent too slowly. Try again.")) from None


def _asked(cookies: dict[str, str], authorization: str) -> bool:
    """In a thread, as a request of its own: its connection is looked after as Django does around each request."""
    signals.request_started.send(sender=Gate)
    try:
        return bodies.known(cookies=cookies, authorization=authorization)
    finally:
        signals.request_finished.send(sender=Gate)


def _run(wsgi: Callable[..., Any], environ: dict[str, Any], out: BinaryIO) -> tuple[int, list[tuple[bytes, bytes]]]:
    """One WSGI call, its whole answer in `out`: the thread never waits for a receiver. Raises RefusedError."""
    started: list[tuple[int, list[tuple[bytes, bytes]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], object]:
        del exc_info
        kept = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started[:] = [(int(status.partition(" ")[0]), kept)]
        return out.write

    try:
        answer = wsgi(environ, start_response)
    except BadRequest:  # of a header that Django looks at before anything of its own could answer
        raise _malformed() from None
    try:
        out.writelines(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return started[0]


@cache
def _page(sentence: str, english: str) -> str:
    """The refusal as a page of its own, rendered once: it stands before everything that bounds how often somebody asks."""
    with translation.override("id"):
        return render_to_string("413.html", {"sentence": sentence, "english": english})


@cache
def _desk_page(sentence: str, language: str) -> str:
    """The same for a stranger, with the hotline."""
    with translation.override(language):
        return str(import_string(_DESK_PAGE)(sentence))


def _of_api(refused: RefusedError, accepts: str) -> str:
    """As the calls refuse (patrol.api.problems), in the language that is asked for."""
    asks = HttpRequest()
    asks.META["HTTP_ACCEPT_LANGUAGE"] = accepts
    said = refused.said(translation.get_language_from_request(asks))
    return json.dumps({"code": refused.code, "sentence": said, "field": ""})


def _told(refused: RefusedError, path: str, asked: dict[str, str], *, public: bool) -> tuple[bytes, str]:
    """Type and text: in both languages, but at the public desk, whose address says one: whose request it is nobody has looked at yet. A
    page for a browser, which would show bare text without a way back; two lines for programs, JSON for those that call the API."""
    if path.startswith(doors.API) and not public:
        return b"application/json", _of_api(refused, asked.get("accept-language", ""))
    if "text/html" not in asked.get("accept", ""):
        return b"text/plain; charset=utf-8", f"{refused.said('id')}\n{refused.said('en')}\n"
    page = _desk_page(refused.said(doors.language(path)), doors.language(path)) if public else _page(refused.said("id"), refused.said("en"))
    return b"text/html; charset=utf-8", page


async def _refuse(refused: RefusedError, path: str, asked: dict[str, str], receive: Receive, send: Send, *, public: bool) -> None:
    kind, page = _told(refused, path, asked, public=public)
    status, text = _STATUS[refused.code], page.encode()
    headers = [
        (b"content-type", kind),
        (b"content-security-policy", build_policy(settings.DESK_CSP if public else settings.PUBLIC_CSP).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
        *((name.lower().encode(), value.encode()) for name, value in ALWAYS.items()),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
        *([(b"retry-after", b"30")] if status == 503 else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while (await receive())["type"] == "http.request":
                pass  # thrown away


def prepared(wsgi: Callable[..., Any]) -> Gate:
    """For a process of the web server: room for connections, and what waits lies beside the evidence, not in memory."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    folder = Path(settings.EVIDENCE_DIR) / "pending"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)
    return Gate(wsgi)

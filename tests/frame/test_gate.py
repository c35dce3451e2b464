"""The gate of the web server, in one event loop, with small applications behind it."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from patrol.frame import bodies, gate
from patrol.infra import body_limits


@body_limits.takes(3_000_000, at_once=1)
def report(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("lapor/", report)]


class Caller:
    """One request: `pieces` come as they are asked for, `stays` keeps the rest back for ever."""

    def __init__(self, *pieces: bytes, path: str = "/", stays: bool = False, said: int | None = None, **headers: str) -> None:
        self.pieces, self.stays = list(pieces), stays
        length = sum(map(len, pieces)) if said is None else said
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "http_version": "1.1",
            "server": ("127.0.0.1", 1),
            "headers": [(b"content-length", str(length).encode()), *((k.encode(), v.encode()) for k, v in headers.items())],
        }
        self.sent: list[Any] = []
        self.read = 0

    async def receive(self) -> Any:
        await asyncio.sleep(0)  # as a network does
        if self.pieces:
            piece = self.pieces.pop(0)
            self.read += len(piece)
            return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or self.stays}
        if self.stays:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"]) if self.sent else 0

    @property
    def text(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def echo(environ: Any, start_response: Any) -> list[bytes]:
    read = environ["wsgi.input"].read()
    start_response("200 OK", [])
    return [f"{environ.get('CONTENT_LENGTH', '-')} {len(read)}".encode()]


async def until(true: Callable[[], Any]) -> None:
    while not true():  # noqa: ASYNC110 -- what happens, happens in a thread or in another's request
        await asyncio.sleep(0.001)


def run(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 60))


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(gate, "LINGER_SECONDS", 0.0)
    settings.ROOT_URLCONF = __name__


def test_a_body_arrives_whole_with_its_length() -> None:
    async def work() -> None:
        caller = Caller(b"ab", b"cde")
        await gate.Gate(echo)(caller.scope, caller.receive, caller.send)
        assert (caller.status, caller.text) == (200, b"5 5")

    run(work)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary*=utf-9''x", "text/plain; format*=nothing''x"])
def test_a_header_that_nobody_can_read_is_a_malformed_request(kind: str) -> None:
    """Django refuses it before its own error pages could answer."""

    async def work() -> None:
        caller = Caller(b"ab")
        caller.scope["headers"] += [(b"content-type", kind.encode())]
        await gate.Gate(WSGIHandler())(caller.scope, caller.receive, caller.send)
        assert caller.status == 400
        assert caller.text.decode().splitlines()[1] == "This request is malformed."

    run(work)


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("multipart/form-data; charset=rot13; boundary=x", "multipart/form-data; boundary=x"),
        ('multipart/form-data; boundary=x ;CHARSET = "a;b"', "multipart/form-data; boundary=x "),
        ("text/plain; charset*=utf-8''undefined", "text/plain"),
        ("application/x-www-form-urlencoded; charset=utf-16; charset=hex", "application/x-www-form-urlencoded"),
        ("application/json", "application/json"),
        ("multipart/form-data; boundary=charset", "multipart/form-data; boundary=charset"),
    ],
)
def test_what_comes_is_utf_8_whatever_a_header_calls_it(kind: str, read: str) -> None:
    def of(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [environ["CONTENT_TYPE"].encode()]

    async def work() -> None:
        caller = Caller(b"ab")
        caller.scope["headers"] += [(b"content-type", kind.encode())]
        await gate.Gate(of)(caller.scope, caller.receive, caller.send)
        assert (caller.status, caller.text.decode()) == (200, read)

    run(work)


@pytest.mark.parametrize("codec", ["rot13", "base64", "undefined", "idna"])
def test_no_codec_of_a_stranger_ends_a_request(codec: str) -> None:
    async def work() -> None:
        caller = Caller(b"ab", path="/lapor/")
        caller.scope["headers"] += [(b"content-type", f"text/plain; charset={codec}".encode())]
        caller.scope |= {"method": "GET", "query_string": b"q=%FF"}
        await gate.Gate(WSGIHandler())(caller.scope, caller.receive, caller.send)
        assert caller.status == 200

    run(work)


def test_a_body_in_pieces_of_unsaid_length_arrives_with_one() -> None:
    async def work() -> None:
        caller = Caller(b"ab", b"cde")
        caller.scope["headers"] = [(b"transfer-encoding", b"chunked")]
        await gate.Gate(echo)(caller.scope, caller.receive, caller.send)
        assert (caller.status, caller.text) == (200, b"5 5")

    run(work)


def test_one_too_slow_is_told_and_its_place_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(gate, "STRANGERS_TOGETHER", 10)

    async def work() -> None:
        entry = gate.Gate(echo)
        slow = Caller(b"123456789", stays=True, said=20)
        await entry(slow.scope, slow.receive, slow.send)
        assert slow.status == 408
        assert slow.text.decode() == "Kiriman terlalu lambat dan dihentikan. Coba lagi.\nThis was sent too slowly. Try again.\n"
        after = Caller(b"1234567890")
        await entry(after.scope, after.receive, after.send)
        assert after.status == 200

    run(work)


def test_small_bodies_together_are_bounded_and_the_largest_that_still_comes_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers who hold the whole place and send no more keep nobody's form or login out."""
    monkeypatch.setattr(gate, "STRANGERS_TOGETHER", 10)

    async def work() -> None:
        entry = gate.Gate(echo)
        large, small = Caller(b"123456", stays=True, said=20), Caller(b"1", stays=True, said=20)
        tasks = [asyncio.ensure_future(entry(one.scope, one.receive, one.send)) for one in (large, small)]
        await until(lambda: not large.pieces and not small.pieces)
        larger, beside = Caller(b"1234567"), Caller(b"123")
        await entry(larger.scope, larger.receive, larger.send)
        await entry(beside.scope, beside.receive, beside.send)
        assert (larger.status, beside.status, large.status, small.status) == (503, 200, 0, 0)
        form = Caller(b"12345")
        await entry(form.scope, form.receive, form.send)
        await tasks[0]
        assert (form.status, large.status, small.status) == (200, 503, 0)
        after = Caller(b"123456789")  # what gave way and what was answered holds nothing more
        await entry(after.scope, after.receive, after.send)
        assert (after.status, small.status) == (200, 0)
        tasks[1].cancel()

    run(work)


def test_a_body_that_is_being_answered_does_not_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "STRANGERS_TOGETHER", 10)
    answering, go_on = threading.Event(), threading.Event()

    def slow(environ: Any, start_response: Any) -> list[bytes]:
        if environ["CONTENT_LENGTH"] == "8":
            answering.set()
            go_on.wait(60)
        return echo(environ, start_response)

    async def work() -> None:
        entry = gate.Gate(slow)
        whole, late = Caller(b"12345678"), Caller(b"123")
        task = asyncio.ensure_future(entry(whole.scope, whole.receive, whole.send))
        await until(answering.is_set)
        await entry(late.scope, late.receive, late.send)
        go_on.set()
        await task
        assert (late.status, whole.status, whole.text) == (503, 200, b"8 8")

    run(work)


def test_who_says_less_than_comes_is_refused_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "STRANGERS", 10)

    async def work() -> None:
        caller = Caller(b"12345678", b"123", b"never read", said=5)
        await gate.Gate(echo)(caller.scope, caller.receive, caller.send)
        assert (caller.status, caller.read) == (413, 11)
        assert caller.text.decode().splitlines()[1] == "Nothing larger than 0 MB is taken at this address. Log in first, or send less."

    run(work)


def test_a_browser_is_refused_on_a_page_that_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "STRANGERS", 10)
    refused = "Kiriman lebih besar dari 0 MB ditolak di alamat ini. Masuk dulu, atau kirim yang lebih kecil."

    async def work() -> None:
        browser, program = Caller(b"12345678901", accept="text/html,*/*;q=0.8"), Caller(b"12345678901", accept="application/json, */*")
        for caller, kind in ((browser, b"text/html; charset=utf-8"), (program, b"text/plain; charset=utf-8")):
            await gate.Gate(echo)(caller.scope, caller.receive, caller.send)
            headers = dict(caller.sent[0]["headers"])
            assert (caller.status, caller.read, headers[b"content-type"]) == (413, 0, kind)
            assert headers[b"content-length"] == str(len(caller.text)).encode()
            assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]
        page = BeautifulSoup(browser.text, "html.parser")
        assert page.html
        assert (page.html["lang"], [one.get_text(strip=True) for one in page.select("h1")]) == ("id", ["Kiriman tidak diterima"])
        said, english = page.select("main .bd p")[:2]
        assert (said.text, english["lang"]) == (refused, "en")
        assert english.text.startswith("Nothing larger than 0 MB")
        assert [one["href"] for one in page.select("main .btn")] == ["/"]

    run(work)


@pytest.mark.parametrize(
    ("address", "title", "said"),
    [
        (
            "/cek/",
            "Kiriman tidak diterima",
            "Di alamat ini tidak diterima kiriman yang lebih besar dari 0 MB. Kembali dan kirim lebih sedikit.",
        ),
        ("/en/cek/", "That was not taken", "Nothing larger than 0 MB is taken at this address. Go back and send less."),
    ],
)
def test_a_stranger_is_refused_on_a_page_of_the_desk(
    monkeypatch: pytest.MonkeyPatch, settings: Any, address: str, title: str, said: str
) -> None:
    monkeypatch.setattr(bodies, "STRANGERS", 10)
    monkeypatch.setattr(bodies, "own", lambda _path, **_named: None)
    settings.PUBLIC_DESK, settings.PUBLIC_HOTLINE = "1", "0800-1111-222"
    gate._desk_page.cache_clear()

    async def work() -> None:
        browser = Caller(b"12345678901", path=address, accept="text/html,*/*;q=0.8")
        await gate.Gate(echo)(browser.scope, browser.receive, browser.send)
        page = BeautifulSoup(browser.text, "html.parser")
        assert (browser.status, [one.text for one in page.select("h1")]) == (413, [title])
        assert [one.get_text(strip=True) for one in page.select("main h1 + p")] == [said]
        assert {one["href"] for one in page.select("a[href^='tel:']")} == {"tel:08001111222"}
        assert page.select("script, link[href*='workbench']") == []
        assert b"script-src 'none'" in dict(browser.sent[0]["headers"])[b"content-security-policy"]

    run(work)
    gate._desk_page.cache_clear()


def test_no_answer_of_the_desk_reaches_a_disk(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.PUBLIC_DESK = "1"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # whatever makes a file fails

    def large(_environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"x" * 3_000_000]

    async def work() -> None:
        stranger, staff = Caller(b"1", path="/cek/"), Caller(b"1", path="/kerja/")
        await gate.Gate(large)(stranger.scope, stranger.receive, stranger.send)
        assert (stranger.status, len(stranger.text)) == (200, 3_000_000)
        with pytest.raises(FileNotFoundError):
            await gate.Gate(large)(staff.scope, staff.receive, staff.send)

    run(work)


def test_an_address_may_name_its_own_limit_and_how_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "TURN_SECONDS", 0.05)

    async def work() -> None:
        entry = gate.Gate(echo)
        large = b"x" * 3_000_000
        first = Caller(b"x", path="/lapor/", said=3_000_000, stays=True)
        task = asyncio.ensure_future(entry(first.scope, first.receive, first.send))
        await until(lambda: not first.pieces)
        second, elsewhere = Caller(large, path="/lapor/"), Caller(large, path="/lain/")
        await entry(second.scope, second.receive, second.send)
        await entry(elsewhere.scope, elsewhere.receive, elsewhere.send)
        assert (second.status, second.read) == (503, 0)
        assert (elsewhere.status, elsewhere.read) == (413, 0)
        for waiting in entry._serving:
            waiting.cancel()
        await asyncio.gather(task, return_exceptions=True)
        third, beyond = Caller(large, path="/lapor/"), Caller(large + b"x", path="/lapor/")
        await entry(third.scope, third.receive, third.send)
        await entry(beyond.scope, beyond.receive, beyond.send)
        assert (third.status, third.text) == (200, b"3000000 3000000")
        assert (beyond.status, beyond.read) == (413, 0)

    run(work)


def test_a_stranger_has_one_turn_at_a_time_and_no_other_waits_for_it(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.PUBLIC_DESK = "1"
    monkeypatch.setattr(gate, "TURN_SECONDS", 0.05)
    several = body_limits.Limit(3_000_000, at_once=2)
    monkeypatch.setattr(bodies, "own", lambda _path, **_named: several)

    async def work() -> None:
        entry = gate.Gate(echo)

        def caller(address: str, *, stays: bool = False) -> Caller:
            made = Caller(b"x" if stays else b"x" * 2_000_000, path="/lapor/", said=2_000_000, stays=stays)
            made.scope["client"] = (address, 1)
            return made

        slow, again, other = caller("2001:db8:1:2::1", stays=True), caller("2001:db8:1:2::2"), caller("2001:db8:1:3::1")
        task = asyncio.ensure_future(entry(slow.scope, slow.receive, slow.send))
        await until(lambda: not slow.pieces)
        await entry(again.scope, again.receive, again.send)
        await entry(other.scope, other.receive, other.send)
        assert ((again.status, again.read), (other.status, other.read)) == ((503, 0), (200, 2_000_000))
        for waiting in entry._serving:
            waiting.cancel()
        await asyncio.gather(task, return_exceptions=True)
        after = caller("2001:db8:1:2::2")
        await entry(after.scope, after.receive, after.send)
        assert (after.status, len(entry._callers)) == (200, 0)

    run(work)


@pytest.mark.parametrize(
    ("address", "longest", "gained"),
    [("/lapor/", 180.0, 2_000_000 / 25_000), ("/lapor/", 60.0, 40), ("/kerja/impor/", 60.0, 2_000_000 / 10_000)],
)
def test_a_large_body_of_a_stranger_comes_faster_than_that_of_staff_and_not_for_long(
    monkeypatch: pytest.MonkeyPatch, settings: Any, address: str, longest: float, gained: float
) -> None:
    settings.PUBLIC_DESK = "1"
    monkeypatch.setattr(gate, "STRANGERS_SECONDS", longest)
    monkeypatch.setattr(bodies, "own", lambda _path, **_named: body_limits.Limit(3_000_000, at_once=2))
    left: list[float] = []

    async def within(step: Awaitable[Any], seconds: float) -> Any:
        left.append(seconds)
        return await step

    monkeypatch.setattr(gate, "_within", within)

    async def work() -> None:
        caller = Caller(b"x" * 2_000_000, b"x", path=address)
        await gate.Gate(echo)(caller.scope, caller.receive, caller.send)
        assert caller.status == 200
        assert left[1] - left[0] == pytest.approx(gained, abs=10)

    run(work)


def test_who_does_not_take_the_answer_holds_no_thread() -> None:
    async def work() -> None:
        entry = gate.Gate(echo, threads=1)
        deaf, other = Caller(b"1"), Caller(b"12")

        async def never(message: Any) -> None:
            deaf.sent.append(message)
            await asyncio.Event().wait()

        task = asyncio.ensure_future(entry(deaf.scope, deaf.receive, never))
        await until(lambda: deaf.sent)
        await entry(other.scope, other.receive, other.send)
        assert other.status == 200
        task.cancel()

    run(work)


def test_who_leaves_in_the_middle_of_a_body_reaches_no_view() -> None:
    reached = []

    def view(environ: Any, start_response: Any) -> list[bytes]:
        reached.append(environ)
        return echo(environ, start_response)

    async def leaves() -> dict[str, str]:
        return await asyncio.sleep(0, {"type": "http.disconnect"})

    async def work() -> None:
        caller = Caller(b"12", said=5)
        await gate.Gate(view)(caller.scope, leaves, caller.send)
        assert caller.sent == []

    run(work)
    assert reached == []


def test_what_a_view_began_it_ends_though_the_caller_left() -> None:
    began, ended = [], []

    def view(environ: Any, start_response: Any) -> list[bytes]:
        began.append(True)
        while not left:
            pass
        ended.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b""]

    left: list[bool] = []

    async def work() -> None:
        entry, caller = gate.Gate(view), Caller(b"whole")
        task = asyncio.ensure_future(entry(caller.scope, caller.receive, caller.send))
        await until(lambda: began)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        left.append(True)
        await asyncio.gather(*entry._serving)

    run(work)
    assert ended == [b"whole"]

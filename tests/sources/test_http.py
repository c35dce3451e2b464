from __future__ import annotations

import gzip
import re
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from patrol import domain
from patrol.sources.transport import bodies, http
from tests.sources.conftest import reply

KABAR = "https://kabar.example"
SHORT = http.Limits(seconds=0.5, connect_seconds=0.5)
PATIENCE = 30  # seconds, sixty times SHORT: what goes on that long had nobody to end it
DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "silence": (b"", b""),
}


def refusal(client: http.Client, url: str, **headers: str) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as caught:
        client.get(url, headers=headers)
    assert caught.value.problem.sentence.id
    assert caught.value.problem.sentence.en
    return caught.value


# --- a plain answer and its custody ---------------------------------------------------------------


def test_an_answer_keeps_its_custody_facts(site: Any, client: Any, pace: Any) -> None:
    site.serve("/kabar/umpan.xml?hal=2", b"isi", headers={"Content-Type": "text/plain", "ETag": '"7"'})
    moments = iter((datetime(2026, 11, 23, 3, 47, tzinfo=UTC), datetime(2026, 11, 23, 3, 48, tzinfo=UTC)))
    answer = client(clock=lambda: next(moments)).get(f"{KABAR}/umpan.xml?hal=2#bagian")
    assert answer.asked_url == answer.final_url == f"{KABAR}/umpan.xml?hal=2"
    assert answer.hops == (f"{KABAR}/umpan.xml?hal=2",)
    assert (answer.status, answer.body, answer.truncated) == (200, b"isi", False)
    assert answer.address == f"127.0.0.1:{site.port}"
    assert (answer.requested_at.minute, answer.received_at.minute) == (47, 48)
    assert answer.header("etag") == '"7"'
    assert pace.hosts == ["kabar.example"]


def test_what_is_sent_is_what_custody_says(site: Any, client: Any) -> None:
    site.serve("/kabar/", b"isi")
    answer = client().get(KABAR, headers={"If-None-Match": '"7"', "Authorization": "Bearer rahasia-0840"})
    _path, received = site.asked[0]
    assert received == {
        "host": f"127.0.0.1:{site.port}",
        "user-agent": "SIPatrol/test (+https://sipatrol.example/kontak)",
        "accept": "*/*",
        "accept-encoding": "gzip, identity",
        "if-none-match": '"7"',
        "authorization": "Bearer rahasia-0840",
    }
    kept = {name.lower(): value for name, value in answer.request_headers}
    assert kept == {**received, "authorization": "(withheld)"}


@pytest.mark.parametrize(
    ("given", "kind", "body"),
    [
        ({"json": {"kata": "kerja\u00e9"}}, "application/json", '{"kata": "kerja\u00e9"}'),
        ({"form": {"kata": "kerja luar", "hal": "2"}}, "application/x-www-form-urlencoded", "kata=kerja+luar&hal=2"),
        ({}, "application/json", "{}"),
    ],
    ids=["json", "form", "nothing"],
)
@pytest.mark.parametrize("private", [{}, {"private": True}], ids=["kept", "private"])
def test_what_is_posted_is_sent_as_what_it_is_and_kept_unless_it_is_private(
    site: Any, client: Any, given: Any, kind: str, body: str, private: Any
) -> None:
    posted: list[str] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        posted.append(handler.rfile.read(int(handler.headers["Content-Length"])).decode())
        reply(handler, 200, {}, b"isi")

    site.behave("/kabar/", behave)
    answer = client().post(KABAR, **given, **private)
    assert (posted, site.asked[0][1]["content-type"]) == ([body], kind)
    assert (answer.method, answer.sent) == ("POST", "(withheld)" if private else body)
    assert "content-length" not in {name.lower() for name, _value in answer.request_headers}


def test_bytes_are_posted_as_they_are_and_are_not_kept(site: Any, client: Any) -> None:
    posted: list[bytes] = []

    def behave(handler: BaseHTTPRequestHandler) -> None:
        posted.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        reply(handler, 200, {}, b"isi")

    site.behave("/kabar/", behave)
    answer = client().post(KABAR, content=b"0\x82\xff\x00", headers={"Content-Type": "application/timestamp-query"})
    assert (posted, site.asked[0][1]["content-type"], answer.sent) == ([b"0\x82\xff\x00"], "application/timestamp-query", "")


def test_repeated_headers_are_all_kept(site: Any, client: Any) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for value in ("a=1", "b=2"):
            handler.send_header("Set-Cookie", value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.behave("/kabar/", behave)
    answer = client().get(KABAR)
    assert [value for name, value in answer.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    client().get(KABAR)
    assert all("cookie" not in headers for _path, headers in site.asked)


def test_proxies_and_netrc_of_the_environment_are_not_looked_at(
    site: Any, client: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login petugas password rahasia\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.serve("/kabar/", b"isi")
    assert client().get(KABAR).body == b"isi"
    assert "authorization" not in site.asked[0][1]


def test_not_modified_is_an_answer(site: Any, client: Any) -> None:
    site.serve("/kabar/", status=304, headers={"ETag": '"7"'})
    assert client().get(KABAR).status == 304


@pytest.mark.parametrize("user_agent", ["SIPatrol/0.1", ""])
def test_a_client_without_contact_is_not_made(pace: Any, user_agent: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        http.Client(pace=pace, user_agent=user_agent)


@pytest.mark.parametrize(
    ("origin", "base"),
    [
        ("https://t.me", "http://10.0.0.1:8071/t.me"),
        ("https://t.me", "http://localhost:8071/t.me"),
        ("https://t.me", "http://127.0.0.1/t.me"),
        ("https://t.me", "https://127.0.0.1:8071/t.me"),
        ("https://t.me", "http://t.me:8071"),
        ("https://t.me/s", "http://127.0.0.1:8071/t.me"),
        ("t.me", "http://127.0.0.1:8071/t.me"),
    ],
)
def test_a_stand_in_opens_one_loopback_port_only(pace: Any, origin: str, base: str) -> None:
    with pytest.raises(ValueError, match="stand-in"):
        http.Client(pace=pace, user_agent="a@b.example", stand_ins={origin: base})


# --- statuses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [
        (400, "client_error", True),
        (401, "refused", True),
        (403, "refused", True),
        (404, "not_found", True),
        (408, "timeout", False),
        (410, "not_found", True),
        (429, "too_many", False),
        (451, "refused", True),
        (500, "server_error", False),
        (503, "server_error", False),
    ],
)
def test_a_refusing_status_says_whether_to_try_again(site: Any, client: Any, status: int, code: str, permanent: bool) -> None:
    site.serve("/kabar/", b"alasan", status=status)
    error = refusal(client(), KABAR)
    assert (error.problem.code, error.problem.permanent) == (code, permanent)
    assert error.answer is not None
    assert (error.answer.status, error.answer.body) == (status, b"alasan")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999999", 604_800.0),
        ("Mon, 23 Nov 2026 04:00:00 GMT", 780.0),
        ("Mon, 23 Nov 2026 03:00:00 GMT", 0.0),
        ("besok", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(site: Any, client: Any, value: str, seconds: Any) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(429)
        handler.send_header("Date", "Mon, 23 Nov 2026 03:47:00 GMT")
        handler.send_header("Retry-After", value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.behave("/kabar/", behave)
    assert refusal(client(), KABAR).retry_after == seconds


# --- redirects ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        "/tujuan",  # as the platform would write it
        "/kabar/tujuan",  # as a server that knows its own path
        "tujuan",
        "https://kabar.example/tujuan",
        "//kabar.example/tujuan",
        "{base}/kabar/tujuan",
    ],
)
def test_a_redirect_of_a_stand_in_is_followed_in_the_platforms_words(site: Any, client: Any, pace: Any, location: str) -> None:
    site.serve("/kabar/awal", status=302, headers={"Location": location.format(base=site.base)})
    site.serve("/kabar/tujuan", b"sampai")
    answer = client().get(f"{KABAR}/awal")
    assert answer.body == b"sampai"
    assert (answer.asked_url, answer.final_url) == (f"{KABAR}/awal", f"{KABAR}/tujuan")
    assert answer.hops == (f"{KABAR}/awal", f"{KABAR}/tujuan")
    assert pace.hosts == ["kabar.example", "kabar.example"]


def test_a_step_is_one_exchange_and_says_where_it_leads(site: Any, client: Any, pace: Any) -> None:
    site.serve("/kabar/lama", b"pindah", status=301, headers={"Location": "/kabar/baru?hal=2"})
    answer, target = client().step(f"{KABAR}/lama", headers={"Accept": "text/html"})
    assert (answer.status, answer.body, target) == (301, b"pindah", f"{KABAR}/baru?hal=2")
    assert site.paths == ["/kabar/lama"]
    assert site.asked[0][1]["accept"] == "text/html"
    assert pace.hosts == ["kabar.example"]


@pytest.mark.parametrize("status", [200, 301, 404, 429, 503])
def test_a_step_returns_every_status_and_leads_nowhere_without_an_address(site: Any, client: Any, status: int) -> None:
    site.serve("/kabar/", b"isi", status=status)
    answer, target = client().step(KABAR)
    assert (answer.status, answer.body, target) == (status, b"isi", "")


def test_a_step_never_leads_to_a_private_place_by_itself(site: Any, client: Any) -> None:
    site.serve("/kabar/", status=302, headers={"Location": "http://127.0.0.1/rahasia"})
    _answer, target = client().step(KABAR)
    with pytest.raises(domain.SourceError) as told:
        client().step(target)
    assert told.value.problem.code == "private_address"


def test_five_redirects_are_followed_and_six_are_not(site: Any, client: Any) -> None:
    for step in range(6):
        site.serve(f"/kabar/{step}", status=302, headers={"Location": f"/{step + 1}"})
    site.serve("/kabar/6", b"sampai")
    assert client().get(f"{KABAR}/1").body == b"sampai"
    assert refusal(client(), f"{KABAR}/0").problem.code == "redirect_loop"


def test_a_redirect_loop_ends_at_its_first_turn(site: Any, client: Any) -> None:
    site.serve("/kabar/a", status=301, headers={"Location": "/b"})
    site.serve("/kabar/b", status=301, headers={"Location": "/a"})
    error = refusal(client(), f"{KABAR}/a")
    assert error.problem.code == "redirect_loop"
    assert site.paths == ["/kabar/a", "/kabar/b"]
    assert error.answer is not None


def test_a_redirect_without_address_is_told(site: Any, client: Any) -> None:
    site.serve("/kabar/", status=302)
    assert refusal(client(), KABAR).problem.code == "bad_redirect"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "private_address"),
        ("{base}/lain", "bad_address"),  # the stand-in's own port, outside its base
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://[::1]/", "private_address"),
        ("http://2130706433/", "bad_address"),
        ("http://orang@kabar.example/", "bad_address"),
        (f"https://{'a' * 64}.example/", "bad_address"),  # longer than DNS lets a name be
        (f"https://{'.'.join(['a' * 60] * 5)}/", "bad_address"),
        ("http://[kabar.example/", "bad_address"),
        ("ftp://kabar.example/x", "bad_address"),
        ("file:///etc/hostname", "bad_address"),
        ("javascript:alert(1)", "bad_address"),
        ("https://kabar.example:8443/", "bad_address"),
    ],
)
def test_a_redirect_is_checked_as_strictly_as_the_first_address(site: Any, client: Any, location: str, code: str) -> None:
    site.serve("/kabar/", status=302, headers={"Location": location.format(base=site.base)})
    dialled: list[str] = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(f"{address}:{port}")
        return http.connect(address, port, seconds)

    error = refusal(client(connect=connect), KABAR)
    assert (error.problem.code, error.problem.permanent) == (code, True)
    if code == "bad_address":
        assert error.problem.sentence.en == (
            "kabar.example redirects to an address that cannot be fetched. It needs http or https, port 80 or 443, and no user name."
        )
    assert dialled == [f"127.0.0.1:{site.port}"]


def test_secrets_stay_with_the_origin_they_were_meant_for(site: Any, client: Any) -> None:
    site.serve("/kabar/a", status=302, headers={"Location": "/b"})
    site.serve("/kabar/b", status=302, headers={"Location": "https://t.me/c"})
    site.serve("/t.me/c", b"sampai")
    client().get(f"{KABAR}/a", headers={"authorization": "Bearer x", "If-None-Match": '"7"'})
    sent = [(path, headers.get("authorization"), headers.get("if-none-match")) for path, headers in site.asked]
    assert sent == [("/kabar/a", "Bearer x", '"7"'), ("/kabar/b", "Bearer x", '"7"'), ("/t.me/c", None, '"7"')]


# --- bodies ---------------------------------------------------------------------------------------


def test_gzip_is_undone(site: Any, client: Any) -> None:
    site.serve("/kabar/", gzip.compress(b"isi " * 1000), headers={"Content-Encoding": "GZip"})
    answer = client().get(KABAR)
    assert (answer.body, answer.truncated) == (b"isi " * 1000, False)


def test_gzip_in_several_members_is_read_to_the_end(site: Any, client: Any) -> None:
    site.serve("/kabar/", gzip.compress(b"satu ") + gzip.compress(b"dua") + b"\0" * 9, headers={"Content-Encoding": "gzip"})
    answer = client().get(KABAR)
    assert (answer.body, answer.truncated) == (b"satu dua", False)


def test_half_a_gzip_is_kept_and_flagged(site: Any, client: Any) -> None:
    whole = gzip.compress(bytes(range(256)) * 40)
    site.serve("/kabar/", whole[: len(whole) // 2], headers={"Content-Encoding": "gzip"})
    answer = client().get(KABAR)
    assert answer.truncated is True
    assert (bytes(range(256)) * 40).startswith(answer.body)


def test_a_connection_that_breaks_off_is_kept_and_flagged(site: Any, client: Any) -> None:
    site.serve("/kabar/", b"separuh jalan", headers={"Content-Length": "5000"})
    answer = client().get(KABAR)
    assert (answer.body, answer.truncated, answer.status) == (b"separuh jalan", True, 200)


def test_a_chunked_body_that_breaks_off_is_kept_and_flagged(site: Any, client: Any) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"5\r\nhallo\r\n3\r\na")

    site.behave("/kabar/", behave)
    answer = client().get(KABAR)
    assert answer.truncated is True
    assert answer.body.startswith(b"hallo")


def test_a_chunked_body_is_read(site: Any, client: Any) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"5\r\nhallo\r\n3\r\n ya\r\n0\r\n\r\n")

    site.behave("/kabar/", behave)
    answer = client().get(KABAR)
    assert (answer.body, answer.truncated) == (b"hallo ya", False)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "gzip, identity, gzip", "zstd"])
def test_an_encoding_we_did_not_ask_for_is_not_undone(site: Any, client: Any, encoding: str) -> None:
    body = zlib.compress(b"isi " * 100)
    site.serve("/kabar/", body, headers={"Content-Encoding": encoding})
    error = refusal(client(), KABAR)
    assert error.problem.code == "bad_encoding"
    assert error.answer is not None
    assert (error.answer.body, error.answer.truncated) == (body, True)


def test_what_is_not_gzip_is_told(site: Any, client: Any) -> None:
    site.serve("/kabar/", b"<html>bukan gzip</html>", headers={"Content-Encoding": "gzip"})
    assert refusal(client(), KABAR).problem.code == "bad_encoding"


def test_a_gzip_bomb_stops_at_the_ratio(site: Any, client: Any) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    assert len(bomb) < 70_000
    site.serve("/kabar/", bomb, headers={"Content-Encoding": "gzip"})
    error = refusal(client(), KABAR)
    assert (error.problem.code, error.problem.permanent) == ("too_large", True)
    assert error.answer is not None
    assert error.answer.truncated is True
    assert len(error.answer.body) <= 100 * len(bomb) + 64 * 1024


def test_a_bomb_within_the_ratio_stops_at_the_decoded_bytes(site: Any, client: Any) -> None:
    site.serve("/kabar/", gzip.compress(bytes(300_000)), headers={"Content-Encoding": "gzip"})
    error = refusal(client(limits=http.Limits(decoded_bytes=200_000, ratio=5000)), KABAR)
    assert error.problem.code == "too_large"
    assert error.answer is not None
    assert len(error.answer.body) <= 200_000 + 64 * 1024


def test_an_endless_body_stops_at_the_cap(site: Any, client: Any) -> None:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    site.behave("/kabar/", behave)
    error = refusal(client(limits=http.Limits(wire_bytes=300_000)), KABAR)
    assert error.problem.code == "too_large"
    assert error.answer is not None
    assert 300_000 < len(error.answer.body) <= 300_000 + 65536


# --- slow and rude servers ------------------------------------------------------------------------


class Dripping:
    """Sends `before`, then a little now and then: each single read succeeds, the whole does not end while anybody listens."""

    def __init__(self, before: bytes, drop: bytes) -> None:
        self._before, self._drop = before, drop
        self.left = threading.Event()
        self.outlasted = False  # it sent for PATIENCE seconds, and whoever listened was still there

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(self._before)
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            handler.wfile.write(self._drop)
            if self.left.wait(0.05):
                return
        self.outlasted = True


@pytest.mark.parametrize(("before", "drop"), DRIPS.values(), ids=DRIPS)
def test_a_slow_server_cannot_hold_us_beyond_the_deadline(site: Any, client: Any, before: Any, drop: Any) -> None:
    dripping = Dripping(before, drop)
    site.behave("/kabar/", dripping)
    error = refusal(client(limits=SHORT), KABAR)
    assert (error.problem.code, error.problem.permanent) == ("timeout", False)
    assert dripping.outlasted is False
    dripping.left.set()


class Clock:
    """The client's monotonic clock: it stands until something moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (http, bodies):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"Content-Length: 3\r\n\r\nisi"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"isi"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nisi\r\n0\r\n\r\n"),
    ],
    ids=["headers", "body", "chunks"],
)
@pytest.mark.parametrize("late", [False, True])
def test_the_deadline_is_the_limit_and_not_a_moment_less(
    site: Any, client: Any, clock: Clock, before: bytes, after: bytes, late: bool
) -> None:
    limits = http.Limits()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        clock.now += limits.seconds - (0 if late else 0.001)
        handler.wfile.write(before + after)  # at once: the client waits no longer than the clock says is left

    site.behave("/kabar/", behave)
    if late:
        assert refusal(client(limits=limits), KABAR).problem.code == "timeout"
    else:
        assert client(limits=limits).get(KABAR).body == b"isi"


@pytest.mark.parametrize(("seconds", "asked"), [(9, 4), (11, 3)])
def test_the_deadline_covers_all_hops_together(site: Any, client: Any, clock: Clock, seconds: int, asked: int) -> None:
    """Three redirects under a limit of 30 seconds."""

    def slow(target: str) -> Callable[[BaseHTTPRequestHandler], None]:
        def behave(handler: BaseHTTPRequestHandler) -> None:
            clock.now += seconds
            reply(handler, 302, {"Location": target}, b"")

        return behave

    for step in range(3):
        site.behave(f"/kabar/{step}", slow(f"/{step + 1}"))
    site.serve("/kabar/3", b"isi")
    if asked == 4:
        assert client().get(f"{KABAR}/0").body == b"isi"
    else:
        assert refusal(client(), f"{KABAR}/0").problem.code == "timeout"
    assert site.paths == [f"/kabar/{step}" for step in range(asked)]


def test_waiting_for_the_pace_is_not_counted(site: Any, client: Any, clock: Clock) -> None:
    class Slow:
        def wait(self, _host: str) -> None:
            clock.now += 2 * http.Limits().seconds

    site.serve("/kabar/", b"isi")
    assert client(pace=Slow()).get(KABAR).body == b"isi"


def test_a_pace_that_refuses_ends_the_fetch_before_anything_is_asked(site: Any, client: Any) -> None:
    class Full:
        def wait(self, host: str) -> None:
            raise domain.SourceError("paced", domain.Sentence(id=f"{host} penuh", en=f"{host} is full"))

    assert refusal(client(pace=Full()), KABAR).problem.code == "paced"
    assert site.asked == []


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-bukan\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"])
def test_what_is_no_http_is_told(site: Any, client: Any, answer: Any) -> None:
    site.behave("/kabar/", lambda handler: handler.wfile.write(answer) and None)
    assert refusal(client(), KABAR).problem.code == "unreachable"


def test_a_reset_connection_is_told(site: Any, client: Any) -> None:
    def reset(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    site.behave("/kabar/", reset)
    assert refusal(client(), KABAR).problem.code == "unreachable"


# --- names, TLS -----------------------------------------------------------------------------------


def test_a_name_that_does_not_resolve_is_told(client: Any) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    error = refusal(client(resolve=resolve), "https://tiada.example/")
    assert (error.problem.code, error.problem.permanent) == ("dns", False)


def test_a_resolver_that_hangs_does_not_hang_us(client: Any) -> None:
    left, outlasted = threading.Event(), []

    def resolve(_host: str, _port: int) -> list[str]:
        if not left.wait(PATIENCE):
            outlasted.append(True)
        return []

    error = refusal(client(resolve=resolve, limits=SHORT), "https://lambat.example/")
    assert (error.problem.code, outlasted) == ("dns", [])
    left.set()


@pytest.fixture
def listener() -> Iterator[Any]:
    """A bare listening socket on loopback; tests lead a public address to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def leading_to(listener: socket.socket) -> Callable[[str, int, float], socket.socket]:
    return lambda _address, _port, seconds: socket.create_connection(listener.getsockname(), timeout=seconds)


def test_a_server_that_speaks_no_tls_is_told(client: Any, listener: Any) -> None:
    def speak() -> None:
        connection, _peer = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    thread = threading.Thread(target=speak)
    thread.start()
    error = refusal(client(resolve=lambda _host, _port: ["93.184.216.34"], connect=leading_to(listener)), "https://aman.example/")
    thread.join()
    assert error.problem.code == "tls"


def test_a_handshake_that_never_comes_ends_at_the_deadline(client: Any, listener: Any) -> None:
    error = refusal(
        client(resolve=lambda _host, _port: ["93.184.216.34"], connect=leading_to(listener), limits=SHORT), "https://aman.example/"
    )
    assert error.problem.code == "timeout"


def test_a_public_address_is_dialled_as_resolved_and_kept(client: Any, site: Any) -> None:
    site.serve("/jalan", b"isi")
    dialled: list[tuple[str, int]] = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append((address, port))
        if address == "93.184.216.34":
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", site.port), timeout=seconds)

    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", "2606:2800:220:1::1"]

    answer = client(resolve=resolve, connect=connect).get("http://WWW.Terbuka.example/jalan")
    assert answer.final_url == "http://www.terbuka.example/jalan"
    assert answer.address == "[2606:2800:220:1::1]:80"
    assert dialled == [("93.184.216.34", 80), ("2606:2800:220:1::1", 80)]
    assert asked == ["www.terbuka.example"]
    assert site.asked[0][1]["host"] == "www.terbuka.example"


def test_a_name_is_resolved_again_at_each_hop(client: Any, site: Any) -> None:
    """A name that answers differently the second time (DNS rebinding) is refused the second time."""
    site.serve("/a", status=302, headers={"Location": "/b"})
    answers = iter((["93.184.216.34"], ["127.0.0.1"]))
    dialled: list[str] = []

    def connect(address: str, _port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        return socket.create_connection(("127.0.0.1", site.port), timeout=seconds)

    error = refusal(client(resolve=lambda _host, _port: next(answers), connect=connect), "http://berubah.example/a")
    assert error.problem.code == "private_address"
    assert dialled == ["93.184.216.34"]


def test_the_clock_is_aware_by_default(client: Any, site: Any) -> None:
    site.serve("/kabar/", b"isi")
    before = datetime.now(UTC)
    answer = client().get(KABAR)
    assert answer.requested_at.tzinfo is UTC
    assert before <= answer.requested_at <= answer.received_at <= datetime.now(UTC)


# --- secrets of ours that come back ---------------------------------------------------------------


@pytest.mark.parametrize("written", ["kunci/rahasia+0840", "kunci%2Frahasia%2B0840"])
def test_a_secret_stays_neither_in_body_headers_nor_address(site: Any, client: Any, written: str) -> None:
    site.serve(f"/kabar/lagi?t={written}", f"[{written}]".encode(), headers={"X-Next": f"<{written}>"})
    answer = client(secrets=("kunci/rahasia+0840",)).get(f"{KABAR}/lagi?t={written}")
    stars = "*" * len(written)
    assert (answer.body, answer.header("X-Next"), answer.withheld) == (f"[{stars}]".encode(), f"<{stars}>", 2)
    assert answer.hops == (answer.final_url,) == (f"{KABAR}/lagi?t={stars}",)


@pytest.mark.parametrize(("secret", "kept"), [("1234567", True), ("12345678", False)])
def test_a_secret_of_eight_letters_is_the_shortest_that_is_looked_for(site: Any, client: Any, secret: str, kept: bool) -> None:
    site.serve("/kabar/", f"a{secret}b".encode())
    answer = client(secrets=(secret,)).get(KABAR)
    assert ((secret.encode() in answer.body), answer.withheld) == (kept, 0 if kept else 1)


def test_a_secret_as_json_writes_it_is_one_too(site: Any, client: Any) -> None:
    site.serve("/kabar/", b'{"t": "a\\"bcdefg\\\\h"}')
    answer = client(secrets=('a"bcdefg\\h',)).get(KABAR)
    assert answer.body == b'{"t": "' + b"*" * 12 + b'"}'


SECRET = "kunci/rahasia+0840"


@pytest.mark.parametrize("written", [SECRET, "kunci%2Frahasia%2B0840", "kunci%2frahasia+0840"])
def test_a_redirect_with_our_secret_is_followed_as_written_and_kept_without_it(site: Any, client: Any, written: Any) -> None:
    site.serve("/kabar/awal", status=302, headers={"Location": f"/lagi?t={written}"})
    sent = f"/kabar/lagi?t={re.sub('%..', lambda found: found[0].upper(), written)}"  # as addresses write them
    site.serve(sent, b"sampai")
    answer = client(secrets=(SECRET,)).get(f"{KABAR}/awal")
    assert site.paths == ["/kabar/awal", sent]
    kept = f"{KABAR}/lagi?t={'*' * len(written)}"
    assert (answer.body, answer.final_url, answer.hops) == (b"sampai", kept, (f"{KABAR}/awal", kept))
    step, target = client(secrets=(SECRET,)).step(f"{KABAR}/awal")
    assert (step.header("Location"), target) == (f"/lagi?t={'*' * len(written)}", KABAR + sent.removeprefix("/kabar"))


@pytest.mark.parametrize("written", [SECRET, "kunci%2Frahasia%2B0840", "kunci%2frahasia+%30840"])
@pytest.mark.parametrize("ask", ["get", "step"])
def test_another_site_is_not_told_our_secret_by_a_redirect(site: Any, client: Any, written: Any, ask: str) -> None:
    site.serve("/kabar/awal", status=302, headers={"Location": f"https://t.me/lagi?t={written}"})
    with pytest.raises(domain.SourceError) as raised:
        getattr(client(secrets=(SECRET,)), ask)(f"{KABAR}/awal")
    error = raised.value
    assert (error.problem.code, site.paths) == ("bad_redirect", ["/kabar/awal"])
    assert "kredensial" in error.problem.sentence.id
    assert error.answer is not None
    assert error.answer.final_url == f"{KABAR}/awal"


def test_another_site_is_asked_where_the_redirect_holds_no_secret(site: Any, client: Any) -> None:
    site.serve("/kabar/awal", status=302, headers={"Location": "https://t.me/lagi?t=lain"})
    site.serve("/t.me/lagi?t=lain", b"sampai")
    assert client(secrets=(SECRET,)).get(f"{KABAR}/awal").body == b"sampai"


def test_an_error_does_not_quote_our_secret(site: Any, client: Any) -> None:
    site.serve("/kabar/awal", status=302, headers={"Location": f"ftp://kabar.example/lagi?t={SECRET}"})
    error = refusal(client(secrets=(SECRET,)), f"{KABAR}/awal")
    assert error.problem.code == "bad_address"
    assert "rahasia" not in f"{error.problem} {error.answer}"


@pytest.mark.parametrize("written", ["kunci%2frahasia%2b0840", "kunci\\/rahasia+0840"])
def test_a_body_writes_a_secret_in_more_ways_than_one(site: Any, client: Any, written: str) -> None:
    site.serve("/kabar/", f"[{written}]".encode())
    answer = client(secrets=(SECRET,)).get(KABAR)
    assert (answer.body, answer.withheld) == (f"[{'*' * len(written)}]".encode(), 1)


def test_two_secrets_are_both_kept_out_and_the_longer_whole(site: Any, client: Any) -> None:
    site.serve("/kabar/", b"kunci-satu-dua kunci-satu", headers={"X-Next": "kunci-satu-dua kunci-satu"})
    answer = client(secrets=("kunci-satu", "kunci-satu-dua")).get(KABAR)
    kept = f"{'*' * 14} {'*' * 10}"
    assert (answer.body, answer.header("X-Next"), answer.withheld) == (kept.encode(), kept, 4)


def test_an_address_we_asked_is_kept_without_our_secret_too(site: Any, client: Any) -> None:
    site.serve(f"/kabar/lagi?t={SECRET}", b"isi")
    answer = client(secrets=(SECRET,)).get(f"{KABAR}/lagi?t={SECRET}")
    assert answer.asked_url == f"{KABAR}/lagi?t={'*' * len(SECRET)}"


@pytest.mark.parametrize(("many", "followed"), [(2, True), (3, False)])
def test_as_many_redirects_as_allowed_and_not_one_more(site: Any, client: Any, many: int, followed: bool) -> None:
    for number in range(many):
        site.serve(f"/kabar/{number}", status=302, headers={"Location": f"/kabar/{number + 1}"})
    site.serve(f"/kabar/{many}", b"isi")
    asking = client(limits=http.Limits(redirects=2))
    if followed:
        assert len(asking.get(f"{KABAR}/0").hops) == 3
    else:
        refusal(asking, f"{KABAR}/0")
        assert site.paths == ["/kabar/0", "/kabar/1", "/kabar/2"]


def test_a_client_in_a_log_line_looks_the_same_with_secrets_and_without(client: Any) -> None:
    assert repr(client(secrets=("kunci/rahasia+0840",))) == repr(client())

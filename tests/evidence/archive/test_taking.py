"""A real Chromium before pages of loopback: what it shows is kept whole, and nothing leaves but through our client."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

from patrol import domain
from patrol.evidence import archive
from patrol.evidence.archive import browser
from patrol.sources.transport import http
from tests.evidence.archive.conftest import NOW, PAGE, Sink, Take
from tests.sources.conftest import USER_AGENT, Site, Unhurried

pytestmark = pytest.mark.browser

HTML = {"Content-Type": "text/html; charset=utf-8"}
RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


def png(colour: tuple[int, int, int]) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(kept, "PNG")
    return kept.getvalue()


def page(body: str, path: str = "/laman/p/1") -> tuple[str, bytes]:
    return path, f"<!doctype html><title>Lowongan</title><body>{body}".encode()


def records(taken: archive.Taken) -> list[tuple[str, str, str, bytes]]:
    """(type, address, status, body) of every record, in order."""
    found = []
    for one in ArchiveIterator(io.BytesIO(taken.warc), check_digests="raise"):
        status = one.http_headers.get_statuscode() if one.http_headers and one.rec_type == "response" else ""
        address = one.rec_headers.get_header("WARC-Target-URI") or ""
        found.append((one.rec_type, address, status, one.content_stream().read()))
    return found


def responses(taken: archive.Taken) -> dict[str, tuple[str, bytes]]:
    return {address: (status, body) for kind, address, status, body in records(taken) if kind == "response"}


def counted(taken: archive.Taken) -> list[tuple[int, tuple[int, ...]]]:
    """How many pixels each colour has."""
    with Image.open(io.BytesIO(taken.screenshot)) as opened:
        counts = opened.convert("RGB").getcolors(1 << 20)
    assert counts is not None
    return [(count, colour) for count, colour in counts if isinstance(colour, tuple)]


def colours(taken: archive.Taken) -> set[tuple[int, ...]]:
    return {colour for _count, colour in counted(taken)}


def told(pid: str, name: str) -> str:
    return (Path("/proc") / pid / name).read_bytes().replace(b"\0", b" ").decode()


_LOOKED_AFTER = re.compile(r"patrol\.celery|pytest")  # a worker of another test's stack, or another test process


def ours(pid: str) -> bool:
    """Whether this test process started it, or nobody looks after it: other tests preserve pages at the same time."""
    while pid not in {"0", "1", str(os.getpid())}:
        pid = told(pid, "stat").rpartition(")")[2].split()[1]
        if pid != str(os.getpid()) and pid != "0" and _LOOKED_AFTER.search(told(pid, "cmdline")):
            return False
    return True


def processes() -> list[str]:
    """Living programs of a page archive on this machine that this test process started, or that nobody looks after."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                line = told(entry.name, "cmdline")
                if ("/tmp/page-" in line or "patrol/evidence/archive/" in line) and ours(entry.name):
                    found.append(line[:80])
    return found


def test_style_picture_and_what_a_script_makes_are_in_the_archive_and_in_the_screenshot(site: Site, take: Take) -> None:
    site.serve(
        *page(
            '<link rel=stylesheet href="/gaya.css"><img src="https://gambar.example/a.png"><p id=made></p>'
            "<script>fetch('/isi.json').then(r => r.json()).then(j => { made.innerHTML = j.markup; })</script>"
        ),
        headers=HTML,
    )
    site.serve("/laman/gaya.css", b"body { background: rgb(0, 0, 255) }", headers={"Content-Type": "text/css"})
    site.serve("/gambar/a.png", png(RED), headers={"Content-Type": "image/png"})
    made = b'{"markup": "<div style=\\"width:30px;height:30px;background:rgb(0,128,0)\\"></div>"}'
    site.serve("/laman/isi.json", made, headers={"Content-Type": "application/json"})

    taken = take()

    assert (taken.final_url, taken.partial, dict(taken.refused)) == (PAGE, (), {})
    assert {RED, GREEN, BLUE} <= colours(taken)
    assert responses(taken)["https://gambar.example/a.png"] == ("200", png(RED))
    assert responses(taken)["https://laman.example/isi.json"] == ("200", made)
    assert set(responses(taken)) == {
        PAGE,
        "https://laman.example/gaya.css",
        "https://gambar.example/a.png",
        "https://laman.example/isi.json",
    }
    assert taken.requests == 4
    assert processes() == []


def test_every_record_s_digest_verifies_and_a_changed_byte_is_found(site: Site, take: Take, tmp_path: Path) -> None:
    site.serve(*page("<p>isi</p>"), headers=HTML)
    taken = take()
    kinds = [kind for kind, *_rest in records(taken)]
    assert kinds == ["warcinfo", "response", "request", "metadata"]
    whole = gzip.decompress(taken.warc)
    assert b"software: SIPatrol/test" in whole
    assert b"WARC-Date: 2026-11-24T03:00:00Z" in whole
    broken = tmp_path / "broken.warc"
    broken.write_bytes(whole.replace(b"<p>isi</p>", b"<p>isu</p>"))
    checked = []
    for name, content in (("whole", whole), ("broken", broken.read_bytes())):
        place = tmp_path / name
        place.write_bytes(content)
        with place.open("rb") as file:
            bad = [
                one for one in ArchiveIterator(file, check_digests=True) if one.content_stream().read() and not one.digest_checker.passed
            ]
        checked.append(len(bad))
    assert checked == [0, 1]


def test_redirects_are_kept_step_by_step_and_a_frame_that_moves_is_followed(site: Site, take: Take) -> None:
    site.serve("/laman/p/1", status=302, headers={"Location": "/p/2"})
    site.serve(*page('<iframe src="/lama"></iframe>', "/laman/p/2"), headers=HTML)
    site.serve("/laman/lama", status=301, headers={"Location": "/baru"})
    site.serve(*page('<body style="background:rgb(255,0,0)">', "/laman/baru"), headers=HTML)
    taken = take()
    assert taken.final_url == "https://laman.example/p/2"
    assert taken.hops == (PAGE, "https://laman.example/p/2")
    assert {address: status for address, (status, _body) in responses(taken).items()} == {
        PAGE: "302",
        "https://laman.example/p/2": "200",
        "https://laman.example/lama": "301",
        "https://laman.example/baru": "200",
    }
    assert RED in colours(taken)


# --- pages that try to get out --------------------------------------------------------------------

ESCAPES = """
<img src="http://127.0.0.1:{port}/img"><script src="http://localhost:{port}/s.js"></script>
<link rel=preconnect href="http://127.0.0.1:{port}"><link rel=dns-prefetch href="//127.0.0.1:{port}">
<iframe src="http://127.0.0.1:{port}/frame"></iframe><iframe src="http://10.0.0.1/"></iframe>
<img src="http://[::ffff:127.0.0.1]:{port}/"><img src="http://2130706433:{port}/"><img src="https://laman.example:8443/x">
<img src="http://169.254.169.254/latest/meta-data/">
<script>
  const there = "127.0.0.1:{port}";
  for (const ask of [
    () => fetch("http://" + there + "/fetch", {{mode: "no-cors"}}),
    () => fetch("/kirim", {{method: "POST", body: "isi"}}),
    () => navigator.sendBeacon("http://" + there + "/beacon", "isi"),
    () => new WebSocket("ws://" + there + "/ws"),
    () => new EventSource("http://" + there + "/events"),
    () => new Worker(URL.createObjectURL(new Blob(['new WebSocket("ws://' + there + '"); fetch("http://' + there + '")']))),
    () => {{ const rtc = new RTCPeerConnection({{iceServers: [{{urls: "stun:" + there}}, {{urls: "turn:" + there + "?transport=tcp",
             username: "a", credential: "b"}}]}});
             rtc.createDataChannel("a"); rtc.createOffer().then(o => rtc.setLocalDescription(o)); }},
    () => window.open("http://" + there + "/popup"),
    () => {{ const a = document.createElement("a"); a.href = "/unduh"; a.download = "x.exe"; document.body.append(a); a.click(); }},
    () => navigator.serviceWorker.register("/sw.js"),
    () => alert("dialog"),
    () => navigator.geolocation.getCurrentPosition(() => {{}}),
  ]) {{ try {{ const done = ask(); if (done && done.catch) done.catch(() => {{}}); }} catch (error) {{}} }}
</script>
"""


def without_the_kernel_s_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox on a kernel that keeps the network for everybody: the browser's own settings stand alone."""
    source = Path(browser._SANDBOX).read_text()
    assert "os.unshare(os.CLONE_NEWUSER" in source
    sandbox = tmp_path / "sandbox.py"
    sandbox.write_text(source.replace("os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)", "raise OSError"))
    (tmp_path / "browsing.py").symlink_to(Path(browser._SANDBOX).with_name("browsing.py"))
    monkeypatch.setattr(browser, "_SANDBOX", sandbox)


@pytest.mark.parametrize("kernel", ["the kernel helps", "the kernel does not help"])
def test_nothing_reaches_a_listener_whatever_a_page_tries(
    site: Site, take: Take, sink: Sink, kernel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kernel == "the kernel does not help":
        without_the_kernel_s_help(tmp_path, monkeypatch)
    site.serve(*page(ESCAPES.format(port=sink.port)), headers=HTML)
    taken = take()
    assert sink.came == 0
    assert taken.screenshot
    assert taken.browser["alone"] == (kernel == "the kernel helps")
    assert taken.refused["bad_address"] >= 5  # other ports, disguised numbers
    assert taken.refused["private_address"] >= 2
    assert taken.refused["method"] >= 1
    assert taken.refused["websocket"] >= 1
    assert taken.refused["popup"] >= 1
    assert [path for path in site.paths if path not in {"/laman/p/1", "/laman/unduh", "/laman/sw.js"}] == []
    assert processes() == []


def test_a_page_that_asks_for_500_files_gets_its_share(site: Site, take: Take) -> None:
    site.serve(*page("".join(f'<img src="/{n}.png">' for n in range(500))), headers=HTML)
    taken = take(limits=archive.Limits(seconds=20, quiet=2, requests=40))
    assert (taken.requests, len(site.asked)) == (40, 40)
    assert taken.refused["requests"] >= 400
    assert "requests" in taken.partial
    assert taken.screenshot


def test_bytes_of_all_files_together_have_a_limit(site: Site, take: Take) -> None:
    site.serve(*page("".join(f'<img src="/{n}.png">' for n in range(20))), headers=HTML)
    for n in range(20):
        site.serve(f"/laman/{n}.png", os.urandom(100_000), headers={"Content-Type": "image/png"})
    taken = take(limits=archive.Limits(seconds=20, quiet=2, wire_bytes=500_000))
    assert "bytes" in taken.partial
    assert 5 <= len(responses(taken)) <= 7


def test_a_stream_without_end_costs_its_limit_and_no_more(site: Site, take: Take) -> None:
    outlasted = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png")
        handler.end_headers()
        for _ in range(3_000):  # a minute, where nobody hangs up after the two seconds of the limit
            handler.wfile.write(b"x" * 1_000)
            time.sleep(0.02)
        outlasted.append(True)

    site.serve(*page('<img src="/aliran.png"><p>isi</p>'), headers=HTML)
    site.behave("/laman/aliran.png", endless)
    taken = take(client_limits=http.Limits(seconds=2))
    assert outlasted == []
    assert "cut" in taken.partial
    assert taken.screenshot


def test_a_browser_that_is_slow_to_start_takes_nothing_from_the_page_s_time(
    site: Site, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text(f'#!/bin/sh\nsleep 11\nexec "{browser.found()}" "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setattr(browser, "found", lambda: str(slow))
    site.serve(*page('<img src="/a.png">'), headers=HTML)
    site.serve("/laman/a.png", png(RED), headers={"Content-Type": "image/png"})
    taken = take(limits=archive.Limits(seconds=10, quiet=2))
    assert (taken.partial, RED in colours(taken)) == ((), True)


@pytest.mark.parametrize("script", ["for (;;) {}", "const eat = []; for (;;) eat.push(new Array(1e6).fill(eat.length))"])
def test_a_script_without_end_is_left_out_of_the_picture(site: Site, take: Take, script: str) -> None:
    words = '<p style="background:rgb(255,0,0);height:40px">isi</p>'
    site.serve(*page(words, "/laman/tenang"), headers=HTML)
    site.serve(*page(f"{words}<script>setTimeout(() => {{ {script} }}, 300)</script>"), headers=HTML)
    limits = archive.Limits(seconds=4, quiet=1)
    began = time.monotonic()
    take("https://laman.example/tenang", limits=limits)
    usual = time.monotonic() - began
    began = time.monotonic()
    taken = take(limits=limits)
    # Its own time, the spare one and ten seconds to end; beyond that what this machine takes for such a page now. The script alone
    # would go on until its processor time is used up.
    assert time.monotonic() - began < limits.seconds + archive._SPARE + 10 + usual
    assert responses(taken)[PAGE][0] == "200"
    assert "script" in taken.partial or "no_screenshot" in taken.partial
    assert processes() == []


def test_a_page_without_end_is_shown_down_to_a_limit(site: Site, take: Take) -> None:
    site.serve(*page('<div style="height:400000px;background:rgb(0,0,255)"></div>'), headers=HTML)
    taken = take(limits=archive.Limits(seconds=20, quiet=1, height=3_000))
    with Image.open(io.BytesIO(taken.screenshot)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1_366, 3_000))
    assert taken.partial == ("height",)


# --- answers of all kinds -------------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_page_that_says_no_is_kept_as_it_is(site: Site, take: Take, status: int) -> None:
    site.serve(*page("<p>tidak ada</p>"), status=status, headers=HTML)
    taken = take()
    assert taken.main.status == status
    assert responses(taken)[PAGE][0] == str(status)
    assert taken.screenshot


@pytest.mark.parametrize(("status", "code"), [(429, "rate_limited"), (503, "server_error")])
def test_a_page_that_says_later_is_asked_later(site: Site, take: Take, status: int, code: str) -> None:
    site.serve(*page(""), status=status, headers={**HTML, "Retry-After": "77"})
    with pytest.raises(domain.SourceError) as told:
        take()
    assert told.value.problem.permanent is False
    assert told.value.retry_after == 77.0
    assert code


def test_a_private_address_is_refused_for_good(take: Take) -> None:
    with pytest.raises(domain.SourceError) as told:
        take("http://10.1.2.3/")
    assert (told.value.problem.code, told.value.problem.permanent) == ("private_address", True)


def test_a_file_is_kept_without_a_picture(site: Site, take: Take) -> None:
    site.serve("/laman/p/1", b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    taken = take()
    assert (taken.partial, taken.screenshot, taken.browser) == (("no_page",), b"", {})
    assert responses(taken)[PAGE] == ("200", b"%PDF-1.7")


def test_a_door_is_told_from_a_page(site: Site, take: Take) -> None:
    site.serve("/laman/p/1", status=302, headers={"Location": "https://masuk.example/login?next=p"})
    site.serve("/masuk/login?next=p", b"<body>Masuk untuk melihat<form><input type=password></form>", headers=HTML)
    taken = take()
    assert taken.partial == ("login",)
    assert taken.final_url == "https://masuk.example/login?next=p"


def test_without_a_browser_it_says_so(site: Site) -> None:
    with pytest.raises(domain.SourceError) as told:
        archive.take(PAGE, client=http.Client(Unhurried(), USER_AGENT), browser="", program="SIPatrol/test", clock=lambda: NOW)
    assert (told.value.problem.code, told.value.problem.permanent) == ("no_browser", True)


def coloured(taken: archive.Taken) -> int:
    """How many pixels are of a colour, and not of a grey."""
    return sum(count for count, colour in counted(taken) if max(colour) - min(colour) > 100)


def test_an_emoji_is_a_picture_on_the_screenshot_and_no_empty_box(site: Site, take: Take) -> None:
    site.serve(*page("<p style='font-size: 64px'>🔥🟢🔵</p>"), headers=HTML)
    assert coloured(take()) > 3_000


def test_letters_are_of_no_colour(site: Site, take: Take) -> None:
    """The other way round, so that the count above says something."""
    site.serve(*page("<p style='font-size: 64px'>Api, hijau, biru</p>"), headers=HTML)
    assert coloured(take()) == 0

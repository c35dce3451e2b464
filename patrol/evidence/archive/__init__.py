"""One page kept as a browser shows it: every exchange in a WARC (`wacz` makes it a file that others open), and a picture of the whole.

    taken = archive.take(url, fetcher=client, limits=..., browser=browser.found(), program="SIPatrol/0.1", clock=...)

The browser has no network: what it wants it asks of us, and we ask through the one client (sources/transport/http.py), so that addresses,
sizes, times and pace are bounded as for every fetch (ADR 19). Only GET. No Django; who calls gives client and clock, and keeps what comes.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Final, Protocol

from patrol import domain
from patrol.domain import Sentence
from patrol.domain.keepable import keepable
from patrol.evidence import pictures
from patrol.evidence.archive import browser as browsers
from patrol.evidence.archive import login_walls, record
from patrol.sources.shared import refusals

NO_BROWSER: Final = Sentence(
    "Tidak ada peramban Chromium di server ini; halaman tidak dapat diarsipkan. Administrator sistem memasangnya.",
    "There is no Chromium browser on this server; pages cannot be archived. The system administrator installs it.",
)
# Why an archive is not the whole page, in words.
PARTIAL: Final[dict[str, Sentence]] = {
    "requests": Sentence(
        "Halaman meminta terlalu banyak berkas; sisanya tidak diambil.", "The page asks for too many files; the rest was not fetched."
    ),
    "bytes": Sentence("Halaman terlalu besar; sisanya tidak diambil.", "The page is too large; the rest was not fetched."),
    "seconds": Sentence("Waktu habis sebelum halaman selesai dimuat.", "Time was up before the page was loaded."),
    "cut": Sentence("Sebuah berkas terpotong pada batas ukuran.", "A file was cut off at the limit."),
    "missing": Sentence("Sebagian berkas halaman tidak dapat diambil.", "Some files of the page could not be fetched."),
    "height": Sentence("Halaman lebih panjang daripada tangkapan layarnya.", "The page is longer than its screenshot."),
    "script": Sentence(
        "Skrip halaman tidak mau selesai; tangkapan layar dibuat tanpa skrip.",
        "The page's scripts do not end; the screenshot was made without them.",
    ),
    "no_screenshot": Sentence(
        "Halaman disimpan tanpa tangkapan layar: peramban tidak dapat menampilkannya.",
        "The page was kept without a screenshot: the browser could not show it.",
    ),
    "no_page": Sentence(
        "Alamat ini bukan halaman melainkan berkas; berkasnya disimpan tanpa tangkapan layar.",
        "This address is no page but a file; the file was kept without a screenshot.",
    ),
    "login": Sentence(
        "Halaman meminta masuk (login): isinya tidak terlihat tanpa akun. Ini bukan tanda bahwa unggahan sudah hilang.",
        "The page asks for a login: its content is not seen without an account. That is no sign that the post is gone.",
    ),
}
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "image/", "")
_HOPS = 5
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_SPARE = 45.0  # seconds beyond the page's own: a start, a picture, and once more without scripts


class Client(Protocol):
    """What of sources/transport/http.py is asked here."""

    @property
    def user_agent(self) -> str: ...

    def step(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> tuple[domain.RawAnswer, str]: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost."""

    seconds: float = 60.0  # of loading, on the wall; a task must outlive it (CELERY_TASK_TIME_LIMIT)
    quiet: float = 6.0  # at most so long it is waited for silence
    requests: int = 200
    wire_bytes: int = 40_000_000  # of all bodies together
    width: int = 1_366
    height: int = 8_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What is kept of a page."""

    asked_url: str
    final_url: str
    main: domain.RawAnswer  # the page's own answer: status, headers, address
    hops: tuple[str, ...]
    warc: bytes
    screenshot: bytes  # PNG, drawn anew; b"" where there is none
    requests: int
    partial: tuple[str, ...]  # keys of PARTIAL, empty: whole
    refused: Mapping[str, int]  # what the page wanted and did not get, by code
    browser: Mapping[str, Any]  # version, sandboxed, alone; empty where none was needed
    title: str = ""  # as the page names itself


@dataclass(slots=True)
class _Visit:
    """One page on its way."""

    client: Client
    limits: Limits
    written: record.Record
    clock: Callable[[], datetime]
    ends: float
    requests: int = 0
    size: int = 0
    refused: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    known: dict[str, domain.RawAnswer] = field(default_factory=dict)  # each address is asked once

    def get(self, url: str, headers: Mapping[str, str]) -> tuple[domain.RawAnswer, tuple[str, ...]]:
        """The answer behind all redirects, and the addresses walked through. Raises SourceError, _NoMoreError."""
        hops = [url]
        while True:
            current = hops[-1]
            if current in self.known:
                return self.known[current], tuple(hops)
            self._spend()
            try:
                answer, target = self.client.step(current, headers=headers)
            except domain.SourceError as error:
                self._refuse(current, error.problem.code)
                if error.answer is None:
                    raise
                answer, target = error.answer, ""  # cut off at a limit: what came is kept
                self.part("cut")
            self.size += len(answer.body)
            self.written.exchange(answer)
            if answer.truncated:
                self.part("cut")
            if not target:
                self.known[current] = answer
                return answer, tuple(hops)
            if target in hops or len(hops) > _HOPS:
                self._refuse(current, "redirect_loop")
                raise _NoMoreError("redirect_loop")
            hops.append(target)

    def _spend(self) -> None:
        """Raises _NoMoreError where the page has had its share."""
        for code, spent in (
            ("requests", self.requests >= self.limits.requests),
            ("bytes", self.size >= self.limits.wire_bytes),
            ("seconds", time.monotonic() > self.ends),
        ):
            if spent:
                self.part(code)
                raise _NoMoreError(code)
        self.requests += 1

    def _refuse(self, url: str, code: str) -> None:
        self.refused.append(code)
        self.written.note(url, {"refused": code}, self.clock())

    def part(self, code: str) -> None:
        """Says why the archive is not the whole page."""
        if code not in self.partial:
            self.partial.append(code)

    def serve(self, asked: Mapping[str, Any], browser: browsers.Browser) -> None:
        """One request of the browser. Whatever it asks for is an address of a stranger's page."""
        number, url = asked["ask"], str(asked.get("url", "")).partition("#")[0]
        kind = str(asked.get("type", ""))
        headers = {str(k).title(): str(v)[:1_000] for k, v in dict(asked.get("headers") or {}).items() if _plain(str(v))}
        try:
            answer, hops = self.get(url, headers)
        except _NoMoreError as no_more:
            self.refused.append(str(no_more))
            browser.say({"answer": number, "abort": True})
            return
        except domain.SourceError:
            self.part("missing")
            browser.say({"answer": number, "abort": True})
            return
        if kind == "document" and len(hops) > 1:
            # A redirect given to the browser would be followed past us. The page goes there by itself, and finds it fetched.
            there = escape(hops[-1], quote=True)
            body = f'<!doctype html><meta http-equiv="refresh" content="0;url={there}">'.encode()
            browser.say({"answer": number, "status": 200, "headers": [["Content-Type", "text/html; charset=utf-8"]]}, body)
            return
        browser.say({"answer": number, "status": answer.status, "headers": [list(h) for h in answer.headers]}, answer.body)


class _NoMoreError(Exception):
    """The page has had its share, or goes in circles. Says the code."""


def take(url: str, *, client: Client, browser: str, program: str, clock: Callable[[], datetime], limits: Limits = Limits()) -> Taken:
    """Keeps one page. Bounded in time by `limits.seconds` and 45 seconds more.

    Raises SourceError where the page itself cannot be fetched (address refused, host away, told to come later) and where there is no
    browser ("no_browser", permanent). A page that answers 401, 403, 404 or 410 is kept as it is.
    """
    if not browser:
        raise domain.SourceError("no_browser", NO_BROWSER, permanent=True)
    started = time.monotonic()
    written = record.Record(program, {"robots": "ignored", "http-header-user-agent": client.user_agent})
    visit = _Visit(client, limits, written, clock, started + limits.seconds)
    try:
        main, hops = visit.get(url, {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "id,en;q=0.7"})
    except _NoMoreError as circle:
        raise domain.SourceError(str(circle), PARTIAL["no_screenshot"], permanent=True) from None
    if main.status in _LATER:
        raise _come_later(main)
    final, shown, picture, about = main.final_url, dict[str, Any](), b"", dict[str, Any]()
    kind = main.header("Content-Type").partition(";")[0].strip().lower()
    if kind.startswith(_PAGES[:-1]) or not kind:
        shown, picture, about = _shown(visit, final, browser)
        final = str(shown.get("url") or final)
        picture = _redrawn(visit, picture)
        if int(shown.get("height") or 0) > limits.height:
            visit.part("height")
        if shown.get("scripts") is False:
            visit.part("script")
        if login_walls.asks_for_login(final, str(shown.get("words", "")), int(shown.get("passwords") or 0)):
            visit.part("login")
    else:
        visit.part("no_page")
    refused = dict(Counter(visit.refused))
    told = {
        "final-url": final,
        "title": str(shown.get("title", "")),
        "partial": " ".join(visit.partial),
        "refused": json.dumps(refused),
        "browser": json.dumps(about),
    }
    written.note(main.final_url, told, clock())
    return Taken(
        asked_url=url,
        final_url=final,
        main=main,
        hops=hops,
        warc=written.content(),
        screenshot=picture,
        requests=visit.requests,
        partial=tuple(visit.partial),
        refused=refused,
        browser=about,
        title=keepable(told["title"]),
    )


def _come_later(main: domain.RawAnswer) -> domain.SourceError:
    try:
        refusals.unless_refused(main)
    except domain.SourceError as error:
        return error
    raise AssertionError(main.status)


def _shown(visit: _Visit, url: str, browser: str) -> tuple[dict[str, Any], bytes, dict[str, Any]]:
    """What the browser says of the page, its picture, and which browser it was. Empty where it broke: the WARC stands by itself."""
    limits, about = visit.limits, dict[str, Any]()
    seconds = max(1.0, visit.ends - time.monotonic())
    order = {
        "url": url,
        "browser": browser,
        "agent": visit.client.user_agent,
        "width": limits.width,
        "height": limits.height,
        "seconds": seconds,
        "quiet": limits.quiet,
    }
    loading = False  # the page's own time runs; a start is paid from the spare one, or a busy machine would leave the page none
    try:
        with browsers.opened(seconds + _SPARE) as opened:
            opened.say(order)
            while True:
                if loading and time.monotonic() > visit.ends:
                    opened.say({"enough": True})
                    visit.part("seconds")
                    loading = False
                heard = opened.hear(visit.ends if loading else opened.ends)
                if heard is None:
                    continue
                said, body = heard
                if "ask" in said:
                    visit.serve(said, opened)
                elif "refused" in said:
                    visit.refused.append(str(said["refused"])[:40])
                elif "started" in said:
                    about = dict(said["started"])
                    visit.ends, loading = time.monotonic() + seconds, True
                elif "shown" in said:
                    return dict(said["shown"]), body, about
    except (browsers.GoneError, LookupError, TypeError, ValueError):
        return {}, b"", about


def _redrawn(visit: _Visit, picture: bytes) -> bytes:
    """The screenshot drawn anew, as every picture that somebody else had a hand in. b"" and told where there is none."""
    try:
        return pictures.redrawn(picture)
    except pictures.UnreadableError:
        visit.part("no_screenshot")
        return b""


def _plain(value: str) -> bool:
    return value.isascii() and value.isprintable()

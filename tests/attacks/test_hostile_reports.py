"""Reports of hostile strangers are kept as text or refused: nothing else changes, nothing of them runs, and the desk answers on.

HOSTILE_REPORTS says how many (`make soak` sends 10,000); nine tenths of them as if there were no limits, the last tenth with them.
"""

from __future__ import annotations

import gc
import html
import io
import itertools
import logging
import os
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import translation

from patrol import models
from patrol.infra.copying import keepable
from patrol.intake.tips import drafts, receipts
from patrol.public import limits
from tests import factories
from tests.conftest import SUPERUSER_URL
from tests.evidence.pictures import hostile
from tests.public.conftest import caller
from tests.public.test_report import field, number_of

TURNS: Final = int(os.environ.get("HOSTILE_REPORTS", "20"))
OF_ONE: Final = 8  # reports that one address sends at once where the limits are on: more than it may
LIMITED: Final = max(TURNS // 10, 2 * OF_ONE) // OF_ONE * OF_ONE
PICTURES: Final = 3 + TURNS // 40  # each opens a child: a third of a second
MEGABYTES: Final = 64  # that the process may grow after its first tenth
WORDS: Final = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)><svg onload=alert(1)>",
    "\"><script>alert(1)</script>'-alert(1)-'",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{ 7191*7191 }}{% debug %}${7191*7191}#{7191*7191}",
    "'; DROP TABLE patrol_tip; --",
    "\x00\x01\x02\ufffe\ufffd \u202e \ufdfd" + "a\u0301" * 400,
    "../../etc/passwd\0.jpg",
    "%s%n%(x)s {0} {0.__class__}",
    "https://[::1]:1/ javascript:alert(1) data:text/html,<b>",
    "\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "𝟎𝟖𝟏𝟐" * 900,
    "\u0e33\u0301\u200d\u2066" * 700,
    "<!--#exec cmd='id'--><?php echo 7191*7191 ?>",
)
# What none of the pages that answer may hold: a mark of ours as it was sent, or what a template would make of it.
RAW: Final = (b"<script>alert(1)", b"<img src=x", b"<svg onload", b"data:text/html,<b>", b"<!--#exec", b"<?php", b"51710481", b"<1>")
BROKEN: Final[tuple[tuple[str, bytes, str], ...]] = (
    ("POST", b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    ("POST", b"--x\r\n" * 2_000, "multipart/form-data; boundary=x"),
    ("POST", b"carried", "multipart/form-data"),
    ("POST", b'{"step": "3", "go": "send"}', "application/json"),
    ("POST", b"step=3&go=send&carried=%ff%fe%00&words=%c3%28", "application/x-www-form-urlencoded"),
    ("POST", b"&".join(b"f%d=1" % number for number in range(5_000)), "application/x-www-form-urlencoded"),
    ("POST", b"carried=" + b"A" * 200_000, "application/x-www-form-urlencoded"),
    ("POST", b"step=3&go=send&carried=x", "application/x-www-form-urlencoded; charset=utf-7"),
    ("POST", b"words=" + b"a" * (drafts.BODY + 1), "application/x-www-form-urlencoded"),
    ("PUT", b"x", "text/plain"),
    ("DELETE", b"", "text/plain"),
    ("PATCH", b"\x00", "application/octet-stream"),
)


def polyglots() -> Iterator[bytes]:
    """Pictures that are something else besides."""
    page = b"<html><script>alert(1)</script></html>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr("a", bytes(20_000_000))
    for form in hostile.FORMATS:
        yield hostile.picture((320, 240), form) + page
    yield hostile.picture((320, 240), "JPEG") + packed.getvalue()
    good = hostile.picture((320, 240), "JPEG")
    yield good[:2] + b"\xff\xfe" + (len(page) + 2).to_bytes(2) + page + good[2:]  # as its comment
    yield hostile.picture((320, 240), "GIF").replace(b"GIF89a", b"GIF89a/*", 1)


def bodies() -> Iterator[bytes]:
    first = ("bomb", "comment that unpacks", "cut off")
    yield from itertools.islice(polyglots(), 1)
    yield from (hostile.REFUSED[name][0] for name in first)
    yield from itertools.islice(polyglots(), 1, None)
    yield from (body for name, (body, _code) in hostile.REFUSED.items() if name not in first)
    yield from hostile.bodies(TURNS)


def tables() -> dict[str, tuple[int, str]]:
    """Of each table how many rows it has, and a digest of all of them."""
    line = psycopg2.connect(SUPERUSER_URL, dbname=connection.settings_dict["NAME"])
    with line, line.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        names = [name for (name,) in cursor.fetchall()]
        told = "SELECT '{0}', count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {0} t"
        cursor.execute(" UNION ALL ".join(told.format(name) for name in names))
        found = {name: (count, digest) for name, count, digest in cursor.fetchall()}
    line.close()
    return found


def harmless(answer: Any) -> Any:
    """The answer, once nothing that was sent stands in it but as text."""
    assert [one for one in RAW if one in answer.content] == []
    assert (len(answer.cookies), "a=b" in str(answer.headers), "script-src" in answer.headers["Content-Security-Policy"]) == (
        0,
        False,
        True,
    )
    return answer


class Stranger:
    """Sends reports through the pages; a form's first page serves for many, as long as it lasts."""

    def __init__(self) -> None:
        self.client = Client(REMOTE_ADDR=caller())
        self.told: Counter[str] = Counter()
        self._forms: dict[str, tuple[float, str]] = {}

    def form(self, path: str) -> str:
        """A new report begins with a form of its own: its key makes the number."""
        at, sealed = self._forms.get(path, (0.0, ""))
        if path.endswith("/lapor/") or time.monotonic() - at > 300:
            sealed = field(self.client.get(path))
            self._forms[path] = time.monotonic(), sealed
        return sealed

    def post(self, path: str, carried: str, **sent: Any) -> Any:
        return harmless(self.client.post(path, {"carried": carried, **sent}))

    def third(self, word: str, said: str, *, door: str, picture: bytes | None = None) -> Any:
        """The last step of the form."""
        first = {"step": "1", "go": "2", "kind": "advert", "words": said, "since": word, "danger": "<1>"}
        page = self.post(door, self.form(door), **first)
        second = {"step": "2", "go": "3", "where": f"Bandung {word}"[:300], "when": word}
        if picture is not None:
            page = self.post(door, field(page), **second, pictures=[SimpleUploadedFile(f"{word[:20]}.jpg", picture)])
            refused = b'role="alert"' in page.content
            self.told["pictures refused" if refused else "pictures"] += 1
        if picture is None or refused:
            page = self.post(door, field(page), **second)
        return page

    def turn(self, number: int, word: str, picture: bytes | None = None) -> None:
        """A report and what hostile hands do around it; every tenth is one that was sent before."""
        repeats = number % 10 == 9
        door = "/en/lapor/" if number % 3 == 2 else "/lapor/"
        page = self.third(word, word if repeats else f"{word} {number}", door=door, picture=picture)
        send = {"step": "3", "go": "send", "reach": "1", "contact": word}
        sent = self.post(door, field(page), **send)
        assert sent.status_code == 200, word
        receipt = number_of(sent)
        if repeats:
            assert number_of(self.post(door, field(page), **send)) == receipt  # pressed twice
        status = "/lapor/status/"
        carried = self.form(status)
        match number % 5:
            case 0:
                answer = self.post("/lapor/", word, step=word, go=word)
            case 1:
                answer = self.post(status, carried, number=word)
            case 2:
                answer = self.post(status, field(page), go="reply", text=word)  # of another form: opens nothing
            case 3:
                answer = self.post("/lapor/", self.form("/lapor/"), step="1", go="2", kind="advert", words=word + "x" * 5_001)
            case _:
                method, body, kind = BROKEN[number // 5 % len(BROKEN)]
                answer = harmless(self.client.generic(method, ("/lapor/", status)[number // 5 % 2], body, content_type=kind))
        assert answer.status_code < 500, word
        self.told[f"answered {answer.status_code}"] += 1
        opened = self.post(status, carried, number=receipt)
        said = self.post(status, field(opened), go="reply", text=f"{word[:2900]} {number}")
        assert (opened.status_code, said.status_code) == (200, 200)
        self.told["reports"] += 1

    def limited(self, number: int, word: str) -> None:
        page = self.third(word, f"{word} dengan batas {number}", door="/lapor/")
        answer = self.post("/lapor/", field(page), step="3", go="send")
        self.told["let in" if answer.status_code == 200 else f"refused {answer.status_code}"] += 1
        if answer.status_code == 200:
            assert receipts.read(number_of(answer))
        else:
            assert int(answer["Retry-After"]) >= limits.SHORTEST


def megabytes() -> int:
    """What the process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


@pytest.mark.usefixtures("committed")
def test_hostile_reports_are_kept_as_text_and_change_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PUBLIC_DESK = "1"
    monkeypatch.setattr(limits, "SECONDS", 30)  # a broker under load: asked too briefly it lets everybody in
    caplog.set_level(logging.CRITICAL, "django")  # pytest keeps each line, and with it the request it is about: bodies of 12 MB
    translation.activate("id")
    factories.offices()
    officer = factories.person()
    monkeypatch.setattr(receipts, "COST", 2)
    before, began, at_first = tables(), time.process_time(), 0
    stranger, pictures, free = Stranger(), bodies(), max(TURNS - LIMITED, 20)
    with monkeypatch.context() as unlimited:
        unlimited.setattr(limits, "turn", lambda *_args, **_named: limits.Turn())
        for number in range(free):
            with_picture = number % (free // PICTURES) == 0 and number // (free // PICTURES) < PICTURES
            stranger.turn(number, WORDS[number % len(WORDS)], next(pictures) if with_picture else None)
            if number == free // 10:
                at_first = megabytes()
    grown, told = megabytes() - at_first, stranger.told
    for first in range(0, LIMITED, OF_ONE):
        stranger, asked = Stranger(), time.monotonic()
        for number in range(first, first + OF_ONE):
            stranger.limited(number, WORDS[number % len(WORDS)])
        more = (time.monotonic() - asked) / limits.LIMITS["report"].address.seconds  # that came while they were sent
        assert limits.LIMITS["report"].address.burst <= stranger.told["let in"] <= limits.LIMITS["report"].address.burst + more
        told += stranger.told

    after = tables()
    made = told["reports"] + told["let in"]
    grew = {name: after[name][0] - before[name][0] for name in after if after[name] != before[name]}
    assert grew == {
        "patrol_tip": made,
        "patrol_tipevent": made + told["reports"],
        "patrol_tipmessage": told["reports"],
        "patrol_tippicture": told["pictures"],
        "patrol_tipidentity": told["reports"],
    }
    assert (told["reports"], told["let in"] + told["refused 429"], told["pictures"] + told["pictures refused"]) == (free, LIMITED, PICTURES)
    assert (told["pictures"] > 0, told["pictures refused"] > 0, told["refused 429"] > 0) == (True, True, True)
    assert [name for name in told if name.startswith("answered 5")] == []
    repeated = {keepable(WORDS[number % len(WORDS)]).strip() for number in range(9, free, 10)}
    for words in repeated:  # one item, and nobody is in danger by a word of theirs
        assert models.Tip.objects.filter(words=words, same_as=None).count() <= 1
    assert models.Tip.objects.filter(danger=True).count() == models.Tip.objects.exclude(since="").count() == 0
    for content in models.TipPicture.objects.values_list("content", flat=True):
        assert (bytes(content)[:3], b"<script" in bytes(content), b"PK\x03\x04" in bytes(content)) == (b"\xff\xd8\xff", False, False)
    assert grown < MEGABYTES

    desk = Client(REMOTE_ADDR=caller())  # answers whoever comes now, with the limits on
    assert {desk.get(f"{tongue}/{door}").status_code for tongue in ("", "/en") for door in ("cek/", "lapor/", "pelajari/")} == {200}
    honest = Stranger()
    sent = honest.post("/lapor/", field(honest.third("Bandung", "Dijanjikan bekerja di kapal", door="/lapor/")), step="3", go="send")
    shown = honest.post("/lapor/status/", honest.form("/lapor/status/"), number=number_of(sent))
    assert b"Dijanjikan bekerja di kapal" in shown.content
    desk.force_login(officer)
    pages = [desk.get(f"/kerja/patrol/tip/?state={state}") for state in ("", "all")]
    for tip in models.Tip.objects.order_by("-id")[: len(WORDS)]:
        pages += [desk.get(f"/kerja/patrol/tip/{tip.pk}/"), desk.post(f"/kerja/patrol/tip/{tip.pk}/baca/")]
        assert html.escape(" ".join(tip.words.split())[:12]) in " ".join(pages[-1].content.decode().split())
    assert [(page.status_code, [one for one in RAW if one in page.content]) for page in pages] == [(200, [])] * len(pages)
    print(f"{dict(told)}; the process grew by {grown} MB and took {time.process_time() - began:.0f} s of a processor")

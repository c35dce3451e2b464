"""The WARC itself: what a server writes into its headers breaks no record, and what was cut off says so."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from patrol.evidence.archive import record
from tests import factories

WORDS = st.text(max_size=30)


def read(content: bytes) -> list[Any]:
    return [
        (one.rec_type, one.rec_headers, one.http_headers, one.content_stream().read())
        for one in ArchiveIterator(io.BytesIO(content), check_digests="raise")
    ]


def test_what_was_cut_off_says_so_and_where_it_came_from_is_told() -> None:
    written = record.Record("SIPatrol/test", {})
    written.exchange(factories.answer(b"setengah", truncated=True, address="192.0.2.10:443"))
    written.exchange(factories.answer(b"utuh", address="[2001:db8::7]:443", status=799))
    _info, first, _asked, second, _asked2 = read(written.content())
    assert first[1].get_header("WARC-Truncated") == "length"
    assert first[1].get_header("WARC-IP-Address") == "192.0.2.10"
    assert second[1].get_header("WARC-Truncated") is None
    assert second[1].get_header("WARC-IP-Address") == "2001:db8::7"
    assert second[2].statusline == "799 Unknown"


def test_headers_of_the_wire_are_kept_under_another_name() -> None:
    written = record.Record("SIPatrol/test", {})
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "3"), ("X-Lain", "a\r\nSet-Cookie: b"))
    written.exchange(factories.answer(b"terbuka", headers=headers))
    response = read(written.content())[1]
    assert response[2].headers == [
        ("x-archive-orig-Content-Encoding", "gzip"),
        ("x-archive-orig-Content-Length", "3"),
        ("X-Lain", "a Set-Cookie: b"),
        ("Content-Length", "7"),
    ]


@given(st.binary(max_size=200), st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,12}", fullmatch=True), WORDS), max_size=4), WORDS)
def test_anything_a_server_sends_comes_back_byte_for_byte(body: bytes, headers: list[tuple[str, str]], note: str) -> None:
    written = record.Record("SIPatrol/test", {"about": note})
    written.exchange(factories.answer(body, headers=tuple(headers)))
    written.note("https://laman.example/", {"refused": note}, factories.NOW)
    found = read(written.content())
    assert [kind for kind, *_rest in found] == ["warcinfo", "response", "request", "metadata"]
    assert found[1][3] == body

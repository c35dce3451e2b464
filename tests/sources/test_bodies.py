"""The limits of a body to the byte: what is just within them is whole, one more is refused and what came is kept."""

from __future__ import annotations

import gzip
import io
import time

import pytest
import urllib3

from patrol.sources.transport import bodies, http

FAR = float("inf")
MANY = 64 * 1024  # bytes of one step


def answer(body: bytes, encoding: str | None = None) -> urllib3.HTTPResponse:
    headers = {} if encoding is None else {"Content-Encoding": encoding}
    return urllib3.HTTPResponse(io.BytesIO(body), headers=headers, preload_content=False)


def read(body: bytes, encoding: str | None = None, *, deadline: float = FAR, **limits: int) -> tuple[int, bool, str]:
    """How many bytes are kept, whether they are less than all, and why it was refused."""
    found = bodies.read(answer(body, encoding), deadline, http.Limits(**limits))
    return len(found.content), found.truncated, found.refusal


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_a_plain_body_is_as_it_came(encoding: str | None) -> None:
    found = bodies.read(answer(b"\0isi\xff", encoding), FAR, http.Limits())
    assert found == bodies.Body(b"\0isi\xff")


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_a_compressed_body_is_undone(encoding: str) -> None:
    found = bodies.read(answer(gzip.compress(b"isi"), encoding), FAR, http.Limits())
    assert found == bodies.Body(b"isi")


def test_received_bytes_to_the_byte() -> None:
    assert read(b"x" * 1000, wire_bytes=1000) == (1000, False, "")
    assert read(b"x" * 1001, wire_bytes=1000) == (1001, True, "too_large")
    # also of a body that fits its limit when it is undone
    compressed = gzip.compress(b"")
    assert read(compressed, "gzip", wire_bytes=len(compressed)) == (0, False, "")
    assert read(compressed, "gzip", wire_bytes=len(compressed) - 1) == (0, True, "too_large")


def test_received_bytes_are_counted_over_all_pieces() -> None:
    whole = b"x" * (3 * MANY)
    assert read(whole, wire_bytes=3 * MANY) == (3 * MANY, False, "")
    assert read(whole, wire_bytes=3 * MANY - 1) == (3 * MANY, True, "too_large")
    assert read(whole, wire_bytes=MANY + 1) == (2 * MANY, True, "too_large")  # and no further piece is asked for


def test_decoded_bytes_to_the_byte() -> None:
    body = gzip.compress(bytes(5000))
    assert read(body, "gzip", decoded_bytes=5000) == (5000, False, "")
    assert read(body, "gzip", decoded_bytes=4999) == (5000, True, "too_large")


def test_a_large_one_is_undone_no_further_than_one_step_behind_its_limit() -> None:
    body = gzip.compress(bytes(20 * MANY))
    assert read(body, "gzip", decoded_bytes=3 * MANY, ratio=10**6) == (4 * MANY, True, "too_large")
    assert read(body, "gzip", decoded_bytes=20 * MANY, ratio=10**6) == (20 * MANY, False, "")


def padded(decoded: int, received: int) -> bytes:
    """A compressed body of so many bytes on the way: zeros behind the last member mean nothing."""
    body = gzip.compress(bytes(decoded))
    assert len(body) <= received
    return body + bytes(received - len(body))


def test_the_ratio_to_the_byte() -> None:
    limits = {"ratio": 100, "ratio_from": 1000}
    assert read(padded(50_000, 500), "gzip", **limits) == (50_000, False, "")
    assert read(padded(50_000, 499), "gzip", **limits) == (50_000, True, "too_large")
    assert read(padded(49_900, 499), "gzip", **limits) == (49_900, False, "")


def test_the_ratio_of_a_small_body_is_not_looked_at() -> None:
    assert read(padded(50_000, 100), "gzip", ratio=2, ratio_from=50_000) == (50_000, False, "")
    assert read(padded(50_000, 100), "gzip", ratio=2, ratio_from=49_999) == (50_000, True, "too_large")
    assert read(padded(201, 100), "gzip", ratio=2, ratio_from=0) == (201, True, "too_large")
    assert read(padded(200, 100), "gzip", ratio=2, ratio_from=0) == (200, False, "")


def test_without_a_limit_named_a_megabyte_may_be_small_on_the_way_and_more_may_not() -> None:
    usual = http.Limits()
    assert (usual.wire_bytes, usual.decoded_bytes, usual.ratio, usual.ratio_from) == (2**23, 2**25, 100, 2**20)
    assert read(gzip.compress(bytes(2**20)), "gzip") == (2**20, False, "")
    assert read(gzip.compress(bytes(2**20 + 1)), "gzip") == (2**20 + 1, True, "too_large")


def test_several_members_and_zeros_behind_them_are_one_body() -> None:
    parts = gzip.compress(b"satu ") + gzip.compress(b"dua")
    assert bodies.read(answer(parts + bytes(9), "gzip"), FAR, http.Limits()) == bodies.Body(b"satu dua")


@pytest.mark.parametrize("behind", [b"lagi", b"\0lagi"])
def test_what_is_behind_the_last_member_and_is_none_is_refused_and_what_came_before_is_kept(behind: bytes) -> None:
    found = bodies.read(answer(gzip.compress(b"satu") + behind, "gzip"), FAR, http.Limits())
    assert found == bodies.Body(b"satu", truncated=True, refusal="bad_encoding")


def test_half_a_member_is_kept_and_flagged_and_no_body_is_whole() -> None:
    body = gzip.compress(b"isi")
    assert read(body[:-1], "gzip") == (3, True, "")
    assert read(b"", "gzip") == (0, False, "")


@pytest.mark.parametrize(("sent", "kept"), [(0, 0), (MANY - 1, MANY - 1), (MANY, MANY), (MANY + 1, MANY)])
def test_of_an_encoding_nobody_asked_for_the_beginning_is_kept(sent: int, kept: int) -> None:
    assert read(b"x" * sent, "br") == (kept, True, "bad_encoding")


def test_behind_the_deadline_nothing_more_is_read() -> None:
    over = time.monotonic()
    assert read(b"isi", deadline=over) == (0, True, "timeout")
    assert read(b"isi", "br", deadline=over) == (0, True, "bad_encoding")

"""What the extension may send, and the one sentence for each fault."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol.infra.refusals import RefusedError
from patrol.intake import sent
from tests.factories import NOW
from tests.intake import sending


def fault(value: Any) -> tuple[str, str, str]:
    with pytest.raises(RefusedError) as refused:
        sent.read(value if isinstance(value, bytes) else sending.written(value), now=NOW)
    error = refused.value
    return error.code, error.place, error.said("en")


def test_a_whole_capture_is_read() -> None:
    picture = sending.png()
    comments = [sending.comment(links=["https://wa.me/6284055500042"])]
    value = sending.capture(picture=picture, comments=comments, note="Dari grup", corrected=["author"], read={"author": "x"})
    read = sent.read(sending.written(value), now=NOW)
    assert str(read.key) == value["key"]
    assert read.post.posted_at == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert (read.platform, read.post.author, read.note, read.corrected) == ("facebook", "calo.contoh", "Dari grup", ("author",))
    assert read.comments[0].links == ("https://wa.me/6284055500042",)
    assert read.comments[0].posted_at is None
    assert read.screenshot is not None
    assert (read.screenshot.width, read.screenshot.height, read.screenshot.complete) == (120, 90, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"format": "sipatrol-capture/2"},
            ("capture.format", "format", "This extension does not match the server's version of SIPatrol. Update the extension."),
        ),
        ({"key": "satu"}, ("capture.shape", "key", "key: is no UUID.")),
        ({"platform": "friendster"}, ("capture.shape", "platform", "platform: is not known.")),
        ({"captured_at": ""}, ("capture.shape", "captured_at", "captured_at: is empty.")),
        ({"captured_at": "2026-11-22T09:30:00"}, ("capture.shape", "captured_at", "captured_at: is no time with its zone (ISO 8601).")),
        (
            {"captured_at": (NOW + timedelta(hours=1)).isoformat()},
            ("capture.clock", "captured_at", "This computer's clock is fast. Set it right, then capture again."),
        ),
        ({"extra": 1}, ("capture.shape", "extra", "extra: is not known here.")),
        ({"page": {"url": "javascript:alert(1)", "title": ""}}, ("capture.shape", "page.url", "page.url: is no web address.")),
        ({"page": []}, ("capture.shape", "page", "page: must be an object.")),
        ({"post": sending.post(text=" ")}, ("capture.shape", "post.text", "post.text: is empty, and there is no picture or link.")),
        ({"post": sending.post(text=7)}, ("capture.shape", "post.text", "post.text: must be text.")),
        ({"post": sending.post(text="x" * 100_001)}, ("capture.shape", "post.text", "post.text: is longer than 100000 characters.")),
        ({"post": sending.post(likes=3)}, ("capture.shape", "post.likes", "post.likes: is not known here.")),
        ({"comments": {}}, ("capture.shape", "comments", "comments: must be a list.")),
        ({"comments": [sending.comment()] * 501}, ("capture.shape", "comments", "comments: holds more than 500 entries.")),
        ({"comments": [sending.comment(links=[1])]}, ("capture.shape", "comments[0].links[0]", "comments[0].links[0]: is no address.")),
        ({"corrected": ["Text!"]}, ("capture.shape", "corrected[0]", "corrected[0]: is no name of a field.")),
        ({"read": []}, ("capture.shape", "read", "read: must be an object.")),
        (
            {"screenshot": {"sha256": "00", "width": 1, "height": 1, "complete": True}},
            ("capture.shape", "screenshot.sha256", "screenshot.sha256: is no SHA-256 hash."),
        ),
        (
            {"screenshot": {"sha256": "0" * 64, "width": True, "height": 1, "complete": True}},
            ("capture.shape", "screenshot", "screenshot: width and height must be whole numbers."),
        ),
    ],
)
def test_each_fault_has_one_sentence(change: dict[str, Any], said: tuple[str, str, str]) -> None:
    assert fault(sending.capture() | change) == said


@pytest.mark.parametrize("member", sorted(sending.capture()))
def test_nothing_may_be_missing(member: str) -> None:
    value = sending.capture()
    del value[member]
    assert fault(value) == ("capture.shape", member, f"{member}: is missing.")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"format": NaN}'])
def test_what_is_no_json(body: bytes) -> None:
    assert fault(body) == ("capture.json", "", "This capture is not complete JSON.")


@pytest.mark.parametrize("body", [b"[1]", b"null", b'"x"'])
def test_what_is_no_capture_at_all(body: bytes) -> None:
    assert fault(body) == ("capture.shape", "rekaman", "rekaman: must be an object.")


def test_a_capture_that_is_too_large() -> None:
    assert fault(b" " * (sent.MAX_JSON + 1))[0] == "capture.text_too_large"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a loaded machine draws slowly
@given(member=st.sampled_from(sorted(sending.capture())), value=json_values)
def test_whatever_stands_in_a_member_it_is_read_or_refused_with_a_sentence(member: str, value: Any) -> None:
    try:
        sent.read(json.dumps(sending.capture() | {member: value}).encode(), now=NOW)
    except RefusedError as error:
        assert all((error.said("id"), error.said("en")))  # noqa: PT017 -- both ways are right

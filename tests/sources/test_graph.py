from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.sources import facebook
from patrol.sources.shared import graph
from tests.sources import meta

TITLE = domain.Sentence(id="Facebook", en="Facebook")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def refused(body: object, *, status: int = 400, headers: tuple[tuple[str, str], ...] = ()) -> domain.SourceError:
    platform = meta.Meta()
    platform.served["loker.contoh/feed"] = body
    platform.statuses["loker.contoh/feed"] = status
    platform.headers = headers
    return meta.refusal(lambda: facebook.fetch(meta.ask("loker.contoh"), platform))


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "subcode", "known_as", "permanent"),
    [
        (190, 0, "credentials_refused", True),
        (190, 463, "credentials_refused", True),
        (190, 467, "credentials_refused", True),
        (102, 0, "credentials_refused", True),
        (4, 0, "too_many", False),
        (17, 0, "too_many", False),
        (32, 0, "too_many", False),
        (613, 0, "too_many", False),
        (80001, 0, "too_many", False),
        (18, 0, "too_many", False),
        (10, 0, "right_missing", True),
        (200, 0, "right_missing", True),
        (299, 0, "right_missing", True),
        (1, 0, "platform_error", False),
        (2, 0, "platform_error", False),
        (100, 33, "not_found", True),
        (803, 0, "not_found", True),
        (100, 0, "client_error", True),
        (300, 0, "client_error", True),
        (0, 0, "client_error", True),
    ],
)
def test_a_refusal_is_told_by_its_code(code: int, subcode: int, known_as: str, permanent: bool) -> None:
    for status in (200, 400, 403, 500):
        error = refused(meta.error(code, subcode), status=status)
        assert (error.problem.code, error.problem.permanent) == (known_as, permanent)
        assert error.answer is not None
        assert meta.TOKEN not in error.problem.sentence.id + error.problem.sentence.en + str(error)


def test_an_expired_token_is_told_from_a_revoked_one() -> None:
    expired, revoked = refused(meta.error(190, 463)).problem, refused(meta.error(190)).problem
    assert "masa berlakunya habis. Buat" in expired.sentence.id
    assert "dicabut, diubah, atau tidak sah. Buat" in revoked.sentence.id
    assert (expired.told, revoked.told) == ("HTTP 400, 190/463", "HTTP 400, 190")  # beside the sentence, not in it


def test_what_meta_calls_passing_is_tried_again() -> None:
    assert refused(meta.error(368000, is_transient=True)).problem.code == "platform_error"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((), 3600.0),
        ((("X-Business-Use-Case-Usage", '{"1": [{"type": "pages", "estimated_time_to_regain_access": 12}]}'),), 720.0),
        ((("X-Business-Use-Case-Usage", '{"1": [{"estimated_time_to_regain_access": 0}]}'),), 3600.0),
        ((("X-Business-Use-Case-Usage", '{"1": [{"estimated_time_to_regain_access": 99999}]}'),), 86400.0),
        ((("X-Business-Use-Case-Usage", "bukan json"),), 3600.0),
        ((("X-Business-Use-Case-Usage", "[1]"),), 3600.0),
    ],
)
def test_the_wait_is_what_meta_says_or_an_hour(headers: Any, seconds: float) -> None:
    assert refused(meta.error(4), headers=headers).retry_after == seconds


def test_a_plain_429_keeps_its_retry_after() -> None:
    error = refused(b"slow down", status=429, headers=(("Retry-After", "90"),))
    assert (error.problem.code, error.problem.permanent, error.retry_after) == ("too_many", False, 90.0)
    assert refused(b"slow down", status=429).retry_after is None


@pytest.mark.parametrize(
    ("body", "status", "known_as", "permanent"),
    [
        (b'{"data": [{"id": "1_23', 200, "cut_answer", False),
        (b"<!DOCTYPE html><html><form>Masuk ke Facebook</form></html>", 200, "login_wall", False),
        (b"tidak ada", 200, "not_json", False),
        (b"", 200, "not_json", False),
        (b"[]", 200, "shape_changed", False),
        (b'{"lain": 1}', 200, "shape_changed", False),
        (b'{"data": {"id": "1"}}', 200, "shape_changed", False),
        (b"Bad Gateway", 502, "server_error", False),
        (b"no", 401, "credentials_refused", True),
    ],
)
def test_an_answer_of_another_shape_says_what_it_is(body: bytes, status: int, known_as: str, permanent: bool) -> None:
    error = refused(body, status=status)
    assert (error.problem.code, error.problem.permanent) == (known_as, permanent)


def test_without_a_token_nothing_is_asked() -> None:
    platform = meta.Meta()
    error = meta.refusal(lambda: facebook.fetch(meta.ask("loker.contoh", credential={"access_token": "  "}), platform))
    assert (error.problem.code, error.problem.permanent, platform.asked) == ("credential_missing", True, [])


# --- the token ------------------------------------------------------------------------------------


def test_the_token_goes_in_the_header_and_never_into_an_address_or_the_evidence(site: Any, client: Any) -> None:
    """Through the real client: the address asked for is evidence, and so is the answer, in which Meta writes the token back."""
    following = f"https://graph.facebook.com/v23.0/1/feed?access_token={meta.TOKEN}&after=QVFI"
    body = json.dumps({"data": [], "paging": {"next": following}})
    parameters = {"limit": "1"}
    site.serve("/graph/v23.0/loker.contoh/feed?limit=1", body.encode())
    fetcher = client(stand_ins={"https://graph.facebook.com": f"{site.base}/graph"}, secrets=(meta.TOKEN,))
    answer, read = graph.get(fetcher, "loker.contoh/feed", meta.ask("loker.contoh"), TITLE, parameters)
    assert site.asked[0][1]["authorization"] == f"Bearer {meta.TOKEN}"
    assert ("Authorization", "(withheld)") in answer.request_headers
    assert meta.TOKEN not in repr(answer)
    assert answer.withheld == 1
    assert graph.following(read) == "after=QVFI"


@pytest.mark.parametrize(
    ("paging", "token"),
    [
        ({"cursors": {"after": "B", "before": "A"}, "next": "https://graph.facebook.com/?access_token=x&after=B"}, "after=B"),
        ({"cursors": {"after": "B", "before": "A"}}, ""),
        (
            {"next": "https://graph.facebook.com/v23.0/4/posts?access_token=x&until=16&since&__paging_token=p&__previous"},
            "until=16&__paging_token=p",
        ),
        ({"next": "https://graph.facebook.com/v23.0/4/posts?access_token=x"}, ""),
        ({"next": "https://["}, ""),
        ({"next": 5}, ""),
        ({"cursors": "B", "next": "x"}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_only_the_place_is_taken_from_the_next_address(paging: Any, token: str) -> None:
    assert graph.following({"paging": paging}) == token
    assert "access_token" not in graph.place(token)


@given(st.dictionaries(st.sampled_from(["after", "until", "__paging_token", "access_token", "lain"]), st.text(min_size=1)))
def test_a_place_is_read_as_it_was_written(parameters: Any) -> None:
    edge = {"paging": {"next": f"https://graph.facebook.com/?{urlencode(parameters, errors='surrogatepass')}"}}
    kept = {key: value for key, value in parameters.items() if key not in {"access_token", "lain"}}
    assert graph.place(graph.following(edge)) == kept


@given(ANYTHING)
def test_any_json_gives_an_answer_or_a_refusal(body: Any) -> None:
    platform = meta.Meta()
    platform.served["loker.contoh/feed"] = body
    try:
        pages = list(facebook.fetch(meta.ask("loker.contoh", max_pages=2), platform))
    except domain.SourceError as refused:
        answers = [refused.answer]
    else:
        answers = [page.answer for page in pages]
    assert None not in answers

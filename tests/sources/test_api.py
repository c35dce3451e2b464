from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.shared import api, refusals

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
TITLE = domain.Sentence(id="Contoh", en="Example")


def answer(body: bytes = b"{}", *, status: int = 200, truncated: bool = False, **headers: str) -> domain.RawAnswer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    url = "https://api.example/x"
    return domain.RawAnswer(url, url, status, (url,), (), named, body, NOW, NOW, truncated=truncated)


@dataclass
class Fetcher:
    """Plays the client: one answer, raised where its status asks for that. Keeps what it was asked."""

    gives: domain.RawAnswer
    url: str = ""
    headers: Mapping[str, str] = domain.NOTHING
    sent: tuple[Any, Any, bool] = (None, None, False)

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        self.url, self.headers = url, headers
        return refusals.unless_refused(self.gives)

    def post(
        self, url: str, *, json: Any = None, form: Any = None, headers: Any = domain.NOTHING, private: bool = False
    ) -> domain.RawAnswer:
        self.url, self.headers, self.sent = url, headers, (json, form, private)
        return refusals.unless_refused(self.gives)


def raised(call: Any) -> domain.SourceError:
    with pytest.raises(domain.SourceError) as caught:
        call()
    return caught.value


# --- asking ---------------------------------------------------------------------------------------


def test_a_get_sends_what_is_not_empty_and_reads_json() -> None:
    fetcher = Fetcher(answer(b'{"a": [1]}'))
    _answer, body = api.get(fetcher, "https://api.example/x", title=TITLE, parameters={"q": "loker & kerja", "cursor": ""})
    assert body == {"a": [1]}
    assert fetcher.url == "https://api.example/x?q=loker+%26+kerja"
    assert fetcher.headers == {"Accept": "application/json"}


def test_a_get_without_parameters_has_no_question_mark() -> None:
    fetcher = Fetcher(answer())
    api.get(fetcher, "https://api.example/x", title=TITLE, headers={"Accept": "text/plain"})
    assert (fetcher.url, fetcher.headers) == ("https://api.example/x", {"Accept": "text/plain"})


def test_a_post_sends_its_body_and_says_whether_it_is_private() -> None:
    fetcher = Fetcher(answer())
    api.post(fetcher, "https://api.example/x", title=TITLE, body={"a": 1}, private=True)
    assert fetcher.sent == ({"a": 1}, None, True)


@pytest.mark.parametrize(("private", "kept"), [(True, False), (False, True)])
def test_what_answers_a_private_post_is_never_evidence(private: bool, kept: bool) -> None:
    for gives in (answer(b'{"token": "rahasia"', status=200), answer(b'{"error": "x"}', status=401)):
        error = raised(lambda: api.post(Fetcher(gives), "https://api.example/x", title=TITLE, private=private))  # noqa: B023
        assert (error.answer is not None) == kept


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"a": 1', "cut_answer"),
        (b"  [1, 2", "cut_answer"),
        (b"[" * 100_000, "cut_answer"),
        (b'{"a": ' + b"9" * 5000 + b"}", "cut_answer"),
        (b"<!DOCTYPE html><html>", "login_wall"),
        (b"\n <HTML lang=id>", "login_wall"),
        (b"maaf", "not_json"),
        (b"", "not_json"),
    ],
)
def test_what_is_no_json_is_told_apart(body: Any, code: str) -> None:
    error = raised(lambda: api.read(answer(body), TITLE))
    assert error.answer is not None
    assert (error.problem.code, error.problem.permanent, error.answer.body) == (code, False, body)


def test_an_answer_that_was_cut_is_not_read_even_where_it_looks_whole() -> None:
    assert raised(lambda: api.read(answer(b"[]", truncated=True), TITLE)).problem.code == "cut_answer"


@pytest.mark.parametrize(
    ("body", "read", "told"), [("\ufeff[1]".encode(), [1], []), ('["é"]'.encode(), ["é"], []), (b'["\xe9"]', ["\ufffd"], ["bad_charset"])]
)
def test_a_wrong_letter_costs_no_page_and_is_told(body: Any, read: Any, told: Any) -> None:
    assert api.read(answer(body), TITLE) == read
    assert [problem.code for problem in api.doubts(answer(body))] == told


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused_in_words(body: Any) -> None:
    code = ""
    try:
        api.read(answer(body), TITLE)
    except domain.SourceError as error:
        code = error.problem.code
    assert code in {"", "cut_answer", "login_wall", "not_json"}


# --- refusals -------------------------------------------------------------------------------------


def judged(found: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    if isinstance(body, dict) and "error" in body:
        return domain.SourceError("of_the_platform", TITLE, answer=found)
    return None


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b'{"error": 1}', "of_the_platform"),
        (400, b'{"error": 1}', "of_the_platform"),
        (401, b'{"error": 1}', "of_the_platform"),
        (400, b"{}", "client_error"),
        (400, b"kacau", "client_error"),
        (401, b"{}", "credentials_refused"),
        (401, b"<html>", "credentials_refused"),
        (403, b"{}", "credentials_refused"),
        (403, b"<html>", "refused"),  # a wall before the platform: it has not seen what we showed
        (404, b"{}", "not_found"),
        (503, b"[" * 100_000, "server_error"),
    ],
)
def test_the_platforms_own_word_goes_before_the_status(status: int, body: Any, code: str) -> None:
    error = raised(lambda: api.get(Fetcher(answer(body, status=status)), "https://api.example/x", title=TITLE, judge=judged))
    assert error.answer is not None
    assert (error.problem.code, error.answer.status) == (code, status)


@pytest.mark.parametrize("judge", [None, judged])
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7", "X_RateLimit_Reset": "2026-11-23T03:50:00Z"}, 7),
        ({"X_RateLimit_Reset": "2026-11-23T03:50:00.000Z"}, 180),
        ({"X_RateLimit_Reset": "2026-11-23T03:50:00Z", "Date": "Mon, 23 Nov 2026 03:49:00 GMT"}, 60),
        ({"x_rate_limit_reset": str(int(NOW.timestamp()) + 900)}, 900),
        ({"RateLimit_Reset": str(int(NOW.timestamp()) - 900)}, 1),
        ({"X_RateLimit_Reset": "99999999999"}, 7 * 86_400),
        ({"X_RateLimit_Reset": "12"}, None),
        ({"X_RateLimit_Reset": "sebentar"}, None),
        ({}, None),
    ],
)
def test_too_many_requests_wait_until_the_platform_counts_anew(judge: Any, headers: Any, seconds: Any) -> None:
    fetcher = Fetcher(answer(b'{"error": 1}' if judge else b"", status=429, **headers))
    error = raised(lambda: api.get(fetcher, "https://api.example/x", title=TITLE, judge=judge))
    assert error.retry_after == seconds


def test_an_error_without_an_answer_stays_what_it_is() -> None:
    class Down(Fetcher):
        def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
            raise refusals.dns("api.example")

    error = raised(lambda: api.get(Down(answer()), "https://api.example/x", title=TITLE, judge=judged))
    assert error.problem.code == "dns"


# --- fields ---------------------------------------------------------------------------------------


def test_unknown_fields_are_those_that_hold_something() -> None:
    item = {"id": 1, "baru": "x", "nol": 0, "tidak": False, "kosong": "", "tiada": None, "daftar": [], "isi": {}}
    assert api.unknown(item, {"id"}, within="akun.") == {"akun.baru": "x", "akun.nol": 0, "akun.tidak": False}
    assert "akun.baru" in api.unknown_fields({"akun.baru"}).sentence.id


@pytest.mark.parametrize(
    ("value", "kind", "kept"), [("x", str, "x"), (5, str, ""), (5, int, 5), (True, int, 0), ([1], list, [1]), (None, list, [])]
)
def test_a_value_of_another_type_is_the_default(value: Any, kind: Any, kept: Any) -> None:
    assert api.of_kind(value, kind, kind()) == kept


@pytest.mark.parametrize(("value", "text"), [("a", "a"), (12, "12"), (True, ""), (1.5, ""), (None, ""), ({}, "")])
def test_text_is_a_string_or_the_digits_of_a_number(value: Any, text: str) -> None:
    assert api.text(value) == text


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-23T03:47:00Z", NOW),
        ("2026-11-23T10:47:00+0700", NOW),
        ("2026-11-23T10:47:00.000+07:00", NOW),
        (int(NOW.timestamp()), NOW),
        ("2026-11-23T03:47:00", None),
        ("2026-11-23", None),
        ("kemarin", None),
        ("0001-01-01T00:00:00+14:00", None),
        (10**30, None),
        (True, None),
        (1.5, None),
        (None, None),
    ],
)
def test_a_moment_has_a_zone_or_is_none(written: Any, moment: Any) -> None:
    assert api.moment(written) == moment


def test_objects_and_lists_of_objects_are_taken_as_promised_or_empty() -> None:
    assert (api.mapping({"a": 1}), api.mapping([1]), api.mapping(None)) == ({"a": 1}, {}, {})
    assert (api.mappings([{"a": 1}, 2, None]), api.mappings({"a": 1}), api.mappings(None)) == ([{"a": 1}], [], [])


def test_every_sentence_stands_in_both_languages() -> None:
    problems = [
        *(
            error.problem
            for error in (
                api.cut_answer(TITLE, answer()),
                api.credentials_refused(TITLE),
                api.credential_missing(TITLE),
                api.shape_changed(TITLE, answer()),
            )
        ),
        api.unreadable("[3]"),
        api.no_time("[3]"),
        *api.doubts(answer(b"\xff")),
    ]
    assert all(problem.sentence.id and problem.sentence.id != problem.sentence.en for problem in problems)

"""The door of /api/: no cookie, one shape for each refusal, nothing but JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from ninja import Schema

from patrol import models
from patrol.access import consulting, tokens
from patrol.api import door
from patrol.models import Role
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def refused(answer: Any) -> tuple[int, str]:
    assert sorted(answer.json()) == ["code", "field", "sentence"]
    return answer.status_code, answer.json()["code"]


def test_a_token_says_whose_it_is() -> None:
    asks = asking.asks("flags", "check", code="bp3mi-ntb")
    assert asks.get("token") == {
        "name": "Sistem pengaduan contoh",
        "office": "bp3mi-ntb",
        "scopes": ["check", "flags"],
        "ends_at": "2027-02-21T03:47:00Z",
    }
    assert asks.answer.headers["Cache-Control"] == "no-store"
    assert models.Device.objects.get().last_used_at == NOW
    assert models.Consultation.objects.count() == 0


def test_a_login_is_not_looked_at() -> None:
    client = Client()
    client.force_login(factories.person(Role.SUPERVISOR))
    answer = client.get("/api/v1/flags")
    assert refused(answer) == (401, "token.missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic YTpi", "Bearer " + "x" * 43, "bearer \0"])
def test_what_is_no_token_opens_nothing(header: str) -> None:
    assert refused(Client().get("/api/v1/flags", headers={"Authorization": header})) == (401, "token.unknown")


def test_guessing_is_slowed_down_and_keeps_no_right_token_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "WRONG_BURST", 2.0)
    right = asking.asks("check")
    guesses = [Client().get("/api/v1/token", headers={"Authorization": f"Bearer {'x' * 43}"}) for _ in range(3)]
    assert [answer.status_code for answer in guesses] == [401, 401, 429]
    assert int(guesses[-1].headers["Retry-After"]) >= 1
    assert right.get("token")["scopes"] == ["check"]


def test_a_system_that_never_stops_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "BURST", 1.0)
    asks = asking.asks()
    asks.get("token")
    assert asks.get("token", status=429)["code"] == "token.too_often"
    assert int(asks.answer.headers["Retry-After"]) >= 1


def test_a_token_without_the_scope_is_slowed_down_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "BURST", 1.0)
    asks = asking.asks("check")
    assert asks.get("flags", status=403)["code"] == "token.scope"
    assert asks.get("flags", status=429)["code"] == "token.too_often"


def test_the_name_of_the_scheme_is_read_in_any_letters() -> None:
    made = asking.made("check")
    assert Client().get("/api/v1/token", headers={"Authorization": f"bearer {made.token}"}).status_code == 200


def test_a_refusal_is_one_sentence_in_the_language_of_whoever_asks() -> None:
    token = asking.made("check").token
    told = {
        language: asking.Asks(token, language).get("flags", status=403)["sentence"]
        for language in ("en", "id", "en-GB,en;q=0.8", "id,en;q=0.9", "de", "")
    }
    english, indonesian = "This token was not made for this: it lacks the scope “flags”.", told["id"]
    assert "cakupan" in indonesian
    assert told == {"en": english, "en-GB,en;q=0.8": english, **dict.fromkeys(("id", "id,en;q=0.9", "de", ""), indonesian)}


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/api/", (404, "api.nothing")),
        ("GET", "/api/v1", (404, "api.nothing")),
        ("GET", "/api/v1/", (404, "api.nothing")),
        ("GET", "/api/v1/flags/", (404, "api.nothing")),
        ("GET", "/api/v2/flags", (404, "api.nothing")),
        ("DELETE", "/api/v1/flags", (405, "api.method")),
        ("OPTIONS", "/api/v1/flags", (405, "api.method")),
    ],
)
def test_where_there_is_no_call_it_is_told_in_the_same_shape(method: str, path: str, told: tuple[int, str]) -> None:
    answer = Client().generic(method, path)
    assert refused(answer) == told
    assert ("Allow" in answer.headers) == (told[0] == 405)
    assert [name for name in answer.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"1", b"null", b"\xff", b"[" * 100_000, b'{"text": "\\ud800"}', b'{"text": 1}'])
def test_a_body_that_is_none_is_told_so(body: bytes) -> None:
    asks = asking.asks("check")
    answer = Client().post("/api/v1/checks", body, content_type="application/json", headers=asks.headers)
    status, code = refused(answer)
    assert (status, code) in {(400, "api.malformed"), (422, "api.field")}


def test_a_field_that_is_not_known_is_named() -> None:
    asks = asking.asks("check")
    told = asks.post("checks", {"text": "x", "teks": "y"}, status=422)
    assert told == {"code": "api.field", "sentence": "This field is not known: body.teks.", "field": "body.teks"}
    assert asks.post("checks", {}, status=422)["sentence"] == "This field is missing: body.text."


@pytest.mark.parametrize("path", ["flags?stat=confirmed", "cases?offices=x", "changes?untill=x", "figures?tahun=2026"])
def test_a_parameter_that_is_not_known_is_named(path: str) -> None:
    name = path.partition("?")[2].partition("=")[0]
    answer = Client().get(f"/api/v1/{path}", headers=asking.asks().headers)
    assert refused(answer) == (422, "api.field")
    assert answer.json()["field"] == f"query.{name}"


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    answer = Client().post("/api/v1/checks", b"", content_type="application/json", CONTENT_LENGTH=str(door.LARGEST + 1))
    assert refused(answer) == (413, "api.too_large")


def test_a_host_that_is_none_of_ours_is_answered_in_json(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["sipatrol.example"]
    assert refused(Client().get("/api/v1/token", headers={"Host": "elsewhere.example"})) == (400, "api.malformed")


def test_a_fault_of_ours_is_told_without_its_words(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    asks = asking.asks("check")

    def broken(*_given: Any, **_named: Any) -> Any:
        raise ZeroDivisionError("0840-1111-2222")

    monkeypatch.setattr("patrol.engine.assess.assess", broken)
    assert asks.post("checks", {"text": "x"}, status=500)["code"] == "api.failed"
    [row] = [row for row in caplog.records if row.message == "a call failed"]
    assert (vars(row)["error"], "0840" in json.dumps(vars(row), default=str)) == ("ZeroDivisionError", False)


def test_what_cannot_be_written_down_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.flag()
    asks = asking.asks("flags")

    def full(*_given: Any) -> Any:
        raise DatabaseError

    monkeypatch.setattr(consulting, "write", full)
    assert asks.get("flags", status=503)["code"] == "api.away"


def test_the_description_is_there_without_a_token_and_names_every_call() -> None:
    told = Client().get("/api/v1/openapi.json")
    assert (told.status_code, told.json()["openapi"]) == (200, "3.1.0")
    assert "/api/v1/flags/{number}" in told.json()["paths"]
    secured = {call["operationId"] for way in told.json()["paths"].values() for call in way.values() if "security" in call}
    assert "patrol_api_flags_list_flags" in secured


def every_kind(of: type[Schema]) -> set[type[Schema]]:
    return {of}.union(*map(every_kind, of.__subclasses__()))


def test_no_two_kinds_of_answer_share_a_name() -> None:
    """In the description one would stand in the place of the other."""
    told = Client().get("/api/v1/openapi.json")
    described, text = told.json(), told.content.decode()
    named = Counter(one.__name__ for one in every_kind(Schema) if one.__module__.startswith(("patrol.", "reports.")))
    doubled = {name for name, count in named.items() if count > 1 and f'schemas/{name}"' in text}
    assert (doubled, "Taken" in named) == (set(), True)
    answer = described["paths"]["/api/v1/reports"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    kind = described["components"]["schemas"][answer["$ref"].rpartition("/")[2]]
    assert set(kind["properties"]) == {"number", "office"}

"""Every call, for every scope, for every role of who made the token, for every office a thing may belong to.

The table below is written out by hand and knows nothing of access.TABLE, nor of the calls: a call without a row fails.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from patrol import models
from patrol.api import urls
from patrol.models import Role, Scope
from reports.models import WeeklySummary
from tests import factories
from tests.api import asking, test_cases
from tests.factories import NOW
from tests.intake import sending

pytestmark = pytest.mark.django_db

OWN, OTHER, DIRECTORATE, NATIONAL = "bp3mi-jabar", "bp3mi-sulsel", "directorate", "nasional"
OFFICES = (OWN, OTHER, DIRECTORATE)


@dataclass(frozen=True)
class Call:
    """`scope` None: any token. `thing`: whose office decides; "" for what is about nothing kept. `logged`: the kind of the row of the
    reading log that an answer about a thing writes."""

    scope: Scope | None
    status: int = 200
    thing: str = ""
    lists: bool = False
    logged: str = ""


CALLS = {
    ("GET", "/token"): Call(None),
    ("POST", "/checks"): Call(Scope.CHECK),
    ("GET", "/flags"): Call(Scope.FLAGS, thing="flag", lists=True, logged="flag"),
    ("GET", "/flags/{number}"): Call(Scope.FLAGS, thing="flag", logged="flag"),
    ("GET", "/cases"): Call(Scope.CASES, thing="case", lists=True, logged="case"),
    ("GET", "/cases/{number}"): Call(Scope.CASES, thing="case", logged="case"),
    ("GET", "/figures"): Call(Scope.FIGURES, thing="summary", lists=True),
    ("GET", "/figures/{id}"): Call(Scope.FIGURES, thing="summary", logged="weeklysummary"),
    ("GET", "/changes"): Call(Scope.CHANGES, thing="change", lists=True),
    ("POST", "/reports"): Call(Scope.REPORT, status=201),
    ("POST", "/captures"): Call(Scope.CAPTURE, status=201),
}
# By a code, or by the token of a browser: tests/api/test_captures.py.
OF_BROWSERS = {("POST", "/devices"), ("GET", "/devices/own"), ("DELETE", "/devices/own")}
# Whose token reads things of which offices; figures of all offices together are the directorate's.
READS = {OWN: {OWN}, DIRECTORATE: {OWN, OTHER, DIRECTORATE, NATIONAL}}


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, dict[str, str]]:
    """kind -> office -> by what it is asked for, and known in a list."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))  # what changed can be undone no more
    settings.RECEIPT_KEY = "kunci-contoh-untuk-uji-nomor-laporan-0001"
    found: dict[str, dict[str, str]] = {"flag": {}, "case": {}, "summary": {}}
    for code in OFFICES:
        [case] = test_cases.opened(code)
        found["case"][code] = case.number
        found["flag"][code] = case.entries.get().flag.number
    for code in (*OFFICES, NATIONAL):
        office = None if code == NATIONAL else factories.office(code)
        by = factories.person(Role.SUPERVISOR, DIRECTORATE)
        fields = {"kind": "week", "year": 2026, "week": 46, "edition": 1, "frozen_at": NOW, "frozen_by": by, "sha256": "0" * 64}
        found["summary"][code] = str(WeeklySummary.objects.create(office=office, figures={}, **fields).pk)
    found["change"] = found["flag"]
    return found


def ask(asks: asking.Asks, call: tuple[str, str], thing: str = "") -> Any:
    method, path = call
    address = f"/api/v1{path}".replace("{number}", thing or "TND-26-000001").replace("{id}", thing or "1")
    if path == "/captures":
        parts = {"capture": SimpleUploadedFile("capture.json", sending.written(sending.capture()), "application/json")}
        return asks.client.post(address, parts, headers=asks.headers)
    told: dict[str, Any] = {"text": "Loker"} if path == "/checks" else {"key": str(uuid.uuid4()), "kind": "advert", "words": "Loker"}
    more = {"data": told, "content_type": "application/json"} if method == "POST" else {}
    return getattr(asks.client, method.lower())(address, headers=asks.headers, **more)


def logged() -> list[tuple[str, str]]:
    return list(models.Consultation.objects.order_by("id").values_list("way", "target_kind"))


def test_every_call_has_a_row() -> None:
    described = urls.made().get_openapi_schema()["paths"]
    calls = {(method.upper(), path.removeprefix("/api/v1")) for path, methods in described.items() for method in methods}
    assert calls == set(CALLS) | OF_BROWSERS


def test_each_scope_opens_its_own_calls_and_no_other(things: dict[str, dict[str, str]]) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    for scope in Scope:
        asks = asking.asks(scope, by=by)
        for call, row in CALLS.items():
            answer = ask(asks, call, things[row.thing][OWN] if row.thing and not row.lists else "")
            opens = row.scope in {None, scope}
            code = "" if opens else answer.json()["code"]
            assert (answer.status_code, code) == ((row.status, "") if opens else (403, "token.scope")), (scope, call)


def test_without_a_token_there_is_nothing(things: dict[str, dict[str, str]]) -> None:
    for call in CALLS:
        assert ask(asking.Asks(), call).status_code == 401, call
    assert models.Intake.objects.count() == models.Tip.objects.count() == 0
    assert logged() == []


@pytest.mark.parametrize("code", READS)
def test_a_token_reads_what_its_office_answers_for(code: str, things: dict[str, dict[str, str]]) -> None:
    asks = asking.asks(code=code)
    for call, row in CALLS.items():
        if not row.thing:
            continue
        read = {office: thing for office, thing in things[row.thing].items() if office in READS[code]}
        before = len(logged())
        if row.lists:
            answer = ask(asks, call)
            assert answer.status_code == 200
            written = {one["data"]["number"] if "data" in one else str(one.get("id", one.get("number"))) for one in answer.json()["items"]}
            of_these = set(things[row.thing].values()) & written
            assert of_these == set(read.values()), call
            assert logged()[before:] == ([("api", row.logged)] if row.logged else []), call
            continue
        for office, thing in things[row.thing].items():
            answer = ask(asks, call, thing)
            assert answer.status_code == (200 if office in read else 404), (call, office)
        assert logged()[before:] == [("api", row.logged)] * len(read), call


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SUPERVISOR])
def test_no_call_is_open_once_its_maker_has_another_role(role: Role, things: dict[str, dict[str, str]]) -> None:
    made = asking.made(code=DIRECTORATE)
    models.Person.objects.filter(pk=made.device.person_id).update(role=role)
    asks = asking.Asks(made.token)
    for call, row in CALLS.items():
        assert ask(asks, call, things[row.thing][OWN] if row.thing and not row.lists else "").status_code == 401, call
    assert logged() == []

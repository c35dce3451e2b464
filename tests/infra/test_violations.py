"""What browsers report of our policy is counted, and nothing of who reported it is kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.infra import clearing, pace, violations
from patrol.models import Role
from tests.factories import NOW, person

pytestmark = pytest.mark.django_db

FLAG = "https://sipatrol.example/kerja/patrol/flag/4711/?q=0840-5550-1234#bukti"
WHO = {"User-Agent": "Peramban Contoh 9.9", "X-Forwarded-For": "192.0.2.77", "Referer": FLAG}
FLAG_PAGE = "/kerja/patrol/flag/<int:object_id>/"


def old(page: str = FLAG, directive: str = "script-src-elem", blocked: str = "inline", **more: Any) -> dict[str, Any]:
    said = {"document-uri": page, "effective-directive": directive, "violated-directive": directive, "blocked-uri": blocked}
    return {"csp-report": {**said, "referrer": page, "script-sample": "alert('0840-5550-1234')", "source-file": page, **more}}


def new(page: str = FLAG, directive: str = "img-src", blocked: str = "https://evil.example/p.png?x=0840-5550-1234") -> dict[str, Any]:
    body = {"documentURL": page, "effectiveDirective": directive, "blockedURL": blocked, "sample": "x", "sourceFile": page}
    return {"type": "csp-violation", "age": 9, "url": page, "user_agent": WHO["User-Agent"], "body": body}


def sent(told: Any, client: Client | None = None, kind: str = "application/csp-report") -> int:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return int((client or Client(enforce_csrf_checks=True)).post("/csp/", body, content_type=kind, headers=WHO).status_code)


def kept() -> list[tuple[Any, ...]]:
    rows = models.PolicyViolation.objects.order_by("directive", "blocked", "page")
    return list(rows.values_list("public", "page", "directive", "blocked", "count"))


def test_both_forms_are_counted_by_page_and_kind_without_what_the_page_held() -> None:
    assert [sent(old()), sent(old()), sent([new(), {"type": "deprecation"}, new()], kind="application/reports+json")] == [204] * 3
    assert kept() == [(False, FLAG_PAGE, "img-src", "https://evil.example", 2), (False, FLAG_PAGE, "script-src-elem", "inline", 2)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(v)::text FROM patrol_policyviolation v")
        everything = " ".join(row[0] for row in cursor.fetchall())
    assert [word in everything for word in ("4711", "5550", "192.0.2", "Peramban", "alert", "bukti", "p.png")] == [False] * 7


@pytest.mark.parametrize(
    ("said", "blocked"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("blob:https://sipatrol.example/1", "blob"),
        ("chrome-extension://abcdefghijklmnop/x.js", "chrome-extension"),
        ("http://EVIL.example:81/a?b#c", "http://evil.example"),
        ("wss://evil.example/x", "wss://evil.example"),
        ("https://user:rahasia@evil.example/", "https://evil.example"),
        ("https://orang biasa/", "https"),
        ("https://6284055501234.example/", "https"),
        ("apa saja", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_of_what_was_stopped_scheme_and_host_are_kept(said: str, blocked: str) -> None:
    assert [one.blocked for one in violations.read(json.dumps(old(blocked=said)).encode(), public=False)] == [blocked]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff\xfe",
        b"[" * 15_000,
        b"null",
        [None, 1, "x", [], {}],
        {"csp-report": None},
        {"csp-report": []},
        old(page="https://evil.example/tidak/ada/"),
        old(page="about:blank"),
        old(page="http://["),
        old(directive="apa-saja"),
        old(directive=""),
        {"csp-report": {"document-uri": 7, "effective-directive": [], "blocked-uri": {}}},
    ],
    ids=str,
)
def test_what_is_no_report_of_a_page_of_ours_is_dropped(told: Any) -> None:
    assert (sent(told), kept()) == (204, [])


def test_a_large_body_is_not_read_and_only_what_is_sent_counts() -> None:
    assert sent(b" " * (violations.MOST_BYTES + 1)) == 413
    assert Client().get("/csp/").status_code == 405
    assert kept() == []


def test_of_one_body_only_some_are_read() -> None:
    short = {"type": "csp-violation", "body": {"documentURL": "/kerja/", "effectiveDirective": "img-src", "blockedURL": "data"}}
    assert sent([short] * 50) == 204
    assert [row[-1] for row in kept()] == [violations.MOST_AT_ONCE]


def test_who_sends_too_fast_is_dropped_and_closes_only_that_door(settings: Any) -> None:
    for _time in range(int(violations.BURST)):
        assert pace.admits("policy workbench", rate=violations.RATE, burst=violations.BURST) == 0
    assert (sent(old()), kept()) == (204, [])
    settings.PUBLIC_DESK = "1"
    assert sent(old("https://cek.example/lapor/?n=1")) == 204
    assert kept() == [(True, "/lapor/", "script-src-elem", "inline", 1)]
    assert list(models.HostPace.objects.values_list("host", flat=True).order_by("host")) == ["from policy desk", "from policy workbench"]


def test_a_day_has_so_many_kinds_and_what_is_beyond_is_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(violations, "MOST_KINDS", 2)
    found = [violations.Violation(False, "/kerja/", "img-src", f"https://{name}.example") for name in "abcda"]
    violations.keep(found, now=NOW)
    assert kept() == [
        (False, "", "", "", 2),
        (False, "/kerja/", "img-src", "https://a.example", 2),
        (False, "/kerja/", "img-src", "https://b.example", 1),
    ]


def test_strangers_shut_out_nothing_of_what_browsers_that_are_logged_in_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(violations, "MOST_KINDS", 1)
    officer = Client(enforce_csrf_checks=True)
    officer.force_login(person())
    assert sent(old(blocked="https://invented.example")) == 204  # the one kind of strangers
    for _time in range(int(violations.BURST)):
        pace.admits("policy workbench", rate=violations.RATE, burst=violations.BURST)
    assert [sent(old()), sent(old(), officer)] == [204, 204]
    assert [row[1:] for row in kept()] == [
        (FLAG_PAGE, "script-src-elem", "https://invented.example", 1),
        (FLAG_PAGE, "script-src-elem", "inline", 1),
    ]


@pytest.mark.parametrize("desk", ["1", "alone"])
def test_the_public_desk_takes_its_own_and_leaves_no_trace(desk: str, settings: Any) -> None:
    settings.PUBLIC_DESK = desk
    visitor = Client()
    visitor.force_login(person())
    before = models.AuditEntry.objects.count()
    answer = visitor.post("/csp/", json.dumps(old("https://cek.example/cek/?n=1")), content_type="application/csp-report", headers=WHO)
    assert (answer.status_code, answer.cookies, models.AuditEntry.objects.count() - before) == (204, {}, 0)
    assert kept() == [(True, "/cek/", "script-src-elem", "inline", 1)]
    assert (sent(old(FLAG)), len(kept())) == (204, 1)  # of a page of the workbench nothing comes in here


def test_every_policy_names_the_address() -> None:
    for policy in (settings.PUBLIC_CSP, settings.DESK_CSP, settings.STAFF_CSP):
        assert (policy["report-uri"], policy["report-to"]) == ([reverse("violations")], ["csp"])
    assert Client().get("/kerja/login/").headers["Reporting-Endpoints"] == 'csp="/csp/"'


def test_they_go_after_ninety_days() -> None:
    for day in (date(2026, 8, 24), date(2026, 8, 25)):  # 91 and 90 days before NOW, in Jakarta
        models.PolicyViolation.objects.create(day=day, public=False, page="/kerja/", directive="img-src", blocked="data", count=1)
    assert violations.DAYS_KEPT == 90
    assert (clearing.clear(now=NOW), list(models.PolicyViolation.objects.values_list("day", flat=True))) == (1, [date(2026, 8, 25)])


def test_the_administrator_reads_them_on_the_start_page_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    title = "Dihentikan peramban"

    def start(role: Role) -> str:
        client = Client()
        client.force_login(person(role, "directorate"))
        return client.get(reverse("admin:index")).content.decode()

    violations.keep([violations.Violation(True, "/lapor/", "img-src", "https://lama.example")], now=NOW - timedelta(days=30))
    assert title not in start(Role.ADMINISTRATOR)
    for days, blocked in ((0, "https://evil.example"), (3, "https://evil.example"), (0, "https://wa.me")):
        violations.keep([violations.Violation(False, FLAG_PAGE, "img-src", blocked)] * 2, now=NOW - timedelta(days=days))
    shown = start(Role.ADMINISTRATOR)
    assert [word in shown for word in (title, "/kerja/patrol/flag/&lt;int:object_id&gt;/", "https://evil.example")] == [True] * 3
    assert ("lama.example" in shown, '<td class="num">4</td>' in shown) == (False, True)
    assert [title in start(role) for role in (Role.ANALYST, Role.SUPERVISOR, Role.REGISTRAR)] == [False] * 3

"""What the answers of the workbench have in common, as docs/security/asvs.md asks for it: headers, cookies, logins, passwords."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import global_settings
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol import settings as product_settings
from patrol.access import sign_in
from patrol.admin.shared import base
from patrol.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

SECRET = "sandi rekaan, Panjang ✓ 17"
LOGIN = "/kerja/login/"


def with_password(secret: str = SECRET, **given: Any) -> models.Person:
    one = factories.person(**given)
    one.set_password(secret)
    one.save(update_fields=["password"])
    return one


def logs_in(client: Client, one: models.Person, secret: str = SECRET) -> bool:
    client.post(LOGIN, {"username": one.username, "password": secret})
    return "_auth_user_id" in client.session


@pytest.fixture
def inside() -> Client:
    client = Client()
    assert logs_in(client, with_password(role=Role.SUPERVISOR))
    return client


PAGES = ["/kerja/", LOGIN, "/kerja/patrol/post/", "/kerja/patrol/flag/99/", "/health/", "/rekam/perangkat/", "/tidak-ada/"]


@pytest.mark.parametrize("path", PAGES)
def test_each_answer_says_its_kind_and_what_a_browser_may_do_with_it(inside: Client, path: str) -> None:
    answer = inside.get(path)
    kind = answer.headers["Content-Type"]
    assert kind in {"text/html; charset=utf-8", "application/json"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert [
        one for one in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'") if one not in policy
    ] == []
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize("path", ["/kerja/", "/kerja/patrol/post/", "/kerja/patrol/case/", "/health/"])
def test_a_page_with_a_login_is_kept_in_no_cache(inside: Client, path: str) -> None:
    assert "no-store" in inside.get(path).headers["Cache-Control"]


def test_each_page_has_a_way_out_and_it_ends_the_login_in_the_database(inside: Client) -> None:
    found = BeautifulSoup(inside.get("/kerja/patrol/post/").content, "html.parser").find("form", action=reverse("admin:logout"))
    assert found is not None
    key = inside.session.session_key
    assert models.Session.objects.filter(pk=key).exists()
    inside.post(reverse("admin:logout"))
    assert not models.Session.objects.filter(pk=key).exists()
    inside.cookies["session"] = str(key)
    assert inside.get("/kerja/").status_code == 302


def test_a_login_has_a_key_of_its_own_that_scripts_do_not_read() -> None:
    client = Client()
    client.get(LOGIN)
    before = client.session
    before["of a stranger"] = 1
    before.save()
    client.cookies["session"] = str(before.session_key)
    assert logs_in(client, with_password())
    kept = client.cookies["session"]
    assert (kept["httponly"], kept["samesite"], len(kept.value)) == (True, "Lax", 32)
    assert kept.value != before.session_key
    assert not models.Session.objects.filter(pk=before.session_key).exists()


def test_the_cookies_beside_the_login_s_are_bound_to_this_host_too(settings: Any) -> None:
    settings.SECURE, settings.LANGUAGE_COOKIE_NAME = True, "__Host-language"
    answer = HttpResponse()
    sign_in.know(answer, "petugas")
    base.keep_language(answer, "en")
    assert {name.partition("-")[0] for name in answer.cookies} == {"__Host"}
    assert [(one["secure"], one["path"], one["domain"]) for one in answer.cookies.values()] == [(True, "/", "")] * 2


@pytest.mark.parametrize("wrong", [SECRET.lower(), SECRET[:-1], f"{SECRET} ", SECRET.replace("✓", "v")])
def test_a_password_is_the_one_that_was_set_to_the_letter(wrong: str) -> None:
    one = with_password()
    assert not logs_in(Client(), one, wrong)
    assert logs_in(Client(), one)


def test_any_signs_make_a_password_and_its_length_has_no_end_a_person_reaches() -> None:
    for secret in (
        "enam belas huruf",
        "丈夫な合言葉を十二文字以上",
        "1592653589793",
        "x" * 5 + "y" * 4 + "z" * 55,
        "~" * 7 + " " * 6 + "!" * 200,
    ):
        validate_password(secret, factories.person())
        assert logs_in(Client(), with_password(secret), secret)


@pytest.mark.parametrize("weak", ["sebelas-hur", "administrator"])
def test_a_short_or_common_one_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, factories.person())


def test_a_password_is_kept_stretched() -> None:
    """By Django's own choice, which the settings leave alone; tests keep theirs in a faster way."""
    assert not hasattr(product_settings, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert hashers.PBKDF2PasswordHasher.iterations >= 600_000


def test_a_field_for_a_password_hides_it_and_takes_what_is_pasted(inside: Client) -> None:
    for client, path in ((Client(), LOGIN), (inside, reverse("admin:password_change"))):
        page = client.get(path).content.decode()
        fields = [one for one in BeautifulSoup(page, "html.parser").find_all("input") if "password" in str(one.get("name"))]
        assert fields
        assert {one["type"] for one in fields} == {"password"}
        assert [one for one in fields if one.get("autocomplete") in {None, "off"} or one.get("onpaste")] == []


def test_an_answer_nobody_foresaw_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch, inside: Client) -> None:
    def breaks(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("rahasia dapur")

    monkeypatch.setattr("patrol.admin.shared.home.dashboard", breaks)
    inside.raise_request_exception = False
    answer = inside.get("/kerja/")
    assert (answer.status_code, "rahasia dapur" in answer.content.decode(), "Traceback" in answer.content.decode()) == (500, False, False)


def test_what_was_refused_is_a_line_of_the_log(inside: Client, caplog: pytest.LogCaptureFixture) -> None:
    path = reverse("admin:patrol_case_change", args=[999_999])
    with caplog.at_level(logging.WARNING, "django.request"):
        assert inside.get(path).status_code == 404
    assert [(one.name, getattr(one, "status_code", 0), path in one.getMessage()) for one in caplog.records] == [
        ("django.request", 404, True)
    ]
    handler = logging.getHandlerByName("stderr")
    assert handler is not None
    assert json.loads(handler.format(caplog.records[0]))["account"] == int(inside.session["_auth_user_id"])  # whose it was


CHANGING: list[Callable[[Client], Any]] = [
    lambda client: client.get(reverse("admin:logout")),
    lambda client: client.get(reverse("admin:patrol_notice_read_all")),
    lambda client: client.get(reverse("admin:patrol_device_code")),
]


@pytest.mark.parametrize("ask", CHANGING)
def test_what_changes_something_is_not_done_by_an_address_alone(inside: Client, ask: Callable[[Client], Any]) -> None:
    rows = models.AuditEntry.objects.count()
    assert ask(inside).status_code in {404, 405}
    assert (models.AuditEntry.objects.count(), "_auth_user_id" in inside.session) == (rows, True)

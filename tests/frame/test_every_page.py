"""Language, office zone and what every template may ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from patrol import domain, models
from patrol.frame import every_page
from tests import factories


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    with translation.override(translation.get_language()):
        yield
    timezone.deactivate()


def language(cookie: str | None = None, accepts: str = "") -> str | None:
    """The language a request is answered in."""
    request = RequestFactory().get("/", headers={"accept-language": accepts} if accepts else {})
    if cookie is not None:
        request.COOKIES["django_language"] = cookie
    seen = []

    def answer(asked: HttpRequest) -> HttpResponse:
        seen.extend([translation.get_language(), asked.LANGUAGE_CODE])
        return HttpResponse()

    every_page.LanguageMiddleware(answer)(request)
    assert seen[0] == seen[1]
    return seen[0]


@pytest.mark.parametrize(
    ("cookie", "accepts", "wanted"),
    [(None, "", "id"), (None, "en-GB,en;q=0.9", "id"), ("en", "", "en"), ("id", "en", "id"), ("fr", "fr", "id"), ("", "en", "id")],
)
def test_indonesian_until_a_person_chooses_otherwise(cookie: str | None, accepts: str, wanted: str) -> None:
    assert language(cookie, accepts) == wanted


def zone(user: models.Person | AnonymousUser) -> tuple[str, str]:
    request = RequestFactory().get("/")
    request.user = user
    seen = []

    def answer(asked: HttpRequest) -> HttpResponse:
        seen.append((timezone.get_current_timezone_name(), every_page.context(asked)["zone_letters"]))
        return HttpResponse()

    every_page.OfficeZoneMiddleware(answer)(request)
    return seen[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "wanted"),
    [("bp3mi-jabar", ("Asia/Jakarta", "WIB")), ("bp3mi-ntb", ("Asia/Makassar", "WITA")), ("bp3mi-papua", ("Asia/Jayapura", "WIT"))],
)
def test_times_are_shown_in_the_office_s_zone(code: str, wanted: tuple[str, str]) -> None:
    assert zone(factories.person("officer", code)) == wanted


@pytest.mark.django_db
def test_nobody_s_zone_is_jakarta_s_whoever_asked_before() -> None:
    zone(factories.person("officer", "bp3mi-papua"))
    assert zone(AnonymousUser()) == ("Asia/Jakarta", "WIB")


@pytest.mark.django_db
def test_every_zone_an_office_may_have_has_its_letters() -> None:
    assert {office.zone for office in factories.offices().values()} == set(domain.ZONE_LETTERS)


@pytest.mark.parametrize("example", [True, False])
def test_an_example_run_is_marked_as_such(settings: Any, example: bool) -> None:
    settings.EXAMPLE = example
    request = RequestFactory().get("/")
    assert every_page.context(request)["example_run"] is example


def test_the_assets_of_the_workbench_are_there(settings: Any) -> None:
    frame = (settings.BASE_DIR / "templates" / "admin" / "base.html").read_text()
    named = re.findall(r"{% static '([^']+)' %}", frame)
    assert {"workbench.css", "workbench.js"} < set(named)
    assert [name for name in named if finders.find(name) is None] == []

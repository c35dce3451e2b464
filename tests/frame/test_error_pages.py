"""What somebody meets where something cannot be: one sentence in their language, and the way back."""

from __future__ import annotations

from typing import Any, Never

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def breaks(request: HttpRequest) -> Never:
    raise RuntimeError


def denies(request: HttpRequest) -> Never:
    raise PermissionDenied


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST))


urlpatterns = [
    path("rusak/", breaks),
    path("larang/", denies),
    path("baca/", reads),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("kerja/", admin.site.urls),
]

MANY: dict[str, Any] = {f"field{n}": "" for n in range(2000)}


@pytest.mark.parametrize(
    ("asked", "sent", "status", "indonesian", "english"),
    [
        ("/tidak/ada/", None, 404, "Halaman tidak ada", "There is no such page"),
        ("/larang/", None, 403, "Tidak diizinkan", "That is not allowed"),
        ("/rusak/", None, 500, "Terjadi gangguan", "Something went wrong"),
        ("/bahasa/setlang/", {}, 403, "Halaman ini sudah usang", "This page is too old"),
        ("/baca/", MANY, 400, "Kiriman tidak terbaca", "That could not be read"),
        ("/baca/", {"text": "x" * 3_000_000}, 400, "Kiriman tidak terbaca", "That could not be read"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_so_in_the_language_of_the_reader_and_leads_back(
    asked: str, sent: dict[str, str] | None, status: int, indonesian: str, english: str, language: str
) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=sent == {})
    client.cookies["django_language"] = language
    answer = client.get(asked) if sent is None else client.post(asked, sent)
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.html
    assert page.html["lang"] == language
    said, other = (indonesian, english) if language == "id" else (english, indonesian)
    assert [one.get_text(strip=True) for one in page.select("h1")] == [said]
    assert [one["href"] for one in page.select("main .btn")] == ["/"]
    assert other not in page.get_text()


def test_a_verb_of_the_workbench_without_its_token_says_that_the_page_is_old() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a", "password": "b"})
    assert (answer.status_code, "Halaman ini sudah usang" in answer.content.decode()) == (403, True)

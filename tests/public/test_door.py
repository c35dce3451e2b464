"""The public desk: which addresses are its, what plays no part in its pages, who may send a form."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls import path as addressed

from patrol import urls
from patrol.domain import public_words
from patrol.frame import log_lines
from patrol.infra import doors, violations
from patrol.public import door, home
from patrol.public import urls as public_urls
from tests.factories import person
from tests.public.conftest import caller

pytestmark = pytest.mark.django_db


def test_the_addresses_of_the_workbench_are_those_of_its_urls() -> None:
    paths = [f"/{one.pattern}" for one in urls.urlpatterns if isinstance(one, URLPattern | URLResolver)]
    assert sorted(paths) == sorted(("/", f"/{violations.PATH}", *doors.WORKBENCH))  # the second stands at both doors


@pytest.mark.parametrize(
    ("desk", "start", "logo", "nowhere", "login", "health"),
    [("0", 302, 404, 404, 200, True), ("1", 200, 404, 404, 200, True), ("alone", 200, 404, 404, 404, True)],
)
def test_a_setting_says_which_doors_are_open(
    settings: Any, client: Client, desk: str, start: int, logo: int, nowhere: int, login: int, health: bool
) -> None:
    settings.PUBLIC_DESK = desk
    asked = ("/", "/logo.png", "/tidak-ada/", "/kerja/login/")
    assert [client.get(path).status_code for path in asked] == [start, logo, nowhere, login]
    assert ("database" in client.get("/health/").json()) is health


@pytest.mark.parametrize("desk", ["0", "1", "alone"])
def test_no_address_tells_figures_to_who_watches_the_machine(settings: Any, client: Client, desk: str) -> None:
    settings.PUBLIC_DESK = desk
    asked = ("/metrics", "/metrics/", "/health/metrics/", "/stats/", "/status/", "/debug/")
    assert [client.get(path).status_code for path in asked] == [404] * len(asked)


@pytest.mark.parametrize("host", ["cek.kantor.example", "CEK.kantor.example:443", "cek.kantor.example."])
def test_a_name_of_its_own_holds_the_desk_alone_and_every_other_name_the_workbench_alone(settings: Any, client: Client, host: str) -> None:
    settings.PUBLIC_HOST, settings.ALLOWED_HOSTS = "cek.kantor.example", ["kerja.kantor.example", "cek.kantor.example"]
    paths = ("/", "/en/", "/cek/", "/lapor/", "/kerja/login/", "/bahasa/setlang/", "/rekam/paired", "/tidak-ada/")
    client.force_login(person())

    def statuses(name: str) -> list[int]:
        return [client.get(path, headers={"Host": name}).status_code for path in paths]

    assert statuses(host) == [200, 200, 200, 200, 404, 404, 404, 404]
    shown = client.get("/kerja/", headers={"Host": host})
    assert (shown.status_code, "Halaman tidak ada" in shown.content.decode(), shown.cookies) == (404, True, {})
    other = statuses("kerja.kantor.example")
    assert (other[:5], other[7:]) == ([302, 404, 404, 404, 302], [404])
    assert ["database" in client.get("/health/", headers={"Host": name}).json() for name in (host, "kerja.kantor.example")] == [True, True]
    assert client.post("/cek/", {"text": "apa"}, headers={"Host": "kerja.kantor.example"}).status_code == 404
    assert client.get("/", headers={"Host": "lain.example"}).status_code == 400  # a name that is none of ours
    settings.PUBLIC_HOST = ""
    assert [client.get(path, headers={"Host": host}).status_code for path in ("/cek/", "/kerja/login/")] == [200, 302]


@pytest.mark.parametrize(("path", "word"), [("/", "Lewati ke isi"), ("/en/", "Skip to content"), ("/en", "Skip to content")])
def test_the_address_says_the_language(client: Client, path: str, word: str) -> None:
    client.cookies["django_language"] = "en" if word == "Lewati ke isi" else "id"
    assert word in client.get(path, follow=True, headers={"Accept-Language": "fr"}).content.decode()


def test_what_does_not_exist_is_said_to_a_stranger_in_the_language_of_the_address(client: Client) -> None:
    assert "Halaman tidak ada" in client.get("/tidak/ada").content.decode()
    assert "There is no such page" in client.get("/en/tidak/ada").content.decode()


def test_a_login_plays_no_part(client: Client) -> None:
    stranger = client.get("/").content
    client.force_login(person())
    answer = client.get("/")
    assert (answer.content, answer.cookies, answer.headers.get("Vary", "")) == (stranger, {}, "")


def test_no_cookie_is_set_and_every_header_is_strict(client: Client) -> None:
    for path in ("/", "/en/", "/tidak-ada/"):
        answer = client.get(path)
        assert answer.cookies == {}
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == ("no-store" if answer.status_code == 404 else "no-cache")


SENT: list[tuple[dict[str, str], int]] = [
    ({}, 405),  # a browser that says nothing: let in, and the start page takes no form
    ({"Sec-Fetch-Site": "same-origin"}, 405),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 405),
    ({"Origin": "http://testserver"}, 405),
    ({"Origin": "https://lain.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://["}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), SENT)
def test_a_form_of_another_site_is_refused(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.post("/", headers=headers).status_code == status


# What each address of the desk takes. Of GET and HEAD the answer is the page, or that its thing is not there.
FORMS = {"check", "report", "status", "objection"}
READ = {"home", "logo", "card", "leave", "learn", "guide"}
NAMED = {"card": {"number": "KP-26-0001"}, "guide": {"key": "tanda"}}


def missing(patterns: list[Any]) -> set[str]:
    """Addresses without a line in the lists above, and lines without an address."""
    return {one.name for one in patterns} ^ (FORMS | READ)


def test_each_address_of_the_desk_is_listed_with_what_it_takes() -> None:
    assert missing(public_urls.PAGES) == set()
    assert missing([*public_urls.PAGES, addressed("baru/", home.page, name="new")]) == {"new"}


@pytest.mark.parametrize("name", sorted(FORMS | READ))
def test_an_address_takes_no_other_method(client: Client, settings: Any, name: str) -> None:
    settings.PUBLIC_LOGO = str(Path(__file__))
    address = reverse(f"public:{name}", kwargs=NAMED.get(name), urlconf=doors.PUBLIC_URLS)
    methods = ("PUT", "PATCH", "DELETE", "TRACE", *(() if name in FORMS else ("POST",)))
    assert [client.generic(method, address).status_code for method in methods] == [405] * len(methods)
    assert client.get(address).status_code in {200, 302, 404}


@pytest.mark.parametrize(
    ("address", "title", "said"),
    [
        ("/kartu/KP-26-0001/", "Kiriman tidak diterima", "Alamat ini tidak menerima kiriman seperti itu. Mulai dari beranda."),
        ("/en/kartu/KP-26-0001/", "That was not taken", "This address does not take what was sent in that way. Begin at the start page."),
    ],
)
def test_what_an_address_does_not_take_is_said_on_a_page(client: Client, address: str, title: str, said: str) -> None:
    answer = client.post(address)
    page = BeautifulSoup(answer.content, "html.parser").main
    assert page
    assert (answer.status_code, answer.headers["Allow"], answer.headers["Cache-Control"]) == (405, "GET, HEAD", "no-store")
    assert [" ".join(one.get_text(" ", strip=True).split()) for one in page.select("h1, h1 + p")] == [title, said]


def _answered(monkeypatch: pytest.MonkeyPatch, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    match = get_resolver(doors.PUBLIC_URLS).resolve("/")
    monkeypatch.setattr(match, "func", view)
    monkeypatch.setattr(type(get_resolver(doors.PUBLIC_URLS)), "resolve", lambda _self, _path: match)
    return door.DoorMiddleware(home.page)(RequestFactory().get("/"))


def test_what_breaks_says_where_and_not_what_was_typed(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def breaks(_request: HttpRequest) -> HttpResponse:
        raise ValueError("kenari rahasia")

    answer = _answered(monkeypatch, breaks)
    assert (answer.status_code, "Terjadi gangguan" in answer.content.decode()) == (500, True)
    [line] = [one for one in caplog.records if one.name == "patrol.public.door"]
    assert line.__dict__["error"] == "ValueError"
    assert line.__dict__["places"][-1].endswith("breaks")
    assert "kenari" not in str(line.__dict__) + caplog.text


def test_without_a_database_the_hotline_is_told_and_nothing_is_quoted(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.PUBLIC_HOTLINE = "0800-1111-222"

    def asked() -> list[tuple[int, bool, bool]]:
        connection.settings_dict = {**connection.settings_dict, "HOST": "/nonexistent"}
        client = Client(REMOTE_ADDR=caller())
        answers = [client.get("/"), client.get("/cek/"), client.get("/pelajari/"), client.post("/cek/", {"text": "kenari rahasia"})]
        pages = [(answer.status_code, answer.content.decode()) for answer in answers]
        return [(status, "tel:08001111222" in page, "/static/public/public.css" in page) for status, page in pages]

    with ThreadPoolExecutor(1) as thread:  # its connection is its own
        told = thread.submit(asked).result()
    assert told == [(200, True, True), (200, True, True), (500, True, True), (500, True, True)]
    assert {(line.name, line.exc_info) for line in caplog.records} == {("patrol.public.door", None)}
    assert "kenari" not in caplog.text


@pytest.mark.parametrize("path", ["/Budi-Kenari/", "/kartu/Budi-Kenari/", "/kartu/Budi-Kenari%00/", "/cek/Budi-Kenari/"])
def test_what_was_typed_behind_a_slash_stands_in_no_line(client: Client, path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "django.request")
    assert client.get(path).status_code == 404
    assert [line for line in caplog.records if "enari" in str(line.__dict__)] == []
    assert client.get("/health/Budi-Kenari/").status_code == 404  # the workbench's are written as before
    assert "/health/Budi-Kenari/" in caplog.text


def test_what_breaks_even_the_page_for_it_is_told_by_its_type() -> None:
    broken = (ValueError, ValueError("kenari rahasia"), None)
    line = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Error: %s", ("/kenari/",), broken)
    line.request = RequestFactory().get("/kenari/")
    assert log_lines.WithoutStrangers().filter(line)
    assert (line.getMessage(), line.exc_info) == ("a public page failed: ValueError", None)


@pytest.mark.parametrize("path", ["/", "/en/", "/cek/", "/en/cek/", "/tidak-ada/", "/en/tidak-ada/"])
def test_no_page_clears_or_condemns_loads_from_elsewhere_or_needs_a_script(client: Client, path: str) -> None:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    assert public_words.forbidden(page.get_text(" ")) == []
    assert page.select("script, iframe, [style], [onclick]") == []
    assert [one["src"] for one in page.select("[src]") if not str(one["src"]).startswith("/")] == []
    assert [one["href"] for one in page.select("link[href]") if not str(one["href"]).startswith("/")] == []


def test_the_hotline_of_the_settings_stands_on_every_page(client: Client, settings: Any) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = "0800-1111-222", ""
    settings.PUBLIC_HOTLINE_NOTE_EN, settings.PUBLIC_OFFICE = "Weekdays.", "BP3MI Contoh"
    for path in ("/en/", "/en/cek/", "/en/tidak-ada/"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert {one["href"] for one in page.select("a[href^='tel:']")} == {"tel:08001111222"}
        assert "Weekdays." in page.get_text()
        assert "BP3MI Contoh" in page.get_text()
        assert "WhatsApp +" not in page.get_text()


def test_a_logo_is_served_from_here(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG contoh")
    settings.PUBLIC_LOGO = str(tmp_path / "logo.png")
    answer = client.get("/en/logo.png")
    assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (b"\x89PNG contoh", "image/png", "public, max-age=86400")
    assert BeautifulSoup(client.get("/en/").content, "html.parser").select("img.logo[src='/en/logo.png']")

"""Every address of every door says the same to the browser. With things in it each is opened by tests.attacks.test_planted, by the same
table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from patrol.admin.shared import base
from patrol.infra import doors
from patrol.models import Role
from tests.factories import person
from tests.frame import expected_headers

pytestmark = pytest.mark.django_db

GIVEN = {"int": "999999", "slug": "tidak-ada", "str": "TND-26-999999", "path": "999999", "uuid": "00000000-0000-4000-8000-000000000000"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address, its parameters filled with what does not exist."""
    kinds = {type(converter): name for name, converter in get_converters().items()}
    for pattern in resolver.url_patterns:
        given = pattern.pattern
        here = before + str(given).replace("^", "").replace("$", "")
        for name, converter in given.converters.items():
            kind = kinds[type(converter)]
            here = here.replace(f"<{kind}:{name}>", GIVEN.get(kind, "1")).replace(f"<{name}>", GIVEN["str"])
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from addresses(pattern, here)


def wrong(client: Client, paths: list[str], *, public: bool = False) -> dict[str, list[str]]:
    found = {path: expected_headers.wrong(client.get(path), public=public) for path in paths}
    return {path: said for path, said in found.items() if said}


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR], ids=["stranger", "administrator"])
def test_every_address_of_the_workbench(role: Role | None) -> None:
    client = Client()
    if role:
        client.force_login(person(role, "directorate"))
    paths = [path for path in addresses(get_resolver()) if path != "/kerja/logout/"]
    assert len(paths) > 300
    assert wrong(client, [*paths, "/tidak/ada/", "/kerja/tidak/ada/"]) == {}


@pytest.mark.parametrize("desk", ["1", "alone"])
def test_every_address_of_the_public_desk(desk: str, settings: Any) -> None:
    settings.PUBLIC_DESK = desk
    paths = list(addresses(get_resolver(doors.PUBLIC_URLS)))
    assert len(paths) > 15
    leaving = ["Referrer-Policy: no-referrer"]  # where "Leave quickly" leads learns nothing of where somebody was
    assert wrong(Client(), [*paths, "/tidak/ada/"], public=True) == {"/keluar/": leaving, "/en/keluar/": leaving}
    assert [Client().get(path).headers["Cache-Control"] for path in ("/lapor/", "/en/lapor/status/", "/keberatan/")] == ["no-store"] * 3


def test_an_answer_that_says_less_is_found() -> None:
    """The control of the table."""
    assert len(expected_headers.wrong(HttpResponse())) == 14
    answer = base.download(b"x", name="x.html", shown_as="text/html")
    assert 'Content-Disposition: inline; filename="x.html"' in expected_headers.wrong(answer)


def test_files_of_the_pages_say_it_too() -> None:
    answer = Client().get("/static/workbench.css")
    answer.close()
    said = answer.headers
    assert [said[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")] == ["nosniff", "same-origin"]
    assert "no-store" not in said["Cache-Control"]


def test_logging_out_empties_the_browsers_cache_and_leaves_what_was_chosen_there() -> None:
    client = Client()
    client.force_login(person())
    answer = client.post(reverse("admin:logout"))
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (200, '"cache"')
    assert "Clear-Site-Data" not in client.get(reverse("admin:login")).headers
    assert (client.get(reverse("admin:index")).status_code, answer.cookies["session"].value) == (302, "")

"""Every page of the workbench that somebody may open, a row in each list: clean, within its window, readable, whole in both languages.

The rows are those of the walk (tests/admin/test_access_walk.py), whose matrix holds each address there is: what a page shows is made for
one request and undone after it. The answers are kept, and Chromium draws them one after the other from a server that knows them alone: no
login, no worker. What the example shows, and what happens once a page is touched, stands in the other files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import transaction
from django.test.testcases import LiveServerThread
from django.urls import resolve, reverse
from playwright.sync_api import Page

from patrol import models
from patrol.access import public_desk
from tests.admin import test_access_walk as walk
from tests.browser import chromium, test_pages, test_protection_pages
from tests.browser.test_pages import faults, untranslated

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Addresses that are opened with GET and answer with no page: a file, a picture, figures for a script.
NO_PAGE: Final = frozenset(
    {
        "api:openapi-json",
        "admin:jsi18n",
        "admin:passkey",
        "admin:patrol_card_file",
        "admin:patrol_card_poster",
        "admin:patrol_device_extension",
        "admin:patrol_flag_numbers",
        "admin:patrol_importedfile_example",
        "admin:patrol_importedfile_problems",
        "admin:patrol_post_picture",
        "admin:patrol_registeredition_example_agencies",
        "admin:patrol_registeredition_example_licences",
        "admin:patrol_registeredition_problems",
        "admin:reports_weeklysummary_pdf",
    }
)
# Pages before the door or outside of it: tests/browser/test_pages.py and tests/browser/test_signing_in.py.
BEFORE_THE_DOOR: Final = frozenset({"admin:login", "admin:forgotten", "admin:password_reset_complete"})
PAPER: Final = frozenset({"admin:reports_weeklysummary_print"})  # drawn as it comes out of the printer, whatever the theme
FIRST: Final = "SsARMDOo"  # who may do most of what a page offers comes first


# --- a row in each list -----------------------------------------------------------------------------


def _captured(world: walk.World, asks: str) -> None:
    person = world.people[asks]
    models.Intake.objects.create(kind="capture", person=person, office=person.office, at=walk.NOW, name="Loker Taiwan", note="Ramai.")


def _read(world: walk.World, asks: str) -> None:
    walk.entered(world, "S").get(reverse("admin:patrol_case_change", args=[world.cases[walk.OWN].pk]))


def _switched(world: walk.World, asks: str) -> None:
    public_desk.change(tells_reviewed=True, by=world.people["s"], now=walk.NOW)


def _made(*things: str) -> Callable[[walk.World, str], None]:
    def make(world: walk.World, asks: str) -> None:
        for thing in things:
            world.make(thing, walk.OWN, asks)

    return make


def _there(world: walk.World, asks: str) -> None:
    """The walk's world has some."""


# list -> what makes a row, and what narrows it to that row where it is not shown otherwise
LISTS: Final[Mapping[str, tuple[Callable[[walk.World, str], None], str]]] = {
    "patrol_agency": (_there, ""),
    "patrol_article": (_there, ""),
    "patrol_auditentry": (_there, ""),
    "patrol_bot": (_made("bots"), ""),
    "patrol_bulk": (_made("proposed bulk"), ""),
    "patrol_campaign": (_made("campaign"), ""),
    "patrol_card": (_made("card"), ""),
    "patrol_case": (_there, ""),
    "patrol_casedeadline": (_made("deadline"), ""),
    "patrol_consultation": (_read, ""),
    "patrol_credential": (_made("credential"), ""),
    "patrol_decision": (_made("decision of whoever asks"), "?period=all"),
    "patrol_device": (_made("device of whoever asks"), ""),
    "patrol_dispatch": (_made("message of whoever asks"), ""),
    "patrol_draw": (_made("drawn decision"), ""),
    "patrol_erasurerequest": (_made("request to erase"), ""),
    "patrol_flag": (_there, ""),
    "patrol_guide": (_made("edition of a guide"), ""),
    "patrol_importedfile": (_made("import"), ""),
    "patrol_indicator": (_there, ""),
    "patrol_intake": (_captured, ""),
    "patrol_jointleave": (_made("joint leave"), ""),
    "patrol_keywordpack": (_made("pack"), ""),
    "patrol_lettertemplate": (_made("template of a letter"), ""),
    "patrol_licence": (_there, ""),
    "patrol_manualchange": (_made("change by hand"), ""),
    "patrol_minutes": (_made("minutes"), ""),
    "patrol_notice": (_made("notice"), "?show=all"),
    "patrol_objection": (_made("objection"), ""),
    "patrol_office": (_there, ""),
    "patrol_owncare": (_made("passkey of whoever asks"), ""),
    "patrol_peerexport": (_made("export for a peer"), ""),
    "patrol_person": (_there, ""),
    "patrol_post": (_there, ""),
    "patrol_protection": (_made("protection"), ""),
    "patrol_publicdeskchange": (_switched, ""),
    "patrol_referral": (_made("sent referral"), ""),
    "patrol_registeredition": (_there, ""),
    "patrol_retentionedition": (_made("times of keeping"), ""),
    "patrol_station": (_made("station"), ""),
    "patrol_subjectrequest": (_made("request of a subject"), ""),
    "patrol_taskline": (_made("line"), "?kind=other"),
    "patrol_tip": (_made("tip"), "?state=all"),
    "patrol_unusualreading": (_made("unusual reading"), ""),
    "patrol_watch": (_there, ""),
    "patrol_watchproposal": (_made("watch proposal"), ""),
    "patrol_webhook": (_made("webhook"), ""),
    "reports_weeklysummary": (_there, ""),
}
# Pages beside a list that list something themselves.
FURTHER: Final[Mapping[str, tuple[Callable[[walk.World, str], None], str]]] = {
    "admin:own_access": (_made("passkey of whoever asks"), ""),
    "admin:patrol_device_tokens": (_made("token of the office"), ""),
    "admin:patrol_draw_agreement": (_made("difference"), ""),
    "admin:patrol_indicator_trusted": (_made("proposal"), ""),
}


def rows_of(name: str) -> tuple[Callable[[walk.World, str], None], str] | None:
    if name.endswith("_changelist"):
        return LISTS[name.removeprefix("admin:").removesuffix("_changelist")]
    return FURTHER.get(name)


# --- what is asked, and kept ------------------------------------------------------------------------


def elsewhere() -> frozenset[str]:
    """Names of the addresses that two files with richer rows draw."""
    paths = {path for _role, path in test_pages.PAGES} | set(test_protection_pages.PAGES)
    told = {"this_week": "2026-W47", "week": "2026-W47"}

    def name(path: str) -> str:
        found = resolve(path.partition("?")[0].format_map(_Ones(told)))
        return f"admin:{found.url_name}"

    return frozenset(name(path) for path in paths if "/tidak/ada/" not in path)


class _Ones(dict[str, str]):
    """1 for each number of an address."""

    def __missing__(self, key: str) -> str:
        return "1"


@dataclass(frozen=True)
class Kept:
    name: str
    headers: list[tuple[str, str]]
    body: bytes
    english: str

    @property
    def path(self) -> str:
        return f"/{self.name.replace(':', '/')}"


def opened() -> dict[str, tuple[str, str]]:
    """name -> office of the thing, who asks: of each address that answers somebody who is logged in."""
    found = {}
    for name, row in walk.MATRIX.items():
        for office, answers in row.get.items():
            letters = set(answers.get(200, "")) & set(walk.STAFF)
            if letters and name not in found:
                found[name] = office, min(letters, key=FIRST.index)
    return found


def answers(world: walk.World) -> Iterator[Kept]:
    for name, (office, asks) in opened().items():
        if name in NO_PAGE | BEFORE_THE_DOOR | elsewhere():
            continue
        row, rows = walk.MATRIX[name], rows_of(name)
        with transaction.atomic():
            thing, parts = world.make(row.thing, office, asks) if row.thing else (None, [])
            if rows:
                rows[0](world, asks)
            address, client = walk.address(name, parts, thing) + (rows[1] if rows else ""), walk.entered(world, asks)
            answer = client.get(address)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            english = client.get(address).content.decode()
            transaction.set_rollback(True)
        assert answer.status_code == 200, name
        yield Kept(name, list(answer.headers.items()), answer.content, english)


@contextmanager
def serving(pages: Iterable[Kept]) -> Iterator[str]:
    """The address of a server that answers with them, and with nothing where a script asks for more."""
    by_path = {page.path: page for page in pages}

    class Handler(StaticFilesHandler):
        def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            page = by_path.get(environ["PATH_INFO"])
            if page is None and environ["PATH_INFO"].startswith(settings.STATIC_URL):
                return super().__call__(environ, start_response)
            start_response("200 OK" if page else "204 No Content", page.headers if page else [])
            return [page.body] if page else []

    thread = LiveServerThread("127.0.0.1", Handler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


# --- what is asked of a page ------------------------------------------------------------------------

_EMPTY = """() => [...document.querySelectorAll("main .empty, main tbody td[colspan].mut")].map((one) => one.innerText.trim())"""


def wrong_with(page: Page, kept: Kept) -> Iterator[str]:
    if rows_of(kept.name):
        yield from (f"nothing in it: {text}" for text in page.evaluate(_EMPTY))
    yield from faults(page, paper=kept.name in PAPER)
    yield from (f"not English: {text}" for text in untranslated(page, "en", html=kept.english))


def test_every_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: walk.NOW)
        pages = list(answers(walk.inhabited()))
    wrong = []
    with serving(pages) as address, chromium.opened() as browser:
        watcher = chromium.Watcher(address.removeprefix("http://"))
        page = watcher.watch(browser.new_context(locale="en-US").new_page())
        page.set_default_timeout(chromium.PATIENCE)
        for kept in pages:
            page.goto(address + kept.path)
            wrong += [f"{kept.name} {one}" for one in (*wrong_with(page, kept), *watcher.found)]
            watcher.found.clear()
    assert not wrong, "\n".join(wrong)


def test_each_list_has_a_row_and_no_address_is_left_out_for_nothing() -> None:
    names = set(opened())
    assert {f"admin:{name}_changelist" for name in LISTS} == {name for name in names if name.endswith("_changelist")}
    assert NO_PAGE | BEFORE_THE_DOOR - {"admin:login"} | set(FURTHER) | PAPER <= names
    assert not NO_PAGE & elsewhere()

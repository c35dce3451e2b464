"""The workbench's pages of warning cards: made on the page of a case, looked at and released by another person, captions to copy."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.cases import cards, letters
from patrol.infra import printing
from patrol.models import Role
from tests import factories
from tests.cases import asked, carded, objected
from tests.markup import only, read, said_by, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cek.contoh.example"


def door(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def address(name: str, *parts: Any) -> str:
    return reverse(f"admin:patrol_card_{name}", args=parts)


def page(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_a_card_is_made_in_one_form_and_let_out_by_a_second_person() -> None:
    officer, second = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    case, flag = carded.case(by=officer)
    own, other = door(officer), door(second)
    link = only(page(own, reverse("admin:patrol_case_change", args=[case.pk])), "#referrals a.btn[href*=card]")
    form = page(own, value_of(link, "href"))
    quote = read(form.select_one("textarea[name=quote]"))
    assert cards.suggested(case)[0].quote == quote
    signs = [str(one["value"]) for one in form.select("input[name=signs][checked]")]
    assert signs == list(cards.suggested(case)[0].signs)
    told = {"flag": flag.pk, "position": "CS chat", "country": "KH", "quote": "Hubungi 0812 3456 7890", "signs": ["pay"]}
    wrong = own.post(address("of_case", case.pk), told).content.decode()
    assert "tells who is behind the offer" in wrong
    assert models.Card.objects.count() == 0
    assert own.post(address("of_case", case.pk), told | {"quote": quote, "signs": signs}).status_code == 302
    made = models.Card.objects.get()
    assert "is being drawn" in read(page(own, address("change", made.pk)).select_one(".wb"))
    carded.drawn(made)
    mine = read(page(own, address("change", made.pk)).select_one(".wb"))
    assert "You made it: another person releases it." in mine
    assert "Release the card" not in mine
    theirs = page(other, address("change", made.pk))
    assert [str(one["src"]) for one in theirs.select("img.warning-card")] == [
        address("file", made.pk, "png-id"),
        address("file", made.pk, "png-en"),
    ]
    assert other.get(address("file", made.pk, "png-id"))["Content-Type"] == "image/png"
    assert other.get(address("file", made.pk, "pdf-id")).status_code == 404
    assert theirs.select("textarea[readonly]") == []  # captions are there once it may go out
    assert other.post(address("release", made.pk), {"seen_version": 1}, follow=True).status_code == 200
    captions = {str(one["id"]): one.text for one in page(own, address("change", made.pk)).select("textarea[readonly]")}
    assert sorted(captions) == sorted(
        f"{channel}-{language}" for channel in ("facebook", "instagram", "whatsapp") for language in ("id", "en")
    )
    assert f"https://cek.contoh.example/kartu/{made.number}/" in captions["facebook-id"]
    assert read(page(own, address("change", made.pk)).select_one("label[for=facebook-id]")) == "Facebook · In Indonesian"
    assert f"https://cek.contoh.example/en/kartu/{made.number}/" in captions["whatsapp-en"]


def test_a_card_whose_ground_fell_or_is_objected_to_says_so() -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    made, waits = carded.released(case, flag, officer), carded.make(case, flag, officer)
    objection = objected.enter(flag, factories.person(Role.OFFICER))
    client = door(officer)
    out = f"The card is out, and whoever is named was asked or objects ({objection.number})."
    assert out in read(page(client, address("change", made.pk)).select_one(".wb"))
    assert f"Whoever is named is still answering ({objection.number})" in read(page(client, address("change", waits.pk)).select_one(".wb"))
    assert f"Whoever is named is still answering ({objection.number})" in read(page(client, address("of_case", case.pk)).select_one(".wb"))
    objected.decide(objection, factories.person(Role.SUPERVISOR))
    assert "was taken back: withdraw it" in read(page(client, address("change", made.pk)).select_one(".wb"))
    client.post(address("withdraw", made.pk), {"seen_version": 2, "note": "Keputusannya dibatalkan."})
    assert "Keputusannya dibatalkan." in read(page(client, address("change", made.pk)).select_one(".wb"))


def test_only_a_card_that_went_out_is_withdrawn_in_words_for_the_public() -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    out, waits = carded.released(case, flag, officer), carded.make(case, flag, officer)
    client = door(officer)
    for card, asks, done in (
        (out, "Why, in words that the public may read", "its page says so."),
        (waits, "Why it does not go out", "it does not go out."),
    ):
        form = only(page(client, address("change", card.pk)), f'form[action="{address("withdraw", card.pk)}"]')
        assert read(form.select_one(".fld span")) == asks
        answer = client.post(address("withdraw", card.pk), {"seen_version": card.version, "note": "Tawaran lain."})
        assert said_by(answer)[-1] == (f"{card.number} was withdrawn: {done}", "")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_one_card_as_for_thirty(rows: int, django_assert_num_queries: Any) -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    for _ in range(rows):
        carded.make(case, flag, officer)
    client = door(officer)
    with django_assert_num_queries(5):
        assert client.get(address("changelist")).content.decode().count("KP-JABAR-2026-") == rows


@pytest.mark.skipif(not printing.available(), reason="no Pango on this machine")
def test_the_poster_of_an_office_is_one_page_with_its_name_and_address() -> None:
    asked.letters_ready(asked.OWN)
    office = factories.office()
    answer = door(factories.person(Role.OFFICER)).get(address("poster", office.code), {"language": "id"})
    assert (answer["Content-Disposition"], answer.content[:4]) == (f'attachment; filename="poster-{office.code}-id.pdf"', b"%PDF")
    head = letters.letterhead_of(office.pk)
    assert head is not None
    assert door(factories.person(Role.OFFICER)).get(address("poster", "bp3mi-ntb")).status_code == 404

"""Step-up: who sits there is asked once more, and what was sent goes on afterwards as it was sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.access import fresh, sign_in
from tests import factories
from tests.access.test_factors import account, code_of, with_app
from tests.access.test_sign_in import PASSWORD, WRONG, entered, rows
from tests.admin.test_protections import address, harmed

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """One moment, which the test moves. In Indonesian."""
    moment = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    with translation.override("id"):
        yield moment


def asked(client: Client, to: str, sent: dict[str, Any], **shown: str) -> Any:
    """What the form of the step-up sends, filled."""
    page = BeautifulSoup(client.post(to, sent).content, "html.parser")
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select("form[method=post] input[name]")}
    assert fields["confirming"] == "POST"
    return client.post(to, {**fields, **shown})


def shows() -> int:
    return models.AuditEntry.objects.filter(verb="protection.contacts_shown").count()


def test_the_password_is_asked_for_where_there_is_no_second_factor_and_the_look_goes_on(clock: list[datetime]) -> None:
    client, protection = entered(account()), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach"}
    clock[0] += fresh.lasts() - timedelta(seconds=1)
    assert (client.post(show, sent).status_code, shows()) == (200, 1)
    clock[0] += timedelta(seconds=1)
    wrong = asked(client, show, sent, confirm_password=WRONG)
    assert (wrong.status_code, "Kata sandi ini salah" in wrong.content.decode(), shows()) == (403, True, 1)
    assert b'name="need" value="reach"' in wrong.content
    right = asked(client, show, sent, confirm_password=PASSWORD)
    assert (right.status_code, "korban_contoh" in right.content.decode(), shows()) == (200, True, 2)
    assert [verb for verb, _by, _on in rows()[-3:]] == ["person.old_password_wrong", "person.confirmed", "protection.contacts_shown"]
    assert client.post(show, sent).status_code == 200
    assert shows() == 3  # and not asked again for a while


def test_the_second_factor_is_asked_for_and_the_password_does_not_do(clock: list[datetime]) -> None:
    person = account()
    secret, _codes = with_app(person)
    client, protection = entered(person), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach", "code": "isi formulir"}
    clock[0] += fresh.lasts()
    assert asked(client, show, sent, confirm_password=PASSWORD).status_code == 403
    assert shows() == 0
    assert asked(client, show, sent, code=code_of(secret, clock[0])).status_code == 200
    assert shows() == 1
    clock[0] += fresh.lasts()
    used = asked(client, show, sent, code=code_of(secret, clock[0] - fresh.lasts()))
    assert (used.status_code, shows()) == (403, 1)


def test_a_page_that_asks_opens_afterwards_where_it_was_asked_for(clock: list[datetime]) -> None:
    client = entered(account())
    clock[0] += fresh.lasts()
    to = f"{reverse('admin:add_app')}?x=1"
    assert "app-secret" not in client.get(to).content.decode()
    answer = client.post(to, {"confirming": "GET", "confirm_password": PASSWORD})
    assert answer["Location"] == to
    assert "app-secret" in client.get(to).content.decode()


def test_guessing_there_is_slowed_as_at_the_door(clock: list[datetime]) -> None:
    client, protection = entered(account()), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach"}
    clock[0] += fresh.lasts()
    for _ in range(int(sign_in.KNOWN_BURST)):
        assert asked(client, show, sent, confirm_password=WRONG).status_code == 403
    late = asked(client, show, sent, confirm_password=PASSWORD)
    assert ("Terlalu banyak percobaan" in late.content.decode(), shows()) == (True, 0)


def test_who_is_not_logged_in_confirms_nothing() -> None:
    protection = harmed(factories.person())
    answer = Client().post(address(protection, "show"), {"confirming": "POST", "confirm_password": PASSWORD, "need": "reach"})
    assert (answer.status_code, shows()) == (302, 0)


def test_pressed_twice_the_act_goes_on_twice_and_the_second_is_not_told_that_it_was_wrong(clock: list[datetime]) -> None:
    person = account()
    secret, _codes = with_app(person)
    client, protection = entered(person), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach"}
    clock[0] += fresh.lasts()
    page = BeautifulSoup(client.post(show, sent).content, "html.parser")
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select("form[method=post] input[name]")}
    fields["code"] = code_of(secret, clock[0])
    assert [client.post(show, fields).status_code for _press in range(2)] == [200, 200]
    assert [verb for verb, _by, _on in rows()].count("person.factor_failed") == 0


def test_a_second_factor_of_one_s_own_goes_after_it_was_shown(clock: list[datetime]) -> None:
    person = account()
    secret, _codes = with_app(person)
    client, mine = entered(person), Authenticator.objects.filter(user=person)
    to = reverse("admin:remove_factor", args=[mine.get(type="totp").pk])
    clock[0] += fresh.lasts()
    assert (asked(client, to, {}, code="000000").status_code, mine.count()) == (403, 2)  # the recovery codes are the other
    assert (asked(client, to, {}, code=code_of(secret, clock[0])).status_code, mine.count()) == (302, 0)
    assert [verb for verb, _by, _on in rows()[-3:]] == ["person.factor_failed", "person.confirmed", "person.factor_removed"]


def test_an_article_is_confirmed_after_a_proof_and_the_scan_of_the_letter_is_chosen_again(clock: list[datetime]) -> None:
    client = entered(account("supervisor", code="directorate"))
    edition = models.Article.objects.get(key="placement").editions.get()
    to = reverse("admin:patrol_article_confirm", args=[edition.article_id, edition.pk])
    letter = {"letter_number": "B.7/CONTOH/2026", "letter_date": "23/11/2026"}
    clock[0] += fresh.lasts()
    answer = asked(client, to, letter | {"scan": SimpleUploadedFile("surat.pdf", b"%PDF-1.4")}, confirm_password=PASSWORD)
    page = BeautifulSoup(answer.content, "html.parser")
    kept = {name: page.select(f"input[name={name}]")[0].get("value") for name in (*letter, "scan")}
    assert (kept, models.LawConfirmation.objects.count()) == (letter | {"scan": None}, 0)
    assert list(answer.context["form"].errors) == ["scan"]
    again = client.post(to, letter | {"scan": SimpleUploadedFile("surat.pdf", b"%PDF-1.4")})
    assert (again.status_code, models.LawConfirmation.objects.get().edition) == (302, edition)


@pytest.mark.parametrize("way", ["flag", "indicator", "copy"])
def test_contacts_of_somebody_harmed_ask_by_whichever_way_and_others_do_not(way: str, clock: list[datetime]) -> None:
    owner = account()
    client, protection = entered(owner), harmed(owner)
    other = factories.flag()
    clock[0] += fresh.lasts()
    models.Person.objects.filter(pk=owner.pk).update(office=protection.office)
    asks = []
    for flag in (protection.flag, other):
        capture = models.PostVersion.objects.filter(post=flag.post).first()
        contact = (
            models.Sighting.objects.filter(post=flag.post, role="contact").first() or models.Sighting.objects.filter(post=flag.post).first()
        )
        to = {
            "flag": reverse("admin:patrol_flag_show", args=[flag.pk]),
            "indicator": reverse("admin:patrol_indicator_show", args=[contact.indicator_id if contact else 0]),
            "copy": reverse("admin:patrol_post_download_copy", args=[flag.post_id, capture.capture_id if capture else uuid.uuid4()]),
        }[way]
        page = BeautifulSoup(client.post(to, {"purpose": "case"}).content, "html.parser")
        asks.append(page.select_one("input[name=confirm_password]") is not None)
    assert asks == [True, False]


def test_a_new_key_of_the_login_gives_no_new_tries(clock: list[datetime]) -> None:
    client = entered(account())
    clock[0] += fresh.lasts()
    to = reverse("admin:add_app")
    answers = []
    for turn in range(12):
        if turn == 6:
            session = client.session
            session.cycle_key()
            session.save()
            client.cookies["session"] = str(session.session_key)
        answers.append(client.post(to, {"confirming": "GET", "confirm_password": WRONG}).content.decode())
    assert ["Kata sandi ini salah" in one for one in answers] == [True] * 10 + [False] * 2

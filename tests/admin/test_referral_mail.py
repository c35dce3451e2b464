"""The mail of a referral on its page: where it goes and which files, asked for in two steps, and what became of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from patrol import models
from patrol.cases import sending
from patrol.infra import jobs
from patrol.models import Role
from tests import factories, sink
from tests.admin.conftest import Door
from tests.cases import asked, test_sending
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MAIL = test_sending.MAIL


def page(client: Any, made: models.Referral) -> str:
    text: str = client.get(reverse("admin:patrol_referral_change", args=[made.pk])).content.decode()
    return " ".join(text.split())


def post(client: Any, made: models.Referral, verb: str, **form: Any) -> str:
    made.refresh_from_db()
    told = {"seen_version": made.version, **form}
    text: str = client.post(reverse(f"admin:patrol_referral_{verb}", args=[made.pk]), told, follow=True).content.decode()
    made.refresh_from_db()
    return " ".join(text.split())


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def test_where_it_goes_is_seen_by_whoever_approves_it(door: Door, officer: models.Person, settings: Any) -> None:
    test_sending.use(settings, 1)
    test_sending.enter_address(factories.person(Role.SUPERVISOR, "directorate"))
    made = asked.submitted(asked.case_of(by=officer), officer)
    shown = page(door(factories.person(Role.SUPERVISOR)), made)
    assert (MAIL in shown, "Kirim lewat surel" in shown) == (True, False)


def test_asked_for_by_its_form_and_told_what_became_of_it(door: Door, officer: models.Person, settings: Any) -> None:
    client = door(officer)
    with sink.running("drops") as (server, port):
        test_sending.use(settings, port)
        made = test_sending.mailable(officer)
        shown = page(client, made)
        (sha256,) = test_sending.files(made)
        assert (f'SHA-256 <span class="mono">{sha256}</span>' in shown, f"Kirim ke {MAIL}" in shown) == (True, True)
        assert "bukan yang Anda lihat" in post(client, made, "mail_ask", file=["0" * 64])
        assert "menunggu dikirim" in post(client, made, "mail_ask", file=[sha256])
        assert "Tandai sebagai dikirim" not in page(client, made)
        jobs.run({"mail": sending.carry_out}, now=NOW)
        shown = page(client, made)
    assert len(server.mails) == 1
    assert "tidak diketahui sampai atau tidak" in shown
    assert "Surel rujukan" in client.get(reverse("admin:index")).content.decode()
    listed = client.get(reverse("admin:patrol_referral_changelist"), {"state": "mail_unknown"}).content.decode()
    assert made.number in listed
    assert "katakan sampai atau tidak" in post(client, made, "mail_settle", note="Ditelepon")
    post(client, made, "mail_settle", arrived="yes", note="Ditelepon: sudah masuk")
    assert made.state == "sent"
    assert "Ditelepon: sudah masuk" in page(client, made)
    assert "Surel rujukan" not in client.get(reverse("admin:index")).content.decode()


def test_a_page_says_why_there_is_no_button(door: Door, officer: models.Person, settings: Any) -> None:
    settings.MAIL = None
    client = door(officer)
    made = asked.approved(asked.case_of(by=officer), officer)
    assert "Kanalnya tidak punya alamat surel" in page(client, made)
    made = test_sending.mailable(officer)
    shown = page(client, made)
    assert ("Server surel belum disetel" in shown, "Kirim ke" in shown) == (True, False)


def test_what_a_server_says_is_shown_as_text_and_masked(door: Door, officer: models.Person, settings: Any) -> None:
    made = test_sending.mailable(officer)
    test_sending.use(settings, 1)
    test_sending.ask(made, officer)
    models.Sending.objects.update(state="refused", said="550 <script>alert(1)</script> 081234567890")
    shown = page(door(officer), made)
    assert ("<script>alert(1)" in shown, "081234567890" in shown, "&lt;script&gt;alert(1)" in shown) == (False, False, True)

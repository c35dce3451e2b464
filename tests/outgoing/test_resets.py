"""A link for a forgotten password is mailed to whoever confirmed an address, and nobody learns from it who that is."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patrol import models, tasks
from patrol.access import audit
from patrol.infra import jobs
from patrol.outgoing import resets
from tests import factories, sink
from tests.cases.test_sending import use
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SITE = "https://sipatrol.kantor.example"


@pytest.fixture
def server(settings: Any) -> Iterator[sink.Handler]:
    settings.SITE_URL = SITE
    with sink.running() as (handler, port):
        use(settings, port)
        yield handler


def account(username: str, **given: Any) -> models.Person:
    person = factories.person(username=username, **given)
    person.set_password("kata-sandi-lama-1234")
    person.save(update_fields=["password"])
    return person


def ask(username: str, address: str = "192.0.2.1") -> Any:
    return Client().post(reverse("admin:forgotten"), {"username": username}, REMOTE_ADDR=address)


def work() -> None:
    while jobs.run({kind: tasks.HANDLERS[kind] for kind in ("forgotten", "dispatch")}, now=NOW):
        pass


def verbs() -> list[str]:
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_the_link_comes_by_mail_and_sets_the_password_once(server: sink.Handler) -> None:
    person = account("sari", mail="sari@kantor.example")
    assert ask("sari").status_code == 200
    assert server.mails == []
    work()
    [mail] = server.mails
    read = email.message_from_bytes(bytes(mail.original_content or b""), policy=email.policy.default)
    assert (read["To"], "sari" in str(read["Subject"])) == ("sari@kantor.example", False)
    link = re.search(rf"{SITE}(/\S+)", read.get_content())
    assert link is not None
    assert verbs() == ["person.reset_asked", "person.reset_link"]
    client, new = Client(), "yang-baru-contoh-8842"
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    assert client.post(form, {"new_password1": new, "new_password2": new}).status_code == 302
    person.refresh_from_db()
    assert (person.check_password(new), person.approves) == (True, False)
    assert Client().get(link[1], follow=True).context["validlink"] is False


def test_the_page_says_and_does_the_same_for_each_name(server: sink.Handler) -> None:
    account("sari", mail="sari@kantor.example")
    account("budi")
    account("tutup", mail="tutup@kantor.example", is_active=False)
    seen = set()
    for place, name in enumerate(("sari", "budi", "tutup", "tidakada", "")):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(name, f"198.51.100.{place}")
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        headers = {name: value for name, value in answer.headers.items() if name != "Expires"}  # the second of the answer
        seen.add((answer.status_code, page, len(asked), str(sorted(headers.items()))))
    assert len(seen) == 1
    work()
    assert [mail.rcpt_tos for mail in server.mails] == [["sari@kantor.example"]]
    assert verbs() == ["person.reset_asked", "person.reset_link"]


def test_few_links_go_to_one_account_and_few_are_asked_for_from_one_address(server: sink.Handler) -> None:
    account("sari", mail="sari@kantor.example")
    for place in range(6):
        ask("sari", f"198.51.100.{place}")
        work()
    assert len(server.mails) == resets.BURST
    said = [ask("sari").content.decode() for _ in range(6)]
    assert ["Terlalu banyak percobaan" in one for one in said] == [False] * 5 + [True]


def test_without_mail_or_an_address_the_page_names_the_administrator(server: sink.Handler, settings: Any) -> None:
    assert "login/lupa/" in Client().get(reverse("admin:login")).content.decode()
    settings.SITE_URL = ""
    assert "login/lupa/" not in Client().get(reverse("admin:login")).content.decode()
    for answer in (Client().get(reverse("admin:forgotten")), ask("sari")):
        page = answer.content.decode()
        assert ("Administrator dapat membuat tautan" in page, 'name="username"' in page) == (True, False)
    assert models.Job.objects.count() == 0


@pytest.mark.parametrize(("ago", "mails"), [(timedelta(days=6, hours=23), 0), (timedelta(days=7), 1)])
def test_no_link_goes_to_an_address_that_was_confirmed_lately(ago: timedelta, mails: int, server: sink.Handler) -> None:
    """An open workstation is enough to confirm one: its owner has a week to see it."""
    person = account("sari", mail="sari@kantor.example")
    with transaction.atomic():
        audit.write("person.mail_confirmed", by=person, now=NOW - ago, target=person)
    ask("sari")
    work()
    assert (len(server.mails), "person.reset_asked" in verbs()) == (mails, bool(mails))


def test_a_link_that_does_not_leave_is_told_once(server: sink.Handler) -> None:
    person = account("sari", mail="sari@kantor.example")
    ask("sari")
    work()
    [dispatch] = models.Dispatch.objects.all()
    for _ in range(3):
        assert resets.letter(dispatch, now=NOW) is not None
    assert verbs().count("person.reset_link") == 1
    assert models.Notice.objects.filter(person=person, kind="password_link").count() == 1

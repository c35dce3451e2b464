"""Short links on the page of their post: where each leads, masked for whoever may not see contacts, or why nobody knows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from patrol import models
from patrol.admin.shared import short_links
from patrol.evidence import custody
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_preserved import opened, page_of

pytestmark = pytest.mark.django_db
NOW = factories.NOW
SHORT, END = "https://s.id/loker-rekaan", "https://wa.me/6284055507788"


def holding(flag: models.Flag, *, n: int = 0, **given: Any) -> models.ShortLink:
    """A short link in the flag's post, as opening it left it."""
    link = models.ShortLink.objects.create(
        **{"address": f"{SHORT}{n or ''}", "may_open": True, "level_rank": 3, "found_at": NOW, "leads_to": ""} | given
    )
    models.ShortLinkUse.objects.create(version=flag.post.versions.get(), link=link)
    return link


def led(**given: Any) -> dict[str, Any]:
    return {"outcome": "opened", "opened_at": NOW, "asked_at": NOW, "leads_to": END, **given}


def card(client: Client, flag: models.Flag) -> str:
    """The words of the card."""
    found = re.search(r'<section class="card" id="tautan-pendek">.*?</section>', page_of(client, flag.post), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_a_link_and_its_end_are_masked_until_contacts_are_shown(door: Door) -> None:
    flag = factories.flag(of=factories.watch("bp3mi-jabar"))
    holding(flag, **led())
    client = door(Role.OFFICER)
    said = card(client, flag)
    assert "Tautan pendek s.id/•••• menuju wa.me/•••• , dibuka pada Sen, 23 Nov 2026 10.47 WIB." in said
    assert "Nomor di baliknya: +62 840-••••88" in said
    assert "6284055507788" not in page_of(client, flag.post)
    (row,) = short_links.rows(flag.post.versions.get().pk, shown=True)
    assert (row["address"], row["leads_to"], row["numbers"]) == (SHORT, END, ["+6284055507788"])


def test_a_post_without_short_links_has_no_card(door: Door) -> None:
    assert card(door(Role.OFFICER), factories.flag(of=factories.watch("bp3mi-jabar"))) == ""


def test_why_nobody_knows_where_one_leads(door: Door) -> None:
    flag = factories.flag(of=factories.watch("bp3mi-jabar"))
    quoting = {"code": "x", "id": "Ke <b>0840 5550 7788</b>.", "en": "x"}
    told: list[tuple[dict[str, Any], str]] = [
        ({}, "Belum dibuka."),
        ({"may_open": False}, "Tidak dibuka: tidak datang lewat jalan yang terlihat oleh umum, atau"),
        ({"outcome": "spared"}, "Tidak dibuka: ada dalam unggahan orang yang dilindungi."),
        ({"outcome": "gone"}, "Layanannya menyatakan tautan itu tidak ada."),
        ({"outcome": "login_wall"}, "Layanannya meminta masuk akun atau kata sandi. Tidak diberikan."),
        ({"outcome": "too_many_hops"}, "tanpa ujung."),
        ({"outcome": "no_redirect"}, "menampilkan halaman sendiri"),
        ({"outcome": "no_answer"}, "Layanannya tidak menjawab."),
        ({"outcome": "refused", "problem": quoting}, "Tidak dibuka sampai ujungnya. Ke &lt;b&gt;••••&lt;/b&gt;."),
    ]
    for n, (given, _said) in enumerate(told):
        holding(flag, n=n, **given | ({"opened_at": NOW} if "outcome" in given else {}))
    shown = card(door(Role.OFFICER), flag)
    assert [said for _given, said in told if said not in shown] == []


def test_where_opening_is_turned_off_the_page_says_so(settings: Any) -> None:
    settings.SHORT_LINKS_A_DAY = 0
    flag = factories.flag()
    holding(flag)
    (row,) = short_links.rows(flag.post.versions.get().pk, shown=False)
    assert "pembukaan tautan pendek dimatikan di sini" in row["told"]


@pytest.mark.parametrize("many", [1, 30])
def test_many_cost_one_query(many: int) -> None:
    flag = factories.flag()
    version = flag.post.versions.get()
    for n in range(many):
        holding(flag, n=n, **led())
    with CaptureQueriesContext(connection) as asked:
        assert len(short_links.rows(version.pk, shown=False)) == many
    assert len(asked) == 1


def test_the_answers_of_a_service_are_listed_and_taken_away_by_whoever_may(door: Door) -> None:
    flag = factories.flag(of=factories.watch("bp3mi-jabar"))
    job = models.Job.objects.create(kind="short_link", key="x", created_at=NOW, due_at=NOW)
    capture = custody.capture_file(
        b"warc", "application/warc", platform="web", kind="answer", now=NOW, job=job, url=SHORT, options={"short_link": 1}
    )
    holding(flag, **led(capture=capture))
    client = door(Role.OFFICER)
    assert "Pembukaan tautan pendek (WARC)" in page_of(client, flag.post)
    assert opened(client, flag.post, capture).status_code == 200
    assert opened(door(Role.OFFICER, code="bp3mi-sulsel"), flag.post, capture).status_code == 403
    other = factories.flag(of=factories.watch("bp3mi-jabar"))
    assert opened(client, other.post, capture).status_code == 404


def test_nobody_takes_them_away_where_another_office_protects_somebody_who_holds_the_link(door: Door) -> None:
    flag, theirs = factories.flag(of=factories.watch("bp3mi-jabar")), factories.flag(of=factories.watch("bp3mi-sulsel"))
    job = models.Job.objects.create(kind="short_link", key="x", created_at=NOW, due_at=NOW)
    capture = custody.capture_file(b"warc", "application/warc", platform="web", kind="answer", now=NOW, job=job, url=SHORT)
    link = holding(flag, **led(capture=capture))
    models.ShortLinkUse.objects.create(version=theirs.post.versions.get(), link=link)
    client = door(Role.OFFICER)
    assert opened(client, flag.post, capture).status_code == 200
    models.Protection.objects.create(flag=theirs, office=theirs.office, by=factories.person(), at=NOW)
    assert opened(client, flag.post, capture).status_code == 302

"""What a case's page says of its links, in its rows and its timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrol import cases, models
from patrol.cases import rechecks
from patrol.models import CaseEventKind, Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, said

pytestmark = pytest.mark.django_db
NOW = factories.NOW
SEEN = {"there": "words_found", "down": "not_found", "changed": "other_words", "unsure": "login_wall"}


def case() -> models.Case:
    officer, flag = factories.person(), factories.flag(platform="web", external_id="https://a.example/x", url="https://a.example/x")
    models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=NOW)
    return cases.open_case(flag_ids=[flag.pk], title="Contoh", by=officer, now=NOW)


def look(of: models.Case, outcome: str) -> None:
    post = models.Post.objects.get(flag__case_entry__case=of)
    capture = factories.file_capture(b"x", post_id=post.pk)
    models.LinkCheck.objects.create(post=post, by=of.opened_by, at=NOW, outcome=outcome, reason=SEEN[outcome], capture=capture)


def page(door: Any, of: models.Case) -> str:
    return " ".join(door.get(address("patrol_case_change", of.pk)).content.decode().split())


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("there", "tampil </span> kata-katanya ditemukan, diperiksa"),
        ("changed", "berubah </span> kini berisi kata lain, diperiksa"),
        ("unsure", "tidak dapat dipastikan </span> minta masuk akun, diperiksa"),
        ("down", "baru sekali ditemukan turun </span> server menyatakan halaman tidak ada, diperiksa"),
    ],
)
def test_a_row_says_what_the_last_look_said_and_when(outcome: str, words: str, door: Door) -> None:
    one = case()
    officer = door(Role.OFFICER)
    assert "tautan belum diperiksa" in page(officer, one)
    look(one, outcome)
    html = page(officer, one)
    assert words in html
    assert ("dinyatakan turun bila pemeriksaan kedua sama" in html) == (outcome == "down")
    assert "tautan belum diperiksa" not in html


def test_a_link_told_as_down_says_so_without_more(door: Door) -> None:
    one = case()
    models.Post.objects.update(gone_at=NOW)
    look(one, "down")
    html = page(door(Role.OFFICER), one)
    assert ("</span> turun </span> server menyatakan halaman tidak ada" in html, "pemeriksaan kedua" in html) == (True, False)


def test_a_link_told_as_gone_stays_so_beside_a_look_that_cannot_tell(door: Door) -> None:
    one = case()
    models.Post.objects.update(gone_at=NOW)
    look(one, "unsure")
    html = page(door(Role.OFFICER), one)
    assert ("tidak dapat dipastikan" in html, "baru sekali" in html, 'aria-hidden="true">check</span> hilang' in html) == (
        True,
        False,
        True,
    )


def test_the_links_are_asked_for_from_the_page_once(door: Door) -> None:
    one, officer = case(), door(Role.OFFICER)
    to = address("patrol_case_look", one.pk)
    assert page(officer, one).count(f'action="{to}"') == 2
    assert said(officer.post(to))[-1].startswith("1 tautan akan diperiksa.")
    assert said(officer.post(to, {"flag": one.entries.get().flag_id}))[-1] == "Pemeriksaan tautan sudah dalam antrean."
    assert models.Job.objects.get(kind="link").by == officer_of(officer)
    html = page(officer, one)
    assert ("sedang diperiksa" in html, html.count(f'action="{to}"')) == (True, 1)
    assert said(officer.post(to, {"flag": "7x"}))[-1] == "Pemeriksaan tautan sudah dalam antrean."
    assert models.AuditEntry.objects.filter(verb="link.asked").count() == 1


def officer_of(door: Any) -> models.Person:
    return models.Person.objects.get(pk=door.session["_auth_user_id"])


def test_the_timeline_names_the_system_for_what_nobody_did(door: Door) -> None:
    one = case()
    post = models.Post.objects.get(flag__case_entry__case=one)
    rechecks.tell(CaseEventKind.LINK_DOWN, post.pk, now=NOW)
    rechecks.tell(CaseEventKind.LINK_BACK, post.pk, now=NOW + timedelta(hours=1))
    html = page(door(Role.OFFICER), one)
    assert html.index("<b>Sistem</b> tautan muncul kembali") < html.index("<b>Sistem</b> tautan turun, dua kali berturut-turut")


def test_a_post_without_an_address_has_nothing_to_look_at(door: Door) -> None:
    one = case()
    models.Post.objects.update(url="")
    html = page(door(Role.OFFICER), one)
    assert ("tidak ada tautan yang dapat dibuka" in html, address("patrol_case_look", one.pk) in html) == (True, False)

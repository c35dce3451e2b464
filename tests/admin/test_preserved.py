"""What is kept of a post, on its page: everybody sees that it exists, the right people open it, each opening is in the log."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from patrol import domain, models, triage
from patrol.access import looks
from patrol.admin.shared import presence, preserved
from patrol.evidence import custody
from patrol.models import Role
from patrol.pipeline import absence, assessing
from patrol.preserving import pages
from patrol.triage import care, protecting
from tests import factories, markup
from tests.admin.conftest import Door
from tests.triage.acts import decide

NOW = factories.NOW
PNG = b"\x89PNG\r\n\x1a\nisi"


def flag(**given: Any) -> models.Flag:
    return factories.flag(of=factories.watch("bp3mi-jabar"), **given)


def copy(
    post: models.Post, content: bytes = b"warc-bytes", kind: str = "page", media_type: str = "application/warc", **given: Any
) -> models.Capture:
    job, _made = models.Job.objects.get_or_create(
        kind="page", key=f"{post.pk}:x", defaults={"created_at": NOW, "due_at": NOW, "state": "done", "ended_at": NOW}
    )
    return custody.capture_file(
        content, media_type, platform="telegram", kind=kind, job=job, post_id=post.pk, now=NOW, url=post.url, **given
    )


def page_of(client: Client, post: models.Post) -> str:
    row = models.Flag.objects.filter(post=post).first()
    name = ("patrol_flag_change", row.pk) if row else ("patrol_post_change", post.pk)
    return client.get(reverse(f"admin:{name[0]}", args=[name[1]])).content.decode()


def opened(client: Client, post: models.Post, capture: models.Capture, act: str = "download") -> Any:
    return client.post(reverse(f"admin:patrol_post_{act}_copy", args=[post.pk, capture.pk]), {"purpose": "case"})


def logged(verb: str) -> list[Any]:
    """Without the fingerprint of the custody log's rows: tests/evidence/test_custody_log.py."""
    found = models.AuditEntry.objects.filter(verb=verb).values_list("actor_id", "target_type", "target_id", "after")
    return [(*row, {key: value for key, value in after.items() if key != "custody"}) for *row, after in found]


# --- the list -------------------------------------------------------------------------------------


def test_copies_stand_on_the_page_with_hash_size_and_what_is_missing(door: Door) -> None:
    one = flag()
    capture = copy(one.post, truncated=True, options={"partial": ["missing"]})
    shown = page_of(door(Role.OFFICER), one.post)
    assert "Arsip halaman" in shown
    assert capture.sha256 in shown
    assert "Sebagian berkas halaman tidak dapat diambil." in shown
    assert "Data mentah dari platform" in shown  # the answer that shows the post
    assert "Unduh" in shown


def test_who_has_no_right_sees_that_it_exists_and_no_button(door: Door) -> None:
    one = flag()
    capture = copy(one.post)
    shown = page_of(door(Role.OFFICER, code="bp3mi-sulsel"), one.post)
    assert capture.sha256 in shown
    assert reverse("admin:patrol_post_download_copy", args=[one.post_id, capture.pk]) not in shown
    assert "Rekaman dibuka oleh kantor pemilik tanda dan oleh direktorat." in shown


def test_addresses_of_copies_are_masked(door: Door) -> None:
    one = flag(url="https://wa.me/6284055501234", external_id="1000000001/999")
    copy(one.post)
    assert "6284055501234" not in page_of(door(Role.OFFICER, code="bp3mi-sulsel"), one.post)


@pytest.mark.parametrize(
    ("state", "problem", "said"),
    [
        ("waiting", None, "Arsip halaman sedang dalam antrean"),
        ("given_up", {"code": "x", "id": "Alamat ini ditolak.", "en": "Refused.", "permanent": True}, "Alamat ini ditolak."),
    ],
)
def test_what_became_of_a_request_is_said(door: Door, state: str, problem: dict[str, Any] | None, said: str) -> None:
    one = flag()
    ended = None if state == "waiting" else NOW
    models.Job.objects.create(
        kind="page", key=f"{one.post_id}:asked", created_at=NOW, due_at=NOW, state=state, ended_at=ended, problem=problem
    )
    assert said in page_of(door(Role.OFFICER), one.post)


def test_a_request_is_one_button(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "installed", lambda: "/usr/bin/chromium")
    one = flag()
    client = door(Role.OFFICER)
    address = reverse("admin:patrol_post_ask_page", args=[one.post_id])
    assert address in page_of(client, one.post)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 302
    assert models.Job.objects.filter(kind="page", key=f"{one.post_id}:asked", state="waiting").count() == 1
    assert address not in page_of(client, one.post)  # one is on its way


@pytest.mark.parametrize(
    ("url", "link", "asks"), [("https://t.me/saluran_contoh/7", True, True), ("whatsapp:grup/7", True, False), ("", False, False)]
)
def test_of_a_post_without_an_address_no_page_is_asked_for(
    url: str, *, link: bool, asks: bool, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "installed", lambda: "/usr/bin/chromium")
    one = flag()
    models.Post.objects.filter(pk=one.post_id).update(url=url)
    client, address = door(Role.OFFICER), reverse("admin:patrol_post_ask_page", args=[one.post_id])
    text = page_of(client, one.post)
    assert (address in text, "Tautan (tidak dapat diklik)" in text) == (asks, link)
    said = client.post(address, follow=True).content.decode()
    assert ("tidak punya alamat halaman" in said, models.Job.objects.filter(kind="page").count()) == (not asks, int(asks))


def test_without_a_browser_the_page_says_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "installed", lambda: "")
    one = flag()
    shown = page_of(door(Role.OFFICER), one.post)
    assert reverse("admin:patrol_post_ask_page", args=[one.post_id]) not in shown
    assert "Halaman tidak diarsipkan di server ini" in shown


# --- the bytes ------------------------------------------------------------------------------------


def test_a_download_is_a_harmless_file_and_a_row_of_the_log(door: Door) -> None:
    one = flag()
    capture = copy(one.post)
    officer = factories.person(Role.OFFICER)
    answer = opened(door(officer), one.post, capture)
    assert (answer.status_code, answer.content) == (200, b"warc-bytes")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="rekaman-{capture.sha256[:12]}.warc.gz"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    after = {"post": one.post_id, "purpose": "case", "minutes": models.Minutes.objects.get().number}
    assert logged("capture.downloaded") == [(officer.pk, "capture", str(capture.pk), after)]


def test_many_copies_opened_in_a_day_are_told_as_many_looks(door: Door) -> None:
    """A copy shows contacts whole, as the page does once it is asked."""
    one = flag()
    officer, supervisor = factories.person(), factories.person(Role.SUPERVISOR)
    archive, shot = copy(one.post), copy(one.post, PNG, "screenshot", "image/png")
    client = door(officer)
    for _time in range(looks.MANY // 2):
        assert not models.Notice.objects.filter(kind=looks.NOTICE).exists()
        opened(client, one.post, archive)
        opened(client, one.post, shot, "view")
    told = models.Notice.objects.filter(kind=looks.NOTICE).values_list("person", "by", "note")
    assert list(told) == [(supervisor.pk, officer.pk, str(looks.MANY))]


def test_copies_of_what_one_works_on_are_no_such_looks(door: Door) -> None:
    one = flag()
    officer = factories.person()
    factories.person(Role.SUPERVISOR)
    archive = copy(one.post)
    triage.take(one.pk, by=officer, now=NOW)
    client = door(officer)
    for _time in range(looks.MANY):
        opened(client, one.post, archive)
    assert (looks.today(officer, timezone.now()), len(logged("capture.downloaded"))) == (0, looks.MANY)
    assert not models.Notice.objects.filter(kind=looks.NOTICE).exists()


def test_copies_of_somebody_harmed_are_looks_also_under_a_lease(door: Door) -> None:
    plea, one = factories.flags(2, of=factories.watch("bp3mi-jabar"), author="akun_korban")
    officer = factories.person()
    archive = copy(one.post)
    harmed(plea, officer)
    triage.take(one.pk, by=officer, now=NOW)
    before = looks.today(officer, timezone.now())
    assert opened(door(officer), one.post, archive).status_code == 200
    assert looks.today(officer, timezone.now()) == before + 1
    after = {"post": one.post_id, "purpose": "case", "minutes": models.Minutes.objects.get().number}
    assert logged("capture.downloaded") == [(officer.pk, "capture", str(archive.pk), after)]


@pytest.mark.django_db
@pytest.mark.parametrize("protected", [False, True])
def test_a_protected_post_is_marked_also_where_no_contact_of_it_was_found(protected: bool) -> None:
    one = flag()
    if protected:
        harmed(one, factories.person())
    models.Sighting.objects.filter(post=one.post).delete()
    assert presence.of(one.post, version_id=one.current_check.reading.version_id, author="").marked is protected


def test_a_screenshot_is_viewed_and_nothing_else_is(door: Door) -> None:
    one = flag()
    shot, archive = copy(one.post, PNG, "screenshot", "image/png"), copy(one.post)
    client = door(Role.OFFICER)
    answer = opened(client, one.post, shot, "view")
    assert (answer.status_code, answer["Content-Type"], answer["Content-Disposition"][:6]) == (200, "image/png", "inline")
    assert opened(client, one.post, archive, "view").status_code == 404
    hostile = copy(one.post, b"<script>", "screenshot", "text/html")
    assert opened(client, one.post, hostile, "view").status_code == 404
    assert len(logged("capture.viewed")) == 1


def test_a_screenshot_of_a_severe_post_is_shown_once_its_viewer_asked_for_colour(door: Door) -> None:
    one = flag()
    shot = copy(one.post, PNG, "screenshot", "image/png")
    officer = factories.person(Role.OFFICER)
    care.mark_severe(post_id=one.post_id, is_severe=True, by=officer, now=NOW)
    client = door(officer)
    assert opened(client, one.post, shot, "view").status_code == 302
    assert logged("capture.viewed") == []
    for _step in ("grey", "colour"):
        client.post(reverse("admin:patrol_post_unveil", args=[one.post_id]))
    assert opened(client, one.post, shot, "view").status_code == 200


def test_another_office_is_refused_and_nothing_is_logged(door: Door) -> None:
    one = flag()
    assert opened(door(Role.OFFICER, code="bp3mi-sulsel"), one.post, copy(one.post)).status_code == 403
    assert opened(door(Role.ANALYST), one.post, copy(one.post)).status_code == 200
    assert len(logged("capture.downloaded")) == 1


def harmed(one: models.Flag, by: models.Person) -> models.Protection:
    decide(one, by, "victim", "asks", note="Minta dipulangkan.")
    return models.Protection.objects.get(flag=one)


def test_who_gave_a_victim_to_another_office_opens_the_copies_no_longer(door: Door) -> None:
    own, one = factories.person(), flag()
    capture, held = copy(one.post), harmed(one, own)
    act = reverse("admin:patrol_post_download_copy", args=[one.post_id, capture.pk])
    assert (opened(door(own), one.post, capture).status_code, act in page_of(door(own), one.post)) == (200, True)
    ntb = factories.office("bp3mi-ntb").pk
    protecting.move_to_office(protection_id=held.pk, office_id=ntb, note="Pulang ke Lombok.", seen_version=held.version, by=own, now=NOW)
    assert (opened(door(own), one.post, capture).status_code, act in page_of(door(own), one.post)) == (403, False)
    assert opened(door(Role.ANALYST), one.post, capture).status_code == 200
    assert len(logged("capture.downloaded")) == 2


def test_copies_of_what_somebody_wrote_whom_another_office_protects_are_the_directorate_s(door: Door) -> None:
    theirs = factories.flag(of=factories.watch("bp3mi-ntb"), author="siti_contoh_pulang")
    mine, near = flag(author="siti_contoh_pulang"), flag(author="budi_contoh_pulang")
    officer, copies = factories.person(), {one: copy(one.post) for one in (mine, near)}
    assert [opened(door(officer), one.post, copies[one]).status_code for one in (mine, near)] == [200, 200]
    harmed(theirs, factories.person(code="bp3mi-ntb"))
    assert [opened(door(officer), one.post, copies[one]).status_code for one in (mine, near)] == [403, 200]
    assert opened(door(Role.ANALYST), mine.post, copies[mine]).status_code == 200


def test_an_answer_that_shows_somebody_another_office_protects_as_well_is_the_directorate_s(door: Door) -> None:
    mine, theirs = factories.flags(2, of=factories.watch("bp3mi-jabar"))
    answer, own, alone = mine.post.versions.get().capture, factories.person(), copy(mine.post)
    assert theirs.post.versions.get().capture == answer
    held = harmed(theirs, own)
    assert opened(door(own), mine.post, answer).status_code == 200
    ntb = factories.office("bp3mi-ntb").pk
    protecting.move_to_office(protection_id=held.pk, office_id=ntb, note="Pulang ke Lombok.", seen_version=held.version, by=own, now=NOW)
    client = door(own)
    refused = opened(client, mine.post, answer)
    assert refused.status_code == 302
    assert "dilindungi kantor lain" in client.get(refused.headers["Location"]).content.decode()
    assert opened(client, mine.post, alone).status_code == 200
    assert opened(door(Role.ANALYST), mine.post, answer).status_code == 200
    assert len(logged("capture.downloaded")) == 3


def test_copies_of_a_post_nobody_has_to_look_at_are_the_directorate_s(door: Door) -> None:
    (post,) = factories.stored([factories.raw_post()])
    capture = copy(post)
    assert opened(door(Role.OFFICER), post, capture).status_code == 403
    assert opened(door(Role.ANALYST), post, capture).status_code == 200


def test_a_copy_is_opened_through_its_own_post_only(door: Door) -> None:
    one, other = flag(), flag()
    capture = copy(other.post)
    client = door(Role.OFFICER)
    assert opened(client, one.post, capture).status_code == 404
    answer = one.post.versions.get().capture  # an answer may show many posts
    assert opened(client, one.post, answer).status_code == 200


def test_a_file_that_is_not_what_it_was_is_not_handed_out(door: Door) -> None:
    one = flag()
    capture = copy(one.post, uuid.uuid4().bytes)
    place = Path(settings.EVIDENCE_DIR) / capture.sha256[:2] / capture.sha256[2:4] / capture.sha256
    place.chmod(0o640)
    place.write_bytes(b"lain")
    client = door(Role.OFFICER)
    assert opened(client, one.post, capture).status_code == 302
    assert "tidak lagi cocok dengan hash" in page_of(client, one.post)
    assert logged("capture.downloaded") == []


# --- comments, profile, ways, absence -------------------------------------------------------------


def read() -> None:
    while assessing.read_due(now=NOW, limit=500).read:
        pass


def comment(n: int, thread: str, text: str = "Saya minat, hubungi 0840 5551 0007 ya kak.", **given: Any) -> domain.RawPost:
    return factories.raw_post(f"{text} {n}", thread=thread, reply_to=thread, posted_at=NOW - timedelta(minutes=n), **given)


def test_comments_stand_under_their_post_newest_first_and_masked(door: Door) -> None:
    one = flag()
    factories.stored([comment(n, one.post.external_id, author_name="Budi Contoh") for n in range(25)])
    read()
    shown = page_of(door(Role.OFFICER, code="bp3mi-sulsel"), one.post)
    assert "25 tersimpan" in shown
    assert shown.count('class="said"') == 20
    assert "5551 0007" not in shown
    assert "Budi Contoh" not in shown
    assert shown.index("kak. 0<") < shown.index("kak. 19<")
    assert "kak. 20<" not in shown


def test_a_comment_no_reader_has_seen_is_not_shown(door: Door) -> None:
    one = flag()
    factories.stored([comment(1, one.post.external_id)])
    shown = page_of(door(Role.OFFICER), one.post)
    assert "Belum dibaca." in shown
    assert "Saya minat" not in shown


def test_a_comment_leads_to_its_post_where_that_is_stored(door: Door) -> None:
    one = flag()
    stored, lost = factories.stored([comment(1, one.post.external_id), comment(2, "1000000001/404404")])
    read()
    client = door(Role.OFFICER)
    assert reverse("admin:patrol_flag_change", args=[one.pk]) in page_of(client, stored)
    assert "komentar pada unggahan yang tidak tersimpan" in page_of(client, lost)


def test_the_profile_of_its_account_is_shown_masked(door: Door) -> None:
    one = flag(author="saluran_contoh")
    models.Profile.objects.create(
        platform="telegram",
        account="saluran_contoh",
        name="Rani Contoh",
        text="WA 0840 5559 8888 segera",
        seen_at=NOW,
        links=["https://wa.me/6284055598888"],
        url="https://t.me/saluran_contoh",
        capture=one.post.versions.get().capture,
    )
    indicator = models.Indicator.objects.get(kind="account", value="telegram:saluran_contoh")
    client = door(Role.OFFICER, code="bp3mi-sulsel")
    for shown in (page_of(client, one.post), client.get(reverse("admin:patrol_indicator_change", args=[indicator.pk])).content.decode()):
        assert "Profil akun" in shown
        assert "8888" not in shown
        assert "Rani Contoh" not in shown
        assert "segera" in shown


def test_every_way_it_came_and_that_it_is_gone(door: Door) -> None:
    (post,) = factories.stored([factories.raw_post()], of=factories.watch("bp3mi-jabar", name="Pantauan Jawa Barat"))
    officer = factories.person(Role.OFFICER, name="Sari Contoh")
    intake = models.Intake.objects.create(kind="upload", person=officer, office=officer.office, at=NOW, state="done")
    models.Seen.objects.create(post=post, intake=intake, at=NOW)
    capture = post.versions.get().capture
    absence.note([post.external_id], None, shown=[], capture_id=capture.pk, now=NOW)
    own = page_of(door(officer), post)
    assert "Pantauan Jawa Barat" in own
    assert "Sari Contoh" in own
    models.Post.objects.filter(pk=post.pk).update(gone_at=NOW)
    assert "Tidak lagi ditemukan" in page_of(door(officer), post)
    other = page_of(door(Role.OFFICER, code="bp3mi-sulsel"), post)
    assert "Pantauan Jawa Barat" not in other
    assert "Sari Contoh" not in other


def test_other_states_of_a_post_stand_on_its_page(door: Door) -> None:
    raw = factories.raw_post("Selamat pagi semuanya, semoga sehat selalu.")
    factories.stored([raw])
    (post,) = factories.stored([replace(raw, text="Selamat sore semuanya.")])
    read()
    assert "Versi 1" in page_of(door(Role.OFFICER), post)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    (post,) = factories.stored([factories.raw_post()])
    factories.stored([comment(n, post.external_id) for n in range(rows)])
    read()
    for n in range(rows):
        copy(post, str(n).encode())
    client = door(Role.OFFICER)
    with django_assert_num_queries(18):
        assert client.get(reverse("admin:patrol_post_change", args=[post.pk])).status_code == 200


@pytest.mark.parametrize(
    ("kind", "relation", "said"),
    [
        ("media", "original", "Gambar asli"),
        ("media", "rendition", "Gambar, diperkecil atau disamarkan"),
        ("screenshot", "rendition", "Tangkapan layar"),
        ("attachment", "original", "Berkas"),
    ],
)
def test_a_picture_that_was_drawn_is_not_called_the_one_that_came(kind: str, relation: str, said: str) -> None:
    with translation.override("id"):
        assert str(preserved.named(kind, relation)) == said


def test_what_would_be_erased_names_each_picture(door: Door) -> None:
    one = flag()
    came = copy(one.post, b"asli", "media", "image/png")
    drawn = copy(one.post, b"buram", "media", "image/png", of=came, relation="rendition")
    shown = BeautifulSoup(door(Role.ANALYST).get(reverse("admin:patrol_post_erase", args=[one.post_id])).content, "html.parser")
    names = {markup.read(row.select_one(".mono"))[:12]: markup.read(row.select_one(".grow")) for row in shown.select("li:has(.mono)")}
    said = [names[one.sha256[:12]].partition(f" {one.sha256[:12]}")[0] for one in (came, drawn)]
    assert said == ["Gambar asli", "Gambar, diperkecil atau disamarkan"]

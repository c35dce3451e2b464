"""The custody history of a piece, and the minutes: who is shown what."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.access import audit
from patrol.admin.shared import custody_page, preserved, words
from patrol.evidence import custody, custody_log, erasing, raw
from patrol.evidence.archive import wacz
from patrol.intake import captures
from patrol.models import Role
from tests import archives, factories
from tests.admin.conftest import Door
from tests.admin.test_preserved import copy, flag, harmed, opened
from tests.api import asking
from tests.intake import sending

pytestmark = pytest.mark.django_db
NOW = factories.NOW


def history(post: models.Post, capture: models.Capture) -> str:
    return reverse("admin:patrol_post_custody", args=[post.pk, capture.pk])


def test_the_history_tells_how_it_came_and_who_had_it(door: Door) -> None:
    one, officer = flag(url="https://wa.me/6284055501234", external_id="1000000001/999"), factories.person(Role.OFFICER)
    capture, client = copy(one.post), door(officer)
    assert opened(client, one.post, capture).status_code == 200
    shown = client.get(history(one.post, capture)).content.decode()
    made = models.Minutes.objects.get()
    for said in (str(capture.pk), capture.sha256, capture.sha3_512, officer.name, made.number, "hash cocok", "untuk perkara"):
        assert said in shown, said
    assert "tidak ada: dibawa petugas" in shown  # of a file that nobody asked a server for no header is made up
    assert "6284055501234" not in shown


def test_what_a_system_sent_is_said_to_come_from_it_and_not_from_a_person(door: Door) -> None:
    made = asking.made("capture", by=factories.person(Role.SUPERVISOR, name="Penyelia Contoh"), name="Arsip daring contoh")
    captures.take(device=made.device, body=sending.written(sending.capture()), screenshot=None, now=NOW)
    capture = models.Capture.objects.get(kind="page")
    assert capture.options["token"] == "Arsip daring contoh"
    row = models.AuditEntry.objects.get(verb="capture.sent")
    assert (row.after["token"], "device" in row.after) == (made.device.pk, False)
    shown = door(Role.ANALYST).get(history(models.Post.objects.get(thread=""), capture)).content.decode()
    assert shown.count("sistem lain, “Arsip daring contoh”, dengan kunci Penyelia Contoh") == 2
    mine = " ".join(door(made.device.person).get(reverse("admin:patrol_intake_changelist")).content.decode().split())
    assert "dikirim oleh sistem lain, “Arsip daring contoh”" in mine


def test_hashes_and_the_exchange_with_a_server_are_folded(door: Door) -> None:
    one, officer = flag(), factories.person(Role.OFFICER)
    capture = copy(one.post)
    kind: dict[str, Any] = {"platform": "telegram", "kind": "media", "person": officer, "now": NOW, "relation": "rendition", "of": capture}
    redrawn = custody.capture_file(b"1", "image/jpeg", **kind)
    shown = door(officer).get(history(one.post, capture)).content.decode()
    unfolded = re.sub(r"<details.*?</details>", "", shown[shown.index("<main") :], flags=re.DOTALL)
    for said in (str(capture.pk), capture.sha256, capture.sha3_512, redrawn.sha256, "Sertifikat yang ditunjukkan", capture.media_type):
        assert said in shown, said
        assert said not in unfolded, said
    for said in ("Salinan kerja dibuat", "Diambil oleh", "Lengkap"):
        assert said in unfolded, said


def test_what_a_record_of_before_does_not_say_is_called_not_recorded(door: Door) -> None:
    one = flag()
    capture = one.post.versions.get().capture
    (old,) = models.Capture.objects.bulk_create([_old(capture)])
    models.PostVersion.objects.bulk_create([_version(one.post, old)])
    shown = door(Role.ANALYST).get(history(one.post, old)).content.decode()
    assert shown.count("tidak tercatat") == 5  # chain of certificates; running since, clock, within, ahead
    assert "SIPatrol/0.0 (lama)" in shown


def facts(capture: models.Capture, post: models.Post) -> dict[str, str]:
    person = factories.person(Role.ANALYST)
    found = custody_page._facts(capture, post, person)["facts"]
    return {str(title): str(value) for group in found for title, value in group["rows"]}


@pytest.mark.parametrize(
    ("truncated", "partial", "said"),
    [
        (False, [], "yes"),
        (True, ["missing"], "no. Some files of the page could not be fetched."),
        (True, ["missing", "bytes"], "no. Some files of the page could not be fetched. The page is too large; the rest was not fetched."),
        (True, [], "no. Not all of it was received."),
    ],
)
def test_why_a_piece_is_not_whole_is_said_as_its_record_has_it(truncated: bool, partial: list[str], said: str) -> None:
    one = flag()
    capture = copy(one.post, truncated=truncated, options={"partial": partial})
    with translation.override("en"):
        assert facts(capture, one.post)["Complete"] == said


@pytest.mark.parametrize(("account", "said"), [("", "none"), ("akun-patroli-7", "akun••••-7")])
def test_where_no_account_was_used_none_is_named(account: str, said: str) -> None:
    one = flag()
    capture = copy(one.post)
    capture.account = account
    with translation.override("en"):
        assert facts(capture, one.post)["Account used"] == said


def test_the_author_of_a_post_is_its_penulis_and_no_penyusun() -> None:
    one = flag()
    with translation.override("id"):
        named = [title for title in facts(copy(one.post), one.post) if title in {"Pengunggah", "Penyusun"}]
    assert named == ["Pengunggah"]


@pytest.mark.parametrize(
    ("author", "name", "said"),
    [
        ("telegram:laksita_kerja", "Laksita Kerja", "telegram:laks••••ja"),
        ("", "Redaksi Loker Contoh", "Redaksi ••••"),
        ("", "", "tidak diketahui"),
    ],
)
def test_an_author_is_named_as_on_the_page_of_the_post(author: str, name: str, said: str) -> None:
    one = flag(author=author, author_name=name)
    with translation.override("id"):
        assert facts(copy(one.post), one.post)["Pengunggah"] == said


def test_a_job_is_said_to_be_one_of_the_system() -> None:
    one = flag()
    capture = copy(one.post)
    with translation.override("id"):
        assert facts(capture, one.post)["Diambil oleh"] == f"sistem, pekerjaan nomor {capture.job_id}"


def test_what_a_watch_brought_says_so_in_words_that_fit_behind_by() -> None:
    one, watch = flag(), factories.watch()
    capture = copy(one.post)
    capture.job, capture.fetch, capture.length = None, models.Fetch(watch=watch), 3274
    with translation.override("id"):
        said = facts(capture, one.post)
    assert (said["Diambil oleh"], said["Panjang"]) == (f"pantauan “{watch.name}”", "3.274 byte")


def _old(of: models.Capture) -> models.Capture:
    of.pk, of.collecting_id, of.tls_chain, of.collector = None, None, None, "SIPatrol/0.0 (lama)"
    of.lock_sha256, of.system, of.host = "0" * 64, "Linux", "1" * 64
    of.id = models.Capture._meta.pk.get_default()
    of._state.adding = True
    return of


def _version(post: models.Post, capture: models.Capture) -> models.PostVersion:
    row = post.versions.get()
    row.pk, row.number, row.capture = None, 2, capture
    return row


def trusted(client: Client, post: models.Post, capture: models.Capture) -> str:
    """What the card of the level says, in one line; "" where there is no card."""
    card = re.search(r"<h2>Tingkat kepercayaan</h2>(.*?)</section>", client.get(history(post, capture)).content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", card[1]).split()) if card else ""


def test_the_page_of_an_archive_says_how_far_it_can_be_trusted_as_it_is_now(door: Door, settings: Any) -> None:
    one, client, ours = flag(), door(Role.OFFICER), wacz.name(archives.KEY.public_key())
    signed = archives.kept(one.post, archives.packed(), signed_by=ours)
    said = trusted(client, one.post, signed)
    assert said == (
        "verified Utuh dan bertanda tangan diperiksa ketika halaman ini dibuka Milik siapa kuncinya tidak dapat diperiksa: kunci server ini"
        f" tidak terbaca di sini. Rincian teknis Ditandatangani dengan kunci {ours}"
    )
    before = archives.kept(one.post, archives.warc(), signed_by="", media_type="application/warc")
    assert "Utuh diperiksa ketika halaman ini dibuka Tidak bertanda tangan: disimpan sebagai WARC" in trusted(client, one.post, before)
    assert trusted(client, one.post, copy(one.post, b"layar", kind="screenshot", media_type="image/png")) == ""
    settings.TIMESTAMP_URL = "https://tsa.contoh.example/stempel"
    problem = {"code": "unreachable", "id": "Otoritas tidak menjawab.", "en": "It is away.", "permanent": False}
    models.Job.objects.create(kind="page_stamp", key="newest", created_at=NOW, due_at=NOW, state="waiting", problem=problem)
    assert "Belum ada stempel waktunya: Otoritas tidak menjawab." in trusted(client, one.post, signed)
    place = raw.path_of(signed.sha256)
    place.unlink()
    place.write_bytes(archives.packed(title="Lain"))
    assert trusted(client, one.post, signed) == (
        "gpp_bad Tidak utuh diperiksa ketika halaman ini dibuka Hash berkasnya berbeda dari catatan."
    )


def test_the_stamp_beside_an_archive_is_a_line_of_its_history_and_a_copy_to_take(door: Door) -> None:
    one, client = flag(), door(Role.OFFICER)
    signed = archives.kept(one.post, archives.packed(), signed_by=wacz.name(archives.KEY.public_key()))
    stamp = copy(one.post, b"stempel", kind="time_stamp", media_type="application/timestamp-reply", relation="time_stamp", of=signed)
    assert "Stempel waktu dari otoritas disimpan di sampingnya" in client.get(history(one.post, signed)).content.decode()
    names = [opened(client, one.post, each)["Content-Disposition"] for each in (signed, stamp)]
    assert names == [f'attachment; filename="rekaman-{each.sha256[:12]}.{end}"' for each, end in ((signed, "wacz"), (stamp, "tsr"))]
    assert [entry.capture_id for entry in models.CustodyEntry.objects.order_by("id")] == [signed.pk, stamp.pk]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST, Role.SUPERVISOR])
def test_who_looked_is_told_to_nobody_who_may_not_read_those_books(door: Door, role: Role) -> None:
    """They are told how often and the last day. Who took a copy away stands in the custody log, which is for them."""
    one, colleague = flag(), factories.person(Role.OFFICER)
    capture = copy(one.post)
    for _time in range(2):
        audit.write("capture.viewed", by=colleague, now=NOW, target=capture, after={"purpose": "comparison"})
    at = capture.received_at + timedelta(minutes=1)
    models.Consultation.objects.create(
        at=at,
        person=colleague,
        role=colleague.role,
        office=colleague.office,
        way="page",
        target_kind="post",
        target_id=str(one.post_id),
        rows=1,
    )
    shown = door(role).get(history(one.post, capture)).content.decode()
    assert colleague.name not in shown
    assert "pembandingan" not in shown.lower()
    assert shown.count("2 kali, terakhir ") == 1
    assert shown.count("1 kali, terakhir ") == 1


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
def test_who_opens_no_copy_opens_no_history(door: Door, role: Role) -> None:
    one = flag()
    assert door(role).get(history(one.post, copy(one.post))).status_code in {403, 404}


def test_the_history_is_closed_where_the_copy_is(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an answer that shows somebody whom another office protects, of an erased post, and of somebody harmed without a fresh proof."""
    one = flag()
    capture, client = copy(one.post), door(Role.OFFICER)
    asked = history(one.post, capture)
    monkeypatch.setattr(preserved, "_of_others", lambda capture, person: True)
    assert client.get(asked).status_code == 302
    monkeypatch.undo()
    monkeypatch.setattr(erasing, "is_erased", lambda post_id: True)
    assert client.get(asked).status_code == 404
    monkeypatch.undo()
    harmed(one, factories.person(Role.OFFICER))
    session = client.session
    session.pop("fresh", None)
    session.save()
    assert capture.sha256 not in client.get(asked).content.decode()


def test_of_what_lets_somebody_in_the_name_alone_is_shown() -> None:
    said = custody_page._headers(
        [["Set-Cookie", "sid=rahasia"], ["authorization", "Bearer rahasia"], ["Account", "rahasia"], ["Server", "x"]]
    )
    assert "rahasia" not in said
    assert [line.partition(":")[0] for line in said.splitlines()] == ["Set-Cookie", "authorization", "Account", "Server"]
    assert "Server: x" in said


def test_another_office_is_refused(door: Door) -> None:
    one = flag()
    capture = copy(one.post)
    assert door(Role.OFFICER, code="bp3mi-sulsel").get(history(one.post, capture)).status_code == 403
    assert door(Role.ANALYST).get(history(one.post, capture)).status_code == 200
    assert door(Role.ANALYST).get(history(flag().post, capture)).status_code == 404


def test_a_copy_is_taken_away_for_a_purpose(door: Door) -> None:
    one = flag()
    capture, client = copy(one.post), door(Role.OFFICER)
    to = reverse("admin:patrol_post_download_copy", args=[one.post_id, capture.pk])
    for purpose in ({}, {"purpose": "iseng"}):
        assert client.post(to, purpose).status_code == 302
    assert not models.CustodyEntry.objects.exists()
    assert client.post(to, {"purpose": "question"}).status_code == 200
    assert models.CustodyEntry.objects.get().purpose == "question"


@pytest.mark.parametrize("many", [1, 30])
def test_the_history_costs_the_same_with_one_row_and_with_thirty(door: Door, many: int, django_assert_num_queries: Any) -> None:
    one, officer = flag(), factories.person(Role.OFFICER)
    capture, client = copy(one.post), door(officer)
    for number in range(many):
        with transaction.atomic():
            custody_log.took(capture, by=officer, now=NOW, purpose="case", reason="Penanganan perkara", after={})
        custody.capture_file(
            b"%d" % number, "image/jpeg", platform="telegram", kind="media", person=officer, now=NOW, relation="rendition", of=capture
        )
    client.get(history(one.post, capture))
    with django_assert_num_queries(21):
        client.get(history(one.post, capture))


@pytest.mark.parametrize("many", [1, 30])
def test_minutes_are_listed_for_their_office_and_the_directorate(door: Door, many: int, django_assert_num_queries: Any) -> None:
    one, officer = flag(), factories.person(Role.OFFICER)
    capture = copy(one.post)
    for _number in range(many):
        with transaction.atomic():
            made = custody_log.took(capture, by=officer, now=NOW, purpose="case", reason="Penanganan perkara", after={})
    listed, client = reverse("admin:patrol_minutes_changelist"), door(officer)
    client.get(listed)
    with django_assert_num_queries(5):
        assert made.number in client.get(listed).content.decode()
    assert made.number in door(Role.ANALYST).get(listed).content.decode()
    other = door(Role.OFFICER, code="bp3mi-sulsel")
    assert made.number not in other.get(listed).content.decode()
    paper = reverse("admin:patrol_minutes_pdf", args=[made.pk])
    assert other.post(paper).status_code == 404
    if many == 1:
        assert client.post(paper)["Content-Disposition"].startswith('attachment; filename="berita-acara-')


def test_minutes_say_when_it_happened_and_when_they_were_written(door: Door) -> None:
    one, officer = flag(), factories.person(Role.OFFICER)
    capture, told = copy(one.post), {"recipient": "Badan contoh", "reason": "Rujukan", "purpose": "referral"}
    with transaction.atomic():
        custody_log.took(capture, by=officer, now=NOW, purpose="case", reason="Penanganan perkara", after={})
        pieces, sent = [custody_log.looked_at(capture)], NOW - timedelta(days=3)
        custody_log.handed(pieces, referral=None, files=[], rests_on=[], when=sent, by=officer, now=NOW, **told)  # type: ignore[arg-type]
    rows = door(officer).get(reverse("admin:patrol_minutes_changelist")).context["rows"]
    at, before = words.moment(NOW), words.moment(sent)
    assert [(row["when"], row["written"]) for row in rows] == [(before, at), (at, at)]

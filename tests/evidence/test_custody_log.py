"""The custody log: what is taken away or handed over is a row with its minutes, and no row can be changed unseen."""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from patrol import models
from patrol.access import audit
from patrol.cases import handing_over, referrals
from patrol.evidence import collecting, custody, custody_log, minutes, raw
from patrol.infra import printing
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.conftest import as_superuser

NOW = factories.NOW


@pytest.fixture
def capture() -> models.Capture:
    return factories.file_capture(uuid.uuid4().bytes, post_id=factories.flag(of=factories.watch("bp3mi-jabar")).post_id)


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def took(capture: models.Capture, by: models.Person) -> models.Minutes:
    with transaction.atomic():
        return custody_log.took(capture, by=by, now=NOW, purpose="case", reason="Penanganan perkara", after={})


def damage(capture: models.Capture, content: bytes = b"lain") -> Path:
    place = raw.path_of(capture.sha256)
    place.chmod(0o640)
    place.write_bytes(content)
    return place


@pytest.mark.django_db
def test_what_is_taken_away_is_a_row_with_minutes_and_a_fingerprint_in_the_log(capture: models.Capture, officer: models.Person) -> None:
    made = took(capture, officer)
    row = models.CustodyEntry.objects.get()
    assert (row.capture, row.act, row.by, row.office, row.purpose) == (capture, "taken", officer, officer.office, "case")
    assert (row.found, row.before, row.after, row.minutes) == ("whole", capture.sha256, capture.sha256, made)
    (log,) = models.AuditEntry.objects.filter(verb="capture.downloaded")
    assert log.after == {"minutes": made.number, "custody": row.digest}  # no figure in it is taken for a number of somebody
    assert list(custody_log.verify()) == []


@pytest.mark.django_db
def test_minutes_are_numbered_by_office_and_year_without_holes(capture: models.Capture, officer: models.Person) -> None:
    other, analyst = factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    assert [took(capture, one).number for one in (officer, other, officer, analyst)] == [
        "BA-0001/BP3MI-JABAR/2026",
        "BA-0001/BP3MI-NTB/2026",
        "BA-0002/BP3MI-JABAR/2026",
        "BA-0001/DIREKTORAT/2026",
    ]


@pytest.mark.django_db
def test_minutes_that_were_issued_keep_their_number_and_the_next_one_counts_on(
    capture: models.Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyst = factories.person(Role.ANALYST)
    with monkeypatch.context() as once:
        once.setattr(models.Office, "on_paper", "DIRECTORATE")  # as it stood there once
        before = took(capture, analyst)
    assert took(capture, analyst).number == "BA-0002/DIREKTORAT/2026"
    before.refresh_from_db()
    assert before.number == "BA-0001/DIRECTORATE/2026"


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "found"), [(b"lain", "changed"), (None, "missing"), (b"", "unreadable")])
def test_what_does_not_match_is_not_opened_is_a_row_and_told_to_the_supervisors_once(
    capture: models.Capture, officer: models.Person, content: bytes | None, found: str
) -> None:
    supervisor = factories.person(Role.SUPERVISOR)
    place = damage(capture)
    if not content:
        place.unlink()
    if content == b"":
        place.mkdir()  # there, and not to be read as a file
    for _time in range(2):
        with pytest.raises(raw.EvidenceMissingError):
            custody_log.opened(capture, by=officer, now=NOW)
    rows = [(row.act, row.found, row.after, row.minutes, row.by) for row in models.CustodyEntry.objects.all()]
    assert rows == [("refused", found, "", None, officer)] * 2
    notices = models.Notice.objects.filter(kind=custody_log.NOTICE).values_list("person", "by", "note")
    assert list(notices) == [(supervisor.pk, officer.pk, capture.sha256[:12])]
    logged = models.AuditEntry.objects.filter(verb=custody_log.REFUSED, target_id=str(capture.pk)).values_list("after__found", flat=True)
    assert list(logged) == [found] * 2
    assert list(custody_log.verify()) == []


@pytest.mark.django_db
def test_what_matches_is_opened_and_nothing_is_written(capture: models.Capture, officer: models.Person) -> None:
    assert custody_log.opened(capture, by=officer, now=NOW) == raw.whole(capture.sha256)
    assert not models.CustodyEntry.objects.exists()


@pytest.mark.django_db
def test_a_referral_that_leaves_is_handed_over_with_minutes(officer: models.Person) -> None:
    ready = asked.approved(asked.case_of(2, by=officer), officer)
    _taken, packet = referrals.packet(referral_id=ready.pk, by=officer, now=NOW)
    by_hand = models.Minutes.objects.get()
    assert (by_hand.kind, by_hand.referral, [file["sha256"] for file in by_hand.content["files"]]) == (
        *("taken", None, [hashlib.sha256(packet).hexdigest()]),
    )
    assert {row.act for row in models.CustodyEntry.objects.all()} == {"taken"}
    assert models.AuditEntry.objects.get(verb="contact.shown", target_type="referral").after["minutes"] == by_hand.number
    made = asked.mark_sent(ready, officer)
    of = models.Minutes.objects.get(kind="handed_over")
    assert [file["sha256"] for file in of.content["files"]] == [hashlib.sha256(packet).hexdigest()]
    assert (of.kind, of.referral, of.by, of.recipient) == ("handed_over", made, officer, "Badan contoh")
    copies = set(models.Capture.objects.filter(kind="screenshot").values_list("pk", flat=True))
    rows = models.CustodyEntry.objects.filter(minutes=of).values_list("capture", "act", "found", "recipient", "minutes")
    assert {row[0] for row in rows} == copies
    assert {row[1:] for row in rows} == {("handed_over", "whole", "Badan contoh", of.pk)}
    assert {row.after for row in models.CustodyEntry.objects.all()} == {file["sha256"] for file in of.content["files"]}
    assert any("Persetujuan orang kedua" in line for line in of.content["rests_on"])
    assert models.AuditEntry.objects.get(verb="referral.sent").after["minutes"] == of.number
    assert list(custody_log.verify()) == []


@pytest.mark.django_db
def test_the_minutes_say_when_it_was_sent_and_when_they_were_written(officer: models.Person) -> None:
    ready = asked.approved(asked.case_of(by=officer), officer, target="Ibu Contoh, 0812-5550-1234")
    sent, written = NOW + timedelta(hours=1), NOW + timedelta(days=3)
    asked.mark_sent(ready, officer, now=written, when=sent)
    made, row = models.Minutes.objects.get(), models.CustodyEntry.objects.get()
    assert (made.at, row.at) == (written, sent)
    assert minutes._day(sent, "Asia/Jakarta") in made.content["opening"]
    assert minutes._day(written, "Asia/Jakarta") in made.content["statements"][0]
    for said in (made.recipient, row.recipient, str(made.content)):
        assert "5550" not in said
    assert list(custody_log.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("between", ["nothing", "a copy", "two packets"])
def test_without_a_letter_the_packet_is_the_one_that_was_taken(officer: models.Person, between: str) -> None:
    """Another copy is preserved after the packet left, or two packets that differ were taken, or none."""
    ready = asked.approved(asked.case_of(by=officer), officer)
    shown = models.Capture.objects.get(kind="screenshot")
    if between != "nothing":
        referrals.packet(referral_id=ready.pk, by=officer, now=NOW)
        asked.copied(ready.items.get().flag, b"png, baru", now=NOW + timedelta(hours=1))
    if between == "two packets":
        referrals.packet(referral_id=ready.pk, by=officer, now=NOW + timedelta(hours=2))
        shown = models.Capture.objects.filter(kind="screenshot").latest("received_at")
    asked.mark_sent(ready, officer, now=NOW + timedelta(hours=3))
    made, row = models.Minutes.objects.get(kind="handed_over"), models.CustodyEntry.objects.get(act="handed_over")
    assert row.capture == shown
    assert (minutes.NO_FILE in made.content["statements"]) == (between != "a copy")
    assert len(row.after) == (64 if between == "a copy" else 0)


@pytest.mark.django_db
def test_of_a_letter_the_copies_are_those_it_was_approved_with() -> None:
    analyst = factories.person(Role.ANALYST)
    ready = asked.approved(asked.case_of(1, "directorate", by=analyst), analyst, "komdigi")
    named = set(models.Capture.objects.filter(kind="screenshot").values_list("pk", flat=True))
    asked.copied(ready.items.get().flag, b"png, baru", now=NOW + timedelta(hours=1))
    asked.mark_sent(ready, analyst, now=NOW + timedelta(hours=2))
    assert set(models.CustodyEntry.objects.values_list("capture", flat=True)) == named
    assert handing_over.UNREAD not in models.Minutes.objects.get().content["statements"]


@pytest.mark.django_db
def test_its_files_are_read_before_anything_is_locked(officer: models.Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, depth = asked.approved(asked.case_of(by=officer), officer), len(connection.savepoint_ids)
    looked = custody_log.looked_at

    def look(capture: models.Capture, *, after: str = "") -> custody_log.Piece:
        assert len(connection.savepoint_ids) == depth
        return looked(capture, after=after)

    monkeypatch.setattr(custody_log, "looked_at", look)
    asked.mark_sent(ready, officer)
    assert models.CustodyEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_piece_that_is_broken_by_then_is_entered_so_and_the_rest_goes_on(officer: models.Person) -> None:
    supervisor = factories.person(Role.SUPERVISOR)
    ready = asked.approved(asked.case_of(by=officer), officer)
    broken = models.Capture.objects.get(kind="screenshot")
    damage(broken)
    assert asked.mark_sent(ready, officer).state == "sent"
    row = models.CustodyEntry.objects.get(capture=broken)
    assert (row.found, row.before != broken.sha256, len(row.before)) == ("changed", True, 64)
    assert "BERUBAH" in str(models.Minutes.objects.get().content["pieces"])
    told = models.Notice.objects.filter(kind=custody_log.NOTICE, note=broken.sha256[:12]).values_list("person", flat=True)
    assert supervisor.pk in told


@pytest.mark.django_db
def test_the_minutes_name_no_contact_and_no_address(officer: models.Person) -> None:
    flag = factories.flag(of=factories.watch("bp3mi-jabar"), url="https://wa.me/6284055501234", external_id="1000000001/999")
    made = took(models.PostVersion.objects.get(post=flag.post).capture, officer)
    assert "6284055501234" not in str(made.content)
    assert minutes.digest(made.content) == made.digest


@pytest.mark.django_db
@pytest.mark.skipif(not printing.available(), reason="Pango is not on this machine")
def test_the_minutes_are_printed_as_they_were_written(capture: models.Capture, officer: models.Person) -> None:
    made = took(capture, officer)
    assert minutes.pdf(made.content).startswith(b"%PDF-")
    html = minutes.html(made.content)
    assert made.number in html
    assert capture.sha256 in html
    assert "Pasal 235 ayat (1) huruf f" in html


@pytest.mark.django_db
def test_the_minutes_say_why_a_file_is_not_whole_as_its_record_has_it(capture: models.Capture, officer: models.Person) -> None:
    told: dict[str, Any] = {"kind": "page", "job": None, "post_id": capture.post_id, "now": NOW, "person": officer, "platform": "telegram"}
    archive = custody.capture_file(b"arsip", "application/wacz", truncated=True, options={"partial": ["missing"]}, **told)
    (piece,) = took(archive, officer).content["pieces"]
    assert piece["lacks"] == ["Sebagian berkas halaman tidak dapat diambil."]

    def printed(**given: Any) -> str:
        content = took(archive, officer).content
        content["pieces"] = [piece | {"relation": "asli", "length": "5.745 byte"} | given]
        text = re.sub(r"<[^>]+>", " ", minutes.html(content))
        return " ".join(text[text.index("(asli)") : text.index("Nomor rekaman")].split())

    assert printed() == "(asli), 5.745 byte, tidak lengkap Sebagian berkas halaman tidak dapat diambil."
    assert printed(lacks=[]) == "(asli), 5.745 byte"
    del piece["lacks"]  # minutes of an earlier release
    assert printed(truncated=True) == "(asli), 5.745 byte, tidak lengkap"
    assert printed(truncated=False) == "(asli), 5.745 byte"


# --- what collected it ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_process_has_one_row_which_each_of_its_captures_names(capture: models.Capture) -> None:
    collecting.forget()
    before = models.Collector.objects.count()
    found = [factories.file_capture(content, post_id=capture.post_id or 0) for content in (b"satu", b"dua")]
    assert models.Collector.objects.count() == before + 1
    (of,) = {one.collecting for one in found}
    assert of is not None
    assert (of.program, of.lock_sha256, of.host) == tuple(collecting.program()[name] for name in ("program", "lock_sha256", "host"))
    assert abs(of.clock_to_database or 0) < 60_000_000
    assert (of.clock_source == collecting.KERNEL) is (of.clock_within is not None)
    assert {(one.lock_sha256, one.system, one.host) for one in found} == {("", "", "")}


@pytest.mark.django_db
def test_the_row_stays_where_the_capture_was_rolled_back(capture: models.Capture) -> None:
    collecting.forget()
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.file_capture(b"tiga", post_id=capture.post_id or 0)
        raise RuntimeError
    assert factories.file_capture(b"tiga", post_id=capture.post_id or 0).collecting_id == collecting.current()


@pytest.mark.django_db
def test_a_capture_costs_one_statement(capture: models.Capture, django_assert_num_queries: Any) -> None:
    collecting.current()
    job = models.Job.objects.get(key=str(capture.post_id))
    with django_assert_num_queries(1):
        custody.capture_file(b"empat", "image/jpeg", platform="telegram", kind="media", job=job, post_id=capture.post_id, now=NOW)


@pytest.mark.django_db
def test_nobody_of_the_product_changes_a_row(capture: models.Capture, officer: models.Person) -> None:
    took(capture, officer)
    for table in ("patrol_custodyentry", "patrol_minutes", "patrol_collector"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert models.CustodyEntry.objects.count() == 1


# --- whoever owns the database -----------------------------------------------------------------------

TAMPERS = (
    ("UPDATE patrol_custodyentry SET purpose = 'question'", "they are not what the log says"),
    ("UPDATE patrol_custodyentry SET at = at - interval '1 day'", "they are not what the log says"),
    ("UPDATE patrol_custodyentry SET digest = repeat('0', 64)", "no row of the log names it"),
    ("DELETE FROM patrol_custodyentry", "they were removed"),
    ("UPDATE patrol_minutes SET content = content || jsonb_build_object('reason', 'lain')", "their words were changed"),
    ("UPDATE patrol_minutes SET number = 'BA-9'", "they are not what the log says"),
    ("UPDATE patrol_minutes SET recipient = 'Lain'", "their recipient is not what words and entries say"),
    ("UPDATE patrol_minutes SET year = 1999", "their number is not what words and entries say"),
    ("UPDATE patrol_minutes SET at = at - interval '1 day'", "are of another time than the row of the log"),
    ("UPDATE patrol_minutes SET kind = 'handed_over'", "their kind is not what words and entries say"),
)


ALONE = (
    ("UPDATE patrol_minutes SET content = content || jsonb_build_object('reason', 'lain')", {"their words were changed"}),
    ("UPDATE patrol_minutes SET at = at - interval '1 day'", {"they are not what the log says"}),
    ("UPDATE patrol_minutes SET recipient = 'Lain'", {"their recipient is not what words and entries say"}),
    ("UPDATE patrol_minutes SET kind = 'exported'", {"their kind is not what words and entries say"}),
    ("DELETE FROM patrol_minutes", {"they were removed"}),
    ("UPDATE patrol_minutes SET number = 'BA-9'", {"no entry names them", "they were removed"}),
)


def test_minutes_of_a_file_without_a_piece_stand_in_the_log(committed: None) -> None:
    by, name = factories.person(), str(settings.DATABASES["default"]["NAME"])
    for place in range(len(ALONE)):
        with transaction.atomic():
            file = {"name": "a.json", "sha256": "0" * 64, "length": 7}
            _made, told = custody_log.taken((), purpose="block", reason="Penyerahan", files=[file], by=by, now=NOW)
            audit.write("contact.shown", by=by, now=NOW, target=("peerexport", place), after=told)
    assert list(custody_log.verify()) == []
    assert minutes.KEEPS[models.MinutesKind.TAKEN] not in str(models.Minutes.objects.earliest("pk").content)
    keys = models.Minutes.objects.order_by("id").values_list("pk", "number")
    for (statement, said), (key, number) in zip(ALONE, list(keys), strict=True):
        as_superuser("SET session_replication_role = replica", f"{statement} WHERE id = {key}", database=name)
        found = {one for one in custody_log.verify() if number in one or "BA-9" in one}
        assert {one.partition(": ")[2] for one in found} == said, statement


def test_a_row_that_was_changed_or_removed_is_found(committed: None) -> None:
    post_id = factories.flag(of=factories.watch("bp3mi-jabar")).post_id
    by, name = factories.person(), str(settings.DATABASES["default"]["NAME"])
    pieces = [factories.file_capture(b"%d" % number, post_id=post_id) for number in range(len(TAMPERS) + 1)]
    taken = [took(one, by) for one in pieces]
    assert list(custody_log.verify()) == []
    for (statement, _said), piece, made in zip(TAMPERS, pieces, taken, strict=False):
        which = f"WHERE capture_id = '{piece.pk}'" if "custodyentry" in statement else f"WHERE id = {made.pk}"
        as_superuser("SET session_replication_role = replica", f"{statement} {which}", database=name)
    found = list(custody_log.verify())
    assert {said for _statement, said in TAMPERS} == {said for _statement, said in TAMPERS if any(said in one for one in found)}
    # The entry under another fingerprint is missing under its own as well, minutes without entries and another number are told twice.
    assert len(found) == len(TAMPERS) + 3

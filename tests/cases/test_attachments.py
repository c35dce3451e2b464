"""Files in a case: kept like captures, seen by their side, withdrawn with a reason, and needed while they stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from PIL import Image

from patrol import cases, models
from patrol.access import looks
from patrol.cases import attachments
from patrol.evidence import custody, erasing, pictures, raw
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories, races
from tests.cases.test_moving import confirmed, escalated, events, last_entry, opened
from tests.evidence.test_erasing import aged, erase, on_disk, states, whole
from tests.evidence.test_kinds import picture
from tests.factories import NOW

database = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
LETTER = b"%PDF-1.7 surat pengantar"


def attach(case: models.Case, by: models.Person, content: bytes = LETTER, **given: Any) -> models.CaseAttachment:
    fields: dict[str, Any] = {"title": "Surat pengantar", "seen_by": "both", "now": LATER}
    return attachments.attach_file(case_id=case.pk, content=content, by=by, **fields | given)


def look(one: models.CaseAttachment, by: models.Person, *, redrawn: bool = False) -> attachments.Opened:
    return attachments.look(attachment_id=one.pk, redrawn=redrawn, by=by, now=LATER)


def refused(act: Callable[[], Any]) -> tuple[str, str]:
    """Code and place; and nothing happened."""
    before = models.CaseAttachment.objects.count(), models.CaseEvent.objects.count(), models.AuditEntry.objects.count()
    with pytest.raises(RefusedError) as error, transaction.atomic():
        act()
    assert (models.CaseAttachment.objects.count(), models.CaseEvent.objects.count(), models.AuditEntry.objects.count()) == before
    return error.value.code, error.value.place


@database
def test_a_file_is_kept_with_its_record_its_event_and_its_line_in_the_log() -> None:
    officer = factories.person()
    case = opened(officer)
    one = attach(case, officer, title="  Surat pengantar ")
    record = one.capture
    assert (one.title, one.internal, one.office, one.by, one.at, one.shown) == (
        "Surat pengantar",
        False,
        officer.office,
        officer,
        LATER,
        None,
    )
    assert (record.kind, record.purpose, record.person, record.office, record.media_type, record.length) == (
        "attachment",
        "case",
        officer,
        officer.office,
        "application/pdf",
        len(LETTER),
    )
    assert raw.intact(record.sha256)
    assert events(case)[-1] == ("attached", officer.pk, "", None)
    told = {"attachment": one.pk, "commitment": record.commitment, "kind": "application/pdf", "internal": False}
    assert last_entry() == ("case.attached", officer.pk, {}, told)
    assert whole().startswith("All whole: 2 records of 2 files")  # the flag's own answer and the letter
    assert models.Unsealed.objects.filter(kind="capture", keys__contains=[str(record.pk)]).exists()


@database
def test_a_picture_is_shown_redrawn_and_given_back_as_it_came() -> None:
    officer = factories.person()
    sent = picture("PNG")
    one = attach(opened(officer), officer, sent)
    shown = look(one, officer, redrawn=True)
    assert pictures.media_type(shown.content) == shown.capture.media_type == "image/jpeg"
    assert (shown.capture.relation, shown.capture.of) == ("rendition", one.capture)
    assert Image.open(io.BytesIO(shown.content)).size == (200, 120)
    assert look(one, officer).content == sent


@database
def test_a_look_is_logged_with_its_purpose_and_counts() -> None:
    officer = factories.person()
    case = opened(officer)
    one = attach(case, officer)
    assert look(one, officer).content == LETTER
    *named, told = last_entry()
    assert len(told.pop("custody")) == 64  # over its row of the custody log
    assert (named, told) == (
        ["capture.downloaded", officer.pk, {}],
        {"case": case.number, "purpose": "case", "minutes": models.Minutes.objects.get().number},
    )
    assert models.AuditEntry.objects.latest("seq").target_id == str(one.capture_id)
    assert looks.today(officer, LATER) == 1


@database
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": b""}, ("attachment.empty", "file")),
        ({"content": b"%PDF-" + b"x" * attachments.MOST_BYTES}, ("attachment.too_large", "file")),
        ({"content": b"MZ\x90\x00"}, ("attachment.kind", "file")),
        ({"content": picture("GIF")}, ("attachment.kind", "file")),
        ({"content": picture("PNG")[:60]}, ("attachment.picture", "file")),
        ({"title": " "}, ("attachment.title", "title")),
        ({"seen_by": "all"}, ("attachment.seen_by", "seen_by")),
    ],
)
def test_what_is_no_file_for_a_case_is_refused(given: dict[str, Any], code: tuple[str, str]) -> None:
    officer = factories.person()
    case = opened(officer)
    assert refused(lambda: attach(case, officer, **given)) == code


@database
def test_one_file_is_there_once_for_each_side_until_it_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    officer, analyst = factories.person(), factories.person(Role.ANALYST)
    case = escalated(officer)
    one = attach(case, officer)
    assert refused(lambda: attach(case, officer, title="Lagi")) == ("attachment.twice", "file")
    attach(case, analyst, seen_by="own")
    monkeypatch.setattr(attachments, "MOST_FILES", 2)
    assert refused(lambda: attach(case, officer, b"%PDF-1.7 lain")) == ("attachment.many", "file")
    attachments.withdraw_file(attachment_id=one.pk, note="Salah berkas.", by=officer, now=LATER)
    attach(case, officer)


@database
def test_who_is_not_of_the_case_attaches_and_sees_nothing() -> None:
    officer, other, registrar = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.REGISTRAR)
    case = opened(officer)
    one = attach(case, officer)
    for nobody in (other, registrar):
        with pytest.raises(PermissionDenied):
            attach(case, nobody)
        with pytest.raises(models.CaseAttachment.DoesNotExist):
            look(one, nobody)
        with pytest.raises(models.CaseAttachment.DoesNotExist):
            attachments.withdraw_file(attachment_id=one.pk, note="x", by=nobody, now=LATER)
        assert attachments.listed(case, nobody) == []
    assert models.CaseAttachment.objects.count() == 1


@database
def test_what_is_for_one_side_is_not_there_for_the_other() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person(Role.ANALYST)
    case = escalated(officer)
    ours, theirs = attach(case, officer, b"%PDF- satu", seen_by="own"), attach(case, analyst, b"%PDF- dua", seen_by="own")
    both = attach(case, officer, b"%PDF- tiga")
    assert attachments.listed(case, colleague) == [ours, both]
    assert attachments.listed(case, analyst) == [theirs, both]
    with pytest.raises(models.CaseAttachment.DoesNotExist):
        look(ours, analyst)
    assert look(both, analyst).content == b"%PDF- tiga"


@database
def test_withdrawn_it_is_opened_to_nobody_and_stays_for_the_log() -> None:
    officer, analyst = factories.person(), factories.person(Role.ANALYST)
    case = escalated(officer)
    one = attach(case, officer, picture())
    with pytest.raises(PermissionDenied):  # the other side's
        attachments.withdraw_file(attachment_id=one.pk, note="x", by=analyst, now=LATER)
    assert refused(lambda: attachments.withdraw_file(attachment_id=one.pk, note=" ", by=officer, now=LATER)) == ("case.note", "note")
    attachments.withdraw_file(attachment_id=one.pk, note=" Salah orang. ", by=officer, now=LATER)
    assert events(case)[-1] == ("attachment_withdrawn", officer.pk, "Salah orang.", None)
    assert last_entry() == ("case.attachment_withdrawn", officer.pk, {}, {"attachment": one.pk})
    assert refused(lambda: look(one, officer)) == ("attachment.withdrawn", "")
    assert refused(lambda: look(one, officer, redrawn=True)) == ("attachment.withdrawn", "")
    again = refused(lambda: attachments.withdraw_file(attachment_id=one.pk, note="x", by=officer, now=LATER))
    assert again == ("attachment.withdrawn", "")
    assert raw.intact(one.capture.sha256)
    assert [row.withdrawal is None for row in attachments.listed(case, officer)] == [False]


@database
def test_a_closed_case_takes_no_file_and_lets_one_be_withdrawn() -> None:
    officer = factories.person()
    case = opened(officer)
    one = attach(case, officer)
    close(case, officer)
    with pytest.raises(cases.StaleError):
        attach(case, officer, b"%PDF- lain")
    attachments.withdraw_file(attachment_id=one.pk, note="Salah orang.", by=officer, now=LATER)
    assert events(case)[-1][0] == "attachment_withdrawn"


def close(case: models.Case, by: models.Person) -> None:
    cases.close(case_id=case.pk, outcome="acted_upon", note="Selesai.", seen_version=case.version, by=by, now=LATER)


@database
def test_only_a_picture_is_shown_and_a_changed_file_is_not_given_back() -> None:
    officer = factories.person()
    one = attach(opened(officer), officer)
    assert refused(lambda: look(one, officer, redrawn=True)) == ("attachment.no_picture", "")
    place = raw.path_of(one.capture.sha256)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.7 lain")
    assert refused(lambda: look(one, officer)) == ("attachment.broken", "")
    place.unlink()
    assert refused(lambda: look(one, officer)) == ("attachment.broken", "")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_evidence", stdout=out)
    assert out.getvalue() == f"{one.capture_id} (attachment, {one.capture.sha256[:12]}…): the file is missing\n"


@database
def test_a_file_of_an_erased_post_stays_while_a_case_holds_it() -> None:
    """The eraser is told so; withdrawn, it goes with the next sweep."""
    officer, (flag,) = factories.person(), confirmed()
    screenshot = picture(colour=(9, 9, 9))
    job = models.Job.objects.create(kind="page", key=f"{flag.post_id}:asked", created_at=NOW, due_at=NOW)
    custody.capture_file(screenshot, "image/png", platform="telegram", kind="screenshot", job=job, post_id=flag.post_id, now=NOW)
    case = opened(officer, [flag])
    one = attach(case, officer, screenshot)
    close(case, officer)
    plan = erasing.plan(flag.post_id)
    assert {file.sha256: file.need for file in plan.files}[one.capture.sha256] == "case"
    erase(flag.post)
    aged()
    erasing.remove_due(now=LATER)
    assert one.capture.sha256 in on_disk()
    assert states()[one.capture.sha256] == "kept"
    assert look(one, officer).content == screenshot
    attachments.withdraw_file(attachment_id=one.pk, note="Unggahannya dihapus.", by=officer, now=LATER)
    assert states()[one.capture.sha256] == "due"
    aged()
    erasing.remove_due(now=LATER)
    assert one.capture.sha256 not in on_disk()
    assert states()[one.capture.sha256] == "removed"
    assert "records of erased posts" in whole()


@database
def test_the_database_keeps_it_as_it_was() -> None:
    officer = factories.person()
    one = attach(opened(officer), officer)
    for act in (lambda: models.CaseAttachment.objects.update(title="lain"), one.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert models.CaseAttachment.objects.get().title == "Surat pengantar"


@pytest.mark.usefixtures("committed")
def test_sent_twice_in_one_moment_it_is_there_once() -> None:
    officer = factories.person()
    case = opened(officer)
    results = races.race("SELECT FROM patrol_case FOR NO KEY UPDATE", *[lambda: attach(case, officer)] * 2)
    assert [type(one) for one in results] == [models.CaseAttachment, RefusedError]
    assert models.CaseAttachment.objects.count() == 1

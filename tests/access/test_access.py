"""The one table of rights, written out once more: role x action x where the thing belongs."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models as db

from patrol import access, cases, models
from patrol.access import Action, Relation
from patrol.cases import letters
from patrol.guides import editions
from patrol.models import Role
from tests import factories

database = pytest.mark.django_db

# any: to things of every office; mine: to what the person made; own: to those of the own office; dir: to those of every office, for whoever
# works at the directorate.
MATRIX = """
action            officer  analyst  supervisor  registrar  administrator  data_protection_officer
home              any      any      any         any        any        any
post.view         any      any      any         -          -          -
indicator.view    any      any      any         -          -          -
flag.view         any      any      any         -          -          -
flag.decide       own+dir  dir      own+dir     -          -          -
flag.hand_over    own+dir  dir      own+dir     -          -          -
contact.show      any      any      any         -          -          -
contact.show_decided own+dir own+dir own+dir -   -                    -
trust.propose     any      any      any         -          -          -
trust.approve     -        any      any         -          -          -
case.view         own+dir  own+dir  own+dir     -          -          -
case.open         own+dir  dir      own+dir     -          -          -
case.note         own+dir  own+dir  own+dir     -          -          -
case.note_view    own      own      own         -          -          -
case.escalate     own      -        own         -          -          -
case.take         -        dir      -           -          -          -
case.hand_on      -        dir      dir         -          -          -
case.hand_on_opened own    own      own         -          -          -
case.return       -        dir      -           -          -          -
case.close        own      dir      own+dir     -          -          -
case.close_escalated - dir   dir         -          -                 -
case.task         own+dir  own+dir  own+dir     -          -          -
task.template     -        dir      dir         -          -          -
link.check        own+dir  own+dir  own+dir     -          -          -
referral.view     own+dir  own+dir  own+dir     -          -          -
referral.write    own      dir      own+dir     -          -          -
referral.approve  -        -        own+dir     -          -          -
referral.send     own      dir      own+dir     -          -          -
peer.ask          own      dir      own+dir     -          -          -
peer.approve      -        -        own+dir     -          -          -
case.export       own      dir      own+dir     -          -          -
objection.view    own+dir  dir      own+dir     -          -          -
objection.enter   own      dir      own+dir     -          -          -
objection.settle  -        -        own+dir     -          -          -
tip.view          own+dir  dir      own+dir     -          -          -
tip.place         own      own      own         -          -          -
tip.identity      own      mine     own         -          -          -
case.hold         -        -        own+dir     -          -          -
retention.view    -        dir      dir         -          dir        dir
retention.propose -        dir      dir         -          -          -
retention.approve -        -        dir         -          -          -
channel.confirm   -        -        dir         -          -          -
clock.view        any      any      any         -          -          -
clock.change      -        -        dir         -          -          -
protection.view   own+dir  dir      own+dir     -          -          -
review            own+dir  dir      own+dir     -          -          -
review.settle     -        -        own+dir     -          -          -
quality.view      -        -        own+dir     -          -          -
bulk              own+dir  dir      own+dir     -          -          -
bulk.approve      -        -        own+dir     -          -          -
campaign.view     any      any      any         -          -          -
campaign.judge    any      any      any         -          -          -
watch.view        own+dir  own+dir  own+dir     -          own+dir    -
watch.change      -        dir      -           -          dir        -
watch.keep        -        dir      own         -          dir        -
watch.propose     own      -        own         -          -          -
credential.view   -        dir      -           -          dir        -
credential.change -        -        -           -          dir        -
register.view     any      any      any         any        any        any
register.import   -        -        -           dir        -          -
register.manual_view -     -        dir         dir        -          -
register.approve  -        -        dir         dir        -          -
office.view       any      any      any         any        any        any
office.change     -        -        -           -          dir        -
station.change    -        -        own         -          dir        -
person.view       -        -        own+dir     -          dir        dir
person.close      -        -        own         -          dir        -
person.agree      -        -        dir         -          dir        -
person.change     -        -        -           -          dir        -
summary.view      own+dir  own+dir  own+dir     -          own+dir    -
summary.freeze    -        -        own+dir     -          -          -
summary.approve   -        -        own+dir     -          -          -
consultation.view -        -        -           -          -          dir
subject.request   -        -        -           -          -          dir
audit.view        -        -        -           -          dir        dir
public_desk       -        -        dir         -          -          -
points.approve    -        -        dir         -          -          -
notice.view       own+mine own+mine own+mine    mine       mine       mine
webhook           -        -        own         -          -          -
webhook.end       -        -        own         -          dir        -
care.office       -        -        own         -          -          -
decision.view     mine     mine     mine        -          -          -
import.file       own+dir  own+dir  own+dir     -          -          -
capture.send      any      any      any         -          -          -
capture.view      mine     mine     mine        -          -          -
device.view       mine     mine     mine        -          dir        -
device.revoke     mine     mine     mine        -          dir        -
token.make        -        -        own         -          -          -
token.revoke      -        -        own         -          dir        -
page.ask          any      any      any         -          -          -
evidence.open     own+dir  dir      own+dir     -          -          -
telling.office    -        -        own         -          dir        -
summary.head      -        -        own         -          dir        -
erase.ask         own+dir  dir      own+dir     -          -          -
erase.approve     -        -        own+dir     -          -          -
card.view         own+dir  own+dir  own+dir     -          -          -
card.make         own      dir      own+dir     -          -          -
card.approve      -        -        own+dir     -          -          -
guide.view        -        dir      dir         -          -          -
guide.publish     -        dir      dir         -          -          -
letter.view       -        dir      dir         -          -          -
letter.change     -        -        dir         -          -          -
law.view          dir      dir      dir         -          -          -
law.enter         -        dir      dir         -          -          -
law.approve       -        -        dir         -          -          -
"""
_HEAD, *_LINES = [line.split() for line in MATRIX.strip().splitlines()]
CELLS = {(line[0], role): cell for line in _LINES for role, cell in zip(_HEAD[1:], line[1:], strict=True)}


def expected(cell: str, at_directorate: bool, own: bool) -> bool:
    return cell == "any" or ("own" in cell and own) or ("dir" in cell and at_directorate)


def test_the_matrix_names_every_action_and_role() -> None:
    assert set(CELLS) == {(str(action), str(role)) for action in Action for role in Role}


@database
@pytest.mark.parametrize("role", Role)
def test_every_right_is_as_written_here(role: Role) -> None:
    offices = factories.offices()
    mine, other = offices["bp3mi-jabar"].pk, offices["bp3mi-ntb"].pk
    directorate = offices["directorate"].pk
    for code, home in (("bp3mi-jabar", mine), ("directorate", directorate)):
        person = factories.person(role, code)
        central = code == "directorate"
        for action in Action:
            cell = CELLS[action, role]
            wrong = [
                (action, code, office_id)
                for office_id in (mine, other, directorate)
                if access.may(person, action, office_id=office_id, author_id=person.pk)
                != ("mine" in cell or expected(cell, central, office_id == home))
            ]
            assert wrong == []
            assert access.may(person, action) == ("mine" in cell or expected(cell, central, own=True))
            for office_id in (mine, other):
                if access.may(person, action, office_id=office_id):
                    access.require(person, action, office_id=office_id)
                else:
                    with pytest.raises(PermissionDenied):
                        access.require(person, action, office_id=office_id)


@database
@pytest.mark.parametrize("role", Role)
def test_who_left_may_do_nothing(role: Role) -> None:
    person = factories.person(role, "directorate", is_active=False)
    assert [action for action in Action if access.may(person, action, office_id=person.office_id)] == []
    assert access.scope(person, Action.OFFICE_VIEW, models.Office.objects.all()).count() == 0


def test_nobody_may_do_nothing() -> None:
    assert [action for action in Action if access.may(AnonymousUser(), action)] == []


@database
def test_a_role_that_no_table_knows_may_do_nothing() -> None:
    person = factories.person()
    person.role = "kepala"
    assert {access.relations(person, action) for action in Action} == {frozenset()}
    assert access.scope(person, Action.FLAG_VIEW, models.Flag.objects.all()).count() == 0


@database
def test_an_author_s_right_ends_with_the_author(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(access.TABLE, Action.CASE_NOTE, {Role.OFFICER: frozenset({Relation.AUTHOR})})
    person, other = factories.person(), factories.person()
    assert access.may(person, Action.CASE_NOTE, office_id=person.office_id, author_id=person.pk)
    assert not access.may(person, Action.CASE_NOTE, office_id=person.office_id, author_id=other.pk)


@database
@pytest.mark.parametrize("role", Role)
def test_a_thing_of_no_office_and_no_author_is_nobodys_own(role: Role) -> None:
    """A null column asks about a thing; only whoever names no office at all asks "to anything"."""
    person = factories.person(role, "bp3mi-jabar")
    for action in Action:
        reached = access.Relation.ANY in access.relations(person, action)
        for office_id in (None, access.NO_OFFICE):
            assert access.may(person, action, office_id=office_id, author_id=None) is reached
        assert access.may(person, action) is bool(access.relations(person, action) - {Relation.DIRECTORATE})
    central = factories.person(role, "directorate")
    for action in Action:
        reached = bool(access.relations(central, action) & {Relation.ANY, Relation.DIRECTORATE})
        for office_id in (None, access.NO_OFFICE):
            assert access.may(central, action, office_id=office_id, author_id=None) is reached


@database
def test_the_office_with_the_first_id_is_an_office() -> None:
    factories.offices()
    first = models.Office.objects.filter(pk=1).first() or models.Office.objects.create(id=1, code="pertama", name="Pertama", short_name="P")
    officer = factories.person("officer", first.code)
    assert access.may(officer, Action.CASE_NOTE_VIEW, office_id=first.pk)
    for nobodys in (access.NO_OFFICE, None):
        assert not access.may(officer, Action.CASE_NOTE_VIEW, office_id=nobodys)


# --- rows -----------------------------------------------------------------------------------------

VIEW = {
    models.Post: Action.POST_VIEW,
    models.Indicator: Action.INDICATOR_VIEW,
    models.Campaign: Action.CAMPAIGN_VIEW,
    models.Flag: Action.FLAG_VIEW,
    models.Case: Action.CASE_VIEW,
    models.Watch: Action.WATCH_VIEW,
    models.WatchProposal: Action.WATCH_VIEW,
    models.Fetch: Action.WATCH_VIEW,
    models.KeywordPack: Action.WATCH_CHANGE,
    models.JointLeave: Action.CLOCK_VIEW,
    models.CaseDeadline: Action.CLOCK_VIEW,
    models.Credential: Action.CREDENTIAL_VIEW,
    models.RegisterEdition: Action.REGISTER_VIEW,
    models.Agency: Action.REGISTER_VIEW,
    models.ManualChange: Action.REGISTER_MANUAL_VIEW,
    models.Licence: Action.REGISTER_VIEW,
    models.Office: Action.OFFICE_VIEW,
    models.Station: Action.OFFICE_VIEW,
    models.Person: Action.PERSON_VIEW,
    models.AuditEntry: Action.AUDIT_VIEW,
    models.Device: Action.DEVICE_VIEW,
    models.Intake: Action.CAPTURE_VIEW,
    models.ImportedFile: Action.IMPORT_FILE,
    models.Notice: Action.NOTICE_VIEW,
    models.SubjectRequest: Action.SUBJECT_REQUEST,
    models.Consultation: Action.CONSULTATION_VIEW,
    models.UnusualReading: Action.CONSULTATION_VIEW,
    models.Bot: Action.TELLING_OFFICE,
    models.Webhook: Action.WEBHOOK,
    models.Decision: Action.DECISION_VIEW,
    models.Protection: Action.PROTECTION_VIEW,
    models.Draw: Action.REVIEW,
    models.Bulk: Action.BULK,
    models.ErasureRequest: Action.ERASE_ASK,
    models.Article: Action.LAW_VIEW,
    models.Card: Action.CARD_VIEW,
    models.Guide: Action.GUIDE_VIEW,
    models.RetentionEdition: Action.RETENTION_VIEW,
    models.LetterTemplate: Action.LETTER_VIEW,
    models.CaseAttachment: Action.CASE_VIEW,
    models.Minutes: Action.EVIDENCE_OPEN,
    models.CaseTask: Action.CASE_VIEW,
    models.TaskLine: Action.TASK_TEMPLATE,
    models.Referral: Action.REFERRAL_VIEW,
    models.PeerExport: Action.PEER_ASK,
    models.Objection: Action.OBJECTION_VIEW,
    models.Tip: Action.TIP_VIEW,
}


def world() -> dict[type[db.Model], dict[int, int | None]]:
    """Rows of two offices in every table; returns the office of each row by model, None where a row belongs to no office."""
    factories.offices()
    for code in ("bp3mi-jabar", "bp3mi-ntb"):
        person = factories.person("officer", code)
        (flag,) = factories.flags(1, of=factories.watch(code))
        models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=factories.NOW)
        case = cases.open_case(flag_ids=[flag.pk], title="Calo", by=person, now=factories.NOW)
        models.CaseTask.objects.create(case=case, title="Tugas")
        models.CaseAttachment.objects.create(
            case=case,
            capture=factories.file_capture(code.encode(), post_id=flag.post_id),
            title="Berkas",
            office=person.office,
            internal=False,
            by=person,
            at=factories.NOW,
        )
        models.Referral.objects.create(
            number=code,
            case=case,
            channel="police",
            from_directorate=True,
            needs_copies=True,
            wrote_by=person,
            wrote_at=factories.NOW,
            changed_by=person,
            changed_at=factories.NOW,
        )
        models.PeerExport.objects.create(
            number=f"MTR-{code}",
            case=case,
            office=person.office,
            peer="Badan Contoh",
            purpose="block",
            sharing="amber",
            indicators=[1],
            by=person,
            at=factories.NOW,
            until=factories.NOW,
        )
        models.Minutes.objects.create(
            number=code,
            kind="taken",
            office=person.office,
            year=2026,
            count=1,
            at=factories.NOW,
            by=person,
            recipient=person.name,
            content={},
            digest="0" * 64,
        )
        models.Protection.objects.create(flag=flag, office=person.office, by=person, at=factories.NOW)
        models.Draw.objects.create(kind="low", flag=flag, office=person.office, day=factories.NOW.date(), at=factories.NOW)
        models.Bulk.objects.create(
            number=code, office=person.office, outcome="dismissed", reason="lawful", state="running", by=person, at=factories.NOW
        )
        models.ErasureRequest.objects.create(
            number=code,
            post=flag.post,
            reason="subject",
            ground="Surat.",
            versions=1,
            files=0,
            by=person,
            at=factories.NOW,
            until=factories.NOW + timedelta(days=7),
        )
        models.Notice.objects.create(kind="handed_over", office=person.office, flag=flag, at=factories.NOW)
        models.Decision.objects.create(
            flag=flag,
            decision_key=uuid.uuid4(),
            outcome="confirmed",
            reason="licence",
            by=person,
            at=factories.NOW,
            effective_at=factories.NOW,
            state_before="waiting",
            state_after="confirmed",
            level_then=flag.level,
            check_then_id=flag.current_check_id,
        )
        models.Card.objects.create(
            number=code,
            case=case,
            decision=models.Decision.objects.get(flag=flag),
            office=person.office,
            level="high",
            quote="Contoh.",
            signs=["visa"],
            by=person,
            at=factories.NOW,
        )
        models.Objection.objects.create(
            number=code,
            decision=models.Decision.objects.get(flag=flag),
            office=person.office,
            side="named",
            how="letter",
            day=factories.NOW.date(),
            entered_by=person,
            entered_at=factories.NOW,
            due_at=factories.NOW,
        )
        models.Tip.objects.create(office=person.office, kind="advert", words="Iklan", at=factories.NOW)
        models.WatchProposal.objects.create(
            office=person.office, platform="telegram", query=code, wanted={}, proposed_by=person, proposed_at=factories.NOW
        )
        models.Station.objects.get_or_create(office=person.office, name="P4MI Contoh")
        models.Device.objects.create(person=person, name="Peramban", token_sha256=code, paired_at=factories.NOW)
        models.Intake.objects.create(kind="capture", person=person, office=person.office, at=factories.NOW)
    factories.register(
        [{"name": "PT Rembulan Karya Contoh"}], [{"number": "B.11/SIP2MI/I/2026", "agency": "PT Rembulan Karya Contoh", "country": "TW"}]
    )
    models.Campaign.objects.create(number="JRG-26-0001", made_at=factories.NOW, grown_at=factories.NOW)
    models.KeywordPack.objects.create(name="Paket", about="lures", words=["gratis biaya"], changed_at=factories.NOW)
    models.CaseDeadline.objects.create(step="opened", kind="other", hours=16, grace=8)
    models.TaskLine.objects.create(kind="other", title="Rekaman lengkap", goes_to="opener", place=1)
    letters.load(now=factories.NOW)
    editions.load(now=factories.NOW)
    models.ManualChange.objects.create(
        kind="contact",
        agency="PT Rembulan Karya Contoh",
        row={"column": "phones", "contact": "0840-1111-0009"},
        decree="SK 7",
        decree_date=factories.NOW.date(),
        scan=factories.file_capture(b"keputusan", post_id=models.Post.objects.earliest("id").pk),
        by=models.Person.objects.earliest("id"),
        at=factories.NOW,
    )
    person = models.Person.objects.earliest("id")
    models.Consultation.objects.create(person=person, office=person.office, role="officer", way="list", target_kind="flag")
    models.UnusualReading.objects.create(person=person, why="own", day=factories.NOW.date(), count=1, usual=0, found_at=factories.NOW)
    models.SubjectRequest.objects.create(
        number="PSD-26-0001",
        question="access",
        about="number",
        about_digest="x",
        asked_at=factories.NOW,
        how="letter",
        identity="not_yet",
        due_at=factories.NOW,
        entered_by=models.Person.objects.earliest("id"),
        entered_at=factories.NOW,
    )
    by = models.Person.objects.earliest("id")
    models.RetentionEdition.objects.create(times={}, reason="uji", by=by, at=factories.NOW)
    models.JointLeave.objects.create(day=factories.NOW.date(), name="Cuti bersama", decree="SKB contoh")
    models.Credential.objects.create(platform="youtube", name="Kunci", sealed="x", changed_at=factories.NOW)
    for person in models.Person.objects.order_by("office_id", "id").distinct("office_id"):
        sent: dict[str, Any] = {"address": "https://terima.example/", "types": ["flag.raised"], "sealed": "x", "cursor": "0-0-0-0-0"}
        sent |= {"arrived_at": factories.NOW, "made_at": factories.NOW, "made_by": person}
        models.Webhook.objects.create(office=person.office, **sent)
        models.Bot.objects.create(office=person.office, sealed="x", mark=f"m{person.pk}", set_at=factories.NOW, set_by=person)
    offices: dict[type[db.Model], dict[int, int | None]] = {}
    for model, path in access.OFFICE_PATH.items():
        rows = model._default_manager.all()
        offices[model] = dict(rows.values_list("pk", path)) if path else dict.fromkeys(rows.values_list("pk", flat=True))
        assert offices[model], f"no row of {model.__name__} to look at"
    return offices


def test_every_model_with_an_office_stands_in_the_list_of_paths() -> None:
    assert set(VIEW) == set(access.OFFICE_PATH)
    for model, path in access.OFFICE_PATH.items():
        for field in model._meta.get_fields():
            # The office of an attachment is whose side added it, that of a letter whose paper it is: they lie with the case.
            # Who read something belongs to no office that may see it; the office somebody comes back to from a further duty is not
            # where they are now.
            # The office of a token is whose it is; a device is its person's.
            elsewhere = model in {models.CaseAttachment, models.Referral, models.Consultation, models.Device} or field.name == "own_office"
            if isinstance(field, db.ForeignKey) and field.related_model is models.Office and not elsewhere:
                assert path == field.attname


@database
def test_rows_of_another_office_are_not_there() -> None:
    rows = world()
    people = [factories.person(role, code) for role in Role for code in ("bp3mi-jabar", "directorate")]
    for person in people:
        rows[models.Person][person.pk] = person.office_id
    for person in people:
        for model, action in VIEW.items():
            cell = CELLS[action, person.role]
            seen = set(access.scope(person, action, model._default_manager.all()).values_list("pk", flat=True))
            wanted = {key for key, office in rows[model].items() if expected(cell, person.at_directorate, office == person.office_id)}
            assert seen == wanted, (person.role, person.office.code, model.__name__)


@database
def test_what_a_person_made_is_theirs_alone() -> None:
    world()
    colleague = factories.person()
    models.Device.objects.create(person=colleague, name="Peramban", token_sha256="colleague", paired_at=factories.NOW)
    models.Intake.objects.create(kind="capture", person=colleague, office=colleague.office, at=factories.NOW)
    for model, action in ((models.Device, Action.DEVICE_VIEW), (models.Intake, Action.CAPTURE_VIEW)):
        for row in model.objects.all():
            assert list(access.scope(row.person, action, model.objects.all())) == [row]
    for decision in models.Decision.objects.all():
        assert list(access.scope(decision.by, Action.DECISION_VIEW, models.Decision.objects.all())) == [decision]
    assert list(access.scope(colleague, Action.DECISION_VIEW, models.Decision.objects.all())) == []


@database
def test_a_right_to_the_own_office_gives_nothing_of_what_one_made_in_another() -> None:
    world()
    officer = factories.person("officer", "bp3mi-jabar")
    moved = models.Decision.objects.get(flag__office=officer.office).by
    models.Person.objects.filter(pk=moved.pk).update(office=factories.office("bp3mi-ntb"))
    moved = models.Person.objects.get(pk=moved.pk)
    kept = access.scope(moved, Action.FLAG_DECIDE, models.Decision.objects.all())
    assert [decision.flag.office.code for decision in kept] == ["bp3mi-ntb"]


@database
def test_a_notice_is_for_one_person_or_for_one_office() -> None:
    """The directorate sees every office's cases, and of the notices its own: what it marks read is not unread for the office."""
    officer, colleague = factories.person(), factories.person()
    elsewhere, analyst = factories.person("officer", "bp3mi-ntb"), factories.person("analyst")
    registrar = factories.person("registrar")
    rows = {
        "office": models.Notice.objects.create(kind="handed_over", office=officer.office, at=factories.NOW),
        "person": models.Notice.objects.create(kind="reversed", person=officer, at=factories.NOW),
        "directorate": models.Notice.objects.create(kind="case_escalated", office=analyst.office, at=factories.NOW),
    }

    def seen(person: models.Person) -> set[str]:
        kept = access.scope(person, Action.NOTICE_VIEW, models.Notice.objects.all())
        return {name for name, row in rows.items() if row in kept}

    assert seen(officer) == {"office", "person"}
    assert seen(colleague) == {"office"}
    assert seen(elsewhere) == set()
    assert seen(analyst) == {"directorate"}
    assert seen(registrar) == set()


@database
def test_a_right_to_the_own_office_gives_nothing_of_what_belongs_to_none() -> None:
    world()
    officer = factories.person()
    assert access.scope(officer, Action.CASE_VIEW, models.AuditEntry.objects.all()).count() == 0


@database
def test_a_model_outside_the_list_says_its_own_path() -> None:
    world()
    officer = factories.person()
    mine = access.scope(officer, Action.CASE_VIEW, models.CaseEvent.objects.all(), office_path="case__office_id")
    assert {event.case.office_id for event in mine} == {officer.office_id}
    with pytest.raises(KeyError):
        access.scope(officer, Action.CASE_VIEW, models.CaseEvent.objects.all())

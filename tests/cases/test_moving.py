"""Cases: opened from confirmed flags, escalated, taken, handed back, closed, opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from patrol import cases, models
from patrol.access import audit
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from patrol.triage import notices as patrol_notices
from tests import factories, races
from tests.factories import NOW

database = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def confirmed(count: int = 1, code: str = "bp3mi-jabar") -> list[models.Flag]:
    factories.offices()
    found = factories.flags(count, of=factories.watch(code))
    models.Flag.objects.filter(pk__in=[flag.pk for flag in found]).update(state="confirmed", decided_at=NOW)
    return found


def opened(by: models.Person, flags: list[models.Flag] | None = None, title: str = "Calo rute Batam") -> models.Case:
    flags = flags or confirmed()
    return cases.open_case(flag_ids=[flag.pk for flag in flags], title=title, by=by, now=NOW)


def escalated(by: models.Person) -> models.Case:
    case = opened(by)
    return cases.escalate(case_id=case.pk, article="placement", note="lintas provinsi", seen_version=case.version, by=by, now=NOW)


def events(case: models.Case) -> list[Any]:
    return list(case.events.values_list("kind", "by", "note", "flag"))


def last_entry() -> tuple[str, int | None, Any, Any]:
    entry = models.AuditEntry.objects.order_by("-seq").first()
    assert entry is not None
    return entry.verb, entry.actor_id, entry.before, entry.after


@database
def test_a_case_is_opened_from_confirmed_flags_with_its_number_and_its_timeline() -> None:
    officer, flags = factories.person(), confirmed(2)
    case = opened(officer, flags, title="  Calo rute Batam ")
    assert (case.number, case.title, case.state, case.office, case.opened_by, case.opened_at, case.responsible) == (
        "PKR-26-0001",
        "Calo rute Batam",
        "opened",
        officer.office,
        officer,
        NOW,
        officer,
    )
    assert list(case.entries.order_by("flag_id").values_list("flag", "added_by")) == [(f.pk, officer.pk) for f in flags]
    assert events(case) == [
        ("opened", officer.pk, "", None),
        ("flag_added", officer.pk, "", flags[0].pk),
        ("flag_added", officer.pk, "", flags[1].pk),
    ]
    assert last_entry() == ("case.opened", officer.pk, {}, {"number": "PKR-26-0001", "flags": [flag.number for flag in flags]})
    assert opened(officer).number == "PKR-26-0002"


@database
@pytest.mark.parametrize("role", ["analyst", "officer", "supervisor"])
def test_the_directorate_opens_a_case_for_the_flag_s_office(role: str) -> None:
    (flag,) = confirmed(1, "bp3mi-ntb")
    case = opened(factories.person(role, "directorate"), [flag])
    assert case.office.code == "bp3mi-ntb"


def refusal(**given: Any) -> tuple[str, Any]:
    fields: dict[str, Any] = {"title": "Calo", "now": NOW}
    with pytest.raises(RefusedError) as refused:
        cases.open_case(**fields | given)
    return refused.value.code, refused.value.values.get("number", "")


@database
def test_what_cannot_become_a_case_is_refused_with_why() -> None:
    officer = factories.person()
    mine, second = confirmed(2)
    (theirs,) = confirmed(1, "bp3mi-ntb")
    (waiting,) = factories.flags(1, of=factories.watch())
    case = opened(officer, [second])
    assert refusal(flag_ids=[], by=officer) == ("case.no_flags", "")
    assert refusal(flag_ids=[mine.pk, 999_999], by=officer) == ("case.no_flags", "")
    assert refusal(flag_ids=[theirs.pk], by=officer) == ("case.no_flags", "")
    assert refusal(flag_ids=[mine.pk], by=factories.person("registrar")) == ("case.no_flags", "")
    assert refusal(flag_ids=[mine.pk, waiting.pk], by=officer) == ("case.not_confirmed", waiting.number)
    assert refusal(flag_ids=[mine.pk, second.pk], by=officer) == ("case.in_case", case.number)
    assert refusal(flag_ids=[mine.pk], by=officer, title=" ") == ("case.title", "")
    assert refusal(flag_ids=[mine.pk, theirs.pk], by=factories.person("analyst")) == ("case.several_offices", "")
    assert models.Case.objects.count() == 1
    assert opened(officer, [mine]).number == "PKR-26-0002"  # what was refused used up no number


@database
def test_a_flag_named_twice_is_added_once() -> None:
    (flag,) = confirmed()
    case = cases.open_case(flag_ids=[flag.pk, flag.pk], title="Calo", by=factories.person(), now=NOW)
    assert case.entries.count() == 1


@database
def test_flags_join_a_case_until_it_is_closed() -> None:
    officer = factories.person()
    case, (more, late) = opened(officer), confirmed(2)
    cases.add_flags(case_id=case.pk, flag_ids=[more.pk], by=officer, now=LATER)
    assert events(case)[-1] == ("flag_added", officer.pk, "", more.pk)
    assert last_entry() == ("case.flags_added", officer.pk, {}, {"flags": [more.number]})
    cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=case.version, by=officer, now=LATER)
    with pytest.raises(cases.StaleError) as refused:
        cases.add_flags(case_id=case.pk, flag_ids=[late.pk], by=officer, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (officer, LATER, "closed")
    assert case.entries.count() == 2


@database
def test_escalated_nobody_has_it_until_an_analyst_takes_it() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    case = cases.escalate(case_id=case.pk, article="placement", note=" lintas provinsi ", seen_version=1, by=officer, now=NOW)
    assert (case.state, case.responsible, case.escalated_by, case.escalated_at, case.version) == ("escalated", None, officer, NOW, 2)
    assert events(case)[-1] == ("escalated", officer.pk, "lintas provinsi", None)
    told = {"state": "escalated", "article": "placement", "responsible": None}
    assert last_entry() == ("case.escalated", officer.pk, {"state": "opened"}, told)
    case = cases.take(case_id=case.pk, seen_version=2, by=analyst, now=LATER)
    assert (case.state, case.responsible, case.version) == ("in_analysis", analyst, 3)
    assert events(case)[-1] == ("taken", analyst.pk, "", None)
    assert last_entry() == ("case.taken", analyst.pk, {"state": "escalated"}, {"state": "in_analysis", "responsible": analyst.pk})


@database
def test_what_moves_one_case_leaves_another_as_it_is() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case, other = escalated(officer), escalated(officer)
    kept, told = models.Case.objects.filter(pk=other.pk).values().get(), events(other)
    cases.take(case_id=case.pk, seen_version=2, by=analyst, now=LATER)
    assert (models.Case.objects.filter(pk=other.pk).values().get(), events(other)) == (kept, told)


@database
def test_a_case_that_is_taken_or_not_escalated_cannot_be_taken() -> None:
    officer, first, second = factories.person(), factories.person("analyst"), factories.person("analyst")
    still_open = opened(officer)
    with pytest.raises(cases.StaleError) as refused:
        cases.take(case_id=still_open.pk, seen_version=1, by=first, now=NOW)
    assert refused.value.state == "opened"
    case = escalated(officer)
    cases.take(case_id=case.pk, seen_version=2, by=first, now=NOW)
    with pytest.raises(cases.StaleError) as refused:
        cases.take(case_id=case.pk, seen_version=3, by=second, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (first, NOW, "in_analysis")


@database
def test_handed_back_whoever_opened_it_is_responsible_again() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = escalated(officer)
    case = cases.take(case_id=case.pk, seen_version=2, by=analyst, now=NOW)
    case = cases.give_back(case_id=case.pk, note="lengkapi bukti", seen_version=3, by=analyst, now=LATER)
    assert (case.state, case.responsible) == ("opened", officer)
    assert events(case)[-1] == ("returned", analyst.pk, "lengkapi bukti", None)


@database
def test_closed_and_opened_again_with_reasons() -> None:
    officer = factories.person()
    case = opened(officer)
    case = cases.close(outcome="acted_upon", case_id=case.pk, note="akun diturunkan", seen_version=1, by=officer, now=NOW)
    assert (case.state, case.closed_by, case.closed_at) == ("closed", officer, NOW)
    case = cases.reopen(case_id=case.pk, note="muncul lagi", seen_version=2, by=officer, now=LATER)
    assert (case.state, case.closed_by, case.closed_at, case.version) == ("opened", None, None, 3)
    assert [event[0] for event in events(case)] == ["opened", "flag_added", "closed", "reopened"]


@database
@pytest.mark.parametrize("outcome", cases.OUTCOMES)
def test_a_closed_case_says_what_came_of_it_until_it_is_opened_again(outcome: str) -> None:
    officer = factories.person()
    case = opened(officer)
    case = cases.close(case_id=case.pk, outcome=outcome, note="selesai", seen_version=1, by=officer, now=NOW)
    assert (case.outcome, case.events.get(kind="closed").outcome) == (outcome, outcome)
    assert last_entry() == ("case.closed", officer.pk, {"state": "opened"}, {"state": "closed", "outcome": outcome})
    case = cases.reopen(case_id=case.pk, note="muncul lagi", seen_version=2, by=officer, now=LATER)
    assert (case.outcome, case.events.get(kind="closed").outcome) == ("", outcome)


@database
@pytest.mark.parametrize("outcome", ["", "withdrawn", "not_told", "sold"])
def test_a_case_is_not_closed_without_an_outcome_a_person_can_say(outcome: str) -> None:
    officer = factories.person()
    case = opened(officer)
    with pytest.raises(RefusedError, match=r"^case\.outcome outcome$"):
        cases.close(case_id=case.pk, outcome=outcome, note="selesai", seen_version=1, by=officer, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.version, case.events.filter(kind="closed").count()) == ("opened", 1, 0)


@database
@pytest.mark.parametrize("changed", [{"state": "closed", "closed_at": NOW}, {"outcome": "refused"}])
def test_the_database_holds_outcome_and_closing_together(changed: dict[str, Any]) -> None:
    officer = factories.person()
    case = opened(officer)
    with pytest.raises(IntegrityError, match="case_closed_outcome"):
        models.Case.objects.filter(pk=case.pk).update(**changed, **({"closed_by": officer} if "closed_at" in changed else {}))


@database
def test_a_case_says_what_it_is_about_until_it_is_closed() -> None:
    officer = factories.person()
    case = opened(officer)
    assert case.kind == "other"
    case = cases.set_kind(case_id=case.pk, kind="squid_boats", seen_version=1, by=officer, now=NOW)
    assert (case.kind, case.state, case.version, case.events.get(kind="kind_set").case_kind) == ("squid_boats", "opened", 2, "squid_boats")
    assert last_entry() == ("case.kind_set", officer.pk, {"state": "opened"}, {"state": "opened", "case_kind": "squid_boats"})
    with pytest.raises(RefusedError, match=r"^case\.kind kind$"):
        cases.set_kind(case_id=case.pk, kind="pirates", seen_version=2, by=officer, now=NOW)
    cases.close(case_id=case.pk, outcome="unfounded", note="selesai", seen_version=2, by=officer, now=NOW)
    with pytest.raises(cases.StaleError):
        cases.set_kind(case_id=case.pk, kind="compound", seen_version=3, by=officer, now=LATER)
    case.refresh_from_db()
    assert (case.kind, case.version) == ("squid_boats", 3)


@database
@pytest.mark.parametrize("verb", [cases.escalate, cases.give_back, cases.close, cases.reopen])
def test_every_move_says_why(verb: Any) -> None:
    person = factories.person("analyst") if verb is cases.give_back else factories.person()
    case = escalated(factories.person()) if verb is cases.give_back else opened(factories.person())
    before = case.version
    given = {"article": "fraud"} if verb is cases.escalate else {"outcome": "refused"} if verb is cases.close else {}
    with pytest.raises(RefusedError) as refused:
        verb(case_id=case.pk, note="  ", seen_version=before, by=person, now=NOW, **given)
    assert refused.value.code == "case.note"
    case.refresh_from_db()
    assert case.version == before


@database
def test_moves_off_the_table_are_refused() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    for verb, person in ((cases.reopen, officer), (cases.give_back, analyst)):
        with pytest.raises(states.MoveRefusedError):
            verb(case_id=case.pk, note="x", seen_version=1, by=person, now=NOW)
    cases.close(outcome="acted_upon", case_id=case.pk, note="x", seen_version=1, by=officer, now=NOW)
    for verb in (partial(cases.escalate, article="fraud"), partial(cases.close, outcome="refused")):
        with pytest.raises(states.MoveRefusedError):
            verb(case_id=case.pk, note="x", seen_version=2, by=officer, now=NOW)


@database
def test_a_closed_case_is_not_handed_back_and_an_escalated_one_is_not_opened_again() -> None:
    """Both end in `opened`, as what they are no way back from does; nothing is written."""
    officer, analyst = factories.person(), factories.person("analyst")
    case = escalated(officer)
    with pytest.raises(states.MoveRefusedError):
        cases.reopen(case_id=case.pk, note="x", seen_version=case.version, by=analyst, now=LATER)
    case = cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=case.version, by=analyst, now=LATER)
    told, logged = events(case), models.AuditEntry.objects.count()
    with pytest.raises(states.MoveRefusedError):
        cases.give_back(case_id=case.pk, note="x", seen_version=case.version, by=analyst, now=LATER)
    case.refresh_from_db()
    assert (case.state, events(case), models.AuditEntry.objects.count()) == ("closed", told, logged)


@database
def test_a_case_that_moved_since_is_left_to_who_moved_it() -> None:
    officer, colleague = factories.person(), factories.person("supervisor")
    case = opened(officer)
    cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=1, by=colleague, now=LATER)
    with pytest.raises(cases.StaleError) as refused:
        cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=1, by=officer, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (colleague, LATER, "closed")


@database
@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (cases.escalate, {"article": "placement", "note": "x", "seen_version": 1}),
        (cases.take, {"seen_version": 1}),
        (cases.pass_on, {"to_id": 1, "note": "x", "seen_version": 1}),
        (cases.give_back, {"note": "x", "seen_version": 1}),
        (cases.close, {"outcome": "refused", "note": "x", "seen_version": 1}),
        (cases.set_kind, {"kind": "compound", "seen_version": 1}),
        (cases.reopen, {"note": "x", "seen_version": 1}),
        (cases.note, {"text": "x", "sent": False}),
        (cases.add_flags, {"flag_ids": [1]}),
        (cases.take_out, {"flag_id": 1, "note": "x"}),
    ],
)
def test_another_office_does_nothing_to_a_case(verb: Any, given: Any) -> None:
    case = opened(factories.person())
    told = models.AuditEntry.objects.count()
    for stranger in (factories.person("officer", "bp3mi-ntb"), factories.person("supervisor", "bp3mi-ntb")):
        with pytest.raises(PermissionDenied):
            verb(case_id=case.pk, by=stranger, now=NOW, **given)
    assert (len(events(case)), models.AuditEntry.objects.count()) == (2, told)


@database
def test_only_an_analyst_takes_and_hands_back() -> None:
    officer = factories.person()
    case = escalated(officer)
    for person in (officer, factories.person("supervisor", "directorate"), factories.person("administrator")):
        with pytest.raises(PermissionDenied):
            cases.take(case_id=case.pk, seen_version=2, by=person, now=NOW)
        with pytest.raises(PermissionDenied):
            cases.give_back(case_id=case.pk, note="x", seen_version=2, by=person, now=NOW)


@database
@pytest.mark.parametrize(("sent", "kind"), [(False, "note"), (True, "message")])
def test_a_note_is_internal_or_a_message_to_the_other_side(sent: bool, kind: str) -> None:
    officer = factories.person()
    case = opened(officer)
    cases.note(case_id=case.pk, text=" sudah ditelepon ", sent=sent, by=officer, now=LATER)
    assert events(case)[-1] == (kind, officer.pk, "sudah ditelepon", None)
    assert last_entry() == (f"case.{kind}", officer.pk, {}, {})  # the words stay out of the chain
    with pytest.raises(RefusedError, match=r"^case\.note note$"):
        cases.note(case_id=case.pk, text=" ", sent=sent, by=officer, now=LATER)
    assert len(events(case)) == 3
    assert models.Notice.objects.count() == sent


def written_to(case: models.Case, *people: models.Person) -> list[list[str]]:
    """Who reads which words of the case."""
    return [sorted(event.note for event in cases.written(case, person)) for person in people]


@database
def test_an_internal_note_is_read_by_the_side_that_wrote_it_alone() -> None:
    officer, colleague = factories.person(), factories.person("supervisor")
    analyst, other_analyst = factories.person("analyst"), factories.person("analyst")
    case = escalated(officer)
    for by, text in ((officer, "catatan kantor"), (analyst, "catatan direktorat")):
        cases.note(case_id=case.pk, text=text, sent=False, by=by, now=LATER)
        cases.note(case_id=case.pk, text=text.replace("catatan", "pesan"), sent=True, by=by, now=LATER)
    office = ["catatan kantor", "pesan direktorat", "pesan kantor"]
    directorate = ["catatan direktorat", "pesan direktorat", "pesan kantor"]
    assert written_to(case, officer, colleague, analyst, other_analyst) == [office, office, directorate, directorate]


@database
def test_a_note_stays_with_the_side_it_was_written_for_when_its_writer_moves() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person("analyst")
    case = opened(officer)
    cases.note(case_id=case.pk, text="catatan kantor", sent=False, by=officer, now=LATER)
    models.Person.objects.filter(pk=officer.pk).update(role="analyst", office=factories.office("directorate"))
    moved = models.Person.objects.get(pk=officer.pk)
    assert written_to(case, colleague, analyst, moved) == [["catatan kantor"], [], []]


@database
def test_a_note_of_before_its_side_was_kept_is_its_writer_s_side_s() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = escalated(officer)
    for by in (officer, analyst):
        models.CaseEvent.objects.create(case=case, kind="note", at=NOW, by=by, note=f"lama {by.role}")
    assert written_to(case, officer, analyst) == [["lama officer"], ["lama analyst"]]


@database
def test_a_message_of_the_directorate_rings_at_the_office_and_at_whoever_opened_the_case() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case, other = escalated(officer), opened(officer)
    models.Notice.objects.all().delete()
    cases.note(case_id=case.pk, text="mohon lengkapi", sent=True, by=analyst, now=LATER)
    assert notices() == [
        ("case_message", None, officer.office_id, analyst.pk, "mohon lengkapi", LATER),
        ("case_message", officer.pk, None, analyst.pk, "mohon lengkapi", LATER),
    ]
    assert set(models.Notice.objects.values_list("case", flat=True)) == {case.pk}
    assert cases.note(case_id=other.pk, text="x", sent=False, by=analyst, now=LATER)
    assert len(notices()) == 2  # an internal note rings nowhere


@database
def test_a_message_within_the_directorate_rings_at_who_else_has_the_case_and_never_at_its_writer() -> None:
    officer, analyst = factories.person("officer", "directorate"), factories.person("analyst")
    flags = confirmed()
    models.Flag.objects.filter(pk=flags[0].pk).update(office=officer.office)
    case = opened(officer, flags)
    cases.note(case_id=case.pk, text="sendirian", sent=True, by=officer, now=LATER)
    assert notices() == []
    cases.note(case_id=case.pk, text="dari analis", sent=True, by=analyst, now=LATER)
    models.Case.objects.filter(pk=case.pk).update(responsible=analyst)
    cases.note(case_id=case.pk, text="untuk analis", sent=True, by=officer, now=LATER)
    assert notices() == [
        ("case_message", officer.pk, None, analyst.pk, "dari analis", LATER),
        ("case_message", analyst.pk, None, officer.pk, "untuk analis", LATER),
    ]
    written = [event.note for event in cases.written(case, analyst)]
    assert written == ["untuk analis", "dari analis", "sendirian"]


@database
def test_whoever_opened_it_and_left_or_moved_is_not_told_the_office_is() -> None:
    left, moved, analyst = factories.person(), factories.person(), factories.person("analyst")
    of_left, of_moved, of_directorate = opened(left), opened(moved), opened(analyst, confirmed())
    models.Person.objects.filter(pk=left.pk).update(is_active=False)
    models.Person.objects.filter(pk=moved.pk).update(office=factories.office("bp3mi-ntb"))
    for case in (of_left, of_moved, of_directorate):
        cases.note(case_id=case.pk, text="x", sent=True, by=analyst, now=LATER)
    told = [(one.case_id, one.person_id, one.office_id) for one in models.Notice.objects.order_by("id")]
    assert told == [(case.pk, None, case.office_id) for case in (of_left, of_moved, of_directorate)]


@database
def test_a_message_of_the_office_rings_at_the_directorate_and_at_whoever_took_the_case() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    directorate = factories.office("directorate")
    case = escalated(officer)
    models.Notice.objects.all().delete()
    cases.note(case_id=case.pk, text="belum diambil", sent=True, by=officer, now=LATER)
    cases.take(case_id=case.pk, seen_version=2, by=analyst, now=LATER)
    cases.note(case_id=case.pk, text="sudah lengkap", sent=True, by=officer, now=LATER)
    assert notices() == [
        ("case_message", None, directorate.pk, officer.pk, "belum diambil", LATER),
        ("case_message", None, directorate.pk, officer.pk, "sudah lengkap", LATER),
        ("case_message", analyst.pk, None, officer.pk, "sudah lengkap", LATER),
    ]


@database
def test_messages_are_read_case_by_case_for_oneself_and_one_s_office() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person("analyst")
    case, other = escalated(officer), escalated(officer)
    for one in (case, other):
        cases.note(case_id=one.pk, text="mohon lengkapi", sent=True, by=analyst, now=LATER)
    assert patrol_notices.read_messages(case_id=case.pk, by=colleague, now=LATER) == 1

    def unread(person: models.Person) -> list[int]:
        return sorted(patrol_notices.messages(person).values_list("case", flat=True))

    assert (unread(colleague), unread(officer), unread(analyst)) == ([other.pk], [case.pk, other.pk, other.pk], [])
    assert patrol_notices.read_messages(case_id=case.pk, by=officer, now=LATER) == 1
    assert patrol_notices.read_messages(case_id=case.pk, by=officer, now=LATER) == 0
    assert unread(officer) == [other.pk, other.pk]
    assert models.Notice.objects.filter(kind="case_escalated", read_at=None).count() == 2  # what is no message stays


# --- a taken one is passed on ------------------------------------------------------------------------


def taken(officer: models.Person, analyst: models.Person) -> models.Case:
    case = escalated(officer)
    return cases.take(case_id=case.pk, seen_version=2, by=analyst, now=NOW)


def passing(case: models.Case, to: models.Person, by: models.Person, **given: Any) -> models.Case:
    asked: dict[str, Any] = {"note": "cuti", "seen_version": case.version, "now": LATER}
    return cases.pass_on(case_id=case.pk, to_id=to.pk, by=by, **asked | given)


@database
def test_a_taken_case_is_passed_on_and_whoever_gets_it_is_told() -> None:
    officer, first, second = factories.person(), factories.person("analyst"), factories.person("analyst")
    case = taken(officer, first)
    models.Notice.objects.all().delete()
    case = passing(case, second, first, note=" cuti dua minggu ")
    assert (case.state, case.responsible, case.version) == ("in_analysis", second, 4)
    event = case.events.last()
    assert event is not None
    assert (event.kind, event.by, event.to, event.note) == ("passed_on", first, second, "cuti dua minggu")
    told = {"state": "in_analysis", "to": second.pk, "responsible": second.pk}
    assert last_entry() == ("case.passed_on", first.pk, {"state": "in_analysis"}, told)
    assert notices() == [("case_passed_on", second.pk, None, first.pk, "cuti dua minggu", LATER)]


@database
def test_for_an_analyst_who_is_away_another_takes_it_over_and_both_know() -> None:
    officer, first, second = factories.person(), factories.person("analyst"), factories.person("analyst")
    supervisor = factories.person("supervisor", "directorate")
    case = taken(officer, first)
    models.Notice.objects.all().delete()
    case = passing(case, second, second)  # takes it over
    assert notices() == [("case_passed_away", first.pk, None, second.pk, "cuti", LATER)]
    passing(case, first, supervisor)
    assert notices()[1:] == [
        ("case_passed_on", first.pk, None, supervisor.pk, "cuti", LATER),
        ("case_passed_away", second.pk, None, supervisor.pk, "cuti", LATER),
    ]


@database
def test_a_case_is_passed_on_to_nobody_who_could_not_take_it() -> None:
    officer, first = factories.person(), factories.person("analyst")
    gone = factories.person("analyst", is_active=False)
    case = taken(officer, first)
    for to in (officer, gone, first, factories.person("supervisor", "directorate")):
        with pytest.raises(RefusedError) as refused:
            passing(case, to, first)
        assert refused.value.code == "case.nobody"
    second = factories.person("analyst")
    with pytest.raises(RefusedError) as refused:
        passing(case, second, first, note=" ")
    assert refused.value.code == "case.note"
    for by in (officer, factories.person("supervisor")):
        with pytest.raises(PermissionDenied):
            passing(case, second, by)
    with pytest.raises(cases.StaleError):
        passing(case, second, first, seen_version=2)
    waiting = escalated(officer)  # escalated, and nobody has it: it is taken, not passed on
    with pytest.raises(cases.StaleError):
        passing(waiting, second, first)
    case.refresh_from_db()
    assert (case.responsible, case.version) == (first, 3)
    assert models.CaseEvent.objects.filter(kind="passed_on").count() == 0
    assert models.AuditEntry.objects.filter(verb="case.passed_on").count() == 0


# --- an opened one is passed on within its office -----------------------------------------------------


@database
def test_an_opened_case_is_passed_on_to_a_colleague_of_its_office_and_both_know() -> None:
    officer, colleague, supervisor = factories.person(), factories.person(), factories.person("supervisor")
    case = passing(opened(officer), colleague, supervisor)
    assert (case.state, case.responsible, case.version) == ("opened", colleague, 2)
    told = {"state": "opened", "to": colleague.pk, "responsible": colleague.pk}
    assert last_entry() == ("case.passed_on", supervisor.pk, {"state": "opened"}, told)
    assert notices() == [
        ("case_passed_on", colleague.pk, None, supervisor.pk, "cuti", LATER),
        ("case_passed_away", officer.pk, None, supervisor.pk, "cuti", LATER),
    ]
    assert cases.takers(case) == [officer, supervisor]  # by name
    assert passing(case, supervisor, supervisor).responsible == supervisor  # taken over


@database
def test_a_case_the_directorate_opened_is_passed_on_by_its_office_and_the_directorate_s_own_by_itself() -> None:
    officer, analyst, other = factories.person(), factories.person("analyst"), factories.person("analyst")
    of_office = opened(analyst)
    with pytest.raises(PermissionDenied):
        passing(of_office, officer, analyst)
    assert passing(of_office, officer, officer).responsible == officer
    flags = confirmed()
    models.Flag.objects.filter(pk=flags[0].pk).update(office=analyst.office)
    own = opened(analyst, flags)
    assert passing(own, other, analyst).responsible == other


@database
def test_an_opened_case_is_passed_on_to_nobody_outside_of_its_office() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person("analyst")
    gone, stranger = factories.person(is_active=False), factories.person("officer", "bp3mi-ntb")
    case = opened(officer)
    for to in (analyst, gone, stranger, officer, factories.person("registrar")):
        with pytest.raises(RefusedError) as refused:
            passing(case, to, officer)
        assert refused.value.code == "case.nobody"
    for by in (analyst, factories.person("supervisor", "directorate"), stranger):
        with pytest.raises(PermissionDenied):
            passing(case, colleague, by)
    escalate = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=1, by=colleague, now=LATER)
    with pytest.raises(cases.StaleError) as stale:  # a colleague escalated it meanwhile: said, not "not for you"
        passing(case, colleague, officer)
    assert (stale.value.who, stale.value.state) == (colleague, "escalated")
    closed = cases.close(case_id=case.pk, outcome="acted_upon", note="selesai", seen_version=escalate.version, by=analyst, now=LATER)
    with pytest.raises(PermissionDenied):
        passing(closed, colleague, officer)
    assert models.CaseEvent.objects.filter(kind="passed_on").count() == 0
    assert models.AuditEntry.objects.filter(verb="case.passed_on").count() == 0


@database
def test_a_case_closed_before_anybody_took_it_is_opened_again_with_somebody() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = escalated(officer)
    case = cases.close(case_id=case.pk, outcome="acted_upon", note="selesai", seen_version=case.version, by=analyst, now=LATER)
    assert case.responsible is None
    assert cases.reopen(case_id=case.pk, note="lagi", seen_version=case.version, by=analyst, now=LATER).responsible == officer


@database
def test_a_case_the_directorate_had_goes_on_there_where_the_directorate_opens_it_again() -> None:
    officer, analyst, other = factories.person(), factories.person("analyst"), factories.person("analyst")
    case = escalated(officer)
    case = cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=LATER)
    for by, state, whose in ((other, "in_analysis", analyst), (officer, "opened", officer), (other, "opened", officer)):
        case = cases.close(case_id=case.pk, outcome="acted_upon", note="selesai", seen_version=case.version, by=analyst, now=LATER)
        case = cases.reopen(case_id=case.pk, note="lagi", seen_version=case.version, by=by, now=LATER)
        assert (case.state, case.responsible) == (state, whose)
        assert last_entry()[2:] == ({"state": "closed"}, {"state": state, "responsible": whose.pk})


@database
@pytest.mark.parametrize("at_directorate", [False, True])
def test_a_case_of_somebody_who_left_is_opened_again_by_somebody_who_is_there(at_directorate: bool) -> None:
    officer, gone, analyst, left = factories.person(), factories.person(), factories.person("analyst"), factories.person("analyst")
    case = opened(gone)
    if at_directorate:
        case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=officer, now=LATER)
        case = cases.take(case_id=case.pk, seen_version=case.version, by=left, now=LATER)
    by = left if at_directorate else gone
    case = cases.close(case_id=case.pk, outcome="acted_upon", note="selesai", seen_version=case.version, by=by, now=LATER)
    models.Person.objects.filter(pk__in=[gone.pk, left.pk]).update(is_active=False)
    by = analyst if at_directorate else officer
    case = cases.reopen(case_id=case.pk, note="lagi", seen_version=case.version, by=by, now=LATER)
    assert (case.state, case.responsible) == ("in_analysis" if at_directorate else "opened", by)


# --- what the directorate has, and who is told --------------------------------------------------------


def notices() -> list[Any]:
    return list(models.Notice.objects.order_by("id").values_list("kind", "person", "office", "by", "note", "at"))


@database
def test_an_escalation_rests_on_an_article_of_the_list() -> None:
    officer = factories.person()
    case = opened(officer)
    for article in ("", "pasal-apa-saja"):
        with pytest.raises(RefusedError) as refused:
            cases.escalate(case_id=case.pk, article=article, note="x", seen_version=1, by=officer, now=NOW)
        assert refused.value.code == "case.article"
    cases.escalate(case_id=case.pk, article="fraud", note="x", seen_version=1, by=officer, now=NOW)
    assert case.events.get(kind="escalated").article == "fraud"


@database
@pytest.mark.parametrize("role", ["officer", "supervisor"])
def test_an_escalated_case_is_closed_by_the_directorate_or_after_it_came_back(role: str) -> None:
    person, analyst = factories.person(role), factories.person("analyst")
    case = escalated(person)
    with pytest.raises(PermissionDenied):
        cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=2, by=person, now=NOW)
    with pytest.raises(cases.StaleError):  # one who has not seen that a colleague escalated it hears that
        cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=1, by=person, now=NOW)
    cases.give_back(case_id=case.pk, note="lengkapi", seen_version=2, by=analyst, now=NOW)
    assert cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=3, by=person, now=NOW).state == "closed"
    other = escalated(person)
    assert cases.close(outcome="acted_upon", case_id=other.pk, note="selesai", seen_version=2, by=analyst, now=NOW).state == "closed"


@database
def test_who_escalated_is_told_what_becomes_of_it_and_the_directorate_that_it_came() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    directorate = factories.office("directorate")
    case = escalated(officer)
    cases.give_back(case_id=case.pk, note="lengkapi", seen_version=2, by=analyst, now=LATER)
    cases.escalate(case_id=case.pk, article="other", note="sudah", seen_version=3, by=officer, now=LATER)
    cases.close(outcome="acted_upon", case_id=case.pk, note="dilaporkan", seen_version=4, by=analyst, now=LATER)
    assert notices() == [
        ("case_escalated", None, directorate.pk, officer.pk, "lintas provinsi", NOW),
        ("case_returned", officer.pk, None, analyst.pk, "lengkapi", LATER),
        ("case_escalated", None, directorate.pk, officer.pk, "sudah", LATER),
        ("case_closed", officer.pk, None, analyst.pk, "dilaporkan", LATER),
    ]


@database
def test_a_flag_of_another_case_stays_in_it() -> None:
    officer, (mine, theirs) = factories.person(), confirmed(2)
    case, other = opened(officer, [mine]), opened(officer, [theirs])
    told = models.AuditEntry.objects.count()
    with pytest.raises(RefusedError) as refused:
        cases.take_out(case_id=case.pk, flag_id=theirs.pk, note="salah", by=officer, now=LATER)
    assert refused.value.code == "case.not_in_case"
    assert set(models.CaseFlag.objects.values_list("case", "flag")) == {(case.pk, mine.pk), (other.pk, theirs.pk)}
    assert (len(events(case)), len(events(other)), models.AuditEntry.objects.count()) == (2, 2, told)


@database
def test_a_flag_leaves_its_case_with_a_reason_and_may_join_another() -> None:
    officer = factories.person()
    (flag,) = confirmed()
    case = opened(officer, [flag])
    for key, note, code in ((flag.pk, " ", "case.note"), (0, "salah", "case.not_in_case")):
        with pytest.raises(RefusedError) as refused:
            cases.take_out(case_id=case.pk, flag_id=key, note=note, by=officer, now=LATER)
        assert refused.value.code == code
    cases.take_out(case_id=case.pk, flag_id=flag.pk, note=" salah perkara ", by=officer, now=LATER)
    assert events(case)[-1] == ("flag_removed", officer.pk, "salah perkara", flag.pk)
    assert last_entry() == ("case.flag_removed", officer.pk, {}, {"flags": [flag.number]})
    other = opened(officer, [flag])
    cases.escalate(case_id=other.pk, article="fraud", note="x", seen_version=1, by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        cases.take_out(case_id=other.pk, flag_id=flag.pk, note="x", by=officer, now=LATER)
    cases.take_out(case_id=other.pk, flag_id=flag.pk, note="x", by=factories.person("analyst"), now=LATER)


# --- in the same moment -----------------------------------------------------------------------------


@pytest.mark.usefixtures("committed")
def test_two_analysts_take_at_once_and_the_loser_is_told_who_has_it() -> None:
    case = escalated(factories.person())
    first, second = factories.person("analyst"), factories.person("analyst")

    def taking(by: models.Person, now: datetime) -> Callable[[], models.Case]:
        return lambda: cases.take(case_id=case.pk, seen_version=2, by=by, now=now)

    lock = f"SELECT 1 FROM patrol_case WHERE id = {case.pk} FOR UPDATE"
    won, lost = races.race(lock, taking(first, NOW), taking(second, LATER))
    assert won.responsible == first
    assert isinstance(lost, cases.StaleError)
    assert (lost.who, lost.at, lost.state) == (first, NOW, "in_analysis")
    assert [event[0] for event in events(case)].count("taken") == 1
    assert audit.verify() is None


@pytest.mark.usefixtures("committed")
def test_two_open_a_case_from_the_same_flag_and_there_is_one() -> None:
    (flag,) = confirmed()
    first, second = factories.person(), factories.person()
    lock = f"SELECT 1 FROM patrol_flag WHERE id = {flag.pk} FOR UPDATE"
    won, lost = races.race(lock, lambda: opened(first, [flag]), lambda: opened(second, [flag]))
    assert isinstance(lost, RefusedError)
    assert (lost.code, lost.values) == ("case.in_case", {"number": won.number})
    assert models.Case.objects.count() == 1

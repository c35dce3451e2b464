"""Objections: entered once per decision and side, decided by somebody who had no hand in it, answered by letter."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from patrol import cases, models, triage
from patrol.access import audit
from patrol.cases import clock, erasures, objections
from patrol.domain import states
from patrol.engine import working_hours
from patrol.evidence import erasing
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked, carded, objected
from tests.cases.objected import LATER
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


@pytest.fixture
def flag(officer: models.Person) -> models.Flag:
    return objected.decided(by=officer)


def told(person: models.Person) -> list[Any]:
    return list(models.Notice.objects.filter(person=person, read_at=None).order_by("id").values_list("kind", "objection"))


def test_entered_decided_and_answered(officer: models.Person, flag: models.Flag) -> None:
    second = objected.supervisor()
    made = objected.enter(flag, officer)
    assert (made.number, made.state, made.side, made.office, made.decision, made.due_at) == (
        "KBR-26-0001",
        "entered",
        "named",
        flag.office,
        flag.decisions.get(),
        working_hours.after(clock.calendar(flag.office, frozenset()), LATER, timedelta(hours=objections.HOURS)),
    )
    assert (told(second), told(officer)) == ([("objection_entered", made.pk)], [])
    made = objected.decide(made, second, "rejected")
    assert (made.state, made.outcome, made.ended_by, made.put_right, made.correction) == ("decided", "rejected", second, "", None)
    assert (told(second), told(officer)) == ([], [("objection_decided", made.pk)])
    flag.refresh_from_db()
    assert (flag.state, flag.decisions.count(), list(flag.events.values_list("kind", flat=True))) == (
        "confirmed",
        1,
        ["raised", "objected"],
    )
    made = objections.answered(objection_id=made.pk, how="letter", seen_version=made.version, by=officer, now=LATER)
    assert (made.answered_by, made.answered_at, made.answered_how) == (officer, LATER, "letter")
    with pytest.raises(cases.StaleError):
        objections.answered(objection_id=made.pk, how="mail", seen_version=made.version, by=officer, now=LATER)
    assert models.Objection.objects.get().answered_how == "letter"
    assert audit.verify() is None
    logged = " ".join(str([row.after, row.before]) for row in models.AuditEntry.objects.all())
    assert not [word for word in (*objected.NAME.split(), objected.CONTACT, "0555") if word in logged]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"side": "neighbour"}, r"^objection\.side side$"),
        ({"how": "pigeon"}, r"^objection\.how how$"),
        ({"name": " "}, r"^objection\.words name$"),
        ({"contact": ""}, r"^objection\.words contact$"),
        ({"text": " \n"}, r"^objection\.words text$"),
        ({"day": None}, r"^objection\.day day$"),
        ({"day": NOW.date() - timedelta(days=1)}, r"^objection\.day day$"),
        ({"day": LATER.date() + timedelta(days=1)}, r"^objection\.day day$"),
        ({"content": b"MZ\x90\x00"}, r"^objection\.kind file$"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_entered(
    given: dict[str, Any], code: str, officer: models.Person, flag: models.Flag
) -> None:
    with pytest.raises(RefusedError, match=code):
        objected.enter(flag, officer, **given)
    assert (models.Objection.objects.count(), flag.events.filter(kind="objected").count()) == (0, 0)


def test_a_side_objects_once_to_a_decision(officer: models.Person, flag: models.Flag) -> None:
    made = objected.enter(flag, officer)
    with pytest.raises(RefusedError, match=r"^objection\.twice$") as refused:
        objected.enter(flag, officer)
    assert refused.value.values == {"number": made.number}
    row = {"decision": made.decision, "office": made.office, "side": "named", "how": "mail", "day": NOW.date(), "due_at": NOW}
    with pytest.raises(IntegrityError, match="objection_once"), transaction.atomic():
        models.Objection.objects.create(number="KBR-26-0900", entered_by=officer, entered_at=NOW, **row)
    assert [one.pk for one in models.Objection.objects.all()] == [made.pk]
    assert objected.enter(flag, officer, side="reporter").number == "KBR-26-0002"  # the other side may


def test_one_that_was_withdrawn_uses_nothing_up(officer: models.Person, flag: models.Flag) -> None:
    made = objected.enter(flag, officer)
    given: dict[str, Any] = {"objection_id": made.pk, "seen_version": made.version, "by": officer, "now": LATER}
    with pytest.raises(RefusedError, match=r"^objection\.note note$"):
        objections.withdraw(note=" ", **given)
    made = objections.withdraw(note="Salah catat.", **given)
    assert (made.state, made.ended_by, made.ground, told(officer)) == ("withdrawn", officer, "Salah catat.", [])
    with pytest.raises(states.MoveRefusedError):
        objected.decide(made, objected.supervisor())
    assert objected.enter(flag, officer).number == "KBR-26-0002"


def test_an_undecided_flag_or_a_question_is_nothing_to_object_to(officer: models.Person) -> None:
    waiting = factories.flag()
    questioned = factories.flag()
    triage.decide(
        flag_id=questioned.pk,
        outcome="needs_information",
        reason="register",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=questioned.version,
        by=officer,
        now=NOW,
    )
    back = objected.decided(by=officer)
    triage.reverse(decision_id=back.decisions.get().pk, reason_note="keliru", decision_key=uuid.uuid4(), by=officer, now=NOW)
    for flag in (waiting, questioned, back):
        with pytest.raises(RefusedError, match=r"^objection\.no_decision$"):
            objected.enter(flag, officer)
    assert models.Objection.objects.count() == 0
    assert objected.enter(objected.decided(outcome="dismissed", by=officer), officer, side="reporter").decision.outcome == "dismissed"


# --- who decides ------------------------------------------------------------------------------------


def test_nobody_decides_who_decided_the_flag_or_entered_the_objection() -> None:
    first, enterer, third = (objected.supervisor() for _ in range(3))
    made = objected.enter(objected.decided(by=first), enterer)
    assert objections.halves(made) == sorted([first.pk, enterer.pk])
    assert objections.deciders(made) == [third]
    for person in (first, enterer):
        with pytest.raises(PermissionDenied):
            objected.decide(made, person)
        given = {"outcome": "rejected", "ground": "x", "ended_by": person, "ended_at": LATER}
        with pytest.raises(IntegrityError, match="decided by no other person"), transaction.atomic():
            models.Objection.objects.filter(pk=made.pk).update(state="decided", **given)
        assert list(objections.waits_for(person)) == []
    assert models.Objection.objects.get().state == "entered"
    assert list(objections.waits_for(third)) == [made]
    assert objected.decide(made, third, "rejected").ended_by == third


def test_who_decided_it_before_had_a_hand_in_it_too(officer: models.Person) -> None:
    first, second = objected.supervisor(), objected.supervisor()
    flag = objected.decided(outcome="dismissed", by=first)
    triage.reverse(decision_id=flag.decisions.get().pk, reason_note="salah", decision_key=uuid.uuid4(), by=officer, now=NOW)
    flag.refresh_from_db()
    made = objected.enter(objected.decided(flag, by=officer), officer)
    with pytest.raises(PermissionDenied):
        objected.decide(made, first)
    assert objections.deciders(made) == [second]


def test_a_second_look_is_a_hand_in_it(officer: models.Person, flag: models.Flag) -> None:
    looked = objected.supervisor()
    draw = models.Draw.objects.create(kind="second", flag=flag, decision=flag.decisions.get(), office=flag.office, day=NOW.date(), at=NOW)
    models.Review.objects.create(draw=draw, step="second", outcome="confirmed", reason="fraud", by=looked, at=NOW)
    made = objected.enter(flag, officer)
    assert (objections.halves(made), objections.deciders(made)) == (sorted([officer.pk, looked.pk]), [])


def test_where_the_office_has_no_other_supervisor_the_directorate_is_asked(flag: models.Flag) -> None:
    own, far, other = objected.supervisor(), objected.supervisor("directorate"), objected.supervisor("bp3mi-ntb")
    made = objected.enter(flag, own)
    assert (told(own), told(far), told(other)) == ([], [("objection_entered", made.pk)], [])
    with pytest.raises(PermissionDenied):
        objected.decide(made, other)
    with pytest.raises(PermissionDenied):
        objected.decide(made, factories.person(Role.ANALYST))
    assert objected.decide(made, far, "inadmissible").ended_by == far


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"outcome": "perhaps"}, r"^objection\.outcome outcome$"),
        ({"ground": " "}, r"^objection\.ground ground$"),
        ({"put_right": ""}, r"^objection\.put_right put_right$"),
        ({"anew": "confirmed", "reason": "fraud"}, r"^objection\.anew said$"),
        ({"reason": "nonsense"}, r"^objection\.anew said$"),
    ],
)
def test_a_decision_says_why_and_what_is_right(given: dict[str, Any], code: str, officer: models.Person, flag: models.Flag) -> None:
    made = objected.enter(flag, officer)
    with pytest.raises(RefusedError, match=code):
        objected.decide(made, objected.supervisor(), **given)
    flag.refresh_from_db()
    assert (models.Objection.objects.get().state, flag.state, flag.decisions.count()) == ("entered", "confirmed", 1)


def test_who_saw_an_older_page_is_told_and_nothing_is_decided(officer: models.Person, flag: models.Flag) -> None:
    second = objected.supervisor()
    made = objected.enter(flag, officer)
    objected.decide(made, second, "rejected")
    with pytest.raises(cases.StaleError):
        objected.decide(made, objected.supervisor())
    flag.refresh_from_db()
    assert (models.Objection.objects.get().outcome, flag.state, flag.decisions.count()) == ("rejected", "confirmed", 1)


# --- what the database holds ------------------------------------------------------------------------


def test_what_came_in_and_what_was_decided_does_not_change(officer: models.Person, flag: models.Flag) -> None:
    made = objected.decide(objected.enter(flag, officer), objected.supervisor(), "rejected")
    rows = models.Objection.objects.filter(pk=made.pk)
    for changes in (
        {"side": "agency"},
        {"text": "lain"},
        {"name": "lain"},
        {"day": date(2026, 1, 1)},
        {"ground": "lain"},
        {"outcome": "inadmissible"},
        {"state": "entered", "outcome": "", "ended_by": None, "ended_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Objection.objects.create(
            number="KBR-26-0901",
            decision=made.decision,
            office=made.office,
            side="agency",
            how="mail",
            day=NOW.date(),
            state="withdrawn",
            entered_by=officer,
            entered_at=NOW,
            due_at=NOW,
            ended_by=officer,
            ended_at=NOW,
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM patrol_objection")
    assert models.Objection.objects.get().version == made.version


# --- personal data ----------------------------------------------------------------------------------


def test_a_look_in_full_is_logged_with_its_purpose(officer: models.Person, flag: models.Flag) -> None:
    made = objected.enter(flag, officer)
    assert objections.show(objection_id=made.pk, by=officer, now=LATER) == made
    row = models.AuditEntry.objects.get(verb="contact.shown")
    assert (row.target_type, row.target_id, row.after) == ("objection", str(made.pk), {"purpose": "objection", "number": made.number})
    with pytest.raises(PermissionDenied):
        objections.show(objection_id=made.pk, by=factories.person("officer", "bp3mi-ntb"), now=LATER)


def test_it_is_erased_with_the_post_and_not_while_it_waits(officer: models.Person, flag: models.Flag) -> None:
    asker, second = objected.supervisor(), objected.supervisor()
    made = objected.enter(flag, officer, content=b"%PDF-1.7 surat keberatan (contoh)")
    assert made.file is not None
    sha256 = made.file.sha256
    given: dict[str, Any] = {"post_id": flag.post_id, "reason": "subject", "ground": "UU 27/2022 pasal 8", "by": asker, "now": LATER}
    with pytest.raises(erasing.HeldError) as held:
        erasures.ask(**given)
    assert held.value.holds == ("objection",)
    objected.decide(made, second, "inadmissible")
    request = erasures.ask(**given)
    erasures.approve(request_id=request.pk, seen_versions=request.versions, by=second, now=LATER)
    made.refresh_from_db()
    assert (made.name, made.contact, made.text, made.outcome, made.ground != "") == ("", "", "", "inadmissible", True)
    assert sha256 in models.ErasedFile.objects.filter(state="due").values_list("pk", flat=True)
    assert erasing.needs([sha256]) == {sha256: ("", 0)}


# --- lists ------------------------------------------------------------------------------------------


def test_lists_are_narrowed_by_state_time_and_answer(officer: models.Person, flag: models.Flag) -> None:
    second = objected.supervisor()
    waits = objected.enter(flag, officer)
    decided = objected.decide(objected.enter(objected.decided(by=officer), officer), second, "rejected")
    after = waits.due_at + timedelta(seconds=1)

    def found(key: str, now: Any = LATER, person: models.Person = officer) -> list[models.Objection]:
        return list(objections.listed(key, person, now=now).order_by("id"))

    assert found("") == [waits, decided]
    assert (found("entered"), found("decided"), found("withdrawn")) == ([waits], [decided], [])
    assert (found("overdue"), found("overdue", waits.due_at), found("overdue", after)) == ([], [], [waits])
    assert found("unanswered") == [decided]
    objections.answered(objection_id=decided.pk, how="mail", seen_version=decided.version, by=officer, now=LATER)
    assert found("unanswered") == []
    assert found("", person=factories.person("officer", "bp3mi-ntb")) == []
    assert found("", person=factories.person("analyst")) == [waits, decided]


# --- the public page --------------------------------------------------------------------------------

RECEIPT = "a" * 64


def come_in(about: str, receipt: str = RECEIPT, **given: Any) -> list[models.Objection]:
    told: dict[str, Any] = {
        "about": about,
        "side": "agency",
        "text": "Perusahaan kami tidak menawarkan itu (contoh).",
        "contact": "",
        **given,
    }
    return objections.come_in(receipt=receipt, now=LATER, **told)


def test_whoever_is_named_objects_by_the_number_of_a_card_and_an_officer_without_a_hand_decides(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    card = carded.released(case, flag, officer)
    second = factories.person(Role.SUPERVISOR)
    (made,) = come_in(f"  {card.number.lower()} ")
    told = (made.number, made.decision_id, made.office, made.side, made.how, made.entered_by, made.receipt, made.about)
    assert told == ("KBR-26-0001", card.decision_id, case.office, "agency", "form", None, RECEIPT, card.number.lower())
    assert models.Notice.objects.filter(kind="objection_entered", person=second, objection=made).count() == 1
    entry = models.AuditEntry.objects.get(verb="objection.came_in")
    assert (entry.actor_id, entry.after["number"], "text" in str(entry.after)) == (None, made.number, False)
    assert [one.pk for one in objections.of_receipt(RECEIPT)] == [made.pk]
    assert come_in(card.number) == [made]  # a second click that waited for the first one's lock
    assert (objections.of_receipt(""), objections.of_receipt("b" * 64)) == ([], [])
    assert objections.halves(made) == [officer.pk]
    done = objected.decide(made, second, "rejected")
    # The answer is read by its number: nothing waits to be sent.
    assert (done.answered_how, done.answered_by, done.answered_at) == ("form", second, LATER)
    assert list(objections.listed(objections.UNANSWERED, second, now=LATER)) == []


def test_the_number_of_a_letter_stands_for_each_decision_it_rests_on() -> None:
    analyst = factories.person(Role.ANALYST)
    case, flags = objected.in_case(by=analyst, count=3, code="directorate")
    sent = asked.sent(case, analyst, "komdigi")
    assert sent.letter_number
    first = objected.enter(flags[1], objected.supervisor("directorate"))
    objected.decide(first, objected.supervisor("directorate"))
    made = come_in(sent.letter_number)
    assert {one.decision.flag_id for one in made} == {flag.pk for flag in flags}
    assert {one.decision.outcome for one in made if one.decision.flag_id == flags[1].pk} == {"dismissed"}  # what stands by now
    assert {one.receipt for one in made} == {RECEIPT}
    with pytest.raises(RefusedError, match=r"^objection\.public_twice number$"):
        come_in(sent.letter_number, "b" * 64)
    assert len(come_in(sent.letter_number, "b" * 64, side="named")) == 3  # the other side may


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"about": "KP-JABAR-2026-999"}, "objection.public_number number"),
        ({"about": ""}, "objection.public_number number"),
        ({"side": "reporter"}, "objection.public_side side"),
        ({"side": ""}, "objection.public_side side"),
        ({"text": " "}, "objection.public_text text"),
        ({"text": "x" * 4001}, "objection.public_long text"),
    ],
)
def test_what_a_stranger_left_out_is_said_and_nothing_is_kept(given: dict[str, Any], code: str, officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    waits = carded.make(case, flag, officer)  # never went out: its number opens nothing
    with pytest.raises(RefusedError) as caught:
        come_in(**{"about": waits.number} | given)
    assert str(caught.value) == code
    assert (models.Objection.objects.count(), models.FlagEvent.objects.filter(kind="objected").count()) == (0, 0)


def test_an_objection_of_nobody_is_taken_out_and_the_side_may_object_again(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    card = carded.released(case, flag, officer)
    (made,) = come_in(card.number)
    objections.withdraw(objection_id=made.pk, note="Pengirim tidak dikenal perusahaan itu.", seen_version=1, by=officer, now=LATER)
    assert [one.number for one in come_in(card.number, "b" * 64)] == ["KBR-26-0002"]


def test_the_database_holds_what_came_by_the_public_page_apart(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    (made,) = come_in(carded.released(case, flag, officer).number)
    for changes in ({"receipt": ""}, {"about": "lain"}, {"receipt": "b" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Objection.objects.filter(pk=made.pk).update(**changes)
    row = {"decision": made.decision, "office": made.office, "side": "named", "day": NOW.date(), "due_at": NOW, "entered_at": NOW}
    for told in ({"how": "form"}, {"how": "mail"}, {"how": "mail", "entered_by": officer, "receipt": RECEIPT}):
        with pytest.raises(IntegrityError, match="objection_of_the_public"), transaction.atomic():
            models.Objection.objects.create(number="KBR-26-0900", **row, **told)

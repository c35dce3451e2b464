"""What is to be done in a case: added, given, set a time, done, opened again, dropped; and what becomes of it with the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import cases, models
from patrol.cases import tasking, tasks
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from tests import factories, races
from tests.cases.test_moving import LATER, escalated, last_entry, notices, opened
from tests.factories import NOW

database = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def added(case: models.Case, by: models.Person, title: str = "Rekaman lengkap", person: models.Person | None = None) -> models.CaseTask:
    return tasks.add(case_id=case.pk, title=title, person_id=person.pk if person else None, due_at=None, by=by, now=NOW)


def put(verb: Any, task: models.CaseTask, by: models.Person, **given: Any) -> models.CaseTask:
    asked: dict[str, Any] = {"seen_version": task.version, "now": LATER}
    done: models.CaseTask = verb(case_id=task.case_id, task_id=task.pk, by=by, **asked | given)
    return done


def told(case: models.Case) -> list[Any]:
    """The timeline's events of tasks."""
    return list(case.events.exclude(task=None).values_list("kind", "by", "task", "to", "due_at", "note"))


def kept(case: models.Case) -> list[Any]:
    return [list(models.CaseTask.objects.values()), told(case), models.AuditEntry.objects.count(), notices()]


@database
def test_a_task_is_added_for_a_person_who_is_told() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    task = tasks.add(case_id=case.pk, title=" Klarifikasi ke P3MI ", person_id=analyst.pk, due_at=TOMORROW, by=officer, now=LATER)
    assert (task.title, task.person, task.due_at, task.state, task.done_at, task.version) == (
        "Klarifikasi ke P3MI",
        analyst,
        TOMORROW,
        "open",
        None,
        1,
    )
    assert told(case) == [("task_added", officer.pk, task.pk, analyst.pk, TOMORROW, "")]
    after = {"task": task.pk, "person": analyst.pk, "due": TOMORROW.isoformat()}
    assert last_entry() == ("case.task_added", officer.pk, {}, after)
    assert notices() == [("case_task", analyst.pk, None, officer.pk, "Klarifikasi ke P3MI", LATER)]


@database
def test_a_task_for_nobody_or_for_oneself_rings_nowhere() -> None:
    officer = factories.person()
    case = opened(officer)
    free, own = added(case, officer), added(case, officer, person=officer)
    assert (free.person, own.person, notices()) == (None, officer, [])


@database
def test_a_task_goes_to_people_of_the_case_s_office_and_of_the_directorate_alone() -> None:
    officer, colleague, analyst = factories.person(), factories.person("supervisor"), factories.person("analyst")
    gone, stranger, registrar = (factories.person(is_active=False), factories.person("officer", "bp3mi-ntb"), factories.person("registrar"))
    case = opened(officer)
    assert {one.pk for one in tasking.people(case)} == {officer.pk, colleague.pk, analyst.pk}
    task, before = added(case, officer), kept(case)
    for nobody in (gone.pk, stranger.pk, registrar.pk, 999_999):
        with pytest.raises(RefusedError, match=r"^task\.nobody person$"):
            tasks.add(case_id=case.pk, title="x", person_id=nobody, due_at=None, by=officer, now=NOW)
        with pytest.raises(RefusedError, match=r"^task\.nobody person$"):
            put(tasks.assign, task, officer, person_id=nobody)
    for title, code in ((" ", "task.title"), ("x" * 201, "task.title_long")):
        with pytest.raises(RefusedError) as refused:
            added(case, officer, title)
        assert refused.value.code == code
    assert kept(case) == [[{**row, "version": 1} for row in before[0]], *before[1:]]
    assert len(added(case, officer, "x" * 200).title) == 200


@database
def test_a_task_is_given_to_another_and_to_nobody_again() -> None:
    officer, colleague = factories.person(), factories.person()
    case = opened(officer)
    task = put(tasks.assign, added(case, officer), officer, person_id=colleague.pk)
    assert (task.person, task.version) == (colleague, 2)
    before, after = {"task": task.pk, "person": None}, {"task": task.pk, "person": colleague.pk}
    assert last_entry() == ("case.task_assigned", officer.pk, before, after)
    assert notices() == [("case_task", colleague.pk, None, officer.pk, "Rekaman lengkap", LATER)]
    unchanged = kept(case)
    assert put(tasks.assign, task, officer, person_id=colleague.pk).version == 2  # a double click
    assert kept(case) == unchanged
    task = put(tasks.assign, task, colleague, person_id=None)
    assert (task.person, told(case)[-1]) == (None, ("task_assigned", colleague.pk, task.pk, None, None, ""))
    assert len(notices()) == 1


@database
def test_the_time_of_a_task_is_set_and_taken_away() -> None:
    officer = factories.person()
    case = opened(officer)
    task = put(tasks.set_due, added(case, officer), officer, due_at=TOMORROW)
    assert (task.due_at, told(case)[-1]) == (TOMORROW, ("task_due", officer.pk, task.pk, None, TOMORROW, ""))
    before, after = {"task": task.pk, "due": None}, {"task": task.pk, "due": TOMORROW.isoformat()}
    assert last_entry() == ("case.task_due", officer.pk, before, after)
    assert put(tasks.set_due, task, officer, due_at=TOMORROW).version == 2
    assert put(tasks.set_due, task, officer, due_at=None).due_at is None


@database
def test_a_task_is_done_opened_again_and_dropped_with_a_reason() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    case = opened(officer)
    task = put(tasks.do, added(case, officer, person=officer), analyst)  # by whoever did it
    assert (task.state, task.done_by, task.done_at, task.person) == ("done", analyst, LATER, officer)
    before, after = {"task": task.pk, "state": "open"}, {"task": task.pk, "state": "done"}
    assert last_entry() == ("case.task_done", analyst.pk, before, after)
    task = put(tasks.reopen, task, officer)
    assert (task.state, task.done_by, task.done_at) == ("open", None, None)
    with pytest.raises(RefusedError, match=r"^task\.why note$"):
        put(tasks.drop, task, officer, note=" ")
    task = put(tasks.drop, task, officer, note=" sudah ada ")
    assert (task.state, told(case)[-1]) == ("dropped", ("task_dropped", officer.pk, task.pk, None, None, "sudah ada"))
    task = put(tasks.reopen, task, officer)
    assert [one[0] for one in told(case)] == ["task_added", "task_done", "task_reopened", "task_dropped", "task_reopened"]
    assert (task.version, last_entry()[0]) == (5, "case.task_reopened")


@database
def test_what_a_colleague_changed_is_not_overwritten_and_what_cannot_be_is_refused() -> None:
    officer, colleague = factories.person(), factories.person()
    case, other = opened(officer), opened(officer)
    task, done = added(case, officer), put(tasks.do, added(case, officer), colleague)
    put(tasks.set_due, task, colleague, due_at=TOMORROW)
    before = kept(case)
    late: list[tuple[Any, dict[str, Any]]] = [
        (tasks.do, {}),
        (tasks.drop, {"note": "x"}),
        (tasks.assign, {"person_id": officer.pk}),
        (tasks.set_due, {"due_at": None}),
    ]
    for verb, given in late:
        with pytest.raises(cases.StaleError) as stale:
            put(verb, task, officer, **given)
        assert (stale.value.who, stale.value.at, stale.value.state) == (colleague, LATER, "open")
    for verb, given in late[2:]:
        with pytest.raises(cases.StaleError) as stale:
            put(verb, done, officer, **given)
        assert stale.value.state == "done"
    for verb, given in late[:2]:
        with pytest.raises(states.MoveRefusedError):
            put(verb, done, officer, **given)
    with pytest.raises(RefusedError, match=r"^task\.gone"):
        tasks.do(case_id=other.pk, task_id=task.pk, seen_version=2, by=officer, now=LATER)
    assert kept(case) == before


@database
@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (tasks.assign, {"person_id": None}),
        (tasks.set_due, {"due_at": TOMORROW}),
        (tasks.do, {}),
        (tasks.reopen, {}),
        (tasks.drop, {"note": "x"}),
    ],
)
def test_another_office_does_nothing_to_a_task_and_nobody_to_one_of_a_closed_case(verb: Any, given: Any) -> None:
    officer, stranger = factories.person(), factories.person("supervisor", "bp3mi-ntb")
    case = opened(officer)
    task = added(case, officer)
    with pytest.raises(PermissionDenied):
        put(verb, task, stranger, **given)
    with pytest.raises(PermissionDenied):
        added(case, stranger)
    cases.close(case_id=case.pk, outcome="acted_upon", note="selesai", seen_version=case.version, by=officer, now=LATER)
    task.refresh_from_db()
    before = kept(case)
    with pytest.raises(cases.StaleError) as stale:
        put(verb, task, officer, **given)
    assert stale.value.state == "closed"
    with pytest.raises(cases.StaleError):
        added(case, officer)
    assert kept(case) == before


@database
def test_what_is_still_open_is_dropped_with_its_case_and_with_the_words_of_its_closing() -> None:
    officer, other = factories.person(), factories.person()
    case, near = opened(officer), opened(officer)
    done, left, kept_open = put(tasks.do, added(case, officer), officer), added(case, officer, "Surat"), added(near, other)
    with pytest.raises(cases.StaleError):
        cases.close(case_id=case.pk, outcome="acted_upon", note="akun turun", seen_version=case.version + 1, by=officer, now=LATER)
    assert told(case)[-1][0] == "task_added"
    case = cases.close(case_id=case.pk, outcome="acted_upon", note="akun turun", seen_version=case.version, by=officer, now=LATER)
    assert list(models.CaseTask.objects.order_by("id").values_list("id", "state")) == [
        (done.pk, "done"),
        (left.pk, "dropped"),
        (kept_open.pk, "open"),
    ]
    assert told(case)[-1] == ("task_dropped", officer.pk, left.pk, None, None, "akun turun")
    assert last_entry() == ("case.tasks_dropped", officer.pk, {}, {"tasks": [left.pk]})
    case = cases.reopen(case_id=case.pk, note="lagi", seen_version=case.version, by=officer, now=LATER)
    left.refresh_from_db()
    assert put(tasks.reopen, left, officer).state == "open"  # it comes back with the case only where somebody wants it


@database
def test_mine_are_one_s_own_open_ones_what_is_due_first_before_the_rest() -> None:
    officer, other = factories.person(), factories.person()
    case, closed = opened(officer), opened(officer)
    for title, person, due in (
        ("tanpa waktu", officer, None),
        ("lusa", officer, TOMORROW + timedelta(days=1)),
        ("besok", officer, TOMORROW),
        ("orang lain", other, TOMORROW),
        ("siapa saja", None, TOMORROW),
    ):
        tasks.add(case_id=case.pk, title=title, person_id=person.pk if person else None, due_at=due, by=other, now=NOW)
    put(tasks.do, added(case, other, "selesai", officer), other)
    added(closed, other, "perkara selesai", officer)
    cases.close(case_id=closed.pk, outcome="acted_upon", note="x", seen_version=closed.version, by=other, now=LATER)
    assert [task.title for task in tasks.mine(officer)] == ["besok", "lusa", "tanpa waktu"]
    models.Person.objects.filter(pk=officer.pk).update(office=factories.office("bp3mi-ntb"))
    assert list(tasks.mine(models.Person.objects.get(pk=officer.pk))) == []  # whoever moved away sees neither case nor task


@database
def test_the_directorate_gives_a_task_to_the_office_in_an_escalated_case() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    task = added(escalated(officer), analyst, person=officer)
    assert [task.title for task in tasks.mine(officer)] == ["Rekaman lengkap"]
    assert put(tasks.do, task, officer).done_by == officer


@database
def test_the_database_ties_what_belongs_together() -> None:
    officer = factories.person()
    case = opened(officer)
    task = added(case, officer)
    wrong: dict[str, Any]
    for wrong in ({"state": "done"}, {"done_by": officer}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.CaseTask.objects.filter(pk=task.pk).update(**wrong)
    for wrong in ({"kind": "task_done"}, {"kind": "note", "task": task}, {"kind": "task_done", "task": task, "to": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.CaseEvent.objects.create(case=case, at=NOW, by=officer, **wrong)


@pytest.mark.usefixtures("committed")
def test_a_case_closed_while_a_task_is_added_or_done_twice_keeps_none_open_and_one_who_did_it() -> None:
    officer, colleague = factories.person(), factories.person()
    case = opened(officer)
    task, lock = added(case, officer), f"SELECT 1 FROM patrol_case WHERE id = {case.pk} FOR UPDATE"
    done, late = races.race(lock, lambda: put(tasks.do, task, officer), lambda: put(tasks.do, task, colleague))
    (winner,) = (one for one in (done, late) if isinstance(one, models.CaseTask))
    (loser,) = (one for one in (done, late) if isinstance(one, cases.StaleError))
    assert (loser.who, loser.state) == (winner.done_by, "done")
    races.race(
        lock,
        lambda: cases.close(case_id=case.pk, outcome="acted_upon", note="x", seen_version=case.version, by=officer, now=LATER),
        lambda: added(case, colleague),
    )
    assert models.Case.objects.get().state == "closed"
    assert not models.CaseTask.objects.filter(state="open").exists()

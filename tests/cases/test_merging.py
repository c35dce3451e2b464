"""Two cases that are one: what a merger moves, what refuses it, and that taking it back gives just that back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from patrol import access, cases, models
from patrol.cases import attachments, merging, tasks, ticking
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories, races
from tests.cases import test_ticking
from tests.cases.test_moving import confirmed, escalated, last_entry, opened
from tests.factories import NOW

database = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def merge(case: models.Case, other: models.Case, by: models.Person, **given: Any) -> models.Case:
    fields: dict[str, Any] = {"into": other.number, "note": " Satu jaringan. ", "now": LATER}
    fields["seen_version"] = models.Case.objects.get(pk=case.pk).version
    return cases.merge(case_id=case.pk, by=by, **fields | given)


def unmerge(case: models.Case, by: models.Person, **given: Any) -> models.Case:
    fields: dict[str, Any] = {"note": "Ternyata lain.", "now": LATER, "seen_version": models.Case.objects.get(pk=case.pk).version}
    return cases.unmerge(case_id=case.pk, by=by, **fields | given)


def flags(case: models.Case) -> list[int]:
    return sorted(case.entries.values_list("flag_id", flat=True))


def told(case: models.Case) -> list[Any]:
    return list(case.events.exclude(kind="flag_added").values_list("kind", "outcome", "note", "other"))


def row(case: models.Case) -> dict[str, Any]:
    return {**models.Case.objects.filter(pk=case.pk).values().get()}


def refused(act: Callable[[], Any]) -> tuple[str, str]:
    """Code and place; and nothing happened."""
    before = list(models.Case.objects.order_by("id").values()), models.CaseEvent.objects.count(), models.Notice.objects.count()
    with pytest.raises(RefusedError) as error, transaction.atomic():
        act()
    assert (list(models.Case.objects.order_by("id").values()), models.CaseEvent.objects.count(), models.Notice.objects.count()) == before
    return error.value.code, error.value.place


@database
def test_a_merged_case_is_closed_by_reference_and_its_flags_go_over() -> None:
    officer, colleague = factories.person(), factories.person()
    case, other, third = opened(colleague, confirmed(2)), opened(officer), opened(officer)
    mine, theirs, apart = flags(case), flags(other), row(third)
    assert merge(case, other, officer, into=f" {other.number.lower()} ") == other
    case.refresh_from_db()
    assert (case.state, case.outcome, case.merged_into, case.closed_by, case.closed_at) == ("closed", "merged", other, officer, LATER)
    assert (flags(case), flags(other)) == ([], sorted(mine + theirs))
    assert told(case)[-1] == ("closed", "merged", "Satu jaringan.", other.pk)
    assert told(other)[-1] == ("merged", "", "Satu jaringan.", case.pk)
    numbers = list(models.Flag.objects.filter(pk__in=mine).order_by("pk").values_list("number", flat=True))
    assert last_entry() == ("case.merged", officer.pk, {"state": "opened"}, {"into": other.number, "flags": numbers, "tasks": []})
    assert list(models.Notice.objects.values_list("kind", "person", "case", "note")) == [
        ("case_merged", colleague.pk, other.pk, case.number)
    ]
    assert row(third) == apart
    assert cases.listed(cases.OPEN, officer).filter(pk=case.pk).exists() is False
    assert not cases.withdrawn().filter(pk=case.pk).exists()


@database
def test_taken_back_it_is_what_it_was_and_what_came_later_stays() -> None:
    officer = factories.person()
    case, other = opened(officer, confirmed(3)), opened(officer)
    mine, theirs, before = flags(case), flags(other), row(case)
    merge(case, other, officer)
    (later,) = confirmed()
    cases.add_flags(case_id=other.pk, flag_ids=[later.pk], by=officer, now=LATER)
    cases.take_out(case_id=other.pk, flag_id=mine[0], note="Bukan ini.", by=officer, now=LATER)
    unmerge(case, officer)
    assert row(case) == before | {"version": before["version"] + 2}
    assert (flags(case), flags(other)) == (mine[1:], sorted([*theirs, later.pk]))
    assert told(case)[-1] == ("reopened", "", "Ternyata lain.", other.pk)
    assert told(other)[-1] == ("unmerged", "", "Ternyata lain.", case.pk)
    assert last_entry()[0] == "case.unmerged"
    merge(case, other, officer)  # once more, and back once more: the last merger counts
    unmerge(case, officer)
    assert flags(case) == mine[1:]


@database
def test_open_tasks_go_over_and_come_back_and_those_that_are_done_stay() -> None:
    officer = factories.person()
    case, other = opened(officer), opened(officer)
    made = [
        tasks.add(case_id=one.pk, title=title, person_id=officer.pk, due_at=None, by=officer, now=NOW)
        for one, title in ((case, "dikerjakan"), (case, "selesai"), (other, "milik perkara lain"))
    ]
    tasks.do(case_id=case.pk, task_id=made[1].pk, seen_version=made[1].version, by=officer, now=NOW)
    merge(case, other, officer)
    assert where(case, other) == ([made[1].pk], [made[0].pk, made[2].pk])
    assert list(tasks.mine(officer).order_by("pk")) == [made[0], made[2]]
    seen = models.CaseTask.objects.get(pk=made[0].pk).version
    tasks.do(case_id=other.pk, task_id=made[0].pk, seen_version=seen, by=officer, now=LATER)
    unmerge(case, officer)
    assert where(case, other) == ([made[0].pk, made[1].pk], [made[2].pk])
    assert models.CaseTask.objects.get(pk=made[0].pk).state == "done"


def where(*found: models.Case) -> tuple[list[int], ...]:
    """The tasks of each."""
    return tuple(list(one.tasks.order_by("pk").values_list("pk", flat=True)) for one in found)


@database
@pytest.mark.parametrize("taken", [False, True])
def test_at_the_directorate_it_goes_back_to_the_state_it_had_there(taken: bool) -> None:
    officer, analyst = factories.person(), factories.person(Role.ANALYST)
    case, other = escalated(officer), escalated(officer)
    if taken:
        cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=NOW)
    before = row(case)
    with pytest.raises(PermissionDenied):
        merge(case, other, officer)
    merge(case, other, analyst)
    with pytest.raises(PermissionDenied):
        unmerge(case, officer)
    unmerge(case, analyst)
    assert row(case) == before | {"version": before["version"] + 2}


@database
def test_what_cannot_be_merged_is_refused() -> None:
    officer, other_office = factories.person(), factories.person(code="bp3mi-ntb")
    case, other, high = opened(officer), opened(officer), escalated(officer)
    theirs = opened(other_office, confirmed(1, "bp3mi-ntb"))
    supervisor = factories.person(Role.SUPERVISOR, "directorate")
    far = opened(other_office, confirmed(1, "bp3mi-ntb"))
    far = cases.escalate(case_id=far.pk, article="fraud", note="Tinggi.", seen_version=far.version, by=other_office, now=NOW)
    assert refused(lambda: merge(far, case, supervisor)) == (
        "case.merge_other_office",
        "into",
    )  # one of the two alone is at the directorate
    assert refused(lambda: merge(case, far, supervisor)) == ("case.merge_other_office", "into")
    assert refused(lambda: merge(case, case, officer)) == ("case.merge_itself", "into")
    assert refused(lambda: merge(case, case, officer, into="PKR-26-9999")) == ("case.merge_unknown", "into")
    assert refused(lambda: merge(case, theirs, officer)) == ("case.merge_unknown", "into")  # it is not there for them
    assert refused(lambda: merge(case, theirs, supervisor)) == ("case.merge_other_office", "into")
    assert refused(lambda: merge(case, high, officer)) == ("case.merge_other_side", "into")
    assert refused(lambda: merge(high, case, supervisor)) == ("case.merge_other_side", "into")
    assert refused(lambda: merge(case, other, officer, note=" ")) == ("case.note", "note")
    assert refused(lambda: unmerge(case, officer)) == ("case.not_merged", "")
    with pytest.raises(PermissionDenied):
        merge(case, other, other_office)
    cases.close(case_id=other.pk, outcome="refused", note="Selesai.", seen_version=other.version, by=officer, now=LATER)
    assert refused(lambda: merge(case, other, officer)) == ("case.merge_closed", "into")
    with pytest.raises(cases.StaleError):
        merge(other, case, officer)
    with pytest.raises(cases.StaleError):
        merge(case, opened(officer), officer, seen_version=7)


@database
def test_tasks_of_one_line_of_the_template_are_not_there_twice() -> None:
    officer = factories.person()
    case, other = opened(officer), opened(officer)
    models.TaskLine.objects.create(kind="aid_fraud", title="Catat korban", goes_to="responsible", place=1)
    for one in (case, other):
        one = cases.set_kind(case_id=one.pk, kind="aid_fraud", seen_version=one.version, by=officer, now=NOW)
        tasks.from_template(case_id=one.pk, seen_version=one.version, by=officer, now=NOW)
    laid = where(case, other)
    merge(case, other, officer)
    assert where(case, other) == laid
    assert {task.case_id for task in tasks.mine(officer)} <= {other.pk}
    unmerge(case, officer)
    assert where(case, other) == laid


def of_two_offices() -> tuple[models.Case, models.Case, list[models.Person]]:
    """Two cases at the directorate, their officers, and who has both there."""
    officer, far, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    made = []
    for case in (opened(officer, confirmed(2)), opened(far, confirmed(1, "bp3mi-ntb"))):
        by = case.opened_by
        case = cases.escalate(case_id=case.pk, article="fraud", note="Satu jaringan.", seen_version=case.version, by=by, now=NOW)
        made.append(cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=NOW))
    models.Notice.objects.all().delete()
    return made[0], made[1], [officer, far, analyst]


@database
def test_cases_of_two_offices_are_merged_at_the_directorate_and_each_office_is_told_of_its_own() -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    mine, theirs, before = flags(case), flags(other), row(case)
    colleague = factories.person(Role.ANALYST)
    assert [one.pk for one in merging.offered(case)] == [other.pk]
    merge(case, other, colleague)
    case.refresh_from_db()
    assert (case.state, case.merged_into, flags(case), flags(other)) == ("closed", other, [], sorted(mine + theirs))
    assert set(models.Notice.objects.values_list("kind", "person", "case", "note")) == {
        ("case_merged", analyst.pk, other.pk, case.number),
        ("case_merged", far.pk, other.pk, case.number),
        ("case_merged_away", officer.pk, case.pk, other.number),
    }
    seen = [set(cases.listed("", one).values_list("pk", flat=True)) for one in (officer, far, analyst)]
    assert seen == [{case.pk}, {other.pk}, {case.pk, other.pk}]
    with pytest.raises(PermissionDenied), wall.behind(access.behind_wall(officer)):
        unmerge(case, officer)
    models.Notice.objects.all().delete()
    unmerge(case, colleague)
    assert row(case) == before | {"version": before["version"] + 2}
    assert (flags(case), flags(other)) == (mine, theirs)
    assert set(models.Notice.objects.values_list("kind", "person", "case", "note")) == {
        ("case_unmerged", analyst.pk, other.pk, case.number),
        ("case_unmerged", far.pk, other.pk, case.number),
        ("case_unmerged", officer.pk, case.pk, other.number),
    }


@database
def test_whoever_opened_it_and_left_is_not_told_the_office_is() -> None:
    case, other, (officer, _far, analyst) = of_two_offices()
    models.Person.objects.filter(pk=officer.pk).update(is_active=False)
    merge(case, other, analyst)
    notice = models.Notice.objects.get(case=case)
    assert (notice.kind, notice.person, notice.office) == ("case_merged_away", None, case.office)


@database
def test_each_office_reads_its_own_side_of_the_two_and_goes_on_there() -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    for one, by in ((case, officer), (other, far), (other, analyst)):
        for sent in (False, True):
            cases.note(case_id=one.pk, text=f"{by.pk} {sent}", sent=sent, by=by, now=NOW)
    merge(case, other, analyst)
    cases.note(case_id=case.pk, text="lagi", sent=True, by=officer, now=LATER)
    assert models.Notice.objects.filter(kind="case_message", person=analyst, case=case, at=LATER).exists()

    def read(one: models.Case, person: models.Person) -> list[str]:
        return [event.note for event in cases.written(one, person)]

    assert read(case, officer) == ["lagi", f"{officer.pk} True", f"{officer.pk} False"]
    assert read(other, far) == [f"{analyst.pk} True", f"{far.pk} True", f"{far.pk} False"]
    also = merging.taken_in(other)
    told = [event.note for event in cases.written(other, analyst, also=also)]
    assert told == ["lagi", f"{analyst.pk} True", f"{analyst.pk} False", f"{far.pk} True", f"{officer.pk} True"]
    attachments.attach_file(case_id=case.pk, content=b"Surat.", title="Surat", seen_by="both", by=officer, now=LATER)
    assert [len(attachments.listed(other, one, also=also)) for one in (analyst, far)] == [1, 0]
    with pytest.raises(PermissionDenied):
        cases.note(case_id=other.pk, text="x", sent=False, by=officer, now=LATER)


@database
def test_tasks_of_an_office_s_own_people_stay_with_it_and_are_dropped_with_the_case_it_went_into() -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    give: dict[str, Any] = {"case_id": case.pk, "due_at": None, "by": analyst, "now": NOW}
    own, loose, high = (tasks.add(title="datangi", person_id=key, **give).pk for key in (officer.pk, None, analyst.pk))
    merge(case, other, analyst)
    assert where(case, other) == ([own], [loose, high])
    assert [task.pk for task in tasks.mine(officer)] == [own]
    assert cases.listed(cases.TASKS, officer).get() == case
    more = tasks.add(title="lagi", person_id=officer.pk, **give).pk
    with pytest.raises(RefusedError):
        tasks.add(title="bukan", person_id=far.pk, **give)
    with pytest.raises(cases.StaleError):  # the template of what was merged is laid where it went
        version = models.Case.objects.get(pk=case.pk).version
        tasks.from_template(case_id=case.pk, seen_version=version, by=officer, now=LATER)
    tasks.do(case_id=case.pk, task_id=own, seen_version=1, by=officer, now=LATER)
    other.refresh_from_db()
    cases.close(case_id=other.pk, outcome="acted_upon", note="x", seen_version=other.version, by=analyst, now=LATER)
    assert list(models.CaseTask.objects.order_by("pk").values_list("state", flat=True)) == ["done", "dropped", "dropped", "dropped"]
    with pytest.raises(cases.StaleError):
        tasks.add(title="sesudah", person_id=None, **give)
    assert models.CaseEvent.objects.get(task=more, kind="task_dropped").case == case


@database
def test_what_an_office_s_people_typed_stays_with_it_and_what_the_other_took_comes_back_as_nobody_s() -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    give: dict[str, Any] = {"case_id": case.pk, "due_at": None, "now": NOW}
    own, asked_for = (tasks.add(title="Bu Contoh", person_id=key, by=officer, **give).pk for key in (None, analyst.pk))
    loose, done = (tasks.add(title="cek", person_id=None, by=analyst, **give).pk for _ in range(2))
    models.TaskLine.objects.create(kind="aid_fraud", title="Catat korban", goes_to="nobody", place=1)
    case = cases.set_kind(case_id=case.pk, kind="aid_fraud", seen_version=case.version, by=analyst, now=NOW)
    (line,) = tasks.from_template(case_id=case.pk, seen_version=case.version, by=officer, now=NOW)
    merge(case, other, analyst)
    assert where(case, other) == ([own, asked_for], [loose, done, line.pk])
    for one in (loose, done):
        tasks.assign(case_id=other.pk, task_id=one, person_id=far.pk, seen_version=2, by=far, now=LATER)
    tasks.do(case_id=other.pk, task_id=done, seen_version=3, by=far, now=LATER)
    unmerge(case, analyst)
    assert where(case, other) == ([own, asked_for, loose, done, line.pk], [])
    people = dict(models.CaseTask.objects.values_list("pk", "person"))
    assert people == {own: None, asked_for: analyst.pk, loose: None, done: far.pk, line.pk: None}
    event = models.CaseEvent.objects.filter(task=loose).order_by("-id")[0]
    assert (event.case, event.kind, event.to, event.by) == (case, "task_assigned", None, analyst)


@database
def test_a_case_of_two_offices_stays_with_the_directorate_until_the_merger_is_taken_back() -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    merge(case, other, analyst)

    def move(verb: Callable[..., Any], by: models.Person, **more: Any) -> models.Case:
        seen = models.Case.objects.get(pk=other.pk).version
        return verb(case_id=other.pk, note="Lengkapi.", seen_version=seen, by=by, now=LATER, **more)  # type: ignore[no-any-return]

    assert refused(lambda: move(cases.give_back, analyst)) == ("case.two_offices", "")
    gone = models.Case.objects.get(pk=case.pk)
    assert [merging.may_take_back(gone, one) for one in (officer, far, analyst)] == [False, False, True]
    models.Notice.objects.all().delete()
    move(cases.close, analyst, outcome="acted_upon")
    assert set(models.Notice.objects.values_list("kind", "person", "case", "note")) == {
        ("case_closed", far.pk, other.pk, "Lengkapi."),
        ("case_home_closed", officer.pk, case.pk, other.number),
    }
    assert refused(lambda: move(cases.reopen, far)) == ("case.two_offices", "")
    again = move(cases.reopen, factories.person(Role.SUPERVISOR, "directorate"))
    assert (again.state, again.responsible) == ("in_analysis", analyst)
    unmerge(case, analyst)
    assert models.Case.objects.get(pk=case.pk).state == "in_analysis"
    assert move(cases.give_back, analyst).state == "opened"


@database
def test_a_merged_case_is_not_opened_again_and_not_given_back_by_a_closed_one() -> None:
    officer = factories.person()
    case, other, last = opened(officer), opened(officer), opened(officer)
    merge(case, other, officer)
    version = models.Case.objects.get(pk=case.pk).version
    act = lambda: cases.reopen(case_id=case.pk, note="Lagi.", seen_version=version, by=officer, now=LATER)  # noqa: E731
    assert refused(act) == ("case.merged", "")
    merge(other, last, officer)
    assert refused(lambda: unmerge(case, officer)) == ("case.unmerge_closed", "")
    assert [one.pk for one in merging.taken_in(last)] == [other.pk, case.pk]
    assert merging.may_take_back(models.Case.objects.get(pk=case.pk), officer) is False
    unmerge(other, officer)
    assert merging.may_take_back(models.Case.objects.get(pk=case.pk), officer) is True
    unmerge(case, officer)
    assert [len(flags(one)) for one in (case, other, last)] == [1, 1, 1]


@database
def test_what_was_written_and_attached_is_read_in_the_other_case_by_whom_it_is_for() -> None:
    officer, analyst = factories.person(), factories.person(Role.ANALYST)
    case, other = escalated(officer), escalated(officer)
    cases.note(case_id=case.pk, text="Catatan kantor.", sent=False, by=officer, now=NOW)
    cases.note(case_id=case.pk, text="Pesan.", sent=True, by=officer, now=NOW)
    file = attachments.attach_file(case_id=case.pk, content=b"Surat.", title="Surat", seen_by="own", by=officer, now=NOW)
    merge(case, other, analyst)
    also = merging.taken_in(other)

    def seen(person: models.Person) -> tuple[list[str], list[models.CaseAttachment]]:
        return [one.note for one in cases.written(other, person, also=also)], attachments.listed(other, person, also=also)

    assert seen(officer) == (["Pesan.", "Catatan kantor."], [file])
    assert seen(analyst) == (["Pesan."], [])
    assert cases.written(other, officer) == []


@pytest.mark.usefixtures("committed")
def test_merged_crosswise_in_one_moment_the_second_is_told() -> None:
    officer, colleague = factories.person(), factories.person()
    case, other = opened(officer, confirmed(2)), opened(officer)
    both = sorted(flags(case) + flags(other))
    version = case.version
    first, second = races.race(
        "SELECT FROM patrol_case FOR NO KEY UPDATE",
        lambda: merge(case, other, officer, seen_version=version),
        lambda: merge(other, case, colleague, seen_version=version),
    )
    assert (first, type(second)) == (other, cases.StaleError)
    assert (flags(case), flags(other)) == ([], both)


@pytest.mark.usefixtures("committed")
def test_a_flag_that_joins_while_its_case_is_merged_is_not_lost() -> None:
    officer = factories.person()
    case, other, (later,) = opened(officer), opened(officer), confirmed()
    added, _merged = races.race(
        "SELECT FROM patrol_case FOR NO KEY UPDATE",
        lambda: cases.add_flags(case_id=case.pk, flag_ids=[later.pk], by=officer, now=LATER),
        lambda: merge(case, other, officer),
    )
    assert added == case
    assert later.pk in flags(other)


@database
def test_what_was_ticked_and_chosen_counts_down_a_chain_and_after_taking_back() -> None:
    analyst = factories.person(Role.ANALYST)
    low, middle, home = (test_ticking.escalated(article=key) for key in ("placement", "fraud", "fraud"))
    (flag,) = flags(low)
    test_ticking.tick(low, analyst)
    merge(low, middle, analyst)
    merge(middle, home, analyst)
    assert {one.key for one in ticking.chosen(home)} == {"placement", "fraud"}
    assert [one.flag_id for one in ticking.standing(home)] == [flag]
    edition = test_ticking.article().editions.order_by("id")[0]
    own = flags(home)[-1]
    for one in (flag, own):  # as the home has both
        test_ticking.tick(home, analyst, flag_id=one, edition_id=edition.pk, element="individual")
    assert len(ticking.standing(home)) == 3
    unmerge(middle, analyst)
    assert sorted(one.element for one in ticking.standing(middle)) == ["individual", "placing"]
    unmerge(low, analyst)
    assert sorted((one.flag_id, one.element) for one in ticking.standing(low)) == [(flag, "individual"), (flag, "placing")]
    assert ticking.standing(middle) == []
    assert [one.flag_id for one in ticking.standing(home)] == [own]

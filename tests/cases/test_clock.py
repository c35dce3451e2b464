"""Our clock of a case: whose turn it is, when it is over, and who is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from patrol import cases, models
from patrol.cases import clock, clock_edition, deadlines, joint_leave
from patrol.models import CaseStep, Role
from tests import factories
from tests.cases.test_moving import confirmed
from tests.factories import NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WIB = ZoneInfo("Asia/Jakarta")


def wib(day: int, hour: int, minute: int = 47) -> datetime:
    """November 2026. NOW is Monday the 23rd at 10.47."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.fixture(autouse=True)
def shipped() -> None:
    """Decide within 16 working hours, take within 4, refer within 24; the supervisor is told 8, 4 and 8 later."""
    factories.offices()
    deadlines.load()


def opened(code: str = "bp3mi-jabar", by: Any = None, now: datetime = NOW) -> Any:
    by = by or factories.person(Role.OFFICER, code)
    flags = confirmed(1, code)
    return fresh(cases.open_case(flag_ids=[flags[0].pk], title="Calo", by=by, now=now))


def fresh(case: Any) -> Any:
    return models.Case.objects.get(pk=case.pk)


def moved(case: Any, verb: Any, now: datetime, **given: Any) -> Any:
    return fresh(verb(case_id=case.pk, seen_version=fresh(case).version, now=now, **given))


def escalated(case: Any, now: datetime) -> Any:
    return moved(case, cases.escalate, now, article="placement", note="Lintas provinsi.", by=case.opened_by)


def told() -> list[Any]:
    found = models.Notice.objects.filter(kind__in=["case_due", "case_late"]).order_by("id")
    return [(one.kind, one.person or one.office, one.at) for one in found]


# --- when it is over ------------------------------------------------------------------------------


def test_a_case_is_due_by_the_working_hours_of_its_office_and_kind() -> None:
    case = opened()
    assert (case.due_at, case.late_at, case.tell_at, case.told) == (wib(25, 10), wib(26, 10), wib(25, 10), clock.NOBODY)
    case = moved(case, cases.set_kind, NOW + HOUR, kind="compound", by=case.opened_by)
    assert (case.due_at, case.late_at) == (wib(23, 14), wib(24, 14))  # 4 and 8 more


def test_the_same_hours_end_earlier_in_the_east() -> None:
    """10.47 in Jakarta is 12.47 in Papua, whose day ends at 14.00 in Jakarta."""
    case = opened("bp3mi-papua")
    case = moved(case, cases.set_kind, NOW, kind="compound", by=case.opened_by)
    assert case.due_at == datetime(2026, 11, 24, 8, 47, tzinfo=ZoneInfo("Asia/Jayapura"))


def test_each_side_s_clock_counts_its_own_turns_and_goes_on_where_it_stood() -> None:
    analyst = factories.person(Role.ANALYST)
    case = escalated(opened(), wib(23, 11))
    assert case.due_at == wib(23, 15)
    case = moved(case, cases.take, wib(23, 12), by=analyst)
    assert case.due_at == wib(26, 12)
    case = moved(case, cases.give_back, wib(24, 10), note="Lengkapi.", by=analyst)
    assert case.due_at == wib(26, 9)  # 7 working hours at the directorate: from Monday 11.47 to Tuesday 10.47
    case = moved(escalated(case, wib(24, 11)), cases.take, wib(24, 12), by=analyst)
    assert case.due_at == wib(26, 14)  # 2 hours between its turns
    assert list(case.turns.order_by("id").values_list("step", "office__code", "began_at", "ended_at")) == [
        ("opened", "bp3mi-jabar", NOW, wib(23, 11)),
        ("escalated", "directorate", wib(23, 11), wib(23, 12)),
        ("in_analysis", "directorate", wib(23, 12), wib(24, 10)),
        ("opened", "bp3mi-jabar", wib(24, 10), wib(24, 11)),
        ("escalated", "directorate", wib(24, 11), wib(24, 12)),
        ("in_analysis", "directorate", wib(24, 12), None),
    ]


def test_what_ran_out_before_it_was_handed_back_is_still_over() -> None:
    analyst = factories.person(Role.ANALYST)
    case = escalated(opened(), wib(25, 12))  # two hours late
    case = moved(case, cases.give_back, wib(26, 10), note="Lengkapi.", by=analyst)
    assert (case.due_at, case.tell_at, case.told) == (wib(25, 10), wib(25, 10), clock.NOBODY)


def test_an_outside_body_s_turn_stops_our_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A state without a clock of ours: until referrals bring theirs, the last of the list stands in for it."""
    analyst = factories.person(Role.ANALYST)
    case = escalated(opened(), wib(23, 11))
    monkeypatch.delitem(clock.STEPS, "in_analysis")
    case = moved(case, cases.take, wib(23, 12), by=analyst)
    assert (case.due_at, case.tell_at) == (None, None)
    assert case.turns.get(ended_at=None).step == CaseStep.OUTSIDE
    assert clock.keep(now=wib(30, 12)) == 1  # counted by the edition in force, and nobody is told
    assert told() == []


def test_a_closed_case_has_no_clock_and_one_opened_again_begins_anew() -> None:
    case = opened()
    case = moved(case, cases.close, wib(24, 10), outcome="unfounded", note="Bukan.", by=case.opened_by)
    assert (case.due_at, case.tell_at, case.turns.filter(ended_at=None).count()) == (None, None, 0)
    assert clock.keep(now=wib(30, 12)) == 0
    case = moved(case, cases.reopen, wib(24, 10), note="Muncul lagi.", by=case.opened_by)
    assert case.due_at == wib(26, 10)


def test_a_merged_case_has_no_clock_and_goes_on_where_it_stood_once_that_is_taken_back() -> None:
    case, other = opened(), opened()
    moved(case, cases.merge, wib(23, 12), into=other.number, note="Sama.", by=case.opened_by)
    assert (fresh(case).due_at, fresh(other).due_at, case.turns.filter(ended_at=None).count()) == (None, wib(25, 10), 0)
    case = moved(case, cases.unmerge, wib(24, 10), note="Lain.", by=case.opened_by)
    assert case.due_at == wib(26, 8)  # two of its sixteen hours were used


def test_passing_on_and_notes_move_no_clock() -> None:
    case, other = opened(), factories.person()
    before = (case.due_at, case.turns.get().pk)
    cases.note(case_id=case.pk, text="Catatan.", sent=False, by=case.opened_by, now=wib(23, 12))
    case = moved(case, cases.pass_on, wib(23, 12), to_id=other.pk, note="Cuti.", by=case.opened_by)
    assert (case.due_at, case.turns.get().pk) == before


def test_a_clock_that_was_set_back_breaks_nothing() -> None:
    case = escalated(opened(), NOW - 100 * HOUR)
    assert list(case.turns.order_by("id").values_list("began_at", "ended_at")) == [(NOW, NOW), (NOW, None)]


def test_without_deadlines_nothing_is_due() -> None:
    models.CaseDeadline.objects.all().delete()
    assert opened().due_at is None


# --- what it counts by changes --------------------------------------------------------------------


def test_a_day_of_joint_leave_moves_what_runs_and_striking_it_off_moves_it_back() -> None:
    by, case, escaped = factories.person(Role.SUPERVISOR, "directorate"), opened(), opened(now=wib(30, 10))
    clock.keep(now=NOW)
    leave = joint_leave.add(day=date(2026, 11, 24), name="Cuti", decree="SKB", by=by, now=NOW)
    assert clock.keep(now=NOW) == 2
    assert (fresh(case).due_at, fresh(escaped).due_at) == (wib(26, 10), escaped.due_at)
    assert clock.keep(now=NOW) == 0
    joint_leave.change(leave_id=leave.pk, name="Cuti", decree="SKB", off=False, by=by, now=NOW)
    clock.keep(now=NOW)
    assert fresh(case).due_at == wib(25, 10)


def test_a_changed_deadline_holds_for_what_runs_and_for_what_begins() -> None:
    by, case = factories.person(Role.SUPERVISOR, "directorate"), opened()
    one = models.CaseDeadline.objects.get(step="opened", kind="other")
    deadlines.change(deadline_id=one.pk, hours=8, grace=0, by=by, now=NOW)
    clock.keep(now=NOW)
    assert {(each.due_at, each.late_at) for each in (fresh(case), opened())} == {(wib(24, 10), wib(24, 10))}


def test_another_working_day_or_release_of_the_holidays_counts_anew(settings: Any) -> None:
    case = opened()
    clock.keep(now=NOW)
    before = clock_edition.number()
    settings.WORKDAY = (settings.WORKDAY[0], settings.WORKDAY[1].replace(hour=12))
    clock.keep(now=NOW)
    # 16 hours in days of four: 1.13 on Monday, 12 until Thursday, 2.47 on Friday
    assert (clock_edition.number(), fresh(case).due_at) == (before + 1, wib(27, 10))


# --- who is told ----------------------------------------------------------------------------------


def test_the_responsible_person_is_told_once_and_later_the_supervisors_once() -> None:
    supervisors = [factories.person(Role.SUPERVISOR), factories.person(Role.SUPERVISOR)]
    factories.person(Role.SUPERVISOR, "directorate"), factories.person(Role.SUPERVISOR, is_active=False)
    case = opened()
    clock.keep(now=NOW)
    assert (clock.keep(now=wib(25, 10, 46)), told()) == (0, [])
    assert clock.keep(now=wib(25, 10)) == 1
    first = [("case_due", case.opened_by, wib(25, 10))]
    assert told() == first
    assert (clock.keep(now=wib(26, 10, 46)), told()) == (0, first)
    clock.keep(now=wib(26, 11))
    clock.keep(now=wib(30, 11))
    assert told() == [*first, *(("case_late", one, wib(26, 11)) for one in supervisors)]


def test_what_nobody_took_rings_at_the_directorate() -> None:
    case = escalated(opened(), NOW)
    supervisor = factories.person(Role.SUPERVISOR, "directorate")
    clock.keep(now=wib(23, 15))
    clock.keep(now=wib(24, 15))
    directorate = factories.office("directorate")
    assert told() == [("case_due", directorate, wib(23, 15)), ("case_late", supervisor, wib(24, 15))]
    assert fresh(case).tell_at is None


def test_where_nobody_is_there_the_office_is_told() -> None:
    """Who opened it left; the office has no supervisor, the directorate neither."""
    case = opened()
    models.Person.objects.filter(pk=case.opened_by_id).update(is_active=False)
    clock.keep(now=wib(25, 10))
    clock.keep(now=wib(26, 10))
    assert [(kind, to) for kind, to, _at in told()] == [("case_due", case.office), ("case_late", case.office)]


def test_an_office_without_a_supervisor_rings_at_those_of_the_directorate() -> None:
    supervisor = factories.person(Role.SUPERVISOR, "directorate")
    opened()
    clock.keep(now=wib(25, 10))
    clock.keep(now=wib(26, 10))
    assert told()[1][:2] == ("case_late", supervisor)


def test_a_sweep_that_dies_between_notice_and_mark_has_told_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    clock.keep(now=NOW)

    def dies(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr("django.db.models.query.QuerySet.update", dies)
        clock.keep(now=wib(25, 10))
    assert told() == []
    clock.keep(now=wib(25, 10))
    clock.keep(now=wib(25, 10))
    assert len(told()) == 1


def test_what_runs_out_later_than_was_thought_is_told_again_when_it_does() -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    case = opened()
    clock.keep(now=wib(25, 10))
    one = models.CaseDeadline.objects.get(step="opened", kind="other")
    deadlines.change(deadline_id=one.pk, hours=24, grace=8, by=by, now=wib(25, 11))
    clock.keep(now=wib(25, 11))
    assert (fresh(case).due_at, fresh(case).told) == (wib(26, 10), clock.NOBODY)
    clock.keep(now=wib(26, 10))
    assert [at for _kind, _to, at in told()] == [wib(25, 10), wib(26, 10)]


def test_what_is_due_is_found_by_its_indexes() -> None:
    indexes = {index.name: list(index.fields) for index in models.Case._meta.indexes}
    assert {name: indexes[name] for name in ("case_due", "case_tell", "case_clock_edition")} == {
        "case_due": ["due_at"],
        "case_tell": ["tell_at"],
        "case_clock_edition": ["clock_edition"],
    }


# --- lists ----------------------------------------------------------------------------------------


def test_the_list_of_what_is_overdue() -> None:
    late, later = opened(), opened(now=wib(24, 10))
    closed = opened()
    moved(closed, cases.close, wib(24, 10), outcome="unfounded", note="Bukan.", by=closed.opened_by)
    officer = factories.person()
    assert set(cases.listed(cases.OVERDUE, officer, wib(25, 10))) == {late}
    assert set(cases.listed(cases.OVERDUE, officer, wib(26, 10))) == {late, later}
    assert set(cases.listed(cases.OVERDUE, officer, wib(25, 10, 46))) == set()
    assert set(cases.listed(cases.OVERDUE, factories.person(Role.OFFICER, "bp3mi-ntb"), wib(26, 10))) == set()

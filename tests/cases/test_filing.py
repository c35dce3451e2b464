"""From the triage page into a case in one act, and out of it again while the decision has no effect yet."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.access import audit
from patrol.cases import filing
from patrol.infra.refusals import RefusedError
from patrol.triage import deciding
from reports import queries, tally
from reports.period import IsoWeek
from tests import factories, races
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db
SOON = NOW + timedelta(seconds=4)
LATER = NOW + timedelta(minutes=5)


def escalate(
    flag: models.Flag,
    by: models.Person,
    *,
    key: uuid.UUID | None = None,
    article: str = "placement",
    note: str = "lintas provinsi",
    title: str = "",
    now: datetime = NOW,
) -> filing.Filed:
    return cases.escalate_flag(
        flag_id=flag.pk,
        article=article,
        note=note,
        title=title,
        decision_key=key or uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=now,
    )


def file(
    flag: models.Flag,
    by: models.Person,
    case: models.Case | None = None,
    *,
    key: uuid.UUID | None = None,
    title: str = "",
    reason: str = "fraud",
    now: datetime = NOW,
) -> filing.Filed:
    return cases.file_flag(
        flag_id=flag.pk,
        case_id=case.pk if case else None,
        title=title,
        reason=reason,
        decision_key=key or uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=now,
    )


def withdraw(filed: filing.Filed, by: models.Person, *, key: uuid.UUID | None = None, now: datetime = SOON) -> deciding.Decided:
    assert filed.decided is not None
    decision = filed.decided.decisions[0]
    return cases.withdraw(decision_id=decision.pk, decision_key=key or uuid.uuid4(), by=by, now=now)


def nothing_happened() -> bool:
    return (models.Decision.objects.count(), models.Case.objects.count(), models.Notice.objects.count()) == (0, 0, 0)


def kinds(case: models.Case) -> list[str]:
    return list(case.events.order_by("id").values_list("kind", flat=True))


@database
def test_escalated_from_triage_the_flag_is_confirmed_and_its_case_lies_with_the_directorate(settings: Any) -> None:
    (flag,) = flags(1)
    officer = factories.person()
    filed = escalate(flag, officer, note=" lintas provinsi ")
    flag.refresh_from_db()
    assert flag.state == "confirmed"
    assert filed.decided is not None
    assert [(one.outcome, one.reason) for one in filed.decided.decisions] == [("confirmed", "licence")]
    case = filed.case
    assert (case.state, case.title, case.office, case.opened_by, case.escalated_by, case.responsible) == (
        "escalated",
        flag.gist_id,
        flag.office,
        officer,
        officer,
        None,
    )
    assert kinds(case) == ["opened", "flag_added", "escalated"]
    told = case.events.get(kind="escalated")
    assert (told.article, told.note) == ("placement", "lintas provinsi")
    notice = models.Notice.objects.get()
    assert notice.office is not None
    assert (notice.kind, notice.office.code, notice.case, notice.at) == (
        "case_escalated",
        "directorate",
        case,
        NOW + timedelta(seconds=settings.UNDO_SECONDS),
    )
    assert list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True)) == [
        "flag.confirmed",
        "case.opened",
        "case.escalated",
    ]
    assert audit.verify() is None


@database
def test_the_copies_of_the_row_go_into_the_case_too() -> None:
    row = copies(3)
    filed = escalate(row[1], factories.person())
    assert set(filed.case.entries.values_list("flag", flat=True)) == {flag.pk for flag in row}


@database
@pytest.mark.parametrize(
    ("article", "note", "code"), [("", "x", "case.article"), ("69", "x", "case.article"), ("fraud", "  ", "case.note")]
)
def test_without_an_article_or_a_reason_nothing_happens(article: str, note: str, code: str) -> None:
    (flag,) = flags(1)
    with pytest.raises(RefusedError) as refused:
        escalate(flag, factories.person(), article=article, note=note)
    assert refused.value.code == code
    assert nothing_happened()


@database
def test_who_may_not_escalate_decides_nothing_by_it_either() -> None:
    (flag,) = flags(1)
    for person in (factories.person("officer", "bp3mi-ntb"), factories.person("analyst"), factories.person("registrar")):
        with pytest.raises(PermissionDenied):
            escalate(flag, person)
    assert nothing_happened()


@database
def test_a_flag_that_moved_or_that_a_colleague_holds_is_not_escalated() -> None:
    moved, held = flags(2)
    officer, colleague = factories.person(), factories.person()
    decide(moved, colleague, "dismissed", "lawful")
    with pytest.raises(triage.StaleError):
        escalate(moved, officer)
    triage.take(held.pk, by=colleague, now=NOW)
    with pytest.raises(triage.HeldByOtherError):
        escalate(held, officer)
    assert models.Case.objects.count() == 0


@database
def test_a_failure_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    (flag,) = flags(1)
    monkeypatch.setattr(cases.moving, "tell", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        escalate(flag, factories.person())
    flag.refresh_from_db()
    assert (flag.state, flag.version) == ("waiting", 1)
    assert nothing_happened()
    assert models.AuditEntry.objects.count() == 0


@database
def test_a_confirmed_flag_is_escalated_without_another_decision() -> None:
    (flag,) = flags(1)
    officer = factories.person()
    decide(flag, officer)
    flag.refresh_from_db()
    filed = escalate(flag, officer, title="Calo rute Batam", now=LATER)
    assert (filed.decided, filed.case.title, filed.case.state) == (None, "Calo rute Batam", "escalated")
    assert models.Decision.objects.count() == 1


@database
def test_filed_into_a_new_case_or_one_that_is_there() -> None:
    first, second, third = flags(3)
    officer = factories.person()
    case = file(first, officer, title="Calo rute Batam").case
    assert (case.title, case.state) == ("Calo rute Batam", "opened")
    filed = cases.attach(
        flag_id=second.pk, case_id=case.pk, reason="fraud", decision_key=uuid.uuid4(), seen_version=1, by=officer, now=LATER
    )
    assert filed.case == case
    assert kinds(case) == ["opened", "flag_added", "flag_added"]
    with pytest.raises(triage.ReasonMissingError):
        file(third, officer, case, reason="lawful")
    cases.close(outcome="acted_upon", case_id=case.pk, note="selesai", seen_version=1, by=officer, now=LATER)
    with pytest.raises(cases.StaleError):
        file(third, officer, case, now=LATER)
    third.refresh_from_db()
    assert third.state == "waiting"


@database
def test_a_flag_in_a_case_goes_into_no_second_one_and_not_into_another_office_s() -> None:
    one, other = flags(2)
    (theirs,) = flags(1, "bp3mi-ntb")
    officer, directorate = factories.person(), factories.person("officer", "directorate")
    case = file(one, officer).case
    one.refresh_from_db()
    with pytest.raises(RefusedError) as refused:
        file(one, officer)
    assert (refused.value.code, refused.value.values) == ("case.in_case", {"number": case.number})
    with pytest.raises(RefusedError) as refused:
        file(theirs, directorate, case)
    assert refused.value.code == "case.several_offices"
    assert file(other, officer, case).case == case


@database
def test_withdrawn_in_time_everything_is_as_before_and_the_log_tells_it() -> None:
    row = copies(2)
    officer = factories.person()
    filed = escalate(row[0], officer)
    withdraw(filed, officer)
    for flag in row:
        flag.refresh_from_db()
        assert (flag.state, hasattr(flag, "case_entry")) == ("waiting", False)
    case = models.Case.objects.get()
    assert (case.state, case.entries.count(), models.Notice.objects.count()) == ("closed", 0, 0)
    assert kinds(case) == ["opened", "flag_added", "flag_added", "escalated", "flag_removed", "flag_removed", "closed"]
    reversal, closing = list(models.AuditEntry.objects.order_by("seq"))[-2:]
    assert (reversal.verb, closing.verb) == ("flag.reversed", "case.withdrawn")
    assert (closing.target_type, closing.target_id, closing.actor_id) == ("case", str(case.pk), officer.pk)
    assert closing.before == {"state": "escalated"}
    assert closing.after == {"state": "closed", "flags": [flag.number for flag in row]}


@database
def test_what_was_withdrawn_in_time_was_never_opened_and_what_was_closed_by_hand_was() -> None:
    one, two = flags(2)
    officer = factories.person()
    undone = file(one, officer)
    stands = file(two, officer).case
    withdraw(undone, officer)
    cases.close(outcome="acted_upon", case_id=stands.pk, seen_version=stands.version, note="Selesai.", by=officer, now=SOON)
    assert list(cases.withdrawn()) == [undone.case]
    later = NOW + timedelta(hours=1)
    moves = tally.standing(queries.case_moves(None, NOW - timedelta(hours=1), later), later, IsoWeek)
    assert [move.kind for move in moves] == ["opened", "closed"]
    # Between the act and its undoing it was open: nobody knew yet.
    assert queries.open_cases(None, [NOW + timedelta(seconds=1), later]) == {NOW + timedelta(seconds=1): 2, later: 0}
    case = cases.reopen(case_id=undone.case.pk, note="Ternyata benar.", seen_version=2, by=officer, now=later)
    assert list(cases.withdrawn()) == []
    cases.close(outcome="acted_upon", case_id=case.pk, seen_version=case.version, note="Selesai.", by=officer, now=later)
    assert list(cases.withdrawn()) == []


@database
def test_withdrawn_from_a_case_that_was_there_the_case_stays_open() -> None:
    first, second = flags(2)
    officer = factories.person()
    case = file(first, officer).case
    withdraw(file(second, officer, case, now=NOW), officer)
    case.refresh_from_db()
    assert (case.state, list(case.entries.values_list("flag", flat=True))) == ("opened", [first.pk])
    told = list(models.AuditEntry.objects.filter(verb__in=("case.flag_removed", "case.withdrawn")))
    assert [(entry.verb, entry.target_id, entry.after) for entry in told] == [
        ("case.flag_removed", str(case.pk), {"flags": [second.number]})
    ]


@database
@pytest.mark.parametrize("many", [1, 30])
def test_withdrawing_costs_the_same_however_many_copies_went_into_the_case(many: int, django_assert_num_queries: Any) -> None:
    row, officer = copies(many), factories.person()
    filed = escalate(row[0], officer)
    assert filed.case.entries.count() == many
    with django_assert_num_queries(37 + (many > 1)):
        withdraw(filed, officer)
    assert filed.case.entries.count() == 0
    assert set(filed.case.events.filter(kind="flag_removed").values_list("flag", "by", "at", "note")) == {
        (one.pk, officer.pk, SOON, "") for one in row
    }


@database
def test_withdrawing_ends_with_the_undo_time_and_is_one_s_own() -> None:
    (flag,) = flags(1)
    officer, colleague = factories.person(), factories.person()
    filed = escalate(flag, officer)
    for person, now in ((officer, LATER), (colleague, SOON)):
        with pytest.raises(triage.StaleError):
            withdraw(filed, person, now=now)
    assert filed.case.entries.count() == 1


@database
def test_a_case_somebody_works_on_by_now_is_not_pulled_away() -> None:
    (flag,) = flags(1)
    officer, analyst = factories.person(), factories.person("analyst")
    filed = escalate(flag, officer)
    cases.take(case_id=filed.case.pk, seen_version=filed.case.version, by=analyst, now=SOON)
    with pytest.raises(cases.StaleError) as refused:
        withdraw(filed, officer)
    assert refused.value.who == analyst
    flag.refresh_from_db()
    assert flag.state == "confirmed"


@database
def test_what_went_into_no_case_is_undone_as_ever() -> None:
    (flag,) = flags(1)
    officer = factories.person()
    decided = decide(flag, officer)
    cases.withdraw(decision_id=decided.decisions[0].pk, decision_key=uuid.uuid4(), by=officer, now=SOON)
    flag.refresh_from_db()
    assert flag.state == "waiting"


# --- in the same moment -----------------------------------------------------------------------------


def held(flag: models.Flag) -> str:
    return f"SELECT 1 FROM patrol_flag WHERE id = {flag.pk} FOR UPDATE"


@pytest.mark.usefixtures("committed")
def test_a_double_click_escalates_once() -> None:
    (flag,) = flags(1)
    officer, key = factories.person(), uuid.uuid4()
    first, second = races.race(held(flag), lambda: escalate(flag, officer, key=key), lambda: escalate(flag, officer, key=key))
    assert (first.case, first.decided.decisions) == (second.case, second.decided.decisions)
    assert (models.Case.objects.count(), models.Decision.objects.count(), models.Notice.objects.count()) == (1, 1, 1)


@pytest.mark.usefixtures("committed")
def test_two_escalate_at_once_and_there_is_one_case() -> None:
    (flag,) = flags(1)
    officer, colleague = factories.person(), factories.person()
    won, lost = races.race(held(flag), lambda: escalate(flag, officer), lambda: escalate(flag, colleague))
    assert isinstance(lost, RefusedError)
    assert (lost.code, lost.values) == ("case.in_case", {"number": won.case.number})
    assert audit.verify() is None


@pytest.mark.usefixtures("committed")
def test_escalating_and_opening_a_case_beside_each_other_do_not_wait_for_each_other() -> None:
    one, other = flags(2)
    officer = factories.person()
    decide(other, officer)
    both = f"SELECT 1 FROM patrol_flag WHERE id IN ({one.pk}, {other.pk}) FOR UPDATE"
    first, second = races.race(
        both, lambda: escalate(one, officer), lambda: cases.open_case(flag_ids=[other.pk], title="Calo", by=officer, now=NOW)
    )
    assert {first.case.number, second.number} == {"PKR-26-0001", "PKR-26-0002"}

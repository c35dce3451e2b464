"""The real way of posts and the real verbs of people, counted: events, flags and figures agree."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import cases, domain, models, triage
from patrol.cases import referrals as referrals_of
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.register import recheck
from reports import listing, queries, referral_counts, summary
from reports import referrals as reported
from reports.figures import CaseFlow, Flow, Row
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import factories
from tests.cases import asked
from tests.reports.test_referrals import recounted

WEEK = IsoWeek(2026, 47)


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=domain.LAW_ZONE)


REASON = {outcome: next(iter(reasons)) for outcome, reasons in triage.REASONS.items()}


def _decide(flag: models.Flag, outcome: str, by: models.Person, now: datetime) -> models.Decision:
    flag.refresh_from_db()
    done = triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason=REASON[outcome],
        note="Catatan contoh.",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=now,
    )
    return done.decisions[0]


@pytest.mark.django_db
def test_a_week_of_real_work() -> None:
    java, lampung = factories.office("bp3mi-jabar"), factories.office("bp3mi-lampung")
    officer, other = factories.person(Role.OFFICER), factories.person(Role.OFFICER, "bp3mi-lampung")
    watch = factories.watch("bp3mi-jabar")
    old = factories.flags(2, of=watch, now=at(12))
    wrong = _decide(old[0], "dismissed", officer, at(13))
    flags = factories.flags(5, of=watch, now=at(16))
    factories.stored([factories.raw_post(posted_at=at(16))], of=watch, now=at(16))
    raised = models.Flag.objects.filter(office=java, state="waiting", raised_at=at(16)).count()
    assert raised == 5

    _decide(flags[0], "confirmed", officer, at(17))
    _decide(flags[1], "needs_information", officer, at(17, 10))
    _decide(flags[1], "dismissed", officer, at(18))
    slip = _decide(flags[2], "dismissed", officer, at(18, 11))
    triage.undo(decision_id=slip.pk, decision_key=uuid.uuid4(), by=officer, now=at(18, 11, 0, 5))
    triage.reverse(decision_id=wrong.pk, reason_note="Salah baca.", decision_key=uuid.uuid4(), by=officer, now=at(19))
    triage.hand_over(
        flag_id=flags[3].pk, office_id=lampung.pk, note="Perekrutan di Lampung.", seen_version=flags[3].version, by=officer, now=at(19, 12)
    )
    flags[3].refresh_from_db()
    _decide(flags[3], "confirmed", other, at(20))
    case = cases.open_case(flag_ids=[flags[0].pk], title="Contoh", by=officer, now=at(20, 10))
    case = cases.escalate(case_id=case.pk, article="placement", note="Lintas daerah.", seen_version=case.version, by=officer, now=at(21))

    now = at(23)
    figures = summary.collect(office=java, period=WEEK, now=now)
    assert figures.flow == Flow(start=1, flagged=5, returned=1, handed_in=0, decided=2, lowered=0, handed_out=1, end=4)
    assert figures.decisions == (Row("confirmed", 1, 0), Row("dismissed", 1, 1), Row("needs_information", 1, 0))
    assert figures.balanced
    assert figures.waiting == models.Flag.objects.filter(office=java, state="waiting").count()
    assert figures.cases == CaseFlow(0, 1, 0, 0, 1, 1, 0, 0, 0)
    assert figures.measure("read").series[-2:] == (2, 5)

    theirs = summary.collect(office=lampung, period=WEEK, now=now)
    assert theirs.flow == Flow(start=0, flagged=0, returned=0, handed_in=1, decided=1, lowered=0, handed_out=0, end=0)
    national = summary.collect(office=None, period=WEEK, now=now)
    assert national.flow == Flow(start=1, flagged=5, returned=1, handed_in=0, decided=3, lowered=0, handed_out=0, end=4)
    assert national.balanced


@pytest.mark.django_db
def test_a_frozen_week_holds_the_supervisors_numbers() -> None:
    """What the start page's supervisor freezes is what the verbs did up to that moment."""
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    flags = factories.flags(3, of=factories.watch(), now=at(17))
    _decide(flags[0], "confirmed", officer, at(18))
    made = summary.freeze(office_id=supervisor.office_id, period=WEEK, by=supervisor, now=at(18) + timedelta(hours=1))
    figures = made.read()
    assert (figures.flagged, figures.decided, figures.waiting, figures.preliminary) == (3, 1, 2, True)


@pytest.mark.django_db
def test_somebody_harmed_is_on_no_paper() -> None:
    """Counted as dismissed like any other flag; a number that stands in such posts alone is not listed."""
    officer = factories.person(Role.OFFICER)
    watch = factories.watch("bp3mi-jabar")
    text = factories.ILLEGAL.format(phone="0840 5550 7777")
    tails = ("Info pagi siang sore malam senin", "Kami cari banyak orang tahun depan juga ya kawan semua")
    posts = factories.stored([factories.raw_post(f"{text} {tail}", posted_at=at(16)) for tail in tails], of=watch, now=at(16))
    assessing.read_due(now=at(16), limit=10)
    flags = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    office = officer.office

    def listed(now: Any) -> Any:
        return [one.now for one in queries.shared([flag.current_check_id for flag in flags], [], now)]

    assert listed(at(17)) == [2]
    for flag in flags:
        flag.refresh_from_db()
        if flag.state == "waiting":
            _decide(flag, "victim", officer, at(18))
    assert listed(at(17)) == [2]  # what was known then
    assert listed(at(19)) == []
    figures = summary.collect(office=office, period=WEEK, now=at(20))
    assert {row.key for row in figures.decisions} <= {"confirmed", "dismissed", "needs_information"}
    assert figures.balanced


def _withdrawn(officer: models.Person, flag: models.Flag, at_: datetime, undone_at: datetime) -> models.Case:
    """A flag escalated in one act, and the act undone."""
    filed = cases.escalate_flag(
        flag_id=flag.pk, article="fraud", note="Lintas daerah.", decision_key=uuid.uuid4(), seen_version=flag.version, by=officer, now=at_
    )
    assert filed.decided is not None
    cases.withdraw(decision_id=filed.decided.decisions[0].pk, decision_key=uuid.uuid4(), by=officer, now=undone_at)
    filed.case.refresh_from_db()
    return filed.case


def _rows(made: WeeklySummary) -> dict[str, list[int]]:
    """The cases behind each figure of a frozen week, where the figure says how many."""
    figures = made.read()
    found = {}
    for key in ("start", "opened", "reopened", "closed", "end", "escalated"):
        listed = listing.items(figures, made.office, listing.Wanted("cases", key))
        assert len(listed) == getattr(figures.cases, key), key
        found[key] = [item.id for item in listed]
    return found


@pytest.mark.django_db
def test_a_case_undone_and_opened_again_later_changes_no_week_that_is_over() -> None:
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    flags = factories.flags(2, of=factories.watch(), now=at(16))
    undone = _withdrawn(officer, flags[0], at(17), at(17, 9, 0, 5))
    _decide(flags[1], "confirmed", officer, at(18))
    stands = cases.open_case(flag_ids=[flags[1].pk], title="Contoh", by=officer, now=at(18, 10))
    frozen = summary.freeze(office_id=officer.office_id, period=WEEK, by=supervisor, now=at(23))
    rows = _rows(frozen)
    assert frozen.read().cases == CaseFlow(0, 1, 0, 0, 1, 0, 0, 0, 0)
    assert rows == {"start": [], "opened": [stands.pk], "reopened": [], "closed": [], "end": [stands.pk], "escalated": []}

    cases.reopen(case_id=undone.pk, note="Ternyata benar.", seen_version=undone.version, by=officer, now=at(24))
    assert summary.collect(office=officer.office, period=WEEK, now=at(25)) == frozen.read()
    assert _rows(frozen) == rows
    following = summary.collect(office=officer.office, period=WEEK.next(), now=at(25))
    assert following.cases == CaseFlow(1, 0, 1, 0, 2, 0, 1, 0, 0)
    assert following.balanced


@pytest.mark.django_db
def test_a_case_undone_over_the_turn_of_the_week_was_open_in_the_first_and_closed_in_the_second() -> None:
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    (flag,) = factories.flags(1, of=factories.watch(), now=at(16))
    _withdrawn(officer, flag, at(22, 23, 59, 57), at(23, 0, 0, 3))
    frozen = summary.freeze(office_id=officer.office_id, period=WEEK, by=supervisor, now=at(23))
    assert frozen.read().cases == CaseFlow(0, 1, 0, 0, 1, 1, 0, 0, 0)
    following = summary.collect(office=officer.office, period=WEEK.next(), now=at(25))
    assert following.cases == CaseFlow(1, 0, 0, 1, 0, 0, 1, 0, 1)
    assert following.balanced
    _rows(frozen)


@pytest.mark.django_db
def test_a_running_week_frozen_between_an_act_and_its_undoing_keeps_what_it_saw() -> None:
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    (flag,) = factories.flags(1, of=factories.watch(), now=at(16))
    filed = cases.escalate_flag(
        flag_id=flag.pk,
        article="fraud",
        note="Lintas daerah.",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=officer,
        now=at(17),
    )
    frozen = summary.freeze(office_id=officer.office_id, period=WEEK, by=supervisor, now=at(17, 9, 0, 3))
    before = _rows(frozen)
    assert before["opened"] == before["end"] == before["escalated"] == [filed.case.pk]
    assert filed.decided is not None
    cases.withdraw(decision_id=filed.decided.decisions[0].pk, decision_key=uuid.uuid4(), by=officer, now=at(17, 9, 0, 5))
    assert _rows(frozen) == before


AGENCY, NUMBER = "PT Rembulan Karya Contoh", "B.11/SIP2MI/I/2026"
LICENCE = {"number": NUMBER, "agency": AGENCY, "country": "TW", "positions": ["production operator"]}


def _judged_anew(now: datetime) -> None:
    recheck.mark(now=now)
    while assessing.read_due(now=now, limit=500).read:
        pass


def _flag_under_no_licence() -> models.Flag:
    """Waits, by an offer whose licence the register does not hold."""
    factories.office("bp3mi-jabar")
    factories.register([{"name": AGENCY}])
    text = f"{AGENCY} buka lowongan operator pabrik di Taiwan, SIP {NUMBER}."
    factories.stored([factories.raw_post(text, posted_at=at(16))], of=factories.watch("bp3mi-jabar"), now=at(16))
    _judged_anew(at(16))
    flag = models.Flag.objects.get()
    assert flag.state == "waiting"
    return flag


@pytest.mark.django_db
def test_a_decision_made_while_a_batch_runs_comes_before_what_the_batch_does() -> None:
    """The batch took its time before the person decided, and got the flag after: the rows stand in the order they were made."""
    flag, officer = _flag_under_no_licence(), factories.person(Role.OFFICER)
    decision = _decide(flag, "dismissed", officer, at(18, 9, 0, 10))
    factories.register([{"name": AGENCY, "standings": [("revoked", "2020-01-01", None, "1/2020")]}])
    _judged_anew(at(18))
    flag.refresh_from_db()
    event = flag.events.order_by("-id")[0]
    assert (flag.state, event.kind) == ("waiting", "returned")
    assert event.at == decision.at + timedelta(microseconds=1)
    figures = summary.collect(office=None, period=WEEK, now=at(30))
    assert figures.balanced
    assert figures.flow == Flow(0, 1, 1, 0, 1, 0, 0, 1)
    factories.register([{"name": AGENCY}], [LICENCE])
    _judged_anew(at(18))  # behind the event too
    assert flag.events.order_by("-id")[0].at == event.at
    assert summary.collect(office=None, period=WEEK, now=at(30)).flow == Flow(0, 1, 1, 0, 1, 1, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("back", "ends"), [(at(19), 1), (at(24), 0)])
def test_a_parked_flag_that_rose_while_it_was_asked_about_waits_when_the_asking_is_taken_back(back: Any, ends: int) -> None:
    flag, officer = _flag_under_no_licence(), factories.person(Role.OFFICER)
    factories.register([{"name": AGENCY}], [LICENCE])
    _judged_anew(at(17))
    flag.refresh_from_db()
    assert flag.state == "parked"
    asked = _decide(flag, "needs_information", officer, at(17, 10))
    factories.register([{"name": AGENCY}])
    _judged_anew(at(18))
    flag.refresh_from_db()
    assert (flag.state, flag.level_rank >= domain.Level.MEDIUM.rank) == ("needs_information", True)
    triage.reverse(decision_id=asked.pk, reason_note="Sudah jelas.", decision_key=uuid.uuid4(), by=officer, now=back)
    flag.refresh_from_db()
    assert flag.state == "waiting"
    for week, end in ((WEEK, ends), (WEEK.next(), 1)):
        figures = summary.collect(office=None, period=week, now=at(30))
        assert figures.balanced
        assert (figures.flow.end, figures.flow.returned) == (end, int(week == IsoWeek.of(back)))


@pytest.mark.django_db
def test_a_parked_flag_that_stays_low_is_parked_again() -> None:
    flag, officer = _flag_under_no_licence(), factories.person(Role.OFFICER)
    factories.register([{"name": AGENCY}], [LICENCE])
    _judged_anew(at(17))
    asked = _decide(flag, "needs_information", officer, at(17, 10))
    triage.reverse(decision_id=asked.pk, reason_note="Sudah jelas.", decision_key=uuid.uuid4(), by=officer, now=at(19))
    flag.refresh_from_db()
    assert flag.state == "parked"
    assert summary.collect(office=None, period=WEEK, now=at(30)).flow == Flow(0, 1, 0, 0, 0, 1, 0, 0)


@pytest.mark.django_db
def test_a_fortnight_of_real_referrals() -> None:
    """Through the verbs: entered late, not delivered and sent another way, not answered and answered late, withdrawn, asked again."""
    officer = factories.person(Role.OFFICER)
    start, until = IsoWeek.of(factories.NOW).bounds()[0], IsoWeek.of(factories.NOW).next().bounds()[1]
    hour = timedelta(hours=1)

    def made(channel: str = "platform_form") -> models.Referral:
        return asked.approved(asked.case_of(by=officer), officer, channel)

    def then(verb: Any, referral: models.Referral, hours: int, **given: Any) -> models.Referral:
        referral.refresh_from_db()
        told = {"note": "Catatan (contoh)", **given}
        done: models.Referral = verb(
            referral_id=referral.pk, seen_version=referral.version, by=officer, now=factories.NOW + hours * hour, **told
        )
        return done

    # It left on the first day and was entered three days after.
    late = asked.mark_sent(made(), officer, factories.NOW + 72 * hour, when=factories.NOW + hour)
    answered(late, officer, 80, "acted_upon")
    then(referrals_of.new_round, late, 90)
    another = asked.mark_sent(made(), officer)
    then(referrals_of.contact_failed, another, 2)
    asked.mark_sent(models.Referral.objects.get(pk=another.pk), officer, factories.NOW + 49 * hour)
    answered(another, officer, 75, "acted_upon")
    silent = asked.mark_sent(made(), officer)
    then(referrals_of.no_response, silent, 100)
    spoke = asked.mark_sent(made(), officer)
    then(referrals_of.no_response, spoke, 100)
    answered(spoke, officer, 110, "refused")
    lost = asked.mark_sent(made(), officer)
    then(referrals_of.contact_failed, lost, 2)
    then(referrals_of.withdraw, lost, 3)

    found = reported.sent(None, until)
    (row,) = referral_counts.table(found, start, until)
    assert row.balance == 0
    assert {column: getattr(row, column) for column in referral_counts.COLUMNS if getattr(row, column)} == {
        "sent": 5,
        "down": 2,
        "refused": 1,
        "unanswered": 1,
        "withdrawn": 1,
        "back": 1,
    }
    assert row.days == 1  # 26 hours from the second way, and 79 from when it left
    assert [(one.sendings[-1].at - factories.NOW, one.sendings[-1].left_at - factories.NOW) for one in found if one.id == late.pk] == [
        (72 * hour, hour)
    ]
    for moment in (start + days * timedelta(days=1) for days in range(15)):
        told = {
            one.key: tuple(getattr(one, column) for column in referral_counts.COLUMNS)
            for one in referral_counts.table(found, moment, until)
        }
        assert told == recounted(None, moment, until), moment


def answered(referral: models.Referral, by: models.Person, hours: int, outcome: str) -> None:
    referral.refresh_from_db()
    referrals_of.answer(
        referral_id=referral.pk,
        item_ids=list(referral.items.values_list("pk", flat=True)),
        outcome=outcome,
        ground="",
        text="",
        day=None,
        automated=None,
        file=None,
        seen_version=referral.version,
        by=by,
        now=factories.NOW + timedelta(hours=hours),
    )

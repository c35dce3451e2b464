"""What changed, by cursor: each change once and none skipped, whoever commits late; to an office its own, and of nobody a word."""

from __future__ import annotations

import time
import uuid
from datetime import datetime, timedelta
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection, transaction

from patrol import cases, models
from patrol.changes import stream
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, Outcome, ReferralEventKind
from patrol.triage import deciding
from tests import factories, races
from tests.cases import asked
from tests.conftest import SUPERUSER_URL
from tests.factories import NOW

database = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
OWN, OTHER = "bp3mi-jabar", "bp3mi-sulsel"


def read(code: str = OWN, cursor: str = "", now: datetime = LATER, **given: Any) -> stream.Page:
    return stream.after(cursor or stream.beginning(), office=factories.office(code), now=now, **given)


def come(many: int, cursor: str = "") -> stream.Page:
    """The page once so many changes stand on it. Of a transaction that ended since the question began nobody can tell whether it was of
    another database, where other tests run: it holds up what is younger, until the next question.
    """
    end = time.monotonic() + races.PATIENCE
    while len((page := read(cursor=cursor)).changes) < many:
        assert time.monotonic() < end, told(page)
    return page


def told(page: stream.Page) -> list[tuple[str, str]]:
    return [(change.type, change.number) for change in page.changes]


def event(flag: models.Flag, kind: str = "gone", at: datetime = NOW, **given: Any) -> models.FlagEvent:
    return models.FlagEvent.objects.create(flag=flag, kind=kind, at=at, **given)


def decided(flag: models.Flag, outcome: str, reason: str, by: models.Person) -> models.Decision:
    given: dict[str, Any] = {"outcome": outcome, "reason": reason, "note": "", "decision_key": uuid.uuid4(), "seen_version": flag.version}
    return deciding.decide(flag_id=flag.pk, by=by, now=NOW, **given).decisions[0]


# --- what it says -------------------------------------------------------------------------------------


@database
def test_the_changes_of_a_flag_a_case_and_a_referral_with_their_numbers(settings: Any) -> None:
    settings.SITE_URL = "https://sipatrol.example"
    officer = factories.person(code=OWN)
    referral = asked.draft(asked.case_of(by=officer), officer)
    models.ReferralEvent.objects.create(referral=referral, kind=ReferralEventKind.SENT, at=NOW, by=officer, note="0812-3456-7890")
    flag = models.Flag.objects.get()
    page = read()
    assert told(page) == [
        ("flag.raised", flag.number),
        ("case.opened", referral.case.number),
        ("case.flag_added", referral.case.number),
        ("referral.sent", referral.number),
    ]
    assert page.changes[0].told() == {
        "id": page.changes[0].id,
        "type": "flag.raised",
        "timestamp": stream.said(flag.raised_at),
        "data": {"number": flag.number, "office": OWN, "url": f"https://sipatrol.example/kerja/patrol/flag/{flag.pk}/", "state": "waiting"},
    }
    assert page.changes[3].told()["data"] == {
        "number": referral.number,
        "office": OWN,
        "url": f"https://sipatrol.example/kerja/patrol/referral/{referral.pk}/",
    }


@database
def test_a_decision_and_its_undoing_are_told_and_nothing_of_who_was_harmed() -> None:
    officer, (flag, harmed) = factories.person(code=OWN), factories.flags(2, of=factories.watch(OWN))
    first = decided(flag, Outcome.CONFIRMED, "licence", officer)
    late = NOW + timedelta(seconds=settings.UNDO_SECONDS)
    deciding.reverse(decision_id=first.pk, reason_note="keliru", decision_key=uuid.uuid4(), by=officer, now=late)
    decided(harmed, Outcome.VICTIM, "asks", officer)
    page = read(types=["flag.decided", "flag.reversed"])
    assert [(one.type, one.number, one.state) for one in page.changes] == [
        ("flag.decided", flag.number, "confirmed"),
        ("flag.reversed", flag.number, "waiting"),
        ("flag.decided", harmed.number, "dismissed"),
    ]
    assert "victim" not in str([one.told() for one in page.changes])


@database
def test_what_was_taken_back_in_time_is_not_told_as_decided() -> None:
    officer, flag = factories.person(code=OWN), factories.flag(of=factories.watch(OWN))
    given: dict[str, Any] = {"decision_key": uuid.uuid4(), "by": officer}
    filed = cases.file_flag(flag_id=flag.pk, case_id=None, title="", reason="licence", seen_version=flag.version, now=NOW, **given)
    assert filed.decided is not None
    cases.withdraw(decision_id=filed.decided.decisions[0].pk, now=NOW + timedelta(seconds=5), **given | {"decision_key": uuid.uuid4()})
    assert told(read()) == [("flag.raised", flag.number), ("flag.reversed", flag.number), ("case.closed", filed.case.number)]


@database
def test_judged_anew_where_that_moved_it_and_what_people_do_with_their_queue_not() -> None:
    flag = factories.flag(of=factories.watch(OWN))
    moved, same = {"level": "high", "state": "waiting"}, {"level": "medium", "state": "waiting"}
    event(flag, "new_register", before=same, after=same)
    event(flag, "new_register", before=same, after=moved)
    for kind in ("snoozed", "woken", "joined", "parted", "newer_beside"):
        event(flag, kind)
    page = read()
    assert [(one.type, one.state) for one in page.changes] == [("flag.raised", flag.state), ("flag.judged_anew", "waiting")]


def test_each_kind_of_event_is_told_or_left_out_by_name() -> None:
    left_out = {
        *("note", "attached", "attachment_withdrawn", "passed_on", "article_added", "article_removed", "ticked", "unticked"),
        *("flag_near", "not_again", "task_added", "task_assigned", "task_due", "task_done", "task_reopened", "task_dropped"),
    }
    assert set(CaseEventKind) == {kind.removeprefix("case.") for kind in stream.TYPES if kind.startswith("case.")} | left_out
    left_out = {"drafted", "changed", "packet_taken", "mail_asked", "mail_taken_back", "mail_refused", "mail_unknown", "not_again"}
    assert set(ReferralEventKind) == {kind.removeprefix("referral.") for kind in stream.TYPES if kind.startswith("referral.")} | left_out


# --- to whom ------------------------------------------------------------------------------------------


@database
def test_an_office_is_told_its_own_and_the_directorate_all() -> None:
    officer = factories.person(code=OWN)
    case = asked.case_of(by=officer, copies=False)
    other = factories.flag(of=factories.watch(OTHER))
    own = models.Flag.objects.exclude(pk=other.pk).get()
    mine = [("flag.raised", own.number), ("case.opened", case.number), ("case.flag_added", case.number)]
    assert told(read(OWN)) == mine
    assert told(read(OTHER)) == [("flag.raised", other.number)]
    assert told(read("directorate")) == [mine[0], ("flag.raised", other.number), *mine[1:]]


@database
def test_what_was_handed_over_is_told_to_both_and_what_follows_to_the_other_alone() -> None:
    officer, flag = factories.person(code=OWN), factories.flag(of=factories.watch(OWN))
    there = factories.office(OTHER)
    deciding.hand_over(flag_id=flag.pk, office_id=there.pk, note="Makassar", seen_version=flag.version, by=officer, now=NOW)
    event(flag, "gone")
    assert told(read(OWN)) == [("flag.handed_over", flag.number)]
    assert read(OWN).changes[0].office == OTHER
    assert told(read(OTHER)) == [("flag.raised", flag.number), ("flag.handed_over", flag.number), ("flag.gone", flag.number)]


# --- pages --------------------------------------------------------------------------------------------


@database
@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_one_query_and_goes_on_where_it_ended(count: int, django_assert_num_queries: Any) -> None:
    flags = factories.flags(count, of=factories.watch(OWN))
    office, cursor, seen = factories.office(OWN), stream.beginning(), []
    with django_assert_num_queries(1):
        page = stream.after(cursor, office=office, now=LATER)
    assert told(page) == [("flag.raised", flag.number) for flag in flags]
    while True:
        page = stream.after(cursor, office=office, now=LATER, limit=7)
        seen += [change.id for change in page.changes]
        cursor = page.cursor
        if not page.more:
            break
    assert len(seen) == len(set(seen)) == count
    assert stream.after(cursor, office=office, now=LATER) == stream.Page((), cursor, more=False)


@database
def test_what_can_still_be_taken_back_waits_and_holds_up_what_follows() -> None:
    flag = factories.flag(of=factories.watch(OWN))
    event(flag, at=LATER - timedelta(seconds=settings.UNDO_SECONDS - 1))
    event(flag, "objected")
    first = read()
    assert (told(first), first.more) == ([("flag.raised", flag.number)], False)
    then = read(cursor=first.cursor, now=LATER + timedelta(seconds=1))
    assert [kind for kind, _number in told(then)] == ["flag.gone", "flag.objected"]


@database
def test_a_time_to_come_holds_nothing_up() -> None:
    flag = factories.flag(of=factories.watch(OWN))
    event(flag, at=LATER + timedelta(days=400))
    assert [kind for kind, _number in told(read())] == ["flag.raised", "flag.gone"]


@database
def test_from_a_moment_on_and_from_now_on() -> None:
    flag = factories.flag(of=factories.watch(OWN))
    event(flag, "gone", NOW + timedelta(minutes=1))
    event(flag, "objected", NOW + timedelta(minutes=2))
    assert [kind for kind, _ in told(read(cursor=stream.since(NOW + timedelta(minutes=1))))] == ["flag.gone", "flag.objected"]
    cursor = stream.from_now(NOW + timedelta(minutes=2))
    assert [kind for kind, _ in told(read(cursor=cursor))] == ["flag.objected"]


@database
@pytest.mark.parametrize(
    "wrong", ["", "0", "0-0-0-0", "0-0-0-0-0-0", "0-0-0-0-x", "0-0-0-0-٣", "-1-0-0-0-0", "0-0-0-0-0\n", f"0-{10**18}-0-0-0"]
)
def test_what_is_no_cursor_is_refused(wrong: str) -> None:
    with pytest.raises(RefusedError, match=r"changes\.cursor"):
        stream.after(wrong, office=factories.office(OWN), now=LATER)


@database
def test_a_cursor_of_before_the_data_came_back_says_so() -> None:
    flag = factories.flag(of=factories.watch(OWN))
    cursor = read().cursor
    models.Reached.objects.create(name=stream.RESTORED, row=1_790_000_000)
    with pytest.raises(RefusedError, match=r"changes\.restored"):
        read(cursor=cursor)
    assert told(read(cursor=stream.since(NOW))) == [("flag.raised", flag.number)]
    # One of a server whose transactions have come further: what was written here since would not be found behind it.
    with pytest.raises(RefusedError, match=r"changes\.restored"):
        read(cursor=f"1790000000-{10**17}-1-1-0")


# --- together with others -----------------------------------------------------------------------------


def test_nothing_that_is_committed_late_is_skipped(committed: None) -> None:
    flag = factories.flag(of=factories.watch(OWN))
    cursor = come(1).cursor
    with races.held("SELECT 1") as early:
        early.execute(f"INSERT INTO patrol_flagevent (flag_id, kind, at, before, after) VALUES ({flag.pk}, 'gone', now(), '{{}}', '{{}}')")
        event(flag, "objected")  # later, and committed earlier
        page = read(cursor=cursor)
        assert page == stream.Page((), cursor, more=False)
        early.connection.commit()
    page = come(2, cursor)
    assert [kind for kind, _ in told(page)] == ["flag.gone", "flag.objected"]
    assert read(cursor=page.cursor).changes == ()


def test_a_transaction_of_another_database_of_the_server_holds_nothing_up(committed: None) -> None:
    flag = factories.flag(of=factories.watch(OWN))
    other = psycopg2.connect(SUPERUSER_URL, dbname="postgres")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT txid_current()")
        event(flag)
        assert [kind for kind, _ in told(come(2))] == ["flag.raised", "flag.gone"]
    finally:
        other.close()


def test_one_that_is_rolled_back_leaves_nothing_and_no_gap(committed: None) -> None:
    flag = factories.flag(of=factories.watch(OWN))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        event(flag, "gone")
        raise ZeroDivisionError
    event(flag, "objected")
    assert [kind for kind, _ in told(come(2))] == ["flag.raised", "flag.objected"]


@database
def test_the_order_is_found_by_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [[f"{name}_order" for name in _ORDERED]])
        assert len(cursor.fetchall()) == len(_ORDERED)


_ORDERED = ("flag_event", "decision", "case_event", "referral_event")

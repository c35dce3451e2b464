"""What counts when: each kind of move in a week, its boundaries, and the sums made of rows."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from patrol import domain
from reports import queries, tally
from reports.figures import CaseFlow, Day, Delay, Flow, Row, Shared
from reports.period import IsoWeek

WEEK = IsoWeek(2026, 47)
BEFORE = IsoWeek(2026, 46)
START, END = WEEK.bounds()
MOMENT = START + timedelta(days=2, hours=5)
TICK = timedelta(microseconds=1)
LINES = ("flagged", "returned", "handed_in", "decided", "lowered", "handed_out")


def move(before: str | None = None, after: str | None = "waiting", **more: Any) -> Any:
    given: dict[str, Any] = {
        "at": MOMENT,
        "what": "raised",
        "by_people": False,
        "check_id": 1,
        "level": "high",
        "undone_at": None,
        "undoes_at": None,
        "undoes_from": None,
        "entered_at": None,
        "since": MOMENT,
        "again": False,
        "office_before": 1,
        "office_after": 1,
        "flag": 1,
    } | more
    return queries.Move(state_before=before, state_after=after, **given)


def counted(one: queries.Move, office: int | None = 1) -> list[str]:
    """The lines in which one move stands."""
    (week,) = tally.periods([one], [WEEK], office)
    return [line for line in LINES if getattr(week, line)]


def decision(before: str = "waiting", after: str = "confirmed", **more: Any) -> Any:
    return move(before, after, what=after, by_people=True, **more)


# --- one move -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "lines"),
    [
        (move(None), ["flagged"]),
        (move("parked"), ["flagged"]),
        (move("parked", again=True), ["returned"]),
        (move("dismissed"), ["returned"]),
        (move("waiting", "parked"), ["lowered"]),
        (move(None, "parked"), []),
        (move("waiting", "waiting"), ["returned"]),
    ],
)
def test_what_the_machine_does(one: Any, lines: Any) -> None:
    assert counted(one) == counted(one, None) == lines


@pytest.mark.parametrize(
    ("undone_at", "lines"),
    [(None, ["decided"]), (END, ["decided"]), (END + timedelta(days=9), ["decided"]), (END - TICK, []), (MOMENT, [])],
)
def test_a_decision_counts_unless_it_is_taken_back_before_the_week_is_over(undone_at: Any, lines: Any) -> None:
    assert counted(decision(undone_at=undone_at)) == counted(decision(undone_at=undone_at), None) == lines


@pytest.mark.parametrize(
    ("undoes_at", "undoes_from", "after", "lines"),
    [
        (START - TICK, "waiting", "waiting", ["returned"]),
        (START, "waiting", "waiting", []),
        (MOMENT, "waiting", "waiting", []),
        (MOMENT, "parked", "waiting", ["returned"]),  # it had been parked, and waits by the taking back
        (START - TICK, "needs_information", "needs_information", []),
        (MOMENT, "parked", "parked", []),
    ],
)
def test_a_taking_back_counts_where_the_decision_is_of_an_earlier_week(undoes_at: Any, undoes_from: str, after: str, lines: Any) -> None:
    one = move("confirmed", after, what="reversed", by_people=True, undoes_at=undoes_at, undoes_from=undoes_from)
    assert counted(one) == lines


@pytest.mark.parametrize(("office", "lines"), [(1, ["handed_out"]), (2, ["handed_in"]), (3, []), (None, [])])
def test_a_hand_over_is_out_of_one_queue_and_into_another_and_nothing_to_all(office: Any, lines: Any) -> None:
    one = move(None, "waiting", what="handed_over", by_people=True, office_before=1, office_after=2)
    assert counted(one, office) == lines
    assert counted(one._replace(office_after=1), office) == []


@pytest.mark.parametrize(
    ("before", "after", "since", "undone_at", "moved"),
    [
        ("waiting", "needs_information", START, END - TICK, True),
        ("waiting", "needs_information", START - TICK, END - TICK, False),
        ("waiting", "needs_information", START, END, False),
        ("waiting", "needs_information", START, None, False),
        ("confirmed", "needs_information", START, END - TICK, False),
        ("confirmed", "confirmed", START, None, False),
        ("waiting", "waiting", START - TICK, None, True),
    ],
)
def test_what_waits_is_handed_over_and_what_was_asked_in_vain_within_the_week(
    before: str, after: str, since: Any, undone_at: Any, moved: bool
) -> None:
    one = move(before, after, what="handed_over", by_people=True, since=since, undone_at=undone_at, office_before=1, office_after=2)
    assert (counted(one, 1), counted(one, 2)) == ((["handed_out"], ["handed_in"]) if moved else ([], []))


def test_each_move_counts_in_its_own_week_and_in_none_outside_the_series() -> None:
    moves = [move(None, at=at) for at in (START - TICK, START, MOMENT, END - TICK, END)]
    counts = tally.periods(moves, [BEFORE, WEEK], 1)
    assert [(one.period, [each.at for each in one.flagged]) for one in counts] == [
        (BEFORE, [START - TICK]),
        (WEEK, [START, MOMENT, END - TICK]),
    ]


# --- sums -----------------------------------------------------------------------------------------------


def a_week() -> tally.PeriodCount:
    """Each line with another number of moves; of the decisions one did not wait."""
    one = move()
    return tally.PeriodCount(
        WEEK,
        flagged=[one] * 16,
        returned=[one] * 8,
        handed_in=[one] * 4,
        lowered=[one] * 2,
        handed_out=[one],
        decided=[decision()] * 3 + [decision("needs_information")],
    )


def test_the_queue_became_longer_by_what_came_less_what_went() -> None:
    week = a_week()
    assert len(week.out_of_queue) == 3
    assert week.net == 16 + 8 + 4 - 3 - 2 - 1
    flow = tally.flow(week, 10, 32)
    assert flow == Flow(start=10, flagged=16, returned=8, handed_in=4, decided=3, lowered=2, handed_out=1, end=32)
    assert flow.balance == 0


def test_the_ends_of_earlier_weeks_follow_from_the_last_one() -> None:
    assert tally.backwards(20, [99, 3, -5, 7]) == [15, 18, 13, 20]
    assert tally.backwards(4, [1]) == [4]


def took(hours: Any, outcome: str = "confirmed", level: str | None = "high", minutes: int = 0) -> Any:
    return decision(after=outcome, level=level, entered_at=MOMENT - timedelta(hours=hours, minutes=minutes))


def test_whole_hours_of_what_ends_the_matter_shortest_first() -> None:
    moves = [
        took(5, minutes=59),
        took(2, "dismissed", "medium"),
        took(1, "needs_information"),
        decision(entered_at=None),
        took(0, minutes=59),
        took(3, level=None),
    ]
    assert tally.hours(moves) == [0, 2, 3, 5]
    assert (tally.hours(moves, "high"), tally.hours(moves, "medium"), tally.hours(moves, "low")) == ([0, 5], [2], [])
    assert tally.timed(moves, "high") == [moves[0], moves[4]]


@pytest.mark.parametrize(
    ("count", "half", "most"), [(0, None, None), (1, 1, 1), (2, 1, 2), (3, 2, 3), (10, 5, 9), (11, 6, 10), (100, 50, 90)]
)
def test_half_and_nine_of_ten_are_decided_within(count: int, half: Any, most: Any) -> None:
    ordered = list(range(1, count + 1))
    assert (tally.percentile(ordered, 50), tally.percentile(ordered, 90)) == (half, most)


def test_the_delays_of_both_weeks_stand_by_level() -> None:
    now = tally.PeriodCount(WEEK, decided=[took(n) for n in range(1, 101)] + [took(500, level="medium")])
    before = tally.PeriodCount(BEFORE, decided=[took(n, level="medium") for n in range(201, 301)])
    assert tally.delays(now, before) == (
        Delay("all", 101, 51, 91, 250, 290),
        Delay("high", 100, 50, 90, None, None),
        Delay("medium", 1, 500, 500, 250, 290),
    )


# --- breakdowns -----------------------------------------------------------------------------------------


def test_most_first_then_most_before_then_by_name_and_what_has_no_name_last() -> None:
    now, before = ["", "", "", "my", "sa", "tw", "tw", "hk"], ["sa", "jp", "", "tw"]
    assert tally.breakdown(now, before) == (
        Row("tw", 2, 1),
        Row("sa", 1, 1),
        Row("hk", 1, 0),
        Row("my", 1, 0),
        Row("jp", 0, 1),
        Row("", 3, 1),
    )


def test_in_a_given_order_exactly_these_stand_there() -> None:
    assert tally.breakdown(["b", "b", "x"], ["a"], order=("a", "b", "c")) == (Row("a", 0, 1), Row("b", 2, 0), Row("c", 0, 0))


@pytest.mark.parametrize("unnamed", [0, 3])
def test_of_a_long_one_what_would_follow_the_seventh_is_one_row(unnamed: int) -> None:
    def keys(count: Any) -> Any:
        return [key for number, key in enumerate("abcdefghij"[:count]) for _one in range(20 - number)] + [""] * unnamed

    last = (Row("", unnamed, unnamed),) if unnamed else ()
    seven = tuple(Row(key, 20 - number, 20 - number) for number, key in enumerate("abcdefg"))
    assert tally.shortened(tally.breakdown(keys(8), keys(8)), 7) == (*seven, Row("h", 13, 13), *last)
    assert tally.shortened(tally.breakdown(keys(9), keys(8)), 7) == (*seven, Row("*", 13 + 12, 13), *last)
    assert len(tally.breakdown(keys(9), keys(8))) == 9 + len(last)


def checked(verdict: str = "no_licence", own: Any = None, countries: Any = ()) -> Any:
    return queries.Checked(1, verdict, own, [], list(countries), "telegram", [])


@pytest.mark.parametrize(
    ("verdict", "own", "key"),
    [
        ("licensed", True, "licensed"),
        ("licensed", None, "licensed"),
        ("licensed", False, "licensed:contact"),
        ("agency_revoked", False, "agency_revoked"),
        ("agency_revoked", True, "agency_revoked"),
    ],
)
def test_a_licence_with_a_foreign_contact_has_a_row_of_its_own(verdict: str, own: Any, key: str) -> None:
    assert tally.verdict_key(checked(verdict, own)) == key


def test_each_value_counts_and_a_check_without_any_once() -> None:
    checks = [checked(countries=["tw", "my"]), checked(), checked(countries=["tw"])]
    assert tally.each(checks, lambda one: one.countries) == ["tw", "my", "", "tw"]


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (0, "under_1"),
        (1 - 1e-6, "under_1"),
        (1, "1_to_3"),
        (3 - 1e-6, "1_to_3"),
        (3, "3_to_7"),
        (7 - 1e-6, "3_to_7"),
        (7, "from_7"),
        (90, "from_7"),
    ],
)
def test_how_long_it_has_waited(days: Any, key: str) -> None:
    flag = queries.Queued(MOMENT, "waiting", MOMENT - timedelta(days=days), 1, 1)
    assert tally.age(flag, MOMENT) == key
    assert tally.ages([flag, flag._replace(entered_at=None)], MOMENT) == [key, "under_1"]


# --- days -----------------------------------------------------------------------------------------------


def test_a_day_is_one_in_jakarta() -> None:
    seventeen = datetime(2026, 11, 16, 17, tzinfo=UTC)  # midnight there
    assert tally.by_day([move(at=seventeen - TICK), move(at=seventeen), move(at=seventeen)]) == Counter(
        {date(2026, 11, 16): 1, date(2026, 11, 17): 2}
    )


def test_seven_days_each_beside_the_same_day_of_the_week_before() -> None:
    tuesday = datetime(2026, 11, 17, 12, tzinfo=domain.LAW_ZONE)
    ago = tuesday - timedelta(days=7)
    now = tally.PeriodCount(WEEK, flagged=[move(at=tuesday)] * 3, decided=[decision(at=tuesday)] * 2)
    before = tally.PeriodCount(BEFORE, flagged=[move(at=ago)] * 5, decided=[decision(at=ago)] * 4)
    read = [
        queries.Read(1, tuesday.date(), 10),
        queries.Read(2, tuesday.date(), 7),
        queries.Read(None, ago.date(), 6),
        queries.Read(1, ago.date() - timedelta(days=1), 99),
    ]
    days = tally.days(now, before, until=tuesday, read=read, blind=frozenset({"2026-11-18"}))
    assert [one.date for one in days] == [f"2026-11-{day}" for day in range(16, 23)]
    assert days[1] == Day(
        "2026-11-17", read=17, flagged=3, decided=2, read_before=6, flagged_before=5, decided_before=4, blind=False, begun=True
    )
    assert [one.begun for one in days] == [True, True, False, False, False, False, False]
    assert [one.blind for one in days] == [False, False, True, False, False, False, False]
    assert [(one.read, one.flagged, one.decided, one.flagged_before) for one in days[2:]] == [(0, 0, 0, 0)] * 5


def test_of_shared_contacts_the_masked_value_and_the_week_since_are_kept() -> None:
    seen = [queries.Seen("phone", "+6284012345678", 3, 2, MOMENT, 7)]
    assert tally.masked(seen, IsoWeek) == (Shared("phone", "+62 840-••••78", 3, 2, "2026-W47"),)


# --- cases ----------------------------------------------------------------------------------------------


def case(kind: str = "opened", at: Any = MOMENT, opened_at: Any = None, withdrawn_at: Any = None) -> Any:
    return queries.CaseMove(at, kind, 1, opened_at or at, withdrawn_at)


@pytest.mark.parametrize(
    ("opened_at", "withdrawn_at", "stays"),
    [
        (MOMENT, None, True),
        (MOMENT, MOMENT + TICK, False),
        (START, END - TICK, False),
        (START, END, True),
        (START - TICK, MOMENT, True),
        (START - timedelta(days=7), START - timedelta(days=6), False),
    ],
)
def test_a_case_opened_and_undone_within_one_week_leaves_no_trace(opened_at: Any, withdrawn_at: Any, stays: bool) -> None:
    one = case(opened_at=opened_at, withdrawn_at=withdrawn_at)
    assert tally.standing([one], END, IsoWeek) == ([one] if stays else [])


def test_what_is_undone_after_the_figures_were_taken_stands_in_them() -> None:
    one = case(opened_at=MOMENT, withdrawn_at=MOMENT + timedelta(hours=1))
    for until, found in ((MOMENT + timedelta(hours=1), [one]), (MOMENT + timedelta(hours=1) + TICK, [])):
        assert tally.standing([one], until, IsoWeek) == found


def test_cases_by_what_became_of_them_in_the_last_two_weeks_of_the_series() -> None:
    ago, long_ago = MOMENT - timedelta(days=7), MOMENT - timedelta(days=14)
    moves = [
        *[case()] * 16,
        *[case("reopened")] * 8,
        *[case("closed")] * 4,
        *[case("escalated")] * 2,
        *[case(at=ago)] * 7,
        *[case("closed", ago)] * 5,
        *[case("escalated", ago)] * 3,
        case("reopened", ago),
        *[case(at=long_ago)] * 9,
        *[case("closed", long_ago)] * 9,
    ]
    made, opened = tally.cases(moves, [IsoWeek(2026, 45), BEFORE, WEEK], 2, 22)
    assert opened == [9, 7, 16]
    assert made == CaseFlow(
        start=2, opened=16, reopened=8, closed=4, end=22, escalated=2, opened_before=7, closed_before=5, escalated_before=3
    )
    assert made.balance == 0

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency, Standing, StandingStatus
from patrol.engine.licences import standing

ACTIVE = Standing("active", date(2024, 1, 1))
SUSPENDED = Standing("suspended", date(2026, 3, 1), date(2026, 5, 31), "SK 12/2026")


def status(day: date, *standings: Standing, gone_since: date | None = None) -> str:
    return standing.on(Agency("PT Contoh", standings=standings, gone_since=gone_since), day).status


def test_a_period_without_end_holds_until_the_next_row() -> None:
    assert status(date(2026, 2, 28), ACTIVE, SUSPENDED) == "active"
    assert status(date(2026, 3, 1), ACTIVE, SUSPENDED) == "suspended"
    assert status(date(2099, 1, 1), ACTIVE) == "active"


def test_a_sanction_for_a_term_ends_with_its_last_day() -> None:
    assert status(date(2026, 5, 31), ACTIVE, SUSPENDED) == "suspended"
    assert status(date(2026, 6, 1), ACTIVE, SUSPENDED) == "active"


def test_on_a_day_of_two_rows_the_earlier_holds() -> None:
    after = Standing("supervised", date(2026, 5, 31))
    assert status(date(2026, 5, 31), SUSPENDED, after) == "suspended"
    assert status(date(2026, 6, 1), SUSPENDED, after) == "supervised"


def test_before_the_first_row_nothing_is_known() -> None:
    found = standing.on(Agency("PT Contoh", standings=(SUSPENDED,)), date(2026, 2, 28))
    assert found == standing.Standing("active", None, unknown_before=date(2026, 3, 1))


def test_an_agency_that_is_gone_has_no_row_from_that_day() -> None:
    revoked = Standing("revoked", date(2026, 1, 1))
    agency = Agency("PT Contoh", standings=(revoked,), gone_since=date(2026, 6, 1))
    assert standing.on(agency, date(2026, 5, 31)) == standing.Standing("revoked", revoked)
    assert standing.on(agency, date(2026, 6, 1)) == standing.Standing("active", gone=True)


@given(
    st.lists(st.tuples(st.sampled_from(list(StandingStatus)), st.integers(1, 400), st.integers(0, 400)), max_size=5),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_every_day_has_one_standing_and_it_is_a_row_of_that_day(rows: list[tuple[str, int, int]], day: date) -> None:
    periods: list[Standing] = []
    since = date(2021, 1, 1)
    for each, pause, length in rows:
        since += timedelta(days=pause)
        until = since + timedelta(days=length) if length else None
        periods.append(Standing(each, since, until))
        since = until or since
    found = standing.on(Agency("PT Contoh", standings=tuple(periods)), day)
    if found.period is None:
        assert found.status == StandingStatus.ACTIVE
    else:
        assert found.period in periods
        assert found.period.since <= day <= (found.period.until or day)

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.sources.shared import times


@pytest.mark.parametrize(
    ("written", "moment", "assumed"),
    [
        ("Sun, 22 Nov 2026 10:10:00 +0700", datetime(2026, 11, 22, 3, 10, tzinfo=UTC), False),
        ("Sun, 22 Nov 2026 10:10:00 GMT", datetime(2026, 11, 22, 10, 10, tzinfo=UTC), False),
        ("Sun, 22 Nov 2026 10:10:00 -0000", datetime(2026, 11, 22, 10, 10, tzinfo=UTC), False),
        ("Minggu, 22 November 2026 10:10:00 WIB", datetime(2026, 11, 22, 3, 10, tzinfo=UTC), False),
        ("Jumat, 1 Mei 2026 10:10 WITA", datetime(2026, 5, 1, 2, 10, tzinfo=UTC), False),
        ("17 Agustus 2026 10:10:00 WIT", datetime(2026, 8, 17, 1, 10, tzinfo=UTC), False),
        ("05 Okt 2026 10:10:00", datetime(2026, 10, 5, 3, 10, tzinfo=UTC), True),
        ("2026-11-22T10:10:00Z", datetime(2026, 11, 22, 10, 10, tzinfo=UTC), False),
        ("2026-11-22 10:10:00", datetime(2026, 11, 22, 3, 10, tzinfo=UTC), True),
        ("2026-11-22", datetime(2026, 11, 21, 17, 0, tzinfo=UTC), True),
        ("0001-01-01T00:00:00+07:00", None, False),
        ("32 Nov 2026 10:10:00", None, False),
        ("besok", None, False),
        ("", None, False),
    ],
)
def test_a_time_as_feeds_write_it(written: str, moment: Any, assumed: bool) -> None:
    assert times.parse(written) == (moment, assumed)


@given(st.text())
def test_no_text_breaks_it(written: Any) -> None:
    moment, _assumed = times.parse(written)
    assert moment is None or moment.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.just(UTC)))  # noqa: DTZ001
def test_iso_times_come_back(moment: Any) -> None:
    assert times.parse(moment.isoformat()) == (moment, False)

"""What stands out of a week of reading: a hit, a miss and a near miss of each."""

from __future__ import annotations

from datetime import date

import pytest

from patrol.domain.unusual_reading import Unusual, Week, Why, found

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.mark.parametrize(
    ("week", "out"),
    [
        # over three times the own median of the weeks worked: exactly three times is none
        (Week(shown=301, before=(100, 40, 900)), (Unusual(Why.MUCH, 301, 300),)),
        (Week(shown=300, before=(100, 40, 900)), ()),
        (Week(shown=120, before=(100, 40, 900)), ()),
        # whoever has no week before: a floor, or three times what is usual at their office
        (Week(shown=301, before=()), (Unusual(Why.MUCH, 301, 300),)),
        (Week(shown=300, before=()), ()),
        (Week(shown=601, before=(), office=200.0), (Unusual(Why.MUCH, 601, 600),)),
        (Week(shown=600, before=(), office=200.0), ()),
        (Week(shown=300, before=(), office=2.0), ()),
        (Week(shown=8, before=(2, 3)), (Unusual(Why.MUCH, 8, 7),)),  # a median of two and a half
        (Week(shown=7, before=(2, 3)), ()),
        # outside of the working hours
        (Week(shown=5, before=(5,), outside=1), (Unusual(Why.OUTSIDE, 1, 0),)),
        (Week(shown=5, before=(5,), outside=0), ()),
        # things of other offices: each day by itself
        (Week(others={TUESDAY: 21, MONDAY: 40}), (Unusual(Why.OTHERS, 40, 20, MONDAY), Unusual(Why.OTHERS, 21, 20, TUESDAY))),
        (Week(others={MONDAY: 20, TUESDAY: 20}), ()),
        (Week(others={}), ()),
        # the own name
        (Week(own=1), (Unusual(Why.OWN, 1, 0),)),
        (Week(own=0), ()),
    ],
)
def test_what_stands_out(week: Week, out: tuple[Unusual, ...]) -> None:
    assert found(week) == out


def test_all_that_stands_out_is_said() -> None:
    week = Week(shown=4, before=(1,), outside=2, others={MONDAY: 21}, own=3)
    assert [one.why for one in found(week)] == [Why.MUCH, Why.OUTSIDE, Why.OTHERS, Why.OWN]

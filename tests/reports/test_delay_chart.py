"""The chart of hours to a decision: one scale from 0, numbers that do not meet, a limit only where it fits."""

from __future__ import annotations

import re
from typing import Any

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reports import delay_chart
from reports.figures import Delay

spans = st.none() | st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)).map(sorted)


def delay(key: str, now: Any, before: Any) -> Delay:
    return Delay(key, 1, *(now or (None, None)), *(before or (None, None)))


@given(st.lists(st.tuples(spans, spans), min_size=3, max_size=3), st.integers(1, 400))
def test_all_lies_inside_on_one_scale(rows: Any, limit: int) -> None:
    delays = [delay(key, *row) for key, row in zip(("all", "high", "medium"), rows, strict=True)]
    made = delay_chart.chart(delays, {"high": limit}, before=True)
    if made is None:
        assert all(now is None and before is None for now, before in rows)
        return
    shown = [(one.median, row.now.median) for one, row in zip(delays, made.rows, strict=True) if row.now]
    shown += [(one.slow_before, row.before.slow) for one, row in zip(delays, made.rows, strict=True) if row.before]
    shown += [(row.limit_hours, row.limit) for row in made.rows if row.limit]
    ordered = [float(x) for _hours, x in sorted(shown, key=lambda pair: (pair[0], float(pair[1])))]
    assert ordered == sorted(ordered)
    assert all(delay_chart._LEFT <= x <= delay_chart.WIDTH - delay_chart._RIGHT for x in ordered)


def test_numbers_that_would_meet_stand_apart() -> None:
    made = delay_chart.chart([delay("all", (9, 10), None), delay("high", (4, 40), None)], {}, before=False)
    assert made is not None
    assert [(row.slow_beside, row.before) for row in made.rows] == [(True, None), (False, None)]


def test_a_limit_far_away_is_left_to_the_table() -> None:
    near, far = (delay_chart.chart([delay("high", (1, 4), None)], {"high": hours}, before=False) for hours in (12, 13))
    assert near is not None
    assert far is not None
    assert ([row.limit != "" for row in near.rows], [row.limit != "" for row in far.rows]) == ([True], [False])


def test_nothing_decided_draws_nothing() -> None:
    assert delay_chart.chart([delay("all", None, None)], {"high": 12}, before=True) is None


def test_the_drawing_speaks_without_a_style_sheet() -> None:
    made = delay_chart.chart([delay("high", (4, 31), (5, 20))], {"high": 12}, before=True)
    assert made is not None
    svg = render_to_string("reports/delays.svg", {"chart": made, "rows": [("Tinggi", row) for row in made.rows]})
    assert re.findall(r"class=|style=", svg) == []
    assert [" ".join(text.split()) for text in re.findall(r"<text[^>]*>([^<]*)<", svg)] == ["Tinggi", "4", "31", "batas 12"]
    assert svg.count("stroke-dasharray") == 1

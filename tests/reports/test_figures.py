"""Figures as values: quartiles, balances, JSON without a loss."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from reports.figures import USUAL_FROM, BlindWatch, CaseFlow, Figures, Flow, Measure, Row, fingerprint

counts = st.integers(0, 10_000)
series = st.lists(st.none() | counts, min_size=12, max_size=12).map(tuple)


def _series(*known: int | None) -> tuple[int | None, ...]:
    return (*(None,) * (12 - len(known)), *known)


@given(series)
def test_the_usual_range_lies_among_the_weeks_before(values: Any) -> None:
    measure = Measure("flagged", values)
    earlier = [value for value in values[:-1] if value is not None]
    if len(earlier) < USUAL_FROM:
        assert measure.usual is None
    else:
        assert measure.usual is not None
        low, high = measure.usual
        assert min(earlier) <= low <= high <= max(earlier)


@given(series)
def test_outside_is_0_exactly_inside_the_range(values: Any) -> None:
    measure = Measure("flagged", values)
    if measure.usual is None or measure.now is None:
        assert measure.outside == 0
    else:
        assert measure.usual is not None
        low, high = measure.usual
        assert (measure.outside == 0) == (low <= measure.now <= high)
        assert (measure.outside > 0) == (measure.now > high)


def test_quartiles_of_eleven_weeks() -> None:
    """The series of the weekly summary's mock-up: 68 to 75 is usual, 96 is 21 above."""
    measure = Measure("flagged", (62, 68, 74, 66, 70, 77, 69, 72, 80, 75, 71, 96))
    assert (measure.usual, measure.outside, measure.now, measure.before, measure.change) == ((69, 75), 21, 96, 71, 25)


@pytest.mark.parametrize(("known", "usual"), [((1, 2, 3, 9), None), ((1, 2, 3, 4, 9), (2, 3))])
def test_too_few_weeks_have_no_usual_range(known: Any, usual: Any) -> None:
    assert Measure("flagged", _series(*known)).usual == usual


def test_no_change_without_a_week_before() -> None:
    assert Measure("flagged", _series(9)).change is None


@pytest.mark.parametrize(("end", "balance"), [(23, 0), (22, 1), (24, -1)])
def test_the_queue_of_a_week(end: int, balance: int) -> None:
    assert Flow(15, 96, 0, 0, 88, 0, 0, end).balance == balance


def _figures(**changed: Any) -> Figures:
    plain = {
        "office": "jateng",
        "office_name": "BP3MI Jawa Tengah",
        "year": 2026,
        "week": 47,
        "until": "2026-11-23T00:00:00+07:00",
        "preliminary": False,
        "register_date": None,
        "register_edition": None,
        "measures": (Measure("read", _series(1, 2)),),
        "days": (),
        "levels": (),
        "decisions": (),
        "flow": Flow(0, 0, 0, 0, 0, 0, 0, 0),
        "asked": Row("x", 0, 0),
        "ages": (),
        "oldest_hours": None,
        "delays": (),
        "verdicts": (),
        "kinds": (),
        "countries": (Row("KH", 3, 1),),
        "platforms": (),
        "places": (),
        "indicators": (),
        "cases": CaseFlow(0, 1, 0, 0, 1, 0, 0, 0, 0),
        "watches": 1,
        "blind": (BlindWatch("Pantauan", "telegram", ("2026-11-19",), domain.Sentence("a", "b"), None),),
        "sentences": (domain.Sentence("satu", "one"),),
    }
    return Figures(**{**plain, **changed})


def test_to_json_and_back() -> None:
    figures = _figures()
    stored = json.loads(json.dumps(figures.to_json()))
    assert Figures.from_json(stored) == figures


def test_an_edition_of_an_earlier_version_stays_readable() -> None:
    stored = _figures().to_json()
    del stored["offices"], stored["version"]
    stored["no_longer_known"] = 1
    assert Figures.from_json(stored) == _figures()


def test_the_fingerprint_follows_content_not_order() -> None:
    stored = _figures().to_json()
    turned = dict(reversed(stored.items()))
    assert fingerprint(turned) == fingerprint(stored)
    assert fingerprint(dataclasses.replace(_figures(), watches=2).to_json()) != fingerprint(stored)

"""Numbers that leave the house."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from patrol import models
from patrol.infra import series
from tests import races
from tests.factories import NOW


@pytest.mark.django_db
def test_numbers_follow_each_other_by_series_and_year() -> None:
    assert series.take("TND", 2, now=NOW) == ["TND-26-000001", "TND-26-000002"]
    assert series.take("TND", 1, now=NOW) == ["TND-26-000003"]
    assert series.take("PKR", 1, now=NOW) == ["PKR-26-0001"]
    assert series.take("TND", 0, now=NOW) == []
    assert list(models.Series.objects.order_by("name").values_list("name", "year", "last")) == [("PKR", 2026, 1), ("TND", 2026, 3)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), "PKR-26-0001"),  # 23.59.59 WIB
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "PKR-27-0001"),  # midnight WIB
    ],
)
def test_the_year_turns_at_midnight_in_jakarta(moment: datetime, number: str) -> None:
    assert series.take("PKR", 1, now=moment) == [number]


@pytest.mark.django_db
def test_a_number_past_the_width_grows_longer() -> None:
    series.take("PKR", 9999, now=NOW)
    assert series.take("PKR", 1, now=NOW) == ["PKR-26-10000"]


@pytest.mark.usefixtures("committed")
def test_what_is_rolled_back_leaves_no_hole() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        series.take("PKR", 5, now=NOW)
        raise ZeroDivisionError
    assert series.take("PKR", 1, now=NOW) == ["PKR-26-0001"]


@pytest.mark.usefixtures("committed")
def test_two_at_once_get_different_numbers() -> None:
    series.take("TND", 1, now=NOW)
    lock = "SELECT 1 FROM patrol_series FOR UPDATE"
    taken = races.race(lock, *[lambda: series.take("TND", 2, now=NOW)] * 3)
    assert sorted(number for numbers in taken for number in numbers) == [f"TND-26-{n:06d}" for n in range(2, 8)]

"""Figures for other systems: the frozen editions of their office, as they were frozen."""

from __future__ import annotations

from typing import Any

import pytest

from patrol import models
from patrol.access import Action
from patrol.models import Role
from reports import summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_an_edition_with_its_figures() -> None:
    factories.flag()
    by = factories.person(Role.SUPERVISOR)
    made = summary.freeze(office_id=by.office_id, period=IsoWeek(2026, 47), by=by, now=NOW)
    asks = asking.asks("figures", by=by)
    told = asks.get("figures")
    [row] = told["items"]
    assert (row["id"], row["number"], row["office"], row["ordinal"], row["edition"]) == (made.pk, made.number, "bp3mi-jabar", 47, 1)
    assert (row["kind"], row["year"], row["preliminary"], row["sha256"]) == ("week", 2026, made.preliminary, made.sha256)
    assert told["next"] is None
    assert models.Consultation.objects.count() == 0
    one = asks.get(f"figures/{made.pk}")
    assert one == row | {"complete": True, "figures": made.figures}
    assert models.Consultation.objects.get().target_kind == "weeklysummary"
    assert asks.get("figures", kind="month")["items"] == asks.get("figures", year=2025)["items"] == []
    assert asks.get(f"figures/{made.pk + 1}", status=404)["code"] == "api.nothing"


def test_how_far_colleagues_agree_is_left_out_where_it_is_not_the_makers_to_see(monkeypatch: pytest.MonkeyPatch) -> None:
    by = factories.person(Role.SUPERVISOR)
    fields = {"kind": "week", "year": 2026, "week": 46, "edition": 1, "frozen_at": NOW, "frozen_by": by, "sha256": "0" * 64}
    made = WeeklySummary.objects.create(office=by.office, figures={"agreement": {"rows": 1}, "read": 2}, **fields)
    asks = asking.asks("figures", by=by)
    assert asks.get(f"figures/{made.pk}")["figures"] == {"agreement": {"rows": 1}, "read": 2}
    monkeypatch.setattr("reports.summary.may", lambda _person, action, _office_id: action != Action.QUALITY_VIEW)
    told = asks.get(f"figures/{made.pk}")
    assert (told["complete"], told["figures"]) == (False, {"read": 2})


@pytest.mark.parametrize("rows", [1, 30])
def test_what_a_list_asks_of_the_database(rows: int, django_assert_num_queries: Any) -> None:
    by = factories.person(Role.SUPERVISOR)
    fields = {"kind": "week", "year": 2026, "week": 46, "frozen_at": NOW, "frozen_by": by, "sha256": "0" * 64, "figures": {}}
    for edition in range(1, rows + 1):
        WeeklySummary.objects.create(office=by.office, edition=edition, correction_reason="Uji" if edition > 1 else "", **fields)
    asks = asking.asks("figures", by=by)
    asks.get("figures")
    with django_assert_num_queries(3):  # token, pace, editions
        assert len(asks.get("figures")["items"]) == rows

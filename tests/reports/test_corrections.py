"""Objections and corrections in the summary: by day and office, frozen with the edition, each number with its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patrol import models
from reports import listing, summary
from reports.figures import Figures
from reports.listing import Wanted
from reports.period import IsoWeek
from tests import factories
from tests.cases import objected
from tests.factories import NOW

pytestmark = pytest.mark.django_db
WEEK = IsoWeek.of(NOW)
END = WEEK.bounds()[1]


def counted(figures: Figures) -> dict[str, tuple[int, int]]:
    return {row.key: (row.now, row.before) for row in figures.corrections}


@pytest.fixture
def officer() -> models.Person:
    return factories.person()


def test_they_count_by_day_and_office_and_stay(officer: models.Person) -> None:
    second = objected.supervisor()
    first, copy, other, far = factories.flags(4)
    models.Flag.objects.filter(pk=copy.pk).update(row_key=first.row_key)
    upheld = objected.enter(objected.decided(first, by=officer), officer, NOW)
    objected.decide(upheld, second, now=NOW)
    objected.decide(objected.enter(objected.decided(other, by=officer), officer, NOW), second, "rejected", now=NOW)
    late = objected.enter(objected.decided(far, by=officer), officer, NOW)
    collected: dict[str, Any] = {"office": first.office, "period": WEEK, "now": END}
    before = summary.collect(**collected)
    assert counted(before) == {
        "entered": (3, 0),
        "upheld": (1, 0),
        "partly": (0, 0),
        "rejected": (1, 0),
        "inadmissible": (0, 0),
        "corrected": (2, 0),
    }
    assert before.balanced
    assert Figures.from_json(before.to_json()) == before
    # Decided in the week after: this week says the same, and that one has it.
    objected.decide(late, second, "inadmissible", now=END + timedelta(hours=1))
    assert summary.collect(**collected).corrections == before.corrections
    following = summary.collect(office=first.office, period=WEEK.next(), now=END + timedelta(days=1))
    assert (counted(following)["inadmissible"], counted(following)["entered"]) == ((1, 0), (0, 3))
    elsewhere = summary.collect(office=factories.office("bp3mi-ntb"), period=WEEK, now=END)
    assert set(counted(elsewhere).values()) == {(0, 0)}
    rows = {key: {(one.kind, one.id) for one in listing.items(before, first.office, Wanted("corrections", key))} for key in counted(before)}
    assert (rows["corrected"], rows["upheld"]) == ({("flag", first.pk), ("flag", copy.pk)}, {("objection", upheld.pk)})
    assert {key: len(found) for key, found in rows.items()} == {key: now for key, (now, _last) in counted(before).items()}


def test_the_sheet_shows_them_and_leads_to_them(officer: models.Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: END + timedelta(hours=1))
    flag = objected.decided(by=officer)
    made = objected.enter(flag, officer, NOW)
    client = Client()
    client.force_login(factories.person("supervisor"))
    sheet = client.get(reverse("admin:reports_weeklysummary_week", args=[flag.office.code, str(WEEK)])).content.decode()
    assert ("Keberatan dicatat" in sheet, "what=corrections" in sheet) == (True, True)
    rows = client.get(
        reverse("admin:reports_weeklysummary_week_rows", args=[flag.office.code, str(WEEK)]), {"what": "corrections", "key": "entered"}
    ).content.decode()
    assert (made.number in rows, reverse("admin:patrol_objection_change", args=[made.pk]) in rows, objected.NAME in rows) == (
        True,
        True,
        False,
    )


def test_an_edition_of_before_has_none_and_shows_none() -> None:
    figures = summary.collect(office=factories.office(), period=WEEK, now=END)
    told = figures.to_json()
    del told["corrections"]
    assert Figures.from_json(told).corrections == ()

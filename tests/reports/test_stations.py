"""Flags by the P4MI their posts came from: rows add up to the flags, few are told together, and each leads to its rows."""

from __future__ import annotations

from typing import Any

import pytest

from patrol import models
from reports import listing, stations, summary
from reports.figures import StationRow
from reports.listing import Wanted
from reports.stations import Origin
from reports.tally import REST
from tests.reports.test_summary import NOW, WEEK, at


def test_few_stand_together_and_what_came_from_none_behind() -> None:
    names = {1: "P4MI Cilacap", 2: "P4MI Kendal", 3: "P4MI Brebes"}
    found = {key: Origin(key, station, names[station]) for key, station in ((1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3))}
    rows = stations.table(found, [1, 2, 3, 4, 6, 8, 9], [5, 7, 10])
    assert rows == (StationRow("1", "P4MI Cilacap", 3, 0), StationRow(REST, "", 2, 2), StationRow("", "", 2, 1))
    assert [stations.of(found.get(key), rows) for key in (1, 4, 8)] == ["1", REST, ""]


def test_nothing_from_a_p4mi_says_nothing() -> None:
    assert stations.table({}, [1, 2], [3]) == ()


@pytest.mark.django_db
def test_an_office_s_week_tells_where_its_flagged_posts_came_from(patrol: Any) -> None:
    java, lampung = patrol.office("jateng", "BP3MI Jawa Tengah"), patrol.office("lampung", "BP3MI Lampung")
    cilacap, kendal = (models.Station.objects.create(office=java, name=name) for name in ("P4MI Cilacap", "P4MI Kendal"))
    patrol.watch(java, since=at(1))
    models.Watch.objects.filter(office=java).update(station=cilacap)
    for _ in range(4):
        flag = patrol.post(java, at(18))
    patrol.post(java, at(11))
    # Brought first by somebody who sits elsewhere, and by nobody's watch.
    intake = models.Intake.objects.create(
        kind="capture", person=patrol.person("officer", java), office=java, station=kendal, at=at(17), state="done"
    )
    models.Seen.objects.create(post=flag.post, intake=intake, at=at(17))
    patrol.post(lampung, at(18))
    figures = summary.collect(office=java, period=WEEK, now=NOW)
    assert [(row.key, row.name, row.now, row.before) for row in figures.stations] == [
        (str(cilacap.pk), "P4MI Cilacap", 3, 1),
        (REST, "", 1, 0),
        ("", "", 0, 0),
    ]
    assert sum(row.now for row in figures.stations) == figures.flagged
    for row in figures.stations:
        for when, number in (("now", row.now), ("before", row.before)):
            assert len(listing.items(figures, java, Wanted("stations", row.key, when))) == number, row
    assert len(listing.items(figures, java, Wanted("stations_all"))) == 4
    for other in (lampung, None):
        assert summary.collect(office=other, period=WEEK, now=NOW).stations == ()

"""Agencies under a sanction: which, by which edition, and the offers in their name before and since their decree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from patrol import models
from reports import listing, parts, sheets
from reports.figures import Figures, Sanction
from reports.listing import Wanted
from tests.reports.test_summary import WEEK, at, of

pytestmark = pytest.mark.django_db
SUSPENDED, REVOKED, PARTLY, LATER = "PT Contoh Bahari", "PT Contoh Jaya", "PT Contoh Sentosa", "PT Contoh Lama"

RECOUNT = """
SELECT count(DISTINCT p.id) FILTER (WHERE c.day < %(since)s), count(DISTINCT p.id) FILTER (WHERE c.day BETWEEN %(since)s AND %(until)s)
  FROM patrol_post p JOIN patrol_seen s ON s.post_id = p.id JOIN patrol_watch w ON w.id = s.watch_id
  JOIN patrol_postversion v ON v.post_id = p.id JOIN patrol_reading r ON r.version_id = v.id
  JOIN patrol_licencecheck c ON c.reading_id = r.id
 WHERE c.agency = %(agency)s AND p.first_seen >= %(start)s AND p.first_seen < %(end)s AND w.office_id = %(office)s"""


def standing(edition: models.RegisterEdition, name: str, *periods: tuple[str, date, date | None]) -> None:
    agency, _made = models.Agency.objects.get_or_create(edition=edition, name=name)
    for status, since, until in periods:
        models.Standing.objects.create(agency=agency, status=status, since=since, until=until, decree=f"Kep. {status} (contoh)")


@pytest.fixture
def full(patrol: Any) -> Any:
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    patrol.java = java
    for number, imported in ((1, at(1)), (2, at(18)), (3, at(24))):
        edition = models.RegisterEdition.objects.create(number=number, register_date=imported.date(), imported_at=imported)
        standing(edition, SUSPENDED, ("active", date(2020, 1, 1), None), ("suspended", date(2026, 11, 2), date(2026, 11, 20)))
        standing(edition, PARTLY, ("partly_suspended", date(2026, 10, 12), date(2027, 1, 11)))
        standing(edition, LATER, ("revoked", date(2025, 1, 1), None))
        standing(
            edition, "PT Contoh Selesai", ("suspended", date(2026, 10, 1), date(2026, 11, 15)), ("supervised", date(2026, 11, 16), None)
        )
        # ended by the one that follows, and revoked on a day only the second edition knows
        standing(edition, REVOKED, ("suspended", date(2026, 9, 1), None), *([("revoked", date(2026, 11, 17), None)] if number > 1 else []))
    for name, posted, count in (
        (SUSPENDED, 1, 1),
        (SUSPENDED, 2, 2),
        (SUSPENDED, 20, 1),
        (SUSPENDED, 21, 3),
        (REVOKED, 16, 2),
        (REVOKED, 17, 1),
    ):
        for _number in range(count):
            patrol.post(java, at(21), agency=name, posted_at=at(posted), level="none")
    patrol.post(java, at(14), agency=SUSPENDED, posted_at=at(14))  # read in the week before
    patrol.post(java, at(24), agency=SUSPENDED, posted_at=at(19))  # and after
    patrol.post(lampung, at(19), agency=PARTLY)
    patrol.post(java, at(19), agency="PT Contoh Baik")
    return patrol


def told(figures: Figures) -> list[tuple[str, str, int, int]]:
    return [(row.agency, row.status, row.before, row.after) for row in figures.sanctions]


def test_offers_stand_before_or_since_the_decree_of_the_edition_of_that_day(full: Any) -> None:
    figures = of(full.java)
    # The one revoked on the 17th had been suspended to the day before; one revoked long ago without an offer is counted only.
    assert told(figures) == [
        (SUSPENDED, "suspended", 1, 3),
        (REVOKED, "suspended", 0, 2),
        (REVOKED, "revoked", 2, 1),
        (PARTLY, "partly_suspended", 0, 0),
    ]
    assert figures.sanctioned == len(figures.sanctions) + 1
    assert figures.sanctions[0] == Sanction(SUSPENDED, "suspended", "Kep. suspended (contoh)", "2026-11-02", "2026-11-20", 1, 3)
    start, end = WEEK.bounds()
    for row in figures.sanctions:
        given = {"since": row.since, "until": row.until or "2999-01-01", "agency": row.agency, "start": start, "end": end}
        with connection.cursor() as cursor:
            cursor.execute(RECOUNT, given | {"office": full.java.pk})
            assert cursor.fetchone() == (row.before, row.after), row
    assert Figures.from_json(figures.to_json()) == figures


def test_each_number_leads_to_as_many_posts_and_the_week_stays(full: Any) -> None:
    before = of(full.java, now=at(23))
    for place, row in enumerate(before.sanctions):
        for side, count in (("before", row.before), ("after", row.after)):
            wanted = Wanted("sanctions", f"{place}:{side}")
            assert len(listing.items(before, full.java, wanted)) == count == listing.figure(before, wanted)
    assert of(full.java, now=at(30)) == before
    for wanted in (Wanted("sanctions", "0:since"), Wanted("sanctions", "9:after"), Wanted("sanctions", "0:after", "before")):
        with pytest.raises(listing.NoSuchFigureError):
            listing.items(before, full.java, wanted)


def test_of_two_that_begin_on_one_day_the_last_holds_and_rows_that_read_alike_keep_their_posts(patrol: Any) -> None:
    java = patrol.office("jateng")
    edition = models.RegisterEdition.objects.create(number=1, register_date=date(2026, 11, 1), imported_at=at(1))
    standing(edition, SUSPENDED, ("suspended", date(2026, 11, 17), None), ("revoked", date(2026, 11, 17), None))
    # Masked names are one: two agencies whose number stands in their name.
    alike = "PT Contoh +6284012345678", "PT Contoh +6284012345679"
    for name, count in zip(alike, (1, 2), strict=True):
        standing(edition, name, ("suspended", date(2026, 11, 2), None))
        for _number in range(count):
            patrol.post(java, at(18), agency=name, posted_at=at(18), level="none")
    figures = of(java)
    assert [(row.agency == SUSPENDED, row.status, row.after) for row in figures.sanctions] == [
        (False, "suspended", 2),
        (False, "suspended", 1),
        (True, "revoked", 0),
    ]
    assert figures.sanctions[0].agency == figures.sanctions[1].agency
    assert [len(listing.items(figures, java, Wanted("sanctions", f"{place}:after"))) for place in (0, 1)] == [2, 1]


def test_without_a_register_nobody_is_under_a_sanction(patrol: Any) -> None:
    patrol.post(patrol.office("jateng"), at(17), agency=SUSPENDED)
    figures = of(patrol.office("jateng"))
    assert (figures.sanctions, figures.sanctioned) == ((), 0)
    assert not any(parts.sanctions(figures).values())


def test_where_nobody_is_under_a_sanction_it_says_so_and_where_nobody_looked_nothing(patrol: Any) -> None:
    figures = replace(of(patrol.office("jateng")), register_date="2026-11-20")
    with translation.override("en"):
        said = [
            parts.sanctions(one)["sanctions_others"]
            for one in (figures, replace(figures, sanctioned=2), replace(figures, version=2), replace(figures, register_date=None))
        ]
        anchors = [key for key, _title in sheets.sheet(figures)["anchors"]]
    assert said[0] == "No agency was under a sanction, by the register of that day."
    assert said[1].startswith("2 more agencies")
    assert said[2:] == ["", ""]
    assert "sanctions" in anchors

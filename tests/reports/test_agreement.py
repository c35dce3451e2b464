"""How far second looks agreed: by the moment of the look and the office of the flag, and of few looks nothing but that they were made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from patrol import models
from reports import listing
from reports.figures import Agreement
from reports.listing import Wanted
from tests.reports.test_summary import WEEK, at, of

pytestmark = pytest.mark.django_db

RECOUNT = """
SELECT count(*), count(*) FILTER (WHERE r.outcome = d.outcome) FROM patrol_decision d
  JOIN patrol_draw w ON w.decision_id = d.id JOIN patrol_review r ON r.draw_id = w.id AND r.step = 'second'
 WHERE (%s::bigint IS NULL OR w.office_id = %s) AND r.at >= %s AND r.at < %s"""


@pytest.fixture
def full(patrol: Any) -> Any:
    """Of the week before one look, of the week four, of another office one; a third look, and one that was drawn and not made."""
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    officer, second = patrol.person("officer", java), patrol.person("supervisor", java)
    patrol.java, patrol.lampung = java, lampung

    def looked(office: models.Office, outcome: str, when: Any, *, step: str = "second") -> models.Draw:
        flag = patrol.post(office, at(9))
        decision = patrol.decide(flag, "confirmed", at(10), officer)
        draw = models.Draw.objects.create(kind="second", flag=flag, decision=decision, office=office, day=at(10).date(), at=at(10))
        if outcome:
            models.Review.objects.create(draw=draw, step=step, outcome=outcome, reason="x", by=second, at=when)
        return draw

    start, end = WEEK.bounds()
    looked(java, "confirmed", start - timedelta(seconds=1))
    looked(java, "confirmed", start)
    looked(java, "confirmed", at(18))
    settled = looked(java, "dismissed", at(19))
    looked(java, "needs_information", end - timedelta(seconds=1))
    looked(java, "dismissed", end)
    looked(lampung, "confirmed", at(18))
    looked(java, "", None)
    models.Review.objects.create(
        draw=settled, step="third", outcome="confirmed", reason="x", by=patrol.person("supervisor", java), at=at(20)
    )
    return patrol


def test_looks_count_by_their_moment_and_of_few_nothing_is_told(full: Any) -> None:
    assert of(full.java).agreement == Agreement(4, 2, 1, None)
    assert of(full.lampung).agreement == Agreement(1, None, 0, None)
    assert of().agreement == Agreement(5, 3, 1, None)
    assert of(full.java, WEEK.next(), at(30)).agreement == Agreement(1, None, 4, 2)
    for office in (full.java, None):
        key = office.pk if office else None
        with connection.cursor() as cursor:
            cursor.execute(RECOUNT, [key, key, *WEEK.bounds()])
            told = of(office).agreement
            assert cursor.fetchone() == (told.looks, told.agreed)


def test_each_number_leads_to_as_many_flags(full: Any) -> None:
    figures = of(full.java)
    for key, count in (("looks", 4), ("agreed", 2), ("differed", 2)):
        wanted = Wanted("agreement", key)
        assert len(listing.items(figures, full.java, wanted)) == count == listing.figure(figures, wanted)
    assert len(listing.items(figures, full.java, Wanted("agreement", "looks", "before"))) == 1
    for wanted in (Wanted("agreement", "agreed", "before"), Wanted("agreement", "who")):
        with pytest.raises(listing.NoSuchFigureError):
            listing.figure(figures, wanted)

"""How far second looks agreed: by the moment of the look and the office of the flag; of few nothing but that they were made, and to those
alone who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.models import Role
from reports import agreement, listing, summary
from reports.agreement import Look
from reports.figures import Agreement
from reports.listing import Wanted
from tests.reports.test_summary import NOW, WEEK, at, of

pytestmark = pytest.mark.django_db

RECOUNT = """
SELECT count(*), count(*) FILTER (WHERE r.outcome = d.outcome) FROM patrol_decision d
  JOIN patrol_draw w ON w.decision_id = d.id JOIN patrol_review r ON r.draw_id = w.id AND r.step = 'second'
 WHERE (%s::bigint IS NULL OR w.office_id = %s) AND r.at >= %s AND r.at < %s"""


@pytest.fixture
def full(patrol: Any) -> Any:
    """Of the week before one look, of the week six, of another office one; a third look, and one that was drawn and not made."""
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
    looked(java, "confirmed", at(19))
    looked(java, "dismissed", at(19))
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
    assert of(full.java).agreement == Agreement(6, 3, 1, None)
    assert of(full.lampung).agreement == Agreement(1, None, 0, None)
    assert of().agreement == Agreement(7, 4, 1, None)
    assert of(full.java, WEEK.next(), at(30)).agreement == Agreement(1, None, 6, 3)
    for office in (full.java, None):
        key = office.pk if office else None
        with connection.cursor() as cursor:
            cursor.execute(RECOUNT, [key, key, *WEEK.bounds()])
            told = of(office).agreement
            assert cursor.fetchone() == (told.looks, told.agreed)


@pytest.mark.parametrize(
    ("agreed", "differed", "told"), [(3, 3, 3), (3, 0, 3), (0, 3, 0), (9, 2, None), (1, 9, None), (2, 0, None), (0, 0, None)]
)
def test_neither_side_is_told_of_one_or_two(agreed: int, differed: int, told: int | None) -> None:
    start = WEEK.bounds()[0]
    looks = [Look(start, 1, "confirmed", "confirmed")] * agreed + [Look(start, 1, "confirmed", "dismissed")] * differed
    assert agreement.told(looks, start) == Agreement(agreed + differed, told, 0, None)


def test_the_looks_alone_lead_to_their_flags(full: Any) -> None:
    figures = of(full.java)
    wanted = Wanted("agreement", "looks")
    assert len(listing.items(figures, full.java, wanted)) == 6 == listing.figure(figures, wanted)
    assert len(listing.items(figures, full.java, Wanted("agreement", "looks", "before"))) == 1
    for wanted in (Wanted("agreement", "agreed"), Wanted("agreement", "differed"), Wanted("agreement", "who")):
        with pytest.raises(listing.NoSuchFigureError):
            listing.figure(figures, wanted)


@pytest.mark.parametrize(("role", "sees"), [(Role.SUPERVISOR, True), (Role.OFFICER, False)])
def test_who_may_not_see_it_is_shown_none(full: Any, client: Client, monkeypatch: pytest.MonkeyPatch, role: str, sees: bool) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    edition = summary.freeze(office_id=full.java.pk, period=WEEK, by=full.person("supervisor", full.java), now=NOW)
    client.force_login(full.person(role, full.java))
    for page in ("edition", "print"):
        shown = client.get(reverse(f"admin:reports_weeklysummary_{page}", args=[edition.pk]))
        assert ([key for _title, key, _now, _before in shown.context["agreement"]] == ["looks", "agreed", "differed"]) == sees, page
        assert ("agreement" in "".join(template.name or "" for template in shown.templates)) == sees
    rows = reverse("admin:reports_weeklysummary_edition_rows", args=[edition.pk])
    assert client.get(rows, {"what": "agreement", "key": "looks"}).status_code == (200 if sees else 404)
    assert client.get(rows, {"what": "agreement", "key": "differed"}).status_code == 404
    assert client.get(rows, {"what": "closed", "key": "account", "when": "2"}).status_code == 404

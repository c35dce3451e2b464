"""Campaigns in the summary: as they stood at the end, whatever people and the machine made of them since, each number with its rows."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from patrol import models
from patrol.campaigns import judging, link_due
from patrol.domain.states import CampaignState, TieState
from patrol.infra.refusals import RefusedError
from patrol.pipeline import assessing
from reports import campaigns, listing, summary
from reports.figures import Figures
from reports.listing import Wanted
from reports.period import IsoWeek
from tests import factories
from tests.campaigns.test_campaigns import OFFERS, A, B, C, posted
from tests.campaigns.test_judging import CAMBODIA
from tests.factories import NOW

pytestmark = pytest.mark.django_db
WEEK = IsoWeek.of(NOW)
START, END = WEEK.bounds()
SEED = 5  # by which each verb is tried with success

# From the tables as they are now, for a moment behind which nothing lies.
RECOUNT = """
SELECT c.number, array_agg(l.post_id ORDER BY l.post_id), count(f.id), (
    SELECT count(DISTINCT s.indicator_id) FROM patrol_sighting s JOIN patrol_linkedpost o ON o.post_id = s.post_id
     WHERE o.campaign_id = c.id AND s.role = 'author'), (
    SELECT count(DISTINCT i.value) FROM patrol_sighting s JOIN patrol_linkedpost o ON o.post_id = s.post_id
      JOIN patrol_indicator i ON i.id = s.indicator_id WHERE o.campaign_id = c.id AND s.role = 'contact' AND i.kind = 'phone'), (
    SELECT array_agg(DISTINCT t.kind::text) FROM patrol_tie t JOIN patrol_linkedpost o ON o.post_id = t.later_id
      JOIN patrol_linkedpost e ON e.post_id = t.earlier_id
     WHERE o.campaign_id = c.id AND e.campaign_id = c.id AND t.state <> 'cut')
  FROM patrol_campaign c JOIN patrol_linkedpost l ON l.campaign_id = c.id LEFT JOIN patrol_flag f ON f.post_id = l.post_id
 GROUP BY c.id HAVING count(f.id) > 0"""


def recounted() -> dict[str, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
        return {row[0]: (*row[1:5], frozenset(row[5] or ())) for row in cursor.fetchall()}


def told(moment: datetime) -> dict[str, tuple[Any, ...]]:
    flags = list(models.Flag.objects.values_list("id", flat=True))
    return {
        one.number: (sorted(one.posts), one.now, len(one.accounts), len(one.phones), frozenset(one.ties))
        for one in campaigns.then(flags, START, moment)
    }


@pytest.fixture
def rings() -> list[Any]:
    factories.offices()
    ours = posted(*(text.format(A) for text in CAMBODIA))
    return [*ours, *posted(*(text.format(B) for text in OFFERS))]


def test_new_and_growing_campaigns_with_their_flags_and_kinds_of_ties(rings: list[Any]) -> None:
    office = models.Flag.objects.first().office  # type: ignore[union-attr]
    figures = summary.collect(office=None, period=WEEK, now=END)
    # The other one brought nothing that somebody had to look at.
    assert [(ring.number, ring.new, ring.posts, ring.phones) for ring in figures.rings] == [("JRG-26-0001", True, 4, 1)]
    assert figures.rings[0].name.id.endswith("Kamboja")
    for ring in figures.rings:
        assert (ring.series[-1], sum(ring.series), ring.ties[0]) == (ring.now, ring.now, "phone")
        for column in ("now", "posts", "accounts", "phones"):
            wanted = Wanted("rings", f"{ring.number}:{column}")
            assert len(listing.items(figures, None, wanted)) == getattr(ring, column) == listing.figure(figures, wanted), wanted
    assert {ring.number: ring.now for ring in summary.collect(office=office, period=WEEK, now=END).rings} == {
        ring.number: ring.now for ring in figures.rings
    }
    assert summary.collect(office=factories.office("bp3mi-ntb"), period=WEEK, now=END).rings == ()
    assert summary.collect(office=None, period=WEEK.next(), now=END + timedelta(days=7)).rings == ()
    assert Figures.from_json(figures.to_json()) == figures
    for wanted in (Wanted("rings", "JRG-26-0001:series"), Wanted("rings", "JRG-26-0009:now"), Wanted("rings", "JRG-26-0001:now", "before")):
        with pytest.raises(listing.NoSuchFigureError):
            listing.items(figures, None, wanted)


def test_a_name_is_masked_and_that_of_the_day(rings: list[Any]) -> None:
    by = factories.person()
    one = models.Campaign.objects.get(number="JRG-26-0001")
    judging.name(campaign_id=one.pk, name="Admin Kamboja lewat @kamboja_rekaan", seen_version=one.version, by=by, now=NOW)
    one.refresh_from_db()
    judging.name(campaign_id=one.pk, name="Nama lain", seen_version=one.version, by=by, now=END)
    (name,) = (
        ring.name.id for ring in summary.collect(office=None, period=WEEK, now=END + timedelta(days=1)).rings if ring.number == one.number
    )
    assert name.startswith("Admin Kamboja lewat ")
    assert "kamboja_rekaan" not in name


def test_a_week_that_is_over_knows_nothing_of_what_became_of_its_campaigns(rings: list[Any]) -> None:
    chance, by, now = random.Random(SEED), factories.person(), NOW
    truths: dict[datetime, dict[str, tuple[Any, ...]]] = {}
    done = set()
    for step in range(36):
        if step % 4 == 0:
            truths[now + timedelta(minutes=1)] = recounted()
        now += timedelta(hours=3)
        verb = chance.choice([split, split, merge, merge, unmerge, unmerge, cut, dissolve, join, join])
        try:
            with transaction.atomic():
                verb(chance, by, now)
        except (RefusedError, judging.StaleError, LookupError):
            continue
        done.add(verb.__name__)
        for moment, truth in truths.items():
            assert told(moment) == truth, (verb.__name__, moment)
    assert done >= {"split", "merge", "unmerge", "cut", "join", "dissolve"}


def _one(chance: random.Random, *states: str) -> models.Campaign:
    return chance.choice(list(models.Campaign.objects.filter(state__in=states, merged_into=None).order_by("id")))


LIVE = (CampaignState.PROPOSED, CampaignState.CONFIRMED)


def split(chance: random.Random, by: models.Person, now: datetime) -> None:
    one = _one(chance, *LIVE)
    posts = list(one.members.order_by("post_id").values_list("post_id", flat=True))
    judging.split(campaign_id=one.pk, post_ids=posts[: len(posts) // 2], note="x", seen_version=one.version, by=by, now=now)


def merge(chance: random.Random, by: models.Person, now: datetime) -> None:
    one, other = _one(chance, *LIVE), _one(chance, *LIVE)
    judging.merge(campaign_id=one.pk, other_id=other.pk, note="x", seen_version=one.version, by=by, now=now)


def unmerge(chance: random.Random, by: models.Person, now: datetime) -> None:
    one = chance.choice(list(models.Campaign.objects.filter(merged_into__merged_into=None).exclude(merged_into=None).order_by("id")))
    judging.unmerge(campaign_id=one.pk, seen_version=one.version, by=by, now=now)


def cut(chance: random.Random, by: models.Person, now: datetime) -> None:
    tie = chance.choice(list(models.Tie.objects.exclude(state=TieState.CUT).order_by("id")))
    judging.cut(tie_id=tie.pk, by=by, now=now)


def dissolve(chance: random.Random, by: models.Person, now: datetime) -> None:
    one = _one(chance, *LIVE)
    if one.members.count() > 3:
        raise LookupError("too much would be gone")
    judging.dissolve(campaign_id=one.pk, note="x", seen_version=one.version, by=by, now=now)


def join(chance: random.Random, by: models.Person, now: datetime) -> None:
    text = chance.choice((*CAMBODIA, *OFFERS)).format(chance.choice((A, B, C)))
    factories.stored([factories.raw_post(text)], now=now)
    while assessing.read_due(now=now, limit=500).read:
        pass
    while link_due(now=now).posts:
        pass

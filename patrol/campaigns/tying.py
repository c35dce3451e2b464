"""New posts into campaigns: who has the same mark or nearly the same text is looked up by index and to a bound.

The machine joins a post to one campaign, or makes a new one of posts that stood alone. It never merges two campaigns: a tie that leads
to another one is kept as proposed, and a person merges or cuts. One process links at a time, by an advisory lock that the verbs of people
take too, so that nothing joins a campaign that is being split. Posts are taken in the order they came; each looks back only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from patrol import linking, models, series, states, trusted
from patrol.campaigns.keeping import from_json
from patrol.likeness import job, text
from patrol.linking import texts
from patrol.models import CampaignEventKind
from patrol.vocabulary import TieKind

CARRIERS: Final = 12  # the last posts with a mark before the newcomer: a number in ten thousand posts costs no more
_UNDER_ONE_BAND = 16
_LOOKS = 6  # texts compared with each newcomer
_SAME_TEXT = 0.8  # likeness from which a copy needs no bands of its own: it is found through the one it copies

_DUE = """
SELECT post_id, campaign_id, follows, offered, text_bands FROM patrol_linkedpost WHERE linked_at IS NULL ORDER BY post_id LIMIT %s
"""
_MARKED = """
SELECT m.post_id, m.kind, m.key, m.indicator_id, c.post_id, c.kind, l.campaign_id, l.offered
FROM patrol_postmark m
CROSS JOIN LATERAL (
    (SELECT o.post_id, o.kind FROM patrol_postmark o
     WHERE o.key = m.key AND NOT o.void AND o.kind <> 'agency' AND o.post_id < m.post_id ORDER BY o.post_id DESC LIMIT %(carriers)s)
    UNION ALL  -- of a post that is linked again, those that came after it
    (SELECT o.post_id, o.kind FROM patrol_postmark o
     WHERE o.key = m.key AND NOT o.void AND o.kind <> 'agency' AND o.post_id > m.post_id AND o.post_id <> ALL(%(posts)s)
     ORDER BY o.post_id DESC LIMIT 2)
) c
JOIN patrol_linkedpost l ON l.post_id = c.post_id AND NOT l.follows
WHERE m.post_id = ANY(%(posts)s) AND NOT m.void AND m.kind <> 'agency'
  AND NOT EXISTS (SELECT FROM patrol_postmark a WHERE a.key = m.key AND a.kind = 'agency' AND NOT a.void)
  AND (m.indicator_id IS NULL OR m.indicator_id <> ALL(%(trusted)s))
ORDER BY m.post_id, c.post_id DESC
"""
# Under one band any few will do, in the order they lie in: to sort them would mean to read all of a template in thousands of posts.
_NEAR = """
WITH wanted AS (
    SELECT l.post_id AS place, b.band FROM patrol_linkedpost l CROSS JOIN LATERAL unnest(l.text_bands) AS b (band)
    WHERE l.post_id = ANY(%(posts)s)
), found AS MATERIALIZED (
    SELECT b.band, f.post_id FROM (SELECT DISTINCT band FROM wanted) b CROSS JOIN LATERAL (
        SELECT post_id FROM patrol_linkedpost WHERE text_bands && ARRAY[b.band] LIMIT %(under_one)s
    ) f
), ranked AS (
    SELECT w.place, f.post_id, row_number() OVER (PARTITION BY w.place ORDER BY count(*) DESC, f.post_id) AS rank
    FROM wanted w JOIN found f USING (band) WHERE f.post_id <> w.place GROUP BY w.place, f.post_id
)
SELECT r.place, r.post_id, l.campaign_id, l.offered FROM ranked r JOIN patrol_linkedpost l USING (post_id) WHERE r.rank <= %(looks)s
"""
_WORDS = """
SELECT p.id, t.text FROM patrol_post p
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count JOIN patrol_posttext t ON t.version_id = v.id
WHERE p.id = ANY(%s)
"""
_JOIN = """
UPDATE patrol_linkedpost l SET campaign_id = j.campaign, joined_at = %(now)s
FROM unnest(%(posts)s::bigint[], %(campaigns)s::bigint[]) AS j (post, campaign) WHERE l.post_id = j.post AND l.campaign_id IS NULL
"""
_COUNT = """
UPDATE patrol_campaign c SET posts_count = (SELECT count(*) FROM patrol_linkedpost l WHERE l.campaign_id = c.id), grown_at = %s,
    version = version + 1
WHERE id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Tied:
    """What one call did. `posts` 0: nothing was due."""

    posts: int = 0
    joined: int = 0
    campaigns: int = 0  # that are new


@dataclass(frozen=True, slots=True)
class _Found:
    """A post that has the same."""

    other: int
    kind: TieKind
    key: str = ""
    indicator: int | None = None
    likeness: float | None = None

    @property
    def weight(self) -> float:
        return self.kind.weight if self.likeness is None else round(self.kind.weight * (0.5 + self.likeness / 2), 3)


@dataclass(slots=True)
class _Batch:
    """What is known of the posts of one batch and of those they were found beside."""

    follows: dict[int, bool] = field(default_factory=dict)
    group: dict[int, int | None] = field(default_factory=dict)  # post -> campaign; negative: one that is made now
    offered: dict[int, job.Job] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)  # due and not looked at yet: nobody is found beside them
    joined: dict[int, int] = field(default_factory=dict)
    ties: list[tuple[int, _Found]] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    made: int = 0

    def of(self, post: int) -> int:
        """The campaign, or for a lone post a group of its own; no campaign's id is met."""
        campaign = self.group[post]
        return campaign if campaign is not None else -(10**15) - post


def lock() -> None:
    """Until the end of the transaction nobody else changes who belongs where."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol campaigns'))")


def due() -> int:
    """Posts that wait for being linked, up to a thousand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM patrol_linkedpost WHERE linked_at IS NULL LIMIT 1000) w")
        return int(cursor.fetchone()[0])


def link_due(*, now: datetime, limit: int = 200) -> Tied:
    """Links the posts that wait, up to `limit`, in one transaction. The same number of statements for one and for many."""
    with transaction.atomic():
        lock()
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [limit])
            rows = cursor.fetchall()
            if not rows:
                return Tied()
            batch = _Batch()
            for post, campaign, follows, offered, _bands in rows:
                batch.follows[post], batch.group[post] = follows, campaign
                batch.offered[post] = from_json(_object(offered))
            posts = [row[0] for row in rows]
            batch.waiting = set(posts)
            marked, near, words = _marked(cursor, batch, posts, now), *_near(cursor, batch, posts)
            cuts = _cuts(posts)
        for post in posts:
            batch.waiting.discard(post)
            found = _found(batch, post, marked[post], near[post], words, cuts)
            _place(batch, post, found)
        return _keep(batch, posts, now)


def _object(said: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said) if isinstance(said, str) else said
    return found


# --- looking up -----------------------------------------------------------------------------------


def _marked(cursor: Any, batch: _Batch, posts: Sequence[int], now: datetime) -> dict[int, list[tuple[Any, ...]]]:
    known_good = list(trusted.in_force(now).values_list("indicator_id", flat=True))
    cursor.execute(_MARKED, {"posts": list(posts), "carriers": CARRIERS, "trusted": known_good})
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for post, kind, key, indicator, other, other_kind, campaign, offered in cursor.fetchall():
        batch.group.setdefault(other, campaign)
        batch.offered.setdefault(other, from_json(_object(offered)))
        found[post].append((other, kind, other_kind, key, indicator))
    return found


def _near(cursor: Any, batch: _Batch, posts: Sequence[int]) -> tuple[dict[int, list[int]], dict[int, texts.Own]]:
    cursor.execute(_NEAR, {"posts": list(posts), "under_one": _UNDER_ONE_BAND, "looks": _LOOKS})
    found: dict[int, list[int]] = defaultdict(list)
    for post, other, campaign, offered in cursor.fetchall():
        batch.group.setdefault(other, campaign)
        batch.offered.setdefault(other, from_json(_object(offered)))
        found[post].append(other)
    cursor.execute(_WORDS, [sorted({*found, *(other for others in found.values() for other in others)})])
    own = ((post, texts.own(words)) for post, words in cursor.fetchall())
    return found, {post: kept for post, kept in own if kept is not None}


def _cuts(posts: Sequence[int]) -> frozenset[tuple[int, int, str, str]]:
    rows = models.Tie.objects.filter(later__in=posts, state=states.TieState.CUT)
    again = models.Tie.objects.filter(earlier__in=posts, state=states.TieState.CUT)
    return frozenset(
        (*rows.values_list("later", "earlier", "kind", "key"), *again.values_list("later", "earlier", "kind", "key"))
    )


# --- choosing -------------------------------------------------------------------------------------


def _found(
    batch: _Batch, post: int, marked: Iterable[tuple[Any, ...]], near: Iterable[int], words: dict[int, texts.Own],
    cuts: frozenset[tuple[int, int, str, str]],
) -> list[_Found]:  # fmt: skip
    """The ties of one post: for each mark and campaign the newest carrier, for each campaign the likest text."""
    found: dict[tuple[str, str, int], _Found] = {}
    authored: dict[str, list[_Found]] = defaultdict(list)
    for other, kind, other_kind, key, indicator in marked:
        if other in batch.waiting:
            continue
        if TieKind.AUTHOR in (kind, other_kind):
            authored[key].append(_Found(other, TieKind.AUTHOR, key, indicator))
        else:
            found.setdefault((kind, key, batch.of(other)), _Found(other, TieKind(kind), key, indicator))
    for other in near:
        if other in batch.waiting or other not in words or post not in words:
            continue
        if texts.is_retold(words[post], batch.offered[post], words[other], batch.offered[other]):
            tie = _Found(other, TieKind.TEXT, likeness=round(text.likeness(words[post].sketch, words[other].sketch), 3))
            place = (str(TieKind.TEXT), "", batch.of(other))
            if place not in found or (found[place].likeness or 0.0) < (tie.likeness or 0.0):
                found[place] = tie
    groups = {batch.of(one.other) for one in found.values()}
    for key, ties in authored.items():
        offers = [batch.offered[post], *(batch.offered[tie.other] for tie in ties)]
        there = {batch.of(tie.other) for tie in ties}
        if not linking.is_board(offers, len(there | groups) if groups else len(there) + 1):
            for tie in ties:
                found.setdefault((str(TieKind.AUTHOR), key, batch.of(tie.other)), tie)
    return _without_doubles(
        [tie for tie in found.values() if (*_order(post, tie.other), str(tie.kind), tie.key) not in cuts]
    )


def _order(post: int, other: int) -> tuple[int, int]:
    return (post, other) if post > other else (other, post)


def _without_doubles(ties: Sequence[_Found]) -> list[_Found]:
    """A name that is tied on its own platform says nothing more on all platforms."""
    accounts = {tie.other for tie in ties if tie.kind == TieKind.ACCOUNT}
    authors: set[int] = set()
    kept = []
    for tie in sorted(ties, key=lambda tie: (-tie.weight, -tie.other)):
        if tie.kind == TieKind.HANDLE and tie.other in accounts:
            continue
        if tie.kind == TieKind.AUTHOR:
            if tie.other in authors:
                continue
            authors.add(tie.other)
        kept.append(tie)
    return kept


def _place(batch: _Batch, post: int, found: Sequence[_Found]) -> None:
    """Joins the post to the campaign that ties it most, and lone posts it is tied to with it."""
    if not found:
        return
    batch.ties += [(post, tie) for tie in (found[:1] if batch.follows[post] else found)]
    if any(tie.kind == TieKind.TEXT and (tie.likeness or 0.0) >= _SAME_TEXT for tie in found):
        batch.copies.append(post)
    target = batch.group[post]
    if target is None:
        weights: dict[int, float] = defaultdict(float)
        for tie in found:
            if (campaign := batch.group[tie.other]) is not None:
                weights[campaign] += tie.weight
        if weights:
            target = max(weights, key=lambda campaign: (weights[campaign], -abs(campaign)))
        else:
            batch.made += 1
            target = -batch.made
        batch.group[post] = batch.joined[post] = target
    for tie in found[:1] if batch.follows[post] else found:
        if batch.group[tie.other] is None:
            batch.group[tie.other] = batch.joined[tie.other] = target


# --- writing --------------------------------------------------------------------------------------


def _keep(batch: _Batch, posts: Sequence[int], now: datetime) -> Tied:
    numbers = series.take("JRG", batch.made, now=now)
    made = models.Campaign.objects.bulk_create(
        models.Campaign(number=number, made_at=now, grown_at=now) for number in numbers
    )
    ids = {-place: campaign.pk for place, campaign in enumerate(made, start=1)}
    models.CampaignEvent.objects.bulk_create(
        models.CampaignEvent(campaign=campaign, kind=CampaignEventKind.PROPOSED, at=now) for campaign in made
    )
    models.Tie.objects.bulk_create(
        (_tie(post, tie, now) for post, tie in batch.ties),
        ignore_conflicts=True,  # linked before: what a person said of it stands
    )
    joined = {post: ids.get(campaign, campaign) for post, campaign in batch.joined.items()}
    with connection.cursor() as cursor:
        if joined:
            cursor.execute(_JOIN, {"posts": list(joined), "campaigns": list(joined.values()), "now": now})
            cursor.execute(_COUNT, [now, sorted(set(joined.values()))])
        cursor.execute(
            "UPDATE patrol_linkedpost SET linked_at = %s,"
            " text_bands = CASE WHEN post_id = ANY(%s::bigint[]) THEN '{}' ELSE text_bands END WHERE post_id = ANY(%s)",
            [now, batch.copies, list(posts)],
        )
    return Tied(len(posts), len(joined), len(made))


def _tie(post: int, tie: _Found, now: datetime) -> models.Tie:
    later, earlier = _order(post, tie.other)
    return models.Tie(
        later_id=later, earlier_id=earlier, kind=tie.kind, key=tie.key, indicator_id=tie.indicator, likeness=tie.likeness,
        weight=tie.weight, at=now,
    )  # fmt: skip

"""New posts into campaigns: who has the same mark or nearly the same text is looked up by index and to a bound.

The machine joins a post to one campaign, or makes a new one of posts that stood alone. It never merges two campaigns: a tie that leads
to another one is kept as proposed (a strong one proposes a merger: proposing.py), and a person merges or cuts. What it tied by an account
that turns out to advertise for many it takes back, as long as nobody has confirmed it. One process links at a time, by an advisory lock
that the verbs of people take too, so that nothing joins a campaign that is being split. Posts are taken in the order they came; each
looks back only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from patrol import models
from patrol.campaigns import judging, showing, trusted
from patrol.campaigns.keeping import from_json
from patrol.domain import TieKind, states
from patrol.engine import linking
from patrol.engine.likeness import job, text
from patrol.engine.linking import shared, texts
from patrol.infra import series
from patrol.models import CampaignEventKind

CARRIERS: Final = 12  # the last posts with a mark before the newcomer: a number in ten thousand posts costs no more
_UNDER_ONE_BAND = 16
_LOOKS = 6  # texts compared with each newcomer
_SAME_TEXT = 0.8  # likeness from which a copy needs no bands of its own: it is found through the one it copies

_DUE = """
SELECT post_id, campaign_id, follows, ways, offered FROM patrol_linkedpost WHERE linked_at IS NULL ORDER BY post_id LIMIT %s
"""
_MARKED = """
SELECT m.post_id, m.kind, m.key, m.indicator_id, c.post_id, c.kind, l.campaign_id, l.ways, l.offered
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
# Under one band any few will do, in the order they lie in.
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
SELECT r.place, r.post_id, l.campaign_id, l.ways, l.offered FROM ranked r JOIN patrol_linkedpost l USING (post_id) WHERE r.rank <= %(looks)s
"""
# Of posts with a mark that may serve many. Hashes, as they are compared.
_LEADS_TO = """
SELECT post_id, key FROM patrol_postmark WHERE post_id = ANY(%s) AND kind NOT IN ('agency', 'author', 'picture')
"""
_WORDS = """
SELECT p.id, t.text FROM patrol_post p
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count JOIN patrol_posttext t ON t.version_id = v.id
WHERE p.id = ANY(%s)
"""
_JOIN = """
WITH joined AS (
    UPDATE patrol_linkedpost l SET campaign_id = j.campaign, joined_at = %(now)s
    FROM unnest(%(posts)s::bigint[], %(campaigns)s::bigint[]) AS j (post, campaign) WHERE l.post_id = j.post AND l.campaign_id IS NULL
    RETURNING j.campaign
)
UPDATE patrol_campaign c SET posts_count = posts_count + n.more, grown_at = %(now)s, version = version + 1
FROM (SELECT campaign, count(*) AS more FROM joined GROUP BY campaign) n WHERE c.id = n.campaign
"""
# Under a band that so many have already nobody is added: they stand for the text, and a look under it costs the same for ever.
_LINKED = """
WITH wanted AS (
    SELECT DISTINCT b.band FROM patrol_linkedpost l CROSS JOIN LATERAL unnest(l.text_bands) AS b (band) WHERE l.post_id = ANY(%(posts)s)
), crowded AS MATERIALIZED (
    SELECT w.band FROM wanted w WHERE (
        SELECT count(*) FROM (
            SELECT FROM patrol_linkedpost WHERE text_bands && ARRAY[w.band] AND linked_at IS NOT NULL LIMIT %(under_one)s
        ) o
    ) >= %(under_one)s
)
UPDATE patrol_linkedpost SET linked_at = %(now)s, text_bands = CASE WHEN post_id = ANY(%(copies)s::bigint[]) THEN '{}'
    ELSE ARRAY(SELECT b FROM unnest(text_bands) AS b WHERE b NOT IN (SELECT band FROM crowded)) END
WHERE post_id = ANY(%(posts)s)
"""


@dataclass(frozen=True, slots=True)
class Tied:
    """What one call did. `posts` and `pictures` 0: nothing was due."""

    posts: int = 0
    pictures: int = 0  # compared with earlier ones
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
    ways: dict[int, int] = field(default_factory=dict)
    contacts: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # of those beside whom a mark may serve many
    waiting: set[int] = field(default_factory=set)  # due and not looked at yet: nobody is found beside them
    joined: dict[int, int] = field(default_factory=dict)
    ties: list[tuple[int, _Found]] = field(default_factory=list)
    copies: list[int] = field(default_factory=list)
    boards: set[str] = field(default_factory=set)  # keys of what turned out to serve many
    made: int = 0

    def of(self, post: int) -> int:
        """The campaign, or for a lone post a group of its own; no campaign's id is met."""
        campaign = self.group[post]
        return campaign if campaign is not None else -(10**15) - post

    def know(self, post: int, campaign: int | None, ways: int, offered: Any) -> None:
        if post not in self.group:
            self.group[post] = campaign
        if post not in self.offered:
            self.offered[post], self.ways[post] = from_json(offered), ways

    def leads_to(self, post: int, others: Iterable[int]) -> list[set[str]]:
        """linking.Marks.leads_to of these posts, in the order they came."""
        return [self.contacts[one] | self.offered[one].companies for one in sorted((post, *others))]

    def serves_many(self, key: str, post: int, others: Collection[int]) -> bool:
        if len(others) + 1 < shared.MANY or not shared.serves_many(self.leads_to(post, others)):
            return False
        self.boards.add(key)
        return True

    def giver(self, post: int) -> shared.Giver:
        return shared.Giver(self.ways[post], self.offered[post])


def due() -> int:
    """Posts and pictures that wait for being linked, up to a thousand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM patrol_linkedpost WHERE linked_at IS NULL"
            " UNION ALL SELECT FROM patrol_shownpicture WHERE looked_at IS NULL LIMIT 1000) w"
        )
        return int(cursor.fetchone()[0])


def link_due(*, now: datetime, limit: int = 200) -> Tied:
    """Links the posts that wait, up to `limit`, in one transaction. The same number of statements for one and for many without pictures."""
    looked = showing.look_due(now=now, limit=limit)
    with transaction.atomic():
        judging.lock()
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [limit])
            rows = cursor.fetchall()
            if not rows:
                return Tied(pictures=looked)
            batch = _Batch()
            for post, campaign, follows, ways, offered in rows:
                batch.follows[post] = follows
                batch.know(post, campaign, ways, offered)
            posts = [row[0] for row in rows]
            batch.waiting = set(posts)
            marked, near, words = _marked(cursor, batch, posts, now), *_near(cursor, batch, posts)
            cuts = _cuts(posts)
        for post in posts:
            batch.waiting.discard(post)
            found = _found(batch, post, marked[post], near[post], words, cuts)
            _place(batch, post, found)
        done = _keep(batch, posts, now)
        if batch.boards:
            judging.take_back(keys=batch.boards, post_ids=sorted(batch.contacts), now=now)
        return replace(done, pictures=looked)


# --- looking up -----------------------------------------------------------------------------------


def _marked(cursor: Any, batch: _Batch, posts: Sequence[int], now: datetime) -> dict[int, list[tuple[Any, ...]]]:
    known_good = list(trusted.in_force(now).values_list("indicator_id", flat=True))
    cursor.execute(_MARKED, {"posts": list(posts), "carriers": CARRIERS, "trusted": known_good})
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for post, kind, key, indicator, other, other_kind, campaign, ways, offered in cursor.fetchall():
        batch.know(other, campaign, ways, offered)
        found[post].append((other, kind, other_kind, key, indicator))
    beside: dict[tuple[int, str], set[int]] = defaultdict(set)
    for post, rows in found.items():
        for other, _kind, _other_kind, key, _indicator in rows:
            beside[post, key].add(other)
    crowds = {post for (newcomer, _), others in beside.items() if len(others) + 1 >= shared.MANY for post in (newcomer, *others)}
    cursor.execute(_LEADS_TO, [sorted(crowds)])
    for post, key in cursor.fetchall():
        batch.contacts[post].add(key)
    return found


def _near(cursor: Any, batch: _Batch, posts: Sequence[int]) -> tuple[dict[int, list[int]], dict[int, texts.Own]]:
    cursor.execute(_NEAR, {"posts": list(posts), "under_one": _UNDER_ONE_BAND, "looks": _LOOKS})
    found: dict[int, list[int]] = defaultdict(list)
    for post, other, campaign, ways, offered in cursor.fetchall():
        batch.know(other, campaign, ways, offered)
        found[post].append(other)
    cursor.execute(_WORDS, [sorted({*found, *(other for others in found.values() for other in others)})])
    own = ((post, texts.own(words)) for post, words in cursor.fetchall())
    return found, {post: kept for post, kept in own if kept is not None}


def _cuts(posts: Sequence[int]) -> frozenset[tuple[int, int, str, str]]:
    rows = models.Tie.objects.filter(later__in=posts, state=states.TieState.CUT)
    again = models.Tie.objects.filter(earlier__in=posts, state=states.TieState.CUT)
    return frozenset((*rows.values_list("later", "earlier", "kind", "key"), *again.values_list("later", "earlier", "kind", "key")))


# --- choosing -------------------------------------------------------------------------------------


def _found(
    batch: _Batch,
    post: int,
    marked: Iterable[tuple[Any, ...]],
    near: Iterable[int],
    words: dict[int, texts.Own],
    cuts: frozenset[tuple[int, int, str, str]],
) -> list[_Found]:
    """The ties of one post: for each mark and campaign the newest carrier, for each campaign the likest text."""
    known = [row for row in marked if row[0] not in batch.waiting]
    found = _by_contact(batch, post, [row for row in known if TieKind.AUTHOR not in row[1:3]])
    found |= _by_text(batch, post, [other for other in near if other not in batch.waiting], words)
    groups = {batch.of(one.other) for one in found.values()}
    authored: dict[str, list[_Found]] = defaultdict(list)
    own = set()
    for other, kind, other_kind, key, indicator in known:
        if TieKind.AUTHOR in (kind, other_kind):
            authored[key].append(_Found(other, TieKind.AUTHOR, key, indicator))
            if kind != other_kind:
                own.add(key)
    for key, ties in authored.items():
        offers = [batch.offered[post], *(batch.offered[tie.other] for tie in ties)]
        there = {batch.of(tie.other) for tie in ties}
        many = batch.serves_many(key, post, {tie.other for tie in ties})
        if not many and not linking.is_board(offers, len(there | groups) if groups else len(there) + 1, own=key in own):
            for tie in ties:
                found.setdefault((str(TieKind.AUTHOR), key, batch.of(tie.other)), tie)
    return _without_doubles([tie for tie in found.values() if (*_order(post, tie.other), str(tie.kind), tie.key) not in cuts])


def _by_contact(batch: _Batch, post: int, marked: Sequence[tuple[Any, ...]]) -> dict[tuple[str, str, int], _Found]:
    found: dict[tuple[str, str, int], _Found] = {}
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    givers: dict[str, dict[int, shared.Giver]] = defaultdict(dict)
    for other, kind, _other_kind, key, _indicator in marked:
        kinds[other][kind] += 1
        givers[key][other] = batch.giver(other)
    this = batch.giver(post)
    many = {key for key, others in givers.items() if batch.serves_many(key, post, others)}
    for other, kind, _other_kind, key, indicator in marked:
        if kind not in (TieKind.PICTURE, TieKind.BANK_ACCOUNT) and (
            key in many or not shared.ties(this, givers[key][other], _in_common(kinds[other]), [this, *givers[key].values()])
        ):
            continue
        found.setdefault((kind, key, batch.of(other)), _Found(other, TieKind(kind), key, indicator))
    return found


def _in_common(kinds: Counter[str]) -> int:
    """Ways both give: an account and its name, a number and the link that dials it are one."""
    ways = kinds[TieKind.PHONE] + kinds[TieKind.EMAIL] + max(kinds[TieKind.ACCOUNT], kinds[TieKind.HANDLE])
    return ways or kinds[TieKind.LINK]


def _by_text(batch: _Batch, post: int, near: Sequence[int], words: dict[int, texts.Own]) -> dict[tuple[str, str, int], _Found]:
    found: dict[tuple[str, str, int], _Found] = {}
    if post not in words:
        return found
    own = words[post]
    told = [other for other in near if other in words and text.alike(own.sketch, words[other].sketch)]
    form = shared.is_form([(batch.of(one), batch.offered[one]) for one in (post, *told)])
    for other in near:
        if other not in words or (form and not batch.offered[post].is_same(batch.offered[other])):
            continue
        if texts.is_retold(own, batch.offered[post], words[other], batch.offered[other]):
            tie = _Found(other, TieKind.TEXT, likeness=round(text.likeness(own.sketch, words[other].sketch), 3))
            place = (str(TieKind.TEXT), "", batch.of(other))
            if place not in found or (found[place].likeness or 0.0) < (tie.likeness or 0.0):
                found[place] = tie
    return found


def _order(post: int, other: int) -> tuple[int, int]:
    return (post, other) if post > other else (other, post)


def _without_doubles(ties: Sequence[_Found]) -> list[_Found]:
    """A name that is tied on its own platform says nothing more on all platforms, a picture no more for being the same file too."""
    accounts = {tie.other for tie in ties if tie.kind == TieKind.ACCOUNT}
    once: set[tuple[TieKind, int]] = set()
    kept = []
    for tie in sorted(ties, key=lambda tie: (-tie.weight, -tie.other)):
        if tie.kind == TieKind.HANDLE and tie.other in accounts:
            continue
        if tie.kind in (TieKind.AUTHOR, TieKind.PICTURE):
            if (tie.kind, tie.other) in once:
                continue
            once.add((tie.kind, tie.other))
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
    made = models.Campaign.objects.bulk_create(models.Campaign(number=number, made_at=now, grown_at=now) for number in numbers)
    ids = {-place: campaign.pk for place, campaign in enumerate(made, start=1)}
    models.CampaignEvent.objects.bulk_create(
        models.CampaignEvent(campaign=campaign, kind=CampaignEventKind.PROPOSED, at=now) for campaign in made
    )
    models.Tie.objects.bulk_create(
        (_tie(post, tie, now, crosses=batch.group[post] != batch.group[tie.other]) for post, tie in batch.ties),
        ignore_conflicts=True,  # linked before: what a person said of it stands
    )
    joined = {post: ids.get(campaign, campaign) for post, campaign in batch.joined.items()}
    with connection.cursor() as cursor:
        if joined:
            cursor.execute(_JOIN, {"posts": list(joined), "campaigns": list(joined.values()), "now": now})
        cursor.execute(_LINKED, {"now": now, "copies": batch.copies, "posts": list(posts), "under_one": _UNDER_ONE_BAND})
    return Tied(len(posts), joined=len(joined), campaigns=len(made))


def _tie(post: int, tie: _Found, now: datetime, *, crosses: bool) -> models.Tie:
    later, earlier = _order(post, tie.other)
    return models.Tie(
        later_id=later,
        earlier_id=earlier,
        kind=tie.kind,
        key=tie.key,
        indicator_id=tie.indicator,
        likeness=tie.likeness,
        weight=tie.weight,
        at=now,
        crosses=crosses,
    )

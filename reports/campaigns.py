"""Campaigns that came to be or grew: what belonged to each when a summary's time ended, however it was split, merged or cut since.

Who belongs where is kept as it is now. What people and the machine changed of it stands in the events of campaigns, post by post, so that
it is taken back from there, newest first; what the linker only added has the moment it joined.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from patrol import domain
from patrol.engine import masks
from patrol.engine.reading import titles
from reports.figures import Ring
from reports.queries import fetched

SHOWN: Final = 8
COLUMNS: Final = ("now", "posts", "accounts", "phones")  # of figures.Ring, each with its list
PERIODS: Final = 8  # of the little series

_MOVING: Final = ("split", "merged", "unmerged", "tie_cut", "dissolved")
# All there were, where one came later: what a post had been before that may hang on an earlier one.
_CHANGES = """
SELECT e.at, e.campaign_id, e.kind, e.told, merger.posts, ARRAY(
       SELECT l.post_id FROM patrol_linkedpost l WHERE l.campaign_id = e.campaign_id AND merger.posts @> to_jsonb(l.post_id))
  FROM patrol_campaignevent e
  LEFT JOIN LATERAL (
       SELECT m.told->'posts' AS posts FROM patrol_campaignevent m
        WHERE e.kind = 'unmerged' AND m.kind = 'merged' AND m.campaign_id = (e.told->>'from')::bigint
          AND m.told->>'from' = e.campaign_id::text AND m.id < e.id
        ORDER BY m.id DESC LIMIT 1) merger ON true
 WHERE e.kind = ANY(%(moving)s) AND e.told <> '{}'
   AND EXISTS (SELECT FROM patrol_campaignevent l WHERE l.at >= %(until)s AND l.kind = ANY(%(moving)s))
 ORDER BY e.id DESC"""

# Of a post that was moved since it is not known when it had joined. It had by then where something tied it before; one that had left a
# campaign before, where a tie was found since, or where it had gone into a piece of what left. A cut makes ties too: those say nothing.
_THEN = """
moved (post, campaign, left_at) AS (SELECT * FROM unnest(%(posts)s::bigint[], %(campaigns)s::bigint[], %(left_at)s::timestamptz[])),
belonged AS NOT MATERIALIZED (
    SELECT l.post_id, l.campaign_id FROM patrol_linkedpost l
     WHERE l.joined_at < %(until)s AND l.post_id <> ALL(%(posts)s::bigint[])
    UNION ALL
    SELECT m.post, m.campaign FROM moved m
     WHERE m.campaign IS NOT NULL AND (
           EXISTS (SELECT FROM patrol_campaign c WHERE c.id = m.campaign AND c.made_at = m.left_at)
        OR EXISTS (SELECT FROM patrol_tie t WHERE t.later_id = m.post AND t.at < %(until)s
                        AND (m.left_at IS NULL OR t.at > m.left_at) AND t.at <> ALL(%(cuts)s::timestamptz[]))
        OR EXISTS (SELECT FROM patrol_tie t WHERE t.earlier_id = m.post AND t.at < %(until)s
                        AND (m.left_at IS NULL OR t.at > m.left_at) AND t.at <> ALL(%(cuts)s::timestamptz[])))
)"""

_RINGS = f"""
WITH {_THEN}, touched AS (
    SELECT b.campaign_id, count(*) AS now FROM patrol_flag f JOIN belonged b ON b.post_id = f.post_id
     WHERE f.id = ANY(%(flags)s) GROUP BY b.campaign_id
), shown AS MATERIALIZED (
    SELECT c.id, c.number, c.made_at >= %(start)s AS new, t.now FROM touched t JOIN patrol_campaign c ON c.id = t.campaign_id
     ORDER BY c.made_at >= %(start)s DESC, t.now DESC, c.id LIMIT %(limit)s
), member AS MATERIALIZED (
    SELECT s.id, b.post_id, f.id AS flag_id, p.first_seen
      FROM shown s JOIN belonged b ON b.campaign_id = s.id JOIN patrol_post p ON p.id = b.post_id
      LEFT JOIN patrol_flag f ON f.post_id = b.post_id
), contact AS (
    SELECT DISTINCT m.id, i.kind, i.id AS indicator, s.role
      FROM member m JOIN patrol_sighting s ON s.post_id = m.post_id AND s.seen_at < %(until)s
      JOIN patrol_indicator i ON i.id = s.indicator_id
     WHERE ((s.role = 'author' AND i.kind = 'account') OR (s.role = 'contact' AND i.kind = 'phone'))
       AND NOT EXISTS (SELECT FROM patrol_protection h WHERE h.flag_id = m.flag_id AND h.at < %(until)s)
)
SELECT s.id, s.number, s.new, s.now,
       (SELECT e.told->>'name' FROM patrol_campaignevent e
         WHERE e.campaign_id = s.id AND e.kind = 'named' AND e.at < %(until)s ORDER BY e.id DESC LIMIT 1),
       ARRAY(SELECT m.post_id FROM member m WHERE m.id = s.id ORDER BY m.first_seen, m.post_id),
       ARRAY(SELECT m.first_seen FROM member m WHERE m.id = s.id ORDER BY m.first_seen, m.post_id),
       ARRAY(SELECT m.flag_id FROM member m WHERE m.id = s.id AND m.flag_id IS NOT NULL),
       ARRAY(SELECT c.indicator FROM contact c WHERE c.id = s.id AND c.role = 'author' ORDER BY c.indicator),
       ARRAY(SELECT c.indicator FROM contact c WHERE c.id = s.id AND c.role = 'contact' ORDER BY c.indicator),
       ARRAY(SELECT t.kind FROM patrol_tie t JOIN member l ON l.post_id = t.later_id JOIN member o ON o.post_id = t.earlier_id
              WHERE l.id = s.id AND o.id = s.id AND t.at < %(until)s
                AND (t.state <> 'cut' OR t.decided_at IS NULL OR t.decided_at >= %(until)s)
              GROUP BY t.kind ORDER BY count(*) DESC, t.kind),
       (SELECT jsonb_agg(jsonb_build_array(r.countries, r.positions)) FROM member m CROSS JOIN LATERAL (
              SELECT r.countries, r.positions FROM patrol_postversion v JOIN patrol_reading r ON r.version_id = v.id
               WHERE v.post_id = m.post_id ORDER BY r.read_at, r.id LIMIT 1) r WHERE m.id = s.id)
  FROM shown s ORDER BY s.new DESC, s.now DESC, s.id"""  # noqa: S608 -- constants of this file


class _Change(NamedTuple):
    at: datetime
    campaign: int
    kind: str
    told: Any  # dict[str, Any], as the event keeps it
    merged: Any  # list[int] | None: of the taking back of a merger: the posts the merger had moved
    still: list[int]  # those of them that are in the campaign now


class Then(NamedTuple):
    """A campaign as it stood at a moment. Its name is as people wrote it: whoever shows it masks it."""

    id: int
    number: str
    new: bool
    now: int
    name: str | None
    posts: list[int]
    seen: list[datetime]  # when each of them was first seen
    flags: list[int]
    accounts: list[int]
    phones: list[int]
    ties: list[str]
    offered: Any  # list[list[list[str]]]: countries and positions, post by post


def then(flags: Collection[int], start: datetime, until: datetime) -> list[Then]:
    """Those that had most of these flags when `until` came, the new ones first. Two queries."""
    rows = (_Change(*row) for row in fetched(_CHANGES, until=until, moving=list(_MOVING)))
    changes = [one._replace(told=json.loads(one.told), merged=json.loads(one.merged or "null")) for one in rows]
    moved = before(one for one in changes if one.at >= until)
    left = left_alone([one for one in reversed(changes) if one.at < until])
    given = {
        "posts": list(moved),
        "campaigns": list(moved.values()),
        "left_at": [left.get(post) for post in moved],
        "cuts": [one.at for one in changes if one.kind == "tie_cut"],
        "flags": list(flags),
    }
    found = (Then(*row) for row in fetched(_RINGS, start=start, until=until, limit=SHOWN, **given))
    return [one._replace(offered=json.loads(one.offered or "[]")) for one in found]


def before(changes: Iterable[_Change]) -> dict[int, int | None]:
    """Where the posts that these changes moved had been before all of them. Newest first."""
    was: dict[int, int | None] = {}
    for change in changes:
        if change.kind == "unmerged":
            for post in change.merged or ():
                if was.get(post, change.campaign if post in change.still else None) == change.campaign:
                    was[post] = int(change.told["from"])
        elif change.kind == "merged" and "posts" in change.told:
            was.update(dict.fromkeys(change.told["posts"], int(change.told["from"])))
        else:
            was.update(dict.fromkeys(change.told.get("posts") or change.told.get("left") or (), change.campaign))
    return was


def left_alone(changes: Iterable[_Change]) -> dict[int, datetime]:
    """When the posts that left their campaign by these changes, and went nowhere by a later one, had left it. Oldest first."""
    left: dict[int, datetime] = {}
    for change in changes:
        if change.kind in {"tie_cut", "dissolved"}:
            left.update(dict.fromkeys(change.told.get("posts") or change.told.get("left") or (), change.at))
        else:
            for post in change.told.get("posts") or ():  # taking a merger back moves nobody who had left
                left.pop(post, None)
    return left


def table(rings: Sequence[Then], flagged: Sequence[Collection[int]]) -> tuple[Ring, ...]:
    """`flagged`: the ids of the flags of each period of the series, oldest first."""
    rows = []
    for one in rings:
        own = set(one.flags)
        rows.append(
            Ring(
                number=one.number,
                new=one.new,
                name=_name(one),
                now=one.now,
                posts=len(one.posts),
                accounts=len(one.accounts),
                phones=len(one.phones),
                series=tuple(sum(flag in own for flag in flags) for flags in flagged),
                ties=tuple(one.ties),
            )
        )
    return tuple(rows)


def _name(one: Then) -> domain.Sentence:
    """What people called it, else what most of its posts offer; empty where neither says anything."""
    if one.name:
        return domain.Sentence(masks.text(one.name), masks.text(one.name))
    country, position = (_common([said[place] for said in one.offered]) for place in (0, 1))
    where = titles.country(country) if country else domain.Sentence("", "")
    work = titles.position(position) if position else domain.Sentence("kerja", "work") if country else domain.Sentence("", "")
    return domain.Sentence(f"{work.id} {where.id}".strip(), f"{work.en} {where.en}".strip())


def _common(said: Iterable[Sequence[str]]) -> str:
    """What at least half of those that say anything say."""
    told = [values for values in said if values]
    counts: Mapping[str, int] = Counter(value for values in told for value in set(values))
    value, count = max(counts.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return value if 2 * count >= len(told) else ""

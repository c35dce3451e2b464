"""Accounts that a platform gives an id of their own: one indicator each, whatever they are called (ADR 44).

Names change and change hands. A post's author is the account by its id where the platform tells it; the names it was seen with stand in
AccountName. A post that came without the id (a capture by its address, a file) is under its author's name until somebody brings the id:
then it goes to the account. What a text calls by a name stays under the name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from patrol import campaigns, domain
from patrol.infra.copying import keepable

# Room for what `keeping.keep_sighted` is given.
SIGHTED = """
CREATE TEMPORARY TABLE IF NOT EXISTS sighted (kind text, value text, own_id text, role text, confidence float, post_id bigint,
    version_id bigint, at timestamptz) ON COMMIT DELETE ROWS;
DELETE FROM sighted
"""
# The accounts of the authors in `sighted`, their sightings, and the names they bore when those versions were seen.
_MAKE = """
INSERT INTO patrol_indicator AS i (kind, value, own_id, first_seen, last_seen)
SELECT 'account', max(value), own_id, min(at), max(at) FROM sighted WHERE own_id <> '' GROUP BY own_id ORDER BY own_id
ON CONFLICT (own_id) WHERE own_id <> '' DO UPDATE SET first_seen = LEAST(i.first_seen, EXCLUDED.first_seen),
    last_seen = GREATEST(i.last_seen, EXCLUDED.last_seen)
"""
_SIGHT = """
INSERT INTO patrol_sighting (indicator_id, post_id, version_id, role, confidence, seen_at)
SELECT i.id, s.post_id, s.version_id, s.role, s.confidence, %s FROM sighted s JOIN patrol_indicator i ON i.own_id = s.own_id
WHERE s.own_id <> ''
ON CONFLICT (indicator_id, version_id, role) DO NOTHING
"""
_NAME = """
INSERT INTO patrol_accountname AS n (indicator_id, name, first_seen, last_seen)
SELECT i.id, s.value, min(v.seen_at), max(v.seen_at) FROM sighted s
JOIN patrol_indicator i ON i.own_id = s.own_id JOIN patrol_postversion v ON v.id = s.version_id
WHERE s.own_id <> '' GROUP BY i.id, s.value ORDER BY i.id, s.value
ON CONFLICT (indicator_id, name) DO UPDATE SET first_seen = LEAST(n.first_seen, EXCLUDED.first_seen),
    last_seen = GREATEST(n.last_seen, EXCLUDED.last_seen)
WHERE (n.first_seen, n.last_seen) IS DISTINCT FROM (LEAST(n.first_seen, EXCLUDED.first_seen), GREATEST(n.last_seen, EXCLUDED.last_seen))
"""
# An account is shown under the name it bore last.
_CALL = """
UPDATE patrol_indicator i SET value = newest.name FROM (
    SELECT DISTINCT ON (n.indicator_id) n.indicator_id, n.name FROM patrol_accountname n
    WHERE n.indicator_id IN (SELECT o.id FROM sighted s JOIN patrol_indicator o ON o.own_id = s.own_id WHERE s.own_id <> '')
    ORDER BY n.indicator_id, n.last_seen DESC, n.name
) newest WHERE i.id = newest.indicator_id AND i.value <> newest.name
"""
# Posts of the staging table whose author was a name until now, in every version of theirs.
_LEARNED = """
WITH learned AS (
    SELECT p.id, left(s.platform || ':' || s.author_id, 300) AS own_id, LEAST(COALESCE(p.posted_at, p.first_seen), p.first_seen) AS at
    FROM staging s CROSS JOIN LATERAL (
        SELECT * FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
    ) p WHERE s.author_id <> '' AND p.author_id = ''
)
INSERT INTO sighted (kind, value, own_id, role, confidence, post_id, version_id, at)
SELECT 'account', i.value, l.own_id, 'author', s.confidence, l.id, s.version_id, l.at
FROM learned l JOIN patrol_sighting s ON s.post_id = l.id AND s.role = 'author'
JOIN patrol_indicator i ON i.id = s.indicator_id AND i.kind = 'account' AND i.own_id = ''
RETURNING post_id, value, own_id
"""
_FORGET_NAMES = """
DELETE FROM patrol_sighting s USING sighted t, patrol_indicator i
WHERE s.version_id = t.version_id AND s.role = 'author' AND i.id = s.indicator_id AND i.own_id = '' AND t.own_id <> ''
"""


def own_id(content: domain.Content) -> str:
    """Indicator.own_id of who wrote it; "" where only a name is known."""
    return f"{content.platform}:{keepable(content.author_id)}"[:300] if content.author_id else ""


def sight(cursor: Any, now: datetime) -> None:
    """The authors in the table `sighted` that have an id of their own, in the transaction of `keeping.keep_sighted`."""
    cursor.execute(_MAKE)
    cursor.execute(_SIGHT, [now])
    cursor.execute(_FORGET_NAMES)
    cursor.execute(_NAME)
    cursor.execute(_CALL)


def learn(cursor: Any, now: datetime) -> None:
    """Posts that are known without their author's id and now come with it: their sightings go from the name to the account. Asked
    before the posts of the table `staging` are written, in their transaction."""
    cursor.execute(SIGHTED)
    cursor.execute(_LEARNED)
    learned = {(post, *value.split(":", 1), own.partition(":")[2]) for post, value, own in cursor.fetchall()}
    if learned:
        sight(cursor, now)
        campaigns.name_by_id(cursor, sorted(learned))

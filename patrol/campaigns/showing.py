"""Pictures of posts: which earlier picture each of them is again, though it was cut, bordered, compressed anew or has another number.

Found by bands under an index and to a bound, then laid upon each other and compared tile by tile (`likeness.pictures`). A copy gets the
mark of the picture it copies, so that everything else (ties, cuts that hold for good) is as with equal files. Each costs about 20 ms
and one statement, its candidates as much again; it happens before the lock of the linker is taken, under one of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from patrol.campaigns.keeping import from_json
from patrol.engine.likeness import pictures
from patrol.evidence import raw

CARRIERS: Final = 16  # pictures under one band: what more have is a letter or a logo, and finds none
_VOTES: Final = 2  # bands in common
_LOOKS: Final = 5  # pictures compared closely with each newcomer

_DUE = """
SELECT p.id, p.post_id, p.sha256, p.key, p.offered FROM patrol_shownpicture p
WHERE p.looked_at IS NULL ORDER BY p.id LIMIT %s
"""
_SAME_FILE = "SELECT key FROM patrol_shownpicture WHERE sha256 = %s AND looked_at IS NOT NULL AND id <> %s ORDER BY id LIMIT 1"
_NEAR = """
SELECT b.band, f.id FROM unnest(%s::int[]) AS b (band) CROSS JOIN LATERAL (
    SELECT id FROM patrol_shownpicture WHERE bands && ARRAY[b.band] LIMIT %s
) f
"""
_ROWS = "SELECT id, sha256, key, offered FROM patrol_shownpicture WHERE id = ANY(%s)"
_MARK = """
WITH made AS (
    INSERT INTO patrol_postmark (post_id, kind, key, void) VALUES (%s, 'picture', %s, false) ON CONFLICT DO NOTHING RETURNING post_id
)
UPDATE patrol_linkedpost SET linked_at = NULL WHERE linked_at IS NOT NULL AND post_id IN (SELECT post_id FROM made)
"""
_LOOKED = "UPDATE patrol_shownpicture SET key = %s, bands = %s, looked_at = %s WHERE id = %s"


def look_due(*, now: datetime, limit: int = 50) -> int:
    """Looks at the pictures that wait, up to `limit`, in one transaction. How many those were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol pictures of campaigns'))")
        cursor.execute(_DUE, [limit])
        rows = cursor.fetchall()
        for row_id, post, sha256, key, offered in rows:
            found, bands = _earlier(cursor, row_id, sha256, offered)
            cursor.execute(_LOOKED, [found or key, bands, now, row_id])
            if found is not None and found != key:
                cursor.execute(_MARK, [post, found])
    return len(rows)


def _earlier(cursor: Any, row_id: int, sha256: str, offered: Any) -> tuple[str | None, list[int]]:
    """The mark of the picture this one is again, None where it is none; and the bands by which later ones find it."""
    cursor.execute(_SAME_FILE, [sha256, row_id])
    if (same := cursor.fetchone()) is not None:
        return same[0], []
    sketch = _sketch(sha256)
    if sketch is None:
        return None, []
    bands = pictures.bands(sketch)
    cursor.execute(_NEAR, [bands, CARRIERS + 1])
    under = cursor.fetchall()
    full = {band for band, count in Counter(band for band, _ in under).items() if count > CARRIERS}
    for sha256_there, key, offered_there in _likely(cursor, under, full):
        there = _sketch(sha256_there)
        if there is None or from_json(offered).is_another(from_json(offered_there)):
            continue
        like = pictures.compare(there, sketch)
        if like is not None and (like.changed is None or like.low):
            # One that shows other numbers is kept to be found by: the next copy may be one of it.
            return key, [] if like.changed is None else _kept(bands, full)
    return None, _kept(bands, full)


def _kept(bands: Iterable[int], full: set[int]) -> list[int]:
    return [band for band in bands if band not in full]


def _likely(cursor: Any, under: Iterable[tuple[int, int]], full: set[int]) -> list[tuple[str, str, Any]]:
    """File, mark and offer of those with most bands in common, most likely first."""
    votes = Counter(picture for band, picture in under if band not in full)
    best = [picture for picture, count in votes.most_common(_LOOKS) if count >= _VOTES]
    if not best:
        return []
    cursor.execute(_ROWS, [best])
    known = {row[0]: row[1:] for row in cursor.fetchall()}
    return [known[picture] for picture in best if picture in known]


def _sketch(sha256: str) -> pictures.Sketch | None:
    try:
        return pictures.sketch(raw.whole(sha256))
    except raw.EvidenceMissingError:
        return None

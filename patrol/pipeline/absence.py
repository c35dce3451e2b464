"""What is no longer there: noted on the post and told on its flag, once. A post that is seen again is no longer gone (storing)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from patrol import vocabulary
from patrol.pipeline.copying import keepable

WIDEST = 10_000  # numbers of one stretch; no page shows so many, and each is looked up

# Ordered and locked before the change, so that two workers never wait for each other crosswise.
_NOTE = """
WITH absent AS (
    SELECT p.id FROM patrol_post p JOIN patrol_capture c ON c.id = %(capture)s AND c.platform = p.platform
    WHERE p.gone_at IS NULL AND (p.external_id = ANY (%(gone)s) OR p.external_id = ANY (%(missing)s))
    ORDER BY p.external_id FOR UPDATE OF p
), noted AS (
    UPDATE patrol_post p SET gone_at = %(now)s FROM absent WHERE p.id = absent.id AND p.gone_at IS NULL RETURNING p.id
)
INSERT INTO patrol_flagevent (flag_id, kind, at, check_then_id, before, after)
SELECT f.id, 'gone', %(now)s, f.current_check_id, '{}', jsonb_build_object('capture', %(capture)s::text)
FROM patrol_flag f JOIN noted ON noted.id = f.post_id WHERE f.state <> 'dismissed'
"""


def note(
    gone: Sequence[str],
    covered: vocabulary.Covered | None,
    *,
    shown: Sequence[str],
    capture_id: uuid.UUID,
    now: datetime,
) -> None:
    """`gone`: external_ids the platform says are deleted. `covered`: what is stored of that stretch and not `shown` is gone too.

    In the caller's transaction. A stretch wider than WIDEST says nothing: it is no page's.
    """
    missing: list[str] = []
    if covered and 0 <= covered.high - covered.low < WIDEST:
        there = set(shown)
        numbers = (f"{covered.prefix}{number}" for number in range(covered.low, covered.high + 1))
        missing = [external_id for external_id in numbers if external_id not in there]
    told = [keepable(external_id) for external_id in gone]
    if not (told or missing):
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"gone": told, "missing": missing, "capture": capture_id, "now": now})

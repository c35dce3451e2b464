"""What is no longer there: noted on the post and told on its flag, once. A post that is seen again is no longer gone (storing)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from patrol import domain
from patrol.infra.copying import keepable

WIDEST = 10_000  # numbers of one stretch; no page shows so many, and each is looked up

# What is said of a name is said of the row that has it, unless a row of its own has it too. What was shown by any of its names is
# there: an album has as many as pictures, and the platform may call it by another one tomorrow.
# Ordered and locked before the change, so that two workers never wait for each other crosswise.
_NOTE = """
WITH there AS (
    SELECT o.post_id FROM patrol_othername o JOIN patrol_capture c ON c.id = %(capture)s AND c.platform = o.platform
    WHERE o.external_id = ANY (%(shown)s)
      AND NOT EXISTS (SELECT FROM patrol_post p WHERE p.platform = o.platform AND p.external_id = o.external_id)
), named AS (
    SELECT o.post_id FROM patrol_othername o JOIN patrol_capture c ON c.id = %(capture)s AND c.platform = o.platform
    WHERE o.external_id = ANY (%(gone)s)
      AND NOT EXISTS (SELECT FROM patrol_post p WHERE p.platform = o.platform AND p.external_id = o.external_id)
), absent AS (
    SELECT p.id FROM patrol_post p JOIN patrol_capture c ON c.id = %(capture)s AND c.platform = p.platform
    WHERE p.gone_at IS NULL
      AND p.id = ANY (ARRAY (
          SELECT q.id FROM patrol_post q JOIN patrol_capture d ON d.id = %(capture)s AND d.platform = q.platform
          WHERE q.external_id = ANY (%(gone)s) OR q.external_id = ANY (%(missing)s)
          UNION SELECT post_id FROM named
          UNION SELECT r.id FROM patrol_post r JOIN patrol_capture e ON e.id = %(capture)s AND e.platform = r.platform
              WHERE r.thread = ANY (%(threads)s) AND r.thread <> '' AND r.reply_to = ANY (%(answered)s)
                AND r.external_id <> ALL (%(shown)s)
      ))
      AND p.id NOT IN (SELECT post_id FROM there)
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
    covered: domain.Covered | None,
    *,
    shown: Sequence[str],
    answered: Sequence[str] = (),
    threads: Sequence[str] = (),
    capture_id: uuid.UUID,
    now: datetime,
) -> None:
    """`gone`: external_ids the platform says are deleted, in any form a post may be known by. `covered`: what is stored of that stretch
    and not `shown` is gone too; `shown` are all names of what the page shows. `answered`: of these posts, which stand in `threads`, it
    shows every direct reply.

    In the caller's transaction. A stretch wider than WIDEST says nothing: it is no page's.
    """
    missing: list[str] = []
    if covered and 0 <= covered.high - covered.low < WIDEST:
        there = {keepable(external_id) for external_id in shown}
        numbers = (f"{covered.prefix}{number}" for number in range(covered.low, covered.high + 1))
        missing = [external_id for external_id in numbers if external_id not in there]
    told = [keepable(external_id) for external_id in gone]
    if not (told or missing or answered):
        return
    parameters: dict[str, Any] = {
        "gone": told,
        "missing": missing,
        "answered": [keepable(external_id) for external_id in answered],
        "threads": [keepable(external_id) for external_id in threads],
        "shown": [keepable(external_id) for external_id in shown],
        "capture": capture_id,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, parameters)


def back(post_id: int) -> bool:
    """A look at its own address found the post's words: it is no longer gone. In the caller's transaction. True where it was."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_post SET gone_at = NULL WHERE id = %s AND gone_at IS NOT NULL", [post_id])
        return bool(cursor.rowcount)

"""Once a day: sessions that ended, paces nobody is held by any more, addresses whose code ran out, what was told long ago, to people and
to other systems, and what browsers reported. What else goes by its age does so by times that two people agreed on (patrol.retention)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from patrol.domain import LAW_ZONE
from patrol.infra import reached

AT_ONCE: Final = 1_000  # rows of each kind a sweep

# A session that somebody uses just now is passed over, and so is the bucket of a host that is asked.
_ENDED = (
    """
DELETE FROM patrol_session WHERE session_key IN (
    SELECT session_key FROM patrol_session WHERE expire_date < %(now)s ORDER BY expire_date LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    # By the database's clock, as it was filled. After a day any bucket is full, as is one that is made anew.
    """
DELETE FROM patrol_hostpace WHERE host IN (
    SELECT host FROM patrol_hostpace WHERE filled_at < clock_timestamp() - interval '1 day'
      AND (closed_until IS NULL OR closed_until < clock_timestamp()) LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    """
UPDATE patrol_addresscode SET address = '' WHERE id IN (
    SELECT id FROM patrol_addresscode WHERE address <> '' AND expires_at < %(now)s LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    # Found in rows that are gone through once. An overdue referral or a failing watch is found in each sweep: its row says that it is told.
    """
DELETE FROM patrol_told WHERE id IN (
    SELECT id FROM patrol_told WHERE at < %(now)s - interval '60 days' AND dispatch_id IS NOT NULL AND what NOT IN ('referral', 'watch')
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    # Of gathered ones alone: any other is there once for ever.
    """
DELETE FROM patrol_dispatch WHERE id IN (
    SELECT id FROM patrol_dispatch d WHERE kind = 'notices' AND state NOT IN ('asked', 'trying') AND asked_at < %(now)s - interval '1 year'
      AND NOT EXISTS (SELECT FROM patrol_told t WHERE t.dispatch_id = d.id)
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    # That it arrived is told by how far its webhook has come.
    """
DELETE FROM patrol_delivery WHERE id IN (
    SELECT id FROM patrol_delivery WHERE at < %(now)s - interval '90 days' ORDER BY at LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
""",
    """
DELETE FROM patrol_policyviolation WHERE id IN (
    SELECT id FROM patrol_policyviolation WHERE day < %(today)s::date - 90 LIMIT %(limit)s)
""",
)


def clear(*, now: datetime) -> int:
    """Removes what is due, and asks for nothing more on a day on which all of it went. Returns how many rows."""
    today = now.astimezone(LAW_ZONE).date()
    if reached.day("cleared") >= today:
        return 0
    gone = []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _ENDED:
            cursor.execute(statement, {"now": now, "today": today, "limit": AT_ONCE})
            gone.append(int(cursor.rowcount))
        if max(gone) < AT_ONCE:
            reached.take_days("cleared", last=today, most=1)
    return sum(gone)

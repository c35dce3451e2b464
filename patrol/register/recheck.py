"""What changes under another register, other rules or points, or another reader: due again, found by a query.

All offers of the last 90 days and all open flags are checked again, flagged or not. Marking is one statement in one transaction with
the note that it was done, so a lost message costs a delay and a doubled one nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from patrol import models
from patrol.engine import reading, rules
from patrol.register import editions

DAYS = 90
_STATE = "checked:"  # the heartbeat row that says what everything was checked by

# A batch being read right now is judged by what was in force when it began: it loses its lease and is read again.
_MARK = """
UPDATE patrol_post p SET due_at = clock_timestamp(), attempts = 0, lease_token = NULL, lease_until = NULL
WHERE p.quarantined_at IS NULL
  AND NOT EXISTS (SELECT FROM patrol_erasure e JOIN patrol_postversion n ON n.id = e.version_id
    WHERE n.post_id = p.id AND n.number = p.versions_count)  -- nothing can be read of it: its last verdict stands
  AND (p.lease_token IS NOT NULL OR p.due_at IS NULL AND (
    EXISTS (SELECT FROM patrol_flag f WHERE f.post_id = p.id AND f.state IN ('parked', 'waiting', 'needs_information'))
    OR (COALESCE(p.posted_at, p.first_seen) >= %(since)s AND EXISTS (
        SELECT FROM patrol_postversion v JOIN patrol_reading r ON r.version_id = v.id
        WHERE v.post_id = p.id AND v.number = p.versions_count
          AND (r.text_kind = 'offer_abroad' OR r.reader_version <> %(reader)s)))))
"""


def mark(*, now: datetime) -> int:
    """Makes due what another register, rule set or reader judged, older or newer. Returns how many posts; 0 where that was done before.

    One row says what judged last: whoever goes back to an older rule set or reader, or withdraws points, has everything checked again too.
    While two releases run side by side, each one's sweep marks anew what the other's judged.
    """
    edition = editions.current()
    judged_by = rules.version(editions.current_points())
    state = f"{_STATE}{edition.pk if edition else 0}:{judged_by[:8]}:{reading.READER_VERSION}"
    if models.Heartbeat.objects.filter(name=state).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO patrol_heartbeat (name, at) VALUES (%s, clock_timestamp()) ON CONFLICT (name) DO NOTHING", [state])
        cursor.execute("DELETE FROM patrol_heartbeat WHERE starts_with(name, %s) AND name <> %s", [_STATE, state])
        cursor.execute(_MARK, {"since": now - timedelta(days=DAYS), "reader": reading.READER_VERSION})
        return int(cursor.rowcount)

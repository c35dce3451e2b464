"""What is older than its time, and what of that is held and why: the statements, by the database's clock.

The eraser's functions ask the same of each row once more before anything goes; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

# Posts whose flags stand in a case, a closed one too, and the rings these belong to: few beside what is kept.
_STOOD: Final = """
WITH stood AS MATERIALIZED (
    SELECT f.post_id, bool_or(h.id IS NOT NULL) AS hold
    FROM patrol_caseflag c JOIN patrol_flag f ON f.id = c.flag_id
    LEFT JOIN patrol_legalhold h ON h.case_id = c.case_id AND h.lifted_at IS NULL GROUP BY f.post_id
), rings AS MATERIALIZED (
    SELECT m.campaign_id, bool_or(s.hold) AS hold FROM stood s JOIN patrol_linkedpost m ON m.post_id = s.post_id
    WHERE m.campaign_id IS NOT NULL GROUP BY m.campaign_id
), near AS MATERIALIZED (
    SELECT post_id, bool_or(hold) AS hold FROM (
        SELECT post_id, hold FROM stood
        UNION ALL SELECT m.post_id, r.hold FROM rings r JOIN patrol_linkedpost m ON m.campaign_id = r.campaign_id) both_ways
    GROUP BY post_id
)"""
_POST_HELD: Final = """
CASE
    WHEN n.hold THEN 'hold'
    WHEN n.post_id IS NOT NULL THEN 'case'
    WHEN EXISTS (SELECT FROM patrol_flag f JOIN patrol_protection t ON t.flag_id = f.id WHERE f.post_id = p.id AND t.state <> 'closed')
        THEN 'protection'
    WHEN EXISTS (SELECT FROM patrol_flag f JOIN patrol_decision d ON d.flag_id = f.id JOIN patrol_objection o ON o.decision_id = d.id
        WHERE f.post_id = p.id AND o.state = 'entered') THEN 'objection'
    WHEN EXISTS (SELECT FROM patrol_tip t WHERE t.post_id = p.id AND t.emptied_at IS NULL AND t.state NOT IN ('closed', 'withdrawn'))
        THEN 'report'
    ELSE '' END"""
_LEFT: Final = """
    AND EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id
        AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id))
    AND NOT EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id AND v.seen_at > {until})"""
_UNTIL: Final = "(clock_timestamp() - make_interval(days => %(days)s))"
# Of a protection only what an open case says of it; of a profile whether a case or a flag rests on it.
_STATEMENTS: Final = {
    "unflagged": f"""{_STOOD}
SELECT p.id, {_POST_HELD} AS held FROM patrol_post p LEFT JOIN near n ON n.post_id = p.id
WHERE p.id > %(after)s AND p.first_seen <= {{until}} AND NOT EXISTS (
    SELECT FROM patrol_flag f WHERE f.post_id = p.id AND f.state <> 'parked')
{_LEFT}
ORDER BY p.id""",  # noqa: S608 -- our own text
    "dismissed": f"""{_STOOD}
SELECT p.id, {_POST_HELD} AS held FROM patrol_flag g JOIN patrol_post p ON p.id = g.post_id LEFT JOIN near n ON n.post_id = p.id
WHERE p.id > %(after)s AND g.state = 'dismissed' AND g.decided_at <= {{until}}
{_LEFT}
ORDER BY p.id""",  # noqa: S608 -- our own text
    "victim": """
SELECT p.id, CASE
    WHEN EXISTS (SELECT FROM patrol_caseflag c JOIN patrol_legalhold h ON h.case_id = c.case_id
        WHERE c.flag_id = p.flag_id AND h.lifted_at IS NULL) THEN 'hold'
    WHEN EXISTS (SELECT FROM patrol_caseflag c JOIN patrol_case k ON k.id = c.case_id
        WHERE c.flag_id = p.flag_id AND k.state <> 'closed') THEN 'case'
    ELSE '' END AS held FROM patrol_protection p
WHERE p.id > %(after)s AND p.state = 'closed' AND p.closed_at <= {until}
  AND (p.note <> '' OR p.handed_to <> '' OR EXISTS (
    SELECT FROM patrol_protectionevent e WHERE e.flag_id = p.flag_id AND (e.note <> '' OR e.detail <> '')))
ORDER BY p.id""",
    "profile": f"""{_STOOD}
SELECT p.id, CASE WHEN r.hold THEN 'hold' WHEN r.stood THEN 'case' WHEN r.flag THEN 'flag' ELSE '' END AS held
FROM patrol_profile p CROSS JOIN LATERAL (
    SELECT bool_or(n.hold) AS hold, bool_or(n.post_id IS NOT NULL) AS stood, bool_or(f.state NOT IN ('dismissed', 'parked')) AS flag
    FROM patrol_indicator i JOIN patrol_sighting s ON s.indicator_id = i.id AND s.role = 'author'
    LEFT JOIN patrol_flag f ON f.post_id = s.post_id LEFT JOIN near n ON n.post_id = s.post_id
    WHERE i.kind = 'account' AND (i.value = p.platform || ':' || p.account AND i.own_id = ''
        OR p.account_id <> '' AND i.own_id = p.platform || ':' || p.account_id)) r
WHERE p.id > %(after)s AND p.seen_at <= {{until}} ORDER BY p.id""",  # noqa: S608 -- our own text
    "reading_log": """
SELECT p.id, '' AS held FROM patrol_consultation p
WHERE p.id > %(after)s AND p.at < date_trunc('month', {until} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' ORDER BY p.id""",
    "outbox": """
SELECT p.id, '' AS held FROM patrol_dispatch p
WHERE p.id > %(after)s AND p.ended_at <= {until} AND (p.message_id <> '' OR p.said <> '') ORDER BY p.id""",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one term: how many rows are due and free, and how many are held, by what."""

    due: int
    held: dict[str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """One row that stays though its time is over."""

    term: str
    pk: int
    why: str  # evidence.erasing.Hold


def _statement(term: str) -> str:
    return _STATEMENTS[term].replace("{until}", _UNTIL)


def free(term: str, *, days: int, after: int, most: int) -> list[int]:
    """The next rows that are older than so many days and held by nothing, by id. One query."""
    rows = _asked(
        f"SELECT id, held FROM ({_statement(term)}) found WHERE held = '' ORDER BY id LIMIT %(most)s",  # noqa: S608 -- our own text
        {"days": days, "after": after, "most": most},
    )
    return [int(pk) for pk, _why in rows]


def count(term: str, *, days: int) -> Counted:
    """One query that looks at all there are."""
    rows = _asked(f"SELECT held, count(*) FROM ({_statement(term)}) found GROUP BY held", {"days": days, "after": 0})  # noqa: S608 -- our own text
    found = {str(why): int(number) for why, number in rows}
    return Counted(found.pop("", 0), dict(sorted(found.items())))


def held(term: str, *, days: int, most: int) -> list[Held]:
    """The first of those that are held. One query."""
    rows = _asked(
        f"SELECT id, held FROM ({_statement(term)}) found WHERE held <> '' ORDER BY id LIMIT %(most)s",  # noqa: S608 -- our own text
        {"days": days, "after": 0, "most": most},
    )
    return [Held(term, int(pk), str(why)) for pk, why in rows]


def day(days: int) -> date:
    """So many days before today, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({_UNTIL} AT TIME ZONE 'UTC')::date", {"days": days})
        found: date = cursor.fetchone()[0]
    return found


def _asked(statement: str, given: dict[str, Any]) -> list[tuple[Any, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())

"""What is older than its time, and what of that is held and why: the statements, by the database's clock.

The eraser's functions ask the same of each row once more before anything goes; a test compares the two. Counting looks at all there is. A
run looks at some thousand rows at a time, in the order of their ids: asked for the next hundred of a million, the database sorts them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection

from patrol.infra import wall

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
# The next rows a run looks at: of posts those that came long enough ago, of dismissed flags the posts.
_AHEAD: Final = {
    "unflagged": """
ahead AS MATERIALIZED (
    SELECT id FROM patrol_post WHERE id > %(after)s AND first_seen <= {until} ORDER BY id LIMIT %(most)s)""",
    "dismissed": """
ahead AS MATERIALIZED (
    SELECT post_id AS id FROM patrol_flag WHERE post_id > %(after)s AND state = 'dismissed' AND decided_at <= {until}
    ORDER BY post_id LIMIT %(most)s)""",
}
_LEFT: Final = """
    AND EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id
        AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id))
    AND NOT EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id AND v.seen_at > {until})"""
FIRST: Final = 20  # held rows that are named
_UNTIL: Final = "(clock_timestamp() - make_interval(days => %(days)s))"
# Of a protection only what an open case says of it; of a profile whether a case or a flag rests on it.
_STATEMENTS: Final = {
    "unflagged": f"""{_STOOD}
SELECT p.id, {_POST_HELD} AS held FROM {{posts}} LEFT JOIN near n ON n.post_id = p.id
WHERE p.first_seen <= {{until}} AND NOT EXISTS (
    SELECT FROM patrol_flag f WHERE f.post_id = p.id AND f.state <> 'parked')
{_LEFT}""",  # noqa: S608 -- our own text
    "dismissed": f"""{_STOOD}
SELECT p.id, {_POST_HELD} AS held FROM {{posts}} JOIN patrol_flag g ON g.post_id = p.id
LEFT JOIN near n ON n.post_id = p.id
WHERE g.state = 'dismissed' AND g.decided_at <= {{until}}
{_LEFT}""",  # noqa: S608 -- our own text
    "victim": """
SELECT p.id, CASE
    WHEN EXISTS (SELECT FROM patrol_caseflag c JOIN patrol_legalhold h ON h.case_id = c.case_id
        WHERE c.flag_id = p.flag_id AND h.lifted_at IS NULL) THEN 'hold'
    WHEN EXISTS (SELECT FROM patrol_caseflag c JOIN patrol_case k ON k.id = c.case_id
        WHERE c.flag_id = p.flag_id AND k.state <> 'closed') THEN 'case'
    ELSE '' END AS held FROM patrol_protection p
WHERE p.id > %(after)s AND p.state = 'closed' AND p.closed_at <= {until}
  AND (p.note <> '' OR p.handed_to <> '' OR EXISTS (
    SELECT FROM patrol_protectionevent e WHERE e.flag_id = p.flag_id AND (e.note <> '' OR e.detail <> '')))""",
    "profile": f"""{_STOOD}
SELECT p.id, CASE WHEN r.hold THEN 'hold' WHEN r.stood THEN 'case' WHEN r.flag THEN 'flag' ELSE '' END AS held
FROM patrol_profile p CROSS JOIN LATERAL (
    SELECT bool_or(n.hold) AS hold, bool_or(n.post_id IS NOT NULL) AS stood, bool_or(f.state NOT IN ('dismissed', 'parked')) AS flag
    FROM patrol_indicator i JOIN patrol_sighting s ON s.indicator_id = i.id AND s.role = 'author'
    LEFT JOIN patrol_flag f ON f.post_id = s.post_id LEFT JOIN near n ON n.post_id = s.post_id
    WHERE i.kind = 'account' AND (i.value = p.platform || ':' || p.account AND i.own_id = ''
        OR p.account_id <> '' AND i.own_id = p.platform || ':' || p.account_id)) r
WHERE p.id > %(after)s AND p.seen_at <= {{until}}""",  # noqa: S608 -- our own text
    "intake": """
SELECT p.id, CASE WHEN EXISTS (
    SELECT FROM patrol_seen s JOIN patrol_postversion v ON v.post_id = s.post_id
    WHERE s.intake_id = p.id AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id)) THEN 'post' ELSE '' END AS held
FROM patrol_intake p WHERE p.id > %(after)s AND p.ended_at <= {until}
    AND (p.name <> '' OR p.note <> '' OR p.options ->> 'chat' <> '' OR p.problems <> '[]')""",
    "subject": """
SELECT p.id, '' AS held FROM patrol_subjectrequest p
WHERE p.id > %(after)s AND p.answered_at <= {until} AND (p.note <> '' OR p.answer <> '-')""",
    "objector": """
SELECT p.id, CASE WHEN EXISTS (
    SELECT FROM patrol_decision d JOIN patrol_caseflag c ON c.flag_id = d.flag_id WHERE d.id = p.decision_id)
    THEN 'case' ELSE '' END AS held
FROM patrol_objection p WHERE p.id > %(after)s AND p.ended_at <= {until} AND (p.answered_at IS NULL OR p.answered_at <= {until})
    AND (p.name <> '' OR p.contact <> '' OR p.text <> '')""",
    "reading_log": """
SELECT p.id, '' AS held FROM patrol_consultation p
WHERE p.id > %(after)s AND p.at < date_trunc('month', {until} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'""",
    "outbox": """
SELECT p.id, '' AS held FROM patrol_dispatch p
WHERE p.id > %(after)s AND p.ended_at <= {until} AND (p.message_id <> '' OR p.said <> '')""",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one term: how many rows are due and free, how many are held, by what, and the ids of the first of these."""

    due: int
    held: dict[str, int]  # evidence.erasing.Hold -> how many
    first: dict[str, list[int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of the next rows, in the order of their ids: those that may go; `last`: the id to go on behind, None where no row is left."""

    ids: list[int]
    last: int | None


def _statement(term: str, posts: str = "patrol_post p") -> str:
    return _STATEMENTS[term].replace("{posts}", posts).replace("{until}", _UNTIL)


def free(term: str, *, days: int, after: int, most: int) -> Ahead:
    """Which of the next `most` rows are older than so many days and held by nothing. One query. Of posts nobody flagged its price does not
    grow with what is kept; of dismissed flags it sorts what is left, of the other terms it walks what is held."""
    given = {"days": days, "after": after, "most": most}
    if term in _AHEAD:
        ahead = _AHEAD[term].replace("{until}", _UNTIL)
        statement = _statement(term, "ahead a JOIN patrol_post p ON p.id = a.id").replace("WITH", f"WITH {ahead},", 1)
        # The place behind them all stands last, and names no row.
        statement += " UNION ALL (SELECT max(id), 'last' FROM ahead HAVING count(*) = %(most)s)"
        rows = _asked(statement, given)
        place = next((int(pk) for pk, why in rows if why == "last"), None)
        return Ahead(sorted(int(pk) for pk, why in rows if why == ""), place)
    found = f"SELECT id, held FROM ({_statement(term)}) found WHERE held = '' ORDER BY id LIMIT %(most)s"  # noqa: S608 -- our own text
    ids = [int(pk) for pk, _why in _asked(found, given)]
    return Ahead(ids, ids[-1] if len(ids) == most else None)


def count(term: str, *, days: int) -> Counted:
    """One query that looks at all there are."""
    rows = _asked(
        f"SELECT held, count(*), (array_agg(id ORDER BY id) FILTER (WHERE held <> ''))[:{FIRST}]"  # noqa: S608 -- our own text
        f" FROM ({_statement(term)}) found GROUP BY held ORDER BY held",
        {"days": days, "after": 0},
    )
    held = {str(why): (int(many), ids) for why, many, ids in rows if why}
    free_ones = next((int(many) for why, many, _ids in rows if not why), 0)
    return Counted(free_ones, {why: many for why, (many, _ids) in held.items()}, {why: ids for why, (_many, ids) in held.items()})


def day(days: int) -> date:
    """So many days before today, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({_UNTIL} AT TIME ZONE 'UTC')::date", {"days": days})
        found: date = cursor.fetchone()[0]
    return found


@wall.everything("what goes by its age, and what holds it, lies in all offices")
def _asked(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())

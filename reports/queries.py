"""The questions of the weekly summary to the database: a fixed number, each asked once, for one office or all of them.

All of them read rows that are only ever added (events, decisions, readings, case events, fetches), never today's state
of a flag, and only rows older than `until`: a week that is over answers the same for ever. The price is a look through
the whole history of flag events for the queue at a moment; nothing is kept that could go wrong beside it.

The strings put together here are constants of this file; values always travel as parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from patrol.infra import wall
from patrol.triage.queue import ENTERED
from reports.walking import EVERYTHING, Place, Stretch

CONTACT_KINDS = ("phone", "account", "link", "bank_account", "email")
IN_QUEUE = ("waiting", "needs_information")  # and beside it
INDICATORS_SHOWN = 8
POSTS_TO_BE_SHARED = 2  # an indicator in a single post is not "seen often", and nobody needs it on paper

# Who was harmed is known to their own office: on paper the flag is dismissed like any other.
_OUTCOME = "CASE d.outcome WHEN 'victim' THEN 'dismissed' ELSE d.outcome END"

# Every change of a flag's state, by the machine (rank 0) and by people (rank 1), in one shape.
_STATES = f"""
states AS NOT MATERIALIZED (
    SELECT e.flag_id, e.at, 0 AS rank, e.id, e.kind AS what, e.check_then_id AS check_id,
           CASE WHEN e.kind = 'raised' THEN NULL ELSE e.before->>'state' END AS state_before,
           e.after->>'state' AS state_after,
           e.after->>'level' AS level,
           NULL::timestamptz AS undone_at, NULL::timestamptz AS undoes_at, NULL::text AS undoes_from
      FROM patrol_flagevent e
     WHERE e.after->>'state' IS NOT NULL
       AND (e.kind = 'raised' OR e.before->>'state' IS DISTINCT FROM e.after->>'state')
    UNION ALL
    SELECT d.flag_id, d.at, 1, d.id, {_OUTCOME}, d.check_then_id,
           d.state_before, d.state_after, d.level_then,
           undoing.at, undone.at, undone.state_before
      FROM patrol_decision d
      LEFT JOIN patrol_decision undoing ON undoing.reverses_id = d.id
      LEFT JOIN patrol_decision undone ON undone.id = d.reverses_id
)"""  # noqa: S608 -- constants of this file

# The office that owned flag f at a moment: what the next hand-over names as giver, else today's owner.
_OFFICE_THEN = """
COALESCE((SELECT (h.before->>'office')::bigint FROM patrol_flagevent h
           WHERE h.flag_id = f.id AND h.kind = 'handed_over' AND {after} ORDER BY h.at, h.id LIMIT 1), f.office_id)"""

_AFTER_DECISION = "(h.at, h.id) > (d.at, 9223372036854775807)"  # {after} of _OFFICE_THEN, for decision d
_ENTERED = ENTERED.replace("{flag}", "f.id")

# When the act that event e of a case belongs to was undone: cases.filing.withdraw closes without a note, nobody else can.
_WITHDRAWN_AT = """
(SELECT min(u.at) FROM patrol_caseevent u WHERE u.case_id = e.case_id AND u.kind = 'closed' AND u.note = '' AND u.id >= e.id)"""


class Move(NamedTuple):
    """One change of a flag: of its state, or of its office (what = handed_over).

    A hand-over changes no state: its state_after is the flag's, and state_before, `since` and undone_at are those of the change that
    had brought it into that state.
    """

    at: datetime
    what: str  # kind of the event, or outcome of the decision
    by_people: bool
    check_id: int | None
    state_before: str | None
    state_after: str | None
    level: str | None
    undone_at: datetime | None  # of a decision: when it was taken back
    undoes_at: datetime | None  # of a reversal: when that decision had been made
    undoes_from: str | None  # of a reversal: the state that decision had found
    entered_at: datetime | None  # when the flag last came into the queue
    since: datetime  # when the change of state was made: `at`, but for a hand-over
    again: bool  # the machine had brought the flag into the queue before this
    office_before: int
    office_after: int
    flag: int
    id: int = 0  # of the event, or of the decision

    @property
    def place(self) -> Place:
        return Place(self.at, int(self.by_people), self.id)


class Correction(NamedTuple):
    """`what`: one of tally.CORRECTIONS; `kind` and `id` of the thing: an objection, a flag."""

    at: datetime
    what: str
    kind: str
    id: int


class TipMove(NamedTuple):
    """Of a report of the public. `what`: one of tally.TIPS but waiting; `undone_at`: when a closing or a mark was taken back."""

    at: datetime
    what: str
    tip: int
    undone_at: datetime | None


class Queued(NamedTuple):
    """A flag that waited, or waited for information, at a moment."""

    at: datetime
    state: str
    entered_at: datetime | None
    office: int
    flag: int
    level: str | None = None  # then

    @property
    def since(self) -> datetime:
        return self.entered_at or self.at

    @property
    def place(self) -> Place:
        return Place(self.since, 0, self.flag)


class ReadPost(NamedTuple):
    """`post`: None where this was not its first reading, or is another office's."""

    read_at: datetime
    reading: int
    post: int | None

    @property
    def place(self) -> Place:
        return Place(self.read_at, 0, self.reading)


class Read(NamedTuple):
    office: int | None  # that was asked for
    day: date
    posts: int


class Checked(NamedTuple):
    """What the check said that a flag was raised on."""

    check_id: int
    verdict: str
    contact_own: bool | None
    kinds: list[str]
    countries: list[str]
    platform: str
    places: list[str]


class Seen(NamedTuple):
    kind: str
    value: str
    now: int
    before: int
    since: datetime
    indicator: int


class CaseMove(NamedTuple):
    at: datetime
    kind: str
    case: int
    opened_at: datetime  # of the case, for the first time
    withdrawn_at: datetime | None  # of a case that the undoing of the decision that opened it closed, and what led there: when
    outcome: str = ""  # of a closing since it is asked


class Watched(NamedTuple):
    """One watch on one day; day None where it was not fetched at all in the time asked for."""

    watch: int
    name: str
    platform: str
    created_at: datetime
    day: date | None
    tries: int | None
    good: bool | None
    empty: bool | None
    posts_new: int | None
    problem_id: str | None  # the sentence of the day's last failure
    problem_en: str | None
    pauses: Sequence[datetime] = ()  # of the watch, in turns: paused by a person, resumed


class Edition(NamedTuple):
    number: int
    register_date: date


class OfficeName(NamedTuple):
    id: int
    code: str
    name: str


@wall.everything("figures are counted by the office that is asked for")
def _rows(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


fetched = _rows  # for questions that stand beside what they count


def offices() -> list[OfficeName]:
    return [OfficeName(*row) for row in _rows("SELECT id, code, name FROM patrol_office ORDER BY name, id")]


# Which changes one is looking for: columns of `moved`. What a condition leaves out never counts there; what it lets in, tally judges.
NARROWED: Final = {
    "flagged": "m.rank = 0 AND m.what <> 'handed_over' AND m.state_after = 'waiting' AND COALESCE(m.state_before, 'parked') = 'parked'",
    "returned": "m.what <> 'handed_over' AND m.state_after = 'waiting'",
    "lowered": "m.rank = 0 AND m.what <> 'handed_over' AND m.state_before = 'waiting'",
    "decided": "m.rank = 1 AND m.undoes_at IS NULL",
    "out_of_queue": "m.rank = 1 AND m.undoes_at IS NULL AND m.state_before = 'waiting'",
    "handed_in": "m.what = 'handed_over'",
    "handed_out": "m.what = 'handed_over'",
    "level": "m.level = %(value)s",
    "what": "m.what = %(value)s",
    "flags": "m.flag_id = ANY(%(value)s::bigint[])",
    "contact": """EXISTS (SELECT FROM patrol_licencecheck c JOIN patrol_reading r ON r.id = c.reading_id
                            JOIN patrol_sighting s ON s.version_id = r.version_id AND s.indicator_id = %(value)s AND s.role = 'contact'
                   WHERE c.id = m.check_id)""",
    "verdicts": "EXISTS (SELECT FROM patrol_licencecheck c WHERE c.id = m.check_id AND c.verdict = %(value)s)",
    "kinds": "EXISTS (SELECT FROM patrol_licencecheck c WHERE c.id = m.check_id AND %(value)s = ANY(c.kinds))",
    "countries": """EXISTS (SELECT FROM patrol_licencecheck c JOIN patrol_reading r ON r.id = c.reading_id
                     WHERE c.id = m.check_id AND %(value)s = ANY(r.countries))""",
    "other_countries": """EXISTS (SELECT FROM patrol_licencecheck c JOIN patrol_reading r ON r.id = c.reading_id
                           WHERE c.id = m.check_id AND NOT r.countries <@ %(value)s::varchar[])""",
    "platforms": """EXISTS (SELECT FROM patrol_flag f JOIN patrol_post p ON p.id = f.post_id
                     WHERE f.id = m.flag_id AND p.platform = %(value)s)""",
    "places": """EXISTS (SELECT FROM patrol_licencecheck c JOIN patrol_readingclaims k ON k.reading_id = c.reading_id
                  WHERE c.id = m.check_id
                    AND k.claims @> jsonb_build_array(jsonb_build_object('kind', 'place', 'value', %(value)s::text)))""",
}


def moves(
    office: int | None,
    start: datetime,
    until: datetime,
    *,
    stretch: Stretch = EVERYTHING,
    column: str = "",
    by: str = "",
    value: Any = None,
    lean: bool = False,
) -> list[Move]:
    """In the order they happened. A hand-over shows both offices, so it is found by either.

    `column`, `by` with its `value`: keys of NARROWED. `lean`: without entered_at, and of all offices with office 0: half of the cost.
    """
    after = "(h.at, h.id) > (m.at, CASE WHEN m.rank = 0 THEN m.id ELSE 9223372036854775807 END)"
    start, until = stretch.cut(start, until)
    narrow = " AND ".join(["true", *(NARROWED[key] for key in (column, by) if key)])
    sql = f"""
WITH {_STATES}, moved AS (
    SELECT s.*, s.at AS since, NULL::bigint AS giver, NULL::bigint AS taker FROM states s WHERE s.at >= %(start)s AND s.at < %(until)s
    UNION ALL
    SELECT h.flag_id, h.at, 0, h.id, h.kind, h.check_then_id, was.state_before, was.state_after, was.level,
           was.undone_at, NULL, NULL, was.at, (h.before->>'office')::bigint, (h.after->>'office')::bigint
      FROM patrol_flagevent h
      CROSS JOIN LATERAL (
           SELECT s.state_before, s.state_after, s.level, s.undone_at, s.at FROM states s
            WHERE s.flag_id = h.flag_id AND (s.at, s.rank, s.id) < (h.at, 2, 0)
            ORDER BY s.at DESC, s.rank DESC, s.id DESC LIMIT 1) was
     WHERE h.kind = 'handed_over' AND h.at >= %(start)s AND h.at < %(until)s
), placed AS (
    SELECT m.at, m.rank, m.id, m.flag_id, m.what, m.rank = 1 AS by_people, m.check_id, m.state_before, m.state_after, m.level,
           m.undone_at, m.undoes_at, m.undoes_from, {_ENTERED.format(until="q.at <= m.at")} AS entered_at, m.since,
           EXISTS (SELECT FROM patrol_flagevent q
                    WHERE q.flag_id = f.id AND q.after->>'state' = 'waiting' AND m.rank = 0 AND (q.at, q.id) < (m.at, m.id)) AS again,
           COALESCE(m.giver, {_OFFICE_THEN.format(after=after)}) AS office_before,
           COALESCE(m.taker, {_OFFICE_THEN.format(after=after)}) AS office_after
      FROM moved m JOIN patrol_flag f ON f.id = m.flag_id
     WHERE {narrow} AND {stretch.within("m.at", "m.rank", "m.id")}
)
SELECT at, what, by_people, check_id, state_before, state_after, level, undone_at, undoes_at, undoes_from,
       {"NULL" if lean else "entered_at"}, since, again, {"0, 0" if lean and office is None else "office_before, office_after"}, flag_id, id
  FROM placed WHERE %(office)s::bigint IS NULL OR %(office)s IN (office_before, office_after)
 {stretch.order("at", "rank", "id")}"""  # noqa: S608 -- constants of this file
    return [Move(*row) for row in _rows(sql, office=office, start=start, until=until, value=value, **stretch.given)]


def queued(
    office: int | None, moments: Sequence[datetime], *, stretch: Stretch = EVERYTHING, states: Sequence[str] = IN_QUEUE, level: str = ""
) -> list[Queued]:
    """Who waited at each of these moments, found from each flag's last change before it. With a stretch of one moment: longest first."""
    sql = f"""
WITH {_STATES}, waits AS (
SELECT m.at, l.state_after, {_ENTERED.format(until="q.at < m.at")} AS entered_at, owner.office, f.id,
       (SELECT q.after->>'level' FROM patrol_flagevent q
         WHERE q.flag_id = f.id AND q.after->>'level' IS NOT NULL AND q.at < m.at ORDER BY q.at DESC, q.id DESC LIMIT 1) AS level
  FROM unnest(%(moments)s::timestamptz[]) AS m(at)
  CROSS JOIN LATERAL (
       SELECT DISTINCT ON (s.flag_id) s.flag_id, s.state_after FROM states s WHERE s.at < m.at
        ORDER BY s.flag_id, s.at DESC, s.rank DESC, s.id DESC) l
  JOIN patrol_flag f ON f.id = l.flag_id
  CROSS JOIN LATERAL (SELECT {_OFFICE_THEN.format(after="h.at >= m.at")} AS office) owner
 WHERE l.state_after = ANY(%(states)s)
   AND (%(office)s::bigint IS NULL OR owner.office = %(office)s)
)
SELECT at, state_after, entered_at, office, id, level FROM waits
 WHERE (%(level)s = '' OR level = %(level)s) AND {stretch.within("COALESCE(entered_at, at)", "0", "id")}
 {stretch.order("COALESCE(entered_at, at)", "id")}"""  # noqa: S608 -- constants of this file
    given = {"office": office, "moments": list(moments), "states": list(states), "level": level}
    return [Queued(*row) for row in _rows(sql, **given, **stretch.given)]


def waiting_now(office: int | None, now: datetime, hours: Mapping[str, int]) -> tuple[int, datetime | None, int]:
    """How many wait, since when the oldest, and how many longer than the hours of their level. From flags as they stand: of now alone."""
    sql = f"""
SELECT count(*), min(e.at), count(*) FILTER (WHERE e.at < %(now)s - h.hours * interval '1 hour')
  FROM patrol_flag f
  LEFT JOIN unnest(%(levels)s::text[], %(hours)s::int[]) h (level, hours) ON h.level = f.level
  CROSS JOIN LATERAL (SELECT {_ENTERED.format(until="q.at <= %(now)s")} AS at) e
 WHERE f.state = 'waiting' AND (%(office)s::bigint IS NULL OR f.office_id = %(office)s)"""  # noqa: S608 -- constants of this file
    ((count, oldest, late),) = _rows(sql, office=office, now=now, levels=list(hours), hours=list(hours.values()))
    return count, oldest, late


def taken_back(office: int | None, start: datetime, until: datetime) -> list[tuple[datetime, datetime, str]]:
    """Decisions of this time that days and months count differently: taken back in a later week, or in the same week but a later month.
    When each was made, when taken back, and its outcome."""
    of = "date_trunc('{}', {}.at AT TIME ZONE 'Asia/Jakarta')"
    apart = f"({of.format('week', 'd')} < {of.format('week', 'u')} OR {of.format('month', 'd')} < {of.format('month', 'u')})"
    sql = f"""
SELECT d.at, u.at, {_OUTCOME}
  FROM patrol_decision u JOIN patrol_decision d ON d.id = u.reverses_id JOIN patrol_flag f ON f.id = d.flag_id
 WHERE u.reverses_id IS NOT NULL AND d.at >= %(start)s AND d.at < %(until)s AND {apart}
   AND (%(office)s::bigint IS NULL OR {_OFFICE_THEN.format(after=_AFTER_DECISION)} = %(office)s)"""  # noqa: S608 -- constants of this file
    return [(made, back, outcome) for made, back, outcome in _rows(sql, office=office, start=start, until=until)]


def middles(office: int | None, bounds: Sequence[tuple[datetime, datetime]]) -> list[int | None]:
    """For each of these times the median of whole hours from flag to a decision that ended the matter: tally.hours and tally.percentile."""
    sql = f"""
SELECT (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY took.hours)
          FROM (SELECT floor(extract(epoch FROM d.at - {_ENTERED.format(until="q.at <= d.at")}) / 3600)::int AS hours
                  FROM patrol_decision d JOIN patrol_flag f ON f.id = d.flag_id
                  LEFT JOIN patrol_decision u ON u.reverses_id = d.id
                 WHERE d.reverses_id IS NULL AND d.at >= t.start AND d.at < t.until AND (u.at IS NULL OR u.at >= t.until)
                   AND {_OUTCOME} IN ('confirmed', 'dismissed')
                   AND (%(office)s::bigint IS NULL OR {_OFFICE_THEN.format(after=_AFTER_DECISION)} = %(office)s)) took)
  FROM unnest(%(starts)s::timestamptz[], %(untils)s::timestamptz[]) WITH ORDINALITY t (start, until, place)
 ORDER BY t.place"""  # noqa: S608 -- constants of this file
    starts, untils = zip(*bounds, strict=True)
    return [middle for (middle,) in _rows(sql, office=office, starts=list(starts), untils=list(untils))]


# Posts by their first reading: a better reader does not make old posts new. Of the office whose watch or person brought them first: who
# brings one later does not change a week that is over. For all offices nobody asks which it was: that saves a look for each post.
FIRST_READ = """
  FROM patrol_reading r
  JOIN patrol_postversion v ON v.id = r.version_id
  LEFT JOIN LATERAL (
       SELECT s.watch_id, s.intake_id FROM patrol_seen s
        WHERE s.post_id = v.post_id ORDER BY s.at, s.id LIMIT 1) way ON %(office)s::bigint IS NOT NULL
  LEFT JOIN patrol_watch w ON w.id = way.watch_id
  LEFT JOIN patrol_intake i ON i.id = way.intake_id
 WHERE r.read_at >= %(start)s AND r.read_at < %(until)s
   AND (%(office)s::bigint IS NULL OR COALESCE(w.office_id, i.office_id) = %(office)s)
   AND NOT EXISTS (
       SELECT 1 FROM patrol_reading earlier JOIN patrol_postversion ev ON ev.id = earlier.version_id
        WHERE ev.post_id = v.post_id AND (earlier.read_at, earlier.id) < (r.read_at, r.id))"""


def read(office: int | None, start: datetime, until: datetime) -> list[Read]:
    """By the day of the first reading (Asia/Jakarta)."""
    sql = f"""
SELECT %(office)s::bigint, (r.read_at AT TIME ZONE 'Asia/Jakarta')::date, count(*) {FIRST_READ}
 GROUP BY 2"""
    return [Read(*row) for row in _rows(sql, office=office, start=start, until=until)]


# Readings have no index that orders them by their moment, only one that finds a stretch of time (ADR 34). So time is gone through hour by
# hour, of the days on which anything was read, until there are enough.
_HOURS = """
SELECT GREATEST(hour, %(first)s::timestamptz) AS first, LEAST(hour + interval '1 hour', %(last)s::timestamptz) AS last,
       %(from_at)s::timestamptz AS from_at, %(from_id)s::bigint AS from_id
  FROM (SELECT DISTINCT day FROM patrol_dailytally
         WHERE what = 'read' AND day BETWEEN (%(first)s::timestamptz AT TIME ZONE 'Asia/Jakarta')::date
                                         AND (%(last)s::timestamptz AT TIME ZONE 'Asia/Jakarta')::date) days
 CROSS JOIN LATERAL generate_series(day::timestamp AT TIME ZONE 'Asia/Jakarta',
                                    (day + 1)::timestamp AT TIME ZONE 'Asia/Jakarta' - interval '1 hour', interval '1 hour') hour
 WHERE hour + interval '1 hour' > %(first)s AND hour < %(last)s
 ORDER BY 1"""


def read_posts(office: int | None, start: datetime, until: datetime, stretch: Stretch) -> list[ReadPost]:
    """The readings of this time; of those that `read` counts, the post."""
    first, last = stretch.cut(start, until)
    way = " DESC" if stretch.backwards else ""
    sql = f"""
WITH seen AS MATERIALIZED (
    SELECT r.id, r.read_at
      FROM ({_HOURS}{way}) h
     CROSS JOIN LATERAL (SELECT id, read_at FROM patrol_reading WHERE read_at >= h.first AND read_at < h.last) r
     WHERE h.from_at IS NULL OR (r.read_at, r.id) {"<=" if stretch.backwards else ">="} (h.from_at, h.from_id)
     ORDER BY h.first{way}, r.read_at{way}, r.id{way} LIMIT %(limit)s
)
SELECT seen.read_at, seen.id, f.post_id
  FROM seen LEFT JOIN (SELECT r.id, v.post_id {FIRST_READ} AND r.id = ANY(ARRAY(SELECT id FROM seen))) f ON f.id = seen.id
 ORDER BY seen.read_at{way}, seen.id{way}"""  # noqa: S608 -- constants of this file
    given = stretch.given | {"first": first, "last": last}
    return [ReadPost(*row) for row in _rows(sql, office=office, start=start, until=until, **given)]


def read_by_few(office: int, start: datetime, until: datetime, since: datetime) -> list[ReadPost]:
    """The same of an office with few posts, by who brought them: those that came since some moment before. In the order of reading."""
    sql = f"""
WITH brought AS MATERIALIZED (
    SELECT s.post_id FROM patrol_watch o JOIN patrol_seen s ON s.watch_id = o.id
     WHERE o.office_id = %(office)s AND s.at >= %(since)s AND s.at < %(until)s
    UNION
    SELECT s.post_id FROM patrol_intake o JOIN patrol_seen s ON s.intake_id = o.id
     WHERE o.office_id = %(office)s AND o.at >= %(since)s AND o.at < %(until)s
), read AS MATERIALIZED (
    SELECT r.id FROM brought b JOIN patrol_postversion v ON v.post_id = b.post_id JOIN patrol_reading r ON r.version_id = v.id
     WHERE r.read_at >= %(start)s AND r.read_at < %(until)s
)
SELECT r.read_at, r.id, v.post_id {FIRST_READ} AND r.id IN (SELECT id FROM read) ORDER BY r.read_at, r.id"""  # noqa: S608 -- constants of this file
    return [ReadPost(*row) for row in _rows(sql, office=office, start=start, until=until, since=since)]


_PLACES = "ARRAY(SELECT DISTINCT claim->>'value' FROM jsonb_array_elements(k.claims) claim WHERE claim->>'kind' = 'place')"


def checked(check_ids: Sequence[int], *, places: bool = True) -> dict[int, Checked]:
    """`places`: with those named, which are looked for in what was read of each."""
    sql = f"""
SELECT c.id, c.verdict, c.contact_own, c.kinds, r.countries, p.platform,
       {_PLACES if places else "'{}'::text[]"}
  FROM patrol_licencecheck c
  JOIN patrol_reading r ON r.id = c.reading_id
  JOIN patrol_postversion v ON v.id = r.version_id
  JOIN patrol_post p ON p.id = v.post_id
  {"LEFT JOIN patrol_readingclaims k ON k.reading_id = r.id" if places else ""}
 WHERE c.id = ANY(%(ids)s)"""  # noqa: S608 -- constants of this file
    return {row[0]: Checked(*row) for row in _rows(sql, ids=list(check_ids))}


def shared(now: Sequence[int], before: Sequence[int], until: datetime) -> list[Seen]:
    """The contacts that most of these checks' posts carry, but for posts of people marked as harmed: theirs are no suspect's.

    Values are in full: whoever asks masks them at once.
    """
    # Whether a check is of now or before is found once, by a join: asked of the arrays for each row, it would be a look through them.
    sql = """
WITH asked AS MATERIALIZED (
    SELECT id, bool_or(now) AS now, bool_or(NOT now) AS before
      FROM (SELECT unnest(%(now)s::bigint[]) AS id, true AS now UNION ALL SELECT unnest(%(before)s::bigint[]), false) both_ways
     GROUP BY id
)
SELECT i.kind, i.value,
       count(DISTINCT s.post_id) FILTER (WHERE a.now) AS posts,
       count(DISTINCT s.post_id) FILTER (WHERE a.before) AS posts_before,
       (SELECT min(o.seen_at) FROM patrol_sighting o WHERE o.indicator_id = i.id), i.id
  FROM asked a
  JOIN patrol_licencecheck c ON c.id = a.id
  JOIN patrol_reading r ON r.id = c.reading_id
  JOIN patrol_sighting s ON s.version_id = r.version_id AND s.role = 'contact' AND s.seen_at < %(until)s
  JOIN patrol_indicator i ON i.id = s.indicator_id AND i.kind = ANY(%(kinds)s)
 WHERE NOT EXISTS (SELECT 1 FROM patrol_protection h JOIN patrol_flag f ON f.id = h.flag_id
                    WHERE f.post_id = s.post_id AND h.at < %(until)s)
 GROUP BY i.id
HAVING count(DISTINCT s.post_id) FILTER (WHERE a.now) >= %(least)s
 ORDER BY posts DESC, posts_before DESC, i.id LIMIT %(limit)s"""
    rows = _rows(
        sql, now=list(now), before=list(before), until=until, kinds=list(CONTACT_KINDS), least=POSTS_TO_BE_SHARED, limit=INDICATORS_SHOWN
    )
    return [Seen(*row) for row in rows]


def case_moves(office: int | None, start: datetime, until: datetime) -> list[CaseMove]:
    """One that was opened again because what it referred came back is reopened like any other."""
    sql = f"""
SELECT e.at, CASE e.kind WHEN 'came_back' THEN 'reopened' ELSE e.kind END, e.case_id, c.opened_at, {_WITHDRAWN_AT}, e.outcome
  FROM patrol_caseevent e JOIN patrol_case c ON c.id = e.case_id
 WHERE e.kind IN ('opened', 'reopened', 'came_back', 'closed', 'escalated') AND e.at >= %(start)s AND e.at < %(until)s
   AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
 ORDER BY e.at, e.id"""  # noqa: S608 -- constants of this file
    return [CaseMove(*row) for row in _rows(sql, office=office, start=start, until=until)]


def open_cases(office: int | None, moments: Sequence[datetime]) -> dict[datetime, int]:
    """How many cases were not closed at each of these moments, from each case's last opening or closing before it."""
    sql = """
SELECT m.at, count(l.kind) FILTER (WHERE l.kind <> 'closed')
  FROM unnest(%(moments)s::timestamptz[]) AS m(at)
  LEFT JOIN LATERAL (
       SELECT DISTINCT ON (e.case_id) e.kind FROM patrol_caseevent e JOIN patrol_case c ON c.id = e.case_id
        WHERE e.at < m.at AND e.kind IN ('opened', 'reopened', 'came_back', 'closed')
          AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
        ORDER BY e.case_id, e.at DESC, e.id DESC) l ON true
 GROUP BY m.at"""
    return {row[0]: row[1] for row in _rows(sql, office=office, moments=list(moments))}


def open_case_ids(office: int | None, moment: datetime) -> list[tuple[int, datetime]]:
    """The cases that `open_cases` counts at one moment, and when each was last opened."""
    sql = """
SELECT l.case_id, l.at FROM (
       SELECT DISTINCT ON (e.case_id) e.case_id, e.at, e.kind FROM patrol_caseevent e JOIN patrol_case c ON c.id = e.case_id
        WHERE e.at < %(moment)s AND e.kind IN ('opened', 'reopened', 'came_back', 'closed')
          AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
        ORDER BY e.case_id, e.at DESC, e.id DESC) l
 WHERE l.kind <> 'closed' ORDER BY l.at, l.case_id"""
    return [(row[0], row[1]) for row in _rows(sql, office=office, moment=moment)]


def corrections(office: int | None, start: datetime, until: datetime) -> list[Correction]:
    """Objections entered and decided, and flags corrected after one, of the office the flag had when it was objected to. From what is said
    once and never changed, and events."""
    sql = """
SELECT o.entered_at, 'entered', 'objection', o.id FROM patrol_objection o
 WHERE o.entered_at >= %(start)s AND o.entered_at < %(until)s AND (%(office)s::bigint IS NULL OR o.office_id = %(office)s)
UNION ALL
SELECT o.ended_at, o.outcome, 'objection', o.id FROM patrol_objection o
 WHERE o.state = 'decided' AND o.ended_at >= %(start)s AND o.ended_at < %(until)s
   AND (%(office)s::bigint IS NULL OR o.office_id = %(office)s)
UNION ALL
SELECT e.at, 'corrected', 'flag', e.flag_id FROM patrol_flagevent e
 WHERE e.kind = 'corrected' AND e.at >= %(start)s AND e.at < %(until)s
   AND (%(office)s::bigint IS NULL OR (e.after->>'office')::bigint = %(office)s)
 ORDER BY 1, 4"""
    return [Correction(*row) for row in _rows(sql, office=office, start=start, until=until)]


def tip_moves(office: int | None, start: datetime, until: datetime) -> list[TipMove]:
    """What happened to reports of the public, by the office each had then. Joined to a flag or stored as a post: its first time, ever.
    Closed: those that had not been by then. From events, and from what stays of a report whatever becomes of it."""
    sql = """
SELECT e.at, v.what, e.tip_id, u.at FROM patrol_tipevent e JOIN patrol_tip t ON t.id = e.tip_id
  CROSS JOIN LATERAL unnest(CASE e.kind
       WHEN 'received' THEN CASE WHEN t.danger OR t.since = 'left' THEN ARRAY['received', 'urgent'] ELSE ARRAY['received'] END
       WHEN 'taken_in' THEN ARRAY['joined'] ELSE ARRAY[e.kind::text] END) AS v (what)
  LEFT JOIN LATERAL (
       SELECT min(x.at) AS at FROM patrol_tipevent x
        WHERE x.tip_id = e.tip_id AND x.id > e.id
          AND x.kind = CASE e.kind WHEN 'closed' THEN 'reopened' WHEN 'bad_faith' THEN 'good_faith' END) u ON true
 WHERE e.at >= %(start)s AND e.at < %(until)s AND e.kind IN ('received', 'taken_in', 'joined', 'closed', 'bad_faith')
   AND (%(office)s::bigint IS NULL OR e.office_id = %(office)s)
   AND (e.kind NOT IN ('taken_in', 'joined', 'closed') OR NOT EXISTS (
        SELECT FROM patrol_tipevent j WHERE j.tip_id = e.tip_id AND j.id < e.id AND j.kind IN ('taken_in', 'joined')))
 ORDER BY e.at, e.id"""
    return [TipMove(*row) for row in _rows(sql, office=office, start=start, until=until)]


def tips_waiting(office: int | None, moments: Sequence[datetime]) -> list[tuple[datetime, int, datetime]]:
    """(moment, report, since when): those that waited for an officer then, at the office they had: new, or their reporter wrote last."""
    sql = """
SELECT m.at, e.tip_id, e.since FROM unnest(%(moments)s::timestamptz[]) AS m (at) CROSS JOIN LATERAL (
       SELECT x.tip_id, (array_agg(x.office_id ORDER BY x.id DESC))[1] AS office,
              (array_agg(x.kind ORDER BY x.id DESC) FILTER (WHERE x.kind = ANY(%(turns)s)))[1] AS turn,
              (array_agg(x.at ORDER BY x.id DESC) FILTER (WHERE x.kind = ANY(%(turns)s)))[1] AS since
         FROM patrol_tipevent x WHERE x.at < m.at GROUP BY 1) e
 WHERE e.turn = ANY(%(comes)s) AND (%(office)s::bigint IS NULL OR e.office = %(office)s)
 ORDER BY 1, 3, 2"""
    comes = ["received", "replied", "reopened"]
    turns = [*comes, "asked", "answered", "passed_on", "closed", "withdrawn", "ran_out"]
    return [(row[0], row[1], row[2]) for row in _rows(sql, office=office, moments=list(moments), comes=comes, turns=turns)]


def carriers(indicator: int, check_ids: Sequence[int], until: datetime) -> list[int]:
    """Those of these checks whose posts carry the indicator as a contact, as `shared` counts them."""
    sql = """
SELECT DISTINCT c.id
  FROM patrol_licencecheck c
  JOIN patrol_reading r ON r.id = c.reading_id
  JOIN patrol_sighting s ON s.version_id = r.version_id AND s.role = 'contact' AND s.seen_at < %(until)s
 WHERE c.id = ANY(%(ids)s::bigint[]) AND s.indicator_id = %(indicator)s
   AND NOT EXISTS (SELECT 1 FROM patrol_protection h JOIN patrol_flag f ON f.id = h.flag_id
                    WHERE f.post_id = s.post_id AND h.at < %(until)s)"""
    return [row[0] for row in _rows(sql, indicator=indicator, ids=list(check_ids), until=until)]


def watched(office: int | None, start: datetime, until: datetime) -> list[Watched]:
    """Every watch that existed before `until`, day by day (Asia/Jakarta, by the end of the fetch)."""
    sql = """
SELECT w.id, w.name, w.platform, w.created_at, d.day, d.tries, d.good, d.empty, d.posts_new,
       d.problem->>'id', d.problem->>'en', p.moments
  FROM patrol_watch w
  CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(a.at ORDER BY a.seq), '{}') AS moments
         FROM patrol_auditentry a
        WHERE a.target_type = 'watch' AND a.target_id = w.id::text AND a.at < %(until)s
          AND (a.verb = 'watch.paused' OR (a.verb = 'watch.resumed' AND a.before->>'state' = 'paused'))) p
  LEFT JOIN LATERAL (
       SELECT (x.ended_at AT TIME ZONE 'Asia/Jakarta')::date AS day, count(*) AS tries,
              bool_or(x.outcome = 'unchanged' OR (x.outcome = 'good' AND x.posts_seen > 0)) AS good,
              bool_or(x.outcome = 'good' AND x.posts_seen = 0) AS empty,
              sum(x.posts_new) AS posts_new,
              (array_agg(x.problems->-1 ORDER BY x.id DESC) FILTER (WHERE x.outcome = 'failed'))[1] AS problem
         FROM patrol_fetch x
        WHERE x.watch_id = w.id AND x.ended_at >= %(start)s AND x.ended_at < %(until)s
        GROUP BY 1) d ON true
 WHERE w.created_at < %(until)s AND (%(office)s::bigint IS NULL OR w.office_id = %(office)s)
 ORDER BY w.name, w.id, d.day"""
    return [Watched(*row) for row in _rows(sql, office=office, start=start, until=until)]


def register(until: datetime) -> Edition | None:
    """The newest edition that was loaded at that moment."""
    sql = """
SELECT number, register_date FROM patrol_registeredition WHERE imported_at < %(until)s ORDER BY number DESC LIMIT 1"""
    return next((Edition(*row) for row in _rows(sql, until=until)), None)

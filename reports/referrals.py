"""What was asked of outside bodies and what came of it, referral by referral, at any moment.

Like all figures from rows that are only ever added: events of a referral, answers to its lines, looks at its links, what was seen again
under another name. Corrections ask for nothing, and who was harmed is nobody's figure: both stay out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from patrol import domain
from patrol.cases.channels import CHANNELS
from patrol.domain.availability import Availability
from patrol.domain.referrals import ItemKind
from patrol.models import ItemOutcome
from reports import tally
from reports.figures import ChannelRow, Row
from reports.queries import fetched

LEFT_OUT: Final = tuple(key for key, channel in CHANNELS.items() if ItemKind.PERSON in channel.kinds)
TAKE_DOWN: Final = frozenset({"platform_form", "komdigi", "aduan_nomor"})  # the others act, and nothing goes down by it
WAITS, DOWN, REFUSED, WITHDRAWN = "waits", "down", "refused", "withdrawn"
_SAID: Final[dict[str, str]] = {ItemOutcome.ACTED_UPON: DOWN, ItemOutcome.PARTLY_DONE: DOWN, ItemOutcome.REFUSED: REFUSED}
ACCOUNT, SITE, POST = "account", "site", "post"
CLOSED: Final = (ACCOUNT, SITE, POST, "phone", "bank_account")

_SENT = """
WITH sent AS (
    SELECT r.id, r.channel, min(e.at) AS at
      FROM patrol_referralevent e JOIN patrol_referral r ON r.id = e.referral_id JOIN patrol_case c ON c.id = r.case_id
     WHERE e.kind = 'sent' AND e.at < %(until)s AND r.corrects_id IS NULL AND r.channel <> ALL(%(left_out)s)
       AND (%(office)s::bigint IS NULL OR c.office_id = %(office)s)
     GROUP BY r.id
)
SELECT s.id, s.channel, s.at,
       (SELECT min(e.at) FROM patrol_referralevent e WHERE e.referral_id = s.id AND e.kind = 'withdrawn' AND e.at < %(until)s),
       ARRAY(SELECT e.at FROM patrol_referralevent e
              WHERE e.referral_id = s.id AND e.kind = 'came_back' AND e.at < %(until)s ORDER BY e.id),
       seen.at, seen.denied_at, i.kind, p.platform, i.mark, said.outcome, said.at, looked.outcome, looked.at
  FROM sent s
  JOIN patrol_referralitem i ON i.referral_id = s.id
  JOIN patrol_flag f ON f.id = i.flag_id
  JOIN patrol_post p ON p.id = f.post_id
  CROSS JOIN LATERAL (
       SELECT array_agg(k.at ORDER BY k.id) AS at, array_agg((
              SELECT min(a.at) FROM patrol_comebackanswer a
               WHERE a.come_back_id = k.id AND a.outcome = 'other' AND a.at < %(until)s) ORDER BY k.id) AS denied_at
         FROM patrol_comeback k WHERE k.referral_id = s.id AND k.at < %(until)s) seen
  CROSS JOIN LATERAL (
       SELECT array_agg(a.outcome ORDER BY a.id) AS outcome, array_agg(a.at ORDER BY a.id) AS at
         FROM patrol_itemanswer a WHERE a.item_id = i.id AND a.at < %(until)s) said
  CROSS JOIN LATERAL (
       SELECT array_agg(l.outcome ORDER BY l.id) AS outcome, array_agg(l.at ORDER BY l.id) AS at
         FROM patrol_linkcheck l
        WHERE i.kind = 'link' AND l.post_id = p.id AND l.outcome <> 'unsure' AND l.at >= s.at AND l.at < %(until)s) looked
 ORDER BY s.at, s.id, i.id"""


class _Row(NamedTuple):
    """One line of a referral."""

    referral: int
    channel: str
    sent_at: datetime
    withdrawn_at: datetime | None
    came_back: list[datetime]
    seen: list[datetime] | None
    denied: list[datetime | None] | None
    kind: str
    platform: str
    mark: str
    said: list[str] | None
    said_at: list[datetime] | None
    looked: list[str] | None
    looked_at: list[datetime] | None


class Change(NamedTuple):
    """What a referral or a line has been from `at` on. `by`: the moment by which it was so, where a look tells of it later."""

    at: datetime
    state: str
    by: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """`key`: what kind of thing, one of CLOSED or an ItemKind; `mark` names the thing itself."""

    key: str
    mark: str
    changes: tuple[Change, ...]

    def state(self, moment: datetime) -> str:
        return _at(self.changes, moment)


@dataclass(frozen=True, slots=True)
class Referral:
    id: int
    channel: str
    sent_at: datetime
    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    asked: tuple[datetime, ...]  # when they asked for a clarification
    back: tuple[tuple[datetime, datetime | None], ...]  # when it was there again, and when a person said that it is something else

    def state(self, moment: datetime) -> str:
        """ "" before it was sent."""
        return _at(self.changes, moment)

    def became(self, start: datetime, until: datetime) -> Change | None:
        """The last change within, where it is another thing at the end than at the start."""
        if self.state(start) == self.state(until):
            return None
        return self.changes[bisect_left(self.changes, until, key=lambda change: change.at) - 1]


def _at(changes: Sequence[Change], moment: datetime) -> str:
    """A change at the moment itself lies after it."""
    place = bisect_left(changes, moment, key=lambda change: change.at)
    return changes[place - 1].state if place else ""


def sent(office: int | None, until: datetime) -> list[Referral]:
    """All that were sent before, with what is known of them before. One query."""
    rows = [_Row(*row) for row in fetched(_SENT, office=office, until=until, left_out=list(LEFT_OUT))]
    return [_referral(list(lines)) for _id, lines in groupby(rows, key=lambda row: row.referral)]


def _referral(rows: Sequence[_Row]) -> Referral:
    first = rows[0]
    lines = tuple(Line(_key(row), row.mark, _of_line(row)) for row in rows)
    asked = [at for row in rows for said, at in _answers(row) if said == ItemOutcome.CLARIFICATION_ASKED]
    found = [at for row in rows for at in _found_back(row)]
    back: list[tuple[datetime, datetime | None]] = [(at, None) for at in (*first.came_back, *found)]
    back += zip(first.seen or (), first.denied or (), strict=True)
    return Referral(
        first.referral, first.channel, first.sent_at, of_lines(first.sent_at, first.withdrawn_at, lines), lines, tuple(asked), tuple(back)
    )


def _key(row: _Row) -> str:
    if row.kind != ItemKind.LINK:
        return row.kind
    return SITE if row.platform == domain.Platform.WEB else POST


def _answers(row: _Row) -> Iterable[tuple[str, datetime]]:
    return zip(row.said or (), row.said_at or (), strict=True)


def _looks(row: _Row) -> list[tuple[str, datetime]]:
    return list(zip(row.looked or (), row.looked_at or (), strict=True))


def _of_line(row: _Row) -> tuple[Change, ...]:
    """What two looks in a row found down stays down here: that it is back is told beside it. Else the newest answer holds."""
    told = next((Change(at, DOWN, first) for (was, first), (now, at) in pairwise(_looks(row)) if was == now == Availability.DOWN), None)
    said = [Change(at, _SAID.get(outcome, WAITS), at) for outcome, at in _answers(row)]
    if told is not None:
        said = [*(change for change in said if change.at < told.at), told]
    return tuple(said)


def _found_back(row: _Row) -> list[datetime]:
    """The looks that found a link there which two looks had found down."""
    found, down = [], False
    looks = _looks(row)
    for place, (outcome, at) in enumerate(looks):
        if outcome == Availability.DOWN and place and looks[place - 1][0] == Availability.DOWN:
            down = True
        elif outcome == Availability.THERE and down:
            found.append(at)
            down = False
    return found


def of_lines(sent_at: datetime, withdrawn_at: datetime | None, lines: Sequence[Line]) -> tuple[Change, ...]:
    """A referral is down or refused once each of its lines is one or the other; down, where any is."""
    changes = [Change(sent_at, WAITS, sent_at)]
    now: list[Change | None] = [None] * len(lines)
    for change, place in sorted((change, place) for place, line in enumerate(lines) for change in line.changes):
        now[place] = change
        ended = [one for one in now if one is not None and one.state != WAITS]
        if len(ended) < len(lines):
            state, by = WAITS, change.by
        else:
            down = [one.by for one in ended if one.state == DOWN]
            state, by = (DOWN, max(down)) if down else (REFUSED, change.by)
        if state != changes[-1].state:
            changes.append(Change(change.at, state, by))
    if withdrawn_at is not None:  # the end of it, whatever is found later
        changes = [change for change in changes if change.at < withdrawn_at]
        changes.append(Change(withdrawn_at, WITHDRAWN, withdrawn_at))
    return tuple(changes)


# --- counted --------------------------------------------------------------------------------------

COLUMNS: Final = ("start", "sent", "reopened", "down", "refused", "withdrawn", "asked", "end", "back")


def counted(referrals: Iterable[Referral], column: str, start: datetime, until: datetime) -> list[tuple[Referral, datetime]]:
    """Those a column counts, and when what it counts happened."""
    found = ((one, _when(one, column, start, until)) for one in referrals)
    return [(one, at) for one, at in found if at is not None]


def _when(one: Referral, column: str, start: datetime, until: datetime) -> datetime | None:  # noqa: PLR0911 -- a line a column
    if column == "sent":
        return one.sent_at if start <= one.sent_at < until else None
    if column in {"start", "end"}:
        return one.sent_at if one.state(start if column == "start" else until) == WAITS else None
    if column == "asked":
        return next((at for at in one.asked if start <= at < until), None)
    if column == "back":
        return min((at for at, denied in one.back if start <= at < until and (denied is None or denied >= until)), default=None)
    became = one.became(start, until)
    if became is None:
        return None
    if column == "reopened":
        return became.at if one.state(start) in {DOWN, REFUSED} else None
    return became.at if became.state == column else None


def table(referrals: Sequence[Referral], start: datetime, until: datetime) -> tuple[ChannelRow, ...]:
    """A row for each channel that has anything to tell, in the order of the channels."""
    columns = {column: counted(referrals, column, start, until) for column in COLUMNS}
    many = {column: Counter(one.channel for one, _at in found) for column, found in columns.items()}
    days: dict[str, list[int]] = {}
    for one, _told in columns[DOWN]:
        became = one.became(start, until)
        assert became is not None
        days.setdefault(one.channel, []).append((became.by - one.sent_at) // timedelta(days=1))
    return tuple(
        ChannelRow(
            key=channel, **{column: many[column][channel] for column in COLUMNS}, days=tally.percentile(sorted(days.get(channel, [])), 50)
        )
        for channel in CHANNELS
        if any(found[channel] for found in many.values())
    )


MEASURES: Final = {"referrals": "sent", "down": "down", "back": "back"}  # key of the measure: column it counts


def measured(referrals: Sequence[Referral], key: str, start: datetime, until: datetime) -> list[tuple[Referral, datetime]]:
    """What a key figure counts: `down` only where something goes down."""
    found = counted(referrals, MEASURES[key], start, until)
    return [(one, at) for one, at in found if key != DOWN or one.channel in TAKE_DOWN]


def series(referrals: Sequence[Referral], bounds: Sequence[tuple[datetime, datetime]], until: datetime) -> dict[str, list[int]]:
    return {key: [len(measured(referrals, key, start, min(end, until))) for start, end in bounds] for key in MEASURES}


# --- by calendar month, as the ministry tells it ---------------------------------------------------


def months(until: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """The month the moment before `until` lies in, up to it, and the whole month before."""
    day = (until - timedelta(microseconds=1)).astimezone(domain.LAW_ZONE).date()
    begins = _midnight(day.replace(day=1))
    before = _midnight((begins.date() - timedelta(days=1)).replace(day=1))
    return (begins, until), (before, begins)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), domain.LAW_ZONE)


def closed(referrals: Iterable[Referral], start: datetime, until: datetime) -> dict[str, list[tuple[Referral, datetime]]]:
    """By kind of thing, one row for each that went down or was acted upon in this time, however many referrals asked about it."""
    found: dict[str, dict[str, tuple[Referral, datetime]]] = {key: {} for key in CLOSED}
    for one in referrals:
        for line in one.lines:
            if line.key in found and line.state(until) == DOWN and line.state(start) != DOWN:
                at = max(change.at for change in line.changes if change.at < until)
                found[line.key].setdefault(line.mark, (one, at))
    return {key: list(rows.values()) for key, rows in found.items()}


def closed_rows(referrals: Sequence[Referral], until: datetime) -> tuple[Row, ...]:
    """Accounts and sites in any case, the others where there are any."""
    now, before = (closed(referrals, *month) for month in months(until))
    rows = (Row(key, len(now[key]), len(before[key])) for key in CLOSED)
    return tuple(row for row in rows if row.now or row.before or row.key in {ACCOUNT, SITE})


def total(rows: Sequence[ChannelRow], column: str) -> int:
    return sum(int(getattr(row, column)) for row in rows)

"""Agencies under a sanction while a summary's time ran, and the offers in their name: before their decree and since it.

By the newest edition of the register there was at the end. A post is judged by its own day, so that what lies before a decree breaks
none; what lies after the end of a sanction stands in neither column.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from patrol import domain
from patrol.domain import StandingStatus
from patrol.engine import masks
from reports.figures import Sanction
from reports.queries import FIRST_READ, fetched

STATUSES: Final = (StandingStatus.SUSPENDED, StandingStatus.PARTLY_SUSPENDED, StandingStatus.REVOKED)
BEFORE, AFTER = "before", "after"

# Each period with its last day: its own, else the day before the next one, as engine.licences.standing has it; one that another of the
# same day replaced held on no day. Posts are asked for only where an agency is under a sanction, from the readings of the time on: checks
# have no index by agency.
_TROUBLED = f"""
WITH troubled AS MATERIALIZED (
    SELECT p.id, p.name, p.status, p.decree, p.since, p.until FROM (
        SELECT s.id, a.name, s.status, s.decree, s.since,
               COALESCE(s.until, lead(s.since) OVER (PARTITION BY a.id ORDER BY s.since, s.id) - 1) AS until
          FROM patrol_agency a JOIN patrol_standing s ON s.agency_id = a.id
         WHERE a.edition_id = (SELECT e.id FROM patrol_registeredition e WHERE e.imported_at < %(until)s ORDER BY e.number DESC LIMIT 1)
           AND (a.gone_since IS NULL OR a.gone_since > %(first)s)) p
     WHERE p.status = ANY(%(statuses)s) AND p.since <= %(last)s AND (p.until IS NULL OR p.until >= GREATEST(p.since, %(first)s))
), named AS MATERIALIZED (
    SELECT r.id, c.agency, c.day
      FROM patrol_reading r JOIN patrol_licencecheck c ON c.reading_id = r.id
     WHERE (SELECT count(*) FROM troubled) > 0 AND r.read_at >= %(start)s AND r.read_at < %(until)s AND r.text_kind = 'offer_abroad'
       AND c.agency IN (SELECT t.name FROM troubled t)
       AND NOT EXISTS (SELECT FROM patrol_licencecheck k WHERE k.reading_id = c.reading_id AND k.id < c.id)
), offers AS (
    SELECT f.post_id, f.read_at, n.agency, n.day
      FROM named n
      JOIN (SELECT v.post_id, r.read_at, r.id AS reading {FIRST_READ} AND r.id IN (SELECT m.id FROM named m)) f ON f.reading = n.id
)
SELECT t.id, t.name, t.status, t.decree, t.since, t.until, o.post_id, o.day, o.read_at
  FROM troubled t LEFT JOIN offers o ON o.agency = t.name AND (t.until IS NULL OR o.day <= t.until)
 ORDER BY t.name, t.since, t.id, o.read_at, o.post_id"""  # noqa: S608 -- constants of this file


class _Row(NamedTuple):
    period: int
    name: str
    status: str
    decree: str
    since: date
    until: date | None
    post: int | None
    day: date | None  # of the post, by which it is judged
    read_at: datetime | None


class Offer(NamedTuple):
    post: int
    read_at: datetime
    side: str  # BEFORE or AFTER


class Troubled(NamedTuple):
    agency: str
    status: str
    decree: str
    since: date
    until: date | None
    offers: tuple[Offer, ...]

    def on(self, side: str) -> list[Offer]:
        return [offer for offer in self.offers if offer.side == side]


def troubled(office: int | None, start: datetime, until: datetime) -> list[Troubled]:
    """By name and day. One query."""
    last = (until - timedelta(microseconds=1)).astimezone(domain.LAW_ZONE).date()
    first = start.astimezone(domain.LAW_ZONE).date()
    given = {"office": office, "start": start, "until": until, "first": first, "last": last}
    rows = [_Row(*row) for row in fetched(_TROUBLED, statuses=[str(status) for status in STATUSES], **given)]
    return [_of_period(list(lines)) for _period, lines in groupby(rows, key=lambda row: row.period)]


def _of_period(rows: Sequence[_Row]) -> Troubled:
    first = rows[0]
    offers = tuple(
        Offer(row.post, row.read_at, BEFORE if row.day < first.since else AFTER)
        for row in rows
        if row.post is not None and row.day is not None and row.read_at is not None
    )
    return Troubled(masks.text(first.name), first.status, masks.text(first.decree), first.since, first.until, offers)


def table(found: Sequence[Troubled], start: datetime) -> tuple[Sanction, ...]:
    """Most offers since the decree first. A licence revoked before, without an offer, is not told week after week: it is counted only."""
    first = start.astimezone(domain.LAW_ZONE).date()
    shown = [one for one in found if one.offers or one.status != StandingStatus.REVOKED or one.since >= first]
    rows = (
        Sanction(
            agency=one.agency,
            status=one.status,
            decree=one.decree,
            since=one.since.isoformat(),
            until=one.until.isoformat() if one.until else None,
            before=len(one.on(BEFORE)),
            after=len(one.on(AFTER)),
        )
        for one in shown
    )
    return tuple(sorted(rows, key=lambda row: (-row.after, -row.before, row.agency, row.since)))


def offers(found: Sequence[Troubled], rows: Sequence[Sanction], place: int, side: str) -> list[Offer]:
    """What a row of the table counted on one side of its decree. Rows that read alike stand in one order here and there."""
    row = _named(rows[place])
    alike = [one for one in found if (one.agency, one.status, one.since.isoformat(), one.decree) == row]
    alike.sort(key=lambda one: (-len(one.on(AFTER)), -len(one.on(BEFORE))))
    nth = sum(_named(one) == row for one in rows[:place])
    return alike[nth].on(side) if nth < len(alike) else []


def _named(row: Sanction) -> tuple[str, str, str, str]:
    return row.agency, row.status, row.since, row.decree

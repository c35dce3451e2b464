"""Once a week: what of each person's reading stood out, from the reading log, told to the data protection officers.

A week begins on Monday in Asia/Jakarta. That one was looked at stands in the audit log, also where nothing stood out. Weeks that were
missed are made up for a month.

Of whoever works at the directorate no things of other offices are counted: all they work on is of other offices.

What another system asks with a token stands in the log under the name of whoever made the token, and is left out here: a system asks at
night and in bulk. Its limits are those of its token.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models, search
from patrol.access import Action, audit, duties
from patrol.cases import clock, joint_leave
from patrol.domain import LAW_ZONE, ZONE_LETTERS, ClaimKind, unusual_reading
from patrol.domain.unusual_reading import WEEKS, Week
from patrol.engine import working_hours
from patrol.infra import locks
from patrol.infra.refusals import RefusedError
from patrol.models import Role, UnusualReason

NOTICE: Final = "unusual_reading"
VERB: Final = "consultation.looked"
TARGET: Final = "readingweek"
MADE_UP: Final = 4  # weeks
OPEN: Final = "open"
_WEEK: Final = timedelta(days=7)

# Of these Mondays the ones in whose week somebody read something and that nobody looked at.
_DUE: Final = """
SELECT w.day FROM unnest(%(days)s::date[], %(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS w (day, start, stop)
WHERE NOT EXISTS (SELECT FROM patrol_auditentry WHERE target_type = %(target)s AND target_id = w.day::text)
  AND EXISTS (SELECT FROM patrol_consultation WHERE at >= w.start AND at < w.stop)
ORDER BY w.day
"""
# What was shown, and how many answers outside of the spans of working time, of offices in one zone.
_SHOWN: Final = """
SELECT c.person_id, sum(greatest(c.rows, 1)), count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM unnest(%(opens)s::timestamptz[], %(closes)s::timestamptz[]) AS s (opens, closes) WHERE c.at >= s.opens AND c.at < s.closes))
FROM patrol_consultation c JOIN patrol_office o ON o.id = c.office_id
WHERE c.at >= %(start)s AND c.at < %(end)s AND c.way <> 'api' AND o.zone = %(zone)s GROUP BY 1
"""
# A contact is of the office of its newest flag. Of a list in full each row counts, unless the log says that it is of the own office alone.
_OTHERS: Final = """
SELECT person_id, day, count(DISTINCT (target_kind, target_id)) FILTER (WHERE target_id <> '' AND whose <> office_id)
    + coalesce(sum(rows) FILTER (WHERE target_id = '' AND unmasked AND whose IS DISTINCT FROM office_id), 0)
FROM (
    SELECT c.person_id, c.office_id, c.target_kind, c.target_id, c.unmasked, c.rows, (c.at AT TIME ZONE o.zone)::date AS day,
        CASE WHEN c.target_kind = 'indicator' AND c.target_id ~ '^[0-9]{1,18}$' THEN (
            SELECT f.office_id FROM patrol_sighting s JOIN patrol_flag f ON f.post_id = s.post_id
            WHERE s.indicator_id = c.target_id::bigint ORDER BY s.post_id DESC LIMIT 1) ELSE c.of_office_id END AS whose
    FROM patrol_consultation c JOIN patrol_office o ON o.id = c.office_id
    WHERE c.at >= %(start)s AND c.at < %(end)s AND c.way <> 'api' AND o.kind <> 'directorate'
) shown GROUP BY 1, 2
"""
_BEFORE: Final = """
SELECT person_id, floor(extract(epoch FROM %(start)s - at) / 604800), sum(greatest(rows, 1))
FROM patrol_consultation WHERE at >= %(first)s AND at < %(start)s AND way <> 'api' AND person_id = ANY(%(people)s)
GROUP BY 1, 2 ORDER BY 1, 2 DESC
"""
# Of people who were shown nothing before: the median of a week of whoever works at their office.
_OFFICE: Final = """
SELECT p.person_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY w.many)
FROM (SELECT DISTINCT person_id, office_id FROM patrol_consultation
      WHERE at >= %(start)s AND at < %(end)s AND way <> 'api' AND person_id = ANY(%(people)s)) p
JOIN (SELECT office_id, sum(greatest(rows, 1)) AS many FROM patrol_consultation
      WHERE at >= %(first)s AND at < %(start)s AND way <> 'api'
      GROUP BY office_id, person_id, floor(extract(epoch FROM %(start)s - at) / 604800)) w ON w.office_id = p.office_id
GROUP BY 1
"""
# Searches for what the person is called or reached by, and looks at the indicator that is their address.
_OWN: Final = """
SELECT c.person_id, count(*)
FROM unnest(%(people)s::bigint[], %(digests)s::text[], %(indicators)s::text[]) AS p (person, digest, indicator)
JOIN patrol_consultation c ON c.person_id = p.person AND c.at >= %(start)s AND c.at < %(end)s
    AND (p.digest <> '' AND c.query_digest = p.digest OR p.indicator <> '' AND c.target_kind = 'indicator' AND c.target_id = p.indicator)
GROUP BY 1
"""


def _monday(now: datetime) -> date:
    today = now.astimezone(LAW_ZONE).date()
    return today - timedelta(days=today.weekday())


def _begins(monday: date) -> datetime:
    return datetime.combine(monday, time(), LAW_ZONE)


def last_week(now: datetime) -> tuple[datetime, datetime]:
    """The last week that is over: its Monday and the one after it, both at 00.00 in Asia/Jakarta."""
    this = _monday(now)
    return _begins(this - _WEEK), _begins(this)


def look(*, now: datetime) -> int:
    """Looks at each week that is over and nobody looked at. Returns how many things stood out. One query where nothing is due."""
    if not _due(now):
        return 0
    with locks.only_one("unusual reading") as alone:
        return sum(_look_at(monday, now) for monday in (_due(now) if alone else ()))


def _due(now: datetime) -> list[date]:
    this = _monday(now)
    days = [this - n * _WEEK for n in range(1, MADE_UP + 1)]
    starts, ends = [_begins(day) for day in days], [_begins(day + _WEEK) for day in days]
    return [day for (day,) in _rows(_DUE, days=days, starts=starts, ends=ends, target=TARGET)]


def _rows(sql: str, **given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def weeks(monday: date) -> dict[int, Week]:
    """By person, what the week held that began on this Monday. Three queries, three more, one where somebody is new, and one for each time
    zone."""
    start, end = _begins(monday), _begins(monday + _WEEK)
    span = {"start": start, "end": end}
    leave = joint_leave.days_off()
    opening, closing = settings.WORKDAY
    shown: dict[int, int] = defaultdict(int)
    outside: dict[int, int] = defaultdict(int)
    for zone in ZONE_LETTERS:
        hours = working_hours.Calendar(ZoneInfo(zone), opening, closing, clock.DaysOff(leave))
        spans = list(hours.spans(start, end))
        opens, closes = [first for first, _until in spans], [until for _first, until in spans]
        for person, many, late in _rows(_SHOWN, **span, zone=zone, opens=opens, closes=closes):
            shown[person] += int(many)
            outside[person] += late
    people = list(shown)
    before: dict[int, list[int]] = defaultdict(list)
    for person, _week, many in _rows(_BEFORE, start=start, first=start - WEEKS * _WEEK, people=people):
        before[person].append(int(many))
    new = [person for person in people if person not in before]
    office = dict(_rows(_OFFICE, **span, first=start - WEEKS * _WEEK, people=new)) if new else {}
    others: dict[int, dict[date, int]] = defaultdict(dict)
    for person, day, many in _rows(_OTHERS, **span):
        if many:
            others[person][day] = int(many)
    own = dict(_rows(_OWN, **span, **_called(people))) if people else {}
    return {key: Week(shown[key], tuple(before[key]), outside[key], others[key], own.get(key, 0), office.get(key, 0)) for key in people}


def _called(people: list[int]) -> Mapping[str, list[Any]]:
    """What each of them is called and reached by, as the reading log would hold it. Of a search the digest of what was typed is kept, so
    another spelling of a name is not found. No telephone number of staff is kept, so none is looked for."""
    found: list[tuple[int, str, str]] = []
    rows = list(models.Person.objects.filter(pk__in=people).order_by("pk").values_list("pk", "name", "username", "mail"))
    mails = {mail.lower() for *_rest, mail in rows if mail}
    indicators = models.Indicator.objects.filter(kind=ClaimKind.EMAIL, value__in=mails).values_list("value", "pk")
    by_mail = dict(indicators)
    for key, name, username, mail in rows:
        found += [(key, search.digest(" ".join(one.split())), "") for one in {name.casefold(), username, mail.lower()} if one]
        if mail.lower() in by_mail:
            found.append((key, "", str(by_mail[mail.lower()])))
    return {"people": [one[0] for one in found], "digests": [one[1] for one in found], "indicators": [one[2] for one in found]}


def _look_at(monday: date, now: datetime) -> int:
    read = weeks(monday)
    made = [
        models.UnusualReading(person_id=key, why=one.why, day=one.day or monday, count=one.count, usual=one.usual, found_at=now)
        for key, week in sorted(read.items())
        for one in unusual_reading.found(week)
    ]
    with transaction.atomic():
        models.UnusualReading.objects.bulk_create(made)
        if made:
            officers = duties.holding(Role.DATA_PROTECTION_OFFICER, now=now)
            models.Notice.objects.bulk_create(models.Notice(kind=NOTICE, person=one, note=str(len(made)), at=now) for one in officers)
        audit.write(VERB, by=None, now=now, target=(TARGET, monday.isoformat()), after={"people": len(read), "hits": len(made)})
    return len(made)


# --- what becomes of it -----------------------------------------------------------------------------


class StaleError(Exception):
    """Somebody closed it since the page was opened."""


def listed(key: str, person: models.Person) -> QuerySet[models.UnusualReading]:
    """Those nobody closed, or all."""
    found = access.scope(person, Action.CONSULTATION_VIEW, models.UnusualReading.objects.all())
    return found.filter(closed_at=None) if key == OPEN else found


def close(*, unusual_id: int, reason: str, note: str, by: models.Person, now: datetime) -> models.UnusualReading:
    """Says what became of it. Raises RefusedError, StaleError, PermissionDenied, UnusualReading.DoesNotExist."""
    access.require(by, Action.CONSULTATION_VIEW)
    row = models.UnusualReading.objects.get(pk=unusual_id)
    if reason not in set(UnusualReason):
        raise RefusedError("unusual.reason", _("Nothing was closed: choose what became of it."), "reason")
    if reason != UnusualReason.EXPLAINED and not note.strip():
        raise RefusedError("unusual.note", _("Nothing was closed: write whom you asked, or to whom it went."), "note")
    if row.person_id == by.pk:
        raise RefusedError("unusual.self", _("Nothing was closed: what is about you is closed by another data protection officer."))
    with transaction.atomic():
        changed = models.UnusualReading.objects.filter(pk=row.pk, closed_at=None).update(
            reason=reason, note=" ".join(note.split())[: models.UnusualReading.LONGEST], closed_by=by, closed_at=now
        )
        if not changed:
            raise StaleError
        audit.write("unusual.closed", by=by, now=now, target=row, after={"reason": reason, "person": row.person_id})
    row.refresh_from_db()
    return row

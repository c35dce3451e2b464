"""Changes of flags, cases and referrals by cursor, in the order of the transactions that wrote them. Nothing is written for it.

Each row of the four tables of events says its transaction (a default of the database). Numbers of transactions are given before rows are
seen: one with a smaller number may be committed later. So what is read ends before the first that still runs in this database, and a
reader who goes on from a cursor misses nothing. Price: a transaction that stays open holds the stream up, and loses nothing. Rows from
before this was kept, and all that a backup brought back, are of one transaction each.

A reader sees what anybody sees of the office who may see its cases; at the directorate, what is seen of every office. Of a change stand
its kind, time, number, office and address, and the state a flag came to: no contact, no text, and nothing that tells of somebody harmed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, OfficeKind, ReferralEventKind

FLAG, DECISION, CASE, REFERRAL = 1, 2, 3, 4  # the tables, in the order in which one transaction's are told
RESTORED: Final = "restored"  # Reached.name
MOST: Final = 1000  # changes of one page

# Judged anew: told where state or level moved by it. What people make of their queue (put off, look-alikes) is told to nobody.
_JUDGED: Final = ("new_version", "new_register", "new_reader", "new_rules", "pictures_read", "links_opened")
_OF_FLAGS: Final = ("raised", "returned", "handed_over", "gone", "objected", "corrected")
# Not what one side writes for itself, nor how work is shared out within it: notes, files, tasks, ticks.
_OF_CASES: Final = (
    CaseEventKind.OPENED,
    CaseEventKind.KIND_SET,
    CaseEventKind.FLAG_ADDED,
    CaseEventKind.FLAG_REMOVED,
    CaseEventKind.ESCALATED,
    CaseEventKind.TAKEN,
    CaseEventKind.RETURNED,
    CaseEventKind.MESSAGE,
    CaseEventKind.REFERRED,
    CaseEventKind.LINK_DOWN,
    CaseEventKind.LINK_BACK,
    CaseEventKind.SEEN_AGAIN,
    CaseEventKind.CAME_BACK,
    CaseEventKind.MERGED,
    CaseEventKind.UNMERGED,
    CaseEventKind.CLOSED,
    CaseEventKind.REOPENED,
    CaseEventKind.CORRECTED,
)
_OF_REFERRALS: Final = (
    ReferralEventKind.SUBMITTED,
    ReferralEventKind.SENT_BACK,
    ReferralEventKind.APPROVED,
    ReferralEventKind.SENT,
    ReferralEventKind.RECEIVED,
    ReferralEventKind.CONTACT_FAILED,
    ReferralEventKind.NO_RESPONSE,
    ReferralEventKind.ANSWERED,
    ReferralEventKind.REPLIED,
    ReferralEventKind.CAME_BACK,
    ReferralEventKind.CORRECTED,
    ReferralEventKind.WITHDRAWN,
)
# Every kind of change there is, in the order in which a form lists them.
TYPES: Final[tuple[str, ...]] = (
    *(f"flag.{kind}" for kind in ("raised", "judged_anew", "decided", "reversed", *_OF_FLAGS[1:])),
    *(f"case.{kind}" for kind in _OF_CASES),
    *(f"referral.{kind}" for kind in _OF_REFERRALS),
)
_PAGES: Final = {"flag": "admin:patrol_flag_change", "case": "admin:patrol_case_change", "referral": "admin:patrol_referral_change"}
_LETTERS: Final = {FLAG: "f", DECISION: "d", CASE: "c", REFERRAL: "r"}

_CURSOR: Final = re.compile(r"(\d{1,12})-(\d{1,18})-(\d)-(\d{1,18})-(\d{1,12})", re.ASCII)
_LAST: Final = 10**18 - 1  # above every id
_LATEST: Final = 253_402_300_799  # the last second of the calendar
# Where nothing more is found, a cursor stays so many transactions behind: after a crash the server gives numbers again that it gave to
# transactions of the last second which wrote nothing.
_SPARE: Final = 10_000

# Finished are all transactions before the first that runs; one of another database on the same server writes nothing here. Which database
# one is of, its lock tells; of which that cannot be told counts. What a transaction wrote itself it sees.
_SETTLED: Final = """
settled AS MATERIALIZED (
    SELECT LEAST(pg_snapshot_xmax(now.snapshot)::text::bigint, (
            SELECT min(running::text::bigint) FROM pg_snapshot_xip(now.snapshot) running WHERE NOT EXISTS (
                SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
                  AND l.transactionid::text::bigint = (running::text::bigint & 4294967295)
                  AND a.datname <> current_database()))) AS before,
        pg_snapshot_xmax(now.snapshot)::text::bigint AS newest, pg_current_xact_id_if_assigned()::text::bigint AS own,
        COALESCE((SELECT row FROM patrol_reached WHERE name = 'restored'), 0) AS restored
    FROM (SELECT pg_current_snapshot() AS snapshot) now
)
"""
_NOW: Final = f"WITH {_SETTLED} SELECT before, restored FROM settled"  # noqa: S608 -- our own text
_WINDOW: Final = """
  AND (e.transaction < s.before OR e.transaction = s.own) AND (e.transaction, e.id) > (%(transaction)s, %({table})s)
  AND (%(since)s::timestamptz IS NULL OR e.at >= %(since)s)
ORDER BY e.transaction, e.id LIMIT %(limit)s
"""


_OWN: Final = "(%(all)s OR {path} = %(office)s)"
_DECIDED: Final = "CASE WHEN e.outcome = 'reversed' THEN 'reversed' ELSE 'decided' END"
_OF_A_FLAG: Final = "JOIN patrol_flag f ON f.id = e.flag_id JOIN patrol_office o ON o.id = f.office_id"
_MOVED: Final = "(e.before->>'level', e.before->>'state') IS DISTINCT FROM (e.after->>'level', e.after->>'state')"


def _part(number: int, table: str, columns: str, joins: str, *conditions: str) -> str:
    return (
        f"(SELECT e.transaction, {number} AS part, e.id, e.at, {columns} FROM {table} e {joins}"  # noqa: S608 -- our own text
        f" WHERE {' AND '.join(conditions)} {_WINDOW.replace('{table}', f'after_{number}')})"
    )


_PARTS: Final = (
    _part(
        FLAG,
        "patrol_flagevent",
        "'flag' AS thing, CASE WHEN e.kind = ANY(%(judged)s) THEN 'judged_anew' ELSE e.kind END AS kind, f.id AS key, f.number, o.code,"
        " COALESCE(e.after->>'state', '') AS state",
        _OF_A_FLAG,
        f"(e.kind = ANY(%(flags)s) OR e.kind = ANY(%(judged)s) AND {_MOVED})",
        # Whose it was hears that it went.
        "(%(all)s OR f.office_id = %(office)s OR e.kind = 'handed_over' AND e.before->>'office' = %(office)s::text)",
    ),
    _part(
        DECISION,
        "patrol_decision",
        f"'flag', {_DECIDED}, f.id, f.number, o.code, e.state_after",
        _OF_A_FLAG,
        f"{_DECIDED} = ANY(%(decisions)s)",
        # Taken back in time it had no effect. That it was taken back is told all the same: at the last moment both may cross.
        "NOT EXISTS (SELECT FROM patrol_decision r WHERE r.reverses_id = e.id AND r.at < e.effective_at)",
        _OWN.format(path="f.office_id"),
    ),
    _part(
        CASE,
        "patrol_caseevent",
        "'case', e.kind, k.id, k.number, o.code, ''",
        "JOIN patrol_case k ON k.id = e.case_id JOIN patrol_office o ON o.id = k.office_id",
        "e.kind = ANY(%(cases)s)",
        "(k.outcome <> 'withdrawn' OR e.kind = 'closed')",  # its opening was taken back in time: as with decisions
        _OWN.format(path="k.office_id"),
    ),
    _part(
        REFERRAL,
        "patrol_referralevent",
        "'referral', e.kind, r.id, r.number, o.code, ''",
        "JOIN patrol_referral r ON r.id = e.referral_id JOIN patrol_case k ON k.id = r.case_id JOIN patrol_office o ON o.id = k.office_id",
        "e.kind = ANY(%(referrals)s)",
        _OWN.format(path="k.office_id"),
    ),
)
_READ: Final = f"""
WITH {_SETTLED}
SELECT s.before, GREATEST(s.newest, s.own), s.restored, c.* FROM settled s LEFT JOIN LATERAL (
    SELECT * FROM ({" UNION ALL ".join(_PARTS)}) parts ORDER BY transaction, part, id LIMIT %(limit)s
) c ON true
ORDER BY c.transaction, c.part, c.id
"""  # noqa: S608 -- our own text


@dataclass(frozen=True, slots=True)
class Change:
    """`id` is the same each time it is read. `cursor`: what follows behind it. `state`: of a flag, the one it came to; "" where none is
    told."""

    id: str
    type: str
    at: datetime
    thing: str  # flag, case, referral
    key: int  # its id
    number: str
    office: str  # its code
    state: str
    cursor: str

    def told(self) -> dict[str, Any]:
        """As another system reads it, in JSON's types. The time is of UTC, to the second."""
        data = {"number": self.number, "office": self.office, "url": address(self.thing, self.key)}
        if self.state:
            data["state"] = self.state
        return {"id": self.id, "type": self.type, "timestamp": said(self.at), "data": data}


@dataclass(frozen=True, slots=True)
class Page:
    """`cursor` is where to go on, also where nothing was found; `more`: whether something stands behind it already."""

    changes: tuple[Change, ...]
    cursor: str
    more: bool


def address(thing: str, key: int) -> str:
    """Of its page in the workbench; without the host where nobody said where that is."""
    return f"{settings.SITE_URL or ''}{reverse(_PAGES[thing], args=[key])}"


def said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


# --- cursors ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """`restored` tells a database filled from a backup from the one before it. `since`: what happened before is not told (seconds, Unix;
    0: no such bound)."""

    restored: int
    transaction: int
    part: int
    id: int
    since: int = 0

    def __str__(self) -> str:
        return f"{self.restored}-{self.transaction}-{self.part}-{self.id}-{self.since}"


def _read(cursor: str) -> _Place:
    """Raises RefusedError."""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise _no_cursor()
    place = _Place(*map(int, found.groups()))
    if place.since > _LATEST:
        raise _no_cursor()
    return place


def _no_cursor() -> RefusedError:
    return RefusedError("changes.cursor", _("This is no cursor of these changes. Use one that an answer gave, as it is."), "cursor")


def from_now(now: datetime) -> str:
    """A cursor in front of what happens from now on. One query: what is kept is not looked through, since what is to come is written by a
    transaction that has not ended yet."""
    before, restored = _now()
    return str(_Place(restored, max(0, before - _SPARE), 0, 0, int(now.timestamp())))


def since(moment: datetime) -> str:
    """A cursor in front of what happened from that moment on. One query; the first page looks through all that is kept."""
    return str(_Place(_now()[1], 0, 0, 0, min(max(0, int(moment.timestamp())), _LATEST)))


def beginning() -> str:
    """A cursor in front of everything that is kept. One query."""
    return str(_Place(_now()[1], 0, 0, 0))


def _now() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        before, restored = cursor.fetchone()
    return int(before), int(restored)


# --- a page -----------------------------------------------------------------------------------------


def after(cursor: str, *, office: models.Office, now: datetime, limit: int = 100, types: Collection[str] = TYPES) -> Page:
    """The next changes behind a cursor, `limit` (1 to MOST) at most. One query, whatever there is.

    What happened in the last seconds waits until nobody can take it back any more (UNDO_SECONDS). To be asked outside of a transaction
    that writes such changes. Raises RefusedError for what is no cursor, and for one of before this database was filled from a backup
    ("changes.restored"): then only the reader knows from which moment on to read anew.
    """
    place = _read(cursor)
    limit = min(max(1, limit), MOST)
    with wall.behind(wall.EVERYTHING if _sees_all(office) else str(office.pk)), connection.cursor() as asked:
        asked.execute(_READ, _given(place, office, limit + 1, frozenset(types)))
        rows = asked.fetchall()
    before, newest, restored = rows[0][:3]
    if place.restored != restored or place.transaction > newest:
        text = _("The data were brought back from a backup after this cursor was given. Read anew from a moment before that.")
        raise RefusedError("changes.restored", text, "cursor")
    found = [_change(row[3:], place) for row in rows if row[3] is not None]
    young = now - timedelta(seconds=settings.UNDO_SECONDS)
    # A time to come is a clock that was wrong: it does not hold up what follows for as long.
    settled = next((n for n, one in enumerate(found[:limit]) if young < one.at <= now), limit)
    told = tuple(found[:settled])
    reached = told[-1].cursor if told else cursor
    if len(found) > len(told):
        return Page(told, reached, more=settled == limit)
    end = _Place(restored, max(0, before - _SPARE), 0, 0, place.since)
    return Page(told, str(max(end, _read(reached))), more=False)


def _sees_all(office: models.Office) -> bool:
    return office.kind == OfficeKind.DIRECTORATE


def _given(place: _Place, office: models.Office, limit: int, types: frozenset[str]) -> dict[str, Any]:
    passed = {part: 0 if part > place.part else place.id if part == place.part else _LAST for part in _LETTERS}
    return {
        "transaction": place.transaction,
        **{f"after_{part}": id_ for part, id_ in passed.items()},
        "since": datetime.fromtimestamp(place.since, UTC) if place.since else None,
        "limit": limit,
        "all": _sees_all(office),
        "office": office.pk,
        "flags": [kind for kind in _OF_FLAGS if f"flag.{kind}" in types],
        "judged": list(_JUDGED) if "flag.judged_anew" in types else [],
        "decisions": [kind for kind in ("decided", "reversed") if f"flag.{kind}" in types],
        "cases": [str(kind) for kind in _OF_CASES if f"case.{kind}" in types],
        "referrals": [str(kind) for kind in _OF_REFERRALS if f"referral.{kind}" in types],
    }


def _change(row: Any, place: _Place) -> Change:
    transaction, part, id_, at, thing, kind, key, number, office, state = row
    where = _Place(place.restored, transaction, part, id_, place.since)
    return Change(f"{_LETTERS[part]}{id_}", f"{thing}.{kind}", at, thing, key, number, office, state, str(where))

"""Who was shown which personal data: a row for each answer that holds any, the reading log (ADR 65).

    note           what an answer shows, said while it is made
    Consulted      the middleware: one INSERT once the answer is made; without it the answer is not served
    keep           each closed quarter of an hour into the audit chain, as one digest; the months ahead
    verify         the log against those digests
    drop_before    the months that are old enough, away

What an address shows is said by its name (settings.CONSULTED_AT), so a page is logged whether or not anybody thought of it; a view says
with `note` what its name does not: how many rows, in full or not, for which purpose, found by which words.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from patrol import access, models
from patrol.access import audit
from patrol.infra import locks, prepared, wall

Way = models.ConsultationWay
VERB: Final = "consultation.closed"
DROPPED: Final = "consultation.dropped"
TARGET: Final = "consultation"
QUARTER: Final = timedelta(minutes=15)
MONTHS_AHEAD: Final = 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows of one thing, or of one list. `kind`: the model's name."""

    way: Way
    kind: str
    key: str = ""  # "" for a list
    rows: int | None = None  # people, posts or contacts shown; None: as many as the page's `rows`, else one
    of_office: int = 0  # 0: looked up by kind and key
    purpose: str = ""
    unmasked: bool = False
    query_digest: str = ""


def note(
    who: HttpRequest | models.Person,
    *,
    way: Way | None = None,
    target: tuple[str, Any] | None = None,
    rows: int | None = None,
    of_office: int = 0,
    purpose: str = "",
    unmasked: bool = False,
    query_digest: str = "",
) -> None:
    """What the answer to a request shows, kept until it is made. Without `target`: of what its address names. `target`: kind and key, key
    "" for a list. A further target is a further row. Of a person, at a door without requests: written at once.
    """
    told = {
        "way": way,
        "target": target,
        "rows": rows,
        "of_office": of_office,
        "purpose": purpose,
        "unmasked": unmasked,
        "query_digest": query_digest,
    }
    if isinstance(who, models.Person):
        write(who, _folded(None, [told]))
    else:
        who.__dict__.setdefault("consulted", []).append(told)


def _folded(at: Shown | None, told: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """One Shown for each target. `at`: what the address says; the first target that is told stands in its place."""
    found: list[Shown] = [] if at is None else [at]
    named = False
    for one in told:
        target = one["target"]
        before = next((each for each in found if target in {None, (each.kind, each.key)}), None)
        if before is None and found and not named:
            before = found[0]
        if before is None and target is None:
            continue  # of an address that shows nobody: nothing is said of whom
        kind, key = target or (before.kind, before.key)  # type: ignore[union-attr]
        way = one["way"] or (before.way if before else (Way.PAGE if key != "" else Way.LIST))
        made = Shown(
            way,
            str(kind),
            str(key),
            one["rows"] if one["rows"] is not None else before.rows if before else None,
            one["of_office"] or (before.of_office if before else 0),
            one["purpose"] or (before.purpose if before else ""),
            one["unmasked"] or (before.unmasked if before else False),
            one["query_digest"] or (before.query_digest if before else ""),
        )
        if before is None:
            found.append(made)
        else:
            found[found.index(before)] = made
        named = named or target is not None
    return found


# --- writing --------------------------------------------------------------------------------------

# Whose a thing is, by its key: of models with an office of their own, and of what reaches it by another.
_OWN: Final = "SELECT office_id FROM {table} WHERE id = r.key::bigint"
_OF_CASE: Final = "SELECT c.office_id FROM {table} t JOIN patrol_case c ON c.id = t.case_id WHERE t.id = r.key::bigint"
_OFFICES: Final[dict[str, str]] = {
    **{
        str(model._meta.model_name): _OWN.format(table=model._meta.db_table)
        for model, path in access.OFFICE_PATH.items()
        if path == "office_id"
    },
    "post": "SELECT office_id FROM patrol_flag WHERE post_id = r.key::bigint",
    "referral": _OF_CASE.format(table="patrol_referral"),
    "caseattachment": _OF_CASE.format(table="patrol_caseattachment"),
    "erasurerequest": """
        SELECT f.office_id FROM patrol_erasurerequest e JOIN patrol_flag f ON f.post_id = e.post_id WHERE e.id = r.key::bigint""",
}
# For each answer, so without waiting for the disk: what a crash of the database's host takes are the rows of its last half second.
_WRITE: Final = """
INSERT INTO patrol_consultation
    (person_id, office_id, role, way, target_kind, target_id, of_office_id, purpose, unmasked, rows, query_digest)
SELECT %(person)s, %(office)s, %(role)s, r.way, r.kind, r.key, coalesce(nullif(r.office, 0), {office}),
       r.purpose, r.unmasked, r.rows, r.digest
FROM unnest(%(ways)s, %(kinds)s, %(keys)s, %(offices)s, %(purposes)s, %(unmasked)s, %(rows)s, %(digests)s)
     AS r (way, kind, key, office, purpose, unmasked, rows, digest)
CROSS JOIN set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)
"""


@functools.cache
def _statement(kind: str) -> str:
    looked_up = _OFFICES.get(kind)
    return _WRITE.format(office=f"CASE WHEN r.kind = '{kind}' AND r.key ~ '^[0-9]+$' THEN ({looked_up}) END" if looked_up else "NULL")


@wall.everything("the log says whose it was that was read")
def write(person: models.Person, shown: Sequence[Shown]) -> None:
    """The rows of one answer, by one statement. The office of a thing is looked up for those of the first one's kind."""
    if not shown:
        return
    given: dict[str, Any] = {
        "person": person.pk,
        "office": person.office_id,
        "role": str(person.role),
        "ways": [str(one.way) for one in shown],
        "kinds": [one.kind for one in shown],
        "keys": [one.key for one in shown],
        "offices": [one.of_office for one in shown],
        "purposes": [one.purpose for one in shown],
        "unmasked": [one.unmasked for one in shown],
        "rows": [1 if one.rows is None else one.rows for one in shown],
        "digests": [one.query_digest for one in shown],
        "alone": not connection.in_atomic_block,  # what else a transaction holds waits for the disk
    }
    with connection.cursor() as cursor:
        prepared.execute(cursor, _statement(shown[0].kind), given, one_plan=True)


# --- the middleware -------------------------------------------------------------------------------


@functools.cache
def _at() -> Callable[[ResolverMatch], Shown | None]:
    return import_string(settings.CONSULTED_AT)  # type: ignore[no-any-return]


class Consulted:
    """Writes down what an answer shows, once it is made and before it is sent. What cannot be written down is not sent: 503.

    No row: of what is no answer with content (a way to another page, what is not there, what was not changed), of a stranger, of a page
    that another middleware answers with in the view's place.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The view of the address is what answers: nobody before it did, asking who sits there or for something else first."""
        request.__dict__["consulted"] = []

    def process_exception(self, request: HttpRequest, _error: Exception) -> None:
        """Whatever is answered instead is not what the address shows."""
        request.__dict__.pop("consulted", None)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        shown = _shown(request, answer)
        if not shown:
            return answer
        person = request.user
        if not isinstance(person, models.Person):
            return answer
        try:
            write(person, shown)
        except Error as error:
            _log.error("a reading was not written down, so it is not shown", extra={"error": type(error).__name__})
            answer.close()
            return HttpResponse(loader.render_to_string("503.html", request=request), status=503, headers={"Cache-Control": "no-store"})
        return answer


def _shown(request: HttpRequest, answer: HttpResponseBase) -> list[Shown]:
    match = request.resolver_match
    told: list[Mapping[str, Any]] | None = request.__dict__.get("consulted")
    if match is None or told is None or request.method == "HEAD" or answer.status_code not in {200, 302}:
        return []
    if answer.status_code == 302:  # a search that leads to its only hit was one all the same
        told = [one for one in told if one["way"] == Way.SEARCH]
        return _folded(None, told)
    context = getattr(answer, "context_data", None) or {}
    listed = context.get("rows")
    many = len(listed) if isinstance(listed, list) else None
    found = []
    for one in _folded(_at()(match), told):
        rows = one.rows
        if rows is None:
            rows = many if many is not None and not one.key else 1
        if rows or one.query_digest or one.key or one.way == Way.EXPORT:  # a list without a row shows nobody
            found.append(Shown(one.way, one.kind, one.key, rows, one.of_office, one.purpose, one.unmasked, one.query_digest))
    return found


# --- the digests ----------------------------------------------------------------------------------

_ROW: Final = (
    "id",
    "at",
    "person_id",
    "office_id",
    "role",
    "way",
    "target_kind",
    "target_id",
    "of_office_id",
    "purpose",
    "unmasked",
    "rows",
    "query_digest",
)
# Minutes after its end: by then each row of the quarter is there, or was given up. Of one that comes later verify says so.
_SETTLED: Final = 2
# Whether a month ahead is missing, and which quarters with rows are over and not in the chain yet, the oldest first.
_DUE: Final = """
SELECT to_regclass('public.patrol_consultation_'
           || to_char(clock_timestamp() AT TIME ZONE 'UTC' + make_interval(months => %(ahead)s), 'YYYY_MM')) IS NULL,
       ARRAY(SELECT DISTINCT date_bin('15 minutes', at, '2000-01-01 00:00+00') FROM patrol_consultation
             WHERE at >= coalesce((SELECT max(target_id)::timestamptz + interval '15 minutes' FROM patrol_auditentry
                                   WHERE target_type = %(target)s AND verb = %(verb)s
                                     AND seq >= 1 AND seq <= COALESCE((SELECT seq FROM patrol_loghead), seq)), '2000-01-01 00:00+00')
               AND at < date_bin('15 minutes', clock_timestamp() - make_interval(mins => %(settled)s), '2000-01-01 00:00+00') ORDER BY 1)
"""
_HELD: Final = """
SELECT DISTINCT date_bin('15 minutes', at, '2000-01-01 00:00+00') FROM patrol_consultation WHERE at < %s ORDER BY 1
"""


def _name(slot: datetime) -> str:
    return slot.astimezone(UTC).isoformat(timespec="minutes")


def _digest(slot: datetime) -> dict[str, Any]:
    """Over the rows of the quarter in the order of their ids."""
    rows = models.Consultation.objects.filter(at__gte=slot, at__lt=slot + QUARTER).order_by("id").values_list(*_ROW)
    made, count = hashlib.sha256(), 0
    for key, at, *rest in rows.iterator(chunk_size=2_000):
        said = [key, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest]
        made.update(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
        count += 1
    return {"rows": count, "sha256": made.hexdigest()}


def _due() -> tuple[bool, list[datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"ahead": MONTHS_AHEAD, "target": TARGET, "verb": VERB, "settled": _SETTLED})
        missing, slots = cursor.fetchone()
    return bool(missing), list(slots)


def keep(*, now: datetime) -> int:
    """The parts of the table for the months ahead, and each quarter that is due into the chain, also those missed; one in which nothing
    was read has no entry. Returns how many of both. One query where nothing is due.

    `now` is that of the entry; what is over is asked of the database, whose clock the rows have.
    """
    missing, slots = _due()
    made = keep_months() if missing else 0
    if not slots:
        return made
    with locks.only_one("consultations") as alone:
        slots = _due()[1] if alone else []  # anew: another process may have been faster
        for slot in slots:
            with transaction.atomic():
                audit.write(VERB, by=None, now=now, target=(TARGET, _name(slot)), after=_digest(slot))
    return made + len(slots)


def waits() -> bool:
    """Whether a quarter is over and not in the chain yet."""
    return bool(_due()[1])


def closed(entry: models.AuditEntry) -> datetime | None:
    """The end of the quarter that this row of the log enters; None where it is another row."""
    if (entry.verb, entry.target_type) != (VERB, TARGET):
        return None
    try:
        return datetime.fromisoformat(entry.target_id) + QUARTER
    except (ValueError, OverflowError):
        return None


def verify() -> Iterator[str]:
    """What is not as the chain says: one sentence for each quarter of an hour that differs."""
    entries = audit.rows().filter(target_type=TARGET)
    dropped = entries.filter(verb=DROPPED).order_by("-target_id").values_list("target_id", flat=True).first()
    since = datetime.fromisoformat(dropped) if dropped else datetime(2000, 1, 1, tzinfo=UTC)
    last = None
    held: set[str] = set()
    for name, said in entries.filter(verb=VERB, target_id__gte=_name(since)).order_by("target_id").values_list("target_id", "after"):
        last = datetime.fromisoformat(name)
        held.add(name)
        found = _digest(last)
        if found != said:
            yield f"quarter {name}: {said['rows']} rows were closed, {found['rows']} are there" + (
                ", and they were changed" if found["rows"] == said["rows"] else ""
            )
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [last or since])
        slots = [slot for (slot,) in cursor.fetchall()]
    for slot in slots:
        if _name(slot) not in held:
            yield f"quarter {_name(slot)}: it was closed without a row, and holds some"


# --- the months -----------------------------------------------------------------------------------


def keep_months() -> int:
    """The parts of the table for this month and the next ones. Returns how many were made. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT patrol_consultation_months(%s)", [MONTHS_AHEAD])
        return int(cursor.fetchone()[0])


def drop_before(day: date, *, now: datetime) -> int:
    """Whole months that ended before this day go, with their row of the log. Returns how many rows went. The database refuses a day
    younger than a year."""
    month = day.replace(day=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT patrol_consultation_drop_before(%s)", [month])
        gone = int(cursor.fetchone()[0])
        if gone:
            until = datetime(month.year, month.month, 1, tzinfo=UTC)
            audit.write(DROPPED, by=None, now=now, target=(TARGET, _name(until)), after={"rows": gone})
    return gone

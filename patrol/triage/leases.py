"""Leases: who works on a row of the queue now. Minutes only, renewed while working, by the database's clock.
A person holds MOST posts at the same time: who opens one more lets go of the oldest.

A lease covers the row: the same ad many times is one piece of work, and two people must not do it side by side. It is kept on the
flag that is open; whoever opens a copy of it meets the same holder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from patrol import access, models
from patrol.access import Action, looks
from patrol.domain import states
from patrol.domain.states import FlagState
from patrol.infra import prepared
from patrol.models import Outcome
from patrol.triage import care, queue
from patrol.triage.reasons import HeldByOtherError

MOST = 3  # posts one person holds; taking a fourth lets the oldest go
ROWS_LOOKED_AT = 12  # of the queue at a time, when the next free one is wanted
_LOOKS = 40  # so many times; behind so many rows held by others nobody waits


def visible(flag_id: int, action: Action, by: models.Person) -> models.Flag:
    """Raises PermissionDenied, Flag.DoesNotExist."""
    flag = models.Flag.objects.select_related("lease_person", "office").get(pk=flag_id)
    access.require(by, action, office_id=flag.office_id)
    return flag


def row_of(flag: models.Flag) -> list[models.Flag]:
    """The flag and the open copies in its row and office, locked in the order of their ids."""
    row = models.Flag.objects.select_for_update(of=("self",), no_key=True).filter(office_id=flag.office_id, row_key=flag.row_key)
    return [one for one in row.order_by("id") if one.pk == flag.pk or one.state in states.UNDECIDED]


def holder(row: Sequence[models.Flag], *, besides: models.Person) -> models.Flag | None:
    """The flag of the row that somebody else works on now."""
    leased = [one for one in row if one.lease_person_id not in {None, besides.pk}]
    if not leased:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
    return next((one for one in leased if one.lease_until is not None and one.lease_until > now), None)


def unless_held(row: Sequence[models.Flag], by: models.Person) -> None:
    """Raises HeldByOtherError."""
    if other := holder(row, besides=by):
        assert other.lease_person is not None
        assert other.lease_since is not None
        raise HeldByOtherError(other.lease_person, other.lease_since)


def take(flag_id: int, *, by: models.Person, now: datetime, shows: bool = True) -> models.Flag:
    """Takes or renews the lease. Its holder may see the contacts of the post: that is the purpose, and it is logged once a lease.

    For whoever may decide the flag; others ask for its contacts by `show_contact`. `shows` False: only the lease, and `open_contacts`
    when its holder asks; so it is too where that is the person's own choice, and where a contact is that of somebody harmed. Raises
    HeldByOtherError, PermissionDenied, Flag.DoesNotExist.
    """
    flag = visible(flag_id, Action.FLAG_DECIDE, by)
    with transaction.atomic():
        row = row_of(flag)
        found = next(one for one in row if one.pk == flag_id)
        if found.state not in states.UNDECIDED:  # decided a moment ago: nothing is left to work on, so nothing is shown for it
            return visible(flag_id, Action.FLAG_DECIDE, by)
        unless_held(row, by)
        flag = found
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s > clock_timestamp() AND %s", [flag.lease_until, flag.lease_person_id == by.pk])
            running = bool(cursor.fetchone()[0])
            cursor.execute(_TAKE, {"by": by.pk, "id": flag.pk, "seconds": settings.LEASE_SECONDS, "running": running})
            cursor.execute(_LET_GO, {"by": by.pk, "id": flag.pk, "most": MOST})
        if shows and not care.of(by).contacts_asked:
            _open(flag, by, now)
    return models.Flag.objects.select_related("lease_person", "post", "office").get(pk=flag_id)


def take_next(
    *,
    wanted: queue.Wanted = queue.EVERYTHING,
    after: str = "",
    skip: Collection[int] = (),
    shows: bool = True,
    by: models.Person,
    now: datetime,
) -> models.Flag | None:
    """The first row behind `after`, else from the top, that nobody else works on, taken. None where there is none.

    Rows about which information was asked come last, and to whoever asked not at all, unless `wanted` is of such rows.
    Two people who ask at once get different rows: who comes second to a row looks further. `skip`: flags passed over for now; who is
    spared of severe posts is given none of them, and finds them in the queue all the same. `shows` as for `take`. The flag is loaded as
    far as the queue's order needs it.
    """
    for state in ("",) if wanted.state else (FlagState.WAITING, FlagState.NEEDS_INFORMATION):
        for start in dict.fromkeys((after, "")):
            if found := _first_free(by, wanted, str(state), start, skip=skip, now=now, shows=shows):
                return found
    return None


def _first_free(
    by: models.Person, wanted: queue.Wanted, state: str, place: str, *, skip: Collection[int], now: datetime, shows: bool
) -> models.Flag | None:
    own = care.of(by)
    shows = shows and not own.contacts_asked
    for _look in range(_LOOKS):
        rows = queue.free(by, wanted=wanted, after=place, limit=ROWS_LOOKED_AT, state=state)
        passed = set(skip)
        if own.spared:
            passed |= care.severe_flags((flag.pk for flag in rows), by=by)
        if state == FlagState.NEEDS_INFORMATION:
            passed |= _asked_by(by, (flag.pk for flag in rows))
        for flag in rows:
            if flag.pk in passed:
                continue
            if _take_free(flag, by, now, shows=shows):
                return flag
        if len(rows) < ROWS_LOOKED_AT:
            return None
        place = queue.place_of(rows[-1])
    return None


# The statement before it locks the person's leases, so that two takings at once are counted one after the other: this one sees what was
# committed meanwhile. One that somebody decides or takes just now is passed over: it is not waited for while this row is held, and the
# next taking sees it.
_LET_GO = """
UPDATE patrol_flag SET lease_person_id = NULL, lease_since = NULL, lease_until = NULL WHERE id IN (
    SELECT id FROM patrol_flag WHERE id IN (
        SELECT id FROM patrol_flag WHERE lease_person_id = %(by)s AND id <> %(id)s AND lease_until > clock_timestamp()
        ORDER BY lease_since DESC, id DESC OFFSET %(most)s - 1)
    AND lease_person_id = %(by)s FOR UPDATE SKIP LOCKED)
"""
# Whoever comes second to a row does not wait for the first: any copy of it that somebody locks makes it somebody else's.
_ROW = """
SELECT f.id, f.state, f.lease_person_id IS NOT NULL AND f.lease_person_id <> %(by)s AND f.lease_until > clock_timestamp(),
    (SELECT count(*) FROM patrol_flag c WHERE c.office_id = %(office)s AND c.row_key = %(row)s), f.post_id, f.lease_since, f.lease_shows
FROM patrol_flag f WHERE f.office_id = %(office)s AND f.row_key = %(row)s ORDER BY f.id FOR UPDATE OF f SKIP LOCKED
"""
# Whose leases are counted one taking after the other.
_COUNTED = "pg_advisory_xact_lock(hashtext('patrol leases of a person'), %(by)s::int)"
_TAKE = f"""
UPDATE patrol_flag SET lease_person_id = %(by)s, lease_until = clock_timestamp() + %(seconds)s * interval '1 second',
    lease_since = CASE WHEN %(running)s THEN lease_since ELSE clock_timestamp() END, lease_shows = %(running)s AND lease_shows
WHERE id = %(id)s RETURNING {_COUNTED}
"""  # noqa: S608 -- our own text
# A lease that is lost with the machine is one nobody works under: its commit does not wait for the disk. That of a row of the log does.
_LEASE = f"""
UPDATE patrol_flag SET lease_person_id = %(by)s, lease_until = clock_timestamp() + %(seconds)s * interval '1 second',
    lease_since = CASE WHEN lease_person_id = %(by)s AND lease_until > clock_timestamp() THEN lease_since ELSE clock_timestamp() END,
    lease_shows = %(shows)s OR coalesce(lease_person_id = %(by)s AND lease_until > clock_timestamp() AND lease_shows, false)
WHERE id = %(id)s RETURNING lease_since, {_COUNTED},
    set_config('synchronous_commit', CASE WHEN %(shows)s THEN current_setting('synchronous_commit') ELSE 'off' END, true)
"""  # noqa: S608 -- our own text


def _take_free(flag: models.Flag, by: models.Person, now: datetime, *, shows: bool) -> bool:
    """Takes a row of this person's queue unless somebody else has it, takes or decides it just now."""
    with transaction.atomic(), connection.cursor() as cursor:
        prepared.execute(cursor, _ROW, {"by": by.pk, "office": flag.office_id, "row": flag.row_key})
        found = cursor.fetchall()
        working = [one for one in found if one[0] == flag.pk or one[1] in states.UNDECIDED]
        own = next((one for one in found if one[0] == flag.pk), None)
        if own is None or own[1] not in states.UNDECIDED or len(found) < own[3] or any(one[2] for one in working):
            return False
        flag.post_id = own[4]
        shows = shows and not looks.harmed(flag)
        prepared.execute(cursor, _LEASE, {"by": by.pk, "id": flag.pk, "seconds": settings.LEASE_SECONDS, "shows": shows})
        since = cursor.fetchone()[0]
        prepared.execute(cursor, _LET_GO, {"by": by.pk, "id": flag.pk, "most": MOST})
        if shows and not (since == own[5] and own[6]):  # a lease of this person that runs already, and shows them
            _log(flag, by, now)
    return True


def _asked_by(person: models.Person, flag_ids: Iterable[int]) -> set[int]:
    """Those of these flags about which this person asked for information."""
    own = models.Decision.objects.filter(flag__in=list(flag_ids), outcome=Outcome.NEEDS_INFORMATION, by=person, reversed_by=None)
    return set(own.values_list("flag_id", flat=True))


_RENEW = """
UPDATE patrol_flag SET lease_until = clock_timestamp() + %(seconds)s * interval '1 second'
WHERE id = %(id)s AND lease_person_id = %(by)s AND lease_until > clock_timestamp()
RETURNING lease_until, set_config('synchronous_commit', 'off', true)
"""  # as in _LEASE


def renew(flag_id: int, *, by: models.Person) -> datetime | None:
    """Until when the lease runs now; None where it ran out or is somebody else's: then `take` is asked for anew, and logged."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, _RENEW, {"seconds": settings.LEASE_SECONDS, "id": flag_id, "by": by.pk})
        found = cursor.fetchone()
        return found[0] if found else None


def release(flag_id: int, *, by: models.Person, now: datetime, until: datetime | None = None) -> bool:
    """Gives the lease back, and says whether there was one; nothing where somebody else holds it.

    With `until`, nothing either where the lease was lengthened since it ran until then: another page of the same person did that, and
    works on it still.
    """
    held = models.Flag.objects.filter(pk=flag_id, lease_person=by)
    if until is not None:
        held = held.filter(lease_until=until)
    return bool(held.update(lease_person=None, lease_since=None, lease_until=None))


def open_contacts(flag_id: int, *, by: models.Person, now: datetime) -> bool:
    """Whether the person's running lease shows the contacts from now on; logged where it did not before. False without a lease, and where
    a contact is that of somebody harmed: those are asked for by `show_contact`. Raises PermissionDenied, Flag.DoesNotExist."""
    flag = visible(flag_id, Action.CONTACT_SHOW, by)
    with transaction.atomic():
        return _open(flag, by, now)


# One statement, so that two requests at once log it once: the second waits for the first and finds it open.
_OPEN = """
UPDATE patrol_flag f SET lease_shows = true
FROM (SELECT id, lease_shows FROM patrol_flag WHERE id = %(id)s AND lease_person_id = %(by)s AND lease_until > clock_timestamp()
      FOR NO KEY UPDATE) was
WHERE f.id = was.id RETURNING was.lease_shows
"""


def _open(flag: models.Flag, by: models.Person, now: datetime) -> bool:
    if looks.harmed(flag):
        return False
    with connection.cursor() as cursor:
        prepared.execute(cursor, _OPEN, {"id": flag.pk, "by": by.pk})
        found = cursor.fetchone()
    if found is not None and not found[0]:
        _log(flag, by, now)
    return found is not None


def _log(flag: models.Flag, by: models.Person, now: datetime) -> None:
    """Once a lease."""
    looks.log("contact.shown", by=by, now=now, target=flag, after={"purpose": looks.WORK})


def shown_to(flag: models.Flag, person: models.Person) -> bool:
    """Whether the lease shows its contacts to this person now, as it stands in the database. Two queries at most."""
    if not access.may(person, Action.FLAG_DECIDE, office_id=flag.office_id):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM patrol_flag WHERE id = %s AND lease_person_id = %s AND lease_until > clock_timestamp() AND lease_shows",
            [flag.pk, person.pk],
        )
        return cursor.fetchone() is not None and not looks.harmed(flag)


def holds(flag: models.Flag, person: models.Person) -> bool:
    """Whether this person's lease runs, by the database's clock."""
    if flag.lease_person_id != person.pk:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s > clock_timestamp()", [flag.lease_until])
        return bool(cursor.fetchone()[0])


def show_contact(flag_id: int, *, purpose: str, by: models.Person, now: datetime) -> models.Flag:
    """Contacts of a flag for whoever does not work on it: every look is logged with its purpose, a key of PURPOSES.

    Raises ValueError for an unknown purpose, PermissionDenied, Flag.DoesNotExist.
    """
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    flag = visible(flag_id, Action.CONTACT_SHOW, by)
    looks.require(flag, by=by)
    with transaction.atomic():
        looks.log("contact.shown", by=by, now=now, target=flag, after={"purpose": purpose})
    return flag


PURPOSES = (looks.WORK, "case", "comparison", "question")  # why a number is looked at; words stand in admin/shared/words.py

"""Leases: who works on a row of the queue now. Minutes only, renewed while working, by the database's clock.

A lease covers the row: the same ad many times is one piece of work, and two people must not do it side by side. It is kept on the
flag that is open; whoever opens a copy of it meets the same holder.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from patrol import access, audit, care, models, states
from patrol.access import Action
from patrol.triage import queue
from patrol.triage.reasons import HeldByOtherError

ROWS_LOOKED_AT = 30  # of the queue at a time, when the next free one is wanted
_LOOKS = 20  # so many times; behind so many rows held by others nobody waits


def visible(flag_id: int, action: Action, by: models.Person) -> models.Flag:
    """Raises PermissionDenied, Flag.DoesNotExist."""
    flag = models.Flag.objects.select_related("lease_person", "office").get(pk=flag_id)
    access.require(by, action, office_id=flag.office_id)
    return flag


def row_of(flag: models.Flag) -> list[models.Flag]:
    """The flag and the open copies in its row and office, locked in the order of their ids."""
    row = models.Flag.objects.select_for_update(of=("self",)).filter(office_id=flag.office_id, row_key=flag.row_key)
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

    For whoever may decide the flag; others ask for its contacts by `show_contact`. `shows` False: only the lease; whoever shows the
    contacts later logs that by `show_contact`. Raises HeldByOtherError, PermissionDenied, Flag.DoesNotExist.
    """
    flag = visible(flag_id, Action.FLAG_DECIDE, by)
    with transaction.atomic():
        row = row_of(flag)
        unless_held(row, by)
        flag = next(one for one in row if one.pk == flag_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s > clock_timestamp() AND %s", [flag.lease_until, flag.lease_person_id == by.pk])
            running = bool(cursor.fetchone()[0])
            cursor.execute(
                "UPDATE patrol_flag SET lease_person_id = %(by)s,"
                " lease_until = clock_timestamp() + %(seconds)s * interval '1 second',"
                " lease_since = CASE WHEN %(running)s THEN lease_since ELSE clock_timestamp() END WHERE id = %(id)s",
                {"by": by.pk, "id": flag.pk, "seconds": settings.LEASE_SECONDS, "running": running},
            )
        if shows and not running:
            audit.write("contact.shown", by=by, now=now, target=flag, after={"purpose": "triage"})
    return models.Flag.objects.select_related("lease_person", "post", "office").get(pk=flag_id)


def take_next(
    by: models.Person,
    *,
    wanted: queue.Wanted = queue.EVERYTHING,
    after: str = "",
    skip: Collection[int] = (),
    now: datetime,
    shows: bool = True,
) -> models.Flag | None:
    """The first row behind `after`, else from the top, that nobody else works on, taken. None where there is none.

    Two people who ask at once get different rows: who comes second to a row looks further. `skip`: flags passed over for now; who is
    spared of severe posts is given none of them, and finds them in the queue all the same. `shows` as for `take`.
    """
    spared = care.of(by).spared
    for start in dict.fromkeys((after, "")):
        place = start
        for _look in range(_LOOKS):
            page = queue.queue(by, wanted=wanted, after=place, limit=ROWS_LOOKED_AT)
            severe = care.severe(row.flag.post_id for row in page.rows) if spared else ()
            for row in page.rows:
                if row.flag.pk in skip or row.flag.post_id in severe:
                    continue
                try:
                    return take(row.flag.pk, by=by, now=now, shows=shows)
                except HeldByOtherError:
                    continue
            if not page.next:
                break
            place = page.next
    return None


def renew(flag_id: int, *, by: models.Person) -> datetime | None:
    """Until when the lease runs now; None where it ran out or is somebody else's: then `take` is asked for anew, and logged."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_flag SET lease_until = clock_timestamp() + %s * interval '1 second'"
            " WHERE id = %s AND lease_person_id = %s AND lease_until > clock_timestamp() RETURNING lease_until",
            [settings.LEASE_SECONDS, flag_id, by.pk],
        )
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
    with transaction.atomic():
        audit.write("contact.shown", by=by, now=now, target=flag, after={"purpose": purpose})
    return flag


PURPOSES = ("triage", "case", "comparison", "question")  # why a number is looked at; words stand in admin/words.py

"""Where a merged case went: what stays in it (its referrals, what its own office is to do) goes on while the case it went into is open.

A referral stays in the case it was written in, so that its office, its figures and its log stay what they are, and taking a merger back has
nothing to move. What asks "is the case closed" asks the last case of the way: its home. A case that is not merged is its own home.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from patrol import models
from patrol.domain.states import CaseState
from patrol.infra import wall

_WAY: Final = """
WITH RECURSIVE way AS (
    SELECT id, merged_into_id FROM patrol_case WHERE id = %s
    UNION SELECT c.id, c.merged_into_id FROM patrol_case c JOIN way w ON c.id = w.merged_into_id)
SELECT id FROM way ORDER BY id
"""
# Every case it was ever merged into, also by way of another, whether that was taken back or not.
_ONCE: Final = """
WITH RECURSIVE once AS (
    SELECT %s::bigint AS id
    UNION SELECT e.other_id FROM patrol_caseevent e JOIN once o ON e.case_id = o.id WHERE e.kind = 'closed' AND e.outcome = 'merged')
SELECT id FROM once
"""
_ABOVE: Final = """
WITH RECURSIVE above AS (
    SELECT id, merged_into_id FROM patrol_case WHERE id IN ({found})
    UNION SELECT c.id, c.merged_into_id FROM patrol_case c JOIN above a ON c.id = a.merged_into_id)
SELECT id FROM above
"""
_TREE: Final = """
WITH RECURSIVE tree AS (
    SELECT id FROM patrol_case WHERE id = %s UNION SELECT c.id FROM patrol_case c JOIN tree t ON c.merged_into_id = t.id)
SELECT id FROM tree ORDER BY id
"""


_BY_OFFICE: Final = """
WITH RECURSIVE way AS (
    SELECT office_id, merged_into_id AS id FROM patrol_case WHERE merged_into_id IS NOT NULL
    UNION SELECT w.office_id, c.merged_into_id FROM way w JOIN patrol_case c ON c.id = w.id WHERE c.merged_into_id IS NOT NULL
), found AS ({found})
SELECT office_id, count(*) FROM (SELECT office_id, id FROM found UNION SELECT w.office_id, w.id FROM way w JOIN found f ON f.id = w.id) each
 GROUP BY office_id
"""


class _WentOnError(Exception):
    """Somebody merged a case of the way meanwhile."""


def way(case_id: int) -> list[int]:
    """The case, what it went into, and so on to its home, by their ids. One query."""
    return _ids(_WAY, case_id)


def tree(case_id: int) -> list[int]:
    """The case and all that went into it. One query."""
    return _ids(_TREE, case_id)


def within(case: models.Case) -> RawSQL:
    """As `tree`, for `__in` of another query."""
    return RawSQL(_TREE, [case.pk])  # noqa: S611 -- a constant of this file


def once(case: models.Case) -> RawSQL:
    """The case and all it was ever merged into, for `__in`: what is there of a flag that came back with it."""
    return RawSQL(_ONCE, [case.pk])  # noqa: S611 -- a constant of this file


def above(found: QuerySet[Any]) -> RawSQL:
    """The cases of these keys and all they went into, for `__in`. Raises EmptyResultSet where nothing can be found."""
    sql, given = found.order_by().query.sql_with_params()
    return RawSQL(_ABOVE.format(found=sql), given)  # noqa: S611 -- the text is Django's own, the values are parameters


def by_office(found: QuerySet[models.Case]) -> dict[int, int]:
    """office -> how many of these cases are its own or took in one of it: as a list narrowed to that office shows them. One query."""
    try:
        sql, given = found.order_by().values("id", "office_id").query.sql_with_params()
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_OFFICE.replace("{found}", sql), given)
        return dict(cursor.fetchall())


def _ids(sql: str, case_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [case_id])
        return [row[0] for row in cursor.fetchall()]


def apart(case: models.Case) -> list[models.Case]:
    """Those that went into it and are another office's: while there are any, only the directorate has the whole. Two queries."""
    rows = models.Case.objects.filter(pk__in=tree(case.pk)).exclude(office=case.office_id)
    return list(rows.select_related("office", "opened_by", "escalated_by", "responsible").order_by("pk"))


def of(case: models.Case) -> models.Case:
    """Its home, read and not held. No query where it is not merged."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def asked_in(home: models.Case, case: models.Case) -> models.Case | None:
    """What an event of the home names as its other case: where the referral stands that it tells of, if not in the home itself."""
    return None if case.pk == home.pk else case


def hold(case_id: int) -> models.Case:
    """Locks the way from this case to its home, in the order of the ids as a merger does, and returns the home.

    Found to lead on to another one, the locks are let go and taken anew: none is waited for out of its order.
    """
    keys = [case_id]
    while True:
        try:
            with transaction.atomic(), wall.everything("the way of a merged case ends at another office's"):
                return _walked(keys, case_id)
        except _WentOnError:
            keys = way(case_id)


def _walked(keys: list[int], case_id: int) -> models.Case:
    rows = models.Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    held = {row.pk: row for row in rows.select_related("office", "opened_by", "responsible__office", "closed_by__office")}
    if case_id not in held:
        raise models.Case.DoesNotExist
    case = held[case_id]
    while case.merged_into_id is not None:
        if case.merged_into_id not in held:
            raise _WentOnError
        case = held[case.merged_into_id]
    return case


def is_open(case: models.Case) -> bool:
    """Whether what is in it goes on."""
    return of(case).state != CaseState.CLOSED


def works(case: models.Case) -> bool:
    """Whether its people still write, attach and do tasks in it: it is open, or went into an open case of another office, which they do not
    see."""
    if case.merged_into is None:
        return case.state != CaseState.CLOSED
    return case.merged_into.office_id != case.office_id and is_open(case)

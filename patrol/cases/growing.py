"""What joins a case later: a confirmed flag in the row of one of its flags, or in its campaign by a confirmed tie, of the office that flag
is of. In a case of two offices each part grows by its own.

The case is told once for each flag, by a sweep: there are many ways for a flag to come there (a decision, a tie, a merger of campaigns, a
joined row), and the database knows the outcome of them all. Adding them is a person's act. A flag somebody took out is not told again.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import moving
from patrol.domain.states import CaseState
from patrol.models import CaseEventKind

AT_ONCE: Final = 500  # flags a sweep tells of
SHOWN: Final = 50  # on the page of a case
# `since`: when it came to be near, to be told where that is later than when the first of its flags there came into the case. A decision
# counts once it can no longer be undone with one click. Each campaign and row is asked for once, however many flags of the case it has.
_NEAR: Final = """
WITH mine AS MATERIALIZED (
    SELECT c.id AS case_id, own.office_id, own.row_key, l.campaign_id, e.added_at
    FROM patrol_case c JOIN patrol_caseflag e ON e.case_id = c.id JOIN patrol_flag own ON own.id = e.flag_id
    LEFT JOIN patrol_linkedpost l ON l.post_id = own.post_id
    WHERE c.state <> 'closed' AND (%(case)s::bigint IS NULL OR c.id = %(case)s)
), rings AS (
    SELECT case_id, office_id, campaign_id, min(added_at) AS added_at FROM mine WHERE campaign_id IS NOT NULL GROUP BY 1, 2, 3
), lines AS (
    SELECT case_id, office_id, row_key, min(added_at) AS added_at FROM mine GROUP BY 1, 2, 3
), free AS MATERIALIZED (
    SELECT r.case_id, r.added_at, r.campaign_id, g.id, g.post_id, g.decided_at, l.joined_at
    FROM rings r JOIN patrol_linkedpost l ON l.campaign_id = r.campaign_id JOIN patrol_flag g ON g.post_id = l.post_id
    WHERE g.office_id = r.office_id AND g.state = 'confirmed' AND g.decided_at <= %(settled)s
      AND NOT EXISTS (SELECT FROM patrol_caseflag k WHERE k.flag_id = g.id)
    UNION ALL
    SELECT r.case_id, r.added_at, NULL, g.id, g.post_id, g.decided_at, NULL
    FROM lines r JOIN patrol_flag g ON g.row_key = r.row_key
    WHERE g.office_id = r.office_id AND g.state = 'confirmed' AND g.decided_at <= %(settled)s
      AND NOT EXISTS (SELECT FROM patrol_caseflag k WHERE k.flag_id = g.id)
), near AS (
    SELECT f.case_id, f.added_at, f.id, GREATEST(f.decided_at, f.joined_at, held.since) AS since
    FROM free f CROSS JOIN LATERAL (
         SELECT min(t.decided_at) AS since, count(*) AS ties FROM (
             SELECT earlier_id AS other, decided_at FROM patrol_tie WHERE later_id = f.post_id AND state = 'confirmed'
             UNION ALL
             SELECT later_id, decided_at FROM patrol_tie WHERE earlier_id = f.post_id AND state = 'confirmed') t
           JOIN patrol_linkedpost o ON o.post_id = t.other AND o.campaign_id = f.campaign_id) held
    WHERE f.campaign_id IS NULL OR held.ties > 0
)
SELECT DISTINCT n.case_id, n.id FROM near n
 WHERE NOT EXISTS (SELECT FROM patrol_caseevent v WHERE v.case_id = n.case_id AND v.flag_id = n.id AND v.kind = 'flag_removed')
   AND (NOT %(untold)s OR n.since > n.added_at AND NOT EXISTS (
        SELECT FROM patrol_caseevent v WHERE v.case_id = n.case_id AND v.flag_id = n.id AND v.kind = 'flag_near'))
 ORDER BY 1, 2 LIMIT %(limit)s
"""


def _found(now: datetime, *, case: int | None, untold: bool, limit: int) -> list[tuple[int, int]]:
    """(case, flag). One query."""
    settled = now - timedelta(seconds=settings.UNDO_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"settled": settled, "case": case, "untold": untold, "limit": limit})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def tell(*, now: datetime) -> int:
    """Enters what joined since into the timelines, with one notice a case. Returns how many flags. One query where nothing did."""
    by_case: dict[int, list[int]] = defaultdict(list)
    for case_id, flag_id in _found(now, case=None, untold=True, limit=AT_ONCE):
        by_case[case_id].append(flag_id)
    return sum(_tell(case_id, now) for case_id in by_case)


def _tell(case_id: int, now: datetime) -> int:
    with transaction.atomic():
        held = models.Case.objects.select_related("office", "responsible__office").select_for_update(
            of=("self",), no_key=True, skip_locked=True
        )
        case = held.filter(pk=case_id).exclude(state=CaseState.CLOSED).first()
        if case is None:  # somebody works on it: the next sweep
            return 0
        flag_ids = [flag for _case, flag in _found(now, case=case.pk, untold=True, limit=AT_ONCE)]
        if not flag_ids:
            return 0
        models.CaseEvent.objects.bulk_create(
            models.CaseEvent(case=case, kind=CaseEventKind.FLAG_NEAR, at=now, by=None, flag_id=flag) for flag in flag_ids
        )
        models.Notice.objects.create(kind="case_grown", case=case, at=now, note=str(len(flag_ids)), **_whose(case))
        numbers = list(models.Flag.objects.filter(pk__in=flag_ids).order_by("pk").values_list("number", flat=True))
        audit.write("case.grown", by=None, now=now, target=case, after={"flags": numbers})
    return len(flag_ids)


def _whose(case: models.Case) -> dict[str, Any]:
    """Who is told: whoever has it, else the side it lies with."""
    if case.responsible is not None and case.responsible.is_active:
        return {"person": case.responsible}
    return {"office": moving.directorate() if case.with_directorate else case.office}


def near(case: models.Case, person: models.Person, now: datetime) -> list[models.Flag]:
    """What this person may add to the case now, told or not. Two queries, one where there is nothing."""
    if case.state == CaseState.CLOSED:
        return []
    keys = [flag for _case, flag in _found(now, case=case.pk, untold=False, limit=SHOWN)]
    mine = access.scope(person, Action.CASE_OPEN, models.Flag.objects.filter(pk__in=keys))
    return list(mine.order_by("pk")) if keys else []

"""Cases by their words: title, number, the flags' numbers and lines, what people wrote and files are called, contacts cut.

    fill         what the timeline has gained since, into the table that words are searched in
    with_words   the cases whose words this person may read and in which all terms stand

A note for one's own side stands in a row of that side's, with all that everybody may read: the search reads it for that side alone, as
the page of the case does, and asks one row for all terms: asked term by term of several rows, PostgreSQL loses its way at 100,000 cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from patrol import access, models, search
from patrol.access import Action
from patrol.infra import reached
from patrol.models import CaseEventKind, OfficeKind

LONGEST_WORDS: Final = 100_000  # characters of one row: what 500 flags say, and a year of messages
# What is written with these stands in the timeline of both sides, unless the people of a third office wrote it, whose case was merged into
# this one. What is written with any other is found by nobody until it is said here who reads it.
_READ_BY_BOTH: Final = frozenset(
    {
        CaseEventKind.FLAG_REMOVED,
        CaseEventKind.ESCALATED,
        CaseEventKind.PASSED_ON,
        CaseEventKind.RETURNED,
        CaseEventKind.MESSAGE,
        CaseEventKind.CLOSED,
        CaseEventKind.REOPENED,
        CaseEventKind.MERGED,
        CaseEventKind.UNMERGED,
    }
)
WINDOW: Final = 100_000  # rows of the timeline that are looked at at once

_DUE = """
SELECT touched.case_id
FROM (SELECT DISTINCT case_id FROM (
    SELECT case_id FROM patrol_caseevent WHERE id > %(reached)s ORDER BY id LIMIT %(window)s) next) touched
LEFT JOIN patrol_casewords w ON w.case_id = touched.case_id AND w.office_id IS NULL
WHERE w.id IS NULL OR w.events <> (SELECT count(*) FROM patrol_caseevent e WHERE e.case_id = touched.case_id)
LIMIT %(limit)s
"""


def due(*, now: datetime) -> bool:
    """Whether a case's words wait to be taken anew. Where none do, what is older than any transaction is not looked at again."""
    since = reached.since("case_words", table="patrol_caseevent")
    if since is None:
        return False
    waits = bool(_due(since, 1))
    if not waits:
        reached.settle("case_words", table="patrol_caseevent", at="at", since=since, window=WINDOW, now=now)
    return waits


def fill(*, limit: int) -> list[int]:
    """Takes up to `limit` cases into the words. Returns which; none where none is due. Doing it twice changes nothing."""
    with transaction.atomic():
        wanted = _due(reached.take("case_words"), limit)
        if wanted:
            rows = _rows(wanted)
            models.CaseWords.objects.filter(case__in=wanted).delete()
            models.CaseWords.objects.bulk_create(rows)
    return wanted


def _due(since: int, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"reached": since, "window": WINDOW, "limit": limit})
        return [case_id for (case_id,) in cursor.fetchall()]


def _rows(case_ids: Sequence[int]) -> list[models.CaseWords]:
    """The timeline is read first: what comes in meanwhile is counted as not taken, and due again."""
    events = models.CaseEvent.objects.filter(case__in=case_ids).annotate(side=Coalesce("office", "by__office")).order_by("id")
    counts = dict.fromkeys(case_ids, 0)
    said: dict[tuple[int, int | None], list[str]] = {(key, None): [] for key in case_ids}
    directorate = set(models.Office.objects.filter(kind=OfficeKind.DIRECTORATE).values_list("pk", flat=True))
    for event in events.select_related("attachment", "case"):
        counts[event.case_id] += 1
        text, file = event.note, event.attachment
        if file is not None:
            text, whose = f"{file.title} {text}", file.office_id if file.internal else None
        elif event.kind == CaseEventKind.NOTE:
            whose = event.side
        elif event.kind in _READ_BY_BOTH:
            whose = None if event.side in directorate | {event.case.office_id} else event.side
        else:
            continue
        if text:
            said.setdefault((event.case_id, whose), []).append(search.masked(text, (), ()))
    numbers: dict[int, list[str]] = {}
    for key, number, title in models.Case.objects.filter(pk__in=case_ids).values_list("pk", "number", "title"):
        numbers[key] = [number, search.masked(title, (), ())]
    flags = models.CaseFlag.objects.filter(case__in=case_ids).order_by("id")
    for key, *lines in flags.values_list("case_id", "flag__number", "flag__gist_id", "flag__gist_en"):
        numbers[key] += lines
    return [
        models.CaseWords(case_id=key, office_id=side, words=_joined([*notes, *numbers[key], *said[key, None]]), events=counts[key])
        for (key, side), notes in said.items()
    ]


def _joined(parts: Iterable[str]) -> str:
    """Each once: many flags of one case read alike. Our own numbers are no contacts and stay whole."""
    return " ".join(" ".join(dict.fromkeys(parts)).casefold().split())[:LONGEST_WORDS]


def with_words(found: QuerySet[models.Case], wanted: Iterable[str], person: models.Person) -> QuerySet[models.Case]:
    """Those of the cases in whose words all terms stand, wherever in them, as far as this person may read them."""
    own = access.scope(person, Action.CASE_NOTE_VIEW, models.CaseWords.objects.filter(office__isnull=False), office_path="office_id")
    rows = models.CaseWords.objects.filter(Q(office=None)) | own
    for term in wanted:
        rows = rows.filter(words__contains=term)
    return found.filter(pk__in=rows.values("case"))

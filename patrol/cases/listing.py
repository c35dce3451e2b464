"""Which cases a list shows. Side bar, start page and the list of cases count by these, so that one name is one number everywhere."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from patrol import access, models
from patrol.access import Action
from patrol.domain.states import CaseState, TaskState
from patrol.models import CaseOutcome

OPEN = "open"  # not closed: at the office or at the directorate. The state `opened` is the office's alone
UNTAKEN, MINE = "untaken", "mine"
TASKS = "tasks"  # with an open task of the person
OVERDUE = "overdue"  # whose turn it is has taken too long: the clock of cases.clock


def narrowed(key: str, person: models.Person, now: datetime | None = None) -> Q:
    """`key`: OPEN, UNTAKEN, MINE, TASKS, OVERDUE (at `now`, else by the database clock) or a state; anything else narrows nothing."""
    is_open = ~Q(state=CaseState.CLOSED)
    if key in set(CaseState):
        return Q(state=key)
    tasks = models.CaseTask.objects.filter(person=person, state=TaskState.OPEN)
    works_on = Q(merged_into__isnull=False) & ~Q(merged_into__office=F("office"))  # cases.homes.works
    ways = {
        OPEN: is_open,
        UNTAKEN: Q(state=CaseState.ESCALATED),
        MINE: is_open & Q(responsible=person),
        TASKS: (is_open | works_on) & Q(pk__in=tasks.values("case")),
        OVERDUE: is_open & Q(due_at__lte=now or Now()),
    }
    return ways.get(key, Q())


def listed(key: str, person: models.Person, now: datetime | None = None) -> QuerySet[models.Case]:
    """What this person may see of them, without those that were undone before they began."""
    found = access.scope(person, Action.CASE_VIEW, models.Case.objects.filter(narrowed(key, person, now)))
    return found.exclude(outcome=CaseOutcome.WITHDRAWN)


def waiting(person: models.Person) -> str:
    """The list of what waits for this person's side: at the directorate what nobody took, in an office what is open."""
    return UNTAKEN if access.may(person, Action.CASE_TAKE) else OPEN

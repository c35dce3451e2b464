"""What a list of cases can be narrowed by, one line a filter: its word in the address. How it looks: admin/officer/case_list.py.

Filters add up. A word or a value that is not known narrows nothing: a mistyped address is a list, not an error. Who may see which case is
asked anew each time, so that an address that was kept or sent on shows nobody more than they may see that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.utils import timezone

from patrol import access, cases, models, search
from patrol.access import Action
from patrol.cases import homes
from patrol.cases.channels import CHANNELS
from patrol.domain.states import CaseState, ReferralState
from patrol.models import CaseKind, CaseOutcome
from patrol.search import case_words
from patrol.triage import notices

UNREAD: Final = "unread"  # of the words for a state: with a message of the other side that nobody here marked as read
NOBODY: Final = "nobody"
DAYS: Final = ("since", "until")  # one that cannot be read stays, to be told of: `found` refuses it
LONGEST: Final = 200  # characters of one value

type Cases = QuerySet[models.Case]


@dataclass(frozen=True, slots=True)
class Filter:
    known: Callable[[str], bool]
    narrow: Callable[[Cases, str, models.Person], Cases]


def _one_of(values: Any) -> Callable[[str], bool]:
    return frozenset(map(str, values)).__contains__


def _key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 16


def _state(found: Cases, value: str, person: models.Person) -> Cases:
    if value == UNREAD:
        return found.filter(pk__in=notices.messages(person).order_by().values("case"))
    return found.filter(cases.narrowed(value, person, timezone.now()))  # of what runs out by the clock


def _responsible(found: Cases, value: str, _person: models.Person) -> Cases:
    return found.filter(responsible=None if value == NOBODY else int(value))


def _channel(found: Cases, value: str, person: models.Person) -> Cases:
    """With a referral of this channel that was not withdrawn, also in what went into it. A kept filter tells of it with the next row of
    the case's timeline."""
    asked = models.Referral.objects.filter(channel=value).exclude(state=ReferralState.WITHDRAWN)
    asked = access.scope(person, Action.REFERRAL_VIEW, asked)  # of a merged case it may be another office's
    try:
        return found.filter(pk__in=homes.above(asked.values("case")))
    except EmptyResultSet:  # they see no referral
        return found.none()


def _office(found: Cases, value: str, _person: models.Person) -> Cases:
    """Of this office, and those that took in one of it."""
    return found.filter(pk__in=homes.above(models.Case.objects.filter(office=int(value)).values("pk")))


def _zone(person: models.Person) -> ZoneInfo:
    return ZoneInfo(person.office.zone)


FILTERS: Final[Mapping[str, Filter]] = MappingProxyType(
    {
        "q": Filter(bool, lambda found, value, person: case_words.with_words(found, search.terms(value), person)),
        "state": Filter(_one_of((cases.OPEN, cases.UNTAKEN, cases.OVERDUE, cases.MINE, cases.TASKS, UNREAD, *CaseState)), _state),
        "office": Filter(_key, _office),
        "responsible": Filter(lambda value: value == NOBODY or _key(value), _responsible),
        "kind": Filter(_one_of(CaseKind), lambda found, value, _person: found.filter(kind=value)),
        "outcome": Filter(_one_of(CaseOutcome), lambda found, value, _person: found.filter(outcome=value)),
        "channel": Filter(_one_of(CHANNELS), _channel),
        "since": Filter(bool, lambda found, value, person: search.within(found, "opened_at", since=value, zone=_zone(person))),
        "until": Filter(bool, lambda found, value, person: search.within(found, "opened_at", until=value, zone=_zone(person))),
    }
)


def asked(given: Mapping[str, Any]) -> dict[str, str]:
    """What an address, a form or a kept filter asks for: only what is known, in the order of the table."""
    values = {name: str(given.get(name, "")).strip()[:LONGEST] for name in FILTERS}
    values |= {name: search.day_typed(values[name]) for name in DAYS}
    return {name: value for name, value in values.items() if value and FILTERS[name].known(value)}


def found(wanted: Mapping[str, str], person: models.Person) -> Cases:
    """The cases this person may see now that pass all of them; `wanted` comes from `asked`. Raises RefusedError for words and days."""
    rows = cases.listed("", person)
    for name, value in wanted.items():
        rows = FILTERS[name].narrow(rows, value, person)
    return rows

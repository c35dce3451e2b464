"""Verbs on a person's own desk: which key does what, which filters are at hand, whether the tour was seen. Own taste, no audit row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.infra import prepared
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome

# Act -> its letter: the same in both languages, of the Indonesian words. Digits, arrows, Enter and Esc are not changed.
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "confirm": "k",
        "dismiss": "a",
        "ask": "i",
        "case": "p",
        "escalate": "e",
        "victim": "v",
        "snooze": "z",
        "skip": "l",
        "undo": "u",
        "hand_over": "h",
        "picture": "g",
        "show": "t",
        "history": "r",
        "alike": "s",
        "same": "y",
        "apart": "x",
        "filter": "/",
        "help": "?",
    }
)
MOST_FILTERS: Final = 12  # in the side bar


def keys(own: models.OwnSettings | None) -> dict[str, str]:
    """Act -> key as it lies for this person."""
    return {act: (own.keys.get(act, key) if own else key) for act, key in KEYS.items()}


_KEY = -1  # stands for a person
_OWN: Final = prepared.Rows(lambda: models.OwnSettings.objects.filter(person=_KEY).order_by(), {_KEY: "person"})


def own_settings(person: models.Person) -> models.OwnSettings | None:
    return next(iter(_OWN(person=person.pk)), None)


def acts(person: models.Person, *, since: datetime | None = None, outcome: str = "", standing: bool = False) -> QuerySet[models.Decision]:
    """What this person decided, each act once, by its first row: a row of forty copies is one act.

    `standing`: without what was taken back, and without the taking back. An outcome is one of those that stand; REVERSED, the taking back.
    """
    rows = models.Decision.objects.filter(by=person)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if outcome or standing:
        rows = rows.filter(reversed_by=None)
    if outcome:
        rows = rows.filter(outcome=outcome)
    elif standing:
        rows = rows.exclude(outcome=Outcome.REVERSED)
    earlier = rows.order_by().filter(batch=OuterRef("batch"), outcome=OuterRef("outcome"), pk__lt=OuterRef("pk"))
    return rows.exclude(Exists(earlier))


# `acts(standing=True)`, counted: asked row by row whether an earlier one is of the same act, a day of many copies costs its square. All of
# a batch were decided alike. What takes back any since the first of them is found in one walk, not for each of them.
_AT_HAND = """
WITH mine AS MATERIALIZED (
    SELECT id, batch FROM patrol_decision WHERE by_id = %(person)s AND at >= %(since)s AND outcome <> 'reversed'
)
SELECT s.person_id, s.keys_on, s.keys::text, s.tour_seen_at, (
    SELECT count(*) FILTER (WHERE batch IS NULL) + count(DISTINCT batch) FROM mine
    WHERE id NOT IN (SELECT reverses_id FROM patrol_decision WHERE reverses_id >= (SELECT min(id) FROM mine))),
    e.id, e.severe, e.working_since, e.seen_at, e.reminded_at, e.reminded_severe
FROM (SELECT) AS one LEFT JOIN patrol_ownsettings s ON s.person_id = %(person)s
LEFT JOIN patrol_exposure e ON e.person_id = %(person)s AND e.day = %(day)s
"""
_SEEN: Final = ("severe", "working_since", "seen_at", "reminded_at", "reminded_severe")


# `acts` of each outcome, counted: those that stand, and the takings back.
_COUNTED = """
SELECT d.outcome, count(DISTINCT coalesce(d.batch::text, d.id::text)) FROM patrol_decision d
WHERE d.by_id = %(person)s AND d.at >= %(since)s AND NOT EXISTS (SELECT FROM patrol_decision r WHERE r.reverses_id = d.id)
GROUP BY d.outcome
"""


def counted(person: models.Person, *, since: datetime) -> dict[str, int]:
    """Outcome -> how many acts of this person since then, REVERSED among them; without those that were taken back. One query."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, _COUNTED, {"person": person.pk, "since": since})
        return dict(cursor.fetchall())


def at_hand(person: models.Person, *, since: datetime) -> tuple[models.OwnSettings | None, int, models.Exposure | None]:
    """What every page of the desk asks: the person's settings, how many acts of theirs stand since then, when their day began, and what
    they saw on it, as far as care.break_due asks. One query."""
    day = timezone.localtime(since).date()
    with connection.cursor() as cursor:
        prepared.execute(cursor, _AT_HAND, {"person": person.pk, "since": since, "day": day}, one_plan=True)
        owner, keys_on, laid, tour_seen_at, many, saw, *seen = cursor.fetchone()
    own = None if owner is None else models.OwnSettings(person=person, keys_on=keys_on, keys=json.loads(laid), tour_seen_at=tour_seen_at)
    return own, many, None if saw is None else models.Exposure(id=saw, **dict(zip(_SEEN, seen, strict=True)))


def _change(by: models.Person, **changed: object) -> models.OwnSettings:
    return models.OwnSettings.objects.update_or_create(person=by, defaults=changed)[0]


def set_keys(*, wished: Mapping[str, str], on: bool, by: models.Person) -> models.OwnSettings:
    """Lays the keys anew. Raises RefusedError beside the act whose key is no single printed sign, or another act's too."""
    laid = {act: wished.get(act, key).strip().lower() for act, key in KEYS.items()}
    for act, key in laid.items():
        if len(key) != 1 or not key.isprintable() or key.isspace() or key.isdigit():
            raise RefusedError("keys.letter", _("This act needs one sign that is no digit."), act)
    if len(set(laid.values())) < len(laid):
        twice = next(act for act, key in laid.items() if list(laid.values()).count(key) > 1)
        raise RefusedError("keys.taken", _("Two acts would have this key."), twice)
    return _change(by, keys={act: key for act, key in laid.items() if key != KEYS[act]}, keys_on=on)


def tour_seen(*, by: models.Person, now: datetime) -> None:
    """The tour is not shown again by itself."""
    _change(by, tour_seen_at=now)


def tour_again(*, by: models.Person) -> None:
    _change(by, tour_seen_at=None)


def save_filter(*, name: str, query: Mapping[str, str], by: models.Person, now: datetime) -> models.SavedFilter:
    """Keeps a filter under a name; the same name is overwritten. Raises RefusedError."""
    name = " ".join(name.split())[:40]
    if not name or not query:
        raise RefusedError("filter.name", _("Choose something in the filter and give it a name."), "name")
    with transaction.atomic():
        models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two saves at once would both count eleven
        others = models.SavedFilter.objects.filter(person=by).exclude(name=name)
        if others.count() >= MOST_FILTERS:
            raise RefusedError("filter.too_many", _("You keep %(count)s filters already: drop one first."), count=MOST_FILTERS)
        return models.SavedFilter.objects.update_or_create(person=by, name=name, defaults={"query": dict(query), "made_at": now})[0]


def drop_filter(*, filter_id: int, by: models.Person) -> None:
    models.SavedFilter.objects.filter(pk=filter_id, person=by).delete()

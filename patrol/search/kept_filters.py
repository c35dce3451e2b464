"""Filters of the list of cases that a person keeps, each with how many cases fit it now and, if wished, a notice of a case that newly fits.

What fits is asked anew each time, as that person may see it then: who moves to another office counts and hears of that one's cases. Own
taste, no audit row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models, search
from patrol.access import Action
from patrol.infra.refusals import RefusedError
from patrol.search import case_filters, case_words

MOST_FILTERS: Final = 20  # of one person
MOST_COUNTED: Final = 1000  # cases; more are only said to be more
FITS: Final = "case_fits"  # kind of the notice


def of(person: models.Person) -> list[models.CaseFilter]:
    return list(models.CaseFilter.objects.filter(person=person)) if access.may(person, Action.CASE_VIEW) else []


def counts(kept: Sequence[models.CaseFilter], person: models.Person) -> list[int]:
    """How many cases fit each now, up to MOST_COUNTED + 1. One query however many filters; none for none."""
    if not kept:
        return []
    parts, given = [], list[Any]()
    for one in kept:
        found = case_filters.found(case_filters.asked(one.query), person).order_by().values("pk")[: MOST_COUNTED + 1]
        sql, parameters = found.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) fits)")  # noqa: S608 -- by the ORM
        given += parameters
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return list(cursor.fetchone())


def keep(*, name: str, query: Mapping[str, str], by: models.Person, now: datetime) -> models.CaseFilter:
    """Keeps what the address of a list asks for. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.CASE_VIEW)
    wanted = case_filters.asked(query)
    if not wanted:
        raise RefusedError("case_filter.empty", _("Nothing was kept: choose something in the filter first."), "name")
    if search.leads_to_a_person(wanted.get("q", "")):
        raise RefusedError("case_filter.contact", _("Nothing was kept: a number or an account stands in no filter."), "name")
    case_filters.found(wanted, by)  # words that cannot be searched are refused here
    with transaction.atomic():
        name = _named(name, by)
        if models.CaseFilter.objects.filter(person=by).count() >= MOST_FILTERS:
            text = _("You keep %(count)s filters already: remove one first.")
            raise RefusedError("case_filter.too_many", text, "name", count=MOST_FILTERS)
        return models.CaseFilter.objects.create(person=by, name=name, query=wanted, made_at=now)


def rename(*, filter_id: int, name: str, by: models.Person, now: datetime) -> models.CaseFilter:
    """Raises RefusedError, CaseFilter.DoesNotExist for another's."""
    with transaction.atomic():
        kept = models.CaseFilter.objects.get(pk=filter_id, person=by)
        kept.name = _named(name, by, but=kept.pk)
        kept.save(update_fields=["name"])
    return kept


def drop(*, filter_id: int, by: models.Person, now: datetime) -> models.CaseFilter:
    """Raises CaseFilter.DoesNotExist for another's."""
    with transaction.atomic():
        kept = models.CaseFilter.objects.select_for_update(no_key=True).get(pk=filter_id, person=by)
        models.CaseFitted.objects.filter(filter=kept).delete()
        models.CaseFilter.objects.filter(pk=kept.pk).delete()
    return kept


def _named(name: str, by: models.Person, *, but: int | None = None) -> str:
    """The name as it is kept. Holds the person's row: two that are kept at once would both count nineteen."""
    name = " ".join(name.split())[:40]
    if not name:
        raise RefusedError("case_filter.name", _("Give the filter a name."), "name")
    models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    if models.CaseFilter.objects.filter(person=by, name=name).exclude(pk=but or 0).exists():
        raise RefusedError("case_filter.name_taken", _("You have a filter of this name: choose another."), "name")
    return name


def set_telling(*, filter_id: int, on: bool, by: models.Person, now: datetime) -> models.CaseFilter:
    """Whether a case that newly fits gives a notice. What fits already is noted, so that it does not ring when it is next touched.

    Raises RefusedError where more fits than can be noted, CaseFilter.DoesNotExist for another's.
    """
    with transaction.atomic():
        kept = models.CaseFilter.objects.select_for_update(no_key=True).get(pk=filter_id, person=by)
        models.CaseFitted.objects.filter(filter=kept).delete()
        if on:
            there = list(case_filters.found(case_filters.asked(kept.query), by).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
            if len(there) > MOST_COUNTED:
                text = _("More than %(count)s cases fit this filter: narrow it before it tells you of new ones.")
                raise RefusedError("case_filter.wide", text, count=MOST_COUNTED)
            models.CaseFitted.objects.bulk_create(models.CaseFitted(filter=kept, case_id=key) for key in there)
        kept.tells = on
        kept.save(update_fields=["tells"])
    return kept


def follow(*, now: datetime, limit: int) -> int:
    """Takes up to `limit` changed cases into the words, and tells whoever keeps a filter one of them newly fits: both or neither, so that
    each change is told of once. Returns how many cases; 0 where none is due."""
    with transaction.atomic():
        changed = case_words.fill(limit=limit)
        if changed:
            _tell(changed, now)
    return len(changed)


def _tell(changed: Sequence[int], now: datetime) -> None:
    """A person's own act is no news to them: where they were the last to act on the case it is noted and not told."""
    telling = list(models.CaseFilter.objects.filter(tells=True, person__is_active=True).select_related("person__office"))
    if not telling:
        return
    by_people = models.CaseEvent.objects.filter(case__in=changed, by__isnull=False)  # what the machine notes is nobody's act
    newest = by_people.order_by("case", "-id").distinct("case")
    last = dict(newest.values_list("case", "by"))
    for one in telling:
        try:
            fits = case_filters.found(case_filters.asked(one.query), one.person).filter(pk__in=changed)
        except RefusedError:  # words that are no longer searched: its page says so
            continue
        known = models.CaseFitted.objects.filter(filter=one).values("case")
        new = list(fits.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True))
        models.CaseFitted.objects.bulk_create(models.CaseFitted(filter=one, case_id=key) for key in new)
        models.Notice.objects.bulk_create(
            models.Notice(kind=FITS, person=one.person, case_id=key, by_id=last[key], at=now, note=one.name)
            for key in new
            if last[key] != one.person_id
        )

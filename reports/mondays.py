"""Monday 07.00 of an office's zone: its supervisors are told that the draft of the last week is there, those of the directorate of the
national one. By a notice, and by mail who wants it.

Found by a query as everything that is due: after an outage the next sweep tells of the last Monday, once. What is told of an office is one
transaction with the day it is told for, so that a process that dies has told all or nothing. A new installation, and an office that is
added, begin with the next Monday.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from patrol import models
from patrol.models import Office, OfficeKind, Person, Role
from patrol.outgoing import mailing
from reports.models import Mailed, Monday, Subscription, WeeklySummary
from reports.period import IsoWeek

HOUR: Final = time(7)
NOTICE: Final = "summary_draft"


def last(now: datetime, zone: str) -> date:
    """The Monday of the last time it was Monday 07.00 there."""
    there = now.astimezone(ZoneInfo(zone))
    monday = there.date() - timedelta(days=there.weekday())
    return monday if there >= datetime.combine(monday, HOUR, there.tzinfo) else monday - timedelta(days=7)


def remind(*, now: datetime) -> int:
    """Tells of each office what is due. Returns how many people were told."""
    offices = list(Office.objects.filter(active=True).order_by("id"))
    told: dict[int | None, date] = dict(Monday.objects.values_list("office_id", "day"))
    many = 0
    for office in offices:
        place = None if office.kind == OfficeKind.DIRECTORATE else office
        monday, before = last(now, office.zone), told.get(place.pk if place else None)
        if before is None:
            Monday.objects.get_or_create(office=place, defaults={"day": monday})
        elif before < monday:
            many += _tell(office, place, monday, now)
    return many


def _tell(office: Office, place: Office | None, monday: date, now: datetime) -> int:
    week = IsoWeek.of_day(monday).previous()
    with transaction.atomic():
        if not Monday.objects.filter(office=place, day__lt=monday).update(day=monday):
            return 0  # another process has just told it
        if any(not one.preliminary for one in _frozen(place, week)):
            return 0  # nothing is a draft any more
        people = list(Person.objects.filter(office=office, role=Role.SUPERVISOR, is_active=True))
        models.Notice.objects.bulk_create(models.Notice(kind=NOTICE, person=one, note=str(week), at=now) for one in people)
        wanted = set(Subscription.objects.filter(office=place, what=Mailed.DRAFT, person__in=people).values_list("person_id", flat=True))
        for one in people:
            if one.pk in wanted:
                target = {"office": place.pk if place else None, "week": str(week)}
                mailing.ask("summary_draft", f"{week}/{target['office']}/{one.pk}", person_id=one.pk, target=target, now=now)
    return len(people)


def _frozen(place: Office | None, week: IsoWeek) -> list[WeeklySummary]:
    return list(WeeklySummary.objects.filter(office=place, kind=week.kind, year=week.year, week=week.week).defer("figures"))

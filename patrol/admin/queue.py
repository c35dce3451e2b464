"""The queue: what waits for a decision, highest level first, oldest first; one row for the same text many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Func
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models, triage, vocabulary, wellbeing
from patrol.access import Action
from patrol.admin import base, home, words

LEVELS = (vocabulary.Level.HIGH, vocabulary.Level.MEDIUM)


@dataclass(frozen=True, slots=True)
class Row:
    link: str
    level: str
    level_title: words.Title
    gist: str
    number: str
    copies: int
    platform: str
    office: str
    age: str
    raised: str
    holder: str  # who has it open, "" for nobody
    mine: bool


def context(request: HttpRequest) -> dict[str, Any]:
    """All the queue page shows; filters stand in the address: level, platform, office (at the directorate), after."""
    person, now = base.who(request), timezone.now()
    asked = request.GET
    office_id = base.number(asked.get("office")) if person.at_directorate else person.office_id
    levels = tuple(level for level in LEVELS if level in asked.getlist("level"))
    platform = asked.get("platform", "")
    wanted = triage.Wanted(office_id=office_id, levels=levels, platform=platform)
    page = triage.queue(person, wanted=wanted, after=asked.get("after", ""), limit=30)
    held = _held([row.flag.pk for row in page.rows])
    counts = triage.counts(person, triage.Wanted(office_id=office_id))

    def link(**changed: Any) -> str:
        kept = {"office": office_id if person.at_directorate else None, "level": levels[0] if levels else None}
        return base.here("patrol_flag_changelist", **{**kept, "platform": platform, **changed})

    offices = models.Office.objects.filter(active=True) if person.at_directorate else []
    return {
        "rows": [_row(row, person, now, held=row.flag.pk in held) for row in page.rows],
        "next": link(after=page.next) if page.next else "",
        "first": link() if asked.get("after") else "",
        "counts": counts,
        "oldest": words.age(counts.oldest, now) if counts.oldest else "",
        "levels": [
            {"title": _("All"), "count": counts.all, "link": link(level=None), "on": not levels, "level": ""},
            *(
                {
                    "title": words.LEVELS[level].title,
                    "count": counts.by_level.get(level, 0),
                    "link": link(level=level),
                    "on": level in levels,
                    "level": level,
                }
                for level in LEVELS
            ),
        ],
        "platforms": [
            {"title": _("All platforms"), "link": link(platform=None), "on": not platform},
            *(
                {"title": words.platform(value), "link": link(platform=value), "on": platform == value}
                for value in words.PLATFORMS
            ),
        ],
        "offices": offices,
        "office_id": office_id,
        "level": levels[0] if levels else "",
        "platform": platform,
        "unhealthy": _unhealthy(person, now) if not page.rows else [],
        "watches_link": base.here("patrol_watch_changelist"),
        "subtitle": person.office.name if not person.at_directorate else _("all offices"),
    }


def _held(flag_ids: list[int]) -> set[int]:
    """Which of these somebody has open now. Leases run by the database's clock, so the database says it."""
    clock = Func(function="clock_timestamp", output_field=DateTimeField())
    return set(models.Flag.objects.filter(pk__in=flag_ids, lease_until__gt=clock).values_list("pk", flat=True))


def _row(row: triage.QueueRow, person: models.Person, now: datetime, *, held: bool) -> Row:
    flag = row.flag
    return Row(
        link=base.here("patrol_flag_change", flag.pk),
        level=flag.level,
        level_title=words.LEVELS[flag.level].title,
        gist=words.said(flag, "gist"),
        number=flag.number,
        copies=row.copies,
        platform=words.platform(flag.post.platform),
        office=flag.office.short_name,
        age=words.age(flag.raised_at, now),
        raised=words.moment(flag.raised_at),
        holder=flag.lease_person.name if held and flag.lease_person else "",
        mine=held and flag.lease_person_id == person.pk,
    )


def _unhealthy(person: models.Person, now: datetime) -> list[dict[str, Any]]:
    """An empty queue means something only beside the watches that bring nothing."""
    if not access.may(person, Action.WATCH_VIEW):
        return []
    watches = list(access.scope(person, Action.WATCH_VIEW, models.Watch.objects.select_related("office")))
    health = wellbeing.health(watches, now=now)
    sick = [watch for watch in watches if health[watch.pk].state in words.UNHEALTHY]
    return [home.watch_row(watch, health[watch.pk], now) for watch in sick]

"""The queue column: what waits for a decision, highest level first, oldest first; one row for the same text many times.

All filters stand in the address, so that a queue can be kept, sent to a colleague and come back to.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from patrol import access, domain, models, triage
from patrol.access import Action
from patrol.admin.shared import base, drawn, home, unread, words
from patrol.domain import states
from patrol.engine import masks
from patrol.engine.licences import countries
from patrol.infra import prepared
from patrol.triage import own_settings
from patrol.watches import wellbeing

LEVELS = (domain.Level.HIGH, domain.Level.MEDIUM)
OLDER = (4, 24, 72, 168)  # hours
YOUNGER = (4, 24, 72)  # hours: no flag of the row is older
LATE = "1"
HOLDING: Final[dict[str, words.Title]] = {"mine": gettext_lazy("open at me"), "free": gettext_lazy("open at nobody else")}
STATES: Final[dict[str, words.Title]] = {
    states.FlagState.WAITING: gettext_lazy("waiting for a decision"),
    states.FlagState.NEEDS_INFORMATION: gettext_lazy("information asked"),
    triage.SNOOZED: pgettext_lazy("flag", "put off"),
}
PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    link: str
    take: str  # address that takes it
    mark: str  # its level, drawn
    gist: str
    number: str
    copies: int
    platform: str
    office: str
    age: str
    raised: str
    state: str  # what it waits for besides a decision, "" for nothing
    asleep: bool  # put off: until when, says `state`
    holder: str  # who has it open, "" for nobody
    since: str
    mine: bool
    here: bool  # the one on the desk


@dataclass(frozen=True)
class Filters:
    """What the address asks for. Anything unknown in it asks for nothing: a mistyped address is a queue, not an error."""

    level: str = ""
    platform: str = ""
    kind: str = ""
    country: str = ""
    watch: int | None = None
    office: int | None = None  # at the directorate: another office's is never there for anybody else
    older: int | None = None  # hours
    younger: int | None = None  # hours
    late: str = ""  # LATE: waits longer than its level may
    state: str = ""
    holding: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any] | QueryDict, person: models.Person) -> Filters:
        def known(key: str, values: Any) -> str:
            value = str(asked.get(key, ""))
            return value if value in values else ""

        hours, younger = base.number(str(asked.get("older", ""))), base.number(str(asked.get("younger", "")))
        return cls(
            level=known("level", LEVELS),
            platform=known("platform", words.PLATFORMS),
            kind=known("kind", words.KINDS),
            country=known("country", countries.codes()),
            watch=base.number(str(asked.get("watch", ""))),
            office=base.number(str(asked.get("office", ""))) if person.at_directorate else None,
            older=hours if hours in OLDER else None,
            younger=younger if younger in YOUNGER else None,
            late=known("late", (LATE,)),
            state=known("state", STATES),
            holding=known("holding", HOLDING),
        )

    @cached_property
    def query(self) -> dict[str, str]:
        """The address' query: only what is asked for."""
        asked = {
            "level": self.level,
            "platform": self.platform,
            "kind": self.kind,
            "country": self.country,
            "watch": self.watch,
            "office": self.office,
            "older": self.older,
            "younger": self.younger,
            "late": self.late,
            "state": self.state,
            "holding": self.holding,
        }
        return {key: str(value) for key, value in asked.items() if value}

    def wanted(self, person: models.Person, now: datetime) -> triage.Wanted:
        return triage.Wanted(
            office_id=self.office if person.at_directorate else person.office_id,
            levels=(self.level,) if self.level else (),
            platform=self.platform,
            kind=self.kind,
            country=self.country,
            watch_id=self.watch,
            before=now - timedelta(hours=self.older) if self.older else None,
            since=now - timedelta(hours=self.younger) if self.younger else None,
            late=now if self.late else None,
            state=self.state,
            holding=self.holding,
        )


def column(request: HttpRequest, filters: Filters, now: datetime, *, flag: models.Flag | None = None) -> dict[str, Any]:
    """The rows, and `flag` among them where it waits: the page begins at it where it stands deeper than the first one."""
    person = base.who(request)
    wanted = filters.wanted(person, now)
    page = triage.queue(person, wanted=wanted, after=request.GET.get("after", ""), limit=PER_PAGE, showing=flag)
    counts = triage.counts(person, wanted)
    if not filters.query:
        setattr(request, _WAITING, counts.all)
    here = base.here
    return {
        "rows": [_row(row, person, now, filters, flag) for row in page.rows],
        "next": here("patrol_flag_changelist", **filters.query, after=page.next) if page.next else "",
        "first": here("patrol_flag_changelist", **filters.query) if page.after else "",
        "after": page.after,
        "many": counts.all,
        "waiting": many(counts.all),
        "oldest": words.age(counts.oldest, now) if counts.oldest else "",
        "filtered": len(filters.query),
    }


def later(filters: Filters) -> dict[str, Any]:
    """Of a column whose rows and counters come once the post is painted: the script of the desk asks for them (`numbers`)."""
    return {"later": True, "filtered": len(filters.query)}


def many(rows: int) -> str:
    return ngettext("%(many)s waiting", "%(many)s waiting", rows) % {"many": formats.localize(rows)}


def waiting(request: HttpRequest) -> int:
    """How many rows wait for this person: what the side bar shows. Not counted again where this page counted them already."""
    found: int | None = getattr(request, _WAITING, None)
    if found is None:
        person = base.who(request)
        found = triage.counts(person, triage.whole(person)).all
        setattr(request, _WAITING, found)
    return found


type _Titled = tuple[tuple[int, str], ...]


def choices(person: models.Person, filters: Filters) -> dict[str, Any]:
    """What the filter form offers. Watches and offices are those the person may see."""
    return _choices(filters, *_named(person))


def fields(person: models.Person, filters: Filters) -> str:
    """The fields of the desk's filter form."""
    return _fields(filters, *_named(person))


def _named(person: models.Person) -> tuple[_Titled, _Titled]:
    """Watches and offices this person may filter by. Two queries at the directorate, else one."""
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.order_by("name")).values_list("pk", "name")
    offices = models.Office.objects.filter(active=True).values_list("pk", "short_name") if person.at_directorate else ()
    return tuple((key, masks.text(name)) for key, name in watches), tuple(offices)


@drawn.once(64)
def _fields(filters: Filters, watches: _Titled, offices: _Titled) -> str:
    return render_to_string("workbench/desk/filter_fields.html", _choices(filters, watches, offices))


def _choices(filters: Filters, watches: _Titled, offices: _Titled) -> dict[str, Any]:
    return {
        "filters": filters,
        "levels": [(level, words.LEVELS[level].title) for level in LEVELS],
        "platforms": [(key, words.platform(key)) for key in words.PLATFORMS],
        "kinds_offered": list(words.KINDS.items()),
        "countries": _countries(get_language() or ""),
        "watches": watches,
        "all_offices": offices,
        "olders": [(hours, _older(hours)) for hours in OLDER],
        "youngers": [(hours, _younger(hours)) for hours in YOUNGER],
        "lates": [(LATE, _("longer than they may"))],
        "states_offered": list(STATES.items()),
        "holdings": list(HOLDING.items()),
    }


@functools.cache
def _countries(_language: str) -> list[tuple[str, str]]:
    named = [(code, words.sentence(countries.name(code))) for code in countries.codes()]
    return sorted(named, key=lambda one: one[1])


def _older(hours: int) -> str:
    return _("over %(count)s hours") % {"count": hours} if hours < 24 else _("over %(count)s days") % {"count": hours // 24}


def _younger(hours: int) -> str:
    return _("%(count)s hours at most") % {"count": hours} if hours < 24 else _("%(count)s days at most") % {"count": hours // 24}


_KEY: Final = -1  # stands for an id: no row has it
_KEPT: Final = prepared.Rows(lambda: models.SavedFilter.objects.filter(person=_KEY), {_KEY: "person"})


def saved(person: models.Person, filters: Filters, now: datetime, *, at_once: bool = False) -> list[dict[str, Any]]:
    """The filters a person keeps at hand, with what waits in each now. Two queries however many they are.

    `at_once`: for a whole page, which does not wait until a long queue is counted anew; its script asks for that.
    """
    kept = _KEPT(person=person.pk)
    asked = [Filters.of(one.query, person) for one in kept]
    limit = triage.LONGEST_KEPT if at_once else triage.FILTERS_KEPT_SECONDS
    counts = triage.count_each(person, [one.wanted(person, now) for one in asked], kept_for=limit) if kept else []
    return [
        {
            "key": f"saved-{row.pk}",
            "name": row.name,
            "link": base.here("patrol_flag_changelist", **one.query),
            "drop": base.here("patrol_flag_drop_filter", row.pk),
            "count": count,
            "on": bool(filters.query) and one.query == filters.query,
        }
        for row, one, count in zip(kept, asked, counts, strict=True)
    ]


def saved_of(request: HttpRequest) -> list[dict[str, Any]]:
    """`saved` for this request: the side bar and the filter's sheet both show it, asked for once."""
    found: list[dict[str, Any]] | None = getattr(request, _SAVED, None)
    if found is None:
        person = base.who(request)
        found = saved(person, Filters.of(request.GET, person), timezone.now(), at_once=True)
        setattr(request, _SAVED, found)
    return found


_SAVED, _WAITING = "filters_at_hand", "rows_waiting"


def _row(row: triage.QueueRow, person: models.Person, now: datetime, filters: Filters, flag: models.Flag | None) -> Row:
    one, held = row.flag, row.is_held
    level, title = level_shown(one)
    return Row(
        link=base.here("patrol_flag_change", one.pk, **filters.query),
        take=base.here("patrol_flag_take", one.pk, **filters.query),
        mark=drawn.level(level, title),
        gist=words.said(one, "gist"),
        number=one.number,
        copies=row.copies,
        platform=words.platform(one.post.platform),
        office=one.office.short_name,
        age=words.age(one.raised_at, now),
        raised=words.moment(one.raised_at),
        state=_state(one, now),
        asleep=_is_asleep(one, now),
        holder=one.lease_person.name if held and one.lease_person else "",
        since=words.hour(one.lease_since) if held and one.lease_since else "",
        mine=held and one.lease_person_id == person.pk,
        here=flag is not None and (one.pk == flag.pk or (one.row_key, one.office_id) == (flag.row_key, flag.office_id)),
    )


def _is_asleep(flag: models.Flag, now: datetime) -> bool:
    return flag.snoozed_until is not None and flag.snoozed_until > now


def _state(flag: models.Flag, now: datetime) -> str:
    if flag.snoozed_until is not None and _is_asleep(flag, now):
        return _("until %(when)s") % {"when": words.moment(flag.snoozed_until)}
    return str(words.FLAG_STATES[flag.state].title) if flag.state == states.FlagState.NEEDS_INFORMATION else ""


def level_shown(flag: models.Flag) -> tuple[str, words.Title]:
    """Its level and the word for it; ("", …) where this flag is decided without seeing it."""
    level = triage.level_told(flag)
    return level, words.LEVELS[level].title if level else words.LEVEL_VEILED.title


def empty(person: models.Person, filters: Filters, now: datetime) -> dict[str, Any]:
    """What the desk says when nothing lies on it: an empty queue means something only beside the watches that bring nothing."""
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.all())
    last = models.Decision.objects.filter(by=person).exclude(outcome="reversed").order_by("-at").first()
    done = list(own_settings.acts(person, since=day_of(now), standing=True).values_list("outcome", flat=True))
    return {
        "filtered": bool(filters.query),
        "last": words.moment(last.at) if last else "",
        "watched": watches.exists(),
        "unread": unread.backlog(),
        "unhealthy": _unhealthy(person, now),
        "watches_link": base.here("patrol_watch_changelist"),
        "turn": [{"title": words.OUTCOMES[outcome].title, "count": done.count(outcome)} for outcome in words.DECIDE if outcome in done],
        "done": len(done),
        "cases": _open_cases(person),
    }


def _open_cases(person: models.Person) -> list[dict[str, str]]:
    if not access.may(person, Action.CASE_VIEW):
        return []
    waiting = access.scope(person, Action.CASE_VIEW, models.Case.objects.all())
    if person.at_directorate:
        waiting = waiting.filter(state__in=states.AT_DIRECTORATE)
    else:
        waiting = waiting.filter(state=states.CaseState.OPENED, office=person.office_id)
    rows = waiting.order_by("opened_at").only("id", "number", "title")[:5]
    return [{"number": row.number, "title": row.title, "link": base.here("patrol_case_change", row.pk)} for row in rows]


def day_of(now: datetime) -> datetime:
    """When this day began, in the zone of the person's office."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _unhealthy(person: models.Person, now: datetime) -> list[dict[str, Any]]:
    if not access.may(person, Action.WATCH_VIEW):
        return []
    watches = list(access.scope(person, Action.WATCH_VIEW, models.Watch.objects.select_related("office")))
    health = wellbeing.health(watches, now=now)
    sick = [watch for watch in watches if health[watch.pk].state in words.SILENT]
    return [home.watch_row(watch, health[watch.pk], now) for watch in sick]

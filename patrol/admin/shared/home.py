"""The start page. Its cards are functions named in `settings.HOME_CARDS`; each asks patrol.access whom it is for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from patrol import access, cases, models
from patrol.access import Action, consulting
from patrol.admin.analyst import watch_words
from patrol.admin.shared import base, charts, words
from patrol.admin.shared.cards import Card
from patrol.domain.states import WatchState
from patrol.models import Role
from patrol.watches import credentials, wellbeing


def dashboard(request: HttpRequest) -> dict[str, Any]:
    """What the start page shows: the cards, each column in its order."""
    cards = [card for name in settings.HOME_CARDS if (card := import_string(name)(request)) is not None]
    cards.sort(key=lambda card: card.order)

    def column(name: str) -> list[dict[str, Any]]:
        return [
            {
                "title": card.title,
                "note": card.note,
                "link": card.link,
                "link_title": card.link_title,
                "begins": card.begins,
                # What stands in a card's context is all its template sees; localisation and autoescape stay on.
                "body": card.body or render_to_string(card.template, {**card.context, "card": card}),
            }
            for card in cards
            if card.column == name
        ]

    return {
        "title": _("Start"),
        "subtitle": words.moment(timezone.now()),
        "columns": [found for name in ("main", "side") if (found := column(name))],
        "widest": column("widest"),
    }


def open_cases(request: HttpRequest) -> Card | None:
    """The cases of the person's side, those that waited longest first."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.CASE_VIEW):
        return None
    rows = list(cases.listed(cases.OPEN, person).select_related("responsible", "office").order_by("opened_at", "id")[:5])
    if rows:
        consulting.note(request, way=consulting.Way.LIST, target=("case", ""), rows=len(rows))
    return Card(
        title=_("Cases not closed"),
        note=_("longest waiting first"),
        template="workbench/cards/cases.html",
        context={
            "rows": [
                {
                    "case": case,
                    "badge": words.CASE_STATES[case.state],
                    "age": words.age(case.opened_at, now),
                    "link": base.here("patrol_case_change", case.pk),
                }
                for case in rows
            ]
        },
        order=20 if access.may(person, Action.CASE_TAKE) else 40,
        column="main" if access.may(person, Action.CASE_TAKE) else "side",
        link=base.here("patrol_case_changelist", state=cases.OPEN),
        link_title=_("All"),
    )


def watches(request: HttpRequest) -> Card | None:
    """The watches, the sick ones first: what is not fetched is not seen by anybody."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.WATCH_VIEW):
        return None
    rows = list(access.scope(person, Action.WATCH_VIEW, models.Watch.objects.select_related("office")))
    health = wellbeing.health(rows, now=now)
    shown = sorted(rows, key=lambda watch: (list(words.WATCH_HEALTH).index(health[watch.pk].state), watch.name))[:5]
    if shown:
        consulting.note(request, way=consulting.Way.LIST, target=("watch", ""), rows=len(shown))
    return Card(
        title=_("Watches of the country") if person.at_directorate else _("Watches of this office"),
        note=_("green band: healthy range"),
        template="workbench/cards/watches.html",
        context={
            "rows": [watch_row(watch, health[watch.pk], now) for watch in shown],
            "notices": [
                {**watch_words.notice(found), "link": base.here("patrol_credential_change", found.credential.pk)}
                for found in (credentials.notices(now=now) if access.may(person, Action.CREDENTIAL_VIEW) else ())
            ],
        },
        order=15 if person.role == Role.ADMINISTRATOR else 30,
        link=base.here("patrol_watch_changelist"),
        link_title=_("All %(count)s") % {"count": len(rows)},
    )


def watch_row(watch: models.Watch, health: Any, now: datetime) -> dict[str, Any]:
    """What a row about a watch shows, on the start page and in the list."""
    runs = watch.state == WatchState.ACTIVE
    return {
        "watch": watch,
        "link": base.here("patrol_watch_change", watch.pk),
        "platform": words.platform(watch.platform),
        "badge": words.WATCH_HEALTH[health.state],
        "state": health.state,
        "spark": charts.spark(health.per_day, watch.healthy_low, watch.healthy_high, trouble=health.state in words.UNHEALTHY),
        "today": health.per_day[-1],
        "band": f"{watch.healthy_low}-{watch.healthy_high}",
        "last_good": words.moment(health.last_good_at) if health.last_good_at else "",
        "last_good_hour": words.hour(health.last_good_at) if health.last_good_at else "",
        "last_good_day": words.day(health.last_good_at) if health.last_good_at else "",
        "last_good_age": words.age(health.last_good_at, now) if health.last_good_at else "",
        "problem": words.said({"id": health.problem.id, "en": health.problem.en}) if health.problem else "",
        "remedy": watch_words.remedy(health.code, permanent=health.permanent, runs=runs) if health.problem else "",
        "out_of_range": watch_words.out_of_range(watch, health),
        "why_not_now": watch_words.why_not_now(watch, health),
        "next_due": words.moment(health.next_due) if health.next_due else "",
        "next_hour": words.hour(health.next_due) if health.next_due else "",
        "next_day": words.day(health.next_due) if health.next_due else "",
    }

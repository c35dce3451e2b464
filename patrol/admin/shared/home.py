"""The start page. Its cards are functions named in `settings.HOME_CARDS`; each asks patrol.access whom it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from patrol import access, cases, domain, models, triage
from patrol.access import Action
from patrol.admin.analyst import watch_words
from patrol.admin.shared import base, charts, words
from patrol.admin.shared import waiting as waits
from patrol.admin.shared.cards import Card
from patrol.cases import referrals
from patrol.domain import states
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
                "body": render_to_string(card.template, {**card.context, "card": card}),
            }
            for card in cards
            if card.column == name
        ]

    return {
        "title": _("Start"),
        "subtitle": words.moment(timezone.now()),
        "columns": [found for name in ("main", "side") if (found := column(name))],
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of work that waits: how many, how old the oldest is, what about it needs attention."""

    icon: str
    title: str
    link: str
    count: int
    age: str = ""
    badge: words.Badge | None = None
    note: str = ""


def waiting(request: HttpRequest) -> Card | None:
    """What waits for this person, role by role. No number stands here that does not open its list."""
    person, now = base.who(request), timezone.now()
    maker = {Role.REGISTRAR: _register_lines, Role.ADMINISTRATOR: _house_lines}.get(Role(person.role), _work_lines)
    lines = [*_message_line(request, person, now), *_mail_line(request, person), *maker(person, now), *_harmed_line(request, person, now)]
    if not lines:
        return None
    starts = access.may(person, Action.FLAG_DECIDE)
    return Card(
        title=_("Waiting for me"),
        note=person.office.name,
        template="workbench/cards/waiting.html",
        context={"lines": lines},
        order=10,
        link=base.here("patrol_flag_changelist") if starts else "",
        link_title=_("Start triage") if starts else "",
        begins=person.role == Role.OFFICER,
    )


def _message_line(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    """Only while there is something to read: above the other work, because somebody waits for the answer."""
    if not access.may(person, Action.CASE_VIEW):
        return []
    found = waits.of(request, person)
    if not found.messages:
        return []
    link = base.here("patrol_case_changelist", state="unread")
    age = words.age(found.messages_since, now) if found.messages_since else ""
    return [
        Line(
            "mail",
            _("Cases with unread messages"),
            link,
            found.messages,
            age,
            words.Badge(_("somebody waits for an answer"), "blue", "mail"),
        )
    ]


def _mail_line(request: HttpRequest, person: models.Person) -> list[Line]:
    """Only while a mail is out of which nobody knows whether it arrived."""
    found = waits.of(request, person).mails
    if not found:
        return []
    link = base.here("patrol_referral_changelist", state=referrals.MAIL_UNKNOWN)
    return [Line("help", _("Mails of referrals"), link, found, "", words.Badge(_("not known whether they arrived"), "med", "help"))]


def _harmed_line(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    if not access.may(person, Action.PROTECTION_VIEW):
        return []
    found = waits.of(request, person)
    link = base.here("patrol_protection_changelist", state=states.ProtectionState.NEW)
    badge = words.Badge(_("not reached yet"), "med", "schedule") if found.harmed else None
    age = words.age(found.harmed_since, now) if found.harmed_since else ""
    return [Line("shield_person", _("People harmed"), link, found.harmed, age, badge)]


def _work_lines(person: models.Person, now: datetime) -> list[Line]:
    def age(oldest: datetime | None) -> str:
        return words.age(oldest, now) if oldest else ""

    lines = []
    if access.may(person, Action.FLAG_DECIDE):
        counts = triage.counts(person, triage.whole(person))
        high = counts.by_level.get(domain.Level.HIGH, 0)
        badge = words.Badge(_("%(count)s high") % {"count": high}, "high", "warning") if high else None
        link = base.here("patrol_flag_changelist")
        lines.append(Line("inbox", _("Triage"), link, counts.all, age(counts.oldest), badge))
    keys = {cases.OPEN: "opened_at", cases.UNTAKEN: "escalated_at", cases.MINE: "opened_at"}
    found = cases.listed("", person).aggregate(
        **{key: Count("id", filter=cases.narrowed(key, person)) for key in keys},
        **{f"{key}_since": Min(field, filter=cases.narrowed(key, person)) for key, field in keys.items()},
    )

    def case_line(icon: str, title: str, key: str) -> Line:
        link = base.here("patrol_case_changelist", state=key)
        return Line(icon, title, link, found[key], age(found[f"{key}_since"]))

    mine = case_line("person", _("My cases"), cases.MINE)
    if cases.waiting(person) == cases.UNTAKEN:
        # An analyst's day starts with what the offices sent up.
        return [case_line("north_east", _("Escalated cases nobody has taken"), cases.UNTAKEN), mine, *lines]
    return [*lines, case_line("folder", _("Cases not closed"), cases.OPEN), mine]


def _register_lines(person: models.Person, now: datetime) -> list[Line]:
    newest = models.RegisterEdition.objects.order_by("-id").first()
    link = base.here("patrol_registeredition_changelist")
    if newest is None:
        badge = words.Badge(_("no offer can be checked"), "high", "warning")
        return [Line("menu_book", _("No register loaded: import one"), link, 0, badge=badge)]
    agencies = models.Agency.objects.filter(edition=newest, gone_since=None).count()
    licences = models.Licence.objects.filter(edition=newest, gone_since=None).count()
    stale = words.register_stale(newest.register_date, now)
    badge = words.Badge(_("older than %(days)s days") % {"days": settings.REGISTER_STALE_DAYS}, "med", "schedule")
    in_force = _("Register as of %(date)s") % {"date": words.day(newest.register_date)}
    imported = words.age(newest.imported_at, now)
    return [
        Line("menu_book", _("Licences in force"), link, licences, imported, badge if stale else None, in_force),
        Line("apartment", _("Agencies"), link, agencies, imported, note=in_force),
    ]


def _house_lines(person: models.Person, now: datetime) -> list[Line]:
    people = access.scope(person, Action.PERSON_VIEW, models.Person.objects.filter(is_active=True))
    found = people.aggregate(all=Count("id"), unused=Count("id", filter=Q(last_login=None)))
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.all())
    stopped = wellbeing.stopped(watches).count()
    empty = models.Office.objects.filter(active=True, people=None).count()
    act = words.Badge(_("somebody has to act"), "high", "warning") if stopped else None
    of_people = base.here("patrol_person_changelist")
    return [
        Line("target", _("Stopped watches"), base.here("patrol_watch_changelist", state="stopped"), stopped, badge=act),
        Line("group", _("People with access"), of_people, found["all"]),
        Line("key", _("Accounts never used"), base.here("patrol_person_changelist", unused="1"), found["unused"]),
        Line("apartment", _("Offices without people"), base.here("patrol_office_changelist"), empty),
    ]


def open_cases(request: HttpRequest) -> Card | None:
    """The cases of the person's side, those that waited longest first."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.CASE_VIEW):
        return None
    rows = cases.listed(cases.OPEN, person).select_related("responsible", "office").order_by("opened_at", "id")[:5]
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
        "remedy": watch_words.remedy(health.code, permanent=health.permanent) if health.problem else "",
        "out_of_range": watch_words.out_of_range(watch, health),
        "why_not_now": watch_words.why_not_now(watch, health),
        "next_due": words.moment(health.next_due) if health.next_due else "",
        "next_hour": words.hour(health.next_due) if health.next_due else "",
        "next_day": words.day(health.next_due) if health.next_due else "",
    }

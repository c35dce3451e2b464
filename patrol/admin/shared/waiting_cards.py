"""The start page's first cards: what waits for this person, what waits for them as the second one, and what is over its limit.

A kind of work of which nothing waits has no line. An empty day has one quiet sentence and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from patrol import access, domain, models, triage
from patrol.access import Action
from patrol.admin.shared import backlog_cards, base, waiting_kinds, words
from patrol.admin.shared import waiting as waits
from patrol.admin.shared.cards import Card, Line
from patrol.cases import referrals
from patrol.domain import states
from patrol.models import Role
from patrol.watches import wellbeing

_QUEUE: Final = "patrol_flag_changelist"
_LEVELS: Final = (domain.Level.HIGH, domain.Level.MEDIUM)


def _age(since: datetime | None, now: datetime) -> str:
    return words.age(since, now) if since else ""


def work(request: HttpRequest) -> Card | None:
    """What waits for this person, role by role: what somebody waits for an answer to first, then the queue, then all else."""
    person, now = base.who(request), timezone.now()
    lines = [
        *_messages(request, person, now),
        *_mails(request, person),
        *_of_kinds(request, person, now, waiting_kinds.WORK, ("untaken",)),
        *_flags(person, now),
        *_reported(request, person, now),
        *_harmed(request, person, now),
        *(line for name in settings.HOME_LINES for line in import_string(name)(request)),
        *_of_kinds(request, person, now, waiting_kinds.WORK, but=("untaken",)),
        *_of_house(person),
    ]
    starts = access.may(person, Action.FLAG_DECIDE)
    return Card(
        title=_("Waiting for me"),
        note=person.office.name,
        template="workbench/cards/waiting.html",
        context={"lines": lines, "marked": _("Attention"), "quiet": _("Nothing waits for you.")},
        order=10,
        link=base.here(_QUEUE) if starts else "",
        link_title=_("Start triage") if starts else "",
        begins=person.role == Role.OFFICER,
    )


def second(request: HttpRequest) -> Card | None:
    """What another person put forward, for this one to agree to or not."""
    person, now = base.who(request), timezone.now()
    lines = _of_kinds(request, person, now, waiting_kinds.SECOND)
    if not lines:
        return None
    return Card(
        title=_("Waiting for a second person"),
        note=_("put forward by others, for you to answer"),
        template="workbench/cards/waiting.html",
        context={"lines": lines, "marked": _("Attention")},
        order=11,
    )


def late(request: HttpRequest) -> Card | None:
    """What waits longer than it may. Nothing here is a good day, and is said in one sentence."""
    person, now = base.who(request), timezone.now()
    lines = [*_late_flags(request, person, now), *_of_kinds(request, person, now, waiting_kinds.LATE)]
    if not lines and not access.may(person, Action.FLAG_DECIDE):
        return None
    hours = settings.DECIDE_HOURS
    limits = _("to be decided within: high %(high)s h, medium %(medium)s h") % {"high": hours["high"], "medium": hours["medium"]}
    return Card(
        title=_("Over its limit"),
        note=limits if access.may(person, Action.FLAG_DECIDE) else "",
        template="workbench/cards/waiting.html",
        context={"lines": lines, "marked": _("Limit"), "quiet": _("Nothing is over its limit.")},
        order=12,
    )


def _of_kinds(
    request: HttpRequest, person: models.Person, now: datetime, group: str, only: Sequence[str] = (), *, but: Sequence[str] = ()
) -> list[Line]:
    return [
        Line(
            one.kind.icon,
            str(one.kind.title),
            base.here(one.kind.list, **one.kind.asked),
            one.count,
            "" if group == waiting_kinds.LATE else _age(one.since, now),
            words.Badge(_("%(age)s overdue") % {"age": _age(one.since, now)}, "high", "schedule") if group == waiting_kinds.LATE else None,
        )
        for one in waiting_kinds.of(request, person, now)
        if one.kind.group == group and (not only or one.kind.key in only) and one.kind.key not in but
    ]


def _messages(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    if not access.may(person, Action.CASE_VIEW):
        return []
    found = waits.of(request, person)
    if not found.messages:
        return []
    link = base.here("patrol_case_changelist", state="unread")
    badge = words.Badge(_("somebody waits for an answer"), "blue", "mail")
    return [Line("mail", _("Cases with unread messages"), link, found.messages, _age(found.messages_since, now), badge)]


def _mails(request: HttpRequest, person: models.Person) -> list[Line]:
    """Only while a mail is out of which nobody knows whether it arrived."""
    found = waits.of(request, person).mails
    if not found:
        return []
    link = base.here("patrol_referral_changelist", state=referrals.MAIL_UNKNOWN)
    return [Line("help", _("Mails of referrals"), link, found, "", words.Badge(_("not known whether they arrived"), "med", "help"))]


def _reported(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    """Only where the public reports, or has reported: an office without the public desk reads nothing of it."""
    found = waits.of(request, person)
    if not found.tips:
        return []
    badge = words.Badge(_("wait for an officer"), "med", "schedule")
    return [
        Line("campaign", _("Reports of the public"), base.here("patrol_tip_changelist"), found.tips, _age(found.tips_since, now), badge)
    ]


def _harmed(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    if not access.may(person, Action.PROTECTION_VIEW):
        return []
    found = waits.of(request, person)
    if not found.harmed:
        return []
    link = base.here("patrol_protection_changelist", state=states.ProtectionState.NEW)
    badge = words.Badge(_("not reached yet"), "med", "schedule")
    return [Line("shield_person", _("People harmed"), link, found.harmed, _age(found.harmed_since, now), badge)]


def _flags(person: models.Person, now: datetime) -> list[Line]:
    """The whole queue, then its levels with the oldest of each."""
    if not access.may(person, Action.FLAG_DECIDE):
        return []
    counts = triage.counts(person, triage.whole(person))
    if not counts.all:
        return []
    by_level = [
        Line(
            "",
            _("of these level %(level)s") % {"level": str(words.LEVELS[level].title).lower()},
            base.here(_QUEUE, level=level),
            counts.by_level[level],
            _age(counts.oldest_of.get(level), now),
            part=True,
        )
        for level in _LEVELS
        if counts.by_level.get(level)
    ]
    return [Line("inbox", _("Triage"), base.here(_QUEUE), counts.all, _age(counts.oldest, now)), *by_level]


def _late_flags(request: HttpRequest, person: models.Person, now: datetime) -> list[Line]:
    if not access.may(person, Action.FLAG_DECIDE):
        return []
    found = backlog_cards.of(request, person, now)
    lines = []
    for level in _LEVELS:
        rows = found.of(late=level)
        if rows.count:
            title = _("Flags of level %(level)s") % {"level": str(words.LEVELS[level].title).lower()}
            badge = words.Badge(_("over %(count)s hours") % {"count": settings.DECIDE_HOURS[level]}, "high", "schedule")
            lines.append(Line("inbox", title, base.here(_QUEUE, late="1", level=level), rows.count, _age(rows.oldest, now), badge))
        put_off = found.of(put_off=level)
        if put_off.count:
            link = base.here(_QUEUE, late="1", state=triage.SNOOZED, level=level)
            lines.append(Line("", _("put off among them"), link, put_off.count, _age(put_off.oldest, now), part=True))
    return lines


def _of_house(person: models.Person) -> list[Line]:
    """An administrator's: what is broken, what was never used, and who is missing."""
    if person.role != Role.ADMINISTRATOR:
        return []
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.all())
    found = models.Person.objects.filter(is_active=True).aggregate(unused=Count("id", filter=Q(last_login=None)))
    failing = wellbeing.broken(watches).filter(state=states.WatchState.ACTIVE).count()
    act = words.Badge(_("somebody has to act"), "high", "warning")
    lines = (
        Line(
            "target",
            _("Stopped watches"),
            base.here("patrol_watch_changelist", state="stopped"),
            wellbeing.stopped(watches).count(),
            "",
            act,
        ),
        Line("target", _("Failing watches"), base.here("patrol_watch_changelist", state="failing"), failing, "", act),
        Line(
            "apartment",
            _("Offices without people"),
            base.here("patrol_office_changelist", people="none"),
            models.Office.objects.filter(active=True).exclude(people__is_active=True).count(),
        ),
        Line("key", _("Accounts never used"), base.here("patrol_person_changelist", unused="1"), found["unused"]),
    )
    return [line for line in lines if line.count]


def register(request: HttpRequest) -> Card | None:
    """A registrar's: what of the register is in force, and whether it has become old."""
    person, now = base.who(request), timezone.now()
    if person.role != Role.REGISTRAR:
        return None
    newest = models.RegisterEdition.objects.order_by("-id").first()
    link = base.here("patrol_registeredition_changelist")
    if newest is None:
        badge = words.Badge(_("no offer can be checked"), "high", "warning")
        lines, note = [Line("menu_book", _("No register loaded: import one"), link, 0, badge=badge)], ""
    else:
        agencies = models.Agency.objects.filter(edition=newest, gone_since=None).count()
        licences = models.Licence.objects.filter(edition=newest, gone_since=None).count()
        old = words.Badge(_("older than %(days)s days") % {"days": settings.REGISTER_STALE_DAYS}, "med", "schedule")
        stale = old if words.register_stale(newest.register_date, now) else None
        imported = words.age(newest.imported_at, now)
        lines = [
            Line("menu_book", _("Licences of the register"), link, licences, imported, stale),
            Line("apartment", _("Agencies"), link, agencies, imported),
        ]
        note = _("Register as of %(date)s") % {"date": words.day(newest.register_date)}
    return Card(
        title=_("SIP register"),
        note=note,
        template="workbench/cards/waiting.html",
        context={"lines": lines, "marked": _("Attention")},
        order=14,
        link=link,
        link_title=_("Open"),
    )

"""What of the summaries waits for a person, for the start page: settings.HOME_LINES."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.cards import Line
from reports import sheets, signing, summary
from reports.period import IsoWeek


def lines(request: HttpRequest) -> list[Line]:
    person = base.who(request)
    found = signing.waiting(person)
    to_sign = [Line("draw", _("Summaries to sign as the second"), found.link, found.count)] if found.count else []
    return [*to_sign, *_to_freeze(person, timezone.now())]


def _to_freeze(person: models.Person, now: datetime) -> list[Line]:
    """The last whole week, where this person freezes it and nobody has yet. Of weeks before it the list of weeks tells."""
    if not access.may(person, Action.SUMMARY_FREEZE):
        return []
    office = None if summary.may(person, Action.SUMMARY_FREEZE, None) else person.office
    week = IsoWeek.of(now).previous()
    edition = next(iter(summary.editions(office.pk if office else None, week)), None)
    if edition is not None and not edition.preliminary:
        return []
    link = base.here("reports_weeklysummary_week", office.code if office else "nasional", week)
    title = _("Weekly summary to freeze: %(week)s") % {"week": sheets.said(week.label)}
    return [Line("bar_chart", title, link, 1, words.age(week.bounds()[1], now))]

"""How long it took from asking until a link was found down, by channel and platform: one's own office's, at the directorate all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import referral_words
from patrol.admin.shared import base, words
from patrol.cases import rechecks

PERIODS: Final = (30, 90, 365)  # days until now


def answer(request: HttpRequest, page: Callable[..., HttpResponse]) -> HttpResponse:
    """`days`: of the links asked about in so many."""
    person, now = base.who(request), timezone.now()
    asked = base.number(request.GET.get("days"))
    days = asked if asked in PERIODS else PERIODS[0]
    offices = list(access.scope(person, Action.REFERRAL_VIEW, models.Office.objects.all()).values_list("pk", flat=True))
    found = rechecks.times_to_down(since=now - timedelta(days=days), until=now, offices=None if person.at_directorate else offices)
    context = {
        "tables": [
            {"title": title, "first": first, "rows": [_row(one, now) for one in found if (one.channel != "") is by_channel]}
            for title, first, by_channel in ((_("By channel"), _("Channel"), True), (_("By platform"), _("Platform"), False))
        ],
        "choices": [
            {
                "title": ngettext("%(count)s day", "%(count)s days", many) % {"count": many},
                "link": base.here("patrol_referral_times", days=many),
                "on": many == days,
            }
            for many in PERIODS
        ],
        "any": bool(found),
        "back": base.here("patrol_referral_changelist"),
        "subtitle": _("all offices") if person.at_directorate else person.office.name,
    }
    return page(request, "workbench/times_to_down.html", context, title=_("Time to down"))


def _row(one: rechecks.Taken, now: datetime) -> dict[str, Any]:
    """Of a channel on one platform: beneath its channel."""
    channel = _("asked for by no referral") if one.channel is None else referral_words.channel(one.channel)
    return {
        "title": words.platform(one.platform) if one.platform else channel,
        "below": bool(one.platform and one.channel != ""),
        "taken": one,
        "median": words.lasting(one.median) if one.median is not None else "-",
        "p90": words.lasting(one.p90) if one.p90 is not None else "-",
    }

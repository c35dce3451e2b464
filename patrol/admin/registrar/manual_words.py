"""A change of the register by hand in words: what it says, how it stands, what an edition did with it. Knows no request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patrol import domain, models
from patrol.admin.registrar import differences, manual_forms
from patrol.admin.shared import base, words
from patrol.engine.licences import countries
from patrol.register import manual

STATES: Final[dict[str, words.Badge]] = {
    "waiting": words.Badge(pgettext_lazy("change by hand", "waits for a second person"), "blue", "schedule"),
    "refused": words.Badge(pgettext_lazy("change by hand", "refused"), "low", "block"),
    "withdrawn": words.Badge(pgettext_lazy("change by hand", "withdrawn"), "low", "undo"),
    "stands": words.Badge(pgettext_lazy("change by hand", "in force by hand"), "ok", "edit"),
    "kept": words.Badge(pgettext_lazy("change by hand", "in force by hand, kept at an import"), "ok", "edit"),
    "ended": words.Badge(pgettext_lazy("change by hand", "ended at an import"), "low", "info"),
    "confirmed": words.Badge(pgettext_lazy("change by hand", "confirmed by a file"), "ok", "check"),
    "undone": words.Badge(pgettext_lazy("change by hand", "undone"), "low", "undo"),
}


def told(change: domain.ManualChange) -> str:
    """What a change says, in one line."""
    if change.licence is not None:
        name = countries.name(change.licence.country)
        values = {"number": change.licence.number, "country": words.said({"id": name.id, "en": name.en})}
        if change.ends:
            status = words.LICENCE_STATES[change.licence.status]
            ended = {"status": status, "day": _on(change.licence.status_from)}
            return _("SIP %(number)s (%(country)s): %(status)s since %(day)s") % {**values, **ended}
        days = {"from": _on(change.licence.valid_from), "to": _on(change.licence.valid_to)}
        return _("SIP %(number)s (%(country)s) added, valid %(from)s to %(to)s") % {**values, **days}
    if change.standing is not None:
        one = change.standing
        until = one.until.isoformat() if one.until else None
        if change.ends:
            return _("Status %(status)s ends with %(day)s") % {"status": words.STANDINGS[one.status], "day": _on(one.until)}
        return _("Status %(period)s") % {"period": differences.period(one.status, one.since.isoformat(), until)}
    assert change.contact is not None
    column, written = change.contact
    contact = {"kind": manual_forms.CONTACTS[column], "contact": written}
    return _("%(kind)s %(contact)s removed") % contact if change.ends else _("%(kind)s %(contact)s added") % contact


def _on(day: date | None) -> str:
    return words.day(day) if day else "-"


def row(change: models.ManualChange, state: str) -> dict[str, Any]:
    answer = getattr(change, "answer", None)
    return {
        "change": change,
        "told": told(manual.value(change)),
        "link": base.here("patrol_manualchange_change", change.pk),
        "badge": STATES[state],
        "decree_day": words.day(change.decree_date),
        "at": words.moment(change.at),
        "by": change.by.name,
        "answered": words.moment(answer.at) if answer else "",
        "answered_by": answer.by.name if answer else "",
        "note": answer.note if answer else "",
    }


def of_edition(edition: models.RegisterEdition) -> list[dict[str, Any]]:
    """What an edition did with the changes made by hand: one query."""
    held = edition.manual.select_related("change__by", "change__answer__by").order_by("change_id")
    return [row(one.change, one.how) for one in held]


def carried(changes: Iterable[manual.Carried]) -> list[dict[str, Any]]:
    """What files do with the changes made by hand, for the page that shows what they would change."""
    return [
        {
            **row(one.change, "confirmed" if one.confirmed else "stands"),
            "confirmed": one.confirmed,
            "otherwise": one.otherwise,
            "unfit": words.said({"id": one.unfit.id, "en": one.unfit.en}) if one.unfit else "",
        }
        for one in changes
    ]

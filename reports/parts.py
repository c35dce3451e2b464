"""Parts of a sheet as the templates of the same names show them: titles in the language of the screen beside the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from patrol import domain
from patrol.admin.shared import words
from patrol.cases.channels import CHANNELS
from patrol.domain import TieKind
from patrol.domain.words import MONTHS_ID
from reports import charts, referral_counts, referrals
from reports.figures import ChannelRow, Figures, Ring, Sanction
from reports.period import MONTHS_EN, written
from reports.templatetags.reports_figures import figure

ALWAYS = {"start", "sent", "down", "refused", "asked", "end", "back"}  # of referral_counts.COLUMNS; the others where one of them is not 0


def limits(figures: Figures) -> list[tuple[str, Any]]:
    """For templates/reports/sheet/limits.html."""
    told = gettext("%(level)s, over %(hours)s hours")
    return [(told % {"level": words.LEVELS[limit.key].title, "hours": figure(limit.hours)}, limit) for limit in figures.limits]


def asked_outside(figures: Figures) -> dict[str, Any]:
    """For templates/reports/sheet/referrals.html."""
    shown = [column for column in referral_counts.COLUMNS if column in ALWAYS or referral_counts.total(figures.referrals, column)]
    return {
        "referrals": [
            *(_channel(row, shown) for row in figures.referrals),
            *(_total(figures, shown) if len(figures.referrals) > 1 else ()),
        ],
        "referrals_heads": [COLUMNS[column]() for column in shown],
        "closed": [(CLOSED[row.key](), row) for row in figures.closed],
        "closed_months": _months(datetime.fromisoformat(figures.until)),
    }


def _channel(row: ChannelRow, shown: Sequence[str]) -> tuple[str, str, list[tuple[str, int]], str]:
    return words.sentence(CHANNELS[row.key].name), row.key, [(column, getattr(row, column)) for column in shown], figure(row.days)


def _total(figures: Figures, shown: Sequence[str]) -> list[tuple[str, str, list[tuple[str, int]], str]]:
    return [(gettext("Total"), "", [(column, referral_counts.total(figures.referrals, column)) for column in shown], "")]


CLOSED = {
    referrals.ACCOUNT: lambda: gettext("Accounts"),
    referrals.SITE: lambda: gettext("Sites"),
    referrals.POST: lambda: gettext("Posts on social media"),
    "phone": lambda: gettext("Telephone numbers"),
    "bank_account": lambda: gettext("Bank accounts"),
}


def _months(until: datetime) -> tuple[str, str]:
    """`November 2026, to the 22nd` and `October 2026`."""
    (begins, _until), (before, _begins) = referral_counts.months(until)
    last = (until - timedelta(microseconds=1)).astimezone(domain.LAW_ZONE).day
    return (gettext("%(month)s, to day %(day)s") % {"month": _month(begins), "day": last}, _month(before))


def _month(begins: datetime) -> str:
    return words.sentence(
        domain.Sentence(id=f"{MONTHS_ID[begins.month - 1].capitalize()} {begins.year}", en=f"{MONTHS_EN[begins.month - 1]} {begins.year}")
    )


def rings(figures: Figures) -> dict[str, Any]:
    """For templates/reports/sheet/rings.html."""
    carried = sum(ring.now for ring in figures.rings)
    told = ngettext(
        "%(count)s campaign carries %(carried)s of %(flagged)s flags.",
        "%(count)s campaigns carry %(carried)s of %(flagged)s flags.",
        len(figures.rings),
    )
    return {
        "rings": [_ring(ring) for ring in figures.rings],
        "rings_note": told % {"count": len(figures.rings), "carried": figure(carried), "flagged": figure(figures.flagged)},
    }


def _ring(ring: Ring) -> tuple[Ring, str, str, charts.Spark | None, str]:
    """The campaign, what it is called, what ties it, its series drawn and spoken."""
    spoken = f"{ring.number}: {', '.join(figure(value) for value in ring.series)}"
    drawn = charts.spark(ring.series, None, width=72)
    return ring, words.sentence(ring.name), ", ".join(TIED[TieKind(kind)]() for kind in ring.ties), drawn, spoken


TIED = {
    TieKind.PHONE: lambda: pgettext("ties", "number"),
    TieKind.BANK_ACCOUNT: lambda: pgettext("ties", "bank account"),
    TieKind.ACCOUNT: lambda: pgettext("ties", "account"),
    TieKind.LINK: lambda: pgettext("ties", "link"),
    TieKind.PICTURE: lambda: pgettext("ties", "picture"),
    TieKind.TEXT: lambda: pgettext("ties", "text"),
    TieKind.AUTHOR: lambda: pgettext("ties", "author"),
    TieKind.HANDLE: lambda: pgettext("ties", "name"),
    TieKind.EMAIL: lambda: pgettext("ties", "e-mail address"),
}
RING = {
    "now": lambda: gettext("flags of this time"),
    "posts": lambda: gettext("all posts"),
    "accounts": lambda: gettext("accounts that posted"),
    "phones": lambda: gettext("telephone numbers"),
}


def sanctions(figures: Figures) -> dict[str, Any]:
    """For templates/reports/sheet/sanctions.html."""
    others = figures.sanctioned - len(figures.sanctions)
    told = ngettext(
        "%(count)s more agency whose licence was revoked earlier has no offer in its name.",
        "%(count)s more agencies whose licence was revoked earlier have no offer in their name.",
        others,
    )
    # An edition that did not count them says nothing, and neither does one without a register: nobody looked.
    none = figures.version >= 3 and figures.register_date and not figures.sanctioned
    rest = gettext("No agency was under a sanction, by the register of that day.") if none else ""
    return {
        "sanctions": [(row, words.STANDINGS[row.status], _term(row)) for row in figures.sanctions],
        "sanctions_others": told % {"count": figure(others)} if others else rest,
    }


def _term(row: Sanction) -> str:
    since = words.sentence(written(date.fromisoformat(row.since)))
    if row.until is None:
        return gettext("%(day)s onward") % {"day": since}
    return f"{since} – {words.sentence(written(date.fromisoformat(row.until)))}"


def agreement(figures: Figures) -> list[tuple[str, str, int | None, int | None]]:
    """For templates/reports/sheet/agreement.html: title, key, this time and the time before."""
    told = figures.agreement
    if told is None:
        return []
    differed, differed_before = (
        None if agreed is None else looks - agreed for looks, agreed in ((told.looks, told.agreed), (told.looks_before, told.agreed_before))
    )
    return [
        (AGREEMENT["looks"](), "looks", told.looks, told.looks_before),
        (AGREEMENT["agreed"](), "agreed", told.agreed, told.agreed_before),
        (AGREEMENT["differed"](), "differed", differed, differed_before),
    ]


AGREEMENT = {
    "looks": lambda: gettext("Second looks"),
    "agreed": lambda: gettext("said the same"),
    "differed": lambda: gettext("said something else"),
}
TITLED = frozenset({"limits", "referrals", "closed", "sanctions", "agreement", "rings"})  # listing.Wanted.what


def title(figures: Figures, what: str, key: str, *, back: bool) -> str:
    """What the rows behind one of these figures have in common."""
    if what == "limits":
        return next(told for told, limit in limits(figures) if limit.key == key)
    if what == "closed":
        return f"{gettext('Accounts and sites closed')}: {CLOSED[key]()}, {_months(datetime.fromisoformat(figures.until))[back]}"
    if what == "sanctions":
        place, _colon, side = key.partition(":")
        row = figures.sanctions[int(place)]
        return f"{row.agency}: {gettext('offers since the decree') if side == 'after' else gettext('offers before the decree')}"
    if what == "rings":
        number, _colon, column = key.partition(":")
        return f"{gettext('Campaign %(number)s') % {'number': number}}: {RING[column]()}"
    if what == "agreement":
        return f"{gettext('Agreement')}: {AGREEMENT[key]()}"
    channel, _colon, column = key.rpartition(":")
    named = words.sentence(CHANNELS[channel].name) if channel else gettext("Referrals")
    return f"{named}: {COLUMNS[column]()}"


COLUMNS = {
    "start": lambda: pgettext("referrals", "Waiting at the start"),
    "sent": lambda: pgettext("referrals", "Sent"),
    "reopened": lambda: gettext("Answer changed"),
    "down": lambda: gettext("Down or acted upon"),
    "refused": lambda: pgettext("referrals", "Refused"),
    "unanswered": lambda: pgettext("referrals", "Not answered"),
    "failed": lambda: pgettext("referrals", "Not delivered"),
    "withdrawn": lambda: pgettext("referrals", "Withdrawn"),
    "corrected": lambda: pgettext("referrals", "Put right"),
    "asked": lambda: gettext("Clarification asked"),
    "end": lambda: pgettext("referrals", "Waiting at the end"),
    "back": lambda: pgettext("referrals", "Came back"),
}

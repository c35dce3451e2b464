"""A line about a post, and pages of lines by the place where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import domain, models
from patrol.admin.officer import queue
from patrol.admin.shared import base, words
from patrol.engine.reading import titles

PER_PAGE = 30


def after(queryset: QuerySet[Any], field: str, place: str | None, *, oldest: bool = False) -> QuerySet[Any]:
    """The rows behind a place `<time>~<id>`, newest or oldest first: the same cost at any depth. A broken place is the start."""
    ordered = queryset.order_by(field, "pk") if oldest else queryset.order_by(f"-{field}", "-pk")
    at, _sign, key = (place or "").partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return ordered
    last = base.number(key)
    if moment is None or moment.tzinfo is None or last is None:
        return ordered
    behind = "gt" if oldest else "lt"
    return ordered.filter(Q(**{f"{field}__{behind}": moment}) | Q(**{field: moment, f"pk__{behind}": last}))


def page_of(queryset: QuerySet[Any], field: str, place: str | None, *, oldest: bool = False) -> tuple[list[Any], str]:
    """One page and the place where the next one starts, "" at the end."""
    rows = list(after(queryset, field, place, oldest=oldest)[: PER_PAGE + 1])
    if len(rows) <= PER_PAGE:
        return rows, ""
    last = rows[PER_PAGE - 1]
    return rows[:PER_PAGE], f"{getattr(last, field).isoformat()}~{last.pk}"


def unflagged(wait: str) -> str:
    return _("A post that %(waits)s") % {"waits": wait} if wait else _("No sign of an offence")


def about(told: Mapping[str, Any] | None, *, newest: bool = True) -> str:
    """What a post without a flag is about: as `preserved.texts` tells it, the work and the country it offers and by whom, else how it
    begins. "" where nobody read it. No contact stands in it. `newest` False: its newest state waits, so that nothing is said but words."""
    if told is None:
        return ""
    begins = Truncator(" ".join(told["text"].split())).chars(_BEGINS)
    if not newest:
        return begins
    work = [words.sentence(titles.position(code)) for code in told["positions"][:2]]
    where = [words.sentence(titles.country(code)) for code in told["countries"][:2]]
    offers = _OFFERS.get(told["text_kind"]) if work or (where and told["text_kind"] == domain.TextKind.OFFER_ABROAD) else None
    if offers is None:
        kind = _KINDS.get(told["text_kind"])
        return f"{kind}: “{begins}”" if kind and begins else begins
    by = told["author"] or ""
    return f"{offers}: {', '.join(filter(None, (', '.join(work), '/'.join(where), by)))}"


_BEGINS: Final = 60  # characters of a text
_OFFERS: Final[dict[str, Any]] = {
    domain.TextKind.OFFER_ABROAD: gettext_lazy("Work abroad"),
    domain.TextKind.OFFER_HOME: gettext_lazy("Work in Indonesia"),
}
_KINDS: Final[dict[str, Any]] = {
    **_OFFERS,
    domain.TextKind.WARNING: gettext_lazy("Warning"),
    domain.TextKind.NEWS: gettext_lazy("News"),
    domain.TextKind.PLEA: gettext_lazy("Question or complaint"),
    domain.TextKind.JOKE: gettext_lazy("Joke"),
    domain.TextKind.ADVERTISEMENT: gettext_lazy("Advertisement"),
    domain.TextKind.LURE: gettext_lazy("Bait without work"),
}


def post_row(post: models.Post, waits: Mapping[int, str], told: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A line about a post. What has no flag has no gist: it shows what it is about, contacts cut. `waits`: unread.of the posts of
    the page; about those nothing is said, but that nobody read them, or not their newest state. `told`: preserved.texts of the post."""
    flag = getattr(post, "flag", None)
    none, wait = domain.Level.NONE, waits.get(post.pk, "")
    level, title = queue.level_shown(flag) if flag else ("unread", wait) if wait else (none, words.LEVELS[none].title)
    gist = words.said(flag, "gist") if flag else about(told, newest=not wait)
    return {
        "level": level,
        "level_title": title,
        "gist": gist or unflagged(wait),
        "waits": wait if gist else "",  # else the gist says it
        "link": base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk),
        "number": flag.number if flag else "",
        "state": words.FLAG_STATES[flag.state] if flag else None,
        "office": flag.office.short_name if flag else "",
        "platform": words.platform(post.platform),
        "kinds": [words.KINDS.get(kind, kind) for kind in flag.kinds] if flag else [],
        "seen": words.moment(post.first_seen),
        "gone": post.gone_at is not None,
        "versions": post.versions_count,
    }

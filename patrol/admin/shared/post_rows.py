"""A line about a post, and pages of lines by the place where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from patrol import domain, models
from patrol.admin.officer import queue
from patrol.admin.shared import base, words

PER_PAGE = 30


def after(queryset: QuerySet[Any], field: str, place: str | None) -> QuerySet[Any]:
    """The rows behind a place `<time>~<id>`, newest first: the same cost at any depth. A broken place is the start."""
    ordered = queryset.order_by(f"-{field}", "-pk")
    at, _sign, key = (place or "").partition("~")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return ordered
    last = base.number(key)
    if moment is None or moment.tzinfo is None or last is None:
        return ordered
    return ordered.filter(Q(**{f"{field}__lt": moment}) | Q(**{field: moment, "pk__lt": last}))


def page_of(queryset: QuerySet[Any], field: str, place: str | None) -> tuple[list[Any], str]:
    """One page and the place where the next one starts, "" at the end."""
    rows = list(after(queryset, field, place)[: PER_PAGE + 1])
    if len(rows) <= PER_PAGE:
        return rows, ""
    last = rows[PER_PAGE - 1]
    return rows[:PER_PAGE], f"{getattr(last, field).isoformat()}~{last.pk}"


def unflagged(wait: str) -> str:
    return _("A post that %(waits)s") % {"waits": wait} if wait else _("No sign of an offence")


def post_row(post: models.Post, waits: Mapping[int, str], text: str = "") -> dict[str, Any]:
    """A line about a post. What has no flag has no gist: it shows how its `text` begins, contacts cut. `waits`: unread.of the posts of
    the page; about those nothing is said, but that nobody read them, or not their newest state."""
    flag = getattr(post, "flag", None)
    none, wait = domain.Level.NONE, waits.get(post.pk, "")
    level, title = queue.level_shown(flag) if flag else ("unread", wait) if wait else (none, words.LEVELS[none].title)
    return {
        "level": level,
        "level_title": title,
        "gist": words.said(flag, "gist") if flag else Truncator(" ".join(text.split())).chars(80) or unflagged(wait),
        "waits": wait,
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

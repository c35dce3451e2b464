"""The rows a figure counted, as far as somebody may see them, a page at a time: as they were then, with what they are now beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.officer import objection_words
from patrol.admin.shared import base, post_rows, unread, words
from patrol.cases.channels import CHANNELS
from patrol.engine import masks
from reports.listing import Item

PER_PAGE: Final = 30
_KINDS: Final[dict[str, tuple[Action, type[Any], tuple[str, ...]]]] = {
    "flag": (Action.FLAG_VIEW, models.Flag, ("post", "office")),
    "case": (Action.CASE_VIEW, models.Case, ("office",)),
    "objection": (Action.OBJECTION_VIEW, models.Objection, ("office", "decision__flag")),
    "referral": (Action.REFERRAL_VIEW, models.Referral, ("case__office",)),
    "indicator": (Action.INDICATOR_VIEW, models.Indicator, ()),
    "post": (Action.POST_VIEW, models.Post, ("flag__office",)),
}
_CASE_MOVES: Final[dict[str, Any]] = {
    "opened": _("opened"),
    "reopened": _("reopened"),
    "closed": _("closed"),
    "escalated": _("escalated to the directorate"),
}


def gather(items: Sequence[Item], person: models.Person, page: int, query: Mapping[str, str]) -> dict[str, Any]:
    """`counted` rows, `seen` of them by this person; the rows of the page. Two queries, whatever the number; three where a post
    was not read."""
    kind = items[0].kind if items else "flag"
    action, model, related = _KINDS[kind]
    visible: QuerySet[Any] = access.scope(person, action, model.objects.all())
    ids = set(visible.filter(pk__in={item.id for item in items}).values_list("pk", flat=True))
    mine = [item for item in items if item.id in ids]
    last = max(1, -(-len(mine) // PER_PAGE))
    page = min(max(page, 1), last)
    shown = mine[(page - 1) * PER_PAGE : page * PER_PAGE]
    loaded = {row.pk: row for row in visible.select_related(*related).filter(pk__in={item.id for item in shown})}

    waits = unread.of(loaded.values()) if kind == "post" else {}
    make = partial(_post, waits) if kind == "post" else _MAKERS[kind]

    def link(number: int) -> str:
        asked = {key: query[key] for key in ("what", "key", "when") if key in query}
        return f"?{urlencode({**asked, 'page': number})}"

    return {
        "kind": kind,
        "counted": len(items),
        "seen": len(mine),
        "rows": [{"when": words.moment(item.at), **make(loaded[item.id], item)} for item in shown],
        "first": link(page - 1) if page > 1 else "",
        "next": link(page + 1) if page < last else "",
        "page": page,
        "pages": last,
    }


def _flag(flag: models.Flag, item: Item) -> dict[str, Any]:
    outcome = words.OUTCOMES.get(item.what)
    return {
        "link": base.here("patrol_flag_change", flag.pk),
        "title": words.said(flag, "gist"),
        "number": flag.number,
        "platform": words.platform(flag.post.platform),
        "office": flag.office.short_name,
        "level": item.level,
        "level_title": words.LEVELS[item.level].title if item.level else "",
        "then": outcome.title if outcome else words.FLAG_EVENTS.get(item.what, ""),
        "state": words.FLAG_STATES[flag.state],
    }


def _case(case: models.Case, item: Item) -> dict[str, Any]:
    return {
        "link": base.here("patrol_case_change", case.pk),
        "title": case.title,
        "number": case.number,
        "office": case.office.short_name,
        "then": _CASE_MOVES.get(item.what, ""),
        "state": words.CASE_STATES[case.state],
    }


def _objection(row: models.Objection, item: Item) -> dict[str, Any]:
    return {
        "link": base.here("patrol_objection_change", row.pk),
        "title": words.said(row.decision.flag, "gist"),
        "number": row.number,
        "office": row.office.short_name,
        "then": "",
        "state": objection_words.badge(row),
    }


def _referral(row: models.Referral, item: Item) -> dict[str, Any]:
    channel = CHANNELS[row.channel]
    return {
        "link": base.here("patrol_referral_change", row.pk),
        "title": words.sentence(channel.asks),
        "number": row.number,
        "platform": words.sentence(channel.name),
        "office": row.case.office.short_name,
        "then": "",
        "state": words.REFERRAL_STATES[row.state],
    }


def _indicator(row: models.Indicator, item: Item) -> dict[str, Any]:
    return {
        "link": base.here("patrol_indicator_change", row.pk),
        "title": masks.value(row.kind, row.value),
        "number": words.INDICATORS[row.kind].title,
        "then": _("first seen"),
        "when": words.moment(row.first_seen),
    }


def _post(waits: Mapping[int, str], post: models.Post, item: Item) -> dict[str, Any]:
    row = post_rows.post_row(post, waits)
    return {
        "link": row["link"],
        "title": row["gist"],
        "number": row["number"],
        "platform": row["platform"],
        "office": row["office"],
        "state": row["state"],
    }


_MAKERS: Final[dict[str, Any]] = {"flag": _flag, "case": _case, "objection": _objection, "referral": _referral, "indicator": _indicator}

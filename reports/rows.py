"""The rows a figure counted, as far as somebody may see them, a page at a time: as they were then, with what they are now beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.officer import objection_words, queue, tip_words
from patrol.admin.shared import base, post_rows, unread, words
from patrol.cases.channels import CHANNELS
from patrol.engine import masks
from reports.walking import Item, Place, Walk, whole

PER_PAGE: Final = 30
COUNTED: Final = 300  # a longer list is walked page by page and not counted: that would cost all of it
_KINDS: Final[dict[str, tuple[Action, type[Any], tuple[str, ...]]]] = {
    "flag": (Action.FLAG_VIEW, models.Flag, ("post", "office")),
    "case": (Action.CASE_VIEW, models.Case, ("office",)),
    "objection": (Action.OBJECTION_VIEW, models.Objection, ("office", "decision__flag")),
    "referral": (Action.REFERRAL_VIEW, models.Referral, ("case__office",)),
    "indicator": (Action.INDICATOR_VIEW, models.Indicator, ()),
    "post": (Action.POST_VIEW, models.Post, ("flag__office",)),
    "tip": (Action.TIP_VIEW, models.Tip, ("office",)),
}
_CASE_MOVES: Final[dict[str, Any]] = {
    "opened": _("opened"),
    "reopened": _("reopened"),
    "closed": _("closed"),
    "escalated": _("escalated to the directorate"),
}


def gather(walk: Walk, person: models.Person, query: Mapping[str, str], *, by_level: bool = False) -> dict[str, Any]:
    """A page of a list, which begins behind the place `after` or ends before the place `before`. `counted` rows it has, `seen` of them by
    this person: None of a list of more than COUNTED, which is not counted. Two queries beside the list's own, whatever the number; three
    where a post was not read.

    `by_level`: all its flags had one level then. Those that are decided without seeing theirs are counted (`veiled`) and left out until
    then: the list would tell it."""
    first = walk(None, False, COUNTED + 1)
    kind = first[0].kind if first else "flag"
    action, model, related = _KINDS[kind]
    visible: QuerySet[Any] = access.scope(person, action, model.objects.all())
    counted = len(first) if len(first) <= COUNTED else None
    mine: list[Item] | None = None  # all of a list that is counted, and nothing for whoever sees nothing of the kind
    if counted is not None or visible.query.is_empty():
        ids = set(visible.filter(pk__in={item.id for item in first}).values_list("pk", flat=True))
        mine = [item for item in first if item.id in ids]
        walk = whole(mine)

    after, before = (Place.read(query.get(name, "")) for name in ("after", "before"))
    found = walk(before or after, before is not None, PER_PAGE + 1)
    more, page = len(found) > PER_PAGE, found[:PER_PAGE]
    if before is not None:
        page.reverse()
    loaded = {row.pk: row for row in visible.select_related(*related).filter(pk__in={item.id for item in page})}

    waits = unread.of(loaded.values()) if kind == "post" else {}
    make = partial(_post, waits) if kind == "post" else _MAKERS[kind]

    def link(name: str, item: Item) -> str:
        asked = {key: query[key] for key in ("what", "key", "when") if key in query}
        return f"?{urlencode({**asked, name: str(item.place)})}"

    allowed = [item for item in page if item.id in loaded]
    shown = [item for item in allowed if not (by_level and kind == "flag" and triage.level_veiled(loaded[item.id]))]
    return {
        "kind": kind,
        "counted": counted,
        "seen": len(mine) if mine is not None and counted is not None else None,
        "most": COUNTED,
        "hidden": len(page) - len(allowed),
        "veiled": len(allowed) - len(shown),
        "any": bool(first),
        "rows": [{"when": words.moment(item.at), **make(loaded[item.id], item)} for item in shown],
        "previous": link("before", page[0]) if page and (more if before else after) else "",
        "next": link("after", page[-1]) if page and (before or more) else "",
    }


def _flag(flag: models.Flag, item: Item) -> dict[str, Any]:
    outcome = words.OUTCOMES.get(item.what)
    level, title = (item.level, words.LEVELS[item.level].title) if item.level else ("", "")
    if item.level and triage.level_veiled(flag):  # of then, and hardly ever another one than now
        level, title = queue.level_shown(flag)
    return {
        "link": base.here("patrol_flag_change", flag.pk),
        "title": words.said(flag, "gist"),
        "number": flag.number,
        "platform": words.platform(flag.post.platform),
        "office": flag.office.short_name,
        "level": level,
        "level_title": title,
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


def _tip(row: models.Tip, item: Item) -> dict[str, Any]:
    """No word of it: of a withdrawn one there is none."""
    return {
        "link": base.here("patrol_tip_change", row.pk),
        "title": tip_words.KINDS[row.kind],
        "number": f"…{row.last_digits}",
        "office": row.office.short_name,
        "then": "",
        "state": words.TIP_STATES[row.state],
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


_MAKERS: Final[dict[str, Any]] = {
    "flag": _flag,
    "case": _case,
    "objection": _objection,
    "referral": _referral,
    "indicator": _indicator,
    "tip": _tip,
}

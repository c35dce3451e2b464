"""The list of indicators: what each stands for, in which order, page by page, and the same rows as a file.

Masked for everybody; one that is shown in full, or taken away so, is logged with a purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Count, F, Func, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, domain, models
from patrol.access import Action, looks
from patrol.admin.shared import base, exporting, post_rows, words
from patrol.campaigns import trusted
from patrol.domain import states
from patrol.domain.states import FlagState
from patrol.engine import masks

_LIST: Final = "patrol_indicator_changelist"
WEIGHED_DAYS: Final = 30  # a list by posts or by level weighs every one anew: those seen lately, which are those one acts on
_OPEN: Final = [str(state) for state in states.OPEN]
_BY_TIME: Final = {"": "last_seen", "first": "first_seen"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; a word it does not know asks for nothing."""

    kind: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Asked:
        kind, sort = asked.get("kind", ""), asked.get("sort", "")
        return cls(kind if kind in words.INDICATORS else "", sort if sort in _sorts() else "")

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in (("kind", self.kind), ("sort", self.sort)) if value}


def _sorts() -> dict[str, Any]:
    return {"": _("last seen first"), "first": _("newest ones first"), "posts": _("most posts first"), "level": _("highest level first")}


# Of the flags of a post: those whose level is shown. One that is decided without seeing its level gives none.
_HIDDEN: Final = Func(F("post__flag__id"), template=models.LEVEL_HIDDEN, output_field=BooleanField())


def _found(asked: Asked, person: models.Person, now: datetime) -> QuerySet[models.Indicator]:
    """In the order that is asked for, and as it is narrowed."""
    found = access.scope(person, Action.INDICATOR_VIEW, models.Indicator.objects.all())
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.sort in _BY_TIME:
        return found.order_by(f"-{_BY_TIME[asked.sort]}", "-pk")
    found = found.filter(last_seen__gte=now - timedelta(days=WEIGHED_DAYS))
    if asked.sort == "posts":
        found = found.annotate(weight=Count("sightings__post", distinct=True))
    else:
        hidden = Func(F("sightings__post__flag__id"), template=models.LEVEL_HIDDEN, output_field=BooleanField())
        shown = ~Q(its_hidden=True, sightings__post__flag__state__in=_OPEN)
        found = found.alias(its_hidden=hidden).annotate(weight=Coalesce(Max("sightings__post__flag__level_rank", filter=shown), 0))
    return found.order_by("-weight", "-pk")


def _page(asked: Asked, person: models.Person, now: datetime, place: str) -> tuple[list[models.Indicator], str]:
    """One page and the place where the next one starts, "" at the end: the row before it by its time or weight, and its key."""
    found = _found(asked, person, now)
    if asked.sort in _BY_TIME:
        return post_rows.page_of(found, _BY_TIME[asked.sort], place)
    weight, _sign, key = place.partition("~")
    weighed, last = base.number(weight), base.number(key)
    if weighed is not None and last is not None:
        found = found.filter(Q(weight__lt=weighed) | Q(weight=weighed, pk__lt=last))
    rows = list(found[: post_rows.PER_PAGE + 1])
    more = len(rows) > post_rows.PER_PAGE
    rows = rows[: post_rows.PER_PAGE]
    return rows, f"{getattr(rows[-1], 'weight')}~{rows[-1].pk}" if more else ""  # noqa: B009 -- an annotation


def _facts(rows: Sequence[models.Indicator]) -> dict[int, dict[str, Any]]:
    """indicator -> how many posts, at which level, what became of their flags and in which offices. One query."""
    state = "post__flag__state"
    found = (
        models.Sighting.objects.filter(indicator__in=[row.pk for row in rows])
        .order_by()
        .alias(its_hidden=_HIDDEN)
        .values("indicator_id")
        .annotate(
            posts=Count("post", distinct=True),
            rank=Max("post__flag__level_rank", filter=~Q(its_hidden=True, post__flag__state__in=_OPEN)),
            flags=Count("post__flag", distinct=True),
            confirmed=Count("post__flag", distinct=True, filter=Q(**{state: FlagState.CONFIRMED})),
            dismissed=Count("post__flag", distinct=True, filter=Q(**{state: FlagState.DISMISSED})),
            offices=ArrayAgg("post__flag__office__short_name", distinct=True, filter=~Q(post__flag=None), default=[]),
        )
    )
    return {one["indicator_id"]: {**one} for one in found}


_NOTHING: Final[dict[str, Any]] = {"posts": 0, "rank": None, "flags": 0, "confirmed": 0, "dismissed": 0, "offices": []}


def _level(fact: Mapping[str, Any]) -> tuple[str, Any]:
    if fact["rank"] is None:
        return ("", words.LEVEL_VEILED.title) if fact["flags"] else (domain.Level.NONE, words.LEVELS[domain.Level.NONE].title)
    level = next(one for one in domain.Level if one.rank == fact["rank"])
    return level, words.LEVELS[level].title


def _outcome(fact: Mapping[str, Any]) -> str:
    """What people said of its posts, and how many wait."""
    told = (
        (fact["confirmed"], _("%(count)s confirmed")),
        (fact["dismissed"], _("%(count)s dismissed")),
        (fact["flags"] - fact["confirmed"] - fact["dismissed"], _("%(count)s undecided")),
    )
    return ", ".join(text % {"count": count} for count, text in told if count)


def answer(request: HttpRequest, page: Callable[..., HttpResponse]) -> HttpResponse:
    person, now, asked, place = base.who(request), timezone.now(), Asked.of(request.GET), request.GET.get("after", "")
    rows, following = _page(asked, person, now, place)
    facts, good = _facts(rows), trusted.of((row.pk for row in rows), now)
    masked = masks.values((row.kind, row.value, row.pk) for row in rows)
    context = {
        "rows": [_row(row, value, facts.get(row.pk, _NOTHING), good.get(row.pk)) for row, value in zip(rows, masked, strict=True)],
        "kinds": [
            {"title": title, "link": base.here(_LIST, kind=key, sort=asked.sort), "on": asked.kind == key}
            for key, title in (("", _("All")), *((key, badge.title) for key, badge in words.INDICATORS.items()))
        ],
        "sorts": [
            {"title": title, "link": base.here(_LIST, kind=asked.kind, sort=key), "on": asked.sort == key}
            for key, title in _sorts().items()
        ],
        "weighed": WEIGHED_DAYS if asked.sort not in _BY_TIME else None,
        "narrowed": bool(asked.kind or asked.sort),
        "trusted_link": base.here("patrol_indicator_trusted"),
        "export": exporting.panel("patrol_indicator_export", asked.query, person, full=True),
        "next": base.here(_LIST, **asked.query, after=following) if following else "",
        "first": base.here(_LIST, **asked.query) if place else "",
        "subtitle": _sorts()[asked.sort],
    }
    return page(request, "workbench/indicators.html", context, title=_("Indicators"))


def _row(row: models.Indicator, value: str, fact: Mapping[str, Any], good: models.Trusted | None) -> dict[str, Any]:
    level, title = _level(fact)
    return {
        "badge": words.INDICATORS.get(row.kind, words.Badge(row.kind)),
        "value": value,
        "link": base.here("patrol_indicator_change", row.pk),
        "trusted": words.TRUSTED_AS[good.known_as] if good else "",
        "level": level,
        "level_title": title,
        "outcome": _outcome(fact),
        "offices": ", ".join(fact["offices"]),
        "posts": fact["posts"],
        "first": words.day(row.first_seen),
        "last": words.day(row.last_seen),
    }


def listing(request: HttpRequest) -> exporting.Listing:
    person, now, asked = base.who(request), timezone.now(), Asked.of(request.GET)

    def said(rows: Sequence[models.Indicator], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        facts, good = _facts(rows), trusted.of((row.pk for row in rows), now)
        for row in rows:
            told = _row(row, "", facts.get(row.pk, _NOTHING), good.get(row.pk))
            yield (
                row.pk,
                str(told["badge"].title),
                row.value if row.pk in shown else masks.value(row.kind, row.value),
                str(told["level_title"]),
                told["outcome"],
                told["offices"],
                told["posts"],
                str(told["trusted"]),
                row.first_seen,
                row.last_seen,
            )

    return exporting.Listing(
        key="indicators",
        title=_("Indicators"),
        columns=[
            _("No."),
            _("Kind"),
            _("Value"),
            _("Level"),
            _("Outcome"),
            _("Offices"),
            _("Posts"),
            _("Trusted as"),
            _("First seen"),
            _("Last seen"),
        ],
        found=_found(asked, person, now),
        said=said,
        query=asked.query,
        asked=[*([(_("Kind"), words.INDICATORS[asked.kind].title)] if asked.kind else []), (_("Order"), _sorts()[asked.sort])],
        open_to=lambda rows: frozenset(looks.open_indicators([row.pk for row in rows], person)),
    )

"""What came in of late: places and destinations named, platforms, and the numbers and accounts that most posts give.

Of the flagged posts first seen in the last DAYS days, whatever became of them since; each figure opens the list of those posts. One query
over that window, which is short however old the installation is. Of many posts it is kept for some minutes: the card says of when it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action, consulting, looks
from patrol.admin.shared import base, charts, drawn, post_list, tile_map, words
from patrol.admin.shared.cards import Card, as_of
from patrol.campaigns import trusted
from patrol.engine import masks
from patrol.engine.reading import titles

DAYS: Final = 7
SHOWN: Final = 5  # lines of a breakdown
LONG: Final = 250  # posts: of more the figures are kept
KEPT_SECONDS: Final = 300
_LIST: Final = "patrol_post_changelist"
_CONTACTS: Final = ("phone", "account")
_WEIGHED: Final = 20  # contacts, of which those known to be good are left out
_SHARED: Final = 2  # posts: a number in a single one is not seen often

# A contact that stands in a post of somebody who was harmed is no suspect's, and is named on no start page.
_COUNT: Final = """
WITH posts AS MATERIALIZED ({posts}), read AS MATERIALIZED (
    SELECT p.id, w.reading_id, w.countries FROM posts p JOIN patrol_postwords w ON w.post_id = p.id)
SELECT 'all' AS what, '' AS key, count(*) AS posts FROM posts
UNION ALL SELECT 'platform', platform, count(*) FROM posts GROUP BY platform
UNION ALL SELECT 'country', code, count(DISTINCT p.id) FROM read p CROSS JOIN unnest(p.countries) code GROUP BY code
UNION ALL SELECT 'place', place #>> '{}', count(DISTINCT p.id)
    FROM read p JOIN patrol_readingclaims k ON k.reading_id = p.reading_id
    CROSS JOIN jsonb_path_query(k.claims, '$[*] ? (@.kind == "place").value') place GROUP BY place
UNION ALL (
    SELECT i.kind, i.id::text, g.posts
      FROM (SELECT s.indicator_id, count(DISTINCT p.id) AS posts
              FROM posts p JOIN patrol_sighting s ON s.post_id = p.id AND s.role = ANY(%s)
             GROUP BY s.indicator_id HAVING count(DISTINCT p.id) >= %s) g
      JOIN patrol_indicator i ON i.id = g.indicator_id AND i.kind = ANY(%s)
     WHERE NOT EXISTS ({beside_harmed} WHERE o.indicator_id = i.id)
     ORDER BY 3 DESC, i.id DESC LIMIT %s)
"""
# Flags of the window's posts were raised after those were first seen. Said with a day to spare, for clocks of several machines: so the
# window's flags are looked up instead of all flags of the office.
_RAISED_EARLIER: Final = timedelta(days=1)


type Counts = tuple[tuple[str, int], ...]  # most first
type Words = tuple[tuple[str, str], ...]  # of an address


@dataclass(frozen=True, slots=True)
class Window:
    """Posts by what they name. `asked`: the words of the address of the list behind them all."""

    at: datetime
    asked: Mapping[str, str]
    posts: int = 0
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def link(self, **more: str) -> str:
        return _link(self.words, **more)

    @property
    def words(self) -> Words:
        return tuple(self.asked.items())

    def top(self, what: str) -> Counts:
        return tuple(sorted(self.by.get(what, {}).items(), key=lambda one: (-one[1], one[0])))


def _link(asked: Words, **more: str) -> str:
    return base.here(_LIST, **dict(asked), **more)


def of(request: HttpRequest, person: models.Person, now: datetime) -> Window:
    """Asked once a request. One query, none while that of many posts is kept."""
    window: Window | None = getattr(request, "_window", None)
    if window is None:
        window = _window(person, now)
        request._window = window  # type: ignore[attr-defined]  # noqa: SLF001
    return window


def _window(person: models.Person, now: datetime) -> Window:
    zone = ZoneInfo(person.office.zone)
    first = now.astimezone(zone).date() - timedelta(days=DAYS - 1)
    since = first.isoformat()
    asked = {"state": post_list.FLAGGED, "since": since} | ({} if person.at_directorate else {"office": str(person.office_id)})
    name = f"window.{connection.settings_dict['NAME']}.{person.office_id}.{since}".replace(" ", "_")
    kept: Window | None = cache.get(name)
    if kept is not None:
        return kept
    raised = datetime.combine(first, time(), zone) - _RAISED_EARLIER
    posts = access.scope(person, Action.POST_VIEW, models.Post.objects.filter(flag__raised_at__gte=raised))
    sql, given = post_list.Filters.of(asked).narrow(posts, zone).order_by().values_list("id", "platform").query.sql_with_params()
    by: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT.replace("{posts}", sql).replace("{beside_harmed}", looks.BESIDE_HARMED),
            [*given, post_list.GIVEN, _SHARED, list(_CONTACTS), _WEIGHED],
        )
        for what, key, many in cursor.fetchall():
            by.setdefault("contact" if what in _CONTACTS else what, {})[key] = many
    found = Window(now, asked, by["all"][""], by)
    if found.posts >= LONG:
        cache.set(name, found, KEPT_SECONDS)
    return found


def _there(request: HttpRequest) -> tuple[models.Person, datetime, Window] | None:
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.POST_VIEW) or not access.may(person, Action.FLAG_DECIDE):
        return None
    window = of(request, person, now)
    return (person, now, window) if window.posts else None


def _note(window: Window, now: datetime) -> str:
    days = _("flagged posts, last %(count)s days") % {"count": DAYS}
    return ", ".join(part for part in (days, as_of(window.at, now)) if part)


def _bars(lines: list[tuple[Any, int, str]]) -> list[dict[str, Any]]:
    widths = charts.bars([count for _title, count, _link in lines])
    return [
        {"title": title, "link": link, "count": count, "width": width} for (title, count, link), width in zip(lines, widths, strict=True)
    ]


def destinations(request: HttpRequest) -> Card | None:
    there = _there(request)
    if there is None:
        return None
    _person, now, window = there
    return Card(
        title=_("Destinations and platforms"),
        note=_note(window, now),
        body=_destinations(window.top("country"), window.top("platform"), window.words),
        order=23,
        column="widest",
        link=window.link(),
        link_title=_("All %(count)s") % {"count": window.posts},
    )


@drawn.once(64)
def _destinations(of_countries: Counts, of_platforms: Counts, asked: Words) -> str:
    counts = dict(of_countries)
    links = {code: _link(asked, country=code) for code in counts}
    countries = [(words.sentence(titles.country(code)), count, links[code]) for code, count in of_countries[:SHOWN]]
    platforms = [(words.platform(key), count, _link(asked, platform=key)) for key, count in of_platforms[:SHOWN]]
    return render_to_string(
        "workbench/cards/destinations.html",
        {
            "map": tile_map.destinations(counts, title=str(_("Destinations named")), links=links),
            "untiled": tile_map.untiled(counts, links),
            "tables": [
                {"heads": (_("Destination named"), _("Posts")), "rows": _bars(countries)},
                {"heads": (_("Platform"), _("Posts")), "rows": _bars(platforms)},
            ],
        },
    )


def provinces(request: HttpRequest) -> Card | None:
    """As the summary draws them, with the first of them in a table beside the map."""
    there = _there(request)
    if there is None:
        return None
    person, now, window = there
    counts = tuple((code, count) for code, count in window.top("place") if code in words.PROVINCES)
    if not counts:
        return None
    return Card(
        title=_("Places of recruitment named"),
        note=_note(window, now),
        body=_provinces(counts, window.words, tuple(person.office.provinces)),
        order=25,
        column="widest",
    )


@drawn.once(64)
def _provinces(counts: Counts, asked: Words, own: tuple[str, ...]) -> str:
    title, links = _("Places of recruitment named"), {code: _link(asked, place=code) for code, _count in counts}
    most = [(words.PROVINCES[code], count, links[code]) for code, count in counts[:SHOWN]]
    return render_to_string(
        "workbench/cards/provinces.html",
        {
            "map": tile_map.tile_map(dict(counts), names=words.PROVINCES, title=str(title), own=own, links=links),
            "heads": (_("Place named"), _("Posts")),
            "rows": _bars(most),
        },
    )


def contacts(request: HttpRequest) -> Card | None:
    """Masked, for everybody. What is known to be good, or stands in a post of somebody harmed, is not among them."""
    there = _there(request)
    if there is None:
        return None
    _person, now, window = there
    weighed = dict(window.top("contact"))
    if not weighed:
        return None
    left_out = set(trusted.of(map(int, weighed), now))
    if window.at != now:  # kept: whoever was marked as harmed since is not in it
        left_out |= looks.beside_harmed(list(map(int, weighed)))
    shown = [key for key in weighed if int(key) not in left_out][:SHOWN]
    known = models.Indicator.objects.in_bulk([int(key) for key in shown])
    shown = [key for key in shown if int(key) in known]
    if not shown:
        return None
    rows = [known[int(key)] for key in shown]
    values = masks.values((row.kind, row.value, row.pk) for row in rows)
    consulting.note(request, way=consulting.Way.LIST, target=("indicator", ""), rows=len(rows))
    lines = [(value, weighed[key], window.link(indicator=key)) for key, value in zip(shown, values, strict=True)]
    return Card(
        title=_("Numbers and accounts"),
        note=_note(window, now),
        template="workbench/cards/window.html",
        context={"tables": [{"heads": (_("Given in most posts, or their poster"), _("Posts")), "rows": _bars(lines)}]},
        order=24,
        column="side",
        link=base.here("patrol_indicator_changelist", sort="posts"),
        link_title=_("Indicators"),
    )

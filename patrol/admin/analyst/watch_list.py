"""What of the watches somebody asked to see, and the list as a file, with what each asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol import search as searching
from patrol.access import Action
from patrol.admin.shared import base, exporting, home, words
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.watches import wellbeing


@dataclass(frozen=True, slots=True)
class Asked:
    """`found`: those of the station, in the order of the list; `shown`: of them those in the state.

    A state nobody knows asks for nothing; a station without watches here asks for none of them, so that a kept address whose last watch
    was moved does not become all of them.
    """

    found: Sequence[models.Watch]
    health: Mapping[int, Any]
    state: str
    station: str  # its key as the address has it, 0 for what is none; "" where none was asked for
    stations: Mapping[str, str]  # key -> name, of those that have watches the person may see

    @property
    def shown(self) -> list[models.Watch]:
        return [watch for watch in self.found if self.state in {"", self.health[watch.pk].state}]

    @property
    def query(self) -> dict[str, Any]:
        return {key: value for key, value in (("state", self.state), ("station", self.station)) if value}

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The stations to choose from, and what was asked for where that is none of them."""
        gone = [(self.station, _("a P4MI without watches here"))] if self.station and self.station not in self.stations else []
        return [*self.stations.items(), *gone]


def asked(request: HttpRequest, now: datetime) -> Asked:
    by = base.who(request)
    seen = list(access.scope(by, Action.WATCH_VIEW, models.Watch.objects.select_related("office", "station")))
    health = wellbeing.health(seen, now=now)
    order = list(words.WATCH_HEALTH)
    seen.sort(key=lambda watch: (order.index(health[watch.pk].state), watch.name, watch.pk))
    offices = access.may(by, Action.WATCH_VIEW, office_id=access.NO_OFFICE)  # two of them may call a station the same
    stations = {str(watch.station.pk): _named(watch, with_office=offices) for watch in seen if watch.station}
    station = request.GET.get("station", "") and str(base.number(request.GET["station"]) or 0)
    state = request.GET.get("state", "")
    return Asked(
        found=[watch for watch in seen if station in {"", str(watch.station_id)}],
        health=health,
        state=state if state in order else "",
        station=station,
        stations=dict(sorted(stations.items(), key=lambda one: (one[1], one[0]))),
    )


def _named(watch: models.Watch, *, with_office: bool) -> str:
    name = masks.text(watch.station.name if watch.station else "")
    return f"{name}, {watch.office.short_name}" if with_office else name


def listing(request: HttpRequest) -> exporting.Listing:
    """Raises RefusedError where it is asked for by a station that has none."""
    person, now = base.who(request), timezone.now()
    wanted = asked(request, now)
    if wanted.station and wanted.station not in wanted.stations:
        raise RefusedError("watch.list_station", _("No watch here belongs to that P4MI. Choose another one, or all."))

    def said(rows: Sequence[models.Watch], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for watch in rows:
            its = wanted.health[watch.pk]
            row = home.watch_row(watch, its, now)
            texts = (watch.name, watch.query)
            name, query = texts if watch.pk in shown else map(masks.text, texts)
            yield (
                name,
                row["platform"],
                query,
                watch.office.short_name,
                masks.text(watch.station.name) if watch.station else "",
                str(row["badge"].title),
                row["problem"],
                its.per_day[-1],
                watch.healthy_low,
                watch.healthy_high,
                its.last_good_at,
                its.next_due,
            )

    in_words = [(_("State"), words.WATCH_HEALTH[wanted.state].title)] if wanted.state else []
    in_words += [(_("P4MI"), wanted.stations[wanted.station])] if wanted.station else []
    return exporting.Listing(
        key="watches",
        title=_("Watches"),
        columns=[
            _("Watch"),
            _("Platform"),
            _("Asks for"),
            _("Office"),
            _("P4MI"),
            _("State"),
            _("Problem"),
            _("Posts today"),
            _("Healthy from"),
            _("Healthy to"),
            _("Last good fetch"),
            _("Next fetch"),
        ],
        found=wanted.shown,
        said=said,
        query=wanted.query,
        asked=in_words,
        open_to=lambda rows: searching.open_texts({watch.pk: f"{watch.name} | {watch.query}" for watch in rows}, person),
    )

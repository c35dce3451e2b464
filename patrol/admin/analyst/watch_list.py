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
from patrol.watches import wellbeing


@dataclass(frozen=True, slots=True)
class Asked:
    """`found`: those of the station, in the order of the list; `shown`: of them those in the state. Unknown words ask for nothing."""

    found: Sequence[models.Watch]
    health: Mapping[int, Any]
    state: str
    station: models.Station | None
    stations: Sequence[models.Station]  # that have watches the person may see

    @property
    def shown(self) -> list[models.Watch]:
        return [watch for watch in self.found if self.state in {"", self.health[watch.pk].state}]

    @property
    def query(self) -> dict[str, Any]:
        return {key: value for key, value in (("state", self.state), ("station", self.station.pk if self.station else "")) if value}


def asked(request: HttpRequest, now: datetime) -> Asked:
    seen = list(access.scope(base.who(request), Action.WATCH_VIEW, models.Watch.objects.select_related("office", "station")))
    health = wellbeing.health(seen, now=now)
    order = list(words.WATCH_HEALTH)
    seen.sort(key=lambda watch: (order.index(health[watch.pk].state), watch.name, watch.pk))
    stations = {watch.station.pk: watch.station for watch in seen if watch.station}
    station = stations.get(base.number(request.GET.get("station")) or 0)
    state = request.GET.get("state", "")
    return Asked(
        found=[watch for watch in seen if station is None or watch.station_id == station.pk],
        health=health,
        state=state if state in order else "",
        station=station,
        stations=sorted(stations.values(), key=lambda one: (one.name, one.pk)),
    )


def listing(request: HttpRequest) -> exporting.Listing:
    person, now = base.who(request), timezone.now()
    wanted = asked(request, now)

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
    in_words += [(_("P4MI"), masks.text(wanted.station.name))] if wanted.station else []
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
        open_to=lambda rows: searching.open_texts({watch.pk: f"{watch.name} {watch.query}" for watch in rows}, person),
    )

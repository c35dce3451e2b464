"""The list of watches as a file, with what each asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol import search as searching
from patrol.access import Action
from patrol.admin.shared import base, exporting, home, words
from patrol.engine import masks
from patrol.watches import wellbeing


def listing(request: HttpRequest) -> exporting.Listing:
    person, now, wanted = base.who(request), timezone.now(), request.GET.get("state", "")
    watches = access.scope(person, Action.WATCH_VIEW, models.Watch.objects.select_related("office"))
    found = list(watches)
    health = wellbeing.health(found, now=now)
    order = list(words.WATCH_HEALTH)
    found.sort(key=lambda watch: (order.index(health[watch.pk].state), watch.name, watch.pk))
    wanted = wanted if wanted in order else ""

    def said(rows: Sequence[models.Watch], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for watch in rows:
            its = health[watch.pk]
            row = home.watch_row(watch, its, now)
            texts = (watch.name, watch.query)
            name, query = texts if watch.pk in shown else map(masks.text, texts)
            yield (
                name,
                row["platform"],
                query,
                watch.office.short_name,
                str(row["badge"].title),
                row["problem"],
                its.per_day[-1],
                watch.healthy_low,
                watch.healthy_high,
                its.last_good_at,
                its.next_due,
            )

    return exporting.Listing(
        key="watches",
        title=_("Watches"),
        columns=[
            _("Watch"),
            _("Platform"),
            _("Asks for"),
            _("Office"),
            _("State"),
            _("Problem"),
            _("Posts today"),
            _("Healthy from"),
            _("Healthy to"),
            _("Last good fetch"),
            _("Next fetch"),
        ],
        found=[watch for watch in found if wanted in {"", health[watch.pk].state}],
        said=said,
        query={"state": wanted} if wanted else {},
        asked=[(_("State"), words.WATCH_HEALTH[wanted].title)] if wanted else [],
        open_to=lambda rows: searching.open_texts({watch.pk: f"{watch.name} {watch.query}" for watch in rows}, person),
    )

"""The queue as a file: the flags that wait, as the desk's filter has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models, triage
from patrol.access import looks
from patrol.admin.officer import queue
from patrol.admin.shared import base, exporting, post_cells, words


def listing(request: HttpRequest) -> exporting.Listing:
    person, now = base.who(request), timezone.now()
    filters = queue.Filters.of(request.GET, person)
    wanted = filters.wanted(person, now)

    def rows() -> Iterator[triage.QueueRow]:
        """Page by page, as the desk shows them. What falls in the queue between two pages is met again on a later one."""
        given: set[tuple[int, str]] = set()
        page = triage.queue(person, wanted=wanted, limit=exporting.BATCH)
        while True:
            for row in page.rows:
                key = (row.flag.office_id, row.flag.row_key)
                if key not in given:
                    given.add(key)
                    yield row
            if not page.next:
                return
            page = triage.queue(person, wanted=wanted, after=page.next, limit=exporting.BATCH)

    def open_to(rows: Sequence[triage.QueueRow]) -> frozenset[int]:
        return frozenset(looks.open_posts([row.flag.post for row in rows], person))

    return exporting.Listing(
        key="flags",
        title=_("Flags"),
        columns=[
            _("Flag"),
            _("Flagged"),
            _("Level"),
            _("What it is about"),
            _("Copies"),
            _("State"),
            _("Kind"),
            _("Platform"),
            _("Office"),
            *post_cells.COLUMNS,
        ],
        found=rows(),
        said=_cells,
        query=filters.query,
        asked=_asked(filters, person),
        open_to=open_to,
        key_of=lambda row: row.flag.post_id,
    )


def _cells(rows: Sequence[triage.QueueRow], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
    posts = models.Post.objects.only("url").in_bulk([row.flag.post_id for row in rows])
    contacts = post_cells.of(list(posts.values()), shown)
    for row in rows:
        flag = row.flag
        _level, title = queue.level_shown(flag)
        yield (
            flag.number,
            flag.raised_at,
            str(title),
            words.said(flag, "gist"),
            row.copies,
            str(words.FLAG_STATES[flag.state].title),
            ", ".join(str(words.KINDS.get(kind, kind)) for kind in flag.kinds),
            words.platform(flag.post.platform),
            flag.office.short_name,
            *contacts[flag.post_id],
        )


def _asked(filters: queue.Filters, person: models.Person) -> list[tuple[Any, Any]]:
    """The filter in words: those of the desk's form."""
    offered = queue.choices(person, filters)
    of = {
        "level": (_("Level"), "levels"),
        "platform": (_("Platform"), "platforms"),
        "kind": (_("Kind"), "kinds_offered"),
        "country": (_("Country"), "countries"),
        "watch": (_("Watch"), "watches"),
        "office": (_("Office"), "all_offices"),
        "older": (_("Waiting for"), "olders"),
        "younger": (_("Waiting for"), "youngers"),
        "late": (_("Waiting"), "lates"),
        "state": (_("State"), "states_offered"),
        "holding": (_("Open"), "holdings"),
    }
    return [
        (of[name][0], next((title for key, title in offered[of[name][1]] if str(key) == value), value))
        for name, value in filters.query.items()
    ]

"""Walking a long list by the key of its rows: a page begins where the last one ended, so that the hundredth costs what the first does.

A list is walked through candidates, which the database finds in their order and a rule in Python takes or leaves. So a rule stands once,
for the figure that counts with it and for the list behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

AT_ONCE: Final = 100  # candidates of the first look; each further one looks at MORE times as many
MORE: Final = 4
AT_MOST: Final = 20_000
_NTH: Final = 999_999
_WRITTEN = re.compile(r"([0-9T:.+-]{10,40})_([0-9])_([0-9]{1,18})_([0-9]{1,6})", re.ASCII)


class Place(NamedTuple):
    """Where a row stands. `rank` and `id` order what happened at one moment; `nth`: of the rows one event makes."""

    at: datetime
    rank: int
    id: int
    nth: int = 0

    def __str__(self) -> str:
        """As in addresses."""
        return f"{self.at.isoformat()}_{self.rank}_{self.id}_{self.nth}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None of what is no place: anybody may write anything into an address."""
        try:
            if found := _WRITTEN.fullmatch(text):
                place = cls(datetime.fromisoformat(found[1]), int(found[2]), int(found[3]), int(found[4]))
                return place if place.at.tzinfo else None
        except ValueError:
            pass
        return None


@dataclass(frozen=True, slots=True)
class Item:
    """One row a figure counted. `level` and `what` as they were then; `what` the outcome of a decision, or the kind of an event."""

    kind: str  # flag, case, post, objection, referral, indicator, tip
    id: int
    at: datetime
    level: str = ""
    what: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is asked of the database: so many candidates from the place on, that one too; backwards: before it, the nearest first."""

    place: Place | None = None
    backwards: bool = False
    limit: int | None = None

    def cut(self, start: datetime, until: datetime) -> tuple[datetime, datetime]:
        """What of this time can hold any of it, so that the rest is not looked through."""
        if self.place is None:
            return start, until
        if self.backwards:
            return start, min(until, self.place.at + timedelta(microseconds=1))
        return max(start, self.place.at), until

    @property
    def given(self) -> dict[str, object]:
        """Parameters of `within` and of `order`."""
        place = self.place
        return {"from_at": place and place.at, "from_rank": place and place.rank, "from_id": place and place.id, "limit": self.limit}

    def within(self, at: str, rank: str, key: str) -> str:
        """The condition in SQL, of columns."""
        if self.place is None:
            return "true"
        sign = "<=" if self.backwards else ">="
        return f"({at}, {rank}, {key}) {sign} (%(from_at)s::timestamptz, %(from_rank)s::int, %(from_id)s::bigint)"

    def order(self, *columns: str) -> str:
        return "ORDER BY " + ", ".join(f"{column} DESC" if self.backwards else column for column in columns) + " LIMIT %(limit)s"


EVERYTHING: Final = Stretch()
# So many rows beyond a place (None: from the beginning) in walking order, None: all there are.
Walk = Callable[[Place | None, bool, int | None], list[Item]]


def through[C](
    candidates: Callable[[Stretch], Sequence[C]], place: Callable[[C], Place], rows: Callable[[Sequence[C]], list[Item]]
) -> Walk:
    """A list of the rows that candidates make. `rows`: of some of them in any order, each with the place of its candidate."""

    def walk(beyond: Place | None, backwards: bool, limit: int | None) -> list[Item]:
        found: list[Item] = []
        stretch = Stretch(beyond, backwards, None if limit is None else max(AT_ONCE, limit + 1))
        while True:
            seen = candidates(stretch)
            found += _of(beyond, _numbered(rows(seen)), backwards=backwards)
            if stretch.limit is None or len(seen) < stretch.limit or (limit is not None and len(found) >= limit):
                return found[:limit]
            # The last candidate is seen once more: what it makes stands before the place already.
            last = place(seen[-1])
            beyond = last._replace(nth=-1 if backwards else _NTH)
            stretch = Stretch(last, backwards, min(stretch.limit * MORE, AT_MOST))

    return walk


def whole(items: Sequence[Item]) -> Walk:
    """A list that was made as a whole, by the places of its rows; of those without one by their moment."""
    placed = _numbered([item if item.place else replace(item, place=Place(item.at, 0, item.id)) for item in items])
    return lambda beyond, backwards, limit: _of(beyond, placed, backwards=backwards)[:limit]


def _numbered(items: Sequence[Item]) -> list[Item]:
    """In their order, the rows of one place told apart."""
    found: list[Item] = []
    for item in sorted(items, key=_place):
        before = found[-1].place if found else None
        again = before is not None and before[:3] == _place(item)[:3]
        found.append(replace(item, place=_place(item)._replace(nth=before.nth + 1)) if before is not None and again else item)
    return found


def _place(item: Item) -> Place:
    assert item.place is not None
    return item.place


def _of(place: Place | None, items: Sequence[Item], *, backwards: bool) -> list[Item]:
    ordered = items[::-1] if backwards else items
    return [item for item in ordered if place is None or (_place(item) < place if backwards else _place(item) > place)]

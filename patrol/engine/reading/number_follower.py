"""A number told by digits behind another one, or by a code: what `number_lists`, `number_endings`, `number_codes` hand to `phones`."""

from __future__ import annotations

from typing import NamedTuple

MOST_OF_A_RANGE = 20  # numbers told by one range, or under one beginning


class Follower(NamedTuple):
    """A number told by digits that follow another: E.164, its places in `Folded.plain`, how sure it is."""

    value: str
    start: int
    end: int
    confidence: float


class Followers(NamedTuple):
    """The numbers that follow, where they end, and whether they replace the number before them."""

    numbers: list[Follower]
    end: int
    replace: bool = False

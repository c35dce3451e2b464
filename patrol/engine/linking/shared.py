"""What strangers share: a contact that serves everybody, and a text that everybody fills in. Pure.

A hotline, a notary, a courier, a wallet's desk, a public group, an office stand in posts of many hands, beside the way to reach each.
So does a recruiter who works for two rings. A number of the ring's own stands alone often enough, or beside others of its own, or with
the same job. A form is known by what was filled in: the same sentences for other countries under other contacts. And an account, a link
or a group under which one contact after another stands that has nothing to do with the one before advertises for many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from patrol.engine.likeness import job

_ALONE: Final = 0.2  # of those who give a contact, who give no other: then it is their own
_DIFFER: Final = 0.34  # of those who give a contact, who offer another job: then it is everybody's
_HANDS: Final = 3  # that fill in a text for different countries: then it is a form
# Of `ROW` posts in succession. Rings that change their number with each post were met with 8, boards and public groups from 11 on.
MANY: Final = 10
ROW: Final = 13


@dataclass(frozen=True, slots=True)
class Giver:
    """A post that gives a contact. `ways`: how many ways to reach somebody it gives."""

    ways: int
    offered: job.Job


def ties(one: Giver, other: Giver, common: int, givers: Sequence[Giver]) -> bool:
    """Whether a contact both give says that they belong together. `common`: contacts both give; `givers`: who else gives this one."""
    if common > 1 or one.offered.agrees(other.offered):
        return True
    # Counted by posts, not by whom they are tied to: strangers once tied by mistake must not make it look like one hand's.
    if min(one.ways, other.ways) <= 1 and sum(giver.ways <= 1 for giver in givers) >= _ALONE * len(givers):
        return True
    if one.offered.is_another(other.offered):
        return False
    return sum(one.offered.is_another(giver.offered) for giver in givers) <= _DIFFER * len(givers)


def serves_many(given: Sequence[Collection[str]]) -> bool:
    """Whether what posts have in common advertises for many: it ties none of them, however alike the jobs are.

    `given`: of each post, in the order they came, what it gives to be reached and which companies it names.
    """
    last = max(0, len(given) - ROW)
    return len(given) >= MANY and any(_hands(given[start : start + ROW]) >= MANY for start in range(last + 1))


def _hands(given: Sequence[Collection[str]]) -> int:
    """Groups of posts that have nothing to do with each other. What more than half of the posts give is what they are found by."""
    counted = Counter(key for keys in given for key in keys)
    found: list[set[str]] = []
    for keys in given:
        hand = {key for key in keys if 2 * counted[key] <= len(given)}
        if hand:
            same = [one for one in found if one & hand]
            found = [*(one for one in found if not one & hand), hand.union(*same)]
    return len(found)


def is_form(told: Sequence[tuple[int, job.Job]]) -> bool:
    """Whether a text is one that strangers fill in: `told` are group and offer of those who tell nearly the same."""
    offers = [offered for _, offered in told]
    return len({group for group, offered in told if any(offered.elsewhere(other) for other in offers)}) >= _HANDS

"""What strangers share: a contact that serves everybody, and a text that everybody fills in. Pure.

A hotline, a notary, a courier, a wallet's desk, a public group, an office stand in posts of many hands, beside the way to reach each.
So does a recruiter who works for two rings. A number of the ring's own stands alone often enough, or beside others of its own, or with
the same job. A form is known by what was filled in: the same sentences for other countries under other contacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patrol.engine.likeness import job

_ALONE: Final = 0.2  # of those who give a contact, who give no other: then it is their own
_DIFFER: Final = 0.34  # of those who give a contact, who offer another job: then it is everybody's
_HANDS: Final = 3  # that fill in a text for different countries: then it is a form


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


def is_form(told: Sequence[tuple[int, job.Job]]) -> bool:
    """Whether a text is one that strangers fill in: `told` are group and offer of those who tell nearly the same."""
    offers = [offered for _, offered in told]
    return len({group for group, offered in told if any(offered.elsewhere(other) for other in offers)}) >= _HANDS

"""Which reading of personal data was out of the ordinary, for the data protection officer to ask about.

Pure: the counts of one person's week in, what stands out of them back.

It is no accusation: an officer with a large case reads much, and one on duty reads at night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Final

WEEKS: Final = 8  # before the one that is looked at
TIMES: Final = 3  # as much as usual is still usual
OTHERS_A_DAY: Final = 20  # things of other offices, and rows of lists in full, that are still usual
NEW: Final = 300  # as much is still usual for whoever has no week before, where their office does not read more


class Why(StrEnum):
    MUCH = "much"  # over TIMES the person's own median; who has none, over NEW and over TIMES that of their office
    OUTSIDE = "outside"  # the working hours of the office
    OTHERS = "others"  # over OTHERS_A_DAY things of other offices on one day
    OWN = "own"  # the person's own name or address


@dataclass(frozen=True, slots=True)
class Week:
    """What one person was shown in a week. `shown`: people, posts and contacts. `before`: the same of each of the WEEKS before in which
    they were shown anything: leave does not make a week unusual. `office`: the median of all such weeks of people of their office. The
    others count answers, `others` things and rows of lists in full by day."""

    shown: int = 0
    before: Sequence[int] = ()
    outside: int = 0
    others: Mapping[date, int] | None = None
    own: int = 0
    office: float = 0


@dataclass(frozen=True, slots=True)
class Unusual:
    """`usual`: up to how much would not have stood out. `day`: of what is counted by the day."""

    why: Why
    count: int
    usual: int
    day: date | None = None


def found(week: Week) -> tuple[Unusual, ...]:
    """What stands out, in the order of Why."""
    out = []
    usual = TIMES * median(week.before) if week.before else max(NEW, TIMES * week.office)
    if week.shown > usual:
        out.append(Unusual(Why.MUCH, week.shown, int(usual)))
    if week.outside:
        out.append(Unusual(Why.OUTSIDE, week.outside, 0))
    out += [Unusual(Why.OTHERS, many, OTHERS_A_DAY, day) for day, many in sorted((week.others or {}).items()) if many > OTHERS_A_DAY]
    if week.own:
        out.append(Unusual(Why.OWN, week.own, 0))
    return tuple(out)

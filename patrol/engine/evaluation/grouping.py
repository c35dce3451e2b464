"""How right a grouping is: B-cubed, the share of each post's group that belongs there, averaged over posts.

Counting pairs would let one large ring drown all others; here each post counts once (Bagga and Baldwin 1998, with the extension of
singletons that Amigó et al. 2009 recommend). A post in no group is a group of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grouping:
    """Precision and recall, over all posts and over those only that belong, or were put, together with others.

    Lone posts are easily right and many: `tied_*` is the figure that cannot be bought with them. None where there is no such post.
    """

    posts: int
    tied: int
    precision: float | None
    recall: float | None
    tied_precision: float | None
    tied_recall: float | None


def b_cubed(said: Sequence[str | None], expected: Sequence[str | None]) -> Grouping:
    """One name a post, in the same order; None or "" for a post that belongs to no other."""
    groups = list(zip(_alone(said), _alone(expected), strict=True))
    both, found, true = Counter(groups), Counter(one for one, _ in groups), Counter(other for _, other in groups)
    precise = [both[pair] / found[pair[0]] for pair in groups]
    recalled = [both[pair] / true[pair[1]] for pair in groups]
    tied = [place for place, (one, other) in enumerate(groups) if found[one] > 1 or true[other] > 1]
    return Grouping(
        posts=len(groups),
        tied=len(tied),
        precision=_mean(precise),
        recall=_mean(recalled),
        tied_precision=_mean([precise[place] for place in tied]),
        tied_recall=_mean([recalled[place] for place in tied]),
    )


def mixed(said: Sequence[str | None], expected: Sequence[str | None]) -> list[tuple[int, int, bool]]:
    """Pairs of places that are wrong: (one, other, True) joined though strangers, (one, other, False) left apart."""
    groups = list(zip(_alone(said), _alone(expected), strict=True))
    return [
        (one, other, groups[one][0] == groups[other][0])
        for one in range(len(groups))
        for other in range(one + 1, len(groups))
        if (groups[one][0] == groups[other][0]) != (groups[one][1] == groups[other][1])
    ]


def _alone(names: Sequence[str | None]) -> list[object]:
    """A name for each: its own place where it has none."""
    return [name or place for place, name in enumerate(names)]


def _mean(shares: Sequence[float]) -> float | None:
    return math.fsum(shares) / len(shares) if shares else None

"""How far two people who judged the same things independently agree, beyond what chance alone would give.

Krippendorff's alpha, nominal: 1 is full agreement, 0 what chance gives, below 0 less than that. By custom 0.8 and above is reliable,
0.667 to 0.8 allows tentative conclusions (Krippendorff, Content Analysis, 4th ed., 12.4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import krippendorff
import numpy as np
from numpy.typing import NDArray

from patrol.engine.evaluation.measures import Share

RELIABLE: Final = 0.8
TENTATIVE: Final = 2 / 3
_RESAMPLES: Final = 2000
_SEED: Final = 20260


@dataclass(frozen=True, slots=True)
class Agreement:
    same: Share
    alpha: float | None  # None where everybody said one and the same thing: then nothing could have shown a difference
    interval: tuple[float, float] | None  # 95 %, bootstrap over the things judged


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Of pairs (what the first said, what the second said). The same pairs always give the same interval."""
    words = sorted({word for pair in pairs for word in pair})
    same = Share(sum(first == second for first, second in pairs), len(pairs))
    if len(words) < 2:
        return Agreement(same, None, None)
    cells = Counter(pairs)
    said = np.array([[(word == a) + (word == b) for word in words] for a, b in cells])
    times = np.array(list(cells.values()))
    alpha = float(krippendorff.alpha(value_counts=np.repeat(said, times, axis=0), level_of_measurement="nominal"))
    return Agreement(same, alpha, _interval(said, times))


def _interval(said: NDArray[np.int_], times: NDArray[np.int_]) -> tuple[float, float] | None:
    """Things judged alike are drawn as one: so a resample is a few numbers, however many things there are."""
    of = int(times.sum())
    drawn = np.random.default_rng(_SEED).multinomial(of, times / of, size=_RESAMPLES)
    alphas = nominal(said, drawn)
    alphas = alphas[~np.isnan(alphas)]
    if len(alphas) < _RESAMPLES / 2:  # too few things for a resample to hold two different words
        return None
    low, high = np.percentile(alphas, [2.5, 97.5])
    return float(low), float(high)


def nominal(said: NDArray[np.int_], times: NDArray[np.int_]) -> NDArray[np.float64]:
    """Alpha of many tables at once, for two judgements each: `times` (tables, cells) counts the rows of `said` (cells, words)."""
    differ = (said.max(axis=1) == 1).astype(float)
    judged = 2.0 * times.sum(axis=1)
    by_word = times @ said
    observed = times @ differ / times.sum(axis=1)
    expected = 1 - (by_word * (by_word - 1)).sum(axis=1) / (judged * (judged - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed / expected, np.nan)

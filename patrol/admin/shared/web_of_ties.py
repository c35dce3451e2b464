"""Where the nodes of a graph of ties stand: springs and repulsion (Fruchterman and Reingold 1991), the same picture every time.

On the server with NumPy, which is there for pictures anyway: the page is whole without a script and without a library to be
kept up (ADR 28). 500 nodes cost 0.3 s and are kept as long as the campaign does not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

STEPS: Final = 60
_BORDER: Final = 28.0  # half of a label beside its node, and its height below


def places(count: int, edges: Sequence[tuple[int, int]], *, width: int, height: int) -> list[tuple[int, int]]:
    """Pixels for each node, within the border."""
    if count == 0:
        return []
    chance = np.random.default_rng(7)
    at = chance.uniform(0.0, 1.0, (count, 2)).astype(np.float32)
    one = np.array([edge[0] for edge in edges], np.int64)
    other = np.array([edge[1] for edge in edges], np.int64)
    rest = float(1.0 / np.sqrt(count))
    for heat in np.linspace(0.12, 0.004, STEPS, dtype=np.float32):
        moved = _repelled(at, rest)
        if len(one):
            apart = at[one] - at[other]
            pull = apart * (np.linalg.norm(apart, axis=1, keepdims=True) / rest)
            np.add.at(moved, one, -pull)
            np.add.at(moved, other, pull)
        moved -= (at - 0.5) * 0.6  # pieces that nothing ties stay in the picture
        length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
        at += moved / length * np.minimum(length, heat)
    low, high = at.min(axis=0), at.max(axis=0)
    share = (at - low) / np.maximum(high - low, 1e-6)
    room = np.array([width - 2 * _BORDER, height - 2 * _BORDER], np.float32)
    if count == 1:
        share[:] = 0.5
    return [(round(x), round(y)) for x, y in (_BORDER + share * room).tolist()]


def _repelled(at: NDArray[np.float32], rest: float) -> NDArray[np.float32]:
    """Coordinate by coordinate: matrices of nodes by nodes stay in the processor's cache, one of pairs by two does not."""
    across, down = (at[:, axis, None] - at[None, :, axis] for axis in (0, 1))
    push = np.float32(rest**2) / np.maximum(across * across + down * down, np.float32(1e-4))
    return np.stack((np.einsum("ij,ij->i", across, push), np.einsum("ij,ij->i", down, push)), axis=1)

"""The forms of names that are near a written one, found without looking at all of them.

Names are looked up by their rarest groups of three letters, so that the price of a name depends little on how many the
register holds; only the few that share most of them are measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process

_ASKED = 10  # rarest groups looked at: one slip spoils three
_LONGEST_LIST = 3_000  # a group of a very common word tells nothing
_MEASURED = 40
_KEPT = 12


class Candidates:
    """Keys of forms, by their place in the sequence given."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._lists: dict[str, list[int]] = {}
        for at, key in enumerate(keys):
            for group in _groups(key):
                self._lists.setdefault(group, []).append(at)

    def near(self, key: str) -> list[tuple[int, float]]:
        """The nearest keys, nearest first, with their distance 0..1."""
        if not key:
            return []
        lists = sorted((self._lists[group] for group in _groups(key) if group in self._lists), key=len)
        shared: Counter[int] = Counter()
        for listed in lists[:_ASKED]:
            if shared and len(listed) > _LONGEST_LIST:
                break
            shared.update(listed[:_LONGEST_LIST])
        few = [at for at, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:_MEASURED]]
        hits = process.extract(key, [self._keys[at] for at in few], scorer=fuzz.ratio, limit=_KEPT)
        return [(few[at], round(1 - ratio / 100, 4)) for _, ratio, at in hits]


def _groups(key: str) -> set[str]:
    padded = f"^{key}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

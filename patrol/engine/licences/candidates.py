"""The forms of names that are near a written one, found without looking at all of them.

A slip spoils one word and leaves the others: forms are looked up by the words they share. Where no shared word leads to
a near one (all written in one, a slip in each word) they are looked up by their rarest groups of three letters. Either
way the price of a name depends little on how many the register holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

_FAR = 0.2  # of the nearest by shared words: then the groups are asked as well
_BY_WORDS = 600  # entries of their lists
_GROUPS = 12  # rarest ones looked at: one slip spoils four
_BY_GROUPS = 1_500
_NEARLY = 1  # those that share one less than the best are measured too
_MEASURED = 60
_KEPT = 12


class Candidates:
    """Forms by their place in the sequence given, each a tuple of words as they sound.

    Of equally near forms the earlier comes first. Sets are put in order before anything is cut off: what is found must not depend on
    the hashes of a process.
    """

    def __init__(self, forms: Sequence[tuple[str, ...]]) -> None:
        self._keys = ["".join(parts) for parts in forms]
        self._by_word: dict[str, list[int]] = {}
        self._by_group: dict[str, list[int]] = {}
        for at, parts in enumerate(forms):
            for word in set(parts):
                self._by_word.setdefault(word, []).append(at)
            for group in _groups(self._keys[at]):
                self._by_group.setdefault(group, []).append(at)

    def near(self, parts: Sequence[str]) -> list[tuple[int, float]]:
        """The nearest forms, nearest first, with their distance 0..1."""
        key = "".join(parts)
        few = _sharing((self._by_word.get(word) for word in sorted(set(parts))), _BY_WORDS)
        found = self._measured(key, few)
        if not found or found[0][1] > _FAR:
            lists = sorted((self._by_group[group] for group in sorted(_groups(key)) if group in self._by_group), key=len)
            found = self._measured(key, sorted({*few, *_sharing(lists[:_GROUPS], _BY_GROUPS)}))
        return found

    def _measured(self, key: str, few: Sequence[int]) -> list[tuple[int, float]]:
        hits = process.extract(key, [self._keys[at] for at in few], scorer=fuzz.ratio, limit=_KEPT)
        return [(few[at], round(1 - ratio / 100, 4)) for _, ratio, at in hits]


def _sharing(lists: Iterable[list[int] | None], most: int) -> list[int]:
    """What stands in most of the lists; the shortest are looked at, `most` entries in all, at least one list."""
    shared: Counter[int] = Counter()
    looked_at = 0
    for listed in sorted((each for each in lists if each), key=len):
        if shared and looked_at + len(listed) > most:
            break
        shared.update(listed[:most])
        looked_at += len(listed)
    least = max(shared.values(), default=0) - _NEARLY
    few = [at for at, count in shared.items() if count >= least]
    if len(few) > _MEASURED:
        few = sorted(few, key=lambda at: (-shared[at], at))[:_MEASURED]
    return sorted(few)


def _groups(key: str) -> set[str]:
    padded = f"^{key}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

"""How far a numbered, backwards paged channel has been fetched: pure bookkeeping behind a cursor.

Messages carry rising numbers; a page is asked as "the newest below N" and answers with a stretch without holes. What is
stored is therefore known by the newest number and the open stretches below it. A new stretch is opened before anything
of it counts as stored, and a page closes only what it covers: a cursor stored together with its page never claims more
than what is stored, wherever a run is killed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

type Stretch = tuple[int, int]  # numbers strictly between the two are not fetched yet


@dataclass(frozen=True, slots=True)
class Progress:
    channel: str = ""  # numeric id the numbers belong to
    newest: int = 0
    oldest: int = 0  # smallest number ever covered; for people
    missing: tuple[Stretch, ...] = ()  # newest first
    empty_at: int = 0  # "below N" was answered once with an empty page

    @classmethod
    def read(cls, cursor: Mapping[str, Any]) -> "Progress":
        """From a stored cursor. One that cannot be read starts anew: that costs requests, believing it costs posts."""
        try:
            return cls(
                channel=str(cursor.get("channel", "")),
                newest=int(cursor.get("newest", 0)),
                oldest=int(cursor.get("oldest", 0)),
                missing=tuple((int(low), int(high)) for low, high in cursor.get("missing", ())),
                empty_at=int(cursor.get("empty_at", 0)),
            )
        except (TypeError, ValueError):
            return cls()

    def cursor(self) -> dict[str, Any]:
        """JSON-able. `done`: the channel's first message has been reached and nothing above it is missing."""
        return {
            "channel": self.channel,
            "newest": self.newest,
            "oldest": self.oldest,
            "done": self.newest > 0 and not self.missing,
            "missing": [list(stretch) for stretch in self.missing],
            "empty_at": self.empty_at,
        }

    @property
    def next_before(self) -> int | None:
        """Below which number the next page is to be asked: the newest open stretch first. None when nothing is open."""
        return self.missing[0][1] if self.missing else None

    def is_covered(self, number: int) -> bool:
        """Whether a message below the newest is known to be stored, or known not to exist."""
        return 0 < number <= self.newest and not any(low < number < high for low, high in self.missing)

    def with_newest_page(self, numbers: Sequence[int], low: int) -> "Progress":
        """The page without "before" has been stored: everything from `low` to its highest number."""
        high = max(numbers)
        if high <= self.newest:
            return self.without(low, high)
        opened = _tidy([(self.newest, high + 1), *self.missing])
        return replace(self, newest=high, missing=opened).without(low, high)

    def with_page_below(self, before: int, numbers: Sequence[int], low: int, *, truncated: bool) -> "Progress":
        """The page below `before` has been stored. A cut page lacks its end, and its end is its newest part."""
        top = max(number for number in numbers if number < before) if truncated else before - 1
        covered = self.without(low, top)
        return replace(covered, empty_at=0) if self.empty_at == before else covered

    def with_empty_page(self, before: int) -> "Progress":
        """Nothing was served below `before`. Believed when it happens again in another run: a server in trouble also
        answers with an empty page, and a belief that is wrong loses the rest of the channel for good."""
        if self.empty_at == before:
            return replace(self.without(1, before - 1), empty_at=0)
        return replace(self, empty_at=before)

    def without(self, low: int, high: int) -> "Progress":
        """Everything from `low` to `high` is stored now."""
        open_stretches: list[Stretch] = []
        for start, end in self.missing:
            if high <= start or low >= end:
                open_stretches.append((start, end))
                continue
            open_stretches += [(max(high, start), end), (start, min(low, end))]
        oldest = low if not self.oldest else min(low, self.oldest)
        return replace(self, missing=_tidy(open_stretches), oldest=oldest)


def _tidy(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Newest first, without those that hold no number."""
    return tuple(sorted((stretch for stretch in stretches if stretch[1] - stretch[0] > 1), reverse=True))

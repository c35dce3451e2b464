"""Whether two texts are one ad told again. What every advertisement of this trade copies from the others says nothing about its author."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from patrol.domain import Span
from patrol.engine.likeness import job, text
from patrol.engine.reading import phrases

LONGEST: Final = text.LONGEST_TEXT
_SAME_WORDS = 0.9  # likeness from which another pay is an ad's newer edition, not another job
_FEWEST = 8  # neighbouring words of its own that both must have
_OWN_ALIKE = 0.45  # Jaccard of those
_SLOTS = 12  # so many in common, and the job may be another slot of the same text
_LONG, _LONG_ALIKE = 16, 0.33  # or so many neighbours in common, and a third of all

_TERMS = frozenset(phrases.load("everybodys.toml")["terms"])


@dataclass(frozen=True, slots=True)
class Own:
    """A text, and the neighbouring words in it that are not both of the forms everybody fills in."""

    sketch: text.Sketch
    pairs: frozenset[str]


def own(words: str, without: Iterable[Span] = ()) -> Own | None:
    """None for a text too short to be known again. `without`: spans of contacts, which may change between copies."""
    sketch = text.sketch(words, without=without)
    if sketch is None:
        return None
    return Own(sketch, frozenset(pair for pair in sketch.pairs if not _TERMS.issuperset(pair.split(" "))))


def is_retold(one: Own, offered: job.Job, other: Own, offered_there: job.Job) -> bool:
    """Whether one hand wrote both. The country is never a slot: strangers share templates across countries, rings seldom do."""
    common = len(one.pairs & other.pairs)
    if common < _FEWEST or not (text.alike(one.sketch, other.sketch) or _is_long(common, one, other)):
        return False
    if offered.elsewhere(offered_there) or (offered.is_unsaid != offered_there.is_unsaid and not _is_long(common, one, other)):
        return False
    if common >= _SLOTS and common >= _OWN_ALIKE * (len(one.pairs) + len(other.pairs) - common):
        return True
    return not is_another_ad(one.sketch, offered, other.sketch, offered_there)


def _is_long(common: int, one: Own, other: Own) -> bool:
    """Whether so much of what is their own agrees that no two hands write it by chance, though half was changed."""
    return common >= _LONG and common >= _LONG_ALIKE * (len(one.pairs) + len(other.pairs) - common)


def is_another_ad(one: text.Sketch, offered: job.Job, other: text.Sketch, offered_there: job.Job) -> bool:
    """Whether texts that are alike offer different jobs on one template. Another pay alone makes an ad's newer edition."""
    if offered.is_another(offered_there):
        return True
    return offered.pays_another(offered_there) and text.likeness(one, other) < _SAME_WORDS

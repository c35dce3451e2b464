"""What an author does with each piece of a text: calls to a job abroad, tells of somebody else's, warns, sells, tells of himself.

The weights of `learned` are sums over a whole text: in "katanya kerja di Taiwan gaji 20 juta, eh ternyata disuruh scam" most words are an
advertisement's. Here a text is cut into pieces, and a linear model says of each what its author does with it (`Act`). What follows what
then moves the log odds that work abroad is offered: a call behind somebody's own life, terms behind a warning, somebody else's words to
the end. Both are fitted by `bench.learn_pieces`, on posts whose pieces somebody marked; the weights lie in lexicon/pieces.weights, sorted,
to be reviewed like any other file of the lexicon (docs/adr/0083).

Tokens of a piece, in the file:

- those of its words, pairs and beginnings of words, as `learned` has them; `^ katanya`, `scam $`: its edges
- `<taiwan`, `>ternyata`: a word of the piece before, of the piece behind; `<^`, `>$` where there is none
- `:phrase departure`, `:word dont`: a phrase, a group of words of lexicon/speech.toml
- `:of 4`, `:first 0`, `:last 2`: how many pieces there are, how many stand before it and behind it

Behind them `:then`: how much it counts that one act follows another somewhere in the text, `$` its edges.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib import resources
from typing import NamedTuple

from patrol.engine import lazy
from patrol.engine.reading import learned, packing
from patrol.engine.reading.signs import Signs

FILE = "pieces.weights"
SCALE = 100  # weights are written in hundredths of a logit
UNSURE = 6.0  # log odds: of what is surer than this, either way, the pieces are not asked
MOST = 2.0  # log odds that they move the whole's by, either way: more was right no more often
FEWEST = 3  # pieces: fewer follow each other in no way that the whole text does not show


class Act(StrEnum):
    """What an author does with a piece; the value is the letter it is marked with."""

    CALLS = "A"  # asks to come to a job abroad, says that one is open
    TERMS = "D"  # what belongs to it: country, pay, papers, contact
    BAITS = "B"  # deceit of the author's own without a job, and what belongs to it
    OWN = "C"  # a lawful thing of the author's own: sells, teaches, a job at home, an office's information
    RETELLS = "R"  # what somebody else offered, promised or said
    WARNS = "W"  # warns, denies, advises
    LIVES = "S"  # the author's own life, hopes, questions
    NONE = "N"


ACTS = tuple(Act)
EDGE = "$"  # of a text
FOLLOWS = tuple(f"{first}{then}" for first in (*ACTS, EDGE) for then in (*ACTS, EDGE))[:-1]  # a text has a piece

_SHORTEST = 9  # code points; a shorter piece goes with its neighbour
_OF, _FIRST, _LAST = 8, 5, 3  # pieces are counted so far
_CUTS = lazy.regex(
    r"(?<=[.!?…])\s+|\n+|\s+[-–—|•·]\s+|(?<=[,;:])\s+|\s+(?=\()|(?<=\))\s+"
    r"|(?<=[\U0001F300-\U0001FAFF\u2600-\u27BF])\s+"
)


def begins(text: str) -> list[int]:
    """Where the pieces of a text begin: behind a sentence, a line, a comma, a bracket, a picture sign. Places of the text as written."""
    made: list[int] = []
    length = start = 0  # of the last piece; where the next begins
    for end, following in [*(match.span() for match in _CUTS.finditer(text)), (len(text), len(text))]:
        own = len(text[start:end].strip())
        if own and made and (own < _SHORTEST or length < _SHORTEST):
            length += own + 1
        elif own:
            made.append(start)
            length = own
        start = following
    return made


def tokens(found: Signs) -> list[frozenset[str]]:
    """The tokens of each piece of a text, in order; of its first `learned.READ` code points."""
    starts = _starts(found)
    read = [list(map(learned.glossed, learned.words_of(found, *span))) for span in itertools.pairwise((*starts, learned.READ))]
    said: list[set[str]] = [set() for _ in starts]
    for hit in found.hits.get("phrase", ()):
        if hit.start < learned.READ:
            said[bisect.bisect_right(starts, hit.start) - 1].add(f":phrase {hit.value}")
    made = []
    last = len(starts) - 1
    for place, (words, own) in enumerate(zip(read, said, strict=True)):
        plain = [word.plain for word in words]
        own.update(*[word.tokens for word in words])
        own.update([f"{before} {after}" for before, after in itertools.pairwise(("^", *plain, "$"))])
        own.update([f":word {group}" for word in words for group in word.groups])
        own.update([f"<{word.plain}" for word in read[place - 1]] if place else ("<^",))
        own.update([f">{word.plain}" for word in read[place + 1]] if place < last else (">$",))
        own.update((f":of {min(last + 1, _OF)}", f":first {min(place, _FIRST)}", f":last {min(last - place, _LAST)}"))
        made.append(frozenset(own))
    return made


def _starts(found: Signs) -> list[int]:
    """Where the pieces of a text begin, in `Folded.words`; never empty."""
    folded = found.folded
    places = begins(folded.text)
    for starts in (folded.starts, folded.word_starts):
        if starts is not None:
            places = [bisect.bisect_left(starts, place) for place in places]
    return [0, *(place for place in dict.fromkeys(places[1:]) if 0 < place < learned.READ)]


def moved(found: Signs, odds: float) -> float:
    """What to add to the log odds that a text offers work abroad, by what its author does with its pieces; 0 where `odds` are sure, or
    its pieces few."""
    if abs(odds) >= UNSURE or len(read := tokens(found)) < FEWEST:
        return 0.0
    weights = _weights()
    likely = [shares(sum(filter(None, map(weights.tokens.get, piece)), weights.bias)) for piece in read]
    told = weights.odds * odds + sum(map(float.__mul__, weights.follows, followed(likely))) + weights.shift
    return max(-MOST, min(MOST, told - odds))


def shares(packed: int) -> list[float]:
    """How likely each act of ACTS is, by the packed sum of its weights; they add up to 1."""
    raised = [math.exp(number / SCALE) for number in PACKING.unpack(packed)]
    total = math.fsum(raised)
    return [one / total for one in raised]


def followed(likely: Sequence[Sequence[float]]) -> list[float]:
    """Of each pair of FOLLOWS how likely it is where it is likeliest, 0 to 1. `likely`: of each piece its `shares`."""
    nowhere = [0.0] * len(ACTS)
    rows = [[*nowhere, 1.0], *([*one, 0.0] for one in likely), [*nowhere, 1.0]]
    best = [0.0] * len(FOLLOWS)
    for first, then in itertools.pairwise(rows):
        best = list(map(max, best, [one * other for one in first for other in then]))
    return best


class _Weights(NamedTuple):
    """`tokens`, `bias`: packed, by act; `follows`: by FOLLOWS; `odds`: what the log odds of the whole text count; `shift`: of all."""

    tokens: Mapping[str, int]
    bias: int
    follows: Sequence[float]
    odds: float
    shift: float


BIAS, THEN, ODDS, SHIFT = ":bias", ":then", ":odds", ":shift"
PACKING = packing.Packing(len(ACTS))


@functools.cache
def _weights() -> _Weights:
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    rows = dict(line.split("\t", 1) for line in written.splitlines()[2:])  # a token may begin with the sign of a comment, too
    odds, shift = (int(rows.pop(name)) / SCALE for name in (ODDS, SHIFT))
    follows = [int(rows.pop(f"{THEN} {pair}", 0)) / SCALE for pair in FOLLOWS]
    read = {token: PACKING.pack(map(int, numbers.split("\t"))) for token, numbers in rows.items()}
    return _Weights(read, read.pop(BIAS), follows, odds, shift)

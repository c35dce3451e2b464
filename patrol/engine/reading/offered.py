"""Which of the jobs and countries that an offer names it offers, by the words around each.

"Operator Taiwan. Kerjanya packing, angkat karton. Eks hotel Dubai welcome. #caregiver" offers one job in one country. A linear model,
fitted by `bench.learn_offered` on posts in which somebody marked what is offered, gives each name log odds; its weights lie in
lexicon/offered.weights, sorted, to be reviewed like any other file of the lexicon (docs/adr/0082).

Tokens of a name, each behind C for a country, W for work; words by their gloss, other names as COUNTRY and WORK:

- `<1 ke`, `<2 open`, `>1 .`: the two nearest words and signs on each side; `< dulu`, `> boleh`, `> ke COUNTRY`: the words, and rows
  of two, of twelve on each side within the sentence
- `/ bukan`: the first words of the next sentence, which may take it back; `/? engga`: the first of them with the sign between
- `| syarat`: the first word of the line; `|3`: how many stand before the name in it, 4 and more as 4
- `= ojek`, `=courier`: the words of the name, and its code
- `#1`, `times 2`, `codes 3`, `first`, `sentence 0`, `with the other kind`: its place among the names of its kind, how often its code is
  named and beside how many others, whether its code comes first, the number of its sentence, whether that names the other kind too
"""

from __future__ import annotations

import bisect
import functools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import pairwise

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding, learned

FILE = "offered.weights"
SCALE = 100  # weights are written in hundredths of a logit

_TOKENS = lazy.regex(r"[a-z0-9]+|\n|[^\w\s]")
_LINE = "¶"
_ENDS = frozenset((".", "!", "?", ";", _LINE))
_NEAR, _REACH, _NEXT, _FAR = 2, 12, 3, 4
_MOST = 3  # times, kinds and places are counted so far
LETTER: Mapping[str, str] = {ClaimKind.COUNTRY: "C", ClaimKind.POSITION: "W"}
_JOINTS = frozenset(("dan", "atau", "and", "or", "n", "sama", "/", ",", "&", "+"))
_NAMES = {"C": "COUNTRY", "W": "WORK"}
BIAS = {"C": ":countries", "W": ":work"}
_OFFERED = frozenset(("destination", ""))


@dataclass(frozen=True, slots=True)
class Name:
    """A claim of a job or a country, its place among the words of its text, where it is one word, and its own words.

    `joined`: it is listed with the name before it ("Taiwan dan Fiji", "cook/waiter").
    """

    claim: Claim
    place: int
    written: str
    joined: bool = False

    @property
    def letter(self) -> str:
        return LETTER[self.claim.kind]


def settled(folded: folding.Folded, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one source of an offer, in their order: countries it does not offer with the role "mentioned", such work with
    `detail["said"]` "aside".

    A code is offered where one of its names is. Where no country seems offered all of them are, as in a post that puts its whole offer into
    hashtags. An offer may name no work that the reader knows.
    """
    asked = names(claims)
    kinds = decided(asked)
    best: dict[tuple[str, str], float] = {}
    for name, odds in log_odds(folded, asked, kinds) if kinds else ():
        key = name.claim.kind, name.claim.value
        best[key] = max(odds, best.get(key, odds))
    aside = {key for key, odds in best.items() if odds < 0}
    if all(key in aside for key in best if key[0] == ClaimKind.COUNTRY):
        aside = {key for key in aside if key[0] != ClaimKind.COUNTRY}
    return [_aside(claim) if (claim.kind, claim.value) in aside else claim for claim in claims] if aside else list(claims)


def names(claims: Iterable[Claim]) -> list[Claim]:
    """Those of jobs, and of countries that nothing said before speaks against."""
    return [claim for claim in claims if claim.kind == ClaimKind.POSITION or (claim.kind == ClaimKind.COUNTRY and claim.role in _OFFERED)]


def decided(claims: Iterable[Claim]) -> list[str]:
    """The kinds that are asked for: work wherever it is named, countries where there are two and more."""
    several = len({claim.value for claim in claims if claim.kind == ClaimKind.COUNTRY}) > 1
    return [kind for kind in LETTER if (several if kind == ClaimKind.COUNTRY else any(claim.kind == kind for claim in claims))]


def _aside(claim: Claim) -> Claim:
    if claim.kind == ClaimKind.POSITION:
        return replace(claim, detail={**claim.detail, "said": "aside"})
    return replace(claim, role="mentioned") if claim.role in _OFFERED else claim


def log_odds(folded: folding.Folded, claims: Sequence[Claim], kinds: Collection[str]) -> Iterator[tuple[Name, float]]:
    """For each claim of these kinds, that its name is offered; names of one list are offered together. `claims`: all names of the text."""
    weights = _weights()
    listed: list[tuple[Name, float]] = []
    for name, made in tokens(folded, claims, kinds):
        letter = name.letter
        known = (weights.get(letter + token) for token in made)
        odds = (weights[BIAS[letter]] + sum(filter(None, known))) / SCALE
        if not name.joined:
            yield from _together(listed)
            listed = []
        listed.append((name, odds))
    yield from _together(listed)


def _together(listed: Sequence[tuple[Name, float]]) -> Iterator[tuple[Name, float]]:
    mean = sum(odds for _, odds in listed) / max(1, len(listed))
    return ((name, mean) for name, _ in listed)


def tokens(folded: folding.Folded, claims: Sequence[Claim], kinds: Collection[str]) -> Iterator[tuple[Name, set[str]]]:
    """For each claim of these kinds its tokens, without their letter. `claims`: all names of the text."""
    words, names = _read(folded, claims)
    ends = [place for place, word in enumerate(words) if word in _ENDS]
    lines = [-1, *(place for place in ends if words[place] == _LINE)]
    by_kind = {letter: [name for name in names if name.letter == letter] for letter in _NAMES}
    for letter, mine in by_kind.items():
        others = [name.place for name in by_kind["C" if letter == "W" else "W"]]
        times = Counter(name.claim.value for name in mine)
        for place, name in enumerate(mine):
            if name.claim.kind in kinds:
                made = set(_around(words, ends, name))
                made.update(_in_line(words, lines, name))
                made.update(_among(mine, times, place))
                made.update((f"= {name.written}", f"={name.claim.value}"))
                if _in_sentence(others, ends, name):
                    made.add("with the other kind")
                yield name, made


def _read(folded: folding.Folded, claims: Sequence[Claim]) -> tuple[list[str], list[Name]]:
    """The words and signs of a text, each known name as one word, its kind, and the names in their order."""
    found = list(_TOKENS.finditer(folded.plain))
    begins = [match.start() for match in found]
    words: list[str] = []
    names: list[Name] = []
    done = 0  # of `found`
    for claim in sorted(claims, key=lambda claim: claim.span):
        first, last = _in_plain(folded, claim.span[0]), _in_plain(folded, claim.span[1])
        start = max(0, bisect.bisect_right(begins, first) - 1)
        end = max(start + 1, bisect.bisect_left(begins, last))
        written = " ".join(_word(match.group()) for match in found[start:end])
        same = bool(names) and names[-1].claim.kind == claim.kind
        joined = same and start < done
        if start >= done:  # else it begins within the name before
            between = [_word(match.group()) for match in found[done:start]]
            joined = same and len(between) == 1 and between[0] in _JOINTS
            words.extend(between)
            words.append(_NAMES[LETTER[claim.kind]])
        done = max(done, end)
        names.append(Name(claim, len(words) - 1, written, joined))
    words.extend(_word(match.group()) for match in found[done:])
    return words, names


def _in_plain(folded: folding.Folded, place: int) -> int:
    return place if folded.starts is None else bisect.bisect_left(folded.starts, place)


def _word(written: str) -> str:
    if written.isdigit():
        return "0" if len(written) < _FAR else "0000"
    return _LINE if written == "\n" else learned.gloss(written)


def _around(words: Sequence[str], ends: Sequence[int], name: Name) -> Iterator[str]:
    """Of the words near a name. `ends`: of sentences and lines."""
    number = bisect.bisect_left(ends, name.place)
    first = ends[number - 1] + 1 if number else 0
    last = ends[number] if number < len(ends) else len(words)
    before = words[max(first, name.place - _REACH) : name.place][::-1]
    after = words[name.place + 1 : min(last, name.place + 1 + _REACH)]
    for sign, side, edge in (("<", before, "^"), (">", after, "$")):
        near = [*side[:_NEAR], edge, edge]
        yield from (f"{sign}{place + 1} {near[place]}" for place in range(_NEAR))
        yield from (f"{sign} {word}" for word in side)
        yield from (f"{sign} {word} {next_one}" for word, next_one in pairwise(side))
    follows = words[last + 1 : last + 1 + _NEXT]
    yield f"/{words[last] if last < len(words) else '$'} {follows[0] if follows else '$'}"
    yield from (f"/ {word}" for word in follows)
    yield f"sentence {min(number, _FAR)}"


def _in_line(words: Sequence[str], lines: Sequence[int], name: Name) -> Iterator[str]:
    """Of a name's place in its line. `lines`: the ends of those before, the first at -1."""
    line = lines[bisect.bisect_left(lines, name.place) - 1] + 1
    yield f"| {words[line]}"
    yield f"|{min(name.place - line, _FAR)}"


def _in_sentence(places: Sequence[int], ends: Sequence[int], name: Name) -> bool:
    """Whether one of the places, in order, is in the sentence of a name."""
    number = bisect.bisect_left(ends, name.place)
    first = ends[number - 1] + 1 if number else 0
    at = bisect.bisect_left(places, first)
    return at < len(places) and bisect.bisect_left(ends, places[at]) == number


def _among(mine: Sequence[Name], times: Mapping[str, int], place: int) -> Iterator[str]:
    """Of a name's place among those of its kind."""
    claim = mine[place].claim
    yield f"#{min(place, _MOST)}"
    yield f"times {min(times[claim.value], _MOST)}"
    yield f"codes {min(len(times), _MOST)}"
    if claim.value == mine[0].claim.value:
        yield "first"
    if claim.kind == ClaimKind.COUNTRY and claim.confidence <= 0.5:
        yield "unsure"  # in a hashtag, or an owner's land
    if "flag" in claim.detail:
        yield "flag"


@functools.cache
def _weights() -> Mapping[str, int]:
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in written.splitlines()[2:])
    return {token: int(number) for token, number in rows}

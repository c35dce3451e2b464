"""Which of the jobs and countries that an offer names it offers, by the words around each.

"Operator Taiwan. Kerjanya packing, angkat karton. Eks hotel Dubai welcome. #caregiver" offers one job in one country. A linear model,
fitted by `bench.learn_offered` on posts in which somebody marked what is offered, gives each name log odds; its weights lie in
lexicon/offered.weights, sorted, to be reviewed like any other file of the lexicon (docs/adr/0082).

Tokens of a name, in the file behind C for a country, W for work; words by their gloss, other names as COUNTRY and WORK:

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
from itertools import repeat

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding, learned

type Token = tuple[str, ...]

FILE = "offered.weights"
SCALE = 100  # weights are written in hundredths of a logit

_TOKENS = lazy.regex(r"[a-z0-9]+|\n|[^\w\s]")
_LINE = "¶"
_ENDS = frozenset((".", "!", "?", ";", _LINE))
_NEAR, _REACH, _NEXT, _FAR = 2, 12, 3, 4
_MOST = 3  # times, kinds and places are counted so far
_SHARE, _LENIENT = 0.2, 0.5  # chosen on hands each read by weights without it (docs/adr/0082)
LETTER: Mapping[str, str] = {ClaimKind.COUNTRY: "C", ClaimKind.POSITION: "W"}
_JOINTS = frozenset(("dan", "atau", "and", "or", "n", "sama", "/", ",", "&", "+"))
_NAMES = {"C": "COUNTRY", "W": "WORK"}
BIAS = {"C": ":countries", "W": ":work"}
_OF_BIAS = {token: letter for letter, token in BIAS.items()}
BIAS_TOKEN: Token = ()
_WITH_OTHERS: Token = ("with", "the", "other", "kind")
_OFFERED = frozenset(("destination", ""))


@dataclass(frozen=True, slots=True)
class Name:
    """A claim of a job or a country, its place among the words of its text, where it is one word, and its own words.

    `joined`: it is listed with the name before it ("Taiwan dan Fiji", "cook/waiter").
    """

    claim: Claim
    place: int
    written: tuple[str, ...]
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
    aside = {key for key, odds in best.items() if odds < line(key, best)}
    if all(key in aside for key in best if key[0] == ClaimKind.COUNTRY):
        aside = {key for key in aside if key[0] != ClaimKind.COUNTRY}
    return [_aside(claim) if (claim.kind, claim.value) in aside else claim for claim in claims] if aside else list(claims)


def line(key: tuple[str, str], best: Mapping[tuple[str, str], float]) -> float:
    """The log odds from which a code is offered. `best`: those of all codes of the text, by kind and code.

    An offer offers something: where no other code of its kind is sure, less will do.
    """
    others = [odds for other, odds in best.items() if other[0] == key[0] and other != key]
    return _SHARE * max(others) - _LENIENT if others else 0.0


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
        mine = weights[name.letter]
        odds = (mine[BIAS_TOKEN] + sum(filter(None, map(mine.get, made)))) / SCALE
        if not name.joined:
            yield from _together(listed)
            listed = []
        listed.append((name, odds))
    yield from _together(listed)


def _together(listed: Sequence[tuple[Name, float]]) -> Iterator[tuple[Name, float]]:
    mean = sum(odds for _, odds in listed) / max(1, len(listed))
    return ((name, mean) for name, _ in listed)


def tokens(folded: folding.Folded, claims: Sequence[Claim], kinds: Collection[str]) -> Iterator[tuple[Name, set[Token]]]:
    """For each claim of these kinds its tokens, each as its words. `claims`: all names of the text."""
    words, names = _read(folded, claims)
    ends = [place for place, word in enumerate(words) if word in _ENDS]
    lines = [-1, *(place for place in ends if words[place] == _LINE)]
    by_kind = {letter: [name for name in names if name.letter == letter] for letter in _NAMES}
    for letter, mine in by_kind.items():
        others = [name.place for name in by_kind["C" if letter == "W" else "W"]]
        times = Counter(name.claim.value for name in mine)
        for place, name in enumerate(mine):
            if name.claim.kind in kinds:
                made = _around(words, ends, name)
                made.update(_in_line(words, lines, name))
                made.update(_among(mine, times, place))
                made.update((("=", *name.written), (f"={name.claim.value}",)))
                if _in_sentence(others, ends, name):
                    made.add(_WITH_OTHERS)
                yield name, made


def _read(folded: folding.Folded, claims: Sequence[Claim]) -> tuple[list[str], list[Name]]:
    """The words and signs of a text, each known name as one word, its kind, and the names in their order."""
    found = list(_TOKENS.finditer(folded.plain))
    begins = [match.start() for match in found]
    read = [match.group() for match in found]
    read = [word if word.isalpha() else _sign(word) for word in map(learned.glosses().get, read, read)]
    words: list[str] = []
    names: list[Name] = []
    done = 0  # of `read`
    for claim in sorted(claims, key=lambda claim: claim.span):
        first, last = _in_plain(folded, claim.span[0]), _in_plain(folded, claim.span[1])
        start = max(0, bisect.bisect_right(begins, first) - 1)
        end = max(start + 1, bisect.bisect_left(begins, last))
        same = bool(names) and names[-1].claim.kind == claim.kind
        joined = same and start < done
        if start >= done:  # else it begins within the name before
            joined = same and start == done + 1 and read[done] in _JOINTS
            words += read[done:start]
            words.append(_NAMES[LETTER[claim.kind]])
        done = max(done, end)
        names.append(Name(claim, len(words) - 1, tuple(read[start:end]), joined))
    words += read[done:]
    return words, names


def _sign(word: str) -> str:
    if word.isdigit():
        return "0" if len(word) < _FAR else "0000"
    return _LINE if word == "\n" else word


def _in_plain(folded: folding.Folded, place: int) -> int:
    return place if folded.starts is None else bisect.bisect_left(folded.starts, place)


def _around(words: Sequence[str], ends: Sequence[int], name: Name) -> set[Token]:
    """Of the words near a name. `ends`: of sentences and lines."""
    number = bisect.bisect_left(ends, name.place)
    first = ends[number - 1] + 1 if number else 0
    last = ends[number] if number < len(ends) else len(words)
    before = words[max(first, name.place - _REACH) : name.place][::-1]
    after = words[name.place + 1 : min(last, name.place + 1 + _REACH)]
    follows = words[last + 1 : last + 1 + _NEXT]
    closes = words[last] if last < len(words) else "$"
    made: set[Token] = {("sentence", str(min(number, _FAR))), (f"/{closes}", follows[0] if follows else "$")}
    made.update(zip(repeat("/"), follows, strict=False))
    for sign, side, edge in (("<", before, "^"), (">", after, "$")):
        near = (*side[:_NEAR], edge, edge)
        made.update(((f"{sign}1", near[0]), (f"{sign}2", near[1])))
        made.update(zip(repeat(sign), side, strict=False))
        made.update(zip(repeat(sign), side, side[1:], strict=False))
    return made


def _in_line(words: Sequence[str], lines: Sequence[int], name: Name) -> Iterator[Token]:
    """Of a name's place in its line. `lines`: the ends of those before, the first at -1."""
    line = lines[bisect.bisect_left(lines, name.place) - 1] + 1
    yield "|", words[line]
    yield (f"|{min(name.place - line, _FAR)}",)


def _in_sentence(places: Sequence[int], ends: Sequence[int], name: Name) -> bool:
    """Whether one of the places, in order, is in the sentence of a name."""
    number = bisect.bisect_left(ends, name.place)
    first = ends[number - 1] + 1 if number else 0
    at = bisect.bisect_left(places, first)
    return at < len(places) and bisect.bisect_left(ends, places[at]) == number


def _among(mine: Sequence[Name], times: Mapping[str, int], place: int) -> Iterator[Token]:
    """Of a name's place among those of its kind."""
    claim = mine[place].claim
    yield (f"#{min(place, _MOST)}",)
    yield "times", str(min(times[claim.value], _MOST))
    yield "codes", str(min(len(times), _MOST))
    if claim.value == mine[0].claim.value:
        yield ("first",)
    if claim.kind == ClaimKind.COUNTRY and claim.confidence <= 0.5:
        yield ("unsure",)  # in a hashtag, or an owner's land
    if "flag" in claim.detail:
        yield ("flag",)


@functools.cache
def _weights() -> Mapping[str, Mapping[Token, int]]:
    """By kind's letter; the bias stands under no words."""
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    found: dict[str, dict[Token, int]] = {letter: {} for letter in _NAMES}
    for line in written.splitlines()[2:]:
        token, number = line.split("\t")
        if token in _OF_BIAS:
            found[_OF_BIAS[token]][BIAS_TOKEN] = int(number)
        else:
            found[token[0]][tuple(token[1:].split(" "))] = int(number)
    return found

"""What a linear model fitted on invented posts says of the kind of a text and of its threats: weights of words, pairs, groups and signs.

The hand-made signs (`kinds.by_signs`) know the usual words; people write others. `bench.learn_kinds` fits one number for each
token and kind and writes them to lexicon/kinds.weights, which is read here: text, sorted, to be reviewed like any other
file of the lexicon. Why linear and why beside the signs: docs/adr/0015.

Tokens of a text, each counted once:

- `loker`, `di COUNTRY`: a word, two words in a row, by their gloss (lexicon/glosses.toml), so that what one tongue taught is
  known in the others; digits as 0, known countries, places and positions by their table
- `hoyong`: a word that has a gloss, as written: the tongue, too, says who speaks
- `berang~`: how a longer word begins, so that its endings share what is known
- `>dont 3`: at least so many different words of a group of lexicon/speech.toml
- `>start dont 1`, `>end dont 1`: the same in the first and the last words; a testimony may end in recruiting
- `:contact`: a sign of the whole text, `:said news` what the hand-made signs decided
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from patrol.domain import Kind, PhraseGroup, Route, TextKind
from patrol.engine.reading import folding, packing, phrases
from patrol.engine.reading.signs import Said, Signs

FILE = "kinds.weights"
# Log odds beside the kinds, each fitted on the texts it is asked of: of texts that offer no work abroad, that they are deceit a person
# must look at; of what must be looked at, that somebody poses as another, and that data are taken.
THREATS = ("deceit", Kind.IMPERSONATION.value, Kind.PHISHING.value)
COLUMNS = (*(kind.value for kind in TextKind), "exempt", *THREATS)  # "exempt": an offer's route
SCALE = 100  # weights are written in hundredths of a logit
READ = 4_000  # code points: a text says early what it is, and a longer one must not cost more

_BETWEEN_WORDS = frozenset("_.,()/'-;")  # no tokens; any other sign is one, and so is a row of letters and digits
_BEGINS = 5
_STEPS = (1, 2, 3, 5, 8, 12)
_SURE = 150  # tokens; half of the posts to learn from have fewer
_EDGE = 12  # words
_EDGE_STEPS = (1, 2, 3)
_START, _END = "start", "end"
_HITS = (1, 2, 4)
_AHEAD = (0.5, 2, 4)
_POINTS = (1, 2, 3, 4.5, 6, 8)
_LENGTHS = (8, 16, 30, 50, 80)  # words
_MASKS = {"country": " COUNTRY ", "country_caps": " COUNTRY ", "place": " PLACE ", "position": " POSITION "}


class Weighed(NamedTuple):
    """Logits by kind, of the exempt route among offers, by THREATS. `voted`: log odds of an offer abroad by others than these weights."""

    kinds: Mapping[TextKind, float]
    exempt: float
    voted: float = 0.0
    threats: Mapping[str, float] = MappingProxyType(dict.fromkeys(THREATS, -math.inf))

    def likeliest(self, beside: TextKind) -> tuple[TextKind, float]:
        """The likeliest of the other kinds, and the probability of `beside` (0..1) against them all."""
        others = [kind for kind in self.kinds if kind != beside]
        mine = self.kinds[beside]
        odds = sum(math.exp(self.kinds[k] - mine) for k in others)
        return max(others, key=lambda kind: self.kinds[kind]), 1 / (1 + odds * math.exp(-self.voted))

    def odds(self, kind: TextKind) -> float:
        """The log odds of a kind against all others."""
        return self.voted - math.log(math.fsum(math.exp(logit - self.kinds[kind]) for other, logit in self.kinds.items() if other != kind))

    def without_home(self) -> Weighed:
        """The same where a job on offer cannot be one at home: what spoke for that speaks for one abroad."""
        kinds = dict(self.kinds)
        home, abroad = kinds.pop(TextKind.OFFER_HOME), kinds[TextKind.OFFER_ABROAD]
        kinds[TextKind.OFFER_ABROAD] = max(home, abroad) + math.log1p(math.exp(-abs(home - abroad)))
        return self._replace(kinds=kinds)

    def without(self, spoken_of: Collection[TextKind]) -> Weighed:
        """The same among the other kinds alone."""
        return self._replace(kinds={kind: logit for kind, logit in self.kinds.items() if kind not in spoken_of})


def tokens(found: Signs, said: Said) -> set[str]:
    """All tokens of a text."""
    made, pieces = _parts(found, said, words_of(found))
    return made.union(*[piece.tokens for piece in pieces])


def words_of(found: Signs, start: int = 0, end: int = READ) -> list[str]:
    """Words and signs of a text, or from one place of it to another, in order; known countries, places and positions by their table."""
    return _words(_masked(found.folded.words, found.hits, start, min(end, READ)))


def weighed(found: Signs, said: Said, words: Sequence[str] | None = None) -> Weighed:
    """What `weigh` says of the `tokens`, without writing down those that stand in pieces. `words`: `words_of`, where they are known."""
    made, pieces = _parts(found, said, words_of(found) if words is None else words)
    total = sum([piece.total for piece in pieces], _sum(made))
    return _weighed(total, len(made) + sum([len(piece.tokens) for piece in pieces]))


class _Piece(NamedTuple):
    """Tokens that come together, and the sum of their weights. No token stands in two pieces of a text, nor among its words."""

    tokens: tuple[str, ...]
    total: int


def _piece(tokens: Iterable[str]) -> _Piece:
    made = tuple(dict.fromkeys(tokens))
    return _Piece(made, _sum(made))


def _parts(found: Signs, said: Said, words: Sequence[str]) -> tuple[set[str], list[_Piece]]:
    """The tokens of the words and pairs of a text, and the pieces of everything else."""
    known = list(map(glossed, words))
    plain, alone, grouped = zip(*known, strict=True) if known else ((), (), ())
    made = {f"{before} {after}" for before, after in itertools.pairwise(("^", *plain, "$"))}
    groups, pairs = _groups()
    counted: dict[str, int] = {}
    for pair in made & pairs:
        for group in groups[pair]:
            counted[group] = counted.get(group, 0) + 1
    made.update(*alone)
    made.update([f"^{word}" for word in plain[:4]])
    pieces = _signs(found, len(words))
    spoken = [place for place, own in enumerate(grouped) if own]
    if spoken:
        for place in {words[place]: place for place in spoken}.values():
            for group in grouped[place]:
                counted[group] = counted.get(group, 0) + 1
        last = len(words) - _EDGE
        pieces += _at_edge(_START, [grouped[place] for place in spoken if place < _EDGE])
        pieces += _at_edge(_END, [grouped[place] for place in spoken if place >= last])
    pieces += [_grouped(group, min(number, _STEPS[-1])) for group, number in counted.items()]
    points = said.points
    pieces += [_pointed(kind, int(min(many, _POINTS[-1]) * 2)) for kind, many in points.items() if many >= 1]
    *_, second, first = sorted(points.values())
    ahead = sum([first - second >= step for step in _AHEAD])
    pieces.append(_said(max(points, key=points.__getitem__), ahead, said.kind, said.route))
    return made, pieces


def _at_edge(edge: str, grouped: Iterable[tuple[str, ...]]) -> list[_Piece]:
    """Of the groups that words of one end of the text stand in."""
    counted: dict[str, int] = {}
    for group in itertools.chain.from_iterable(grouped):
        counted[group] = counted.get(group, 0) + 1
    return [_edged(edge, group, min(number, _EDGE_STEPS[-1])) for group, number in counted.items()]


class Glossed(NamedTuple):
    """A word: what it is read as, the tokens it gives alone, its groups."""

    plain: str
    tokens: tuple[str, ...]
    groups: tuple[str, ...]


@functools.lru_cache(maxsize=1 << 15)  # most words of a stream come again; a hostile one must not fill the memory
def glossed(word: str) -> Glossed:
    plain = glosses().get(word, word)
    begins = (f"{word[:_BEGINS]}~",) if len(word) > _BEGINS and word.islower() else ()
    return Glossed(plain, (word, plain, *begins), _groups()[0].get(word, ()))


# Few numbers are possible, so the piece of each is made once.


@functools.cache
def _grouped(group: str, number: int) -> _Piece:
    return _piece(f">{group} {step}" for step in _STEPS if number >= step)


@functools.cache
def _edged(edge: str, group: str, number: int) -> _Piece:
    return _piece(f">{edge} {group} {step}" for step in _EDGE_STEPS if number >= step)


@functools.cache
def _pointed(kind: TextKind, halves: int) -> _Piece:
    return _piece(f":points {kind} {step}" for step in _POINTS if halves >= step * 2)


@functools.cache
def _said(strongest: TextKind, ahead: int, kind: TextKind, route: Route) -> _Piece:
    return _piece((*(f":most {strongest} {step}" for step in _AHEAD[:ahead]), f":said {kind}", f":said {route}"))


@functools.cache
def _named(name: str) -> _Piece:
    return _piece((name,))


@functools.cache
def _hit(name: str, number: int) -> _Piece:
    return _piece(f"{name} {step}" for step in _HITS if number >= step)


def sureness(length: int) -> float:
    """What the logits of so many tokens are multiplied by (0..1): the tokens of a long text repeat each other, and their sum
    would be surer than the text is. Never changes which kind is the likeliest."""
    return min(1.0, _SURE / max(1, length))


def weigh(tokens: Collection[str]) -> Weighed:
    """Sums of the weights of the tokens known."""
    return _weighed(_sum(tokens), len(tokens))


def _sum(tokens: Iterable[str]) -> int:
    return sum(filter(None, map(_weights().get, tokens)))  # most tokens of a text have no weight


def _weighed(total: int, length: int) -> Weighed:
    """`total`: of the weights of `length` tokens, the bias left out."""
    logits = [number / SCALE for number in _PACKING.unpack(total + _weights()[_BIAS])]
    sure = sureness(length)
    kinds = {kind: sure * logit for kind, logit in zip(TextKind, logits, strict=False)}
    beside = dict(zip(COLUMNS, logits, strict=True))
    return Weighed(kinds, beside["exempt"], threats={threat: beside[threat] for threat in THREATS})


def explain(tokens: Iterable[str], kind: str, most: int = 8) -> list[tuple[str, float]]:
    """The tokens that speak most for a column of COLUMNS, a kind against the mean of the other kinds, strongest first."""
    place = COLUMNS.index(kind)
    others = len(TextKind)
    found = []
    for token in tokens:
        packed = _weights().get(token)
        if packed is not None:
            numbers = _PACKING.unpack(packed)
            mean = (sum(numbers[:others]) - numbers[place]) / (others - 1) if place < others else 0
            found.append((token, (numbers[place] - mean) / SCALE))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def speaks(column: str, first: str, second: str = "") -> float:
    """How much a word, or the row of two words beside what each says alone, speaks for a column, a kind against the mean of all kinds."""
    known = glossed(first)
    tokens = (f"{known.plain} {glossed(second).plain}",) if second else known.tokens
    if second and tokens[0] not in _weights():
        return 0.0  # as most rows of two
    place, others = COLUMNS.index(column), len(TextKind)
    numbers = [_PACKING.unpack(packed) for token in dict.fromkeys(tokens) if (packed := _weights().get(token)) is not None]
    return sum((one[place] - (sum(one[:others]) / others if place < others else 0)) for one in numbers) / SCALE


def _masked(words: str, hits: phrases.Hits, first: int, last: int) -> str:
    """The text between two places with what the tables know replaced by the table's name; a position keeps its words beside it."""
    last = min(last, len(words))
    spans = sorted((hit.start, hit.end, table) for table in _MASKS for hit in hits.get(table, ()))
    pieces: list[str] = []
    done = first
    for start, end, table in spans:
        if start < done or end > last:
            continue
        pieces += (words[done:start], _MASKS[table])
        done = start if table == "position" else end
    pieces.append(words[done:last])
    return "".join(pieces)


class _Parts(dict[int, str | int]):
    """Code point -> how it stands among words: a sign between gaps, digits as 0; filled on demand."""

    def __missing__(self, point: int) -> str | int:
        sign = chr(point)
        part: str | int = point if sign.isalnum() or sign.isspace() else f" {sign} "
        if sign in _BETWEEN_WORDS:
            part = " "
        elif "1" <= sign <= "9":
            part = "0"
        self[point] = part
        return part


_PARTS = _Parts()


def _words(text: str) -> list[str]:
    """Words and signs in order."""
    return text.translate(_PARTS).split()


def _signs(found: Signs, length: int) -> list[_Piece]:
    abroad = found.countries > 0
    groups, cues = found.groups, found.cues
    away = abroad + found.foreign_pay + ("abroad" in cues) + ("passport" in cues) + found.works_there
    home = (found.home_places > 0) + ("at_home" in cues) + ("office_job" in cues)
    made = [_named(f":lead {name}") for name in found.lead]
    made += [_named(f":has {name}") for name in found.claimed]
    most = _HITS[-1]
    made += [_hit(f":{name}", min(number, most)) for name, number in groups.items() if name != PhraseGroup.RECRUITS]
    made += [_hit(f":cue {name}", min(number, most)) for name, number in cues.items()]
    made.append(
        _whole(
            min(groups.get(PhraseGroup.RECRUITS, 0), most),
            tuple([of(found) for of in _HOLDS_OF]),
            tuple([min(of(found), 2) for of in _COUNTED_OF]),
            bisect.bisect_right(_LENGTHS, length),
            min(found.terms, 3),
            min(found.folded.plain.count("\n"), 4),
            min(away, 3),
            min(home, 2),
        )
    )
    return made


_HOLDS = (
    "foreign_pay",
    "contact",
    "reached",
    "places_left",
    "goes",
    "works_there",
    "licence",
    "official_host",
    "first_person",
    "question",
    "dateline",
)
_COUNTED = ("recruits", "positions", "pay", "fee", "countries", "home_places", "placers")
_HOLDS_OF = tuple(map(operator.attrgetter, _HOLDS))
_COUNTED_OF = tuple(map(operator.attrgetter, _COUNTED))


@functools.lru_cache(maxsize=1 << 13)
def _whole(
    said: int, holds: tuple[bool, ...], counted: tuple[int, ...], length: int, terms: int, lines: int, away: int, home: int
) -> _Piece:
    """What holds of the whole text. `said`: how often it recruits, outside questions and wishes; it shares tokens with `counted`."""
    is_so = dict(zip(_HOLDS, holds, strict=True))
    many = dict(zip(_COUNTED, counted, strict=True))
    abroad, contact = many["countries"] > 0, is_so["contact"]
    return _piece(
        (
            *_hit(":recruits", said).tokens,
            *(f":{name}" for name, held in is_so.items() if held),
            *(f":{name} {number}" for name, number in many.items()),
            f":words {length}",
            f":terms {terms}",
            f":lines {lines}",
            f":away {away} home {home}",
            f":abroad {abroad:d} contact {contact:d}",
            f":abroad {abroad:d} reached {is_so['reached']:d} left {is_so['places_left']:d}",
            f":abroad {abroad:d} positions {many['positions'] > 0:d} pay {many['pay'] > 0:d}",
            f":abroad {abroad:d} recruits {many['recruits'] > 0:d}",
            f":question {is_so['question']:d} contact {contact:d} me {is_so['first_person']:d}",
        )
    )


# --- the files ------------------------------------------------------------------------------------

_BIAS = ":bias"
_PACKING = packing.Packing(len(COLUMNS))


@functools.cache
def _weights() -> Mapping[str, int]:
    """Token -> packed weights. Raises ValueError where the file's columns are others than ours."""
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    lines = written.splitlines()[2:]  # a token may begin with the sign of a comment, too
    if tuple(lines[0].split("\t")) != ("token", *COLUMNS):
        raise ValueError(f"{FILE}: columns {lines[0]!r}")
    found = {}
    for line in lines[1:]:
        token, *numbers = line.split("\t")
        found[token] = _PACKING.pack(map(int, numbers))
    return found


@functools.cache
def _groups() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """Word as written, or pair by its glosses -> the groups of lexicon/speech.toml it stands in; and the pairs among them."""
    found: dict[str, list[str]] = {}
    for name, group in phrases.load("speech.toml").items():
        for entry in group["words"].split():
            words = _words(folding.fold(entry.replace("+", " ")).words)
            token = words[0] if len(words) == 1 else " ".join(map(glosses().get, words, words))
            if name not in found.setdefault(token, []):
                found[token].append(name)
    return {token: tuple(groups) for token, groups in found.items()}, frozenset(token for token in found if " " in token)


@functools.cache
def glosses() -> Mapping[str, str]:
    """Word -> the plain word it is read as. Raises ValueError where a word has two."""
    found: dict[str, str] = {}
    for part in phrases.load("glosses.toml").values():
        for plain, written in part.items():
            for word in written.split():
                if found.setdefault(word, plain) != plain:
                    raise ValueError(f"glosses.toml: {word!r} is {found[word]!r} and {plain!r}")
    return found

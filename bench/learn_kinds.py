"""Fits what `patrol.engine.reading.learned` weighs: kinds of text, the exempt route among offers, and threats.

    python -m bench.learn_kinds [--rounds 5] [--dry]

Reads bench/corpus/*.jsonl and the labelled sets of tests/evaluation, prints what a model reaches on posts it was not fitted
on (cross-validated with near-duplicates kept together, and each set and each hand of the open mirror by a model that saw none of
it), and writes patrol/engine/reading/lexicon/kinds.weights, offers.weights for `patrol.engine.reading.voters` and offers.neighbours
for `patrol.engine.reading.neighbours`.
The same files give the same weights: no chance but a fixed shuffle, no date.

Softmax regression with an L2 penalty, by L-BFGS in numpy and scipy's sparse matrices: three thousand posts need no larger tool.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from patrol import domain
from patrol.domain import Route, TextKind
from patrol.engine import reading
from patrol.engine.reading import kinds, learned, neighbours, voters
from patrol.engine.reading.signs import Said, Signs

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
SETS = HERE.parent / "tests" / "evaluation"
# Hands of the mirror that were read, but for the third writing: fitted on it too, the weights were no better on hands they had not seen.
OPEN = ("admin", "calo", "desa", "lpk", "muda", "nelayan", "ntb", "pesantren", "toko")
FITTED = ("a", "b", "c", "d", "e", "f", "i", *(f"mirror/{hand}" for hand in OPEN))
WEIGHTS = HERE.parent / "patrol" / "engine" / "reading" / "lexicon" / learned.FILE
VOTES = WEIGHTS.with_name(voters.FILE)
NEIGHBOURS = WEIGHTS.with_name(neighbours.FILE)
KINDS = tuple(TextKind)
OFFER = KINDS.index(TextKind.OFFER_ABROAD)

# A post of the labelled sets counts as so many of the corpus, which is ten times as many and written to be hard: else what is plain
# in the sets is read by the corpus' exceptions.
OF_SETS = 3.0
PENALTY = 1.0  # on groups and signs
PENALTY_WORDS = 0.5  # on words: each is rare, and has to say more where it stands
SEEN_IN = 2  # posts a token must stand in; a word of one post teaches that post
SMALLEST = 0.02  # logits; smaller weights are written as nothing. Many small ones add up: coarser, the file decides other than the fit

STRONGEST = 0.2  # logits; a token whose strongest weight is smaller is left out

PENALTY_RUNS, PENALTY_GRAMS = 0.5, 1.0  # of the voters
SEEN_RUNS, SEEN_GRAMS = 3, 4  # posts a word or pair, and a piece of a word, must stand in for the voters
SPREAD_RUNS, SPREAD_GRAMS = 8.0, 20.0  # what the voters' values are multiplied by: weights then are as large as those of tokens
SHARED = range(2, 61)  # posts a word or pair must stand in to make them neighbours: what more of them hold tells little, and takes longer
SMALLEST_VOTE = 8  # thousandths; a smaller weight is left out

type Matrix = Any  # rows by posts, columns by tokens, nearly all 0: scipy.sparse.csr_matrix
type Column = NDArray[np.float64]


class Labelled(NamedTuple):
    """A post as its set holds it. `of`: the set; `look`, `threats`: None where its label does not say."""

    id: str
    of: str
    text: str
    platform: str
    kind: str
    exempt: bool
    look: bool | None = None
    threats: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A labelled post as tokens. `kind`: its place in KINDS; `said`: what the hand-made signs make of it."""

    id: str
    of: str
    text: str
    kind: int
    exempt: bool
    signs: Signs
    said: Said
    tokens: frozenset[str]
    words: tuple[str, ...] = ()
    look: bool | None = None
    threats: tuple[str, ...] | None = None


def labelled() -> list[Labelled]:
    """Everything the weights are fitted on, in a fixed order."""
    found: list[Labelled] = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        found += [
            Labelled(line["id"], path.stem, line["text"], "", line["kind"], bool(line.get("exempt")), *_threats(line))
            for line in _lines(path)
        ]
    for path in (SETS / of / "labels.jsonl" for of in FITTED):
        labels = {label["id"]: label for label in _lines(path)}
        for line in _lines(path.with_name("posts.jsonl")):
            label = labels.get(line["id"], {})
            kind = label.get("text_kind") or _KINDS_OF_OFFERS.get(label.get("overseas_offer", ""))
            platform = line.get("platform", "")
            # What an officer retells would teach that reports are offers.
            if kind and platform != domain.Platform.NOTED:
                exempt = label.get("verdict") == "exempt"
                found.append(Labelled(line["id"], path.parent.name, line["text"], platform, kind, exempt, *_threats(label)))
    return found


def _threats(label: Mapping[str, Any]) -> tuple[bool | None, tuple[str, ...] | None]:
    kinds = label.get("kinds")
    return label.get("look"), None if kinds is None else tuple(kinds)


# Where a label leaves the kind open; which of the other kinds it is matters to nothing.
_KINDS_OF_OFFERS: dict[object, str] = {True: TextKind.OFFER_ABROAD.value, False: TextKind.OTHER.value}


def fingerprint(found: Sequence[Labelled]) -> str:
    """SHA-256 of the posts and of the labels used here; other labels of a set may change without a new fit."""
    return hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()


def read(found: Sequence[Labelled]) -> list[Post]:
    """The posts as tokens."""
    return [_post(one) for one in found]


def _post(one: Labelled) -> Post:
    signs = reading.signs_of(one.text, platform=one.platform)
    said = kinds.by_signs(signs)
    tokens = frozenset(learned.tokens(signs, said))
    words = tuple(learned.words_of(signs))
    kind = KINDS.index(TextKind(one.kind))
    return Post(one.id, one.of, one.text, kind, one.exempt, signs, said, tokens, words, one.look, one.threats)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def together(found: Sequence[Post]) -> list[int]:
    """A group for each post: those that share a third of their four-word runs must not be learnt and tested apart."""
    runs = [_runs(post.text) for post in found]
    first: dict[tuple[str, ...], int] = {}
    parents = list(range(len(found)))

    def root(of: int) -> int:
        while parents[of] != of:
            of = parents[of]
        return of

    for number, mine in enumerate(runs):
        met = Counter(first.setdefault(run, number) for run in mine)
        for other, shared in met.items():
            if other != number and shared * 3 >= min(len(mine), len(runs[other])):
                parents[root(number)] = root(other)
    return [root(number) for number in range(len(found))]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return {tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))}


# --- the model ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by token; columns are those of `learned.COLUMNS`. `runs`, `grams`: of the voters, "" is the bias. `near`: the posts."""

    tokens: dict[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    runs: dict[str, float]
    grams: dict[str, float]
    near: neighbours.Posts

    def logits(self, found: Sequence[Post]) -> NDArray[np.float64]:
        """By post; the last column is what the voters say."""
        given = _matrix(found, self.tokens) @ self.weights + self.bias
        return np.hstack([given, np.array([[self.vote(post)] for post in found])])

    def vote(self, post: Post) -> float:
        spoken = _vote(self.runs, Counter(voters.runs(post.words)))
        return voters.WORDS * spoken + voters.LETTERS * _vote(self.grams, _grams(post)) + neighbours.vote(self.near, post.words)


def _vote(weights: dict[str, float], given: Counter[str]) -> float:
    return weights[""] + sum(weights.get(token, 0) * many for token, many in given.items()) / float(np.sqrt(max(1, given.total())))


def _grams(post: Post) -> Counter[str]:
    return Counter(piece for word in set(post.words) for piece in voters.grams(word))


def voter(
    given: Sequence[Counter[str]], wanted: NDArray[np.int64], weighed: Column, *, seen: int, spread: float, penalty: float
) -> dict[str, float]:
    """Weights of a voter: a fit of offer against all else on counts divided by the square root of their sum."""
    stands = Counter(token for one in given for token in one)
    tokens = {token: place for place, token in enumerate(sorted(t for t, n in stands.items() if n >= seen))}
    sizes = [spread / float(np.sqrt(max(1, one.total()))) for one in given]
    scaled = ({token: many * size for token, many in one.items()} for one, size in zip(given, sizes, strict=True))
    matrix = by_rows(scaled, len(given), tokens)
    pair, bias = softmax(matrix, wanted, 2, np.full(len(tokens), penalty * 2), weighed)  # two columns share what one would hold
    apart = (pair[:, 1] - pair[:, 0]) * spread
    return {"": float(bias[1] - bias[0]), **dict(zip(tokens, apart.tolist(), strict=True))}


def near(found: Sequence[Post]) -> neighbours.Posts:
    """The posts as neighbours of a text to come; needs offers and others among them."""
    stands: dict[str, list[int]] = {}
    for place, post in enumerate(found):
        for token in voters.runs(post.words):
            stands.setdefault(token, []).append(place)
    places = {token: posts for token, posts in sorted(stands.items()) if len(posts) in SHARED}
    squares = [0] * len(found)
    for posts in places.values():
        for place in posts:
            squares[place] += neighbours.counted(len(found), len(posts))
    offers = [post.kind == OFFER for post in found]
    return neighbours.Posts(offers, [round(many**0.5) for many in squares], places, sum(offers) / len(offers))


def fit(found: Sequence[Post]) -> Model:
    """A model of these posts."""
    counted = Counter(token for post in found for token in post.tokens)
    tokens = {token: place for place, token in enumerate(sorted(t for t, n in counted.items() if n >= SEEN_IN))}
    given = _matrix(found, tokens)
    corpus = {path.stem for path in CORPUS.glob("*.jsonl")}
    weighed = np.array([1.0 if post.of in corpus else OF_SETS for post in found])
    held = np.array([PENALTY if token[0] in ":>" else PENALTY_WORDS for token in tokens])
    kinds_weights, kinds_bias = softmax(given, np.array([post.kind for post in found]), len(KINDS), held, weighed)
    beside = [_yes_or_no(given, held, asked, weighed) for asked in _asked(found)]
    weights = np.hstack([kinds_weights, *(column[:, None] for column, _ in beside)])
    is_offer = np.array([int(post.kind == OFFER) for post in found])
    runs = [Counter(voters.runs(post.words)) for post in found]
    return Model(
        tokens,
        weights,
        np.append(kinds_bias, [bias for _, bias in beside]),
        voter(runs, is_offer, weighed, seen=SEEN_RUNS, spread=SPREAD_RUNS, penalty=PENALTY_RUNS),
        voter(list(map(_grams, found)), is_offer, weighed, seen=SEEN_GRAMS, spread=SPREAD_GRAMS, penalty=PENALTY_GRAMS),
        near(found),
    )


def _asked(found: Sequence[Post]) -> list[dict[int, bool]]:
    """For each column behind the kinds: place of each post it is asked of, and the answer."""
    posts = list(enumerate(found))
    exempt = {place: post.exempt for place, post in posts if post.kind == OFFER}
    deceit = {place: post.look for place, post in posts if post.kind != OFFER and post.look is not None}
    told = {place: post.threats for place, post in posts if post.look and post.threats is not None}
    return [exempt, deceit, *({place: threat in threats for place, threats in told.items()} for threat in learned.THREATS[1:])]


def _yes_or_no(given: Matrix, held: Column, asked: Mapping[int, bool], weighed: Column) -> tuple[Column, float]:
    """Weights and bias of the log odds of yes; zeros where nobody, or everybody, says it."""
    if len(set(asked.values())) < 2:
        return np.zeros(given.shape[1]), 0.0
    pair, bias = softmax(given[list(asked)], np.array(list(map(int, asked.values()))), 2, held, weighed[list(asked)])
    return pair[:, 1] - pair[:, 0], float(bias[1] - bias[0])


def _matrix(found: Sequence[Post], tokens: dict[str, int]) -> Matrix:
    return by_rows((dict.fromkeys(post.tokens, 1.0) for post in found), len(found), tokens)


def by_rows(given: Iterable[Mapping[str, float]], length: int, tokens: Mapping[str, int]) -> Matrix:
    """A matrix of as many rows, each with the values of the tokens that have a place."""
    rows, columns, values = [], [], []
    for row, one in enumerate(given):
        for token in sorted(one.keys() & tokens.keys()):
            rows.append(row)
            columns.append(tokens[token])
            values.append(one[token])
    return sparse.csr_matrix((values, (rows, columns)), shape=(length, len(tokens)), dtype=float)


def softmax(given: Matrix, wanted: NDArray[np.int64], columns: int, penalty: Column, weighed: Column) -> tuple[Column, Column]:
    """Weights (token, column) and bias that minimise cross-entropy, each row counted `weighed` times, + half of penalty (by token) *
    weights^2.
    """
    rows, width = given.shape
    target = np.zeros((rows, columns))
    target[np.arange(rows), wanted] = 1
    held = np.append(penalty, 0.01)[:, None]  # the bias is held only so that the minimum is one point
    turned = given.T.tocsr()

    def loss(flat: Column) -> tuple[float, Column]:
        all_weights = flat.reshape(width + 1, columns)
        logits = given @ all_weights[:-1] + all_weights[-1]
        logits -= logits.max(axis=1, keepdims=True)
        raised = np.exp(logits)
        total = raised.sum(axis=1, keepdims=True)
        cost = float(weighed @ (np.log(total)[:, 0] - (logits * target).sum(axis=1)) + 0.5 * (held * all_weights**2).sum())
        off = (raised / total - target) * weighed[:, None]
        slope = np.vstack([turned @ off, off.sum(axis=0)]) + held * all_weights
        return cost, slope.ravel()

    found = minimise(loss, np.zeros((width + 1) * columns)).reshape(width + 1, columns)
    return found[:-1], found[-1]


def minimise(loss: Callable[[Column], tuple[float, Column]], start: Column, *, steps: int = 200) -> Column:
    """L-BFGS with eight remembered steps and a halving line search; for smooth convex losses."""
    point, (cost, slope) = start, loss(start)
    moves: list[tuple[Column, Column, float]] = []  # step, change of slope, their product
    for _ in range(steps):
        heading = -_curved(slope, moves)
        fall = float(heading @ slope)
        reach = 1.0 if moves else min(1.0, 1 / max(1e-12, float(np.abs(slope).sum())))
        while True:
            there = point + reach * heading
            new_cost, new_slope = loss(there)
            if new_cost <= cost + 1e-4 * reach * fall or reach < 1e-9:
                break
            reach /= 2
        step, change = there - point, new_slope - slope
        product = float(step @ change)
        if product > 1e-12:
            moves = [*moves[-7:], (step, change, product)]
        gained = cost - new_cost
        point, cost, slope = there, new_cost, new_slope
        if gained < 1e-5 * max(1.0, abs(cost)):
            break
    return point


def _curved(slope: Column, moves: Sequence[tuple[Column, Column, float]]) -> Column:
    """The slope divided by the curvature the moves have shown (two-loop recursion)."""
    found = slope.copy()
    kept = []
    for step, change, product in reversed(moves):
        share = float(step @ found) / product
        found -= share * change
        kept.append(share)
    if moves:
        _, change, product = moves[-1]
        found *= product / float(change @ change)
    for (step, change, product), share in zip(moves, reversed(kept), strict=True):
        found += (share - float(change @ found) / product) * step
    return found


# --- what it reaches ------------------------------------------------------------------------------


def decided(found: Sequence[Post], logits: NDArray[np.float64]) -> list[tuple[int, bool]]:
    """Kind and exempt of each post, as `kinds` would decide with these logits in place of the file's."""
    settled = [kinds.settle(post.signs, weighed) for post, weighed in zip(found, as_weighed(found, logits), strict=True)]
    return [(KINDS.index(kind), route == Route.EXEMPT) for kind, route in settled]


def as_weighed(found: Sequence[Post], logits: NDArray[np.float64]) -> list[learned.Weighed]:
    """What `learned`, the voters and the neighbours would say together, with these logits in place of the files'."""
    made = []
    for post, row in zip(found, logits, strict=True):
        sure = learned.sureness(len(post.tokens))
        by_kind = {kind: sure * float(x) for kind, x in zip(KINDS, row, strict=False)}
        exempt, *threats = map(float, row[len(KINDS) : -1])
        made.append(learned.Weighed(by_kind, exempt, float(row[-1]), dict(zip(learned.THREATS, threats, strict=True))))
    return made


def cross_validated(found: Sequence[Post], rounds: int) -> NDArray[np.float64]:
    """Logits of every post by a model that was fitted without its group."""
    groups = together(found)
    part = {group: int(hashlib.sha256(found[group].id.encode()).hexdigest(), 16) % rounds for group in set(groups)}
    logits = np.zeros((len(found), len(learned.COLUMNS) + 1))
    for number in range(rounds):
        held = [place for place in range(len(found)) if part[groups[place]] == number]
        model = fit([post for place, post in enumerate(found) if part[groups[place]] != number])
        logits[held] = model.logits([found[place] for place in held])
    return logits


def report(title: str, found: Sequence[Post], made: Sequence[tuple[int, bool]]) -> None:
    right = sum(kind == post.kind for post, (kind, _) in zip(found, made, strict=True))
    offers = sum((kind == OFFER) == (post.kind == OFFER) for post, (kind, _) in zip(found, made, strict=True))
    route = [e == post.exempt for post, (k, e) in zip(found, made, strict=True) if post.kind == OFFER == k]
    print(
        f"{title:14}{len(found):6} posts  kind {right / len(found):.3f}  overseas_offer {offers / len(found):.3f}"
        f"  route of offers {sum(route) / max(1, len(route)):.3f}"
    )


def per_kind(found: Sequence[Post], made: Sequence[tuple[int, bool]]) -> None:
    confusion = Counter((post.kind, kind) for post, (kind, _) in zip(found, made, strict=True))
    print(f"\n{'':14}{'prec.':>7}{'recall':>7}   confusion: labelled (rows) as decided (columns)")
    print(" " * 31 + "".join(f"{kind.value[:8]:>9}" for kind in KINDS))
    for row, kind in enumerate(KINDS):
        hit = confusion[row, row]
        said, is_so = (sum(confusion[r, row] for r in range(len(KINDS))), sum(confusion[row, c] for c in range(len(KINDS))))
        line = "".join(f"{confusion[row, column]:9}" for column in range(len(KINDS)))
        print(f"{kind.value:14}{hit / max(1, said):7.3f}{hit / max(1, is_so):7.3f}   {line}")


def thresholds(found: Sequence[Post], logits: NDArray[np.float64]) -> None:
    """What `kinds.OFFER_LIKELY` costs and gives."""
    weighed = as_weighed(found, logits)
    likely = np.array([one.likeliest(TextKind.OFFER_ABROAD)[1] for one in weighed])
    is_so = np.array([post.kind == OFFER for post in found])
    print("\noffer likely from   precision   recall      F1   false  missed")
    for least in (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8):
        hit = int(((likely >= least) & is_so).sum())
        precision, recall = hit / max(1, int((likely >= least).sum())), hit / max(1, int(is_so.sum()))
        print(
            f"{least:17.2f}{precision:12.3f}{recall:9.3f}{2 * hit / int((likely >= least).sum() + is_so.sum()):8.3f}"
            f"{int(((likely >= least) & ~is_so).sum()):8}{int(((likely < least) & is_so).sum()):8}"
        )


def write_votes(model: Model, fitted_on: str, path: Path) -> None:
    """The voters' file: sorted, thousandths, small ones left out."""
    votes = {f":{name}": weights[""] for name, weights in (("words", model.runs), ("letters", model.grams))}
    votes.update({token: weight for weights in (model.runs, model.grams) for token, weight in weights.items() if token})
    whole = {token: round(weight * voters.SCALE) for token, weight in votes.items()}
    lines = [
        "# Weights of words, pairs and pieces of words for an offer abroad, in thousandths. Written by `python -m bench.learn_kinds`.",
        f"# Fitted on the posts of bench/corpus and tests/evaluation, SHA-256 {fitted_on}",
    ]
    lines += [f"{token}\t{whole[token]}" for token in sorted(whole) if token[0] == ":" or abs(whole[token]) >= SMALLEST_VOTE]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_neighbours(model: Model, fitted_on: str, path: Path) -> None:
    """The neighbours' file: sorted words and pairs, and the posts each stands in."""
    posts = model.near
    lines = [
        "# Which posts offer work abroad, and the posts that rare words and pairs stand in. Written by `python -m bench.learn_kinds`.",
        f"# Made of the posts of bench/corpus and tests/evaluation, SHA-256 {fitted_on}",
        ":posts\t" + "".join("+" if offer else "-" for offer in posts.offers),
        ":sizes\t" + " ".join(map(str, posts.sizes)),
    ]
    lines += [f"{token}\t{' '.join(map(str, places))}" for token, places in posts.places.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write(model: Model, fitted_on: str, path: Path) -> None:
    """The weights file: sorted, hundredths of a logit, columns centred, small ones as 0 and rows of zeros left out."""
    scaled = model.weights.copy()
    scaled[:, : len(KINDS)] -= scaled[:, : len(KINDS)].mean(axis=1, keepdims=True)
    scaled[np.abs(scaled) < SMALLEST] = 0
    scaled[np.abs(scaled).max(axis=1) < STRONGEST] = 0
    whole = np.rint(scaled * learned.SCALE).astype(int)
    lines = [
        "# Weights of tokens by kind of text, in hundredths of a logit. Written by `python -m bench.learn_kinds`; do not edit.",
        f"# Fitted on the posts of bench/corpus and tests/evaluation, SHA-256 {fitted_on}",
        "\t".join(("token", *learned.COLUMNS)),
        "\t".join((":bias", *(str(round(number * learned.SCALE)) for number in model.bias))),
    ]
    lines += ["\t".join((token, *map(str, whole[place]))) for token, place in model.tokens.items() if whole[place].any()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    parser.add_argument("--wrong", action="store_true", help="list the posts decided wrongly")
    args = parser.parse_args()
    given = labelled()
    found = read(given)
    logits = cross_validated(found, args.rounds)
    made = decided(found, logits)
    report("signs alone", found, [(KINDS.index(post.said.kind), post.said.route == Route.EXEMPT) for post in found])
    report("held out", found, made)
    sets = sorted({post.of for post in found})
    for of in sets:
        places = [place for place, post in enumerate(found) if post.of == of]
        report(f"  of {of}", [found[place] for place in places], [made[place] for place in places])
    for of in sets:
        mine = [post for post in found if post.of == of]
        report(f"without {of}", mine, decided(mine, fit([post for post in found if post.of != of]).logits(mine)))
    per_kind(found, made)
    thresholds(found, logits)
    print("\nThe same on the open mirror, each hand by a model that saw none of it")
    hands = [[post for post in found if post.of == of.rpartition("/")[2]] for of in FITTED if "/" in of]
    alone = [fit([post for post in found if post.of != hand[0].of]).logits(hand) for hand in hands]
    thresholds([post for hand in hands for post in hand], np.vstack(alone))
    if args.wrong:
        for post, (kind, _) in zip(found, made, strict=True):
            if kind != post.kind:
                print(f"{post.id} {KINDS[post.kind]} -> {KINDS[kind]}: {' '.join(post.text.split())[:160]}")
    if not args.dry:
        model = fit(found)
        write(model, fingerprint(given), WEIGHTS)
        write_votes(model, fingerprint(given), VOTES)
        write_neighbours(model, fingerprint(given), NEIGHBOURS)
        print(f"\n{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()

"""Fits what `patrol.engine.reading.learned` weighs: kinds of text, and the exempt route among offers.

    python -m bench.learn_kinds [--rounds 5] [--dry]

Reads bench/corpus/*.jsonl and the labelled sets of tests/evaluation, prints what a model reaches on posts it was not fitted
on (cross-validated with near-duplicates kept together, and each set by a model that saw none of it), and writes
patrol/engine/reading/lexicon/kinds.weights. The same files give the same weights: no chance but a fixed shuffle, no date.

Softmax regression with an L2 penalty, by L-BFGS in numpy: two thousand posts need no larger tool.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patrol.domain import Route, TextKind
from patrol.engine import reading
from patrol.engine.reading import kinds, learned
from patrol.engine.reading.signs import Said, Signs

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
SETS = HERE.parent / "tests" / "evaluation"
FITTED = ("a", "b", "c", "d", "e", "f")
WEIGHTS = HERE.parent / "patrol" / "engine" / "reading" / "lexicon" / learned.FILE
KINDS = tuple(TextKind)
OFFER = KINDS.index(TextKind.OFFER_ABROAD)

PENALTY = 1.0  # on groups and signs
PENALTY_WORDS = 0.5  # on words: each is rare, and has to say more where it stands
SEEN_IN = 2  # posts a token must stand in; a word of one post teaches that post
SMALLEST = 0.02  # logits; smaller weights are written as nothing. Many small ones add up: coarser, the file decides other than the fit

STRONGEST = 0.04  # logits; a token whose strongest weight is smaller is left out

type Matrix = NDArray[np.float32]
type Column = NDArray[np.float64]


class Labelled(NamedTuple):
    """A post as its set holds it. `of`: the set."""

    id: str
    of: str
    text: str
    platform: str
    kind: str
    exempt: bool


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


def labelled() -> list[Labelled]:
    """Everything the weights are fitted on, in a fixed order."""
    found: list[Labelled] = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        found += [Labelled(line["id"], path.stem, line["text"], "", line["kind"], bool(line.get("exempt"))) for line in _lines(path)]
    for path in (SETS / of / "labels.jsonl" for of in FITTED):
        labels = {label["id"]: label for label in _lines(path)}
        for line in _lines(path.with_name("posts.jsonl")):
            label = labels.get(line["id"], {})
            if "text_kind" in label:
                exempt = label.get("verdict") == "exempt"
                platform = line.get("platform", "")
                found.append(Labelled(line["id"], path.parent.name, line["text"], platform, label["text_kind"], exempt))
    return found


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
    return Post(one.id, one.of, one.text, KINDS.index(TextKind(one.kind)), one.exempt, signs, said, tokens)


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
    """Weights by token; columns are KINDS and the exempt route."""

    tokens: dict[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def logits(self, found: Sequence[Post]) -> NDArray[np.float64]:
        return _matrix(found, self.tokens) @ self.weights + self.bias


def fit(found: Sequence[Post]) -> Model:
    """A model of these posts."""
    counted = Counter(token for post in found for token in post.tokens)
    tokens = {token: place for place, token in enumerate(sorted(t for t, n in counted.items() if n >= SEEN_IN))}
    given = _matrix(found, tokens)
    held = np.array([PENALTY if token[0] in ":>" else PENALTY_WORDS for token in tokens])
    kinds_weights, kinds_bias = softmax(given, np.array([post.kind for post in found]), len(KINDS), held)
    offers = [place for place, post in enumerate(found) if post.kind == OFFER]
    exempt = np.array([int(found[place].exempt) for place in offers])
    pair, pair_bias = softmax(given[offers], exempt, 2, held)
    weights = np.hstack([kinds_weights, pair[:, 1:] - pair[:, :1]])
    return Model(tokens, weights, np.append(kinds_bias, pair_bias[1] - pair_bias[0]))


def _matrix(found: Sequence[Post], tokens: dict[str, int]) -> Matrix:
    given = np.zeros((len(found), len(tokens)), np.float32)
    for row, post in enumerate(found):
        given[row, [tokens[token] for token in post.tokens if token in tokens]] = 1
    return given


def softmax(given: Matrix, wanted: NDArray[np.int64], columns: int, penalty: Column) -> tuple[Column, Column]:
    """Weights (token, column) and bias that minimise cross-entropy + half of penalty (by token) * weights^2."""
    rows, width = given.shape
    target = np.zeros((rows, columns))
    target[np.arange(rows), wanted] = 1
    held = np.append(penalty, 0.01)[:, None]  # the bias is held only so that the minimum is one point
    turned = np.ascontiguousarray(given.T)

    def loss(flat: Column) -> tuple[float, Column]:
        all_weights = flat.reshape(width + 1, columns)
        logits = given @ all_weights[:-1].astype(np.float32) + all_weights[-1]
        logits -= logits.max(axis=1, keepdims=True)
        raised = np.exp(logits)
        total = raised.sum(axis=1, keepdims=True)
        cost = float(np.log(total).sum() - (logits * target).sum() + 0.5 * (held * all_weights**2).sum())
        off = raised / total - target
        slope = np.vstack([turned @ off.astype(np.float32), off.sum(axis=0)]) + held * all_weights
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
        reach = 1.0 if moves else min(1.0, 1 / float(np.abs(slope).sum()))
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
    made = []
    for post, row in zip(found, logits, strict=True):
        sure = learned.sureness(len(post.tokens))
        weighed = learned.Weighed({kind: sure * float(x) for kind, x in zip(KINDS, row, strict=False)}, float(row[-1]))
        kind, route = kinds.settle(post.signs, weighed)
        made.append((KINDS.index(kind), route == Route.EXEMPT))
    return made


def cross_validated(found: Sequence[Post], rounds: int) -> NDArray[np.float64]:
    """Logits of every post by a model that was fitted without its group."""
    groups = together(found)
    part = {group: int(hashlib.sha256(found[group].id.encode()).hexdigest(), 16) % rounds for group in set(groups)}
    logits = np.zeros((len(found), len(KINDS) + 1))
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
    raised = np.exp(logits[:, : len(KINDS)] - logits[:, : len(KINDS)].max(axis=1, keepdims=True))
    likely = raised[:, OFFER] / raised.sum(axis=1)
    is_so = np.array([post.kind == OFFER for post in found])
    print("\noffer likely from   precision   recall      F1")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        hit = int(((likely >= least) & is_so).sum())
        precision, recall = hit / max(1, int((likely >= least).sum())), hit / max(1, int(is_so.sum()))
        print(f"{least:17.2f}{precision:12.3f}{recall:9.3f}{2 * hit / int((likely >= least).sum() + is_so.sum()):8.3f}")


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
    if args.wrong:
        for post, (kind, _) in zip(found, made, strict=True):
            if kind != post.kind:
                print(f"{post.id} {KINDS[post.kind]} -> {KINDS[kind]}: {' '.join(post.text.split())[:160]}")
    if not args.dry:
        write(fit(found), fingerprint(given), WEIGHTS)
        print(f"\n{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()

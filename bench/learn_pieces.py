"""Fits what `patrol.engine.reading.pieces` weighs: what an author does with each piece of a text, and what that says of an offer.

    python -m bench.learn_pieces [--dry]

Reads the posts of `bench.learn_kinds` and bench/acts.tsv: hand, post, one letter of `pieces.Act` for each piece, by somebody who read the
post. Every post is read by weights that saw nothing of its hand (ROUNDS parts), those of the whole text and those of its pieces; on what
both say of the unsure ones the last few weights are fitted. Prints what that gives, and writes
patrol/engine/reading/lexicon/pieces.weights. The same files give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from bench import learn_kinds
from bench.learn_kinds import OFFER, Column, Labelled, Matrix, Post, softmax
from patrol.domain import TextKind
from patrol.engine.reading import pieces

ACTS = Path(__file__).parent / "acts.tsv"
WEIGHTS = learn_kinds.WEIGHTS.with_name(pieces.FILE)
ROUNDS = 6
SEEN_IN = 2  # pieces a token must stand in
PENALTY, PENALTY_FOLLOWS = 1.0, 3.0
STRONGEST = 0.2  # logits; a token whose strongest weight is smaller is left out


class Marked(NamedTuple):
    """A labelled post, and one letter for each of its pieces."""

    post: Labelled
    acts: str


class Read(NamedTuple):
    """A marked post: as `bench.learn_kinds` reads it, its acts and the tokens of its pieces."""

    post: Post
    acts: str
    tokens: list[frozenset[str]]


class Model(NamedTuple):
    """Weights of tokens by act."""

    places: Mapping[str, int]
    weights: Column
    bias: Column


def marked() -> list[Marked]:
    """Everything the weights are fitted on, in a fixed order. Raises ValueError where a post is marked that there is not."""
    acts: dict[tuple[str, str], str] = {}
    for line in ACTS.read_text(encoding="utf-8").splitlines():
        of, post, letters = line.split("\t")
        acts[of, post] = letters
    found = [Marked(post, acts.pop((post.of, post.id))) for post in learn_kinds.labelled() if (post.of, post.id) in acts]
    if acts:
        raise ValueError(f"{ACTS.name}: no such post: {sorted(acts)[:5]}")
    return found


def fingerprint(found: Sequence[Marked]) -> str:
    """SHA-256 of the posts and of what is marked in them."""
    return hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()


def read(found: Sequence[Marked]) -> Iterator[Read]:
    """The posts as tokens; those are left out in whose folded text two pieces fall together."""
    for one, post in zip(found, learn_kinds.read([one.post for one in found]), strict=True):
        tokens = pieces.tokens(post.signs)
        if len(tokens) == len(one.acts):
            yield Read(post, one.acts, tokens)


def fit(found: Sequence[Read]) -> Model:
    """Weights of the tokens of pieces, by act."""
    rows = [(tokens, pieces.ACTS.index(pieces.Act(act))) for one in found for tokens, act in zip(one.tokens, one.acts, strict=True)]
    counted = Counter(token for tokens, _ in rows for token in tokens)
    places = {token: place for place, token in enumerate(sorted(token for token, many in counted.items() if many >= SEEN_IN))}
    given = _matrix([tokens for tokens, _ in rows], places)
    wanted = np.array([act for _, act in rows])
    return Model(places, *softmax(given, wanted, len(pieces.ACTS), np.full(len(places), PENALTY), np.ones(len(rows))))


def _matrix(tokens: Sequence[frozenset[str]], places: Mapping[str, int]) -> Matrix:
    return learn_kinds.by_rows((dict.fromkeys(one, 1.0) for one in tokens), len(tokens), places)


def followed(model: Model, found: Sequence[Read]) -> Column:
    """By post what `pieces.followed` says with these weights."""
    logits = _matrix([tokens for one in found for tokens in one.tokens], model.places) @ model.weights + model.bias
    rows = iter([pieces.shares(pieces.PACKING.pack(row)) for row in np.rint(logits * pieces.SCALE).astype(int).tolist()])
    return np.array([pieces.followed([next(rows) for _ in one.tokens]) for one in found])


class Held(NamedTuple):
    """By post, from weights that saw nothing of its hand: log odds of the whole text, `pieces.followed`; whether its pieces are asked,
    the truth, its part."""

    odds: Column
    follows: Column
    asked: NDArray[np.bool_]
    is_offer: NDArray[np.int64]
    parts: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> Held:
        odds, follows, asked, is_offer, parts = self
        return Held(odds[chosen], follows[chosen], asked[chosen], is_offer[chosen], parts[chosen])


def held_out(found: Sequence[Read]) -> Held:
    """Of every marked post."""
    parts = np.array([_part(one.post.of) for one in found])
    posts = learn_kinds.read(learn_kinds.labelled())
    odds, follows = np.zeros(len(found)), np.zeros((len(found), len(pieces.FOLLOWS)))
    for part in range(ROUNDS):
        mine = [one for one, own in zip(found, parts, strict=True) if own == part]
        whole = learn_kinds.fit([post for post in posts if _part(post.of) != part])
        odds[parts == part] = odds_of(whole, [one.post for one in mine])
        follows[parts == part] = followed(fit([one for one, own in zip(found, parts, strict=True) if own != part]), mine)
    asked = (np.abs(odds) < pieces.UNSURE) & np.array([len(one.tokens) >= pieces.FEWEST for one in found])
    return Held(odds, follows, asked, np.array([int(one.post.kind == OFFER) for one in found]), parts)


def odds_of(model: learn_kinds.Model, found: Sequence[Post]) -> Column:
    """By post the log odds that it offers work abroad, by the weights of the whole text, the voters and the neighbours."""
    return np.array([one.odds(TextKind.OFFER_ABROAD) for one in learn_kinds.as_weighed(found, model.logits(found))])


def _part(hand: str) -> int:
    return int(hashlib.sha256(hand.encode()).hexdigest(), 16) % ROUNDS


def together(held: Held) -> tuple[float, Column, float]:
    """What the log odds of the whole text count, what each of FOLLOWS does, and the shift: fitted on the posts whose pieces are asked."""
    held = held.of(held.asked)
    given = sparse.csr_matrix(np.hstack([held.odds[:, None], held.follows]))
    penalty = np.array([0.01, *[2 * PENALTY_FOLLOWS] * len(pieces.FOLLOWS)])  # two columns share what one would hold
    pair, bias = softmax(given, held.is_offer, 2, penalty, np.ones(len(held.odds)))
    apart = pair[:, 1] - pair[:, 0]
    return float(apart[0]), apart[1:], float(bias[1] - bias[0])


def moved(held: Held) -> Column:
    """By post its log odds after its pieces were asked, by last weights that saw nothing of its part."""
    made = held.odds.copy()
    for part in range(ROUNDS):
        count, follows, shift = together(held.of(held.parts != part))
        asked = held.asked & (held.parts == part)
        told = count * held.odds[asked] + held.follows[asked] @ follows + shift
        made[asked] += np.clip(told - held.odds[asked], -pieces.MOST, pieces.MOST)
    return made


def report(held: Held) -> None:
    """False and missed offers from a few lines on, before and after."""
    print(f"{len(held.odds)} posts, the pieces of {int(held.asked.sum())} asked\n")
    print("offer likely from      whole text: false  missed    with pieces: false  missed")
    after = moved(held)
    for likely in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        line = math.log(likely / (1 - likely))
        wrong = [int(((odds >= line) != held.is_offer)[held.is_offer == truth].sum()) for odds in (held.odds, after) for truth in (0, 1)]
        print(f"{likely:17.2f}{wrong[0]:24}{wrong[1]:8}{wrong[2]:22}{wrong[3]:8}")


def write(model: Model, last: tuple[float, Column, float], fitted_on: str, path: Path) -> None:
    """The weights file: sorted, hundredths of a logit, acts centred, weak tokens left out."""
    count, follows, shift = last
    scaled = model.weights - model.weights.mean(axis=1, keepdims=True)
    scaled[np.abs(scaled).max(axis=1) < STRONGEST] = 0
    whole = np.rint(scaled * pieces.SCALE).astype(int)
    rows = {token: "\t".join(map(str, whole[place])) for token, place in model.places.items() if whole[place].any()}
    rows[pieces.BIAS] = "\t".join(str(round(number * pieces.SCALE)) for number in model.bias)
    rows[pieces.ODDS], rows[pieces.SHIFT] = str(round(count * pieces.SCALE)), str(round(shift * pieces.SCALE))
    rows.update((f"{pieces.THEN} {pair}", str(round(weight * pieces.SCALE))) for pair, weight in zip(pieces.FOLLOWS, follows, strict=True))
    lines = [
        f"# Weights of tokens by act ({' '.join(pieces.ACTS)}), in hundredths of a logit. Written by `python -m bench.learn_pieces`.",
        f"# Fitted on bench/acts.tsv and the posts it marks, SHA-256 {fitted_on}",
    ]
    lines += [f"{token}\t{rows[token]}" for token in sorted(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    args = parser.parse_args()
    given = marked()
    found = list(read(given))
    held = held_out(found)
    report(held)
    if not args.dry:
        write(fit(found), together(held), fingerprint(given), WEIGHTS)
        print(f"\n{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()

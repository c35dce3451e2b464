"""Fits what `patrol.engine.reading.offered` weighs: whether a job or a country that an offer names is offered in it.

    python -m bench.learn_offered [--dry]

Reads bench/offered/*.jsonl and tests/evaluation/licensed: posts, and of each the names that it offers, as they stand in its text; and the
labelled sets that `bench.learn_kinds` reads, of whose offers the labels tell the codes. Prints how right a model is on each hand that
it was not fitted on, and writes patrol/engine/reading/lexicon/offered.weights. The same files give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.learn_kinds import FITTED, OF_SETS, SETS, Column, softmax
from patrol.domain import ClaimKind, Span
from patrol.engine import reading
from patrol.engine.reading import offered

HERE = Path(__file__).parent
CORPUS = HERE / "offered"
LICENSED = SETS / "licensed"
WEIGHTS = HERE.parent / "patrol" / "engine" / "reading" / "lexicon" / offered.FILE
FOLDERS = frozenset(of.rpartition("/")[2] for of in FITTED)
SEEN_IN = 2  # names a token must stand at
PENALTY = 4.0  # on the two columns together: 2 on what they share
SMALLEST = 0.08  # logits; a smaller weight is left out


class Named(NamedTuple):
    """A name of a post: whether it is offered, and its tokens."""

    of: str
    post: str
    kind: str
    value: str
    is_offered: bool
    tokens: frozenset[str]


class Marked(NamedTuple):
    """A post and the names that it offers, as they stand in its text; where nobody marked them, the codes by kind that its label tells."""

    of: str
    id: str
    text: str
    offered: tuple[str, ...] = ()
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def marked() -> list[Marked]:
    """Everything the weights are fitted on, in a fixed order."""
    found = [
        Marked(path.stem, one["id"], one["text"], tuple(one["offered"])) for path in sorted(CORPUS.glob("*.jsonl")) for one in _lines(path)
    ]
    found += [
        Marked(label["id"].partition("-")[0].lower(), label["id"], text, tuple(label["offered"])) for label, text in _labelled(LICENSED)
    ]
    for folder in (SETS / of for of in FITTED):
        found += [
            Marked(folder.name, label["id"], text, codes=_codes(label)) for label, text in _labelled(folder) if label.get("overseas_offer")
        ]
    return [one for one in found if one.offered or one.codes]


def _labelled(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    texts = {one["id"]: one["text"] for one in _lines(folder / "posts.jsonl")}
    return ((label, texts[label["id"]]) for label in _lines(folder / "labels.jsonl"))


def _codes(label: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    told = {ClaimKind.COUNTRY: label.get("countries"), ClaimKind.POSITION: label.get("positions")}
    return tuple((kind.value, tuple(codes)) for kind, codes in told.items() if codes)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def fingerprint(found: Sequence[Marked]) -> str:
    """SHA-256 of the posts and of what is marked in them."""
    return hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()


def read(found: Iterable[Marked]) -> list[Named]:
    """The names of the posts; of a kind only where a post names two codes of it, as the reader asks."""
    made = []
    for post in found:
        folded, claims = reading.names_of(post.text)
        places, codes = list(_places(post)), dict(post.codes)
        asked = [kind for kind in offered.decided(claims) if post.offered or kind in codes]
        for name, tokens in offered.tokens(folded, claims, asked):
            claim = name.claim
            is_offered = _holds(places, claim.span) if post.offered else claim.value in codes[claim.kind]
            made.append(Named(post.of, post.id, claim.kind, claim.value, is_offered, frozenset(map(" ".join, tokens))))
    return made


def _places(post: Marked) -> Iterator[Span]:
    for written in post.offered:
        start = post.text.find(written)
        while start >= 0:
            yield start, start + len(written)
            start = post.text.find(written, start + 1)


def _holds(places: Iterable[Span], span: Span) -> bool:
    """Whether one of the places holds the span or most of it, or lies in it."""
    start, end = span
    return any(2 * (min(end, last) - max(start, first)) >= min(end - start, last - first) for first, last in places)


def fit(found: Sequence[Named]) -> dict[str, float]:
    """Weights by kind's letter and token, and both biases."""
    weights: dict[str, float] = {}
    for kind, letter in offered.LETTER.items():
        mine = [one for one in found if one.kind == kind]
        counted = Counter(token for one in mine for token in one.tokens)
        places = {token: place for place, token in enumerate(sorted(token for token, many in counted.items() if many >= SEEN_IN))}
        matrix = _matrix(mine, places)
        wanted = np.array([int(one.is_offered) for one in mine])
        pair, bias = softmax(
            matrix, wanted, 2, np.full(len(places), PENALTY), np.array([OF_SETS if one.of in FOLDERS else 1.0 for one in mine])
        )
        apart: Column = pair[:, 1] - pair[:, 0]
        weights[offered.BIAS[letter]] = float(bias[1] - bias[0])
        weights.update(zip((letter + token for token in places), apart.tolist(), strict=True))
    return weights


def _matrix(found: Sequence[Named], places: Mapping[str, int]) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]  # noqa: PLC0415

    pairs = [(row, places[token]) for row, one in enumerate(found) for token in sorted(one.tokens & places.keys())]
    rows, columns = zip(*pairs, strict=True)
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(places)), dtype=float)


def says(weights: Mapping[str, float], one: Named) -> bool:
    letter = offered.LETTER[ClaimKind(one.kind)]
    return weights[offered.BIAS[letter]] + sum(weights.get(letter + token, 0.0) for token in one.tokens) >= 0


def report(title: str, found: Sequence[Named], said: Sequence[bool]) -> None:
    for kind in offered.LETTER:
        pairs = [(one.is_offered, told) for one, told in zip(found, said, strict=True) if one.kind == kind]
        both = sum(wanted and told for wanted, told in pairs)
        precision = both / max(1, sum(told for _, told in pairs))
        recall = both / max(1, sum(wanted for wanted, _ in pairs))
        right = sum(wanted == told for wanted, told in pairs) / max(1, len(pairs))
        print(f"{title:20} {kind:10}{len(pairs):6} names  right {right:.3f}  precision {precision:.3f}  recall {recall:.3f}")


def write(weights: Mapping[str, float], fitted_on: str, path: Path) -> None:
    """The weights file: sorted, hundredths of a logit, small ones left out."""
    lines = [
        "# Weights of tokens for a job or country being offered, in hundredths of a logit. Written by `python -m bench.learn_offered`.",
        f"# Fitted on the posts of bench/offered and tests/evaluation/licensed, SHA-256 {fitted_on}",
    ]
    kept = {token: round(weight * offered.SCALE) for token, weight in weights.items() if token[0] == ":" or abs(weight) >= SMALLEST}
    lines += [f"{token}\t{kept[token]}" for token in sorted(kept)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    args = parser.parse_args()
    given = marked()
    found = read(given)
    told: dict[Named, bool] = {}
    for hand in sorted({one.of for one in found}):
        weights = fit([one for one in found if one.of != hand])
        mine = [one for one in found if one.of == hand]
        told.update((one, says(weights, one)) for one in mine)
        report(f"without {hand}", mine, [told[one] for one in mine])
    report("all", found, [told[one] for one in found])
    if not args.dry:
        write(fit(found), fingerprint(given), WEIGHTS)
        print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()

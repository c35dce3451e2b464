"""From comparisons to figures, each under a dotted name: `look.precision`, `phones.recall`, `verdict.accuracy`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from patrol.domain import Kind, Verdict
from patrol.engine.evaluation import measures
from patrol.engine.evaluation.comparing import Comparison, same_agency
from patrol.engine.evaluation.labels import NAMED
from patrol.engine.evaluation.measures import Bin, Counts, Point, Share

# Expected first, said second.
type Confusion = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A yes or no that also has a score: counts at the answer given, and the curve over all thresholds."""

    counts: Counts
    curve: Sequence[Point]
    average_precision: float | None


@dataclass(frozen=True, slots=True)
class Named:
    """Values of one kind over all posts, and how many posts have exactly the expected ones."""

    counts: Counts
    exact: Share


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything that is measured on one set."""

    posts: int
    look: Ranked
    offer: Counts
    kinds: Mapping[str, Ranked]
    main_kinds: Confusion  # of the posts that are a threat; "" where none was said
    levels: Confusion
    text_kinds: Confusion
    verdicts: Confusion
    agency: Share
    named: Mapping[str, Named]
    spans: Share  # exactly the expected place, of the values that were expected somewhere and found
    calibration: Sequence[Bin]
    calibration_error: float | None
    brier: float | None

    @property
    def figures(self) -> dict[str, float | None]:
        """Every figure by its name; None where nothing was judged."""
        flat: dict[str, float | None] = {}
        for name, ranked in {"look": self.look, **{f"kinds.{kind}": one for kind, one in self.kinds.items()}}.items():
            flat |= _of_counts(name, ranked.counts)
            flat[f"{name}.specificity"] = ranked.counts.specificity.value
            flat[f"{name}.average_precision"] = ranked.average_precision
        flat["main_kind.accuracy"] = accuracy(self.main_kinds).value
        flat |= _of_counts("offer", self.offer)
        flat["offer.accuracy"] = accuracy_of(self.offer).value
        flat["text_kind.accuracy"] = accuracy(self.text_kinds).value
        flat["verdict.accuracy"] = accuracy(self.verdicts).value
        flat["verdict.accuracy_of_offers"] = accuracy(of_offers(self.verdicts)).value
        flat["agency.accuracy"] = self.agency.value
        for name, named in self.named.items():
            flat |= _of_counts(name, named.counts)
            flat[f"{name}.exact"] = named.exact.value
        flat["spans.exact"] = self.spans.value
        flat["calibration.error"] = self.calibration_error
        flat["calibration.brier"] = self.brier
        return flat


# Figures that are better the smaller they are; all others are shares of what is right.
SMALL_IS_GOOD = frozenset({"calibration.error", "calibration.brier"})


def _of_counts(name: str, counts: Counts) -> dict[str, float | None]:
    return {f"{name}.precision": counts.precision.value, f"{name}.recall": counts.recall.value, f"{name}.f1": counts.f1}


def accuracy(confusion: Confusion) -> Share:
    """The share of answers that are as expected."""
    return Share(sum(n for (expected, said), n in confusion.items() if expected == said), sum(confusion.values()))


def accuracy_of(counts: Counts) -> Share:
    """The share of right answers to a yes-or-no question."""
    right = counts.both + counts.neither
    return Share(right, right + counts.extra + counts.missed)


def of_offers(verdicts: Confusion) -> Confusion:
    """Verdicts of what should be an offer: posts that offer nothing are many and easy."""
    return {pair: n for pair, n in verdicts.items() if pair[0] != Verdict.NOT_AN_OFFER}


def sums(comparisons: Sequence[Comparison]) -> Sums:
    """Every figure of one set; the order of the posts does not matter."""
    chances = [(c.said.score / 100, c.label.look) for c in comparisons if c.label.look is not None]
    filled = measures.bins(chances)
    return Sums(
        posts=len(comparisons),
        look=_ranked((c.said.look, float(c.said.score), c.label.look) for c in comparisons if c.label.look is not None),
        offer=_counts((c.said.overseas_offer, c.label.overseas_offer) for c in comparisons if c.label.overseas_offer is not None),
        kinds={
            kind.value: _ranked(
                (kind in c.said.kinds, c.said.weights.get(kind, 0.0), kind in c.label.kinds)
                for c in comparisons
                if c.label.kinds is not None
            )
            for kind in Kind
        },
        main_kinds=Counter((c.label.main_kind, c.said.main_kind) for c in comparisons if c.label.main_kind),
        levels=Counter((c.label.level, c.said.level) for c in comparisons if c.label.level is not None),
        text_kinds=Counter((c.label.text_kind, c.said.text_kind) for c in comparisons if c.label.text_kind is not None),
        verdicts=Counter((c.label.verdict, c.said.verdict) for c in comparisons if c.label.verdict is not None),
        agency=_share(same_agency(c.said, c.label) for c in comparisons if c.label.agency is not None),
        named={key: _named(key, comparisons) for key in NAMED},
        spans=_share(
            span in c.said.spans[place] for c in comparisons for place, span in (c.label.spans or {}).items() if place in c.said.spans
        ),
        calibration=filled,
        calibration_error=measures.calibration_error(filled),
        brier=measures.brier(chances),
    )


def by_letter(comparisons: Sequence[Comparison]) -> Mapping[str, Sums]:
    """The figures of each class of posts, by its letter; posts without one are in none."""
    letters = sorted({c.label.letter for c in comparisons} - {""})
    return {letter: sums([c for c in comparisons if c.label.letter == letter]) for letter in letters}


def _ranked(answers: Iterable[tuple[bool, float, bool]]) -> Ranked:
    """From (said, score, expected)."""
    given = list(answers)
    scored = [(score, expected) for _, score, expected in given]
    return Ranked(
        counts=_counts((said, expected) for said, _, expected in given),
        curve=measures.curve(scored),
        average_precision=measures.average_precision(scored),
    )


def _counts(answers: Iterable[tuple[bool, bool]]) -> Counts:
    return sum((measures.of_answer(said=said, expected=expected) for said, expected in answers), Counts())


def _share(answers: Iterable[bool]) -> Share:
    given = list(answers)
    return Share(sum(given), len(given))


def _named(key: str, comparisons: Sequence[Comparison]) -> Named:
    pairs = [(c.said.named[key], c.label.named[key]) for c in comparisons if key in c.label.named]
    return Named(
        counts=sum((measures.of_sets(said, expected) for said, expected in pairs), Counts()),
        exact=_share(said == expected for said, expected in pairs),
    )

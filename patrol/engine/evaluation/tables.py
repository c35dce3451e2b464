"""The figures as plain text, at most 100 columns wide, and as JSON-able values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from patrol.domain import TextKind
from patrol.engine.evaluation.comparing import Comparison, shown
from patrol.engine.evaluation.measures import Point, Share
from patrol.engine.evaluation.summing import Confusion, Sums, accuracy, accuracy_of, of_offers
from patrol.engine.rules import scoring

_CURVE_AT = (1, 8, 20, 35, 50, 65, 80, 90)  # scores; the levels begin at 8, 35 and 65
_LEVEL_AT = {scoring.LOW_FROM: "low", scoring.MEDIUM_FROM: "medium", scoring.HIGH_FROM: "high"}


def lines(sums: Sums) -> Iterator[str]:
    """The figures of one set, by subject; a subject nobody labelled is left out."""
    yield f"{sums.posts} posts judged. In brackets: 95 % interval (Wilson), then the counts."
    for subject in (_look, _kinds, _offer, _text_kinds, _levels, _verdicts, _named):
        if written := list(subject(sums)):
            yield ""
            yield from written


def letter_lines(letters: Mapping[str, Sums]) -> Iterator[str]:
    """What counts most of each class of posts; nothing where none is labelled."""
    if letters:
        yield ""
        yield "By letter"
    for letter, sums in letters.items():
        phones = sums.named["phones"].counts
        yield f"  {letter}, {sums.posts} posts"
        yield f"    must a person look   precision {_share(sums.look.counts.precision)}, recall {_share(sums.look.counts.recall)}"
        yield f"    verdict, main kind   {_share(accuracy(sums.verdicts))}, {_share(accuracy(sums.main_kinds))}"
        yield f"    phones               precision {_share(phones.precision)}, recall {_share(phones.recall)}"


def _look(sums: Sums) -> Iterator[str]:
    if not sums.look.curve:
        return
    counts = sums.look.counts
    yield "Must a person look (level medium or high)?"
    yield f"  precision          {_share(counts.precision)}"
    yield f"  recall             {_share(counts.recall)}"
    yield f"  F1                 {_figure(counts.f1)}"
    yield f"  average precision  {_figure(sums.look.average_precision)}"
    if counts.specificity.of:
        yield f"  false alarms       {counts.extra} of {counts.specificity.of} that need no look"
    yield from _curve(sums.look.curve)
    yield (f"  calibration (is a score of s right s times in 100?): error {_figure(sums.calibration_error)}, Brier {_figure(sums.brier)}")
    yield "  score        posts  mean score  needed a look"
    for one in sums.calibration:
        span = f"{one.low * 100:.0f}-{one.high * 100:.0f}"
        yield f"  {span:<11}{one.size:>7}{one.stated * 100:>12.0f}{one.true * 100:>13.0f} %"


def _kinds(sums: Sums) -> Iterator[str]:
    held = {kind: one for kind, one in sums.kinds.items() if one.counts.precision.of or one.counts.recall.of}
    if held:
        yield "Threat kinds"
        yield _head("avg. prec.")
    for kind, one in held.items():
        counts = one.counts
        yield _row(kind, counts.precision, counts.recall, counts.f1, _figure(one.average_precision))
    if sums.main_kinds:
        yield f"  main kind right: {_share(accuracy(sums.main_kinds))}"
        yield from _pairs({(expected, said or "none"): n for (expected, said), n in sums.main_kinds.items()})


def _offer(sums: Sums) -> Iterator[str]:
    right = accuracy_of(sums.offer)
    if right.of:
        yield f"Offer of work abroad or not: right {_share(right)}"
        yield f"  precision {_share(sums.offer.precision)}   recall {_share(sums.offer.recall)}"


def _text_kinds(sums: Sums) -> Iterator[str]:
    if not sums.text_kinds:
        return
    yield f"Kind of text: right {_share(accuracy(sums.text_kinds))}"
    words = [kind.value for kind in TextKind]
    yield f"  {'expected, said →':<17}" + "".join(f"{word[:8]:>9}" for word in words)
    for expected in words:
        row = [sums.text_kinds.get((expected, said), 0) for said in words]
        if any(row):
            yield f"  {expected:<17}" + "".join(f"{n or '·':>9}" for n in row)


def _levels(sums: Sums) -> Iterator[str]:
    if sums.levels:
        yield f"Level: right {_share(accuracy(sums.levels))}"
        yield from _pairs(sums.levels)


def _verdicts(sums: Sums) -> Iterator[str]:
    if sums.verdicts:
        yield f"Licence verdict: right {_share(accuracy(sums.verdicts))}"
        yield f"  of what should be an offer: {_share(accuracy(of_offers(sums.verdicts)))}"
        yield from _by_expected(sums.verdicts)
        yield from _pairs(sums.verdicts)
    if sums.agency.of:
        yield f"Agency the verdict is about: right {_share(sums.agency)}"


def _named(sums: Sums) -> Iterator[str]:
    held = {key: named for key, named in sums.named.items() if named.exact.of}
    if held:
        yield "Named in the text"
        yield _head("all right")
    for key, named in held.items():
        counts = named.counts
        yield _row(key, counts.precision, counts.recall, counts.f1, f"{named.exact.hits}/{named.exact.of}")
    if sums.spans.of:
        yield f"  place exactly as labelled: {_share(sums.spans)}"


def _figure(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"


def _share(share: Share) -> str:
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{_figure(share.value)} ({low:.2f}-{high:.2f}; {share.hits}/{share.of})"


def _head(last: str) -> str:
    return f"  {'':<20}{'precision':<30}{'recall':<30}{'F1':<7}{last}"


def _row(name: str, precision: Share, recall: Share, f1: float | None, last: str) -> str:
    return f"  {name:<20}{_share(precision):<30}{_share(recall):<30}{_figure(f1):<7}{last}"


def _curve(points: Sequence[Point]) -> Iterator[str]:
    yield "  score from   precision  recall  found"
    for threshold in _CURVE_AT:
        reached = [point for point in points if point.threshold >= threshold]
        if reached:
            counts = reached[-1].counts
            level = f"({_LEVEL_AT[threshold]})" if threshold in _LEVEL_AT else ""
            yield (
                f"  {threshold:>3} {level:<9}{_figure(counts.precision.value)}      {_figure(counts.recall.value)}"
                f"   {counts.both + counts.extra}"
            )


def _by_expected(confusion: Confusion) -> Iterator[str]:
    size: Counter[str] = Counter()
    for (expected, _), n in confusion.items():
        size[expected] += n
    for expected, n in sorted(size.items(), key=lambda pair: (-pair[1], pair[0])):
        said = sum(count for (_, word), count in confusion.items() if word == expected)
        yield f"  {expected:<24}{confusion.get((expected, expected), 0):>5} of {n:<5} (said {said} times)"


def _pairs(confusion: Confusion) -> Iterator[str]:
    wrong = {pair: n for pair, n in confusion.items() if pair[0] != pair[1]}
    for (expected, said), n in sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {n:>5} x  expected {expected}, said {said}"


def wrong_lines(comparison: Comparison, *, full: bool) -> Iterator[str]:
    """One post that went wrong: what it is about, then a line for each difference. `full`: with text and contacts."""
    yield f"{comparison.id}  {'' if full else comparison.gist}".rstrip()
    if full:
        yield from (f"    | {line}" for line in comparison.text.splitlines())
    for difference in comparison.differences:
        extra, missed = (
            ", ".join(shown(difference.of, value, full=full) for value in values) for values in (difference.extra, difference.missed)
        )
        parts = [f"said {extra}"] if extra else []
        parts += [f"expected {missed}"] if missed else []
        yield f"    {difference.of:<16}{'; '.join(parts)}"


def as_json(sums: Sums) -> dict[str, Any]:
    """The figures by name, with counts and intervals where there are some, the curves and the confusions."""
    return {
        "posts": sums.posts,
        "figures": sums.figures,
        "counts": {
            name: {
                "both": counts.both,
                "extra": counts.extra,
                "missed": counts.missed,
                "precision_interval": list(counts.precision.interval),
                "recall_interval": list(counts.recall.interval),
            }
            for name, counts in (
                ("look", sums.look.counts),
                ("offer", sums.offer),
                *((f"kinds.{kind}", one.counts) for kind, one in sums.kinds.items()),
                *((key, named.counts) for key, named in sums.named.items()),
            )
        },
        "look_curve": [[point.threshold, point.counts.precision.value, point.counts.recall.value] for point in sums.look.curve],
        "calibration": [[one.low, one.high, one.size, one.stated, one.true] for one in sums.calibration],
        "confusion": {
            name: [[expected, said, n] for (expected, said), n in sorted(confusion.items())]
            for name, confusion in (
                ("level", sums.levels),
                ("main_kind", sums.main_kinds),
                ("text_kind", sums.text_kinds),
                ("verdict", sums.verdicts),
            )
        },
        "intervals": {
            name: list(accuracy(confusion).interval)
            for name, confusion in (("main_kind", sums.main_kinds), ("text_kind", sums.text_kinds), ("verdict", sums.verdicts))
        },
    }


def wrong_as_json(comparison: Comparison, *, full: bool) -> dict[str, Any]:
    """One post that went wrong, for machines; contacts masked unless `full`."""
    return {
        "id": comparison.id,
        "gist": comparison.gist,
        **({"text": comparison.text} if full else {}),
        "score": comparison.said.score,
        "level": comparison.said.level,
        "differences": [
            {
                "of": one.of,
                "said": [shown(one.of, value, full=full) for value in one.extra],
                "expected": [shown(one.of, value, full=full) for value in one.missed],
            }
            for one in comparison.differences
        ],
        "rules": [rule for rule, _ in comparison.said.findings],
    }

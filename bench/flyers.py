"""Flyers: two readers in a cascade beside RapidOCR alone, on the same re-posted flyers, in one run.

    python -m bench.flyers [--flyers 60]

The flyers are invented (tests/flyers): drawn in ten manners, from black on white to letters on a photograph, and posted again
as people do: compressed, shrunk, cut, shown on a telephone, photographed, washed out. RapidOCR alone runs as it comes, on one
thread. Both texts go through the same reader of numbers, so that what it misses counts for both. CPU seconds are those of this
process and of Tesseract's. What RapidOCR loads is loaded before the clock starts. Flyers alternate between the two ways.
"""

from __future__ import annotations

import argparse
import resource
import statistics
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from rapidocr import RapidOCR

from patrol.domain import Content, Picture
from patrol.engine import reading
from patrol.engine.reading import pictures
from patrol.engine.reading.pictures import cascade, codes, decode, layout
from tests.flyers import drawing


def cpu() -> float:
    """Seconds of this process and its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed[T](way: Callable[[], T]) -> tuple[T, float]:
    began = cpu()
    made = way()
    return made, cpu() - began


def numbers(text: str) -> set[str]:
    return {claim.value for claim in reading.read(Content(text)).of("phone")}


def alone() -> RapidOCR:
    """RapidOCR as it comes, but on one thread: its CPU is compared, not its patience."""
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


class Way:
    """What one way found and cost."""

    def __init__(self) -> None:
        self.found = self.wrong = 0
        self.seconds: list[float] = []

    def add(self, text: str, wanted: set[str], seconds: float) -> None:
        got = numbers(text)
        self.found += len(got & wanted)
        self.wrong += len(got - wanted)
        self.seconds.append(seconds)

    def line(self, name: str, wanted: int) -> str:
        usual = statistics.median(self.seconds)
        return (
            f"{name:<16} {self.found:>4} of {wanted} numbers ({self.found / wanted:.3f}), {self.wrong} wrong, "
            f"{sum(self.seconds) / len(self.seconds):.2f} s CPU a flyer (median {usual:.2f}, worst {max(self.seconds):.2f})"
        )


def texts(posted: list[drawing.Posted]) -> None:
    engine, ours, theirs = alone(), Way(), Way()
    asked: Counter[str] = Counter()

    def by_cascade(content: bytes) -> str:
        opened = decode.opened(content)
        made = cascade.read(opened.colour, opened.grey)
        asked[made.second] += 1
        return layout.written(made.lines, "image")[0]

    def by_rapid(content: bytes) -> str:
        answer: Any = engine(decode.opened(content).colour)
        return "\n".join(answer.txts or ())

    by_cascade(posted[0].content)
    by_rapid(posted[0].content)
    asked.clear()
    for one in posted:
        wanted = set(one.flyer.numbers)
        ours.add(*_of(partial(by_cascade, one.content), wanted))
        theirs.add(*_of(partial(by_rapid, one.content), wanted))
    wanted_of_all = sum(len(one.flyer.numbers) for one in posted)
    print(f"Text of {len(posted)} re-posted flyers")
    print(ours.line("cascade", wanted_of_all))
    print(theirs.line("RapidOCR alone", wanted_of_all))
    print(
        f"cascade: {sum(ours.seconds) / sum(theirs.seconds):.2f} of the CPU (target 0.50), "
        f"{ours.found / max(1, theirs.found):.3f} of the numbers (target 0.98); "
        f"RapidOCR asked for {', '.join(f'{what} {count}' for what, count in sorted(asked.items()))}"
    )


def _of(way: Callable[[], str], wanted: set[str]) -> tuple[str, set[str], float]:
    text, seconds = timed(way)
    return text, wanted, seconds


def coded(posted: list[drawing.Posted]) -> None:
    found = wanted = 0
    seconds: list[float] = []
    for one in posted:
        grey = decode.opened(one.content).grey
        words, taken = timed(partial(codes.found, grey))
        seen = {word.text for word in words}
        seconds.append(taken)
        wanted += len(one.flyer.codes)
        found += len(seen & set(one.flyer.codes))
    print(f"\nQR codes: {found} of {wanted} on {len(posted)} flyers, {1_000 * sum(seconds) / len(seconds):.0f} ms CPU a flyer")


def gate(posted: list[drawing.Posted]) -> None:
    """The same flyers once more, known by their bytes."""
    memory = pictures.Memory()
    few = posted[:8]
    ways = [timed(lambda: [pictures.read(Picture(one.name, one.content), memory) for one in few])[1] / len(few) for _ in range(2)]
    print(f"\nGate: a flyer at first {1_000 * ways[0]:.0f} ms CPU, again {1_000 * ways[1]:.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--flyers", type=int, default=60)
    asked = parser.parse_args()
    posted = drawing.posted(asked.flyers)
    texts(posted)
    coded(posted)
    gate(posted)


if __name__ == "__main__":
    main()

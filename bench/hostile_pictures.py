"""Broken and hostile picture files by the thousand, each opened in the child that opens those of platforms.

    python -m bench.hostile_pictures [count] [seed]

Every body has to end in a thumbnail or in a refusal that has a sentence; the child's memory is measured, and that of this process may
not grow with the count. Exit code 1 where one of these does not hold.
"""

from __future__ import annotations

import collections
import importlib.util
import resource
import sys
import time
from pathlib import Path
from typing import Any

from patrol.evidence import pictures

GROWTH = 64 * 1024  # kilobytes this process may grow after its first hundred bodies


def _made_by_the_tests() -> Any:
    place = Path(__file__).parents[1] / "tests" / "evidence" / "pictures" / "hostile.py"
    spec = importlib.util.spec_from_file_location("hostile_pictures", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(count: int = 1_000, seed: int = 1) -> int:
    hostile = _made_by_the_tests()
    ends: collections.Counter[str] = collections.Counter()
    most, slowest, at_first = 0, 0.0, 0
    began = time.monotonic()
    bodies = [body for body, _code in hostile.REFUSED.values()]
    for number, body in enumerate([*bodies, *hostile.bodies(max(0, count - len(bodies)), seed)]):
        asked = time.monotonic()
        try:
            shown = pictures.shrunk(body)
            most = max(most, shown.memory)
            ends["thumbnail"] += 1
        except pictures.UnreadableError as refused:
            ends[refused.problem.code] += 1  # it cannot be made without a sentence
        slowest = max(slowest, time.monotonic() - asked)
        if number == 100:
            at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{sum(ends.values())} bodies, seed {seed}, {time.monotonic() - began:.0f} s; slowest {slowest:.2f} s")
    print(", ".join(f"{code} {number}" for code, number in ends.most_common()))
    print(f"largest child {children // 1024} MB (one that answered: {most >> 20} MB), this process {own // 1024} MB")
    return int(children * 1024 > pictures.MEMORY_BYTES or bool(at_first and own - at_first > GROWTH))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))

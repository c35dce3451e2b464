"""The product's worker, with one difference: a process of it dies at each named point, once, without a word.

    CRASHED=FOLDER python -m tests.worker.crashing worker --concurrency 2 ...

A point that was reached has an empty file in FOLDER; the next time it is passed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from patrol.celery import app

POINTS = (
    "watch claimed",
    "bytes kept",
    "page stored",
    "page committed",
    "run ended",
    "posts claimed",
    "batch assessed",
    "batch kept",
    "batch committed",
)


def reached(point: str) -> None:
    try:
        Path(os.environ["CRASHED"], point).touch(exist_ok=False)
    except FileExistsError:
        return
    os._exit(137)


def dies_after(module: Any, name: str, point: str, *, when: Callable[[Any], bool] = lambda answer: True) -> None:
    real = getattr(module, name)

    def run(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        if when(answer):
            reached(point)
        return answer

    setattr(module, name, run)


def main() -> None:
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    django.setup()
    from patrol.engine import assess  # noqa: PLC0415 -- models load after Django is set up
    from patrol.evidence import custody  # noqa: PLC0415
    from patrol.pipeline import assessing, claiming, keeping, storing  # noqa: PLC0415
    from patrol.watches import turns  # noqa: PLC0415

    dies_after(turns, "claim", "watch claimed", when=bool)
    dies_after(custody, "keep", "bytes kept")
    dies_after(storing, "store", "page stored")
    dies_after(keeping, "page", "page committed")
    dies_after(turns, "release", "run ended")  # the statement has run, its transaction is open
    dies_after(claiming, "claim", "posts claimed", when=lambda claimed: bool(claimed[1]))
    dies_after(assess, "assess", "batch assessed")
    dies_after(keeping, "_judged", "batch kept")
    dies_after(assessing, "_take", "batch committed")
    app.start(sys.argv[1:])


if __name__ == "__main__":
    main()

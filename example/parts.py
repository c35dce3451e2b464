"""Which optional parts are on, those that need a system package: told by `make run` and at the end of `make test`."""

from __future__ import annotations

import importlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from patrol.evidence.archive import browser


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    packages: str  # Debian's
    works: Callable[[], bool]


def reads_indonesian() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "ind" in listed.stdout.split()


def makes_pdf() -> bool:
    """WeasyPrint loads Pango while it is imported; OSError where it is missing."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def has_chromium() -> bool:
    """As page archives look for it; the browser tests want Debian's."""
    return bool(browser.found())


PARTS = (
    Part("first reader of pictures", "tesseract-ocr tesseract-ocr-ind", reads_indonesian),
    Part("PDF", "libpango-1.0-0 libpangoft2-1.0-0", makes_pdf),
    Part("page archives", "chromium", has_chromium),
)


def line(parts: tuple[Part, ...] = PARTS) -> str:
    """One line: every part with on, or off and the packages it lacks."""
    told = [f"{part.name} on" if part.works() else f"{part.name} OFF (apt: {part.packages})" for part in parts]
    return f"Optional parts: {', '.join(told)}."


if __name__ == "__main__":
    print(line())

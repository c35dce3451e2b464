"""What stands in columns.toml and terms.toml."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent


class Kept(StrEnum):
    """What a column holds."""

    POST = "post"
    CONTACT = "contact"
    PROFILE = "profile"
    LIKENESS = "likeness"
    DECISION = "decision"
    CASE = "case"
    EVIDENCE = "evidence"
    FIGURE = "figure"
    REPORTER = "reporter"
    VICTIM = "victim"
    OBJECTOR = "objector"
    INTAKE = "intake"
    STAFF = "staff"
    SIGN_IN = "sign_in"
    CARE = "care"
    OUTBOX = "outbox"
    LOG = "log"
    READING = "reading"
    REGISTER = "register"
    LAW = "law"
    PUBLIC_TEXT = "public_text"
    SETTING = "setting"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class Term:
    """Something that goes by its age. Days; `most` None: no limit above."""

    key: str
    of: Kept
    days: int
    least: int
    most: int | None

    def allows(self, days: int | None) -> bool:
        """None keeps it for good."""
        return days is None or self.least <= days <= (days if self.most is None else self.most)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@functools.cache
def terms() -> Mapping[str, Term]:
    """Key -> term, in the order of the page."""
    return {key: Term(key, Kept(row["of"]), row["days"], row["least"], row.get("most")) for key, row in _read("terms.toml").items()}


def columns() -> dict[str, dict[str, Kept]]:
    """Table -> column -> class. Raises ValueError for a class that is none, and for a column that stands twice."""
    found: dict[str, dict[str, Kept]] = {}
    for table, rows in _read("columns.toml").items():
        said = [(column, Kept(kept)) for kept, columns in rows.items() for column in columns.split()]
        found[table] = dict(said)
        if len(found[table]) != len(said):
            raise ValueError(f"{table}: a column stands twice in columns.toml")
    return found

"""How the screen calls a country or a kind of work."""

from __future__ import annotations

import tomllib
from pathlib import Path

from patrol.domain import Sentence

_LISTED = tomllib.loads((Path(__file__).parent / "lexicon" / "titles.toml").read_text())
COUNTRIES = {code: Sentence(*both) for code, both in _LISTED["countries"].items()}
POSITIONS = {code: Sentence(*both) for code, both in _LISTED["positions"].items()}


def country(code: str) -> Sentence:
    """Both names of a country; its code where the list lacks it."""
    return COUNTRIES.get(code, Sentence(code, code))


def position(code: str) -> Sentence:
    """Both names of a kind of work; its code in words where the list lacks it."""
    words = code.replace("_", " ")
    return POSITIONS.get(code, Sentence(words, words))

"""What the rules find, and the level it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from patrol.domain.reading import PhraseGroup, Reading
from patrol.domain.register import LicenceCheck
from patrol.domain.words import NOTHING, Sentence, Span


class Kind(StrEnum):
    """Threat kinds; several may hold."""

    ILLEGAL_RECRUITMENT = "illegal_recruitment"
    FRAUD = "fraud"
    IMPERSONATION = "impersonation"
    PHISHING = "phishing"


class Level(StrEnum):
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return ("none", "low", "medium", "high").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule returns: a reason with its places in the text and its weight."""

    rule: str
    version: int
    points: float
    reason: Sentence
    kinds: tuple[str, ...] = ()  # Kind
    spans: tuple[Span, ...] = ()
    sources: tuple[str, ...] = ()  # one for each span
    parameters: Mapping[str, str] = NOTHING


class Rule(Protocol):
    """What a module in `rules/` offers; `rules.RULES` lists them."""

    NAME: str  # an identifier for ever
    VERSION: int
    POINTS: float
    TITLE: Sentence
    NEEDS: frozenset[
        PhraseGroup
    ]  # without one of these the rule has nothing to say, and is not asked; empty: it looks at more than phrases

    def find(self, reading: Reading, check: LicenceCheck) -> Finding | None:
        """None where the rule has nothing to say."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The one answer for pipeline, command and public page."""

    reading: Reading
    check: LicenceCheck
    findings: tuple[Finding, ...]  # strongest first
    score: int  # 0..100
    level: str  # Level
    kinds: tuple[str, ...]
    notes: tuple[Sentence, ...] = ()  # what was assumed: time missing, text cut

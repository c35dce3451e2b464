"""The part of its business a decree suspends: the countries and positions it names, less those it excepts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from patrol.engine.licences import countries

_WORDS = tomllib.loads((Path(__file__).parent / "decrees.toml").read_text(encoding="utf-8"))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """The longest form first: "asia timur" is not Asia."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first) + r")\b")


_SECTORS = {form: frozenset(row["positions"]) for row in _WORDS["sectors"] for form in row["forms"]}
_REGIONS = {form: frozenset(row["countries"].split()) for row in _WORDS["regions"] for form in row["forms"]}
_SECTOR, _REGION, _EXCEPT = _any_of(_SECTORS), _any_of(_REGIONS), _any_of(_WORDS["exceptions"])
_CLAUSE_END = re.compile(r"[;.](?=\s|$)|\)")


@dataclass(frozen=True, slots=True)
class Scope:
    """Countries, positions, or positions in countries; an empty set stands for all of them."""

    countries: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.countries or self.positions)

    def holds(self, country: str, position: str) -> bool:
        return (not self.countries or country in self.countries) and (not self.positions or position in self.positions)


@dataclass(frozen=True, slots=True)
class Part:
    """What a decree suspends, and what it excepts."""

    closed: Scope
    excepted: Scope = Scope()

    def holds(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether one of the offered (country, position) lies inside; "" stands for what the offer does not say.

        What it does not say contradicts nothing: it lies in no part and, where there are exceptions, may be one.
        """
        return any(
            self.closed.holds(country, position) and not (self.excepted and self._may_be_excepted(country, position))
            for country, position in pairs
        )

    def _may_be_excepted(self, country: str, position: str) -> bool:
        lands, jobs = self.excepted.countries, self.excepted.positions
        return (not lands or country in lands or not country) and (not jobs or position in jobs or not position)


def part(decree: str, position_codes: Callable[[str], AbstractSet[str]], covers: Mapping[str, AbstractSet[str]]) -> Part | None:
    """The part a decree names, None where it names none (then everything is suspended)."""

    def scope(text: str) -> Scope:
        sectors = (_SECTORS[_plain(hit)] for hit in _SECTOR.findall(text))
        regions = (_REGIONS[_plain(hit)] for hit in _REGION.findall(text))
        codes = frozenset(position_codes(text)).union(*sectors)
        lands = countries.within(text).union(*regions)
        return Scope(lands, frozenset(code for wide in codes for code in (wide, *covers.get(wide, ()))))

    said, left_out = [], []
    for clause in _CLAUSE_END.split(decree.casefold()):
        before, *behind = _EXCEPT.split(clause, maxsplit=1)
        said.append(before)
        left_out += behind
    closed, excepted = scope(" ; ".join(said)), scope(" ; ".join(left_out))
    return Part(closed, excepted) if closed or excepted else None


def _plain(written: str) -> str:
    return " ".join(written.split())

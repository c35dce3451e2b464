"""Whether licences cover an offer: every country, for the positions offered there.

What a post does not say contradicts nothing: without a country any country will do, without a position any position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta

from patrol import domain
from patrol.domain import LicenceStatus

# Care in a private home goes with a licence for domestic work, unless the post rules
# housework out or names an institution.
_DOMESTIC = "domestic_worker"
_CARE = frozenset(("babysitter", "caregiver", "elderly_carer"))


@dataclass(frozen=True, slots=True)
class Offer:
    """What one agency is listed with. `pairs`: positions by country where the text ties them, else empty."""

    countries: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    away_from_home: frozenset[str] = frozenset()  # care that is in no private home, or without the housework
    wordings: Mapping[str, str] = domain.NOTHING  # position code -> the post's own words for it
    either: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)  # code -> the jobs it is one name of

    def jobs(self, position: str) -> tuple[frozenset[str], ...]:
        """The jobs a position code stands for, each as the codes it may be called by: one that is covered will do."""
        return self.either.get(position) or (frozenset((position,)),)

    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every (country, position) the offer can mean; "" for what it does not say."""
        if self.pairs:
            return self.pairs
        return tuple((c, p) for c in self.countries or ("",) for p in self.positions or ("",))


@dataclass(frozen=True, slots=True)
class Permit:
    """A licence with the codes its positions cover, also away from home, and with its own words for them."""

    licence: domain.Licence
    covered: frozenset[str]
    covered_without_home: frozenset[str]
    wordings: frozenset[str]

    def offer(self) -> Offer:
        """What it is for."""
        return Offer(countries=(self.licence.country,), positions=tuple(sorted(self.covered)))

    def covers(self, country: str, position: str, offer: Offer) -> bool:
        if country and self.licence.country != country:
            return False
        if not position or not self.licence.positions:
            return True
        if position in (self.covered_without_home if position in offer.away_from_home else self.covered):
            return True
        return _plain(offer.wordings.get(position, "")) in self.wordings


def permit(licence: domain.Licence, position_codes: Callable[[str], AbstractSet[str]], covers: Mapping[str, AbstractSet[str]]) -> Permit:
    """Prepares a licence; positions the table does not know are kept by their wording."""
    codes = frozenset(code for wording in licence.positions for code in position_codes(wording))
    covered = frozenset(code for wide in codes for code in (wide, *covers.get(wide, ())))
    if _DOMESTIC in codes:
        covered |= _CARE
    others = frozenset(code for wide in codes - {_DOMESTIC} for code in (wide, *covers.get(wide, ())))
    wordings = frozenset(plain for wording in licence.positions if (plain := _plain(wording)))
    return Permit(licence, covered, others | (covered - _CARE), wordings)


def missing(permits: Iterable[Permit], offer: Offer) -> tuple[tuple[str, str], ...]:
    """The (country, position) no licence covers, "" where the post says none; empty where all is covered.

    Where the text does not tie positions to countries, each country needs a licence for one of the positions and each
    position a licence in one of the countries.
    """
    held = tuple(permits)

    def covered(country: str, position: str) -> bool:
        return all(any(each.covers(country, name, offer) for each in held for name in job) for job in offer.jobs(position))

    if offer.pairs or len(offer.countries) <= 1 or len(offer.positions) <= 1:
        return tuple(cell for cell in offer.cells() if not covered(*cell))
    lacking = [(c, "") for c in offer.countries if not any(covered(c, p) for p in offer.positions)]
    lacking += [("", p) for p in offer.positions if not any(covered(c, p) for c in offer.countries)]
    return tuple(lacking)


def valid_on(licence: domain.Licence, day: date) -> bool:
    """Whether a licence can be used on that day: dates, revocation, quota, and still in the register."""
    return not (revoked_on(licence, day) or exhausted_on(licence, day)) and licence.valid_from <= day <= last_day(licence)


def last_day(licence: domain.Licence) -> date:
    """The last day a licence covers by its dates; one that is gone from the register covers no day from then."""
    if licence.gone_since is None or licence.gone_since > licence.valid_to:
        return licence.valid_to
    return licence.gone_since - timedelta(days=1)


def revoked_on(licence: domain.Licence, day: date) -> bool:
    """The day of revocation counts as revoked; without a day it always was."""
    return _in_force(licence, LicenceStatus.REVOKED, day)


def exhausted_on(licence: domain.Licence, day: date) -> bool:
    return _in_force(licence, LicenceStatus.EXHAUSTED, day)


def _in_force(licence: domain.Licence, status: str, day: date) -> bool:
    return licence.status == status and (licence.status_from is None or licence.status_from <= day)


def _plain(wording: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", wording.casefold()))

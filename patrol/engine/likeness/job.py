"""What an advertisement is for, as far as it was read: what two copies of one may not differ in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from patrol import domain
from patrol.domain import ClaimKind, TextKind
from patrol.engine.reading import folding

_LEGAL_FORM = re.compile(r"^(?:pt|cv|ud|pd|yayasan|lpk|p3mi|koperasi)(?![^\W_])")
_LOOSE = re.compile(r"[\W\d_]+")
_AGREE = 2  # of country, work and pay
_ELSEWHERE = frozenset(("denied", "mentioned"))  # roles of a country no work is offered in


@dataclass(frozen=True, slots=True)
class Job:
    """Empty where nothing was said or read: silence contradicts nothing."""

    countries: frozenset[str] = frozenset()  # ISO 3166 alpha-2
    positions: frozenset[str] = frozenset()  # position codes
    companies: frozenset[str] = frozenset()  # names without legal form, spaces and case
    towns: frozenset[str] = frozenset()  # provinces, of work at home: abroad they are where people are recruited
    pays: frozenset[tuple[str, str]] = frozenset()  # currency, amount

    def is_another(self, other: Job) -> bool:
        """Whether both say where, what work, for whom or in what currency, and each says something the other does not."""
        return (
            _apart(self.countries, other.countries)
            or _apart(self.positions, other.positions)
            or _apart(self.towns, other.towns)
            or _apart(self.companies, _in_the_words_of(self.companies, other.companies))
            or _disjoint({currency for currency, _ in self.pays}, {currency for currency, _ in other.pays})
        )

    def agrees(self, other: Job) -> bool:
        """Whether both say two of where, what work and for what pay, and mean the same. Silence is no agreement."""
        same = bool(self.countries & other.countries) + bool(self.positions & other.positions) + bool(self.pays & other.pays)
        return same >= _AGREE and not (
            _apart(self.countries, other.countries)
            or _apart(self.positions, other.positions)
            or _apart(self.companies, _in_the_words_of(self.companies, other.companies))
        )

    def is_same(self, other: Job) -> bool:
        """Whether both say where, what work and for what pay, and nothing of it differs."""
        return all((self.countries & other.countries, self.positions & other.positions, self.pays & other.pays)) and self.agrees(other)

    @property
    def is_unsaid(self) -> bool:
        """Whether neither a place nor work nor pay is said: an opening that everybody copies."""
        return not (self.countries or self.towns or self.positions or self.pays)

    def elsewhere(self, other: Job) -> bool:
        """Whether both say where, and each names a place the other does not."""
        return _apart(self.countries, other.countries) or _apart(self.towns, other.towns)

    def pays_another(self, other: Job) -> bool:
        """Whether both name amounts and none is the same."""
        return _disjoint(self.pays, other.pays)


def job(reading: domain.Reading, source: str = "text", *, agency: str = "") -> Job:
    """What one source of a post (text, image:0) offers; `agency`: the one the check found, whose name has no slips."""
    claims = [claim for claim in reading.claims if claim.source == source]
    return Job(
        countries=frozenset(c.value for c in claims if c.kind == ClaimKind.COUNTRY and c.role not in _ELSEWHERE),
        positions=frozenset(c.value for c in claims if c.kind == ClaimKind.POSITION and "said" not in c.detail),
        companies=frozenset(_name(name) for name in (*_companies(claims), agency)) - {""},
        towns=frozenset(c.value for c in claims if c.kind == ClaimKind.PLACE and reading.text_kind == TextKind.OFFER_HOME),
        pays=frozenset(
            (c.money.currency, f"{c.money.low.normalize():f}-{c.money.high.normalize():f}")
            for c in claims
            if c.kind == ClaimKind.PAY and c.money is not None
        ),
    )


def _companies(claims: Iterable[domain.Claim]) -> list[str]:
    return [claim.value for claim in claims if claim.kind == ClaimKind.COMPANY]


def _name(written: str) -> str:
    return _LOOSE.sub("", _LEGAL_FORM.sub("", folding.fold(written).words.replace(".", " ").strip()))


def _apart(one: Collection[str], other: Collection[str]) -> bool:
    """Each has something the other lacks. Where one only says more than the other, both may be the same."""
    return bool(set(one) - set(other)) and bool(set(other) - set(one))


def _disjoint(one: Collection[object], other: Collection[object]) -> bool:
    return bool(one) and bool(other) and set(one).isdisjoint(other)


def _in_the_words_of(known: Collection[str], names: Collection[str]) -> set[str]:
    """`names`, each as the known one it is one slip away from or was cut out of; another company's name is further away."""
    return {next((like for like in sorted(known) if _one_name(name, like)), name) for name in names}


def _one_name(one: str, other: str) -> bool:
    return one in other or other in one or OSA.distance(one, other, score_cutoff=1) <= 1

"""The companies and numbers of a post, resolved in the register."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from patrol import vocabulary
from patrol.licences import coverage, names
from patrol.licences.book import Book
from patrol.vocabulary import ClaimKind, CompanyRole

# As far as the reader reads; names behind it would be found without their context.
READ_TO = 20_000
_NAMED = frozenset((CompanyRole.PLACER, CompanyRole.UNCLEAR, ""))
_DENIAL = re.compile(
    r"\b(?:bukan|tanpa|tidak|tdk|gak|nggak|ngga|enggak|not|never)\s+(?:(?:lagi|pernah|perlu|usah)\s+)?"
    r"(?:(?:lewat|melalui|dari|via|oleh|through|from|by)\s+)?$",
    re.IGNORECASE,
)
_LONG_FIGURES = re.compile(r"\d[\d\s.-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Company:
    """A company as one place of the post names it."""

    claim: vocabulary.Claim  # value: the register's form where it has one
    written: str
    match: names.Match

    @property
    def named(self) -> bool:
        return self.claim.role in _NAMED


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number as one place of the post quotes it."""

    claim: vocabulary.Claim  # value: the register's form where it has one
    sip3mi: bool
    permits: tuple[coverage.Permit, ...] = ()
    owner: vocabulary.Agency | None = None
    owner_name: str = ""  # as the licence names it, should the agencies hold no such name

    @property
    def found(self) -> bool:
        return bool(self.permits) or self.owner is not None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything of a post that the register may know."""

    companies: tuple[Company, ...]
    quoted: tuple[Quoted, ...]
    claims: tuple[vocabulary.Claim, ...]  # of both, in order, with the register's form as value


def resolve(reading: vocabulary.Reading, content: vocabulary.Content, book: Book) -> Resolved:
    """Companies and numbers of a post, in any role; adds names of the register that the reading did not mark."""
    companies: list[Company] = []
    texts = sources(reading, content)
    marked = reading.of(ClaimKind.COMPANY)
    for source, text in texts.items():
        companies += _companies(text, source, marked, reading, book)
    for claim in marked:
        if claim.source not in texts:
            match = book.names.resolve(claim.value)
            companies.append(Company(_as_registered(claim, match), claim.value, match))
    quoted = tuple(_quoted(claim, book) for claim in reading.of(ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER))
    claims = sorted((*(c.claim for c in companies), *(q.claim for q in quoted)), key=_order)
    return Resolved(tuple(sorted(companies, key=lambda c: _order(c.claim))), quoted, tuple(claims))


def sources(reading: vocabulary.Reading, content: vocabulary.Content) -> Mapping[str, str]:
    """The texts spans refer to, by the claims' `source`."""
    return {
        "text": content.text[:READ_TO],
        **{f"image:{at}": text[:READ_TO] for at, text in enumerate(reading.picture_texts)},
    }


def _order(claim: vocabulary.Claim) -> tuple[str, vocabulary.Span]:
    return ("" if claim.source == "text" else claim.source, claim.span)


def _as_registered(claim: vocabulary.Claim, match: names.Match) -> vocabulary.Claim:
    return claim if match.agency is None else replace(claim, value=match.agency.name)


def _companies(
    text: str, source: str, marked: Sequence[vocabulary.Claim], reading: vocabulary.Reading, book: Book
) -> list[Company]:
    places = book.mentions.find(text)
    here = [claim for claim in marked if claim.source == source]
    if not places and not here:
        return []
    companies: list[Company] = []
    for claim in here:
        wider = next((p for p in places if _overlap(p.span, claim.span) and p.span[1] > claim.span[1]), None)
        if wider is not None and wider.span[0] <= claim.span[0] + 4:
            span = (min(wider.span[0], claim.span[0]), wider.span[1])
            match = book.names.resolve(wider.agency.name)
            companies.append(
                Company(replace(claim, value=wider.agency.name, span=span), text[span[0] : span[1]], match)
            )
        else:
            match = book.names.resolve(claim.value)
            companies.append(Company(_as_registered(claim, match), claim.value, match))
    taken = [c.claim.span for c in companies]
    taken += [c.span for c in reading.of(ClaimKind.ACCOUNT, ClaimKind.LINK) if c.source == source]
    roles: dict[str, str] = {}
    for company in companies:
        if company.match.agency is not None and roles.get(company.match.agency.name, "") not in _NAMED - {""}:
            roles[company.match.agency.name] = company.claim.role
    for place in places:
        if any(_overlap(place.span, span) for span in taken):
            continue
        role = roles.get(place.agency.name) or _role(text, place.span[0])
        claim = vocabulary.Claim(ClaimKind.COMPANY, place.agency.name, place.span, source, confidence=0.9, role=role)
        written = text[place.span[0] : place.span[1]]
        companies.append(Company(claim, written, book.names.resolve(place.agency.name)))
    return companies


def _role(text: str, start: int) -> str:
    denied = _DENIAL.search(text[max(0, start - 40) : start])
    return CompanyRole.DENIED if denied else CompanyRole.UNCLEAR


def _overlap(one: vocabulary.Span, other: vocabulary.Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quoted(claim: vocabulary.Claim, book: Book) -> Quoted:
    as_sip3mi = claim.kind == ClaimKind.SIP3MI_NUMBER
    for sip3mi in (as_sip3mi, not as_sip3mi):
        if sip3mi and (found := book.sip3mi(claim.value)):
            return Quoted(replace(claim, value=found[0]), sip3mi=True, owner=found[1], owner_name=found[1].name)
        if not sip3mi and (permits := book.permits_by_number(claim.value)):
            licence = permits[0].licence
            owner = book.agency(licence.agency) or book.names.resolve(licence.agency).agency
            written = replace(claim, value=licence.number)
            return Quoted(written, sip3mi=False, permits=permits, owner=owner, owner_name=licence.agency)
    return Quoted(claim, sip3mi=as_sip3mi)


def shown(written: str) -> str:
    """A name from a post as a sentence may carry it: one line, short, long rows of figures masked."""
    plain = " ".join(written.split())
    return _LONG_FIGURES.sub("•••", plain)[:80]

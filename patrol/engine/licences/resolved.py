"""The companies and numbers of a post, resolved in the register."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole
from patrol.engine.licences import coverage, mentions, name_endings, names
from patrol.engine.licences.book import Book

# As far as the reader reads; names behind it would be found without their context.
READ_TO = 20_000
_NAMED = frozenset((CompanyRole.PLACER, CompanyRole.UNCLEAR, ""))
_LONGER_BY = 4  # words a name may go on behind what the reading took for it
_WORD = re.compile(r"(?:[ \t]*[&\-][ \t]*|[ \t]+)[\"'“”]?([^\W_]+)[\"'“”]?")
_CORRECTION = re.compile(
    r"[ \t,.;:(\-–…]{0,4}(?:eh+|eits|ups|ralat|koreksi|maksud saya|maksud(?:nya|ku|e)?|salah|sorry|bukan itu)[ \t,:.;\-–…]{1,4}"
    r"(?:(?:maksudnya|maksudku|maksud saya|ralat|tulis|ketik|yang benar|yg bener|yg benar)[ \t,:]{1,3})?",
    re.IGNORECASE,
)
_LONG_FIGURES = re.compile(r"\d[\d\s.-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Company:
    """A company as one place of the post names it."""

    claim: domain.Claim  # value: the register's form where it has one
    written: str
    match: names.Match

    @property
    def named(self) -> bool:
        return self.claim.role in _NAMED


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number as one place of the post quotes it."""

    claim: domain.Claim  # value: the register's form where it has one
    sip3mi: bool
    permits: tuple[coverage.Permit, ...] = ()
    owner: domain.Agency | None = None
    owner_name: str = ""  # as the licence names it, should the agencies hold no such name

    @property
    def found(self) -> bool:
        return bool(self.permits) or self.owner is not None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything of a post that the register may know."""

    companies: tuple[Company, ...]
    quoted: tuple[Quoted, ...]
    claims: tuple[domain.Claim, ...]  # of both, in order, with the register's form as value


def resolve(reading: domain.Reading, content: domain.Content, book: Book) -> Resolved:
    """Companies and numbers of a post, in any role; adds names of the register that the reading did not mark."""
    companies: list[Company] = []
    texts = sources(reading, content)
    quoted = _numbers(texts, reading, book)
    marked = [_before_numbers(claim, quoted, texts) for claim in reading.of(ClaimKind.COMPANY)]
    for source, text in texts.items():
        companies += _companies(text, source, marked, reading, book)
    for claim in marked:
        if claim.source not in texts:
            match = book.names.resolve(claim.value)
            companies.append(Company(_as_registered(claim, match), claim.value, match))
    if reading.overseas_offer and not any(company.named for company in companies):
        for source, text in texts.items():
            companies += _unmarked(text, source, book.mentions.nearly(text), companies, reading, book)
    claims = sorted((*(c.claim for c in companies), *(q.claim for q in quoted)), key=_order)
    return Resolved(tuple(sorted(companies, key=lambda c: _order(c.claim))), quoted, tuple(claims))


def sources(reading: domain.Reading, content: domain.Content) -> Mapping[str, str]:
    """The texts spans refer to, by the claims' `source`."""
    return {
        "text": content.text[:READ_TO],
        **{f"image:{at}": text[:READ_TO] for at, text in enumerate(reading.picture_texts)},
        **{f"alt:{at}": text[:READ_TO] for at, text in enumerate(content.captions) if text},
    }


def _order(claim: domain.Claim) -> tuple[str, domain.Span]:
    return ("" if claim.source == "text" else claim.source, claim.span)


def _as_registered(claim: domain.Claim, match: names.Match) -> domain.Claim:
    return claim if match.agency is None else replace(claim, value=match.agency.name)


def _companies(text: str, source: str, marked: Sequence[domain.Claim], reading: domain.Reading, book: Book) -> list[Company]:
    places = book.mentions.find(text)
    here = [claim for claim in marked if claim.source == source]
    if not places and not here:
        return []
    work = [claim for claim in reading.of(ClaimKind.POSITION, ClaimKind.COUNTRY) if claim.source == source]
    companies = [_marked(text, claim, places, work, book) for claim in here]
    return companies + _unmarked(text, source, places, companies, reading, book)


def _before_numbers(claim: domain.Claim, quoted: Sequence[Quoted], texts: Mapping[str, str]) -> domain.Claim:
    """A name ends where a licence number begins: "PT Laksita 402/SIP2MI/I/2026"."""
    first, last = claim.span
    cut = min((q.claim.span[0] for q in quoted if q.claim.source == claim.source and first < q.claim.span[0] < last), default=last)
    if cut == last or claim.source not in texts:
        return claim
    name = texts[claim.source][first:cut].rstrip(" \t\n,.:;-–(/")
    return replace(claim, value=" ".join(name.split()), span=(first, first + len(name))) if name else claim


def _marked(text: str, claim: domain.Claim, places: Sequence[mentions.Place], work: Sequence[domain.Claim], book: Book) -> Company:
    """A company the reading saw; its place is the register's name's, where the reading stopped too early or too late."""
    match = book.names.resolve(claim.value)
    if match.agency is None:
        better = _corrected(text, claim, book) or _longer(text, claim, book) or _shorter(text, claim, work, book)
        if better := better or _before_form(text, claim, places, book):
            return better
    for place in places:
        begins = claim.span[0] - 4 <= place.span[0] <= claim.span[0] + 4
        if not (begins and _overlap(place.span, claim.span)):
            continue
        wider = place.span[1] > claim.span[1]
        if wider or (place.span[1] < claim.span[1] and match.agency is place.agency):
            span = (min(place.span[0], claim.span[0]), place.span[1])
            match = book.names.resolve(place.agency.name) if wider else match
            return Company(replace(claim, value=place.agency.name, span=span), text[slice(*span)], match)
    return Company(_as_registered(claim, match), claim.value, match)


def _longer(text: str, claim: domain.Claim, book: Book) -> Company | None:
    """The agency whose name goes on with the words behind: "PT Ganesa" before "Loh Kencana", however it is misspelt."""
    tokens: list[re.Match[str]] = []
    while len(tokens) < _LONGER_BY and (token := _WORD.match(text, tokens[-1].end() if tokens else claim.span[1])):
        tokens.append(token)
    for token in reversed(tokens):
        if token[1].casefold() not in book.names.words:
            continue  # the register's words are cheaper to ask than its names
        span = (claim.span[0], token.end(1))
        match = book.names.resolve(" ".join(text[slice(*span)].split()))
        if match.agency is not None and match.words[-1:] == names.words(token[1]):
            return Company(replace(claim, value=match.agency.name, span=span), text[slice(*span)], match)
    return None


def _shorter(text: str, claim: domain.Claim, work: Sequence[domain.Claim], book: Book) -> Company | None:
    """The agency whose name ends where the work or the country begins: "pt laksita benua tirta sopir"."""
    for at in sorted((w.span[0] for w in work if claim.span[0] < w.span[0] < claim.span[1]), reverse=True):
        name = text[claim.span[0] : at].rstrip()
        match = book.names.resolve(" ".join(name.split()))
        if match.agency is not None:
            span = (claim.span[0], claim.span[0] + len(name))
            return Company(replace(claim, value=match.agency.name, span=span), name, match)
    return None


def _before_form(text: str, claim: domain.Claim, places: Sequence[mentions.Place], book: Book) -> Company | None:
    """The agency whose legal form stands behind its name and before its town: "Laksita Benua Tirta PT. Cirebon"."""
    if not name_endings.follows_a_name(names.words(claim.value)):
        return None
    for place in places:
        if place.span[1] <= claim.span[0] and not text[place.span[1] : claim.span[0]].strip(" \t,"):
            span = (place.span[0], claim.span[1])
            found = replace(claim, value=place.agency.name, span=span)
            return Company(found, text[slice(*span)], book.names.resolve(place.agency.name))
    return None


def _corrected(text: str, claim: domain.Claim, book: Book) -> Company | None:
    """The agency meant where the author corrects himself: "PT Sinar Kalima Timur eh Kalimaya Timur"."""
    slip = _CORRECTION.match(text, claim.span[1])
    if slip is None:
        return None
    behind = re.match(r"[^\W_]+(?:[ \t][^\W_]+){0,4}", text[slip.end() : slip.end() + 80])
    if behind is None:
        return None
    said, meant = list(names.words(claim.value)), list(names.words(behind.group()))
    for length in range(len(meant), 0, -1):
        for kept in range(len(said)):
            match = book.names.resolve(" ".join((*said[:kept], *meant[:length])))
            if match.agency is not None and len(match.words) == kept + length:
                return Company(replace(claim, value=match.agency.name), claim.value, match)
    return None


def _unmarked(
    text: str, source: str, places: Sequence[mentions.Place], companies: Sequence[Company], reading: domain.Reading, book: Book
) -> list[Company]:
    """Names of the register that the reading did not mark."""
    taken = [c.claim.span for c in companies if c.claim.source == source]
    taken += [c.span for c in reading.of(ClaimKind.ACCOUNT, ClaimKind.LINK) if c.source == source]
    roles: dict[str, str] = {}
    for company in companies:
        if company.match.agency is not None and roles.get(company.match.agency.name, "") not in _NAMED - {""}:
            roles[company.match.agency.name] = company.claim.role
    found: list[Company] = []
    for place in places:
        if any(_overlap(place.span, span) for span in taken):
            continue
        role = book.role(text, place.span) if place.agency.name not in roles else roles[place.agency.name]
        claim = domain.Claim(ClaimKind.COMPANY, place.agency.name, place.span, source, confidence=0.9, role=role)
        found.append(Company(claim, text[slice(*place.span)], book.names.resolve(place.agency.name)))
    return found


def _overlap(one: domain.Span, other: domain.Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _numbers(texts: Mapping[str, str], reading: domain.Reading, book: Book) -> tuple[Quoted, ...]:
    """Every number the reading saw, the register's own that stand in the texts however they are introduced, and what is made like them."""
    found = [_quoted(claim, book) for claim in reading.of(ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER)]
    elsewhere = reading.of(ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.PHONE)
    for source, text in texts.items():
        for span, number, sip3mi in book.numbers_within(text):
            if any(claim.source == source and _overlap(claim.span, span) for claim in elsewhere):
                continue
            read = [q for q in found if q.claim.source == source and _overlap(q.claim.span, span)]
            if any(q.found for q in read):
                continue
            kind = ClaimKind.SIP3MI_NUMBER if sip3mi else ClaimKind.LICENCE_NUMBER
            claim = domain.Claim(kind, number, span, source, confidence=0.95)
            found = [q for q in found if q not in read] + [_quoted(claim, book)]
        for span in book.numbers_alike(text):
            beside = [*elsewhere, *(q.claim for q in found)]
            if not any(claim.source == source and _overlap(claim.span, span) for claim in beside):
                claim = domain.Claim(ClaimKind.LICENCE_NUMBER, text[slice(*span)], span, source, confidence=0.9)
                found.append(_quoted(claim, book))
    return tuple(sorted(found, key=lambda q: _order(q.claim)))


def _quoted(claim: domain.Claim, book: Book) -> Quoted:
    as_sip3mi = claim.kind == ClaimKind.SIP3MI_NUMBER
    for sip3mi in (as_sip3mi, not as_sip3mi):
        if sip3mi and (found := book.sip3mi(claim.value)):
            return Quoted(replace(claim, value=found[0]), sip3mi=True, owner=found[1], owner_name=found[1].name)
        if not sip3mi and (permits := book.permits_by_number(claim.value)):
            licence = permits[0].licence
            owner = book.agency(licence.agency)
            written = replace(claim, value=licence.number)
            return Quoted(written, sip3mi=False, permits=permits, owner=owner, owner_name=licence.agency)
    return Quoted(claim, sip3mi=as_sip3mi)


def shown(written: str) -> str:
    """A name from a post as a sentence may carry it: one line, short, long rows of figures masked."""
    plain = " ".join(written.split())
    return _LONG_FIGURES.sub("•••", plain)[:80]

"""A number, account, link, company or SIP number that somebody sent without an offer around it.

A name alone clears nobody: it may be used by others. What the register holds against a company or a number is told all the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole, Sentence, TextKind, Verdict
from patrol.engine import licences
from patrol.engine.licences import standing
from patrol.engine.reading import titles
from patrol.public.check import answer, words
from patrol.public.check.answer import Result, say
from patrol.public.check.words import Tone

SHORT: Final = 200  # characters: a longer text is read as what it is
_CONTACTS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK)
_NUMBERS: Final = (ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER)
_ASKED: Final = frozenset((TextKind.OTHER, TextKind.PLEA, TextKind.WARNING))  # "apakah PT … ada?", "nomor … penipu bukan?"
_REST: Final = 12  # letters beside a name or number that are still no sentence: "ini nomornya"
_COMPANY: Final = re.compile(r"(?:PT|P\.T\.|CV)\.?\s+[^\W\d_][\w&.'\- ]{2,80}", re.IGNORECASE)
_HANDLE: Final = re.compile(r"@[\w.]{2,60}")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_TELLS: Final = frozenset(  # what the register says of a company or a number whatever the offer is
    (
        Verdict.AGENCY_REVOKED,
        Verdict.AGENCY_SUSPENDED,
        Verdict.AGENCY_NOT_FOUND,
        Verdict.LICENCE_NOT_FOUND,
        Verdict.LICENCE_REVOKED,
        Verdict.LICENCE_EXPIRED,
        Verdict.LICENCE_NOT_YET_VALID,
    )
)


def named(found: domain.Assessment, text: str) -> tuple[domain.Claim, ...]:
    """The names, numbers and contacts that a text asks for without offering anything; nothing where it is an offer, or something else."""
    read = found.reading
    if len(text) > SHORT:
        return ()
    claims = found.check.claims or read.of(ClaimKind.COMPANY, *_NUMBERS)
    whole = (0, len(text))
    if not claims and _COMPANY.fullmatch(text):
        return (domain.Claim(ClaimKind.COMPANY, " ".join(text.split()), whole),)
    if _HANDLE.fullmatch(text):
        return (domain.Claim(ClaimKind.ACCOUNT, text, whole),)
    claims = (*claims, *read.of(*_CONTACTS))
    if not claims and _LINK.fullmatch(text):
        return (domain.Claim(ClaimKind.LINK, text, whole),)
    rest = "".join(letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in (c.span for c in claims)))
    bare = sum(letter.isalpha() for letter in rest) <= _REST
    return claims if claims and (bare or read.text_kind in _ASKED) else ()


def of(
    found: domain.Assessment,
    content: domain.Content,
    claims: tuple[domain.Claim, ...],
    book: licences.Book | None,
    *,
    reported: frozenset[str] | None,
    now: datetime,
) -> Result:
    """`claims`: what `named` found. `reported`: of their numbers those that may be told as named in a reviewed report; None: reports are
    told at no number."""
    listed = tuple(claim for claim in claims if claim.kind in {ClaimKind.COMPANY, *_NUMBERS})
    if book is not None and listed:
        return _listed(found, content, listed, book, reported=reported or frozenset(), now=now)
    return _contact(claims, book, reported=reported, now=now)


# --- a company or a SIP number --------------------------------------------------------------------


def _listed(
    found: domain.Assessment,
    content: domain.Content,
    claims: tuple[domain.Claim, ...],
    book: licences.Book,
    *,
    reported: frozenset[str],
    now: datetime,
) -> Result:
    """Checked as if it were offered, and said as what it is: a name or a number."""
    read = found.reading
    asked = [replace(claim, role=CompanyRole.PLACER) if claim.kind == ClaimKind.COMPANY else claim for claim in claims]
    offered = domain.Reading(
        text_kind=TextKind.OFFER_ABROAD,
        claims=(*asked, *read.of(*_CONTACTS)),  # without the places in a company's name, which are no destination
        countries=(),
        positions=(),
        reader_version=read.reader_version,
    )
    check = licences.check(offered, content, book, found.check.day, today=found.check.day)
    judged = domain.Assessment(offered, check, (), 0, domain.Level.NONE, ())
    result = answer.of(judged, content.text, book, reported=reported, now=now)
    if check.verdict in _TELLS:
        return result
    agency, licence = book.agency(check.agency), answer.deciding(check, offered, book) if check.licence_number else None
    slots = {"REG": answer.written(book.register_date), "P": check.agency, "T": answer.written(check.day)}
    if licence is not None:
        said = words.LICENCE_ALONE
        country = say(titles.country(licence.country))
        slots |= {"N": licence.number, "P": licence.agency, "C": country, "J": ", ".join(licence.positions) or say(words.THESE_JOBS)}
    elif agency is not None:
        said = words.COMPANY_ALONE
        slots["S"] = say(words.STANDING[standing.on(agency, check.day).status])
    else:
        return result
    facts = result.facts
    if licence is None and agency is not None:
        facts = (*answer.company(agency, check.day), *answer.recorded(agency, check.day, book), *answer.office(agency))
    return Result(
        tone=Tone.MEDIUM,
        tag=say(said.tag),
        title=say(said.title, **slots),
        register=say(said.register, **slots),
        now=say(said.now, **slots),
        checked=answer.checked(book, now=now),
        newer=result.newer,
        facts=tuple(facts),
        steps=words.STEPS[said.steps],
        only_read=say(words.ONLY_READ),
    )


# --- a number, an account, a link -----------------------------------------------------------------


def _contact(claims: tuple[domain.Claim, ...], book: licences.Book | None, *, reported: frozenset[str] | None, now: datetime) -> Result:
    claim = next((claim for kind in _CONTACTS for claim in claims if claim.kind == kind), None)
    title, then = _said(claim, book, reported)
    owner = answer.owner(claim, book) if claim and book else None
    slots = {"P": owner.name} if owner else {}
    return Result(
        tone=Tone.HIGH if title is words.NUMBER_REVIEWED[0] else Tone.MEDIUM,
        tag=say(words.ALONE if title is not words.NUMBER_REVIEWED[0] else words.STRONG_SIGNS),
        title=say(title, **slots),
        register="",
        now=say(then, **slots),
        checked=answer.checked(book, now=now),
        steps=words.STEPS["alone"],
        only_read=say(words.ONLY_READ),
    )


def _said(claim: domain.Claim | None, book: licences.Book | None, reported: frozenset[str] | None) -> tuple[Sentence, Sentence]:
    """Whoever was harmed is never told of: their number reads as one that nobody reported."""
    kind = str(claim.kind) if claim else ""
    if claim is not None and book is not None and answer.owner(claim, book) is not None:
        return words.CONTACT_OWNED[kind]
    if claim is not None and kind == ClaimKind.PHONE and reported and claim.value in reported:
        return words.NUMBER_REVIEWED
    if kind == ClaimKind.LINK:
        return words.LINK_UNOPENED
    if book is None:
        return words.CONTACT_NO_REGISTER
    if kind == ClaimKind.ACCOUNT:
        return words.ACCOUNT_UNKNOWN
    return words.NUMBER_NOT_LISTED if reported is None else words.NUMBER_UNKNOWN

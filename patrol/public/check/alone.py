"""A number, account, link, company or SIP number that somebody sent without an offer around it.

A name alone clears nobody: it may be used by others. What the register holds against a company or a number is told all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from patrol import domain
from patrol.domain import ClaimKind, CompanyRole, Level, Sentence, StandingStatus, TextKind, Verdict
from patrol.engine import licences
from patrol.engine.licences import coverage, standing, verdicts
from patrol.engine.reading import links, titles
from patrol.public.check import against, answer, own, words
from patrol.public.check.answer import Result
from patrol.public.check.spoken import recorded_jobs, say, written
from patrol.public.check.words import Tone

SHORT: Final = 200  # characters: a longer text is read as what it is
_NUMBERS: Final = (ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER)
_ASKED: Final = frozenset((TextKind.OTHER, TextKind.PLEA, TextKind.WARNING))  # "apakah PT … ada?", "nomor … penipu bukan?"
_GIVEN: Final = frozenset(("destination", "mentioned", ""))  # roles of a country; not one that is denied or passed through
_REST: Final = 12  # letters beside a name or number that are still no sentence: "ini nomornya"
_COMPANY: Final = re.compile(r"(?:PT|P\.T\.|CV)\.?\s+[^\W\d_][\w&.'\- ]{2,80}", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
_SERIAL: Final = re.compile(
    r"\s*(?:(?:no(?:mor|mer)?\b\.?\s*)?(?P<said>SIP(?:2MI)?)\b(?:\s*no(?:mor|mer)?\b)?[\s.:#]*)?(?P<number>(?:[A-Z](?P<dot>\.)?\s*)?\d{3,6})[\s.]*",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"https?://([^/?#:]*)")
_TELEGRAM: Final = frozenset(("t.me", "telegram.me"))  # "t.me/+628…" is a number, without an account
_TELLS: Final = frozenset(  # what the register says of a company or a number whatever the offer is
    (
        Verdict.AGENCY_REVOKED,
        Verdict.AGENCY_SUSPENDED,
        Verdict.AGENCY_NOT_FOUND,
        Verdict.LICENCE_NOT_FOUND,
        Verdict.LICENCE_MISMATCH,
        Verdict.LICENCE_REVOKED,
        Verdict.LICENCE_EXPIRED,
        Verdict.LICENCE_NOT_YET_VALID,
    )
)


def named(
    found: domain.Assessment,
    text: str,
    ours: tuple[domain.Claim, ...] = (),
    filled: tuple[domain.Claim, ...] = (),
    book: licences.Book | None = None,
) -> tuple[domain.Claim, ...]:
    """The names, numbers and contacts that a text asks for without offering anything; nothing where it is an offer, or something else: what
    has a warning sign in it is no mere question. `ours`: where numbers of this desk stand in it (own.claims). `filled`: what stands in
    fields of its own (asked.Asked): it is asked for wherever the reader reads no offer. `book`: whose numbers a row of figures
    may begin."""
    read = found.reading
    free = len(text) - sum(end - start for start, end in (claim.span for claim in filled))
    if free > SHORT or found.level == Level.HIGH or answer.warned(found):
        return ()
    claims = found.check.claims or read.of(ClaimKind.COMPANY, *_NUMBERS)
    if not filled and not claims and (serial := _serial(text, book)) is not None:
        return (serial,)
    seen = (*(_whole(one, ours, text) for one in _contacts(read, text)), *ours)
    contacts = tuple(one for one in seen if not any(_leads(one, other) for other in seen))
    # A name may sound like an offer ("Taiwan Jaya"); what recruits, or says how to reach somebody, is one.
    if filled and (not read.overseas_offer or not (claims or contacts or read.of(ClaimKind.PHRASE))):
        return (*claims, *_unread(filled, (*claims, *contacts), text), *contacts)
    whole = (0, len(text))
    if not claims and _COMPANY.fullmatch(text):
        return (domain.Claim(ClaimKind.COMPANY, " ".join(text.split()), whole),)
    if not claims and not contacts and _LINK.fullmatch(text):
        return (domain.Claim(ClaimKind.LINK, text, whole),)
    spans = [one.span for one in (*claims, *seen)]
    rest = "".join(letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in spans))
    bare = sum(letter.isalpha() for letter in rest) <= _REST
    return (*claims, *contacts) if (claims or contacts) and (bare or read.text_kind in _ASKED) else ()


def _serial(text: str, book: licences.Book | None) -> domain.Claim | None:
    """A SIP number of which only the beginning was sent: "B. 4021", "nomor SIP 4021". Without a dot or the word, a letter and figures are
    much else (a number plate, a code): there it is one where a number of the register begins so."""
    written = _SERIAL.fullmatch(text)
    if written is None or not (written["said"] or written["dot"] or (book is not None and book.begins_number(written["number"]))):
        return None
    return domain.Claim(ClaimKind.LICENCE_NUMBER, written["number"], written.span("number"))


def _unread(filled: Iterable[domain.Claim], read: Sequence[domain.Claim], text: str) -> Iterator[domain.Claim]:
    """What fields hold beyond that which was read in them. Where a number follows a company's name, the name is what stands before it."""
    for claim in filled:
        inside = [one for one in read if domain.touch(one.span, claim.span)]
        if not inside:
            yield claim
        elif claim.kind == ClaimKind.COMPANY and all(one.kind in answer.CONTACTS for one in inside):
            start, end = claim.span[0], min(one.span[0] for one in inside)
            name = text[start:end].rstrip(" ,.;:-–(/")
            if sum(letter.isalpha() for letter in name) > 1:
                yield replace(claim, value=name, span=(start, start + len(name)))


def _whole(link: domain.Claim, ours: tuple[domain.Claim, ...], text: str) -> domain.Claim:
    """A link as it was written: the reader does not see this desk's numbers, and ends it before one (own.left_out)."""
    cut = next((one.span[1] for one in ours if link.kind == ClaimKind.LINK and link.span[1] == one.span[0]), None)
    if cut is None:
        return link
    end = next((at for at in range(cut, len(text)) if text[at].isspace()), len(text))
    return replace(link, value=link.value + text[link.span[1] : end], span=(link.span[0], end))


def _leads(link: domain.Claim, to: domain.Claim) -> bool:
    """Whether a link is the address of an account or a number (wa.me/628…), which is told, and no site beside it. A form or a page of its
    own is one, whatever number stands in its address."""
    if link.kind != ClaimKind.LINK or to.kind not in {ClaimKind.ACCOUNT, ClaimKind.PHONE}:
        return False
    site = _SITE.match(link.value)  # of what an app opens there is none: whatsapp://send?phone=628…
    dials = site is None or site[1] in _TELEGRAM or links.dials_at(site[1])
    return domain.touch(link.span, to.span) and (to.kind == ClaimKind.ACCOUNT or dials)


def _contacts(read: domain.Reading, text: str) -> list[domain.Claim]:
    contacts = read.of(*answer.CONTACTS)
    return [*contacts, *(one for one in answer.handles(text) if not any(domain.touch(one.span, other.span) for other in contacts))]


def of(
    found: domain.Assessment,
    content: domain.Content,
    claims: tuple[domain.Claim, ...],
    book: licences.Book | None,
    *,
    reported: frozenset[str] | None,
    now: datetime,
    ours: tuple[domain.Claim, ...] = (),
    filled: tuple[domain.Claim, ...] = (),
) -> Result:
    """`claims`: what `named` found, `ours` and `filled` as there. `reported`: of their numbers those that may be told as named in a
    reviewed report; None: reports are told at no number."""
    listed = tuple(claim for claim in claims if claim.kind in {ClaimKind.COMPANY, *_NUMBERS})
    if book is not None and listed:
        about = _about(found.reading, listed) if filled else ()
        told = _listed(found, content, listed, book, about=about, reported=reported or frozenset(), now=now)
        return own.noted(told, content.text, ours)
    return _contact(claims, content.text, book, day=found.check.day, reported=reported, now=now, ours=ours)


# --- a company or a SIP number --------------------------------------------------------------------


def _about(read: domain.Reading, names: Sequence[domain.Claim]) -> tuple[domain.Claim, ...]:
    """The countries and the work that stand beside a company or a number in fields of the form: whoever filled them in says what is
    offered. The words of a name say nothing of it."""
    beside = [one for one in read.of(ClaimKind.COUNTRY, ClaimKind.POSITION) if not any(domain.touch(one.span, name.span) for name in names)]
    lands = [replace(one, role="destination") for one in beside if one.kind == ClaimKind.COUNTRY and one.role in _GIVEN]
    return (*lands, *(one for one in beside if one.kind == ClaimKind.POSITION))


def _listed(
    found: domain.Assessment,
    content: domain.Content,
    claims: tuple[domain.Claim, ...],
    book: licences.Book,
    *,
    about: tuple[domain.Claim, ...],
    reported: frozenset[str],
    now: datetime,
) -> Result:
    """Checked as if it were offered, and said as what it is: a name or a number; an offer where fields say a country or work (`about`)."""
    read = found.reading
    asked = [replace(claim, role=CompanyRole.PLACER) if claim.kind == ClaimKind.COMPANY else claim for claim in claims]
    # A name without its platform is compared with no company's accounts: one that some company lists is nobody's stranger.
    contacts = [one for one in _contacts(read, content.text) if not one.value.startswith("@") or answer.owner(one, book) is None]
    offered = domain.Reading(
        text_kind=TextKind.OFFER_ABROAD,
        claims=(*asked, *contacts, *about),  # without the places in a company's name, which are no destination
        countries=tuple(dict.fromkeys(one.value for one in about if one.kind == ClaimKind.COUNTRY)),
        positions=tuple(dict.fromkeys(one.value for one in about if one.kind == ClaimKind.POSITION)),
        reader_version=read.reader_version,
    )
    check = licences.check(offered, content, book, found.check.day, today=found.check.day)
    judged = domain.Assessment(offered, check, (), 0, domain.Level.NONE, ())
    result = answer.of(judged, content.text, book, reported=reported, now=now)
    if about:
        return result
    result = _without_offer(result, check, book, now=now)
    agency, permit = book.agency(check.agency), answer.deciding(check, offered, book) if check.licence_number else None
    stands = standing.on(agency, check.day) if agency is not None else None
    # Suspended in part is said in other words of a company of which nobody says what it offers.
    partly = stands is not None and stands.status == StandingStatus.PARTLY_SUSPENDED
    told = check.verdict in _TELLS and not (partly and not check.licence_number)
    if told or agency is None or stands is None or (permit is not None and coverage.exhausted_on(permit.licence, check.day)):
        return result
    slots = {"REG": written(book.register_date), "P": agency.name, "T": written(check.day), **against.term(stands)}
    if permit is not None:
        licence = permit.licence
        said = words.LICENCE_STOPPED if verdicts.stopped(permit, stands, book) else words.LICENCE_ALONE
        country = say(titles.country(licence.country))
        slots |= {"N": licence.number, "C": country, "J": ", ".join(recorded_jobs(licence.positions)) or say(words.THESE_JOBS)}
        tone = said.tone
    else:
        said = words.COMPANY_PARTLY if partly else words.COMPANY_ALONE
        slots["S"] = say(words.STANDING[stands.status])
        tone = Tone.HIGH if against.wholly(stands, book) else said.tone
    today = answer.law_day(now)
    later = against.after(check, offered, book, today, name=permit is None)
    outcome = said if later.said is None or later.said.tone.rank < tone.rank else later.said
    facts = result.facts
    if permit is None:
        facts = (
            *answer.company(agency, check.day, today),
            *answer.recorded(agency, check.day, today, book),
            *answer.office(agency),
            *answer.number_rows(offered, content.text, agency, today, book),
        )
    alone = Result(
        tone=max(tone, outcome.tone, key=lambda one: one.rank),
        tag=say(outcome.tag),
        title=say(outcome.title, **slots),
        register=" ".join((say(said.register, **slots), *later.lines)),
        now=say(outcome.now, **slots),
        checked=result.checked,
        newer=result.newer,
        facts=tuple(facts),
        signs=result.signs,  # that its contact is not the company's
        pieces=result.pieces,
        steps=words.STEPS[outcome.steps],
        only_read=say(words.ONLY_READ),
    )
    return answer.reviewed(alone, offered, content.text, reported)


def _without_offer(result: Result, check: domain.LicenceCheck, book: licences.Book, *, now: datetime) -> Result:
    """Said of a name or a number that nobody offered anything with: it is as of today, unless a day of the offer was given."""
    day = None if check.day == answer.law_day(now) else check.day
    result = replace(result, checked=answer.checked(book, now=now, day=day))
    if day is None and result.newer:
        result = replace(result, newer=say(words.NEWER_ALONE, REG=written(book.register_date)))
    title = words.NOT_IN_FORCE_ALONE.get(check.verdict)
    if day is None and title and result.tag == say(words.NOT_IN_FORCE):  # else a number in it is said to be reported
        result = replace(result, tag=say(words.NOT_IN_FORCE_NOW), title=say(title))
    return result


# --- a number, an account, a link -----------------------------------------------------------------


def _contact(
    claims: tuple[domain.Claim, ...],
    text: str,
    book: licences.Book | None,
    *,
    day: date,
    reported: frozenset[str] | None,
    now: datetime,
    ours: tuple[domain.Claim, ...],
) -> Result:
    """The worst of them decides; of several each has its line."""
    contacts = list({claim.value: claim for claim in claims if claim.kind in answer.CONTACTS}.values())[: answer.MOST_CONTACTS]
    today = answer.law_day(now)
    said = sorted(
        ((_told(claim, book, reported, ours, day, today), claim) for claim in contacts),
        key=lambda one: (one[0].rank, answer.CONTACTS.index(one[1].kind)),
    )
    worst = said[0][0] if said else _Told(_UNKNOWN, *_spoken(words.CONTACT_NO_REGISTER))
    lines = (f"{_shown(claim, contacts, text)}: {' '.join(filter(None, (one.title, one.register)))}" for one, claim in said)
    return Result(
        tone=worst.tone,
        tag=say(worst.tag),
        title=worst.title,
        register=worst.register if len(said) == 1 else "",
        now=worst.now,
        checked=answer.checked(book, now=now),
        lines=tuple(lines) if len(said) > 1 else (),
        steps=words.STEPS[worst.steps],
        only_read=say(words.ONLY_READ),
    )


def _shown(claim: domain.Claim, contacts: Sequence[domain.Claim], text: str) -> str:
    """As it was written; a number in the address of a form by its digits: the form is told at the same place."""
    shared = claim.kind == ClaimKind.PHONE and any(one.kind == ClaimKind.LINK and one.span == claim.span for one in contacts)
    return claim.value if shared else answer.as_written(claim, text)


_REVIEWED, _SANCTIONED, _PARTLY, _UNKNOWN, _OWNED, _OURS = range(6)  # worst first


@dataclass(frozen=True, slots=True)
class _Told:
    """How a contact stands, and what is said of it."""

    rank: int
    title: str
    now: str
    register: str = ""
    tone: Tone = Tone.MEDIUM
    tag: Sentence = words.ALONE
    steps: str = "alone"


def _spoken(said: tuple[Sentence, Sentence], **slots: str) -> tuple[str, str]:
    return say(said[0], **slots), say(said[1], **slots)


def _told(
    claim: domain.Claim, book: licences.Book | None, reported: frozenset[str] | None, ours: tuple[domain.Claim, ...], day: date, today: date
) -> _Told:
    """Whoever was harmed is never told of: their number reads as one that nobody reported."""
    if claim in ours:
        return _Told(_OURS, *_spoken(words.OUR_NUMBER, OUR=own.named(claim)))
    if book is not None and claim.kind in words.CONTACT_OWNED:
        owned = [_owned(claim, owner, book, day, today) for owner in answer.owners(claim, book)]
        if owned:
            return min(owned, key=lambda one: one.rank)
    if claim.kind == ClaimKind.PHONE and reported and claim.value in reported:
        return _Told(_REVIEWED, *_spoken(words.NUMBER_REVIEWED), tone=Tone.HIGH, tag=words.STRONG_SIGNS)
    return _Told(_UNKNOWN, *_spoken(_unknown(claim, book, told=reported is not None)))


def _owned(claim: domain.Claim, owner: domain.Agency, book: licences.Book, day: date, today: date) -> _Told:
    """A company's contact, with what the register holds against that company on the day or today."""
    title, now = _spoken(words.CONTACT_OWNED[claim.kind], P=owner.name)
    held = [(stands, said) for one in (today, day) if (said := against.alone(stands := standing.on(owner, one))) is not None]
    if not held:
        return _Told(_OWNED, title, now)
    stands, said = next((one for one in held if against.wholly(one[0], book)), held[0])
    register = say(said.register, REG=written(book.register_date), P=owner.name, **against.term(stands))
    # Of the day alone: how it stands today is said behind it.
    later = against.changed(owner, day, today) if stands != standing.on(owner, today) else ""
    high = against.wholly(stands, book)
    return _Told(
        _SANCTIONED if high else _PARTLY,
        title,
        say(said.now),
        " ".join(filter(None, (register, later))),
        Tone.HIGH if high else said.tone,
        said.tag,
        said.steps,
    )


def _unknown(claim: domain.Claim, book: licences.Book | None, *, told: bool) -> tuple[Sentence, Sentence]:
    if claim.kind == ClaimKind.LINK:
        return words.LINK_UNOPENED
    if claim.kind == ClaimKind.BANK_ACCOUNT:
        return words.BANK_ACCOUNT
    if claim.kind == ClaimKind.EMAIL:
        return words.EMAIL_UNKNOWN
    if book is None:
        return words.CONTACT_NO_REGISTER
    if claim.kind == ClaimKind.ACCOUNT:
        return words.ACCOUNT_UNKNOWN
    return words.NUMBER_UNKNOWN if told else words.NUMBER_NOT_LISTED

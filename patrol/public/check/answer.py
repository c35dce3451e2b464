"""An assessment as a result for whoever got the offer: what the register says at its date, what to be wary of, what to do now.

The tone is the worse of verdict and level; low is only what the register covers with the company's own contact and without a warning
sign, a route without SIP, and what is no offer. Nothing here knows who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.html import escape

from patrol import domain
from patrol.domain import LAW_ZONE, ClaimKind, Level, PhraseGroup, Sentence, StandingStatus, Verdict
from patrol.engine import licences
from patrol.engine.licences import contacts, coverage, sentences, standing, subjects
from patrol.engine.reading import titles
from patrol.public import pages
from patrol.public.check import against, words
from patrol.public.check.spoken import joined, recorded_jobs, say, since, small, written
from patrol.public.check.words import Said, Sign, Tone

_LEVELS: Final = {Level.NONE: Tone.LOW, Level.LOW: Tone.LOW, Level.MEDIUM: Tone.MEDIUM, Level.HIGH: Tone.HIGH}
_NEAR: Final = 0.25  # from here on another name is not worth naming
_MOST_LICENCES = 8  # of a company, in the list of those that are recorded
MOST_CONTACTS: Final = 5  # that are answered one by one
CONTACTS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL, ClaimKind.LINK)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register's part. `phone`: the number that `said` leads to."""

    said: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text as it was sent. `numbers`: the signs that stand in it; said behind those that end with it."""

    text: str
    marked: bool = False
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the page shows; sentences in the language that is active."""

    tone: Tone
    tag: str
    title: str
    register: str
    now: str
    checked: str
    newer: str = ""
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()  # of single contacts, below what is said of all of it
    signs: tuple[tuple[str, str], ...] = ()  # name, why
    no_sign: str = ""
    pieces: tuple[Piece, ...] = ()
    steps: tuple[words.Step, ...] = ()
    others: tuple[tuple[str, str], ...] = ()  # other companies: name, what the register says of each
    only_read: str = ""
    signs_first: bool = False


def shortened(made: Sequence[Piece], most: int) -> tuple[Piece, ...]:
    """The first of them that take at most so many bytes on a page; the last may be cut."""
    shown: list[Piece] = []
    for piece in made:
        text = pages.fitting(piece.text, most)
        if text:
            shown.append(replace(piece, text=text))
        if text != piece.text:
            break
        most -= len(escape(text).encode())
    return tuple(shown)


def law_day(now: datetime) -> date:
    return timezone.localtime(now, LAW_ZONE).date()


def checked(book: licences.Book | None, *, now: datetime, day: date | None = None) -> str:
    """When it was checked, by what register, for what day."""
    moment = timezone.localtime(now, LAW_ZONE)
    said = f"{written(moment.date())}, {moment:%H.%M} WIB"
    if book is None:
        return say(words.CHECKED_WITHOUT, NOW=said)
    register = written(book.register_date)
    return say(words.CHECKED, NOW=said, REG=register, T=written(day)) if day else say(words.CHECKED_NOW, NOW=said, REG=register)


def of(found: domain.Assessment, text: str, book: licences.Book | None, *, reported: frozenset[str], now: datetime) -> Result:
    """The result for an assessed text. `reported`: of its numbers (E.164) those that may be told as named in a reviewed report."""
    check, read = found.check, found.reading
    told, slots = _told(found, book)
    register, today = [say(told.register, **slots)], law_day(now)
    if book is not None:
        later = against.after(check, read, book, today)
        register += later.lines
        if later.said is not None and later.said.tone.rank > told.tone.rank:
            told = later.said
    signs = _signs(found, book)
    tone = max(told.tone, _LEVELS[Level(found.level)], key=lambda one: one.rank)
    reachable = check.verdict == Verdict.NOT_AN_OFFER and (read.of(*CONTACTS) or handles(text))
    if tone == Tone.LOW and (signs or reachable or (check.verdict == Verdict.LICENSED and check.contact_own is not True)):
        tone = Tone.MEDIUM
    stop = found.level == Level.HIGH and bool(signs)
    facts = _facts(found, text, book, today)
    newer = book is not None and check.day > book.register_date and check.verdict not in {Verdict.NOT_AN_OFFER, Verdict.EXEMPT}
    result = Result(
        tone=tone,
        tag=say(told.tag),
        title=say(told.title, **slots),
        register=" ".join(register),
        now=say(told.now, **slots),
        checked=checked(book, now=now, day=None if check.verdict == Verdict.NOT_AN_OFFER else check.day),
        newer=say(words.NEWER, REG=slots["REG"]) if newer else "",
        facts=facts,
        signs=tuple((say(sign.name), say(sign.why)) for sign, _places in signs),
        no_sign="" if signs or tone == Tone.HIGH or check.verdict == Verdict.NOT_AN_OFFER else say(words.NO_SIGN),
        pieces=pieces(text, [places for _sign, places in signs]) if signs else (),
        steps=words.STEPS["high" if stop else told.steps],
        others=tuple(_other(other, book, today) for other in check.others),
        only_read=say(words.ONLY_READ),
        signs_first=stop,
    )
    return reviewed(_stopped(result, found, len(signs)) if stop else result, read, text, reported)


def reviewed(result: Result, read: domain.Reading, text: str, reported: frozenset[str]) -> Result:
    """The result where a number of the text is one of `reported`: strong, whatever else is said. What is strong already keeps its words."""
    named = [claim for claim in _once(read.of(ClaimKind.PHONE)) if claim.value in reported]
    if not named:
        return result
    lines = tuple(f"{as_written(claim, text)}: {say(words.REVIEWED_ROW)}" for claim in named)
    if result.tone == Tone.HIGH:
        return replace(result, lines=lines)
    title, now = say(words.REVIEWED_IN_TEXT), say(words.NUMBER_REVIEWED[1])
    steps = words.STEPS["high"]
    return replace(result, tone=Tone.HIGH, tag=say(words.STRONG_SIGNS), title=title, now=now, lines=lines, no_sign="", steps=steps)


def _stopped(result: Result, found: domain.Assessment, count: int) -> Result:
    """Strong signs stand first, whatever the register says; what it says stands below them."""
    offer = found.check.verdict != Verdict.NOT_AN_OFFER
    what = say(words.THE_OFFER if offer else words.THE_MESSAGE)
    many = say(words.COUNTS[count]) if count <= 10 else str(count)
    title = say(words.STOP_ONE if count == 1 else words.STOP, COUNT=many, WHAT=what)
    now = say(words.STOP_NOW if offer else words.STOP_NOW_MESSAGE)
    now += say(words.STOP_VISA) if found.reading.phrases(PhraseGroup.VISIT_VISA) else ""
    return replace(
        result, tag=say(words.STRONG_SIGNS), title=title, now=now, register=result.register if offer else say(words.STOP_NO_OFFER)
    )


# --- the verdict in words -------------------------------------------------------------------------


def _outcome(check: domain.LicenceCheck, book: licences.Book | None) -> Said:
    """A number of which a part was written is said to be no whole one: the register may hold it."""
    return words.LICENCE_PART if _in_part(check, book) else words.VERDICTS[check.verdict]


def _in_part(check: domain.LicenceCheck, book: licences.Book | None) -> bool:
    return check.verdict == Verdict.LICENCE_NOT_FOUND and book is not None and book.begins_number(check.licence_number)


def _told(found: domain.Assessment, book: licences.Book | None) -> tuple[Said, dict[str, str]]:
    """The outcome of the table, and what fills its slots."""
    check, read = found.check, found.reading
    slots = {
        "REG": written(check.register_date) if check.register_date else "",
        "P": _name(check),
        "N": check.licence_number,
        "C": _countries(read.countries),
        "J": _jobs(read.positions),
        "T": written(check.day),
        "ROUTE": say(words.ROUTE),
    }
    said = _outcome(check, book)
    if book is None:
        return said, slots
    if check.verdict == Verdict.NO_LICENCE_SHOWN:
        slots["OWNERS"] = joined(_owning(read, book))
        return replace(said, register=words.CONTACT_ALONE) if slots["OWNERS"] else said, slots
    agency = book.agency(check.agency)
    permit = deciding(check, read, book)
    licence = permit.licence if permit is not None else None
    if agency is not None:
        slots["S"] = say(words.STANDING[standing.on(agency, check.day).status])
    if check.verdict in {Verdict.AGENCY_REVOKED, Verdict.AGENCY_SUSPENDED} and agency is not None:
        stands = standing.on(agency, check.day)
        said = against.SANCTIONS.get(stands.status, said)
        slots |= against.term(stands)
    elif check.verdict == Verdict.LICENCE_REVOKED:
        slots["SINCE"] = since(licence.status_from if licence else None)
    elif check.verdict in {Verdict.LICENCE_EXPIRED, Verdict.LICENCE_NOT_YET_VALID} and licence is not None:
        slots["D"] = written(coverage.last_day(licence) if check.verdict == Verdict.LICENCE_EXPIRED else licence.valid_from)
    elif check.verdict == Verdict.LICENCE_MISMATCH:
        slots |= _mismatch(check, read, book)
    elif check.verdict == Verdict.LICENSED:
        if licence is not None:
            slots |= {
                "C": say(titles.country(licence.country)),
                "J": _jobs(read.positions) if read.positions else _recorded(licence.positions),
            }
        if check.contact_own is False:
            said = words.STRANGER if _strangers(read, agency, book) else words.STRANGER_ACCOUNT
        elif missing := _missing(check, read):
            slots |= {"MISSING": joined([say(one) for one in missing]), "W": _unsure_work(check, read)}
            unsure = words.WORK_UNSURE if missing == (words.JOB,) else words.LAND_UNNAMED_WORK_UNSURE
            said = unsure if slots["W"] else words.OFFER_UNNAMED
    elif check.verdict == Verdict.NO_LICENCE_FOR_OFFER and agency is not None:
        said = _without(check, read, agency, book, slots)
    return said, slots


def _owning(read: domain.Reading, book: licences.Book) -> list[str]:
    """The companies whose contacts an offer gives that names none."""
    claims = _once(read.of(*CONTACTS))[:MOST_CONTACTS]
    return list(dict.fromkeys(found.name for claim in claims if (found := owner(claim, book)) is not None))


def _without(check: domain.LicenceCheck, read: domain.Reading, agency: domain.Agency, book: licences.Book, slots: dict[str, str]) -> Said:
    """Why the company has no SIP for the offer: the number it names is used up, the SIP it had cannot be used, or there is none. Fills its
    slots."""
    permit = deciding(check, read, book)
    if permit is not None and coverage.exhausted_on(permit.licence, check.day):
        return words.QUOTA
    lacking = against.lacking(book.permits_of(agency), coverage.Offer(read.countries, read.positions), check.day)
    countries = tuple(dict.fromkeys(country for country, _job in lacking if country)) or read.countries
    jobs = tuple(dict.fromkeys(job for _country, job in lacking if job)) or read.positions
    slots |= {"C": _countries(countries), "J": _jobs(jobs), "FOR": _for(countries, _jobs(jobs), agency, check.day, book)}
    lapsed = _lapsed(check, read, book)
    if not lapsed:
        return words.VERDICTS[check.verdict]
    had = {one.country for one, _why in lapsed}
    never = [country for country in countries if country not in had]
    lines = [against.told(one, why) for one, why in lapsed]
    lines += [say(words.NO_SIP_BESIDES, J=slots["J"], C=_countries(never))] if never else []
    gravest = [one for one, why in lapsed if why == lapsed[0][1]]
    whose = _jobs(jobs) if jobs else _recorded(gravest[0].positions)
    codes = tuple(dict.fromkeys(one.country for one in gravest))
    slots |= {"LAPSED": " ".join(lines), "FOR": _for(codes, whose, agency, check.day, book)}
    return words.LAPSED[lapsed[0][1]]


def _lapsed(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book) -> list[tuple[domain.Licence, against.Lapse]]:
    """The SIP that were for an offer without a number, and why they cannot be used on its day."""
    found = against.lapsed(check, read, book, check.day)
    return [(one.licence, why) for one in found if (why := against.lapse(one.licence, check.day)) is not None]


def _for(countries: Sequence[str], jobs: str, agency: domain.Agency, day: date, book: licences.Book) -> str:
    """What no SIP is for: the country; the job in that country where the company has a SIP for another job there."""
    held = {one.licence.country for one in book.permits_of(agency) if coverage.valid_on(one.licence, day)}
    where = _countries(countries)
    return where if held.isdisjoint(countries) else say(words.JOB_IN_COUNTRY, J=jobs, C=where)


def deciding(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book) -> coverage.Permit | None:
    """The row of the register that the verdict speaks of: of the number quoted, else one of the company that covers the offer."""
    if check.licence_number:
        permits = book.permits_by_number(check.licence_number)
    elif check.verdict == Verdict.LICENSED and (agency := book.agency(check.agency)) is not None:
        permits = tuple(one for one in book.permits_of(agency) if coverage.valid_on(one.licence, check.day))
    else:
        return None
    offer = coverage.Offer(countries=read.countries, positions=read.positions)
    serving = [one for one in permits if any(one.covers(country, job, offer) for country, job in offer.cells())]
    return next(iter([*serving, *permits]), None)


def _name(check: domain.LicenceCheck) -> str:
    """The company as the register or the text writes it, without figures that were masked: a number is no part of a name."""
    return " ".join(check.agency.replace("•••", "").split())


def _missing(check: domain.LicenceCheck, read: domain.Reading) -> tuple[Sentence, ...]:
    """What an offer has to name before a SIP can be said to be for it, and does not: a word of a company's name is no country or job."""
    names = [claim.span for claim in check.claims if claim.kind == ClaimKind.COMPANY]

    def said(kind: ClaimKind, values: Sequence[str]) -> bool:
        places = [claim.span for claim in read.of(kind) if claim.value in values]
        return bool(values) and not (places and all(any(domain.touch(place, name) for name in names) for place in places))

    asked = ((words.COUNTRY, ClaimKind.COUNTRY, read.countries), (words.JOB, ClaimKind.POSITION, read.positions))
    return tuple(word for word, kind, values in asked if not said(kind, values))


def _unsure_work(check: domain.LicenceCheck, read: domain.Reading) -> str:
    """The work that an offer names, where none of it seems to be what is offered (docs/adr/0082): it was held against no SIP."""
    return joined([small(say(titles.position(one.value))) for one in subjects.aside(read, check.claims)])


def _countries(codes: Sequence[str]) -> str:
    return joined([say(titles.country(code)) for code in codes]) or say(words.THIS_OFFER)


def _jobs(codes: Sequence[str]) -> str:
    return joined([small(say(titles.position(code))) for code in codes]) or say(words.THESE_JOBS)


def _recorded(positions: Sequence[str]) -> str:
    return joined(recorded_jobs(positions)) or say(words.THESE_JOBS)


def _mismatch(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book) -> dict[str, str]:
    """Whose the number is and for what; and what the offer says instead."""
    permits = book.permits_by_number(check.licence_number)
    owned = book.sip3mi(check.licence_number)
    lands = list(dict.fromkeys(say(titles.country(one.licence.country)) for one in permits))
    jobs = list(dict.fromkeys(job for one in permits for job in recorded_jobs(one.licence.positions)))
    offered = [
        _name(check),
        *([_jobs(read.positions)] if read.positions else []),
        *([_countries(read.countries)] if read.countries else []),
    ]
    return {
        "P2": permits[0].licence.agency if permits else owned[1].name if owned else "",
        "J2": say(Sentence(" untuk {J}", " for {J}"), J=joined(jobs)) if jobs else "",
        "C2": say(Sentence(" di {C}", " in {C}"), C=joined(lands)) if lands else "",
        "OFFER": ", ".join(filter(None, offered)),
    }


def _strangers(read: domain.Reading, agency: domain.Agency | None, book: licences.Book) -> tuple[domain.Claim, ...]:
    """Numbers of the offer that the company's list does not hold."""
    if agency is None:
        return read.of(ClaimKind.PHONE)
    known = book.contacts(agency).phones
    return tuple(one for one in read.of(ClaimKind.PHONE) if contacts.phone_digits(one.value) not in known)


def _other(check: domain.LicenceCheck, book: licences.Book | None, today: date) -> tuple[str, str]:
    said = say(_outcome(check, book).tag)
    agency = book.agency(check.agency) if book is not None else None
    later = against.changed(agency, check.day, today) if agency is not None else ""
    return check.agency or check.licence_number, f"{said}. {later}" if later else said


# --- the register's part --------------------------------------------------------------------------


def _fact(indonesian: str, english: str, *lines: Line | str) -> Fact:
    return Fact(say(Sentence(indonesian, english)), tuple(Line(one) if isinstance(one, str) else one for one in lines))


_UNNAMED: Final = Sentence("Tidak disebut", "Not named")


def _facts(found: domain.Assessment, text: str, book: licences.Book | None, today: date) -> tuple[Fact, ...]:
    check, read = found.check, found.reading
    if book is None or check.verdict in {Verdict.NOT_AN_OFFER, Verdict.EXEMPT}:
        return ()
    agency = book.agency(check.agency)
    rows: list[Fact] = []
    if agency is not None and check.verdict != Verdict.AGENCY_NOT_FOUND:
        rows += company(agency, check.day, today)
    elif check.agency:
        rows.append(_fact("Nama yang dicari", "Name looked for", _name(check)))
        rows.append(_fact("Dalam register", "In the register", say(Sentence("Tidak ditemukan", "Not found"))))
        if check.runner_up and check.runner_up_distance is not None and check.runner_up_distance <= _NEAR:
            alike = say(
                Sentence("{P}. Nama mirip belum tentu perusahaan yang sama.", "{P}. A name that is alike need not be the same company."),
                P=check.runner_up,
            )
            rows.append(_fact("Nama yang mirip", "A name that is alike", alike))
    else:
        rows.append(_fact("Perusahaan", "Company", say(_UNNAMED)))
    rows += _licence_rows(check, read, book, today)
    if agency is not None:
        rows += office(agency)
    rows += number_rows(read, text, agency, today, book, named=bool(check.agency))
    # Of work that was not held against a SIP the sentence above speaks, unless it speaks of a stranger's contact.
    above = () if check.contact_own is False else (sentences.UNHELD_ID,)
    notes = [say(note) for note in check.notes if note.id not in _SAID_ABOVE and not note.id.startswith(above)]
    return (*rows, *([_fact("Catatan", "Note", *notes)] if notes else []))


_SAID_ABOVE: Final = frozenset(("Kontak bukan milik P3MI: tidak tercatat sebagai kontaknya dalam register", "P3MI dalam pengawasan"))


def company(agency: domain.Agency, day: date, today: date) -> list[Fact]:
    """How it stands on the day, with the decree of a standing that is another than active; below it how it stands today."""
    stands = standing.on(agency, day)
    said = Sentence("{P}, P3MI, status {S} pada {T}{K}", "{P}, {S} on {T}{K}")
    by = against.decree(stands) if stands.status != StandingStatus.ACTIVE else ""
    status = say(said, P=agency.name, S=say(words.STANDING[stands.status]), T=written(day), K=by)
    later = against.changed(agency, day, today)
    return [_fact("Perusahaan", "Company", status, *([later] if later else []))]


def office(agency: domain.Agency) -> list[Fact]:
    """The numbers of the company's office, as the register writes them: whom to call."""
    lines = [Line(number, contacts.phone_digits(number)) for number in agency.phones[:3]]
    return [Fact(say(Sentence("Telepon kantor", "Office telephone")), tuple(lines))] if lines else []


def validity(licence: domain.Licence) -> str:
    return say(Sentence("{A} sampai {B}", "{A} to {B}"), A=written(licence.valid_from), B=written(coverage.last_day(licence)))


def _licence_rows(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book, today: date) -> list[Fact]:
    permit = deciding(check, read, book)
    agency = book.agency(check.agency)
    if agency is not None and check.verdict == Verdict.LICENSED and not check.licence_number and _missing(check, read):
        return recorded(agency, check.day, today, book)  # which of them is for this offer nobody said
    if permit is None:
        if check.verdict == Verdict.NO_LICENCE_FOR_OFFER and agency is not None:
            missing = Sentence("SIP untuk tawaran ini", "SIP for this offer")
            lapsed = [against.told(one, why) for one, why in _lapsed(check, read, book)]
            lines = lapsed or [say(Sentence("Tidak ditemukan dalam register", "Not found in the register"))]
            return [_fact(missing.id, missing.en, *lines), *recorded(agency, check.day, today, book)]
        said = check.licence_number or say(_UNNAMED)
        part = Sentence("{N}: belum lengkap", "{N}: not the whole number")
        unheld = Sentence("{N}: tidak ditemukan dalam register", "{N}: not found in the register")
        missing_line = say(part if _in_part(check, book) else unheld, N=said)
        return [_fact("Nomor SIP", "SIP number", missing_line if check.licence_number else said)]
    licence = permit.licence
    jobs = joined(recorded_jobs(licence.positions))
    owner = book.agency(licence.agency)
    return [
        _fact("Nomor SIP", "SIP number", licence.number),
        _fact("Negara dan pekerjaan", "Country and job", ", ".join(filter(None, [say(titles.country(licence.country)), jobs]))),
        _fact("Berlaku", "Valid", validity(licence) + against.noted(permit, owner, check.day, today, book)),
    ]


def recorded(agency: domain.Agency, day: date, today: date, book: licences.Book) -> list[Fact]:
    """What SIP of the company are in force that day; behind each what the register holds against it."""
    held = [one for one in book.permits_of(agency) if coverage.valid_on(one.licence, day)]
    until = Sentence("{C}, {J}, sampai {D}", "{C}, {J}, to {D}")
    lines = []
    for one in held[:_MOST_LICENCES]:
        country, last = say(titles.country(one.licence.country)), written(coverage.last_day(one.licence))
        line = say(until, C=country, J=_recorded(one.licence.positions), D=last)
        lines.append(line + against.noted(one, agency, day, today, book))
    if len(held) > _MOST_LICENCES:
        lines.append(say(Sentence("dan {N} lainnya", "and {N} more"), N=str(len(held) - _MOST_LICENCES)))
    return [_fact("SIP yang tercatat", "SIP on record", *(lines or [say(Sentence("Tidak ada", "None"))]))]


def number_rows(
    read: domain.Reading, text: str, agency: domain.Agency | None, today: date, book: licences.Book, *, named: bool = True
) -> list[Fact]:
    """What the register says of each number that was sent; of a company's how that stands today, where it may not place anybody. It is
    another company's only beside one that is `named`."""
    known = book.contacts(agency).phones if agency is not None else frozenset()
    lines = []
    for claim in _once(read.of(ClaimKind.PHONE))[:MOST_CONTACTS]:
        slots: dict[str, str] = {}
        if contacts.phone_digits(claim.value) in known:
            said = Sentence("{N}: sama dengan nomor kantor dalam register", "{N}: the same as the office's number in the register")
        elif (other := owner(claim, book)) is not None:
            said = words.OTHERS_NUMBER if named else words.ITS_NUMBER
            slots = {"P": other.name}
            if (now := standing.on(other, today)).status in against.SANCTIONS:
                said = Sentence(f"{said.id}: {{S}}", f"{said.en}, {{S}}")
                slots["S"] = say(words.STANDING[now.status])
        else:
            said = Sentence("{N}: tidak ada dalam register", "{N}: not in the register")
        lines.append(Line(say(said, N=as_written(claim, text), **slots)))
    return [Fact(say(Sentence("Nomor yang Anda kirim", "Number you sent")), tuple(lines))] if lines else []


def owner(claim: domain.Claim, book: licences.Book) -> domain.Agency | None:
    """A company whose contact the register says this is."""
    return next(owners(claim, book), None)


def owners(claim: domain.Claim, book: licences.Book) -> Iterator[domain.Agency]:
    """The companies whose contact the register says this is."""
    listed = ((agency, book.contacts(agency)) for agency in book.register.agencies)
    if claim.kind == ClaimKind.PHONE:
        digits = contacts.phone_digits(claim.value)
        return (agency for agency, held in listed if digits in held.phones)
    if claim.value.startswith("@"):  # a name without its platform
        name = claim.value.lstrip("@").casefold()
        return (agency for agency, held in listed if any(one.partition(":")[2] == name for one in held.accounts))
    return (agency for agency, held in listed if held and contacts.own([claim], [held]))


def _once(claims: Iterable[domain.Claim]) -> list[domain.Claim]:
    return list({claim.value: claim for claim in reversed(tuple(claims))}.values())[::-1]


def as_written(claim: domain.Claim, text: str) -> str:
    """A contact in the words of the text; a number in full where they hold a part of it only: "0847-1122, belakangnya 611"."""
    written = " ".join(text[slice(*claim.span)].split()) if claim.source == "text" else claim.value
    partly = claim.kind == ClaimKind.PHONE and contacts.phone_digits(written) != contacts.phone_digits(claim.value)
    return claim.value if partly else written


def handles(text: str) -> tuple[domain.Claim, ...]:
    """@names without a platform, which no reading takes for an account."""
    return tuple(domain.Claim(ClaimKind.ACCOUNT, found.group(), found.span()) for found in _HANDLE.finditer(text))


_HANDLE: Final = re.compile(r"(?<![\w.@])@[\w.]{2,60}")


# --- warning signs --------------------------------------------------------------------------------

type Places = tuple[domain.Span, ...]


def warned(found: domain.Assessment) -> bool:
    """Whether a warning sign stands in the text itself, whatever the register says."""
    told = any(finding.points > 0 and finding.rule in words.SIGNS for finding in found.findings)
    return told or bool(found.reading.phrases(PhraseGroup.PRIVATE_PAYEE))


def _signs(found: domain.Assessment, book: licences.Book | None) -> list[tuple[Sign, Places]]:
    """In the order they stand in the text; those without a place behind them, and at last that it is bait: the others say what for. Nothing
    is a sign that only the register says."""
    read, check = found.reading, found.check
    signs: list[tuple[Sign, Places]] = []
    plain = {kind for one in found.findings if one.points > 0 and one.rule not in _LIKELY for kind in one.kinds}
    for finding in found.findings:
        if finding.points <= 0 or (sign := words.SIGNS.get(finding.rule)) is None:
            continue
        if finding.rule in _LIKELY and not plain.isdisjoint(finding.kinds):
            continue
        if finding.rule == "visit_visa" and not read.phrases(PhraseGroup.VISIT_VISA):
            sign = words.PILGRIM_VISA
        if finding.rule == "bait" and not finding.kinds:  # it takes data alone: often it threatens, and promises nothing
            sign = words.DATA_BAIT
        if finding.rule == "agency_name_misused":
            sign = _misused(sign, finding, check)
        places = zip(finding.sources, finding.spans, strict=True)
        signs.append((sign, tuple(span for source, span in places if source == "text")))
    held = {finding.rule for finding in found.findings}
    if check.contact_own is False and not held & {"agency_name_misused", "near_copy"}:
        signs.append((words.NOT_LISTED, _of_text(_not_listed(check, read, book))))
    if payee := _paid(found):
        signs.append((words.PRIVATE_PAYEE, _of_text(payee)))
    return sorted(_few(signs), key=lambda one: (one[0] in _BAIT, min(one[1], default=_BEHIND)))


def _misused(sign: Sign, finding: domain.Finding, check: domain.LicenceCheck) -> Sign:
    """What the finding rests on. Of the contacts only where one is not the company's: its own may stand beside a person's bank account."""
    why = words.MISUSED.get(finding.parameters.get("how", ""), sign.why)
    if check.contact_own is False:
        why = Sentence(words.CONTACT_TOO.id.format(WHY=why.id), words.CONTACT_TOO.en.format(WHY=why.en))
    return replace(sign, why=why)


def _paid(found: domain.Assessment) -> list[domain.Claim]:
    """Where money goes to a person. "Kirim kode OTP ke nomor ini" is read alike and pays nobody, unless money is asked for besides."""
    by_rule = {one.rule: zip(one.sources, one.spans, strict=True) for one in found.findings}
    data = [] if "upfront_fee" in by_rule else list(by_rule.get("papers_harvest", ()))

    def sends_data(claim: domain.Claim) -> bool:
        return any(source == claim.source and claim.span[0] < end and start < claim.span[1] for source, (start, end) in data)

    return [claim for claim in found.reading.phrases(PhraseGroup.PRIVATE_PAYEE) if not sends_data(claim)]


_BAIT: Final = (words.SIGNS["bait"], words.DATA_BAIT)
# What only the weights hold likely is no further sign where a rule finds the same.
_LIKELY: Final = frozenset(("phishing_likely", "posing_likely"))


def _few(signs: Sequence[tuple[Sign, Places]]) -> list[tuple[Sign, Places]]:
    """Each sign at its own places: one that rests on many words leaves those to the signs that stand for them."""
    few: list[tuple[Sign, Places]] = []
    for sign, places in signs:
        others = [span for other, held in signs if other is not sign and len(held) < len(places) for span in held]
        own = [span for span in places if not any(domain.touch(span, other) for other in others)]
        few.append((sign, tuple((own or places)[:_MOST_PLACES])))
    return few


_MOST_PLACES: Final = 3


_BEHIND: Final = (1 << 30, 1 << 30)  # every text


def _not_listed(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book | None) -> list[domain.Claim]:
    """The contacts of the offer that none of its companies lists."""
    named = [book.agency(one.agency) for one in (check, *check.others)] if book else []
    listed = [book.contacts(agency) for agency in named if agency is not None] if book else []
    given = read.of(ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK)
    return [claim for claim in given if contacts.own([claim], listed) is False]


def _of_text(claims: Iterable[domain.Claim]) -> Places:
    return tuple(claim.span for claim in claims if claim.source == "text")


def pieces(text: str, signs: Sequence[Places]) -> tuple[Piece, ...]:
    """The text cut where a sign begins or ends; overlapping places are one mark, which bears the numbers of all of them."""
    spans = sorted((start, end, number) for number, places in enumerate(signs, 1) for start, end in places if start < end)
    marks: list[tuple[int, int, set[int]]] = []
    for start, end, number in spans:
        if marks and start < marks[-1][1]:
            first, last, numbers = marks[-1]
            marks[-1] = (first, max(last, end), numbers | {number})
        else:
            marks.append((start, end, {number}))
    made, at = [], 0
    for start, end, numbers in marks:
        made += [Piece(text[at:start]), Piece(text[start:end], marked=True, numbers=", ".join(map(str, sorted(numbers))))]
        at = end
    return tuple(piece for piece in (*made, Piece(text[at:])) if piece.text)

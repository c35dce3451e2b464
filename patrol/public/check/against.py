"""What the register holds against a company or a SIP: on the day that is asked for, and since then.

An offer is judged by its day. Whoever asks answers it today, so that what the register holds since is said with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from patrol import domain
from patrol.domain import LicenceStatus, StandingStatus, Verdict
from patrol.engine import licences
from patrol.engine.licences import coverage, standing, verdicts
from patrol.engine.reading import titles
from patrol.public.check import words
from patrol.public.check.spoken import joined, recorded_jobs, say, since, written
from patrol.public.check.words import Said

_MOST_LICENCES: Final = 3  # told one by one

# A standing that is held against a company, as it is said of one that offers something.
SANCTIONS: Final[Mapping[str, Said]] = {
    StandingStatus.REVOKED: words.VERDICTS[Verdict.AGENCY_REVOKED],
    StandingStatus.SUSPENDED: words.VERDICTS[Verdict.AGENCY_SUSPENDED],
    StandingStatus.PARTLY_SUSPENDED: words.AGENCY_PARTLY_SUSPENDED,
}


# --- a company ------------------------------------------------------------------------------------


def term(stands: standing.Standing) -> dict[str, str]:
    """The slots SINCE and K: since when it stands so, and by what decree; empty where no row says it."""
    return {"SINCE": since(stands.period.since if stands.period else None), "K": decree(stands)}


def decree(stands: standing.Standing) -> str:
    return f" ({stands.period.decree})" if stands.period and stands.period.decree else ""


def wholly(stands: standing.Standing, book: licences.Book) -> bool:
    """Whether a sanction holds for whatever the company offers; one in part whose decree names no part does (verdicts.by_standing)."""
    return verdicts.by_standing(stands, coverage.Offer(), book) is not None


def alone(stands: standing.Standing) -> Said | None:
    """What is held against a company of which nobody says what it offers."""
    return words.COMPANY_PARTLY if stands.status == StandingStatus.PARTLY_SUSPENDED else SANCTIONS.get(stands.status)


def changed(agency: domain.Agency, day: date, today: date) -> str:
    """How the company stands today, in a sentence, where that is another standing than on the day."""
    then, now = standing.on(agency, day), standing.on(agency, today)
    if now.gone and not then.gone:
        return say(words.GONE_SINCE, P=agency.name, D=written(agency.gone_since or today))
    if now.status == then.status and (now.period == then.period or now.status not in SANCTIONS):
        return ""
    said = words.STANDS_NOW.get(now.status, words.STANDS_OTHERWISE)
    return say(said, P=agency.name, S=say(words.STANDING[now.status]), D=written(now.period.since if now.period else today), K=decree(now))


# --- a SIP ----------------------------------------------------------------------------------------


class Lapse(StrEnum):
    """Why a SIP cannot be used on a day. The gravest first."""

    REVOKED = "revoked"
    EXHAUSTED = "exhausted"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"


def lapse(licence: domain.Licence, day: date) -> Lapse | None:
    if coverage.revoked_on(licence, day):
        return Lapse.REVOKED
    if day > coverage.last_day(licence):
        return Lapse.EXPIRED
    if day < licence.valid_from:
        return Lapse.NOT_YET_VALID
    return Lapse.EXHAUSTED if coverage.exhausted_on(licence, day) else None


def _slots(licence: domain.Licence, why: Lapse) -> dict[str, str]:
    days = {Lapse.EXPIRED: coverage.last_day(licence), Lapse.NOT_YET_VALID: licence.valid_from}
    return {
        "N": licence.number,
        "J": joined(recorded_jobs(licence.positions)) or say(words.THESE_JOBS),
        "C": say(titles.country(licence.country)),
        "D": written(days[why]) if why in days else "",
        "SINCE": since(licence.status_from),
    }


def told(licence: domain.Licence, why: Lapse) -> str:
    """That it cannot be used, as a sentence."""
    return say(words.LAPSES[why], **_slots(licence, why))


def noted(permit: coverage.Permit, agency: domain.Agency | None, day: date, today: date, book: licences.Book) -> str:
    """What stands behind a SIP in a list: that it is stopped on the day, or cannot be used today. Empty, or with its comma."""
    notes = []
    stands = standing.on(agency, day) if agency is not None else None
    if stands and stands.status == StandingStatus.PARTLY_SUSPENDED and verdicts.stopped(permit, stands, book):
        notes.append(say(words.STOPPED_NOTE))
    if why := lapse(permit.licence, today):
        notes.append(say(words.LAPSE_NOTES[why], **_slots(permit.licence, why)))
    return "".join(f", {note}" for note in notes)


def quoted(check: domain.LicenceCheck, book: licences.Book) -> tuple[coverage.Permit, ...]:
    """The rows of the SIP whose number is named."""
    return book.permits_by_number(check.licence_number) if check.licence_number else ()


def lapsed(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book, day: date) -> list[coverage.Permit]:
    """The SIP that would be for the offer and cannot be used that day: those of the number that is named, else those of the company for
    what no other SIP of it covers then. Of several for one thing the one that ended last, and one still to begin. The gravest first."""
    offer = coverage.Offer(countries=read.countries, positions=read.positions)
    if permits := quoted(check, book):
        found = [one for one in permits if lapse(one.licence, day) and _serves(one, offer, offer.cells())]
    else:
        found = _of_company(book.agency(check.agency), offer, book, day)
    return sorted(found, key=lambda one: list(Lapse).index(lapse(one.licence, day) or Lapse.NOT_YET_VALID))[:_MOST_LICENCES]


def _of_company(agency: domain.Agency | None, offer: coverage.Offer, book: licences.Book, day: date) -> list[coverage.Permit]:
    permits = book.permits_of(agency) if agency is not None else ()
    found: dict[coverage.Permit, None] = {}
    for cell in lacking(permits, offer, day):
        serving = [one for one in permits if lapse(one.licence, day) and _serves(one, offer, [cell])]
        begun = [one for one in serving if one.licence.valid_from <= day]
        coming = [one for one in serving if one.licence.valid_from > day]
        found |= dict.fromkeys([*sorted(begun, key=_end)[-1:], *sorted(coming, key=lambda one: one.licence.valid_from)[:1]])
    return list(found)


def lacking(permits: Sequence[coverage.Permit], offer: coverage.Offer, day: date) -> tuple[tuple[str, str], ...]:
    """The (country, position) of an offer that none of the SIP covers that day."""
    valid = [one for one in permits if coverage.valid_on(one.licence, day)]
    return coverage.missing(valid, offer) if valid else offer.cells()


def _serves(permit: coverage.Permit, offer: coverage.Offer, cells: Sequence[tuple[str, str]]) -> bool:
    return any(permit.covers(country, job, offer) for country, job in cells)


def _end(permit: coverage.Permit) -> date:
    """When it was last of use."""
    licence = permit.licence
    last = coverage.last_day(licence)
    return last if licence.status == LicenceStatus.ACTIVE else min(licence.status_from or licence.valid_from, last)


# --- since the day --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Since:
    """What the register holds since the day: sentences, and the outcome that the gravest of them makes."""

    lines: tuple[str, ...] = ()
    said: Said | None = None


def after(check: domain.LicenceCheck, read: domain.Reading, book: licences.Book, today: date, *, name: bool = False) -> Since:
    """`name`: nothing but a company's name is asked for, so that none of its SIP is."""
    agency = book.agency(check.agency)
    if agency is None or today <= check.day or check.verdict in {Verdict.NOT_AN_OFFER, Verdict.EXEMPT, Verdict.CANNOT_CHECK}:
        return Since()
    lines, outcomes = [], []
    if line := changed(agency, check.day, today):
        lines.append(line)
        now = standing.on(agency, today)
        if now.status in SANCTIONS and (name or _meets(now, check, read, book)):
            outcomes.append(words.PARTLY_SINCE if name and not wholly(now, book) else words.SANCTIONED_SINCE[now.status])
    if check.verdict == Verdict.LICENSED and not name:
        for permit in lapsed(check, read, book, today):
            why = lapse(permit.licence, today)
            if why and lapse(permit.licence, check.day) is None:
                lines.append(told(permit.licence, why))
                outcomes.append(words.LAPSED_SINCE[why])
    return Since(tuple(lines), max(outcomes, key=lambda one: one.tone.rank, default=None))


def _meets(stands: standing.Standing, check: domain.LicenceCheck, read: domain.Reading, book: licences.Book) -> bool:
    """Whether the sanction holds for what is offered; of a SIP number alone for what that SIP is for."""
    offer = coverage.Offer(countries=read.countries, positions=read.positions)
    if verdicts.by_standing(stands, offer, book) is not None:
        return True
    return offer == coverage.Offer() and any(verdicts.stopped(one, stands, book) for one in quoted(check, book))

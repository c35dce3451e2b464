"""The table of the licence check: exactly one verdict for every company, offer and day.

Written in the order of `domain.Verdict`; the first line that applies decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patrol import domain
from patrol.domain import StandingStatus, Verdict
from patrol.engine.licences import coverage, standing
from patrol.engine.licences.book import Book
from patrol.engine.licences.resolved import Quoted
from patrol.engine.licences.subjects import Subject

# The table's order, but what is in order comes last.
_WORST_FIRST = (
    Verdict.AGENCY_REVOKED,
    Verdict.AGENCY_SUSPENDED,
    Verdict.LICENCE_NOT_FOUND,
    Verdict.LICENCE_MISMATCH,
    Verdict.LICENCE_REVOKED,
    Verdict.LICENCE_EXPIRED,
    Verdict.LICENCE_NOT_YET_VALID,
    Verdict.NO_LICENCE_FOR_OFFER,
    Verdict.AGENCY_NOT_FOUND,
    Verdict.NO_LICENCE_SHOWN,
    Verdict.LICENSED,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the facts its sentence needs."""

    verdict: Verdict
    subject: Subject | None = None
    standing: standing.Standing | None = None  # of the agency, or of the owner standing in
    quoted: Quoted | None = None  # the number that decided
    licence: domain.Licence | None = None  # the row that decided, or one that covers
    missing: tuple[tuple[str, str], ...] = ()  # (country, position) without licence

    @property
    def rank(self) -> int:
        """0 is worst."""
        return _WORST_FIRST.index(self.verdict)

    @property
    def agency(self) -> domain.Agency | None:
        return self.subject.agency if self.subject else None


def judge(subject: Subject, day: date, book: Book) -> Judgement:
    """The verdict on one company of an offer, or on the owner of its numbers where no company is named."""
    stands = standing.on(subject.agency, day) if subject.agency is not None else None
    if stands is not None and (verdict := by_standing(stands, subject.offer, book)):
        return Judgement(verdict, subject, stands, next(iter(_licences(subject)), None))
    licences = _licences(subject)
    if licences:
        return _by_number(subject, stands, licences, day)
    if company := _by_sip3mi(subject, stands):
        return company
    if subject.agency is None:
        return Judgement(Verdict.AGENCY_NOT_FOUND, subject)
    if stands is not None and stands.gone:
        return Judgement(Verdict.AGENCY_NOT_FOUND, subject, stands)
    return _by_agency(subject, subject.agency, stands, day, book)


def by_standing(stands: standing.Standing, offer: coverage.Offer, book: Book) -> Verdict | None:
    """The verdict that the agency's standing alone gives on an offer, None where it gives none."""
    if stands.status == StandingStatus.REVOKED:
        return Verdict.AGENCY_REVOKED
    if stands.status == StandingStatus.SUSPENDED:
        return Verdict.AGENCY_SUSPENDED
    if stands.status == StandingStatus.PARTLY_SUSPENDED and stands.period is not None:
        part = book.suspended_part(stands.period.decree)
        if part is None or part.holds(offer.cells()):
            return Verdict.AGENCY_SUSPENDED
    return None


def stopped(permit: coverage.Permit, stands: standing.Standing, book: Book) -> bool:
    """Whether the agency's standing stops what the licence is for, or a part of it."""
    return by_standing(stands, permit.offer(), book) is not None


def _licences(subject: Subject) -> list[Quoted]:
    return [quoted for quoted in subject.quoted if not quoted.sip3mi]


def _by_number(subject: Subject, stands: standing.Standing | None, quoted: list[Quoted], day: date) -> Judgement:
    for each in quoted:
        if not each.found:
            return Judgement(Verdict.LICENCE_NOT_FOUND, subject, stands, each)
    for each in [*quoted, *(q for q in subject.quoted if q.sip3mi and q.found)]:
        if each.owner != subject.agency:
            return Judgement(Verdict.LICENCE_MISMATCH, subject, stands, each)
    permits = [permit for each in quoted for permit in each.permits]
    if lacking := coverage.missing(permits, subject.offer):
        return Judgement(Verdict.LICENCE_MISMATCH, subject, stands, quoted[0], permits[0].licence, lacking)
    # Of a number with a row for each country only the rows that serve the offer are judged.
    serving = [(each, permit.licence) for each in quoted for permit in each.permits if _serves(permit, subject.offer)]
    for verdict, fails in (
        (Verdict.LICENCE_REVOKED, lambda licence: coverage.revoked_on(licence, day)),
        (Verdict.LICENCE_EXPIRED, lambda licence: day > coverage.last_day(licence)),
        (Verdict.LICENCE_NOT_YET_VALID, lambda licence: day < licence.valid_from),
        (Verdict.NO_LICENCE_FOR_OFFER, lambda licence: coverage.exhausted_on(licence, day)),
    ):
        for each, licence in serving:
            if fails(licence):
                return Judgement(verdict, subject, stands, each, licence)
    each, licence = serving[0]
    return Judgement(Verdict.LICENSED, subject, stands, each, licence)


def _serves(permit: coverage.Permit, offer: coverage.Offer) -> bool:
    return any(permit.covers(country, name, offer) for country, position in offer.cells() for job in offer.jobs(position) for name in job)


def _by_sip3mi(subject: Subject, stands: standing.Standing | None) -> Judgement | None:
    """A company licence shown as the permit: another's, or one the register lacks; None where the check goes on."""
    for each in subject.quoted:
        if each.sip3mi and each.found and each.owner != subject.agency:
            return Judgement(Verdict.LICENCE_MISMATCH, subject, stands, each)
    if any(each.found for each in subject.quoted):
        return None
    for each in subject.quoted:
        # An agency whose SIP3MI number the register leaves blank cannot be contradicted by one.
        if subject.agency is None or subject.agency.sip3mi_number:
            return Judgement(Verdict.LICENCE_NOT_FOUND, subject, stands, each)
    return None


def _by_agency(subject: Subject, agency: domain.Agency, stands: standing.Standing | None, day: date, book: Book) -> Judgement:
    valid = [permit for permit in book.permits_of(agency) if coverage.valid_on(permit.licence, day)]
    lacking = coverage.missing(valid, subject.offer)
    if lacking or not valid:
        return Judgement(Verdict.NO_LICENCE_FOR_OFFER, subject, stands, missing=lacking)
    covering = next((permit for permit in valid if _serves(permit, subject.offer)), valid[0])
    return Judgement(Verdict.LICENSED, subject, stands, licence=covering.licence)

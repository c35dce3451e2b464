"""Rows of the register as evidence: what the edition a licence check asked holds, on the day of the post, of the names that check named.

An edition never changes, so that a key to its row says the same for good; the words are kept beside it, as they were that day. A name
without a row that holds is a finding, too: the search, with the edition and the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from patrol import domain, models
from patrol.domain import LicenceStatus, Sentence, StandingStatus
from patrol.engine import masks
from patrol.engine.licences import countries, coverage, standing
from patrol.engine.licences.sentences import day_en, day_id
from patrol.models import TickKind
from patrol.register import editions

MOST: Final = 40  # SIP rows that are offered, the quoted number first: an agency with many destinations has more than anybody reads
_LONGEST: Final = 200  # characters of its positions

_STANDINGS: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        StandingStatus.ACTIVE: Sentence("aktif", "active"),
        StandingStatus.PARTLY_SUSPENDED: Sentence("disanksi sebagian", "partly suspended"),
        StandingStatus.SUSPENDED: Sentence("disanksi", "suspended"),
        StandingStatus.SUPERVISED: Sentence("dalam pengawasan", "under supervision"),
        StandingStatus.REVOKED: Sentence("SIP3MI dicabut", "SIP3MI revoked"),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that held on the day of the check, or, with `searched`, that none of this name did. `same`: what names it in any edition."""

    kind: str  # TickKind
    day: date
    said: Sentence
    same: str
    agency: int | None = None  # keys of the row, and of the edition in which there is none
    licence: int | None = None
    register: int | None = None
    searched: str = ""

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.kind}-{self.agency or self.licence or self.searched}"


def of_check(check: models.LicenceCheck) -> list[Row]:
    """The rows of the agencies it named, each agency before its SIP. None where no register was asked. Four queries at most."""
    names = list(dict.fromkeys(name for name in (check.agency, *(one["agency"] for one in check.others)) if name))
    if check.edition_id is None or not names:
        return []
    register = models.RegisterEdition.objects.get(pk=check.edition_id)
    rows = editions.agencies(models.Agency.objects.filter(edition=register, name__in=names))
    held = {row.name: (key, row) for key, row in rows.items() if row.gone_since is None or check.day < row.gone_since}
    licences: dict[int, list[tuple[int, domain.Licence]]] = {}
    for one in models.Licence.objects.filter(agency__in=rows).order_by("number", "country", "id") if held else ():
        told = editions.licence(one, rows[one.agency_id].name)
        if told.valid_from <= check.day <= coverage.last_day(told):
            licences.setdefault(one.agency_id, []).append((one.pk, told))
    found: list[Row] = []
    for name in names:
        if name not in held:
            found.append(_none(register, name, check.day))
            continue
        key, row = held[name]
        found.append(Row(TickKind.AGENCY, check.day, _agency(register, row, check.day), name, agency=key))
        mine = sorted(licences.get(key, ()), key=lambda each: each[1].number != check.licence_number)
        found += [
            Row(TickKind.LICENCE, check.day, _licence(register, told, check.day), f"{told.number} {told.country}", licence=one)
            for one, told in mine[:MOST]
        ]
    return found


# --- in words ---------------------------------------------------------------------------------------


def _by(register: models.RegisterEdition) -> Sentence:
    day, number = register.register_date, register.number
    return Sentence(
        f"menurut register per {day_id(day)} (edisi {number})", f"according to the register as of {day_en(day)} (edition {number})"
    )


def _agency(register: models.RegisterEdition, agency: domain.Agency, day: date) -> Sentence:
    number = f", SIP3MI {agency.sip3mi_number}" if agency.sip3mi_number else ""
    stands, by = standing.on(agency, day), _by(register)
    if stands.unknown_before is not None:
        first = stands.unknown_before
        how = Sentence(f"status sebelum {day_id(first)} tidak diketahui", f"standing before {day_en(first)} not known")
    else:
        status = _STANDINGS[stands.status]
        how = Sentence(f"status pada {day_id(day)}: {status.id}", f"standing on {day_en(day)}: {status.en}")
    decree = f" ({stands.period.decree})" if stands.period is not None and stands.period.decree else ""
    return Sentence(
        f"baris P3MI: {agency.name}{number}, {how.id}{decree}, {by.id}",
        f"row of the agency: {agency.name}{number}, {how.en}{decree}, {by.en}",
    )


def _licence(register: models.RegisterEdition, licence: domain.Licence, day: date) -> Sentence:
    """Its validity and how it stood that day: one that was revoked or used up is a row that held, too."""
    country, by = countries.name(licence.country), _by(register)
    jobs = f" ({', '.join(licence.positions)[:_LONGEST]})" if licence.positions else ""
    status = Sentence("", "")
    if licence.status != LicenceStatus.ACTIVE and (coverage.revoked_on(licence, day) or coverage.exhausted_on(licence, day)):
        revoked, since = licence.status == LicenceStatus.REVOKED, licence.status_from
        status = Sentence(
            (", dicabut" if revoked else ", kuota habis") + (f" sejak {day_id(since)}" if since else ""),
            (", revoked" if revoked else ", quota used up") + (f" since {day_en(since)}" if since else ""),
        )
    first, last = licence.valid_from, licence.valid_to
    return Sentence(
        f"baris SIP: {licence.number} milik {licence.agency}, untuk {country.id}{jobs}, berlaku {day_id(first)} s.d. {day_id(last)}"
        f"{status.id}, {by.id}",
        f"row of the SIP: {licence.number} of {licence.agency}, for {country.en}{jobs}, valid {day_en(first)} to {day_en(last)}"
        f"{status.en}, {by.en}",
    )


def _none(register: models.RegisterEdition, name: str, day: date) -> Row:
    shown, by = masks.text(name, []), _by(register)
    said = Sentence(
        f"tidak ada baris P3MI bernama “{shown}” untuk {day_id(day)}, {by.id}",
        f"no row of an agency named “{shown}” for {day_en(day)}, {by.en}",
    )
    return Row(TickKind.NO_ROW, day, said, name, register=register.pk, searched=name)

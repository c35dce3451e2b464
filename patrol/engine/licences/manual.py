"""A change made by hand, as a function on registers: whether an edition holds it already, and the edition with it.

A file that comes later is asked the same two questions: what holds the change confirms it, what does not is kept or ended by a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from patrol import domain
from patrol.domain import LicenceStatus, ManualKind, Sentence, StandingStatus
from patrol.engine.licences import agency_rows, cells, contacts, headers, licence_rows, numbers, tables

CONTACTS = ("phones", "websites", "accounts")


class UnfitError(Exception):
    """The change cannot be made on this register; `column` is that of the files that says why, "" for the whole."""

    def __init__(self, column: str, in_indonesian: str, in_english: str) -> None:
        super().__init__(in_english)
        self.column = column
        self.sentence = Sentence(in_indonesian, in_english)


# --- reading what was typed, as a row of the files ------------------------------------------------


def read_licence(
    typed: Mapping[str, str], agency: str, register: domain.Register, country_code: Callable[[str], str | None]
) -> domain.Licence:
    """A row of the licences file; its status is active. Raises UnfitError."""
    row = _row({**typed, "agency": agency, "status": "active"}, headers.LICENCES, complaints := tables.Complaints(""))
    found = licence_rows.licences_of([row], register.agencies, [], country_code, complaints)
    _require(complaints)
    return replace(found[0], agency=agency)


def read_standing(typed: Mapping[str, str], agency: str) -> domain.Standing:
    """A row of the agencies file. Raises UnfitError."""
    row = _row({**typed, "name": agency}, headers.AGENCIES, complaints := tables.Complaints(""))
    found = agency_rows.agencies_of([row], complaints)
    _require(complaints)
    return found[0].standings[0]


def read_contact(column: str, written: str) -> tuple[str, str]:
    """Raises UnfitError."""
    if column not in CONTACTS:
        raise UnfitError("column", "Pilih jenis kontaknya", "Choose the kind of contact")
    row = _row({column: written}, headers.AGENCIES, complaints := tables.Complaints(""))
    cells.check_lengths(row, complaints)
    _require(complaints)
    if len(cells.entries(row[column])) != 1:
        raise UnfitError("contact", "Tulis satu kontak", "Write one contact")
    sound = {
        "phones": contacts.phone_digits(row[column]),
        "websites": "." in contacts.host_of(row[column]) and " " not in row[column],
        "accounts": contacts.account_name(row[column]),
    }
    if not sound[column]:
        raise UnfitError(
            "contact",
            "Tulis nomor telepon, alamat situs, atau akun dengan platformnya, misalnya ig:nama.akun",
            "Write a phone number, a website, or an account with its platform, such as ig:account.name",
        )
    return column, row[column]


def read_licence_end(typed: Mapping[str, str], agency: str, register: domain.Register) -> domain.Licence:
    """One of the agency's licences by `number` and `country` as the register writes them, with its status and day. Raises UnfitError."""
    asked = typed.get("number", ""), typed.get("country", "")
    found = next((one for one in register.licences if (one.number, one.country) == asked and one.agency == agency), None)
    if found is None:
        raise UnfitError("number", "Pilih SIP yang diakhiri", "Choose the licence that ends")
    complaints = tables.Complaints("")
    row = _row({"status": typed.get("status", ""), "status_from": typed.get("status_from", "")}, headers.LICENCES, complaints)
    status = cells.status_of(row, LicenceStatus, complaints)
    day = cells.day_of(row, "status_from", complaints, needed=True)
    _require(complaints)
    if status == LicenceStatus.ACTIVE:
        raise UnfitError("status", "Pilih dicabut atau kuota habis", "Choose revoked or quota used up")
    if found.status != LicenceStatus.ACTIVE and (found.status_from is None or day is None or found.status_from < day):
        raise UnfitError(
            "status_from", "SIP ini sudah berakhir lebih dulu di register", "In the register this licence has ended before that day"
        )
    return replace(found, status=status, status_from=day, gone_since=None)


def read_standing_end(typed: Mapping[str, str], agency: domain.Agency) -> domain.Standing:
    """One of the agency's sanctions by `status` and `since` with its last day, `status_to`. Raises UnfitError."""
    asked = typed.get("status", ""), typed.get("since", "")
    found = next((one for one in endable(agency) if (str(one.status), one.since.isoformat()) == asked), None)
    if found is None:
        raise UnfitError("period", "Pilih status yang berakhir", "Choose the status that ends")
    complaints = tables.Complaints("")
    row = _row({"status_to": typed.get("status_to", "")}, headers.AGENCIES, complaints)
    last = cells.day_of(row, "status_to", complaints, needed=True)
    _require(complaints)
    if last is not None and last < found.since:
        raise UnfitError("status_to", "Tanggal akhir mendahului tanggal awal", "The period ends before it begins")
    return replace(found, until=last)


def listed_contact(agency: domain.Agency, column: str, written: str) -> tuple[str, str]:
    """A contact the register lists for the agency. Raises UnfitError."""
    if column not in CONTACTS or written not in getattr(agency, column):
        raise UnfitError("contact", "Pilih kontak yang berakhir", "Choose the contact that ends")
    return column, written


def agency_of(register: domain.Register, name: str) -> domain.Agency:
    """By its name, however it is spaced. Raises UnfitError."""
    found = _agency(register, name)
    if found is None:
        raise UnfitError("agency", "P3MI ini tidak ada di register", "The register does not hold this agency")
    return found


def _row(typed: Mapping[str, str], known: Mapping[str, object], complaints: tables.Complaints) -> tables.Row:
    row = tables.Row(0, {column: " ".join(typed.get(column, "").split()) for column in known})
    tables.check_cells(0, row.cells, complaints)
    _require(complaints)
    return row


def _require(complaints: tables.Complaints) -> None:
    for problem in complaints.found:
        if problem.blocking:
            raise UnfitError(problem.column, problem.sentence.id, problem.sentence.en)


# --- holding and making ---------------------------------------------------------------------------


def holds(register: domain.Register, change: domain.ManualChange) -> bool:
    """Whether the register says the same already: a licence by number, country, agency and validity, a period by status and days."""
    agency = _agency(register, change.agency)
    if agency is None or agency.gone_since is not None:  # carried on from the edition before: no file says anything of it
        return False
    if change.licence is not None:
        row = _licence(register, change.licence)
        wanted = change.licence
        if row is None or row.gone_since is not None or cells.same_name(row.agency) != cells.same_name(change.agency):
            return False
        if change.ends:
            return (row.status, row.status_from) == (wanted.status, wanted.status_from)
        return (row.valid_from, row.valid_to) == (wanted.valid_from, wanted.valid_to)
    if change.standing is not None:
        wanted_period = _days(change.standing)
        return any(_days(period) == wanted_period for period in agency.standings)
    return _has_contact(agency, change) != change.ends


def names(register: domain.Register, change: domain.ManualChange) -> bool:
    """Whether the register speaks of the thing at all: where it does, and does not hold the change, it says something else."""
    agency = _agency(register, change.agency)
    if change.licence is not None:
        row = _licence(register, change.licence)
        return row is not None and row.gone_since is None
    if agency is None or agency.gone_since is not None:
        return False
    return _has_period(agency, change.standing) if change.standing is not None else _has_contact(agency, change)


def others_with(register: domain.Register, change: domain.ManualChange) -> tuple[str, ...]:
    """Names of the other agencies that list the contact a change adds, in the register's order."""
    if change.contact is None or change.ends:
        return ()
    own = cells.same_name(change.agency)
    others = (one for one in register.agencies if one.gone_since is None and cells.same_name(one.name) != own)
    return tuple(one.name for one in others if _has_contact(one, change))


def check(register: domain.Register, change: domain.ManualChange) -> domain.Register:
    """The register with a change that is new to it. Raises UnfitError, also for what stands in it already, and where the agency left."""
    if agency_of(register, change.agency).gone_since is not None:
        raise UnfitError("agency", "P3MI ini sudah tidak ada di register", "The register does not hold this agency any more")
    if holds(register, change):
        raise UnfitError("", "Register sudah memuat perubahan ini", "The register holds this change already")
    if change.licence is not None and not change.ends and names(register, change):
        raise UnfitError(
            "number", "SIP ini untuk negara itu sudah ada di register", "The register holds this licence for that country already"
        )
    if change.standing is not None and not change.ends and names(register, change):
        raise UnfitError(
            "status_from", "Status ini sejak hari itu sudah ada di register", "The register holds this status from that day on"
        )
    if change.ends and not names(register, change):
        raise UnfitError("", "Yang diakhiri tidak ada di register", "What would end is not in the register")
    return applied(register, change)


def applied(register: domain.Register, change: domain.ManualChange) -> domain.Register:
    """The register with the change, over whatever it says itself. Raises UnfitError."""
    agency = agency_of(register, change.agency)
    if change.licence is not None:
        if not change.ends and agency.gone_since is not None:  # its number would clear offers of an agency that left
            raise UnfitError("agency", "P3MI ini sudah tidak ada di register", "The register does not hold this agency any more")
        return replace(register, licences=_with_licence(register, change, agency))
    if change.standing is not None:
        if change.ends and not _has_period(agency, change.standing):
            raise UnfitError("", "Yang diakhiri tidak ada di register", "What would end is not in the register")
        changed = replace(agency, standings=_with_period(agency, change.standing))
    else:
        assert change.contact is not None
        column, written = change.contact
        rest = tuple(one for one in getattr(agency, column) if _contact_key(column, one) != _contact_key(column, written))
        kept: dict[str, Any] = {column: rest if change.ends else (*rest, written)}
        changed = replace(agency, **kept)
    return replace(register, agencies=tuple(changed if one is agency else one for one in register.agencies))


def _with_licence(register: domain.Register, change: domain.ManualChange, agency: domain.Agency) -> tuple[domain.Licence, ...]:
    assert change.licence is not None
    row = _licence(register, change.licence)
    if change.ends:
        if row is None:
            raise UnfitError("number", "SIP ini tidak ada di register", "The register does not hold this licence")
        ended = replace(row, status=change.licence.status, status_from=change.licence.status_from)
        return tuple(ended if one is row else one for one in register.licences)
    number = numbers.parts(change.licence.number)
    for one in register.licences:
        if numbers.parts(one.number) == number and cells.same_name(one.agency) != cells.same_name(agency.name):
            raise UnfitError("number", f"Nomor ini milik {one.agency}", f"This number belongs to {one.agency}")
    # One spelling for all countries of a number: an offer that quotes it is checked against them all.
    spelling = next((one.number for one in register.licences if numbers.parts(one.number) == number), change.licence.number)
    made = replace(change.licence, agency=agency.name, number=spelling)
    return (*(one for one in register.licences if one is not row), made)


def _with_period(agency: domain.Agency, wanted: domain.Standing) -> tuple[domain.Standing, ...]:
    """A period that would run on beyond the new one's first day ends on the day before. A sanction that would go on after a new one with a
    last day stops it: after that day the agency would be active."""
    rest = []
    for period in agency.standings:
        later = [one.since for one in agency.standings if one.since > period.since]
        last = period.until or (min(later) - timedelta(days=1) if later else date.max)
        if (period.status, period.since) == (wanted.status, wanted.since):
            continue
        if period.since == wanted.since:
            raise UnfitError(
                "status_from", "Pada hari itu sudah mulai status lain di register", "In the register another status begins on that day"
            )
        if period.since > wanted.since and wanted.until is not None and wanted.until >= period.since:
            raise UnfitError(
                "status_to",
                f"Sebelum masa itu berakhir sudah mulai status lain ({period.since})",
                f"Another status begins before that period ends ({period.since})",
            )
        if period.since < wanted.since <= last and (period.until is not None or period.status != StandingStatus.ACTIVE):
            if wanted.until is not None and wanted.until < last:
                until_id, until_en = (
                    ("tanpa tanggal akhir", "without a last day") if last == date.max else (f"sampai {last}", f"until {last}")
                )
                raise UnfitError(
                    "status_from",
                    f"Masa itu terletak di dalam status yang berlaku {until_id}; akhiri dulu yang itu",
                    f"That period lies within a status that holds {until_en}; end that one first",
                )
            rest.append(replace(period, until=wanted.since - timedelta(days=1)) if period.until is not None else period)
            continue
        rest.append(period)
    return tuple(sorted((*rest, wanted), key=lambda period: period.since))


def endable(agency: domain.Agency) -> tuple[domain.Standing, ...]:
    """Sanctions that have no last day or may get an earlier one. An active standing has nothing that could hold after it."""
    return tuple(period for period in agency.standings if period.status != StandingStatus.ACTIVE)


def _agency(register: domain.Register, name: str) -> domain.Agency | None:
    return next((one for one in register.agencies if cells.same_name(one.name) == cells.same_name(name)), None)


def _licence(register: domain.Register, wanted: domain.Licence) -> domain.Licence | None:
    key = licence_rows.key_of(wanted)
    return next((one for one in register.licences if licence_rows.key_of(one) == key), None)


def _days(period: domain.Standing) -> tuple[object, ...]:
    return period.status, period.since, period.until


def _has_period(agency: domain.Agency, wanted: domain.Standing) -> bool:
    return any((period.status, period.since) == (wanted.status, wanted.since) for period in agency.standings)


def _has_contact(agency: domain.Agency, change: domain.ManualChange) -> bool:
    assert change.contact is not None
    column, written = change.contact
    return any(_contact_key(column, one) == _contact_key(column, written) for one in getattr(agency, column))


def _contact_key(column: str, written: str) -> str:
    """Comparable form; what is none of its kind is compared as it is written."""
    if column == "phones":
        return contacts.phone_digits(written) or written
    return (contacts.account_name(written) if column == "accounts" else "") or written.casefold().rstrip("/")


# --- as it is stored ------------------------------------------------------------------------------


def stored(change: domain.ManualChange) -> dict[str, object]:
    """The thing itself as JSON; kind, agency and whether it ends stand beside."""
    if change.kind == ManualKind.LICENCE:
        assert change.licence is not None
        one = change.licence
        return {
            "number": one.number,
            "country": one.country,
            "positions": list(one.positions),
            "employer": one.employer,
            "quota": one.quota,
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat(),
            "status": str(one.status),
            "status_from": one.status_from.isoformat() if one.status_from else None,
        }
    if change.kind == ManualKind.STANDING:
        assert change.standing is not None
        period = change.standing
        return {
            "status": str(period.status),
            "since": period.since.isoformat(),
            "until": period.until.isoformat() if period.until else None,
            "decree": period.decree,
        }
    assert change.contact is not None
    return {"column": change.contact[0], "contact": change.contact[1]}


def loaded(kind: str, agency: str, ends: bool, row: Mapping[str, Any]) -> domain.ManualChange:
    """What `stored` made."""
    whole = domain.ManualChange(kind, agency, ends)
    if kind == ManualKind.LICENCE:
        licence = domain.Licence(
            number=row["number"],
            agency=agency,
            country=row["country"],
            positions=tuple(row["positions"]),
            employer=row["employer"],
            quota=row["quota"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            status=row["status"],
            status_from=_day(row["status_from"]),
        )
        return replace(whole, licence=licence)
    if kind == ManualKind.STANDING:
        period = domain.Standing(row["status"], date.fromisoformat(row["since"]), _day(row["until"]), row["decree"])
        return replace(whole, standing=period)
    return replace(whole, contact=(row["column"], row["contact"]))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None

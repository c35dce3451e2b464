"""Rows of the licences file -> licences, each owned by an agency of the agencies file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process

from patrol import domain
from patrol.engine.licences import cells, countries, names, numbers
from patrol.engine.licences.tables import Complaints, Row

_LARGEST_QUOTA = 1_000_000


def key_of(licence: domain.Licence) -> tuple[str, str]:
    """What makes a licence row the same in two files: its number, however it is spaced, and its country."""
    return numbers.parts(licence.number), licence.country


def licences_of(
    rows: Sequence[Row],
    agencies: Sequence[domain.Agency],
    named: Iterable[str],
    country_code: Callable[[str], str | None],
    complaints: Complaints,
) -> list[domain.Licence]:
    by_name = {cells.same_name(name): name for name in named if name}
    by_name |= {cells.same_name(agency.name): agency.name for agency in agencies}
    by_key: dict[str, str] = {}
    for agency in agencies:
        by_key.setdefault(names.key(agency.name), agency.name)
    for agency in agencies:
        for alias in agency.aliases:
            by_key.setdefault(names.key(alias), agency.name)
    licences: list[domain.Licence] = []
    first: dict[tuple[str, str], tuple[int, Row]] = {}
    owners: dict[str, tuple[str, int]] = {}
    for row in rows:
        licence = _licence(row, by_name, by_key, country_code, complaints)
        if licence is None:
            continue
        key = key_of(licence)
        if key in first:
            line, other = first[key]
            if {c: t.casefold() for c, t in other.cells.items()} != {c: t.casefold() for c, t in row.cells.items()}:
                complaints.add(
                    row.line,
                    "number",
                    f"Nomor {licence.number} untuk negara ini sudah ada di baris {line}",
                    f"The number {licence.number} for this country stands in row {line} already",
                )
            continue
        owner, line = owners.setdefault(key[0], (licence.agency, row.line))
        if owner != licence.agency:
            complaints.add(
                row.line,
                "agency",
                f"Nomor {licence.number} di baris {line} milik {owner}",
                f"The number {licence.number} belongs to {owner} in row {line}",
            )
            continue
        first[key] = (row.line, row)
        licences.append(licence)
    return licences


def _licence(
    row: Row, by_name: dict[str, str], by_key: dict[str, str], country_code: Callable[[str], str | None], complaints: Complaints
) -> domain.Licence | None:
    cells.check_lengths(row, complaints)
    number = cells.required(row, "number", complaints)
    if number and not numbers.keys(number).whole:
        complaints.add(row.line, "number", f"“{cells.quoted(number)}” tidak memuat angka", f"“{cells.quoted(number)}” holds no figures")
        number = ""
    agency = _owner(row, by_name, by_key, complaints)
    country = _country(row, country_code, complaints)
    valid_from = cells.day_of(row, "valid_from", complaints, needed=True)
    valid_to = cells.day_of(row, "valid_to", complaints, needed=True)
    status = cells.status_of(row, domain.LicenceStatus, complaints)
    status_from = cells.day_of(row, "status_from", complaints)
    quota = _quota(row, complaints)
    positions = cells.entries(row["positions"])
    if not positions:
        complaints.add(
            row.line,
            "positions",
            "Jabatan kosong: SIP ini dibaca berlaku untuk semua jabatan",
            "No position: this SIP is read as valid for every position",
            blocking=False,
        )
    if status in {domain.LicenceStatus.REVOKED, domain.LicenceStatus.EXHAUSTED} and not row["status_from"]:
        complaints.add(
            row.line,
            "status_from",
            "Tanggal status kosong: status dibaca berlaku sejak awal",
            "No day for the status: it is read as holding from the beginning",
            blocking=False,
        )
    if valid_from and valid_to and valid_to < valid_from:
        cells.ends_before_it_begins(row, "valid_to", complaints)
        return None
    if not (number and agency and country and valid_from and valid_to and status):
        return None
    return domain.Licence(number, agency, country, positions, row["employer"], quota, valid_from, valid_to, status, status_from)


def _owner(row: Row, by_name: dict[str, str], by_key: dict[str, str], complaints: Complaints) -> str:
    written = cells.required(row, "agency", complaints)
    if not written:
        return ""
    owner = by_name.get(cells.same_name(written)) or by_key.get(names.key(written))
    if owner is None and not by_name:
        return ""  # the file of agencies is the one with the problem
    if owner is None:
        near = process.extractOne(cells.same_name(written), by_name.keys(), scorer=fuzz.ratio, score_cutoff=80)
        hint = (f". Yang mirip: {by_name[near[0]]}", f". A like one: {by_name[near[0]]}") if near else ("", "")
        complaints.add(
            row.line,
            "agency",
            f"P3MI “{cells.quoted(written)}” tidak ada di berkas P3MI{hint[0]}",
            f"The agency “{cells.quoted(written)}” is not in the file of agencies (P3MI){hint[1]}",
        )
    return owner or ""


def _country(row: Row, country_code: Callable[[str], str | None], complaints: Complaints) -> str:
    written = cells.required(row, "country", complaints)
    if not written:
        return ""
    code = country_code(written)
    if code is None:
        near = process.extractOne(written.casefold(), countries.forms(), scorer=fuzz.ratio, score_cutoff=70)
        hint = (f". Maksudnya {near[0].title()}?", f". Is it {near[0].title()}?") if near else ("", "")
        complaints.add(
            row.line,
            "country",
            f"Negara “{cells.quoted(written)}” tidak dikenal{hint[0]}",
            f"“{cells.quoted(written)}” is no country known{hint[1]}",
        )
    return code or ""


def _quota(row: Row, complaints: Complaints) -> int | None:
    written = row["quota"]
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or int(written[:12]) > _LARGEST_QUOTA:
        complaints.add(
            row.line,
            "quota",
            f"Kuota “{cells.quoted(written)}” bukan bilangan bulat 0 sampai 1.000.000",
            f"The quota “{cells.quoted(written)}” is no whole number of 0 to 1,000,000",
        )
        return None
    return int(written)

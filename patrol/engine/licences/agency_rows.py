"""Rows of the agencies file -> agencies: one row for each period of an agency's standing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from patrol import domain
from patrol.engine.licences import cells, contacts, names, numbers
from patrol.engine.licences.tables import Complaints, Row


def agencies_of(rows: Sequence[Row], complaints: Complaints) -> list[domain.Agency]:
    grouped: dict[str, list[tuple[Row, domain.Standing]]] = {}
    for row in rows:
        cells.check_lengths(row, complaints)
        name = cells.required(row, "name", complaints)
        if name and not names.key(name):
            complaints.add(row.line, "name", f"“{cells.quoted(name)}” bukan nama", f"“{cells.quoted(name)}” is no name")
            name = ""
        status = cells.status_of(row, domain.StandingStatus, complaints)
        since = cells.day_of(row, "status_from", complaints, needed=True)
        until = cells.day_of(row, "status_to", complaints)
        if since and until and until < since:
            cells.ends_before_it_begins(row, "status_to", complaints)
            continue
        if name and status and since:
            standing = domain.Standing(status, since, until, row["decree"])
            grouped.setdefault(cells.same_name(name), []).append((row, standing))
    agencies = [_agency(group, complaints) for group in grouped.values()]
    lines = {agency.name: grouped[cells.same_name(agency.name)][0][0].line for agency in agencies}
    _warn_of_shared_names(agencies, lines, complaints)
    _warn_of_shared_numbers(agencies, lines, complaints)
    _warn_of_contacts(agencies, lines, complaints)
    return agencies


def _agency(group: list[tuple[Row, domain.Standing]], complaints: Complaints) -> domain.Agency:
    group = sorted(group, key=lambda each: each[1].since)
    for (row, standing), (later, following) in pairwise(group):
        if standing.since == following.since or (standing.until is not None and standing.until > following.since):
            if row.cells == later.cells:
                continue  # named as a double row already
            complaints.add(
                later.line,
                "status_from",
                f"Masa status tumpang tindih dengan baris {row.line}",
                f"The period overlaps that of row {row.line}",
            )
        elif standing.until == following.since:
            complaints.add(
                later.line,
                "status_from",
                f"Hari {following.since} ada di dua baris; pada hari itu berlaku baris {row.line}",
                f"The day {following.since} stands in two rows; row {row.line} holds on it",
                blocking=False,
            )
    newest_first = [row for row, _ in reversed(group)]
    newest = newest_first[0]

    def latest(column: str) -> str:
        return next((row[column] for row in newest_first if row[column]), "")

    def listed(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry for row in newest_first for entry in cells.entries(row[column])))

    return domain.Agency(
        name=newest["name"],
        aliases=tuple(alias for alias in listed("aliases") if cells.same_name(alias) != cells.same_name(newest["name"])),
        sip3mi_number=latest("sip3mi_number"),
        standings=tuple(standing for _, standing in group),
        province=latest("province"),
        city=latest("city"),
        address=latest("address"),
        phones=listed("phones"),
        websites=listed("websites"),
        accounts=listed("accounts"),
    )


def _warn_of_shared_names(agencies: Iterable[domain.Agency], lines: Mapping[str, int], complaints: Complaints) -> None:
    """Two agencies under one name cannot be told apart in a post."""
    owners: dict[str, str] = {}
    agencies = names.by_name(agencies)
    for agency in agencies:
        owners.setdefault(names.key(agency.name), agency.name)
    for agency in agencies:
        for written, column in ((agency.name, "name"), *((alias, "aliases") for alias in agency.aliases)):
            owner = owners.setdefault(names.key(written), agency.name)
            if owner != agency.name:
                complaints.add(
                    lines[agency.name],
                    column,
                    f"“{written}” juga nama {owner}; unggahan dengan nama itu dibaca sebagai {owner}",
                    f"“{written}” is a name of {owner} as well; posts with that name are read as {owner}",
                    blocking=False,
                )


def _warn_of_shared_numbers(agencies: Iterable[domain.Agency], lines: Mapping[str, int], complaints: Complaints) -> None:
    """A company licence has one holder; under a number of two, a post that shows it is read as the first one's by name."""
    owners: dict[str, str] = {}
    for agency in names.by_name(agencies):
        for number in agency.sip3mi_numbers:
            owner = owners.setdefault(numbers.parts(number), agency.name)
            if owner != agency.name:
                complaints.add(
                    lines[agency.name],
                    "sip3mi_number",
                    f"Nomor SIP3MI {number} juga milik {owner}; unggahan dengan nomor itu dibaca sebagai {owner}",
                    f"SIP3MI number {number} is {owner}'s as well; posts with that number are read as {owner}",
                    blocking=False,
                )


def _warn_of_contacts(agencies: Iterable[domain.Agency], lines: Mapping[str, int], complaints: Complaints) -> None:
    """What cannot be read as a number or an account is compared with no post, which then shows a stranger's contact."""
    phone, account = ("nomor telepon", "a phone number"), ("akun dengan platformnya", "an account with its platform")
    for agency in agencies:
        unread = [("phones", phone, entry) for entry in agency.phones if not contacts.phone_digits(entry)]
        unread += [("accounts", account, entry) for entry in agency.accounts if not contacts.account_name(entry)]
        for column, (in_indonesian, in_english), entry in unread:
            complaints.add(
                lines[agency.name],
                column,
                f"“{cells.quoted(entry)}” tidak terbaca sebagai {in_indonesian} dan tidak dibandingkan dengan unggahan",
                f"“{cells.quoted(entry)}” is not read as {in_english} and compared with no post",
                blocking=False,
            )

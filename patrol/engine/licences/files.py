"""The register's two files -> one Register, or the reasons why not: all rows or none.

What columns and values may be called stands in headers.py. An agency has one row for each
period of its standing; its other columns are taken from the newest row, its lists from all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from patrol import domain
from patrol.engine.licences import agency_rows, cells, headers, licence_rows, tables
from patrol.engine.licences.sentences import day_en, day_id
from patrol.engine.licences.tables import Complaints, RowProblem

__all__ = ["AGENCY_COLUMNS", "LICENCE_COLUMNS", "RegisterFiles", "RowProblem", "read_register"]

AGENCY_COLUMNS = tuple(headers.AGENCIES)
LICENCE_COLUMNS = tuple(headers.LICENCES)
_AGENCIES = tables.Kind("P3MI", headers.AGENCIES)
_LICENCES = tables.Kind("SIP", headers.LICENCES)


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """What came of two files. `register` None where a problem is blocking; the problems in the order of the files."""

    register: domain.Register | None
    problems: tuple[RowProblem, ...]
    agency_rows: int = 0
    licence_rows: int = 0

    @property
    def blocking(self) -> tuple[RowProblem, ...]:
        return tuple(problem for problem in self.problems if problem.blocking)


def read_register(
    agencies: bytes,
    licences: bytes,
    *,
    agencies_name: str,
    licences_name: str,
    country_code: Callable[[str], str | None],
    register_date: date | None = None,
    previous: domain.Register | None = None,
) -> RegisterFiles:
    """Reads both files. `country_code` reads a country's name or code.

    `register_date` is the day the files stand for, else their newest `status_from`. With `previous`, what is gone from
    the new files keeps its periods, with `gone_since` the day it was first missing.
    """
    in_agencies, in_licences = Complaints(agencies_name), Complaints(licences_name)
    of_agencies = tables.read(agencies, _AGENCIES, _LICENCES, in_agencies)
    of_licences = tables.read(licences, _LICENCES, _AGENCIES, in_licences)
    cells.refuse_doubles(of_agencies, in_agencies)
    cells.refuse_doubles(of_licences, in_licences)
    held = agency_rows.agencies_of(of_agencies, in_agencies)
    # A licence of an agency whose own row is wrong is not to blame: names are taken from every row.
    named = [row["name"] for row in of_agencies]
    granted = licence_rows.licences_of(of_licences, held, named, country_code, in_licences)
    newest = max((d for d in (*(s.since for a in held for s in a.standings), *(g.status_from for g in granted)) if d), default=None)
    day = register_date or newest
    if day is None and of_agencies:
        heading = in_agencies.called("status_from")
        in_agencies.add(
            0,
            "status_from",
            f"Tanggal register tidak diketahui: tidak ada satu hari pun di kolom {heading}. Isilah, atau sebut harinya saat mengimpor",
            f"The register's date is not known: there is no day in the column {heading}. Fill it in, or say the day when importing",
        )
    # Where rows are bad the newest day may stand in one of them: then only a day that was given can be too old.
    certain = register_date is not None or not any(c.blocking for c in (*in_agencies.listed(), *in_licences.listed()))
    if previous is not None and day is not None and certain and day < previous.register_date:
        in_agencies.add(
            0,
            "",
            f"Berkas per {day_id(day)} lebih lama dari register yang dimuat (per {day_id(previous.register_date)})",
            f"The files of {day_en(day)} are older than the loaded register (of {day_en(previous.register_date)})",
            blocking=False,
        )
    problems = (*in_agencies.listed(), *in_licences.listed())
    counts = {"agency_rows": len(of_agencies), "licence_rows": len(of_licences)}
    if day is None or any(problem.blocking for problem in problems):
        return RegisterFiles(None, problems, **counts)
    register = domain.Register(tuple(held), tuple(granted), day)
    return RegisterFiles(_with_gone(register, previous) if previous else register, problems, **counts)


def _with_gone(new: domain.Register, previous: domain.Register) -> domain.Register:
    agencies = {cells.same_name(agency.name): agency.name for agency in new.agencies}
    licences = {licence_rows.key_of(licence) for licence in new.licences}
    day = new.register_date
    return replace(
        new,
        agencies=new.agencies
        + tuple(
            agency if agency.gone_since else replace(agency, gone_since=day)
            for agency in previous.agencies
            if cells.same_name(agency.name) not in agencies
        ),
        licences=new.licences
        + tuple(
            replace(licence, agency=agencies.get(cells.same_name(licence.agency), licence.agency), gone_since=licence.gone_since or day)
            for licence in previous.licences
            if licence_rows.key_of(licence) not in licences
        ),
    )

"""The register a command judges against: two files by hand, or what is loaded, where a database answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import OperationalError

from patrol import assess, reading, vocabulary
from patrol.licences import files
from patrol.vocabulary import LAW_ZONE


@dataclass(frozen=True, slots=True)
class Times:
    """The present, and the time an undated post is judged by."""

    now: datetime
    undated: datetime


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--agencies", type=Path, help="register file of the agencies (CSV or XLSX)")
    parser.add_argument("--licences", type=Path, help="register file of the licences (CSV or XLSX)")
    parser.add_argument("--register-date", type=day, help="date of the register files")
    parser.add_argument("--now", type=moment, help="the present, ISO; without a zone in Asia/Jakarta")


def register(options: dict[str, Any], *, complain: Callable[[str], object]) -> vocabulary.Register | None:
    """None where no register is loaded. Raises CommandError; what is wrong in a file goes to `complain` line by line."""
    agencies, permits = options["agencies"], options["licences"]
    if agencies is None and permits is None:
        if options["register_date"] is not None:
            raise CommandError("--register-date belongs to register files: give --agencies and --licences too.")
        return _loaded(complain)
    if agencies is None or permits is None:
        raise CommandError("--agencies and --licences belong together: give both files or neither.")
    try:
        contents = agencies.read_bytes(), permits.read_bytes()
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from None
    read = files.read_register(
        *contents,
        agencies_name=agencies.name,
        licences_name=permits.name,
        country_code=reading.country_code,
        register_date=options["register_date"],
    )
    for problem in read.problems:
        where = f"{problem.file}, line {problem.line}, {problem.column}" if problem.line else problem.file
        complain(f"{where}: {problem.sentence.en}")
    if read.register is None:
        raise CommandError("The register files have errors; nothing was assessed.")
    return read.register


def times(options: dict[str, Any], register: vocabulary.Register | None) -> Times:
    """`--now` for both; else the clock, and the register's own date for undated posts."""
    if options["now"] is not None:
        return Times(options["now"], options["now"])
    now = datetime.now(LAW_ZONE)
    return Times(now, datetime.combine(register.register_date, time(12), LAW_ZONE) if register else now)


def _loaded(complain: Callable[[str], object]) -> vocabulary.Register | None:
    from patrol import editions  # noqa: PLC0415  needs the database; with both files it must not be loaded

    try:
        return editions.current_register()
    except OperationalError:
        complain("No database answers: every offer is cannot_check. Give --agencies and --licences.")
        return None


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO date: {written}") from None


def moment(written: str) -> datetime:
    try:
        return assess.moment(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO date or time: {written}") from None

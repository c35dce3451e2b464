"""What a command judges posts by: register files by hand, or what is loaded where a database answers; points; the time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import django
from django.core.management.base import CommandError, CommandParser
from django.db import OperationalError

from patrol import domain
from patrol.domain import LAW_ZONE
from patrol.engine import assess, reading, rules
from patrol.engine.licences import files
from patrol.engine.rules import points


@dataclass(frozen=True, slots=True)
class Ground:
    """What posts are judged by. `register` None: none is loaded; `undated`: the time of a post without one."""

    register: domain.Register | None
    weights: points.Points
    now: datetime
    undated: datetime


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--agencies", type=Path, help="register file of the agencies (CSV or XLSX)")
    parser.add_argument("--licences", type=Path, help="register file of the licences (CSV or XLSX)")
    parser.add_argument("--register-date", type=day, help="date of the register files")
    parser.add_argument("--points", type=Path, help="points of the rules, a file of `calibrate`; else those in force")
    parser.add_argument("--now", type=moment, help="the present, ISO; without a zone in Asia/Jakarta")


def ground(
    options: dict[str, Any], *, complain: Callable[[str], object], no_register: bool = False, weights: points.Points | None = None
) -> Ground:
    """Raises CommandError; what is wrong in a file goes to `complain` line by line.

    With both register files no database is asked: the points are then the expert's, unless `--points` names others.
    `weights` overrides both.
    """
    loaded = options["agencies"] is None and options["licences"] is None and not no_register
    register = None if no_register else _loaded(options, complain) if loaded else _from_files(options, complain)
    if weights is None:
        weights = from_file(options["points"]) if options["points"] else in_force() if loaded else points.EXPERT
    if options["now"] is not None:
        return Ground(register, weights, options["now"], options["now"])
    now = datetime.now(LAW_ZONE)
    undated = datetime.combine(register.register_date, time(12), LAW_ZONE) if register else now
    return Ground(register, weights, now, undated)


def _from_files(options: dict[str, Any], complain: Callable[[str], object]) -> domain.Register:
    agencies, permits = options["agencies"], options["licences"]
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


# `editions` needs the models and is loaded only where a database is asked: register files must do without.


def _loaded(options: dict[str, Any], complain: Callable[[str], object]) -> domain.Register | None:
    django.setup()  # `assess` comes without
    from patrol.register import editions  # noqa: PLC0415

    if options["register_date"] is not None:
        raise CommandError("--register-date belongs to register files: give --agencies and --licences too.")
    try:
        return editions.current_register()
    except OperationalError:
        complain("No database answers: every offer is cannot_check. Give --agencies and --licences.")
        return None


def in_force() -> points.Points:
    """The approved points; the expert's where no database answers."""
    django.setup()
    from patrol.register import editions  # noqa: PLC0415

    try:
        return editions.current_points()
    except OperationalError:
        return points.EXPERT


def from_file(path: Path) -> points.Points:
    """Raises CommandError where the file cannot be read, or its points cannot be used."""
    try:
        return points.read(path.read_bytes(), rules.RULES)
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from None
    except points.PointsError as error:
        raise CommandError(f"{path}: {error}") from None


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

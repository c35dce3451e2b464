"""The database of an example run, before anything works on it: tables, offices and accounts, register, watches.

Run as a process of its own by `example.run`, in the run's environment. Each step may be repeated: what is there stays. With `--weeks N` an
empty database lives so many weeks of an office's life first. How far it is goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.management import call_command

TABLES = "tables"  # said when the tables are there


def say(text: str) -> None:
    print(text, flush=True)


def main(folder: Path, weeks: int) -> None:
    """`folder`: of the example world, with its anchor.json and the register's agencies.csv and licences.csv."""
    gc.disable()  # short-lived, and a tenth faster
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    django.setup()
    from example import confirmed_law, world  # noqa: PLC0415
    from example.history import build, calendar  # noqa: PLC0415 -- models load after Django is set up
    from patrol import models  # noqa: PLC0415
    from patrol.infra import wall  # noqa: PLC0415

    wall.whole_process("the people of all offices, played")

    call_command("migrate", verbosity=0, interactive=False)
    say(TABLES)
    if weeks and build.wanted():
        say(f"Living {weeks + 1} weeks of an office's life, once; the next start has them already.")
        moment = world.Anchor.at(datetime.now(UTC), folder / "anchor.json").moment
        build.build(calendar.Span(moment, weeks), folder, say=say, out=sys.stderr)
    call_command("setup", "--example", stdout=sys.stderr)
    confirmed_law.confirm(datetime.now(UTC))
    if not models.RegisterEdition.objects.exists():
        # Only into an empty register: a newer one that somebody imported by hand is kept.
        files = ("--agencies", str(folder / "agencies.csv"), "--licences", str(folder / "licences.csv"))
        call_command("import_register", *files, "--yes", stdout=sys.stderr)
    call_command("example_watches", stdout=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--weeks", type=int, default=0)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    main(asked.folder, asked.weeks)

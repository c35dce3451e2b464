"""The database of an example run, before anything works on it: tables, offices and accounts, register, watches.

Run as a process of its own by `example.run`, in the run's environment. Each step may be repeated: what is there stays.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(register: Path) -> None:
    """`register`: the folder with the example register's agencies.csv and licences.csv."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    django.setup()
    from patrol import models  # noqa: PLC0415 -- models load after Django is set up

    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup", "--example")
    if not models.RegisterEdition.objects.exists():
        # Only into an empty register: a newer one that somebody imported by hand is kept.
        files = ("--agencies", str(register / "agencies.csv"), "--licences", str(register / "licences.csv"))
        call_command("import_register", *files, "--yes")
    call_command("example_watches")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

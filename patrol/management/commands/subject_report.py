"""manage.py subject_report REQUEST: what is held about the number, account or name of a request of a subject, for its answer.

What it is about is read from standard input: no value stands in a command line, which the shell keeps and everybody on the machine sees.
It must be what the request was entered with. Writes one ZIP that only its owner can read, named after the moment. That it was made stands
in the audit log and in the reading log, by whoever entered the request, with the account of the server that ran it. ZIPs of it in that
folder that are older than KEPT go with the next run.
"""

from __future__ import annotations

import getpass
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from patrol import models
from patrol.infra.refusals import RefusedError
from patrol.management import on_server, subject_sheet
from patrol.privacy import report

KEPT: Final = timedelta(days=7)
_MADE: Final = re.compile(rf"{subject_sheet.NAME}-\d{{8}}-\d{{6}}\.zip")


class Command(BaseCommand):
    help = "Puts together what is held about what a request of a subject asks about, where it came from, who saw it, what left, as a ZIP."
    stealth_options = ("now", "stdin")  # for whoever calls it at another moment, with the value in hand

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("request", metavar="REQUEST", help="the number of the request, such as PSD-26-0007; it must be open")
        parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="the folder the ZIP is written into; else this one")

    def handle(self, *args: Any, **options: Any) -> None:
        now: datetime = options.get("now") or timezone.now()
        folder: Path = options["to"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        value = _asked(options.get("stdin") or sys.stdin)
        try:
            found = report.gather(number=options["request"], value=value, ran_by=on_server.account(), now=now)
        except PermissionDenied as error:
            raise CommandError("Whoever entered the request is not the data protection officer now.") from error
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        person = models.Person.objects.select_related("office").get(username=found["about"]["by"])
        with translation.override("id"), timezone.override(person.office.zone):
            content = subject_sheet.packed(found, now)
            file = folder / f"{subject_sheet.NAME}-{timezone.localtime(now):%Y%m%d-%H%M%S}.zip"
        try:
            on_server.write(file, content)
        except OSError as error:
            raise CommandError(f"{file} was not written: {error.strerror}.") from error
        left = sum(len(rows) for rows in found["left"].values())
        told = f"{len(found['indicators'])} values, {found['posts_in_all']} posts, {len(found['cases'])} cases, {left} that left"
        self.stdout.write(f"{file}: {told}. Before anything is sent, the legal unit decides what is left out.")
        self.stdout.write(f"Delete it once it was sent. {_forgotten(folder, now)} of more than {KEPT.days} days were deleted here.")


def _asked(stdin: IO[str]) -> str:
    """Where somebody types, without showing it."""
    return getpass.getpass("The number, account or name, as it was asked about: ") if stdin.isatty() else stdin.readline()


def _forgotten(folder: Path, now: datetime) -> int:
    old = [one for one in folder.iterdir() if _MADE.fullmatch(one.name) and one.stat().st_mtime < (now - KEPT).timestamp()]
    for one in old:
        one.unlink()
    return len(old)

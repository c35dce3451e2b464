"""manage.py export_case NUMBER --to FILE.zip --by USER: a case as one package that checks itself, contacts masked;
with --request NUMBER the one with originals, which two people let out.

For whom it runs (`--by`), by what that person may do. Each run is a row of the audit log, with the account of the server that ran it, and
has its berita acara. The file is new, whole or not there, and only its owner can read it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import access, models
from patrol.access import Action, consulting
from patrol.access.consulting import Way
from patrol.cases.packages import exporting, requests
from patrol.cases.packages.tying import Why
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.management import on_server

_PURPOSE = "Penanganan perkara"


class Command(BaseCommand):
    help = "Writes a case as one ZIP with its evidence, log and anchors, which checks itself offline (verify.py)."
    stealth_options = ("now",)  # for whoever calls it at another moment

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="of the case, such as PKR-26-0187")
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="a file that is not there yet")
        parser.add_argument("--by", required=True, metavar="USER", help="the user name of whoever takes it")
        parser.add_argument("--request", default="", metavar="NUMBER", help="of an approved package with originals, such as MTR-26-0003")
        parser.add_argument("--purpose", metavar="WORDS", help="what it is for, as the berita acara says it; not with --request")

    def handle(self, *args: Any, **options: Any) -> None:
        now: datetime = options.get("now") or timezone.now()
        by = on_server.person(options["by"])
        if options["request"] and options["purpose"]:
            raise CommandError("A request has its purpose: leave --purpose out.")
        with wall.behind(access.behind_wall(by)):  # what that person reaches, and no more
            self._export(options["number"], options["request"], options["purpose"] or _PURPOSE, options["to"], by, now)

    def _export(self, number: str, request: str, purpose: str, file: Path, by: models.Person, now: datetime) -> None:
        case = access.scope(by, Action.CASE_VIEW, models.Case.objects.all()).filter(number=number).first()
        if case is None:
            raise CommandError(f"There is no case {number} for {by.username}.")
        made = None
        try:
            asked = requests.numbered(request, case, by, now) if request else None
            # Its bytes are on the disk before the log says so, and it has a name only after that: none is there that no row names.
            with on_server.new(file) as place:
                making = exporting.Making(ran_by=on_server.account(), keep=_kept(place), unsealed=self._unsealed)
                if asked is None:
                    made = exporting.export(case_id=case.pk, purpose=purpose, by=by, now=now, making=making)
                else:
                    made = requests.take(export_id=asked.pk, by=by, now=now, making=making)
                consulting.note(by, way=Way.FILE, target=("case", case.pk), purpose=exporting.PURPOSE, unmasked=asked is not None)
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        except PermissionDenied:
            raise CommandError(f"{by.username} may not make a package of {number}.") from None
        except OSError as error:
            entered = f" {made.minutes.number} says that it was: make a remark on it." if made else ""
            raise CommandError(f"{file} was not written: {error.strerror}.{entered}") from error
        self.stdout.write(
            f"{file}: {number}, {made.files} records, {made.withheld} of them withheld, {made.minutes.number}."
            " Unpack it and read BACA-DULU.txt first."
        )

    def _unsealed(self, why: Why) -> None:
        self.stderr.write(
            f"{why.said.en} The package is made all the same: what is newer than the last seal is tied to its berita acara alone. For one"
            " that is tied outside run manage.py seal, then make it again."
        )


def _kept(place: BinaryIO) -> Callable[[bytes], None]:
    def keep(content: bytes) -> None:
        place.write(content)
        place.flush()
        os.fsync(place.fileno())

    return keep

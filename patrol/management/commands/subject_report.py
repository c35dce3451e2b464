"""manage.py subject_report VALUE: what is held about a number, account or name, for the answer to a request of a subject.

Writes one ZIP that only its owner can read, named after the moment: no value stands in a file's name. That it was made stands in the audit
log and in the reading log.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from patrol import models
from patrol.infra.refusals import RefusedError
from patrol.management import subject_sheet
from patrol.models import SubjectAbout
from patrol.privacy import report


class Command(BaseCommand):
    help = "Puts together what is held about a number, account or name, from where it came, who saw it and what left, as a ZIP."
    stealth_options = ("now",)  # for whoever calls it at another moment

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("value", metavar="VALUE", help="the number, account or name, as it was asked about")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of the data protection officer who answers")
        parser.add_argument("--kind", choices=[str(one) for one in SubjectAbout], default="", help="what the value is; else each of them")
        parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="the folder the ZIP is written into; else this one")

    def handle(self, *args: Any, **options: Any) -> None:
        now: datetime = options.get("now") or timezone.now()
        person = models.Person.objects.filter(username=options["by"], is_active=True).first()
        if person is None:
            raise CommandError(f"No active person has the user name {options['by']}.")
        if not options["to"].is_dir():
            raise CommandError(f"{options['to']} is no folder.")
        try:
            found = report.gather(value=options["value"], kind=options["kind"], by=person, now=now)
        except PermissionDenied as error:
            raise CommandError(f"{person.username} may not: that is for the data protection officer.") from error
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        with translation.override("id"), timezone.override(person.office.zone):
            content = subject_sheet.packed(found, now)
            file = options["to"] / f"{subject_sheet.NAME}-{timezone.localtime(now):%Y%m%d-%H%M%S}.zip"
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.write(content)
        except OSError as error:
            raise CommandError(f"{file} was not written: {error.strerror}.") from error
        left = sum(len(rows) for rows in found["left"].values())
        told = f"{len(found['indicators'])} values, {found['posts_in_all']} posts, {len(found['cases'])} cases, {left} that left"
        self.stdout.write(f"{file}: {told}. Before anything is sent, the legal unit decides what is left out.")

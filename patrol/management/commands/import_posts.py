"""Imports a file of posts from the command line: the same verbs, checks and evidence as the page Impor."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import models
from patrol.domain.states import IntakeState
from patrol.infra.refusals import RefusedError
from patrol.intake import formats
from patrol.intake import imports as verbs
from patrol.intake.formats import shape, table

SHOWN = 50  # problems printed; the page of the import has more


class Command(BaseCommand):
    help = "Imports an export of Zeeschuimer, 4CAT, WhatsApp or Telegram Desktop, or a table. Twice the same file adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of whoever answers for the file")
        parser.add_argument("--format", choices=[*formats.FORMATS], default="", help="only where the content does not tell")
        parser.add_argument(
            "--mapping",
            default="{}",
            metavar="JSON",
            help='{"columns": {"text": "Isi", ...}, "platform": ..., "zone": ..., "order": "dmy", "chat": ...}'
            f" with columns for {', '.join(table.FIELDS)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what it would bring; nothing is stored")

    def handle(self, *args: Any, **options: Any) -> None:
        person = models.Person.objects.filter(username=options["by"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active person with the user name {options['by']}.")
        try:
            chosen = json.loads(options["mapping"])
            if not isinstance(chosen, dict):
                raise CommandError("--mapping must be a JSON object.")
            self._import(options, shape.Options.of(chosen), person)
        except ValueError as error:
            raise CommandError("--mapping is not JSON.") from error
        except shape.FileRefusedError as error:
            raise CommandError(error.problem.sentence.en) from error
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        except PermissionDenied as error:
            raise CommandError(f"{person.username} may not import files: officers, analysts and supervisors may.") from error
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error

    def _import(self, options: dict[str, Any], chosen: shape.Options, person: models.Person) -> None:
        path: Path = options["file"]
        with path.open("rb") as content:
            name = options["format"] or formats.recognise(shape.File(content, path.name))
            looked = verbs.look(content, name=path.name, options=chosen, format_name=name)
            if looked.refused:
                raise shape.FileRefusedError(looked.refused)
            self.stdout.write(f"{name}: {looked.posts}{'' if looked.whole else '+'} posts, {looked.bad} bad rows.")
            for kind, count in looked.left:
                self.stdout.write(f"left out: {count} {kind.en}")
            for field, column in looked.mapping.items():
                self.stdout.write(f"column: {field} = {column}")
            if options["dry_run"]:
                for problem in looked.problems[:SHOWN]:
                    self.stdout.write(f"{problem.where}: {problem.sentence.en}")
                self.stdout.write("Nothing was stored; repeat without --dry-run to import it.")
                return
            now = timezone.now()
            intake = verbs.take(content=content, name=path.name, format_name=name, options=chosen, key=uuid.uuid4(), by=person, now=now)
        try:
            while intake.state == IntakeState.WAITING:  # in parts: what came is of the moment it came
                intake = verbs.go_on(intake.pk, now=timezone.now(), seconds=verbs.WORK_SECONDS)
        except verbs.TakenOverError:
            self.stdout.write(f"Import {intake.pk} is brought in by a worker; its page shows how far it is.")
            return
        for problem in intake.problems[:SHOWN]:
            self.stdout.write(f"{problem['where']}: {problem['en']}")
        self.stdout.write(
            f"Import {intake.pk} {intake.state}: {intake.posts_new} new, {intake.posts_changed} changed,"
            f" {intake.posts_repeated} repeated, {intake.bad} bad rows."
        )

"""manage.py restore FILE --identity KEYFILE: a backup into an empty database and an empty folder, then up to date and verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from patrol.evidence import backups


class Command(BaseCommand):
    help = "Restores a backup into an empty place, brings its tables up to date, and verifies what was preserved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="the file with the private key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = backups.restore(options["file"], identity=options["identity"].read_text())
        except OSError as error:
            raise CommandError(f"{options['identity']} cannot be read: {error.strerror}.") from error
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored as of {done.at}: {done.rows} rows and {done.files} preserved files.")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("verify_evidence", stdout=self.stdout)

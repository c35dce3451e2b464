"""manage.py backup --to FOLDER: database and preserved files of one moment, encrypted to a public key, read back after writing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol.evidence import backups


class Command(BaseCommand):
    help = "Writes the database and the preserved files of one moment into one encrypted file, and reads it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder the file is written into")
        parser.add_argument("--key", action="append", default=[], help="a public key of age (age1...); else BACKUP_KEY")
        parser.add_argument("--key-destroyed", metavar="KEY", help="the private key of this public one was destroyed: it is named no more")
        parser.add_argument("--new-key", type=Path, help="writes a new private key into this file and prints its public one")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                self.stdout.write(backups.new_key(options["new_key"]))
                return
            if options["key_destroyed"]:
                backups.forget_key(options["key_destroyed"], now=timezone.now())
                return
            if not options["to"]:
                raise CommandError("Name a folder with --to, or a file for a new key with --new-key.")
            done = backups.write(options["to"], keys=options["key"] or settings.BACKUP_KEYS, now=timezone.now())
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.file}: {done.rows} rows and {done.files} preserved files, read back and whole.")
        if done.missing:
            raise CommandError(f"{len(done.missing)} preserved files were not there; verify_evidence names them.")

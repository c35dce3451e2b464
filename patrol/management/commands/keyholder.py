"""manage.py keyholder --key FILE: opens how to reach a reporter, one record for one logged request, until it is ended."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from patrol.intake.tips import identity, keyholding


class Command(BaseCommand):
    help = "Holds the private key of reporters' contacts and answers requests to open one; runs as a user and database role of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--key", type=Path, help="the file with the private key, mode 0600, which this process alone may read")
        parser.add_argument("--new-key", type=Path, help="writes a new private key into this file, prints its public one for IDENTITY_KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                self.stdout.write(keyholding.new_key(options["new_key"]))
                return
            if not options["key"]:
                raise CommandError("Name the file of the private key with --key, or a file for a new one with --new-key.")
            key = keyholding.load(options["key"])
        except keyholding.KeyFileError as error:
            raise CommandError(str(error)) from error
        if settings.IDENTITY_KEY and identity.public(key.public_key()).hex() != settings.IDENTITY_KEY:
            raise CommandError(f"{options['key']} is not the private half of IDENTITY_KEY: nothing that is sealed today would open.")
        ended: list[int] = []
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda number, _frame: ended.append(number))
        keyholding.serve(key, ends=lambda: bool(ended))

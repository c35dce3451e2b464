"""manage.py seal: the next manifest now, a new key, and going on after a restore or a lost folder or key (docs/offices/operate.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import domain
from patrol.evidence.anchors import folder, making, manifests
from patrol.evidence.anchors.manifests import Manifest, ManifestError


class Command(BaseCommand):
    help = (
        "Writes what the audit log and the evidence hold by now into a signed manifest in ANCHOR_DIR; the worker does the same every 15"
        " minutes while something is new."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="makes a private key in FILE and announces it, signed by that of now"
        )
        parser.add_argument("--anew", action="store_true", help="names all rows again, after a restore or where the folder was lost")
        parser.add_argument(
            "--key-lost", action="store_true", help="goes on with ANCHOR_KEY, which nobody announced: the one of before is lost"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["new_key"]:
                self._new_key(options["new_key"])
                return
            if not making.configured():
                raise CommandError(f"{settings.ANCHOR_KEY} is not there. `manage.py seal --new-key FILE` makes a key; ANCHOR_KEY names it.")
            made = making.seal(now=timezone.now(), anew=options["anew"], key_lost=options["key_lost"])
        except domain.SourceError as error:
            raise CommandError(error.problem.sentence.en) from error
        self._told(made)

    def _new_key(self, file: Path) -> None:
        try:
            name = manifests.fingerprint(manifests.private_key(file.read_bytes()).public_key()) if file.exists() else making.write_key(file)
            announced = making.announce(file, now=timezone.now()) if making.configured() else None
        except OSError as error:
            raise CommandError(f"{file} cannot be used: {error.strerror}.") from error
        except ManifestError as error:
            raise CommandError(f"{file} cannot be used: {error}.") from error
        self.stdout.write(f"{file}: key {name}.")
        if announced is not None:
            self._told(announced)
        self.stdout.write("Write the key's name down apart from this machine, set ANCHOR_KEY to the file, and start the worker again.")

    def _told(self, made: list[Manifest]) -> None:
        place = Path(settings.ANCHOR_DIR)
        for one in made:
            said = one.statement
            self.stdout.write(
                f"{folder.path_of(place, said.number)}: rows {said.first} to {said.rows} of the log,"
                f" {said.evidence.records} records and {said.evidence.versions} texts in all, key {said.key}."
            )
        if not made:
            self.stdout.write(f"Nothing is new since manifest {folder.newest(place)}.")

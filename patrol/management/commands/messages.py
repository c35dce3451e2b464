"""Collects the words of the screen into locale/ and compiles them; with --check only says whether that is done.

Collecting needs GNU gettext; compiling and checking do not, so that a fresh machine can test what is committed.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

CATALOGUE = settings.BASE_DIR / "locale" / "id" / "LC_MESSAGES" / "django.po"


def compiled(catalogue: Path) -> bytes:
    """The bytes of the compiled catalogue: the same for the same words, whoever compiles."""
    return bytes(polib.pofile(str(catalogue)).to_binary())


def missing(catalogue: Path) -> list[str]:
    """msgids without a translation one may show: untranslated or fuzzy."""
    entries = polib.pofile(str(catalogue))
    return [entry.msgid for entry in (*entries.untranslated_entries(), *entries.fuzzy_entries()) if not entry.obsolete]


def tidy(catalogue: Path) -> None:
    """The head of the catalogue without dates and names: two runs over the same words give the same file."""
    entries = polib.pofile(str(catalogue), wrapwidth=120)
    entries.header = "The words of the screen in Indonesian. English stands in the code. Written by `make messages`."
    entries.metadata = {
        "Project-Id-Version": "SIPatrol",
        "Language": "id",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    entries.metadata_is_fuzzy = False
    entries.save(str(catalogue))


class Command(BaseCommand):
    # Some of the system's checks ask the database, and words are collected where there is none.
    requires_system_checks: tuple[str, ...] = ()
    help = "Collects and compiles the words of the screen (Indonesian; English is in the code)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where something is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
            quiet = io.StringIO()
            call_command(
                "makemessages",
                locale=["id"],
                no_location=True,
                no_obsolete=True,
                extensions=["html", "txt", "py", "svg"],
                stdout=quiet,
                ignore_patterns=["var/*", ".venv/*", "tests/*", "bench/*", "example/*", "docs/*"],
            )
            tidy(CATALOGUE)
            CATALOGUE.with_suffix(".mo").write_bytes(compiled(CATALOGUE))
        if left := missing(CATALOGUE):
            shown = "\n  ".join(left[:50])
            raise CommandError(f"{len(left)} words have no Indonesian yet:\n  {shown}")
        if CATALOGUE.with_suffix(".mo").read_bytes() != compiled(CATALOGUE):
            raise CommandError("The compiled catalogue is older than its words: run `make messages`.")
        self.stdout.write("Every word of the screen has its Indonesian.")

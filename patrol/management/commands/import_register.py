"""Takes both register files as a new edition, after showing what that would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import register
from patrol.engine.licences import difference
from patrol.infra.refusals import RefusedError
from patrol.register import recheck

SHOWN = 20  # lines of each list; the rest is counted


class Command(BaseCommand):
    help = "Shows what two register files would change and, with --yes, takes them: all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agencies", type=Path, required=True, metavar="FILE", help="CSV (UTF-8) or XLSX")
        parser.add_argument("--licences", type=Path, required=True, metavar="FILE", help="CSV (UTF-8) or XLSX")
        parser.add_argument("--register-date", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--by-hand", choices=("keep", "end"), help="changes made by hand that the files do not hold: keep them, or end them"
        )
        parser.add_argument("--yes", action="store_true", help="take the files; without it nothing is written")

    def handle(self, *args: Any, **options: Any) -> None:
        named = {
            "agencies_name": options["agencies"].name,
            "licences_name": options["licences"].name,
            "register_date": options["register_date"],
        }
        contents = [self._read(options[name]) for name in ("agencies", "licences")]
        looked = register.preview(*contents, **named)
        for problem in looked.problems:
            place = ", ".join(part for part in (problem.file, f"line {problem.line}" if problem.line else "", problem.column) if part)
            self.stdout.write(f"{'ERROR' if problem.blocking else 'note'}: {place}: {problem.sentence.en}")
        if looked.register is None or looked.difference is None:
            raise CommandError("Nothing was loaded: the errors above must be mended first.")
        self.stdout.write(f"Register as of {looked.register.register_date}, compared with edition {looked.base or 'none'}.")
        self._show("agencies", looked.difference.agencies)
        self._show("licences", looked.difference.licences)
        for one in looked.by_hand:
            state = "confirmed by the files" if one.confirmed else "not in the files"
            self.stdout.write(f"by hand: {one.change.agency}, {one.change.decree}: {state}")
        if not options["yes"]:
            self.stdout.write("Nothing was loaded; repeat with --yes to take it.")
            return
        keep = {one.change.pk: options["by_hand"] == "keep" for one in looked.to_choose} if options["by_hand"] else {}
        try:
            edition = register.take(*contents, **named, seen_base=looked.base, keep=keep, by=None, now=timezone.now())
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        self.stdout.write(
            f"Loaded as edition {edition.number}. Offers of the last {recheck.DAYS} days and all open flags are checked again by it."
        )

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def _show(self, kind: str, part: difference.Part) -> None:
        counts = f"{len(part.new)} new, {len(part.changed)} changed, {len(part.gone)} gone, {part.same} the same"
        self.stdout.write(f"{kind}: {counts}")
        for word, entries in (("new", part.new), ("changed", part.changed), ("gone", part.gone)):
            for entry in entries[:SHOWN]:
                changes = "; ".join(f"{c.field}: {c.before or '-'} -> {c.after or '-'}" for c in entry.changes)
                what = " ".join(filter(None, (entry.number, entry.name, entry.country)))
                self.stdout.write(f"  {word}: {what}{': ' + changes if changes else ''}")
            if len(entries) > SHOWN:
                self.stdout.write(f"  {word}: and {len(entries) - SHOWN} more")

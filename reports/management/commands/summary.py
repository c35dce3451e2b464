"""The figures of a week, month or quarter as text, for a terminal; with --freeze they are kept as an edition."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation

from patrol.access import audit
from patrol.infra.refusals import RefusedError
from patrol.models import Office, Person
from reports import documents, files, sheets, summary
from reports.figures import Figures
from reports.models import WeeklySummary
from reports.period import IsoWeek, NoSuchPeriodError, Period
from reports.templatetags.reports_figures import change, figure

WRONG: Final = 2  # exit code: what was asked for is not there, or cannot be


def _log(frozen: WeeklySummary | None, kind: str, made: bytes, now: datetime) -> None:
    """As the page does, without a person: whoever has the server's terminal. A draft is nothing kept, and is not logged there either."""
    if frozen is not None:
        with transaction.atomic():
            after = {"format": kind, "sha256": hashlib.sha256(made).hexdigest()}
            audit.write("summary.taken", by=None, now=now, target=frozen, after=after)


def _write(output: Path, made: bytes, then: Callable[[], None]) -> None:
    """Whole or not at all, for its owner alone; `then` before it has its name. Raises OSError."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(made)
        then()
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)


class Command(BaseCommand):
    help = (
        "Prints the figures of a week, month or quarter (Asia/Jakarta), of one office or of all; with --freeze --by USER keeps them,"
        " with --format makes a file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week", help="2026-W47, 2026-11 or 2026-Q4; without it the last whole week")
        parser.add_argument("--office", help="code of an office; without it the national figures")
        parser.add_argument("--format", choices=files.FORMATS, help="the newest frozen edition as a file, where there is none the draft")
        parser.add_argument("--output", type=Path, help="where --format writes; without it to standard output")
        parser.add_argument("--language", choices=["id", "en"], default="id")
        parser.add_argument("--freeze", action="store_true", help="keep the figures as an edition")
        parser.add_argument("--by", help="user name of the supervisor who freezes")
        parser.add_argument("--note", default="")
        parser.add_argument("--reason", default="", help="why there is a new edition")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            period = Period.from_text(options["week"]) if options["week"] else IsoWeek.of(now).previous()
        except NoSuchPeriodError as error:
            raise CommandError(f"--week: {error}.", returncode=WRONG) from error
        office = self._office(options["office"])
        with translation.override(options["language"]):
            if options["output"] and not options["format"]:
                raise CommandError("--output belongs to --format.", returncode=WRONG)
            if options["format"]:
                self._file(office, period, options, now)
                return
            if options["freeze"]:
                figures = self._freeze(office, period, options)
            elif options["by"] or options["note"] or options["reason"]:
                raise CommandError("--by, --note and --reason belong to --freeze.")
            elif not period.has_begun(now):
                raise CommandError(f"{period} has not begun.", returncode=WRONG)
            else:
                figures = summary.collect(office=office, period=period, now=now)
            self._print(figures)

    def _office(self, code: str | None) -> Office | None:
        if not code:
            return None
        office = Office.objects.filter(code=code).first()
        if office is None:
            known = ", ".join(Office.objects.order_by("code").values_list("code", flat=True)) or "none yet"
            raise CommandError(f"No office has the code {code}. Offices: {known}.", returncode=WRONG)
        return office

    def _file(self, office: Office | None, period: Period, options: dict[str, Any], now: datetime) -> None:
        """Writes it whole or not at all."""
        if options["freeze"] or options["by"] or options["note"] or options["reason"]:
            raise CommandError("--format makes a file of what is there: freeze first.", returncode=WRONG)
        if not period.has_begun(now):
            raise CommandError(f"{period} has not begun.", returncode=WRONG)
        output: Path | None = options["output"]
        if output is None and (options["format"] != "json" and sys.stdout.isatty()):
            raise CommandError(f"A terminal shows no {options['format']}: --output FILE.", returncode=WRONG)
        frozen = next(iter(summary.editions(office.pk if office else None, period)), None)
        figures = frozen.read() if frozen else summary.collect(office=office, period=period, now=now)
        try:
            made = files.content(figures, frozen, options["format"], quality=True)
        except documents.NoPdfError as error:
            raise CommandError("This machine makes no PDF: Pango is not installed.") from error
        if frozen is None:
            self.stderr.write("Not frozen: a draft.")
        if output is None:
            _log(frozen, options["format"], made, now)
            self.stdout.flush()
            sys.stdout.buffer.write(made)
            sys.stdout.buffer.flush()
            return
        try:
            _write(output, made, lambda: _log(frozen, options["format"], made, now))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.", returncode=WRONG) from error
        self.stdout.write(f"{frozen.number if frozen else period}  {output}")

    def _freeze(self, office: Office | None, period: Period, options: dict[str, Any]) -> Figures:
        if not options["by"]:
            raise CommandError("--freeze needs --by USER: a frozen summary names who froze it.")
        person = Person.objects.select_related("office").filter(username=options["by"]).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {options['by']}.")
        try:
            made = summary.freeze(
                office_id=office.pk if office else None,
                period=period,
                note=options["note"],
                reason=options["reason"],
                by=person,
                now=timezone.now(),
            )
        except PermissionDenied as error:
            raise CommandError(f"{person.username} may not freeze this summary: supervisors freeze their own.") from error
        except RefusedError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"{made.number}  {made.sha256}")
        return made.read()

    def _print(self, figures: Figures) -> None:
        sheet = sheets.sheet(figures)
        self.stdout.write(f"{sheet['place']}\n{sheet['week']}\n")
        for head, sentence in sheet["sentences"]:
            self.stdout.write(f"{head}: {sentence}")
        self.stdout.write("")
        for line in sheet["key_figures"]:
            title = f"  {line.title}" if line.indented else line.title
            numbers = (figure(line.measure.now), figure(line.measure.before), change(line.measure.change))
            self.stdout.write(f"{title:<36}{numbers[0]:>9}{numbers[1]:>9}{numbers[2]:>9}")
        self.stdout.write("")
        for sign, title, count, _key in sheet["flow"]:
            self.stdout.write(f"{sign:<2}{title:<34}{figure(count):>9}")
        for name in ("decisions", "verdicts", "kinds", "countries"):
            table = sheet[name]
            self.stdout.write(f"\n{table.title}")
            for row in table.lines:
                self.stdout.write(f"  {row.title:<34}{figure(row.now):>9}{figure(row.before):>9}")
        for watch, platform, spell, cause in sheet["blind"]:
            self.stdout.write(f"\n{watch.name} ({platform}): {spell}; {cause}")

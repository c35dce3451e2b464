"""manage.py retention: what is older than its time and what of that is held, as counts; with --run it goes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol.retention import editions, running
from patrol.retention.terms import terms


class Command(BaseCommand):
    help = "Counts what is older than its time and what of that is held; erases nothing without --run and an approved edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="erases what is due and not held, by the edition in force")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = editions.in_force()
        if options["run"]:
            if edition is None:
                raise CommandError("Nothing was erased: no edition of the times was approved.")
            ran = running.run(now=timezone.now())
            for term, rows in ran.erased.items():
                self.stdout.write(f"{term}: {rows} erased")
            for term, rows in ran.failed.items():
                self.stderr.write(f"{term}: {rows} could not be erased; the log says why")
            running.keep_count(failed=ran.failed, now=timezone.now())
        said = f"Edition {edition.pk}" if edition else "No edition was approved, nothing goes; counted by the times as shipped"
        self.stdout.write(f"{said}.")
        times = editions.times(edition)
        for term, counted in running.dry_run(times).items():
            if counted is None:
                self.stdout.write(f"{term}: kept for good")
                continue
            held = ", ".join(f"{why} {rows}" for why, rows in counted.held.items()) or "nothing"
            self.stdout.write(f"{term} ({terms()[term].of}), {times[term]} days: {counted.due} due; held: {held}")

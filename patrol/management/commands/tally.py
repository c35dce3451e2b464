"""manage.py tally: the counts of each day beside a recount from the events; with --rebuild they become what the events say."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from patrol.models import DailyTally, Office
from patrol.triage import tallies


class Command(BaseCommand):
    help = "Counts every day anew and prints where the daily tallies differ, with exit code 1 where any does; --rebuild mends them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="make the tallies what the events say; work may go on meanwhile")

    def handle(self, *args: Any, **options: Any) -> None:
        offices = dict(Office.objects.values_list("pk", "code"))
        found = tallies.differences()
        for one in found:
            place = offices[one.office_id] if one.office_id else "no office"
            what = " ".join(filter(None, (one.what, one.level)))
            self.stdout.write(f"{one.day} {place} {what}: {abs(one.more)} too {'few' if one.more > 0 else 'many'}")
        if options["rebuild"]:
            self.stdout.write(f"Mended: {tallies.mend()} counts.")
        elif found:
            raise CommandError(f"{len(found)} counts differ; --rebuild mends them.")
        else:
            days = DailyTally.objects.values("day").distinct().count()
            self.stdout.write(f"All as the events say: {days} days.")

"""One round in the foreground: asks every watch (or one, or none), reads what came, and prints what happened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import models
from patrol.domain.states import WatchState
from patrol.pipeline import assessing, claiming, fetching


class Command(BaseCommand):
    help = "Does one round in the foreground and prints what it fetched, stored, flagged and could not read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", type=int, metavar="ID", help="only this watch, due or not")
        parser.add_argument("--set-aside", action="store_true", help="no watch: reads the posts again that were set aside as unreadable")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["set_aside"]:
            self.stdout.write(f"Posts that were set aside and are read again: {claiming.take_up()}.")
            self._read()
            return
        watches = models.Watch.objects.order_by("id")
        if options["watch"] is not None:
            watches = watches.filter(pk=options["watch"])
            if not watches:
                raise CommandError(f"There is no watch {options['watch']}.")
        failed = 0
        for watch in watches:
            failed += self._round(watch)
        self._read()
        if failed:
            self.stdout.write(f"{failed} of {len(watches)} watches failed; the others went on.")

    def _round(self, watch: models.Watch) -> bool:
        head = f"{watch.pk} {watch.name} ({watch.platform} {watch.query})"
        if watch.state != WatchState.ACTIVE:
            self.stdout.write(f"{head}: {watch.state}, not asked.")
            return False
        done = fetching.patrol_watch(watch.pk, now=timezone.now(), force=True)
        if done is None:
            self.stdout.write(f"{head}: another run holds it.")
            return False
        self.stdout.write(f"{head}: {done.pages} pages, {done.seen} posts, {done.new} new, {done.changed} changed.")
        for problem in done.problems:
            where = f" [{problem.where}]" if problem.where else ""
            self.stdout.write(f"  could not read{where}: {problem.sentence.en} ({problem.code})")
        return done.failed

    def _read(self) -> None:
        read = flagged = quarantined = 0
        levels: dict[str, int] = {}
        while (batch := assessing.read_due(now=timezone.now(), limit=settings.READ_BATCH)).read or batch.quarantined:
            read, flagged, quarantined = read + batch.read, flagged + batch.flagged, quarantined + batch.quarantined
            for level, count in batch.levels.items():
                levels[level] = levels.get(level, 0) + count
        by_level = ", ".join(f"{level} {levels.get(level, 0)}" for level in ("high", "medium", "low", "none"))
        self.stdout.write(f"Read {read} posts ({by_level}); raised {flagged} flags; set aside {quarantined}.")

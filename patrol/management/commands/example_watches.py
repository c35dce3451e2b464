"""The watches of the example world. May be repeated: a watched source stays as it is."""

from __future__ import annotations

import tomllib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from patrol import models, watches


class Command(BaseCommand):
    help = "Loads the watches of the example world (EXAMPLE=1 only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXAMPLE:
            raise CommandError("Example watches are for an example run only: EXAMPLE=1 is not set.")
        listed = tomllib.loads((settings.BASE_DIR / "example" / "world" / "watches.toml").read_text())["watch"]
        offices = dict(models.Office.objects.values_list("code", "id"))
        known = set(models.Watch.objects.values_list("platform", "query"))
        made = 0
        for entry in listed:
            if (entry["platform"], entry["query"]) in known:
                continue
            wanted = watches.Wanted(
                name=entry["name"],
                query=entry["query"],
                office_id=offices[entry["office"]],
                every_seconds=entry.get("every_seconds", settings.WATCH_EVERY_SECONDS),
                healthy_low=entry["healthy_low"],
                healthy_high=entry["healthy_high"],
            )
            kind = entry.get("kind", "")
            watches.add(platform=entry["platform"], kind=kind, wanted=wanted, by=None, now=timezone.now())
            made += 1
        self.stdout.write(f"Watches: {made} made, {models.Watch.objects.count()} in all.")

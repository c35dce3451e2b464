"""`manage.py rules`: the rules with version, points and title."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from patrol import rules


class Command(BaseCommand):
    help = "Lists the rules with version, points and title."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        width = max(len(rule.NAME) for rule in rules.RULES)
        for rule in rules.RULES:
            if options["json"]:
                row = {
                    "rule": rule.NAME,
                    "version": rule.VERSION,
                    "points": rule.POINTS,
                    "title": {"id": rule.TITLE.id, "en": rule.TITLE.en},
                }
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                self.stdout.write(f"{rule.NAME:<{width}}  v{rule.VERSION}  {rule.POINTS:+.1f}  {rule.TITLE.id}")

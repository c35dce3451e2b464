"""Rings once for everything that is due, as beat does: for a start, and for whoever emptied the broker."""

from typing import Any

from django.core.management.base import BaseCommand

from patrol import pipeline, tasks


class Command(BaseCommand):
    help = "Puts one sweep into the queue and says what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        tasks.sweep.delay()
        due = pipeline.due()
        self.stdout.write(f"Due: {len(due.watches)} watches, {due.posts} posts.")

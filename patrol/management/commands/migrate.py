"""migrate, as the owner of the tables; after it the app role's rights, and what a newer release ships of law, channels, letters,
and guides."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.utils import timezone

from patrol import models
from patrol.cases import channel_editions, law, letters
from patrol.guides import editions
from patrol.infra import migrating
from patrol.models import guards


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else "default")

    def handle(self, *args: Any, **options: Any) -> None:
        with migrating.few_models():
            super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            with connections[options["database"]].cursor() as cursor:
                cursor.execute(guards.grants_sql())
            # Not into an empty database: `setup` fills that, or a backup is restored into it.
            if not options["app_label"] and models.Office.objects.using(options["database"]).exists():
                law.load(now=timezone.now(), using=options["database"])
                channel_editions.load(now=timezone.now(), using=options["database"])
                letters.load(now=timezone.now(), using=options["database"])
                editions.load(now=timezone.now(), using=options["database"])

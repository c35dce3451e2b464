"""The database of a large world, before anything works on it: tables, offices, the example register, one watch a place.

    python -m bench.prepare FOLDER --seed 7 --channels 6 --posts 200

Run in the environment of the stack it prepares, as `example.prepare` is for the example world. May be repeated.
"""

from __future__ import annotations

import argparse
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.management import call_command

from bench import stream
from example import world
from patrol.infra import wall


def load(folder: Path, *, every_seconds: int = 10, served: world.World | None = None) -> None:
    """After django.setup(). The register's files are left in `folder`."""
    from patrol import models, watches  # noqa: PLC0415 -- models load after Django is set up
    from patrol.access import people  # noqa: PLC0415 -- models load after Django is set up

    people.load_offices()
    if not models.RegisterEdition.objects.exists():
        world.write_register(folder, datetime.now(world.LAW_ZONE).date())
        files = ("--agencies", str(folder / "agencies.csv"), "--licences", str(folder / "licences.csv"))
        call_command("import_register", *files, "--yes", stdout=io.StringIO())
    offices = list(models.Office.objects.order_by("id").values_list("id", flat=True))
    known = set(models.Watch.objects.values_list("query", flat=True))
    for number, place in enumerate(served.places if served else ()):
        query = place.name if place.platform == "telegram" else f"https://{place.name}/feed.xml"
        if query not in known:
            wanted = watches.Wanted(
                name=place.title,
                query=query,
                office_id=offices[number % len(offices)],
                every_seconds=every_seconds,
                healthy_low=0,
                healthy_high=1000,
            )
            watches.add(platform=place.platform, wanted=wanted, by=None, now=datetime.now(UTC))


def main() -> None:
    parser = argparse.ArgumentParser(description="The database of a large invented world.")
    parser.add_argument("folder", type=Path)
    for name in ("seed", "channels", "posts", "held"):
        parser.add_argument(f"--{name}", type=int, default=0)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    django.setup()
    wall.whole_process("the database of a bench")
    call_command("migrate", verbosity=0, interactive=False)
    served = stream.grown(seed=asked.seed, channels=asked.channels, posts=asked.posts, held=asked.held)
    load(asked.folder, served=served)


if __name__ == "__main__":
    main()

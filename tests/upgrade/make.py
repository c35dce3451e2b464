"""Makes the dump that the upgrade test starts from: python -m tests.upgrade.make, run in the release it is to be of.

Starts servers of its own, migrates, builds the invented world of the access walk, and acts every verb of the workbench's pages once, by
the pages themselves. What no page does (the readers of pictures, erasing files, the sweeper's series) is called by its verb. Prints
which tables have stayed empty. Writes the database as `before.sql` and the preserved files as `evidence/` beside this file.
"""

# ruff: noqa: E402 -- Django is set up by the servers that were started
from __future__ import annotations

import os
import platform
import shutil
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from unittest import mock

import tests.servers  # names the servers in the environment, as for pytest

tests.servers.start()
os.environ["DJANGO_SETTINGS_MODULE"] = "patrol.settings"
import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, Right
from django.urls import reverse

from example import shelter
from patrol import campaigns, domain, models, search, sources, tasks, triage
from patrol.cases import erasures
from patrol.evidence import erasing, raw
from patrol.infra import jobs, pace, wall
from patrol.intake import imports
from patrol.pipeline import assessing, picturing
from patrol.preserving import profiles
from patrol.register import calibration
from patrol.triage import bulk, care
from tests import factories
from tests.admin import test_access_walk as walk
from tests.pipeline import test_picturing
from tests.preserving import test_profiles
from tests.register import test_calibration

FOLDER = Path(__file__).resolve().parent
LETTERS = ("O", "A", "R", "M", "S", "s", "o")


def acted(world: Any, name: str, row: walk.Row) -> str:
    """One act of a page, by the first person and for the first office it succeeds; "" where done, else what was said last."""
    why = ""
    for office in (walk.OWN, walk.OTHER, walk.DIRECTORATE):
        answers = (row.post or {}).get(office, {})
        allowed = {letter for status, letters in answers.items() if status in {200, 302} for letter in letters}
        asks = next((letter for letter in LETTERS if letter in allowed), "")
        if not asks:
            continue
        try:
            with transaction.atomic():
                thing, parts = world.make(row.thing, office, asks) if row.thing else (None, [])
                answer = walk.entered(world, asks).post(reverse(name, args=parts), row.form(world, thing))
                # The walk gives each campaign the same number, one at a time.
                models.Campaign.objects.filter(number__startswith="JRG-26-90").update(
                    number=Concat(Value("JRG-26-1"), Right(Concat(Value("000"), F("pk"), output_field=CharField()), 3))
                )
        except Exception as error:  # noqa: BLE001 -- told, and the next office is tried
            why = f"{type(error).__name__}: {str(error).splitlines()[0]}"
            continue
        if answer.status_code in {200, 302}:
            return ""
        why = f"answered {answer.status_code}"
    return why


class Platform:
    """A fake of the outside world: it shows one flyer and one profile."""

    def get(self, url: str, *, headers: Any = domain.NOTHING) -> domain.RawAnswer:
        return factories.answer(test_picturing.flyer(), asked_url=url, final_url=url, headers=(("Content-Type", "image/png"),))


def the_rest(world: walk.World, now: datetime) -> None:
    """What no page does."""
    officer, supervisor = world.people["O"], world.people["s"]
    calibration.approve(test_calibration.FILE, by=supervisor, now=now)
    packed = models.KeywordPack.objects.order_by("id").first()
    assert packed is not None
    factories.watch(kind="channel", platform="telegram").packs.add(packed)
    care.choose(veil="grey", break_minutes=40, break_severe=4, spared=False, language="", by=officer)
    # The same post by its name first, by its number later.
    named, numbered = "@saluran_contoh/77", "1000000077/77"
    factories.stored([factories.raw_post(external_id=numbered, url="https://t.me/saluran_contoh/77")])
    models.OtherName.objects.create(platform="telegram", external_id=named, post=models.Post.objects.get(external_id=numbered))
    # An author, a flyer, an edit, a text in another office's row.
    media = (domain.MediaReference("photo", "https://cdn.example/1.png"),)
    factories.stored([factories.illegal(media=media, author="rani_contoh", author_name="Rani Contoh")])
    [shown] = factories.stored([factories.illegal()])
    factories.stored([factories.illegal(external_id=shown.external_id, url=shown.url, edited=True)])
    tasks._alive("worker")
    tasks._alive("beat")
    pace.SharedPace().wait("t.me")
    handlers = {
        "media": lambda job, *, now: picturing.fetch_pictures(job, now=now, fetcher=cast("domain.Fetcher", Platform())),
        "import": imports.run_job,
        "bulk": bulk.run_job,
        "profile": lambda job, *, now: profiles.keep(job, now=now, fetcher=cast("domain.Fetcher", Platform())),
    }
    while jobs.run(handlers, now=now):
        pass
    while assessing.read_due(now=now, limit=500).read:
        pass
    while assessing.read_pictured(now=now).read:
        pass
    while campaigns.link_due(now=now) != campaigns.Tied():
        pass
    first, second = factories.flags(2)
    triage.tell_apart(flag_id=first.pk, other_id=second.pk, by=officer, now=now)
    walk.decide(first, world.officers[walk.OWN])  # whoever decided does not see the second look
    models.Draw.objects.create(kind="second", decision=first.decisions.get(), flag=first, office=first.office, day=now.date(), at=now)
    profiles.mark(now=now)
    with mock.patch.object(sources.SOURCES["telegram"], "profile", test_profiles.Source(test_profiles.BIO)):
        while jobs.run(handlers, now=now):
            pass
    # Erased by two people, its file removed.
    [gone] = factories.stored([factories.illegal()])
    asked = erasures.ask(post_id=gone.pk, reason="subject", ground="Surat 14.", by=world.people["A"], now=now)
    erasures.approve(request_id=asked.pk, seen_versions=1, by=supervisor, now=now)
    for file in Path(settings.EVIDENCE_DIR).rglob("*"):
        os.utime(file, (time.time() - 2 * raw.GRACE,) * 2)  # what was used just now is not removed
    erasing.remove_due(now=now)
    while search.fill(now=now, limit=500):
        pass


def filled() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with mock.patch("django.utils.timezone.now", return_value=walk.NOW):
        with transaction.atomic():
            world = walk.built()
        for name, row in walk.MATRIX.items():
            if row.post is not None and not row.open and (why := acted(world, name, row)):
                print(f"{name}: {why}")
        the_rest(world, walk.NOW + timedelta(minutes=5))


def main() -> None:
    wall.whole_process("a test's own hands")
    call_command("migrate", verbosity=0, interactive=False)
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.LOGGING_CONFIG = None
    settings.STAND_INS = {"https://t.me": "http://127.0.0.1:9"}
    filled()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
            if not cursor.fetchone()[0]:
                print("empty:", table)
    connection.close()
    dump = subprocess.run(
        [
            shelter.postgres_programs() / "pg_dump",
            "--dbname",
            os.environ["SIPATROL_TEST_SUPERUSER_URL"].replace("/postgres?", "/sipatrol?"),
            "--inserts",
            "--rows-per-insert=200",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    dump = dump.replace(platform.release(), "6.12")  # stands in each custody record
    # psql's own commands, which no other client knows; the words are drawn anew at each run.
    (FOLDER / "before.sql").write_text(
        "".join(line for line in dump.splitlines(True) if not line.startswith(("\\restrict", "\\unrestrict")))
    )
    shutil.rmtree(FOLDER / "evidence", ignore_errors=True)
    shutil.copytree(settings.EVIDENCE_DIR, FOLDER / "evidence")


if __name__ == "__main__":
    main()

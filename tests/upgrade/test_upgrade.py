"""What the last release left is migrated: no row is lost, what was preserved is whole, and the pages of every role open.

`before.sql` and `evidence/` are of that release (README.md beside this file). A migration that drops a table or rows on purpose says so in
FEWER.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse

from example import shelter
from patrol import models
from patrol.cases import deadlines, joint_leave, task_lines
from patrol.models import guards
from patrol.triage import tallies
from tests import factories, recounted
from tests.admin.test_access_walk import MATRIX, OWN, PEOPLE, Answers
from tests.conftest import SUPERUSER_URL, as_superuser

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
NAME = "upgraded"
FEWER: Mapping[str, str] = {
    "patrol_wordsmark": "patrol_reached holds it",
    "django_session": "patrol_session follows it: everybody logs in anew",
    "patrol_postwords": "masked by older masks: the sweep fills it anew from the readings",
}  # table -> why a migration leaves fewer rows in it, or none of it


def counted(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = [table for (table,) in cursor.fetchall()]
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
    return dict(cursor.fetchall())


def restored() -> dict[str, int]:
    """The database as it was left; how many rows each table has."""
    as_superuser(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME} TEMPLATE template0 OWNER sipatrol_owner")
    connection = psycopg2.connect(SUPERUSER_URL, dbname=NAME)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute((FOLDER / "before.sql").read_text())
            cursor.execute("SET search_path = public")
            return counted(cursor)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Restored and migrated; the connections of the tests lead there. What it held before the migrations."""
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    with django_db_blocker.unblock():
        rows = restored()
        for alias in names:
            connections[alias].close()
            settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = NAME
        try:
            call_command("migrate", verbosity=0, interactive=False)
            yield rows
        finally:
            for alias, name in names.items():
                connections[alias].close()
                settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name
            as_superuser(f"DROP DATABASE {NAME} WITH (FORCE)")


def schema(database: str) -> list[str]:
    """What pg_dump tells of a database without its rows: tables, constraints, indexes, functions, triggers, rights."""
    told = subprocess.run(
        [shelter.postgres_programs() / "pg_dump", "--schema-only", "--dbname", SUPERUSER_URL.replace("/postgres?", f"/{database}?")],
        capture_output=True,
        text=True,
        check=True,
    )
    # `\\restrict` and `\\unrestrict` carry a random word.
    return [line for line in told.stdout.splitlines() if line and not line.startswith(("--", "\\"))]


@pytest.fixture
def files(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "evidence", settings.EVIDENCE_DIR)


def one_of_them(name: str) -> type[Any] | None:
    """The model whose rows an address shows one of: admin:patrol_flag_change -> Flag; None for other addresses."""
    app, _, rest = name.removeprefix("admin:").partition("_")
    model, _, page = rest.rpartition("_")
    if name == "admin:patrol_guide_edition":  # below its guide: two keys
        return None
    return apps.get_model(app, model) if app in {"patrol", "reports"} and page in {"change", "edition"} else None


def person(letter: str) -> models.Person:
    """Of the release before; made now where it did not know the role."""
    role, code = PEOPLE[letter]
    found = models.Person.objects.filter(role=role, office__code=code, is_active=True).order_by("id").first()
    return found or factories.person(role, code, username=f"baru-{letter.lower()}")


def has_letter(letter: str, answers: Answers, *statuses: int) -> bool:
    return any(letter in answers.get(OWN, {}).get(status, "") for status in statuses)


@pytest.fixture
def clients(before: dict[str, int], files: None, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    """A browser for a person of each role."""
    made = {letter: Client() for letter in PEOPLE}
    with django_db_blocker.unblock():
        deadlines.load()
        task_lines.load()
        joint_leave.load()  # as `setup` does after an update
        for letter, client in made.items():
            client.force_login(person(letter))
        yield made


def test_the_dump_is_of_the_release_before_and_holds_something_of_everything(before: dict[str, int]) -> None:
    never_filled = {"auth_group", "auth_group_permissions", "django_admin_log"}  # of Django, not used
    assert {table for table, rows in before.items() if not rows} == never_filled


def test_no_row_is_lost(before: dict[str, int], django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        after = counted(cursor)
    assert {table for table, rows in before.items() if after.get(table, -1) < rows} == set(FEWER)


def test_the_upgraded_database_and_a_new_one_are_the_same(before: dict[str, int]) -> None:
    new = schema("sipatrol")
    assert "CREATE TABLE public.patrol_post (" in new
    assert schema(NAME) == new


def test_migrations_use_no_code_of_the_product() -> None:
    """What they did on the day they ran they do for ever; `_guards.py` is theirs alone."""
    files = [file for app in ("patrol", "reports") for file in (PROJECT / app / "migrations").glob("*.py")]
    assert len(files) > 36
    uses = re.compile(r"^\s*(?:import|from) ((?:patrol|reports|example|tests)\b.*)", re.MULTILINE)
    found = {file.name: set(uses.findall(file.read_text())) - {"patrol.migrations import _guards"} for file in files}
    assert {name: used for name, used in found.items() if used} == {}


def test_what_happened_before_is_counted_by_day(before: dict[str, int], django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        ends = models.DailyTally.objects.aggregate(first=Min("day"), last=Max("day"))
        for office in (None, *models.Office.objects.values_list("pk", flat=True)):
            kept = recounted.without(tallies.by_day(office, **ends), handed=office is not None)
            assert kept == recounted.by_day(office, **ends)
        assert tallies.differences() == []
        assert models.DailyTally.objects.filter(folded=False).exists() is False


def test_of_a_post_erased_before_nothing_says_where_it_stood(before: dict[str, int], django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        origins = models.Post.objects.order_by("origin").values_list("origin", flat=True).distinct()
        erased = models.Erasure.objects.values("version__post")
        assert list(origins.filter(pk__in=erased)) == [""]
        assert "saluran_contoh" in origins.exclude(pk__in=erased)


def test_what_was_preserved_and_the_log_are_whole(before: dict[str, int], files: None, django_db_blocker: Any) -> None:
    out = io.StringIO()
    with django_db_blocker.unblock():
        call_command("verify_evidence", stdout=out)
    assert out.getvalue().startswith("All whole: ")


def test_the_product_has_its_rights_and_the_guards_hold(before: dict[str, int], django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        for table in (*guards.APPEND_ONLY, *guards.ERASABLE):
            cursor.execute(f"SELECT count(*) FROM {table}")
            if not cursor.fetchone()[0]:
                continue  # of a later release, and nothing in it yet
            for role in ("default", "owner"):
                with pytest.raises(DatabaseError), connections[role].cursor() as as_role:
                    as_role.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_page_of_a_role_opens(letter: str, clients: dict[str, Client]) -> None:
    closed = []
    for name, row in MATRIX.items():
        if row.thing or not has_letter(letter, row.get, 200):
            continue
        url = reverse(name, query=row.query(None) or None)
        if (status := clients[letter].get(url).status_code) != 200:
            closed.append((url, status))
    assert closed == []


NOT_YET = {
    "admin:patrol_referral_change",
    "admin:patrol_objection_change",
    "admin:patrol_manualchange_change",
    "admin:patrol_watchproposal_change",
    "admin:patrol_station_change",
    "admin:patrol_tip_change",
    "admin:patrol_card_change",
    "admin:patrol_subjectrequest_change",
    "admin:patrol_peerexport_change",
}  # things the last release did not know


def test_a_page_of_every_kind_of_thing_opens_to_everybody_who_may_see_it(clients: dict[str, Client]) -> None:
    """Whoever sees such a thing of the own office finds one among the rows; the others are hidden, and none of them is a fault."""
    wrong, unopened = [], []
    for name, row in MATRIX.items():
        if (model := one_of_them(name)) is None:
            continue
        keys = list(model._default_manager.order_by("-pk").values_list("pk", flat=True))
        if name in NOT_YET:
            assert keys == []
            continue
        for letter in PEOPLE:
            if not has_letter(letter, row.get, 200):
                continue
            for key in keys:
                status = clients[letter].get(reverse(name, args=[key])).status_code
                if status == 200:
                    break
                if status not in {302, 404}:  # merged into another one; of another office
                    wrong.append((name, key, letter, status))
            else:
                unopened.append((name, letter))
    assert (wrong, unopened) == ([], [])

"""The database, the clock and the people of the tests.

Each xdist worker has a database of its own, copied from one that was migrated by the owner role; tests run as the app role, so a
missing right shows here and not in an office. A test in a transaction uses `db`; whatever commits uses `committed`.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import gc
import importlib
import itertools
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import hypothesis
import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone, translation

from patrol.infra import wall
from patrol.intake.tips import receipts
from tests import servers

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)  # Monday, 10.47 WIB
TESTS = Path(__file__).resolve().parent
FOLDER = Path(os.environ["SIPATROL_TEST_FOLDER"])
SUPERUSER_URL = os.environ["SIPATROL_TEST_SUPERUSER_URL"]
TEMPLATE = "sipatrol"  # the database that is migrated
# Folders whose files take minutes: taken first, so that at the end of a run no process works on one of them alone.
LONG = ("browser", "worker", "frame", "upgrade", "attacks", "admin", "evidence", "example", "reports")
RECEIPT_COST = receipts.COST  # as the product has it
OWN = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"  # the database of this process
OF_MIGRATE = ["django_migrations", "django_content_type", "auth_permission"]  # the tables whose rows `migrate` makes
# How fast a machine draws examples says nothing about the product.
# The same examples at each run, so that a failure is one anybody can repeat; `make soak` draws others (LAWS_ANEW).
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize="LAWS_ANEW" not in os.environ
)
hypothesis.settings.load_profile("any machine")


def as_superuser(*statements: str, database: str = "postgres") -> None:
    connection = psycopg2.connect(SUPERUSER_URL, dbname=database)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()


def migrated() -> None:
    """Migrates the template once, whichever worker comes first: the others wait for it."""
    with (FOLDER / "migrated").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if not mark.read():
            gc.disable()  # the models of each migration are many objects, looked at again and again: a fifth of the time
            call_command("migrate", verbosity=0, interactive=False)
            gc.enable()
            connections.close_all()
            mark.write("yes")


def fresh_database(name: str, template: str = TEMPLATE) -> None:
    """A copy of the migrated, empty database, or of another one. The lock: PostgreSQL copies a database only while nobody uses it."""
    with (FOLDER / "copying").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        as_superuser(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template} OWNER sipatrol_owner")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    servers.start()
    with django_db_blocker.unblock():
        migrated()
        MigrationLoader(None)  # their defaults (timezone.now) are taken at import: before a test turns the clock
        fresh_database(OWN)
        for alias in ("default", "owner"):
            connections[alias].close()
            settings.DATABASES[alias]["NAME"] = OWN
            connections[alias].settings_dict["NAME"] = OWN
    yield
    with django_db_blocker.unblock():
        connections.close_all()


_WITH_PAGES = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s) AND pg_relation_size(oid) > 0
"""


def emptied(cursor: Any, kept: Sequence[str]) -> None:
    """Empties every table but `kept`; numbers of the others begin at 1 again. DELETE of what a test left takes a quarter of the time
    of TRUNCATE of all. The guards refuse both to everyone; the cursor of a superuser in replica role passes them.
    """
    from patrol.evidence import collecting  # noqa: PLC0415 -- models load after Django is set up

    collecting.forget()
    cursor.execute("SET session_replication_role = replica")
    # Of 179 tables a test fills some 30. To look into one that has no file yet takes the planner longer than to be told so.
    cursor.execute(_WITH_PAGES, [list(kept)])
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for (table,) in cursor.fetchall()))
    for (table,) in cursor.fetchall():
        cursor.execute(f"DELETE FROM {table}")
    cursor.execute(
        "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
        " WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> ALL (%s)",
        [[f"{table}_id_seq" for table in kept]],
    )


@functools.cache
def _emptying(name: str) -> Any:
    """One superuser's connection per database, kept: a new one first reads the descriptions of all tables, most of the time it takes."""
    return psycopg2.connect(SUPERUSER_URL, dbname=name)


def empty(name: str) -> None:
    """Empties every table but those that `migrate` fills: no installation is without their rows."""
    from patrol.access import audit  # noqa: PLC0415 -- models load after Django is set up

    connection = _emptying(name)
    with connection, connection.cursor() as cursor:
        emptied(cursor, OF_MIGRATE)
        # By the key the run began with: a test may still hold another one in its settings.
        head = audit.signature(0, audit.START, os.environ["SECRET_KEY"])
        cursor.execute("INSERT INTO patrol_loghead (id, seq, hash, mac) VALUES (1, 0, %s, %s)", [audit.START, head])
    from patrol.cases import law  # noqa: PLC0415
    from patrol.pipeline import claiming  # noqa: PLC0415 -- models load after Django is set up

    claiming._book_of.cache_clear()  # kept by the id of an edition, which the next test gives to another
    law._with_reason.cache_clear()  # and by those of articles


_GROWN = """
SELECT oid::regclass::text, oid::bigint, reltuples, relpages, pg_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > %s
"""
_AS_BEFORE = """
UPDATE pg_class SET reltuples = %s, relpages = %s WHERE oid = %s AND (reltuples <> %s OR relpages <> %s)
"""
_in_the_database = itertools.count(1)  # tests
_tidied: dict[str, int] = {}  # table -> its bytes when it was tidied


@functools.cache
def _tidying() -> Any:
    connection = psycopg2.connect(SUPERUSER_URL, dbname=OWN, options="-c lock_timeout=100")  # ms
    connection.autocommit = True
    return connection


def _is_free(cursor: Any, table: str) -> bool:
    try:
        cursor.execute(f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT")
    except psycopg2.errors.LockNotAvailable:
        return False
    finally:
        cursor.execute("ROLLBACK")
    return True


def tidy() -> None:
    """Takes out of the tables what tests rolled back. PostgreSQL leaves it in place: late in a run each statement about an office read
    some hundred pages of rows that never were. What the planner knows of a table stays as it was. Where somebody holds one, another time.
    """
    with contextlib.suppress(psycopg2.errors.LockNotAvailable), _tidying().cursor() as cursor:
        cursor.execute(_GROWN, [2**17])
        for name, oid, rows, pages, size in cursor.fetchall():
            if size > 2 * _tidied.get(name, 0):
                cursor.connection.notices.clear()
                # A world with triggers of its own holds some to its end; for its pages VACUUM would wait five seconds for whoever reads it.
                cursor.execute(f"VACUUM (SKIP_LOCKED, TRUNCATE {_is_free(cursor, name)}) {name}")
                if cursor.connection.notices:
                    continue
                cursor.execute(_AS_BEFORE, [rows, pages, oid, rows, pages])
                cursor.execute("SELECT pg_relation_size(%s)", [oid])
                (_tidied[name],) = cursor.fetchone()


@pytest.fixture
def committed(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database whose transactions really commit; emptied afterwards. Not together with the mark `django_db`: its open
    transaction would hold what is to be emptied.
    """
    assert request.node.get_closest_marker("django_db") is None
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        empty(str(settings.DATABASES["default"]["NAME"]))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def evidence_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new one for each test, made when something is kept there. pytest's own, made for each of ten thousand tests, cost 25 seconds."""
    above = tmp_path_factory.mktemp("evidence")
    return (above / str(number) for number in itertools.count(1))


@pytest.fixture(autouse=True)
def evidence_folder(settings: Any, evidence_folders: Iterator[Path]) -> None:
    settings.EVIDENCE_DIR = next(evidence_folders)


@pytest.fixture(autouse=True)
def nobodys_zone_and_language() -> None:
    """A page leaves the zone of its reader's office and the language of its reader behind in the process."""
    timezone.deactivate()
    translation.deactivate()


def pytest_configure() -> None:
    """A Client reads the static files of all apps when it is made (WhiteNoise), a third of a request: the tests look when asked. A
    password and the number of a report are slow to make and to check on purpose; what the tests start is slow as well.
    """
    wall.whole_process("a test's own hands; what it asks a page or a person in behalf of an office, the wall narrows")
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    pytest.MonkeyPatch().setattr(receipts, "COST", 2)


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Collecting makes a million objects that live to the end. Looking through them again and again takes a third of its time, and would
    take half a second each time during the run. The verbs are walled before the first file of tests takes them.
    """
    gc.disable()
    from tests import walling  # noqa: PLC0415 -- models load after Django is set up

    walling.wall_verbs()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    gc.freeze()
    gc.enable()


def _in_one_piece(call: Callable[[], Any]) -> Any:
    """`call()`, beneath a frame of half a MiB (see below)."""
    return call()


# The interpreter keeps its frames in pieces of 16 KiB. Where a loop calls from the end of one, as deep in pytest and Django as a test is,
# each call maps a new piece and gives it back: of a test of pages a fifth of the time. A frame that fits in none gets a piece of its own,
# of twice its size at most, and what is called from it the rest of that. No page of it is touched before it is used.
_in_one_piece.__code__ = _in_one_piece.__code__.replace(co_stacksize=70_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Between two tests no transaction is open but that of a world which several share."""
    asks = "django_db_setup" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db")
    if asks and next(_in_the_database) % 10 == 0 and settings.DATABASES["default"]["NAME"] == OWN:
        tidy()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    runner = item.config.pluginmanager.getplugin("runner")
    assert runner is not None
    return _in_one_piece(functools.partial(runner.pytest_runtest_protocol, item, nextitem))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {TESTS / folder: place for place, folder in enumerate(LONG)}

    @functools.cache
    def place_of(path: Path) -> int:
        return min(first.get(above, len(LONG)) for above in path.parents)

    items.sort(key=lambda item: place_of(item.path))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The twenty files that take most of a long run, set-ups and all: the slowest tests alone hide a file of many."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.partition("::")[0]] += report.duration
    told = [one for reports in terminalreporter.stats.values() for one in reports if getattr(one, "when", "") == "call"]
    counts = [count for one in told for what, count in one.user_properties if what == "matrix"]
    if counts:  # of tests.admin.test_access_walk
        terminalreporter.write_line(f"matrix: {sum(made for made, _ in counts)} requests, {sum(wrong for _, wrong in counts)} wrong")
    if sum(seconds.values()) > 60:
        terminalreporter.section("slowest 20 files")
        for name, taken in sorted(seconds.items(), key=itemgetter(1), reverse=True)[:20]:
            terminalreporter.write_line(f"{taken:.0f}s {name}")


@pytest.fixture
def rights_asked_anew() -> Iterator[None]:
    """Counts keep the SQL that rights of a role come to, for the life of a process: a changed table is not for the tests behind it."""
    from patrol.admin.shared import waiting, waiting_kinds  # noqa: PLC0415 -- once Django is set up

    queue = importlib.import_module("patrol.triage.queue")  # `triage.queue` is its function
    kept = (queue._counting_all, queue._usual, waiting._query, waiting_kinds._query)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()

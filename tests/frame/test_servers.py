from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from example import processes, servers, shelter

PROJECT = Path(servers.__file__).resolve().parent.parent


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder every user can enter, with the characters that break careless programs."""
    outer = Path(tempfile.mkdtemp(prefix="sipatrol-test-", dir="/tmp"))
    outer.chmod(0o755)
    yield outer / "a folder für servers"
    shutil.rmtree(outer)


@pytest.fixture(scope="module")
def postgres() -> Iterator[servers.Postgres]:
    outer = Path(tempfile.mkdtemp(prefix="sipatrol-test-", dir="/tmp"))
    outer.chmod(0o755)
    with servers.Postgres(outer) as started:
        yield started
    shutil.rmtree(outer)


def ask(url: str, statement: str) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def sockets_open_by_others(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode) & 0o077


def test_roles_database_and_extensions(postgres: servers.Postgres) -> None:
    assert ask(postgres.app_url, "SELECT current_user, current_database()") == [("sipatrol_app", "sipatrol")]
    assert ask(postgres.owner_url, "SELECT current_user, current_database()") == [("sipatrol_owner", "sipatrol")]
    extensions = ask(postgres.app_url, "SELECT extname FROM pg_extension ORDER BY extname")
    assert extensions == [("btree_gin",), ("pg_trgm",), ("plpgsql",), ("unaccent",)]
    assert ask(
        postgres.app_url, "SELECT rolname, rolsuper, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname LIKE 'sipatrol%' ORDER BY 1"
    ) == [
        ("sipatrol_app", False, False, True),
        ("sipatrol_eraser", False, False, False),
        ("sipatrol_keyholder", False, False, True),
        ("sipatrol_owner", False, False, True),
    ]


def test_what_fails_is_logged_without_the_words_of_anybody(postgres: servers.Postgres) -> None:
    """The second click of a double one breaks a unique rule; PostgreSQL would quote the row and the statement."""
    word = "082100007788 contoh"
    for statement in (
        f"CREATE TEMPORARY TABLE kept (said text UNIQUE); INSERT INTO kept VALUES ('{word}'); INSERT INTO kept VALUES ('{word}')",
        f"CREATE TEMPORARY TABLE kept (said text CHECK (said <> '{word}')); INSERT INTO kept VALUES ('{word}')",
    ):
        with pytest.raises(psycopg2.IntegrityError):
            ask(postgres.app_url, statement)
    log = postgres.log.read_text(errors="replace")
    assert "violates unique constraint" in log
    assert "violates check constraint" in log
    assert "082100007788" not in log


def test_the_office_s_postgresql_logs_as_little_as_the_example_s(postgres: servers.Postgres) -> None:
    office = {
        name.strip(): value.strip()
        for name, equals, value in (line.partition("=") for line in (PROJECT / "docs" / "postgres.conf").read_text().splitlines())
        if name.startswith("log_") and equals
    }
    kept = (
        "log_min_error_statement",
        "log_error_verbosity",
        "log_parameter_max_length",
        "log_parameter_max_length_on_error",
        "log_statement",
        "log_min_duration_statement",
    )
    here = {name: ask(postgres.app_url, f"SHOW {name}")[0][0] for name in kept}
    assert {name: office[name] for name in kept} == here


def test_the_product_s_roles_are_logged_as_little_on_any_server(postgres: servers.Postgres) -> None:
    """A server of an office's own may log every statement of its other databases."""
    office = {line.replace(" ", "") for line in (PROJECT / "docs" / "postgres.conf").read_text().splitlines() if line.startswith("log_")}
    for role in ("sipatrol_owner", "sipatrol_app"):
        set_of = ask(postgres.superuser_url, f"SELECT unnest(rolconfig) FROM pg_roles WHERE rolname = '{role}'")
        assert {one for (one,) in set_of if one.startswith("log_")} == office - {"log_timezone='UTC'"}


def test_the_app_role_makes_no_tables_and_cannot_become_another(postgres: servers.Postgres) -> None:
    for statement in ("CREATE TABLE mine (id int)", "SET ROLE sipatrol_owner", "SET ROLE sipatrol_eraser"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(postgres.app_url, statement)
    assert ask(postgres.app_url, "CREATE TEMPORARY TABLE staging (id int)") == []


def test_the_owner_may_hand_a_function_to_the_eraser_but_has_not_its_rights(postgres: servers.Postgres) -> None:
    assert ask(
        postgres.owner_url,
        "SELECT inherit_option, set_option FROM pg_auth_members"
        " WHERE roleid = 'sipatrol_eraser'::regrole AND member = 'sipatrol_owner'::regrole",
    ) == [(False, True)]


def test_a_wrong_password_does_not_open_the_socket(postgres: servers.Postgres) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(postgres.app_url.replace(postgres.passwords["app"], "guessed"))


def test_postgres_listens_on_its_socket_only(postgres: servers.Postgres) -> None:
    assert ask(postgres.superuser_url, "SHOW listen_addresses") == [("",)]
    assert sockets_open_by_others(postgres.sockets) == 0


def test_sql_of_an_office_stops_at_a_weak_password(postgres: servers.Postgres) -> None:
    with pytest.raises(processes.ServerError, match="must be set, have 16 characters or more, and differ"):
        postgres.psql("-f", servers.ROLES, SIPATROL_OWNER_PASSWORD="short", SIPATROL_APP_PASSWORD="a" * 20)
    with pytest.raises(processes.ServerError, match="must be set, have 16 characters or more, and differ"):
        postgres.psql("-f", servers.ROLES, SIPATROL_OWNER_PASSWORD="a" * 20, SIPATROL_APP_PASSWORD="a" * 20)
    assert ask(postgres.app_url, "SELECT 1") == [(1,)]


def test_sql_of_an_office_makes_a_database_of_another_name(postgres: servers.Postgres) -> None:
    passwords = {"SIPATROL_OWNER_PASSWORD": postgres.passwords["owner"], "SIPATROL_APP_PASSWORD": postgres.passwords["app"]}
    postgres.psql("-f", servers.ROLES, SIPATROL_DATABASE="kantor lain", **passwords)
    assert ask(postgres.url("owner", "kantor%20lain"), "SELECT current_database()") == [("kantor lain",)]


def test_data_outlive_a_stop_in_a_folder_with_space_and_umlaut(folder: Path) -> None:
    with servers.Postgres(folder, durable=True) as first:
        ask(first.owner_url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('tetap')")
        passwords = first.passwords
    assert not first.sockets.exists()
    with servers.Postgres(folder, durable=True) as second:
        assert second.passwords == passwords
        assert ask(second.owner_url, "SELECT word FROM kept") == [("tetap",)]
        assert ask(second.owner_url, "SHOW fsync") == [("on",)]


def test_a_second_starter_is_told(folder: Path) -> None:
    with servers.Postgres(folder), pytest.raises(processes.ServerError, match="already in use by another process"):
        servers.Postgres(folder).start()


def test_a_pid_file_that_names_another_process_is_removed(folder: Path) -> None:
    with servers.Postgres(folder, durable=True) as first:
        pid_file = first.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    other = subprocess.Popen(["sleep", "60"], **shelter.server_user())
    try:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:], ""]))
        with servers.Postgres(folder, durable=True) as second:
            assert ask(second.app_url, "SELECT 1") == [(1,)]
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_servers_of_a_killed_starter_end_and_the_data_are_taken_over(folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from example import servers\n"
        "p = servers.Postgres(Path(sys.argv[1]), durable=True).start(); v = servers.Valkey(Path(sys.argv[1])).start()\n"
        "p.psql('-c', 'CREATE TABLE kept (id int)', database='sipatrol')\n"
        "print(p.process.pid, v.process.pid, p.sockets, v.sockets, flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, folder], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    postgres_pid, valkey_pid, *sockets = starter.stdout.readline().split()
    starter.kill()
    starter.wait()
    starter.stdout.close()
    try:
        with servers.Postgres(folder, durable=True) as second, servers.Valkey(folder):
            assert ask(second.superuser_url, "SELECT count(*) FROM kept") == [(0,)]
            assert processes.command_of(int(postgres_pid)) == []
        processes.end_processes([int(valkey_pid)], signal.SIGTERM)
        assert processes.leftovers(sockets[0]) + processes.leftovers(sockets[1]) == []
    finally:
        for left in sockets:
            shutil.rmtree(left, ignore_errors=True)


def test_a_postgres_that_cannot_start_says_why_and_leaves_nothing(folder: Path) -> None:
    with servers.Postgres(folder, durable=True) as first:
        data = first.data
    (data / "postgresql.conf").write_text("no_such_setting = 1\n")
    second = servers.Postgres(folder, durable=True)
    with pytest.raises(processes.ServerError, match="no_such_setting"):
        second.start()
    assert second.process is None
    assert not second.sockets.exists()


def test_valkey_answers_its_password_only_and_refuses_rather_than_evicts(folder: Path) -> None:
    with servers.Valkey(folder) as valkey:
        client = redis.Redis(unix_socket_path=str(valkey.socket_file), password=valkey.password)
        assert client.ping() is True
        assert client.config_get("port", "maxmemory-policy", "save", "appendonly") == {
            "port": "0",
            "maxmemory-policy": "noeviction",
            "save": "",
            "appendonly": "no",
        }
        client.close()
        stranger = redis.Redis(unix_socket_path=str(valkey.socket_file))
        with pytest.raises(redis.AuthenticationError):
            stranger.ping()
        stranger.close()
        assert sockets_open_by_others(valkey.sockets) == 0
        assert valkey.process is not None
        assert valkey.password not in " ".join(processes.command_of(valkey.process.pid))
    assert not valkey.sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as another user")
def test_root_starts_servers_as_nobody_and_shelters_a_closed_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    with servers.Postgres(folder) as postgres:
        assert postgres.process is not None
        owner = Path(f"/proc/{postgres.process.pid}").stat().st_uid
        assert owner == shelter.server_user()["user"]
        assert postgres.home.parent == shelter.REFUGE
        assert ask(postgres.app_url, "SELECT 1") == [(1,)]
    assert not postgres.home.exists()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

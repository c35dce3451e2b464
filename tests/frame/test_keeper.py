"""The tests' own servers: none before a test asks, one of each however many ask, none that outlives the run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from example import processes
from patrol.frame import health
from tests import keeper, servers, stack

PROBE = """
import os
from pathlib import Path

def pytest_unconfigure(config):
    there = sorted(one.name for one in Path(os.environ["SIPATROL_TEST_KEEPER"]).parent.iterdir())
    Path(__file__).with_name("there").write_text(" ".join(there))
"""


def ours() -> dict[str, str]:
    """The environment of somebody who starts pytest by hand."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("SIPATROL_", "PYTEST_"))}


def running(sockets: Path) -> list[str]:
    commands = map(processes.command_of, processes.leftovers(str(sockets)))
    return sorted({Path(command[0]).name for command in commands if command})


def soon(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


class Kept:
    def __init__(self, folder: Path, *, under: tuple[str, ...] = ()) -> None:
        self.process = subprocess.Popen(
            [*under, sys.executable, "-m", "tests.keeper", folder],
            cwd=stack.PROJECT,
            stdout=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=processes.die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- system calls only
        )
        assert self.process.stdout is not None
        self.names = json.loads(self.process.stdout.readline())
        self.sockets = Path(self.names["SIPATROL_TEST_KEEPER"]).parent

    def close(self) -> None:
        processes.stop_process(self.process, (signal.SIGTERM, 60.0))
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    one = Kept(tmp_path)
    yield one
    one.close()


def data_of(kept: Kept) -> Path:
    connection = psycopg2.connect(kept.names["SIPATROL_TEST_SUPERUSER_URL"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            (told,) = cursor.fetchone() or ("",)
            return Path(told)
    finally:
        connection.close()


def test_nothing_runs_before_somebody_asks_and_all_who_ask_get_the_same_servers(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [one.name for one in kept.sockets.iterdir()] == ["keeper"]
    assert running(kept.sockets) == []
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(kept.names["DATABASE_URL"])
    monkeypatch.setenv("SIPATROL_TEST_KEEPER", kept.names["SIPATROL_TEST_KEEPER"])
    with ThreadPoolExecutor(3) as pool:
        assert [one.result() for one in [pool.submit(servers.start.__wrapped__) for _ in range(3)]] == [None] * 3
    assert running(kept.sockets) == ["postgres", "valkey-server"]
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SIPATROL_TEST_SUPERUSER_URL"):
        psycopg2.connect(kept.names[name]).close()
    with redis.Redis.from_url(health.plain(kept.names["BROKER_URL"])) as client:
        assert client.ping()
    data = data_of(kept)
    assert data.is_relative_to(tmp_path) is not data.is_relative_to(keeper.MEMORY)
    kept.close()
    assert running(kept.sockets) == []
    assert not list(keeper.MEMORY.glob(data.parent.name))


def test_a_worker_that_empties_its_broker_empties_no_other(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPATROL_TEST_KEEPER", kept.names["SIPATROL_TEST_KEEPER"])
    servers.start.__wrapped__()
    first, other = (health.plain(servers.broker_of(worker, kept.names["BROKER_URL"])) for worker in ("gw0", "gw14"))
    with redis.Redis.from_url(first) as counting, redis.Redis.from_url(other) as emptying:
        counting.set("turns", 2)
        emptying.set("messages", 1)
        emptying.flushdb()
        assert (counting.get("turns"), emptying.keys()) == (b"2", [])


def test_who_asks_reads_why_a_server_does_not_start(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPATROL_TEST_KEEPER", kept.names["SIPATROL_TEST_KEEPER"])
    (kept.sockets / "password").mkdir()  # where initdb's password would be written
    with pytest.raises(RuntimeError, match="password"):
        servers.start.__wrapped__()
    (kept.sockets / "password").rmdir()


def test_the_servers_go_when_the_run_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starter = (
        "import subprocess, sys; from example import processes\n"
        "subprocess.run(sys.argv[1:], preexec_fn=processes.die_with_parent(15), check=False)"
    )
    kept = Kept(tmp_path, under=(sys.executable, "-c", starter))
    monkeypatch.setenv("SIPATROL_TEST_KEEPER", kept.names["SIPATROL_TEST_KEEPER"])
    try:
        servers.start.__wrapped__()
        assert running(kept.sockets) == ["postgres", "valkey-server"]
        kept.process.kill()
        assert soon(lambda: not running(kept.sockets))
    finally:
        kept.close()


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=["one process", "xdist"])
def test_a_run_of_pure_tests_starts_no_server(tmp_path: Path, more: Any) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    pure = "tests/engine/test_schedules.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "probe", pure, *more],
        cwd=stack.PROJECT,
        env=ours() | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "there").read_text() == "keeper"

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from example import processes, run, servers, shelter
from example.processes import ServerError
from patrol.infra import wall

PROJECT = Path(run.__file__).resolve().parent.parent


@pytest.fixture
def place(tmp_path: Path) -> Iterator[run.Place]:
    taken = run.Place(tmp_path / "sebuah var", 0)
    yield taken
    if taken.lock is not None:
        taken.lock.close()


def surroundings(**more: str) -> dict[str, str]:
    """The environment without what the tests' own servers put there."""
    own = {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "SECRET_KEY", "IDENTITY_KEY", "EVIDENCE_DIR", "STAND_INS", "EXAMPLE"}
    return {name: value for name, value in os.environ.items() if name not in own} | more


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "example.run", *arguments],
        cwd=PROJECT,
        env=surroundings(**environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_busy_port_is_one_sentence_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        done = call(PORT=port, VAR_DIR=str(tmp_path / "var"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} is taken by another program. Choose another one: make run PORT=8001\n"
    assert not (tmp_path / "var").exists()


def test_a_number_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    done = call(PORT="http", VAR_DIR=str(tmp_path / "var"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "PORT must be a number from 1 to 65535, not 'http'.\n"


@pytest.mark.parametrize(
    ("name", "said", "most"),
    [*(("PORT", said, 65535) for said in ("0", "65536", "-1", "http", "8000 ")), *(("WEEKS", said, 12) for said in ("13", "-1", "x"))],
)
def test_numbers_have_their_bounds(name: str, said: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, said)
    with pytest.raises(ServerError) as refused:
        run.Place.from_environment()
    assert str(refused.value) == f"{name} must be a number from {int(name == 'PORT')} to {most}, not {said!r}."


@pytest.mark.parametrize(("said", "weeks"), [(None, 12), ("", 12), ("0", 0), ("3", 3)])
def test_how_many_weeks_lie_behind_the_example_is_asked_for_by_name(said: str | None, weeks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEEKS", raising=False)
    if said is not None:
        monkeypatch.setenv("WEEKS", said)
    assert run.Place.from_environment().weeks == weeks


def test_a_database_without_its_owner_is_one_sentence(tmp_path: Path) -> None:
    done = call(PORT=str(free_port()), VAR_DIR=str(tmp_path / "var"), DATABASE_URL="postgresql://app@/office", DATABASE_OWNER_URL="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "DATABASE_URL is set and DATABASE_OWNER_URL is not: the tables are made by the owner role.\n"


def test_a_second_run_of_the_same_folder_is_one_sentence(place: run.Place) -> None:
    place.take()
    second = run.Place(place.var, 0)
    with pytest.raises(ServerError, match="already going on"):
        second.take()
    with (place.var / "run.lock").open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_killed_run_leaves_nothing_to_the_next(place: run.Place) -> None:
    """Found by their mark: a process in a session of its own, and its child."""
    sockets = shelter.socket_folder()
    # The child tells its pid itself: while it is still being started, /proc shows nothing of its environment.
    child_program = "import os, time; print(os.getpid(), flush=True); time.sleep(300)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child_program!r}])"
    left = subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {processes.MARK: str(sockets)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    stranger = subprocess.Popen(["sleep", "300"])
    assert left.stdout is not None
    try:
        child = int(left.stdout.readline())
        assert set(processes.leftovers(str(sockets))) == {left.pid, child}
        place.var.mkdir()
        (place.var / "run.json").write_text(json.dumps({"sockets": str(sockets)}))
        (place.var / "run.env").write_text("PORT=1\n")
        place.take()
        assert processes.leftovers(str(sockets)) == []
        assert left.wait(60) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not sockets.exists()
        assert sorted(path.name for path in place.var.iterdir()) == ["run.lock"]
    finally:
        left.stdout.close()
        for process in (left, stranger):
            process.kill()
            process.wait()


@pytest.mark.parametrize("named", ["/", "/tmp", "/home/sip-x/..", "/tmp/sip-/"])
def test_a_damaged_note_of_an_earlier_run_removes_nothing_else(named: str, place: run.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    removed = []
    monkeypatch.setattr("example.run.shutil.rmtree", lambda path, **_: removed.append(path))
    place.var.mkdir()
    (place.var / "run.json").write_text(json.dumps({"sockets": named}))
    place.take()
    assert removed == []


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            "offered",
            "User name and password are enough here. An office has its directorate, or everybody, show a second factor (SECOND_FACTOR).",
        ),
        ("directorate", "A second factor is asked for, as in an office (SECOND_FACTOR): it is set up at the first login."),
        ("everybody", "A second factor is asked for, as in an office (SECOND_FACTOR): it is set up at the first login."),
    ],
)
def test_the_terminal_says_what_an_office_asks_for_at_the_login(setting: str, sentence: str, place: run.Place) -> None:
    lines = run.told(run.Run(place, sockets=place.var, environment={"SECOND_FACTOR": setting})).splitlines()
    assert [line for line in lines if "SECOND_FACTOR" in line] == [sentence]


def test_a_process_that_ends_by_itself_is_named_with_its_log(place: run.Place) -> None:
    place.take()
    (place.var / "log").mkdir()
    going = run.Run(place, environment={**os.environ})
    try:
        going._spawn("worker", "-c", "import sys; print('no broker here'); sys.exit(3)").wait()
        assert stat.S_IMODE(going.log("worker").stat().st_mode) == 0o600
        with pytest.raises(ServerError) as raised:
            going.check_children()
        assert str(raised.value) == f"worker ended with code 3; its log is {going.log('worker')}\n    no broker here"
    finally:
        going.stop()


def test_stop_ends_also_what_left_its_group(place: run.Place) -> None:
    place.take()
    (place.var / "log").mkdir()
    going = run.Run(place)
    going.environment = os.environ | {processes.MARK: str(going.sockets)}
    program = (
        "import subprocess, time; p = subprocess.Popen(['sleep', '300'], start_new_session=True)\nprint(p.pid, flush=True); time.sleep(300)"
    )
    child = going._spawn("worker", "-c", program)
    processes.wait_until(lambda: going.log("worker").read_text() != "", child, "worker", going.log("worker"))
    going.stop()
    assert child.poll() == -signal.SIGTERM
    assert processes.command_of(int(going.log("worker").read_text())) == []
    assert not going.sockets.exists()


def test_children_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    """The kernel tells them: nothing has to be found later."""
    program = (
        "import signal, subprocess, time; from example import processes\n"
        "p = subprocess.Popen(['sleep', '300'], preexec_fn=processes.die_with_parent(signal.SIGTERM))\n"
        "print(p.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    processes.end_processes([child], 0, seconds=5)
    assert processes.command_of(child) == []


def test_the_secret_key_outlives_a_restart_and_is_private(place: run.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    place.take()
    first = run.Run(place)
    second = run.Run(place)
    try:
        key = first._secret_key()
        assert len(key) >= 50
        assert second._secret_key() == key
        assert stat.S_IMODE((place.var / "secret-key").stat().st_mode) == 0o600
        monkeypatch.setenv("SECRET_KEY", "from the environment")
        assert second._secret_key() == "from the environment"
    finally:
        first.stop()
        second.stop()


def test_reset_empties_what_a_run_made(tmp_path: Path) -> None:
    place = run.Place(tmp_path / "var", 0)
    place.take()
    assert place.lock is not None
    place.lock.close()
    (place.var / "evidence").mkdir()
    (place.var / "evidence" / "raw").write_text("x")
    done = call("--reset", VAR_DIR=str(place.var))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Removed {place.var}\n", "")
    assert not place.var.exists()
    assert call("--reset", VAR_DIR=str(place.var)).stdout == ""


def test_reset_leaves_a_folder_alone_that_is_not_ours_and_one_in_use(tmp_path: Path, place: run.Place) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "thesis").write_text("years of work")
    done = call("--reset", VAR_DIR=str(tmp_path / "documents"))
    assert done.returncode == 1
    assert done.stderr.endswith("was not made by `make run`, so it is not emptied; remove it by hand.\n")
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["thesis"]

    place.take()
    done = call("--reset", VAR_DIR=str(place.var))
    assert done.returncode == 1
    assert done.stderr == f"A run of this folder is already going on ({place.var}); end it first.\n"
    assert place.var.exists()


def test_two_servers_share_the_socket_folder_they_are_given(tmp_path: Path) -> None:
    sockets = shelter.socket_folder()
    with servers.Valkey(tmp_path, sockets=sockets) as valkey:
        assert valkey.socket_file.parent == sockets
    assert sockets.exists()
    sockets.rmdir()


# --- the whole run --------------------------------------------------------------------------------


class Going:
    """A real `make run`, less the setup before it, on a folder and a port of its own, with one of the twelve weeks: all of them are lived
    in tests/example/test_history.py.
    """

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "example.run"],
            cwd=PROJECT,
            env=surroundings(VAR_DIR=str(var), PORT=str(port), WEEKS="1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.told = []
        assert self.process.stdout is not None
        self.output = self.process.stdout
        for line in self.output:
            self.told.append(line.rstrip("\n"))
            if line.startswith("Ctrl-C ends"):
                break
        lines = (var / "run.env").read_text().splitlines() if (var / "run.env").exists() else []
        self.values = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        self.sockets = json.loads((var / "run.json").read_text())["sockets"] if (var / "run.json").exists() else ""

    def count(self, table: str) -> int:
        connection = psycopg2.connect(self.values["DATABASE_URL"], options=wall.SEES_EVERYTHING)
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                [(rows,)] = cursor.fetchall()
                return int(rows)
        finally:
            connection.close()

    def wait_for(self, table: str, seconds: float) -> int:
        """How many rows there are once there are any; 0 when the time is over."""
        end = time.monotonic() + seconds
        while not (found := self.count(table)) and time.monotonic() < end:
            time.sleep(0.2)
        return found

    def end(self, sign: signal.Signals) -> str:
        """The output after the address, once every process is gone."""
        self.process.send_signal(sign)
        rest = self.output.read()
        self.output.close()
        self.process.wait(60)
        return rest


@pytest.mark.worker
def test_the_whole_run_comes_up_fills_the_queue_ends_and_comes_back_with_its_data(tmp_path: Path) -> None:
    port = free_port()
    outer = Path(tempfile.mkdtemp(prefix="sipatrol-test-", dir="/tmp"))
    outer.chmod(0o755)
    var = outer / "sebuah var für alles"
    going = None
    try:
        going = Going(var, port)
        assert {f"SIPatrol is ready: {going.address}/kerja/", f"The public desk, without login: {going.address}/"} <= set(going.told), (
            "\n".join(going.told)
        )
        assert stat.S_IMODE((var / "run.env").stat().st_mode) == 0o600
        assert going.values.keys() >= {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "SECRET_KEY", "STAND_INS"}
        assert going.values["EXAMPLE"] == "1"
        with urllib.request.urlopen(f"{going.address}/health/") as answer:
            well = json.load(answer)
        copies, register = well.pop("copies"), well.pop("register_files")
        assert (well.pop("sealed")["state"] in {"never", "nothing_new", "waiting"}, set(well.values())) == (True, {"ok"})
        assert (copies["missing"], copies["different"], register["missing"], register["different"]) == (0, 0, 0, 0)
        assert stat.S_IMODE((var / "anchor-key").stat().st_mode) == 0o600
        assert stat.S_IMODE((var / "archive-key").stat().st_mode) == 0o600
        accounts = (var / "example-accounts.txt").read_text()
        keys = [line.split("\t")[0] for line in accounts.splitlines()]
        assert keys == [
            "officer",
            "analyst",
            "supervisor",
            "registrar",
            "administrator",
            "data-protection-officer",
            "officer-2",
            "officer-other-office",
            "supervisor-directorate",
            "supervisor-directorate-2",
        ]
        weeks = [line.partition(":")[0] for line in going.told if line.startswith("  week ")]
        assert weeks == ["  week 1 of 2", "  week 2 of 2"]
        assert going.wait_for("patrol_flag WHERE raised_at > now() - interval '10 minutes'", 240) > 0
        editions = going.count("patrol_registeredition")
        busy = call(PORT=str(port), VAR_DIR=str(outer / "other"))
        assert busy.stderr.startswith(f"Port {port} is taken by another program.")
        second = call(PORT=str(free_port()), VAR_DIR=str(var))
        assert second.stderr == f"A run of this folder is already going on ({var}); end it first.\n"

        assert going.end(signal.SIGINT) == "Ending every process.\n"
        assert going.process.returncode == 0
        assert processes.leftovers(going.sockets) == []
        assert not (var / "run.env").exists()
        assert not Path(going.sockets).exists()

        going = Going(var, port)
        assert {f"SIPatrol is ready: {going.address}/kerja/", f"The public desk, without login: {going.address}/"} <= set(going.told), (
            "\n".join(going.told)
        )
        assert going.count("patrol_post") > 0
        assert going.count("patrol_registeredition") == editions == 2
        assert not [line for line in going.told if line.startswith("  week ")]
        assert (var / "example-accounts.txt").read_text() == accounts
        going.process.kill()  # no farewell: the kernel ends what it started, the next one cleans up
        going.process.wait()
        assert call("--reset", VAR_DIR=str(var)).stdout == f"Removed {var}\n"
        assert processes.leftovers(going.sockets) == []
        assert not Path(going.sockets).exists()
    finally:
        if going is not None and going.process.poll() is None:
            going.end(signal.SIGTERM)
        if going is not None and not going.output.closed:
            going.output.close()
        shutil.rmtree(outer, ignore_errors=True)

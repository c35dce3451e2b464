"""The whole product as processes of its own, for tests that kill it or look at it from outside.

    with stack.Stack(tmp_path, database="walk", started=("web", "worker", "beat")) as running:
        running.address                                       # http://127.0.0.1:PORT, where web is started
        running.query("SELECT count(*) FROM patrol_post")     # rows
        running.wait_for(lambda: ..., 60, "the first flag")   # polls; fails with the ends of the logs
        running.kill("worker"); running.start("worker")

By default it shows the example world, prepared as `make run` prepares it (accounts in VAR_DIR/example-accounts.txt). The
database is a copy of the tests' migrated one (a test asks for the fixture `django_db_setup`), the broker a Valkey of its
own; whoever has servers already hands them in. A stack that begins `like` one that was closed goes on with a copy of its
database and folder, where tests need the same beginning again and again.
Parts: site, web, worker, beat, each once or, as "worker:2", again beside the first. Logs lie in `folder`/log.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import redis

from example import processes, servers, site, world
from patrol.infra import wall

PROJECT = Path(servers.__file__).resolve().parent.parent
CELERY = ("-m", "celery", "-A", "patrol.celery:app")
STOP = ((signal.SIGTERM, 30.0),)
CALM = {"SWEEP_SECONDS": "5"}  # as an example run: where nobody dies, a sweep each second costs and finds nothing


class Broker(servers.Valkey):
    """A Valkey that can be killed and comes back, empty, under the same address."""

    def restart_empty(self) -> None:
        assert self.process is not None
        processes.signal_group(self.process, signal.SIGKILL)
        self.process.wait()
        self._begin()


def named(url: str, database: str) -> str:
    """The same server's other database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a stack that was closed leaves to those that begin like it."""

    folder: Path
    database: str
    secret_key: str  # seals the log that is in the database


class Stack:
    def __init__(
        self,
        folder: Path,
        *,
        database: str = "",
        like: Kept | None = None,
        started: Iterable[str] = (),
        shown: world.World | None = None,
        site_program: Sequence[str | Path] = ("-m", "example.site"),
        prepare: Sequence[str | Path] = ("-m", "example.prepare"),
        worker: Sequence[str] = CELERY,
        environment: Mapping[str, str] | None = None,
        broker_url: str = "",
    ) -> None:
        """`database`: name of the copy to make; "" where `environment` names databases that are there already.
        `like`: what is there already is not prepared. `shown`: the world behind `site_program`, None for the example world.
        `prepare` gets a folder as its last word.
        """
        self.folder = folder
        self.var = folder / "var"
        self.logs = folder / "log"
        self.shown = shown or world.load()
        self._site_program, self._prepare, self._worker = tuple(site_program), tuple(prepare), tuple(worker)
        self._database, self._like, self._started = database, like, tuple(started)
        self.broker: Broker | None = None
        self._broker_url = broker_url
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.port = 0
        self._connection: psycopg2.extensions.connection | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in {"STAND_INS", "PORT", "PYTEST_CURRENT_TEST"}},
            "DJANGO_SETTINGS_MODULE": "tests.stack_settings",
            "EXAMPLE": "1",
            "SECOND_FACTOR": "offered",
            "STEP_UP_SECONDS": "86400",  # a flow of a test under load takes longer than a person's five minutes
            "VAR_DIR": str(self.var),
            "EVIDENCE_DIR": str(folder / "evidence"),
            "SECRET_KEY": like.secret_key if like else secrets.token_urlsafe(60),
            "SWEEP_SECONDS": "1",
            "FETCH_LEASE_SECONDS": "4",  # longer than any page here takes, so short that a test can wait for it
            "READ_LEASE_SECONDS": "4",
            "PYTHONUNBUFFERED": "1",
            "C_FORCE_ROOT": "1",
            **(environment or {}),
        }

    # --- coming and going ---

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self) -> None:
        for made in (self.var, self.logs, self.folder / "world"):
            made.mkdir(parents=True, exist_ok=True)
        if self._like:
            for name in ("var", "world", "evidence"):
                if (self._like.folder / name).exists():
                    shutil.copytree(self._like.folder / name, self.folder / name, dirs_exist_ok=True)
        if self._database:
            from tests import conftest  # noqa: PLC0415 -- needs the tests' servers, which the soak run has not

            conftest.fresh_database(self._database, self._like.database if self._like else conftest.TEMPLATE)
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
                self.environment[name] = named(os.environ[name], self._database)
        if not self._broker_url:
            self.broker = Broker(self.folder / "valkey")
            self.broker.start()
        self.environment["BROKER_URL"] = self._broker_url or self.broker_url
        anchor = self.folder / "world" / "anchor.json"
        self._spawn("site", *self._site_program, "--port", "0", "--anchor", anchor, *self._register())
        self.environment["STAND_INS"] = json.dumps(site.stand_ins(self._site_port(), self.shown))
        if not self._like:
            prepared = self._spawn("prepare", *self._prepare, self.folder / "world")
            assert prepared.wait() == 0, self.told("prepare")
            del self.children["prepare"]
        for part in self._started:
            self.start(part)

    def _register(self) -> tuple[str | Path, ...]:
        return ("--write-register", self.folder / "world") if "example.site" in self._site_program else ()

    def _site_port(self) -> int:
        found: list[str] = []

        def named_its_port() -> bool:
            found.extend(re.findall(r"http://127\.0\.0\.1:(\d+)/", self._log("site").read_text()))
            return bool(found)

        self.wait_for(named_its_port, 240, "the example site")
        return int(found[0])

    def start(self, part: str) -> None:
        """web returns when it answers; worker and beat return at once: the rows they write show that they live."""
        kind = part.partition(":")[0]
        if kind == "worker":
            options = ("--concurrency", "2", "--without-gossip", "--without-mingle", "-l", "INFO", "-n", f"{part}@here")
            self._spawn(part, *self._worker, "worker", *options)
        elif kind == "beat":
            schedule = self.var / f"{part.replace(':', '-')}-schedule"
            self._spawn(part, *CELERY, "beat", "--pidfile=", "-s", schedule, "-l", "INFO")
        elif kind == "web":
            if not self.port:  # started again it comes back under its address
                with socket.create_server(("127.0.0.1", 0)) as probe:
                    self.port = probe.getsockname()[1]
            bind = ("--bind", f"127.0.0.1:{self.port}", "--workers", "1")
            self._spawn(part, "-m", "gunicorn", "-c", "python:patrol.frame.server", *bind)
            self.wait_for(self._web_answers, 240, "the web server")
        else:
            raise ValueError(part)

    def _web_answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def kill(self, *parts: str) -> None:
        """SIGKILL to the part's whole process group: nobody in it says goodbye."""
        for part in parts:
            child = self.children.pop(part)
            processes.signal_group(child, signal.SIGKILL)
            child.wait()

    def stop(self, *parts: str) -> None:
        for part in parts:
            processes.stop_process(self.children.pop(part), *STOP)

    def close(self) -> None:
        """Ends everything, what answers to a polite signal first."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for child in self.children.values():
            processes.stop_process(child, (signal.SIGTERM, 5.0))
        self.children.clear()
        if self._connection is not None:
            self._connection.close()
        if self.broker is not None:
            self.broker.stop()

    def _spawn(self, part: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        with self._log(part).open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),  # noqa: PLW1509 -- system calls only
            )
        self.children[part] = child
        return child

    def kept(self) -> Kept:
        """For stacks that begin like this one, once it is closed."""
        return Kept(self.folder, self._database, self.environment["SECRET_KEY"])

    # --- looking ---

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts(self) -> dict[str, tuple[str, str]]:
        """role -> user name, password, as `manage.py setup --example` wrote them."""
        lines = (self.var / "example-accounts.txt").read_text().splitlines()
        return {role: (name, password) for role, name, password in (line.split("\t") for line in lines)}

    @property
    def broker_url(self) -> str:
        return self._broker_url or (self.broker.url if self.broker else "")

    def valkey(self) -> redis.Redis:
        plain = self.broker_url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
        return redis.Redis.from_url(plain)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Over one connection, kept: polls with a new one each would take the processor from what they wait for."""
        if self._connection is None:
            self._connection = psycopg2.connect(self.environment["DATABASE_URL"], options=wall.SEES_EVERYTHING)
            self._connection.autocommit = True
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def count(self, what: str) -> int:
        """`what`: a table, with a WHERE where wanted."""
        return int(self.query(f"SELECT count(*) FROM {what}")[0][0])

    def wait_for(self, condition: Callable[[], bool], seconds: float, what: str, *, every: float = 0.02) -> None:
        """Polls until the condition holds, `every` so many seconds: more for what takes long and stays, since the polls take the
        processor from what they wait for. Fails when the time is over, or when a part ends by itself.
        """
        end = time.monotonic() + seconds
        while not condition():
            for part, child in self.children.items():
                assert child.poll() is None, f"{part} ended with code {child.returncode}\n{self.told(part)}"
            assert time.monotonic() < end, f"{what}: not within {seconds:.0f} seconds\n{self.told(*self.children)}"
            time.sleep(every)

    def told(self, *parts: str) -> str:
        """The ends of the parts' logs."""
        return "\n".join(f"{part}:\n{processes.last_lines(self._log(part), 12)}" for part in parts)

    def _log(self, part: str) -> Path:
        log = self.logs / f"{part.replace(':', '-')}.log"
        log.touch(0o600)
        return log

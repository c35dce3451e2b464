"""`make run`: everything SIPatrol needs, on example data, until Ctrl-C. `make reset` is `--reset` here.

Starts PostgreSQL and Valkey (unless DATABASE_URL and BROKER_URL are set), the example site, a mail server, a Bot API, web,
worker, beat and the keyholder of reporters' contacts, and prints the address and the accounts. Other terminals find the servers through
VAR_DIR/run.env while the run lasts.
Nothing is restarted in silence: when one process ends, the run says which, and ends.

VAR_DIR: run.env, run.lock, run.json, secret-key, credential-keys, receipt-key, identity-key, anchor-key, archive-key, example-accounts.txt,
log/, cache/, servers/, example/, outbox/, evidence/, anchors/.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
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
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NoReturn, Self

from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from example import mail, parts, processes, servers, shelter, site
from example.history import calendar
from example.prepare import TABLES
from example.processes import ServerError

PROJECT = Path(__file__).resolve().parent.parent
IDENTITY_FILE = "identity-key"
ANCHOR_FILE = "anchor-key"
ARCHIVE_FILE = "archive-key"
MINE = ".sipatrol"  # in a VAR_DIR that this program made: only such a folder is emptied by `make reset`
STOP = ((signal.SIGTERM, 12.0),)
READY_SECONDS = 120.0


class Ended(BaseException):
    """Ctrl-C or SIGTERM. Not an Exception, so that nothing on the way takes it for an error."""


def say(text: str) -> None:
    print(text, flush=True)


@dataclass
class Place:
    """Where a run lives, and the lock that says one is alive there."""

    var: Path
    port: int
    weeks: int = calendar.WEEKS  # that the example has behind it
    lock: IO[str] | None = None

    @classmethod
    def from_environment(cls) -> Self:
        """Raises ServerError for a PORT or WEEKS that is none."""
        var = Path(os.environ.get("VAR_DIR") or PROJECT / "var").absolute()
        return cls(var, _number("PORT", 8000, 1, 65535), _number("WEEKS", calendar.WEEKS, 0, calendar.WEEKS))

    def path(self, name: str) -> Path:
        return self.var / name

    def take(self) -> None:
        """Makes VAR_DIR, takes its lock, and ends what an earlier run left when it was killed. Raises ServerError."""
        new = not self.var.exists() or not any(self.var.iterdir())
        self.var.mkdir(parents=True, exist_ok=True)
        if new:
            self.path(MINE).touch()
        self.lock = self.path("run.lock").open("a+")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.close()
            raise ServerError(f"A run of this folder is already going on ({self.var}); end it first.") from None
        with contextlib.suppress(OSError, ValueError, KeyError):
            end_everything_of(Path(json.loads(self.path("run.json").read_text())["sockets"]))
        for name in ("run.json", "run.env"):
            self.path(name).unlink(missing_ok=True)

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server will
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                why = "is taken by another program" if error.errno == 98 else f"cannot be used: {error.strerror}"
                raise ServerError(f"Port {self.port} {why}. Choose another one: make run PORT=8001") from None


def end_everything_of(sockets: Path) -> None:
    """Ends the processes of a run, wherever they stand in the process tree, and removes its socket folder."""
    if re.fullmatch(r"sip-\w+", sockets.name):
        processes.end_processes(processes.leftovers(str(sockets)), signal.SIGTERM)
        shutil.rmtree(sockets, ignore_errors=True)


@dataclass
class Run:
    """One run. `processes` in the order of their start; they are ended the other way round."""

    place: Place
    sockets: Path = field(default_factory=shelter.socket_folder)
    servers: list[servers.Server] = field(default_factory=list)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def log(self, name: str) -> Path:
        return self.place.path("log") / f"{name}.log"

    def start(self) -> None:
        """Raises ServerError where a part does not come up."""
        self.place.path("log").mkdir(mode=0o700, exist_ok=True)
        for log in self.place.path("log").glob("*.log"):
            log.rename(log.with_suffix(".log.1"))
        shelter.write_private(self.place.path("run.json"), json.dumps({"sockets": str(self.sockets)}))
        values = self._start_servers() | {
            "EXAMPLE": "1",
            "SECOND_FACTOR": os.environ.get("SECOND_FACTOR") or "offered",
            "PORT": str(self.place.port),
            "PUBLIC_DESK": os.environ.get("PUBLIC_DESK") or "1",
            "SECRET_KEY": self._secret_key(),
            "CREDENTIAL_KEYS": self._credential_keys(),
            "RECEIPT_KEY": self._kept("RECEIPT_KEY", "receipt-key", lambda: secrets.token_urlsafe(48)),
            "IDENTITY_KEY": self._identity_key(),
        }
        self._signing_keys()
        self.environment = {
            **os.environ,
            **values,
            "VAR_DIR": str(self.place.var),
            "PYTHONUNBUFFERED": "1",
            "XDG_CACHE_HOME": str(self.place.path("cache")),  # fonts: nothing is written to anybody's home folder
            processes.MARK: str(self.sockets),
        }
        world = self.place.path("example")
        lived = ("--weeks", str(self.place.weeks))
        anchor = world / "anchor.json"
        taken = ("--write-register", world, "--outbox", self.place.path("outbox"))
        self._spawn("site", "-m", "example.site", "--port", "0", "--anchor", anchor, *taken, *lived)
        if not os.environ.get("MAIL_URL"):
            self._spawn("mail", "-m", "example.mail", "--folder", self.place.path("outbox"))
            values |= {"MAIL_URL": f"smtp://127.0.0.1:{self._port('mail')}", "MAIL_FROM": mail.SENDER}
        self._spawn("bot", "-m", "example.bot", "--folder", self.place.path("outbox"))
        stand_ins = site.stand_ins(self._port("site"), site.served(weeks=self.place.weeks))
        values["STAND_INS"] = json.dumps(stand_ins | {"https://api.telegram.org": f"http://127.0.0.1:{self._port('bot')}"})
        self.environment |= values
        kept = "".join(f"{name}={value}\n" for name, value in values.items())
        shelter.write_private(self.place.path("run.env"), f"# Written by `make run`, gone when it ends.\n{kept}")

        say("Preparing the database: tables, offices, accounts, register, watches.")
        prepare = self._spawn("prepare", "-m", "example.prepare", *lived, world, told=True)
        assert prepare.stdout is not None
        with prepare.stdout as lines:
            for line in map(bytes.decode, lines):
                if line.rstrip() == TABLES:  # the web server starts beside what is left to do; its address is printed at the end
                    web = ("--bind", f"127.0.0.1:{self.place.port}", "--workers", "2", "--access-logfile", "-")
                    self._spawn("web", "-m", "gunicorn", "-c", "python:patrol.frame.server", *web)
                else:
                    say(line.rstrip())
        if prepare.wait() != 0:
            raise ServerError(f"The database could not be prepared; the log is {self.log('prepare')}\n{self._end_of('prepare')}")
        del self.children["prepare"]

        celery = ("-m", "celery", "-A", "patrol.celery:app")
        self._spawn("worker", *celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "-l", "INFO")
        self._spawn("beat", *celery, "beat", "--pidfile=", "-l", "INFO")
        self._spawn_keyholder()
        self._wait_for_health()

    def _start_servers(self) -> dict[str, str]:
        """DATABASE_URL, DATABASE_OWNER_URL and BROKER_URL: the caller's, or those of servers of ours."""
        given = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL") if os.environ.get(name)}
        if "DATABASE_URL" in given and "DATABASE_OWNER_URL" not in given:
            raise ServerError("DATABASE_URL is set and DATABASE_OWNER_URL is not: the tables are made by the owner role.")
        folder = self.place.path("servers")
        if "DATABASE_URL" not in given:
            postgres = servers.Postgres(folder, durable=True, sockets=self.sockets, log=self.log("postgres"))
            self.servers.append(postgres)
            postgres.start()
            if postgres.home != folder:
                say(f"The servers' files are in {postgres.home}: the user they run as cannot reach this folder.")
            given |= {"DATABASE_URL": postgres.app_url, "DATABASE_OWNER_URL": postgres.owner_url}
        if "BROKER_URL" not in given:
            valkey = servers.Valkey(folder, durable=True, sockets=self.sockets, log=self.log("valkey"))
            self.servers.append(valkey)
            given["BROKER_URL"] = valkey.start().url
        return given

    def _kept(self, name: str, file: str, make: Callable[[], str]) -> str:
        """The caller's, else one kept beside the data."""
        if given := os.environ.get(name):
            return given
        kept = self.place.path(file)
        if not kept.exists():
            shelter.write_private(kept, make())
        return kept.read_text()

    def _secret_key(self) -> str:
        """A restart does not end every session."""
        return self._kept("SECRET_KEY", "secret-key", lambda: secrets.token_urlsafe(64))

    def _credential_keys(self) -> str:
        """What was sealed with it must open after a restart."""
        return self._kept("CREDENTIAL_KEYS", "credential-keys", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())

    def _identity_key(self) -> str:
        """The public half; the private one is a file that the keyholder alone is told of. "" where the database is the caller's, who
        runs a keyholder of its own or none."""
        if os.environ.get("IDENTITY_KEY") or _postgres(self) is None:
            return os.environ.get("IDENTITY_KEY", "")
        private = self._kept("IDENTITY_PRIVATE_KEY", IDENTITY_FILE, lambda: X25519PrivateKey.generate().private_bytes_raw().hex())
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(private)).public_key().public_bytes_raw().hex()

    def _signing_keys(self) -> None:
        """In the places where the settings look for them: manifests and archives are signed from the first day."""
        new: dict[str, Callable[[], Ed25519PrivateKey | EllipticCurvePrivateKey]] = {
            ANCHOR_FILE: Ed25519PrivateKey.generate,
            ARCHIVE_FILE: lambda: generate_private_key(SECP384R1()),
        }
        for name, make in new.items():
            if not (kept := self.place.path(name)).exists():
                shelter.write_private(kept, make().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())

    def _spawn_keyholder(self) -> None:
        """The process with the private key: a database role of its own, and here, where one user starts everything, no user of its own."""
        postgres, key = _postgres(self), self.place.path(IDENTITY_FILE)
        if postgres is None or not key.exists():
            return
        self._spawn("keyholder", "manage.py", "keyholder", "--key", key, DATABASE_URL=postgres.url("keyholder"))

    def _spawn(self, name: str, *arguments: str | Path, told: bool = False, **more: str) -> subprocess.Popen[bytes]:
        """Starts a Python program of ours; its log has mode 0600. `told`: what it prints is read here. `more`: of its environment."""
        self.log(name).touch(0o600)
        with self.log(name).open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT,
                env=self.environment | more,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if told else log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- one thread, system calls only
            )
        self.children[name] = child
        return child

    def _end_of(self, name: str) -> str:
        return processes.last_lines(self.log(name))

    def _port(self, name: str) -> int:
        """The site, the mail server and the Bot API take a free port by themselves and name it in their first line."""
        port: list[int] = []

        def named() -> bool:
            port.extend(int(found) for found in re.findall(r"://127\.0\.0\.1:(\d+)/", self.log(name).read_text()))
            return bool(port)

        processes.wait_until(named, self.children[name], f"The example {name}", self.log(name))
        return port[0]

    def _wait_for_health(self) -> None:
        """Until database, broker, worker and beat are all well. Raises ServerError where one of them is not in time."""
        address = f"http://127.0.0.1:{self.place.port}/health/"
        end = time.monotonic() + READY_SECONDS
        answer = "no answer"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < end:
            self.check_children()
            try:
                with direct.open(address, timeout=5) as response:
                    if response.status == 200:
                        return
            except urllib.error.HTTPError as error:
                answer = error.read(500).decode(errors="replace")
            except OSError:
                pass
            time.sleep(0.1)
        raise ServerError(f"Not everything answers after {READY_SECONDS:.0f} seconds: {answer}; logs: {self.place.path('log')}")

    def check_children(self) -> None:
        """Raises ServerError when a process has ended by itself."""
        running = self.children | {server.NAME: server.process for server in self.servers if server.process is not None}
        for name, child in running.items():
            if child.poll() is not None:
                raise ServerError(f"{name} ended with code {child.returncode}; its log is {self.log(name)}\n{self._end_of(name)}")

    def stop(self) -> None:
        """Ends every process: all of ours at once, then the servers under them, then what still carries the mark."""
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(STOP[0][0])
        for child in reversed(self.children.values()):
            processes.stop_process(child, *STOP)
        for server in reversed(self.servers):
            server.stop()
        end_everything_of(self.sockets)
        for name in ("run.json", "run.env"):
            self.place.path(name).unlink(missing_ok=True)


def _postgres(run: Run) -> servers.Postgres | None:
    """The server of ours, None where the database is the caller's."""
    return next((one for one in run.servers if isinstance(one, servers.Postgres)), None)


def _number(name: str, otherwise: int, least: int, most: int) -> int:
    text = os.environ.get(name) or str(otherwise)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ServerError(f"{name} must be a number from {least} to {most}, not {text!r}.")
    return int(text)


_FACTOR = {
    True: "User name and password are enough here. An office has its directorate, or everybody, show a second factor (SECOND_FACTOR).",
    False: "A second factor is asked for, as in an office (SECOND_FACTOR): it is set up at the first login.",
}


def told(run: Run) -> str:
    """What a newcomer needs to know once everything is up."""
    accounts = run.place.path("example-accounts.txt")
    rows = [line.split("\t") for line in accounts.read_text().splitlines()] if accounts.exists() else []
    table = "\n".join(f"  {key:<24} {name:<16} {password}" for key, name, password in rows)
    if not rows:  # a database of the caller's that outlived VAR_DIR
        table = f"  The accounts were made by an earlier run, whose {accounts} is gone."
    return (
        f"\nSIPatrol is ready: http://127.0.0.1:{run.place.port}/kerja/\n"
        f"The public desk, without login: http://127.0.0.1:{run.place.port}/\n\n"
        f"  {'account':<24} {'user name':<16} password\n{table}\n\n"
        f"{_FACTOR[run.environment['SECOND_FACTOR'] == 'offered']}\n"
        "Example data: all people, companies, numbers and posts are invented. The first patrol is under way.\n"
        f"{parts.line(parts.PARTS[:2])}\n"
        f"Logs: {run.place.path('log')}   Other terminals find the servers through {run.place.path('run.env')}\n"
        "Ctrl-C ends every process; the data stay. `make reset` empties them."
    )


def run() -> int:
    place = Place.from_environment()
    place.check_port()
    place.take()
    going = Run(place)
    try:
        going.start()
        say(told(going))
        while True:
            going.check_children()
            time.sleep(0.5)
    except Ended:
        say("Ending every process.")
        return 0
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them behind
        going.stop()


def reset() -> int:
    """Empties VAR_DIR and what was sheltered outside of it. A folder that `make run` did not make is left alone."""
    place = Place.from_environment()
    if place.var.exists():
        if place.var != PROJECT / "var" and not place.path(MINE).exists():
            raise ServerError(f"{place.var} was not made by `make run`, so it is not emptied; remove it by hand.")
        place.take()
        shutil.rmtree(place.var)
        say(f"Removed {place.var}")
    sheltered = shelter.refuge_of(place.path("servers"))
    if sheltered.exists():
        shelter.leave_refuge(sheltered)
        say(f"Removed {sheltered}")
    for name in ("DATABASE_URL", "BROKER_URL", "EVIDENCE_DIR"):
        if os.environ.get(name):
            say(f"{name} is set: what it names was not touched.")
    return 0


def stop_by_signal(sign: int, _frame: object) -> NoReturn:
    raise Ended(sign)


def main(arguments: list[str]) -> int:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop_by_signal)
    try:
        return reset() if arguments == ["--reset"] else run()
    except ServerError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except Ended:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

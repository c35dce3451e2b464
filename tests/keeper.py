"""Keeps PostgreSQL and Valkey of the tests and starts them when the first test asks: python -m tests.keeper FOLDER, by tests/servers.py.

A process of its own, because any of xdist's workers may ask first and all of them use the same servers to the end of the run. It makes
folders and passwords, prints the servers' addresses as one line of JSON, and waits at a socket. Whoever connects there reads `ready`
once both answer, or else the error. SIGTERM ends servers and keeper; the kernel sends it when the process that started the keeper is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import Never

from example import processes, servers, shelter

READY = "ready"
MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30  # bytes; several times what the databases of a run take


def _end(*_: object) -> Never:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would leave half of it standing
    sys.exit(0)


def main(folder: Path) -> None:
    signal.signal(signal.SIGTERM, _end)
    sockets = shelter.socket_folder()
    postgres = servers.Postgres(folder / "postgres", sockets=sockets)
    valkey = servers.Valkey(folder / "valkey", sockets=sockets)
    with contextlib.ExitStack() as standing:
        standing.callback(shutil.rmtree, sockets, ignore_errors=True)
        if _roomy():
            postgres.kept_at = Path(tempfile.mkdtemp(prefix="sip-data-", dir=MEMORY))
            standing.callback(shutil.rmtree, postgres.kept_at, ignore_errors=True)
            postgres.kept_at.chmod(0o711)
        for server in (postgres, valkey):
            standing.callback(server.stop)
            server.prepare()
        address = sockets / "keeper"
        door = standing.enter_context(socket.socket(socket.AF_UNIX))
        door.bind(str(address))
        door.listen()
        print(
            json.dumps(
                {
                    "SIPATROL_TEST_KEEPER": str(address),
                    "SIPATROL_TEST_SUPERUSER_URL": postgres.superuser_url,
                    "SIPATROL_TEST_KEYHOLDER_URL": postgres.url("keyholder"),
                    "DATABASE_URL": postgres.app_url,
                    "DATABASE_OWNER_URL": postgres.owner_url,
                    "BROKER_URL": valkey.url,
                }
            ),
            flush=True,
        )
        answer = ""
        while True:
            asking, _ = door.accept()
            with asking, contextlib.suppress(OSError):  # who asked may be gone
                answer = answer or _started(postgres, valkey)
                asking.sendall(answer.encode())


def _roomy() -> bool:
    """Whether the machine has memory to spare for the data. A copy of the migrated database is 1,600 new files: a disk's file system takes
    up to a second of the processor to find their places, and a run makes dozens."""
    told = re.search(r"MemAvailable: *(\d+) kB", Path("/proc/meminfo").read_text())
    spare = int(told[1]) * 1024 if told else 0
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and min(spare, shutil.disk_usage(MEMORY).free) > ROOM


def _started(*asleep: servers.Server) -> str:
    try:
        for server in asleep:
            server.start()
    except (processes.ServerError, OSError) as error:
        return str(error)
    return READY


if __name__ == "__main__":
    main(Path(sys.argv[1]))

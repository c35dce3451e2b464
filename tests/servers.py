"""Loaded by pytest before Django: the environment that names real servers on throw-away folders, and `start`, which brings them up.

The controlling process starts their keeper (tests/keeper.py); xdist's workers find the names in their environment. The servers start
when a test first asks for the database, so that a run of pure tests has none. Nothing is shared with a running `make run`.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import functools
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from example import processes
from tests import keeper

_open = contextlib.ExitStack()


def _reserve() -> None:
    """Names the servers; none of them runs yet."""
    folder = Path(tempfile.mkdtemp(prefix="sip-tests-"))
    folder.chmod(0o755)
    (folder / "var" / "static").mkdir(parents=True)  # whitenoise warns of a missing folder, and warnings are errors
    _open.callback(shutil.rmtree, folder, ignore_errors=True)
    keeping = subprocess.Popen(
        [sys.executable, "-m", "tests.keeper", folder],
        cwd=Path(__file__).resolve().parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=processes.die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- system calls only
    )
    _open.callback(processes.stop_process, keeping, (signal.SIGTERM, 60.0))
    assert keeping.stdout is not None
    with keeping.stdout as told:
        names = json.loads(told.readline() or b"{}")
    if not names:
        raise RuntimeError("The keeper of the tests' servers ended at its start; see above.")
    os.environ.update(names)
    opens = X25519PrivateKey.generate()
    os.environ.update(
        {
            "SIPATROL_TEST_FOLDER": str(folder),
            "SECRET_KEY": secrets.token_urlsafe(60),
            "CREDENTIAL_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "RECEIPT_KEY": secrets.token_urlsafe(40),
            "IDENTITY_KEY": opens.public_key().public_bytes_raw().hex(),
            "SIPATROL_TEST_IDENTITY_KEY": opens.private_bytes_raw().hex(),
            "VAR_DIR": str(folder / "var"),
            "EVIDENCE_DIR": str(folder / "evidence"),
            "EXAMPLE": "1",
            "SECOND_FACTOR": "offered",
            "DEBUG": "0",
        }
    )
    for name in ("STAND_INS", "PORT", "HTTPS", "BEHIND_PROXY", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)


@functools.cache
def start() -> None:
    """Returns when PostgreSQL and Valkey answer. Whoever asks first waits for their start, and so does who asks meanwhile.

    Servers that the environment names without a keeper stand already.
    """
    address = os.environ.get("SIPATROL_TEST_KEEPER")
    if address is None:
        return
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        answer = line.makefile().read()
    if answer != keeper.READY:
        raise RuntimeError(answer or "The keeper of the tests' servers ended.")


def broker_of(worker: str, url: str) -> str:
    """The broker's database of one worker of xdist ("gw0"): tests empty theirs while others count in it. Valkey has sixteen, the first is
    that of a process without workers."""
    return re.sub(r"virtual_host=\d+", f"virtual_host={int(worker.removeprefix('gw')) + 1}", url)


if "SIPATROL_TEST_FOLDER" not in os.environ:
    _reserve()
    atexit.register(_open.close)  # pytest that stops before its end (a wrong option) leaves nothing running either
elif "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["BROKER_URL"] = broker_of(os.environ["PYTEST_XDIST_WORKER"], os.environ["BROKER_URL"])


def pytest_unconfigure(config: Any) -> None:
    """Ends what this process started, and only that."""
    _open.close()

"""Loaded by pytest before Django: real servers on throw-away folders, and the environment that names them.

The controlling process starts them; xdist's workers find them in their environment. Nothing is shared with a running `make run`.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

from example import servers

_open = contextlib.ExitStack()


def _start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="sip-tests-"))
    folder.chmod(0o755)
    _open.callback(shutil.rmtree, folder, ignore_errors=True)
    postgres = _open.enter_context(servers.Postgres(folder / "postgres", durable=False))
    valkey = _open.enter_context(servers.Valkey(folder / "valkey", durable=False))
    os.environ.update(
        {
            "SIPATROL_TEST_FOLDER": str(folder),
            "SIPATROL_TEST_SUPERUSER_URL": postgres.superuser_url,
            "DATABASE_URL": postgres.app_url,
            "DATABASE_OWNER_URL": postgres.owner_url,
            "BROKER_URL": valkey.url,
            "SECRET_KEY": secrets.token_urlsafe(60),
            "CREDENTIAL_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "VAR_DIR": str(folder / "var"),
            "EVIDENCE_DIR": str(folder / "evidence"),
            "EXAMPLE": "1",
            "DEBUG": "0",
        }
    )
    for name in ("STAND_INS", "PORT", "HTTPS", "BEHIND_PROXY", "ALLOWED_HOSTS"):
        os.environ.pop(name, None)


if "SIPATROL_TEST_FOLDER" not in os.environ:
    _start()
    atexit.register(_open.close)  # pytest that stops before its end (a wrong option) leaves nothing running either


def pytest_unconfigure(config: Any) -> None:
    """Ends what this process started, and only that."""
    _open.close()

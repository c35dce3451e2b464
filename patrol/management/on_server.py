"""What commands that hand out a file of personal data share: who runs them, for whom, and a file that only its owner reads."""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError

from patrol import models
from patrol.evidence import durable


def account() -> str:
    """Of the server, as the system knows it; who came to it by sudo."""
    try:
        own = getpass.getuser()
    except (KeyError, OSError):  # of an account that has no name, as in a container
        own = str(os.getuid())
    return os.environ.get("SUDO_USER") or own


def person(username: str) -> models.Person:
    """For whom a command runs. Raises CommandError."""
    found = models.Person.objects.select_related("office").filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active account {username}.")
    return found


@contextlib.contextmanager
def new(file: Path) -> Iterator[BinaryIO]:
    """A file that has its name once the block has ended, synced; where the block or the process ends otherwise there is none. Only its
    owner reads it. Raises OSError, before the block where the file is there already or its folder is not."""
    if os.path.lexists(file):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    handle, beside = _unnamed(file.parent)
    try:
        with os.fdopen(handle, "w+b") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
            _named(opened.fileno(), beside, file)
    finally:
        if beside:
            Path(beside).unlink(missing_ok=True)
    durable.sync(file.parent)


def _unnamed(folder: Path) -> tuple[int, str]:
    """A file without a name: it goes with the process. Some file systems know none (NFS): there one with a name of its own, as second."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600), ""
    except OSError as error:
        if error.errno not in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
            raise
    return tempfile.mkstemp(dir=folder, prefix=durable.BESIDE)


def _named(handle: int, beside: str, file: Path) -> None:
    """Never over another one."""
    if beside:
        os.link(beside, file)
        return
    opened = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY)  # by its number: a link to what has no name
    try:
        os.link(str(handle), file, src_dir_fd=opened, follow_symlinks=True)
    finally:
        os.close(opened)


def write(file: Path, content: bytes) -> None:
    """A new file, whole or not at all. Raises OSError, also where it is there already."""
    with new(file) as opened:
        opened.write(content)

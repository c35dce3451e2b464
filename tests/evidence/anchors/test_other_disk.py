"""The folder of the manifests on a file system of its own: full, gone, or read-only, it is told on /health/, and caught up with after."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from patrol import models
from patrol.evidence import durable
from patrol.evidence.anchors import folder, making
from patrol.infra import jobs
from tests.evidence.anchors import sealed

pytestmark = pytest.mark.django_db
NOW = sealed.NOW


def told(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small tmpfs, seen as the folder of the manifests; skipped where this machine lets nobody mount one."""
    own, seen = tmp_path / "disk", tmp_path / "anchors"
    own.mkdir()
    seen.mkdir()
    if not shutil.which("mount") or not told("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(own)):
        pytest.skip("nothing can be mounted here")
    try:
        assert told("mount", "--bind", str(own), str(seen))
        sealed.key(tmp_path)
        assert seen == sealed.place()
        yield own
    finally:
        told("umount", "-l", str(seen))
        told("umount", "-l", str(own))


def run(now: datetime) -> tuple[str, str | None]:
    """The sweep and the worker; state of the job, and what /health/ says is wrong."""
    making.mark(now=now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
    jobs.run({making.KIND: making.carry_out}, now=now)
    told = Client().get("/health/").json()["sealed"]
    return models.Job.objects.get(kind=making.KIND).state, told["problem"]


def fill(own: Path) -> None:
    with (own / "penuh").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def empty(own: Path) -> None:
    (own / "penuh").unlink()


def take_away(_own: Path) -> None:
    assert told("umount", "-l", settings.ANCHOR_DIR)


def bring_back(own: Path) -> None:
    assert told("mount", "--bind", str(own), settings.ANCHOR_DIR)


def read_only(_own: Path) -> None:
    assert told("mount", "-o", "remount,ro,bind", settings.ANCHOR_DIR)


def writable(_own: Path) -> None:
    assert told("mount", "-o", "remount,rw,bind", settings.ANCHOR_DIR)


WAYS: Final[dict[str, tuple[Callable[[Path], None], Callable[[Path], None], str, str]]] = {
    "full": (fill, empty, "anchor_folder", "No space left on device"),
    "gone": (take_away, bring_back, "anchor_cut", "the folder holds none after 0"),
    "read-only": (read_only, writable, "anchor_folder", "Read-only file system"),
}


@pytest.mark.parametrize("how", WAYS)
def test_it_is_told_and_caught_up_with(how: str, disk: Path) -> None:
    spoil, mend, code, words = WAYS[how]
    sealed.acts(3)
    assert run(NOW) == ("done", None)
    spoil(disk)
    sealed.acts(2, start=20)
    assert run(NOW + timedelta(minutes=15)) == ("waiting", code)
    problem = models.Job.objects.get(kind=making.KIND).problem
    assert problem is not None
    assert words in problem["en"]
    sealed.acts(2, start=40)
    assert run(NOW + timedelta(minutes=30)) == ("waiting", code)
    assert making.newest().number == 1
    mend(disk)
    assert run(NOW + timedelta(minutes=45)) == ("done", None)
    last = making.newest()
    assert (last.number, last.new, folder.newest(disk)) == (2, 0, 2)
    assert not list(disk.rglob(f"{durable.BESIDE}*"))
    assert sealed.found() == []


def test_it_is_no_reach_of_the_disk_of_the_preserved_files(disk: Path) -> None:
    sealed.acts(1)
    assert run(NOW) == ("done", None)
    assert "folder_disk" not in making.newest().reach

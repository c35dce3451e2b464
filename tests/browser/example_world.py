"""The example world behind its first patrol: made once for all tests of a run, copied by whoever decides something in it.

The patrol takes longer than most of what is looked at afterwards. tests/worker/ is where patrols are tested.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import conftest, stack

FOLDER = conftest.FOLDER / "patrolled"
DATABASE = "patrolled"
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))  # one for all workers of a run
SWEEP_SECONDS = "5"  # as an example run has it: nobody dies here


def all_done(going: stack.Stack) -> bool:
    """Every watch had its run; what it brought is read and tied, and of its pictures and pages none could be fetched now."""
    left = (
        "patrol_watch WHERE last_good_at IS NULL",
        "patrol_post WHERE due_at IS NOT NULL",
        "patrol_linkedpost WHERE linked_at IS NULL",
        "patrol_job WHERE state = 'waiting' AND due_at <= clock_timestamp()",
    )
    return all(going.count(what) == 0 for what in left)


def patrolled() -> stack.Kept:
    """Made by whoever asks first; the others wait for it."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "made").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        told = json.loads(mark.read() or "{}")
        if told.get("run") == RUN:
            return stack.Kept(Path(told["folder"]), DATABASE, told["secret_key"])
        mark.truncate(0)
        for left in filter(Path.is_dir, FOLDER.iterdir()):  # of an earlier run, or of one that failed
            shutil.rmtree(left)
        folder = FOLDER / RUN
        with stack.Stack(folder, database=DATABASE, started=("worker", "beat")) as going:
            going.wait_for(lambda: all_done(going), 480, "the first patrol")
            going.stop("beat", "worker")
        kept = going.kept()
        mark.write(json.dumps({"run": RUN, "folder": str(folder), "secret_key": kept.secret_key}))
        return kept


@contextmanager
def running(folder: Path, name: str) -> Iterator[stack.Stack]:
    """A whole product of its own on a copy of it: web, worker, beat and the example site."""
    database = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    more = {"SWEEP_SECONDS": SWEEP_SECONDS}
    with stack.Stack(folder, database=database, like=patrolled(), started=("web", "worker", "beat"), environment=more) as going:
        yield going

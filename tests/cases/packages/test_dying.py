"""Whoever makes a package is killed at a step: no half file stands under its name, what left is what the log and the berita acara say, and
trying again makes one.

PACKAGE_DEATHS says at how many steps of each way, PACKAGE_SEED which (`make soak`: before and after each that writes, and some of the
others). The steps are those a making that lives goes through: tests/cases/packages/dying.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from patrol import models
from patrol.access import audit
from patrol.cases.packages import exporting
from patrol.evidence import custody_log
from tests import stack
from tests.cases.packages import packed, test_requests
from tests.evidence.anchors import sealed

DEATHS = int(os.environ.get("PACKAGE_DEATHS", "2"))  # of each way
SEED = int(os.environ.get("PACKAGE_SEED", "5"))
WRITES = ("commit", "fsync", "link", "replace", "INSERT", "UPDATE", "SAVEPOINT", "RELEASE", "pdf")  # how these steps begin


class Makes:
    """The process that makes packages; `steps`: of the last one."""

    def __init__(self, process: subprocess.Popen[str], way: str, file: Path, case: models.Case, by: models.Person, request: str) -> None:
        self.process, self.way, self.file = process, way, file
        self.case, self.by, self.request = case, by, request
        self.steps: list[str] = []
        self.sent = ""

    def one(self, at: int = 0, *, after: bool = False) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"way": self.way, "case": self.case.pk, "by": self.by.pk, "file": str(self.file), "request": self.request}
        self.process.stdin.write(json.dumps(asked | {"at": at, "after": after}) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        self.steps, self.sent = told["steps"], told["sent"]
        return str(told["came"])

    def left(self) -> str:
        """The SHA-256 of what left, looked at and put away; "" where nothing did. There is nothing else in its folder."""
        if self.way == "page":
            return self.sent
        if not self.file.exists():
            assert list(self.file.parent.iterdir()) == []
            return ""
        content = self.file.read_bytes()
        with zipfile.ZipFile(self.file) as opened:
            assert opened.testzip() is None
        self.file.unlink()
        assert list(self.file.parent.iterdir()) == []
        return hashlib.sha256(content).hexdigest()


@pytest.fixture(params=["command", "command, with originals", "page"])
def makes(request: pytest.FixtureRequest, committed: None, settings: Any, tmp_path: Path) -> Iterator[Makes]:
    case, by = packed.case(count=1)
    packed.anchored(tmp_path)
    way, _comma, whole = request.param.partition(", ")
    asked = test_requests.approved(case, by).number if whole else ""
    names = {
        "DATABASE_URL": stack.named(os.environ["DATABASE_URL"], str(configured.DATABASES["default"]["NAME"])),
        "EVIDENCE_DIR": str(settings.EVIDENCE_DIR),
        "ANCHOR_DIR": str(settings.ANCHOR_DIR),
        "ANCHOR_KEY": str(settings.ANCHOR_KEY),
        "OPENBLAS_NUM_THREADS": "1",  # it forks, which a process of several threads may not survive
    }
    (tmp_path / "out").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cases.packages.dying"],
        env=os.environ | names,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Makes(process, way, tmp_path / "out" / "perkara.zip", case, by, asked)
    process.communicate()
    assert process.returncode == 0


def told() -> list[tuple[str, str]]:
    """Of each package the log names its SHA-256 and its minutes, which stand, and whose entries of custody name it as well."""
    rows = models.AuditEntry.objects.filter(verb=exporting.VERB).order_by("seq").values_list("after__sha256", "after__minutes")
    of_minutes = models.CustodyEntry.objects.filter(act="exported").values_list("after", "minutes__number").distinct()
    assert sorted(of_minutes) == sorted(rows)
    assert sorted(models.Minutes.objects.filter(kind="exported").values_list("number", flat=True)) == sorted(one for _sha256, one in rows)
    return list(rows)


def chosen(steps: list[str], chance: random.Random) -> list[tuple[int, bool]]:
    """(step, whether after it): about the file's name first, then those that write something."""
    every = [(place, after) for place in range(1, len(steps) + 1) for after in (False, True)]
    naming = [one for one in every if steps[one[0] - 1] == "link"][-2:]
    writes = [one for one in every if steps[one[0] - 1].startswith(WRITES) and one not in naming]
    reads = [one for one in every if one not in (*naming, *writes)]
    chance.shuffle(writes)
    chance.shuffle(reads)
    return sorted([*naming, *writes, *reads][:DEATHS])


def test_a_death_at_any_step_leaves_no_half_package_and_a_second_try_makes_one(makes: Makes, capsys: pytest.CaptureFixture[str]) -> None:
    assert makes.one() == "done"
    steps = makes.steps
    assert {"commit", "pdf"} | ({"fsync", "link"} if makes.way == "command" else set()) <= set(steps)
    rows = told()
    assert [sha256 for sha256, _minutes in rows] == [makes.left()]
    deaths, unseen = chosen(steps, random.Random(SEED)), 0
    for at, after in deaths:
        here = (steps[at - 1], at, after)
        assert makes.one(at, after=after) == "died", here
        left, before, rows = makes.left(), rows, told()
        new = [sha256 for sha256, _minutes in rows[len(before) :]]
        # What is out is named. What is named may not have come to be out: the log speaks first.
        assert (rows[: len(before)], len(new) <= 1) == (before, True), here
        assert left in ("", *new), here
        unseen += bool(new) and not left
        assert makes.one() == "done", here
        left, before, rows = makes.left(), rows, told()
        assert (rows[:-1], rows[-1][0]) == (before, left), here
    assert (audit.verify(), list(custody_log.verify()), sealed.found()) == (None, [], [])
    if DEATHS > 10:
        with capsys.disabled():
            print(f"\n{makes.way} {makes.request}: {len(steps)} steps, {len(deaths)} deaths, {unseen} with a row and nothing that left")

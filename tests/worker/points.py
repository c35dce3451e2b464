"""Every point at which a process can die on the way of a post or a job, taken from the code itself: a new step brings its points along.

The functions in FOLLOWED (a post's way) and JOBS_FOLLOWED (pictures, imported files) are read; before and after each function of the
product they call lies a point. To them come those below the product: file sync and rename, commit, and the broker's publish and
acknowledge. Names read "where: what", as
"before keeping.page: custody.keep".
"""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
from celery.app.task import Task
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from patrol import tasks
from patrol.evidence import custody, raw, sealing
from patrol.infra import jobs
from patrol.intake import imports
from patrol.pipeline import assessing, fetching, flagging, keeping, picture_reads, picturing, storing
from patrol.watches import turns

FOLLOWED: tuple[Callable[..., Any], ...] = (
    turns.claim,
    turns.release,
    fetching.patrol_watch,
    keeping.page,
    custody.keep,
    storing.store,
    storing._stored,
    storing._store,
    storing._add,
    raw.put,
    assessing.read_due,
    assessing._read,
    assessing._take,
    keeping.batch,
    keeping._judged,
    flagging.raise_flags,
    tasks._seal,
    sealing.seal,
)
# Called by them, and no step of the way: they neither read nor write anything that outlives the process, or are no part of a good run.
PASSED_BY = {
    "fetching.unexpected": "of a run that failed",
    "turns.problem_json": "a dict",
    "turns._pause": "a number",
    "claiming.quarantine": "of a post that is refused",
    "storing._not_stored": "a sentence",
    "storing._spelled": "bytes",
    "copying.lines": "bytes",
    "flagging.gist": "a sentence",
    "findings.state_for": "a word",
    "rules.version": "a digest",
    "raw.path_of": "a path",
    "fetching._counted": "of a watch with a quota",
    "credentials.refuse": "of a run that failed",
    "pace.heed": "of a run that failed",
    "turns._used": "reads only",
    "wellbeing.hours_of": "reads only",
    "schedules.held": "a date",
    "turns._due": "a date",
    "picture_reads.put_washed": "of posts with pictures",
    "picture_reads.keep_washed": "of posts with pictures",
    "absence.note": "of a page that shows something is gone",
    "assessing._opened": "opens pictures; none here",
    "sealing.due": "reads only",
    "sealing._found": "reads only",
    "sealing._digest": "a digest",
}
JOBS_FOLLOWED: tuple[Callable[..., Any], ...] = (
    jobs.run,
    picturing.fetch_pictures,
    picturing._fetch_one,
    picturing.keep,
    picturing._read_again,
    imports.take,
    imports.go_on,
    imports._chunk,
    imports._ended,
    imports.run_job,
    assessing.read_pictured,
    picture_reads.put_washed,
    picture_reads.keep_washed,
)
JOBS_PASSED_BY = {
    "picturing._settle": "of a picture that is missing or refused",
    "picturing._keep_given": "of pictures people bring in",
    "imports._counted": "a list",
    "imports._items": "a generator, begun later",
    "picture_reads.rendition_of": "a dict",
    "picturing.client": "an object",
    "picturing._whole": "a look at a flag",
    "jobs._unexpected": "a sentence",
    "fetching.obeying": "an object",
    "fetching.robots_policy": "a dict",
    "picturing._not_wanted": "of a picture that is refused",
    "raw.open_bytes": "reads only",
}
BELOW = ("fsync", "rename", "commit", "publish", "acknowledge")


class KilledError(BaseException):
    """The process is gone: nothing on the way may catch it."""


def _named(function: Callable[..., Any]) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def _calls(function: Callable[..., Any]) -> Iterator[tuple[ModuleType, str, FunctionType]]:
    """(module, attribute, function) of each call in the body that reaches a function of the product."""
    module = inspect.getmodule(function)
    assert module is not None
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if not isinstance(node, ast.Call):
            continue
        holder: Any = module
        if isinstance(node.func, ast.Name):
            name = node.func.id
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            holder, name = getattr(module, node.func.value.id, None), node.func.attr
        else:
            continue
        called = getattr(holder, name, None)
        if isinstance(holder, ModuleType) and isinstance(called, FunctionType) and called.__module__.startswith("patrol."):
            yield holder, name, called


type Steps = dict[str, list[tuple[ModuleType, str]]]


def steps(followed: Iterable[Callable[..., Any]], passed_by: Container[str]) -> Steps:
    """Name of each called function -> where it is looked up. Made once, before anything is patched."""
    found: Steps = {}
    for function in followed:
        for holder, name, called in _calls(function):
            place = (holder, name)
            if _named(called) not in passed_by and place not in found.setdefault(_named(called), []):
                found[_named(called)].append(place)
    return found


def points(followed: Steps) -> tuple[str, ...]:
    return tuple(sorted(f"{when} {what}" for what in (*followed, *BELOW) for when in ("before", "after")))


STEPS = steps(FOLLOWED, PASSED_BY)
POINTS = points(STEPS)
JOB_STEPS = steps(JOBS_FOLLOWED, JOBS_PASSED_BY)
JOB_POINTS = points(JOB_STEPS)


class Process:
    """Stands in for worker and broker: messages wait in a list; what is armed kills at its point, once."""

    def __init__(self, patch: pytest.MonkeyPatch, followed: Steps = STEPS) -> None:
        self.waiting: list[tuple[str, tuple[Any, ...]]] = []
        self.armed, self.left, self.died = "", 0, ""
        for what, places in followed.items():
            for holder, name in places:
                self._around(patch, holder, name, what)
        self._around(patch, os, "fsync", "fsync")
        self._around(patch, Path, "replace", "rename")
        self._around(patch, BaseDatabaseWrapper, "commit", "commit")
        patch.setattr(Task, "delay", lambda task, *given: self.publish(task.name, given))

    def _around(self, patch: pytest.MonkeyPatch, holder: Any, name: str, what: str) -> None:
        real: Callable[..., Any] = getattr(holder, name)

        def run(*given: Any, **named: Any) -> Any:
            self.reached(f"before {what}")
            answer = real(*given, **named)
            self.reached(f"after {what}")
            return answer

        patch.setattr(holder, name, run)

    def arm(self, point: str, left: int) -> None:
        self.armed, self.left, self.died = point, left, ""

    def reached(self, point: str) -> None:
        if point == self.armed:
            self.left -= 1
            if self.left == 0:
                self.armed, self.died = "", point
                connection.close()  # as the server sees it; open, Django ends the transaction and raises an error of its own
                raise KilledError(point)

    def publish(self, name: str, given: tuple[Any, ...]) -> None:
        self.reached("before publish")
        self.waiting.append((name, given))
        self.reached("after publish")

    def work(self) -> None:
        """Delivers until nothing waits. A message is taken off behind its task: one that was not acknowledged comes again."""
        doors = {task.name: task for task in (tasks.patrol_watch, tasks.read_posts, tasks.read_pictures, tasks.run_jobs)}
        while self.waiting:
            name, given = self.waiting[0]
            if name in doors:
                doors[name].run(*given)
            self.reached("before acknowledge")
            self.waiting.remove((name, given))
            self.reached("after acknowledge")

"""Templates of tasks: the lines a kind of case begins with, shipped in task_lines.toml and changed by the directorate.

A line that is removed stays as a row: the tasks made from it name it, and no case is offered it again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind, TaskFor

MOST: Final = 30  # lines of one kind
MOST_DAYS: Final = 365
LONGEST: Final = 200  # letters of a title


class StaleError(Exception):
    """Somebody changed or removed the line meanwhile."""


def of(kind: str) -> QuerySet[models.TaskLine]:
    return models.TaskLine.objects.filter(kind=kind, removed_at=None).order_by("place", "id")


def load() -> int:
    """Makes the lines of task_lines.toml for each kind that never had one. Returns how many; what is there is never changed."""
    listed = tomllib.loads((Path(__file__).parent / "task_lines.toml").read_text())
    known = set(models.TaskLine.objects.values_list("kind", flat=True))
    missing = [
        models.TaskLine(kind=kind, place=place, **line)
        for kind, lines in listed.items()
        if kind not in known
        for place, line in enumerate(lines, 1)
    ]
    return len(models.TaskLine.objects.bulk_create(missing))


def add(
    *, kind: str, title: str, title_en: str, days: int | None, goes_to: str, by: models.Person | None, now: datetime
) -> models.TaskLine:
    """A new last line. `by` None is the installation itself. Raises RefusedError, PermissionDenied."""
    if by is not None:
        access.require(by, Action.TASK_TEMPLATE)
    if kind not in set(CaseKind):
        raise RefusedError("line.kind", _("Choose what kind of case it is for."), "kind")
    said = _checked(title, title_en, days, goes_to)
    with transaction.atomic():
        there = _held(kind)
        if len(there) >= MOST:
            raise RefusedError("line.too_many", _("%(most)s lines at most."), "title", most=MOST)
        last = models.TaskLine.objects.filter(kind=kind).aggregate(last=Max("place"))["last"] or 0
        line = models.TaskLine.objects.create(kind=kind, **said, place=last + 1)
        audit.write("task_line.added", by=by, now=now, target=line, after={"case_kind": kind, **said})
    return line


def change(
    *, line_id: int, title: str, title_en: str, days: int | None, goes_to: str, seen_version: int, by: models.Person, now: datetime
) -> models.TaskLine:
    """For the tasks made from now on: those that are there stay as they are. Raises RefusedError, StaleError, PermissionDenied."""
    access.require(by, Action.TASK_TEMPLATE)
    said = _checked(title, title_en, days, goes_to)
    return _put(line_id, seen_version, lambda line, there: said, "task_line.changed", by=by, now=now)


def move(*, line_id: int, up: bool, seen_version: int, by: models.Person, now: datetime) -> models.TaskLine:
    """One place up or down; the first goes no further up, the last no further down. Raises StaleError, PermissionDenied."""
    access.require(by, Action.TASK_TEMPLATE)

    def moved(line: models.TaskLine, there: list[models.TaskLine]) -> dict[str, Any]:
        at = there.index(line)
        there.insert(max(0, at - 1) if up else at + 1, there.pop(at))
        for place, one in enumerate(there, 1):
            if one.pk != line.pk and one.place != place:
                models.TaskLine.objects.filter(pk=one.pk).update(place=place)
        return {"place": there.index(line) + 1}

    return _put(line_id, seen_version, moved, "task_line.moved", by=by, now=now)


def remove(*, line_id: int, seen_version: int, by: models.Person, now: datetime) -> models.TaskLine:
    """No case is offered it any more; the tasks made from it stay. Raises StaleError, PermissionDenied."""
    access.require(by, Action.TASK_TEMPLATE)
    return _put(line_id, seen_version, lambda line, there: {"removed_at": now}, "task_line.removed", by=by, now=now)


def _checked(title: str, title_en: str, days: int | None, goes_to: str) -> dict[str, Any]:
    title, title_en = title.strip(), title_en.strip()
    if not title:
        raise RefusedError("line.title", _("This is required."), "title")
    for field, words in (("title", title), ("title_en", title_en)):
        if len(words) > LONGEST:
            raise RefusedError("line.title_long", _("%(most)s letters at most."), field, most=LONGEST)
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise RefusedError("line.days", _("From 0 to %(most)s days, or nothing."), "days", most=MOST_DAYS)
    if goes_to not in set(TaskFor):
        raise RefusedError("line.goes_to", _("Choose whose task it is."), "goes_to")
    return {"title": title, "title_en": title_en, "days": days, "goes_to": goes_to}


def _held(kind: str) -> list[models.TaskLine]:
    """The lines of a kind in their order, locked in the order of their ids."""
    locked = models.TaskLine.objects.select_for_update(no_key=True).filter(kind=kind, removed_at=None).order_by("id")
    return sorted(locked, key=lambda line: (line.place, line.pk))


def _put(
    line_id: int,
    seen_version: int,
    changing: Callable[[models.TaskLine, list[models.TaskLine]], dict[str, Any]],
    verb: str,
    *,
    by: models.Person,
    now: datetime,
) -> models.TaskLine:
    """Compare-and-set of one line with its row of the log; a change of nothing writes nothing."""
    with transaction.atomic():
        there = _held(models.TaskLine.objects.get(pk=line_id).kind)
        line = next((one for one in there if one.pk == line_id), None)
        if line is None or line.version != seen_version:
            raise StaleError
        wanted = changing(line, there)
        changes = {field: value for field, value in wanted.items() if getattr(line, field) != value}
        if changes:
            models.TaskLine.objects.filter(pk=line_id).update(version=seen_version + 1, **changes)
            told = {} if "removed_at" in changes else changes
            audit.write(verb, by=by, now=now, target=line, before={field: getattr(line, field) for field in told}, after=told)
            line.refresh_from_db()
    return line

"""Verbs on joint leave (cuti bersama): the list of the directorate, by which the clock of a case rests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import clock_edition
from patrol.infra.refusals import RefusedError

FIRST_YEAR, LAST_YEAR = 2020, 2099
_SHIPPED: Final = Path(__file__).parent / "joint_leave.toml"


def shipped() -> list[tuple[date, str, str]]:
    """Day, name and decree of the days an installation begins with."""
    years: Mapping[str, Any] = tomllib.loads(_SHIPPED.read_text())
    return [(one["day"], one["name"], listed["decree"]) for listed in years.values() for one in listed["days"]]


def load() -> int:
    """Makes the shipped days that are not there yet. Returns how many; one that exists, also as no day off, is never changed."""
    known = set(models.JointLeave.objects.values_list("day", flat=True))
    missing = [one for one in shipped() if one[0] not in known]
    with transaction.atomic():
        models.JointLeave.objects.bulk_create(models.JointLeave(day=day, name=name, decree=decree) for day, name, decree in missing)
        if missing:
            clock_edition.bump()
    return len(missing)


def days_off() -> frozenset[date]:
    """All days of joint leave on which nobody works. One query."""
    return frozenset(models.JointLeave.objects.filter(off=True).values_list("day", flat=True))


def _written(name: str, decree: str) -> dict[str, str]:
    for field, value in (("name", name), ("decree", decree)):
        if not value.strip():
            raise RefusedError("joint_leave.required", _("This is required."), field)
    return {"name": name.strip()[:100], "decree": decree.strip()[:200]}


def add(*, day: date, name: str, decree: str, by: models.Person, now: datetime) -> models.JointLeave:
    """A day on which nobody works, with the decree that says so. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.CLOCK_CHANGE)
    written = _written(name, decree)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RefusedError("joint_leave.day", _("Choose a day between %(first)s and %(last)s."), "day", first=FIRST_YEAR, last=LAST_YEAR)
    try:
        with transaction.atomic():
            made = models.JointLeave.objects.create(day=day, **written, changed_by=by, changed_at=now)
            clock_edition.bump()
            audit.write("joint_leave.added", by=by, now=now, target=made, after={"day": day.isoformat(), **written})
    except IntegrityError:
        raise RefusedError("joint_leave.known", _("This day stands in the list already: change it there."), "day") from None
    return made


def change(*, leave_id: int, name: str, decree: str, off: bool, by: models.Person, now: datetime) -> models.JointLeave:
    """Another name or decree, or no day off any more (and back). Raises RefusedError, PermissionDenied, JointLeave.DoesNotExist."""
    access.require(by, Action.CLOCK_CHANGE)
    after = {**_written(name, decree), "off": off}
    with transaction.atomic():
        leave = models.JointLeave.objects.select_for_update(no_key=True).get(pk=leave_id)
        before = {"name": leave.name, "decree": leave.decree, "off": leave.off}
        models.JointLeave.objects.filter(pk=leave_id).update(**after, changed_by=by, changed_at=now)
        clock_edition.bump()
        audit.write("joint_leave.changed", by=by, now=now, target=leave, before=before, after={"day": leave.day.isoformat(), **after})
    leave.refresh_from_db()
    return leave

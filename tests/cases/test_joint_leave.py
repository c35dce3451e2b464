"""Joint leave: the directorate's own list."""

from __future__ import annotations

from datetime import date
from typing import Any

import holidays
import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.cases import joint_leave
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories

DAY = date(2026, 11, 24)


def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


def added(by: models.Person, **given: Any) -> models.JointLeave:
    fields: dict[str, Any] = {"day": DAY, "name": "Cuti Contoh", "decree": "SKB contoh 1/2026"}
    return joint_leave.add(**(fields | given), by=by, now=factories.NOW)


def test_the_shipped_days_are_those_of_the_library() -> None:
    shipped = {day: name for day, name, _decree in joint_leave.shipped()}
    assert shipped == dict(holidays.country_holidays("ID", years=range(2025, 2028), categories=("government",), language="id"))
    assert {len(name) <= 100 and len(decree) <= 200 for _day, name, decree in joint_leave.shipped()} == {True}


@pytest.mark.django_db
def test_loading_twice_makes_each_day_once_and_brings_none_back() -> None:
    assert joint_leave.load() == len(joint_leave.shipped())
    christmas = models.JointLeave.objects.get(day=date(2026, 12, 24))
    assert (christmas.changed_by, christmas.off) == (None, True)
    by = supervisor()
    joint_leave.change(leave_id=christmas.pk, name=christmas.name, decree="Dibatalkan", off=False, by=by, now=factories.NOW)
    assert joint_leave.load() == 0
    assert date(2026, 12, 24) not in joint_leave.days_off()
    assert date(2026, 3, 20) in joint_leave.days_off()


@pytest.mark.django_db
def test_a_day_is_added_changed_and_struck_off() -> None:
    by = supervisor()
    leave = added(by)
    assert joint_leave.days_off() == {DAY}
    joint_leave.change(leave_id=leave.pk, name=" Lain ", decree="SKB 2", off=False, by=by, now=factories.NOW)
    leave.refresh_from_db()
    assert (leave.name, leave.decree, leave.off, leave.changed_by) == ("Lain", "SKB 2", False, by)
    assert joint_leave.days_off() == frozenset()
    assert list(models.AuditEntry.objects.order_by("seq").values_list("verb", "after")) == [
        ("joint_leave.added", {"day": "2026-11-24", "name": "Cuti Contoh", "decree": "SKB contoh 1/2026"}),
        ("joint_leave.changed", {"day": "2026-11-24", "name": "Lain", "decree": "SKB 2", "off": False}),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "day"),  # stands in the list already
        ({"day": date(2019, 12, 31)}, "day"),
        ({"day": date(2100, 1, 1)}, "day"),
        ({"day": date(2026, 11, 25), "name": " "}, "name"),
        ({"day": date(2026, 11, 25), "decree": ""}, "decree"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_happens(given: Any, place: str) -> None:
    by = supervisor()
    leave = added(by)
    with pytest.raises(RefusedError) as refused:
        added(by, **given)
    assert refused.value.place == place
    assert (list(models.JointLeave.objects.all()), models.AuditEntry.objects.count()) == ([leave], 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "code"), [(Role.SUPERVISOR, "bp3mi-jabar"), (Role.ANALYST, "directorate"), (Role.OFFICER, "directorate")])
def test_only_supervisors_of_the_directorate_change_it(role: str, code: str) -> None:
    leave, by = added(supervisor()), factories.person(role, code)
    with pytest.raises(PermissionDenied):
        added(by, day=date(2026, 11, 25))
    with pytest.raises(PermissionDenied):
        joint_leave.change(leave_id=leave.pk, name="x", decree="y", off=False, by=by, now=factories.NOW)
    assert joint_leave.days_off() == {DAY}

"""The page of working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from patrol import models
from patrol.cases import joint_leave
from patrol.models import Role
from tests.admin.conftest import Door
from tests.markup import tight

pytestmark = pytest.mark.django_db

LIST, ADD = (reverse(f"admin:patrol_jointleave_{name}") for name in ("changelist", "add"))
DAY = {"day": "2026-11-24", "name": "Cuti Contoh", "decree": "SKB contoh"}


@pytest.mark.parametrize(("days", "queries"), [(0, 5), (27, 5)])
def test_a_year_costs_the_same_however_many_days_it_holds(days: int, queries: int, door: Door, django_assert_num_queries: Any) -> None:
    client = door(Role.OFFICER)
    if days:
        joint_leave.load()
    with django_assert_num_queries(queries):
        answer = client.get(LIST, {"year": "2026"})
    text = tight(answer.content.decode())
    assert ("Hari Raya Idul Fitri" in text, "Cuti Bersama Hari Raya Natal" in text) == (True, bool(days))
    assert ADD not in text  # an officer reads it


@pytest.mark.parametrize("year", ["", "x", "1999", "2026", "99999999999999999"])
def test_any_year_in_the_address_shows_a_year(year: str, door: Door) -> None:
    assert door(Role.ANALYST).get(LIST, {"year": year}).status_code == 200


def test_a_supervisor_of_the_directorate_adds_a_day_and_strikes_it_off(door: Door) -> None:
    client = door(Role.SUPERVISOR, code="directorate")
    assert ADD in client.get(LIST).content.decode()
    answer = client.post(ADD, DAY)
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?year=2026")
    leave = models.JointLeave.objects.get()
    assert (leave.day, leave.off) == (date(2026, 11, 24), True)
    change = reverse("admin:patrol_jointleave_change", args=[leave.pk])
    assert client.post(change, {"name": "Cuti Contoh", "decree": "Dicabut"}).status_code == 302
    assert joint_leave.days_off() == frozenset()
    assert "Dicabut" in client.get(LIST, {"year": "2026"}).content.decode()


@pytest.mark.parametrize("wrong", [{"day": "2026-11-24"}, {"day": "kemarin"}, {"day": "2019-01-01"}, {"name": ""}, {"decree": "x" * 201}])
def test_what_is_refused_is_said_beside_its_field_and_kept(wrong: Any, door: Door) -> None:
    client = door(Role.SUPERVISOR, code="directorate")
    client.post(ADD, DAY)
    answer = client.post(ADD, DAY | {"day": "2026-11-25"} | wrong)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(wrong)
    assert models.JointLeave.objects.count() == 1

"""The clock of a case in words, beside that of the other side."""

from __future__ import annotations

import pytest

from patrol import cases
from patrol.admin.officer import case_clock
from patrol.cases import deadlines
from patrol.models import Role
from tests import factories
from tests.cases.test_clock import escalated, fresh, moved, opened, wib
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped() -> None:
    factories.offices()
    deadlines.load()


def test_a_merger_that_is_taken_back_leaves_the_clock_of_the_other_side_where_it_stood() -> None:
    analyst = factories.person(Role.ANALYST)
    case, other = (escalated(opened(now=at), at) for at in (NOW, NOW))
    for one in (case, other):
        moved(one, cases.take, wib(23, 11), by=analyst)
    before = case_clock.of_page(fresh(case), wib(23, 12))
    assert [str(one["step"]) for one in before] == ["Rujuk atau tutup", "Putuskan atau eskalasi (Jabar)"]
    moved(case, cases.merge, wib(23, 12), into=other.number, note="Sama.", by=analyst)
    assert case_clock.of_page(fresh(case), wib(23, 12)) == []
    case = moved(case, cases.unmerge, wib(23, 12), note="Lain.", by=analyst)
    assert case_clock.of_page(case, wib(23, 12)) == before


def test_a_case_of_the_directorate_s_own_is_not_told_to_be_escalated() -> None:
    case = opened("directorate", factories.person(Role.ANALYST))
    assert [str(one["step"]) for one in case_clock.of_page(case, NOW)] == ["Rujuk atau tutup"]
    assert [str(one["step"]) for one in case_clock.of_page(opened(), NOW)] == ["Putuskan atau eskalasi"]

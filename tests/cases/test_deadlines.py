"""Deadlines: data of the directorate, shipped as the house's own proposal."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.cases import clock_edition, deadlines
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind, Role
from patrol.models.deadlines import TIMED
from tests import factories

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[int, int]]:
    return list(models.CaseDeadline.objects.order_by("id").values_list("hours", "grace"))


def test_each_step_and_kind_is_loaded_once_and_never_changed_again() -> None:
    before = clock_edition.number()
    assert deadlines.load() == len(TIMED) * len(CaseKind)
    assert clock_edition.number() == before + 1
    one = models.CaseDeadline.objects.get(step="opened", kind="compound")
    assert (one.hours, one.grace, one.changed_by) == (4, 8, None)
    by = factories.person(Role.SUPERVISOR, "directorate")
    changed = deadlines.change(deadline_id=one.pk, hours=6, grace=0, by=by, now=factories.NOW)
    assert (changed.hours, changed.grace, changed.changed_by, changed.changed_at) == (6, 0, by, factories.NOW)
    assert (deadlines.load(), clock_edition.number()) == (0, before + 2)
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == (
        "deadline.changed",
        {"hours": 4, "grace": 8},
        {"step": "opened", "case_kind": "compound", "hours": 6, "grace": 0},
    )


@pytest.mark.parametrize(("hours", "grace", "place"), [(0, 1, "hours"), (401, 1, "hours"), (8, -1, "grace"), (8, 401, "grace")])
def test_hours_that_cannot_be_are_refused_and_nothing_happens(hours: int, grace: int, place: str) -> None:
    deadlines.load()
    before, edition = rows(), clock_edition.number()
    by, one = factories.person(Role.SUPERVISOR, "directorate"), models.CaseDeadline.objects.first()
    assert one is not None
    with pytest.raises(RefusedError) as refused:
        deadlines.change(deadline_id=one.pk, hours=hours, grace=grace, by=by, now=factories.NOW)
    assert refused.value.place == place
    assert (rows(), clock_edition.number(), models.AuditEntry.objects.count()) == (before, edition, 0)


def test_the_same_hours_are_no_change() -> None:
    deadlines.load()
    before, edition = rows(), clock_edition.number()
    by, one = factories.person(Role.SUPERVISOR, "directorate"), models.CaseDeadline.objects.first()
    assert one is not None
    with pytest.raises(RefusedError, match=r"^deadline\.same"):
        deadlines.change(deadline_id=one.pk, hours=one.hours, grace=one.grace, by=by, now=factories.NOW)
    assert (rows(), clock_edition.number(), models.AuditEntry.objects.count()) == (before, edition, 0)


@pytest.mark.parametrize(("role", "code"), [(Role.SUPERVISOR, "bp3mi-jabar"), (Role.ANALYST, "directorate")])
def test_only_supervisors_of_the_directorate_change_them(role: str, code: str) -> None:
    deadlines.load()
    before, one = rows(), models.CaseDeadline.objects.first()
    assert one is not None
    with pytest.raises(PermissionDenied):
        deadlines.change(deadline_id=one.pk, hours=1, grace=1, by=factories.person(role, code), now=factories.NOW)
    assert rows() == before

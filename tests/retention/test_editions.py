"""The times of keeping: put forward by one, approved by another, within bounds, in the verb and in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from patrol import models
from patrol.infra.refusals import RefusedError
from patrol.retention import editions
from patrol.retention.terms import terms
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> models.Person:
    return factories.person("analyst")


@pytest.fixture
def boss() -> models.Person:
    return factories.person("supervisor", "directorate")


def proposed(by: models.Person, **days: int | None) -> models.RetentionEdition:
    return editions.propose(times=editions.shipped() | days, reason="Jadwal retensi arsip", by=by, now=NOW)


def test_one_proposes_and_another_approves(analyst: models.Person, boss: models.Person) -> None:
    assert editions.in_force() is None
    asked = proposed(analyst, unflagged=120)
    assert (editions.in_force(), editions.waits_for(boss).get(), editions.times(None)["unflagged"]) == (None, asked, 180)
    editions.approve(edition_id=asked.pk, by=boss, now=NOW)
    assert editions.in_force() == asked
    assert editions.times(asked) == editions.shipped() | {"unflagged": 120}
    assert list(models.AuditEntry.objects.order_by("seq").values_list("verb", "actor_id")) == [
        ("retention.proposed", analyst.pk),
        ("retention.approved", boss.pk),
    ]


def test_the_last_that_was_approved_holds(analyst: models.Person, boss: models.Person) -> None:
    for days in (120, 150):
        editions.approve(edition_id=proposed(analyst, unflagged=days).pk, by=boss, now=NOW)
    refused = proposed(analyst, unflagged=90)
    editions.refuse(edition_id=refused.pk, note="terlalu singkat", by=boss, now=NOW)
    found = editions.in_force()
    assert found is not None
    assert found.times["unflagged"] == 150


@pytest.mark.parametrize(
    ("days", "place"),
    [({"unflagged": 89}, "unflagged"), ({"dismissed": 1826}, "dismissed"), ({"outbox": 6}, "outbox"), ({"victim": 0}, "victim")],
)
def test_a_time_outside_its_bounds_is_not_put_forward(days: dict[str, int], place: str, analyst: models.Person) -> None:
    with pytest.raises(RefusedError) as refused:
        proposed(analyst, **days)
    assert refused.value.place == place
    assert not models.RetentionEdition.objects.exists()


def test_what_is_refused_changes_nothing(analyst: models.Person, boss: models.Person) -> None:
    asked = proposed(boss)
    acts: list[tuple[Any, type[Exception]]] = [
        (lambda: editions.approve(edition_id=asked.pk, by=boss, now=NOW), RefusedError),
        (lambda: editions.approve(edition_id=asked.pk, by=analyst, now=NOW), PermissionDenied),
        (lambda: editions.withdraw(edition_id=asked.pk, by=analyst, now=NOW), PermissionDenied),
        (lambda: editions.refuse(edition_id=asked.pk, note=" ", by=boss, now=NOW), RefusedError),
        (lambda: proposed(analyst), RefusedError),
        (lambda: proposed(factories.person("supervisor")), PermissionDenied),
        (lambda: editions.propose(times=editions.shipped(), reason=" ", by=analyst, now=NOW), RefusedError),
    ]
    for act, why in acts:
        with pytest.raises(why):
            act()
    assert (models.RetentionAnswer.objects.count(), editions.waiting().get()) == (0, asked)
    editions.withdraw(edition_id=asked.pk, by=boss, now=NOW)
    with pytest.raises(RefusedError):
        editions.approve(edition_id=asked.pk, by=factories.person("supervisor", "directorate"), now=NOW)
    assert editions.in_force() is None


@pytest.mark.parametrize("key", list(terms()))
def test_the_database_knows_the_bounds_of_each_term(key: str, analyst: models.Person) -> None:
    term = terms()[key]
    assert term.most is not None
    for days in (term.least - 1, term.most + 1):
        with pytest.raises(IntegrityError, match=f"outside its bounds: {key}, {term.least} to {term.most}"), transaction.atomic():
            models.RetentionEdition.objects.create(times={key: days}, reason="uji", by=analyst, at=NOW)
    assert not models.RetentionEdition.objects.exists()
    for allowed in (term.least, term.most, None):
        models.RetentionEdition.objects.create(times={key: allowed}, reason="uji", by=analyst, at=NOW)


def test_the_database_asks_for_two_people_by_its_own_clock_whatever_time_is_given(analyst: models.Person, boss: models.Person) -> None:
    asked, now = proposed(analyst), timezone.now()
    models.Appointment.objects.create(
        person=boss, kind="changed", role=boss.role, office=boss.office, by=analyst, at=now - timedelta(days=2)
    )
    models.Agreement.objects.create(appointment=models.Appointment.objects.latest("id"), by=factories.person(), at=now)
    for moment in (now, now + timedelta(days=365), now - timedelta(days=365)):
        with pytest.raises(IntegrityError, match="no second person"), transaction.atomic():
            models.RetentionAnswer.objects.create(edition=asked, kind="approved", by=boss, at=moment)
    assert editions.in_force() is None
    other = factories.person("supervisor", "directorate")
    models.RetentionAnswer.objects.create(edition=asked, kind="approved", by=other, at=now + timedelta(days=365))
    assert abs(models.RetentionAnswer.objects.get().at - timezone.now()) < timedelta(minutes=5)


def test_the_database_asks_for_the_second_person_and_the_90_days(analyst: models.Person, boss: models.Person) -> None:
    asked = proposed(boss)
    rows: list[Any] = [
        lambda: models.RetentionAnswer.objects.create(edition=asked, kind="approved", by=boss, at=NOW),
        lambda: models.RetentionAnswer.objects.create(edition=asked, kind="refused", by=boss, at=NOW),
        lambda: models.RetentionAnswer.objects.create(edition=asked, kind="withdrawn", by=analyst, at=NOW),
        lambda: models.RetentionEdition.objects.create(times={"unflagged": 89}, reason="uji", by=analyst, at=NOW),
        lambda: models.RetentionEdition.objects.create(times={"unflagged": "selalu"}, reason="uji", by=analyst, at=NOW),
        lambda: models.RetentionEdition.objects.filter(pk=asked.pk).update(times={}),
    ]
    for row in rows:
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            row()
    assert (models.RetentionEdition.objects.count(), models.RetentionAnswer.objects.count()) == (1, 0)

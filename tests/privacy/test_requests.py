"""Requests of subjects: by when they are due, what is kept, who answers them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import models
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.privacy import requests
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW
HOUR = timedelta(hours=1)
NUMBER = "0840 1111 2222"


def officer() -> models.Person:
    return factories.person(Role.DATA_PROTECTION_OFFICER)


def entered(by: models.Person, at: datetime = NOW, **other: Any) -> models.SubjectRequest:
    asked = {"question": "access", "about": "number", "value": NUMBER, "note": "Surat 7", "how": "letter", "identity": "not_yet"}
    return requests.enter(**{**asked, "asked_at": at, **other}, by=by, now=NOW)


def answered(row: models.SubjectRequest, by: models.Person, **other: Any) -> models.SubjectRequest:
    said = {"outcome": "answered", "identity": "id_card", "answer": "Surat 8: salinan diberikan.", "how": "letter"}
    return requests.answer(request_id=row.pk, **{**said, **other}, by=by, now=NOW + HOUR)


def test_a_request_is_due_three_days_round_the_clock_after_it_came() -> None:
    """It came on Saturday afternoon: nights and Sundays count."""
    made = entered(officer(), NOW - 40 * HOUR)
    assert (made.number, made.due_at - made.asked_at, made.entered_at) == ("PSD-26-0001", 72 * HOUR, NOW)


def test_what_it_is_about_is_kept_as_a_digest_alone() -> None:
    by = officer()
    row = entered(by)
    kept = " ".join(str(value) for value in models.SubjectRequest.objects.filter(pk=row.pk).values()[0].values())
    assert "1111" not in kept
    assert row.about_digest == requests.mark(" 0840  1111 2222") != requests.mark("0840 1111 2223")
    logged = models.AuditEntry.objects.get(verb="subject.entered")
    assert (logged.target_id, logged.actor_id) == (str(row.pk), by.pk)
    assert "1111" not in str(logged.after)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", "apa"),
        ("about", "apa"),
        ("how", "form"),
        ("identity", "apa"),
        ("value", "  "),
        ("value", "halo"),  # a number, by what is said that it is about
        ("asked_at", None),
        ("asked_at", NOW + HOUR),
        ("asked_at", NOW - timedelta(days=400)),
    ],
)
def test_what_is_missing_is_refused_beside_its_field_and_nothing_is_entered(field: str, value: Any) -> None:
    by = officer()
    with pytest.raises(RefusedError) as refused:
        entered(by, **{field: value})
    assert refused.value.place == field
    # one sentence for each of the ways a moment is wrong
    assert field != "asked_at" or "not later than now and less than 366 days ago" in refused.value.said("en")
    assert (models.SubjectRequest.objects.count(), models.AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(("about", "value"), [("number", "BCA 1"), ("account", "telegram:halo"), ("name", "Dewi Contoh")])
def test_a_number_has_figures_and_nothing_else_needs_them(about: str, value: str) -> None:
    assert entered(officer(), about=about, value=value).about_digest == requests.mark(value)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_PROTECTION_OFFICER])
def test_it_is_entered_and_answered_by_that_role_alone(role: Role) -> None:
    row = entered(officer())
    other = factories.person(role, "directorate")
    with pytest.raises(PermissionDenied):
        entered(other)
    with pytest.raises(PermissionDenied):
        answered(row, other)
    assert models.SubjectRequest.objects.filter(answered_at=None).get() == row


def test_it_is_answered_once_and_the_list_tells_what_waits() -> None:
    by = officer()
    late, row = entered(by, NOW - 80 * HOUR), entered(by)

    def listed(key: str) -> list[int]:
        return sorted(requests.listed(key, by, now=NOW).values_list("pk", flat=True))

    assert (listed("open"), listed("late"), listed("answered")) == ([late.pk, row.pk], [late.pk], [])
    done = answered(late, by)
    assert (done.outcome, done.identity, done.answered_by_id, done.answered_at) == ("answered", "id_card", by.pk, NOW + HOUR)
    with pytest.raises(requests.StaleError):
        answered(late, by, outcome="refused")
    assert (listed("open"), listed("late"), listed("answered"), listed("all")) == ([row.pk], [], [late.pk], [late.pk, row.pk])
    assert models.AuditEntry.objects.filter(verb="subject.answered").count() == 1


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("identity", {"identity": "not_yet"}),
        ("identity", {"identity": "not_yet", "outcome": "partly"}),
        ("answer", {"answer": " "}),
        ("outcome", {"outcome": ""}),
        ("how", {"how": "form"}),
    ],
)
def test_nothing_is_given_to_somebody_nobody_looked_at(field: str, other: dict[str, str]) -> None:
    by = officer()
    row = entered(by)
    with pytest.raises(RefusedError) as refused:
        answered(row, by, **other)
    assert refused.value.place == field
    assert models.SubjectRequest.objects.get().answered_at is None
    assert answered(row, by, identity="not_yet", outcome="refused").outcome == "refused"  # whoever gives nothing need not know


def test_the_database_holds_it_too() -> None:
    row = entered(officer())
    for change in ({"outcome": "answered"}, {"answered_at": NOW, "answered_by": row.entered_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.SubjectRequest.objects.filter(pk=row.pk).update(**change)
    given = {"outcome": "answered", "answer": "x", "answered_how": "mail", "answered_at": NOW, "answered_by": row.entered_by}
    with pytest.raises(IntegrityError, match="subject_identity_checked"), transaction.atomic():
        models.SubjectRequest.objects.filter(pk=row.pk).update(**given)
    assert models.SubjectRequest.objects.filter(pk=row.pk, answered_at=None).exists()

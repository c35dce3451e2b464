"""A legal hold: who sets and lifts it, and that a request cannot erase what it holds; what goes by its age: tests/retention."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.cases import erasures, holds
from patrol.evidence.erasing import HeldError, Hold
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import ending
from tests import factories
from tests.cases import asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def closed(case: models.Case) -> models.Case:
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="unfounded", closed_by=case.opened_by, closed_at=NOW)
    case.refresh_from_db()
    return case


def test_the_supervisor_of_the_side_that_has_the_case_sets_and_lifts_it() -> None:
    own, other, boss = (factories.person("supervisor", code) for code in ("", "bp3mi-ntb", "directorate"))
    case = asked.case_of(by=factories.person())
    for stranger in (factories.person(), other, boss):
        with pytest.raises(PermissionDenied):
            holds.place(case_id=case.pk, reason="Surat penyidik", by=stranger, now=NOW)
    with pytest.raises(RefusedError):
        holds.place(case_id=case.pk, reason=" ", by=own, now=NOW)
    assert not holds.standing().exists()
    holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    with pytest.raises(RefusedError):
        holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)

    models.Case.objects.filter(pk=case.pk).update(state="escalated", escalated_by=own, escalated_at=NOW)
    with pytest.raises(PermissionDenied):
        holds.lift(case_id=case.pk, reason="Selesai", by=own, now=NOW)
    holds.lift(case_id=case.pk, reason="Selesai", by=boss, now=NOW)
    with pytest.raises(RefusedError):
        holds.lift(case_id=case.pk, reason="Selesai", by=boss, now=NOW)
    assert list(models.AuditEntry.objects.filter(verb__startswith="case.h").values_list("verb", "actor_id").order_by("seq")) == [
        ("case.held", own.pk),
        ("case.hold_lifted", boss.pk),
    ]


def test_no_request_erases_what_it_holds() -> None:
    own, second = factories.person("supervisor"), factories.person("supervisor")
    case = closed(asked.case_of(by=factories.person()))
    flag = case.entries.order_by("id").first().flag  # type: ignore[union-attr]
    request = erasures.ask(post_id=flag.post_id, reason="subject", ground="UU 27/2022", by=own, now=NOW)
    holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    with pytest.raises(HeldError) as held:
        erasures.approve(request_id=request.pk, seen_versions=1, by=second, now=NOW)
    assert held.value.holds == (Hold.LEGAL,)
    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        factories.erase(flag.post.versions.get())
    assert models.Erasure.objects.count() == 0
    holds.lift(case_id=case.pk, reason="Selesai", by=own, now=NOW)
    assert erasures.approve(request_id=request.pk, seen_versions=1, by=second, now=NOW) == 1


def test_a_report_of_a_held_case_keeps_its_contact() -> None:
    own = factories.person("supervisor")
    case = closed(asked.case_of(by=factories.person()))
    post = case.entries.order_by("id").first().flag.post  # type: ignore[union-attr]
    tip = models.Tip.objects.create(office=case.office, kind="advert", post=post, at=NOW, state="closed", outcome="acted", closed_at=NOW)
    later = NOW + timedelta(days=91)
    holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    assert list(ending.due(now=later)) == []
    holds.lift(case_id=case.pk, reason="Selesai", by=own, now=NOW)
    assert list(ending.due(now=later)) == [tip]


def test_a_hold_is_lifted_once_and_nothing_else() -> None:
    own = factories.person("supervisor")
    case = asked.case_of(by=factories.person())
    made = holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    rows = models.LegalHold.objects.filter(pk=made.pk)
    for act in (rows.delete, lambda: rows.update(reason="lain")):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert rows.get().reason == "Surat penyidik"


def test_the_page_of_the_case_shows_it_and_has_its_button(client: Client) -> None:
    own = factories.person("supervisor")
    case = asked.case_of(by=factories.person())
    client.force_login(own)
    page, act = reverse("admin:patrol_case_change", args=[case.pk]), reverse("admin:patrol_case_hold", args=[case.pk])
    assert act in client.get(page).content.decode()
    client.post(act, {"note": "Surat penyidik nomor tujuh"})
    shown = client.get(page).content.decode()
    assert "Surat penyidik nomor tujuh" in shown
    assert act not in shown
    assert reverse("admin:patrol_case_lift_hold", args=[case.pk]) in shown

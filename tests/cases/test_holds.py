"""A legal hold: who sets and lifts it, and that a request cannot erase what it holds; what goes by its age: tests/retention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.cases import erasures, holds, merging, moving
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


def test_no_request_erases_a_post_of_its_ring() -> None:
    own, second = factories.person("supervisor"), factories.person("supervisor")
    case = closed(asked.case_of(by=factories.person()))
    inside, beside = case.entries.order_by("id").first().flag, factories.flag()  # type: ignore[union-attr]
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=NOW, grown_at=NOW)
    for flag in (inside, beside):
        models.LinkedPost.objects.update_or_create(post=flag.post, defaults={"campaign": campaign, "joined_at": NOW, "follows": False})
    request = erasures.ask(post_id=beside.post_id, reason="subject", ground="UU 27/2022", by=own, now=NOW)
    holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    with pytest.raises(HeldError) as held:
        erasures.approve(request_id=request.pk, seen_versions=1, by=second, now=NOW)
    assert held.value.holds == (Hold.LEGAL,)
    with pytest.raises(IntegrityError, match="legal hold"), transaction.atomic():
        factories.erase(beside.post.versions.get())
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


def test_no_flag_leaves_a_held_case_by_no_way() -> None:
    own = factories.person("supervisor")
    case, other = asked.case_of(by=factories.person()), asked.case_of(by=factories.person())
    holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    before = list(models.CaseFlag.objects.order_by("id").values()), models.CaseEvent.objects.count()
    flag = case.entries.order_by("id").first().flag_id  # type: ignore[union-attr]
    version = models.Case.objects.get(pk=case.pk).version
    acts: list[tuple[Callable[[], Any], str]] = [
        (lambda: moving.take_out(case_id=case.pk, flag_id=flag, note="Keliru", by=own, now=NOW), "hold.flags_stay"),
        (lambda: merging.merge(case_id=case.pk, into=other.number, note="Satu", seen_version=version, by=own, now=NOW), "case.merge_held"),
    ]
    for act, code in acts:
        with pytest.raises(RefusedError) as refused:
            act()
        assert refused.value.code == code
    entries = models.CaseFlag.objects.filter(case=case)
    for row in (entries.delete, lambda: entries.update(case=other)):
        with pytest.raises(IntegrityError, match="under a legal hold"), transaction.atomic():
            row()
    assert (list(models.CaseFlag.objects.order_by("id").values()), models.CaseEvent.objects.count()) == before
    holds.lift(case_id=case.pk, reason="Selesai", by=own, now=NOW)
    moving.take_out(case_id=case.pk, flag_id=flag, note="Keliru", by=own, now=NOW)
    assert not entries.filter(flag=flag).exists()


def test_what_was_merged_into_a_held_case_stays_in_it_and_is_held_there() -> None:
    own = factories.person("supervisor")
    case, other = asked.case_of(by=factories.person()), asked.case_of(by=factories.person())
    holds.place(case_id=other.pk, reason="Surat penyidik", by=own, now=NOW)
    flags = sorted(case.entries.values_list("flag_id", flat=True))
    given: dict[str, Any] = {"case_id": case.pk, "note": "Satu", "by": own, "now": NOW}
    merging.merge(into=other.number, seen_version=models.Case.objects.get(pk=case.pk).version, **given)
    with pytest.raises(RefusedError) as refused:
        merging.unmerge(seen_version=models.Case.objects.get(pk=case.pk).version, **given)
    assert refused.value.code == "hold.flags_stay"
    with pytest.raises(RefusedError) as refused:
        holds.place(case_id=case.pk, reason="Surat penyidik", by=own, now=NOW)
    assert refused.value.code == "hold.merged"
    assert sorted(models.CaseFlag.objects.filter(case=other, flag__in=flags).values_list("flag_id", flat=True)) == flags


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
    said = client.post(act, {"note": "Surat penyidik nomor tujuh, 0840-1111-0001"}, follow=True).content.decode()
    assert "yang disimpan: “Surat penyidik nomor tujuh, ••••”" in said
    shown = client.get(page).content.decode()
    assert ("Surat penyidik nomor tujuh, ••••" in shown, "ditutup titik" in shown) == (True, False)
    assert act not in shown
    assert reverse("admin:patrol_case_lift_hold", args=[case.pk]) in shown

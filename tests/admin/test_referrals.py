"""Pages of referrals: from the case to the answer by their forms; values stand masked; counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.admin.analyst import referral_words
from patrol.admin.shared import words
from patrol.cases import proposing
from patrol.cases.channels import CHANNELS
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked
from tests.cases.test_proposing import opened, ring

pytestmark = pytest.mark.django_db


def page(client: Any, made: models.Referral) -> str:
    text: str = client.get(reverse("admin:patrol_referral_change", args=[made.pk])).content.decode()
    return text


def post(client: Any, made: models.Referral, verb: str, **form: Any) -> str:
    response = client.post(reverse(f"admin:patrol_referral_{verb}", args=[made.pk]), form, follow=True)
    assert response.status_code == 200
    made.refresh_from_db()
    text: str = response.content.decode()
    return text


def test_from_the_case_to_the_answer_by_forms(door: Door) -> None:
    officer, second = factories.person(), factories.person(Role.SUPERVISOR)
    client, other = door(officer), door(second)
    case = asked.case_of(2, by=officer)
    new = reverse("admin:patrol_referral_new", args=[case.pk])
    assert new in client.get(reverse("admin:patrol_case_change", args=[case.pk])).content.decode()
    proposed = client.get(f"{new}?channel=platform_form").content.decode()
    chosen = [line.mark for line in proposing.lines(case, CHANNELS["platform_form"], officer) if line.kind == "link"]
    assert all(f'value="{mark}"' in proposed for mark in chosen)
    client.post(new, {"channel": "platform_form", "target": "Platform contoh", "mark": chosen})
    made = models.Referral.objects.get()
    assert (made.items.count(), made.target) == (2, "Platform contoh")
    assert "Narahubung" in page(client, made)
    assert "masih kurang" in post(client, made, "submit", seen_version=made.version)
    told = {"seen_version": made.version, "target": "Platform contoh", "together": "Satu jaringan", "fact_contact": "Petugas contoh"}
    post(client, made, "change_packet", **told)
    post(client, made, "submit", seen_version=made.version)
    assert made.state == "submitted"
    post(other, made, "approve", seen_version=made.version)
    assert made.state == "approved"
    agreed = made.events.get(kind="approved").detail
    assert f"SHA-256 {agreed[:12]}" in client.get(reverse("admin:patrol_referral_change", args=[made.pk])).content.decode()
    receipt = SimpleUploadedFile("tanda.html", b"tanda terima", "text/html")
    post(client, made, "mark_sent", seen_version=made.version, how="portal", receipt="TKT 1", when="", file=receipt)
    assert made.state == "sent"
    assert made.receipt_file is not None
    assert made.receipt_file.media_type == "text/plain"  # by its bytes, whatever the browser called it
    given = client.post(reverse("admin:patrol_referral_file", args=[made.pk, made.receipt_file.pk]))
    named = f'attachment; filename="{made.number}-{made.receipt_file.sha256[:12]}.txt"'
    assert (given["Content-Type"], given["Content-Disposition"]) == ("application/octet-stream", named)
    items = list(made.items.values_list("pk", flat=True))
    answer = {"outcome": "acted_upon", "day": "", "ground": "", "text": "Sudah turun", "automated": "yes"}
    post(client, made, "answer", seen_version=made.version, item=items, **answer)
    assert (made.state, set(models.ItemAnswer.objects.values_list("automated", flat=True))) == ("acted_upon", {True})
    assert "Sudah turun" in page(client, made)


def test_no_value_stands_in_full_on_a_page(door: Door) -> None:
    analyst = factories.person(Role.ANALYST)
    flags = ring(2)
    case = opened(flags, analyst)
    client = door(analyst)
    made = asked.draft(case, analyst, "police")
    shown = client.get(reverse("admin:patrol_referral_new", args=[case.pk]), {"channel": "police"}).content.decode()
    shown += page(client, made) + client.get(reverse("admin:patrol_referral_lines", args=[made.pk])).content.decode()
    values = list(made.items.values_list("value", flat=True))
    assert len(values) == 4  # two links, a number, an account of a bank
    assert [value for value in values if value in shown] == []


def test_the_packet_is_a_file_and_a_look(door: Door) -> None:
    officer = factories.person()
    made = asked.approved(asked.case_of(by=officer), officer)
    response = door(officer).post(reverse("admin:patrol_referral_packet", args=[made.pk]))
    assert (response["Content-Disposition"], response.content[:2]) == (f'attachment; filename="{made.number}.zip"', b"PK")
    assert models.AuditEntry.objects.filter(verb="contact.shown", actor_id=officer.pk).count() == 1


def test_copies_that_are_missing_are_asked_for_at_once(door: Door) -> None:
    officer = factories.person()
    case = asked.case_of(2, copies=False, by=officer)
    posts = [flag.post_id for flag in models.Flag.objects.all()]
    door(officer).post(reverse("admin:patrol_referral_copies", args=[case.pk]), {"post": posts})
    assert sorted(models.Job.objects.filter(kind="page").values_list("target__post", flat=True)) == sorted(posts)


def test_the_documents_call_the_states_as_the_screen_does() -> None:
    told = [re.split(r" *\| *", row)[1:4] for row in Path("docs/roles/index.md").read_text().splitlines() if row.startswith("| ")]
    wanted = []
    tables = {
        "case": words.CASE_STATES,
        "referral": words.REFERRAL_STATES,
        "line of a referral": referral_words.OUTCOMES,
        "link looked at again": words.AVAILABILITY,
    }
    for of, badges in tables.items():
        for badge in badges.values():
            said = []
            for language in ("id", "en"):
                with translation.override(language):
                    said.append(str(badge.title))
            wanted.append([of, *said])
    assert told[1:] == wanted


@pytest.mark.parametrize(("rows", "queries", "file"), [(1, 6, 9), (30, 6, 9)])
def test_the_list_and_its_file_cost_the_same(rows: int, queries: int, file: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    case = asked.case_of(by=officer)
    for _ in range(rows):
        asked.draft(case, officer)
    client = door(officer)
    with django_assert_num_queries(queries):
        assert client.get(reverse("admin:patrol_referral_changelist")).status_code == 200
    with django_assert_num_queries(file):
        file_of: Any = client.post(reverse("admin:patrol_referral_export"), {"format": "csv"})
        assert len(b"".join(file_of.streaming_content).splitlines()) == rows + 2


@pytest.mark.parametrize(("lines", "queries"), [(1, 15), (8, 15)])
def test_the_page_costs_the_same_however_many_lines(lines: int, queries: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    made = asked.sent(asked.case_of(lines, by=officer), officer)
    made = asked.answer(made, officer, "acted_upon")
    client = door(officer)
    with django_assert_num_queries(queries):
        assert client.get(reverse("admin:patrol_referral_change", args=[made.pk])).status_code == 200

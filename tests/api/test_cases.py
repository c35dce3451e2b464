"""Cases as another system reads them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from patrol import cases, models, triage
from patrol.models import Role
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def opened(code: str = "bp3mi-jabar", title: str = "Perkara contoh", many: int = 1) -> list[models.Case]:
    by = factories.person(Role.OFFICER, code)
    return [
        cases.open_case(flag_ids=[one.pk], title=title, by=by, now=NOW)
        for one in factories.flags(many, of=factories.watch(code))
        if triage.decide(
            flag_id=one.pk,
            outcome="confirmed",
            reason="licence",
            note="",
            decision_key=uuid.uuid4(),
            seen_version=one.version,
            by=by,
            now=NOW,
        )
    ]


def test_an_office_reads_its_own_with_titles_masked_and_the_directorate_all() -> None:
    [own], [other] = opened(title="Agen WA 0840-5550-0042 dan rekannya"), opened("bp3mi-sulsel")
    asks = asking.asks("cases")
    told = asks.get("cases")
    assert [one["number"] for one in told["items"]] == [own.number]
    row = told["items"][0]
    assert (row["office"], row["state"], row["kind"], row["opened_at"]) == ("bp3mi-jabar", "opened", "other", "2026-11-23T03:47:00Z")
    assert "0042" not in row["title"]
    assert row["title"].startswith("Agen WA")
    assert asks.get(f"cases/{other.number}", status=404)["code"] == "api.nothing"
    central = asking.asks("cases", code="directorate")
    assert [one["number"] for one in central.get("cases")["items"]] == [other.number, own.number]
    assert [one["number"] for one in central.get("cases", office="bp3mi-jabar", state="opened")["items"]] == [own.number]
    assert central.get("cases", state="closed")["items"] == []


def test_one_case_with_its_flags_and_a_row_of_the_reading_log() -> None:
    [case] = opened()
    told = asking.asks("cases").get(f"cases/{case.number}")
    assert (told["flags"], told["referrals"]) == ([case.entries.get().flag.number], [])
    assert (told["outcome"], told["merged_into"], told["closed_at"]) == (None, None, None)
    row = models.Consultation.objects.get()
    assert (row.way, row.target_kind, row.target_id, row.of_office_id) == ("api", "case", str(case.pk), case.office_id)


def test_nothing_tells_that_somebody_was_harmed() -> None:
    [case] = opened()
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="victim_protected", closed_at=NOW, closed_by=case.opened_by)
    told = asking.asks("cases").get(f"cases/{case.number}")
    assert (told["state"], told["outcome"]) == ("closed", None)


@pytest.mark.parametrize("rows", [1, 30])
def test_what_a_list_asks_of_the_database(rows: int, django_assert_num_queries: Any) -> None:
    opened(many=rows)
    asks = asking.asks("cases")
    asks.get("cases")
    with django_assert_num_queries(4):  # token, pace, cases, reading log
        told = asks.get("cases")
    assert len(told["items"]) == rows


def test_page_by_page_each_case_comes_once() -> None:
    opened(many=5)
    asks, found, cursor = asking.asks("cases"), [], ""
    while cursor is not None:
        told = asks.get("cases", limit=2, cursor=cursor)
        found += [one["number"] for one in told["items"]]
        cursor = told["next"]
    assert found == list(models.Case.objects.order_by("-opened_at", "-id").values_list("number", flat=True))
    assert len(found) == 5

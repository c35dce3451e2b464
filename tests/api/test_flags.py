"""Flags as another system reads them: those of its office, masked, page by page."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
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


def numbers(told: Any) -> list[str]:
    return [one["number"] for one in told["items"]]


def test_an_office_reads_its_own_and_the_directorate_all() -> None:
    factories.draw(False)
    own, other = factories.flag(), factories.flag(of=factories.watch("bp3mi-sulsel"))
    asks = asking.asks("flags")
    told = asks.get("flags")
    assert told == {
        "items": [
            {
                "number": own.number,
                "office": "bp3mi-jabar",
                "state": "waiting",
                "level": own.level,
                "kinds": own.kinds,
                "gist": own.gist_en,
                "platform": "telegram",
                "raised_at": "2026-11-23T03:47:00Z",
                "decided_at": None,
            }
        ],
        "next": None,
    }
    assert asks.get("flags", office="bp3mi-sulsel")["items"] == []
    assert asks.get(f"flags/{other.number}", status=404)["code"] == "api.nothing"
    central = asking.asks("flags", code="directorate")
    assert numbers(central.get("flags")) == [other.number, own.number]
    assert numbers(central.get("flags", office="bp3mi-jabar")) == [own.number]
    assert central.get(f"flags/{other.number}")["office"] == "bp3mi-sulsel"


def test_its_sentences_come_in_the_language_of_whoever_asks() -> None:
    flag = factories.flag()
    assert asking.asks("flags", language="id").get("flags")["items"][0]["gist"] == flag.gist_id != flag.gist_en


def test_one_flag_with_its_post_masked() -> None:
    flag = factories.flag(author="calo.contoh", url="https://t.me/saluran_contoh/77")
    told = asking.asks("flags").get(f"flags/{flag.number}")
    assert told["licence"]["verdict"] == flag.current_check.verdict
    assert told["licence"]["reason"] == flag.current_check.reason_en
    assert [one["sentence"] for one in told["reasons"]] == [one.reason_en for one in flag.current_check.findings.all()]
    assert (told["outcome"], told["case"]) == (None, None)
    phones = [one["value"] for one in told["contacts"] if one["kind"] == "phone"]
    assert len(phones) == 1
    assert "••••" in phones[0]
    content = models.PostText.objects.get()
    assert "0840 5550" in content.text
    assert told["post"]["text"].startswith(content.text[:20])
    written = json.dumps(told, ensure_ascii=False)
    values = models.Sighting.objects.filter(role__in=["author", "contact"]).values_list("indicator__value", flat=True)
    assert len(values) >= 2
    assert [value for value in (*values, "5550", "calo.contoh", "saluran_contoh/77") if value in written] == []


def test_a_level_that_people_decide_without_is_told_to_nobody() -> None:
    factories.draw(True)
    flag = factories.flag()
    asks = asking.asks("flags")
    assert asks.get("flags")["items"][0]["level"] is None
    assert asks.get(f"flags/{flag.number}")["level"] is None
    confirm(flag)
    assert asks.get(f"flags/{flag.number}")["level"] == flag.level


def test_what_became_of_it() -> None:
    flag, other = factories.flag(), factories.flag()
    decided = confirm(flag)
    case = cases.open_case(flag_ids=[flag.pk], title="Contoh", by=decided.by, now=NOW)
    asks = asking.asks("flags")
    told = asks.get(f"flags/{flag.number}")
    assert (told["state"], told["outcome"], told["case"]) == ("confirmed", "confirmed", case.number)
    assert numbers(asks.get("flags", state="confirmed")) == [flag.number]
    assert numbers(asks.get("flags", state=["confirmed", "waiting"])) == [other.number, flag.number]


def test_what_can_still_be_undone_is_not_told_yet(settings: Any) -> None:
    settings.UNDO_SECONDS = 10
    flag, earlier = factories.flag(), factories.flag()
    confirm(flag, now=NOW - timedelta(seconds=9))
    confirm(earlier, now=NOW - timedelta(seconds=10))
    asks = asking.asks("flags")
    told = asks.get(f"flags/{flag.number}")
    assert (told["state"], told["outcome"], told["decided_at"]) == ("waiting", None, None)
    assert [one["state"] for one in asks.get("flags")["items"]] == ["confirmed", "waiting"]
    assert numbers(asks.get("flags", state="confirmed")) == [earlier.number]


def test_nothing_tells_that_somebody_was_harmed() -> None:
    flag = factories.flag()
    confirm(flag, outcome="victim", reason="asks")
    asks = asking.asks("flags")  # of a supervisor, who reads it on the screen
    told = asks.get(f"flags/{flag.number}")
    assert (told["state"], told["outcome"]) == ("dismissed", "dismissed")
    assert "victim" not in str(told)


def confirm(flag: models.Flag, **given: Any) -> models.Decision:
    told: dict[str, Any] = {"outcome": "confirmed", "reason": "licence", "now": NOW - timedelta(minutes=1), **given}
    return triage.decide(
        flag_id=flag.pk,
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=factories.person(Role.OFFICER, flag.office.code),
        **told,
    ).decisions[0]


def test_page_by_page_each_flag_comes_once() -> None:
    for hour in (3, 1, 2):
        factories.flags(2, now=NOW - timedelta(hours=hour))
    asks = asking.asks("flags")
    whole = numbers(asks.get("flags"))
    found, cursor = [], ""
    while cursor is not None:
        told = asks.get("flags", limit=4, cursor=cursor)
        found += numbers(told)
        cursor = told["next"]
    assert found == whole == list(models.Flag.objects.order_by("-raised_at", "-id").values_list("number", flat=True))
    assert len(set(whole)) == 6
    assert len(numbers(asks.get("flags", since=(NOW - timedelta(hours=1)).isoformat()))) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"cursor": "WzEsMl0"},
        {"cursor": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwxXQ"},
        {"cursor": "WyIyMDI2LTExLTIzVDAzOjAwOjAwKzAwOjAwIiwxLjVd"},
        {"limit": 0},
        {"limit": 101},
        {"limit": "banyak"},
        {"state": "open"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"office": "bp3mi\0jabar"},
        {"since": "kemarin"},
    ],
)
def test_a_question_that_cannot_be_meant_is_told_so(query: dict[str, Any]) -> None:
    told = asking.asks("flags").get("flags", status=422, **query)
    assert told["field"].removesuffix(".0") == f"query.{next(iter(query))}"


def test_a_zone_that_the_database_does_not_know_is_a_moment_all_the_same() -> None:
    flag = factories.flag()
    assert numbers(asking.asks("flags").get("flags", since="2026-11-23T00:00:00+23:59")) == [flag.number]


@pytest.mark.parametrize("number", ["TND-26-999999", "TND-26-1", "PKR-26-000001", "tnd-26-000001", "%00", "TND-26-000001%0A"])
def test_a_number_that_no_flag_has(number: str) -> None:
    asks = asking.asks("flags")
    told = asks("GET", f"flags/{number}", status=404 if number == "TND-26-999999" else 422)
    assert told["code"] in {"api.nothing", "api.field"}


def test_each_answer_is_a_row_of_the_reading_log() -> None:
    asks = asking.asks("flags")
    asks.get("flags")
    assert models.Consultation.objects.count() == 0  # an empty list shows nobody
    flag = factories.flag()
    asks.get("flags")
    asks.get(f"flags/{flag.number}")
    asks.get("flags/TND-26-999999", status=404)
    rows = models.Consultation.objects.order_by("id").values_list("way", "target_kind", "target_id", "rows", "unmasked", "of_office_id")
    office = flag.office_id
    assert list(rows) == [("api", "flag", "", 1, False, None), ("api", "flag", str(flag.pk), 1, False, office)]
    assert set(models.Consultation.objects.values_list("person_id", flat=True)) == {models.Device.objects.get().person_id}


@pytest.mark.parametrize("rows", [1, 30])
def test_what_a_list_asks_of_the_database(rows: int, django_assert_num_queries: Any) -> None:
    factories.flags(rows)
    asks = asking.asks("flags")
    asks.get("flags")
    with django_assert_num_queries(4):  # token, pace, flags, reading log
        assert len(asks.get("flags")["items"]) == rows


def test_what_one_flag_asks_of_the_database(django_assert_num_queries: Any) -> None:
    flag = factories.flag()
    asks = asking.asks("flags")
    asks.get(f"flags/{flag.number}")
    with django_assert_num_queries(9):  # token, pace, flag, decision, case, findings, contacts, text, reading log
        asks.get(f"flags/{flag.number}")

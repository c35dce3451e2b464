"""The stream of changes as a call; what is in it stands in tests/changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from patrol.api import changes
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))


def test_a_system_follows_what_changes_in_its_office() -> None:
    own, other = factories.flag(), factories.flag(of=factories.watch("bp3mi-sulsel"))
    asks = asking.asks("changes")
    told = asks.get("changes")
    assert [(one["type"], one["data"]["number"], one["data"]["state"]) for one in told["items"]] == [("flag.raised", own.number, "waiting")]
    assert told["more"] is False
    again = asks.get("changes", cursor=told["next"])
    assert again["items"] == []
    central = asking.asks("changes", code="directorate").get("changes", limit=1)
    assert ([one["data"]["number"] for one in central["items"]], central["more"]) == ([own.number], True)
    assert other.number not in str(central)
    assert asks.get("changes", type="case.opened")["items"] == []
    assert asks.get("changes", since=(NOW + timedelta(minutes=1)).isoformat())["items"] == []
    assert [len(asks.get("changes", since=day)["items"]) for day in ("2026-11-23", "2026-11-24")] == [1, 0]


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"limit": "0"},
        {"since": "kemarin"},
        {"since": "20261123"},
        {"since": "0.5"},
        {"type": "flag.decide"},
        {"untill": "x"},
    ],
)
def test_a_question_that_cannot_be_meant_is_told_so(query: dict[str, str]) -> None:
    assert asking.asks("changes").get("changes", status=422, **query)["code"] in {"changes.cursor", "api.field"}


@pytest.mark.parametrize("since", [253_402_300_800, 999_999_999_999])
def test_a_cursor_beyond_the_calendar_is_none(since: int) -> None:
    told = asking.asks("changes").get("changes", status=422, cursor=f"0-0-0-0-{since}")
    assert (told["code"], told["field"]) == ("changes.cursor", "query.cursor")


def test_the_last_moment_is_one_from_which_on_nothing_comes_yet() -> None:
    asks = asking.asks("changes")
    told = asks.get("changes", since="9999-12-31T23:59:59Z")
    assert (told["items"], told["more"]) == ([], False)
    assert asks.get("changes", cursor=told["next"])["items"] == []


def test_beginning_anew_again_and_again_is_slowed_down_and_going_on_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "ANEW_BURST", 1.0)
    asks = asking.asks("changes")
    cursor = asks.get("changes")["next"]
    assert asks.get("changes", since=NOW.isoformat(), status=429)["code"] == "token.too_often"
    for _twice in range(2):
        assert asks.get("changes", cursor=cursor)["items"] == []


def test_a_cursor_and_a_moment_together_are_refused() -> None:
    asks = asking.asks("changes")
    cursor = asks.get("changes")["next"]
    told = asks.get("changes", cursor=cursor, since=NOW.isoformat(), status=422)
    assert (told["code"], told["field"]) == ("changes.both", "query.since")

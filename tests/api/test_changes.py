"""The stream of changes as a call; what is in it stands in tests/changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

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


@pytest.mark.parametrize("query", [{"cursor": "x"}, {"limit": "0"}, {"cursor": "0-0-0-0-999999999999"}, {"since": "kemarin"}])
def test_a_question_that_cannot_be_meant_is_told_so(query: dict[str, str]) -> None:
    assert asking.asks("changes").get("changes", status=422, **query)["code"] in {"changes.cursor", "api.cursor", "api.field"}

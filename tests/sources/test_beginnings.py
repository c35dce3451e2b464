from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import domain
from patrol.sources.shared import beginnings, walks
from tests.sources.played import NOW, Platform, Said

PAGE = Platform([Said({})] * 100)


def turn(at: datetime, following: str = "") -> walks.Turn:
    post = domain.RawPost(platform="x", external_id=at.isoformat(), url="", text="", posted_at=at)
    return walks.Turn(PAGE.get("https://x.example/"), (post,), following)


def walked(**more: Any) -> beginnings.Walked:
    given: dict[str, Any] = {"query": "", "cursor": {}, "now": NOW, **more}
    return beginnings.Walked(domain.Ask(**given), timedelta(days=7), timedelta(hours=2))


def test_a_first_walk_begins_as_deep_as_it_may() -> None:
    assert walked().since("a") == NOW - timedelta(days=7)


def test_the_next_run_begins_before_what_is_known() -> None:
    newest = NOW - timedelta(hours=1)
    (page,) = walked().down({"a": lambda _token: turn(newest)})
    assert walked(cursor=page.cursor).since("a") == newest - timedelta(hours=2)
    assert walked(cursor=page.cursor).since("another word") == NOW - timedelta(days=7)


def test_a_second_walk_of_one_run_begins_where_the_first_one_ended() -> None:
    newest = NOW - timedelta(hours=1)
    (page,) = walked(max_pages=1).down({"a": lambda _token: turn(newest, "below")})
    run = walked(cursor=page.cursor)
    begun = []

    def look(token: str) -> walks.Turn:
        if not token:
            begun.append(run.since("a"))
        return turn(newest)

    list(run.down({"a": look}))
    assert begun == [newest - timedelta(hours=2)]


@pytest.mark.parametrize("cursor", [{"looks": []}, {"looks": {"a": 3}}, {"looks": {"a": {"known": "kemarin"}}}, {"turn": "a"}])
def test_a_cursor_that_cannot_be_read_begins_anew(cursor: Any) -> None:
    assert walked(cursor=cursor).since("a") == NOW - timedelta(days=7)

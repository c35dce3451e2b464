"""Meta's Graph API in memory, for the tests of what is read from it: answers by path, refusals as our client raises them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from patrol import domain
from patrol.sources.shared import refusals

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
TOKEN = "EAAtokenkantor000000"
USER = "17841400000000001"

type Serve = Callable[[dict[str, str]], Any]


class Meta:
    """A fetcher. What is served: a JSON value, or bytes, or a function of the parameters that gives one; `statuses` by path."""

    def __init__(self) -> None:
        self.served: dict[str, Any] = {}
        self.statuses: dict[str, int] = {}
        self.headers: tuple[tuple[str, str], ...] = ()
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        parts = urlsplit(url)
        path = parts.path.split("/", 2)[2]
        parameters = dict(parse_qsl(parts.query))
        self.asked.append((path, parameters, dict(headers)))
        body = self.served.get(path, {"error": {"code": 100, "error_subcode": 33, "message": "Object does not exist"}})
        status = self.statuses.get(path, 200 if path in self.served else 400)
        if callable(body):
            body = body(parameters)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = domain.RawAnswer(url, url, status, (url,), (), self.headers, content, NOW, NOW)
        return refusals.unless_refused(answer)

    def post(self, url: str, **_more: Any) -> domain.RawAnswer:
        raise AssertionError(f"nothing is posted to Meta: {url}")


def ask(query: str, kind: str = "", **more: Any) -> domain.Ask:
    credential = {"access_token": TOKEN, "user_id": USER}
    return domain.Ask(**{"query": query, "kind": kind, "cursor": {}, "now": NOW, "credential": credential, **more})


def error(code: int, subcode: int = 0, **more: Any) -> dict[str, Any]:
    return {"error": {"message": f"about {TOKEN}", "type": "OAuthException", "code": code, "error_subcode": subcode, **more}}


def paged(posts: list[dict[str, Any]], size: int, key: str = "after") -> Serve:
    """Pages of a list, newest first, behind a cursor that is the place in it; `next` carries the token, as Meta's does."""

    def serve(parameters: dict[str, str]) -> dict[str, Any]:
        start = int(parameters.get(key, "0"))
        page: dict[str, Any] = {"data": posts[start : start + size]}
        if start + size < len(posts):
            place = str(start + size)
            page["paging"] = {
                "cursors": {"before": "x", "after": place} if key == "after" else {},
                "next": f"https://graph.facebook.com/v23.0/1/feed?access_token={TOKEN}&limit=50&{key}={place}",
            }
        return page

    return serve


def refusal(pages: Callable[[], Any]) -> domain.SourceError:
    """The SourceError that ends a fetch."""
    try:
        list(pages())
    except domain.SourceError as raised:
        return raised
    raise AssertionError("nothing was refused")

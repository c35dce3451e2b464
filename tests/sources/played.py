"""A platform played for a source: what is not ours is the other side of the wire, and only that is a fake.

Refusals are raised by the same code as in sources/transport/http.py, so a status means to a source here what it means in the field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hypothesis import strategies as st

from patrol import domain
from patrol.sources.shared import refusals

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
HTML = b"<!DOCTYPE html><html><body>Masuk dahulu</body></html>"


@dataclass(frozen=True)
class Said:
    """One answer: JSON, or bytes as they are."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    truncated: bool = False


@dataclass(frozen=True)
class Asked:
    method: str
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]  # of a POST
    private: bool = False

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def parameters(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}


def failing(answers: Callable[[Asked], Said], faults: frozenset[int]) -> Callable[[Asked], Said]:
    """The same answers, but for those whose turn is named: the platform has a fault of its own then."""
    turns = iter(range(10**6))
    return lambda asked: Said(b"", 503) if next(turns) in faults else answers(asked)


class Platform:
    """Answers in the order given, or by a function of what is asked. Who asks more often than there are answers fails."""

    def __init__(self, answers: Iterable[Said] | Callable[[Asked], Said]) -> None:
        self.asked: list[Asked] = []
        self._answers = answers if callable(answers) else iter(answers)

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        return self._answer(Asked("GET", url, dict(headers), {}))

    def post(
        self,
        url: str,
        *,
        json: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] = domain.NOTHING,
        private: bool = False,
    ) -> domain.RawAnswer:
        return self._answer(Asked("POST", url, dict(headers), dict(json or form or {}), private))

    def _answer(self, asked: Asked) -> domain.RawAnswer:
        self.asked.append(asked)
        if callable(self._answers):
            said = self._answers(asked)
        else:
            following = next(self._answers, None)
            assert following is not None, f"nobody expected {asked.method} {asked.url}"
            said = following
        return refusals.unless_refused(
            domain.RawAnswer(
                asked_url=asked.url,
                final_url=asked.url,
                status=said.status,
                hops=(asked.url,),
                request_headers=(),
                headers=tuple(said.headers.items()),
                body=said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode(),
                requested_at=NOW,
                received_at=NOW,
                truncated=said.truncated,
                method=asked.method,
            )
        )


def runs(
    fetch: Callable[[domain.Ask, domain.Fetcher], Iterable[domain.Page]],
    ask: domain.Ask,
    fetcher: domain.Fetcher,
    *,
    pages: int,
    most: int = 200,
) -> list[domain.Page]:
    """Runs of at most `pages` pages until one ends a walk, each beginning with the cursor the last stored page left. A run that a
    passing fault ends is followed by the next."""
    found: list[domain.Page] = []
    cursor = ask.cursor
    for _run in range(most):
        try:
            for page in fetch(domain.Ask(**{**_fields(ask), "cursor": cursor, "max_pages": pages}), fetcher):
                found.append(page)
                cursor = json.loads(json.dumps(page.cursor))
                if all(not look["token"] for look in cursor["looks"].values()):
                    return found
        except domain.SourceError as error:
            if error.problem.permanent:
                raise
    raise AssertionError("the walk never ended")


def _fields(ask: domain.Ask) -> dict[str, Any]:
    return {name: getattr(ask, name) for name in ask.__slots__}


# JSON of any shape, most of it made of the names a platform uses, so that wrong types stand where right ones are expected.
def anything(*names: str) -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8) | st.sampled_from(names)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(names) | st.text(max_size=3), inner, max_size=8),
        max_leaves=40,
    )

"""The example site asked without a network, at a moment that is past: the fetcher (`domain.Fetcher`) of the history's watches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from example import site, world
from patrol import domain
from patrol.sources.shared import refusals


class Past(world.Showing):
    """What the site showed at `moment`, which moves."""

    def __init__(self, shown: world.World, anchor: world.Anchor, moment: datetime) -> None:
        super().__init__(shown, anchor)
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def posts(self, place: world.Place) -> list[tuple[world.Post, datetime]]:
        return [(post, at) for post, at in super().posts(place) if at <= self.moment]


class Wire:
    """Answers at once, as the example site would over HTTP."""

    def __init__(self, past: Past, user_agent: str) -> None:
        self.past = past
        self._answers = site.Answers(past)
        self._agent = user_agent

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        """Raises SourceError as the client does for a status of 400 and above."""
        hops = [url]
        while True:
            parts = urlsplit(hops[-1])
            target = f"{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
            reply = self._answers.reply(target, none_match=headers.get("If-None-Match", ""))
            if reply.status != 302:
                break
            hops.append(reply.headers["Location"])
        kind = {"Content-Type": reply.kind} if reply.kind else {}
        return refusals.unless_refused(
            domain.RawAnswer(
                asked_url=url,
                final_url=hops[-1],
                status=reply.status,
                hops=tuple(hops),
                request_headers=(("User-Agent", self._agent), *headers.items()),
                headers=(*kind.items(), *reply.headers.items()),
                body=reply.body,
                requested_at=self.past.moment,
                received_at=self.past.moment,
                address="127.0.0.1",
            )
        )

    def post(self, url: str, **_: Any) -> domain.RawAnswer:
        """No source of the history posts anything."""
        raise NotImplementedError(url)

"""From when on a walk asks, for platforms that take a beginning with the question and charge for what they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from patrol import domain
from patrol.sources.shared import walks


@dataclass(slots=True)
class Walked:
    """`walks.down` that its looks may ask where a walk begins now: one walk of a run may end what the next one begins with."""

    ask: domain.Ask
    first: timedelta = walks.FIRST
    look_back: timedelta = walks.LOOK_BACK
    cursor: Mapping[str, Any] = domain.NOTHING  # behind the newest page of this run

    def down(self, looks: Mapping[str, walks.Look]) -> Iterator[domain.Page]:
        for page in walks.down(self.ask, looks, first=self.first, look_back=self.look_back):
            self.cursor = page.cursor
            yield page

    def since(self, key: str) -> datetime:
        """Below which time a walk of a look that begins now need not go.

        Ask it at token "" only and keep the answer in the token: platforms want the same beginning on every page of a walk.
        """
        looks = (self.cursor or self.ask.cursor).get("looks")
        kept = looks.get(key) if isinstance(looks, Mapping) else None
        begun = walks.Walk.read(kept).begun(self.ask.now, self.first, self.look_back)
        return begun.floor or self.ask.now - self.first

"""What a card of the start page is. `settings.HOME_CARDS` names the functions; each is `card(request) -> Card | None`.

A function answers None where the card is not for this person, so the start page itself knows neither roles nor reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from patrol.admin.shared import words
from patrol.admin.shared.words import Badge

_JUST_NOW: Final = timedelta(seconds=5)
_NO_CONTEXT: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `template` is included with `context` only (plus `card`); it renders what stands below the header. `body`: the same drawn
    already, by whoever keeps what was drawn of equal figures (drawn.once).

    `order` decides the place within the column, small numbers first: a role's own work has 10, what it should know 50.
    """

    title: str
    template: str = ""
    context: Mapping[str, Any] = _NO_CONTEXT
    body: str = ""
    note: str = ""  # grey, beside the title
    order: int = 50
    column: Literal["main", "side", "widest"] = "main"  # the widest stand below both columns
    link: str = ""  # address of the button in the header, "" for none
    link_title: str = ""
    begins: bool = False  # the day's work begins with that button: it has the focus, so that Enter is the way there


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of work that waits: how many, how old the oldest is, what about it needs attention. `count` is that of the list behind
    `link`, row for row."""

    icon: str
    title: str
    link: str
    count: int
    age: str = ""
    badge: Badge | None = None
    note: str = ""
    part: bool = False  # counted in the line above it already


def as_of(at: datetime, now: datetime) -> str:
    """Of figures that were kept: of when they are. Of what was counted just now there is nothing to say."""
    return _("as of %(hour)s") % {"hour": words.hour(at)} if now - at > _JUST_NOW else ""


type CardMaker = Callable[[HttpRequest], Card | None]

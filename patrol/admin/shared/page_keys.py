"""Single keys of pages outside the desk: the letters somebody laid for the desk mean the same here, the others make way for them."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any, Final

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.words import Title
from patrol.models import Outcome
from patrol.triage import own_settings

# The act of the desk that says the same.
OF_OUTCOME: Final[dict[str, str]] = {
    Outcome.CONFIRMED: "confirm",
    Outcome.DISMISSED: "dismiss",
    Outcome.NEEDS_INFORMATION: "ask",
    Outcome.VICTIM: "victim",
}


def of(person: models.Person, own: Mapping[str, tuple[str, Title]], *, shared: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a page with keys carries: `keys` act -> letter, `acts` [(title, letter)] for the sheet, `keys_on`. One query.

    `own`: the page's acts with the letter each would like; `shared`: acts of the desk that are there too, with the desk's letter
    and, where `own` has it as well, the page's words.
    """
    settings = own_settings.own_settings(person)
    laid = own_settings.keys(settings)
    keys = {act: laid[act] for act in (*shared, "help")}
    titles: dict[str, Title] = {act: words.ACTS[act] for act in keys}
    for act, (wished, title) in own.items():
        titles[act] = title
        if act in keys:
            continue
        free = (letter for letter in (wished, *string.ascii_lowercase) if letter not in keys.values())
        keys[act] = next(free)
    return {
        "keys": {act: key.upper() for act, key in keys.items()},
        "acts": [(titles[act], key.upper()) for act, key in keys.items()],
        "keys_on": settings is None or settings.keys_on,
    }


def answers(reasons: Mapping[str, Mapping[str, Any]], keys: Mapping[str, str]) -> list[dict[str, Any]]:
    """What may be said of a post, each with its letter and its reasons; none chosen."""
    return [
        {"title": words.DECIDE[outcome], "outcome": str(outcome), "key": keys.get(OF_OUTCOME[outcome], ""), "reasons": list(said.items())}
        for outcome, said in reasons.items()
    ]

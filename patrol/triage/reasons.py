"""Why somebody decides as they do, and why a verb refuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.domain.states import FlagState
from patrol.models import Outcome

# Why, by outcome. Keys are kept for ever; the words may change. They are read in histories and lists too, where nothing stands above them.
REASONS: dict[str, dict[str, Any]] = {
    Outcome.CONFIRMED: {
        "licence": _("The offer is not covered by a licence"),
        "fraud": _("Money, papers or data are asked for by deceit"),
        "impersonation": _("An agency or office is impersonated"),
        "route": _("Route or visa is not meant for work"),
        "several": _("Several violations at once"),
    },
    Outcome.DISMISSED: {
        "not_overseas": _("Not an offer of work abroad"),
        "lawful": _("The offer is covered by a licence"),
        "exempt": _("A lawful route that needs no SIP"),
        "warning": _("A warning, a news item or a question"),
        "duplicate": _("Already handled elsewhere"),
        "other": _("Something else (say what)"),
    },
    Outcome.VICTIM: {
        "asks": _("Asks for help for oneself or the family"),
        "tells": _("Tells what was done to oneself"),
        "shown": _("Shown or named by others as somebody harmed"),
    },
    Outcome.NEEDS_INFORMATION: {
        "agency": _("Ask the agency whether the offer is its own"),
        "register": _("Ask the directorate about the register"),
        "author": _("Look at the author's other posts first"),
        "other": _("Something else (say what)"),
    },
}
_OTHER_SAID = _("Another reason")


def reason_said(outcome: str, reason: str) -> Any:
    """Why somebody decided so, as it is read afterwards; "" for what no list holds. Who reads it is not asked to say what else it was:
    that stands in the note."""
    asked = REASONS.get(outcome, {}).get(reason, "")
    return _OTHER_SAID if asked and reason == "other" else asked


STATE_OF = {
    Outcome.CONFIRMED: FlagState.CONFIRMED,
    Outcome.DISMISSED: FlagState.DISMISSED,
    Outcome.VICTIM: FlagState.DISMISSED,  # leaves the suspects' way and goes the protection's
    Outcome.NEEDS_INFORMATION: FlagState.NEEDS_INFORMATION,
}


class ReasonMissingError(Exception):
    """No reason of this outcome was chosen, or "something else" without saying what."""


class StaleError(Exception):
    """Somebody was faster: `who` did it at `at`, and the flag is `state` now. `who` is None where the machine moved it."""

    def __init__(self, who: models.Person | None, at: datetime | None, state: str) -> None:
        super().__init__(f"already {state}")
        self.who = who
        self.at = at
        self.state = state


class HeldByOtherError(Exception):
    """A colleague holds the flag's lease."""

    def __init__(self, person: models.Person, since: datetime) -> None:
        super().__init__("held by a colleague")
        self.person = person
        self.since = since


class InCaseError(Exception):
    """A case stands on the decision; `number` is its number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class SnoozeError(Exception):
    """A time to come back at that is past, or farther than fourteen days."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until

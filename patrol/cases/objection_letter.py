"""The answer to an objection: the text of a letter, in official Indonesian, filled from what was decided.

The text is data (objection_letter.toml). It is printed by `admin.officer.objections`, and sent by an officer outside of this system.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.domain import LAW_ZONE
from patrol.domain.words import long_day
from patrol.models import Outcome

_TEXTS: Final = Path(__file__).parent / "objection_letter.toml"
_DECISIONS: Final[dict[str, str]] = {Outcome.CONFIRMED: "dugaan dikonfirmasi", Outcome.DISMISSED: "tanda diabaikan"}
# What no letter goes without, with its words where it is missing.
SLOTS: Final[dict[str, Any]] = {
    "name": _("the name of whoever objected"),
    "contact": _("where the answer goes"),
    "ground": _("why it was decided so"),
    "put_right": _("what was wrong and what is right"),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """`missing`: keys of SLOTS that are empty; such a letter is not printed."""

    number: str
    office: str
    day: str
    about: str
    name: str
    contact: str
    said: tuple[str, ...]
    signed: str  # who decided
    missing: tuple[str, ...]


@cache
def texts() -> dict[str, Any]:
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))


def letter(objection: models.Objection, *, now: datetime) -> Letter:
    """Of one that is decided, loaded with its decision, flag, office and who decided. One query."""
    text, every = texts()[objection.outcome], texts()["all"]
    corrected = objection.corrections.exists()
    given = {
        "number": objection.number,
        "day": long_day(objection.day),
        "decided": long_day(objection.decision.at.astimezone(LAW_ZONE).date()),
        "decision": _DECISIONS[objection.decision.outcome],
        "flag": objection.decision.flag.number,
        "office": objection.office.name,
        "ground": objection.ground,
        "put_right": objection.put_right,
        "corrections": every["corrections"] if corrected else "",
    }
    paragraphs = (*text["said"], *every["end"])
    needed = [key for key in SLOTS if key in {"name", "contact"} or any(f"{{{key}}}" in one for one in paragraphs)]
    return Letter(
        number=objection.number,
        office=objection.office.name,
        day=long_day(now.astimezone(LAW_ZONE).date()),
        about=text["about"].format(**given),
        name=objection.name,
        contact=objection.contact,
        said=tuple(one.format(**given) for one in paragraphs),
        signed=objection.ended_by.name if objection.ended_by else "",
        missing=tuple(key for key in needed if not str(getattr(objection, key)).strip()),
    )

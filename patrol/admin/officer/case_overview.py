"""The top of a case's page: what `cases.overview` says, with links, and with the clock or state of a referral beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from patrol.admin.analyst import referral_words
from patrol.admin.shared import base, words
from patrol.cases import overview


def parts(asked: overview.Asked, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "title": overview.PARTS[key][0],
            "icon": overview.PARTS[key][1],
            "lines": [{"text": line.text, "link": _link(line), "badge": _badge(line, key, now)} for line in lines],
        }
        for key, lines in overview.of(asked).items()
    ]


def _link(line: overview.Line) -> str:
    return base.here(f"patrol_{line.leads[0]}_change", line.leads[1]) if line.leads else ""


def _badge(line: overview.Line, part: str, now: datetime) -> words.Badge | None:
    if line.referral is None:
        return None
    clock = referral_words.clock(line.referral, now) if part == "out" else None
    return clock or words.REFERRAL_STATES[line.referral.state]

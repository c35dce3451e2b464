"""The top of a case's page: what `cases.glance` says, with links."""

from __future__ import annotations

from typing import Any

from patrol import models
from patrol.admin.shared import base
from patrol.cases import glance


def parts(case: models.Case, person: models.Person) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "title": glance.PARTS[key][0],
            "icon": glance.PARTS[key][1],
            "lines": [{"text": line.text, "link": _link(line)} for line in lines],
        }
        for key, lines in glance.of(case, person).items()
    ]


def _link(line: glance.Line) -> str:
    return base.here(f"patrol_{line.leads[0]}_change", line.leads[1]) if line.leads else ""

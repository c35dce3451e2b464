"""Exports for peers as far as a test needs them."""

from __future__ import annotations

from typing import Any

from patrol import models
from patrol.cases.peers import choosing, requests
from tests.cases import carded, objected


def ask(subject: models.Case | models.Campaign, by: models.Person, **changes: Any) -> models.PeerExport:
    told: dict[str, Any] = {"peer": "Kementerian Contoh, Direktorat Pengendalian", "purpose": "block", "sharing": "amber"}
    told["seen"] = choosing.choose(subject, now=carded.LATER).digest
    return requests.ask(subject=subject, by=by, now=carded.LATER, **(told | changes))


def shown(of: models.PeerExport, now: Any = carded.LATER) -> str:
    """What the second person was shown, as the form says it."""
    return requests.of(of, now=now).digest


def approved(
    subject: models.Case | models.Campaign, by: models.Person, second: models.Person | None = None, **changes: Any
) -> models.PeerExport:
    made = ask(subject, by, **changes)
    second = second or objected.supervisor(made.office.code)
    return requests.approve(export_id=made.pk, seen=shown(made), by=second, now=carded.LATER)

"""What the tests of files for peers begin with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from patrol.cases.peers.choosing import Mark
from patrol.cases.peers.handed import Handed
from patrol.domain.peers import Purpose, Sharing

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
MARKS = (
    ("phone", "+6281234567890", ""),
    ("account", "telegram:kerja_kamboja", "telegram:1001"),
    ("account", "whatsapp:grup-kerja", ""),
    ("account", "tiktok:loker.cepat", ""),
    ("link", "https://forms.example/daftar?a=1", ""),
    ("link", "https://loker-palsu.example/", ""),
    ("bank_account", "BCA 1234567890", ""),
    ("email", "hrd@loker-palsu.example", ""),
)


def mark(kind: str = "phone", value: str = "+6281234567890", own_id: str = "", *, key: int = 1, **changes: Any) -> Mark:
    told: dict[str, Any] = {
        "first_seen": AT - timedelta(days=40),
        "last_seen": AT - timedelta(days=2),
        "posts": 1,
        "level": 3,
        "kinds": ("fraud", "illegal_recruitment"),
    }
    return Mark(key, kind, value, own_id, **(told | changes))


def marks() -> tuple[Mark, ...]:
    return tuple(mark(*one, key=number) for number, one in enumerate(MARKS, 1))


def handed(of: tuple[Mark, ...] | None = None, **changes: Any) -> Handed:
    of = marks() if of is None else of
    told: dict[str, Any] = {
        "number": "MTR-26-0001",
        "subject": "JRG-26-0007",
        "campaign": True,
        "marks": of,
        "first": {one.id: AT for one in of},
        "began": AT,
        "since": AT - timedelta(days=1),
        "at": AT,
        "sharing": Sharing.AMBER,
        "purpose": Purpose.INVESTIGATION,
        "organisation": "Direktorat Siber",
        "site": "https://patroli.example",
    }
    return Handed(**(told | changes))

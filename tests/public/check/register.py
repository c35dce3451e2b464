"""An edition with a row for each outcome of the check, and offers that meet them. All invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from patrol import models
from tests.factories import register

DAY = date(2026, 11, 20)  # of the register
GOOD, SUSPENDED, REVOKED = "PT Contoh Nusa Karya", "PT Contoh Teluk Sejati", "PT Contoh Rimba Utama"
OTHER, PARTLY = "PT Contoh Laut Mandiri", "PT Contoh Setengah Jalan"
PHONE = "021-5550417"
STRANGE = "0840-1111-0903"


def loaded() -> models.RegisterEdition:
    agencies: list[dict[str, Any]] = [
        {"name": GOOD, "phones": [PHONE], "websites": ["https://nusa-karya.example"], "accounts": ["ig:nusakarya.contoh"]},
        {"name": OTHER, "phones": ["021-5550522"]},
        {"name": SUSPENDED, "standings": [("suspended", "2026-09-01", None, "SK Contoh 14 Tahun 2026")]},
        {"name": PARTLY, "standings": [("partly_suspended", "2026-07-01", None, "SK Contoh 9 Tahun 2026")]},
        {"name": REVOKED, "standings": [("revoked", "2026-05-02", None, "SK Contoh 3 Tahun 2026")]},
    ]
    taiwan: dict[str, Any] = {"country": "TW", "positions": ["perawat lansia"]}
    licences: list[dict[str, Any]] = [
        {"number": "B.417/SIP2MI/III/2026", "agency": GOOD, **taiwan, "valid_from": "2026-03-03", "valid_to": "2027-03-02"},
        {"number": "B.418/SIP2MI/III/2026", "agency": GOOD, **taiwan, "valid_from": "2025-01-01", "valid_to": "2026-01-31"},
        {"number": "B.419/SIP2MI/III/2026", "agency": GOOD, **taiwan, "valid_from": "2027-01-01", "valid_to": "2027-12-31"},
        {"number": "B.420/SIP2MI/III/2026", "agency": GOOD, **taiwan, "status": "revoked", "status_from": "2026-08-15"},
        {"number": "B.421/SIP2MI/III/2026", "agency": GOOD, **taiwan, "status": "exhausted", "status_from": "2026-08-15"},
        {"number": "B.522/SIP2MI/III/2026", "agency": OTHER, "country": "MY", "positions": ["operator pabrik"]},
    ]
    return register(agencies, licences, register_date=DAY)


def offer(company: str = "", *, to: str = "Taiwan", job: str = "perawat lansia", number: str = "", call: str = PHONE) -> str:
    return f"Lowongan kerja ke {to}: {job}, {company or 'info lengkap'}. {f'SIP {number}. ' if number else ''}Hubungi {call}."

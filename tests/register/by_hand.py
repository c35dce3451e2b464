"""A register, and changes of it by hand as far as a test needs them."""

from __future__ import annotations

from typing import Any

from patrol import models, register
from patrol.engine.licences import files
from patrol.models import Role
from patrol.register import manual
from tests import factories
from tests.factories import NOW

LAKSITA = "PT Laksita Benua Rekaan,LBR,201/SIP3MI/2021,active,2024-01-10,,,Jawa Barat,Cirebon,Jl. Contoh 1,0840-1111-0001,,"
WREDA = "PT Wredasana Rekaan,,,active,2024-02-01,,,,,,,,"
TAIWAN = "B. 401/SIP2MI/IV/2026,PT Laksita Benua Rekaan,TW,operator produksi,Pabrik Contoh,60,2026-01-01,2026-12-31,active,2026-01-01"
SCAN = b"%PDF-1.4 keputusan rekaan"
NAMES: Any = {"agencies_name": "agencies.csv", "licences_name": "licences.csv"}

TODAY = NOW.date()  # noon of the law's day
REVOKED: dict[str, Any] = {"kind": "standing", "typed": {"status": "revoked", "status_from": TODAY.isoformat()}}
LICENCE: dict[str, Any] = {
    "kind": "licence",
    "typed": {"number": "B. 499/SIP2MI/XI/2026", "country": "Jepang", "valid_from": "2026-11-01", "valid_to": "2027-10-31"},
}
PHONE: dict[str, Any] = {"kind": "contact", "typed": {"column": "phones", "contact": "0840-1111-0009"}}


def agencies(*rows: str) -> bytes:
    return "\n".join((",".join(files.AGENCY_COLUMNS), *(rows or (LAKSITA, WREDA)), "")).encode()


def licences(*rows: str) -> bytes:
    return "\n".join((",".join(files.LICENCE_COLUMNS), *(rows or (TAIWAN,)), "")).encode()


def take(first: bytes | None = None, second: bytes | None = None, **more: Any) -> models.RegisterEdition:
    return register.take(first or agencies(), second or licences(), **NAMES, **{"by": None, "now": NOW, **more})


def proposed(by: models.Person | None = None, **told: Any) -> models.ManualChange:
    whole = {"ends": False, "agency": "PT Laksita Benua Rekaan", "decree": "SK Rekaan 7/2026", "decree_date": TODAY, "scan": SCAN}
    asked: Any = {**whole, **REVOKED, "now": NOW, **told}
    return manual.propose(**asked, by=by or factories.person(Role.REGISTRAR))


def released(**told: Any) -> models.RegisterEdition:
    change = proposed(**told)
    newest = models.RegisterEdition.objects.order_by("-number").values_list("number", flat=True)[0]
    return manual.release(change_id=change.pk, seen_base=newest, by=factories.person(Role.SUPERVISOR, "directorate"), now=NOW)


def held(edition: models.RegisterEdition) -> list[tuple[int, str]]:
    return list(edition.manual.order_by("change_id").values_list("change_id", "how"))

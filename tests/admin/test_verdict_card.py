"""One line of the licence verdict: whom it is about, the day of the post, and today where the register says something else by now."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from patrol import models
from patrol.admin.officer import verdict_card
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
SANCTIONED = ("suspended", "2026-11-10", "2026-11-25", "Kep. rekaan 7/2026")


def line(edition: models.RegisterEdition | None, agency: str, number: str = "", *, today: int = 20) -> str:
    check = models.LicenceCheck(
        edition=edition, agency=agency, licence_number=number, day=DAY, verdict="licensed", reading=models.Reading(countries=[])
    )
    with translation.override("id"):
        return str(verdict_card.gather(check, datetime(2026, 11, today, 3, tzinfo=UTC))["line"])


def test_today_is_said_only_where_it_differs() -> None:
    standings = [("active", "2020-01-01", None, ""), SANCTIONED]
    edition = factories.register(
        agencies=[
            {"name": "PT Rekaan Jaya", "standings": standings},
            {"name": "PT Rekaan Baru", "standings": [("active", "2026-11-21", None, "")]},
            {"name": "PT Rekaan Hilang", "gone_since": "2026-11-24"},
        ],
        licences=[
            {"number": "R. 1", "agency": "PT Rekaan Jaya", "country": "TW", "positions": [], "valid_to": "2026-11-22"},
            {"number": "R. 2", "agency": "PT Rekaan Jaya", "country": "TW", "positions": [], "valid_from": "2026-11-22"},
        ],
    )
    assert {
        (name, number, today): line(edition, name, number, today=today)
        for name, number, today in (
            ("PT Rekaan Jaya", "", 20),
            ("PT Rekaan Jaya", "", 26),
            ("PT Rekaan Jaya", "R. 1", 23),
            ("PT Rekaan Jaya", "R. 2", 23),
            ("PT Rekaan Baru", "", 23),
            ("PT Rekaan Hilang", "", 24),
        )
    } == {
        ("PT Rekaan Jaya", "", 20): "PT Rekaan Jaya: sanksi penuh pada 20 Nov 2026",
        ("PT Rekaan Jaya", "", 26): "PT Rekaan Jaya: sanksi penuh pada 20 Nov 2026, kini aktif",
        ("PT Rekaan Jaya", "R. 1", 23): "PT Rekaan Jaya: sanksi penuh pada 20 Nov 2026, SIP-nya kini tidak berlaku lagi",
        ("PT Rekaan Jaya", "R. 2", 23): "PT Rekaan Jaya: sanksi penuh pada 20 Nov 2026, SIP-nya kini berlaku",
        ("PT Rekaan Baru", "", 23): "PT Rekaan Baru: status tidak diketahui pada 20 Nov 2026, kini aktif",
        ("PT Rekaan Hilang", "", 24): "PT Rekaan Hilang: aktif pada 20 Nov 2026, kini tidak ada dalam register",
    }


def test_what_the_register_does_not_hold_is_named_and_has_no_state() -> None:
    assert [line(None, "PT Tak Dikenal"), line(None, "", "R. 9"), line(None, "")] == ["PT Tak Dikenal", "SIP R. 9", ""]

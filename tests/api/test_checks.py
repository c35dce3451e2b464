"""Checking an offer from another system: the answer of the engine, and nothing is kept."""

from __future__ import annotations

import pytest

from patrol import models
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db

OFFER = "PT Contoh Laut Biru buka lowongan caregiver ke Malaysia, WA 0840 5550 0042."


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_an_offer_is_checked_as_the_register_stood_on_its_day() -> None:
    agency = {
        "name": "PT Contoh Laut Biru",
        "standings": [("active", "2020-01-01", "2026-11-01", ""), ("revoked", "2026-11-02", None, "SK 1")],
    }
    factories.register([agency], register_date=NOW.date())
    asks = asking.asks("check")
    before = asks.post("checks", {"text": OFFER, "posted_at": "2026-10-20T10:00:00"})
    after = asks.post("checks", {"text": OFFER, "posted_at": "2026-11-20T10:00:00+07:00"})
    assert [told["licence"]["verdict"] for told in (before, after)] == ["no_licence_for_offer", "agency_revoked"]
    assert after["licence"]["register_date"] == "2026-11-23"
    assert [(one["kind"], one["value"]) for one in after["indicators"]] == [("agency", "PT Contoh Laut Biru"), ("phone", "+6284055500042")]
    assert (after["overseas_offer"], after["countries"], after["level"] in {"medium", "high"}) == (True, ["MY"], True)
    assert models.Post.objects.count() == models.Consultation.objects.count() == 0


def test_its_sentences_come_in_the_language_of_whoever_asks() -> None:
    token = asking.made("check").token
    said = {language: asking.Asks(token, language).post("checks", {"text": factories.illegal().text}) for language in ("id", "en")}
    reasons = {language: told["licence"]["reason"] for language, told in said.items()}
    assert "The time of the post is unknown" in reasons["en"]
    assert "Waktu unggahan tidak diketahui" in reasons["id"]
    findings = [[one["reason"] for one in told["findings"]] for told in said.values()]
    assert len(findings[0]) == len(findings[1]) > 0
    assert findings[0] != findings[1]


def test_without_a_register_nothing_can_be_checked() -> None:
    told = asking.asks("check").post("checks", {"text": OFFER, "links": ["https://contoh.example/a\0b"]})
    assert (told["licence"]["verdict"], told["licence"]["register_date"]) == ("cannot_check", None)


@pytest.mark.parametrize("moment", [0, 1_795_143_600, 0.5, True, "0", "-1.5", "20261120", "", "kemarin", [], {}])
def test_a_number_is_no_moment(moment: object) -> None:
    told = asking.asks("check").post("checks", {"text": OFFER, "posted_at": moment}, status=422)
    assert (told["code"], told["field"]) == ("api.field", "body.posted_at")

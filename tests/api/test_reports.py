"""Reports handed over by another system: as the public's, once, and written down whose token it was."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from patrol import models
from patrol.intake.tips import following, receipts, receiving
from patrol.models import Tip
from tests import factories
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.RECEIPT_KEY = "kunci-contoh-untuk-uji-nomor-laporan-0001"


def told(**given: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "advert", "words": "Loker CS ke Kamboja, WA 0840 5550 0042", **given}


def test_a_report_is_taken_once_by_the_office_of_its_place() -> None:
    factories.offices()
    made = asking.made("report", code="bp3mi-sulsel")
    asks, report = asking.Asks(made.token), told(where="Bandung, Jawa Barat", danger=True)
    first, again = (asks.post("reports", report, status=201) for _ in range(2))
    assert first == again
    assert first["office"] == "bp3mi-jabar"
    tip = Tip.objects.get()
    assert (tip.words, tip.danger, tip.office.code, tip.receipt) == (report["words"], True, "bp3mi-jabar", receipts.hashed(first["number"]))
    row = models.AuditEntry.objects.get(verb="tip.sent")
    assert (row.actor_id, row.after) == (made.device.person_id, {"token": made.device.pk})
    assert models.Notice.objects.filter(kind="tip_urgent", office=tip.office).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": ""}, "body.words"),
        ({"kind": "rumour"}, "body.kind"),
        ({"key": "1"}, "body.key"),
        ({"words": "x" * 5001}, "body.words"),
        *[({"danger": danger}, "body.danger") for danger in (0, 1, "yes", "true", None)],
    ],
)
def test_a_report_that_is_none_is_not_taken(wrong: dict[str, Any], field: str) -> None:
    assert asking.asks("report").post("reports", told(**wrong), status=422)["field"] == field
    assert Tip.objects.count() == models.AuditEntry.objects.filter(verb="tip.sent").count() == 0


def test_a_report_that_is_sent_again_after_it_was_withdrawn_is_written_down_as_another(settings: Any) -> None:
    factories.offices()
    made, report = asking.made("report"), told()
    first = asking.Asks(made.token).post("reports", report, status=201)
    following.withdraw(receipt=receipts.hashed(first["number"]), now=NOW)
    again = asking.Asks(made.token).post("reports", report, status=201)
    assert again["number"] != first["number"]
    rows = models.AuditEntry.objects.filter(verb="tip.sent")
    assert sorted(row.target_id for row in rows) == sorted(str(tip.pk) for tip in Tip.objects.all())
    assert rows.count() == 2


def test_a_contact_that_could_not_be_kept_is_refused_with_its_report(settings: Any) -> None:
    settings.IDENTITY_KEY = ""
    answer = asking.asks("report").post("reports", told(contact="surat@contoh.example"), status=422)
    assert (answer["code"], answer["field"]) == ("tip.no_contact", "body.contact")
    assert Tip.objects.count() == 0


def test_a_system_fills_no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SYSTEM_BURST", 1.0)
    factories.offices()
    asks = asking.asks("report")
    asks.post("reports", told(), status=201)
    assert asks.post("reports", told(danger=True), status=429)["code"] == "token.too_often"
    assert int(asks.answer.headers["Retry-After"]) >= 1
    assert Tip.objects.count() == 1
    assert len(asks.get("token", status=200)["scopes"]) == 1


def test_blank_words_are_refused_by_the_verb() -> None:
    assert asking.asks("report").post("reports", told(words="  \n"), status=422)["code"] == "tip.words"
    assert Tip.objects.count() == 0


def test_where_no_reports_are_taken_it_says_so(settings: Any) -> None:
    settings.RECEIPT_KEY = ""
    assert asking.asks("report").post("reports", told(), status=503)["code"] == "tip.not_taken"
    assert Tip.objects.count() == 0

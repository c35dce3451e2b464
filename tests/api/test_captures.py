"""Captures and browsers below /api/v1/; the older addresses answer from the same functions (test_recording)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from patrol import models
from patrol.access import duties, tokens
from patrol.api import captures
from patrol.intake import devices
from patrol.models import Role
from tests import factories
from tests.api import asking
from tests.factories import NOW
from tests.intake import sending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def send(asks: asking.Asks, value: Any, picture: bytes | None = None, **more: Any) -> Any:
    parts: dict[str, Any] = {"capture": SimpleUploadedFile("capture.json", sending.written(value), "application/json"), **more}
    if picture is not None:
        parts["screenshot"] = SimpleUploadedFile("screenshot.png", picture, "image/png")
    return asks.client.post("/api/v1/captures", parts, headers=asks.headers)


def test_a_browser_is_paired_sends_and_leaves() -> None:
    person = factories.person(name="Petugas Contoh")
    code = devices.make_code(by=person, now=NOW)
    asks = asking.Asks()
    paired = asks.post("devices", {"code": code, "name": "Laptop loket"}, status=201)
    mine = asking.Asks(paired.pop("token"))
    assert mine.get("devices/own") == paired
    assert (paired["person"], paired["device"]) == ("Petugas Contoh", "Laptop loket")
    picture = sending.png()
    value = sending.capture(picture=picture)
    first, again = (send(mine, value, picture) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert first.json()["posts"] == {"new": 1, "changed": 0, "repeated": 0}
    assert mine.get("flags", status=403)["code"] == "token.scope"
    left = mine.client.delete("/api/v1/devices/own", headers=mine.headers)
    assert (left.status_code, left.content) == (204, b"")
    assert mine.get("devices/own", status=401)["code"] == "device.unknown"
    assert models.Device.objects.get().revoked_at == NOW


def test_another_system_sends_in_the_name_of_who_made_its_token() -> None:
    made = asking.made("capture")
    asks = asking.Asks(made.token)
    assert send(asks, sending.capture()).status_code == 201
    intake = models.Intake.objects.get()
    assert (intake.device, intake.person, intake.office) == (made.device, made.device.person, made.device.office)
    assert asks.get("devices/own", status=401)["code"] == "device.unknown"  # it is no browser


def test_wrong_words_and_browsers_that_never_stop_are_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "WRONG_BURST", 1.0)
    monkeypatch.setattr(tokens, "BURST", 1.0)
    wrong = asking.Asks("x" * 43)
    wrong.get("devices/own", status=401)
    assert wrong.get("devices/own", status=429)["code"] == "token.too_often"
    code = devices.make_code(by=factories.person(), now=NOW)
    mine = asking.Asks(asking.Asks().post("devices", {"code": code, "name": "Laptop"}, status=201)["token"])
    mine.get("devices/own")
    assert mine.get("devices/own", status=429)["code"] == "token.too_often"


def test_a_browser_rests_while_its_person_acts_in_a_duty_that_sends_nothing() -> None:
    person, administrator = factories.person(), factories.person(Role.ADMINISTRATOR)
    code = devices.make_code(by=person, now=NOW)
    mine = asking.Asks(asking.Asks().post("devices", {"code": code, "name": "Laptop"}, status=201)["token"])
    given: dict[str, Any] = {"role": Role.REGISTRAR, "office_id": factories.office("directorate").pk, "until": None}
    duty = duties.add(person_id=person.pk, by=administrator, now=NOW, **given)
    away = duties.take_up(duty_id=duty.pk, by=models.Person.objects.get(pk=person.pk), now=NOW)
    assert mine.get("devices/own", status=403)["code"] == "token.rests"
    answer = send(mine, sending.capture())
    assert (answer.status_code, answer.json()["code"]) == (403, "token.rests")
    old = mine.client.get("/rekam/perangkat/", headers=mine.headers)
    assert (old.status_code, old.json()["code"]) == (503, "token.rests")  # that extension forgets its token at 401, gives up at 403
    duties.take_up(duty_id=None, by=away, now=NOW)
    assert mine.get("devices/own")["device"] == "Laptop"


def test_a_wrong_code_pairs_nothing() -> None:
    assert asking.Asks().post("devices", {"code": "AAAA-AAAA", "name": "x"}, status=403)["code"] == "device.code"
    assert models.Device.objects.count() == 0


def test_what_is_no_capture_is_refused_and_nothing_is_kept() -> None:
    asks = asking.asks("capture")
    wrong = send(asks, sending.capture() | {"platform": "friendster"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["sentence"]) == (422, "capture.shape", "platform: is not known.")
    more = send(asks, sending.capture(), lain=SimpleUploadedFile("a.txt", b"x"))
    assert (more.status_code, more.json()["code"]) == (422, "capture.incomplete")
    headers = asks.headers
    none = asks.client.post("/api/v1/captures", {}, headers=headers)
    assert (none.status_code, none.json()["field"]) == (422, "file.capture")
    large = asks.client.post(
        "/api/v1/captures", b"", content_type="multipart/form-data; boundary=x", headers=headers, CONTENT_LENGTH=str(captures.MAX_BODY + 1)
    )
    assert (large.status_code, large.json()["code"]) == (413, "api.too_large")
    assert models.Intake.objects.count() == 0


@pytest.mark.parametrize("member", ["url", "title"])
def test_a_field_within_another_is_named_from_the_body_on(member: str) -> None:
    value = sending.capture()
    value["page"] = {**value["page"], member: 7}
    wrong = send(asking.asks("capture"), value)
    assert (wrong.status_code, wrong.json()["field"]) == (422, f"body.page.{member}")

"""The extension's door: tokens instead of cookies, small bodies, one sentence for each refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from patrol import models
from patrol.api import captures
from patrol.evidence import raw
from patrol.intake import devices, extension
from tests import factories
from tests.factories import NOW
from tests.intake import sending

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def send(token: str, value: Any, picture: bytes | None = None, **more: Any) -> Any:
    body = value if isinstance(value, bytes) else sending.written(value)
    parts: dict[str, Any] = {"capture": SimpleUploadedFile("capture.json", body, "application/json")}
    if picture is not None:
        parts["screenshot"] = SimpleUploadedFile("screenshot.png", picture, "image/png")
    client = Client(enforce_csrf_checks=True)
    return client.post("/rekam/unggahan/", parts | more, headers={"Authorization": f"Bearer {token}"})


def test_pairing_then_asking_whose_it_is_then_leaving() -> None:
    person = factories.person(name="Petugas Contoh")
    code = devices.make_code(by=person, now=NOW)
    client = Client(enforce_csrf_checks=True)
    asked = json.dumps({"code": code, "name": "Laptop loket"})
    answer = client.post("/rekam/pasang/", asked, content_type="application/json")
    assert answer.status_code == 201
    token = answer.json()["token"]
    newest = {"version": extension.version(), "page": "/kerja/patrol/device/"}
    mine = {"person": "Petugas Contoh", "office": person.office.short_name, "device": "Laptop loket", "newest": newest}
    assert answer.json() == mine | {"token": token}
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/rekam/perangkat/", headers=header).json() == mine
    assert client.post("/rekam/lepas/", headers=header).status_code == 200
    refused = client.get("/rekam/perangkat/", headers=header)
    assert (refused.status_code, refused.json()["code"]) == (401, "device.unknown")
    assert models.Device.objects.get().revoked_at == NOW


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"code": 1, "name": ""}', b"\xff", b"[" * 9_000])
def test_a_pairing_that_is_none(body: bytes) -> None:
    answer = Client().post("/rekam/pasang/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["en"]) == (400, "What was sent is not complete.")


@pytest.mark.parametrize("code", ["\ud800AAAAAAA", "AAAA\0AAA", "\ufffe"])
def test_a_code_of_characters_that_cannot_be_kept_is_a_wrong_one(code: str) -> None:
    answer = Client().post("/rekam/pasang/", json.dumps({"code": code, "name": code}), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "device.code")
    assert models.Device.objects.count() == 0


@pytest.mark.parametrize("field", ["extension", "browser"])
def test_a_capture_names_its_sender_in_characters_that_can_be_kept(field: str) -> None:
    answer = send(sending.paired().token, sending.capture() | {field: "a\0b\ud800c"})
    assert (answer.status_code, answer.json()["posts"]["new"]) == (201, 1)
    assert answer.json()["newest"] == {"version": extension.version(), "page": "/kerja/patrol/device/"}
    assert models.Capture.objects.get().options[field] == "a\ufffdb\ufffdc"


def test_guessing_codes_ends_soon() -> None:
    asked = json.dumps({"code": "AAAA-AAAA", "name": ""})
    statuses = [Client().post("/rekam/pasang/", asked, content_type="application/json") for _ in range(10)]
    assert [answer.status_code for answer in statuses] == [403] * 8 + [429] * 2
    assert int(statuses[-1]["Retry-After"]) >= 1


def test_a_capture_and_the_same_again_have_one_answer() -> None:
    token, picture = sending.paired().token, sending.png()
    value = sending.capture(picture=picture, comments=[sending.comment()])
    first, second = (send(token, value, picture) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert first.json()["posts"] == {"new": 2, "changed": 0, "repeated": 0}
    assert first.json()["key"] == value["key"]
    assert models.Device.objects.get().last_used_at == NOW


def test_a_login_is_not_looked_at() -> None:
    client = Client()
    client.force_login(factories.person())
    assert client.post("/rekam/unggahan/", {}).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer " + "x" * 43])
def test_without_its_token_nothing_is_read(header: str) -> None:
    answer = Client().post("/rekam/unggahan/", {}, headers={"Authorization": header})
    assert answer.status_code == 401
    assert "Pasangkan lagi" in answer.json()["id"]


def test_a_refusal_is_one_sentence_in_both_languages() -> None:
    answer = send(sending.paired().token, sending.capture() | {"platform": "friendster"})
    assert answer.status_code == 400
    said = {"id": "platform: tidak dikenal.", "en": "platform: is not known."}
    assert answer.json() == said | {"code": "capture.shape", "field": "platform"}


def test_parts_nobody_asked_for_are_refused() -> None:
    more: dict[str, Any] = {"lain": SimpleUploadedFile("a.txt", b"x")}
    assert send(sending.paired().token, sending.capture(), **more).status_code == 400
    header = {"Authorization": f"Bearer {sending.paired().token}"}
    assert Client().post("/rekam/unggahan/", {}, headers=header).status_code == 400
    broken = Client().post("/rekam/unggahan/", b"--x\r\n", content_type="multipart/form-data", headers=header)
    assert broken.status_code == 400


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    answer = Client().post(
        "/rekam/unggahan/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(captures.MAX_BODY + 1)
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "capture.too_large")


def test_a_full_disk_is_no_loss_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    token, value = sending.paired().token, sending.capture()

    def full(content: bytes) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(raw, "put", full)
        answer = send(token, value)
    assert (answer.status_code, answer.json()["code"]) == (503, "capture.storage")
    assert models.Intake.objects.count() == 0
    assert send(token, value).status_code == 201


def test_a_device_that_never_stops_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "CAPTURE_BURST", 2.0)
    token = sending.paired().token
    answers = [send(token, sending.capture()).status_code for _ in range(3)]
    assert answers == [201, 201, 429]

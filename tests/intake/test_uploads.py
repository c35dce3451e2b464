"""A post typed in by hand: text, link, pictures. Less than half a minute, and nothing twice."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from patrol import models
from patrol.evidence import raw
from patrol.infra.refusals import RefusedError
from patrol.intake import uploads
from patrol.models import Role
from tests import factories
from tests.admin.conftest import door  # noqa: F401 -- fixtures
from tests.factories import NOW
from tests.intake import sending

pytestmark = pytest.mark.django_db
LINK = "www.tiktok.com/@akun.contoh/video/7300000000000000042"


def typed(**given: Any) -> uploads.Typed:
    fields: dict[str, Any] = {
        "text": sending.TEXT,
        "link": "",
        "platform": "whatsapp",
        "author": "",
        "posted_at": None,
        "origin": "Info Kerja",
        "note": "",
    }
    return uploads.Typed(**(fields | given))


def take(form: uploads.Typed, *files: bytes, by: models.Person | None = None, key: uuid.UUID | None = None) -> models.Intake:
    return uploads.take(typed=form, files=files, key=key or uuid.uuid4(), by=by or factories.person(), now=NOW)


def test_pictures_are_kept_and_wait_to_be_read() -> None:
    pictures = (sending.png(), sending.png(shade=90))
    station = models.Station.objects.create(office=factories.office("bp3mi-jabar"), name="P4MI Contoh")
    intake = take(typed(), *pictures, by=factories.person(station=station))
    assert (intake.kind, intake.state, intake.posts_new, intake.station) == ("upload", "done", 1, station)
    rows = models.Media.objects.select_related("capture").order_by("position")
    assert [row.state for row in rows] == ["waiting", "waiting"]
    kept = []
    for row in rows:
        assert row.capture is not None
        with raw.open_bytes(row.capture.sha256) as file:
            kept.append(file.read())
    assert tuple(kept) == pictures
    assert models.Job.objects.filter(kind="media").count() == 1
    body = models.Capture.objects.get(intake=intake, kind="upload")
    with raw.open_bytes(body.sha256) as file:
        assert json.load(file)["text"] == sending.TEXT
    assert models.AuditEntry.objects.get(verb="upload.sent").target_id == str(intake.pk)


def test_the_same_form_twice_is_one_upload() -> None:
    person, key = factories.person(), uuid.uuid4()
    assert take(typed(), by=person, key=key).pk == take(typed(), by=person, key=key).pk
    assert models.Post.objects.count() == 1


def test_the_same_words_from_two_officers_are_one_post() -> None:
    first, second = take(typed()), take(typed(text=f"  {sending.TEXT}"))
    assert (first.posts_new, second.posts_new) == (1, 0)
    assert models.Seen.objects.count() == 2


def test_pictures_alone_are_known_by_their_hash() -> None:
    first, same, other = (take(typed(text=""), sending.png(shade=shade)) for shade in (10, 10, 20))
    assert [one.posts_new for one in (first, same, other)] == [1, 0, 1]


def test_a_link_meets_the_extension() -> None:
    from patrol.intake import captures  # noqa: PLC0415 -- the other door, for this test only

    captures.take(device=sending.paired().device, body=sending.written(sending.capture()), screenshot=None, now=NOW)
    intake = take(typed(link=sending.GROUP_POST, platform="facebook"))
    assert (intake.posts_new, intake.posts_repeated) == (0, 1)


@pytest.mark.parametrize(
    ("change", "files", "field"),
    [
        ({"text": " "}, (), "text"),
        ({"link": "bukan alamat"}, (), "link"),
        ({"posted_at": NOW + timedelta(days=1)}, (), "posted_at"),
        ({}, (b"<svg/>",), "pictures"),
        ({}, (sending.png(),) * 11, "pictures"),
    ],
)
def test_each_fault_is_told_beside_its_field(change: dict[str, Any], files: tuple[bytes, ...], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        take(typed(**change), *files)
    assert refused.value.place == field
    assert models.Intake.objects.count() == 0


def test_who_takes_no_captures_uploads_nothing() -> None:
    with pytest.raises(PermissionDenied):
        take(typed(), by=factories.person(Role.REGISTRAR))


# --- the form and the list ------------------------------------------------------------------------


def test_the_form_takes_several_pictures_and_guesses_the_platform(door: Any) -> None:  # noqa: F811
    client = door(Role.OFFICER)
    files = [SimpleUploadedFile(f"{n}.png", sending.png(shade=n), "image/png") for n in (1, 2)]
    given = {"key": uuid.uuid4(), "text": "", "link": LINK, "platform": "", "pictures": files}
    answer = client.post(reverse("admin:patrol_intake_upload"), given, follow=True)
    assert answer.redirect_chain == [(reverse("admin:patrol_intake_changelist"), 302)]
    post = models.Post.objects.get()
    assert (post.platform, post.external_id) == ("tiktok", "7300000000000000042")
    assert models.Media.objects.count() == 2


def test_an_empty_form_says_what_is_missing(door: Any) -> None:  # noqa: F811
    answer = door(Role.OFFICER).post(reverse("admin:patrol_intake_upload"), {"key": uuid.uuid4(), "text": ""})
    assert answer.status_code == 200
    assert "Isi teks unggahan atau pilih gambarnya." in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("name", "queries"), [("patrol_intake_changelist", 8), ("patrol_device_changelist", 5)])
def test_lists_cost_the_same_with_one_row_and_with_thirty(
    rows: int,
    name: str,
    queries: int,
    door: Any,  # noqa: F811
    django_assert_num_queries: Any,
) -> None:
    person = factories.person()
    for n in range(rows):
        take(typed(text=f"{sending.TEXT} Kota {n}"), by=person)
        models.Device.objects.create(person=person, name="Peramban", token_sha256=str(n), paired_at=NOW)
    client = door(person)
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"admin:{name}")).status_code == 200


def test_a_title_with_a_number_is_masked_in_the_list(door: Any) -> None:  # noqa: F811
    device = sending.paired().device
    from patrol.intake import captures  # noqa: PLC0415 -- the other door, for this test only

    page = {"url": sending.GROUP_POST, "title": "Loker WA 0840 5550 0042"}
    captures.take(device=device, body=sending.written(sending.capture(page=page)), screenshot=None, now=NOW)
    html = door(device.person).get(reverse("admin:patrol_intake_changelist")).content.decode()
    assert "Loker WA" in html
    assert "0840 5550 0042" not in html

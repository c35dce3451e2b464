"""Severe pictures: blurred first, then grey, then in colour as somebody asks, and what was seen is counted for them alone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from patrol import models
from patrol.models import Role
from patrol.triage import care
from tests import factories
from tests.admin.conftest import Door

pytestmark = pytest.mark.django_db


def red() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture
def flag() -> models.Flag:
    flag = factories.flag()
    models.Media.objects.create(
        version=flag.current_check.reading.version,
        position=0,
        kind="photo",
        state="kept",
        width=80,
        height=60,
        masked=factories.file_capture(red(), post_id=flag.post_id),
    )
    return flag


def severe(flag: models.Flag, *, is_severe: bool = True) -> None:
    care.mark_severe(post_id=flag.post_id, is_severe=is_severe, by=factories.person(), now=factories.NOW)


def page(client: Client, flag: models.Flag) -> Any:
    return client.get(reverse("admin:patrol_flag_change", args=[flag.pk]))


def served(client: Client) -> str:
    answer = client.get(reverse("admin:patrol_post_picture", args=[models.Media.objects.get().pk]))
    with Image.open(io.BytesIO(answer.content)) as picture:
        if picture.size != (80, 60):
            return "blur"
        return "grey" if picture.mode == "L" else "colour"


def step(client: Client, flag: models.Flag) -> None:
    client.post(reverse("admin:patrol_post_unveil", args=[flag.post_id]))


def test_a_picture_that_is_not_severe_is_shown_at_once(door: Door, flag: models.Flag) -> None:
    client = door()
    assert b"data-unveil" not in page(client, flag).content
    assert served(client) == "colour"


def test_a_severe_one_comes_blurred_and_a_step_at_a_time(door: Door, flag: models.Flag) -> None:
    severe(flag)
    client = door()
    assert b"data-unveil" in page(client, flag).content
    seen = [served(client)]
    for _ in range(3):
        step(client, flag)
        seen.append(served(client))
    assert seen == ["blur", "grey", "colour", "blur"]


def test_it_begins_where_the_person_or_the_office_wants(door: Door, flag: models.Flag) -> None:
    severe(flag)
    officer = factories.person()
    care.set_office(
        office_id=officer.office_id, veil="grey", break_minutes=0, break_severe=0, by=factories.person(Role.SUPERVISOR), now=factories.NOW
    )
    assert served(door(officer)) == "grey"
    care.choose(veil="colour", break_minutes=None, break_severe=None, spared=False, language="", by=officer)
    assert served(door(officer)) == "colour"


def test_how_far_one_went_holds_for_one_post_and_one_browser(door: Door, flag: models.Flag) -> None:
    severe(flag)
    officer, other = factories.person(), factories.flag()
    severe(other)
    client = door(officer)
    step(client, flag)
    assert served(client) == "grey"
    assert served(door(officer)) == "blur"
    step(client, other)
    assert served(client) == "blur"


def test_anybody_marks_a_post_and_the_mark_holds_for_all(door: Door, flag: models.Flag) -> None:
    link = reverse("admin:patrol_post_severe", args=[flag.post_id])
    door(Role.ANALYST).post(link, {"severe": "1"})
    assert served(door()) == "blur"
    door().post(link, {"severe": "0"})
    assert served(door()) == "colour"
    assert models.AuditEntry.objects.filter(verb="post.severe").count() == 2


def test_what_was_seen_is_counted_for_whoever_saw_it(door: Door, flag: models.Flag) -> None:
    severe(flag)
    officer = factories.person()
    client = door(officer)
    for _ in range(2):
        page(client, flag)  # opened twice in a row: once
    served(client)
    step(client, flag)
    served(client)
    assert models.Exposure.objects.values_list("person", "pictures", "severe").get() == (officer.pk, 0, 1)
    step(client, flag)
    served(client)
    assert models.Exposure.objects.values_list("person", "pictures", "severe").get() == (officer.pk, 1, 1)


def test_a_break_is_proposed_on_the_desk_and_goes_when_it_was_seen(door: Door, flag: models.Flag) -> None:
    officer = factories.person()
    care.choose(veil="", break_minutes=0, break_severe=1, spared=False, language="", by=officer)
    severe(flag)
    client = door(officer)
    page(client, flag)
    link = reverse("admin:patrol_owncare_reminded")
    assert link in page(client, flag).content.decode()
    client.post(link)
    assert link not in page(client, flag).content.decode()


def test_a_broken_file_is_a_missing_page_and_no_clear_one(door: Door, flag: models.Flag) -> None:
    severe(flag)
    models.Media.objects.update(masked=factories.file_capture(b"\xff\xd8\xff", post_id=flag.post_id))
    link = reverse("admin:patrol_post_picture", args=[models.Media.objects.get().pk])
    assert door().get(link).status_code == 404

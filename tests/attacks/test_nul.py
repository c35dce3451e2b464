"""NUL in every field of every form, in every query and address, for somebody who may use it: a sentence, and nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from tests.admin import test_access_walk as walk
from tests.admin.test_access_walk import MATRIX, kept_world, world  # noqa: F401 -- fixtures

SENTENCES = ("NUL", "Karakter null tidak diizinkan", "Null characters are not allowed")


def who(answers: walk.Answers) -> tuple[str, str]:
    """An office and somebody who is answered there without a refusal."""
    for office, by_status in answers.items():
        for status, letters in by_status.items():
            if status < 400 and letters:
                return office, letters[0]
    raise AssertionError("nobody")


# Boxes, which any word ticks, and fields that the page's form leaves unread.
UNREAD = {
    "admin:patrol_flag_escalate": {"outcome", "reason"},
    "admin:patrol_post_severe": {"severe"},
    "admin:patrol_indicator_find": {"what"},
    "admin:patrol_watch_edit": {"ask"},
    "admin:patrol_credential_renew": {"name"},
    "admin:patrol_credential_rename": {"value_api_key"},
    "admin:patrol_jointleave_add": {"off"},
    "admin:patrol_jointleave_change": {"day", "off"},
    "admin:patrol_person_add": {"active"},
    "admin:patrol_person_change": {"username", "active"},
    "admin:patrol_office_change": {"active"},
    "admin:patrol_station_change": {"active"},
    "admin:patrol_tip_judge_faith": {"bad"},
    "admin:reports_weeklysummary_freeze": {"sure"},
    "admin:reports_weeklysummary_sign": {"read"},
}


def somebody(answers: walk.Answers | None) -> bool:
    return any(status < 400 and letters for by_status in (answers or {}).values() for status, letters in by_status.items())


POSTED = [name for name, row in MATRIX.items() if somebody(row.post)]
OPENED = [name for name, row in MATRIX.items() if somebody(row.get) and not row.open]


def asked(row: walk.Row, answers: walk.Answers) -> tuple[str, str]:
    office, letter = who(answers)
    return (office if row.thing and office in row.offices else row.offices[0] if row.thing else office), letter


type Thing = tuple[Any, list[Any]]  # and the parts of its address


def sent(world: Any, row: walk.Row, name: str, made: Thing, field: str, word: str, *, shown: bool = True) -> tuple[int, str]:  # noqa: F811
    """Rows left in the log, and what is `shown` afterwards; undone."""
    assert row.post
    thing, parts = made
    with transaction.atomic():
        client, form = walk.entered(world, asked(row, row.post)[1]), row.form(world, thing)
        before = walk.written()
        response = client.post(walk.address(name, parts, thing), form | {field: f"{form.get(field, '')}{word}"})
        written = walk.written() - before
        assert response.status_code < 500
        if shown and response.status_code == 302:
            response = client.get(response.headers["Location"], follow=True)
        text = response.getvalue().decode(errors="replace") if shown else ""  # a file too
        transaction.set_rollback(True)
    return written, text


@pytest.mark.parametrize("name", POSTED)
def test_every_field_of_every_form(name: str, world: Any) -> None:  # noqa: F811
    """What takes "ab" is a field of free words: with NUL between it says so, and nothing happened. Every other only answers."""
    row = MATRIX[name]
    assert row.post
    made = world.make(row.thing, *asked(row, row.post)) if row.thing else (None, [])
    with transaction.atomic():
        fields = [key for key, value in row.form(world, made[0]).items() if isinstance(value, str)]
        transaction.set_rollback(True)
    wrong = []
    for field in [*fields, "note", "back"]:
        free = field in fields and field not in UNREAD.get(name, ()) and sent(world, row, name, made, field, "ab", shown=False)[0] > 0
        written, text = sent(world, row, name, made, field, "a\0b")
        if free and (written or not any(sentence in text for sentence in SENTENCES)):
            wrong.append(f"{field}: {written} rows of the log")
    assert wrong == []


# A sheet of paper has no messages; it looks at none of these.
@pytest.mark.parametrize("name", [name for name in OPENED if name != "admin:reports_weeklysummary_print"])
def test_every_query(name: str, world: Any) -> None:  # noqa: F811
    row = MATRIX[name]
    office, letter = asked(row, row.get)
    with transaction.atomic():
        thing, parts = world.make(row.thing, office, letter) if row.thing else (None, [])
        client = walk.entered(world, letter)
        address = walk.address(name, parts, thing)
        page = client.get(address)
        names = {"q", "page", "office", "week", "after"} | set(row.query(thing))
        if page.headers.get("Content-Type", "").startswith("text/html"):
            soup = BeautifulSoup(page.content, "html.parser")
            names |= {
                str(field["name"])
                for form in soup.find_all("form")
                if form.get("method", "get").lower() == "get"
                for field in form.find_all(attrs={"name": True})
            }
        wrong = []
        for field in sorted(names):
            response = client.get(address.partition("?")[0], row.query(thing) | {field: "a\0b"})
            if response.status_code >= 500:
                wrong.append(f"{field}: {response.status_code}")
            text = response.content.decode(errors="replace")
            if response.status_code == 200 and "<html" in text and "NUL" not in text:
                wrong.append(f"{field}: nothing is said")
        transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.django_db
def test_addresses_and_cookies(client: Client) -> None:
    assert client.get("/kerja/%00/").status_code in {302, 404}
    assert client.get("/kerja/patrol/flag/a%00b/change/").status_code in {302, 404}
    for name in ("session", "django_language", "csrf", "messages"):
        answer = client.get("/kerja/", headers={"cookie": f'{name}="abcdefgh\\000ijkl"'})
        assert (answer.status_code, answer.headers["Location"][:13]) == (302, "/kerja/login/")

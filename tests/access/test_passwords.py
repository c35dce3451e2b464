"""What is refused as a password beside what Django refuses."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from patrol import models
from patrol.access import passwords
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> models.Person:
    return factories.person(username="sari", name="Sari Melati")


def refused(password: str, person: models.Person | None) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [one.code or "" for one in error.error_list]
    return []


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("sipatrol-2026!", ["password_context"]),
        ("S1P4TR0L-bp3mi", ["password_context"]),
        ("p@ssword-rahasi4", ["password_context"]),
        ("melati-melati-77", ["password_context"]),  # the name
        ("sari12345678jabar", ["password_context"]),  # the office
        ("123456789-qwerty", ["password_context"]),
        ("sipatrol", ["password_too_short"]),  # and not both
        ("sipatrol-kuda-terbang-4", []),  # enough is left
        ("kudaterbang4", []),
        ("1985-kuda-terbang", []),
    ],
)
def test_words_anybody_here_thinks_of_do_not_count(password: str, said: list[str], owner: models.Person) -> None:
    assert refused(password, owner) == said


def test_the_names_of_somebody_else_count_as_any_word(owner: models.Person) -> None:
    assert refused("melati-melati-77", factories.person(username="budi", name="Budi")) == []
    assert passwords.without("melatimelati77", passwords.words(None)) == "melatimelati77"


def test_the_page_lists_the_words() -> None:
    page = (Path(product.BASE_DIR) / "docs/offices/signing-in.md").read_text()
    listed = re.search(r"^## Passwords\n.*?\n\n((?:    [^\n]*\n)+)", page, re.MULTILINE | re.DOTALL)
    assert listed is not None
    assert listed[1].split() == sorted(passwords.COMMON)


def line(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


STOLEN = [f"kata-curian-{number}" for number in range(200)]


@pytest.mark.parametrize("written", ["{}:17\r\n", "{}\n"])
def test_a_stolen_one_is_found_wherever_it_stands(written: str, tmp_path: Path, settings: Any, owner: models.Person) -> None:
    path = tmp_path / "stolen.txt"
    path.write_bytes("".join(written.format(one) for one in sorted(map(line, STOLEN))).encode())
    assert [one for one in STOLEN if not passwords.holds(path, one)] == []
    assert [one for one in (f"kata-lain-{number}" for number in range(200)) if passwords.holds(path, one)] == []
    assert refused(STOLEN[7], owner) == []  # no list is named
    settings.BREACHED_PASSWORDS = str(path)
    settings.AUTH_PASSWORD_VALIDATORS = [*settings.AUTH_PASSWORD_VALIDATORS, {"NAME": "patrol.access.passwords.Breached"}]
    assert [refused(one, owner) for one in (STOLEN[7], "kudaterbang4")] == [["password_breached"], []]


def test_no_sentence_of_the_rules_is_empty() -> None:
    assert [one for one in password_validators_help_texts() if not one.strip()] == []


@pytest.mark.parametrize("content", ["", "\n", "tidak ada\n"])
def test_an_empty_or_other_list_holds_nothing(content: str, tmp_path: Path) -> None:
    path = tmp_path / "stolen.txt"
    path.write_text(content)
    assert not passwords.holds(path, STOLEN[0])

"""What a wrong installation is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import OperationalError, connections
from django.utils import timezone

from patrol import sources
from patrol.engine import rules
from patrol.engine.reading.pictures import tesseract
from patrol.evidence.archive import browser
from patrol.frame import checks
from patrol.models import guards


def ids(found: Sequence[CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


def test_what_we_list_is_well_listed() -> None:
    assert checks.tables() == []


def test_a_rule_listed_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES", (*rules.RULES, rules.RULES[0]))
    assert [(m.id, m.msg) for m in checks.tables()] == [("patrol.E001", f"The rule {rules.RULES[0].NAME} is listed twice.")]


def test_a_source_under_another_s_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "SOURCES", {"telegram": sources.SOURCES["feed"]})
    assert [(m.id, m.msg) for m in checks.tables()] == [("patrol.E002", "The source telegram calls itself feed.")]


def test_without_tesseract_the_check_says_what_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "found", lambda path: "/usr/bin/chromium")
    monkeypatch.setattr(tesseract, "available", lambda: False)
    (message,) = checks.optional_parts()
    assert (message.id, message.hint) == ("patrol.I001", "apt-get install tesseract-ocr tesseract-ocr-ind")
    monkeypatch.setattr(tesseract, "available", lambda: True)
    assert checks.optional_parts() == []


def test_without_a_browser_the_check_says_that_pages_are_not_archived(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: True)
    settings.BROWSER_PATH = str(tmp_path / "absent")
    (message,) = checks.optional_parts()
    assert (message.id, message.msg) == ("patrol.I002", f"Pages of posts are not archived: there is no Chromium at {tmp_path / 'absent'}.")
    monkeypatch.setattr(browser, "found", lambda path: "/usr/bin/chromium")
    assert checks.optional_parts() == []


def production(monkeypatch: pytest.MonkeyPatch, **given: Any) -> list[str | None]:
    fields = {
        "EXAMPLE": False,
        "CONTACT": "https://kantor.example",
        "CREDENTIAL_KEYS": ["kunci"],
        "SECURITY_UNTIL": None,
        "TIP_DAYS": 90,
        "SECOND_FACTOR": "directorate",
        "DATABASES": {"default": {"USER": "app"}, "owner": {"USER": "owner"}},
    }
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**(fields | given)))
    return ids(checks.production())


def test_a_production_that_is_right_has_nothing_to_hear(monkeypatch: pytest.MonkeyPatch) -> None:
    assert production(monkeypatch) == []
    assert production(monkeypatch, DATABASES={"default": {"USER": "app"}}) == []


def test_example_data_no_contact_and_one_role_for_both_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert production(monkeypatch, EXAMPLE=True) == ["patrol.E010"]
    assert production(monkeypatch, CONTACT="") == ["patrol.W010"]
    assert production(monkeypatch, SECOND_FACTOR="offered") == ["patrol.E013"]
    same = {"default": {"USER": "sipatrol"}, "owner": {"USER": "sipatrol"}}
    assert production(monkeypatch, DATABASES=same) == ["patrol.E011"]


def test_a_security_txt_whose_day_is_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 6, 30, 17, tzinfo=UTC))
    assert production(monkeypatch, SECURITY_UNTIL=date(2027, 6, 30)) == ["patrol.W011"]
    assert production(monkeypatch, SECURITY_UNTIL=date(2027, 7, 1)) == []


def test_reports_kept_for_longer_than_shipped_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert production(monkeypatch, TIP_DAYS=91) == ["patrol.W012"]
    (message,) = checks.production()
    assert message.msg.startswith("What reporters leave is kept for 91 days, longer than 90,")
    assert production(monkeypatch, TIP_DAYS=90) == production(monkeypatch, TIP_DAYS=1) == []


def test_a_production_without_a_key_for_credentials_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert production(monkeypatch, CREDENTIAL_KEYS=[]) == ["patrol.E012"]


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_wall_that_is_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.walls() == []
    monkeypatch.setattr(guards, "WALLED", ("patrol_tip", "patrol_office", "patrol_not_there_yet"))
    where = "The wall between offices is down: patrol_office is"
    assert [one.msg for one in checks.walls()] == [f"{where} not forced.", f"{where} without a policy for the role that runs the product."]
    monkeypatch.setattr(guards, "WALLED", ("patrol_tip",))
    monkeypatch.setattr(checks, "connection", connections["owner"])
    owned = "The wall between offices is down: patrol_tip is owned by the role that runs the product."
    assert [(one.id, one.msg) for one in checks.walls()] == [("patrol.E014", owned)]


@pytest.mark.django_db(databases=["default", "owner"])
def test_before_the_migration_that_puts_it_up_nothing_is_said_of_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """An update asks first and migrates then."""
    monkeypatch.setattr(checks, "connection", connections["owner"])
    assert checks.walls() != []
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'patrol' AND name = '0129_walls_and_custody'")
    assert checks.walls() == []


def test_where_no_database_answers_nothing_is_said_of_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(checks, "connection", SimpleNamespace(cursor=away))
    assert checks.walls() == []

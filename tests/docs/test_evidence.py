"""docs/evidence/index.md: each principle names a field that there is, and what shows it. That a named test is there is asked of every
document (test_site.py)."""

from __future__ import annotations

import re

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from tests.docs import documents

PAGE = documents.ROOT / "docs/evidence/index.md"


def rows(text: str) -> list[list[str]]:
    """Principle, fields, tests."""
    found = [re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in text.splitlines() if line.startswith("| ")]
    return [row for row in found if row[1] != "field"]


def wrong(text: str) -> list[str]:
    """Principles without a field or a test, and fields that are not there."""
    bad = []
    for principle, fields, tests in rows(text):
        named = re.findall(r"`(\w+)\.(\w+)`", fields)
        if not named or "`tests/" not in tests:
            bad.append(principle)
        bad += [f"{model}.{name}" for model, name in named if not _there(model, name)]
    return bad


def _there(model: str, name: str) -> bool:
    try:
        return bool(apps.get_model("patrol", model)._meta.get_field(name))
    except (LookupError, FieldDoesNotExist):
        if name.endswith("_id"):
            return _there(model, name.removesuffix("_id"))
        return False


def test_each_principle_names_a_field_and_what_shows_it() -> None:
    text = PAGE.read_text()
    assert wrong(text) == []
    assert len(rows(text)) > 20
    assert [row[0] for row in rows(text.partition("## UU ITE")[2])] == [
        "It can be accessed",
        "It can be displayed",
        "Its integrity is guaranteed",
        "It can be accounted for",
    ]


def test_a_field_that_is_not_there_is_seen() -> None:
    assert wrong("| a | `Capture.sha257` | `tests/x.py` |\n| b | none | `tests/x.py` |") == ["Capture.sha257", "b"]

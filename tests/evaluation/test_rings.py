"""The rings the linking was improved on: it may not fall back. Floors lie a little below what is reached."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SETS = Path(__file__).parent / "campaigns"
NOW = "2026-06-30T12:00:00+07:00"


def evaluated(name: str, floors: str) -> str:
    said = StringIO()
    asked = ["--campaigns", "--labels", str(SETS / name / "labels.jsonl"), "--now", NOW, "--fail-under", floors, "--worst", "0"]
    if not (SETS / name / "agencies.csv").exists():
        asked.append("--no-register")
    call_command("evaluate", *asked, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("contacts", "precision=0.98,recall=0.97"),
        ("texts", "precision=0.98,recall=0.95"),
        ("mixed", "precision=0.98,recall=0.9"),
        ("names", "precision=0.98,recall=0.65"),
    ],
)
def test_the_linking_does_not_fall_back(name: str, floors: str) -> None:
    assert "posts, precision" in evaluated(name, floors)


def test_a_figure_that_is_missed_is_named() -> None:
    with pytest.raises(CommandError, match="recall is"):
        evaluated("names", "recall=0.999")
    with pytest.raises(CommandError, match="knows no"):
        evaluated("names", "f1=0.5")

"""`manage.py rules`: every rule, its points, and how often it fired."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from patrol.engine import rules
from patrol.engine.rules import scam_compound_job
from patrol.management.commands import rules as command
from patrol.models import Role
from patrol.register import calibration
from tests import factories
from tests.management import sets

RULE = scam_compound_job


def run(*options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("rules", *map(str, options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def row(*options: object, rule: str = RULE.NAME) -> dict[str, object]:
    rows = [json.loads(line) for line in run("--json", *options)[0].splitlines()]
    assert [one["rule"] for one in rows] == [one.NAME for one in rules.RULES]
    return next(one for one in rows if one["rule"] == rule)


@pytest.mark.django_db
def test_every_rule_with_its_points_and_both_titles() -> None:
    assert row() == {
        "rule": RULE.NAME,
        "version": RULE.VERSION,
        "points": RULE.POINTS,
        "in_force": RULE.POINTS,
        "title": {"id": RULE.TITLE.id, "en": RULE.TITLE.en},
        "posts": 0,
        "recent": 0,
        "decided": 0,
        "confirmed": 0,
    }
    written, err = run()
    assert max(map(len, written.splitlines())) <= 100
    assert f"    {RULE.TITLE.id} · {RULE.TITLE.en}" in written.splitlines()
    assert err == ""


@pytest.mark.django_db
def test_a_post_counts_once_and_a_decision_for_what_it_saw() -> None:
    confirmed, dismissed, _open = factories.flags(3)
    sets.decide(confirmed, "confirmed", "fraud")
    sets.decide(dismissed, "dismissed", "not_overseas")
    at = factories.NOW.isoformat()
    counted = row("--now", at)
    assert {key: counted[key] for key in ("posts", "recent", "decided", "confirmed")} == {
        "posts": 3,
        "recent": 3,
        "decided": 2,
        "confirmed": 1,
    }
    later = row("--now", (factories.NOW + timedelta(days=31)).isoformat())
    assert (later["posts"], later["recent"]) == (3, 0)
    (line,) = [one for one in run("--now", at)[0].splitlines() if one.startswith(RULE.NAME)]
    assert line.split()[4:] == ["3", "3", "0.50", "(1/2)"]


@pytest.mark.django_db
def test_points_in_force_stand_beside_the_experts() -> None:
    content = f"[rules.{RULE.NAME}]\nversion = {RULE.VERSION}\npoints = 1.25\n".encode()
    calibration.approve(content, by=factories.person(Role.SUPERVISOR, "directorate"), now=factories.NOW)
    assert (row()["points"], row()["in_force"]) == (RULE.POINTS, 1.25)


@pytest.mark.django_db
def test_on_labelled_posts_a_rule_is_right_where_it_points(folder: Path) -> None:
    counted = row("--labels", folder / "labels.jsonl")
    assert (counted["labelled"], counted["right"]) == (1, 1)
    clears = row("--labels", folder / "labels.jsonl", rule="official_placement")
    assert (clears["labelled"], clears["right"]) == (1, 1)  # it spoke for a post that needs no look
    sets.lines(folder / "labels.jsonl", [{"id": "scam", "look": False}, {"id": "gone"}])
    assert row("--labels", folder / "labels.jsonl")["right"] == 0
    written, err = run("--labels", folder / "labels.jsonl")
    assert written.splitlines()[0].endswith("labelled right")
    assert err == f"{folder / 'posts.jsonl'} holds no post gone\n"


def test_without_a_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_more: object) -> None:
        raise OperationalError

    monkeypatch.setattr(command, "fired", away)
    monkeypatch.setattr("patrol.register.editions.current_points", away)
    counted = row()
    assert "posts" not in counted
    assert counted["in_force"] == RULE.POINTS
    assert run()[1] == "No database answers: how often rules fired there is not known.\n"

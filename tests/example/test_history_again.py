"""The weeks before the first day of an example run come out alike each time; where they were cut on the way they go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from example.history import build, calendar
from patrol import models
from patrol.access import audit
from tests import conftest
from tests.example.living import MOMENT, live, settings_kept

# What is drawn at random, or by this installation's key: not part of what must come out alike.
_DRAWN = {"salt", "commitment", "hash", "prev_hash", "mac", "token", "lease_token", "password", "sha256", "sealed"}


def rows() -> dict[str, list[list[str]]]:
    """Of our tables the logical columns: no salts, no hashes of salts, no random ids, no times of the database's own clock."""
    told: dict[str, list[list[str]]] = {}
    with connection.cursor() as cursor:
        for model in (
            models.Post,
            models.Flag,
            models.Decision,
            models.Case,
            models.CaseEvent,
            models.Campaign,
            models.Watch,
            models.Fetch,
            models.Intake,
            models.Bulk,
            models.BulkEntry,
            models.Trusted,
            models.Protection,
            models.Notice,
            models.Webhook,
            models.Delivery,
        ):
            columns = [
                _PARTLY.get((model, str(field.column)), f'"{field.column}"')
                for field in model._meta.concrete_fields
                if field.get_internal_type() != "UUIDField" and field.column not in _DRAWN | _OF_THE_DATABASE
            ]
            cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table} ORDER BY id")
            told[model.__name__] = [[str(value) for value in row] for row in cursor.fetchall()]
        cursor.execute("SELECT seq, at, verb, actor_id, target_type FROM patrol_auditentry ORDER BY seq")
        told["log"] = [[str(value) for value in row] for row in cursor.fetchall()]
        cursor.execute("SELECT year, week, edition, office_id, figures::text FROM reports_weeklysummary ORDER BY id")
        told["weeks"] = [[str(value) for value in row] for row in cursor.fetchall()]
    return told


# The number of a report is drawn, and so is the id of a try.
_PARTLY: dict[tuple[Any, str], str] = {
    (models.Notice, "note"): "CASE WHEN kind = 'tip_urgent' THEN '' ELSE note END",
    (models.Delivery, "change"): "CASE WHEN type = 'test' THEN '' ELSE change END",
}
_OF_THE_DATABASE = {"due_at", "lease_until", "lease_since", "ended_at", "transaction", "cursor"}


def posts() -> list[tuple[str, datetime]]:
    return sorted(models.Post.objects.values_list("external_id", "first_seen"))


@dataclass(frozen=True)
class Whole:
    rows: dict[str, list[list[str]]]
    posts: list[tuple[str, datetime]]


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """What a week and the running one leave that were lived without a stop: once for all tests of this file."""
    name = str(settings.DATABASES["default"]["NAME"])
    with django_db_blocker.unblock(), settings_kept():
        conftest.empty(name)  # ids begin at 1 each time
        try:
            live(tmp_path_factory.mktemp("whole"), weeks=1)
            return Whole(rows(), posts())
        finally:
            connections.close_all()
            conftest.empty(name)


def test_the_same_moment_gives_the_same_rows(whole: Whole, committed: None, tmp_path: Path) -> None:
    assert {name: len(found) for name, found in whole.rows.items() if not found} == {}
    with settings_kept():
        live(tmp_path, weeks=1)
        assert rows() == whole.rows


def test_what_was_cut_goes_on_with_the_day_that_was_cut(whole: Whole, committed: None, tmp_path: Path) -> None:
    """Nothing of that day is there twice, and nothing is missing; what the series of the database skipped stays skipped."""
    with settings_kept():
        cut_after(5, tmp_path)
        before, lived = models.Post.objects.count(), models.Reached.objects.get(name="example-history").row
        assert (build.wanted(), lived) == (True, 5 + 1)
        said = live(tmp_path, weeks=1)
        # Old posts whose time of keeping is over come at the end.
        then = models.Post.objects.filter(first_seen__range=(calendar.Span(MOMENT, 1).at(0, 0), monday())).count()
        assert said == [f"  week 2 of 2: {then} posts, {decided()} decisions"]
        assert not build.wanted()
        assert models.Post.objects.count() > before
        assert audit.verify() is None
        assert posts() == whole.posts


def monday() -> datetime:
    return calendar.Span(MOMENT, 1).at(7, 0)


def decided() -> int:
    return models.Decision.objects.filter(at__lt=monday()).count()


def cut_after(day: int, folder: Path) -> None:
    """A start that ends in the middle of a day, as by Ctrl-C."""
    living = build._Days.live

    def until(days: build._Days, number: int) -> None:
        living(days, number)
        if number == day:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build._Days, "live", until)
        with pytest.raises(KeyboardInterrupt):
            live(folder, weeks=1)

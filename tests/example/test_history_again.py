"""The weeks before the first day of an example run come out alike each time; where they were cut on the way they go on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from example.history import build, calendar
from patrol import models
from patrol.access import audit
from tests import conftest
from tests.example.living import MOMENT, live, settings_kept

# What is drawn at random, or by this installation's key: not part of what must come out alike.
_DRAWN = {"salt", "commitment", "hash", "prev_hash", "mac", "token", "lease_token", "password", "sha256"}


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
            models.ErasureRequest,
            models.Protection,
            models.Notice,
        ):
            columns = [
                _NOTE if (model, field.column) == (models.Notice, "note") else f'"{field.column}"'
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


_NOTE = "CASE WHEN kind = 'tip_urgent' THEN '' ELSE note END"  # the number of a report is drawn
_OF_THE_DATABASE = {"due_at", "lease_until", "lease_since", "ended_at"}


def test_the_same_moment_gives_the_same_rows(committed: None, tmp_path: Path, settings: Any) -> None:
    name = str(settings.DATABASES["default"]["NAME"])
    with settings_kept():
        conftest.empty(name)  # ids begin at 1 for both
        live(tmp_path / "one", weeks=2)
        first = rows()
        assert min(map(len, first.values())) > 0
        connections.close_all()
        conftest.empty(name)
        live(tmp_path / "two", weeks=2)
        assert rows() == first


def test_what_was_cut_goes_on_with_the_day_that_was_cut(committed: None, tmp_path: Path, settings: Any) -> None:
    """Nothing of that day is there twice, and nothing is missing; what the series of the database skipped stays skipped."""
    with settings_kept():
        cut_after(5, tmp_path)
        posts, lived = models.Post.objects.count(), models.Reached.objects.get(name="example-history").row
        assert (build.wanted(), lived) == (True, 5 + 1)
        said = live(tmp_path, weeks=1)
        assert said == [f"  week 2 of 2: {models.Post.objects.filter(first_seen__lt=monday()).count()} posts, {decided()} decisions"]
        assert not build.wanted()
        assert models.Post.objects.count() > posts
        assert audit.verify() is None
        connections.close_all()
        kept = sorted(models.Post.objects.values_list("external_id", "first_seen"))
        conftest.empty(str(settings.DATABASES["default"]["NAME"]))
        live(tmp_path / "whole", weeks=1)
        assert sorted(models.Post.objects.values_list("external_id", "first_seen")) == kept


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

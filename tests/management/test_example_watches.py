"""The watches of the example world."""

from __future__ import annotations

import io
import tomllib
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from patrol import models, pipeline
from tests import factories

pytestmark = pytest.mark.django_db


def told() -> Any:
    out = io.StringIO()
    call_command("example_watches", stdout=out)
    return out.getvalue().strip()


def listed() -> Any:
    return tomllib.loads((configured.BASE_DIR / "example" / "world" / "watches.toml").read_text())["watch"]


def test_every_listed_source_is_watched_by_its_office_and_due_at_once() -> None:
    factories.offices()
    count = len(listed())
    assert told() == f"Watches: {count} made, {count} in all."
    kept = models.Watch.objects.values_list("platform", "query", "office__code", "name")
    assert set(kept) == {(one["platform"], one["query"], one["office"], one["name"]) for one in listed()}
    assert len(pipeline.due().watches) == count


def test_repeated_a_watch_stays_as_somebody_made_it() -> None:
    factories.offices()
    told()
    models.Watch.objects.update(every_seconds=777, state="paused", due_at=None)
    count = len(listed())
    assert told() == f"Watches: 0 made, {count} in all."
    assert set(models.Watch.objects.values_list("every_seconds", "state", "due_at")) == {(777, "paused", None)}


def test_an_office_gets_no_example_watches(settings: Any) -> None:
    settings.EXAMPLE = False
    with pytest.raises(CommandError, match="EXAMPLE=1 is not set"):
        told()
    assert models.Watch.objects.count() == 0

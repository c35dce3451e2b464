"""The command that counts what is older than its time, and erases it when it is told to."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from patrol import models
from patrol.retention import editions
from tests import factories

pytestmark = pytest.mark.django_db


def said(**options: bool) -> list[str]:
    out = io.StringIO()
    call_command("retention", stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_counts_and_erases_with_run_alone() -> None:
    now = timezone.now()
    old = now - timedelta(days=200)
    factories.stored([factories.raw_post(posted_at=old)], now=old)
    assert said()[:2] == [
        "No edition was approved, nothing goes; counted by the times as shipped.",
        "unflagged (post), 180 days: 1 due; held: nothing",
    ]
    with pytest.raises(CommandError, match="no edition of the times was approved"):
        said(run=True)
    asked = editions.propose(times=editions.shipped() | {"outbox": None}, reason="uji", by=factories.person("analyst"), now=now)
    editions.approve(edition_id=asked.pk, by=factories.person("supervisor", "directorate"), now=now)
    assert said()[:2] == [f"Edition {asked.pk}.", "unflagged (post), 180 days: 1 due; held: nothing"]
    assert models.Erasure.objects.count() == 0
    assert said(run=True)[:3] == ["unflagged: 1 erased", f"Edition {asked.pk}.", "unflagged (post), 180 days: 0 due; held: nothing"]
    assert "outbox: kept for good" in said()
    assert models.Erasure.objects.count() == 1

"""manage.py tally: what differs is named, and mended only where that is asked for."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patrol import models
from tests import factories

pytestmark = pytest.mark.django_db


def told(**options: Any) -> list[str]:
    out = io.StringIO()
    call_command("tally", stdout=out, **options)
    return out.getvalue().splitlines()


def test_differences_are_named_and_mended_where_asked() -> None:
    office = factories.office()
    (one,) = factories.flags(1, of=factories.watch())
    assert told() == ["All as the events say: 1 days."]
    models.DailyTally.objects.filter(what="read").delete()
    models.DailyTally.objects.create(day="2026-11-23", office=office, what="flagged", level=one.level, count=2)
    named = [f"2026-11-23 {office.code} flagged {one.level}: 2 too many", f"2026-11-23 {office.code} read: 1 too few"]
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"^2 counts differ; --rebuild mends them\.$"):
        call_command("tally", stdout=out)
    assert out.getvalue().splitlines() == named
    assert told(rebuild=True) == [*named, "Mended: 2 counts."]
    assert told() == ["All as the events say: 1 days."]

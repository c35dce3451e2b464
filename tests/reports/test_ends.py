"""What waited at the end of weeks and months is counted once, after they ended, and stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from patrol import domain
from patrol.infra import reached
from reports import ends
from reports.models import QueueEnd
from tests.reports.conftest import Patrol

pytestmark = pytest.mark.django_db

SUNDAY, MONTH_END = date(2026, 11, 29), date(2026, 11, 30)


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=domain.LAW_ZONE)


def kept() -> Any:
    rows = QueueEnd.objects.order_by("day", "office__code").values_list("day", "office__code", "waiting", "oldest_at", "late")
    return list(rows)


def test_an_end_says_what_waited_then_and_longer_than_its_level_may(patrol: Patrol, settings: Any) -> None:
    settings.DECIDE_HOURS = {"high": 12, "medium": 48}
    java, aceh = patrol.office("jateng"), patrol.office("aceh")
    officer = patrol.person("officer", java)
    patrol.post(java, at(28, 12), level="high")  # 36 hours before the Sunday ends
    patrol.post(java, at(29, 20), level="high")
    patrol.post(java, at(28, 12), level="medium")
    patrol.post(java, at(27, 23), level="medium")  # 49 hours
    decided = patrol.post(java, at(25), level="high")
    assert decided is not None
    made = patrol.decide(decided, "confirmed", at(26), officer)
    assert ends.keep(now=at(30, 0) + timedelta(minutes=9)) == 0  # what was committed late is waited for
    assert ends.keep(now=at(30, 0) + timedelta(minutes=10)) == 1
    first = [(SUNDAY, "aceh", 0, None, 0), (SUNDAY, "jateng", 4, at(27, 23), 2)]
    assert kept() == first
    patrol.take_back(made, at(30, 1), officer)  # not in the week that is over
    assert ends.keep(now=at(30, 2)) == 0
    assert ends.keep(now=at(1, 2, month=12)) == 1
    assert kept() == [*first, (MONTH_END, "aceh", 0, None, 0), (MONTH_END, "jateng", 5, at(25), 5)]
    assert aceh.pk


def test_after_an_update_the_ends_of_the_past_are_counted_newest_first(patrol: Patrol, monkeypatch: pytest.MonkeyPatch) -> None:
    java = patrol.office("jateng")
    patrol.post(java, at(13))
    monkeypatch.setattr(ends, "SECONDS", 0.0)
    now, days = at(2, month=12), []
    while ends.keep(now=now):
        days.append(QueueEnd.objects.order_by("-id").values_list("day", flat=True)[0])
    assert days == [MONTH_END, SUNDAY, date(2026, 11, 22), date(2026, 11, 15)]
    assert [row[2] for row in kept()] == [1] * 4


def test_where_nothing_ever_happened_no_end_is_counted(patrol: Patrol) -> None:
    patrol.office("jateng")
    assert (ends.keep(now=at(2, month=12)), kept()) == (0, [])
    assert reached.day("ends") == date(2026, 12, 1)


def test_two_that_count_at_once_count_once(patrol: Patrol) -> None:
    patrol.post(patrol.office("jateng"), at(28))
    ends._count(SUNDAY)
    before = kept()
    ends._count(SUNDAY)
    assert kept() == before


def test_an_end_says_nothing_that_cannot_be(patrol: Patrol) -> None:
    java = patrol.office("jateng")
    for wrong in ({"waiting": 0, "late": 1}, {"waiting": 1, "late": 0}, {"waiting": 1, "late": 2, "oldest_at": at(1)}):
        with pytest.raises(IntegrityError, match="queue_end_of_what_waits"), transaction.atomic():
            QueueEnd.objects.create(day=SUNDAY, office=java, **wrong)

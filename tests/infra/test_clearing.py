"""Once a day: what ended goes, what still holds somebody stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from patrol import models
from patrol.infra import clearing, pace
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)  # of NOW, in Jakarta


def sessions(**ends: datetime) -> None:
    for key, end in ends.items():
        models.Session.objects.create(session_key=key, session_data="", expire_date=end)


def kept() -> list[str]:
    return sorted(models.Session.objects.values_list("session_key", flat=True))


def paced(host: str, *, ago: Any, closed_for: Any = None) -> None:
    """A host that was asked so long ago, and asked us to wait from now on. By the database's clock."""
    pace.SharedPace().wait(host)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_hostpace SET filled_at = clock_timestamp() - %s, closed_until = clock_timestamp() + %s WHERE host = %s",
            [ago, closed_for, host],
        )


def test_ended_sessions_go_and_the_others_stay() -> None:
    sessions(long_ago=NOW - timedelta(days=90), just_ended=NOW - timedelta(microseconds=1), ends=NOW, runs=NOW + timedelta(hours=8))
    assert clearing.clear(now=NOW) == 2
    assert kept() == ["ends", "runs"]


def test_old_paces_go_and_those_that_hold_somebody_stay() -> None:
    paced("lama.example", ago=timedelta(days=1, seconds=1))
    paced("buka.example", ago=timedelta(days=2), closed_for=timedelta(seconds=-1))
    paced("baru.example", ago=timedelta(hours=23, minutes=59))
    paced("tutup.example", ago=timedelta(days=2), closed_for=timedelta(minutes=1))
    assert clearing.clear(now=NOW) == 2
    assert sorted(models.HostPace.objects.values_list("host", flat=True)) == ["baru.example", "tutup.example"]


def test_it_is_done_once_a_day_of_jakarta() -> None:
    midnight = NOW.replace(hour=17, minute=0, second=0, microsecond=0)  # 0.00 in Jakarta, on the next day
    assert clearing.clear(now=NOW) == 0
    sessions(ended=NOW - timedelta(days=1))
    assert (clearing.clear(now=midnight - timedelta(microseconds=1)), kept()) == (0, ["ended"])
    assert (clearing.clear(now=midnight), kept()) == (1, [])
    assert models.Reached.objects.get(name="cleared").row == (TODAY + timedelta(days=1)).toordinal()


def test_many_go_in_batches_of_the_following_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "AT_ONCE", 2)
    sessions(**{f"s{number}": NOW - timedelta(days=1 + number) for number in range(5)})
    assert [clearing.clear(now=NOW), kept()] == [2, ["s0", "s1", "s2"]]  # the longest ended first
    assert [clearing.clear(now=NOW) for _ in range(3)] == [2, 1, 0]
    sessions(later=NOW - timedelta(days=1))
    assert (clearing.clear(now=NOW), kept()) == (0, ["later"])


def test_an_address_goes_with_its_code_and_what_was_told_long_ago_goes() -> None:
    person = factories.person()
    other = factories.person()
    for one, ends in ((person, NOW - timedelta(seconds=1)), (other, NOW)):
        models.AddressCode.objects.create(person=one, address="satu@kantor.example", nonce="x", expires_at=ends)
    days = {"new": 59, "old": 61, "oldest": 366}
    given: dict[str, Any] = {"kind": "notices", "person": person}
    asked = {
        name: models.Dispatch.objects.create(key=name, asked_at=NOW - timedelta(days=ago), state="dropped", **given)
        for name, ago in days.items()
    }
    models.Dispatch.objects.create(key="waits", asked_at=NOW - timedelta(days=400), **given)
    models.Dispatch.objects.create(key="other", asked_at=NOW - timedelta(days=400), state="dropped", **given | {"kind": "paired"})
    for n, (what, name) in enumerate((("flag", "new"), ("flag", "old"), ("notice", "oldest"), ("watch", "old"), ("notice", None))):
        at = NOW - timedelta(days=days[name or "oldest"])
        row: dict[str, Any] = {"way": "mail", "kind": what, "what": what, "ref": n, "at": at}
        models.Told.objects.create(person=person, dispatch=asked[name] if name else None, **row)
    assert clearing.clear(now=NOW) == 4
    assert list(models.AddressCode.objects.exclude(address="").values_list("person", flat=True)) == [other.pk]
    kept = models.Told.objects.order_by("id").values_list("what", "dispatch__key")
    assert list(kept) == [("flag", "new"), ("watch", "old"), ("notice", None)]
    assert sorted(models.Dispatch.objects.values_list("key", flat=True)) == ["new", "old", "other", "waits"]

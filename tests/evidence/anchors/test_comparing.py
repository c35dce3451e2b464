"""What was sealed beside what is there: each change is named by its row, whoever computed the chain anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from patrol import models
from patrol.access import audit
from patrol.evidence import sealing
from patrol.evidence.anchors import comparing, folder, making
from tests.evidence.anchors import sealed
from tests.evidence.anchors.test_tampers import blank

CONTENT = "its content is not what was sealed"


@pytest.fixture
def trusted(committed: None, tmp_path: Path) -> str:
    return sealed.in_three(tmp_path)


def test_what_nobody_touched_is_whole_and_what_is_newer_is_told(trusted: str) -> None:
    at = (sealed.NOW + 2 * sealed.STEP).isoformat(sep=" ", timespec="minutes")
    said = f"log: 1 rows are newer than manifest 3 of {at}: no anchor says whether they were changed"
    assert (sealed.found(trusted), sealed.told(trusted)) == ([], [said])


def test_a_row_is_named_where_it_was_changed_and_the_chain_computed_anew(trusted: str) -> None:
    sealed.as_superuser("UPDATE patrol_auditentry SET after = '{\"n\": 99}' WHERE target_type = 'flag' AND target_id = '6'")
    (seq,) = models.AuditEntry.objects.filter(target_type="flag", target_id="6").values_list("seq", flat=True)
    assert sealed.found(trusted) == [f"row {seq}: {CONTENT}"]
    with sealed.superusers_hands(), sealed.taken_back() as cursor:
        sealed.chained_anew(cursor)
        reached = folder.read(sealed.place(), 3).statement.rows
        assert sealed.found(trusted) == [
            f"row {seq}: {CONTENT}",
            f"rows {seq + 1} to {reached}: its hashes are not those that were sealed: the chain was computed anew",
        ]


@pytest.mark.parametrize("hours", [-1, 1])
def test_an_erasing_counts_for_the_texts_that_had_come_by_then(trusted: str, hours: int) -> None:
    version = models.PostVersion.objects.earliest("pk")
    with transaction.atomic():
        at = sealed.NOW + timedelta(hours=hours)
        audit.write("post.erased", by=None, now=at, target=("post", version.post_id), after={"versions": 1})
    with sealed.superusers_hands(), sealed.taken_back() as cursor:
        blank(cursor, version.pk)
        said = [one for one in sealed.found(trusted) if one.startswith("version")], [one.key for one in sealing.verify()]
    key = str(version.pk)
    words = f"version {key}: its words are not what was sealed, and nobody erased them"
    assert said == (([], []) if hours > 0 else ([words], [key]))


def test_what_collected_a_record_is_sealed_with_it(trusted: str) -> None:
    key = models.Capture.objects.exclude(collecting=None).values_list("collecting", flat=True)[0]
    with sealed.superusers_hands(), sealed.taken_back() as cursor:
        cursor.execute("UPDATE patrol_collector SET commit = repeat('0', 40) WHERE id = %s", [key])
        assert set(sealed.found(trusted)) == {f"collector {key}: its row is not what was sealed"}
        cursor.execute("DELETE FROM patrol_collector")
        assert set(sealed.found(trusted)) == {f"collector {key}: removed"}


def test_a_row_outside_of_the_log_is_named(trusted: str) -> None:
    with sealed.superusers_hands(), sealed.taken_back() as cursor:
        cursor.execute("UPDATE patrol_loghead SET seq = seq - 1")
        head = models.LogHead.objects.get().seq
        assert sealed.found(trusted) == [f"row {head + 1}: outside of the log, whose rows go from 1 to its head"]


# --- dated back ---------------------------------------------------------------------------------------

CLOSED = sealed.NOW + 2 * sealed.STEP  # by the third manifest


@contextmanager
def beside() -> Iterator[Any]:
    """Another process of the product, in a transaction of its own that is committed at the end."""
    given = connection.settings_dict
    other = psycopg2.connect(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"], port=given["PORT"] or None
    )
    with other, other.cursor() as cursor:
        yield cursor
    other.close()


def add_a_record(cursor: Any, at: datetime) -> str:
    """As the product adds one: its trigger notes it."""
    columns = [str(field.column) for field in models.Capture._meta.concrete_fields if field.name != "id"]
    values = ", ".join("%(at)s" if name in {"requested_at", "received_at"} else name for name in columns)
    cursor.execute(
        f"INSERT INTO patrol_capture (id, {', '.join(columns)})"
        f" SELECT gen_random_uuid(), {values} FROM patrol_capture LIMIT 1 RETURNING id::text",
        {"at": at},
    )
    return str(cursor.fetchone()[0])


@pytest.mark.parametrize("minutes", [59, 61])
@pytest.mark.parametrize("after", ["", "sealed"])
def test_what_came_after_a_manifest_and_says_it_is_of_long_before_is_named(trusted: str, minutes: int, after: str) -> None:
    at = CLOSED - timedelta(minutes=minutes)
    with beside() as cursor:
        key = add_a_record(cursor, at)
    with transaction.atomic():
        row = audit.write("flag.dismissed", by=None, now=at, target=("flag", 7))
    if after:
        making.seal(now=CLOSED + sealed.STEP)
    said, shut = (moment.isoformat(sep=" ", timespec="minutes") for moment in (at, CLOSED))
    why = f"it says it is of {said}, and came after manifest 3 of {shut}: dated back, or by a wrong clock or a process that stood still"
    assert sealed.found(trusted) == ([f"row {row.seq}: {why}", f"record {key}: {why}"] if minutes > 60 else [])


def test_a_commit_that_comes_late_is_no_change(trusted: str) -> None:
    with beside() as cursor:
        add_a_record(cursor, CLOSED + timedelta(minutes=1))
        sealed.acts(1, start=90)
        (fourth,) = making.seal(now=CLOSED + sealed.STEP)
        assert sealed.found(trusted) == []
    assert sealed.found(trusted) == []
    (fifth,) = making.seal(now=CLOSED + 2 * sealed.STEP)
    assert (fourth.statement.closes, fifth.statement.closes, sealed.found(trusted)) == (True, True, [])


def test_what_another_process_enters_just_then_is_not_closed_over(trusted: str) -> None:
    """What waited for hours while no worker ran, and lies with another one now."""
    with beside() as cursor:
        add_a_record(cursor, CLOSED - timedelta(hours=3))
    sealed.acts(1, start=90)
    with beside() as cursor:
        cursor.execute("SELECT id FROM patrol_unsealed FOR UPDATE")
        (fourth,) = making.seal(now=CLOSED + sealed.STEP)
    assert (fourth.statement.closes, folder.read(sealed.place(), 4).statement.closes) == (False, False)


def test_a_long_list_closes_with_its_last_manifest(committed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first run over what is kept takes several, and the older rows of the later ones were there before."""
    trusted = sealed.key(tmp_path)
    sealed.acts(9)
    monkeypatch.setattr(making, "MOST", 4)
    at = sealed.NOW + timedelta(days=3)
    made = making.seal(now=at, seconds=0)
    assert len(made) == 1
    made += making.seal(now=at + timedelta(minutes=1))
    assert [one.statement.closes for one in made] == [False, False, True]
    assert sealed.found(trusted) == []


def test_older_versions_of_a_post_are_of_the_day_they_say(trusted: str) -> None:
    version = models.PostVersion.objects.earliest("pk")
    old = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields} | {"id": None}
    words = {field.attname: getattr(version.content, field.attname) for field in version.content._meta.concrete_fields}
    for number in (0, 7):
        made = models.PostVersion.objects.create(**old | {"number": number, "seen_at": sealed.NOW - timedelta(days=9)})
        models.PostText.objects.create(**words | {"version_id": made.pk})
    making.seal(now=CLOSED + sealed.STEP)
    (said,) = sealed.found(trusted)
    assert said.startswith(f"version {made.pk}: it says it is of 2026-11-14 ")
    assert timedelta(hours=1) == comparing.LATE

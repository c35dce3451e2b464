"""What was sealed beside what is there: each change is named by its row, whoever computed the chain anew."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from patrol import models
from patrol.access import audit
from patrol.evidence import sealing
from patrol.evidence.anchors import folder
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

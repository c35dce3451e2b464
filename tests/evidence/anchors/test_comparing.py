"""What was sealed beside what is there: each change is named by its row, whoever computed the chain anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from patrol import models
from patrol.evidence.anchors import folder
from tests.evidence.anchors import sealed

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

"""The owner of the tables is guarded too; a migration that must rewrite one says so in the audit log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections, transaction
from django.db.utils import Error

from patrol import models
from patrol.access import audit
from tests import factories

pytestmark = pytest.mark.usefixtures("committed")


def as_owner(sql: Any) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "statement", ["UPDATE patrol_capture SET status = 1", "DELETE FROM patrol_capture", "TRUNCATE patrol_capture CASCADE"]
)
def test_the_owner_cannot_change_a_capture_either(statement: str) -> None:
    factories.stored([factories.raw_post()])
    with pytest.raises(Error, match="append-only"):
        as_owner(statement)
    assert models.Capture.objects.get().status == 200


def test_a_migration_that_must_rewrite_leaves_an_audit_row() -> None:
    factories.stored([factories.raw_post()])
    with connections["owner"].schema_editor() as editor, audit.lifted(editor, "patrol_capture", reason="a longer field", now=factories.NOW):
        editor.execute("UPDATE patrol_capture SET platform = 'feed'")
    assert models.Capture.objects.get().platform == "feed"
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.target_id, entry.after) == ("guard.lifted", "patrol_capture", {"reason": "a longer field"})
    with pytest.raises(Error, match="append-only"):
        as_owner("UPDATE patrol_capture SET platform = 'telegram'")

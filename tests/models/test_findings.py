"""What each post costs: no index on the way of a post says what another says already."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections, transaction

from patrol import models

# Indexes of the same kind whose columns are the beginning of another's, and which hold to nothing themselves.
_SPARED = """
SELECT t.relname, a.indexrelid::regclass::text FROM pg_index a JOIN pg_class t ON t.oid = a.indrelid
JOIN pg_class c ON c.oid = a.indexrelid
WHERE t.relname = ANY(%s) AND NOT a.indisunique AND a.indpred IS NULL AND EXISTS (
    SELECT FROM pg_index b JOIN pg_class d ON d.oid = b.indexrelid
    WHERE b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid AND b.indpred IS NULL AND d.relam = c.relam
      AND b.indkey::text || ' ' LIKE a.indkey::text || ' %%' AND b.indclass::text || ' ' LIKE a.indclass::text || ' %%'
      AND b.indoption::text || ' ' LIKE a.indoption::text || ' %%')
"""
WAY = (
    models.Post,
    models.PostVersion,
    models.PostText,
    models.Seen,
    models.Reading,
    models.ReadingClaims,
    models.LicenceCheck,
    models.Finding,
    models.Indicator,
    models.Sighting,
    models.Flag,
    models.FlagEvent,
)


def spared(using: str = "default") -> Any:
    with connections[using].cursor() as cursor:
        cursor.execute(_SPARED, [[model._meta.db_table for model in WAY]])
        return cursor.fetchall()


@pytest.mark.django_db
def test_no_index_says_what_another_begins_with() -> None:
    assert spared() == []


@pytest.mark.usefixtures("committed")
def test_one_that_does_is_found() -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("CREATE INDEX finding_again ON patrol_finding (check_of_id)")
        assert spared("owner") == [("patrol_finding", "finding_again")]
        transaction.set_rollback(True, using="owner")

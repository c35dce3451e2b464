"""Looks at contacts in full, as a person's day counts them. Who may look is asked with the pages and the leases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol.access import looks
from tests import factories


@pytest.mark.django_db
def test_a_day_is_counted_by_the_index_of_looks_alone() -> None:
    """The log of a year holds millions of rows of other verbs. A verb that counts and stands in no index would read them all."""
    with CaptureQueriesContext(connection) as asked:
        assert looks.today(factories.person(), factories.NOW) == 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked.captured_queries[-1]['sql']}")
        plan = str(cursor.fetchone()[0])
    assert "'Index Name': 'audit_looks'" in plan

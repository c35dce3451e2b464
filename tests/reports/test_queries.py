"""What two weeks cost where there are years of events."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import queries
from tests import factories
from tests.conftest import as_superuser
from tests.factories import NOW


@pytest.mark.usefixtures("committed")
def test_two_weeks_are_read_without_all_events_there_ever_were() -> None:
    flag = factories.flag()
    name = settings.DATABASES["default"]["NAME"]
    as_superuser(
        f"""INSERT INTO patrol_flagevent (flag_id, kind, at, before, after)
            SELECT {flag.pk}, 'snoozed', timestamptz '2020-01-01' + n * interval '1 minute', '{{}}', '{{}}'
            FROM generate_series(1, 100000) n""",
        "SELECT brin_summarize_new_values('flag_event_at')",
        "ANALYZE patrol_flagevent",
        database=str(name),
    )
    with CaptureQueriesContext(connection) as asked:
        assert [move.what for move in queries.moves(None, NOW - timedelta(days=14), NOW + timedelta(days=1))] == ["raised"]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + asked[0]["sql"])
        plan = json.dumps(cursor.fetchone()[0])
    assert "flag_event_at" in plan
    assert '"Seq Scan", "Parallel Aware": false, "Async Capable": false, "Relation Name": "patrol_flagevent"' not in plan

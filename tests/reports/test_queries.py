"""What two weeks cost where there are years of events."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from patrol.cases import referrals
from reports import queries
from tests import factories
from tests.cases import asked, test_merging, test_referrals
from tests.cases.test_merging import LATER
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
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL join_collapse_limit = 8; EXPLAIN (FORMAT JSON) " + asked[0]["sql"])
        plan = json.dumps(cursor.fetchone()[0])
    as_superuser(  # what was counted here is not for the plans of the tests behind this one
        "DELETE FROM pg_statistic WHERE starelid = 'patrol_flagevent'::regclass",
        "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = 'patrol_flagevent'::regclass",
        database=str(name),
    )
    assert "flag_event_at" in plan
    assert '"Seq Scan", "Parallel Aware": false, "Async Capable": false, "Relation Name": "patrol_flagevent"' not in plan


@pytest.mark.django_db
def test_a_ring_that_two_offices_brought_stands_once_among_what_is_open() -> None:
    case, other, (_officer, _far, analyst) = test_merging.of_two_offices()
    test_merging.merge(case, other, analyst)
    then = LATER + timedelta(minutes=1)
    counted = [queries.open_cases(office, [then])[then] for office in (None, case.office_id, other.office_id)]
    assert counted == [1, 0, 1]
    closed = [move.case for move in queries.case_moves(None, NOW, then) if move.kind == "closed"]
    assert closed == [case.pk]
    test_merging.unmerge(case, analyst, now=then)
    after = then + timedelta(minutes=1)
    assert [queries.open_cases(office, [after])[after] for office in (None, case.office_id, other.office_id)] == [2, 1, 1]


@pytest.mark.django_db
def test_a_case_whose_content_came_back_is_open_again_and_counted_as_reopened() -> None:
    officer = factories.person()
    case = asked.case_of(by=officer)
    made = asked.answer(asked.sent(case, officer), officer, "acted_upon")
    test_referrals.close(case, officer)
    then = LATER + timedelta(minutes=1)
    referrals.new_round(referral_id=made.pk, note="Tayang lagi.", seen_version=made.version, by=officer, now=then)
    after = then + timedelta(minutes=1)
    assert [queries.open_cases(None, [at])[at] for at in (then, after)] == [0, 1]
    assert queries.open_case_ids(None, after) == [(case.pk, then)]
    moves = [move.kind for move in queries.case_moves(None, NOW, after)]
    assert moves == ["opened", "closed", "reopened"]

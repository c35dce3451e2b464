"""Each column of the database has a class; each time stands within its bounds."""

from __future__ import annotations

import pytest
from django.db import connection

from patrol.register import recheck
from patrol.retention import terms
from patrol.retention.terms import Kept, Term


@pytest.mark.django_db
def test_each_column_of_the_database_has_a_class_and_no_class_a_column_that_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
            " AND a.attnum > 0 AND NOT a.attisdropped"
        )
        there = set(cursor.fetchall())
    said = {(table, column) for table, columns in terms.columns().items() for column in columns}
    assert (sorted(there - said), sorted(said - there)) == ([], [])


def test_what_names_a_person_is_no_technical_column() -> None:
    said = terms.columns()
    assert {said["patrol_posttext"][column] for column in ("text", "author", "author_name", "forward_name")} == {Kept.POST}
    assert said["patrol_tipidentity"]["sealed"] == said["patrol_tip"]["words"] == Kept.REPORTER
    assert said["patrol_protection"]["note"] == said["patrol_protectionevent"]["note"] == Kept.VICTIM
    assert said["patrol_objection"]["contact"] == Kept.OBJECTOR
    assert {said["patrol_capture"][column] for column in ("asked_url", "final_url", "account", "hops", "headers")} == {Kept.EVIDENCE}
    assert {said["patrol_post"][column] for column in ("url", "reply_to", "forward_of")} == {said["patrol_job"]["target"]} == {Kept.POST}
    assert said["patrol_person"]["name"] == said["patrol_decision"]["by_id"] == Kept.STAFF
    assert said["patrol_indicator"]["value"] == said["patrol_indicator"]["own_id"] == said["patrol_accountname"]["name"] == Kept.CONTACT


def test_shipped_times_stand_within_their_bounds() -> None:
    shipped = {term.key: term.days for term in terms.terms().values()}
    assert shipped == {
        "unflagged": 180,
        "dismissed": 365,
        "victim": 365,
        "profile": 365,
        "intake": 365,
        "subject": 1825,
        "objector": 1825,
        "outbox": 30,
        "reading_log": 730,
    }
    assert [term.key for term in terms.terms().values() if not term.allows(term.days)] == []
    assert terms.terms()["unflagged"].least == recheck.DAYS


def test_a_time_on_its_bound_is_allowed_and_a_day_beside_it_is_not() -> None:
    term = Term("post", Kept.POST, days=180, least=90, most=730)
    assert [term.allows(days) for days in (89, 90, 730, 731, None)] == [False, True, True, False, True]
    assert Term("log", Kept.LOG, days=730, least=365, most=None).allows(100_000)

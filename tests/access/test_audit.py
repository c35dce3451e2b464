"""The chain holds, and one changed byte is found."""

from __future__ import annotations

import hashlib
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from patrol import models
from patrol.access import audit
from tests import factories
from tests.conftest import SUPERUSER_URL


def written(count: int) -> None:
    person = factories.person()
    for n in range(count):
        with transaction.atomic():
            audit.write("flag.confirmed", by=person, now=factories.NOW, target=("flag", n), after={"state": "confirmed"})


@pytest.mark.django_db
def test_what_somebody_typed_is_masked_before_it_is_chained_and_what_we_write_ourselves_is_not() -> None:
    ours = {
        "sha256": "1234567890" * 6 + "1234",
        "commitment": "12345678901234567890123456789012",
        "id": "12345678-1234-1234-1234-123456789012",
        "until": "2026-11-23T09:30:00.123456+00:00",
        "day": "2026-11-23",
        "number": "TND-26-00441712",
        "rows": 12345678901,
        "none": None,
        "on": True,
    }
    typed = {
        "query": "@laksita_kerja",
        "words": ["lewat 0840.5550.1234", "aman"],
        "deep": {"note": "siti@pos.example"},
        "id": "0840-5550-1234-5678",
    }
    with transaction.atomic():
        kept = audit.write("watch.changed", by=None, now=factories.NOW, target=("watch", 1), before=typed, after=ours)
    kept.refresh_from_db()
    assert kept.after == ours
    assert kept.before == {"query": "••••", "words": ["lewat ••••", "aman"], "deep": {"note": "••••"}, "id": "••••"}
    assert audit.verify() is None


def test_an_act_and_its_row_are_one_transaction(committed: None) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.write("flag.confirmed", by=None, now=factories.NOW, target=("flag", 1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.write("flag.confirmed", by=None, now=factories.NOW, target=("flag", 1))
        raise ZeroDivisionError
    assert models.AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_each_row_carries_the_hash_before_it() -> None:
    written(3)
    rows = list(models.AuditEntry.objects.order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.prev_hash for row in rows] == [audit.START, rows[0].hash, rows[1].hash]
    assert audit.verify() is None


@pytest.mark.usefixtures("committed")
def test_what_is_written_while_the_log_is_walked_breaks_nothing() -> None:
    written(2)
    came: list[str] = []

    def write() -> None:
        written(1)
        connections.close_all()

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "patrol_auditentry" in sql and not came:
            came.append(sql)
            act = threading.Thread(target=write)
            act.start()
            act.join()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert audit.verify() is None
    assert (len(came), models.AuditEntry.objects.count(), audit.verify()) == (1, 3, None)


@pytest.mark.django_db
def test_the_chain_is_walked_in_slices_that_meet_at_the_head() -> None:
    written(5)
    said = []
    after = 0
    while True:
        checked = audit.check(after=after, most=2)
        said.append((checked.last, checked.end, checked.broken))
        if checked.end or checked.broken:
            break
        after = checked.last
    assert said == [(2, False, None), (4, False, None), (5, True, None)]
    assert audit.check(most=5) == audit.Checked(5, True, None)
    assert audit.check(after=99, most=2) == audit.Checked(2, False, None)  # no such row: from the beginning


def test_a_slice_finds_what_was_changed_in_it_and_no_other_does(committed: None) -> None:
    written(5)
    as_owner("UPDATE patrol_auditentry SET verb = 'flag.dismissed' WHERE seq = 4")
    assert audit.check(most=3) == audit.Checked(3, False, None)
    assert audit.check(after=3, most=3) == audit.Checked(3, False, audit.Break(4, "content"))
    assert audit.check(after=4, most=3) == audit.Checked(5, True, None)


def as_owner(statement: str) -> None:
    owner = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
    owner.close()


@pytest.mark.parametrize(
    ("tampered", "why"), [("DELETE FROM patrol_loghead", "missing"), ("UPDATE patrol_loghead SET mac = repeat('0', 64)", "signature")]
)
def test_a_log_that_goes_on_behind_a_head_that_is_not_ours_says_so_for_good(committed: None, tampered: str, why: str) -> None:
    written(2)
    as_owner(tampered)
    assert audit.verify() == audit.Break(2, why)
    written(1)
    assert audit.verify() == audit.Break(3, "signature")
    written(1)
    assert audit.verify() == audit.Break(4, "signature")
    assert models.LogHead.objects.get().mac == ""


def test_a_log_whose_tail_is_cut_is_shorter_than_its_head_says(committed: None) -> None:
    written(3)
    as_owner("DELETE FROM patrol_auditentry WHERE seq = 3")
    assert audit.verify() == audit.Break(3, "end")


@pytest.mark.parametrize("seq", [0, -7, 10**15])
def test_a_row_outside_of_the_log_is_a_break_and_counts_for_nothing(committed: None, seq: int) -> None:
    written(2)
    assert audit.check(after=2) == audit.Checked(2, True, None)
    as_owner(
        "ALTER TABLE patrol_auditentry DROP CONSTRAINT audit_from_the_first;"
        " INSERT INTO patrol_auditentry (seq, at, verb, target_type, target_id, before, after, chain_version, prev_hash, hash)"
        f" VALUES ({seq}, now(), 'post.erased', 'post', '7', '{{}}', '{{}}', 1, repeat('0', 64), repeat('a', 64));"
        " ALTER TABLE patrol_auditentry ADD CONSTRAINT audit_from_the_first CHECK (seq >= 1) NOT VALID"
    )
    try:
        assert audit.verify() == audit.check(after=2).broken == audit.Break(seq, "outside")
        assert list(audit.rows().order_by("seq").values_list("seq", flat=True)) == [1, 2]
    finally:
        as_owner(f"DELETE FROM patrol_auditentry WHERE seq = {seq}; ALTER TABLE patrol_auditentry VALIDATE CONSTRAINT audit_from_the_first")


def test_the_database_takes_no_row_before_the_first(committed: None) -> None:
    written(1)
    with pytest.raises(psycopg2.errors.CheckViolation, match="audit_from_the_first"):
        as_owner("UPDATE patrol_auditentry SET seq = 0")
    assert audit.verify() is None


def test_a_log_that_begins_without_a_head_begins_at_one_and_says_so(committed: None) -> None:
    as_owner("DELETE FROM patrol_loghead")
    written(1)
    row = models.AuditEntry.objects.get()
    assert (row.seq, row.prev_hash, audit.verify()) == (1, audit.START, audit.Break(1, "signature"))


TAMPERS = {
    "content": "UPDATE patrol_auditentry SET verb = 'flag.dismissed' WHERE seq = 2",
    "gap": "DELETE FROM patrol_auditentry WHERE seq = 2",
    "link": "UPDATE patrol_auditentry SET prev_hash = repeat('f', 64) WHERE seq = 2",
}


@pytest.mark.parametrize("why", TAMPERS)
def test_a_change_behind_the_product_s_back_is_found(committed: None, why: str) -> None:
    written(4)
    connection = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(TAMPERS[why])
    connection.close()
    found = audit.verify()
    assert found is not None
    assert (found.seq, found.why) == (3 if why == "gap" else 2, why)


COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "verb": "'flag.dismissed'",
    "actor_id": "actor_id + 1",
    "actor_id of nobody": "NULL",
    "office_id": "office_id + 1",
    "office_id of nobody": "NULL",
    "target_type": "'case'",
    "target_id": "'999'",
    "before": """'{"state": "parked"}'""",
    "after": """'{"state": "dismissed"}'""",
    "chain_version": "2",
    "hash": "repeat('e', 64)",
}


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_of_a_row_is_in_its_hash(column: str) -> None:
    """Of the last row too, which no row comes after."""
    written(2)
    connection = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"UPDATE patrol_auditentry SET {column.split(maxsplit=1)[0]} = {COLUMNS[column]} WHERE seq = 2")
    connection.close()
    assert audit.verify() == audit.Break(2, "content")


@pytest.mark.django_db
def test_a_row_says_who_from_where_did_what_to_what() -> None:
    person, office = factories.person(), factories.office()
    with transaction.atomic():
        one = audit.write("office.changed", by=person, now=factories.NOW, target=office, before={"a": 1}, after={"a": 2})
        two = audit.write("flag.asleep", by=None, now=factories.NOW, target=("flag", 7))
    told = [
        (row.seq, row.at, row.verb, row.actor_id, row.office_id, row.target_type, row.target_id, row.before, row.after, row.chain_version)
        for row in models.AuditEntry.objects.order_by("seq")
    ]
    assert told == [
        (1, factories.NOW, "office.changed", person.pk, person.office_id, "office", str(office.pk), {"a": 1}, {"a": 2}, 1),
        (2, factories.NOW, "flag.asleep", None, None, "flag", "7", {}, {}, 1),
    ]
    assert (one.seq, two.prev_hash) == (1, one.hash)
    head = models.LogHead.objects.get()
    assert (head.seq, head.hash, head.mac) == (2, two.hash, audit.signature(2, two.hash))


def test_the_bytes_that_are_hashed_are_these() -> None:
    """Whoever checks the log without this program hashes the same."""
    at = datetime(2026, 11, 23, 10, 47, tzinfo=timezone(timedelta(hours=7)))
    row = audit._row(3, at, "flag.confirmed", 5, 2, "flag", "9", {}, {"b": "é", "a": [1, None]}, "0" * 64)
    canonical = (
        '{"actor":5,"after":{"a":[1,null],"b":"é"},"at":"2026-11-23T03:47:00.000000+00:00","before":{},"chain_version":1,"office":2,'
        f'"prev_hash":"{"0" * 64}","seq":3,"target":["flag","9"],"verb":"flag.confirmed"}}'
    )
    assert audit._digest(row) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.usefixtures("committed")
def test_a_lifted_guard_is_lifted_for_one_table_and_one_transaction_and_leaves_its_row() -> None:
    factories.register()
    owner = connections["owner"]

    class Editor:
        connection = owner

    def changed(table: str) -> None:
        with owner.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET number = number + 10")

    with audit.lifted(Editor(), "patrol_registeredition", reason="uji", now=factories.NOW):
        changed("patrol_registeredition")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using="owner"), owner.cursor() as cursor:
            cursor.execute("TRUNCATE patrol_auditentry")
    with pytest.raises(DatabaseError, match="append-only"):
        changed("patrol_registeredition")
    assert models.RegisterEdition.objects.get().number == 11
    row = models.AuditEntry.objects.get()
    assert (row.verb, row.target_type, row.target_id, row.after) == ("guard.lifted", "table", "patrol_registeredition", {"reason": "uji"})
    assert audit.verify() is None

"""The chain holds, and one changed byte is found."""

from __future__ import annotations

import psycopg2
import pytest
from django.conf import settings
from django.db import transaction

from patrol import audit, models
from tests import factories
from tests.conftest import SUPERUSER_URL


def written(count: int) -> None:
    person = factories.person()
    for n in range(count):
        with transaction.atomic():
            audit.write(
                "flag.confirmed", by=person, now=factories.NOW, target=("flag", n), after={"state": "confirmed"}
            )


@pytest.mark.django_db
def test_what_somebody_typed_is_masked_before_it_is_chained_and_what_we_write_ourselves_is_not():
    ours = {
        "sha256": "1234567890" * 6 + "1234", "commitment": "12345678901234567890123456789012", "id": "12345678-1234-1234-1234-123456789012",
        "until": "2026-11-23T09:30:00.123456+00:00", "day": "2026-11-23", "number": "TND-26-00441712", "rows": 12345678901, "none": None,
        "on": True,
    }  # fmt: skip
    typed = {
        "query": "@laksita_kerja", "words": ["lewat 0840.5550.1234", "aman"], "deep": {"note": "siti@pos.example"},
        "id": "0840-5550-1234-5678",
    }  # fmt: skip
    with transaction.atomic():
        kept = audit.write("watch.changed", by=None, now=factories.NOW, target=("watch", 1), before=typed, after=ours)
    kept.refresh_from_db()
    assert kept.after == ours
    assert kept.before == {"query": "••••", "words": ["lewat ••••", "aman"], "deep": {"note": "••••"}, "id": "••••"}
    assert audit.verify() is None


def test_an_act_and_its_row_are_one_transaction(committed):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.write("flag.confirmed", by=None, now=factories.NOW, target=("flag", 1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.write("flag.confirmed", by=None, now=factories.NOW, target=("flag", 1))
        raise ZeroDivisionError
    assert models.AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_each_row_carries_the_hash_before_it():
    written(3)
    rows = list(models.AuditEntry.objects.order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.prev_hash for row in rows] == [audit.START, rows[0].hash, rows[1].hash]
    assert audit.verify() is None


TAMPERS = {
    "content": "UPDATE patrol_auditentry SET verb = 'flag.dismissed' WHERE seq = 2",
    "gap": "DELETE FROM patrol_auditentry WHERE seq = 2",
    "link": "UPDATE patrol_auditentry SET prev_hash = repeat('f', 64) WHERE seq = 2",
}


@pytest.mark.parametrize("why", TAMPERS)
def test_a_change_behind_the_product_s_back_is_found(committed, why):
    written(4)
    connection = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(TAMPERS[why])
    connection.close()
    found = audit.verify()
    assert found is not None
    assert (found.seq, found.why) == (3 if why == "gap" else 2, why)

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

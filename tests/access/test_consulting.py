"""The reading log: what is written, its quarters in the chain, what verify finds, its months."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.access import audit, consulting
from patrol.models import ConsultationWay as Way
from patrol.retention import editions
from tests import factories
from tests.conftest import SUPERUSER_URL

SLOT = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)
NOW = factories.NOW


def read(person: models.Person, at: datetime, key: str = "7", **given: Any) -> models.Consultation:
    told = {"way": Way.PAGE, "target_kind": "flag", "target_id": key, "role": person.role, "office": person.office, **given}
    return models.Consultation.objects.create(person=person, at=at, **told)


@pytest.mark.django_db
def test_a_note_of_a_person_is_one_row_with_who_what_and_whose() -> None:
    flag = factories.flag()
    person = factories.person("analyst")
    consulting.note(person, target=("flag", flag.pk), purpose="triage", unmasked=True)
    consulting.note(person, way=Way.SEARCH, target=("post", ""), rows=30, query_digest="d" * 32)
    first, second = models.Consultation.objects.order_by("id")
    whole = {field.attname: getattr(first, field.attname) for field in models.Consultation._meta.fields}
    assert abs(whole.pop("at") - timezone.now()) < timedelta(minutes=1)
    del whole["id"]
    assert whole == {
        "person_id": person.pk,
        "office_id": person.office_id,
        "role": "analyst",
        "way": "page",
        "target_kind": "flag",
        "target_id": str(flag.pk),
        "of_office_id": flag.office_id,
        "purpose": "triage",
        "unmasked": True,
        "rows": 1,
        "query_digest": "",
    }
    assert (second.way, second.target_kind, second.target_id, second.of_office_id) == ("search", "post", "", None)
    assert (second.rows, second.unmasked, second.query_digest) == (30, False, "d" * 32)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(consulting._OFFICES))
def test_the_office_of_each_kind_of_thing_is_looked_up_by_one_statement(kind: str) -> None:
    person = factories.person()
    with CaptureQueriesContext(connection) as seen:
        consulting.write(person, [consulting.Shown(Way.PAGE, kind, "0")])
    assert len(seen) == 1
    row = models.Consultation.objects.get()
    assert (row.target_kind, row.target_id, row.of_office_id is None) == (kind, "0", True)


def test_of_an_answer_what_was_told_is_put_together_by_its_things() -> None:
    def told(**given: Any) -> dict[str, Any]:
        empty = {"way": None, "target": None, "rows": None, "of_office": 0, "purpose": "", "unmasked": False, "query_digest": ""}
        return empty | given

    at = consulting.Shown(Way.PAGE, "flag", "7")
    assert consulting._folded(at, []) == [at]
    assert consulting._folded(None, [told(rows=3)]) == []
    assert consulting._folded(at, [told(unmasked=True), told(purpose="case")]) == [
        consulting.Shown(Way.PAGE, "flag", "7", purpose="case", unmasked=True)
    ]
    # the answer to a decision shows the next post: not the one of the address
    assert consulting._folded(at, [told(target=("flag", 8), unmasked=True)]) == [consulting.Shown(Way.PAGE, "flag", "8", unmasked=True)]
    assert consulting._folded(at, [told(target=("flag", 8)), told(target=("case", ""), rows=4)]) == [
        consulting.Shown(Way.PAGE, "flag", "8"),
        consulting.Shown(Way.LIST, "case", "", 4),
    ]


# --- the chain ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_quarter_with_rows_goes_into_the_chain_once_and_missed_ones_are_made_up() -> None:
    person = factories.person()
    read(person, SLOT)
    read(person, SLOT + timedelta(minutes=14, seconds=59))
    read(person, SLOT + timedelta(minutes=45))
    consulting.note(person, target=("flag", 1))  # of now: its quarter is not over
    assert [consulting.keep(now=NOW), consulting.keep(now=NOW)] == [2, 0]
    entries = models.AuditEntry.objects.filter(target_type="consultation").order_by("seq").values_list("verb", "target_id", "after__rows")
    assert list(entries) == [("consultation.closed", "2026-11-23T03:45+00:00", 2), ("consultation.closed", "2026-11-23T04:30+00:00", 1)]
    assert (list(consulting.verify()), audit.verify()) == ([], None)
    read(person, SLOT + timedelta(minutes=61))
    assert consulting.keep(now=NOW) == 1
    assert list(consulting.verify()) == []


@pytest.fixture
def closed(committed: None) -> Iterator[Any]:
    """Two quarters with two rows each, in the chain; and the cursor of a superuser whom no guard holds."""
    factories.offices()
    person = factories.person()
    for place in (0, 1, 15, 16):
        read(person, SLOT + timedelta(minutes=place), key=str(place))
    assert consulting.keep(now=NOW) == 2
    superuser = psycopg2.connect(SUPERUSER_URL, dbname=connection.settings_dict["NAME"])
    superuser.autocommit = True
    with superuser.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
    superuser.close()


CHANGED = "2 rows were closed, 2 are there, and they were changed"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE patrol_consultation SET person_id = person_id + 1 WHERE target_id = '15'", CHANGED),
        ("UPDATE patrol_consultation SET unmasked = true WHERE target_id = '15'", CHANGED),
        ("UPDATE patrol_consultation SET of_office_id = 1 WHERE target_id = '15'", CHANGED),
        ("DELETE FROM patrol_consultation WHERE target_id = '15'", "2 rows were closed, 1 are there"),
        ("DELETE FROM patrol_consultation WHERE target_id IN ('15', '16')", "2 rows were closed, 0 are there"),
    ],
)
def test_a_row_that_a_superuser_changes_is_found_with_its_quarter(statement: str, said: str, closed: Any) -> None:
    assert list(consulting.verify()) == []
    closed.execute(statement)
    assert list(consulting.verify()) == [f"quarter 2026-11-23T04:00+00:00: {said}"]


def test_a_row_that_is_put_in_later_is_found_wherever(closed: Any) -> None:
    person = models.Person.objects.get()
    read(person, SLOT + timedelta(minutes=2))
    read(person, SLOT - timedelta(days=1))
    assert list(consulting.verify()) == [
        "quarter 2026-11-23T03:45+00:00: 2 rows were closed, 3 are there",
        "quarter 2026-11-22T03:45+00:00: it was closed without a row, and holds some",
    ]


# --- guards and months ----------------------------------------------------------------------------


def _months() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'patrol_consultation'::regclass ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_the_product_reaches_the_months_through_their_table_alone() -> None:
    person = factories.person()
    consulting.note(person, target=("flag", 1))
    for statement in (
        "UPDATE patrol_consultation SET rows = 0",
        "DELETE FROM patrol_consultation",
        *(f"{verb} {name}" for name in _months() for verb in ("SELECT count(*) FROM", "DELETE FROM", "TRUNCATE", "DROP TABLE")),
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert models.Consultation.objects.count() == 1


@pytest.mark.django_db
def test_the_months_ahead_are_there_and_made_once() -> None:
    ahead = [timezone.now().astimezone(UTC).replace(day=1) + timedelta(days=32 * step) for step in range(consulting.MONTHS_AHEAD + 1)]
    consulting.keep_months()
    assert {f"patrol_consultation_{month:%Y_%m}" for month in ahead} | {"patrol_consultation_other"} <= {*_months()}
    assert consulting.keep_months() == 0


def agreed() -> None:
    """The times as shipped: 730 days of this log."""
    first, second = factories.person("analyst"), factories.person("supervisor", "directorate")
    asked = editions.propose(times=editions.shipped(), reason="uji", by=first, now=NOW)
    editions.approve(edition_id=asked.pk, by=second, now=NOW)


@pytest.mark.django_db
def test_what_is_older_than_a_year_goes_by_whole_months_and_the_chain_still_holds() -> None:
    person = factories.person()
    old, kept = datetime(2020, 2, 29, 23, 50, tzinfo=UTC), datetime(2020, 3, 1, tzinfo=UTC)
    read(person, old)
    read(person, kept)
    assert consulting.keep(now=NOW) == 2
    with pytest.raises(IntegrityError, match="no edition in force"), transaction.atomic():
        consulting.drop_before(date(2020, 3, 31), now=NOW)
    assert models.Consultation.objects.count() == 2
    agreed()
    late = timezone.now().date() - timedelta(days=400)
    with pytest.raises(IntegrityError, match="no edition in force"), transaction.atomic():
        consulting.drop_before(late - timedelta(days=late.day - 1), now=NOW)
    assert consulting.drop_before(date(2020, 3, 31), now=NOW) == 1
    assert list(models.Consultation.objects.values_list("at", flat=True)) == [kept]
    assert (list(consulting.verify()), audit.verify()) == ([], None)
    assert models.AuditEntry.objects.filter(verb="consultation.dropped").values_list("target_id", "after__rows").get() == (
        "2020-03-01T00:00+00:00",
        1,
    )
    assert consulting.drop_before(date(2020, 3, 31), now=NOW) == 0
    read(person, old)  # a row of a time that is over
    assert list(consulting.verify()) == ["quarter 2020-02-29T23:45+00:00: it was closed without a row, and holds some"]


def test_a_month_of_its_own_is_dropped_as_a_table(committed: None) -> None:
    factories.offices()
    begin = datetime(2020, 2, 1, tzinfo=UTC)
    with connections["owner"].cursor() as owner:
        owner.execute("CREATE TABLE patrol_consultation_2020_02 (LIKE patrol_consultation INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        owner.execute(
            "ALTER TABLE patrol_consultation ATTACH PARTITION patrol_consultation_2020_02 FOR VALUES FROM (%s) TO (%s)",
            [begin, begin + timedelta(days=29)],
        )
    read(factories.person(), begin)
    agreed()
    assert consulting.drop_before(date(2020, 2, 28), now=NOW) == 0
    assert consulting.drop_before(date(2020, 3, 1), now=NOW) == 1
    assert ("patrol_consultation_2020_02" in _months(), models.Consultation.objects.exists()) == (False, False)


@pytest.mark.django_db
def test_a_year_of_it_is_kept_whoever_asks() -> None:
    read(factories.person(), NOW)
    with pytest.raises(IntegrityError, match="a year is kept"), transaction.atomic():
        consulting.drop_before(timezone.now().date() - timedelta(days=330), now=NOW)
    assert models.Consultation.objects.count() == 1


@pytest.mark.django_db
def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(DatabaseError, match="consultation_way"), transaction.atomic():
        read(factories.person(), NOW, way="glance")


# --- what cannot be written down ------------------------------------------------------------------


@pytest.fixture
def closed_log(committed: None) -> Iterator[None]:
    """The product may not add to the log, as on a disk that is full."""
    app = settings.DATABASES["default"]["USER"]
    with connections["owner"].cursor() as owner:
        owner.execute(f"REVOKE INSERT ON patrol_consultation FROM {app}")
        yield
        owner.execute(f"GRANT INSERT ON patrol_consultation TO {app}")


def test_an_answer_that_is_not_written_down_is_a_sentence_instead(closed_log: None, caplog: pytest.LogCaptureFixture) -> None:
    flag = factories.flag()
    client = Client(raise_request_exception=False)
    client.force_login(factories.person())
    with caplog.at_level(logging.ERROR, logger="patrol.access.consulting"):
        answer = client.get(reverse("admin:patrol_flag_change", args=[flag.pk]))
    said = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"], flag.number in said) == (503, "no-store", False)
    assert "Siapa membaca apa dicatat di sini" in said
    assert [(one.message, vars(one)["error"]) for one in caplog.records if one.name == "patrol.access.consulting"] == [
        ("a reading was not written down, so it is not shown", "ProgrammingError")
    ]
    assert client.get(reverse("admin:patrol_owncare_changelist")).status_code == 200  # shows nobody
    assert not models.Consultation.objects.exists()


@pytest.mark.django_db
def test_what_else_a_transaction_holds_still_waits_for_the_disk() -> None:
    def said() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return str(cursor.fetchone()[0])

    before = said()
    with transaction.atomic():
        consulting.write(factories.person(), [consulting.Shown(Way.PDF, "weeklysummary", "1", 1)])
        assert said() == before

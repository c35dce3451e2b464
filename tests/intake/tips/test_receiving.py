"""A report comes in: once, at its office, with those that say the same."""

from __future__ import annotations

import re
import uuid
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from patrol import models
from patrol.domain.states import TipState
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import handling, identity, receipts, receiving
from tests import factories
from tests.conftest import SUPERUSER_URL
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db

OTHER_WORDS = "Orang yang menawarkan kerja kebun itu datang lagi ke desa kami kemarin sore dan meminta kartu keluarga semua calon"


@pytest.fixture(autouse=True)
def _offices() -> None:
    factories.offices()


def test_a_report_is_kept_as_it_was_told() -> None:
    number = receipts.draw()
    tip = reporting.report(number=number, words="  Iklan ini \0 ", where="grup  Facebook\nloker", when="kemarin", since="paid")
    tip.refresh_from_db()
    assert (tip.words, tip.where, tip.when, tip.since) == ("Iklan ini �", "grup Facebook loker", "kemarin", "paid")
    assert (tip.state, tip.waits_since, tip.last_digits, tip.receipt) == (TipState.RECEIVED, NOW, number[-4:], receipts.hashed(number))
    assert [event.kind for event in tip.events.all()] == ["received"]


@pytest.mark.parametrize(("where", "code"), [("Kabupaten Cirebon", "bp3mi-jabar"), ("grup Facebook", "directorate"), ("", "directorate")])
def test_the_place_says_whose_it_is(where: str, code: str) -> None:
    assert reporting.report(where=where).office.code == code


def test_one_form_is_one_report() -> None:
    key, number = uuid.uuid4(), receipts.draw()
    both = [receiving.receive(told=reporting.told(), pictures=[b"x"], key=key, number=number, now=NOW) for _turn in range(2)]
    assert (both[0].pk, models.Tip.objects.count(), models.TipPicture.objects.count()) == (both[1].pk, 1, 1)


@pytest.mark.parametrize(
    ("told", "code"), [({"kind": "other"}, "tip.kind"), ({"words": " "}, "tip.words"), ({"words": "x" * 5_001}, "tip.too_long")]
)
def test_what_the_first_step_lacks_is_said_and_nothing_is_kept(told: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        reporting.report(**told)
    assert (refused.value.code, models.Tip.objects.count()) == (code, 0)


def test_the_other_steps_may_stay_empty() -> None:
    tip = reporting.report(where="", when="", since="no such word")
    assert (tip.where, tip.since) == ("", "")


def test_equal_and_nearly_equal_reports_are_one_item() -> None:
    officer = factories.person()
    first = reporting.report()
    equal = reporting.report(words=reporting.OFFER.upper())
    near = reporting.report(words=f"Halo petugas. {reporting.OFFER}")
    other = reporting.report(words=OTHER_WORDS)
    assert [equal.same_as, near.same_as, other.same_as] == [first, first, None]
    assert (handling.items(officer).count(), handling.waiting(officer).count()) == (2, 2)


def test_short_reports_are_one_item_only_where_they_are_equal() -> None:
    first, equal, near = (reporting.report(words=words) for words in ("0812-0000-1234", "0812-0000-1234 ", "0812-0000-1235"))
    assert (first.same_as, equal.same_as, near.same_as) == (None, first, None)


def test_another_office_and_a_closed_item_take_nothing_in() -> None:
    officer = factories.person()
    first = reporting.report()
    elsewhere = reporting.report(where="Surabaya")
    handling.close(tip_id=first.pk, outcome="known", text="Terima kasih.", seen_version=1, by=officer, now=NOW)
    later = reporting.report(now=NOW + timedelta(hours=1))
    old = reporting.report(now=NOW + timedelta(days=receiving.SAME_DAYS + 1, hours=1))
    assert [elsewhere.same_as, later.same_as, old.same_as] == [None, None, None]


@pytest.mark.parametrize("change", ["closed", "marked", "moved", "withdrawn"])
def test_an_item_that_ended_while_a_report_came_takes_it_in_no_more(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when an officer is faster by a moment: between finding the item and locking it."""
    first, officer, find = reporting.report(), factories.person(), receiving._first
    changes: dict[str, Any] = {
        "closed": {"state": "closed", "outcome": "known", "closed_at": NOW, "waits_since": None},
        "marked": {"bad_faith_by": officer, "bad_faith_at": NOW},
        "moved": {"office": factories.office("bp3mi-jatim")},
        "withdrawn": {"state": "withdrawn", "emptied_at": NOW, "receipt": None, "waits_since": None},
    }

    def slow(*given: Any) -> Any:
        found = find(*given)
        models.Tip.objects.filter(pk=first.pk).update(**changes[change])
        return found

    monkeypatch.setattr(receiving, "_first", slow)
    assert (reporting.report().same_as, models.Tip.objects.filter(same_as=first).count()) == (None, 0)


@pytest.mark.parametrize("told", [{"danger": True}, {"since": "left"}])
def test_who_is_in_danger_is_put_behind_nobody_and_the_office_is_told(told: dict[str, Any]) -> None:
    first = reporting.report()
    urgent = reporting.report(**told)
    again = reporting.report()
    notice = models.Notice.objects.get()
    assert (urgent.same_as, again.same_as) == (None, first)
    assert (notice.kind, notice.office, notice.note) == ("tip_urgent", urgent.office, urgent.last_digits)


def test_the_language_of_the_reporter_is_kept() -> None:
    with translation.override("id"):
        assert [reporting.report(language=code).language for code in ("en", "id", "de")] == ["en", "id", "id"]


@pytest.mark.parametrize("dies_at", ["picture", "event", "seal", "commit"])
def test_a_report_is_there_whole_or_not_at_all_and_the_same_form_again_makes_it_once(dies_at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the process is killed there: nothing is kept, and whoever presses again gets the number they were to get."""
    key, number = uuid.uuid4(), receipts.draw()
    given: dict[str, Any] = {
        "told": reporting.told(contact=reporting.CONTACT),
        "pictures": [b"x"],
        "key": key,
        "number": number,
        "now": NOW,
    }

    class KilledError(Exception):
        pass

    def die(*_args: object, **_named: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched, pytest.raises(KilledError), transaction.atomic():
        if dies_at == "picture":
            patched.setattr(models.TipPicture.objects, "bulk_create", die)
        elif dies_at == "event":
            patched.setattr(models.TipEvent.objects, "create", die)
        elif dies_at == "seal":
            patched.setattr(identity, "seal", die)
        receiving.receive(**given)
        die()
    tables = (models.Tip, models.TipPicture, models.TipEvent, models.TipIdentity, models.Notice)
    assert [table._default_manager.count() for table in tables] == [0] * 5
    made = [receiving.receive(**given) for _turn in range(2)]
    assert (made[0], made[0].receipt) == (made[1], receipts.hashed(number))
    assert [table._default_manager.count() for table in tables] == [1, 1, 1, 1, 0]


def read(node: dict[str, Any]) -> int:
    """How many rows were read from tables, in all turns, those that a filter threw away among them."""
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"] if "Relation Name" in node else 0
    return round(own) + sum(read(below) for below in node.get("Plans", []))


def test_what_joined_an_item_is_not_read_with_each_report_that_comes() -> None:
    """A flood of one text, and some of it that joined nothing, in a table that nobody has counted yet, as after a restore."""
    name = connection.settings_dict["NAME"]
    with closing(psycopg2.connect(SUPERUSER_URL, dbname=name)) as line, line, line.cursor() as cursor:  # what tests before it had counted
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'patrol_tip'::regclass")
        cursor.execute("UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = 'patrol_tip'::regclass")
    first, other = reporting.report(), reporting.report(words=OTHER_WORDS)
    like = {"office": first.office, "kind": "advert", "words": first.words, "at": NOW, "bands": first.bands}
    models.Tip.objects.bulk_create(models.Tip(same_as=first, exact=first.exact, **like) for _turn in range(300))
    models.Tip.objects.bulk_create(models.Tip(exact=str(number), **like) for number in range(30))
    with CaptureQueriesContext(connection) as asked:
        equal, near = reporting.report(), reporting.report(words=f"Halo petugas. {reporting.OFFER}")
    assert (equal.same_as, near.same_as, other.same_as) == (first, first, None)
    looks = [query["sql"] for query in asked if re.search(r"^SELECT.*tip_?bands|^SELECT.*\"exact\" = ", query["sql"], re.DOTALL)]
    rows = []
    with connection.cursor() as cursor:
        for look in looks:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + look)
            [([found],)] = cursor.fetchall()
            rows.append(read(found["Plan"]))
    # by equal words: one, and none; by nearly equal ones: what is open, to find it, and once more as it is read
    assert rows == [1, 0, 32 + 32]


def test_what_is_nearly_equal_is_looked_up_by_its_bands() -> None:
    """As the product's role, of a table that was counted: three of four reports have joined an item that has the same hashes. Behind the
    wall no index is asked of the overlap of arrays: the view asks it."""
    sql, params = models.Tip.objects.filter(models.OPEN_TIP, bands__overlap=[1, 2]).query.sql_with_params()
    name, app = connection.settings_dict["NAME"], connection.settings_dict["USER"]
    with closing(psycopg2.connect(SUPERUSER_URL, dbname=name)) as line, line.cursor() as cursor:
        cursor.execute(
            f"""
            SET session_replication_role = replica;
            INSERT INTO patrol_tip (id, key, last_digits, language, office_id, kind, words, "where", "when", since, danger, state, at,
                bands, exact, outcome, version, same_as_id)
                SELECT n, gen_random_uuid(), '', 'id', 1, 'advert', repeat('x', 500), '', '', '', false, 'received', '{NOW:%Y-%m-%d}',
                    CASE WHEN n > 1 AND n % 4 = 1 THEN ARRAY[n, -n] ELSE ARRAY[1, 2] END, n, '', 1, CASE WHEN n % 4 <> 1 THEN 1 END
                FROM generate_series(1, 4000) n;
            ANALYZE patrol_tip;
            SET ROLE "{app}";
            SET patrol.scope = '{wall.EVERYTHING}'
            """
        )
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + receiving._NEAR, [[1, 2], 1, NOW - timedelta(days=30), 16])
        [([found],)] = cursor.fetchall()
        assert (read(found["Plan"]), "tip_open_bands" in str(found)) == (1, True)
        cursor.execute("EXPLAIN " + sql, params)
        assert "tip_open_bands" not in str(cursor.fetchall())

"""The daily tallies say what happened on a day, and what is kept is what the events say.

That all histories come out so: tests/reports/test_histories.py, which also compares with the summary's own counting.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction

from patrol import domain, models, triage
from patrol.infra import wall
from patrol.triage import tallies
from tests import factories
from tests.triage import acts

MONDAY = datetime(2026, 11, 23, 9, tzinfo=domain.LAW_ZONE)


def on(days: int, hours: int = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hours)


def told(office: models.Office | None = None) -> dict[date, dict[str, int]]:
    """What is counted, without zeros; and nothing else says otherwise."""
    assert tallies.differences() == []
    found = tallies.by_day(office.pk if office else None, date(2020, 1, 1), date(2030, 1, 1))
    return {day: dict(sorted((+count).items())) for day, count in sorted(found.items()) if +count}


@pytest.fixture
def jabar(db: None) -> Any:
    return factories.offices()["bp3mi-jabar"]


def day(days: int) -> date:
    return on(days).date()


def test_a_day_says_what_came_and_went_and_of_which_level(jabar: models.Office) -> None:
    one, two, three = acts.flags(3, now=MONDAY)
    officer = factories.person()
    acts.decide(one, officer, now=on(1))
    acts.decide(two, officer, "needs_information", "agency", now=on(1))
    acts.decide(two, officer, "dismissed", "lawful", version=two.version + 1, now=on(2))
    assert told(jabar) == {
        day(0): {"flagged": 3, "read": 3},
        day(1): {"confirmed": 1, "left": 2, "needs_information": 1},
        day(2): {"dismissed": 1},
    }
    assert tallies.flow(office_id=jabar.pk, days=4, now=on(2)) == [(day(-1), 0, 0), (day(0), 3, 0), (day(1), 0, 2), (day(2), 0, 1)]
    levels = models.DailyTally.objects.filter(what__in=["flagged", "confirmed", "left"]).values_list("what", "level").distinct()
    assert set(levels) == {("flagged", three.level), ("confirmed", one.level), ("left", "")}
    assert told() == told(jabar)
    assert told(models.Office.objects.get(code="bp3mi-lampung")) == {}


def test_what_is_taken_back_within_its_week_leaves_no_trace_and_later_it_returns(jabar: models.Office) -> None:
    one, two = acts.flags(2, now=MONDAY)
    officer = factories.person()
    soon = acts.decide(one, officer, now=on(1)).decisions[0]
    late = acts.decide(two, officer, now=on(1)).decisions[0]
    assert told(jabar)[day(1)] == {"confirmed": 2, "left": 2}
    acts.undo(soon, officer, now=on(1) + timedelta(seconds=5))
    assert told(jabar)[day(1)] == {"confirmed": 1, "left": 1}
    acts.reverse(late, officer, now=on(6, 14))  # Sunday, 23.00
    assert told(jabar) == {day(0): {"flagged": 2, "read": 2}}
    late = acts.decide(two, officer, version=two.version + 2, now=on(6, 14) + timedelta(minutes=30)).decisions[0]
    acts.reverse(late, officer, now=on(6, 15))  # Monday, 0.00
    assert told(jabar) == {day(0): {"flagged": 2, "read": 2}, day(6): {"confirmed": 1, "left": 1}, day(7): {"returned": 1}}


def test_whoever_harmed_somebody_is_not_told_from_a_dismissal(jabar: models.Office) -> None:
    (one,) = acts.flags(1, now=MONDAY)
    acts.decide(one, factories.person(), "victim", "asks", now=on(1))
    assert told(jabar)[day(1)] == {"dismissed": 1, "left": 1}


def test_a_hand_over_moves_what_waits_and_what_is_decided_then_counts_there(jabar: models.Office) -> None:
    lampung = models.Office.objects.get(code="bp3mi-lampung")
    (one,) = acts.flags(1, now=MONDAY)
    triage.hand_over(flag_id=one.pk, office_id=lampung.pk, note="Di sana.", seen_version=one.version, by=factories.person(), now=on(1))
    acts.decide(one, factories.person("officer", "bp3mi-lampung"), version=one.version + 1, now=on(2))
    assert told(jabar) == {day(0): {"flagged": 1, "read": 1}, day(1): {"handed_out": 1}}
    assert told(lampung) == {day(1): {"handed_in": 1}, day(2): {"confirmed": 1, "left": 1}}


def test_a_late_import_counts_on_the_day_it_is_read(jabar: models.Office) -> None:
    acts.flags(1, posted_at=MONDAY - timedelta(days=200), now=on(3))
    assert told(jabar) == {day(3): {"flagged": 1, "read": 1}}


def test_an_erased_post_is_counted_as_before(jabar: models.Office) -> None:
    (one,) = acts.flags(1, now=MONDAY)
    before = told(jabar)
    factories.erase(one.current_check.reading.version)
    assert told(jabar) == before == {day(0): {"flagged": 1, "read": 1}}


def test_what_was_read_stays_of_the_office_its_watch_had_then(jabar: models.Office) -> None:
    acts.flags(1, now=MONDAY)
    models.Watch.objects.update(office=models.Office.objects.get(code="bp3mi-lampung"))
    assert told(jabar) == {day(0): {"flagged": 1, "read": 1}}


def test_a_difference_is_told_and_mended_and_nothing_else_is(jabar: models.Office) -> None:
    (one,) = acts.flags(1, now=MONDAY)
    right = told(jabar)
    assert tallies.mend() == 0
    models.DailyTally.objects.filter(what="flagged").delete()
    models.DailyTally.objects.create(day=day(2), office=jabar, what="read", level="", count=2)
    assert tallies.differences() == [
        tallies.Difference(day(0), jabar.pk, "flagged", one.level, 1),
        tallies.Difference(day(2), jabar.pk, "read", "", -2),
    ]
    assert tallies.mend() == 2
    assert told(jabar) == right


def test_who_read_what_stays_where_a_count_of_that_day_is_mended(jabar: models.Office) -> None:
    lampung = models.Office.objects.get(code="bp3mi-lampung")
    acts.flags(3, now=MONDAY)
    models.Watch.objects.update(office=lampung)
    models.DailyTally.objects.filter(what="read").delete()
    models.DailyTally.objects.create(day=day(0), office=jabar, what="read", level="", count=2)  # one of three is missing
    assert tallies.differences() == [tallies.Difference(day(0), lampung.pk, "read", "", 1)]
    assert tallies.mend() == 1
    assert told(jabar)[day(0)]["read"] == 2
    assert told(lampung)[day(0)]["read"] == 1
    assert tallies.differences() == []
    for office, count in ((lampung, 3), (jabar, 1)):
        models.DailyTally.objects.create(day=day(1), office=office, what="read", level="", count=count)
    assert [(one.office_id, one.more) for one in tallies.differences()] == [(lampung.pk, -3), (jabar.pk, -1)]


def test_the_administrators_are_told_of_a_difference_once_and_nothing_is_mended(jabar: models.Office) -> None:
    night = on(1, -7)  # 2.00
    assert [tallies.due(now=moment) for moment in (on(1, -9), on(1, -8), on(1, -5), on(1, -4), on(1))] == [False, True, True, False, False]
    one, two = factories.person("administrator"), factories.person("administrator")
    factories.person()
    assert (tallies.compare(now=night), models.Notice.objects.count(), tallies.due(now=night)) == (0, 0, False)
    models.DailyTally.objects.create(day=day(0), office=jabar, what="lowered", level="", count=1)
    told_to = models.Notice.objects.filter(kind="tallies_differ").values_list("person", flat=True)
    assert (tallies.compare(now=on(2, -7)), sorted(told_to.all())) == (1, [one.pk, two.pk])
    models.Notice.objects.filter(person=one).update(read_at=on(2), read_by=one)
    assert (tallies.compare(now=on(3, -7)), sorted(told_to.all())) == (1, sorted([one.pk, one.pk, two.pk]))
    assert len(tallies.differences()) == 1


def test_a_night_compares_stretches_for_as_long_as_it_may(jabar: models.Office) -> None:
    for days in (0, -1, -9, -40):
        models.DailyTally.objects.create(day=day(days), office=jabar, what="lowered", level="", count=1)
    one, two = acts.flags(2, now=on(-5))
    acts.reverse(acts.decide(one, factories.person(), now=on(-3)).decisions[0], factories.person(), now=on(-1))
    acts.decide(two, factories.person(), now=on(0))
    wrong = tallies.differences()
    assert [one.day for one in wrong] == [day(-40), day(-9), day(-1), day(0)]
    parts = [tallies.differences_of(day(back), day(back + 4)) for back in range(-44, 5, 5)]
    assert [one for part in parts for one in part] == wrong
    assert tallies.compare(now=on(1, -7), seconds=-1) == 1  # today and yesterday alone
    assert tallies.compare(now=on(2, -7)) == 4


def test_a_night_that_came_to_no_end_is_told_in_the_next(jabar: models.Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one = factories.person("administrator")
    acts.flags(1, now=MONDAY)

    def killed(*_days: date) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "differences_of", killed)
        with pytest.raises(KeyboardInterrupt):
            tallies.compare(now=on(1, -7))
    assert (tallies.due(now=on(1, -6)), tallies.due(now=on(2, -7)), models.Notice.objects.count()) == (False, True, 0)
    for night in (2, 3):
        assert tallies.compare(now=on(night, -7)) == 0
        assert list(models.Notice.objects.values_list("kind", "person")) == [("tallies_unended", one.pk)]


def test_folding_changes_no_count_and_waits_for_many_rows(jabar: models.Office) -> None:
    acts.flags(2, now=MONDAY)
    acts.flags(1, now=on(0, 1))
    before, rows = told(jabar), models.DailyTally.objects.count()
    assert (tallies.fold(), models.DailyTally.objects.count()) == (0, rows)
    assert tallies.fold(least=rows) == rows == 4
    assert (told(jabar), models.DailyTally.objects.count()) == (before, 2)
    acts.flags(1, now=on(0, 2))
    assert tallies.fold(least=1) == 2
    assert (told(jabar), models.DailyTally.objects.count()) == ({day(0): {"flagged": 4, "read": 4}}, 2)
    assert tallies.fold(least=1) == 0


def test_nothing_else_than_what_is_known_is_counted(jabar: models.Office) -> None:
    with pytest.raises(IntegrityError, match="tally_what"), transaction.atomic():
        models.DailyTally.objects.create(day=day(0), office=jabar, what="liked", level="", count=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'tally_what'")
        (said,) = cursor.fetchone()
    assert all(f"'{what}'" in said for what in models.Tallied)


@pytest.mark.usefixtures("committed")
def test_who_counts_for_one_office_waits_for_nobody_who_counts_for_it() -> None:
    one, two = acts.flags(2, now=MONDAY)
    add = "INSERT INTO patrol_flagevent (flag_id, kind, at, before, after) VALUES (%s, 'new_rules', %s, %s, %s)"
    given = [on(1), '{"state": "waiting"}', '{"state": "parked", "level": "low"}']
    before = told()
    first, second = (psycopg2.connect(**connection.get_connection_params(), options=wall.SEES_EVERYTHING) for _ in range(2))
    try:
        for other in (first, second):
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
        with first.cursor() as cursor, second.cursor() as beside:
            cursor.execute(add, [one.pk, *given])
            beside.execute(add, [two.pk, *given])
            assert tallies.fold(least=1) > 0
            assert told() == before
            second.commit()
        first.commit()
    finally:
        first.close()
        second.close()
    assert told() == {**before, day(1): {"lowered": 2}}

"""The order of the queue, its rows, its pages and its counts."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from patrol import models, triage
from patrol.triage import bulk, chance
from tests import factories
from tests.factories import NOW
from tests.triage.acts import copies, decide, flags

database = pytest.mark.django_db
queue_module = importlib.import_module("patrol.triage.queue")  # `triage.queue` is its function


def ranked(flag: models.Flag, level: str, raised_at: datetime | None = None) -> None:
    rank = ("none", "low", "medium", "high").index(level)
    changed = {"level": level, "level_rank": rank} | ({"raised_at": raised_at} if raised_at else {})
    models.Flag.objects.filter(pk=flag.pk).update(**changed)


@database
def test_highest_level_first_and_oldest_first_within() -> None:
    factories.draw(*[False] * 4)
    a, b, c, d = flags(4)
    ranked(a, "medium", NOW - timedelta(days=9))
    ranked(b, "high", NOW - timedelta(days=1))
    ranked(c, "high", NOW - timedelta(days=2))
    ranked(d, "medium", NOW - timedelta(days=8))
    page = triage.queue(factories.person())
    assert [row.flag for row in page.rows] == [c, b, a, d]
    assert page.next == ""


@database
def test_what_is_shown_without_its_level_stands_among_the_highest_by_age_alone() -> None:
    factories.draw(False, True, True, False, False)
    high, hidden_medium, hidden_high, late_high, medium = found = flags(5)
    for days, (flag, level) in enumerate(zip(found, ("high", "medium", "high", "high", "medium"), strict=True)):
        ranked(flag, level, NOW - timedelta(days=9 - days))
    ranked(medium, "medium", NOW - timedelta(days=20))
    person = factories.person()

    def shown(*levels: str) -> list[models.Flag]:
        return [row.flag for row in triage.queue(person, wanted=triage.Wanted(levels=levels)).rows]

    above = [high, hidden_medium, hidden_high, late_high]
    assert shown() == [*above, medium]
    ranked(hidden_medium, "high")
    ranked(hidden_high, "medium")  # the other way round everything reads the same
    assert (shown(), shown("high"), shown("medium")) == ([*above, medium], above, [medium])
    assert triage.counts(person).by_level == {"high": 4, "medium": 1}
    wishes = [triage.Wanted(levels=(level,)) for level in ("high", "medium", "low")]
    assert triage.count_each(person, wishes) == [4, 1, 0]
    pages = walked(person, 2)
    assert [key for page in pages for key in page] == [flag.pk for flag in [*above, medium]]
    hidden_high.refresh_from_db()
    assert triage.take_next(by=person, after=triage.place_of(hidden_high), now=NOW) == late_high


@database
def test_the_database_draws_as_the_program_does() -> None:
    keys = [*range(1, 3000), 2**31, 2**40 + 7, 2**62]
    with connection.cursor() as cursor:
        hidden = models.LEVEL_HIDDEN % {"expressions": "key"}
        cursor.execute(f"SELECT key FROM unnest(%s::bigint[]) key WHERE {hidden} ORDER BY key", [keys])
        drawn = [key for (key,) in cursor.fetchall()]
    assert drawn == [key for key in keys if chance.hidden_by_id(key)]


@database
def test_the_same_ad_is_one_row_that_says_how_often_it_stands_there() -> None:
    first, *_rest = copies(5)
    (other,) = flags(1)
    rows = triage.queue(factories.person()).rows
    assert [(row.flag, row.copies) for row in rows] == [(first, 5), (other, 1)]


@database
def test_a_row_says_how_many_are_decided_with_it_whatever_a_filter_shows_of_it() -> None:
    """Parked copies and those of another platform are decided too; what is decided already and another office's is not."""
    row, officer = copies(6), factories.person()
    models.Post.objects.filter(flag=row[0]).update(platform="tiktok")
    models.Flag.objects.filter(pk=row[2].pk).update(state="parked")
    models.Flag.objects.filter(pk=row[3].pk).update(state="dismissed", decided_at=NOW)
    models.Flag.objects.filter(pk=row[4].pk).update(office=factories.office("bp3mi-ntb"))
    wanted = triage.Wanted(platform="tiktok")
    [shown] = triage.queue(officer, wanted=wanted).rows
    counted = bulk.count(officer, wanted)
    made = bulk.begin(rows=[(row[0].pk, row[0].version)], outcome="needs_information", reason="agency", note="", by=officer, now=NOW)
    assert (shown.flag, shown.copies, counted.flags, bulk.flags_of(made)) == (row[0], 4, 4, 4)
    assert decide(shown.flag, officer).copies == 4


@database
def test_the_same_ad_in_two_offices_is_a_row_in_each() -> None:
    one, two = copies(2)
    models.Flag.objects.filter(pk=two.pk).update(office=factories.office("bp3mi-ntb"))
    at_directorate = factories.person("analyst")
    assert [(row.flag, row.copies) for row in triage.queue(at_directorate).rows] == [(one, 1), (two, 1)]
    assert triage.counts(at_directorate).all == 2


@database
def test_only_open_flags_of_the_own_office_stand_in_the_queue() -> None:
    waiting, asked, parked, confirmed, dismissed = flags(5)
    (elsewhere,) = flags(1, "bp3mi-ntb")
    models.Flag.objects.filter(pk=asked.pk).update(state="needs_information")
    models.Flag.objects.filter(pk=parked.pk).update(state="parked")
    models.Flag.objects.filter(pk=confirmed.pk).update(state="confirmed", decided_at=NOW)
    models.Flag.objects.filter(pk=dismissed.pk).update(state="dismissed", decided_at=NOW)
    assert [row.flag for row in triage.queue(factories.person()).rows] == [waiting, asked]
    assert [row.flag for row in triage.queue(factories.person(), wanted=triage.Wanted(elsewhere.office_id)).rows] == []
    assert [row.flag for row in triage.queue(factories.person("analyst")).rows] == [waiting, asked, elsewhere]
    only = triage.queue(factories.person("analyst"), wanted=triage.Wanted(elsewhere.office_id))
    assert [row.flag for row in only.rows] == [elsewhere]


@database
@pytest.mark.parametrize("role", ["registrar", "administrator"])
def test_who_decides_nothing_has_an_empty_queue_and_nothing_to_count(role: str) -> None:
    flags(2)
    person = factories.person(role)
    assert triage.queue(person) == triage.QueuePage((), "")
    assert triage.counts(person) == triage.Counts(0, {}, None)


@database
def test_filters_by_level_and_platform() -> None:
    factories.draw(*[False] * 3)
    a, b, c = flags(3)
    ranked(b, "medium")
    models.Post.objects.filter(pk=c.post_id).update(platform="feed")
    person = factories.person()
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(levels=("medium",))).rows] == [b]
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(levels=("high", "medium"))).rows] == [a, c, b]
    assert [row.flag for row in triage.queue(person, wanted=triage.Wanted(platform="feed")).rows] == [c]
    assert triage.queue(person, wanted=triage.Wanted(levels=("low",))).rows == ()


@database
def test_counts_are_rows_and_a_row_has_the_level_of_its_first_flag() -> None:
    factories.draw(*[False] * 4)
    first, second, third = copies(3)
    ranked(second, "medium", NOW - timedelta(days=3))
    ranked(third, "medium")
    (lone,) = flags(1)
    ranked(lone, "medium")
    person = factories.person()
    oldest = {"high": NOW - timedelta(days=3), "medium": NOW}  # of a row: its oldest flag
    assert triage.counts(person) == triage.Counts(2, {"high": 1, "medium": 1}, NOW - timedelta(days=3), oldest)
    assert [(row.flag, row.copies) for row in triage.queue(person, wanted=triage.Wanted(levels=("high",))).rows] == [(first, 3)]
    assert [(row.flag, row.copies) for row in triage.queue(person, wanted=triage.Wanted(levels=("medium",))).rows] == [(lone, 1)]


def walked(person: models.Person, limit: int) -> list[list[int]]:
    seen, after = [], ""
    while True:
        page = triage.queue(person, after=after, limit=limit)
        seen.append([row.flag.pk for row in page.rows])
        if not page.next:
            return seen
        after = page.next


@database
def test_every_row_stands_on_exactly_one_page_also_where_times_are_equal() -> None:
    found = flags(65)
    for n, flag in enumerate(found):
        ranked(flag, ("high", "medium")[n % 2], NOW - timedelta(minutes=n // 10))
    pages = walked(factories.person(), 30)
    assert [len(page) for page in pages] == [30, 30, 5]
    order = models.Flag.objects.order_by("urgency", "raised_at", "id").values_list("pk", flat=True)
    assert [key for page in pages for key in page] == list(order)


@database
def test_a_full_last_page_has_no_next_one() -> None:
    flags(30)
    assert [len(page) for page in walked(factories.person(), 30)] == [30]


@database
@pytest.mark.parametrize(
    "after",
    [
        "x",
        "__",
        "9_2026-11-23T03:47:00+00:00_1",
        "3_yesterday_1",
        "3_2026-13-40T00:00:00_1",
        "3_2026-11-23_-5",
        "99999999999_2026-11-23T03:47:00+00:00_1",
        "3_2026-11-23T03:47:00+00:00_99999999999999999999",
        "3_2026-11-23 03:47_1",
        "3_2026-11-23T03:47:00+00:00_1; DROP TABLE x",
        "٣_2026-11-23T03:47:00+00:00_1",
    ],
)
def test_a_place_nobody_gave_out_is_the_first_page(after: str) -> None:
    (flag,) = flags(1)
    assert [row.flag for row in triage.queue(factories.person(), after=after).rows] == [flag]


@database
@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_takes_two_queries_and_its_counts_one(count: int, django_assert_num_queries: Any) -> None:
    flags(count)
    person = models.Person.objects.select_related("office").get(pk=factories.person().pk)
    with django_assert_num_queries(2):
        rows = triage.queue(person).rows
        assert [row.flag.post.platform + row.flag.office.code for row in rows] == ["telegrambp3mi-jabar"] * count
    with django_assert_num_queries(1):
        assert triage.counts(person).all == count


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@database
@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(("long", "queries"), [(4, 1), (3, 0), (2, 0)])
def test_the_figures_of_a_long_queue_are_kept_for_a_while_and_those_of_a_short_one_never(
    long: int, queries: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(queue_module, "LONG", long)
    rows = flags(3)
    person = models.Person.objects.select_related("office").get(pk=factories.person().pk)
    whole, high = triage.Wanted(person.office_id), triage.Wanted(person.office_id, levels=("high", "medium"))
    before = triage.counts(person, whole).all, triage.count_each(person, [high, whole])
    models.Flag.objects.filter(pk=rows[0].pk).update(snoozed_until=timezone.now() + timedelta(days=1))
    with django_assert_num_queries(2 * queries):
        after = triage.counts(person, whole).all, triage.count_each(person, [high, whole])
    assert before == (3, [3, 3])
    assert after == ((2, [2, 2]) if queries else before)
    elsewhere = models.Person.objects.select_related("office").get(pk=factories.person("analyst").pk)
    assert triage.counts(elsewhere, triage.Wanted()).all == 2  # other rows, other figures


@database
@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(("later", "queries"), [(0, 0), (queue_module.FILTERS_KEPT_SECONDS + 1, 1)])
def test_kept_figures_are_as_old_for_another_machine_as_for_this_one(
    later: Any, queries: int, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """A cache may be shared, the monotonic clock is each machine's own: here the second machine was started later."""
    clock = SimpleNamespace(time=time.time, monotonic=lambda: 9_000_000.0)
    monkeypatch.setattr(queue_module, "time", clock)
    monkeypatch.setattr(queue_module, "LONG", 3)  # as many as there are
    flags(3)
    person = models.Person.objects.select_related("office").get(pk=factories.person().pk)
    wanted = triage.Wanted(person.office_id, levels=("high", "medium"))
    triage.count_each(person, [wanted])
    clock.monotonic = lambda: 10.0
    clock.time = lambda: time.time() + later
    with django_assert_num_queries(queries):
        assert triage.count_each(person, [wanted]) == [3]


@database
def test_a_page_begins_at_the_row_it_must_show_where_that_stands_deeper() -> None:
    one, two, three = flags(3)
    person = factories.person()
    assert triage.queue(person, limit=2, showing=two) == triage.queue(person, limit=2)
    page = triage.queue(person, limit=2, showing=three)
    assert [row.flag for row in page.rows] == [three]
    assert page.after == triage.place_of(three, before=True)
    assert triage.queue(person, limit=2, showing=one).after == ""


# --- each condition by itself: one row that fits, one that nearly does ----------------------------------


def shown(person: models.Person, **wanted: Any) -> list[models.Flag]:
    return [row.flag for row in triage.queue(person, wanted=triage.Wanted(**wanted)).rows]


@database
def test_what_is_put_off_waits_in_no_list_but_its_own_and_comes_back_by_the_database_s_clock() -> None:
    asleep, back, awake = flags(3)
    person = factories.person()
    with connection.cursor() as cursor:
        for flag, seconds in ((asleep, 60), (back, -1)):
            cursor.execute(
                "UPDATE patrol_flag SET snoozed_until = clock_timestamp() + %s * interval '1 second' WHERE id = %s", [seconds, flag.pk]
            )
    assert (shown(person), shown(person, state="snoozed")) == ([back, awake], [asleep])
    assert triage.counts(person).all == 2


@database
def test_waking_one_wakes_no_other_but_its_copies() -> None:
    row, (other,) = copies(2), flags(1)
    person = factories.person()
    until = NOW + timedelta(days=2)
    for flag in (row[0], other):
        triage.snooze(flag_id=flag.pk, until=until, note="menunggu", seen_version=flag.version, by=person, now=NOW)
    triage.wake(flag_id=row[1].pk, by=person, now=NOW)
    asleep = dict(models.Flag.objects.values_list("pk", "snoozed_until"))
    assert asleep == {row[0].pk: None, row[1].pk: None, other.pk: until}
    woken = models.FlagEvent.objects.filter(kind="woken").order_by("flag").values_list("flag", flat=True)
    assert list(woken) == [flag.pk for flag in row]


@database
def test_waking_wakes_nothing_of_another_office_in_the_same_row() -> None:
    mine, theirs = copies(2)
    models.Flag.objects.filter(pk=theirs.pk).update(office=factories.office("bp3mi-ntb"))
    models.Flag.objects.update(snoozed_until=NOW + timedelta(days=2))
    triage.wake(flag_id=mine.pk, by=factories.person(), now=NOW)
    assert dict(models.Flag.objects.values_list("pk", "snoozed_until")) == {mine.pk: None, theirs.pk: NOW + timedelta(days=2)}


@database
def test_filters_by_kind_country_watch_office_and_state() -> None:
    one, two = flags(2)
    other_watch = factories.watch()
    fetch = factories.fetch(other_watch)
    models.Seen.objects.create(post=two.post, watch=other_watch, fetch=fetch, at=NOW)
    models.Flag.objects.filter(pk=two.pk).update(kinds=["impersonation"], state="needs_information")
    models.Flag.objects.filter(pk=one.pk).update(kinds=["fraud"])
    (theirs,) = flags(1, code="bp3mi-ntb")
    person, analyst = factories.person(), factories.person("analyst")
    assert shown(person, kind="impersonation") == [two]
    assert shown(person, kind="trafficking") == []
    assert (shown(person, watch_id=other_watch.pk), shown(person, watch_id=factories.watch().pk)) == ([two], [])
    assert (shown(person, state="needs_information"), shown(person, state="waiting")) == ([two], [one])
    assert sorted(flag.pk for flag in shown(person, country="KH")) == [one.pk, two.pk]
    assert shown(person, country="JP") == []
    assert shown(analyst, office_id=theirs.office_id) == [theirs]
    assert shown(person, office_id=theirs.office_id) == []
    assert len(shown(analyst)) == 3


@database
def test_older_than_a_moment_is_before_it_and_not_at_it() -> None:
    one, two = flags(2)
    person = factories.person()
    models.Flag.objects.filter(pk=one.pk).update(raised_at=NOW - timedelta(seconds=1))
    models.Flag.objects.filter(pk=two.pk).update(raised_at=NOW)
    assert shown(person, before=NOW) == [one]


@database
def test_open_at_me_and_open_at_nobody_else() -> None:
    mine, theirs, free, over = flags(4)
    person, colleague = factories.person(), factories.person()
    triage.take(mine.pk, by=person, now=NOW)
    triage.take(theirs.pk, by=colleague, now=NOW)
    triage.take(over.pk, by=colleague, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s", [over.pk])
    assert shown(person, holding="mine") == [mine]
    assert shown(person, holding="free") == [mine, free, over]
    assert shown(colleague, holding="mine") == [theirs]
    held = {row.flag.pk: row.is_held for row in triage.queue(person).rows}
    assert held == {mine.pk: True, theirs.pk: True, free.pk: False, over.pk: False}


@database
def test_what_is_free_is_what_nobody_else_has_open_in_the_queue_s_order() -> None:
    mine, theirs, free, asked = flags(4)
    flags(1, code="bp3mi-ntb")
    person = factories.person()
    triage.take(mine.pk, by=person, now=NOW)
    triage.take(theirs.pk, by=factories.person(), now=NOW)
    models.Flag.objects.filter(pk=asked.pk).update(state="needs_information")

    def found(by: models.Person = person, wanted: triage.Wanted | None = None, **more: Any) -> list[int]:
        given = {"wanted": wanted or triage.Wanted(), "after": "", "limit": 9} | more
        return [flag.pk for flag in queue_module.free(by, **given)]

    assert found() == [mine.pk, free.pk, asked.pk]
    assert found(wanted=triage.Wanted(holding="mine")) == [mine.pk]
    assert found(state="waiting") == [mine.pk, free.pk]
    assert (found(limit=2), found(limit=2, after=triage.place_of(free))) == ([mine.pk, free.pk], [asked.pk])
    assert found(factories.person("registrar")) == []


@database
def test_the_queue_opens_with_the_own_office_and_at_the_directorate_with_every_one() -> None:
    here, there = flags(1), flags(2, code="bp3mi-ntb")
    officer, above = factories.person(), factories.person("supervisor", "directorate")
    assert triage.whole(officer) == triage.Wanted(here[0].office_id)
    assert triage.whole(above) == triage.Wanted()
    assert triage.counts(above, triage.whole(above)).all == 3
    other = factories.person("officer", "bp3mi-ntb")
    assert triage.counts(other, triage.whole(other)).all == len(there)


@database
def test_who_decides_nothing_counts_nothing_under_any_filter() -> None:
    flags(2)
    assert triage.count_each(factories.person("registrar"), [triage.Wanted(), triage.Wanted(levels=("high",))]) == [0, 0]


@database
@pytest.mark.usefixtures("nothing_kept")
def test_kept_figures_of_one_office_and_filter_are_shown_to_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "LONG", 1)
    flags(2)
    flags(1, code="bp3mi-ntb")
    factories.draw(*[False] * 2)
    (medium,) = flags(1)
    ranked(medium, "medium")
    one, other = factories.person(), factories.person("officer", "bp3mi-ntb")
    analyst = factories.person("analyst")
    for _again in range(2):  # counted, then kept
        assert [triage.counts(person).all for person in (one, other, analyst)] == [3, 1, 4]
        found = [
            triage.count_each(person, [triage.Wanted(levels=("medium",)), triage.Wanted(holding="mine")])
            for person in (one, other, analyst)
        ]
        assert found == [[1, 0], [0, 0], [1, 0]]
    triage.take(medium.pk, by=one, now=NOW)
    cache.clear()
    assert triage.count_each(one, [triage.Wanted(holding="mine")]) == [1]
    assert triage.count_each(factories.person(), [triage.Wanted(holding="mine")]) == [0]  # what I hold is mine alone


@database
def test_a_row_whose_first_flag_is_put_off_stands_by_the_next_one() -> None:
    row = copies(3)
    person = factories.person()
    models.Flag.objects.filter(pk=row[0].pk).update(snoozed_until=timezone.now() + timedelta(days=1))
    [shown_row] = triage.queue(person).rows
    assert (shown_row.flag, shown_row.copies) == (row[1], 3)  # deciding it decides the one that was put off, too


@database
@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_of_every_size_hold_each_row_once_and_end(limit: int) -> None:
    found = flags(4)
    person, after, seen, pages = factories.person(), "", [], 0
    while True:
        page = triage.queue(person, after=after, limit=limit)
        seen += [row.flag for row in page.rows]
        pages += 1
        if not (after := page.next):
            break
    assert (seen, pages) == (found, -(-4 // limit))


def test_how_old_figures_may_be() -> None:
    """As docs/measured/speed.md says: of a thousand rows and more 20 seconds, of saved filters a minute."""
    assert (queue_module.LONG, queue_module.KEPT_SECONDS, queue_module.FILTERS_KEPT_SECONDS) == (1_000, 20, 60)

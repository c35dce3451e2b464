"""Verbs on watches, and how well each is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol import models, pipeline, sources, watches
from patrol.domain import LAW_ZONE, Sentence, states
from patrol.engine import schedules
from patrol.infra.refusals import RefusedError
from patrol.watches import packs, wellbeing
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PROBLEM = {"code": "gone", "id": "Saluran tidak ada lagi.", "en": "The channel is gone.", "permanent": True, "where": ""}


def wanted(**given: Any) -> watches.Wanted:
    fields: dict[str, Any] = {
        "name": "Saluran contoh",
        "query": "saluran_contoh",
        "office_id": factories.office().pk,
        "every_seconds": 600,
        "healthy_low": 1,
        "healthy_high": 20,
    }
    return watches.Wanted(**(fields | given))


def add(by: models.Person | None = None, *, platform: str = "telegram", kind: str = "", **given: Any) -> models.Watch:
    return watches.add(platform=platform, kind=kind, wanted=wanted(**given), by=by, now=NOW)


def change(watch: models.Watch, by: models.Person, **given: Any) -> models.Watch:
    names = ("name", "query", "office_id", "every_seconds", "healthy_low", "healthy_high", "priority", "daily_quota")
    fields = {name: getattr(watch, name) for name in names}
    return watches.change(watch_id=watch.pk, wanted=wanted(**(fields | given)), by=by, now=NOW)


def refused(act: Callable[..., Any], *args: Any, **given: Any) -> str:
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    assert error.value.sentence
    return error.value.place


def last_entry() -> tuple[str, int | None, Any, Any]:
    entry = models.AuditEntry.objects.latest("seq")
    return entry.verb, entry.actor_id, entry.before, entry.after


def test_where_no_station_is_said_a_watch_keeps_its_own_within_its_office() -> None:
    analyst, elsewhere = factories.person("analyst"), factories.office("bp3mi-ntb")
    station = models.Station.objects.create(office=factories.office(), name="P4MI Contoh")
    watch = factories.watch(station=station)
    assert change(watch, analyst, name="Lain").station == station
    assert change(watch, analyst, station_id=None).station is None
    assert change(watch, analyst, station_id=station.pk).station == station
    assert change(watch, analyst, office_id=elsewhere.pk).station is None
    assert add(analyst).station is None


def test_a_new_watch_is_due_at_once() -> None:
    analyst = factories.person("analyst")
    watch = add(analyst, name=" Saluran contoh ", query=" saluran_contoh ")
    assert (watch.name, watch.query, watch.state, watch.created_by, watch.created_at, watch.cursor) == (
        "Saluran contoh",
        "saluran_contoh",
        "active",
        analyst,
        NOW,
        {},
    )
    # What nobody asked for: in the middle, without a quota, at all hours.
    assert (watch.priority, watch.daily_quota, watch.windows, watch.quiet_from, watch.quiet_to) == (2, None, [], None, None)
    assert pipeline.due().watches == (watch.pk,)
    verb, actor, before, after = last_entry()
    assert (verb, actor, before) == ("watch.added", analyst.pk, {})
    assert (after["platform"], after["kind"], after["query"]) == ("telegram", "channel", "saluran_contoh")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"platform": "surat"}, "platform"),
        ({"query": "dua kata"}, "query"),
        ({"query": ""}, "query"),
        ({"platform": "feed", "query": "bukan alamat"}, "query"),
        ({"name": "  "}, "name"),
        ({"every_seconds": 9}, "every_seconds"),
        ({"healthy_low": 5, "healthy_high": 4}, "healthy_low"),
        ({"healthy_low": -1}, "healthy_low"),
    ],
)
def test_what_cannot_be_watched_is_refused_where_the_person_looks(given: dict[str, Any], field: str) -> None:
    assert refused(add, **given) == field
    assert models.Watch.objects.count() == 0


def test_the_borders_are_taken() -> None:
    watch = add(every_seconds=10, healthy_low=0, healthy_high=0)
    assert (watch.every_seconds, watch.healthy_low, watch.healthy_high) == (10, 0, 0)


def test_one_source_is_watched_once() -> None:
    first, analyst = add(), factories.person("analyst")
    assert refused(add) == "query"
    other = add(query="saluran_lain")
    assert refused(change, other, analyst, query="saluran_contoh") == "query"
    other.refresh_from_db()
    assert (other.query, first.query) == ("saluran_lain", "saluran_contoh")
    feed = add(platform="feed", query="https://umpan.example/feed.xml")
    assert feed.platform == "feed"


@pytest.mark.parametrize(("role", "code"), [("officer", "bp3mi-jabar"), ("supervisor", "directorate"), ("registrar", "directorate")])
def test_who_may_not_change_watches_changes_none(role: str, code: str) -> None:
    watch, person = factories.watch(), factories.person(role, code)
    acts: tuple[Callable[[], object], ...] = (
        lambda: add(person),
        lambda: change(watch, person, name="Lain"),
        lambda: watches.pause(watch_id=watch.pk, by=person, now=NOW),
        lambda: watches.resume(watch_id=watch.pk, by=person, now=NOW),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (models.Watch.objects.count(), models.AuditEntry.objects.count()) == (1, 0)


def not_due(watch: models.Watch, **given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp() + interval '1 hour' WHERE id = %s", [watch.pk])
    models.Watch.objects.filter(pk=watch.pk).update(**given)
    watch.refresh_from_db()


def test_another_query_starts_from_its_beginning_and_another_name_goes_on() -> None:
    watch, admin = factories.watch(), factories.person("administrator")
    not_due(watch, cursor={"before": 7})
    same = change(watch, admin, name="Nama lain", healthy_low=3)
    assert (same.name, same.cursor, pipeline.due().watches) == ("Nama lain", {"before": 7}, ())
    fresh = change(same, admin, query="saluran_lain")
    assert (fresh.query, fresh.cursor, pipeline.due().watches) == ("saluran_lain", {}, (watch.pk,))
    verb, actor, before, after = last_entry()
    assert (verb, actor, before["query"], after["query"]) == ("watch.changed", admin.pk, watch.query, "saluran_lain")
    assert refused(change, fresh, admin, every_seconds=1) == "every_seconds"


def test_a_run_on_its_way_loses_a_watch_that_asks_for_something_else_now() -> None:
    """It would set the cursor of the old query again; a run of a watch that asks for the same goes on."""
    admin, until = factories.person("administrator"), NOW + timedelta(days=400)
    watch = factories.watch(lease_token=uuid.uuid4(), lease_until=until, attempts=3)
    same = change(watch, admin, name="Nama lain")
    assert (same.lease_token, same.lease_until, same.attempts) == (watch.lease_token, until, 3)
    fresh = change(watch, admin, query="saluran_lain")
    assert (fresh.lease_token, fresh.lease_until, fresh.attempts) == (None, None, 0)


def test_what_is_done_to_one_watch_is_not_done_to_another() -> None:
    admin, watch = factories.person("administrator"), factories.watch()
    other = factories.watch(cursor={"before": 7}, attempts=3)
    not_due(other)
    paused = factories.watch(state="paused", due_at=None)
    others = models.Watch.objects.exclude(pk=watch.pk).order_by("pk")
    models.Watch.objects.filter(pk=paused.pk).update(due_at=None)
    before = list(others.values())
    change(watch, admin, query="saluran_baru", name="Nama lain")
    watches.pause(watch_id=watch.pk, by=admin, now=NOW)
    watches.resume(watch_id=watch.pk, by=admin, now=NOW)
    assert list(others.values()) == before
    assert pipeline.due().watches == (watch.pk,)


def test_another_query_of_a_paused_watch_waits_until_it_is_resumed() -> None:
    watch, admin = factories.watch(), factories.person("administrator")
    watches.pause(watch_id=watch.pk, by=admin, now=NOW)
    assert change(watch, admin, query="saluran_lain").due_at is None


def test_paused_it_is_not_asked_and_resumed_it_is_due_from_where_it_was() -> None:
    watch, analyst = factories.watch(cursor={"before": 7}, attempts=4), factories.person("analyst")
    paused = watches.pause(watch_id=watch.pk, by=analyst, now=NOW)
    assert (paused.state, paused.due_at, pipeline.due().watches) == ("paused", None, ())
    assert last_entry() == ("watch.paused", analyst.pk, {"state": "active"}, {"state": "paused"})
    resumed = watches.resume(watch_id=watch.pk, by=analyst, now=NOW)
    assert (resumed.state, resumed.cursor, resumed.attempts) == ("active", {"before": 7}, 0)
    assert pipeline.due().watches == (watch.pk,)
    with pytest.raises(states.MoveRefusedError):
        watches.resume(watch_id=watch.pk, by=analyst, now=NOW)


# --- health ---------------------------------------------------------------------------------------


def watched(**given: Any) -> models.Watch:
    """A watch that ran well and is old enough to judge."""
    fields: dict[str, Any] = {"created_at": NOW - timedelta(days=15), "last_good_at": NOW - timedelta(minutes=5), "healthy_low": 2}
    return factories.watch(**(fields | given))


def seen(watch: models.Watch, *days_ago: int) -> None:
    """One post first seen by the watch so many days ago, for each."""
    run = factories.fetch(watch)
    for days in days_ago:
        (post,) = factories.stored([factories.raw_post()])
        models.Seen.objects.create(post=post, watch=watch, fetch=run, at=NOW - timedelta(days=days))


def state(watch: models.Watch) -> wellbeing.HealthState:
    return wellbeing.health([watch], now=NOW)[watch.pk].state


WEEK = range(1, 8)


def test_enough_posts_in_the_last_seven_whole_days_is_healthy() -> None:
    watch = watched()
    seen(watch, *WEEK, *WEEK)
    assert state(watch) == "healthy"


def test_one_post_less_is_quiet_and_neither_today_nor_last_month_counts() -> None:
    watch = watched()
    seen(watch, *WEEK, *range(1, 7), 0, 0, 0, 8, 9, 40)
    assert state(watch) == "quiet"


def test_as_many_posts_as_are_healthy_are_healthy() -> None:
    watch = watched(healthy_high=2)
    seen(watch, *WEEK, *WEEK)
    assert state(watch) == "healthy"
    assert wellbeing.health([watch], now=NOW)[watch.pk].judged == 14


def test_one_post_more_is_a_flood_and_neither_today_nor_last_month_counts() -> None:
    watch = watched(healthy_high=2)
    seen(watch, *WEEK, *WEEK, 0, 0, 0, 8, 9, 40)
    assert state(watch) == "healthy"
    seen(watch, 7)
    assert state(watch) == "loud"
    failing = watched(healthy_low=0, healthy_high=0, last_problem=PROBLEM, last_problem_at=NOW)
    seen(failing, 1)
    assert state(failing) == "failing"


def test_another_watch_s_posts_do_not_count() -> None:
    watch, other = watched(), watched()
    seen(other, *WEEK, *WEEK)
    assert [one.state for one in wellbeing.health([watch, other], now=NOW).values()] == ["quiet", "healthy"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"last_good_at": None}, "waiting"),
        ({"created_at": NOW - timedelta(days=14) + timedelta(seconds=1)}, "new"),
        ({"created_at": NOW - timedelta(days=14)}, "quiet"),
        ({"last_problem": PROBLEM, "last_problem_at": NOW}, "failing"),
        ({"last_problem": PROBLEM, "last_problem_at": NOW, "last_good_at": None}, "failing"),
        ({"state": "paused", "last_problem": PROBLEM, "last_problem_at": NOW}, "paused"),
        ({"state": "stopped", "last_problem": PROBLEM, "last_problem_at": NOW}, "stopped"),
        ({"healthy_low": 0}, "healthy"),
    ],
)
def test_each_state_has_its_sign(given: dict[str, Any], wanted: str) -> None:
    assert state(watched(**given)) == wanted


def test_the_problem_is_told_as_it_was_and_whether_trying_again_helps() -> None:
    watch = watched(last_problem=PROBLEM, last_problem_at=NOW)
    told = wellbeing.health([watch], now=NOW)[watch.pk]
    assert told.problem == Sentence("Saluran tidak ada lagi.", "The channel is gone.")
    assert told.permanent is True
    assert (told.last_good_at, told.next_due) == (watch.last_good_at, watch.due_at)
    well = watched()
    told = wellbeing.health([well], now=NOW)[well.pk]
    assert (told.problem, told.permanent) == (None, False)


def test_days_are_jakarta_s_and_today_is_the_last_of_fourteen() -> None:
    watch = watched()
    run = factories.fetch(watch)
    midnight = NOW.replace(hour=17, minute=0) - timedelta(days=1)  # 00.00 WIB of the same day as NOW
    for at in (midnight, midnight - timedelta(seconds=1), midnight - timedelta(days=13), midnight - timedelta(days=13, seconds=1)):
        (post,) = factories.stored([factories.raw_post()])
        models.Seen.objects.create(post=post, watch=watch, fetch=run, at=at)
    per_day = wellbeing.health([watch], now=NOW)[watch.pk].per_day
    assert per_day == (1, *([0] * 11), 1, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_health_takes_one_query(count: int, django_assert_num_queries: Any) -> None:
    many = [watched() for _ in range(count)]
    with django_assert_num_queries(1):
        assert len(wellbeing.health(many, now=NOW)) == count


def test_every_source_checks_its_query_and_says_what_healthy_means() -> None:
    for source in sources.SOURCES.values():
        assert source.QUERIES[0].takes_words or source.check_query("") is not None
        assert source.HEALTHY.id
        assert source.HEALTHY.en


# --- why it does not run now ----------------------------------------------------------------------


def held(watch: models.Watch) -> schedules.Held | None:
    return wellbeing.health([watch], now=NOW)[watch.pk].held


def test_a_watch_outside_its_hours_says_when_it_goes_on() -> None:
    local = NOW.astimezone(LAW_ZONE)
    tomorrow = {"days": [(local.weekday() + 1) % 7], "from": "08:00", "to": "16:00"}
    opens = (local + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    assert held(watched(windows=[tomorrow])) == schedules.Held(schedules.Shut.WINDOW, opens)
    assert held(watched(windows=[tomorrow], state="paused")) is None
    assert held(watched()) is None


def test_a_used_up_quota_is_told() -> None:
    watch = watched(daily_quota=3)
    factories.fetch(watch, posts_seen=3)
    told = wellbeing.health([watch], now=NOW)[watch.pk]
    assert told.held is not None
    assert (told.used, told.held.why) == (3, schedules.Shut.QUOTA)


@pytest.mark.parametrize("count", [1, 30])
def test_quotas_and_offices_take_one_query_more_each(count: int, django_assert_num_queries: Any) -> None:
    many = [watched(daily_quota=5, windows=[{"days": [0], "from": "08:00", "to": "16:00"}]) for _ in range(count)]
    many = list(models.Watch.objects.filter(pk__in=[watch.pk for watch in many]))
    with django_assert_num_queries(3):
        wellbeing.health(many, now=NOW)


# --- kinds, packs, hours --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "search"}, "platform"),
        ({"priority": 4}, "priority"),
        ({"daily_quota": 0}, "daily_quota"),
        ({"quiet": (time(5), time(5))}, "quiet_to"),
        ({"windows": (schedules.Window(frozenset({0}), time(8), time(16)),), "quiet": (time(7), time(17))}, "quiet_from"),
        ({"credential_id": 0}, "credential"),
        ({"platform": "youtube", "kind": "search", "query": "loker"}, "credential"),
        ({"platform": "mastodon", "kind": "search", "query": "loker@mastodon.example"}, "credential"),
        ({"platform": "youtube", "kind": "search", "query": " "}, "query"),
    ],
)
def test_what_would_never_run_is_refused(given: dict[str, Any], field: str) -> None:
    assert refused(add, **given) == field


@pytest.mark.parametrize(
    ("platform", "kind", "query"),
    [
        ("mastodon", "hashtag", "#loker@mastodon.example"),
        ("mastodon", "timeline", "mastodon.example"),
        ("bluesky", "account", "nama.bsky.social"),
    ],
)
def test_what_a_platform_answers_to_anybody_needs_no_credential(platform: str, kind: str, query: str) -> None:
    assert add(platform=platform, kind=kind, query=query).credential is None


def test_packs_are_for_searches_and_then_the_query_may_be_empty() -> None:
    pack = packs.add(name="Bujukan", about="lures", words=["gratis biaya"], by=None, now=NOW)
    assert refused(add, pack_ids=(pack.pk,)) == "packs"
    key = models.Credential.objects.create(platform="youtube", name="Kunci", sealed="x", changed_at=NOW)
    search: dict[str, Any] = {"platform": "youtube", "kind": "search", "query": "", "pack_ids": (pack.pk,), "credential_id": key.pk}
    watch = add(**search)
    assert (watch.query, list(watch.packs.all()), watch.credential) == ("", [pack], key)
    assert add(**search, name="Lain").pk != watch.pk  # only a query of its own is watched once


def test_a_tag_of_a_pack_needs_its_server_in_the_query() -> None:
    pack = packs.add(name="Tagar", about="lures", words=["lokertaiwan"], by=None, now=NOW)
    tagged: dict[str, Any] = {"platform": "mastodon", "kind": "hashtag", "pack_ids": (pack.pk,)}
    assert refused(add, **tagged, query="") == "query"
    assert models.Watch.objects.count() == 0
    assert add(**tagged, query="@mastodon.example").query == "@mastodon.example"


def key_of(platform: str) -> models.Credential:
    return models.Credential.objects.create(platform=platform, name="Kunci", sealed="x", changed_at=NOW)


def test_a_place_and_its_words_are_one_query() -> None:
    key = key_of("youtube")
    given: dict[str, Any] = {"platform": "youtube", "kind": "place", "credential_id": key.pk}
    watch = add(**given, place=" -6.3265 108.3200 20 km", query=" loker ")
    assert (watch.kind, watch.query) == ("place", "-6.3265,108.32,20km; loker")
    assert refused(add, **given, place="-6.3265, 108.32, 20 KM", query="loker") == "query"  # the same place in other letters
    assert add(**given, place="-6.3265, 108.32, 20 km", query="").query == "-6.3265,108.32,20km"


def test_a_country_wants_words_or_a_pack() -> None:
    pack = packs.add(name="Bujukan", about="lures", words=["gratis biaya"], by=None, now=NOW)
    given: dict[str, Any] = {"platform": "tiktok", "kind": "place", "place": "my", "credential_id": key_of("tiktok").pk}
    assert refused(add, **given, query=" ") == "query"
    assert add(**given, query="", pack_ids=(pack.pk,)).query == "MY"
    assert add(**given, query="loker").query == "MY; loker"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "place", "query": "loker"}, "place"),
        ({"kind": "place", "query": "", "place": " "}, "place"),
        ({"kind": "place", "query": "loker", "place": "ID"}, "place"),  # YouTube knows no countries
        ({"kind": "place", "query": "loker", "place": "-6.3265, 108.32, 1001 km"}, "place"),
        ({"kind": "place", "query": "x" * 301, "place": "0, 0, 1 km"}, "query"),
        ({"kind": "search", "query": "loker", "place": "0, 0, 1 km"}, "place"),
        ({"platform": "tiktok", "kind": "place", "query": "x" * 497, "place": "MY"}, "query"),
    ],
)
def test_a_place_nobody_can_be_asked_for_is_refused(given: dict[str, str], field: str) -> None:
    given = {"platform": "youtube", **given}
    assert refused(add, **given, credential_id=key_of(given["platform"]).pk) == field
    assert models.Watch.objects.count() == 0


def test_a_place_with_a_pack_only_is_still_looked_at() -> None:
    pack = packs.add(name="Bujukan", about="lures", words=["gratis biaya"], by=None, now=NOW)
    given: dict[str, Any] = {"platform": "x", "kind": "place", "query": "", "pack_ids": (pack.pk,), "credential_id": key_of("x").pk}
    assert refused(add, **given, place="95, 10, 5 km") == "place"
    assert add(**given, place="Indramayu").query == "Indramayu"


def test_the_source_proposes_the_healthy_range() -> None:
    watch = add(healthy_low=None, healthy_high=None)
    assert (watch.healthy_low, watch.healthy_high) == sources.SOURCES["telegram"].HEALTHY_RANGE


def test_other_words_keep_the_places_of_the_old_ones() -> None:
    admin = factories.person("administrator")
    key = models.Credential.objects.create(platform="youtube", name="Kunci", sealed="x", changed_at=NOW)
    watch = factories.watch(platform="youtube", kind="search", query="loker", credential=key, cursor={"looks": {"a": 1}})
    assert change(watch, admin, query="lowongan", credential_id=key.pk).cursor == {"looks": {"a": 1}}


def test_other_hours_count_at_once() -> None:
    watch, admin = factories.watch(), factories.person("administrator")
    not_due(watch)
    window = schedules.Window(frozenset(range(7)), time(0), time(0))
    changed = change(watch, admin, windows=(window,))
    assert changed.windows == [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "00:00"}]
    assert pipeline.due().watches == (watch.pk,)


def test_a_watch_whose_runs_are_killed_is_failing_and_says_so() -> None:
    assert state(watched(healthy_low=0, attempts=2)) == "healthy"  # one on its way behind a killed one
    watch = watched(healthy_low=0, attempts=3)
    told = wellbeing.health([watch], now=NOW)[watch.pk]
    assert (told.state, told.code, told.permanent) == ("failing", "killed", False)
    assert told.problem is not None
    assert told.problem.en == "3 runs in a row stopped half-way without saying why. Look at the worker's log."
    told = wellbeing.health([watched(attempts=9, last_problem=PROBLEM, last_problem_at=NOW)], now=NOW).popitem()[1]
    assert told.problem == Sentence("Saluran tidak ada lagi.", "The channel is gone.")


def test_of_many_posts_the_days_that_are_over_are_counted_once_a_day(monkeypatch: Any) -> None:
    monkeypatch.setattr(wellbeing, "LONG", 3)
    watch = watched()
    old, new = (factories.stored([factories.raw_post() for _ in range(3)], of=watch) for _ in range(2))
    of_old = models.Seen.objects.filter(post__in=old)
    of_old.update(at=NOW - timedelta(days=2))
    before = wellbeing.health([watch], now=NOW)[watch.pk].per_day
    of_old.delete()
    models.Seen.objects.filter(post=new[0]).delete()
    after = wellbeing.health([watch], now=NOW)[watch.pk].per_day
    assert (before[-3:], after[-3:]) == ((3, 0, 3), (3, 0, 2))
    assert wellbeing.health([watch], now=NOW + timedelta(days=1))[watch.pk].per_day[-4:] == (0, 0, 2, 0)
    cache.clear()

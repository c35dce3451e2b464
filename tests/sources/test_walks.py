from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.shared import walks

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def answer(status: int = 200) -> domain.RawAnswer:
    return domain.RawAnswer("https://x.example/", "https://x.example/", status, (), (), (), b"{}", NOW, NOW)


def refusal(code: str, *, permanent: bool = False, retry_after: float | None = None) -> domain.SourceError:
    sentence = domain.Sentence(id="Ditolak.", en="Refused.")
    return domain.SourceError(code, sentence, permanent=permanent, retry_after=retry_after, answer=None if code == "dns" else answer(404))


def post(name: str, at: datetime | None = NOW) -> domain.RawPost:
    return domain.RawPost("x", name, f"https://x.example/{name}", name, posted_at=at)


@dataclass
class Timeline:
    """Plays one look of a platform: newest first, a page after the name of the last post of the page above. Nothing of ours."""

    posts: dict[str, datetime]
    size: int = 2
    visible: dict[str, datetime] = field(default_factory=dict)
    clock: datetime = NOW
    tick: timedelta = timedelta(0)
    troubles: list[str] = field(default_factory=list)  # code for each request to come, "" is none
    asked: list[str] = field(default_factory=list)

    def __call__(self, token: str) -> walks.Turn:
        self.asked.append(token)
        self.clock += self.tick
        trouble = self.troubles.pop(0) if self.troubles else ""
        if trouble == "expired" and not token:
            trouble = ""
        if trouble:
            raise refusal("bad_query" if trouble == "expired" else trouble)
        shown = [name for name in self.posts if self.visible.get(name, self.posts[name]) <= self.clock]
        shown.sort(key=lambda name: (self.posts[name], name), reverse=True)
        start = shown.index(token) + 1 if token else 0
        page = shown[start : start + self.size]
        more = len(shown) > start + self.size
        return walks.Turn(answer(), tuple(post(name, self.posts[name]) for name in page), page[-1] if more else "")


def hourly(count: int, prefix: str = "p") -> dict[str, datetime]:
    return {f"{prefix}{number}": NOW - number * HOUR for number in range(count)}


def ask(cursor: Mapping[str, Any] = domain.NOTHING, *, now: datetime = NOW, max_pages: int = 20) -> domain.Ask:
    return domain.Ask("x", cursor, now, max_pages)


def names(pages: list[domain.Page]) -> list[str]:
    return [one.external_id for page in pages for one in page.posts]


def until_error(pages: Iterator[domain.Page]) -> tuple[list[domain.Page], str]:
    got: list[domain.Page] = []
    try:
        got.extend(pages)
    except domain.SourceError as error:
        return got, error.problem.code
    return got, ""


# --- one look -------------------------------------------------------------------------------------


def test_a_walk_goes_down_page_by_page_to_the_platforms_last() -> None:
    timeline = Timeline(hourly(5))
    pages = list(walks.down(ask(), {"": timeline}))
    assert [names([page]) for page in pages] == [["p0", "p1"], ["p2", "p3"], ["p4"]]
    assert timeline.asked == ["", "p1", "p3"]


def test_what_it_begins_with_is_known_only_when_it_is_finished() -> None:
    cursors = [page.cursor["looks"][""] for page in walks.down(ask(), {"": Timeline(hourly(5))})]
    assert [(cursor["known"], cursor["top"], cursor["token"]) for cursor in cursors] == [
        ("", NOW.isoformat(), "p1"),
        ("", NOW.isoformat(), "p3"),
        (NOW.isoformat(), "", ""),
    ]


def test_the_next_walk_ends_at_the_page_that_is_older_than_what_is_known_and_the_look_back() -> None:
    timeline = Timeline(hourly(20), size=1)
    known = {"looks": {"": walks.Walk(known=NOW - 3 * HOUR).cursor()}}
    assert names(list(walks.down(ask(known), {"": timeline}))) == ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]


def test_a_post_the_index_shows_late_is_found_within_the_look_back() -> None:
    timeline = Timeline({"late": NOW - HOUR, **hourly(1)}, size=1, visible={"late": NOW + MINUTE})
    first = list(walks.down(ask(), {"": timeline}))
    timeline.clock = NOW + MINUTE
    again = list(walks.down(ask(first[-1].cursor, now=NOW + MINUTE), {"": timeline}))
    assert (names(first), names(again)) == (["p0"], ["p0", "late"])


def test_the_first_walk_goes_seven_days_deep() -> None:
    timeline = Timeline({f"d{day}": NOW - timedelta(days=day) for day in range(10)}, size=1)
    assert names(list(walks.down(ask(), {"": timeline})))[-1] == "d8"  # the first page that is too old ends it


def test_a_first_walk_over_many_runs_ends_no_higher_than_it_began() -> None:
    timeline = Timeline({f"d{day}": NOW - timedelta(days=day) for day in range(7)}, size=1)
    first = list(walks.down(ask(max_pages=2), {"": timeline}))
    late = list(walks.down(ask(first[-1].cursor, now=NOW + timedelta(days=5)), {"": timeline}))
    assert {f"d{day}" for day in range(7)} <= set(names([*first, *late]))


def test_one_old_post_in_the_wrong_place_cuts_nothing_off() -> None:
    timeline = Timeline(hourly(6))
    pinned = post("pinned", NOW - timedelta(days=900))

    def with_pinned(token: str) -> walks.Turn:
        turn = timeline(token)
        return turn if token else walks.Turn(turn.answer, (pinned, *turn.posts), turn.next)

    assert names(list(walks.down(ask(), {"": with_pinned})))[-1] == "p5"


def test_a_page_without_times_ends_nothing() -> None:
    def undated(token: str) -> walks.Turn:
        number = int(token or 0)
        return walks.Turn(answer(), (post(f"u{number}", None),), str(number + 1) if number < 3 else "")

    assert names(list(walks.down(ask(), {"": undated}))) == ["u0", "u1", "u2", "u3"]


def test_a_platform_that_sorts_by_other_times_is_walked_by_those() -> None:
    answered_now = [post("old", NOW - timedelta(days=90))]  # an old post on top, since it was just answered

    def look(token: str) -> walks.Turn:
        if not token:
            return walks.Turn(answer(), tuple(answered_now), "below", moments=(NOW,))
        return walks.Turn(answer(), (post("older", NOW),), "t3", moments=(NOW - timedelta(days=8),))

    pages = list(walks.down(ask(), {"": look}))
    assert names(pages) == ["old", "older"]
    assert pages[-1].cursor["looks"][""]["known"] == NOW.isoformat()


def test_a_post_from_the_future_counts_as_of_now() -> None:
    timeline = Timeline({"future": NOW + timedelta(days=400), **hourly(2)}, visible={"future": NOW})
    last = list(walks.down(ask(), {"": timeline}))[-1]
    assert last.cursor["looks"][""]["known"] == NOW.isoformat()


def test_a_kept_walk_is_ended_before_a_new_one_begins() -> None:
    timeline = Timeline(hourly(6))
    first = list(walks.down(ask(max_pages=1), {"": timeline}))
    timeline.posts["new"] = NOW + MINUTE
    timeline.clock = NOW + MINUTE
    again = list(walks.down(ask(first[-1].cursor, now=NOW + MINUTE), {"": timeline}))
    assert [names([page]) for page in again] == [["p2", "p3"], ["p4", "p5"], ["new", "p0"], ["p1", "p2"], ["p3", "p4"]]


@pytest.mark.parametrize("code", ["bad_query", "not_found", "server_error", "cut_answer"])
def test_a_kept_token_that_fails_costs_pages_and_no_posts(code: str) -> None:
    timeline = Timeline(hourly(6))
    first = list(walks.down(ask(max_pages=1), {"": timeline}))
    timeline.troubles = [code]
    again = list(walks.down(ask(first[-1].cursor), {"": timeline}))
    assert names(again) == [f"p{number}" for number in range(6)]


@pytest.mark.parametrize("code", ["too_many", "paced", "credentials_refused", "dns"])
def test_an_error_of_the_whole_platform_ends_the_run_and_keeps_the_token(code: str) -> None:
    timeline = Timeline(hourly(6), troubles=["", code])
    got, told = until_error(walks.down(ask(), {"": timeline}))
    assert (told, got[-1].cursor["looks"][""]["token"]) == (code, "p1")


def test_a_depth_the_platform_refuses_is_told_and_stops_the_watch_for_good_not() -> None:
    timeline = Timeline(hourly(6), troubles=["", "bad_query"])
    pages = list(walks.down(ask(), {"": timeline}))
    (problem,) = pages[-1].problems
    assert (problem.code, problem.permanent, pages[-1].posts) == ("bad_query", False, ())
    assert pages[-1].cursor["looks"][""]["known"] == ""  # nothing counts as known that was not reached


# --- platforms that lead astray -------------------------------------------------------------------


def leading(*turns: tuple[str, str, str]) -> Callable[[str], walks.Turn]:
    """A look by token -> (name of the page's only post or "", token of the next)."""
    pages = {token: (name, following) for token, name, following in turns}

    def look(token: str) -> walks.Turn:
        name, following = pages[token]
        return walks.Turn(answer(), (post(name),) if name else (), following)

    return look


def runs(look: walks.Look, count: int, max_pages: int) -> tuple[list[domain.Page], list[str]]:
    cursor: Mapping[str, Any] = domain.NOTHING
    pages: list[domain.Page] = []
    for _ in range(count):
        for page in walks.down(ask(cursor, max_pages=max_pages), {"": look}):
            pages.append(page)
            cursor = page.cursor
    return pages, [problem.code for page in pages for problem in page.problems]


@pytest.mark.parametrize("max_pages", [1, 2, 20])
def test_tokens_that_lead_round_are_noticed_even_over_many_runs(max_pages: int) -> None:
    pages, told = runs(leading(("", "a", "t1"), ("t1", "b", "t2"), ("t2", "c", "t1")), 6, max_pages)
    assert told[0] == "page_repeats"
    assert pages[-1].cursor["looks"][""]["known"] == ""


@pytest.mark.parametrize("max_pages", [1, 20])
def test_a_page_served_again_under_another_token_is_noticed(max_pages: int) -> None:
    _pages, told = runs(leading(("", "a", "t1"), ("t1", "a", "t2"), ("t2", "b", "")), 2, max_pages)
    assert told[0] == "page_repeats"


@pytest.mark.parametrize("max_pages", [1, 20])
def test_empty_pages_without_end_do_not_keep_new_posts_waiting(max_pages: int) -> None:
    def empty(token: str) -> walks.Turn:
        return walks.Turn(answer(), () if token else (post("a"),), str(int(token or 0) + 1))

    pages, told = runs(empty, walks.EMPTY_PAGES + 2, max_pages)
    assert told[0] == "empty_pages"
    assert names(pages).count("a") > 1  # the newest page is looked at again


def test_an_empty_page_with_a_next_one_ends_nothing() -> None:
    pages, told = runs(leading(("", "a", "t1"), ("t1", "", "t2"), ("t2", "b", "")), 1, 20)
    assert (names(pages), told) == (["a", "b"], [])


# --- several looks --------------------------------------------------------------------------------


def test_a_run_out_of_pages_goes_on_where_it_stopped_and_no_look_starves() -> None:
    looks = {key: Timeline(hourly(4, key)) for key in "abc"}
    seen: list[str] = []
    cursor: Mapping[str, Any] = domain.NOTHING
    for _ in range(6):
        pages = list(walks.down(ask(cursor, max_pages=1), looks))
        cursor = pages[-1].cursor
        seen += names(pages)
    assert sorted(seen) == sorted(name for look in looks.values() for name in look.posts)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_refused_word_is_told_with_its_answer_wherever_it_stands(place: int) -> None:
    looks = {key: Timeline(hourly(1, key)) for key in "abc"}
    looks["abc"[place]].troubles = ["bad_query"]
    pages = list(walks.down(ask(), looks))
    (told,) = [page for page in pages if page.problems]
    assert [(problem.code, problem.where) for problem in told.problems] == [("bad_query", "abc"[place])]
    assert (told.answer.status, told.posts) == (404, ())
    assert len(names(pages)) == 2


def test_where_every_word_is_refused_the_run_fails() -> None:
    looks = {key: Timeline({}, troubles=["bad_query"]) for key in "abc"}
    got, told = until_error(walks.down(ask(), looks))
    assert (len(got), told) == (3, "bad_query")


def test_a_word_the_platform_stumbles_over_keeps_no_other_from_being_asked_and_the_run_fails_after_them() -> None:
    looks = {key: Timeline(hourly(1, key)) for key in "abc"}
    looks["a"].troubles = ["server_error"]
    got, told = until_error(walks.down(ask(), looks))
    assert (names(got), told) == (["b0", "c0"], "server_error")


def test_a_platform_in_trouble_is_not_asked_for_every_word() -> None:
    looks = {key: Timeline({}, troubles=["server_error"]) for key in "abcdefgh"}
    got, told = until_error(walks.down(ask(), looks))
    assert (sum(len(look.asked) for look in looks.values()), told) == (3, "server_error")
    assert got[-1].cursor["turn"] == "c"  # the next run begins with another word


def test_a_wait_the_platform_asks_for_ends_the_run_at_once() -> None:
    def busy(_token: str) -> walks.Turn:
        raise refusal("server_error", retry_after=60)

    got, told = until_error(walks.down(ask(), {"a": busy, "b": Timeline(hourly(1))}))
    assert (got, told) == ([], "server_error")


@pytest.mark.parametrize("code", ["too_many", "server_error", "credentials_refused"])
def test_a_word_that_ends_every_run_keeps_no_other_waiting(code: str) -> None:
    def busy(_token: str) -> walks.Turn:
        raise refusal(code, retry_after=3600)

    looks: dict[str, walks.Look] = {"a": Timeline(hourly(1, "a")), "b": busy, "c": Timeline(hourly(1, "c"))}
    cursor: Mapping[str, Any] = domain.NOTHING
    asked: list[list[str]] = []
    for _ in range(3):
        pages = walks.down(ask(cursor), looks)
        got: list[domain.Page] = []
        with pytest.raises(domain.SourceError) as raised:
            got.extend(pages)
        asked.append(names(got))
        assert raised.value.cursor is not None
        cursor = raised.value.cursor
    assert asked == [["a0"], ["c0", "a0"], ["c0", "a0"]]


def test_our_own_pace_blames_no_word_and_one_word_has_no_other() -> None:
    def paced(_token: str) -> walks.Turn:
        raise refusal("paced", retry_after=30)

    def busy(_token: str) -> walks.Turn:
        raise refusal("too_many", retry_after=30)

    each: list[dict[str, Callable[[str], walks.Turn]]] = [{"a": paced, "b": Timeline(hourly(1))}, {"a": busy}]
    for looks in each:
        with pytest.raises(domain.SourceError) as raised:
            next(walks.down(ask(), looks))
        assert raised.value.cursor is None


# --- cursors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        "x",
        [],
        {},
        {"known": 5},
        {"known": "", "top": "", "token": "", "seen": 3},
        {"known": "0001-01-01T00:00:00+14:00", "top": "", "token": ""},
        {"known": "yesterday", "top": "", "token": ""},
    ],
)
def test_a_cursor_that_cannot_be_read_starts_anew(kept: Any) -> None:
    assert walks.Walk.read(kept) == walks.Walk()


def test_a_cursor_survives_being_written_and_read() -> None:
    walk = walks.Walk(NOW, NOW + HOUR, "t", NOW - HOUR, ("abc",), 2)
    assert walks.Walk.read(walk.cursor()) == walk
    assert set(walks.Walk(NOW).cursor()) == {"known", "top", "token"}


# --- the law --------------------------------------------------------------------------------------

TROUBLES = ("", "", "", "", "expired", "server_error", "too_many", "not_json")


@dataclass(frozen=True)
class Run:
    later: int  # minutes after the one before
    max_pages: int
    killed_after: int  # pages that were stored; the rest of the run never happened
    troubles: list[str]


some_runs = st.lists(
    st.builds(
        Run,
        later=st.one_of(st.integers(1, 90), st.integers(1, 600)),
        max_pages=st.integers(1, 6),
        killed_after=st.integers(0, 6),
        troubles=st.lists(st.sampled_from(TROUBLES), max_size=8),
    ),
    max_size=8,
)
# Minutes around the first run (before: negative), minutes until the index shows it (less than the look-back).
# Close together around the runs and around the first floor, where it matters.
some_minutes = st.one_of(st.integers(-150, 400), st.integers(-10_080, -9_800), st.integers(-12_000, 2_000))
some_posts = st.lists(st.tuples(some_minutes, st.sampled_from((0, 0, 30, 119))), max_size=25)


@settings(max_examples=300, deadline=None)
@given(st.lists(some_posts, min_size=1, max_size=3), st.integers(1, 5), some_runs, st.integers(0, 3))
def test_every_post_the_platform_served_is_yielded_in_the_end(timelines: Any, size: Any, some: Any, tick: Any) -> None:
    looks = {}
    for place, posts in enumerate(timelines):
        at = {f"l{place}p{number}": NOW + minutes * MINUTE for number, (minutes, _lag) in enumerate(posts)}
        visible = {f"l{place}p{number}": NOW + sum(both) * MINUTE for number, both in enumerate(posts)}
        looks[str(place)] = Timeline(at, size, visible, tick=tick * MINUTE)
    floors: dict[str, datetime] = {}  # of each look's first walk
    stored: set[str] = set()
    cursor: Mapping[str, Any] = domain.NOTHING
    moment = NOW
    quiet = [Run(1, 60, 60, []), Run(1, 60, 60, [])]
    for number, run in enumerate([Run(0, some[0].max_pages if some else 5, 6, []), *some, *quiet]):
        moment = max(moment, *(look.clock for look in looks.values())) + run.later * MINUTE
        for look in looks.values():
            look.clock, look.troubles = moment, list(run.troubles)
        yielded = 0
        try:
            for page in walks.down(ask(cursor, now=moment, max_pages=run.max_pages), looks):
                yielded += 1
                if yielded > run.killed_after:
                    break
                stored |= {one.external_id for one in page.posts}
                cursor = page.cursor
                for key, walk in cursor["looks"].items():
                    if walks.Walk.read(walk) != walks.Walk():
                        floors.setdefault(key, moment - walks.FIRST)
                _never_ahead(cursor, looks, stored, floors)
        except domain.SourceError:
            assert number <= len(some)
        assert yielded <= run.max_pages
    for key, look in looks.items():
        floor = floors.get(key, moment - walks.FIRST)
        served = {name for name, shown in look.visible.items() if shown <= moment and look.posts[name] >= floor}
        assert served <= stored


def _never_ahead(cursor: Mapping[str, Any], looks: dict[str, Timeline], stored: set[str], floors: dict[str, datetime]) -> None:
    """What is known says: everything older than it, less the look-back, is stored."""
    for key, walk in cursor["looks"].items():
        known = walks.Walk.read(walk).known
        if known is not None:
            older = {name for name, at in looks[key].posts.items() if floors[key] <= at < known - walks.LOOK_BACK}
            assert older <= stored

"""The summary of a week of a million posts, for the nation and for one office, beside counting it from the posts as plain Django would.

    python -m bench.week [--posts 1000000] [--flags 20000] [--fill-seconds 900] [--explain MILLISECONDS]
        [--no-plain] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync, filled by SQL (bench/filled.py): so many posts within one week that is over, each with its
reading and licence check, flags of some, decisions of half of these. "ours" is `reports.summary.collect`, all that a summary says: that
of the week, the same on its last evening (the running day is counted from its rows), of the month and the quarter it lies in. "Plain"
goes through the same rows by querysets, with what hangs on them prefetched, and counts in Python only what it is compared by: read,
flagged and decided by day, levels, outcomes, verdicts and who waits. Once for the nation and the office together, which flatters it. Where
its figures are not ours the run fails. Rows behind a figure: what the page of a list asks for, its first rows and those behind a place
deep in the week, of lists of all posts, of many flags, of few and of none.

Wall clock of one connection in this process. `--explain` prints the plan of each statement that took longer than so many milliseconds,
whose times are then those of two runs.
What was read on days that are over is kept by day as it happens; the run says how long counting all of that anew takes (`manage.py tally`).
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import filled, ground

AIM = 10.0  # seconds for a summary
PAGE_AIM = 1.0  # seconds for a page of rows behind a figure
LISTS = (
    ("measures", "read"),
    ("measures", "flagged"),
    ("flow", "decided"),
    ("measures", "waiting"),
    ("ages", "from_7"),
    ("countries", "MY"),
    ("countries", "*"),
    ("places", "33"),
    ("places", "94"),
    ("indicators", "0"),
    ("rings", "JRG-26-0001:now"),
    ("flow", "lowered"),
)
AT_ONCE = 2_000  # rows of an iterator, as Django's own default
WITHOUT = ("patrol_postwords", "patrol_posttext", "patrol_linkedpost", "patrol_campaign")  # no summary of a week asks for them in full


class _Watch:
    """How many statements an act asked, and which were slow: with their plans, where those are wanted."""

    def __init__(self, longer_than: float | None) -> None:
        self.asked, self.longest, self.longer_than = 0, 0.0, longer_than

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        found = execute(sql, params, many, context)
        took = (time.perf_counter() - began) * 1000
        self.asked += 1
        self.longest = max(self.longest, took)
        if self.longer_than is not None and took > self.longer_than:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
                print(f"--- {took:.0f} ms\n" + "\n".join(line for (line,) in cursor.fetchall()), flush=True)
        return found


def timed(what: str, act: Callable[[], Any], longer_than: float | None = None) -> tuple[Any, float]:
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    watch = _Watch(longer_than)
    with connection.execute_wrapper(watch):
        began = time.perf_counter()
        found = act()
        took = time.perf_counter() - began
    print(f"  {what:<52} {took:>8.2f} s   {watch.asked} statements, the longest {watch.longest:.0f} ms", flush=True)
    return found, took


# --- the plain way ----------------------------------------------------------------------------------


def plain(office: int, start: datetime, end: datetime) -> tuple[Counter[Any], Counter[Any]]:
    """What is counted of the week for the nation and for one office, from posts and their flags: one object a row."""
    from patrol import domain, models  # noqa: PLC0415

    nation: Counter[Any] = Counter()
    own: Counter[Any] = Counter()

    def count(*key: Any, of: int | None) -> None:
        nation[key] += 1
        if of == office:
            own[key] += 1

    def day(moment: datetime) -> str:
        return moment.astimezone(domain.LAW_ZONE).date().isoformat()

    posts = models.Post.objects.filter(first_seen__lt=end, last_seen__gte=start)
    for post in posts.prefetch_related("versions__readings", "ways__watch", "ways__intake").iterator(chunk_size=AT_ONCE):
        readings = [reading for version in post.versions.all() for reading in version.readings.all()]
        first = min((reading.read_at for reading in readings), default=None)
        if first is not None and start <= first < end:
            way = min(post.ways.all(), key=lambda one: (one.at, one.pk))
            brought = way.watch or way.intake
            count("read", day(first), of=brought.office_id if brought else None)
    flags = models.Flag.objects.filter(raised_at__lt=end).select_related("current_check")
    for flag in flags.prefetch_related("events", "decisions__reversed_by").iterator(chunk_size=AT_ONCE):
        raised = next((event for event in flag.events.all() if event.after.get("state") == "waiting"), None)
        if raised is None or raised.at >= end:
            continue
        decided = [one for one in flag.decisions.all() if one.at < end and not hasattr(one, "reversed_by")]
        if raised.at >= start:
            count("flagged", day(raised.at), of=flag.office_id)
            count("level", raised.after["level"], of=flag.office_id)
            foreign = flag.current_check.verdict == "licensed" and flag.current_check.contact_own is False
            count("verdict", "licensed:contact" if foreign else flag.current_check.verdict, of=flag.office_id)
        for one in decided:
            if one.at >= start:
                count("decided", day(one.at), of=flag.office_id)
                count("outcome", one.outcome, of=flag.office_id)
        if not decided:
            count("waiting", of=flag.office_id)
    return nation, own


def told(figures: Any) -> Counter[Any]:
    """The same of a summary."""
    counted: Counter[Any] = Counter()
    for one in figures.days:
        for what in ("read", "flagged", "decided"):
            counted[what, one.date] = getattr(one, what)
    for what, rows in (("level", figures.levels), ("outcome", figures.decisions), ("verdict", figures.verdicts)):
        for row in rows:
            counted[what, row.key] = row.now
    counted["waiting",] = figures.flow.end
    return counted


# --- the week ---------------------------------------------------------------------------------------


def prepared(folder: Path, postgres: ground.Database, posts: int, flags: int, seconds: float, end: datetime) -> None:
    from patrol import models  # noqa: PLC0415

    if models.Flag.objects.filter(pk__gt=filled.STRIDE).exists():
        print(f"Kept database: {models.Post.objects.count():,} posts.", flush=True)
        return
    from bench import pages  # noqa: PLC0415
    from bench.storing import Ways  # noqa: PLC0415

    ground.load(folder, pages.served())
    filled.people()
    ways = Ways()
    filled.seeds(ways.watch.pk, ways.fetch.pk, ways.capture)
    made = filled.fill(postgres, posts, flags, seconds, days=7, ending=end, without=WITHOUT)
    print(f"Filled by SQL in {made.seconds:.0f} s: {made.posts:,} of {posts:,} posts, {made.flags:,} flags.", flush=True)


def _pages(who: str, place: Any, week: Any, now: datetime, explain: float | None) -> float:
    """The first page of each list and one deep in it, as the screen asks for them of a week that nobody froze. Returns the slowest."""
    from reports import listing, rows, summary  # noqa: PLC0415
    from reports.walking import Place  # noqa: PLC0415

    slowest = 0.0
    start, end = week.bounds()
    deep = Place(start + (end - start) * 0.9, 0, 0)
    for what, key in LISTS:
        wanted = listing.Wanted(what, key)

        def page(beyond: Place | None, wanted: Any = wanted) -> int:
            figures, seen = summary.told_of(office=place, period=week, now=now, table=listing.needed(wanted))
            try:
                walk = listing.walk(figures, place, wanted, seen=seen)
            except listing.NoSuchFigureError:
                return 0
            counted = len(walk(None, False, rows.COUNTED + 1))
            return len(walk(beyond, False, rows.PER_PAGE + 1)) if beyond is not None and counted > rows.COUNTED else counted

        for named, beyond in (("first", None), ("deep", deep)):
            found, took = timed(f"{who}, {what} {key}, {named} page", lambda page=page, beyond=beyond: page(beyond), explain)  # type: ignore[misc]
            print(f"    {found} rows")
            slowest = max(slowest, took)
    return slowest


def measure(week: Any, explain: float | None, *, beside: bool) -> int:
    from patrol import models  # noqa: PLC0415
    from patrol.triage import tallies  # noqa: PLC0415
    from reports import summary  # noqa: PLC0415
    from reports.period import Month, Quarter  # noqa: PLC0415

    start, end = week.bounds()
    evening, now = end - timedelta(hours=1), datetime.now(UTC)
    fullest = Counter(models.Flag.objects.values_list("office", flat=True)).most_common(1)[0][0]
    office = models.Office.objects.get(pk=fullest)
    print(f"{week}, load {os.getloadavg()[0]:.1f}:")
    slowest = slowest_page = 0.0
    weeks: dict[Any, Any] = {}
    for who, place in (("nation", None), ("one office", office)):
        for what, period, moment in (
            ("week", week, now),
            ("week on its last evening", week, evening),
            ("month", Month.of(start), now),
            ("quarter", Quarter.of(start), now),
        ):
            figures, took = timed(
                f"{who}, {what}",
                lambda place=place, period=period, moment=moment: summary.collect(office=place, period=period, now=moment),  # type: ignore[misc]
                explain,
            )
            slowest = max(slowest, took)
            weeks.setdefault(place, figures)
        slowest_page = max(slowest_page, _pages(who, place, week, now, explain))
    timed("all days counted anew and compared", tallies.differences)
    print(
        f"Slowest summary {slowest:.2f} s (aim {AIM:.0f}), slowest page of rows {slowest_page:.2f} s (aim {PAGE_AIM:.0f}), "
        f"load {os.getloadavg()[0]:.1f}.",
        flush=True,
    )
    if not beside:
        return 0
    found, _took = timed("plain Django, the week of both", lambda: plain(office.pk, start, end))
    for place, theirs in zip((None, office), found, strict=True):
        of_ours = told(weeks[place])
        differs = {key: (of_ours[key], theirs[key]) for key in of_ours.keys() | theirs.keys() if of_ours[key] != theirs[key]}
        if differs:
            print(f"FAILED: ours and theirs differ: {differs}")
            return 1
    print("The same figures.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.week", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--flags", type=int, default=20_000)
    parser.add_argument("--fill-seconds", type=float, default=900, help="to fill the database at most")
    parser.add_argument("--explain", type=float, help="print the plan of each statement that took longer than so many milliseconds")
    parser.add_argument("--no-plain", action="store_true", help="only ours: the plain way takes minutes for a million posts")
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep) as (folder, postgres, _valkey):
        from reports.period import IsoWeek  # noqa: PLC0415

        week = IsoWeek.of(datetime.now(UTC)).previous()
        prepared(folder, postgres, asked.posts, asked.flags, asked.fill_seconds, week.bounds()[1])
        return measure(week, asked.explain, beside=not asked.no_plain)


if __name__ == "__main__":
    raise SystemExit(main())

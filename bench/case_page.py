"""The page of a case with 500 flags and 50 referrals beside that of one with 5: milliseconds until it is whole.

    python -m bench.case_page [--flags 500] [--referrals 50] [--rounds 25] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync; the page is asked in this process, by an analyst whose case it is, the two cases in turns,
so that a busy machine slows both. Each has an article chosen, ticks, copies, and a timeline as long as its flags make it. What is printed
are medians and the best of each, the size of the page and its queries, and how many times as long the large one takes: twice is the aim.
Both are made by the product's own verbs; flags are confirmed by SQL.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import ground

TIMES = 2.0  # the aim: so many times the small one
AT_ONCE = 15  # flags confirmed by one statement: more take a second person


def made(flags: int, referrals: int) -> tuple[Any, Any]:
    """A case with so much in it, and the analyst who has it."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from patrol import cases, models  # noqa: PLC0415
    from patrol.cases import ticking  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.cases import asked  # noqa: PLC0415

    officer, analyst = factories.person(), factories.person("analyst")
    watch = factories.watch()
    found: list[Any] = []
    while len(found) < flags:
        some = factories.flags(min(AT_ONCE, flags - len(found)), of=watch)
        models.Flag.objects.filter(pk__in=[one.pk for one in some]).update(state="confirmed", decided_at=factories.NOW)
        found += some
    case = cases.open_case(flag_ids=[one.pk for one in found[:AT_ONCE]], title="Calo rute Batam", by=officer, now=factories.NOW)
    for place in range(AT_ONCE, flags, AT_ONCE):
        keys = [one.pk for one in found[place : place + AT_ONCE]]
        cases.add_flags(case_id=case.pk, flag_ids=keys, by=officer, now=factories.NOW)
    for one in found[:5]:
        asked.copied(one)
    case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=officer, now=factories.NOW)
    case = cases.take(case_id=case.pk, seen_version=case.version, by=analyst, now=factories.NOW)
    edition = models.Article.objects.get(key="placement").editions.get()
    ticking.tick(
        case_id=case.pk,
        flag_id=found[0].pk,
        edition_id=edition.pk,
        element="placing",
        evidence=["check"],
        everywhere=True,
        by=analyst,
        now=factories.NOW,
    )
    for _ in range(referrals):
        asked.draft(case, analyst, "komdigi", marks=asked.marks(case, "komdigi", analyst)[:1])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return case, analyst


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.case_page", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--flags", type=int, default=500)
    parser.add_argument("--referrals", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep):
        return compared(asked.flags, asked.referrals, asked.rounds)


def compared(flags: int, referrals: int, rounds: int) -> int:
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415

    factories.offices()
    taken: dict[int, list[float]] = {}
    pages = {}
    for many, asks in ((5, 5), (flags, referrals)):
        began = time.perf_counter()
        case, analyst = made(many, asks)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(analyst)
        pages[many] = (client, reverse("admin:patrol_case_change", args=[case.pk]))
        print(
            f"A case with {many} flags and {asks} referrals, made in {timedelta(seconds=round(time.perf_counter() - began))}.", flush=True
        )
    for place in range(rounds + 2):
        for many, (client, address) in pages.items():
            began = time.perf_counter()
            answer = client.get(address)
            took = (time.perf_counter() - began) * 1000
            assert answer.status_code == 200
            if place > 1:  # the first ones load templates and words
                taken.setdefault(many, []).append(took)
    for many, (client, address) in pages.items():
        with CaptureQueriesContext(connection) as seen:
            size = len(client.get(address).content)
        times = taken[many]
        print(f"{many:5} flags {statistics.median(times):8.1f} ms ({min(times):.1f} at best), {size // 1024} KiB, {len(seen)} queries")
    ratio = statistics.median(taken[flags]) / statistics.median(taken[5])
    print(f"The large one takes {ratio:.2f} times as long (aim: {TIMES:.0f} at most).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

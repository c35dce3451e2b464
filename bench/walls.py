"""The pages of an office with the wall in the database and without it: milliseconds of processor time each takes, and each statement.

    python -m bench.walls [--flags 600] [--cases 5000] [--merged 200] [--rounds 20] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync, ten offices; cases and referrals are spread over all of them, a tenth each, and some cases
went into another office's. Start page, queue, lists and campaign are asked in this process, by an officer, whose own is a tenth, and by an
analyst, who sees all, with row-level security on and off in turns (the owner switches it). Counted is what this process and its PostgreSQL
process run (Linux: /proc/PID/schedstat), so that a busy machine changes little. What is printed are medians, and how many times as much the
page takes behind the wall; 1.05 is the aim. Below each page stand its statements that take the database, at their best, over a tenth and a
fifth of a millisecond more behind it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench import ground

TIMES = 1.05  # the aim
OFFICES: Final = 10
# Of ten referrals so many are in each state.
STATES: Final = ("draft", "submitted", "sent", "sent", "sent", "received", "accepted", "acted_upon", "refused", "withdrawn")


def made(flags: int, many: int, merged: int) -> dict[str, Any]:
    """Flags of one office, cases and referrals of ten, and who looks at them."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from patrol import campaigns, models  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    by_code = factories.offices()
    codes = sorted(code for code, office in by_code.items() if office.kind != models.OfficeKind.DIRECTORATE)[:OFFICES]
    officers = [factories.person("officer", code) for code in codes]
    own = factories.person()
    watch = factories.watch()
    while flags > 0:
        factories.flags(min(100, flags), of=watch)
        flags -= 100
    people = [own, *(one for one in officers if one.office_id != own.office_id)][:OFFICES]
    with unguarded("patrol_case", "patrol_referral"):  # each would have to be moved to its state by its verb
        cases = models.Case.objects.bulk_create(_cases(people, many))
        models.Referral.objects.bulk_create(_referrals(cases))
        for n, case in enumerate(cases[:merged]):  # each into one of the office after its own
            closed = {"state": "closed", "outcome": "merged", "closed_by": case.opened_by, "closed_at": factories.NOW}
            into = cases[merged + OFFICES * (n % 7) + (n + 1) % OFFICES]
            models.Case.objects.filter(pk=case.pk).update(merged_into=into, **closed)
    while campaigns.link_due(now=factories.NOW) != campaigns.Tied():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"officer": own, "analyst": factories.person("analyst")}


def _cases(people: list[Any], many: int) -> Iterator[Any]:
    from patrol import models  # noqa: PLC0415 -- models load after Django is set up
    from tests import factories  # noqa: PLC0415

    for n in range(many):
        by = people[n % len(people)]
        at = factories.NOW - timedelta(hours=n)
        yield models.Case(number=f"PKR-26-{1000 + n}", title=f"Perkara {n}", office=by.office, opened_by=by, opened_at=at)


def _referrals(cases: list[Any]) -> Iterator[Any]:
    """One of each case; most are answered or wait for an answer."""
    from patrol import models  # noqa: PLC0415 -- models load after Django is set up

    for n, case in enumerate(cases):
        state, by, at = STATES[n // OFFICES % len(STATES)], case.opened_by, case.opened_at
        moved: dict[str, Any] = {}
        if state not in {"draft", "withdrawn"}:
            moved |= {"submitted_by": by, "submitted_at": at}
        if state not in {"draft", "submitted", "withdrawn"}:
            moved |= {"approved_by": by, "approved_at": at, "sent_by": by, "sent_at": at, "due_at": at + timedelta(days=14)}
        if state in {"accepted", "acted_upon", "refused"}:
            moved["answered_at"] = at + timedelta(days=3)
        yield models.Referral(
            number=f"RJK-26-{1000 + n}",
            case=case,
            channel="komdigi",
            from_directorate=False,
            needs_copies=False,
            state=state,
            wrote_by=by,
            wrote_at=at,
            changed_by=by,
            changed_at=at,
            **moved,
        )


@contextmanager
def unguarded(*tables: str) -> Iterator[None]:
    from django.db import connections  # noqa: PLC0415 -- models load after Django is set up

    for what in ("DISABLE", "ENABLE"):
        with connections["owner"].cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} {what} TRIGGER USER")
        if what == "DISABLE":
            yield


def switch(*, on: bool) -> None:
    from django.db import connections  # noqa: PLC0415

    from patrol.models import guards  # noqa: PLC0415

    with connections["owner"].cursor() as cursor:
        for table in guards.WALLED:
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} ROW LEVEL SECURITY")


def compared(flags: int, many: int, merged: int, rounds: int) -> int:
    from django.test import Client  # noqa: PLC0415 -- models load after Django is set up
    from django.urls import reverse  # noqa: PLC0415

    from patrol import models  # noqa: PLC0415

    people = made(flags, many, merged)
    pages = {"start": reverse("admin:index")}
    for what in ("flag", "case", "referral", "tip", "protection"):
        pages[what] = reverse(f"admin:patrol_{what}_changelist")
    pages["cases of one other office"] = (
        f"{pages['case']}?office={models.Case.objects.exclude(office=people['officer'].office)[0].office_id}"
    )
    campaign = models.Campaign.objects.order_by("pk").first()
    if campaign is not None:
        pages["campaign"] = reverse("admin:patrol_campaign_change", args=[campaign.pk])
    worst = 0.0
    for who, person in people.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(person)
        for what, address in pages.items():
            taken: dict[bool, list[float]] = {True: [], False: []}
            asked: dict[bool, defaultdict[str, list[float]]] = {True: defaultdict(list), False: defaultdict(list)}
            for turn in range(rounds):
                for on in (True, False) if turn % 2 else (False, True):
                    switch(on=on)
                    client.get(address)  # plans anew what was planned with it, or without
                    for _ in range(3):
                        began = time.process_time() + database_ran()
                        answer = client.get(address)
                        taken[on].append(time.process_time() + database_ran() - began)
                        assert answer.status_code == 200, (who, what, answer.status_code)
                    with timed(asked[on]):
                        client.get(address)
            behind, open_ = (statistics.median(taken[on]) * 1000 for on in (True, False))
            worst = max(worst, behind / open_)
            print(f"{who}, {what}: {behind:.1f} ms behind the wall, {open_:.1f} without; {behind / open_:.3f} times", flush=True)
            for sql, times in asked[True].items():
                cost, least = (min(one) * 1000 for one in (times, asked[False].get(sql, [0.0])))
                if cost > least * 1.1 and cost - least > 0.2:
                    print(f"    {cost:.1f} ms, {least:.1f} without: {' '.join(sql.split())[:300]}", flush=True)
    switch(on=True)
    return 0 if worst <= TIMES else 1


def database_ran() -> float:
    """Seconds of processor time that PostgreSQL's process of this connection has taken."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    connection.ensure_connection()
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


@contextmanager
def timed(into: defaultdict[str, list[float]]) -> Iterator[None]:
    """How long the database runs for each statement, by its text."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    def run(execute: Callable[..., Any], sql: str, given: Any, many: bool, context: Any) -> Any:
        began = database_ran()
        try:
            return execute(sql, given, many, context)
        finally:
            into[sql].append(database_ran() - began)

    with connection.execute_wrapper(run):
        yield


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.walls", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--flags", type=int, default=600)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--merged", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep):
        return compared(asked.flags, asked.cases, asked.merged, asked.rounds)


if __name__ == "__main__":
    raise SystemExit(main())

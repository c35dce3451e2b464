"""The lists of an office with the wall in the database and without it: milliseconds until each page is whole.

    python -m bench.walls [--flags 600] [--cases 200] [--rounds 40] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync; queue, case list and campaign are asked in this process, by an officer and by an analyst
who sees all offices, with row-level security on and off in turns (the owner switches it), so that a busy machine slows both. What is
printed are medians and how many times as long the page takes behind the wall; 1.05 is the aim.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import Any

from bench import ground

TIMES = 1.05  # the aim


def made(flags: int, many: int) -> dict[str, Any]:
    """Flags of one office, cases of two, and who looks at them."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from patrol import campaigns, models  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    factories.offices()
    officer, other = factories.person(), factories.person("officer", "bp3mi-ntb")
    watch = factories.watch()
    while flags > 0:
        factories.flags(min(100, flags), of=watch)
        flags -= 100
    models.Case.objects.bulk_create(
        models.Case(number=f"PKR-26-{1000 + n}", title=f"Perkara {n}", office=by.office, opened_by=by, opened_at=factories.NOW)
        for n, by in ((n, other if n % 2 else officer) for n in range(2 * many))
    )
    while campaigns.link_due(now=factories.NOW) != campaigns.Tied():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"officer": officer, "analyst": factories.person("analyst")}


def switch(*, on: bool) -> None:
    from django.db import connections  # noqa: PLC0415

    from patrol.models import guards  # noqa: PLC0415

    with connections["owner"].cursor() as cursor:
        for table in guards.WALLED:
            cursor.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} ROW LEVEL SECURITY")


def compared(flags: int, many: int, rounds: int) -> int:
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from patrol import models  # noqa: PLC0415

    people = made(flags, many)
    pages = {"queue": reverse("admin:patrol_flag_changelist"), "case list": reverse("admin:patrol_case_changelist")}
    campaign = models.Campaign.objects.order_by("pk").first()
    if campaign is not None:
        pages["campaign"] = reverse("admin:patrol_campaign_change", args=[campaign.pk])
    clients = {}
    for name, person in people.items():
        clients[name] = Client(headers={"host": "127.0.0.1"})
        clients[name].force_login(person)
    worst = 0.0
    for who, client in clients.items():
        for what, address in pages.items():
            taken: dict[bool, list[float]] = {True: [], False: []}
            for turn in range(rounds):
                for on in (True, False) if turn % 2 else (False, True):
                    switch(on=on)
                    client.get(address)  # plans anew what was planned with it, or without
                    for _ in range(3):
                        began = time.perf_counter()
                        answer = client.get(address)
                        taken[on].append(time.perf_counter() - began)
                        assert answer.status_code == 200, (who, what, answer.status_code)
            behind, open_ = (statistics.median(taken[on]) * 1000 for on in (True, False))
            worst = max(worst, behind / open_)
            print(f"{who}, {what}: {behind:.1f} ms behind the wall, {open_:.1f} without; {behind / open_:.3f} times", flush=True)
    switch(on=True)
    return 0 if worst <= TIMES else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.walls", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--flags", type=int, default=600)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep):
        return compared(asked.flags, asked.cases, asked.rounds)


if __name__ == "__main__":
    raise SystemExit(main())

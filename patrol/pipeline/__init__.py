"""The way of a post, drawn once.

    watch
    | sources.<platform>.fetch     -> RawPost          network, no database
    | store                        -> Post, PostVersion, Capture    once per (platform, external_id); raw bytes kept and hashed
    | reading.read                 -> Reading          pure: claims with spans (numbers, accounts, names, places, pay)
    | licences.check               -> LicenceCheck     pure, given a register and the post's date
    | rules                        -> Finding          pure: reading + check -> reason with spans
    | scoring                      -> level            pure: findings -> points -> none/low/medium/high
    | link                         -> Sighting; LinkedPost, and by a run of its own Tie, Campaign (patrol.campaigns)
    | raise_flags                  -> Flag, FlagEvent  one flag per post
    -- from here on people decide --
    | triage.dismiss/confirm/…     -> Decision
    | cases.open/escalate          -> Case
    | reports.summary              -> WeeklySummary    frozen per week, month or quarter and office

`fetching` asks a source and hands each page to `keeping.page`; `assessing` takes stored posts in batches through the engine and hands the
answers to `keeping.batch`: one transaction a page, one a batch. Nothing else writes Reading or LicenceCheck; posts that people bring
go through `storing` too. What is due is found by a query (`due`); a message only says that
somebody should look.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from patrol.infra import jobs


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for a worker, by the database's clock."""

    watches: tuple[int, ...]
    posts: int  # by their text
    pictured: int  # with their pictures
    jobs: int  # of the kinds asked for


_AHEAD = """
SELECT other.id FROM patrol_watch other JOIN patrol_watch own ON own.id = %s AND other.priority < own.priority
WHERE other.state = 'active' AND other.due_at <= clock_timestamp()
  AND (other.lease_until IS NULL OR other.lease_until < clock_timestamp())
ORDER BY other.priority, other.due_at, other.id LIMIT 1
"""


def ahead_of(watch_id: int) -> int | None:
    """The watch that is to run before this one: due, held by nobody, and of a higher priority. None where this one may go.

    Messages wait in the order they were sent; what became due behind a queue of others is found by this, and needs no queue of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AHEAD, [watch_id])
        row = cursor.fetchone()
    return row[0] if row else None


def due(kinds: Collection[str] = ()) -> Due:
    """Watches whose time has come, posts that want reading and jobs of these kinds, leased ones left out."""
    from patrol.pipeline import claiming  # noqa: PLC0415  the stages below import this package first

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM patrol_watch WHERE state = 'active' AND due_at <= clock_timestamp()"
            " AND (lease_until IS NULL OR lease_until < clock_timestamp()) ORDER BY priority, due_at, id"
        )
        watches = tuple(row[0] for row in cursor.fetchall())
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {claiming.PICTURED}) FROM patrol_post p"  # noqa: S608 -- our own text
            " WHERE due_at <= clock_timestamp() AND quarantined_at IS NULL"
            " AND (lease_until IS NULL OR lease_until < clock_timestamp())"
        )
        posts, pictured = cursor.fetchone()
    waiting = jobs.due()
    return Due(watches, posts - pictured, pictured, sum(waiting.get(kind, 0) for kind in kinds))

"""The token bucket of each host, shared by all workers in PostgreSQL: one request a second on average, three at once at most."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import connection

from patrol import domain

RATE = 1.0  # tokens a second
BURST = 3.0
LAST_IN_LINE = 3.0  # seconds of others' requests that the last in priority waits for; where more want a host, it comes back later
LONGEST_WAIT = 20.0  # seconds; a longer queue means: come back later

_TAKE = """
INSERT INTO patrol_hostpace AS p (host, tokens, filled_at) VALUES (%(host)s, %(burst)s - 1, clock_timestamp())
ON CONFLICT (host) DO UPDATE SET
    tokens = LEAST(%(burst)s, p.tokens + %(rate)s * EXTRACT(epoch FROM clock_timestamp() - p.filled_at)) - 1,
    filled_at = clock_timestamp()
RETURNING tokens, GREATEST(0, EXTRACT(epoch FROM closed_until - clock_timestamp()))
"""


class Paced(domain.SourceError):
    """The host's queue is longer than a run may wait."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(
            "paced",
            domain.Sentence(
                id=f"{host} sedang dijeda; pengambilan dilanjutkan dalam {seconds:.0f} detik.",
                en=f"{host} is paced; fetching goes on in {seconds:.0f} seconds.",
            ),
            retry_after=seconds,
        )


class SharedPace:
    """domain.Pace over PostgreSQL. The wait is computed by the database's clock and slept here."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep, rate: float = RATE, patience: float = LONGEST_WAIT) -> None:
        """`patience`: seconds of debt it waits out. What a host asked for itself is waited out up to LONGEST_WAIT by everybody."""
        self._sleep = sleep
        self._rate = rate
        self._patience = patience

    def wait(self, host: str) -> None:
        """Takes one token, going into debt where none is left, and waits the debt out. Raises Paced."""
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, {"host": host, "burst": BURST, "rate": self._rate})
            tokens, closed = cursor.fetchone()
            closed, debt = float(closed or 0), -tokens / self._rate
            seconds = max(closed, debt)
            if seconds > LONGEST_WAIT or debt > self._patience:
                cursor.execute("UPDATE patrol_hostpace SET tokens = tokens + 1 WHERE host = %s", [host])
                raise Paced(host, seconds)
        if seconds > 0:
            self._sleep(seconds)


def close(host: str, seconds: float) -> None:
    """Nobody asks this host for so many seconds: it said so (Retry-After)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_hostpace (host, tokens, filled_at, closed_until)"
            " VALUES (%s, 0, clock_timestamp(), clock_timestamp() + %s * interval '1 second')"
            " ON CONFLICT (host) DO UPDATE SET closed_until = GREATEST(patrol_hostpace.closed_until, EXCLUDED.closed_until)",
            [host, seconds],
        )


def heed(error: domain.SourceError, *, with_credential: bool = False) -> None:
    """Closes the host to everybody where it asked for that itself: 429 or 503 with Retry-After, to a request without a credential.

    What an interface answers to a credential is a limit of that account, or of one of its questions: only who asked waits. Our own
    pace asks for nothing.
    """
    answer = error.answer
    if with_credential or not error.retry_after or answer is None or answer.status not in {429, 503}:
        return
    if host := urlsplit(answer.final_url).hostname:
        close(host, error.retry_after)


_ADMIT = """
INSERT INTO patrol_hostpace AS p (host, tokens, filled_at) VALUES (%(host)s, %(burst)s - 1, clock_timestamp())
ON CONFLICT (host) DO UPDATE SET
    tokens = LEAST(%(burst)s, p.tokens + %(rate)s * EXTRACT(epoch FROM clock_timestamp() - p.filled_at)) - 1,
    filled_at = clock_timestamp()
    WHERE p.tokens + %(rate)s * EXTRACT(epoch FROM clock_timestamp() - p.filled_at) >= 1
RETURNING tokens
"""


def admits(caller: str, *, rate: float, burst: float) -> float:
    """Takes one token of who calls on us: 0 where the call may go on, else the seconds until the next one may.

    A refused call takes nothing, so that knocking on does not keep the door shut. Buckets of callers stand beside those of hosts, under
    a name no host can have.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ADMIT, {"host": f"from {caller}", "burst": burst, "rate": rate})
        if cursor.fetchone():
            return 0.0
        cursor.execute(
            "SELECT (1 - tokens) / %s - EXTRACT(epoch FROM clock_timestamp() - filled_at) FROM patrol_hostpace WHERE host = %s",
            [rate, f"from {caller}"],
        )
        row = cursor.fetchone()
        return max(0.1, float(row[0])) if row else 0.1


def give_back(caller: str) -> None:
    """The one token that this call took."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_hostpace SET tokens = tokens + 1 WHERE host = %s", [f"from {caller}"])


def forget(caller: str) -> None:
    """As if this one had not called."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM patrol_hostpace WHERE host = %s", [f"from {caller}"])

"""Another system of the office, its complaints desk: it has a token, and is sent what changes by a webhook, which one evening did not
arrive and did on the next.

What a day changed is sent once the day is over: the stream of changes ends before a transaction that still runs, and a day is one. Waits
between tries are the database's own clock, by which all of these weeks are one moment, so that they are cut short.
"""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from typing import Any, Final

from example import site
from example.history.office import Staff
from patrol import domain, models
from patrol.access import tokens
from patrol.changes import sending, webhooks
from patrol.infra import jobs
from patrol.models import Scope
from patrol.sources.shared import refusals

SUPERVISOR: Final = "penyelia"
SYSTEM: Final = "Meja pengaduan (contoh)"
SCOPES: Final = (Scope.CHECK, Scope.FLAGS, Scope.CHANGES, Scope.REPORT)
ADDRESS: Final = f"{site.RECEIVER}/perubahan"
TYPES: Final = (
    *("flag.decided", "flag.reversed"),
    *("case.opened", "case.escalated", "case.taken", "case.returned", "case.closed", "case.reopened"),
    *("referral.sent", "referral.answered"),
)
_SAID: Final = b"Sedang dirawat, kembali besok pagi (contoh).\n"


class Hooked:
    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        span = staff.span
        self.made = 7 * span.weeks - 5  # the Wednesday of the last whole week
        self.silent = span.days - 3  # the last working day whose next evening is over too
        while self.silent % 7 > 4:
            self.silent -= 1

    def on(self, day: int) -> None:
        """The evening before, then what the supervisor does on this day."""
        if day > self.made:
            self._send(day - 1)
        if day == self.made:
            self._make(self.staff.span.at(day, 9, 20))

    def _make(self, at: datetime) -> None:
        by = self.staff.persons[SUPERVISOR]
        tokens.make(name=SYSTEM, scopes=SCOPES, days=365, by=by, now=at)
        webhook, _secret = webhooks.make(office_id=by.office_id, address=ADDRESS, types=TYPES, by=by, now=at)
        tried = at + timedelta(minutes=2)
        webhooks.attempt(webhook_id=webhook.pk, by=by, now=tried, post=functools.partial(_answered, 204, tried))

    def _send(self, day: int) -> None:
        at = self.staff.span.at(day, 17, 5)
        post = functools.partial(_answered, 503 if day == self.silent else 204, at)
        jobs.hurry(sending.KIND, [str(one.pk) for one in models.Webhook.objects.all()])
        sending.mark(now=at)
        while jobs.run({sending.KIND: functools.partial(sending.carry_out, post=post)}, now=at) is not None:
            pass


def _answered(status: int, at: datetime, url: str, *, headers: Any, **_: Any) -> domain.RawAnswer:
    """As the example site answers over HTTP, or a server that is being mended. Raises SourceError as the client does."""
    return refusals.unless_refused(
        domain.RawAnswer(
            asked_url=url,
            final_url=url,
            status=status,
            hops=(url,),
            request_headers=tuple(headers.items()),
            headers=(),
            body=_SAID if status >= 400 else b"",
            requested_at=at,
            received_at=at,
            address="127.0.0.1",
        )
    )

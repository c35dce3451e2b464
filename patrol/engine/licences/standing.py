"""The standing of an agency on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from patrol import domain
from patrol.domain import StandingStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """How an agency stood on one day.

    `period` None: no row covers the day. `unknown_before`: the first row's day, where the day lies before it.
    `gone`: the agency is no longer in the file of that day; no row covers it then.
    """

    status: str  # domain.StandingStatus
    period: domain.Standing | None = None
    unknown_before: date | None = None
    gone: bool = False


def on(agency: domain.Agency, day: date) -> Standing:
    """The standing on `day`.

    A period without an end holds until the next begins; the last day of `until` belongs to it. Between and after
    periods that were ended by their own date the agency stands as active: a sanction for a term ends with its term.
    """
    if agency.gone_since is not None and day >= agency.gone_since:
        return Standing(StandingStatus.ACTIVE, gone=True)
    if not agency.standings:
        return Standing(StandingStatus.ACTIVE)
    first = agency.standings[0].since
    if day < first:
        return Standing(StandingStatus.ACTIVE, unknown_before=first)
    for period, end in with_ends(agency.standings):
        if period.since <= day <= end:
            return Standing(period.status, period)
    return Standing(StandingStatus.ACTIVE)


def with_ends(standings: Sequence[domain.Standing]) -> Iterable[tuple[domain.Standing, date]]:
    """Each period with its last day: its own, else the day before the next one."""
    for at, period in enumerate(standings):
        if period.until is not None:
            yield period, period.until
        elif at + 1 < len(standings):
            yield period, standings[at + 1].since - timedelta(days=1)
        else:
            yield period, date.max

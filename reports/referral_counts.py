"""What a summary counts of referrals: the columns of a time, the key figures of a series, and what was closed by calendar month.

What became of each of them is found in reports/referrals.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from patrol.cases.channels import CHANNELS
from reports import tally
from reports.figures import ChannelRow, Row
from reports.period import Month
from reports.referrals import (
    ACCOUNT,
    CLOSED,
    CLOSES,
    CORRECTED,
    DOWN,
    FAILED,
    NOT_OUT,
    REFUSED,
    SITE,
    TAKE_DOWN,
    UNANSWERED,
    WAITS,
    WITHDRAWN,
    Referral,
)

LEFT: Final = (DOWN, REFUSED, UNANSWERED, FAILED, WITHDRAWN, CORRECTED)  # ways in which one is waited for no more
COLUMNS: Final = ("start", "sent", "reopened", *LEFT, "asked", "end", "back")


def counted(referrals: Iterable[Referral], column: str, start: datetime, until: datetime) -> list[tuple[Referral, datetime]]:
    """Those a column counts, and when what it counts happened."""
    found = ((one, _when(one, column, start, until)) for one in referrals)
    return [(one, at) for one, at in found if at is not None]


def _when(one: Referral, column: str, start: datetime, until: datetime) -> datetime | None:
    if column == "asked":
        return next((at for at in one.asked if start <= at < until), None)
    if column == "back":
        returned = one.returned(until)
        return returned if returned is not None and returned >= start else None
    was, state = one.state(start), one.state(until)
    if column in {"start", "end"}:
        return one.sendings[0].at if (was if column == "start" else state) == WAITS else None
    left = next((sending.at for sending in one.sendings if start <= sending.at < until), None) if was in NOT_OUT else None
    if column == "sent":
        return left
    moved = left is not None if was in NOT_OUT else was != state  # one that had not arrived and is withdrawn was waited for no more
    counts = was not in {*NOT_OUT, WAITS} if column == "reopened" else state == column
    return one.change(until).at if moved and counts else None


def table(referrals: Sequence[Referral], start: datetime, until: datetime) -> tuple[ChannelRow, ...]:
    """A row for each channel that has anything to tell, in the order of the channels. Days only where something goes down by it."""
    columns = {column: counted(referrals, column, start, until) for column in COLUMNS}
    many = {column: Counter(one.channel for one, _at in found) for column, found in columns.items()}
    days: dict[str, list[int]] = {}
    for one, _told in columns[DOWN]:
        if one.channel in TAKE_DOWN:
            change = one.change(until)
            left_at = max(sending for sending in one.sendings if sending.at <= change.at).left_at
            days.setdefault(one.channel, []).append((change.by - left_at) // timedelta(days=1))
    return tuple(
        ChannelRow(
            key=channel, **{column: many[column][channel] for column in COLUMNS}, days=tally.percentile(sorted(days.get(channel, [])), 50)
        )
        for channel in CHANNELS
        if any(found[channel] for found in many.values())
    )


MEASURES: Final = {"referrals": "sent", "down": "down", "back": "back"}  # key of the measure: column it counts


def measured(referrals: Sequence[Referral], key: str, start: datetime, until: datetime) -> list[tuple[Referral, datetime]]:
    """What a key figure counts: `down` only where something goes down."""
    found = counted(referrals, MEASURES[key], start, until)
    return [(one, at) for one, at in found if key != DOWN or one.channel in TAKE_DOWN]


def series(referrals: Sequence[Referral], bounds: Sequence[tuple[datetime, datetime]], until: datetime) -> dict[str, list[int]]:
    return {key: [len(measured(referrals, key, start, min(end, until))) for start, end in bounds] for key in MEASURES}


# --- by calendar month, as the ministry tells it ---------------------------------------------------


def months(until: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """The month the moment before `until` lies in, up to it, and the whole month before."""
    month = Month.of(until - timedelta(microseconds=1))
    return (month.bounds()[0], until), month.previous().bounds()


def closed(referrals: Iterable[Referral], start: datetime, until: datetime) -> dict[str, list[tuple[Referral, datetime]]]:
    """By kind of thing, one row for each that was closed in this time, however many referrals asked about it: by who closes such things,
    whole, and not before. What was closed before that is left out however it is asked about again."""
    found: dict[str, dict[str, tuple[Referral, datetime]]] = {key: {} for key in CLOSED}
    asked = [one for one in referrals if one.channel in CLOSES]
    before = {(line.key, line.mark) for one in asked for line in one.lines if line.state(start) == DOWN}
    for one in asked:
        if one.state(until) in {*NOT_OUT, WITHDRAWN}:
            continue
        for line in one.lines:
            if line.key not in found or line.state(until) != DOWN or (line.key, line.mark) in before:
                continue
            if line.gone_at is None or line.gone_at >= start:
                at = max(change.at for change in line.changes if change.at < until)
                found[line.key].setdefault(line.mark, (one, at))
    return {key: list(rows.values()) for key, rows in found.items()}


def closed_rows(referrals: Sequence[Referral], until: datetime) -> tuple[Row, ...]:
    """Accounts and sites in any case, the others where there are any."""
    now, before = (closed(referrals, *month) for month in months(until))
    rows = (Row(key, len(now[key]), len(before[key])) for key in CLOSED)
    return tuple(row for row in rows if row.now or row.before or row.key in {ACCOUNT, SITE})


def total(rows: Sequence[ChannelRow], column: str) -> int:
    return sum(int(getattr(row, column)) for row in rows)

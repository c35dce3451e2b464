"""When a post can have been posted: one bound for every entrance, and the same in the database (`post_posted_possible`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)  # before it no post of any platform
AHEAD: Final = timedelta(days=1)  # clocks and zones are wrong by hours, never by more


def possible(posted_at: datetime, received_at: datetime) -> bool:
    """Whether something received then can have been posted at this time. Of two aware times, in whatever zones; never raises."""
    return EARLIEST <= posted_at <= received_at + AHEAD

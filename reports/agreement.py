"""How far two people who looked at the same decision agreed, by the moment of the second look. Nobody's name stands anywhere in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from reports.figures import Agreement
from reports.queries import fetched

FEWEST: Final = 3  # of each side of it, else it would tell what somebody said

_LOOKS = """
SELECT v.at, d.flag_id, d.outcome, v.outcome
  FROM patrol_review v JOIN patrol_draw w ON w.id = v.draw_id JOIN patrol_decision d ON d.id = w.decision_id
 WHERE v.step = 'second' AND w.kind = 'second' AND v.at >= %(start)s AND v.at < %(until)s
   AND (%(office)s::bigint IS NULL OR w.office_id = %(office)s)
 ORDER BY v.at, v.id"""


class Look(NamedTuple):
    at: datetime
    flag: int
    first: str
    second: str

    @property
    def agreed(self) -> bool:
        return self.first == self.second


def looks(office: int | None, start: datetime, until: datetime) -> list[Look]:
    """The second looks of this time, in the order they were made. One query."""
    return [Look(*row) for row in fetched(_LOOKS, office=office, start=start, until=until)]


def told(found: Sequence[Look], moment: datetime) -> Agreement:
    """`moment`: where what is told of ends and what came before it does."""
    now, before = ([look for look in found if (look.at >= moment) is later] for later in (True, False))
    return Agreement(len(now), _agreed(now), len(before), _agreed(before))


def _agreed(found: Sequence[Look]) -> int | None:
    """All that said the same say so of everybody: then one side may be 0."""
    agreed = sum(look.agreed for look in found)
    few = [side for side in (agreed, len(found) - agreed) if 0 < side < FEWEST]
    return None if few or len(found) < FEWEST else agreed

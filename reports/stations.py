"""The flags of an office by the P4MI its posts came from: of the watch that brought a post first, else of where the person sat who did.

A P4MI is a label (docs/adr/0056): it gives no right, and decides nothing. So what is told of it is where posts came from, and not what
became of them. One with very few is not told by itself: it has few people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from patrol.engine import masks
from reports.figures import StationRow
from reports.queries import fetched
from reports.tally import REST

NONE: Final = ""  # key of the row of posts from no P4MI
FEWEST: Final = 3  # flags of this period or the one before, from which on a P4MI has a row

_ORIGINS = """
SELECT c.id, s.id, s.name
  FROM patrol_licencecheck c
  JOIN patrol_reading r ON r.id = c.reading_id
  JOIN patrol_postversion v ON v.id = r.version_id
  CROSS JOIN LATERAL (
       SELECT COALESCE(w.station_id, i.station_id) AS station_id FROM patrol_seen o
         LEFT JOIN patrol_watch w ON w.id = o.watch_id LEFT JOIN patrol_intake i ON i.id = o.intake_id
        WHERE o.post_id = v.post_id ORDER BY o.at, o.id LIMIT 1) way
  JOIN patrol_station s ON s.id = way.station_id AND s.office_id = %(office)s
 WHERE c.id = ANY(%(ids)s)"""


class Origin(NamedTuple):
    check: int
    station: int
    name: str


def origins(office: int, check_ids: Sequence[int]) -> dict[int, Origin]:
    """By check, of those whose post came from a P4MI of this office. One query."""
    return {row[0]: Origin(*row) for row in fetched(_ORIGINS, office=office, ids=list(check_ids))}


def table(found: Mapping[int, Origin], now: Sequence[int], before: Sequence[int]) -> tuple[StationRow, ...]:
    """Most flags first, those with few in one row, then what came from none. Nothing where no post came from a P4MI."""
    if not found:
        return ()
    names = {one.station: masks.text(one.name) for one in found.values()}
    counted, counted_before = (Counter(found[key].station if key in found else 0 for key in keys) for keys in (now, before))
    told = [station for station in names if max(counted[station], counted_before[station]) >= FEWEST]
    rows = [StationRow(str(station), names[station], counted[station], counted_before[station]) for station in told]
    rows.sort(key=lambda row: (-row.now, -row.before, row.name))
    few = set(names) - set(told)
    if few:
        rows.append(StationRow(REST, "", sum(counted[one] for one in few), sum(counted_before[one] for one in few)))
    return (*rows, StationRow(NONE, "", counted[0], counted_before[0]))


def of(origin: Origin | None, shown: Sequence[StationRow]) -> str:
    """The key of the row it stands in."""
    if origin is None:
        return NONE
    key = str(origin.station)
    return key if any(row.key == key for row in shown) else REST

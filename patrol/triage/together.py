"""How many posts one decision covers, and when that is so many that a second person must agree.

The machine puts copies of one text into one row: whoever reads one has read all, and they count as one. What a person joined to a row
was another row before, with words of its own: each counts. So do the members of a ring. The database counts alike (patrol_posts) and
refuses rows of so many by one person, however they are written.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from patrol import models
from patrol.domain import states
from patrol.models import Outcome

ALONE: Final = 20  # posts: deciding more for good takes a second person; as in patrol_require_second
FOR_GOOD: Final = (Outcome.CONFIRMED, Outcome.DISMISSED, Outcome.VICTIM)


class SecondPersonError(Exception):
    """Posts of so many texts would be decided at once that a second person must agree: it goes as a bulk decision. `count`: all the posts,
    copies too, as every page counts what a decision covers."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} posts")
        self.count = count


def weigh(flags: Collection[models.Flag]) -> int:
    """Posts among these flags, the copies of one text once. One query; none for a single flag."""
    return len(set(texts(flags).values()))


def texts(flags: Collection[models.Flag]) -> dict[int, tuple[int, str]]:
    """flag -> office and the row the machine gave it: that before it was first joined to another, since it was last told apart and has a
    row of its own (apart). Taking back an act of joining may leave what an earlier act joined."""
    found = {flag.pk: (flag.office_id, flag.row_key) for flag in flags}
    if len(found) < 2:
        return found
    before: dict[int, str] = {}
    events = models.FlagEvent.objects.filter(flag__in=found, kind__in=["joined", "parted"]).order_by("id")
    for flag_id, kind, was, became in events.values_list("flag", "kind", "before", "after"):
        if kind == "joined":
            before.setdefault(flag_id, was["row"])
        elif became["row"] == apart(flag_id):
            before.pop(flag_id, None)
    return {flag_id: (office_id, before.get(flag_id, row)) for flag_id, (office_id, row) in found.items()}


def apart(flag_id: int) -> str:
    """The row of one that was told apart. Not the name of its post: the post that began a row gave the row its name."""
    return f"apart-{flag_id}"


def row_of(flag: models.Flag) -> list[models.Flag]:
    """The undecided flags that a decision on this one covers, itself among them. Locks nothing. One query."""
    row = models.Flag.objects.filter(office_id=flag.office_id, row_key=flag.row_key, state__in=list(states.UNDECIDED))
    return list(row.only("id", "office_id", "row_key", "version").order_by("id"))

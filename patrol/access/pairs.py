"""Two people: whether two accounts are the halves of an act that one alone may not do (ADR 38).

The second must be another than the first, must hold what it approves with by the word of a second person, and neither may have made,
re-roled or reset the other within 30 days. The rule is one function of the database, patrol_pair_refused; triggers ask it where the second
half is written, the verbs ask it before, to have a sentence.

A new act of this kind: its Action into access.SECOND, `pairs.require` in its verb, a trigger patrol_by_pair(the columns of
both people and of the moment) on its table, and a row in tests/access/test_pairs.py, which compares both lists.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from patrol.infra.refusals import RefusedError

DAYS: Final = 30  # as in patrol_pair_refused

SAME: Final = "same"  # one person on both sides; the database knows "waits" and "close" besides


def refused(why: str) -> RefusedError:
    """These are no two people for this; `why` is patrol_pair_refused's word."""
    if why == SAME:
        return RefusedError("pair.same", _("Another person must approve."))
    if why == "waits":
        return RefusedError("pair.waits", _("Your account approves nothing yet: it waits for a second person who agrees to it."))
    text = _("Ask somebody else: within the last %(days)s days one of you two made, changed or reset the account of the other.")
    return RefusedError("pair.close", text, days=DAYS)


def require(first_id: int | None, second_id: int, *, now: datetime) -> None:
    """`first_id` None: no person was the first, the second must hold its power all the same. Raises RefusedError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.patrol_pair_refused(%s, %s, %s)", [first_id, second_id, now])
        (why,) = cursor.fetchone()
    if why:
        raise refused(why)

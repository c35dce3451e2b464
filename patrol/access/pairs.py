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

from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol.domain import Sentence

DAYS: Final = 30  # as in patrol_pair_refused

_WHY: Final = {
    "same": Sentence("Orang lain yang harus menyetujui.", "Another person must approve."),
    "waits": Sentence(
        "Akun Anda belum menyetujui apa pun: menunggu orang kedua yang menyetujui akun ini.",
        "Your account approves nothing yet: it waits for a second person who agrees to it.",
    ),
    "close": Sentence(
        f"Minta orang lain: dalam {DAYS} hari terakhir, salah satu dari Anda berdua membuat, mengubah, atau mengatur ulang akun yang lain.",
        f"Ask somebody else: within the last {DAYS} days one of you two made, changed or reset the account of the other.",
    ),
}


class RefusedError(PermissionDenied):
    """These are no two people for this; `sentence` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(_WHY[why].en)
        self.why = why
        self.sentence = _WHY[why]


def require(first_id: int | None, second_id: int, *, now: datetime) -> None:
    """`first_id` None: no person was the first, the second must hold its power all the same. Raises RefusedError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.patrol_pair_refused(%s, %s, %s)", [first_id, second_id, now])
        (why,) = cursor.fetchone()
    if why:
        raise RefusedError(why)

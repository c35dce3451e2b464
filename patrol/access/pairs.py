"""Two people: whether two accounts are the halves of an act that one alone may not do (ADR 38).

The second must be another than the first, must hold what it approves with by the word of a second person, and neither may have made,
re-roled or reset the other within 30 days. The rule is one function of the database, patrol_pair_refused; triggers ask it where the second
half is written, the verbs ask it before, to have a sentence.

Who is told that something waits for its second half: `asked`.

A new act of this kind: its Action into access.SECOND, `pairs.require` in its verb, a trigger patrol_by_pair(the columns of
both people and of the moment) on its table, and a row in tests/access/test_pairs.py, which compares both lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action
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


def able(offices: Iterable[int]) -> list[models.Person]:
    """Everybody active of these offices and of the directorate, with their offices: whom `asked` chooses from. One query."""
    theirs = Q(office__in=set(offices)) | Q(office__kind=models.OfficeKind.DIRECTORATE)
    return list(models.Person.objects.filter(theirs, is_active=True).select_related("office").order_by("id"))


def asked(action: Action, *, office_id: int, but: Collection[int | None], of: Iterable[models.Person] | None = None) -> list[models.Person]:
    """Who is told of a thing of that office that waits for this: those of the office who may do it, else those of the directorate. Never
    those who had a hand in it (`but`). One query, none where `of` is given (`able`).
    """
    of = able([office_id]) if of is None else of
    found = [one for one in of if one.pk not in but and access.may(one, action, office_id=office_id)]
    return [one for one in found if one.office_id == office_id] or [one for one in found if one.at_directorate]

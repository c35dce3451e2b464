"""Whoever asked for an export and whoever approved it hear that something of it has to be taken back at the peer (`revoking`).

What makes an indicator wrong happens in many places. So it is looked for, once an hour, in all that ever went. What is found wrong
while a notice that somebody has not read asks for the same file is on the page it leads to, and is not told again. A notice that was read
stands for a week: then whoever read it is told anew, while anything is due. Where nothing is, unread ones go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Max, Q

from patrol import access, models
from patrol.access import Action, pairs
from patrol.cases.peers import requests, revoking
from patrol.domain.peers import PeerKind
from patrol.infra import reached, wall

KIND: Final = requests.WRONG  # of notices
READ_STANDS: Final = timedelta(days=7)
_NAME: Final = "peers wrong"  # Reached: the hour that was looked at last, counted from 1970
_SECONDS: Final = 3_600

_DUE: Final = """
SELECT COALESCE((SELECT row FROM patrol_reached WHERE name = %s), 0) < %s
    AND EXISTS (SELECT FROM patrol_peerexport WHERE kind = 'indicators' AND approved_at IS NOT NULL)
"""


def tell(*, now: datetime) -> int:
    """What the sweep does. Returns of how many exports somebody was told. One query but for once an hour."""
    hour = int(now.timestamp()) // _SECONDS
    with wall.everything("what went to peers, of all offices"), connection.cursor() as cursor:
        cursor.execute(_DUE, [_NAME, hour])
        if not cursor.fetchone()[0]:
            return 0
        with transaction.atomic():
            if reached.take(_NAME) >= hour:
                return 0
            models.Reached.objects.filter(name=_NAME).update(row=hour)
            made = _untold(now)
            models.Notice.objects.bulk_create(made)
            return len({notice.note for notice in made})


def _untold(now: datetime) -> list[models.Notice]:
    """For whoever was not told since the last file that took back in that format, or read it more than READ_STANDS ago. Unread ones of
    exports of which nothing is due go: a file took it back meanwhile, or the judgement was reversed."""
    approved = models.PeerExport.objects.filter(kind=PeerKind.INDICATORS, approved_at__isnull=False)
    approved = approved.select_related("by__office", "approved_by__office", "case", "campaign").order_by("id")
    backs = revoking.of_many(approved, now=now)
    wrong = [export for export in approved if any(one.turns for one in backs[export.pk].gone)]
    of_wrong = {export.number for export in wrong}
    notices = models.Notice.objects.filter(kind=KIND).order_by()
    notices.filter(note__in=[one.number for one in approved if one.number not in of_wrong], read_at=None).delete()
    stands = notices.filter(Q(read_at=None) | Q(read_at__gt=now - READ_STANDS), note__in=of_wrong)
    told = {(note, person): at for note, person, at in stands.values_list("note", "person").annotate(Max("at"))}
    return [
        models.Notice(kind=KIND, person=one, case=export.case, campaign=export.campaign, at=now, note=export.number)
        for export in wrong
        for one in _people(export)
        if told.get((export.number, one.pk), _NEVER) <= _taken_back(backs[export.pk])
    ]


def _taken_back(back: revoking.Back) -> datetime:
    """When the last file left that took back in a format in which something is due again."""
    due = {written_as for one in back.gone for written_as in one.turns}
    return max((at for written_as, at in back.taken_back.items() if written_as in due), default=_NEVER)


_NEVER: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _people(export: models.PeerExport) -> Sequence[models.Person]:
    """Both, as far as they may still take the file; where neither may, whoever may of its office."""
    both = {one.pk: one for one in (export.by, export.approved_by) if one is not None and one.is_active}
    found = [one for one in both.values() if access.may(one, Action.PEER_ASK, office_id=export.office_id)]
    return found or pairs.asked(Action.PEER_ASK, office_id=export.office_id, but=[])

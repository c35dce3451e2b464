"""What the public desk may tell: a person of the directorate says so, and the log keeps who."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from patrol import access, models
from patrol.access import Action, audit


def tells_reviewed() -> bool:
    """Whether a number may be told as named in a report that an officer has confirmed. Off until somebody switches it on."""
    return bool(models.PublicDeskChange.objects.order_by("-id").values_list("tells_reviewed", flat=True).first())


def change(*, tells_reviewed: bool, by: models.Person, now: datetime) -> bool:
    """Switches it; False where it is so already. Raises PermissionDenied."""
    access.require(by, Action.PUBLIC_DESK)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE patrol_publicdeskchange IN SHARE ROW EXCLUSIVE MODE")  # two at once are two changes, in order
        before = bool(models.PublicDeskChange.objects.order_by("-id").values_list("tells_reviewed", flat=True).first())
        if before == tells_reviewed:
            return False
        row = models.PublicDeskChange.objects.create(tells_reviewed=tells_reviewed, by=by, at=now)
        audit.write(
            "public_desk.changed", by=by, now=now, target=row, before={"tells_reviewed": before}, after={"tells_reviewed": tells_reviewed}
        )
    return True

"""Looks at contacts in full: each is a row of the log with its purpose, and many looks of one person in a day are told to the supervisors.

Nothing is refused for their number: a long case may need it. What a lease shows for the work on a flag is no such look.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from patrol import access, audit, models
from patrol.access import Action

VERBS: Final = ("contact.shown", "indicator.shown", "protection.contacts_shown")
MANY: Final = 20  # looks of a day that are told, and each time as many again
NOTICE: Final = "many_looks"
_WORK: Final = "triage"  # the purpose of a lease, see triage.leases


def log(
    verb: str, *, target: Any, by: models.Person, now: datetime, after: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> None:  # fmt: skip
    """Writes the look down, inside the transaction of the act, and tells the supervisors at each MANYth of the person's day."""
    audit.write(verb, by=by, now=now, target=target, before=before, after=after)
    if verb == VERBS[0] and after.get("purpose") == _WORK:
        return
    many = today(by, now)  # exact: the log is locked until this transaction ends
    if many % MANY == 0:
        models.Notice.objects.bulk_create(
            models.Notice(kind=NOTICE, person=one, by=by, at=now, note=str(many)) for one in _answering(by)
        )


def today(person: models.Person, now: datetime) -> int:
    """How often this person has looked since midnight, in the zone of the screen. One query."""
    start = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))
    made = models.AuditEntry.objects.filter(actor_id=person.pk, at__gte=start, at__lte=now, verb__in=VERBS)
    return made.exclude(verb=VERBS[0], after__purpose=_WORK).count()


def _answering(by: models.Person) -> list[models.Person]:
    """The supervisors of the person's office, else those of the directorate; nobody is told of themselves."""
    active = models.Person.objects.filter(is_active=True, role=models.Role.SUPERVISOR).exclude(pk=by.pk).order_by("id")
    near = list(active.filter(office=by.office_id))
    return near or list(active.filter(office__kind=models.OfficeKind.DIRECTORATE))


def require(flag: models.Flag, *, by: models.Person) -> None:
    """Whether the contacts of this flag may be shown to the person. Raises PermissionDenied.

    While it is undecided, to any office, for a purpose; once decided, to its own office and the directorate. Whoever protects somebody
    harmed sees them, and no other office: to those the flag is one that was dismissed, like any other.
    """
    access.require(by, Action.CONTACT_SHOW, office_id=flag.office_id)
    if flag.decided_at is None:
        return
    protecting = models.Protection.objects.filter(flag=flag).values_list("office_id", flat=True).first()
    access.require(by, Action.CONTACT_SHOW_DECIDED, office_id=protecting or flag.office_id)


def may_flag(flag: models.Flag, person: models.Person) -> bool:
    try:
        require(flag, by=person)
    except PermissionDenied:
        return False
    return True


def may_indicator(indicator: models.Indicator, person: models.Person) -> bool:
    """Whether the value may be shown to the person: where one of its posts is open to them as above, or has no flag; never the account
    of somebody harmed whom another office protects. One query."""
    if not access.may(person, Action.CONTACT_SHOW):
        return False
    if access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return True
    seen = models.Sighting.objects.filter(indicator=OuterRef("pk"))
    wrote = seen.filter(role=models.SightingRole.AUTHOR, post__flag__protection__isnull=False)
    own = Q(post__flag__office=person.office_id, post__flag__protection=None)
    protected = Q(post__flag__protection__office=person.office_id)
    undecided = Q(post__flag=None) | Q(post__flag__decided_at=None)
    asked = models.Indicator.objects.filter(pk=indicator.pk).annotate(
        harmed=Exists(wrote.exclude(post__flag__protection__office=person.office_id)),
        open=Exists(seen.filter(undecided | own | protected)),
        seen=Exists(seen),
    )
    harmed, open_to_them, anywhere = asked.values_list("harmed", "open", "seen").get()
    return not harmed and (open_to_them or not anywhere)

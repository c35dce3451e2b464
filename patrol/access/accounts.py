"""What every change of an account does: its logins end, who left it so is noted, and whoever has to know is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from patrol import access, models
from patrol.access import Action
from patrol.infra import jobs
from patrol.models import AppointmentKind, Role


def end_logins(person: models.Person, *, now: datetime) -> None:
    """Whoever is in as this person is out with the next page, their paired browsers are let go, their links and codes open nothing."""
    end_sessions(person)
    # Codes first: a pairing under way holds its code, and the browser it makes is there once the code is free. They end an hour back,
    # because a pairing that waits for this one asks by the clock of its own beginning.
    models.PairingCode.objects.filter(person=person, used_at=None, expires_at__gt=now).update(expires_at=now - timedelta(hours=1))
    models.Device.objects.filter(person=person, revoked_at=None).update(revoked_at=now)


def end_sessions(person: models.Person) -> None:
    """The same, where it stays the person they belong to: browsers that send posts stay paired."""
    models.Person.objects.filter(pk=person.pk).update(sessions=F("sessions") + 1)
    person.refresh_from_db(fields=["sessions"])


def tell(person: models.Person, kind: str, *, by: models.Person | None, now: datetime, about: models.Person | None = None) -> None:
    if by is None or by.pk != person.pk:
        models.Notice.objects.create(kind=kind, person=person, account=about or person, by=by, at=now)


def warn(person: models.Person, kind: str, *, by: models.Person | None = None, now: datetime, note: str = "") -> None:
    """Tells somebody what happened to the ways into their own account, whoever did it: in SIPatrol, and by mail and chat where they have
    them (patrol.telling.account), for whoever should read it may not get in any more. Within a transaction."""
    notice = models.Notice.objects.create(kind=kind, person=person, account=person, by=by, at=now, note=note)
    jobs.add("account", str(notice.pk), {"notice": notice.pk}, now=now)


def tell_watchers(kind: str, person: models.Person, office: models.Office, *, by: models.Person | None, now: datetime) -> None:
    """Tells the supervisors of the office and the data protection officers that an administrator let somebody read there: nobody else
    would look. `by` None, the installation itself, is told to nobody."""
    if by is None:
        return
    there = Q(role=Role.SUPERVISOR, office=office) | Q(own_role=Role.SUPERVISOR, own_office=office)
    watches = Q(role=Role.DATA_PROTECTION_OFFICER) | Q(own_role=Role.DATA_PROTECTION_OFFICER)
    told = models.Person.objects.filter(there | watches, is_active=True).exclude(pk__in=(person.pk, by.pk)).order_by("id")
    models.Notice.objects.bulk_create(models.Notice(kind=kind, person=one, account=person, by=by, at=now, note=office.name) for one in told)


def appoint(
    person: models.Person,
    kind: AppointmentKind,
    *,
    by: models.Person | None,
    now: datetime,
    exempt: bool = False,
    duty: models.Duty | None = None,
) -> None:
    """Notes who left the account, or a further duty of it, as it is. What it may approve waits for a second person, who is told."""
    role, office_id = (duty.role, duty.office_id) if duty else person.own[:2]
    row = {"person": person, "kind": kind, "role": role, "office_id": office_id, "by": by, "at": now, "exempt": exempt, "duty": duty}
    models.Appointment.objects.create(**row)
    weigh(person, now=now)
    models.Notice.objects.filter(account=person, kind="account_waits", read_at=None).delete()
    held = {role}
    if duty is None:
        held |= set(models.Duty.objects.filter(person=person, ended_at=None).values_list("role", flat=True))
    if not exempt and held & access.APPROVING_ROLES:
        for one in _who_agrees(person, by):
            tell(one, "account_waits", by=by, now=now, about=person)


def _who_agrees(person: models.Person, maker: models.Person | None) -> list[models.Person]:
    but = {person.pk, maker.pk if maker else person.pk}
    active = models.Person.objects.filter(is_active=True, approves=True).exclude(pk__in=but).select_related("office")
    return [one for one in active.order_by("id") if access.may(one, Action.PERSON_AGREE)]


_WEIGH = """
UPDATE public.patrol_person SET approves = public.patrol_pair_refused(NULL, id, %s) = '' WHERE id = %s RETURNING approves
"""


def weigh(person: models.Person, *, now: datetime) -> None:
    """Whether what is taken up now may approve, as the database sees it."""
    with connection.cursor() as cursor:
        cursor.execute(_WEIGH, [now, person.pk])
        ((person.approves,),) = cursor.fetchall()

"""Verbs on further duties: a person holds several roles in several offices, and has one of them taken up at a time (ADR 0067).

Whoever acts is the person, in whichever duty: the two of an act of two people are compared by person (pairs.py), and what was written in
one duty stands as written by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, accounts, audit, ways
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import AppointmentKind, OfficeKind, Role

DIRECTORATE_ROLES = frozenset({Role.ANALYST, Role.REGISTRAR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})


def check(role: str, office: models.Office, *, works: bool = True) -> None:
    """Whether there is such a role in that office. Raises RefusedError."""
    if role not in set(Role):
        known = ", ".join(Role)
        raise RefusedError("person.role", _("Unknown role %(role)s: %(known)s."), "role", role=role, known=known)
    if role in DIRECTORATE_ROLES and office.kind != OfficeKind.DIRECTORATE:
        raise RefusedError("person.role_of_directorate", _("This role exists at the directorate only."), "office")
    if works and not office.active:  # whoever leaves may leave from an office that closed
        raise RefusedError("person.office_closed", _("This office is not active."), "office")


def open_now(now: datetime) -> Q:
    """Of duties: those that have not ended."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gt=now))


def check_beside(role: str, held: Iterable[str]) -> None:
    """Whether somebody who holds those roles may hold this one too. Raises RefusedError.

    Whoever oversees how data is read does not do so for themselves: not for what they approve, and not for the accounts they make.
    """
    together = {role, *held}
    if Role.DATA_PROTECTION_OFFICER in together and together & {Role.SUPERVISOR, Role.ADMINISTRATOR}:
        sentence = _("Nobody is the data protection officer and a supervisor or administrator at once: they would oversee themselves.")
        raise RefusedError("duty.oversees", sentence, "role")


def roles_of(person: models.Person, *, now: datetime) -> set[str]:
    """Of their further duties that have not ended. One query."""
    return set(models.Duty.objects.filter(open_now(now), person=person).values_list("role", flat=True))


def holding(role: Role, *, now: datetime) -> QuerySet[models.Person]:
    """Active people whose own role or further duty it is, taken up or not."""
    further = models.Duty.objects.filter(open_now(now), role=role).values("person")
    return models.Person.objects.filter(Q(role=role, duty=None) | Q(own_role=role) | Q(pk__in=further), is_active=True).order_by("pk")


def add(*, person_id: int, role: str, office_id: int, until: datetime | None, by: models.Person, now: datetime) -> models.Duty:
    """A further duty, to `until` or until somebody ends it. It works at once; what it may approve waits for a second person.

    Raises RefusedError, PermissionDenied, Person.DoesNotExist.
    """
    access.require(by, Action.PERSON_CHANGE)
    if person_id == by.pk:
        raise RefusedError("duty.self", _("Another administrator gives you a duty."), "role")
    office = models.Office.objects.get(pk=office_id)
    check(role, office)
    if until is not None and until <= now:
        raise RefusedError("duty.until", _("Name a day that is still to come, or none."), "until")
    with transaction.atomic():
        person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
        if not person.is_active:
            raise RefusedError("duty.inactive", _("This person may not log in: let them in first."), "role")
        if (role, office_id) == person.own[:2]:
            raise RefusedError("duty.own", _("This is the duty they have already."), "role")
        check_beside(role, {person.own[0], *roles_of(person, now=now)})
        try:
            with transaction.atomic():
                duty = models.Duty.objects.create(person=person, role=role, office=office, since=now, until=until, made_by=by)
        except IntegrityError:
            raise RefusedError("duty.twice", _("They hold this duty already: end it first."), "role") from None
        accounts.appoint(person, AppointmentKind.DUTY, by=by, now=now, duty=duty)
        accounts.tell(person, "account_changed", by=by, now=now)
        accounts.tell_watchers("duty_made", person, office, by=by, now=now)
        audit.write("person.duty_added", by=by, now=now, target=person, after=_said(duty) | {"until": until and until.isoformat()})
    return duty


def take_up(*, duty_id: int | None, by: models.Person, now: datetime) -> models.Person:
    """The person acts in this duty from now on, None: in their own one. Their leases go back to the queue and their logins end: whoever
    asked goes on in a session that is begun anew (doors do that). Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.HOME)
    with transaction.atomic():
        person = models.Person.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=by.pk)
        duty = None
        if duty_id is not None:
            duty = models.Duty.objects.select_related("office").filter(open_now(now), pk=duty_id, person=person).first()
            if duty is None or not duty.office.active:
                raise RefusedError("duty.gone", _("This duty has ended, or its office is closed. You go on as before."))
        if person.duty_id != duty_id:
            before = {"duty": person.duty_id, "role": person.role, "office": person.office_id}
            _put(person, duty, now=now)
            after = {"duty": duty_id, "role": person.role, "office": person.office_id}
            audit.write("person.duty_taken", by=by, now=now, target=person, before=before, after=after)
    return models.Person.objects.get(pk=by.pk)


def lay_down(person: models.Person, *, now: datetime) -> None:
    """Back to their own duty, where another is taken up. The person's row is held."""
    if person.duty_id is not None:
        _put(person, None, now=now)


def end(*, duty_id: int, by: models.Person, now: datetime) -> models.Duty:
    """Somebody ends a duty; whoever has it taken up is back in their own one. Raises RefusedError, PermissionDenied, Duty.DoesNotExist."""
    access.require(by, Action.PERSON_CHANGE)
    with transaction.atomic():
        duty = _held(duty_id)
        if duty.ended_at is not None:
            raise RefusedError("duty.ended", _("This duty has ended already."))
        _end(duty, by=by, now=now)
    return duty


def end_all(person: models.Person, *, by: models.Person, now: datetime) -> None:
    """All further duties of somebody who may not log in any more. The person's row is held, within a transaction."""
    for duty in models.Duty.objects.select_for_update(no_key=True).filter(person=person, ended_at=None).order_by("id"):
        duty.person = person
        _end(duty, by=by, now=now)


def held(people: Iterable[models.Person], *, now: datetime) -> dict[int, list[models.Duty]]:
    """The further duties of each of these people, with their offices, by person. One query."""
    found: dict[int, list[models.Duty]] = {person.pk: [] for person in people}
    for duty in models.Duty.objects.filter(open_now(now), person__in=list(found)).select_related("office").order_by("id"):
        found[duty.person_id].append(duty)
    return found


def due(now: datetime) -> QuerySet[models.Duty]:
    """Those whose time is over."""
    return models.Duty.objects.filter(ended_at=None, until__lte=now)


def end_due(*, now: datetime) -> int:
    """Ends those whose time is over. Returns how many."""
    ended = 0
    for duty_id in due(now).order_by("id").values_list("pk", flat=True):
        with transaction.atomic():
            duty = _held(duty_id)
            if duty.ended_at is None:
                _end(duty, by=None, now=now)
                ended += 1
    return ended


def is_over(person: models.Person, *, now: datetime) -> bool:
    """Whether what this person has taken up ended by its time; then it ends here and now, whether or not a sweep came by."""
    if person.duty is None or person.duty.until is None or person.duty.until > now:
        return False
    end_due(now=now)
    return True


def _held(duty_id: int) -> models.Duty:
    """The person first, as everywhere."""
    person_id = models.Duty.objects.values_list("person", flat=True).get(pk=duty_id)
    person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
    duty = models.Duty.objects.select_for_update(no_key=True).get(pk=duty_id)
    duty.person = person
    return duty


def _end(duty: models.Duty, *, by: models.Person | None, now: datetime) -> None:
    person = duty.person
    if person.duty_id == duty.pk:
        _put(person, None, now=now)
    models.Duty.objects.filter(pk=duty.pk).update(ended_by=by, ended_at=now)
    duty.ended_by, duty.ended_at = by, now
    left = set(models.Duty.objects.filter(person=person, ended_at=None).values_list("office", flat=True)) | {person.own[1]}
    paired = models.Pairing.objects.select_for_update(no_key=True).filter(person=person, ended_at=None, bot__office=duty.office_id)
    for one in paired if duty.office_id not in left else ():
        ways.end_pairing(one, "moved", by=by, now=now)
    if duty.role == Role.SUPERVISOR and (duty.role, duty.office_id) != person.own[:2]:
        # It would open the office again with the next duty there, though nobody made it anew.
        models.Device.objects.filter(person=person, office=duty.office_id, revoked_at=None).update(revoked_at=now)
    accounts.tell(person, "account_changed", by=by, now=now)
    audit.write("person.duty_ended" if by else "person.duty_ran_out", by=by, now=now, target=person, before=_said(duty))


@wall.everything("leases go back to the queue of whichever office")
def _put(person: models.Person, duty: models.Duty | None, *, now: datetime) -> None:
    """The duty's role and office into the person's row, or their own ones back."""
    role, office_id, station_id = person.own
    if duty is None:
        columns = {"duty_id": None, "role": role, "office_id": office_id, "station_id": station_id}
        columns |= {"own_role": "", "own_office_id": None, "own_station_id": None}
    else:
        columns = {"duty_id": duty.pk, "role": duty.role, "office_id": duty.office_id, "station_id": None}
        columns |= {"own_role": role, "own_office_id": office_id, "own_station_id": station_id}
    models.Person.objects.filter(pk=person.pk).update(**columns)
    flags = models.Flag.objects.select_for_update(no_key=True).filter(lease_person=person).order_by("id").values_list("pk", flat=True)
    models.Flag.objects.filter(pk__in=list(flags)).update(lease_person=None, lease_since=None, lease_until=None)
    accounts.weigh(person, now=now)
    accounts.end_sessions(person)
    person.refresh_from_db()


def _said(duty: models.Duty) -> dict[str, object]:
    return {"duty": duty.pk, "role": duty.role, "office": duty.office_id}

"""Verbs on people and offices: who joins, changes, leaves, and how a password is set."""

from __future__ import annotations

import functools
import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, accounts, audit, duties, factors, linked_logins, pairs, stations, ways
from patrol.domain import provinces as by_code
from patrol.domain.states import WatchState
from patrol.infra.refusals import RefusedError
from patrol.models import AppointmentKind, OfficeKind, Role

log = logging.getLogger(__name__)

DIRECTORATE_ROLES = duties.DIRECTORATE_ROLES
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,49}")
_CODE = re.compile(r"[a-z][a-z0-9-]{2,49}")  # stands in addresses of summaries


@functools.cache
def _shipped() -> dict[str, Any]:
    """What offices.toml lists."""
    return tomllib.loads((Path(__file__).parent / "offices.toml").read_text())


def load_offices() -> int:
    """Makes the offices of offices.toml that do not exist yet. Returns how many; an existing one is never changed."""
    listed = _shipped()
    known = set(models.Office.objects.values_list("code", flat=True))
    offices = [models.Office(kind=OfficeKind.DIRECTORATE, **listed["directorate"])]
    offices += [models.Office(kind=OfficeKind.BP3MI, **office) for office in listed["bp3mi"]]
    return len(models.Office.objects.bulk_create(office for office in offices if office.code not in known))


def _required(value: str, field: str) -> str:
    if not value.strip():
        raise RefusedError("people.required", _("This is required."), field)
    return value.strip()


def add(
    *,
    username: str,
    name: str,
    role: str,
    office_id: int,
    station_id: int | None = None,
    by: models.Person | None,
    now: datetime,
    password: str | None = None,
    exempt: str = "",
) -> models.Person:
    """A new person. Without a password nobody can log in as them until they follow a one-time link.

    `by` None is the installation itself (manage.py setup); it alone may make an account that approves at once, and `exempt` says why in
    the log. Raises RefusedError, PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.PERSON_CHANGE)
    office = models.Office.objects.get(pk=office_id)
    duties.check(role, office)
    if not _USERNAME.fullmatch(username):
        raise RefusedError("person.username", _("3 to 50 lower-case letters, digits, dots, dashes; a letter first."), "username")
    person = models.Person(
        username=username,
        name=_required(name, "name"),
        role=role,
        office=office,
        station_id=station_id,
        created_at=now,
        approves=bool(exempt and by is None),
    )
    person.set_password(password)
    try:
        with transaction.atomic():
            stations.hold(station_id, office_id)
            person.save(force_insert=True)
            after: dict[str, Any] = {"username": username, "role": role, "office": office.code}
            after |= {"station": station_id} if station_id is not None else {}
            after |= {"exempt": exempt} if person.approves else {}
            accounts.appoint(person, AppointmentKind.MADE, by=by, now=now, exempt=person.approves)
            accounts.tell_watchers("account_made", person, office, by=by, now=now)
            audit.write("person.added", by=by, now=now, target=person, after=after)
    except IntegrityError:
        raise RefusedError("person.username_taken", _("This user name is taken."), "username") from None
    return person


def change(
    *,
    person_id: int,
    name: str,
    role: str,
    office_id: int,
    active: bool,
    station_id: int | Literal[stations.Unsaid.STATION] | None = stations.Unsaid.STATION,
    by: models.Person,
    now: datetime,
) -> models.Person:
    """Changes name, role, office, station, or whether the person may log in. Raises RefusedError, PermissionDenied.

    Nobody changes role, office or access of their own account, as nobody gives a duty to themselves (duties.add): both open what an
    administrator does not see, to one person alone. Whoever watches there is told of either.
    Of their own duty: whoever has taken up another comes back to it where it changes. Whoever may not log in any more holds no further one.
    `station_id` None: at none; unsaid, it stays, also where it is closed, and falls away with its office. Another station alone ends no
    login and asks no second person: it gives no right.
    """
    access.require(by, Action.PERSON_CHANGE)
    office = models.Office.objects.get(pk=office_id)
    duties.check(role, office, works=active)
    name = _required(name, "name")
    with transaction.atomic():
        person = _held(person_id, stays=active and role == Role.ADMINISTRATOR, by=by)
        had, home, was = person.own
        if active and role != had:
            duties.check_beside(role, duties.roles_of(person, now=now))
        before = {"role": had, "office": home, "active": person.is_active}
        after = {"role": role, "office": office.pk, "active": active}
        if person_id == by.pk and before != after:
            place = next(field for field in before if before[field] != after[field])
            raise RefusedError("person.self", _("Another administrator does that for you."), place)
        stays = was if home == office.pk else None
        sits = stays if station_id is stations.Unsaid.STATION else station_id
        # Whoever stays may stay at a closed one while they cannot log in.
        if (sits, office.pk) != (was, home) or (active and not person.is_active):
            stations.hold(sits, office.pk)
        if before == after and person.duty_id is not None:  # their own duty waits as it was
            models.Person.objects.filter(pk=person.pk).update(name=name, own_station=sits)
        else:
            duties.lay_down(person, now=now)
            models.Person.objects.filter(pk=person.pk).update(name=name, role=role, office=office, station=sits, is_active=active)
        if before != after:
            person.refresh_from_db()
            if not active:
                duties.end_all(person, by=by, now=now)
            accounts.end_logins(person, now=now)
            if active:
                accounts.appoint(person, AppointmentKind.CHANGED, by=by, now=now)
                accounts.tell_watchers("account_moved", person, office, by=by, now=now)
            accounts.tell(person, "account_changed", by=by, now=now)
            if not active or before["office"] != office.pk:
                _end_ways(person, by=by, now=now)
        audit.write("person.changed", by=by, now=now, target=person, before=before, after=after)
        if sits != was:
            _placed(person, was, sits, by=by, now=now)
    person.refresh_from_db()
    return person


def _held(person_id: int, *, stays: bool, by: models.Person) -> models.Person:
    """The person's row, locked. `stays`: they stay an administrator, if they are one. Raises RefusedError for the last of them who can
    log in."""
    # All of them are locked: two administrators who end each other's role at once would leave nobody. `no_key`, here and below: what
    # somebody does at this moment names their row at its commit, and must not wait there for us, who wait for its row of the log.
    of_their_own = Q(role=Role.ADMINISTRATOR, duty=None) | Q(own_role=Role.ADMINISTRATOR)
    administrators = list(models.Person.objects.select_for_update(no_key=True).filter(of_their_own, is_active=True).order_by("id"))
    person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if person.own[0] == Role.ADMINISTRATOR and person.is_active and not stays:
        others = (one for one in administrators if one.pk != person_id)
        if not any(one.pk == by.pk or _can_log_in(one) for one in others):  # whoever does this is in
            text = _("Nobody else who can log in is an administrator. Another one must have set a password first.")
            raise RefusedError("person.last_administrator", text, "role")
    return person


def _can_log_in(person: models.Person) -> bool:
    """Of an active account: a password, or what opens without one. A link that nobody followed yet does not count: it ends within a day,
    and then nobody would be there to make the next."""
    return person.has_usable_password() or linked_logins.of(person) is not None or factors.opens_alone(person)


def may_close(person: models.Person, by: models.Person) -> bool:
    """An office's supervisor those of their office who are administrator in no duty and hold none elsewhere; nobody their own account."""
    role, office_id, _station = person.own
    beyond = Q(role=Role.ADMINISTRATOR) | ~Q(office=office_id)
    acts = by.role != Role.ADMINISTRATOR and models.Duty.objects.filter(beyond, person=person, ended_at=None).exists()
    return (
        person.is_active
        and person.pk != by.pk
        and access.may(by, Action.PERSON_CLOSE, office_id=office_id)
        and (role != Role.ADMINISTRATOR or by.role == Role.ADMINISTRATOR)
        and not acts
    )


def leaver(person_id: int, *, by: models.Person) -> models.Person:
    """The person's row, held, of somebody whose account is to be closed. Raises RefusedError, PermissionDenied."""
    person = _held(person_id, stays=False, by=by)
    if not person.is_active:
        raise RefusedError("person.closed", _("This account is closed already."))
    if not may_close(person, by):
        raise PermissionDenied("not theirs to close")
    for rows in (models.Duty.objects.filter(ended_at=None), models.Pairing.objects.filter(ended_at=None), models.Device.objects.all()):
        list(rows.select_for_update(no_key=True).filter(person=person).order_by("id"))  # all before the first row of the log
    return person


def close(person: models.Person, handed: Mapping[str, Any], *, by: models.Person, now: datetime) -> None:
    """Closes the account of whoever leaves or is away (`leaver`). `handed`: what they held and where it went, for the log.

    The last step of patrol.cases.leaving, in its transaction.
    """
    duties.lay_down(person, now=now)
    models.Person.objects.filter(pk=person.pk).update(is_active=False, password=make_password(None))
    person.refresh_from_db()
    duties.end_all(person, by=by, now=now)
    accounts.end_logins(person, now=now)
    accounts.tell(person, "account_changed", by=by, now=now)
    _end_ways(person, by=by, now=now)
    audit.write("person.left", by=by, now=now, target=person, before={"active": True}, after={"active": False, **handed})


def place(*, person_id: int, station_id: int | None, by: models.Person, now: datetime) -> models.Person:
    """Says at which station of their office a person sits, None: at none. Raises RefusedError, PermissionDenied."""
    with transaction.atomic():
        person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
        _role, home, was = person.own
        access.require(by, Action.STATION_CHANGE, office_id=home)
        if was != station_id:
            stations.hold(station_id, home)
            column = "station" if person.duty_id is None else "own_station"
            models.Person.objects.filter(pk=person.pk).update(**{f"{column}_id": station_id})
            _placed(person, was, station_id, by=by, now=now)
    person.refresh_from_db()
    return person


def _placed(person: models.Person, was: int | None, sits: int | None, *, by: models.Person, now: datetime) -> None:
    audit.write("person.placed", by=by, now=now, target=person, before={"station": was}, after={"station": sits})


def _end_ways(person: models.Person, *, by: models.Person, now: datetime) -> None:
    """Nothing is told any more to the chat with the bot of an office this person left, nor to the mail address of whoever left them all,
    and no app or passkey of theirs opens: a telephone or an address may be somebody else's when they come back."""
    paired = list(models.Pairing.objects.select_for_update(no_key=True).filter(person=person, ended_at=None))
    if not person.is_active:
        ways.clear_mail(person, by=by, now=now)
        if gone := factors.take_all(person):
            audit.write("person.factors_reset", by=by, now=now, target=person, before={"proofs": len(gone)})
    for one in paired:
        ways.end_pairing(one, "moved" if person.is_active else "administrator", by=by, now=now)


# --- two people behind an account that approves -----------------------------------------------------


class StaleError(Exception):
    """The account was changed, or agreed to, since it was looked at."""


def waiting() -> Q:
    """Which accounts could approve in what is taken up, or in a further duty, and nobody has agreed to that yet."""
    later = models.Appointment.objects.filter(person=OuterRef("person"), id__gte=OuterRef("appointment"))
    agreed = Exists(later.filter(Q(exempt=True) | Q(agreement__isnull=False)))
    held = models.Duty.objects.filter(person=OuterRef("pk"), ended_at=None, role__in=access.APPROVING_ROLES)
    return Q(is_active=True) & (Q(approves=False, role__in=access.APPROVING_ROLES) | Q(Exists(held.filter(~agreed))))


def waits_for(person: models.Person) -> QuerySet[models.Person]:
    """Accounts this person may stand behind: not those they made, changed or reset since anybody did."""
    if not access.may(person, Action.PERSON_AGREE):
        return models.Person.objects.none()
    found = models.Person.objects.filter(waiting())
    agreed = models.Agreement.objects.filter(appointment__person=OuterRef("person")).order_by("-appointment_id")
    since = Coalesce(Subquery(agreed.values("appointment_id")[:1]), 0)
    own = models.Appointment.objects.filter(person=OuterRef("pk"), by=person.pk, id__gt=since)
    return found.filter(~Exists(own))


def agree(*, person_id: int, seen: int, by: models.Person, now: datetime) -> models.Person:
    """The second person stands behind an account with all its duties: what it may approve counts from now on. `seen`: the newest
    appointment that was looked at.

    Nobody agrees to an account without a password: whoever sets the first one is not known yet. Raises RefusedError, StaleError,
    PermissionDenied, Person.DoesNotExist.
    """
    access.require(by, Action.PERSON_AGREE)
    with transaction.atomic():
        person = models.Person.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=person_id)
        newest = models.Appointment.objects.filter(person=person).order_by("-id").first()
        waits = models.Person.objects.filter(waiting(), pk=person_id).exists()
        if newest is None or newest.pk != seen or not waits:
            raise StaleError
        if not person.has_usable_password():
            raise RefusedError("person.no_password", _("This account has no password yet. Agree once the person has set one."))
        if person.pk == by.pk:
            raise pairs.refused(pairs.SAME)
        for one in _unagreed(person):
            pairs.require(one.by_id, by.pk, now=now)
        models.Agreement.objects.create(appointment=newest, by=by, at=now)
        accounts.weigh(person, now=now)
        models.Notice.objects.filter(account=person, kind="account_waits", read_at=None).delete()
        accounts.tell(person, "account_agreed", by=by, now=now)
        audit.write("person.agreed", by=by, now=now, target=person, after={"role": newest.role, "office": newest.office_id})
    person.refresh_from_db()
    return person


def _unagreed(person: models.Person) -> list[models.Appointment]:
    """Newest first: all that was done to the account since a second person last stood behind it."""
    rows = models.Appointment.objects.filter(person=person).select_related("agreement").order_by("-id")
    found: list[models.Appointment] = []
    for row in rows:
        if row.exempt or hasattr(row, "agreement"):
            break
        found.append(row)
    return found


def newest_appointments(people: Iterable[models.Person]) -> dict[int, models.Appointment]:
    """By person. One query."""
    keys = [person.pk for person in people]
    rows = models.Appointment.objects.filter(person__in=keys).select_related("by").order_by("person_id", "-id")  # "person" would be by name
    return {row.person_id: row for row in rows.distinct("person_id")}


def reset_link(*, person_id: int, by: models.Person | None, now: datetime, without_factors: bool = False) -> str:
    """The path of a page where the person sets a password, once, within a day. The old password works until then.

    `without_factors`: their second factors go too, as by `reset_factors`: whoever knew the password may have set one up. Raises
    RefusedError, PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.PERSON_CHANGE)
    with transaction.atomic():
        if without_factors:
            reset_factors(person_id=person_id, by=by, now=now)
        person = models.Person.objects.get(pk=person_id)
        link_made(person, by=by, now=now)
    return link_path(person, by)


def link_made(person: models.Person, *, by: models.Person | None, now: datetime) -> None:
    """Says that there is a link, to its owner and in the log. Within a transaction."""
    if by is None:  # mailed to them, or made where nobody is logged in
        accounts.tell(person, "password_link", by=by, now=now)
    else:
        accounts.warn(person, "password_link", by=by, now=now)
    audit.write("person.reset_link", by=by, now=now, target=person, after={"valid_seconds": settings.PASSWORD_RESET_TIMEOUT})


def link_path(person: models.Person, maker: models.Person | None) -> str:
    """`maker`: the person themselves where it is mailed to them, who asked for it: nobody stands behind it, whose account it ever was."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("admin:password_reset_confirm", kwargs={"uidb64": key, "token": links.make_token(person, maker)})


def reset_factors(*, person_id: int, by: models.Person | None, now: datetime) -> list[str]:
    """Takes away all second factors of somebody who lost theirs: they log in with the password and set up others. Every login ends, and
    what the account may approve waits for a second person, as after a link. Returns what was taken away, as factors.WAYS has it.

    `by` None is the installation itself (manage.py setup). Raises RefusedError, PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.PERSON_CHANGE)
        if person_id == by.pk:
            raise RefusedError("person.own_factors", _("Another administrator does that for you."))
    with transaction.atomic():
        person = models.Person.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=person_id)
        gone = factors.take_all(person)
        if not gone:
            raise RefusedError("person.no_factors", _("Nothing was changed: this account has no second factor."))
        duties.lay_down(person, now=now)
        accounts.end_logins(person, now=now)
        accounts.appoint(person, AppointmentKind.FACTORS, by=by, now=now, exempt=by is None and _is_first(person))
        accounts.warn(person, "factors_reset", by=by, now=now)
        audit.write("person.factors_reset", by=by, now=now, target=person, before={"proofs": len(gone)})
    return gone


def end_logins(*, person_id: int, by: models.Person, now: datetime) -> int:
    """Ends every login of somebody, who may log in again at once: of a computer left open, say. Links, codes and paired browsers end too.
    Returns how many logins that were. Raises PermissionDenied, Person.DoesNotExist."""
    access.require(by, Action.PERSON_CHANGE)
    with transaction.atomic():
        person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
        many, _each = models.Session.objects.filter(person=person).delete()
        accounts.end_logins(person, now=now)
        if by.pk != person.pk:
            accounts.warn(person, "logins_ended", by=by, now=now)
        audit.write("person.logins_ended", by=by, now=now, target=person, after={"logins": many})
    return many


class _LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens of one maker: nobody's link passes for another's. A link ends with the logins of the account."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)} {user.sessions}"

    def __init__(self, maker_id: int) -> None:
        super().__init__()
        self.key_salt = f"patrol.access.people.link {maker_id}"


_MAKER = re.compile("[0-9]{1,18}")  # longer ones are nobody's, and Python refuses to read thousands of digits


class _Links:
    """Tokens that name who made the link, `<id>-<token>`; 0 is the installation itself."""

    def make_token(self, person: models.Person, maker: models.Person | None) -> str:
        maker_id = maker.pk if maker else 0
        return f"{maker_id}-{_LinkTokens(maker_id).make_token(person)}"

    def check_token(self, person: models.Person, token: str | None) -> bool:
        maker, _sign, rest = (token or "").partition("-")
        return bool(_MAKER.fullmatch(maker)) and _LinkTokens(int(maker)).check_token(person, rest)

    def maker_id(self, token: str) -> int | None:
        """Of a token that was checked."""
        return int(token.partition("-")[0]) or None


links = _Links()


def _is_first(person: models.Person) -> bool:
    """Whether the account is of the installation itself, and nobody has changed it since."""
    return not models.Appointment.objects.filter(person=person, exempt=False).exists()


def password_set(*, person: models.Person, by: models.Person | None, link_by_id: int | None, now: datetime) -> None:
    """Writes down that a password was set: by its owner, who knew the old one (`by`), or through a link and by whom that was made.

    Every login and every paired browser ends, and passkeys open alone no more until they were shown behind it. Set through a link, what the
    account may approve waits for a second person again: whoever made the link could have used it. Must run inside the transaction that
    sets it.
    """
    accounts.end_logins(person, now=now)
    factors.behind_password(person)
    if by is None:
        duties.lay_down(models.Person.objects.select_for_update(no_key=True).get(pk=person.pk), now=now)
        person.refresh_from_db()
        maker = models.Person.objects.filter(pk=link_by_id).first() if link_by_id else None
        accounts.appoint(person, AppointmentKind.LINK, by=maker, now=now, exempt=maker is None and _is_first(person))
        linked_logins.take_away(person, by=None, now=now)  # whoever had the old password may have linked it
        accounts.warn(person, "password_set", by=None if link_by_id == person.pk else maker, now=now)
    else:
        accounts.warn(person, "password_changed", now=now)
    after = {} if by is not None else {"link_by": link_by_id}
    audit.write("person.password_set", by=by, now=now, target=person, after=after)
    log.info("person.password_set", extra={"account": person.pk, "link_by": link_by_id})


def _offices_locked() -> list[models.Office]:
    """All offices, held until the end of the transaction, one added meanwhile included.

    Two statements: the first waits for whoever changes or adds one, the second sees what that left.
    """
    list(models.Office.objects.select_for_update(no_key=True).order_by("id").values_list("pk"))
    return list(models.Office.objects.order_by("id"))


def _provinces_free(wanted: list[str], offices: list[models.Office], *, but: int | None) -> None:
    """Raises RefusedError where an active office has one of them already."""
    for other in offices:
        shared = sorted(set(wanted) & set(other.provinces)) if other.pk != but and other.active else []
        if shared:
            raise RefusedError(
                "office.province_taken",
                _("Province %(provinces)s is already protected by %(office)s."),
                "provinces",
                provinces=", ".join(by_code.TITLES.get(code, code) for code in shared),
                office=other.name,
            )


def _name_free(name: str, offices: list[models.Office], *, but: int | None) -> str:
    """The name itself. Raises RefusedError where it is empty or that of another office, closed ones included."""
    said = _required(name, "name")
    if any(other.name == said for other in offices if other.pk != but):
        raise RefusedError("office.name_taken", _("Another office has this name."), "name")
    return said


def _left_by_all(office: models.Office) -> None:
    """Raises RefusedError where somebody still works there or something is still watched for it, as a station that closes does."""
    left = {
        "people": models.Person.objects.filter(Q(office=office) | Q(own_office=office), is_active=True).count(),
        "watches": models.Watch.objects.filter(office=office).exclude(state=WatchState.PAUSED).count(),
    }
    if any(left.values()):
        text = _(
            "It cannot be closed yet. People who may log in: %(people)s; watches that are not paused: %(watches)s. Give them to another"
            " office first, or close the accounts and pause the watches."
        )
        raise RefusedError("office.not_empty", text, "active", **left)


def _no_zone() -> RefusedError:
    return RefusedError("office.zone", _("This time zone cannot be used."), "zone")


def add_office(
    *, code: str, name: str, short_name: str, provinces: list[str], zone: str, by: models.Person, now: datetime
) -> models.Office:
    """A new BP3MI; the directorate exists once, from the start. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.OFFICE_CHANGE)
    if not _CODE.fullmatch(code):
        raise RefusedError("office.code", _("3 to 50 lower-case letters, digits, hyphens; a letter first."), "code")
    fields: dict[str, Any] = {"short_name": _required(short_name, "short_name"), "provinces": provinces, "zone": zone}
    with transaction.atomic():
        offices = _offices_locked()
        fields["name"] = _name_free(name, offices, but=None)
        if any(code.upper() in {other.code.upper(), other.on_paper} for other in offices):
            raise RefusedError("office.code_taken", _("This code is taken."), "code")
        _provinces_free(provinces, offices, but=None)
        try:
            with transaction.atomic():
                office = models.Office.objects.create(code=code, kind=OfficeKind.BP3MI, **fields)
        except IntegrityError:
            raise _no_zone() from None
        audit.write("office.added", by=by, now=now, target=office, after={"code": code, **fields})
    return office


def signatories(office: models.Office) -> QuerySet[models.Person]:
    """Active supervisors, there or of the directorate, behind whose account a second person stands: they could sign its summaries."""
    there = Q(office=office) | Q(office__kind=OfficeKind.DIRECTORATE)
    return models.Person.objects.filter(there, role=Role.SUPERVISOR, is_active=True, approves=True)


def change_office(
    *,
    office_id: int,
    name: str,
    short_name: str,
    provinces: list[str],
    zone: str,
    active: bool,
    second_signatory_id: int | None,
    by: models.Person,
    now: datetime,
) -> models.Office:
    """Changes an office. A province belongs to one active office. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.OFFICE_CHANGE)
    with transaction.atomic():
        offices = _offices_locked()
        office = next((one for one in offices if one.pk == office_id), None)
        if office is None:
            raise models.Office.DoesNotExist(office_id)
        if office.kind == OfficeKind.DIRECTORATE and not active:
            raise RefusedError("office.directorate", _("The directorate is always active."), "active")
        if office.active and not active:
            _left_by_all(office)
        if active:
            _provinces_free(provinces, offices, but=office_id)
        if second_signatory_id is not None and not signatories(office).filter(pk=second_signatory_id).exists():
            text = _("Name a supervisor of the office or of the directorate who is active.")
            raise RefusedError("office.second_signatory", text, "second_signatory")
        fields: dict[str, Any] = {
            "name": _name_free(name, offices, but=office_id),
            "short_name": _required(short_name, "short_name"),
            "provinces": provinces,
            "zone": zone,
            "active": active,
            "second_signatory_id": second_signatory_id,
        }
        before = {key: getattr(office, key) for key in fields}
        try:
            with transaction.atomic():
                models.Office.objects.filter(pk=office_id).update(**fields)
        except IntegrityError:
            raise _no_zone() from None
        audit.write("office.changed", by=by, now=now, target=office, before=before, after=fields)
    office.refresh_from_db()
    return office

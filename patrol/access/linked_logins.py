"""Logins at a ministry's provider (OpenID Connect) that open accounts here (ADR 70).

An account is made here and linked by its owner, from within; what the provider says of anybody makes none and gives no right. A login is
known by issuer and subject, which the provider gives to nobody else: a name or a mail address may be another person's tomorrow.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, accounts, audit
from patrol.infra.refusals import RefusedError

ENDED: Final = _("Your own login here ended meanwhile, and nothing was linked. Begin again.")
HAS_ONE: Final = _("Your account has one already. Remove it first.")


def offered() -> str:
    """The provider's name as people know it, "" where this installation has none."""
    return str(settings.OIDC_NAME) if settings.OIDC_ISSUER else ""


def of(person: models.Person) -> models.LinkedLogin | None:
    """That of the provider of now. No query where there is none."""
    return models.LinkedLogin.objects.filter(person=person, issuer=settings.OIDC_ISSUER).first() if offered() else None


def opened(subject: str, *, now: datetime) -> models.Person | None:
    """Whose account this login of the provider opens."""
    found = models.LinkedLogin.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject, person__is_active=True)
    one = found.select_related("person__office").first()
    if one is None:
        return None
    models.LinkedLogin.objects.filter(pk=one.pk).update(used_at=now)
    person: models.Person = one.person
    return person


def link(*, subject: str, by: models.Person, now: datetime) -> None:
    """This login opens the account of `by` from now on. Raises RefusedError where either has another one, and where the login of `by` has
    ended since it was read: the provider was asked meanwhile, which takes seconds."""
    with transaction.atomic():
        locked = models.Person.objects.select_for_update(no_key=True).filter(pk=by.pk, is_active=True, sessions=by.sessions)
        if locked.first() is None:
            raise RefusedError("login.ended", ENDED)
        if of(by) is not None:
            raise RefusedError("login.linked", HAS_ONE)
        _one, new = models.LinkedLogin.objects.get_or_create(
            issuer=settings.OIDC_ISSUER, subject=subject, defaults={"person": by, "linked_at": now}
        )
        if not new:
            raise RefusedError("login.elsewhere", _("This login is linked to another account. An administrator takes it from there."))
        accounts.warn(by, "login_linked", now=now)
        audit.write("person.login_linked", by=by, now=now, target=by)


def unlink(*, by: models.Person, now: datetime) -> None:
    """It opens the account no more, and every login ends: one may have come by it. Raises RefusedError."""
    with transaction.atomic():
        models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not take_away(by, by=by, now=now):
            raise RefusedError("login.none", _("Nothing was changed: no login is linked to your account."))
        accounts.end_sessions(by)


def unlink_of(*, person_id: int, by: models.Person, now: datetime) -> None:
    """As `unlink`, of somebody else: their password and second factors stay, and what came of a login ends with it, paired browsers too.
    Raises RefusedError, PermissionDenied, Person.DoesNotExist."""
    access.require(by, Action.PERSON_CHANGE)
    with transaction.atomic():
        person = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
        if not take_away(person, by=by, now=now):
            raise RefusedError("login.none_of", _("Nothing was changed: no login is linked to this account."))
        accounts.end_logins(person, now=now)


def take_away(person: models.Person, *, by: models.Person | None, now: datetime) -> bool:
    """`take`, told to its owner and written down."""
    gone = take(person)
    if gone:
        accounts.warn(person, "login_unlinked", by=None if by == person else by, now=now)
        audit.write("person.login_unlinked", by=by, now=now, target=person)
    return gone


def take(person: models.Person) -> bool:
    """Takes away what is linked to an account, of earlier providers too, in the transaction of whoever asks. Returns whether there was
    any."""
    many, _each = models.LinkedLogin.objects.filter(person=person).delete()
    return bool(many)

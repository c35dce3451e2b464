"""The mail address of a member of staff: said by themselves, theirs once the code that was mailed to it is typed in.

Nobody learns here whose an address is: that another account has it is said to whoever holds the code alone. The log holds a mark of an
address, not the address.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, models
from patrol.access import Action, audit, ways
from patrol.access.ways import mark
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Letter

LONGEST: Final = 200
LIVES: Final = timedelta(minutes=30)
MOST_TRIES: Final = 5
RATE, BURST = 1 / 900, 3.0  # codes a second and at once: for one person, and to one address from all of them
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


def _code(row: models.AddressCode) -> str:
    """Eight digits."""
    made = salted_hmac("patrol.mail.code", f"{row.pk} {row.person_id} {row.address} {row.nonce}", algorithm="sha256").hexdigest()
    return f"{int(made, 16) % 10**8:08d}"


def waiting(person: models.Person, *, now: datetime) -> models.AddressCode | None:
    """The code that somebody may type in now."""
    found = models.AddressCode.objects.filter(person=person, expires_at__gt=now, tries__lt=MOST_TRIES)
    return found.exclude(address="").first()


def ask(*, address: str, by: models.Person, now: datetime) -> models.AddressCode:
    """Has a code mailed to an address. One that was asked for before ends. Raises RefusedError."""
    address = address.strip()
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise RefusedError("address.written", _("Write one whole mail address, with its @."), "address")
    if not mailing.configured():
        raise RefusedError("address.no_server", _("Nothing was changed: this installation has no mail server."), "address")
    for whose in (f"mail code of {by.pk}", f"mail code to {mark(address)}"):
        if seconds := pace.admits(whose, rate=RATE, burst=BURST):
            text = ngettext_lazy("Too often. Try again in %(minutes)s minute.", "Too often. Try again in %(minutes)s minutes.", "minutes")
            raise RefusedError("address.too_often", text, "address", minutes=max(1, round(seconds / 60)))
    with transaction.atomic():
        held = models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        models.AddressCode.objects.filter(person=by).exclude(address="").update(address="")
        made = models.AddressCode.objects.create(person=by, address=address, nonce=secrets.token_hex(16), expires_at=now + LIVES)
        if held.mail and held.mail.lower() != address.lower():
            mailing.ask("address_leaves", str(made.pk), person_id=by.pk, target={"mark": mark(held.mail)}, now=now)
        mailing.ask("address", str(made.pk), person_id=by.pk, target={"code": made.pk}, now=now)
        audit.write("person.mail_asked", by=by, now=now, target=by, after={"mark": mark(address)})
    return made


def letter(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """Written by the job: what is mailed to an address that is not confirmed yet."""
    row = models.AddressCode.objects.filter(pk=dispatch.target["code"], expires_at__gt=now).exclude(address="").first()
    if row is None:
        return None
    text = "{}\n\n{}\n".format(
        _("The code: %(code)s"),
        _(
            "Somebody with an account in SIPatrol said that this is their mail address. Whoever did types the code in under “Notices"
            " outside SIPatrol” within %(minutes)s minutes. Whoever did not need do nothing."
        ),
    )
    subject = str(_("Code for your mail address"))
    return Letter(subject, text % {"code": _code(row), "minutes": LIVES.seconds // 60}, to=row.address)


def leaving(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """Written by the job, to the address that is theirs still: an unlocked workstation is enough to ask for another."""
    if mark(dispatch.person.mail) != dispatch.target["mark"]:
        return None
    text = str(
        _(
            "Somebody logged in with your account in SIPatrol asked for a code for another mail address. Once it is typed in, notices"
            " go there and no longer here. Whoever did not ask changes their password and tells the directorate."
        )
    )
    return Letter(str(_("Another mail address for SIPatrol")), f"{text}\n")


def confirm(*, code: str, by: models.Person, now: datetime) -> models.Person:
    """The address is this person's from now on. Raises RefusedError."""
    taken = RefusedError("address.taken", _("Nothing was changed: another account has this address."), "code")
    try:
        with transaction.atomic():
            held = models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # before the code, as in `ask` and `clear`
            row = models.AddressCode.objects.select_for_update(no_key=True).filter(person=by).exclude(address="").first()
            lives = row is not None and row.expires_at > now and row.tries < MOST_TRIES
            right = row is not None and lives and constant_time_compare(_code(row), "".join(code.split()))
            if row is not None and right:
                models.Person.objects.filter(pk=by.pk).update(mail=row.address)
                models.AddressCode.objects.filter(pk=row.pk).update(address="")
                before, after = {"mark": mark(held.mail)}, {"mark": mark(row.address)}
                models.Notice.objects.create(kind="mail_changed", person=by, at=now)
                mailing.hurry([by.pk], models.Way.MAIL)
                audit.write("person.mail_confirmed", by=by, now=now, target=by, before=before, after=after)
            elif row is not None and lives:
                models.AddressCode.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    except IntegrityError:
        raise taken from None
    if not right:
        text = _("This code is wrong, or older than %(minutes)s minutes, or was tried too often.")
        raise RefusedError("address.code", text, "code", minutes=LIVES.seconds // 60)
    by.refresh_from_db(fields=["mail"])
    return by


def clear(*, person_id: int, by: models.Person, now: datetime) -> None:
    """Nothing is mailed to them any more, and a code that waits ends. By themselves, or by whoever changes people.

    Raises PermissionDenied."""
    if person_id != by.pk:
        access.require(by, Action.PERSON_CHANGE)
    with transaction.atomic():
        held = models.Person.objects.select_for_update(no_key=True).get(pk=person_id)
        ways.clear_mail(held, by=by, now=now)

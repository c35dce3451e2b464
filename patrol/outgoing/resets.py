"""A forgotten password: whoever confirmed a mail address gets a one-time link there.

The page answers the same for each name, in the same statements: it leaves a job with the account, or with nobody. What follows of it the
worker finds out.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import audit, people, sign_in
from patrol.infra import jobs, pace
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Letter

RATE: Final = 1 / 3600  # links a second to one account, and at once
BURST: Final = 3.0
SETTLED: Final = timedelta(days=7)  # an address confirmed later than that gets none


def offered() -> bool:
    """Whether this installation can mail a link: it has a mail server, and somebody said where people open it."""
    return mailing.configured() and bool(settings.SITE_URL)


def ask(username: str, *, now: datetime) -> None:
    """Somebody who is not logged in said that this is their name. Asked again before the worker came by, it is one job."""
    account = sign_in.account_key(username)
    jobs.add("forgotten", account, {"person": int(account) if account.isdecimal() else 0}, now=now)


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "forgotten". Raises JobLostError."""
    with transaction.atomic():
        person = models.Person.objects.filter(pk=job.target["person"], is_active=True).exclude(mail="").first()
        if (
            person is not None
            and offered()
            and _settled(person, now=now)
            and not pace.admits(f"forgotten {person.pk}", rate=RATE, burst=BURST)
        ):
            mailing.ask("password_link", uuid.uuid4().hex, person_id=person.pk, target={}, now=now)
            audit.write("person.reset_asked", by=None, now=now, target=person)
            people.link_made(person, by=None, now=now)  # once, however often its mail is tried
        jobs.finish(job, now=now)


def _settled(person: models.Person, *, now: datetime) -> bool:
    """Whether the address has been theirs for SETTLED: an open workstation is enough to confirm another one, and must not become a
    password. Its owner was told meanwhile, at the old address too."""
    confirmed = models.AuditEntry.objects.filter(target_type="person", target_id=str(person.pk), verb="person.mail_confirmed")
    return not confirmed.filter(at__gt=now - SETTLED).exists()


def letter(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """Written by the job that mails it. The link is made here: it stands in no row."""
    if not settings.SITE_URL:
        return None
    link = mailing.link(people.link_path(dispatch.person, dispatch.person))
    text = _(
        "Somebody asked for a new password for your account in SIPatrol. Whoever did opens this page within %(hours)s hours; it works once:"
    ) % {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    other = _("Whoever did not need do nothing: the old password stays as it is. Where such mails come again, tell an administrator.")
    return Letter(_("A new password"), f"{text}\n\n{link}\n\n{other}\n")

"""What happened to the ways into somebody's own account, told at once to their mail address and to their chat.

Whatever they chose to be told and whatever the hour: whoever should read it may not get in any more. Such a message says what happened
and when, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.infra import jobs
from patrol.models import Way
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Letter
from patrol.telling import bots, pairing

KIND: Final = "account"  # of settings.LETTERS
# Kinds of notices that are told so (access.accounts.warn), as the workbench words them too.
TOLD: Final[Mapping[str, Any]] = {
    "password_link": _("A link to set a new password was made for your account"),
    "password_set": _("Your password was set through a link; whoever did not do that tells the directorate"),
    "factor_added": _("A second factor was set up for your account; whoever did not do that tells the directorate"),
    "factors_reset": _("The second factor of your account was taken away, so that you can set up another one"),
    "factor_removed": _("A second factor of your account was removed; whoever did not do that tells the directorate"),
    "recovery_code_used": _("A recovery code of yours was used; whoever did not do that tells the directorate"),
    "password_known": _("Somebody had your password and showed a wrong second factor. Was it not you, change the password now"),
    "codes_made": _("New recovery codes were made for your account; whoever did not do that tells the directorate"),
    "password_changed": _("Your password was changed; whoever did not do that tells the directorate"),
    "login_linked": _("A login of your ministry's provider opens your account from now on; whoever did not do that tells the directorate"),
    "login_known": _(
        "Somebody logged in at your ministry's provider as you and showed a wrong second factor here. Was it not you, change the password"
        " there now"
    ),
    "login_unlinked": _("The login of your ministry's provider opens your account no more"),
    "new_browser": _(
        "Your account was opened in a browser that is new to it (%(note)s); whoever did not do that changes the password and tells the"
        " directorate"
    ),
    "login_held": _(
        "Passwords or codes were tried too often at your account, and whoever tries waits. Was it not you, tell an administrator"
    ),
    "logins_ended": _("%(by)s ended every login of your account; your password and second factors are as they were"),
}


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "account": one message for each way. Raises JobLostError."""
    with transaction.atomic():
        notice = models.Notice.objects.select_related("person").filter(pk=job.target["notice"], kind__in=TOLD).first()
        if notice is not None and notice.person is not None:
            for way in _ways(notice.person):
                mailing.ask(KIND, f"{notice.pk} {way}", person_id=notice.person.pk, target={"notice": notice.pk}, now=now, way=way)
        jobs.finish(job, now=now)


def _ways(person: models.Person) -> list[Way]:
    paired = pairing.of(person)
    there = {Way.MAIL: bool(person.mail) and mailing.configured(), Way.TELEGRAM: paired is not None and bots.usable(paired.bot)}
    return [way for way, reaches in there.items() if reaches]


def letter(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """Written by the job that sends it."""
    notice = models.Notice.objects.select_related("by").filter(pk=dispatch.target["notice"], kind__in=TOLD).first()
    if notice is None:
        return None
    person, site = dispatch.person, mailing.link(reverse("admin:index"))
    when = timezone.localtime(notice.at)
    lines = [
        f"SIPatrol, {person.office.short_name}",
        "",
        f"{TOLD[notice.kind] % {'note': notice.note, 'by': notice.by.name if notice.by else ''}}.",
        str(_("Account: %(name)s. When: %(when)s.") % {"name": person.username, "when": date_format(when, "j F Y H:i T")}),
        *(["", str(_("Open: %(site)s") % {"site": site})] if site else []),
        "",
    ]
    return Letter(str(_("SIPatrol: your account")), "\n".join(lines))

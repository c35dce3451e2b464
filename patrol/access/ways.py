"""The ways by which somebody is reached outside of the workbench, ended: their mail address, and their chat with a bot.

In the caller's transaction, with the person locked. The log holds a mark of an address, not the address, and no number of a chat.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import salted_hmac

from patrol import models
from patrol.access import audit


def mark(address: str) -> str:
    """Eight characters that tell two addresses apart in the log and give neither away; "" for none."""
    return salted_hmac("patrol.mail.mark", address.lower(), algorithm="sha256").hexdigest()[:8] if address else ""


def clear_mail(held: models.Person, *, by: models.Person, now: datetime) -> None:
    """Nothing is mailed to them any more, and a code that waits ends. `held`: as it is now."""
    models.AddressCode.objects.filter(person=held).exclude(address="").update(address="")
    if held.mail:
        models.Person.objects.filter(pk=held.pk).update(mail="")
        audit.write("person.mail_cleared", by=by, now=now, target=held, before={"mark": mark(held.mail)})


def end_pairing(pairing: models.Pairing, why: str, *, by: models.Person | None = None, now: datetime) -> None:
    """The number of the chat goes with it. Of several, all are locked before the first: the log is last."""
    if models.Pairing.objects.filter(pk=pairing.pk, ended_at=None).update(ended_at=now, why=why, chat=None, paired_at=None):
        audit.write("pairing.ended", by=by, now=now, target=pairing, after={"person": pairing.person_id, "why": why})

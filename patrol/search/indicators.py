"""Verbs on indicators: showing a value in full, and the list of contacts that are known to be good (ADR 27)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks, pairs
from patrol.domain import LAW_ZONE
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.pipeline import claiming

SHOWN_MINUTES: Final = 10  # that a value stays on the screen it was shown on
LONGEST: Final = timedelta(days=731)  # that a contact is trusted without being looked at again
CHECKED_AGAIN: Final = timedelta(days=90)  # posts so far back are judged anew, as after a new register


class Purpose(StrEnum):
    TRIAGE = "triage"
    REFERRAL = "referral"
    REQUEST = "request"  # of the police or a prosecutor, by letter
    QUALITY = "quality"


def _gone() -> RefusedError:
    return RefusedError("trust.gone", _("This proposal is approved or has ended already."))


def show(*, indicator_id: int, purpose: str, reference: str, by: models.Person, now: datetime) -> str:
    """The value in full, and the line that says who saw it and why. Raises RefusedError, PermissionDenied, DoesNotExist."""
    access.require(by, Action.CONTACT_SHOW)
    if purpose not in set(Purpose):
        raise RefusedError("contact.purpose", _("Choose the purpose."), "purpose")
    reference = " ".join(reference.split())[:100]
    if purpose == Purpose.REQUEST and not reference:
        raise RefusedError("contact.reference", _("Write the number of the letter that asks for it."), "reference")
    indicator = models.Indicator.objects.get(pk=indicator_id)
    if not looks.may_indicator(indicator, by):
        raise RefusedError("contact.of_others", _("Its value is for the office that handles it and the directorate."))
    with transaction.atomic():
        looks.log("indicator.shown", by=by, now=now, target=indicator, after={"purpose": purpose, "reference": reference})
    return indicator.value


def propose(*, indicator_id: int, known_as: str, reason: str, expires_on: date, by: models.Person, now: datetime) -> models.Trusted:
    """Puts a contact forward as known to be good; it counts once somebody else approved it. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.TRUST_PROPOSE)
    indicator = models.Indicator.objects.get(pk=indicator_id)
    if indicator.kind not in masks.CONTACTS:
        raise RefusedError("trust.no_contact", _("Only numbers, accounts, links, bank accounts and e-mail addresses can be trusted."))
    if known_as not in set(models.TrustedAs):
        raise RefusedError("trust.known_as", _("Choose whose it is."), "known_as")
    if len(reason.strip()) < 10:
        raise RefusedError("trust.reason", _("Write the reason and the proof: how it is known."), "reason")
    today = now.astimezone(LAW_ZONE).date()
    if not today < expires_on <= today + LONGEST:
        raise RefusedError("trust.expires_on", _("Until: from tomorrow to two years from now."), "expires_on")
    try:
        with transaction.atomic():
            # One that ran out no longer stands in the way.
            models.Trusted.objects.filter(indicator=indicator, ended_at=None, expires_on__lt=today).update(
                ended_at=now, ended_by=by, ended_why="-"
            )
            made = models.Trusted.objects.create(
                indicator=indicator, known_as=known_as, reason=reason.strip(), expires_on=expires_on, proposed_by=by, proposed_at=now
            )
            audit.write(
                "trusted.proposed",
                by=by,
                now=now,
                target=made,
                after={"indicator": indicator.pk, "known_as": known_as, "expires_on": expires_on.isoformat()},
            )
    except IntegrityError:
        raise RefusedError("trust.already", _("This contact is proposed or trusted already.")) from None
    return made


def waits_for(person: models.Person, now: datetime) -> QuerySet[models.Trusted]:
    """Proposals this person may approve; one whose last day is over is none."""
    if not access.may(person, Action.TRUST_APPROVE):
        return models.Trusted.objects.none()
    proposed = models.Trusted.objects.filter(approved_at=None, ended_at=None, expires_on__gte=now.astimezone(LAW_ZONE).date())
    return proposed.exclude(proposed_by=person.pk)


def approve(*, trusted_id: int, by: models.Person, now: datetime) -> int:
    """Makes a proposal count. Returns how many posts are judged anew. Raises RefusedError, PermissionDenied, DoesNotExist."""
    access.require(by, Action.TRUST_APPROVE)
    row = models.Trusted.objects.get(pk=trusted_id)
    if row.proposed_by_id == by.pk:
        raise RefusedError("trust.same_person", _("Who proposes does not approve. Ask somebody else."))
    pairs.require(row.proposed_by_id, by.pk, now=now)
    with transaction.atomic():
        open_yet = models.Trusted.objects.filter(pk=row.pk, approved_at=None, ended_at=None)
        if not open_yet.update(approved_by=by, approved_at=now):
            raise _gone()
        again = claiming.again(row.indicator_id, since=now - CHECKED_AGAIN)
        audit.write("trusted.approved", by=by, now=now, target=row, after={"indicator": row.indicator_id, "posts": again})
    return again


def end(*, trusted_id: int, why: str, by: models.Person, now: datetime) -> int:
    """Refuses a proposal or withdraws trust. Returns how many posts are judged anew. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.TRUST_PROPOSE)
    if len(why.strip()) < 5:
        raise RefusedError("trust.why", _("Write the reason."), "why")
    row = models.Trusted.objects.get(pk=trusted_id)
    with transaction.atomic():
        if not models.Trusted.objects.filter(pk=row.pk, ended_at=None).update(ended_by=by, ended_at=now, ended_why=why.strip()):
            raise _gone()
        counted = row.approved_at is not None
        again = claiming.again(row.indicator_id, since=now - CHECKED_AGAIN) if counted else 0
        audit.write(
            "trusted.ended", by=by, now=now, target=row, before={"approved": counted}, after={"indicator": row.indicator_id, "posts": again}
        )
    return again

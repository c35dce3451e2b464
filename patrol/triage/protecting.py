"""People harmed: who is marked so leaves the suspects' way and goes to the protection desk of the own office.

Only the own office and the directorate learn of it; for everybody else the flag is dismissed like any other.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from patrol import access, audit, models
from patrol.access import Action
from patrol.models import Outcome
from patrol.triage.reasons import ReasonMissingError, StaleError


def outcome_for(outcome: str, office_id: int, person: models.Person) -> str:
    """The outcome of a decision as this person may read it."""
    if outcome == Outcome.VICTIM and not access.may(person, Action.PROTECTION_VIEW, office_id=office_id):
        return Outcome.DISMISSED
    return outcome


def hand_to_desk(*, protection_id: int, handed_to: str, by: models.Person, now: datetime) -> models.Protection:
    """Notes the desk or hotline that looks after the person now. Raises ReasonMissingError, StaleError, PermissionDenied."""
    handed_to = " ".join(handed_to.split())[:200]
    if not handed_to:
        raise ReasonMissingError("handed_to")
    protection = models.Protection.objects.get(pk=protection_id)
    access.require(by, Action.PROTECTION_VIEW, office_id=protection.office_id)
    with transaction.atomic():
        handed = models.Protection.objects.filter(pk=protection_id, handed_at=None).update(
            handed_to=handed_to, handed_by=by, handed_at=now
        )
        protection.refresh_from_db()
        if not handed:
            raise StaleError(protection.handed_by, protection.handed_at, "handed_to_desk")
        audit.write("protection.handed", by=by, now=now, target=protection)
    return protection

"""The card of a case's referrals: what was asked of whom, and until when."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import coming_back, referral_page
from patrol.admin.shared import base
from patrol.domain.states import CaseState


def of(case: models.Case, person: models.Person) -> dict[str, Any]:
    """Two queries, three where something came back."""
    now = timezone.now()
    writes = access.may(person, Action.REFERRAL_WRITE, office_id=case.office_id) and case.state != CaseState.CLOSED
    return {
        "referrals": [referral_page.row_of(row, now) for row in case.referrals.order_by("-id")],
        "again": coming_back.of_case(case, person),
        "new_referral": base.here("patrol_referral_new", case.pk) if writes else "",
    }

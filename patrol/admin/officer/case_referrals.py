"""The card of a case's referrals: what was asked of whom, and until when."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import coming_back, referral_page
from patrol.admin.shared import base
from patrol.domain.states import CaseState


def read(case: models.Case) -> list[models.Referral]:
    """The newest first. One query."""
    return list(case.referrals.order_by("-id"))


def of(case: models.Case, person: models.Person, rows: list[models.Referral], *, most: int | None) -> dict[str, Any]:
    """`rows`: the case's referrals, as `read` gives them, of which `most` are shown. Two queries at most."""
    now = timezone.now()
    writes = access.may(person, Action.REFERRAL_WRITE, office_id=case.office_id) and case.state != CaseState.CLOSED
    return {
        "referrals": [referral_page.row_of(row, now) for row in rows[:most]],
        "referrals_count": len(rows),
        "again": coming_back.of_case(case, person) if rows else [],
        "new_referral": base.here("patrol_referral_new", case.pk) if writes else "",
    }

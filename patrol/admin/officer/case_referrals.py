"""The card of a case's referrals: what was asked of whom, and until when; with those of cases merged into it, which stay in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import coming_back, referral_page
from patrol.admin.shared import base
from patrol.domain.states import CaseState


def read(case: models.Case, also: Sequence[models.Case] = ()) -> list[models.Referral]:
    """The newest first. `also`: of the cases merged into it those that whoever looks sees. One query."""
    return list(models.Referral.objects.filter(case__in=[case, *also]).order_by("-id"))


def of(
    case: models.Case, person: models.Person, rows: list[models.Referral], also: Sequence[models.Case] = (), *, most: int | None
) -> dict[str, Any]:
    """`rows`: the referrals that `read` gives, of which `most` are shown. Two queries at most."""
    now = timezone.now()
    writes = access.may(person, Action.REFERRAL_WRITE, office_id=case.office_id) and case.state != CaseState.CLOSED
    numbers = {one.pk: one.number for one in also}
    return {
        "referrals": [{**referral_page.row_of(row, now), "of": numbers.get(row.case_id, "")} for row in rows[:most]],
        "referrals_count": len(rows),
        "again": coming_back.of_case(case, person, also) if rows else [],
        "to_cards": base.here("patrol_card_of_case", case.pk) if access.may(person, Action.CARD_VIEW, office_id=case.office_id) else "",
        "to_peers": base.here("patrol_peerexport_of_case", case.pk)
        if access.may(person, Action.PEER_ASK, office_id=case.office_id)
        else "",
        "new_referral": base.here("patrol_referral_new", case.pk) if writes else "",
    }

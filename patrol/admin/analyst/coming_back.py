"""What came back under another name, as the pages of a case and of a referral show it: each post with what ties it, and the two acts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import campaign_page
from patrol.admin.shared import base, words
from patrol.cases import coming_back
from patrol.domain.states import FlagState
from patrol.engine import masks

_KINDS: Final[dict[str, words.Badge]] = {
    **campaign_page.KINDS,
    coming_back.CAMPAIGN: words.Badge(pgettext_lazy("tie", "same campaign"), icon="hub"),
}


def of_case(case: models.Case, person: models.Person, also: Sequence[models.Case] = ()) -> list[dict[str, Any]]:
    """`also`: cases merged into it, whose referrals stay in them."""
    return _groups(Q(referral__case__in=[case, *also]), (case, *also), person)


def of_referral(referral: models.Referral, person: models.Person) -> list[dict[str, Any]]:
    return _groups(Q(referral=referral), (referral.case,), person)


def _groups(of: Q, cases: Sequence[models.Case], person: models.Person) -> list[dict[str, Any]]:
    """By referral. One query where nothing came back, else two."""
    found = coming_back.waiting(of).select_related("referral", "flag__post").order_by("referral", "pk")
    rows = list(found[: coming_back.SHOWN])
    offices = {case.pk: case.office_id for case in cases}
    wanted = {tie["what"] for row in rows for tie in row.ties if "what" in tie and tie["kind"] != coming_back.CAMPAIGN}
    known = list(models.Indicator.objects.filter(pk__in=wanted)) if wanted else []
    shown = dict(zip((one.pk for one in known), masks.values((one.kind, one.value, one.pk) for one in known), strict=True))
    return [
        {
            "number": referral.number,
            "link": base.here("patrol_referral_change", referral.pk),
            "rows": [_row(row, shown) for row in group],
            "may": (person.at_directorate or not referral.from_directorate)
            and access.may(person, Action.REFERRAL_WRITE, office_id=offices[referral.case_id]),
            "begin": base.here("patrol_referral_begin_again", referral.pk),
            "deny": base.here("patrol_referral_not_again", referral.pk),
        }
        for referral, group in groupby(rows, lambda row: row.referral)
    ]


def _row(row: models.ComeBack, shown: dict[int, str]) -> dict[str, Any]:
    flag = row.flag
    return {
        "id": row.pk,
        "gist": words.said(flag, "gist"),
        "number": flag.number,
        "link": base.here("patrol_flag_change", flag.pk),
        "platform": words.platform(flag.post.platform),
        "when": words.moment(flag.post.posted_at or flag.post.first_seen),
        "state": words.FLAG_STATES[flag.state],
        "ready": flag.state == FlagState.CONFIRMED,
        "ties": [_tie(tie, shown) for tie in row.ties],
    }


def _tie(tie: dict[str, Any], shown: dict[int, str]) -> dict[str, Any]:
    badge = _KINDS[tie["kind"]]
    what, campaign = tie.get("what"), tie["kind"] == coming_back.CAMPAIGN
    return {
        "icon": badge.icon,
        "title": badge.title,
        "value": "" if campaign else shown.get(what or 0, ""),
        "link": base.here(f"patrol_{'campaign' if campaign else 'indicator'}_change", what) if what else "",
    }

"""What one person does not decide alone goes to another: at the desk and in a campaign, as a bulk decision that waits."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models
from patrol.admin.shared import base
from patrol.domain import states
from patrol.triage import bulk


def propose(
    request: HttpRequest, flags: Sequence[models.Flag], *, outcome: str, reason: str, note: str, count: int, version: int | None = None
) -> bool:
    """So many posts at once wait for a second person, as a bulk of each office; says so. What is proposed already is not twice.
    `version`: of the one flag, as its page showed it. False where it is nothing to propose: nobody is marked as harmed in bulk."""
    if outcome not in bulk.OUTCOMES:
        text = _("Nothing was decided: %(count)s posts were joined here, too many to be one person's. Part them first.")
        base.say(request, text % {"count": count}, problem=True)
        return False
    by, now = base.who(request), timezone.now()
    waiting = models.BulkEntry.objects.filter(flag__in=flags, bulk__state=states.BulkState.PROPOSED)
    if (known := waiting.select_related("bulk").first()) is not None:
        text = _("Nothing was decided: %(number)s holds these posts already and waits for a second person.")
        base.say(request, text % {"number": known.bulk.number}, problem=True)
        return True
    rows: dict[int, dict[str, models.Flag]] = {}
    for flag in flags:
        rows.setdefault(flag.office_id, {}).setdefault(flag.row_key, flag)
    numbers = []
    for of_office in rows.values():
        made = bulk.begin(
            rows=[(one.pk, one.version if version is None else version) for one in of_office.values()],
            outcome=outcome,
            reason=reason,
            note=note,
            by=by,
            now=now,
        )
        numbers.append(made.number)
    text = _("%(count)s posts at once take a second person: proposed as %(number)s. Nothing is decided until somebody agrees.")
    base.say(request, text % {"count": count, "number": ", ".join(numbers)})
    return True

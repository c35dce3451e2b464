"""The short links of a post: where each leads, or why nobody knows; contacts cut where this person may not see them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models
from patrol.admin.shared import words
from patrol.domain import ClaimKind
from patrol.domain.short_links import ShortLinkOutcome as Outcome
from patrol.engine import masks
from patrol.preserving import profiles

_OUTCOMES: Final[dict[str, Any]] = {
    Outcome.NO_REDIRECT: gettext_lazy("Its service showed a page of its own and led nowhere."),
    Outcome.GONE: gettext_lazy("Its service says that there is no such link."),
    Outcome.LOGIN_WALL: gettext_lazy("Its service asks for a login or a password. None was given."),
    Outcome.REFUSED: gettext_lazy("It was not opened to its end."),
    Outcome.TOO_MANY_HOPS: gettext_lazy("One short link led to the next, without an end."),
    Outcome.NO_ANSWER: gettext_lazy("Its service did not answer."),
    Outcome.SPARED: gettext_lazy("It is not opened: it stands in a post of somebody who is protected."),
}


def rows(version_id: int, *, shown: bool) -> list[dict[str, Any]]:
    """One query."""
    found = models.ShortLink.objects.filter(uses__version=version_id).select_related("capture").order_by("pk")
    return [_row(one, shown=shown) for one in found.defer("capture__headers", "capture__request_headers", "capture__hops")]


def _row(one: models.ShortLink, *, shown: bool) -> dict[str, Any]:
    numbers = [c["value"] for c in profiles.read("", "", [one.leads_to]) if c["kind"] == ClaimKind.PHONE] if one.leads_to else []
    return {
        "address": masks.turning_shown(one.address if shown else masks.link(one.address)),
        "leads_to": masks.turning_shown(one.leads_to if shown else masks.link(one.leads_to)),
        "numbers": [number if shown else masks.phone(number) for number in dict.fromkeys(numbers)],
        "when": words.moment(one.opened_at) if one.opened_at else "",
        "told": _OUTCOMES.get(one.outcome, "") if one.outcome else _waits(one),
        "problem": words.problem(one.problem),
        "sha256": one.capture.sha256 if one.capture else "",
    }


def _waits(one: models.ShortLink) -> str:
    if not settings.SHORT_LINKS_A_DAY:
        return _("It has not been opened: opening short links is turned off here.")
    if not one.may_open:
        return _("It is not opened: it did not come by a way anybody could see, or stands in a text that only reports, warns or asks.")
    return _("It has not been opened yet.")

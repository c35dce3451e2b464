"""Beside each outcome of the desk: what of this post each of its reasons rests on, and what follows from the outcome.

A help to read, no proposal: nothing is chosen by it, and a reason nothing rests on can be given all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.words import Title
from patrol.domain import CLEARED, Kind, TextKind, Verdict
from patrol.models import Outcome

# What the verbs do (triage.decide, cases.filing), in one or two short sentences.
FOLLOWS: Final[dict[str, Title]] = {
    Outcome.CONFIRMED: gettext_lazy(
        "The flag is confirmed and counts in the weekly summary. Other posts with its contacts show that. It can go into a case. "
        "Nothing is sent out."
    ),
    Outcome.DISMISSED: gettext_lazy(
        "The flag leaves the queue and is no longer raised for this post, unless its check turns worse or a new contact appears in it."
    ),
    Outcome.NEEDS_INFORMATION: gettext_lazy("The flag stays in the queue, marked so. Nobody is asked by the system: ask yourself."),
    Outcome.VICTIM: gettext_lazy(
        "The flag leaves the queue and goes on under Protection, where a button on its page leads. Other offices see it as dismissed; the "
        "contacts stay masked and are shown for a purpose only."
    ),
}

# Rules whose kind does not tell which reason they speak for. Fraud, phishing and impersonation do (`_BY_KIND`).
_BY_RULE: Final = {
    "licence_verdict": "licence",
    "domestic_work_closed_country": "licence",
    "agency_name_misused": "impersonation",
    "irregular_route": "route",
    "visit_visa": "route",
}
_BY_KIND: Final = {Kind.FRAUD: "fraud", Kind.PHISHING: "fraud", Kind.IMPERSONATION: "impersonation"}
# They say that nobody with a licence stands behind the offer: so they speak for that reason, but where the register covers it or was not
# there to be asked.
_UNCOVERED: Final = ("bypass_office", "scam_compound_job")
_NOT_FOR_WORK: Final = frozenset(("visa", "route"))  # of a compound's signs those the route is about
_ASKS_AGENCY: Final = ("agency_name_misused", "bypass_office", "near_copy")  # where the post names one
_ASKS_REGISTER: Final = (Verdict.LICENCE_NOT_FOUND, Verdict.AGENCY_NOT_FOUND, Verdict.CANNOT_CHECK)
_READS_AS: Final = {TextKind.WARNING: "warning", TextKind.NEWS: "news", TextKind.PLEA: "plea"}


def rests(check: models.LicenceCheck, findings: Sequence[models.Finding]) -> dict[str, dict[str, str]]:
    """outcome -> reason -> what it rests on, in words; findings by the number they stand under. No query."""
    numbers: dict[str, list[int]] = defaultdict(list)
    asked: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(findings, 1):
        if one.points > 0 and one.kinds:
            for reason in dict.fromkeys(_reasons(one, check)):
                numbers[reason].append(number)
        if one.rule in _ASKS_AGENCY and (check.agency or one.rule != "bypass_office"):
            asked["agency"].append(number)
    if len(numbers) > 1:
        numbers["several"] = sorted({number for some in numbers.values() for number in some})
    reads_as = _READS_AS.get(TextKind(check.reading.text_kind))
    cleared = check.verdict in CLEARED and check.contact_own is not False
    dismissed = {
        "not_overseas": _("licence check") if check.verdict == Verdict.NOT_AN_OFFER and not reads_as else "",
        "lawful": _("licence check") if cleared and check.verdict == Verdict.LICENSED else "",
        "exempt": _("licence check") if check.verdict == Verdict.EXEMPT else "",
        "warning": str(words.READS_AS[reads_as]) if reads_as else "",
    }
    return {
        Outcome.CONFIRMED: {reason: _told(some) for reason, some in numbers.items()},
        Outcome.DISMISSED: dismissed,
        Outcome.NEEDS_INFORMATION: {
            **{reason: _told(some) for reason, some in asked.items()},
            "register": _("licence check") if check.verdict in _ASKS_REGISTER else "",
        },
        Outcome.VICTIM: {"asks": str(words.READS_AS["plea"]) if reads_as == "plea" else ""},
    }


def _reasons(finding: models.Finding, check: models.LicenceCheck) -> list[str]:
    by_kind = [_BY_KIND[Kind(kind)] for kind in finding.kinds if kind in _BY_KIND]
    by_rule = [_BY_RULE[finding.rule]] if finding.rule in _BY_RULE else []
    if finding.rule in _UNCOVERED and check.verdict not in (*CLEARED, Verdict.CANNOT_CHECK):
        by_rule.append("licence")
    if finding.rule == "scam_compound_job" and not _NOT_FOR_WORK.isdisjoint(finding.parameters.get("signs", "").split(",")):
        by_rule.append("route")
    return by_rule + by_kind


def _told(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return ngettext("reason %(numbers)s", "reasons %(numbers)s", len(numbers)) % {"numbers": listed}

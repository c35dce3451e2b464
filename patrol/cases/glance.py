"""What a case says of itself in one glance: what it is about, what is proved, what is missing, what is out and what came back.

Each part is a list of small functions, each giving no line, one or several; whoever knows more of a case adds a function to its part.
A line says what the database holds and no more: what was not counted is not said to be none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, models
from patrol.access import Action
from patrol.domain.states import CampaignState, CaseState, ErasedState, FlagState
from patrol.engine import masks
from patrol.models import CaseEventKind, CaseKind
from patrol.triage import protecting

MOST_CAMPAIGNS: Final = 3
MOST_INDICATORS: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    text: str  # masked
    leads: tuple[str, int] | None = None  # a campaign or an indicator, by its key


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the flags in a case: `copied` have a copy of their page that is still there."""

    flags: int
    confirmed: int
    copied: int


class Asked:
    """The case and who looks at it, with what several lines need, counted once."""

    def __init__(self, case: models.Case, person: models.Person) -> None:
        self.case = case
        self.person = person

    @cached_property
    def counts(self) -> Counts:
        gone = models.ErasedFile.objects.filter(sha256=OuterRef("sha256"), state__in=(ErasedState.DUE, ErasedState.REMOVED))
        copies = models.Capture.objects.filter(~Exists(gone), post=OuterRef("flag__post"), kind__in=("page", "screenshot"))
        counted = self.case.entries.annotate(copied=Exists(copies)).aggregate(
            flags=Count("pk"),
            confirmed=Count("pk", filter=Q(flag__state=FlagState.CONFIRMED)),
            with_copy=Count("pk", filter=Q(copied=True)),
        )
        return Counts(counted["flags"], counted["confirmed"], counted["with_copy"])


type Says = Callable[[Asked], list[Line]]


def campaigns(asked: Asked) -> list[Line]:
    """Those its posts belong to, the one with most of them first. One query."""
    posts = Count("members", filter=Q(members__post__flag__case_entry__case=asked.case))
    found = models.Campaign.objects.filter(members__post__flag__case_entry__case=asked.case).exclude(state=CampaignState.DISSOLVED)
    rows = found.annotate(many=posts).order_by("-many", "pk")[: MOST_CAMPAIGNS + 1]
    lines = [
        Line(
            ngettext("Campaign %(name)s: %(count)s post of the case", "Campaign %(name)s: %(count)s posts of the case", row.many)
            % {"name": masks.text(f"{row.number} {row.name}".strip()), "count": row.many},
            ("campaign", row.pk),
        )
        for row in rows
    ]
    return _cut(lines, MOST_CAMPAIGNS, _("and more campaigns"))


def indicators(asked: Asked) -> list[Line]:
    """What stands in several of its posts: what of one can be asked of all. One query."""
    seen = models.Sighting.objects.filter(post__flag__case_entry__case=asked.case).values(
        "indicator", "indicator__kind", "indicator__value"
    )
    rows = list(seen.annotate(many=Count("post", distinct=True)).filter(many__gt=1).order_by("-many", "indicator")[: MOST_INDICATORS + 1])
    shown = masks.values((row["indicator__kind"], row["indicator__value"], row["indicator"]) for row in rows)
    lines = [
        Line(_("%(value)s in %(count)s posts") % {"value": value, "count": row["many"]}, ("indicator", row["indicator"]))
        for value, row in zip(shown, rows, strict=True)
    ]
    return _cut(lines, MOST_INDICATORS, _("and more that stands in several posts"))


def harmed(asked: Asked) -> list[Line]:
    """Those marked as harmed at its posts, as far as this person may know. Nothing is said where that is nobody. One query."""
    if not access.may(asked.person, Action.PROTECTION_VIEW):
        return []
    marked = models.Protection.objects.filter(flag__case_entry__case=asked.case)
    many = protecting.first_of_rows(access.scope(asked.person, Action.PROTECTION_VIEW, marked)).count()
    text = ngettext("%(count)s person marked as harmed", "%(count)s people marked as harmed", many)
    return [Line(text % {"count": many})] if many else []


def confirmed(asked: Asked) -> list[Line]:
    many, all_of_them = asked.counts.confirmed, asked.counts.flags
    return [Line(_("%(count)s of %(all)s flags confirmed") % {"count": many, "all": all_of_them})] if many else []


def copied(asked: Asked) -> list[Line]:
    """That there are copies, not that they are whole: nothing keeps when they were last checked."""
    many, all_of_them = asked.counts.copied, asked.counts.flags
    return [Line(_("Page or screenshot kept of %(count)s of %(all)s posts") % {"count": many, "all": all_of_them})] if many else []


def no_flags(asked: Asked) -> list[Line]:
    return [] if asked.counts.flags else [Line(_("No flag is in it"))]


def unconfirmed(asked: Asked) -> list[Line]:
    many = asked.counts.flags - asked.counts.confirmed
    return [Line(ngettext("%(count)s flag is not confirmed", "%(count)s flags are not confirmed", many) % {"count": many})] if many else []


def no_copy(asked: Asked) -> list[Line]:
    many = asked.counts.flags - asked.counts.copied
    text = ngettext("%(count)s post without a kept page or screenshot", "%(count)s posts without a kept page or screenshot", many)
    return [Line(text % {"count": many})] if many else []


def nobody(asked: Asked) -> list[Line]:
    missing = asked.case.responsible_id is None and asked.case.state != CaseState.CLOSED
    return [Line(_("Nobody is responsible"))] if missing else []


def no_kind(asked: Asked) -> list[Line]:
    """A case begins as "other": that is missing until somebody chose it. One query, of such a case alone."""
    if asked.case.kind != CaseKind.OTHER or asked.case.events.filter(kind=CaseEventKind.KIND_SET).exists():
        return []
    return [Line(_("Nobody has said what it is about"))]


# Title, sign and what is asked, in the order of the page; a part that says nothing is left out.
PARTS: Final[Mapping[str, tuple[object, str, tuple[Says, ...]]]] = MappingProxyType(
    {
        "about": (gettext_lazy("About this case"), "info", (campaigns, indicators, harmed)),
        "proved": (gettext_lazy("What is proved"), "verified", (confirmed, copied)),
        "missing": (gettext_lazy("What is missing"), "rule", (no_flags, unconfirmed, no_copy, nobody, no_kind)),
        "out": (gettext_lazy("What is out"), "north_east", ()),
        "back": (gettext_lazy("What came back"), "undo", ()),
    }
)


def of(case: models.Case, person: models.Person) -> dict[str, list[Line]]:
    """The lines of each part that says something. At most five queries, however large the case is."""
    asked = Asked(case, person)
    said = {part: [line for says in functions for line in says(asked)] for part, (_title, _icon, functions) in PARTS.items()}
    return {part: lines for part, lines in said.items() if lines}


def _cut(lines: list[Line], most: int, more: str) -> list[Line]:
    return [*lines[:most], Line(more)] if len(lines) > most else lines

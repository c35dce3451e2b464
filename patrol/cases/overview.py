"""What a case says of itself in one glance: what it is about, what is proved, what is missing, what is out and what came back.

Each part is a list of small functions, each giving no line, one or several; whoever knows more of a case adds a function to its part.
A line says what the database holds and no more: what was not counted is not said to be none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final

from django.db import connection
from django.db.models import Count, Q
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.cases import coming_back
from patrol.cases.channels import CHANNELS
from patrol.domain.states import ANSWERED, UNSENT, CampaignState, CaseState, ReferralState
from patrol.engine import masks
from patrol.models import CaseEventKind, CaseKind
from patrol.triage import protecting

MOST_CAMPAIGNS: Final = 3
MOST_INDICATORS: Final = 6
MOST_REFERRALS: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    text: str  # masked
    leads: tuple[str, int] | None = None  # a campaign, an indicator or a referral, by its key
    referral: models.Referral | None = None  # whose clock or state stands beside it


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the case: its flags, their links, and the pages and screenshots kept of their posts and still there.

    `covered` copies were looked at: by the last check of all preserved files, for which they were received in time, or in the night;
    `broken` are those the later look found so. `looked_from` and `looked_to`: the first and the last of these looks. `elsewhere`: faults
    that the check of all, at `checked_at`, found in no copy at all.
    """

    flags: int
    confirmed: int
    links: int
    gone: int
    posts: int  # that have a copy
    copies: int
    covered: int
    broken: int
    looked_from: datetime | None
    looked_to: datetime | None
    checked_at: datetime | None
    elsewhere: int


_COUNTS: Final = """
WITH of_case AS (
        SELECT f.state, f.post_id, p.gone_at IS NOT NULL AS gone, p.url ~ '^https?://' AS opens
        FROM patrol_caseflag e JOIN patrol_flag f ON f.id = e.flag_id JOIN patrol_post p ON p.id = f.post_id WHERE e.case_id = %(case)s),
    flags AS (
        SELECT count(*) AS many, count(*) FILTER (WHERE state = 'confirmed') AS confirmed, count(*) FILTER (WHERE opens) AS links,
            count(*) FILTER (WHERE opens AND gone) AS gone
        FROM of_case),
    last AS (SELECT id, covers, ended_at, elsewhere FROM patrol_verification ORDER BY id DESC LIMIT 1),
    kept AS (
        SELECT c.id, c.post_id, n.checked_at AS by_night, n.whole, b.id IS NOT NULL AS broken,
            CASE WHEN c.received_at < l.covers OR b.id IS NOT NULL THEN l.ended_at END AS with_all
        FROM of_case o JOIN patrol_capture c ON c.post_id = o.post_id AND c.kind IN ('page', 'screenshot')
        LEFT JOIN patrol_copycheck n ON n.capture_id = c.id LEFT JOIN last l ON true
        LEFT JOIN patrol_brokencapture b ON b.verification_id = l.id AND b.capture_id = c.id
        WHERE NOT EXISTS (SELECT FROM patrol_erasedfile x WHERE x.sha256 = c.sha256 AND x.state IN ('due', 'removed')))
SELECT max(s.many), max(s.confirmed), max(s.links), max(s.gone), count(DISTINCT k.post_id), count(k.id),
    count(GREATEST(k.by_night, k.with_all)),
    count(k.id) FILTER (WHERE CASE WHEN k.by_night > k.with_all OR k.with_all IS NULL THEN NOT k.whole ELSE k.broken END),
    min(GREATEST(k.by_night, k.with_all)), max(GREATEST(k.by_night, k.with_all)), max(l.ended_at), COALESCE(max(l.elsewhere), 0)
FROM flags s LEFT JOIN last l ON true LEFT JOIN kept k ON true
"""


class Asked:
    """The case and who looks at it, with what several lines need, read once. A page that has read it already gives it.

    `referrals` are all of the case; `again`: how many posts came back under another name.
    """

    def __init__(
        self,
        case: models.Case,
        person: models.Person,
        *,
        kind_set: bool | None = None,
        referrals: Sequence[models.Referral] | None = None,
        again: int | None = None,
    ) -> None:
        self.case = case
        self.person = person
        self.referrals = list(case.referrals.order_by("-id")) if referrals is None else referrals
        self.again = coming_back.waiting(Q(referral__case=case)).count() if again is None else again
        self._kind_set = kind_set

    @cached_property
    def kind_set(self) -> bool:
        known = self._kind_set
        return self.case.events.filter(kind=CaseEventKind.KIND_SET).exists() if known is None else known

    @cached_property
    def counts(self) -> Counts:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, {"case": self.case.pk})
            return Counts(*cursor.fetchone())


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
    many, all_of_them = asked.counts.posts, asked.counts.flags
    return [Line(_("Page or screenshot kept of %(count)s of %(all)s posts") % {"count": many, "all": all_of_them})] if many else []


def intact(asked: Asked) -> list[Line]:
    """What the last looks at the copies saw, and how many nobody has looked at yet."""
    counts, lines = asked.counts, list[Line]()
    whole, later = counts.covered - counts.broken, counts.copies - counts.covered
    if whole > 0:
        text = ngettext("%(count)s copy, intact by the check of %(day)s", "%(count)s copies, intact by the check of %(day)s", whole)
        lines.append(Line(text % {"count": whole, "day": _looked(counts)}))
    if later > 0:
        text = ngettext("%(count)s copy not checked yet", "%(count)s copies not checked yet", later)
        lines.append(Line(text % {"count": later}))
    return lines


def broken(asked: Asked) -> list[Line]:
    counts, lines = asked.counts, list[Line]()
    if counts.broken:
        text = ngettext("%(count)s copy broken by the check of %(day)s", "%(count)s copies broken by the check of %(day)s", counts.broken)
        lines.append(Line(text % {"count": counts.broken, "day": _looked(counts)}))
    if counts.elsewhere and counts.copies and counts.checked_at is not None:
        day = {"day": _moment(counts.checked_at)}
        lines.append(Line(_("The check of %(day)s found faults outside the copies: ask the administrator") % day))
    return lines


def _looked(counts: Counts) -> str:
    """When the copies were looked at; where not in one go, the earliest of their looks."""
    assert counts.looked_from is not None
    day = _moment(counts.looked_from)
    return day if counts.looked_from == counts.looked_to else _("%(day)s or later") % {"day": day}


def uncorrected(asked: Asked) -> list[Line]:
    """Corrections of what was sent that are not out."""
    waiting = [one for one in asked.referrals if one.corrects_id is not None and one.state in UNSENT]
    return [Line(_("%(number)s, a correction, is not out yet") % {"number": one.number}, ("referral", one.pk)) for one in waiting]


def no_flags(asked: Asked) -> list[Line]:
    """Those of a merged case went over with it."""
    return [] if asked.counts.flags or asked.case.merged_into_id else [Line(_("No flag is in it"))]


def unconfirmed(asked: Asked) -> list[Line]:
    many = asked.counts.flags - asked.counts.confirmed
    return [Line(ngettext("%(count)s flag is not confirmed", "%(count)s flags are not confirmed", many) % {"count": many})] if many else []


def no_copy(asked: Asked) -> list[Line]:
    many = asked.counts.flags - asked.counts.posts
    text = ngettext("%(count)s post without a kept page or screenshot", "%(count)s posts without a kept page or screenshot", many)
    return [Line(text % {"count": many})] if many else []


def nobody(asked: Asked) -> list[Line]:
    missing = asked.case.responsible_id is None and asked.case.state != CaseState.CLOSED
    return [Line(_("Nobody is responsible"))] if missing else []


def no_kind(asked: Asked) -> list[Line]:
    """A case begins as "other": that is missing until somebody chose it."""
    if asked.case.kind != CaseKind.OTHER or asked.kind_set or asked.case.merged_into_id:
        return []
    return [Line(_("Nobody has said what it is about"))]


def out(asked: Asked) -> list[Line]:
    """What was sent and is waited for, with the end of their time."""
    rows = [one for one in asked.referrals if one.state in {ReferralState.SENT, ReferralState.RECEIVED, ReferralState.CONTACT_FAILED}]
    lines = []
    for one in rows:
        said = {"number": one.number, "whom": _whom(one), "when": _moment(one.due_at)}
        text = (
            _("%(number)s did not reach %(whom)s")
            if one.state == ReferralState.CONTACT_FAILED
            else _("%(number)s to %(whom)s, their time ends %(when)s")
        )
        lines.append(Line(text % said, ("referral", one.pk), one))
    return _cut(lines, MOST_REFERRALS, _("and more referrals"))


def answers(asked: Asked) -> list[Line]:
    rows = [one for one in asked.referrals if one.state in {*ANSWERED, ReferralState.NO_RESPONSE}]
    lines = [Line(f"{one.number}, {_whom(one)}", ("referral", one.pk), one) for one in rows]
    return _cut(lines, MOST_REFERRALS, _("and more referrals"))


def gone(asked: Asked) -> list[Line]:
    """Links that were told as down: by two looks in a row, or by whoever fetches the post."""
    many, links = asked.counts.gone, asked.counts.links
    return [Line(_("%(count)s of %(all)s links told as down") % {"count": many, "all": links})] if many else []


def again(asked: Asked) -> list[Line]:
    text = ngettext("%(count)s post came back under another name", "%(count)s posts came back under another name", asked.again)
    return [Line(text % {"count": asked.again})] if asked.again else []


def _whom(referral: models.Referral) -> str:
    channel = CHANNELS.get(referral.channel)
    name = (channel.name.en if (get_language() or "").startswith("en") else channel.name.id) if channel else referral.channel
    return masks.text(referral.target) or name


def _moment(at: datetime | None) -> str:
    """In the zone of the person's office."""
    clock = "H:i" if (get_language() or "").startswith("en") else "H.i"
    return formats.date_format(timezone.localtime(at), f"j M Y {clock}") if at else ""


# Title, sign and what is asked, in the order of the page; a part that says nothing is left out.
PARTS: Final[Mapping[str, tuple[object, str, tuple[Says, ...]]]] = MappingProxyType(
    {
        "about": (gettext_lazy("About this case"), "info", (campaigns, indicators, harmed)),
        "proved": (gettext_lazy("What is there"), "verified", (confirmed, copied, intact)),
        "missing": (gettext_lazy("What is missing"), "rule", (uncorrected, no_flags, unconfirmed, no_copy, broken, nobody, no_kind)),
        "out": (gettext_lazy("What is out"), "north_east", (out,)),
        "back": (gettext_lazy("What came back"), "undo", (answers, gone, again)),
    }
)


def of(asked: Asked) -> dict[str, list[Line]]:
    """The lines of each part that says something. Four queries beside what `asked` was given, however large the case is."""
    said = {part: [line for says in functions for line in says(asked)] for part, (_title, _icon, functions) in PARTS.items()}
    return {part: lines for part, lines in said.items() if lines}


def _cut(lines: list[Line], most: int, more: str) -> list[Line]:
    return [*lines[:most], Line(more)] if len(lines) > most else lines

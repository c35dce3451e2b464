"""What stands on the page of a campaign: when, where, in which words, tied by what. Contacts are masked for everybody."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db import connection
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext_lazy

from patrol import access, campaigns, domain, models
from patrol.access import Action
from patrol.admin.officer import queue
from patrol.admin.shared import base, drawn, post_rows, unread, web_of_ties, words
from patrol.campaigns import deciding, judging, proposing
from patrol.cases.peers import requests
from patrol.domain import TieKind, states
from patrol.domain.states import CampaignState, TieState
from patrol.engine import masks
from patrol.engine.linking import slots
from patrol.engine.reading import titles
from patrol.infra import prepared

MOST_POSTS: Final = 500  # drawn, those that came last
LISTED_POSTS, LISTED_TIES, LISTED_EVENTS = 60, 200, 15
WAITING: Final = 9  # kinds of ties with a key of their own
_COMPARED: Final = 12  # things of one kind, and posts of one thing, that are listed
_FILLS: Final = 6  # of a slot, beneath the pointer; all of them stand in the table
_TWINS: Final = 24  # ties by a picture whose two pictures are shown beside each other
WIDTH, HEIGHT = 508, 376
MANY_NODES: Final = 80  # of more, their labels are left out
_STRIP, _STRIP_HEIGHT = 1080, 74

MERGER: Final = "merger"  # of the words for a state: the elder of two that may be one, where this person may say so
NARROWED: Final[dict[str, words.Title]] = {MERGER: gettext_lazy("May belong together")}  # the list, beside the states
STATES: Final = {
    CampaignState.PROPOSED: words.Badge(pgettext_lazy("campaign", "Proposed"), "med", "hub"),
    CampaignState.CONFIRMED: words.Badge(pgettext_lazy("campaign", "Confirmed"), "plain", "check"),
    CampaignState.DISSOLVED: words.Badge(pgettext_lazy("campaign", "Dissolved"), "plain", "link_off"),
}
TIE_STATES: Final = {
    TieState.PROPOSED: gettext_lazy("proposed"),
    TieState.CONFIRMED: gettext_lazy("confirmed"),
    TieState.CUT: gettext_lazy("cut"),
}
KINDS: Final[dict[str, words.Badge]] = {
    TieKind.PHONE: words.Badge(pgettext_lazy("tie", "same number"), icon="call"),
    TieKind.BANK_ACCOUNT: words.Badge(pgettext_lazy("tie", "same bank account"), icon="account_balance"),
    TieKind.ACCOUNT: words.Badge(pgettext_lazy("tie", "same account"), icon="alternate_email"),
    TieKind.LINK: words.Badge(pgettext_lazy("tie", "same link"), icon="link"),
    TieKind.PICTURE: words.Badge(pgettext_lazy("tie", "same picture"), icon="image"),
    TieKind.TEXT: words.Badge(pgettext_lazy("tie", "nearly the same text"), icon="article"),
    TieKind.AUTHOR: words.Badge(pgettext_lazy("tie", "same author"), icon="person"),
    TieKind.HANDLE: words.Badge(pgettext_lazy("tie", "same name on another platform"), icon="badge"),
    TieKind.EMAIL: words.Badge(pgettext_lazy("tie", "same e-mail address"), icon="mail"),
}
# How many things of a kind tie, behind "posts tied by".
COUNTED: Final[dict[str, Any]] = {
    TieKind.PHONE: ngettext_lazy("%(count)s number", "%(count)s numbers", "count"),
    TieKind.BANK_ACCOUNT: ngettext_lazy("%(count)s bank account", "%(count)s bank accounts", "count"),
    TieKind.ACCOUNT: ngettext_lazy("%(count)s account", "%(count)s accounts", "count"),
    TieKind.LINK: ngettext_lazy("%(count)s link", "%(count)s links", "count"),
    TieKind.PICTURE: ngettext_lazy("%(count)s picture", "%(count)s pictures", "count"),
    TieKind.AUTHOR: ngettext_lazy("%(count)s author", "%(count)s authors", "count"),
    TieKind.HANDLE: ngettext_lazy("%(count)s name on several platforms", "%(count)s names on several platforms", "count"),
    TieKind.EMAIL: ngettext_lazy("%(count)s e-mail address", "%(count)s e-mail addresses", "count"),
}
EVENTS: Final = {
    "proposed": pgettext_lazy("campaign", "Proposed by the system"),
    "confirmed": pgettext_lazy("campaign", "Confirmed"),
    "named": pgettext_lazy("campaign", "Named"),
    "tie_confirmed": pgettext_lazy("campaign", "A tie was confirmed"),
    "tie_cut": pgettext_lazy("campaign", "A tie was cut"),
    "kind_confirmed": pgettext_lazy("campaign", "Ties of one kind were confirmed"),
    "kind_cut": pgettext_lazy("campaign", "Ties of one kind were cut"),
    "kind_cut_reversed": pgettext_lazy("campaign", "The cut of ties was taken back"),
    "served_many": pgettext_lazy("campaign", "Ties taken back: what tied these posts advertises for many"),
    "split": pgettext_lazy("campaign", "Split"),
    "merged": pgettext_lazy("campaign", "Merged"),
    "unmerged": pgettext_lazy("campaign", "The merger was taken back"),
    "merger_proposed": pgettext_lazy("campaign", "The system proposed a merger"),
    "merger_refused": pgettext_lazy("campaign", "A merger was refused"),
    "dissolved": pgettext_lazy("campaign", "Dissolved"),
    "decided": pgettext_lazy("campaign", "Open flags decided at once"),
    "case_opened": pgettext_lazy("campaign", "A case was opened from it"),
    "decision_reversed": pgettext_lazy("campaign", "The decision was taken back"),
}
_PATHS: Final = {
    "post": "M-4-5h8v10h-8z",
    TieKind.PHONE: "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0",
    TieKind.BANK_ACCOUNT: "M0-8l8 14h-16z",
    TieKind.ACCOUNT: "M0-8l8 8l-8 8l-8-8z",
    TieKind.HANDLE: "M0-8l8 8l-8 8l-8-8z",
    TieKind.AUTHOR: "M0-8l8 8l-8 8l-8-8z",
    TieKind.EMAIL: "M-9-6h18v12h-18z",
    TieKind.LINK: "M-7-7h14v14h-14z",
    TieKind.PICTURE: "M-8 0l4-7h8l4 7l-4 7h-8z",
}
_TONES: Final = (
    (("phone", "account", "link", "bank_account", "email"), "sk"),
    (("company",), "sp"),
    (("country", "position", "place"), "sn"),
    (("pay", "fee"), "su"),
)


def strength(weight: float) -> str:
    if weight >= judging.STRONG:
        return _("strong evidence")
    return _("fair evidence") if weight >= 0.6 else _("weak evidence")


_KEY = -1  # stands for a campaign


def _members() -> QuerySet[models.LinkedPost]:
    rows = models.LinkedPost.objects.filter(campaign=_KEY).select_related("post__flag__office")
    return rows.defer("text_bands", "post__flag__text_bands").order_by("-post_id")[:MOST_POSTS]


_MEMBERS: Final = prepared.Rows(_members, {_KEY: "campaign"})
_EVENTS: Final = prepared.Rows(
    lambda: models.CampaignEvent.objects.filter(campaign=_KEY).select_related("by__office").order_by("-id")[: LISTED_EVENTS + 1],
    {_KEY: "campaign"},
)


def gather(campaign: models.Campaign, person: models.Person) -> dict[str, Any]:
    """Seventeen queries at most, whatever the size."""
    members = _MEMBERS(campaign=campaign.pk)
    posts = sorted((row.post for row in members), key=lambda post: (_moment_of(post), post.pk), reverse=True)
    ties = judging.not_cut(campaign)
    states_of, leads_out = judging.counted(campaign)
    # Not asked where there are none: both ends of a tie with their campaigns are eleven tables, which take long to plan.
    bridges = list(
        judging.leading_out(campaign)
        .select_related("indicator", "later__linked__campaign", "earlier__linked__campaign")
        .order_by("-weight", "-id")[:MOST_POSTS]
        if leads_out
        else ()
    )
    mergers = proposing.waiting(campaign)
    asked_above = {tie.pk for one in mergers for tie in one.ties}
    bridges = [tie for tie in bridges if tie.pk not in asked_above]
    plan = deciding.plan(campaign, person)
    numbers = {post.pk: place for place, post in enumerate(reversed(posts), start=1)}
    waits = unread.of(posts[:LISTED_POSTS])
    weak = [tie for tie in ties if tie.state == TieState.PROPOSED]
    # Between two posts that hang on a tie that is confirmed, or will be with the campaign, one more is nothing to decide.
    sure = [tie for tie in ties if tie.state == TieState.CONFIRMED or _goes_along(campaign, tie)]
    firm = {post for tie in sure for post in (tie.later_id, tie.earlier_id)}
    asked = [*bridges, *(tie for tie in weak if not {tie.later_id, tie.earlier_id} <= firm)]
    lines = _by_kind(campaign, bridges, asked[len(bridges) :], [tie for tie in weak if not _goes_along(campaign, tie)])
    twins = _twins([*(tie for _kind, _beyond, some in lines for tie in some[:_COMPARED]), *ties[:LISTED_TIES]])
    named = _named([*ties, *bridges, *(tie for one in mergers for tie in one.ties)])
    return {
        "campaign": campaign,
        "badge": STATES[CampaignState(campaign.state)],
        "may_judge": access.may(person, Action.CAMPAIGN_JUDGE) and campaign.state != CampaignState.DISSOLVED,
        "to_peers": base.here("patrol_peerexport_of_campaign", campaign.pk) if requests.may_ask(person, campaign) else "",
        "may_open_case": access.may(person, Action.CASE_OPEN) and campaign.state != CampaignState.DISSOLVED,
        "strip": strip(posts),
        "facts": _facts(campaign, posts),
        "where": _where(members),
        "pieces": _pieces(posts, ties),
        "graph": _graph(campaign, posts, ties, numbers, named),
        "mergers": [_merger(campaign, one, numbers, named) for one in mergers],
        "asked": len(lines),
        "waiting": [{**_line(line, posts, numbers, twins, named), "cuts": _cuts(campaign, line, posts, ties)} for line in lines[:WAITING]],
        "ties": [_tie(campaign, tie, numbers, twins, named) for tie in ties[:LISTED_TIES]],
        "tie_counts": {
            "all": sum(count for state, count in states_of.items() if state != TieState.CUT),
            **{state: states_of.get(state, 0) for state in TieState},
        },
        "plan": plan,
        "rows": [_row(post, numbers[post.pk], waits.get(post.pk, "")) for post in posts[:LISTED_POSTS]],
        "events": (events := _events(campaign, person))[:LISTED_EVENTS],
        "older_events": len(events) > LISTED_EVENTS,
        "merged": campaign.merged_into,
        "may_unmerge": judging.may_take_back(campaign, person),
        "strong": sum(1 for tie in weak if tie.weight >= judging.STRONG),
    }


def _goes_along(campaign: models.Campaign, tie: models.Tie) -> bool:
    return campaign.state == CampaignState.PROPOSED and tie.weight >= judging.STRONG


def _moment_of(post: models.Post) -> datetime:
    """When it was posted; one dated after it was first seen was there by then."""
    return min(post.posted_at, post.first_seen) if post.posted_at else post.first_seen


def strip(posts: Sequence[models.Post]) -> dict[str, Any]:
    """One box a post, by day, up to five on each other; the oldest day at the left."""
    if not posts:
        return {"boxes": [], "labels": [], "rows": []}
    days = Counter(timezone.localtime(_moment_of(post)).date() for post in posts)
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    boxes = [
        {"x": round(8 + (day - first).days / span * (_STRIP - 60)), "y": 48 - 9 * level}
        for day, count in sorted(days.items())
        for level in range(min(count, 5))
    ]
    marks = {first, last, *(first + timedelta(days=span * step // 5) for step in range(1, 5))}
    labels: list[dict[str, Any]] = [
        {"x": round(8 + (day - first).days / span * (_STRIP - 60)), "text": words.day(day).rsplit(" ", 1)[0]} for day in sorted(marks)
    ]
    kept = [label for place, label in enumerate(labels) if not place or int(label["x"]) - int(labels[place - 1]["x"]) > 40]
    return {
        "boxes": boxes,
        "labels": kept,
        "width": _STRIP,
        "height": _STRIP_HEIGHT,
        "from": words.day(first),
        "to": words.day(last),
        "rows": [(words.day(day), count) for day, count in sorted(days.items())],
    }


def _facts(campaign: models.Campaign, posts: Sequence[models.Post]) -> list[tuple[str, int]]:
    numbers, accounts = judging.held(campaign)
    offices = {post.flag.office_id for post in posts if getattr(post, "flag", None)}
    return [(_("Posts"), campaign.posts_count), (_("Numbers"), numbers), (_("Accounts"), accounts), (_("Offices"), len(offices))]


def _where(members: Sequence[models.LinkedPost]) -> list[tuple[str, list[tuple[str, int]]]]:
    countries = Counter(code for row in members for code in row.offered.get("countries", ()))
    offices = Counter(row.post.flag.office.short_name for row in members if getattr(row.post, "flag", None))
    platforms = Counter(str(words.platform(row.post.platform)) for row in members)
    named = [(words.sentence(titles.country(code)), count) for code, count in countries.most_common(8)]
    return [(_("Country"), named), (_("Office"), offices.most_common(8)), (_("Platform"), platforms.most_common(6))]


# Of each post the newest version: its text, and what its last reading read in it.
_TOLD: Final = """
SELECT DISTINCT ON (v.post_id) t.text, c.claims::text FROM patrol_postversion v LEFT JOIN patrol_posttext t ON t.version_id = v.id
LEFT JOIN patrol_reading r ON r.version_id = v.id LEFT JOIN patrol_readingclaims c ON c.reading_id = r.id
WHERE v.post_id = ANY(%(posts)s) ORDER BY v.post_id, v.number DESC, r.id DESC
"""


def _pieces(posts: Sequence[models.Post], ties: Iterable[models.Tie]) -> list[dict[str, Any]]:
    """The template of the posts that tell one text, else of none."""
    pairs = [(tie.later_id, tie.earlier_id) for tie in ties if tie.kind == TieKind.TEXT]
    pieces_of = judging.pieces(sorted({post for pair in pairs for post in pair}), pairs)
    alike = max(pieces_of, key=len, default=set())
    chosen = [post.pk for post in posts if post.pk in alike][: slots.MOST]
    if not chosen:
        return []
    with connection.cursor() as cursor:
        prepared.execute(cursor, _TOLD, {"posts": chosen})
        versions = cursor.fetchall()
    masked, tones = [], []
    for text, claims in versions:
        said = json.loads(claims) if claims else []
        masked.append(masks.text(text or "", masks.contacts_of(said), masks.known_of(said)))
        tones.append(_toned(text or "", said))
    pieces = []
    for piece in slots.template(masked):
        tone = next((tone for row in tones for part, tone in row if part and part in piece.text), "sx") if piece.fills else ""
        fills = [(text or _("nothing there"), count) for text, count in piece.fills]
        said = ", ".join(f"{text} ({count})" for text, count in fills[:_FILLS])
        more = ", …" if len(fills) > _FILLS else ""
        pieces.append({"text": piece.text, "fills": fills, "said": said + more, "kinds": len(fills), "tone": tone})
    return pieces


def _toned(text: str, claims: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    found = []
    for claim in claims:
        if claim["source"] == "text":
            tone = next((tone for kinds, tone in _TONES if claim["kind"] in kinds), "")
            if tone and tone != "sk":
                found.append((text[claim["start"] : claim["end"]], tone))
    found.append((masks.MIDDLE, "sk"))
    return found


def _named(ties: Sequence[models.Tie]) -> dict[int, str]:
    """Tie -> the thing that ties, masked; two that look the same masked carry a tag."""
    things = {tie.indicator.pk: tie.indicator for tie in ties if tie.indicator is not None}
    masked = dict(zip(things, masks.values((one.kind, one.value, one.pk) for one in things.values()), strict=True))
    return {tie.pk: masked[tie.indicator_id] if tie.indicator_id else _alike(tie) for tie in ties}


def _alike(tie: models.Tie) -> str:
    return "" if tie.likeness is None else _("%(share)s %% of the words") % {"share": round(tie.likeness * 100)}


def _twins(ties: Sequence[models.Tie]) -> dict[tuple[int, str], tuple[str, int, int]]:
    """(post, key of a picture) -> address, width and height of its washed rendition, for the first ties by a picture. Two queries."""
    wanted = [tie for tie in ties if tie.kind == TieKind.PICTURE][:_TWINS]
    if not wanted:
        return {}
    posts = {post for tie in wanted for post in (tie.later_id, tie.earlier_id)}
    shown = list(models.ShownPicture.objects.filter(post__in=posts).values_list("post_id", "sha256", "key"))
    files = {
        (post, sha256): (base.here("patrol_post_picture", media), width or 0, height or 0)
        for media, post, sha256, width, height in models.Media.objects.filter(
            version__post__in=posts, capture__sha256__in={sha256 for _, sha256, _ in shown}, masked__isnull=False
        ).values_list("pk", "version__post_id", "capture__sha256", "width", "height")
    }
    return {
        (post, mark): files[post, sha256]
        for post, sha256, key in shown
        if (post, sha256) in files
        for mark in (key, campaigns.picture_key(sha256))
    }


def _tie(
    campaign: models.Campaign,
    tie: models.Tie,
    numbers: dict[int, int],
    twins: dict[tuple[int, str], tuple[str, int, int]],
    named: dict[int, str],
) -> dict[str, Any]:
    one = _("post %(n)s")
    ends = [one % {"n": numbers[post]} if post in numbers else _("a post of another campaign") for post in (tie.later_id, tie.earlier_id)]
    beyond = None
    if not {tie.later_id, tie.earlier_id} <= numbers.keys() and tie.later.linked.campaign and tie.earlier.linked.campaign:
        beyond = next((c for c in (tie.later.linked.campaign, tie.earlier.linked.campaign) if c.pk != campaign.pk), None)
    return {
        "tie": tie,
        "badge": KINDS[TieKind(tie.kind)],
        "value": named[tie.pk],
        "twins": [
            {"link": link, "width": width, "height": height, "of": end}
            for post, end in zip((tie.later_id, tie.earlier_id), ends, strict=True)
            for link, width, height in [twins.get((post, tie.key), ("", 0, 0))]
            if link
        ],
        "ends": _("%(one)s and %(other)s") % {"one": ends[0], "other": ends[1]},
        "strength": strength(tie.weight),
        "at": words.day(tie.at),
        "beyond": beyond,
        "link": base.here("patrol_indicator_change", tie.indicator_id) if tie.indicator_id else "",
        "confirm": base.here("patrol_campaign_confirm_tie", campaign.pk, tie.pk),
        "cut": base.here("patrol_campaign_cut", campaign.pk, tie.pk),
        "state": TIE_STATES[TieState(tie.state)],
    }


def _merger(campaign: models.Campaign, offered: proposing.Offered, numbers: dict[int, int], named: dict[int, str]) -> dict[str, Any]:
    """One line for each thing both have, by its newest tie."""
    by_key: dict[str, list[models.Tie]] = defaultdict(list)
    for tie in offered.ties:
        by_key[tie.key].append(tie)
    lines = [{**_tie(campaign, ties[0], numbers, {}, named), "beyond": None, "count": len(ties)} for ties in by_key.values()]
    badge = STATES[CampaignState(offered.other.state)]
    return {"other": offered.other, "badge": badge, "up_to": offered.up_to, "lines": lines[:WAITING], "more": max(0, len(lines) - WAITING)}


type _Line = tuple[str, models.Campaign | None, list[models.Tie]]


def _by_kind(
    campaign: models.Campaign, bridges: Iterable[models.Tie], asked: Iterable[models.Tie], weak: Iterable[models.Tie]
) -> list[_Line]:
    """Kind, the campaign it leads to, its ties: what leads out first, then what a person has to say of, the weakest first.

    A kind that has to be asked about is asked about as a whole: with those of its ties that alone would need no word.
    """
    found: dict[tuple[str, int], _Line] = {}
    for tie in bridges:
        ends = (tie.later.linked.campaign, tie.earlier.linked.campaign)
        beyond = next(one for one in ends if one is not None and one.pk != campaign.pk)
        found.setdefault((tie.kind, beyond.pk), (tie.kind, beyond, []))[2].append(tie)
    for kind, _weight in sorted({(tie.kind, TieKind(tie.kind).weight) for tie in asked}, key=lambda one: (one[1], one[0])):
        found[kind, 0] = (kind, None, [tie for tie in weak if tie.kind == kind])
    return list(found.values())


def _line(
    line: _Line,
    posts: Sequence[models.Post],
    numbers: dict[int, int],
    twins: dict[tuple[int, str], tuple[str, int, int]],
    named: dict[int, str],
) -> dict[str, Any]:
    """One line for a kind of ties; what it ties, thing by thing, is there to be compared."""
    kind, beyond, ties = line
    of_thing: dict[int | str, list[models.Tie]] = defaultdict(list)  # an account has a key by its name, and one by its id
    for tie in ties:
        of_thing[tie.indicator_id or tie.key].append(tie)
    tied = {post for tie in ties for post in (tie.later_id, tie.earlier_id)} & numbers.keys()
    known = {post.pk: post for post in posts}
    things = []
    for some in list(of_thing.values())[:_COMPARED]:
        ends = sorted({post for tie in some for post in (tie.later_id, tie.earlier_id)} & numbers.keys(), key=lambda post: -numbers[post])
        pictures = [twins[post, some[0].key] for post in ends if (post, some[0].key) in twins]
        things.append(
            {
                "value": named[some[0].pk] if some[0].indicator_id else "",
                "link": base.here("patrol_indicator_change", some[0].indicator_id) if some[0].indicator_id else "",
                "posts": [_row(known[post], numbers[post], "") | {"at": words.day(_moment_of(known[post]))} for post in ends[:_COMPARED]],
                "more": max(0, len(ends) - _COMPARED),
                "pictures": [{"link": link, "width": width, "height": height} for link, width, height in pictures[:2]],
            }
        )
    return {
        "kind": kind,
        "badge": KINDS[TieKind(kind)],
        "said": _said(kind, len(of_thing), len(tied), beyond),
        "strength": _strengths(ties),
        "beyond": beyond,
        "things": things,
        "more": max(0, len(of_thing) - _COMPARED),
        "single": ties[0] if len(ties) == 1 else None,
    }


def _cuts(campaign: models.Campaign, line: _Line, posts: Sequence[models.Post], ties: Sequence[models.Tie]) -> str:
    """What cutting all of a line does. How many posts leave is said where all posts and ties were read."""
    _kind, beyond, cut = line
    many = {"count": len(cut)}
    said = [ngettext("%(count)s tie is cut and not proposed again.", "%(count)s ties are cut and not proposed again.", len(cut)) % many]
    if beyond is None and campaign.posts_count == len(posts) and len(ties) < judging.MOST_TIES:
        gone = {tie.pk for tie in cut}
        edges = [(tie.later_id, tie.earlier_id) for tie in ties if tie.pk not in gone]
        leave = sum(map(len, judging.falls_apart(sorted(post.pk for post in posts), edges)))
        text = ngettext("%(count)s post leaves the campaign.", "%(count)s posts leave the campaign.", leave) % {"count": leave}
        said.append(text if leave else _("No post leaves the campaign."))
    elif beyond is None:
        said.append(_("Posts that nothing else ties leave the campaign."))
    return " ".join([*said, _("It can be taken back under “History”.")])


def _said(kind: str, things: int, posts: int, beyond: models.Campaign | None) -> str:
    what = str(COUNTED[kind] % {"count": things}) if kind != TieKind.TEXT else _("nearly the same text")
    if beyond is not None:
        return _("tied to another campaign by %(what)s") % {"what": what}
    return _("%(posts)s posts tied by %(what)s") % {"what": what, "posts": posts}


def _strengths(ties: Sequence[models.Tie]) -> str:
    """Of texts that are more and less alike: from the weakest to the strongest."""
    least, most = min(tie.weight for tie in ties), max(tie.weight for tie in ties)
    alike = sorted(tie.likeness for tie in ties if tie.likeness is not None)
    said = strength(most) if strength(least) == strength(most) else f"{strength(least)}, {strength(most)}"
    if not alike:
        return said
    low, high = (round(one * 100) for one in (alike[0], alike[-1]))
    share = f"{low}" if low == high else f"{low}-{high}"
    return "; ".join((said, _("%(share)s %% of the words") % {"share": share}))


def _row(post: models.Post, number: int, wait: str) -> dict[str, Any]:
    flag = getattr(post, "flag", None)
    none = domain.Level.NONE
    level, level_title = queue.level_shown(flag) if flag else ("unread", wait) if wait else (none, words.LEVELS[none].title)
    return {
        "number": number,
        "link": base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk),
        "gist": words.said(flag, "gist") if flag else post_rows.unflagged(wait),
        "waits": wait,
        "flag": flag.number if flag else "",
        "level": level,
        "level_title": level_title,
        "state": words.FLAG_STATES[flag.state] if flag else None,
        "office": flag.office.short_name if flag else "",
        "platform": words.platform(post.platform),
        "at": words.moment(_moment_of(post)),
        "post": post.pk,
        "choose": _("Choose post %(n)s") % {"n": number},
    }


def _graph(
    campaign: models.Campaign, posts: Sequence[models.Post], ties: Sequence[models.Tie], numbers: dict[int, int], named: dict[int, str]
) -> dict[str, Any]:
    """Posts and the things that tie them. A contact is a node of its own; two texts are tied directly."""
    nodes: dict[tuple[str, Any], dict[str, Any]] = {}
    for post in posts:
        flag = getattr(post, "flag", None)
        link = base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk)
        label = _("Post %(n)s") % {"n": numbers[post.pk]}
        nodes["post", post.pk] = {"kind": "post", "label": "", "title": label, "link": link, "path": _PATHS["post"]}
    edges: dict[tuple[tuple[str, Any], tuple[str, Any]], tuple[str, bool]] = {}
    for tie in ties:
        ends = [("post", post) for post in (tie.later_id, tie.earlier_id) if post in numbers]
        sure = tie.state == TieState.CONFIRMED
        if tie.kind == TieKind.TEXT:
            pairs = [(ends[0], ends[1])] if len(ends) == 2 else []
        else:
            thing: tuple[str, Any] = (tie.kind, tie.key)
            value = named[tie.pk]
            link = base.here("patrol_indicator_change", tie.indicator_id) if tie.indicator_id else ""
            nodes.setdefault(
                thing,
                {
                    "kind": tie.kind,
                    "label": value[-6:],
                    "title": f"{KINDS[TieKind(tie.kind)].title}: {value}",
                    "link": link,
                    "path": _PATHS[TieKind(tie.kind)],
                },
            )
            pairs = [(end, thing) for end in ends]
        for pair in pairs:
            edges[pair] = (tie.kind, sure or edges.get(pair, ("", False))[1])
    order = {node: place for place, node in enumerate(nodes)}
    lines = [(order[one], order[other]) for one, other in edges]
    key = f"campaign-web-{campaign.pk}-{campaign.version}-{len(order)}-{len(lines)}"
    at = cache.get(key)
    if at is None:
        at = web_of_ties.places(len(order), lines, width=WIDTH, height=HEIGHT)
        cache.set(key, at, 3600)
    at = [(str(x), str(y)) for x, y in at]  # as figures each of them would be written as the reader's language writes figures
    for node, (x, y) in zip(nodes.values(), at, strict=True):
        node |= {"x": x, "y": y}
    kinds = Counter(kind for kind, _sure in edges.values())
    shown = tuple(tuple(node[name] for name in _NODE) for node in nodes.values())
    between = tuple((at[one], at[other], *how) for (one, other), how in zip(lines, edges.values(), strict=True))
    return {
        "nodes": list(nodes.values()),
        "many": len(nodes) > MANY_NODES,
        "drawn": _web(shown, between),
        "kinds": [(kind, KINDS[TieKind(kind)], count) for kind, count in kinds.most_common()],
        "left_out": max(0, campaign.posts_count - len(posts)),
    }


_NODE = ("kind", "label", "title", "link", "path", "x", "y")


@drawn.once(64)
def _web(nodes: tuple[tuple[str, ...], ...], lines: tuple[tuple[Any, ...], ...]) -> str:
    """`nodes`: values of _NODE; `lines`: two places, a kind of tie and whether it is sure."""
    graph = {
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "nodes": [dict(zip(_NODE, node, strict=True)) for node in nodes],
        "many": len(nodes) > MANY_NODES,
        "lines": [{"a": one, "b": other, "kind": kind, "sure": sure} for one, other, kind, sure in lines],
    }
    return render_to_string("workbench/drawn/campaign-web.svg", {"graph": graph})


def _events(campaign: models.Campaign, person: models.Person) -> list[dict[str, Any]]:
    rows = _EVENTS(campaign=campaign.pk)
    back = {row.told.get("event") for row in rows if row.kind in {"decision_reversed", "tie_cut_reversed"}}
    judges = access.may(person, Action.CAMPAIGN_JUDGE) and campaign.state != CampaignState.DISSOLVED
    others = _others(rows)
    return [
        {
            "event": row,
            "title": EVENTS[_event(row)],
            "by": words.person(row.by, person) if row.by else _("the system"),
            "at": words.moment(row.at),
            "count": len(row.told.get("decisions", ())) or row.told.get("served_many", 0) or ("kind" in row.told and row.told["ties"]),
            # Of a proposal the number alone is told; while it waits, the page leads there above.
            "other": others.get(_other(row)) or ({"number": row.told["with"], "link": ""} if "with" in row.told else None),
            "case": base.here("patrol_case_change", row.told["case"]) if row.kind == "case_opened" else "",
            "back": row.kind == "decided" and row.pk not in back and bool(row.told.get("decisions")),
            "uncut": judges and "undo" in row.told and row.pk not in back,
        }
        for row in rows
    ]


def _other(row: models.CampaignEvent) -> int:
    """The campaign that posts went into or came from; 0 where none is told of."""
    there: int = row.told.get("into") or row.told.get("from") or 0
    return there


def _others(rows: Iterable[models.CampaignEvent]) -> dict[int, dict[str, str]]:
    """One query, and none where no posts went to or fro."""
    keys = {_other(row) for row in rows} - {0}
    known = models.Campaign.objects.filter(pk__in=keys).values_list("pk", "number") if keys else ()
    return {key: {"number": number, "link": base.here("patrol_campaign_change", key)} for key, number in known}


def _event(row: models.CampaignEvent) -> str:
    if "kind" in row.told:
        return row.kind.replace("tie_", "kind_")
    return "served_many" if "served_many" in row.told else row.kind


def open_count(campaign_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """campaign id -> open flags, offices and the highest level of those shown with theirs: one query for a list."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"open": 0, "offices": set(), "level": domain.Level.NONE})
    rows = models.Flag.objects.filter(post__linked__campaign__in=list(campaign_ids)).only("state", "office_id", "level")
    for campaign, flag in ((row.campaign_of, row) for row in rows.annotate(campaign_of=F("post__linked__campaign_id"))):
        one = found[campaign]
        one["open"] += flag.state in states.OPEN
        one["offices"].add(flag.office_id)
        if level := queue.level_shown(flag)[0]:
            one["level"] = max(one["level"], domain.Level(level), key=lambda value: value.rank)
    return found

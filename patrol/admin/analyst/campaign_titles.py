"""What a campaign is called: by its name, else by what its posts offer and by what ties most of them. Contacts are masked.

A lawful post gives it no name, though it came first or is one of most: it would tell of an agency's offer where a ring is meant. A campaign
of nothing else is called by its number.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import connection
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from patrol import models
from patrol import search as searching
from patrol.access import looks
from patrol.admin.shared import preserved, words
from patrol.domain import CLEARED, Level, TieKind
from patrol.domain.states import FlagState, TieState
from patrol.engine import masks
from patrol.engine.reading import titles
from patrol.infra import prepared

FIRST: Final = 50  # posts a campaign is named after: a title that changes with every new post is not recognised
_WORDS: Final = 40  # characters of a text that stands where no job was read
_BY: Final = {
    TieKind.PHONE: pgettext_lazy("campaign", "number %(value)s"),
    TieKind.BANK_ACCOUNT: pgettext_lazy("campaign", "bank account %(value)s"),
    TieKind.ACCOUNT: pgettext_lazy("campaign", "account %(value)s"),
    TieKind.EMAIL: pgettext_lazy("campaign", "e-mail address %(value)s"),
    TieKind.LINK: pgettext_lazy("campaign", "link %(value)s"),
    TieKind.AUTHOR: pgettext_lazy("campaign", "posted by %(value)s"),
    TieKind.HANDLE: pgettext_lazy("campaign", "name %(value)s"),
    TieKind.PICTURE: pgettext_lazy("campaign", "one picture"),
    TieKind.TEXT: pgettext_lazy("campaign", "one text"),
}


def of(campaigns: Sequence[models.Campaign]) -> dict[int, str]:
    """id -> title. At most four queries, however many campaigns and posts; none where all have names."""
    return Titles(campaigns).told()


class Titles:
    """The titles of these campaigns. What ties them is read once: the tie somebody was asked about is the one that is shown to them."""

    def __init__(self, campaigns: Sequence[models.Campaign]) -> None:
        self._named = {campaign.pk: campaign.name for campaign in campaigns if campaign.name}
        self._nameless = [campaign for campaign in campaigns if not campaign.name]
        self._first = _first_posts(self._nameless) if self._nameless else {}
        self._tied = _tied(self._first) if self._nameless else {}
        self._jobs = {key: _job([offered for _post, offered in rows]) for key, rows in self._first.items()}
        opening = {key: rows[0][0] for key, rows in self._first.items() if not self._jobs[key]}
        texts = preserved.texts(list(opening.values())) if opening else {}
        self._begins = {key: str(texts[post]["text"]) for key, post in opening.items() if post in texts}

    def told(self, shown: Collection[int] = ()) -> dict[int, str]:
        """id -> title, the name or the tie in full for those of `shown`; a text of a post is cut for them too. No query."""
        told = {key: name if key in shown else masks.text(name) for key, name in self._named.items()}
        ties = _ties(self._tied, shown)
        for campaign in self._nameless:
            key = campaign.pk
            what = self._jobs.get(key, "") or _quoted(self._begins.get(key, ""))
            parts = [part for part in (what, ties.get(key, "")) if part]
            told[key] = capfirst(", ".join(parts)) or _("Campaign %(number)s") % {"number": campaign.number}
        return told

    def open_to(self, person: models.Person) -> frozenset[int]:
        """Those whose title may stand in full for this person: whose name, or else whose tie, they may see so. A campaign is no office's:
        a contact in its name that nobody knows here is shown to the office that gave the name, and to the directorate."""
        ours = _named_by(self._named, person.office_id) if self._named else set()
        names = searching.open_texts(self._named, person, unknown=ours)
        may = looks.open_indicators([key for _kind, (_of, _value, key) in self._tied.values() if key], person)
        closed = {campaign for campaign, (_kind, (_of, _value, key)) in self._tied.items() if key and key not in may}
        return names | {campaign.pk for campaign in self._nameless if campaign.pk not in closed}


def _named_by(campaigns: Collection[int], office_id: int) -> set[int]:
    """Those whose name somebody of this office gave. One query."""
    named = models.CampaignEvent.objects.filter(campaign__in=campaigns, kind=models.CampaignEventKind.NAMED)
    last = named.order_by("campaign", "-id").distinct("campaign").values_list("campaign", "by__office")
    return {campaign for campaign, office in last if office == office_id}


_FIRST_POSTS: Final = """
SELECT l.campaign_id, l.post_id, l.offered::text FROM unnest(%(campaigns)s) AS c (id) CROSS JOIN LATERAL (
    SELECT campaign_id, post_id, offered FROM patrol_linkedpost WHERE campaign_id = c.id ORDER BY post_id LIMIT %(first)s) l
ORDER BY l.post_id
"""
_LAWFUL: Final = """
SELECT p.id FROM unnest(%(posts)s) AS p (id)
LEFT JOIN patrol_flag f ON f.post_id = p.id LEFT JOIN patrol_licencecheck c ON c.id = f.current_check_id
WHERE f.state = %(dismissed)s OR (c.verdict = ANY(%(cleared)s) AND f.level_rank < %(medium)s) OR (f.id IS NULL AND EXISTS (
    SELECT FROM patrol_postversion v JOIN patrol_reading r ON r.version_id = v.id JOIN patrol_licencecheck k ON k.reading_id = r.id
    WHERE v.post_id = p.id AND k.verdict = ANY(%(cleared)s)))
"""


def _rows(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, given)
        return list(cursor.fetchall())


def _first_posts(campaigns: Sequence[models.Campaign]) -> dict[int, list[tuple[int, dict[str, Any]]]]:
    """Campaign -> those of its first posts that are not lawful, each with what it offers. Two queries."""
    first = _rows(_FIRST_POSTS, campaigns=[campaign.pk for campaign in campaigns], first=FIRST)
    lawful = _lawful([post for _campaign, post, _offered in first])
    found: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for campaign, post, offered in first:
        if post not in lawful:
            found[campaign].append((post, json.loads(offered)))
    return found


def _lawful(posts: list[int]) -> set[int]:
    """Of these, what a person dismissed, and whose offer is covered while nobody has to look at it. One query, none for no posts."""
    cleared, medium = sorted(map(str, CLEARED)), Level.MEDIUM.rank
    found = _rows(_LAWFUL, posts=posts, dismissed=str(FlagState.DISMISSED), cleared=cleared, medium=medium) if posts else []
    return {post for (post,) in found}


def _job(offers: Sequence[dict[str, Any]]) -> str:
    """Work and country; "" where the posts do not agree on either."""
    country, position = _common(offers, "countries"), _common(offers, "positions")
    where = words.sentence(titles.country(country)) if country else ""
    work = words.sentence(titles.position(position)) if position else ""
    if where and not work:
        return _("work in %(country)s") % {"country": where}
    return f"{work} {where}".strip()


def _common(offers: Sequence[dict[str, Any]], key: str) -> str:
    """What at least half of those that say anything say; a channel that offers everything is named after none of it."""
    said = [offer[key] for offer in offers if offer.get(key)]
    counted = Counter(code for codes in said for code in codes)
    code, count = max(counted.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return code if 2 * count >= len(said) else ""


def _quoted(text: str) -> str:
    begins = Truncator(" ".join(text.split())).chars(_WORDS)
    return f"“{begins}”" if begins else ""


type _Contact = tuple[str, str, int]  # kind, value, key; "", "" and 0 of a text or a picture


_TIED: Final = """
SELECT l.campaign_id, t.kind, t.indicator_id, i.kind, i.value, count(*)
FROM patrol_tie t JOIN patrol_linkedpost l ON l.post_id = t.later_id JOIN patrol_linkedpost e ON e.post_id = t.earlier_id
LEFT JOIN patrol_indicator i ON i.id = t.indicator_id
WHERE t.later_id = ANY(%(posts)s) AND l.campaign_id = e.campaign_id AND t.state <> %(cut)s
GROUP BY l.campaign_id, t.kind, t.indicator_id, i.kind, i.value
"""


def _tied(first: Mapping[int, Sequence[tuple[int, Any]]]) -> dict[int, tuple[str, _Contact]]:
    """Campaign -> what ties most of its first posts; a contact before a text or a picture."""
    posts = [post for rows in first.values() for post, _offered in rows]
    tied = _rows(_TIED, posts=posts, cut=str(TieState.CUT)) if posts else []
    # Contact or not, how many, the kind, the contact itself: of two that tie as many the later wins, the same one every day.
    found: dict[int, tuple[bool, int, str, _Contact]] = {}
    for campaign, kind, key, of_kind, value, many in tied:
        contact = (of_kind or "", value or "", key or 0)
        found[campaign] = max(found.get(campaign, (False, 0, "", contact)), (bool(value), many, kind, contact))
    return {campaign: (kind, contact) for campaign, (_contact, _many, kind, contact) in found.items()}


def _ties(tied: Mapping[int, tuple[str, _Contact]], shown: Collection[int]) -> dict[int, str]:
    """Campaign -> its tie in words."""
    # Two campaigns of one page whose contacts look the same masked are told apart.
    contacts = {contact for _kind, contact in tied.values() if contact[1]}
    masked = dict(zip(contacts, masks.values(contacts), strict=True))
    return {
        campaign: str(_BY[TieKind(kind)]) % {"value": contact[1] if campaign in shown else masked.get(contact, "")}
        for campaign, (kind, contact) in tied.items()
    }

"""What of a case or a campaign may be handed to a peer: what people decided, and nobody's who is not a suspect.

An indicator goes where a post that a person confirmed gives it as a way to be reached, or was written by it; of a campaign the post must
hang on a tie that a person confirmed too. What the machine alone found goes into no file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import domain, models
from patrol.access import looks
from patrol.campaigns import judging, trusted
from patrol.domain import ClaimKind, Platform
from patrol.domain.peers import Withheld
from patrol.domain.states import CampaignState, FlagState
from patrol.engine.licences import contacts
from patrol.infra.refusals import RefusedError
from patrol.register import editions

MOST: Final = 2_000  # indicators that are looked at
KINDS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL)
_LONGEST: Final = 2_000
_SHAPES: Final = {
    ClaimKind.PHONE: re.compile(r"\+[1-9]\d{5,14}"),
    ClaimKind.ACCOUNT: re.compile(r"[a-z_]+:\S.*", re.DOTALL),
    ClaimKind.LINK: re.compile(r"https?://[^\s/]+\S*"),
    ClaimKind.BANK_ACCOUNT: re.compile(r"\S.* \d{4,34}"),
    ClaimKind.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"),
}
_FOUND: Final = """
SELECT i.id, i.kind, i.value, i.own_id, i.first_seen, i.last_seen,
    coalesce(array_agg(DISTINCT s.post_id) FILTER (
        WHERE s.role = 'contact' OR s.role = 'author' AND i.kind = 'account'), '{}')
FROM patrol_sighting s JOIN patrol_indicator i ON i.id = s.indicator_id
WHERE s.post_id = ANY(%(posts)s) AND i.kind = ANY(%(kinds)s) AND i.value <> ''
GROUP BY i.id ORDER BY i.kind, i.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator that may go. `posts`: how many confirmed ones it stands in; `level` and `kinds` of those."""

    id: int
    kind: str
    value: str
    own_id: str
    first_seen: datetime
    last_seen: datetime
    posts: int
    level: int
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    marks: tuple[Mark, ...]
    withheld: Counter[Withheld]
    cut: bool = False  # there are more than were looked at

    @property
    def ids(self) -> list[int]:
        return [mark.id for mark in self.marks]


@dataclass(frozen=True, slots=True)
class _Post:
    id: int
    sure: bool
    told: bool
    level: int
    kinds: tuple[str, ...]


def require_whole(subject: models.Case | models.Campaign) -> None:
    """Of what was merged or dissolved nothing goes, and of a campaign nobody confirmed. Raises RefusedError."""
    if subject.merged_into is not None:
        text = _("Nothing can be handed over from here: it was merged into %(number)s. Ask there.")
        raise RefusedError("peer.merged", text, number=subject.merged_into.number)
    if isinstance(subject, models.Campaign) and subject.state != CampaignState.CONFIRMED:
        raise RefusedError("peer.unconfirmed", _("Nothing can be handed over: no person has confirmed this campaign."))


def choose(subject: models.Case | models.Campaign, *, now: datetime) -> Chosen:
    """What may go and what is withheld. Eight queries at most, however many indicators there are."""
    posts = {post.id: post for post in _posts(subject)}
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"posts": list(posts), "kinds": [str(kind) for kind in KINDS], "most": MOST + 1})
        rows = cursor.fetchall()
    kept = rows[:MOST]
    # Whose it is is asked of those alone that would go.
    asked = [row for row in kept if _of_posts(row, posts) is None]
    keys = [row[0] for row in asked]
    barred = dict.fromkeys(_staff(asked), Withheld.STAFF)
    barred |= dict.fromkeys(_agencys(asked), Withheld.AGENCY)
    barred |= dict.fromkeys(trusted.of(keys, now) if keys else (), Withheld.TRUSTED)
    barred |= dict.fromkeys(looks.of_harmed(keys), Withheld.HARMED)
    marks, withheld = [], Counter[Withheld]()
    for row in kept:
        why = barred.get(row[0]) or _of_posts(row, posts) or _of_shape(row[1], row[2])
        if why is not None:
            withheld[why] += 1
            continue
        in_posts = [posts[key] for key in row[6] if posts[key].sure and not posts[key].told]
        kinds = sorted({kind for post in in_posts for kind in post.kinds})
        key, kind, value, own_id, first, last, _posts_of_it = row
        marks.append(Mark(key, kind, value, own_id, first, last, len(in_posts), max(post.level for post in in_posts), tuple(kinds)))
    return Chosen(tuple(marks), withheld, len(rows) > MOST)


def _posts(subject: models.Case | models.Campaign) -> list[_Post]:
    """Its posts. Those of people harmed are no suspects', whatever was decided before."""
    known = ("post_id", "{0}state", "{0}level_rank", "{0}kinds", "{1}platform", "{0}protected__office_id")
    firm: set[int] | None = None
    rows: QuerySet[Any]
    if isinstance(subject, models.Case):
        rows, flag, post = models.Flag.objects.filter(case_entry__case=subject), "", "post__"
    else:
        firm = judging.firm(subject)
        rows, flag, post = models.LinkedPost.objects.filter(campaign=subject), "post__flag__", "post__"
    columns = [column.format(flag, post) for column in known]
    return [
        _Post(
            post_id,
            state == FlagState.CONFIRMED and protecting is None and (firm is None or post_id in firm),
            platform == Platform.NOTED,
            level or 0,
            tuple(kinds or ()),
        )
        for post_id, state, level, kinds, platform, protecting in rows.order_by("pk").values_list(*columns)
    ]


def _of_posts(row: Sequence[Any], posts: dict[int, _Post]) -> Withheld | None:
    """Why an indicator may not go, by the posts it is given in."""
    given = [posts[key] for key in row[6]]
    if not given:
        return Withheld.MENTIONED
    sure = [post for post in given if post.sure]
    if not sure:
        return Withheld.UNDECIDED
    return Withheld.TOLD if all(post.told for post in sure) else None


def _of_shape(kind: str, value: str) -> Withheld | None:
    fits = len(value) <= _LONGEST and value.isprintable() and _SHAPES[ClaimKind(kind)].fullmatch(value)
    return None if fits else Withheld.SHAPE


def _staff(rows: Iterable[Sequence[Any]]) -> set[int]:
    """Which are addresses of members of staff. One query, else none."""
    mails = {row[2].casefold(): row[0] for row in rows if row[1] == ClaimKind.EMAIL}
    if not mails:
        return set()
    known = models.Person.objects.exclude(mail="").values_list("mail", flat=True)
    return {mails[mail.casefold()] for mail in known if mail.casefold() in mails}


def _agencys(rows: Collection[Sequence[Any]]) -> set[int]:
    """Which the newest register lists as an agency's own: impersonators give those beside their own. Two queries, else none."""
    edition = editions.current() if rows else None
    if edition is None:
        return set()
    phones: set[str] = set()
    accounts: set[str] = set()
    hosts: set[str] = set()
    listed = models.Agency.objects.filter(edition=edition).values_list("name", "phones", "accounts", "websites")
    for name, own_phones, own_accounts, websites in listed:
        own = contacts.of(domain.Agency(name, phones=tuple(own_phones), accounts=tuple(own_accounts), websites=tuple(websites)))
        phones |= own.phones
        accounts |= own.accounts
        hosts |= own.hosts
    return {row[0] for row in rows if _listed(row[1], row[2], phones, accounts, hosts)}


def _listed(kind: str, value: str, phones: set[str], accounts: set[str], hosts: set[str]) -> bool:
    if kind == ClaimKind.PHONE:
        return contacts.phone_digits(value) in phones
    if kind == ClaimKind.ACCOUNT:
        return contacts.account_name(value) in accounts
    if kind == ClaimKind.LINK:
        account = contacts.account_name(value)
        return _within(contacts.host_of(value), hosts) or bool(account and account in accounts)
    return kind == ClaimKind.EMAIL and _within(value.rpartition("@")[2].casefold(), hosts)


def _within(host: str, hosts: Collection[str]) -> bool:
    """Whether it is one of these hosts or lies below one."""
    parts = host.split(".")
    return any(".".join(parts[place:]) in hosts for place in range(len(parts)))


def bare_host(link: str) -> str:
    """The host of a link that names nothing behind it; "" for any other. Raises nothing."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return ""
    plain = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username or port)
    host = (parts.hostname or "").rstrip(".")
    return host if plain and "." in host and not re.fullmatch(r"[\d.]+", host) else ""

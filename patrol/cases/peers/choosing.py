"""What of a case or a campaign may be handed to a peer: what people decided, and nobody's who is not a suspect.

An indicator goes where a post that a person confirmed gives it in an offer, or was written by it; of a campaign the post must hang on a tie
that a person confirmed too. What the machine alone found goes into no file, nor what came after the decision. In doubt it is withheld, and
counted with the reason.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.campaigns import judging, trusted
from patrol.cases.peers import forms
from patrol.domain import ClaimKind, Kind, Level, Platform
from patrol.domain.peers import Withheld
from patrol.domain.states import CampaignState, FlagState, IntakeKind, ObjectionState
from patrol.engine import everybodys
from patrol.engine.licences import contacts
from patrol.engine.linking.marks import EVERYBODYS_ACCOUNTS
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome
from patrol.register import editions

MOST: Final = 2_000  # indicators of one file
KINDS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL)
LASTS: Final = timedelta(days=365)  # since it was last seen: numbers go to other people
_LONGEST: Final = 2_000
_SHAPES: Final = {
    ClaimKind.PHONE: re.compile(r"\+[1-9]\d{5,14}"),
    ClaimKind.ACCOUNT: re.compile(r"[a-z_]+:\S.*", re.DOTALL),
    ClaimKind.LINK: re.compile(r"https?://[^\s/]+\S*"),
    ClaimKind.BANK_ACCOUNT: re.compile(r"\S.* \d{4,34}"),
    ClaimKind.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"),
}
# What a person said it is, by the reason of the decision; "several" names none. What the machine took it for is in no file.
_KIND_OF: Final = {
    "licence": Kind.ILLEGAL_RECRUITMENT,
    "route": Kind.ILLEGAL_RECRUITMENT,
    "fraud": Kind.FRAUD,
    "impersonation": Kind.IMPERSONATION,
}
_OF_THE_STATE: Final = re.compile(r"(?:^|\.)(?:go\.id|mil\.id|desa\.id|gov(?:\.[a-z]{2})?|mil|go\.(?:kr|jp|th))$")

# Each indicator of these posts, and how many of its sightings pass each question; `go` are those that pass all.
#   sure: the decision that stands was made on this version or a later one, and what it gives had been read by then; with `unanswered`
#       it stands too while somebody objects, or before it takes effect
#   told: somebody's words that an officer wrote down or typed in, whatever address they came with
#   sent on: whoever wrote it may be the one who passed it on
# An author counts as one of two only where he is no such one.
_FOUND: Final = """
WITH its AS MATERIALIZED (
    SELECT p.id, p.platform = %(noted)s AS noted, LEAST(COALESCE(p.posted_at, p.first_seen), p.first_seen) AS said,
        p.platform = %(whatsapp)s OR p.forward_of <> '' OR EXISTS (
            SELECT FROM patrol_seen w JOIN patrol_intake k ON k.id = w.intake_id WHERE w.post_id = p.id AND k.kind = %(import)s) AS sent_on,
        d.at, d.level_then, d.reason, v.id AS version, v.number
    FROM patrol_post p LEFT JOIN patrol_flag f ON f.post_id = p.id
    LEFT JOIN LATERAL (SELECT * FROM patrol_decision WHERE flag_id = f.id ORDER BY id DESC LIMIT 1) d
        ON p.id = ANY(%(firm)s) AND d.outcome = %(confirming)s
        AND NOT EXISTS (SELECT FROM patrol_protected WHERE flag_id = f.id)
        AND (%(unanswered)s OR f.state = %(confirmed)s AND d.effective_at <= %(now)s AND NOT EXISTS (
            SELECT FROM patrol_objection o JOIN patrol_decision e ON e.id = o.decision_id
            WHERE e.flag_id = f.id AND o.state = %(entered)s))
    LEFT JOIN patrol_licencecheck c ON c.id = d.check_then_id
    LEFT JOIN patrol_reading r ON r.id = c.reading_id
    LEFT JOIN patrol_postversion v ON v.id = r.version_id
    WHERE p.id = ANY(%(posts)s)
), seen AS MATERIALIZED (
    SELECT s.indicator_id, s.post_id, s.role, its.said, its.level_then, its.reason,
        s.role = 'contact' OR s.role = 'author' AND i.kind = 'account' AS given,
        COALESCE(v.id <= its.version AND v.number <= its.number AND (s.role = 'author' OR s.seen_at <= its.at), false) AS sure,
        its.noted OR COALESCE(k.kind = ANY(%(told)s), false) AS told,
        s.role = 'author' AND (its.sent_on OR COALESCE(k.kind = %(import)s, false) OR COALESCE(t.forward_name <> '', false)) AS sent_on
    FROM its JOIN patrol_sighting s ON s.post_id = its.id JOIN patrol_indicator i ON i.id = s.indicator_id
    JOIN patrol_postversion v ON v.id = s.version_id JOIN patrol_capture c ON c.id = v.capture_id
    LEFT JOIN patrol_intake k ON k.id = c.intake_id LEFT JOIN patrol_posttext t ON t.version_id = v.id
    WHERE i.kind = ANY(%(kinds)s) AND i.value <> ''
), authors AS (
    SELECT DISTINCT post_id, indicator_id FROM seen WHERE role = 'author' AND sure AND NOT told AND NOT sent_on
), given_by AS (
    SELECT s.indicator_id, array_agg(DISTINCT a.indicator_id) AS authors FROM seen s JOIN authors a ON a.post_id = s.post_id
    WHERE s.role = 'contact' AND s.sure AND NOT s.told GROUP BY s.indicator_id
), counted AS (
    SELECT indicator_id, bool_or(given) AS given, bool_or(given AND sure) AS sure, bool_or(given AND sure AND NOT told) AS written,
        count(DISTINCT post_id) FILTER (WHERE given AND sure AND NOT told AND NOT sent_on) AS posts,
        min(said) FILTER (WHERE given AND sure AND NOT told AND NOT sent_on) AS first,
        max(said) FILTER (WHERE given AND sure AND NOT told AND NOT sent_on) AS last,
        array_agg(DISTINCT level_then::text) FILTER (WHERE given AND sure AND NOT told AND NOT sent_on) AS levels,
        array_agg(DISTINCT reason::text) FILTER (WHERE given AND sure AND NOT told AND NOT sent_on) AS reasons
    FROM seen GROUP BY indicator_id
)
SELECT i.id, i.kind, i.value, i.own_id, c.given, c.sure, c.written, c.posts, c.first, c.last, c.levels, c.reasons,
    ARRAY(SELECT n.name FROM patrol_accountname n WHERE n.indicator_id = i.id),
    COALESCE(g.authors, '{}')
FROM counted c JOIN patrol_indicator i ON i.id = c.indicator_id LEFT JOIN given_by g ON g.indicator_id = c.indicator_id
ORDER BY i.kind, i.id
"""
# Which of these stand in an offer of which a person's confirmation does not stand any more.
_TURNED: Final = """
SELECT DISTINCT s.indicator_id FROM patrol_sighting s JOIN patrol_flag f ON f.post_id = s.post_id
WHERE s.indicator_id = ANY(%(these)s) AND s.role IN ('contact', 'author')
    AND EXISTS (SELECT FROM patrol_decision WHERE flag_id = f.id AND outcome = %(confirming)s)
    AND (f.post_id = ANY(%(ended)s) OR EXISTS (SELECT FROM patrol_protected WHERE flag_id = f.id)
        OR %(confirming)s <> (SELECT outcome FROM patrol_decision WHERE flag_id = f.id ORDER BY id DESC LIMIT 1))
"""
# Contacts that stand in posts of people harmed, with the names an account was known by, and whether they wrote one.
_HARMED: Final = """
SELECT i.kind, i.value, i.own_id, ARRAY(SELECT n.name FROM patrol_accountname n WHERE n.indicator_id = i.id), bool_or(o.role = 'author')
FROM patrol_protected h JOIN patrol_flag f ON f.id = h.flag_id JOIN patrol_sighting o ON o.post_id = f.post_id
JOIN patrol_indicator i ON i.id = o.indicator_id WHERE i.kind = ANY(%s) AND i.value <> '' GROUP BY i.id
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator that may go. `posts`: how many confirmed ones it stands in; all else is of those: `first_seen`, `last_seen`, the highest
    `level` they were decided at, `kinds` by the reasons people gave."""

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
    cut: bool = False  # more may go than one file holds

    @property
    def ids(self) -> list[int]:
        return [mark.id for mark in self.marks]

    @property
    def digest(self) -> str:
        """Of what may go, for the form: another number in the same count is another digest."""
        return hashlib.sha256(json.dumps(sorted(self.ids)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator as it was found: what holds of its sightings, and `authors`, ids of those in whose posts it is given."""

    id: int
    kind: str
    value: str
    own_id: str
    given: bool
    sure: bool
    written: bool
    posts: int
    first: datetime | None
    last: datetime | None
    levels: Sequence[str] | None
    reasons: Sequence[str] | None
    names: Sequence[str]
    authors: Sequence[int]

    @property
    def forms(self) -> frozenset[str]:
        return forms.of(self.kind, self.value, self.own_id, self.names)


def require_whole(subject: models.Case | models.Campaign) -> None:
    """Of what was merged, dissolved or closed without its suspicion, and of a campaign nobody confirmed, nothing goes. Raises
    RefusedError."""
    if subject.merged_into is not None:
        text = _("Nothing can be handed over from here: it was merged into %(number)s. Ask there.")
        raise RefusedError("peer.merged", text, number=subject.merged_into.number)
    if isinstance(subject, models.Campaign) and subject.state != CampaignState.CONFIRMED:
        raise RefusedError("peer.unconfirmed", _("Nothing can be handed over: no person has confirmed this campaign."))
    if isinstance(subject, models.Case) and subject.outcome in models.WITHOUT_SUSPICION:
        raise RefusedError("peer.unfounded", _("Nothing can be handed over: this case was closed as unfounded or withdrawn."))


def choose(subject: models.Case | models.Campaign, *, now: datetime, only: Collection[int] | None = None) -> Chosen:
    """What may go and what is withheld; `only`: of these indicators. Eight queries at most, however many indicators there are."""
    marks, withheld, asked = [], Counter[Withheld](), []
    found = _found(subject, now)
    among = {row.id for row in found} if only is None else set(only)
    for row in (row for row in found if row.id in among):
        why = _of_posts(row, now) or _of_shape(row.kind, row.value)
        if why is None:
            asked.append(row)
        else:
            withheld[why] += 1
    # Whose it is is asked of those alone that would go.
    barred = _barred(asked, {row.id: row for row in found}, now) if asked else {}
    for row in asked:
        if row.id in barred:
            withheld[barred[row.id]] += 1
            continue
        assert row.first is not None
        assert row.last is not None
        level = max(Level(one).rank for one in row.levels or [Level.NONE])
        kinds = sorted({str(_KIND_OF[one]) for one in row.reasons or () if one in _KIND_OF})
        marks.append(Mark(row.id, row.kind, row.value, row.own_id, row.first, row.last, row.posts, level, tuple(kinds)))
    return Chosen(tuple(marks[:MOST]), withheld, len(marks) > MOST)


def judged(indicators: Collection[int], *, now: datetime) -> list[tuple[Mark, Withheld | None]]:
    """Of these indicators and of those a peer compares in the same way: why people stand by one no more, or None where nothing says that
    they do not; of all posts of the house, inside of wall.everything. One that is gone is left out. Some ten queries.

    The marks say what it is and no more: no post, no level, and `now` for when it was seen.
    """
    these = _alike(indicators)
    posts = list(models.Sighting.objects.filter(indicator__in=these).values_list("post", flat=True).distinct())
    without = (models.CaseOutcome.UNFOUNDED, models.CaseOutcome.WITHDRAWN)
    ended = list(models.CaseFlag.objects.filter(flag__post__in=posts, case__outcome__in=without).values_list("flag__post", flat=True))
    found = {row.id: row for row in _looked(posts, set(posts) - set(ended), now, unanswered=True)}
    rows = [found[key] for key in these if key in found]
    barred = _barred(rows, found, now) if rows else {}
    with connection.cursor() as cursor:
        cursor.execute(_TURNED, {"these": these, "ended": ended, "confirming": str(Outcome.CONFIRMED)})
        turned = {key for (key,) in cursor.fetchall()}
    undecided = {row.id: Withheld.UNDECIDED for row in rows if row.given and not row.sure and row.id in turned}
    return [(Mark(row.id, row.kind, row.value, row.own_id, now, now, 0, 0, ()), (undecided | barred).get(row.id)) for row in rows]


def _alike(indicators: Collection[int]) -> list[int]:
    """These, and of a whole site by http the same by https. Two queries."""
    links = models.Indicator.objects.filter(pk__in=indicators, kind=ClaimKind.LINK).values_list("value", flat=True)
    hosts = {host for link in links if (host := bare_host(link))}
    same = [f"{scheme}://{host}{end}" for host in hosts for scheme in ("http", "https") for end in ("", "/")]
    others = models.Indicator.objects.filter(kind=ClaimKind.LINK, value__in=same).values_list("pk", flat=True) if same else ()
    return sorted({*indicators, *others})


def _found(subject: models.Case | models.Campaign, now: datetime) -> list[_Row]:
    """Two queries; of a campaign three."""
    if isinstance(subject, models.Case):
        posts = list(models.Flag.objects.filter(case_entry__case=subject).values_list("post_id", flat=True))
        firm = posts
    else:
        posts = list(models.LinkedPost.objects.filter(campaign=subject).values_list("post_id", flat=True))
        firm = list(judging.firm(subject))
    return _looked(posts, firm, now)


def _looked(posts: Sequence[int], firm: Collection[int], now: datetime, *, unanswered: bool = False) -> list[_Row]:
    """What stands in these posts. `firm`: those that are asked for a decision. One query."""
    wanted: dict[str, Any] = {
        "posts": posts,
        "firm": list(firm),
        "unanswered": unanswered,
        "kinds": [str(kind) for kind in KINDS],
        "now": now,
        "noted": str(Platform.NOTED),
        "whatsapp": str(Platform.WHATSAPP),
        "import": str(IntakeKind.IMPORT),
        "told": [str(IntakeKind.NOTED), str(IntakeKind.UPLOAD)],
        "confirmed": str(FlagState.CONFIRMED),
        "confirming": str(Outcome.CONFIRMED),
        "entered": str(ObjectionState.ENTERED),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, wanted)
        return [_Row(*row) for row in cursor.fetchall()]


def _of_posts(row: _Row, now: datetime) -> Withheld | None:
    """Why an indicator may not go, by the posts it is given in."""
    if not row.given:
        return Withheld.MENTIONED
    if not row.sure:
        return Withheld.UNDECIDED
    if not row.written:
        return Withheld.TOLD
    if row.last is None:
        return Withheld.SENT_ON
    return Withheld.OLD if row.last + LASTS <= now else None


def _of_shape(kind: str, value: str) -> Withheld | None:
    fits = len(value) <= _LONGEST and value.isprintable() and _SHAPES[ClaimKind(kind)].fullmatch(value)
    return None if fits else Withheld.SHAPE


def _barred(rows: Sequence[_Row], known: Mapping[int, _Row], now: datetime) -> dict[int, Withheld]:
    """Whose they are that may not go, by id: the gravest reason of each. `known`: all that was found, authors too. Six queries at most."""
    staff, ours, trust = _staff(rows), _ours(), _trusted(now)
    listed, hosts = _agencys()
    wrote, beside = _harmed()
    barred = {}
    for row in rows:
        has, host = row.forms, _host(row)
        if not has.isdisjoint(wrote) or (not has.isdisjoint(beside) and _apart(row, known, wrote) < _TWO):
            barred[row.id] = Withheld.HARMED
        elif not has.isdisjoint(trust):
            barred[row.id] = Withheld.TRUSTED
        elif not has.isdisjoint(listed) or (host and _within(host, hosts)):
            barred[row.id] = Withheld.AGENCY
        elif not has.isdisjoint(ours) or (host and host == contacts.host_of(settings.SITE_URL)):
            barred[row.id] = Withheld.OURS
        elif host and _OF_THE_STATE.search(host):
            barred[row.id] = Withheld.STATE
        elif row.id in staff:
            barred[row.id] = Withheld.STAFF
        elif _everybodys(row, host):
            barred[row.id] = Withheld.EVERYBODYS
    return barred


_TWO: Final = 2  # authors of confirmed posts that give what a person harmed was reached by: then it is the advertiser's


def _apart(row: _Row, known: Mapping[int, _Row], wrote: Collection[str]) -> int:
    """How many different authors give it, those of people harmed aside: accounts that share a form are one."""
    taken, many = set(wrote), 0
    for has in (known[key].forms for key in row.authors if key in known):
        if has and has.isdisjoint(taken):
            many += 1
        taken |= has
    return many


def _host(row: _Row) -> str:
    """Of a link or an e-mail address, "" for anything else."""
    if row.kind == ClaimKind.LINK:
        return contacts.host_of(row.value)
    return row.value.rpartition("@")[2].casefold().rstrip(".") if row.kind == ClaimKind.EMAIL else ""


def _everybodys(row: _Row, host: str) -> bool:
    """A platform's own account, or its site or a shortener's without anything behind: who blocks that blocks everybody."""
    if row.kind == ClaimKind.ACCOUNT:
        return row.value.casefold() in EVERYBODYS_ACCOUNTS
    if row.kind != ClaimKind.LINK or not bare_host(row.value):
        return False
    return everybodys.is_host(host)


def _harmed() -> tuple[set[str], set[str]]:
    """Forms of who wrote a post of somebody harmed, and of all that stands in one. One query."""
    wrote: set[str] = set()
    beside: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(_HARMED, [[str(kind) for kind in KINDS]])
        for kind, value, own_id, names, is_author in cursor.fetchall():
            has = forms.of(kind, value, own_id, names)
            beside |= has
            if is_author:
                wrote |= has
    return wrote, beside


def _trusted(now: datetime) -> set[str]:
    """Forms of known contacts. Two queries."""
    rows = list(trusted.in_force(now).values_list("indicator", "indicator__kind", "indicator__value", "indicator__own_id"))
    names: dict[int, list[str]] = {}
    for key, name in models.AccountName.objects.filter(indicator__in=[row[0] for row in rows]).values_list("indicator", "name"):
        names.setdefault(key, []).append(name)
    return {form for key, kind, value, own_id in rows for form in forms.of(kind, value, own_id, names.get(key, ()))}


def _ours() -> set[str]:
    """Forms of the numbers this desk prints itself."""
    printed = filter(None, (settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP))
    return {form for one in printed for form in forms.of(ClaimKind.PHONE, one)}


def _staff(rows: Iterable[_Row]) -> set[int]:
    """Which are addresses of members of staff. One query, else none."""
    mails = [(row.id, row.forms) for row in rows if row.kind == ClaimKind.EMAIL]
    if not mails:
        return set()
    known = {
        form for mail in models.Person.objects.exclude(mail="").values_list("mail", flat=True) for form in forms.of(ClaimKind.EMAIL, mail)
    }
    return {key for key, has in mails if not has.isdisjoint(known)}


def _agencys() -> tuple[set[str], set[str]]:
    """Forms and hosts of what the newest register lists as agencies' own: impersonators give those beside their own. Two queries."""
    edition = editions.current()
    listed: set[str] = set()
    hosts: set[str] = set()
    if edition is None:
        return listed, hosts
    for phones, accounts, websites in models.Agency.objects.filter(edition=edition).values_list("phones", "accounts", "websites"):
        for phone in phones:
            listed |= forms.of(ClaimKind.PHONE, phone)
        for account in accounts:
            listed |= forms.written(account)
        for site in websites:
            if "@" in site and "/" not in site:  # a mailbox in the column of sites: its host is everybody's
                listed |= forms.of(ClaimKind.EMAIL, site)
                continue
            listed |= forms.written(site if "/" in site else f"{site}/")
            host = contacts.host_of(site)
            if host and not everybodys.is_host(host):
                hosts.add(host)
    return listed, hosts


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

"""Finding things again: what a pasted line means and where it leads, and posts by their words (ADR 27).

    find     a number in any form, an account, a link, a number of ours or of the register -> what is known of it
    words    posts by words, newest first, contacts cut
    fill     what reading has made since, into the table that words are searched in

Every search that may be about a person leaves a row in the log: whose, of what kind, how many hits. The query never stands in it, not
even masked: a name has no mask. Instead a keyed digest: two searches for one number can be told to be alike, and nobody who has the
log tries out all numbers against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Case, Exists, Func, Model, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from patrol import access, models, sources
from patrol.access import Action, audit, looks
from patrol.domain import SERIES, Claim, ClaimKind, Content, Platform, days
from patrol.engine import assess, masks, reading
from patrol.engine.reading import folding, phrases, titles
from patrol.infra import reached, wall
from patrol.infra.copying import keepable
from patrol.infra.refusals import RefusedError
from patrol.register import editions, owners
from patrol.sources.shared import canonical

MOST_HITS: Final = 12
MOST_COUNTED: Final = 1000  # posts with the words; more are only said to be more
LONGEST_QUERY: Final = 1000
LONGEST_WORDS: Final = 20_000  # characters of a post that are searched: as far as it is read
MOST_TERMS: Final = 6
WINDOW: Final = 100_000  # readings that are passed at once, where nothing is due in them
SHORTEST_TERM: Final = 3  # letters: the index knows groups of three
_NUMBER_LENGTHS: Final = range(7, 21)  # digits of a phone number or a bank account
_MOST_DIGITS: Final = 40  # of a line people wrote: in more of them no number is looked for, the line stays masked
_FEW_DIGITS: Final = 4  # that may stand beside a number: a quota, a year

_OURS = re.compile(rf"(?P<series>{'|'.join(SERIES)})\s*[-‐-―/. ]?\s*(?P<year>\d\d)\s*[-‐-―/. ]?\s*(?P<number>\d{{1,8}})", re.IGNORECASE)
_OUR_OWN = re.compile(rf"\b(?:{'|'.join(SERIES)})-\d\d-\d{{4,6}}\b", re.IGNORECASE)  # as we write them: no person's
_HANDLE = re.compile(r"@?(?P<name>[A-Za-z0-9_][\w.]{2,63})")
_DIGITS = re.compile(r"[\d .()+/-]{7,}")
_TAGGED = re.compile(r"[\w.+%@-]*@[\w.+%@-]*")  # as masks find it, in a text whose signs are folded
_INDICATOR_KINDS: Final = {ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL}
# Of several indicators, what leads to a person by the shortest way stands first.
_NEAREST: Final = ("phone", "bank_account", "email", "account", "agency", "licence_number", "link")
_PLATFORMS: Final = frozenset((*phrases.load("platforms.toml"), *map(str, Platform)))  # where accounts are: named in texts, and ours
_LISTED = phrases.load("banks.toml")
_BANKS: Final = (*_LISTED["banks"], *_LISTED.get("wallets", {}))


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a search leads to. `title` is masked. `open`: whether this person may open its page."""

    what: str  # indicator, flag, case, post, agency, licence, or another thing of `_ours`
    key: int
    title: str
    kind: str = ""  # of an indicator
    detail: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    kinds: tuple[str, ...]  # what the query was taken for; empty: nothing that is known here
    mask: str  # the query as it may be shown again
    # Where nothing of the above is known: in how many posts its words stand, MOST_COUNTED + 1 where in more. None: not looked for,
    # because something is known, or it leads to a person (posts are searched without contacts), or `refused` says why.
    posts: int | None = None
    refused: RefusedError | None = None


def find(*, text: str, by: models.Person, now: datetime) -> Found:
    """What a pasted line leads to, best first. Logged where it may be about a person. Raises PermissionDenied."""
    access.require(by, Action.INDICATOR_VIEW)
    asked = keepable(" ".join(text.split()))[:LONGEST_QUERY]
    claims = reading.read(Content(text=asked)).claims if asked else ()
    found = _ours(asked, by)
    wanted = _wanted(asked, claims)
    kinds = [hit.what for hit in found] + sorted({kind for kind, _value in wanted})
    if not found:
        rows, edition = list(known(wanted)[:MOST_HITS]) if wanted else [], editions.current()
        found = [*_posts(asked), *_indicators(rows)]
        if edition is not None:
            # Of a contact that is an indicator its page says whose it is: a number leads to one place.
            found += [*_register(asked, claims, edition), *_listed(wanted - {(row.kind, row.value) for row in rows}, edition)]
    hits = tuple(dict.fromkeys(found))[:MOST_HITS]
    mask, posts, refused = shown(asked, claims), None, None
    if asked and not hits and not leads_to_a_person(asked):
        try:
            posts = _holding(asked, by)
        except RefusedError as error:
            refused = error
    if asked and not _OURS.fullmatch(asked):
        log(asked, hits=len(hits) or posts or 0, kinds=sorted({*kinds, *(["words"] if posts else [])}), by=by, now=now)
    return Found(hits, tuple(sorted(set(kinds))), mask, posts, refused)


def shown(asked: str, claims: Iterable[Claim]) -> str:
    """The query with what may lead to a person cut; of a bare name or handle only its beginning stays."""
    spans = [(*claim.span, str(claim.kind)) for claim in claims if claim.source == "text" and claim.kind in masks.CONTACTS]
    if not spans and _HANDLE.fullmatch(asked):
        return masks.account(asked)
    return masks.text(asked, spans)


def log(asked: str, *, hits: int, kinds: Sequence[str], by: models.Person, now: datetime) -> None:
    """One row that says who searched, never for what in full."""
    after = {"digest": digest(asked), "hits": hits, "kinds": list(kinds)}
    with transaction.atomic():
        audit.write("search.made", by=by, now=now, target=("search", "0"), after=after)


def digest(asked: str) -> str:
    """What stands in the log in the place of what was searched: of a number the same in each of its spellings, of an account the same with
    its @, its platform or its link, and of the same name elsewhere."""
    return _digest(_spelled(asked))


def digests(asked: str) -> list[str]:
    """That one, and the one of before spellings were made one: what the logs hold of a search for this."""
    return list(dict.fromkeys((digest(asked), _digest(asked))))


def _digest(words: str) -> str:
    return salted_hmac("patrol.search", words.casefold(), algorithm="sha256").hexdigest()[:32]


def _spelled(asked: str) -> str:
    """Of a line that is a number its digits, as they are dialled from abroad; of a name, an account with its platform or the link of an
    account the name."""
    if _DIGITS.fullmatch(asked):
        digits = re.sub(r"\D", "", asked)
        return f"62{digits.lstrip('0')}" if digits.startswith("0") else digits
    if handle := _HANDLE.fullmatch(asked):
        return handle["name"]
    if " " in asked or not asked:
        return asked
    accounts = {c.value.partition(":")[2] for c in reading.read(Content(text=asked)).claims if c.kind == ClaimKind.ACCOUNT}
    return accounts.pop() if len(accounts) == 1 else asked


def _ours(asked: str, by: models.Person) -> list[Hit]:
    """Whatever has a number of ours by it, however it is dashed and padded, where this person may see it; of a case that there is one."""
    match = _OURS.fullmatch(asked)
    if match is None:
        return []
    number, year = int(match["number"]), match["year"]
    if match["series"].upper() == "TND":
        flags = models.Flag.objects.filter(number=f"TND-{year}-{number:06d}").select_related("office")
        return [Hit("flag", flag.pk, flag.number, detail=flag.office.short_name) for flag in flags]
    others: dict[str, tuple[str, Action, QuerySet[Any]]] = {
        "HPS": ("erasure", Action.ERASE_ASK, models.ErasureRequest.objects.all()),
        "JRG": ("campaign", Action.CAMPAIGN_VIEW, models.Campaign.objects.all()),
        "KBR": ("objection", Action.OBJECTION_VIEW, models.Objection.objects.all()),
        "MSL": ("bulk", Action.BULK, models.Bulk.objects.all()),
        "MTR": ("peer_export", Action.PEER_ASK, models.PeerExport.objects.all()),
        "PSD": ("subject_request", Action.SUBJECT_REQUEST, models.SubjectRequest.objects.all()),
        "RJK": ("referral", Action.REFERRAL_VIEW, models.Referral.objects.all()),
    }
    series = match["series"].upper()
    if series in others:
        what, action, rows = others[series]
        rows = access.scope(by, action, rows).filter(number=f"{series}-{year}-{number:04d}")
        return [Hit(what, row.pk, row.number) for row in rows]
    with wall.everything("number and office of a case are for all staff"):
        found = list(models.Case.objects.filter(number=f"PKR-{year}-{number:04d}").select_related("office"))
    return [
        Hit("case", case.pk, case.number, detail=case.office.short_name)
        if access.may(by, Action.CASE_VIEW, office_id=case.office_id)
        else Hit("case", 0, case.number, detail=case.office.short_name, open=False)
        for case in found
    ]


def meant(text: str) -> set[tuple[str, str]]:
    """(kind, value) of every indicator that a line may mean, as `find` looks for it; nothing is written down."""
    asked = keepable(" ".join(text.split()))[:LONGEST_QUERY]
    return _wanted(asked, reading.read(Content(text=asked)).claims) if asked else set()


def named(text: str) -> set[tuple[str, str]]:
    """Of `meant` what the line itself says: an account with its platform, a bank account with its bank, what has the form of a telephone
    number. Of a bare name or number it does not say whose it is: nothing."""
    asked = keepable(" ".join(text.split()))[:LONGEST_QUERY]
    return _said(reading.read(Content(text=asked)).claims) if asked else set()


def _said(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    said = {(str(c.kind), c.value) for c in claims if c.kind in _INDICATOR_KINDS}
    said |= {("licence_number", c.value) for c in claims if c.kind in {ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER}}
    companies = {c.value for c in claims if c.kind == ClaimKind.COMPANY}
    return said | {("agency", name) for name in (*companies, *map(assess.company, companies))}


def _wanted(asked: str, claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """(kind, value) of every indicator the query may mean."""
    wanted = _said(claims)
    if _DIGITS.fullmatch(asked):
        digits = re.sub(r"\D", "", asked)
        wanted |= {("phone", f"+{digits}"), ("phone", f"+62{digits.lstrip('0')}")}
        wanted |= {("bank_account", f"{bank} {digits}") for bank in _BANKS}
    elif (handle := _HANDLE.fullmatch(asked)) and not any(kind == ClaimKind.ACCOUNT for kind, _value in wanted):
        wanted |= {("account", f"{platform}:{handle['name'].lower()}") for platform in _PLATFORMS}
    return wanted


def known(wanted: set[tuple[str, str]]) -> QuerySet[models.Indicator]:
    """The indicators of these kinds and values, and the accounts that bore such a name; nearest to a person first."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted:
        by_kind.setdefault(kind, []).append(keepable(value)[:500])
    either = Q()
    for kind, values in by_kind.items():
        either |= Q(kind=kind, value__in=values)
    if names := by_kind.get(ClaimKind.ACCOUNT):
        # Whoever asks for a name asks for the accounts that bore it too.
        either |= Q(pk__in=models.AccountName.objects.filter(name__in=names).values("indicator"))
    place = Case(*(When(kind=kind, then=place) for place, kind in enumerate(_NEAREST)))
    return models.Indicator.objects.filter(either).order_by(place, "pk") if wanted else models.Indicator.objects.none()


def _indicators(rows: Sequence[models.Indicator]) -> list[Hit]:
    masked = masks.values((row.kind, row.value, row.pk) for row in rows)
    return [Hit("indicator", row.pk, shown, kind=row.kind) for row, shown in zip(rows, masked, strict=True)]


def _posts(asked: str) -> list[Hit]:
    """The post behind an address, by any of its names."""
    address = asked if "://" in asked else f"https://{asked}"
    if not sources.platform_of(address):
        return []
    names = [name for name in (sources.identity(address), ("web", canonical.identity(address))) if name]
    found: list[models.Post] = []
    for platform, external_id in names:
        found += models.Post.objects.filter(platform=platform, external_id=external_id)
        others = models.OtherName.objects.filter(platform=platform, external_id=external_id).select_related("post")
        found += [other.post for other in others]
    return [Hit("post", post.pk, masks.link(post.url), kind=post.platform) for post in dict.fromkeys(found)]


def _register(asked: str, claims: Iterable[Claim], edition: models.RegisterEdition) -> list[Hit]:
    """Agencies by a part of their name, licences and agencies by their number."""
    if len(asked) < SHORTEST_TERM or _DIGITS.fullmatch(asked):
        return []
    numbers = {c.value for c in claims if c.kind in {ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER}} | {asked}
    licences = models.Licence.objects.filter(edition=edition, number__in=numbers).select_related("agency")
    bare = re.sub(r"^PT\.?\s+", "", asked, flags=re.IGNORECASE)
    agencies = models.Agency.objects.filter(edition=edition)
    named = agencies.filter(Q(name__icontains=bare) | Q(sip3mi_number__in=numbers) | Q(aliases__contains=[asked]))
    return [
        *(Hit("licence", one.agency_id, one.number, detail=one.agency.name) for one in licences[:MOST_HITS]),
        *(Hit("agency", one.pk, one.name, detail=one.city) for one in named.order_by("name")[:MOST_HITS]),
    ]


def _listed(contacts: set[tuple[str, str]], edition: models.RegisterEdition) -> list[Hit]:
    """Agencies by a contact that the register lists as theirs."""
    return [Hit("agency", one.pk, one.name, detail=one.city) for one in owners.listing(contacts, edition)[:MOST_HITS]]


# --- words ----------------------------------------------------------------------------------------


def terms(asked: str) -> list[str]:
    """The words that must all stand in a post, in small letters, each once. Raises RefusedError."""
    found = list(dict.fromkeys(keepable(asked).casefold().split()))
    long_enough = [term for term in found if len(term) >= SHORTEST_TERM]
    if found and not long_enough:
        raise RefusedError("search.short", _("Write at least one word of three letters."))
    if len(found) > MOST_TERMS:
        raise RefusedError("search.many_words", _("At most %(count)s words."), count=MOST_TERMS)
    return found


def leads_to_a_person(asked: str) -> bool:
    """Whether a search by words holds a number or an account: such are found by `find`, and do not stand in the address of a page."""
    asked = _OUR_OWN.sub(" ", asked)
    claims = reading.read(Content(text=asked)).claims
    return any(c.kind in masks.CONTACTS for c in claims) or masks.text(asked, []) != asked


type _Contact = tuple[str, str]  # kind and value; of a bank account its digits alone


def open_texts(texts: Mapping[int, str], person: models.Person, *, unknown: Collection[int] | None = None) -> frozenset[int]:
    """Of lines that people wrote those that may stand in full for this person: every contact a mask would cut in it that is known here may
    be shown to them. A contact nobody knows here stands in full with the line: whoever sees the line is of the office that wrote it. Where
    that is not so `unknown` names the lines in which it may. Five queries however many lines, else none."""
    if not access.may(person, Action.CONTACT_SHOW):
        return frozenset()
    if access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return frozenset(texts)
    cut = {key: places for key, text in texts.items() if (places := masks.places(text, []))}
    read = reading.read_many(Content(text=texts[key]) for key in cut)
    lines = [_Line.of(key, texts[key], places, one.claims) for (key, places), one in zip(cut.items(), read, strict=True)]
    lines = [line for line in lines if line.resolved]
    known = _known(set().union(*(line.contacts for line in lines)))
    stand_in = {line.key: set().union(*(known[one] for one in line.contacts if one in known)) for line in lines}
    may = looks.open_indicators(set().union(*stand_in.values()), person)
    shown = (line for line in lines if unknown is None or line.key in unknown or line.holds_only(known))
    return frozenset(texts) - frozenset(cut) | {line.key for line in shown if stand_in[line.key] <= may}


@dataclass(frozen=True, slots=True)
class _Line:
    """What may be a contact in a line that people wrote. A number is looked for in all digits of the line: what stands between two of
    them, or beside them, does not hide it."""

    key: int
    contacts: frozenset[_Contact]
    cuts: tuple[tuple[str, frozenset[_Contact]], ...]  # of each place a mask cuts its digits, and what is read or named there
    resolved: bool  # whether it is known of each such place what it may be

    @classmethod
    def of(cls, key: int, text: str, places: Iterable[masks.Place], claims: Iterable[Claim]) -> _Line:
        held = [(claim.span, _contact(str(claim.kind), claim.value)) for claim in claims if claim.kind in _INDICATOR_KINDS]
        cuts = []
        for place in places:
            written = text[place.start : place.end]
            there = {contact for (start, end), contact in held if start < place.end and place.start < end}
            cuts.append((_digits(written), frozenset(there | _tagged(written))))
        digits = _digits(text)
        contacts = {contact for _span, contact in held}.union(*(there for _own, there in cuts))
        resolved = len(digits) <= _MOST_DIGITS and all(own or there for own, there in cuts)
        if resolved:
            contacts = contacts.union(*(_of_digits(number) for number in _runs(digits)))
        return cls(key, frozenset(contacts), tuple(cuts), resolved)

    def holds_only(self, known: Collection[_Contact]) -> bool:
        """Whether each place a mask cuts is of a contact that is known here, with nothing beside it that may be another."""
        for digits, there in self.cuts:
            left = digits
            for number in sorted(_runs(digits), key=len, reverse=True):
                if any(one in known for one in _of_digits(number)):
                    left = left.replace(number, "")
            if len(left) > _FEW_DIGITS or (left == digits and not any(one in known for one in there)):
                return False
        return True


def _digits(text: str) -> str:
    return "".join(sign for sign in folding.fold(text).plain if sign in "0123456789")


def _runs(digits: str) -> set[str]:
    """What in a run of digits has the length of a number."""
    return {digits[at : at + size] for size in _NUMBER_LENGTHS for at in range(len(digits) - size + 1)}


def _of_digits(number: str) -> set[_Contact]:
    """What a number may be; a wallet's is written with the nought."""
    if number.startswith("0"):
        return {("bank_account", number)}  # of a phone number the same digits without it are asked for too
    return {("phone", f"+{number}"), ("phone", f"+62{number}"), ("bank_account", number), ("bank_account", f"0{number}")}


def _tagged(text: str) -> set[_Contact]:
    """What the names behind an @ may be: an account wherever there are some, an e-mail address."""
    found: set[_Contact] = set()
    for tagged in _TAGGED.findall(text.lower()) + _TAGGED.findall(folding.fold(text).plain):
        whole = tagged.strip("@.")
        found.add(("email", whole))
        for part in {whole, *tagged.split("@")}:
            names = {part.strip("."), part.strip("._-"), *re.findall(r"[\w.]+", part)[:1]}
            found |= {("account", f"{platform}:{name}") for platform in _PLATFORMS for name in names if name}
    return found


def _contact(kind: str, value: str) -> _Contact:
    return kind, value.rpartition(" ")[2] if kind == ClaimKind.BANK_ACCOUNT else value


def _known(wanted: Collection[_Contact]) -> dict[_Contact, set[int]]:
    """Of these contacts those that are known here, with the indicators they may be. Three queries, fewer where a kind is not wanted."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted:
        by_kind.setdefault(kind, []).append(value)
    banks = by_kind.pop(ClaimKind.BANK_ACCOUNT, [])
    either = reduce(or_, (Q(kind=kind, value__in=values) for kind, values in by_kind.items()), Q())
    found: list[tuple[int, str, str]] = []
    if by_kind:
        found += models.Indicator.objects.filter(either).values_list("pk", "kind", "value")
    if banks:
        # Of which bank a number is a line need not say. A pass over all bank accounts: they are few, and this is asked a batch at a time.
        accounts = models.Indicator.objects.filter(kind=ClaimKind.BANK_ACCOUNT)
        digits = Func("value", Value(" "), Value(-1), function="split_part", output_field=TextField())
        found += accounts.annotate(digits=digits).filter(digits__in=banks).values_list("pk", "kind", "digits")
    if names := by_kind.get(ClaimKind.ACCOUNT):
        borne = models.AccountName.objects.filter(name__in=names).values_list("indicator", "name")
        found += [(pk, str(ClaimKind.ACCOUNT), name) for pk, name in borne]
    known: dict[_Contact, set[int]] = {}
    for pk, kind, value in found:
        known.setdefault((kind, value), set()).add(pk)
    return known


def _holding(asked: str, by: models.Person) -> int:
    """How many of the posts this person sees hold all words, up to MOST_COUNTED + 1. Raises RefusedError."""
    posts = with_words(access.scope(by, Action.POST_VIEW, models.Post.objects.all()), terms(asked))
    return posts.order_by()[: MOST_COUNTED + 1].count()


def with_words(posts: QuerySet[models.Post], wanted: Iterable[str]) -> QuerySet[models.Post]:
    """Those of the posts in whose words all terms stand."""
    for term in wanted:
        posts = posts.filter(words__words__contains=term)
    return posts


def day_typed(written: str) -> str:
    """What stands in a field for a day, to be shown there again: also what is no day, without contacts, for it goes into an address."""
    text = keepable(written.strip())
    return text if days.asked(text) else masks.text(text[: days.LONGEST])


def within[M: Model](rows: QuerySet[M], field: str, *, since: str = "", until: str = "", zone: ZoneInfo) -> QuerySet[M]:
    """Those whose moment lies on or after the one day and on or before the other, of that zone. Raises RefusedError for what is no
    day: the whole of a list is not what was asked for."""
    for place, asked in (("since", since), ("until", until)):
        if days.unread(asked):
            raise RefusedError("search.day", _("Write the day as 24/11/2026 or 24 Nov 2026."), place)
    if first := days.asked(since):
        rows = rows.filter(**{f"{field}__gte": datetime.combine(first, time(), zone)})
    if last := days.asked(until):
        rows = rows.filter(**{f"{field}__lt": datetime.combine(last + timedelta(days=1), time(), zone)})
    return rows


# What the newest posts name is common and is found there; only what they do not name is asked for by its index, where it is rare.
# count, not EXISTS: for that PostgreSQL would read the table from its start in the hope of an early hit that a rare code never gives.
_NEWEST: Final = 5000
_COUNTRIES = """
WITH newest AS (
    SELECT DISTINCT unnest(countries) AS code
    FROM (SELECT countries FROM patrol_postwords ORDER BY post_id DESC LIMIT %(newest)s) w
)
SELECT code FROM newest
UNION
SELECT code FROM unnest(%(known)s::varchar[]) AS code
WHERE code NOT IN (SELECT code FROM newest)
    AND (SELECT count(*) FROM patrol_postwords w WHERE w.countries @> ARRAY[code]) > 0
"""


def countries() -> set[str]:
    """Codes of the countries that posts name."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTRIES, {"newest": _NEWEST, "known": list(titles.COUNTRIES)})
        return {code for (code,) in cursor.fetchall()}


# The newest flagged posts show soon whether a place is one that many name. Where it is not, the index leads to the few; where it is, the
# index leads to a good part of all posts, and the list's own walk from the newest one on ends sooner.
_NEWEST_FLAGS: Final = 10_000
_PAGE: Final = 31
_NAMED_OFTEN: Final = """
SELECT count(*) FROM (
    SELECT FROM (SELECT post_id FROM patrol_flag ORDER BY id DESC LIMIT %(newest)s) f
    JOIN patrol_postwords w ON w.post_id = f.post_id JOIN patrol_readingclaims k ON k.reading_id = w.reading_id
    WHERE k.claims @> %(named)s::jsonb LIMIT %(page)s) often
"""
_OF_PLACE: Final = """
SELECT w.post_id FROM patrol_readingclaims k
JOIN patrol_reading r ON r.id = k.reading_id JOIN patrol_postversion v ON v.id = r.version_id
JOIN patrol_flag f ON f.post_id = v.post_id JOIN patrol_postwords w ON w.post_id = v.post_id AND w.reading_id = k.reading_id
WHERE jsonb_path_query_array(k.claims, '$[*] ? (@.kind == "place").value') @> to_jsonb(ARRAY[%(place)s])
"""


def of_place(posts: QuerySet[models.Post], place: str) -> QuerySet[models.Post]:
    """Flagged posts whose newest reading names the place. Two queries of its own, one where many name it."""
    named = [{"kind": str(ClaimKind.PLACE), "value": place}]
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_OFTEN, {"newest": _NEWEST_FLAGS, "named": json.dumps(named), "page": _PAGE})
        if cursor.fetchone()[0] == _PAGE:
            claims = models.ReadingClaims.objects.filter(reading=OuterRef("words__reading_id"), claims__contains=named)
            return posts.filter(Exists(claims), flag__isnull=False)
        cursor.execute(_OF_PLACE, {"place": place})
        return posts.filter(pk__in=[post for (post,) in cursor.fetchall()])


def snippet(words: str, wanted: Sequence[str], *, width: int = 160) -> list[tuple[str, bool]]:
    """The place where the first term stands, as pieces with whether a piece is a hit. `words` are masked already.

    As much as fits: what is shorter than `width` is shown whole.
    """
    places = [at for term in wanted if (at := words.find(term)) >= 0]
    start = max(0, min(min(places, default=0) - width // 4, len(words) - width))
    piece = words[start : start + width]
    if not wanted:
        return [(piece, False)]
    split = re.split("(" + "|".join(map(re.escape, sorted(wanted, key=len, reverse=True))) + ")", piece)
    made = [(part, number % 2 == 1) for number, part in enumerate(split) if part]
    lead = [("… ", False)] if start else []
    return [*lead, *made, *([(" …", False)] if start + width < len(words) else [])]


_DUE = """
SELECT r.id, r.version_id, v.post_id, r.countries, t.text, c.claims::text, c.picture_texts::text
FROM patrol_reading r
JOIN patrol_postversion v ON v.id = r.version_id
JOIN patrol_post p ON p.id = v.post_id AND p.versions_count = v.number
JOIN patrol_posttext t ON t.version_id = v.id
JOIN patrol_readingclaims c ON c.reading_id = r.id
LEFT JOIN patrol_postwords w ON w.post_id = v.post_id
WHERE r.id > %(reached)s AND (w.post_id IS NULL OR w.reading_id < r.id)
  AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id)
ORDER BY r.id LIMIT %(limit)s
"""
_KEEP = """
INSERT INTO patrol_postwords AS w (post_id, version_id, reading_id, words, countries)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[])
    AS n (post_id, version_id, reading_id, words) CROSS JOIN LATERAL (SELECT countries FROM patrol_reading WHERE id = n.reading_id) r
ON CONFLICT (post_id) DO UPDATE SET version_id = EXCLUDED.version_id, reading_id = EXCLUDED.reading_id, words = EXCLUDED.words,
    countries = EXCLUDED.countries WHERE w.reading_id < EXCLUDED.reading_id
"""


def due(*, now: datetime) -> bool:
    """Whether a reading waits to be taken into the words. Where none does, what is older than any transaction is not looked at again."""
    since = reached.since("words", table="patrol_reading")
    if since is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"reached": since, "limit": 1})
        waits = cursor.fetchone() is not None
    if not waits:
        reached.settle("words", table="patrol_reading", at="read_at", since=since, window=WINDOW, now=now)
    return waits


def fill(*, now: datetime, limit: int) -> int:
    """Takes up to `limit` readings into the words. Returns how many; 0 where nothing is due. Doing it twice changes nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        since = reached.take("words")
        cursor.execute(_DUE, {"reached": since, "limit": limit})
        rows = cursor.fetchall()
        newest: dict[int, tuple[int, int, int, str]] = {}
        for reading_id, version_id, post_id, _countries, text, claims, pictures in rows:
            newest[post_id] = (post_id, version_id, reading_id, masked(text, json.loads(claims), json.loads(pictures)))
        if newest:
            cursor.execute(_KEEP, [list(column) for column in zip(*newest.values(), strict=True)])
        # A full batch ends at its last reading, and whatever lies before it is done; where it is not full, all is done.
        cursor.execute("SELECT count(*) FROM patrol_reading WHERE id > %s AND id <= %s", [since, rows[-1][0] if rows else since])
        window = cursor.fetchone()[0] if len(rows) == limit else WINDOW
        reached.settle("words", table="patrol_reading", at="read_at", since=since, window=window, now=now)
    return len(newest)


def masked(text: str, claims: Sequence[dict[str, object]], pictures: Sequence[str]) -> str:
    """What is searched: text and words of pictures with every contact cut, small letters, one space between words."""
    parts = [_cut(text, claims, "text")]
    parts += [_cut(said, claims, f"image:{number}") for number, said in enumerate(pictures)]
    return " ".join(" ".join(parts).casefold().split())[:LONGEST_WORDS]


def _cut(text: str, claims: Sequence[dict[str, object]], source: str) -> str:
    """Without what a mask leaves readable: nobody is found by the beginning of a number."""
    whole = [(start, end, "") for start, end, _kind in masks.contacts_of(claims, source)]
    return masks.text(text, whole, masks.known_of(claims, source))

"""What of one post can tie it to others: contacts as anybody would compare them, who posted it, its text; and what ties nobody."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from patrol import domain
from patrol.domain import Claim, ClaimKind, PhraseGroup, Route, TextKind, TieKind
from patrol.engine import everybodys, lazy
from patrol.engine.likeness import job
from patrol.engine.linking import texts
from patrol.engine.reading import accounts, folding, phrases
from patrol.engine.rules import signs

CONTACTS: Final = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT)
MEMBERS: Final = frozenset((TextKind.OFFER_ABROAD, TextKind.OFFER_HOME, TextKind.LURE, TextKind.ADVERTISEMENT))

_EVERYBODYS = phrases.load("everybodys.toml")
EVERYBODYS_ACCOUNTS = frozenset(_EVERYBODYS["accounts"])
_LEAVE_OUT = lazy.regex(r"^(?:utm_\w+|ref|fbclid|igshid?|gclid|si|s|source|share)$", re.IGNORECASE)  # who sent the reader
# A name beside the word for its platform, where the reader leaves open which one it is on: "DM toko.rekaan", "kanal lama toko_rekaan",
# "toko_rekaan di tele".
_NAME = r"[A-Za-z][A-Za-z\d]*[._][A-Za-z\d._]*[A-Za-z\d]"
_SPOKEN = lazy.regex(
    r"\b(?:dm|ig|fb|tele|telegram|tiktok|akun|channel|chanel|kanal|grup|group)\b(?: (?:lama|baru|lawas|anyar|asli|resmi))?"
    rf"[ :@=>»→-]{{1,3}}({_NAME})"
    rf"|(?<![\w.@/])({_NAME}) (?:di|neng|nang|ning|dina|on) (?:dm|ig|fb|tele|telegram|tiktok|insta|instagram)\b"
    r"|(?<![\w.])@([A-Za-z][A-Za-z\d._]*[A-Za-z\d])",
    re.IGNORECASE,
)
_OF_THE_STATE = lazy.regex(r"[@.](?:go\.id|mil\.id|gov(?:\.[a-z]{2})?|go\.(?:kr|jp))$")
_BEFORE = 45  # code points in front of a number in which it is said whose it is
_CALLED = 60  # code points in front of a contact in which the reader is called to it
_LEAST_HANDLE = 4  # letters of a name that are its owner's own, for it to be known again on another platform
_MOST_APART = 2  # groups of strangers under one author: more, and he is a board on which anybody advertises
_DIFFER = 0.34  # of the pairs of an author's offers: more are about another job, and he is a board


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return lazy.regex(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")


_CHECKING, _ACCUSES, _CALLS, _BLAMES, _ANEW, _BEFELL = (
    _any_of(_EVERYBODYS[key]) for key in ("checking", "accuses", "calls", "blames", "anew", "befell")
)
_REPORTS_BACK = lazy.regex(r"\blapor(?:kan)? (?:\w+ )?(?:ke|nang|neng|ka) (?=admin|cs|t\.me|http|wa\b|@|kami|saya)")
_ACCUSED, _AS = ("|".join(_EVERYBODYS[key]) for key in ("accused", "as"))
_DEFENDS = lazy.regex(
    rf"\b(?:{_ACCUSED})(?: \w+){{0,3}} (?:{_AS})\b|\b(?:{_AS})(?: \w+){{0,2}} (?:{_ACCUSED})\b"
    rf"|\b(?:{'|'.join(_EVERYBODYS['selves'])})(?:(?: \w+){{0,5}},? (?:itu )?fitnah|(?: {'| '.join(_EVERYBODYS['nots'])})"
    rf"(?: pernah)? (?:{'|'.join(_EVERYBODYS['runs'])}))\b"
)
# Of whoever might report him the author only says what he threatens them with.
_IF_REPORTED = lazy.regex(rf"\b(?:{'|'.join(_EVERYBODYS['whoever'])}) (?:\w+ )?lapor (?:\w+ )?(?:polisi|polres|polsek)\b")
_HANDLE_WORDS = lazy.regex("|".join(sorted(_EVERYBODYS["handle_words"], key=len, reverse=True)))


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """`value` as the claim has it where there is one, so that its indicator is found; `key` is what is compared.

    `own_id`: of an author the platform gives an id of his own, as his indicator has it.
    """

    kind: TieKind
    key: str
    value: str = ""
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What ties one post.

    `given` ties it to whoever gives or is the same; `author` only where he is no board. `agencys`: contacts that lead to a licensed
    agency and tie nobody, whoever gives them. `follows`: reads like no offer, but sends its readers to a contact, or to its author; it
    belongs to the ring whose contact that is, and makes none.
    """

    given: frozenset[Mark] = frozenset()
    author: frozenset[Mark] = frozenset()
    agencys: frozenset[str] = frozenset()
    text: texts.Own | None = None
    offered: job.Job = field(default_factory=job.Job)
    member: bool = False
    follows: bool = False

    @property
    def ways(self) -> frozenset[str]:
        """Keys of the ways it gives to reach whoever posts, each once: a link that dials a number or leads to an account is none."""
        bare = {mark.key.removeprefix("handle:") for mark in self.given if mark.kind == TieKind.HANDLE}
        found = {mark.key for mark in self.given if mark.kind in (TieKind.PHONE, TieKind.HANDLE, TieKind.EMAIL)}
        found |= {m.key for m in self.given if m.kind == TieKind.ACCOUNT and _bare(m.key.rpartition(":")[2]) not in bare}
        named = [key.rpartition(":")[2].removeprefix("+") for key in found]
        links = (mark.key for mark in self.given if mark.kind == TieKind.LINK)
        return frozenset((*found, *(key for key in links if not any(name in _bare(key) for name in named))))

    @property
    def leads_to(self) -> frozenset[str]:
        """Whom it advertises for: everything it gives, and the companies it names (shared.serves_many)."""
        return frozenset(mark.key for mark in self.given) | self.offered.companies


def marks(content: domain.Content, assessment: domain.Assessment, sites: Collection[str] = ()) -> Marks:
    """None of a post is lost here: who is no member has no marks. `sites`: hosts of the register's agencies, whose e-mail addresses are
    official and tie nobody, whoever gives them."""
    read = assessment.reading
    own = assessment.check.contact_own is True
    # An agency's own numbers lead to the agency. Impersonators give them beside their own.
    agencys = frozenset(mark.key for mark in _given(content, read, sites)) if own else frozenset()
    if read.route == Route.EXEMPT or _accuses(content, read):
        return Marks(agencys=agencys)
    if read.text_kind not in MEMBERS and not _goes_on(content):
        given = (_given(content, read, sites) or author_marks(content)) if _sends(content, read) else frozenset()
        return Marks(given, agencys=agencys, follows=bool(given))
    if own:
        # What it says and shows may be copied by others against its will; an account for money is another matter.
        paid = frozenset(mark for mark in _given(content, read, sites) if mark.kind == TieKind.BANK_ACCOUNT)
        return Marks(paid, agencys=agencys, member=True)
    given, author = _given(content, read, sites), _author(content)
    # An office's notice passed on, with no way of one's own to be reached: its words are the office's.
    passed_on = not given and bool(read.phrases(PhraseGroup.OFFICIAL_PLACES, PhraseGroup.OFFICIAL_ROUTE))
    if not given and author:  # "inbox": the author is the contact
        given, author = author_marks(content), frozenset()
    spans = [claim.span for claim in read.of(*CONTACTS) if claim.source == "text"]
    said = None if passed_on else texts.own(content.text, without=spans)
    return Marks(given, author, agencys, said, job.job(read), member=True)


def is_board(offers: Collection[job.Job], groups: int, *, own: bool = False) -> bool:
    """Whether an author who brought posts of so many otherwise untied groups advertises for strangers.

    One job under a few numbers is one hand (under many: shared.serves_many). A single post that was read to be about something else
    makes no board of him. `own`: some send their readers to himself.
    """
    pairs = list(itertools.combinations(offers, 2))
    if groups > _MOST_APART:
        return sum(one.agrees(other) for one, other in pairs) < (1 - _DIFFER) * len(pairs)
    return not own and sum(one.is_another(other) for one, other in pairs) > _DIFFER * len(pairs)


# --- contacts -------------------------------------------------------------------------------------


def _given(content: domain.Content, read: domain.Reading, sites: Collection[str]) -> frozenset[Mark]:
    """What a post gives to be reached or paid by; nothing that belongs to everybody, to the state, or is there to complain at."""
    found: set[Mark] = set()
    numbers = [claim for claim in read.of(ClaimKind.PHONE) if not _is_for_checking(content.text, claim)]
    # A hotline is one beside the advertiser's own way; alone, a number that poses as an office's is the ring's.
    for claim in numbers or read.of(ClaimKind.PHONE):
        found.add(Mark(TieKind.PHONE, f"phone:{claim.value}", claim.value))
    for claim in read.of(ClaimKind.BANK_ACCOUNT):
        found.add(Mark(TieKind.BANK_ACCOUNT, f"bank_account:{claim.value}", claim.value))
    for claim in read.of(ClaimKind.ACCOUNT):
        if claim.value not in EVERYBODYS_ACCOUNTS:
            found |= _account(claim.value)
    for spoken in _SPOKEN.finditer(content.text[: texts.LONGEST]):
        found |= {mark for mark in _account(f":{spoken[1] or spoken[2] or spoken[3]}") if mark.kind == TieKind.HANDLE}
    for claim in signs.unofficial_links(read):
        if (address := _address(claim.value)) is not None:
            found.add(Mark(TieKind.LINK, f"link:{address}", claim.value))
    return frozenset(found | _mails(content.text[: texts.LONGEST], sites))


def _mails(text: str, sites: Collection[str]) -> set[Mark]:
    """E-mail addresses, but those of the state, those at an agency's own site and those named for whoever doubts."""
    return {
        Mark(TieKind.EMAIL, f"email:{address}", address)
        for address, start in accounts.addresses(folding.fold(text))
        if not _OF_THE_STATE.search(address) and not _at_site(address, sites) and not _named_for_checking(text, start)
    }


def _at_site(address: str, sites: Collection[str]) -> bool:
    host = address.rpartition("@")[2]
    return any(host == site or host.endswith(f".{site}") for site in sites)


def _account(value: str) -> set[Mark]:
    platform, _, name = value.partition(":")
    bare = _bare(name)
    found = {Mark(TieKind.ACCOUNT, f"account:{platform}:{name.lower()}", value)}
    if len(re.sub(r"\d", "", _HANDLE_WORDS.sub("", bare))) >= _LEAST_HANDLE and len(bare) >= _LEAST_HANDLE + 3:
        found.add(Mark(TieKind.HANDLE, f"handle:{bare}", value))
    return found


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def author_marks(content: domain.Content) -> frozenset[Mark]:
    """Who posted it: the account by its own id where the platform tells it, else by its name; and the name by itself."""
    own = f"{content.platform}:{content.author_id}" if content.author_id else ""
    account = f"account:{own.lower()}" if own else ""
    return frozenset(
        Mark(mark.kind, account if account and mark.kind == TieKind.ACCOUNT else mark.key, mark.value, own)
        for mark in _account(f"{content.platform}:{content.author}")
    )


def _author(content: domain.Content) -> frozenset[Mark]:
    if not content.author or not content.platform:
        return frozenset()
    return frozenset(mark if mark.kind == TieKind.HANDLE else replace(mark, kind=TieKind.AUTHOR) for mark in author_marks(content))


def _address(value: str) -> str | None:
    """A site of one's own by its host, else with path and query without who sent the reader; None for everybody's same place."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return value
    path = parts.path.rstrip("/")
    query = urlencode([pair for pair in parse_qsl(parts.query) if not _LEAVE_OUT.match(pair[0])])
    if host not in everybodys.HOSTS:
        return host
    if not path and not query:
        return None
    return f"{host}{path}{'?' + query if query else ''}"


def _is_for_checking(text: str, claim: Claim) -> bool:
    """Whether a number stands there for whoever doubts: named as an office's, or as that of a complaint desk."""
    return claim.source == "text" and _named_for_checking(text, claim.span[0])


def _named_for_checking(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    return bool(_CHECKING.search(folding.fold(re.split(r"\n|(?<=\d{4})[.;,]", before)[-1]).words))


# --- who speaks -----------------------------------------------------------------------------------


def _accuses(content: domain.Content, read: domain.Reading) -> bool:
    """Whether a text speaks about a contact's owner instead of for him.

    An offer says "awas calo" too, but not "ayo lapor"; and whoever is called a fraud himself has the word from others. He also tells
    his readers to leave the old number, where he gives a new one.
    """
    words = _REPORTS_BACK.sub("", folding.fold(content.text[: texts.LONGEST]).words)
    if signs.asks(read):
        words = _IF_REPORTED.sub("", words)
    defends = _DEFENDS.search(words) is not None
    if _BLAMES.search(words):
        return not (defends and _ANEW.search(words))
    if read.text_kind in (TextKind.OFFER_ABROAD, TextKind.OFFER_HOME) or defends or _collects(read):
        return False
    return _ACCUSES.search(words) is not None


def _collects(read: domain.Reading) -> bool:
    """Whether a bait asks for money to an account it gives: "korban" and "penipuan" are then whom it promises their money back."""
    asked = signs.phrases(read, PhraseGroup.CHARGE, PhraseGroup.UPFRONT_MONEY) and signs.money_targets(read)
    return read.text_kind == TextKind.LURE and bool(asked) and not read.phrases(PhraseGroup.WARNS, PhraseGroup.REPORTS, PhraseGroup.ASKS)


def _goes_on(content: domain.Content) -> bool:
    """Whether the author answers those who call him a fraud and tells how he is reached: he is of the ring, whatever kind of text it is.

    It is often the only post that gives the old number and the new.
    """
    words = folding.fold(content.text[: texts.LONGEST]).words
    return bool(_DEFENDS.search(words)) and bool(_ANEW.search(words) or _CALLS.search(words))


def _sends(content: domain.Content, read: domain.Reading) -> bool:
    """Whether a text that reads like no offer sends its readers on: a call stands before a contact in one sentence ("daftar di ..."),
    or the author is to be written to ("inbox aja"). Who warns, reports, asks, or tells what befell himself sends nobody."""
    if read.phrases(PhraseGroup.WARNS, PhraseGroup.REPORTS, PhraseGroup.ASKS) or _BEFELL.search(_words(content.text[: texts.LONGEST])):
        return False
    given = [claim.span[0] for claim in read.of(*CONTACTS) if claim.source == "text"]
    before = (re.split(r"\n\s*\n|[.!?](?=\s)", content.text[max(0, start - _CALLED) : start])[-1] for start in given)
    return bool(signs.phrases(read, PhraseGroup.PRIVATE_CONTACT)) or any(_CALLS.search(_words(words)) for words in before)


def _words(text: str) -> str:
    return folding.fold(text).words

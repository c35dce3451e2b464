"""In whose name a text is written: an office's or a bank's, or the company's its account is called after.

An office that is named does not speak. It speaks where its name is the heading or the subject of the first words ("KBRI Muscat open
recruitment"), the subject of an office's act ("pemerintah mencairkan"), or signs beneath ("- Kementerian P2MI -"), where an official
says that he is one ("saya ajudan bupati"), and where the account calls itself so. A company speaks where its name stands behind "kami"
or a post in it ("admin PT Contoh"); somebody else uses it who goes through it ("lewat PT Contoh", "pakai SIP Contoh") or whose account
is a person's. Weaker, and enough only where something is given away: it is where the gift comes from ("dana dari BP2MI").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from patrol.domain import Claim, ClaimKind, PhraseGroup, Span
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases, prefilter

AUTHOR = "author"  # the source of a claim on the account's name
_HEAD = 30  # code points in which a heading names its office
_FOOT = 70  # in which a signature does
_TELLING = 4  # letters of a company's word that an account is called after

# What this module alone says; all other groups have phrases in the lexicon.
GROUPS = frozenset((PhraseGroup.OFFICE_SPEAKS, PhraseGroup.OFFICE_ACCOUNT, PhraseGroup.COMPANY_ACCOUNT))
_NAMED_BEHIND = 60  # code points in front of a company in which it is told who speaks

_WORDS = phrases.load("speakers.toml")


def _any(key: str) -> str:
    return "|".join(_WORDS[key])


_OFFICE = rf"(?:{_any('offices')})(?![a-z0-9])"
_NAMED = lazy.regex(rf"(?<![a-z0-9]){_OFFICE}")
_BESIDE = lazy.regex(rf"(?<![a-z0-9])(?:{_any('beside')}) $")
_ACTS = lazy.regex(rf"(?: [a-z0-9.()&/]+){{0,5}} (?:{_any('acts')})(?![a-z])")
_FROM = lazy.regex(r"(?<![a-z0-9])(?:dari|dr|from|resmi|oleh|by|saking) (?:program |pihak |pusat |kantor )?$")
_I_AM = lazy.regex(rf"(?<![a-z])(?:{_any('i_am')})(?: (?!(?:{_any('heard')})(?![a-z]))[a-z.,]+){{0,2}} (?:{_any('of')})(?: [a-z.]+)? $")
# ... with his name first: "saya Ratih, petugas KUR Bank Contoh", "kenalin gw Rio, dinas di kanim".
_BY_NAME = lazy.regex(
    rf"(?<![a-z])(?:{_any('i_am')})(?: (?!(?:{_any('heard')})(?![a-z]))[a-z.]+){{1,4}} ?[,(]"
    rf"(?: (?!(?:{_any('heard')})(?![a-z]))[a-z.]+){{0,4}} ?$"
)
_GIVEN = lazy.regex(rf"(?<![a-z0-9])(?:{_any('gives')})(?: [a-z0-9.,]+){{0,4}} $")
_SIGNED = lazy.regex(
    rf"(?:\n|[-–—]|(?<![a-z])ttd\.?|hormat kami,?)\s*[^\n\d.!?]{{0,25}}?(?P<office>(?<![a-z0-9]){_OFFICE})[^\n\d!?]{{0,20}}$"
)
# Before an office in the first words: a sentence is over, or somebody else is telling.
_TOLD = lazy.regex(
    rf"[.!?](?: |$)|(?<![a-z])(?:{_any('i_am')}|{_any('heard')}|sudah|udah|telah|dari|dr|oleh|di[a-z]{{3,}}|me[mn][a-z]{{3,}})(?![a-z])"
)
# An official who says so himself: "saya masih ajudan", "ini Bripka Yoga", "kula Sari, stafsus menteri", "ttd, Kasubdit". In front of him
# stands nothing, or what a message begins with: "suami saya ajudan" speaks of another.
_OFFICIAL = rf"(?:{_any('officials')})(?![a-z])"
_SAYS_HE_IS = lazy.regex(
    rf"(?:^|[^a-z ]|(?<![a-z])(?:{_any('greets')})) *"
    rf"(?:(?:kakak|ibu|bapak) )?(?:{_any('i_am')})(?: (?:{_any('before')}))*"
    rf"(?: (?:(?!(?:{_any('heard')})(?![a-z]))[a-z.]+ ?){{1,2}}[,(])? (?P<office>{_OFFICIAL})"
)
_UNDERSIGNED = lazy.regex(rf"(?<![a-z])(?:ttd|tertanda|hormat kami)[.,:]*\s+(?P<office>{_OFFICIAL})")
_POSTS = prefilter.glance(re.split(r"[^a-z]", post)[0] for post in _WORDS["officials"])
# Offices that the phrases of the lexicon do not know.
_MORE = prefilter.glance(("kantorpos", "kepolisian", "lpsk", "unhcr", "ptri", "pusat pe", "pusat klaim", "pusat verifikasi"))
_ACCOUNT = lazy.regex(rf"(?<![a-z0-9])(?:{_OFFICE}|(?:{_any('accounts')})(?![a-z0-9]))")
_BODY = lazy.regex(rf"(?<![a-z0-9])(?:{_any('bodies')})(?![a-z])")
_PERSON = lazy.regex(rf"^(?:{_any('titles')})(?![a-z0-9])")
_MIGRANTS = lazy.regex(rf"(?<![a-z])(?:{_any('migrants')})(?![a-z])")
_FORM = r"(?:(?:pt|cv|p3mi|pjtki)\.? ?)?[\"'(]?$"
_STAFF = lazy.regex(
    rf"(?<![a-z])(?:(?:kami|we)(?: (?:{_any('posts')}|{_any('of')}|adalah|pihak|resmi|cabang|selaku|mewakili))*"
    rf"|(?:{_any('posts')})(?: (?:resmi|pusat|dari|di|of|pendaftaran|rekrutmen|keuangan|penempatan))*) {_FORM}"
)
_THROUGH = lazy.regex(rf"(?<![a-z])(?:{_any('through')}) (?:(?:sip|izin|ijin|nama|job|bendera)(?: dari)? )?{_FORM}")
_ABOUT = lazy.regex(rf"(?<![a-z0-9])(?:{_any('about')})(?![a-z0-9])")
_FORMS = lazy.regex(r"^(?:pt|cv|lpk|p3mi|pptkis|pjtki|yayasan)$")
_NO_LETTERS = lazy.regex(r"[^a-z]+")


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """PHRASE claims of the places where an office speaks or gives."""
    words, plain = folded.words, folded.plain
    made = _officials(folded, source) if _POSTS(words) else []
    if not (
        any(hit.value == PhraseGroup.OFFICIAL_BODY for hit in hits.get("threat", ()))
        or any(hit.value in _OFFICES for hit in hits.get("phrase", ()))
        or _MORE(words)
    ):
        return made
    made += [
        _said(group, folded.word_span(*match.span()), source)
        for match in _NAMED.finditer(words)
        if (group := _speaks(words, *match.span()))
    ]
    if signed := _SIGNED.search(plain, max(0, len(plain) - _FOOT)):
        made.insert(0, _said(PhraseGroup.OFFICE_SPEAKS, folded.span(*signed.span("office")), source))
    return made[: phrases.MOST_SAID]


def _officials(folded: folding.Folded, source: str) -> list[Claim]:
    said = _SAYS_HE_IS.search(folded.plain) or _UNDERSIGNED.search(folded.plain)
    return [_said(PhraseGroup.OFFICE_SPEAKS, folded.span(*said.span("office")), source)] if said else []


def _said(group: PhraseGroup, span: Span, source: str) -> Claim:
    return Claim(ClaimKind.PHRASE, group, span, source)


_OFFICES = frozenset((PhraseGroup.OFFICIAL_PLACES, PhraseGroup.CLAIMS_OFFICE))


def _speaks(words: str, start: int, end: int) -> PhraseGroup | None:
    before = words[max(0, start - 60) : start]
    if _BY_NAME.search(before):
        return PhraseGroup.OFFICE_SPEAKS
    if _BESIDE.search(before):
        return None
    if _I_AM.search(before) or (start < _HEAD and not _TOLD.search(before)) or _ACTS.match(words, end, end + 80):
        return PhraseGroup.OFFICE_SPEAKS
    return PhraseGroup.OFFICE_GIVES if _FROM.search(before) or _GIVEN.search(before) else None


def of_companies(text: str, companies: Sequence[Claim], author: str = "") -> list[Claim]:
    """Claims on the companies of a text: in whose name it is written, or who goes through them; a person's account does."""
    made = []
    if companies and _PERSON.search(folding.fold(author).words):
        made.append(_said(PhraseGroup.GO_BETWEEN, (0, len(author)), AUTHOR))
    for company in companies[: phrases.MOST_SAID]:
        start = company.span[0]
        before = folding.fold(text[max(0, start - _NAMED_BEHIND) : start]).words
        if _STAFF.search(before):
            made.append(_said(PhraseGroup.COMPANY_ACCOUNT, company.span, company.source))
        elif _THROUGH.search(before):
            made.append(_said(PhraseGroup.GO_BETWEEN, company.span, company.source))
    return made


def of_author(author: str, platform: str, companies: Sequence[Claim]) -> list[Claim]:
    """Claims on what an account is called: an office, a village, school or training centre, migrants, a company of the text.

    Where an officer notes down, he is no author.
    """
    if not author or platform == _NOTED:
        return []
    name = folding.fold(author).words
    made = []
    if not _ABOUT.search(name):
        if _ACCOUNT.search(name):
            made.append(_said(PhraseGroup.OFFICE_ACCOUNT, (0, len(author)), AUTHOR))
        if _BODY.search(name):
            made.append(_said(PhraseGroup.LOCAL_BODY, (0, len(author)), AUTHOR))
        if _MIGRANTS.search(name):
            made.append(_said(PhraseGroup.MIGRANTS, (0, len(author)), AUTHOR))
    letters = _NO_LETTERS.sub("", name)
    if any(_is_called_after(letters, company.value) for company in companies):
        made.append(_said(PhraseGroup.COMPANY_ACCOUNT, (0, len(author)), AUTHOR))
    return made


_NOTED = "noted"


def _is_called_after(letters: str, company: str) -> bool:
    """Whether two words of the company, or all there are, stand in the letters of a name."""
    own = [word for word in folding.fold(company).words.split() if not _FORMS.match(word) and len(word) >= _TELLING]
    return bool(own) and sum(word in letters for word in own) >= min(2, len(own))

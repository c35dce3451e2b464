"""What a text shows of itself, counted once for all kinds of text: the material of `kinds`.

Words inside quotation marks speak for nobody but the one quoted; they are left out. Where the author besides blames, doubts or
mocks them and calls nobody himself, or tells a dialogue in which nobody is called, not even their wording counts.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple

from patrol.domain import Claim, ClaimKind, CompanyRole, PhraseGroup, Platform, Route, TextKind
from patrol.engine.reading import clauses, folding, open_places, own_staff, phrases, prefilter, sea_work, speakers

LEAD = 90  # code points in which a text says what it is
_GOES = re.compile(
    r"\b(?:ke|di|penempatan|negara|tujuan|job|loker|kerja|lowongan|berangkat|terbang|to|in|for|pekerja|"
    r"program|penempatan ke|pmi|tki|tkw|calon|:|cari|mau|kerja di|work|otw|jobs|magang|abk|kapal|pabrik|"
    r"kilang|"
    r"ladang|perawat|art|prt|majikan|sektor|formal|informal|ready|kuota|proses|khusus|tg|ssw|lewat|via|"
    r"nelayan|bos|rekrut|rekrutmen|kebutuhan|dibutuhkan|butuh|resmi) ?$"
)
_WORKS_THERE = re.compile(
    r"\b(?:kerja|bekerja|gawe|work|nyambut gawe|merantau|berangkat|penempatan|ditempatkan|terbang|"
    r"diberangkatkan|otw|job|loker|lowongan|pmi|tki|tkw|magang|budal|mangkat)(?: \w+){0,2} (?:ke|di|to|in|"
    r"nang|ka|menyang|neng)? ?$"
)
_PRESS = (
    "kompas",
    "antara",
    "detik",
    "tempo",
    "cnn",
    "tribun",
    "liputan",
    "okezone",
    "republika",
    "viva",
    "merdeka",
    "kumparan",
    "inews",
    "jpnn",
    "rri",
)
_DATELINE = re.compile(rf"^\W{{0,3}}(?:[a-z .,()/]{{3,40}}(?:,| -|--| –)? ?)?(?:{'|'.join(_PRESS)})[\w. ]{{0,14}} ?[-)–]")
_DATED_WITHIN = 60  # code points in which a dateline names the press
_WORKS = prefilter.first_words(_WORKS_THERE)
# "my" before a sign owns nothing: it is the code of Malaysia ("ladang my, inbox").
_FIRST_PERSON = re.compile(r"\b(?:saya|aku|gw|gue|aq|sy|kulo|abdi|ane|i am|i'm|my)\b(?<!\bmy(?= ?[,;:!/|.]))")
_SPEAKS = prefilter.first_words(_FIRST_PERSON)
# What somebody does to the one who tells of it: comes, calls, offers, promises, asks along, takes, demands.
_RETOLD = re.compile(
    r"\b(?:di(?:tawar|janji|ajak|rekrut|datang|hubung|tele?[pf]on|suruh|bujuk|kumpul|minta|tahan)(?:i|kan|in)?"
    r"|me(?:nawar|njanji|ngajak|rekrut|nyuruh|mbujuk|ngumpul|minta|ngaku)(?:i|kan)?)\b"
)
_LANDLINE = re.compile(r"\+62(?!8)|1\d{2,4}$")
_OFFICIAL_HOST = re.compile(r"\.go\.id|\.mil\.id")


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands outside quotation marks. `lead`: groups and cues in the first words."""

    folded: folding.Folded = field(repr=False)  # the text itself and all that was found in it: `learned` weighs the words
    hits: phrases.Hits = field(repr=False)
    groups: Counter[str]
    cues: Counter[str]
    lead: frozenset[str]
    claimed: frozenset[str]  # kinds of claims, phrases aside
    recruits: int  # without those inside a question or a wish
    terms: int  # different words of an ad's list of terms
    positions: int
    pay: int
    fee: int
    foreign_pay: bool
    foreign_ties: bool  # a company or a telephone of another country
    sea_abroad: bool  # work at sea whose pay or papers are no boat's at home
    contact: bool
    reached: bool  # there is some way to answer or to pay
    calls_at: int  # the place in the text of the last of them that is no office's; -1: none
    mobile: bool  # a telephone that is no office's landline
    places_left: bool  # it is counted how many are wanted
    goes: bool  # a country stands where one goes to
    works_there: bool
    countries: int
    home_places: int
    licence: bool
    placers: int
    official_host: bool
    own_staff: bool  # a company posts its own people
    first_person: bool
    question: bool
    dateline: bool
    account: frozenset[str]  # what the author's account is called after: groups of phrases (`speakers.of_author`)
    retold: bool  # an officer wrote down what others did to who told it: a question put at the counter retells nothing


class Said(NamedTuple):
    """What `kinds.by_signs` makes of them. `points`: how strongly each kind speaks, hand-set, before any comparison."""

    kind: TextKind
    route: Route
    points: Mapping[TextKind, float]


def gather(folded: folding.Folded, hits: phrases.Hits, claims: Sequence[Claim], *, platform: str = "") -> Signs:
    """The signs of one text; `claims` may hold those of links beside it. `platform`: says who writes, where words cannot."""
    words = folded.words
    quoted = clauses.quoted(words)
    spoken_of = quoted if quoted and _blames(words, hits, quoted) else _told(folded, hits, claims)
    if spoken_of and not _calls(folded, hits, claims, spoken_of):
        quoted = spoken_of
        words = clauses.blanked(words, quoted)
        folded = replace(folded, words=words)
        hits = {table: [hit for hit in found if hit.value == _JOKE or not _inside(*hit[1:], quoted)] for table, found in hits.items()}
    cues: Sequence[phrases.Hit] = hits.get("cue", ())
    said: Sequence[phrases.Hit] = hits.get("phrase", ())
    if quoted:
        cues = [hit for hit in cues if hit.value == _JOKE or not _inside(hit.start, hit.end, quoted)]
        said = [hit for hit in said if not _inside(hit.start, hit.end, quoted)]
    cues = [hit for hit in cues if not (hit.value == "to_private" and phrases.denied(folded, hit))]
    said = [hit for hit in said if not (hit.value in phrases.DENIABLE and phrases.denied(folded, hit))]
    wishes = [(hit.start, hit.end) for hit in (*cues, *said) if hit.value in _WISHES]
    wished = _marked(wishes, len(words))
    spoken = said
    if wished:
        spoken = [hit for hit in said if hit.value != PhraseGroup.RECRUITS or 1 not in wished[hit.start : hit.end]]
    groups = Counter([hit.value for hit in spoken])
    cued = Counter([hit.value for hit in cues])
    by_kind = _own(claims, [folded.word_span(*span) for span in quoted])
    pays = by_kind[ClaimKind.PAY]
    begins = [hit.start for table in ("country", "country_caps") for hit in hits.get(table, ())]
    placers = [c for c in by_kind[ClaimKind.COMPANY] if c.role in {CompanyRole.PLACER, CompanyRole.UNCLEAR}]
    letters = prefilter.letters(words)
    return Signs(
        folded=folded,
        hits=hits,
        groups=groups,
        cues=cued,
        lead=frozenset([hit.value for hit in (*cues, *spoken) if hit.start < LEAD]),
        # E-mail addresses say nothing here yet: the weights were fitted without them.
        claimed=frozenset(kind for kind, found in by_kind.items() if found and kind not in {ClaimKind.PHRASE, ClaimKind.EMAIL}),
        recruits=groups[PhraseGroup.RECRUITS],
        terms=len({words[hit.start : hit.end] for hit in cues if hit.value == "terms"}) if cues else 0,
        positions=len(by_kind[ClaimKind.POSITION]),
        pay=len(pays),
        fee=len(by_kind[ClaimKind.FEE]),
        foreign_pay=any(c.money is not None and c.money.currency != "IDR" for c in pays),
        foreign_ties=any("foreign" in c.detail for c in by_kind[ClaimKind.COMPANY])
        or any(c.value.startswith("+") and not c.value.startswith("+62") for c in by_kind[ClaimKind.PHONE]),
        sea_abroad=sea_work.is_abroad(folded, groups, cued, by_kind),
        contact=bool(by_kind[ClaimKind.PHONE] or by_kind[ClaimKind.ACCOUNT] or by_kind[ClaimKind.LINK]),
        reached=bool(groups[PhraseGroup.PRIVATE_CONTACT]) or any(by_kind[kind] for kind in _WAYS),
        calls_at=_calls_at(folded, hits, said, [claim for kind in _WAYS for claim in by_kind[kind]]),
        mobile=any(not _LANDLINE.match(c.value) for c in by_kind[ClaimKind.PHONE]),
        places_left=open_places.counted(words),
        goes=bool(begins) and any(_GOES.search(words, max(0, start - 34), start) for start in begins),
        works_there=bool(begins)
        and not _WORKS.isdisjoint(letters)
        and any(_WORKS_THERE.search(words, max(0, start - 40), start) for start in begins),
        countries=len([c for c in by_kind[ClaimKind.COUNTRY] if c.role in _WORK_ROLES]),
        home_places=len(by_kind[ClaimKind.PLACE]),
        licence=bool(by_kind[ClaimKind.LICENCE_NUMBER] or by_kind[ClaimKind.SIP3MI_NUMBER]),
        placers=len(placers),
        official_host=any(_OFFICIAL_HOST.search(c.value) for c in by_kind[ClaimKind.LINK]),
        own_staff=own_staff.posts(words),
        first_person=not _SPEAKS.isdisjoint(letters) and _FIRST_PERSON.search(words) is not None,
        question="?" in folded.plain,
        dateline=_is_dated(folded.plain),
        account=frozenset(claim.value for claim in claims if claim.source == speakers.AUTHOR),
        retold=platform == Platform.NOTED and _RETOLD.search(words) is not None,
    )


# Words of those who speak of somebody else's words: the phrases and cues that tell, and what the speaker is called.
_JOKE = "joke"  # whoever laughs in it, the author does
_TELLS = frozenset((PhraseGroup.WARNS, PhraseGroup.REPORTS, PhraseGroup.ASKS, "warn_lead", _JOKE, "testimony"))
_BLAMED = re.compile(
    r"\b(?:calo|tekong|sindikat|mafia|penipu\w*|nipu|tipu\w*|ditipu|ketipu|kapusan|ngapusi|apus|mbujuk|mbujuki|bohong\w*|ngibul|dusta|palsu|"
    r"modus\w*|modele|ciri\w*|skrip\w*|script|naskah|rayuan\w*|iming|bujuk\w*|jebakan|jerat|hoaks|hoax|scam\w*|pelaku|oknum|korban|"
    r"curiga|mencurigakan|aneh|dusta|oplosan|abal|gadungan|bodong|brosur|selebaran|pamflet|lapor|laporkan|dilaporkan|diamankan|"
    r"jangan (?:ditelepon|ditelpon|dihubungi|diladeni[n]?|ditransfer|diklik|diikuti)|ojo (?:ditelpon|diladeni|dipercoyo))\b"
)


def _blames(words: str, hits: phrases.Hits, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the author, outside the quotation, blames, doubts or mocks whom he quotes."""
    told = any(hit.value in _TELLS and not _inside(hit.start, hit.end, quoted) for table in _SAID for hit in hits.get(table, ()))
    return told or _BLAMED.search(clauses.blanked(words, quoted)) is not None


def _told(folded: folding.Folded, hits: phrases.Hits, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """The turns of a dialogue in which nobody is given a way to answer."""
    turns = clauses.turns(folded)
    return [] if turns and _calls(folded, hits, claims, ()) else turns


def _calls(folded: folding.Folded, hits: phrases.Hits, claims: Sequence[Claim], quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether the author, outside the quotation, gives a way to answer."""
    places = [folded.word_span(*span) for span in quoted]
    if any(claim.kind in _WAYS and claim.source == "text" and not _inside(*claim.span, places) for claim in claims):
        return True
    said = hits.get("phrase", ())
    return any(hit.value == PhraseGroup.PRIVATE_CONTACT and not _inside(hit.start, hit.end, quoted) for hit in said)


def _calls_at(folded: folding.Folded, hits: phrases.Hits, said: Sequence[phrases.Hit], ways: Sequence[Claim]) -> int:
    """Where the last private contact or payee begins: no landline, site of the state or "hubungi disnaker", nor "beredar di WA", which
    names no number. An address beside the text stands behind it."""
    places = [len(folded.text) if one.source.startswith("link:") else one.span[0] for one in ways if not _is_an_offices(one)]
    called = [hit for hit in said if hit.value == PhraseGroup.PRIVATE_CONTACT and folded.words[hit.start : hit.end] not in _MESSENGERS]
    if called:
        offices = {hit.start for hit in hits.get("phrase", ()) if hit.value in _OFFICES}
        mine = (hit for hit in called if offices.isdisjoint(range(hit.end, hit.end + _NEXT)))
        places.extend(folded.word_span(hit.start, hit.end)[0] for hit in mine)
    return max(places, default=-1)


def _is_an_offices(way: Claim) -> bool:
    if way.kind == ClaimKind.PHONE:
        return _LANDLINE.match(way.value) is not None
    return way.kind == ClaimKind.LINK and _OFFICIAL_HOST.search(way.value) is not None


_OFFICES = frozenset((PhraseGroup.OFFICIAL_PLACES, PhraseGroup.OFFICIAL_BODY))
_MESSENGERS = frozenset(("wa", "whatsapp", "whatsap", "wasap"))
_NEXT = 3  # code points between a word and the next: "hubungi: disnaker"
_SAID = ("phrase", "cue")
_WAYS = frozenset((ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT))


def _is_dated(plain: str) -> bool:
    """Whether a text begins with a dateline, "JAKARTA, KOMPAS.com -"."""
    head = plain[:_DATED_WITHIN]
    return any(name in head for name in _PRESS) and _DATELINE.match(plain) is not None


_WORK_ROLES = frozenset({"destination", "transit"})
_WISHES = frozenset({"seeks", "testimony", str(PhraseGroup.ASKS)})


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans holds it. They are in order and apart: only the last that begins before it can."""
    if not spans:
        return False
    at = bisect.bisect_right(spans, start, key=_begin) - 1
    return at >= 0 and end <= spans[at][1]


_begin = itemgetter(0)


def _marked(spans: Sequence[tuple[int, int]], length: int) -> bytes | bytearray:
    """1 where a span lies: comparing every hit with every span would cost a hostile text their product."""
    if not spans:
        return b""
    marks = bytearray(length)
    for first, last in spans:
        marks[first:last] = b"\1" * (last - first)
    return marks


def _own(claims: Sequence[Claim], quoted: Sequence[tuple[int, int]]) -> defaultdict[str, list[Claim]]:
    by_kind: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not quoted or claim.source != "text" or not _inside(*claim.span, quoted):
            by_kind[claim.kind].append(claim)
    return by_kind

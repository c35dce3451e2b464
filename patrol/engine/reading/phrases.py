"""One pass over a text for everything the lexicon knows: phrases, cues, countries, positions, places.

A lexicon entry is written as words; a word may have alternatives: "bayar|byr dp|panjar dulu|" reads "bayar dp dulu",
"byr panjar", ... (an empty alternative leaves the word out). Word lists that only have to stand near one another are
rules of `nearness`. Compiled once, at the first reading, into one Aho-Corasick automaton.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from patrol import domain
from patrol.engine.reading import clauses, folding, misspellings, nearness, prefilter

MOST_VARIANTS = 2600  # of one entry: an entry that needs more is two entries

_SUFFIX = re.compile(r"(?:2(?=[^0-9])|2$)?(?:nya|lah|kah|pun|ku|mu)?(?![^\W_])")
# "No" before a phrase, with the verb it denies between them: "tidak pernah memungut uang muka", "ojo nganggo visa turis".
_NO = (
    r"(?:bukan|bkn|tidak|tdk|ga|gak|ngga|nggak|gk|enggak|tak|tanpa|tnp|no|non|anti|jangan|jgn|without|not|stop|"
    r"dilarang|larangan|melarang|hindari|menolak|nolak|haram|ora|ndak|nda|ndeq|endek|mboten|boten|sanes|dudu|teu|henteu|"
    r"kada|inda|indak|trada|seng|sonde|ojo|ulah|tong|ta'|never|dont|"
    r"aja(?= (?:nganggo|gawe|gelem|arep|percaya|ngirim|mbayar|mangkat|budal|budhal|melu|nganti|kerja)\b))"  # "aja" is "only" as well
)
_DOES = (
    r"(?:ada|pakai|pake|memakai|dipakai|gunakan|menggunakan|nganggo|ngangge|nganggep|make|gawe|pernah|nate|tau|perlu|usah|harus|kudu|"
    r"boleh|oleh|"
    r"angsal|kenging|kena|bisa|mau|pengin|akan|sampai|sampe|dipungut|dikenakan|memungut|mungut|menarik|narik|meminta|minta|njaluk|nyuwun|"
    r"menerima|nerima|terima|nampa|melayani|layani|mengurus|ngurus|urus|menjual|jual|menyediakan|menawarkan|nawarkan|mengadakan|membuka|"
    r"buka|mbukak|mbikak|membayar|mbayar|bayar|byr|setor|transfer|tf|kirim|ngirim|serahkan|menyerahkan|kasih|budal|budhal|mangkat|"
    r"berangkat|"
    r"kerja|ikut|nitip|titip|percaya|coba|membuat|bikin|menahan|nahan|simpan|menjanjikan|"
    r"lewat|melalui|via|jadi|sebagai|untuk|utk|buat|kanggo|nggo|ke|dari|dengan|dgn|karo|kalih|sama|yang|yg|sing|di|lagi|apapun|jasa|"
    r"biaya|pembayaran|pungutan|penarikan|setoran|pengiriman|"
    r"uang|any|a|need|use|using|pay|ask)"
)
_DENIAL = re.compile(rf"\b{_NO}(?: {_DOES}){{0,4}} $")
# "No" behind it, of what may be wrong: a visa, a way, a paper. Not of money: "DP 2 juta tidak bisa kembali" is asked all the same.
_FORBIDDEN = re.compile(
    rf"(?: (?!(?:tapi|tetapi|nanging|langsung|bisa|resmi|bebas)\b|{_NO}\b)[a-z0-9]{{1,14}}){{0,3}}(?: [=:]| ?[,:]| ?\()? ?"
    r"(?:(?:itu|iku|niku|kuwi|adalah|=) )?"
    rf"(?:{_NO} (?:boleh|oleh|entuk|angsal|kenging|kena|meunang|sah|resmi|berlaku|diperbolehkan|diizinkan|dibenarkan|(?:ada|ono|ana|"
    rf"aya|wonten)(?= ?(?:[.,!;)]|$))|"
    r"untuk kerja|utk kerja|buat kerja|kanggo kerja|kanggo nyambut|nggo kerja|bisa dipakai|bisa digunakan|bisa buat kerja|bisa kerja)|"
    r"(?:dilarang|terlarang|haram|ilegal|illegal|melanggar|melawan hukum|penipuan|hoaks|hoax|modus|bohong|jebakan|tipuan|ngapusi|mbujuk|"
    r"melanggar hukum|itu penipu|kasus pidana|pidana|dipidana|bisa dideportasi|dideportasi|dideport))\b"
)
# What nobody asks for, or nobody is to give, one after another: "tidak meminta foto KTP, nomor rekening, apalagi kode OTP".
_LISTED = re.compile(
    rf"\b{_NO}(?: (?:pernah|nate|tau|akan|bakal|boleh|oleh|usah|perlu|sekali2|sekali-kali)){{0,2}} (?:meminta|minta|mintak|njaluk|"
    rf"nyuwun|mundhut|"
    r"menta|mundut|memungut|mungut|menarik|narik|menagih|nagih|meminjam|menanyakan|nanya|nanyain|ask|request|berikan|memberikan|beri|kasih|"
    r"ngasih|sebutkan|nyebut|bagikan|membagikan|bagi|serahkan|menyerahkan|kirim|kirimkan|share|wenehke|maringi|bere)"
    r"(?:(?: ?[,/]| ?\(| ?\))? (?!(?:tapi|tetapi|nanging|namun|cukup|cekap|hanya|cuma|cuman|mung|namung|silakan|silahkan|monggo|"
    r"mangga|langsung|"
    r"tinggal|kecuali|sebelum|selain|isi|klik|masukkan|masukan|balas|siapkan|bayar|transfer|setor|tf|upload|unggah|lampirkan|login|scan|"
    r"hubungi|wa|karena|agar|supaya|kalau|jika|nek|yen|lalu|terus|segera|khusus|dulu|kirimkan|kirim)\b)[a-z0-9'&]{1,16}){0,14} ?[,/(]? ?$"
)
_LISTED_WITHIN = 130  # code points
_FREE = re.compile(r"\b(?:gratis|free|bebas|nol|lebih|kelebihan) $")
_NOUGHT = re.compile(r"(?: cuma|:)? (?:rp ?)?(?:0(?!\d|[.,]\d)|nol|nihil|gratis|zero|ditanggung)\b")
_KEPT = re.compile(r"(?: [a-z]+){0,4} (?:jangan|jgn|ojo|aja|ulah|tong|tidak boleh|never|do not|dont)\b")

MOST_SAID = 100  # claims of one group in one text: more of the same say nothing new, and a hostile text has thousands


class Hit(NamedTuple):
    """An entry found: places in `Folded.words`."""

    value: str
    start: int
    end: int


_new = tuple.__new__  # half the price of the constructor a named tuple comes with

type Hits = Mapping[str, list[Hit]]  # by table

_UNSPACED = "\u2e80"  # the first of the signs of Chinese and Japanese

_PART = "part"  # table of the words of rules of nearness; used up by the search


@functools.cache
def load(name: str) -> dict[str, Any]:
    """A file of the lexicon, as TOML gives it; the same object for each who asks, to be read only."""
    return tomllib.loads(resources.files("patrol.engine.reading").joinpath("lexicon", name).read_text(encoding="utf-8"))


def variants(entry: str) -> list[str]:
    """All ways to write a lexicon entry, folded. Raises ValueError where there are too many."""
    choices = [[_plainly(part) for part in word.split("|")] for word in entry.split()]
    count = math.prod(len(choice) for choice in choices)
    if count > MOST_VARIANTS:
        raise ValueError(f"lexicon entry with {count} variants: {entry}")
    written = {" ".join(filter(None, words)) for words in itertools.product(*choices)}
    return sorted(filter(None, written))


@functools.cache
def _plainly(part: str) -> str:
    return folding.fold(part.replace("+", " ")).words.strip()


def _grouped(table: str, name: str) -> Iterable[tuple[str, tuple[str, str]]]:
    for value, group in load(name).items():
        for entry in group.get("entries", ()):
            for words in variants(entry["phrase"] if isinstance(entry, dict) else entry):
                yield words, (table, value)


_NEAR = [
    (
        nearness.Near(value, len(entry["words"]), entry.get("within", nearness.WITHIN), entry.get("ordered", False), "parted" in entry),
        [*entry["words"], *entry.get("parted", ())],
    )
    for value, group in load("threats.toml").items()
    for entry in group.get("near", ())
]
_NEAR_RULES = [rule for rule, _ in _NEAR]


def _parts() -> Iterable[tuple[str, tuple[str, str]]]:
    for number, (_, lists) in enumerate(_NEAR):
        for slot, entry in enumerate(lists):
            for words in variants(entry):
                yield words, (_PART, f"{number}.{slot}")


def _named(table: str, name: str, *keys: str) -> Iterable[tuple[str, tuple[str, str]]]:
    for value, group in load(name).items():
        for key in keys:
            for entry in group.get(key, ()):
                for words in variants(entry):
                    yield words, (table, value)


def _part(value: str) -> nearness.Part:
    number, slot = value.split(".")
    return int(number), int(slot)


def _banks(name: str) -> Iterable[tuple[str, tuple[str, str]]]:
    listed = load(name)
    for value, names in (*listed["banks"].items(), *listed["wallets"].items()):
        for written in names:
            yield _plainly(written), ("bank", value)


def _misspelt(table: str, name: str) -> Iterable[tuple[str, tuple[str, str]]]:
    """Slips of the names an entry lists as often written wrong, but for words that mean something else."""
    listed = load(name)
    words = {word for entry in listed.values() for word in entry.get("no_slips", ())}
    for value, entry in listed.items():
        for right in entry.get("misspelt", ()):
            for slip in misspellings.slips(right) - words:
                yield slip, (table, value)


def _entries() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for words, meaning in itertools.chain(
        _grouped("phrase", "phrases.toml"),
        _grouped("threat", "threats.toml"),
        _parts(),
        _grouped("cue", "cues.toml"),
        _grouped("care", "care.toml"),
        _named("position", "positions.toml", "names"),
        _banks("banks.toml"),
        _named("country", "countries.toml", "names", "slang"),
        _misspelt("country", "countries.toml"),
        _named("country", "places_abroad.toml", "places"),
        _misspelt("country", "places_abroad.toml"),
        _named("country_caps", "countries.toml", "capitals"),
        _named("country_rare", "countries.toml", "rare_capitals"),
        _named("place", "provinces.toml", "names", "regencies"),
        _named("place_caps", "provinces.toml", "cautious"),
    ):
        found[words].add(meaning)
    return found


class _Lexicon(NamedTuple):
    """The automaton, and by the number of a pattern what it means, of which rules it is a part, and whether figures lean on it."""

    automaton: AhoCorasick
    meanings: list[tuple[tuple[str, str], ...]]
    parts: list[tuple[nearness.Part, ...]]
    leaning: frozenset[int]


@functools.cache
def prepare() -> _Lexicon:
    """Takes half a second of the processor, once: a process that reads nothing is spared it, one that forks readers begins with it."""
    entries = _entries()
    patterns = sorted(entries)
    told = [_told(frozenset(entries[pattern])) for pattern in patterns]
    return _Lexicon(
        AhoCorasick(patterns),
        [meanings for meanings, _ in told],
        [parts for _, parts in told],
        frozenset(index for index, pattern in enumerate(patterns) if pattern in _FIGURES),
    )


@functools.cache
def _told(meant: frozenset[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], tuple[nearness.Part, ...]]:
    """What a pattern means and of which rules it is a part, in order: the same few for very many patterns."""
    return tuple(sorted(one for one in meant if one[0] != _PART)), tuple(sorted(_part(value) for table, value in meant if table == _PART))


# Groups that a "no" before them turns into their opposite; the others say the same with or without it.
DENIABLE = frozenset(
    {
        domain.PhraseGroup.VISIT_VISA,
        domain.PhraseGroup.PILGRIM_VISA,
        domain.PhraseGroup.WORK_VISA,
        domain.PhraseGroup.UPFRONT_MONEY,
        domain.PhraseGroup.MONEY_LURE,
        domain.PhraseGroup.PAY_CUT,
        domain.PhraseGroup.PAPERS_MADE,
        domain.PhraseGroup.PAPERS_HELD,
        domain.PhraseGroup.SCAM_WORK,
        domain.PhraseGroup.IRREGULAR_ROUTE,
        domain.PhraseGroup.HARVEST,
        domain.PhraseGroup.HOUSEWORK,
        domain.PhraseGroup.CREW,
        domain.PhraseGroup.RECRUITS,
        domain.PhraseGroup.FORGED_PAPERS,
        domain.PhraseGroup.FIXER,
        domain.PhraseGroup.ACCOUNT_RENTAL,
        domain.PhraseGroup.CREDENTIALS,
        domain.PhraseGroup.CHARGE,
    }
)


_MONEY_ASKED = frozenset({domain.PhraseGroup.CHARGE, domain.PhraseGroup.UPFRONT_MONEY})
_GIVEN_AWAY = frozenset(
    {
        *_MONEY_ASKED,
        domain.PhraseGroup.CREDENTIALS,
        domain.PhraseGroup.HARVEST,
        domain.PhraseGroup.PAPERS_HELD,
        domain.PhraseGroup.PAPERS_MADE,
    }
)
_WRONGS = frozenset(
    {
        domain.PhraseGroup.VISIT_VISA,
        domain.PhraseGroup.PILGRIM_VISA,
        domain.PhraseGroup.IRREGULAR_ROUTE,
        domain.PhraseGroup.FORGED_PAPERS,
        domain.PhraseGroup.FIXER,
        domain.PhraseGroup.ACCOUNT_RENTAL,
        domain.PhraseGroup.PAPERS_HELD,
    }
)

# Words that figures lean on: "12jt", "rm650". Any other word inside a row of letters and digits is part of a name.
_FIGURES = {*load("numbers.toml")["units"]["money"].split(), *load("threats.toml")["charge"]["figures"].split()}


def search(folded: folding.Folded) -> Hits:
    """All entries at word boundaries, by table, in order. Of hits inside one another in one table the longest stays."""
    automaton, meanings, near, leaning = prepare()
    words = folded.words
    length = len(words)
    found: dict[str, list[Hit]] = {}
    parts: dict[nearness.Part, list[nearness.Place]] = {}
    for index, start, end in automaton.find_matches_as_indexes(words, overlapping=True):
        if words[start] < _UNSPACED and (  # what is written without blanks has no borders
            (start and words[start - 1].isalnum() and not (index in leaning and words[start - 1].isdigit()))
            or (end < length and words[end].isalnum() and not _SUFFIX.match(words, end) and not (index in leaning and words[end].isdigit()))
        ):
            continue
        for table, value in meanings[index]:
            hit = _new(Hit, (value, start, end))
            if table in found:
                found[table].append(hit)
            else:
                found[table] = [hit]
        for part in near[index]:
            places = parts.setdefault(part, [])
            if len(places) < MOST_SAID:
                places.append((start, end))
    if nearness.met(_NEAR_RULES, parts) and (joined := nearness.joined(_NEAR_RULES, parts, clauses.ends(folded))):
        found.setdefault("threat", []).extend(Hit(*hit) for hit in joined)
    addressed = _take(found, domain.PhraseGroup.MIGRANTS)
    for table, hits in found.items():
        if len(hits) > 1:
            found[table] = _outermost_by_value(hits) if table == "threat" else _outermost(hits)
    if addressed:
        found["phrase"] = sorted([*found.get("phrase", ()), *_outermost(addressed)], key=in_order)
    return found


def _take(found: dict[str, list[Hit]], value: str) -> list[Hit]:
    """Takes the phrase hits of one group out, where there are any: who is addressed ("bantuan TKI") nothing hides."""
    hits = found.get("phrase")
    taken = [hit for hit in hits if hit.value == value] if hits else []
    if hits and taken:
        found["phrase"] = [hit for hit in hits if hit.value != value]
    return taken


def _outermost_by_value(hits: list[Hit]) -> list[Hit]:
    """As `_outermost`, but a hit hides only hits of its own value: a loan for TKI speaks of a loan and of TKI."""
    by_value: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_value[hit.value].append(hit)
    kept = [hit for same in by_value.values() for hit in _outermost(same)]
    kept.sort(key=in_order)
    return kept


def in_order(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.value


def _outermost(hits: list[Hit]) -> list[Hit]:
    """Drops what lies inside a longer hit; hits of the same place with other values stay beside each other."""
    hits.sort(key=in_order)
    kept: list[Hit] = []
    reach, reach_start = -1, -1
    for hit in hits:
        if hit.end <= reach and not (hit.start == reach_start and hit.end == reach):
            continue
        kept.append(hit)
        if hit.end > reach:
            reach, reach_start = hit.end, hit.start
    return kept


# All that _DENIAL is made of. It ends with one of them: a look at the word before a hit spares most hits the search.
_NO_WORDS = frozenset(re.findall(r"[a-z]+", _NO))
_DENYING = frozenset(re.findall(r"[a-z]+", f"{_NO} {_DOES}"))


def _no_before(words: str, start: int) -> bool:
    first = max(0, start - 60)
    if words[start - 1 : start] != " ":
        return False
    last = words[first : start - 1].rpartition(" ")[2]
    if (last.isalpha() and last not in _DENYING) or _NO_WORDS.isdisjoint(prefilter.letters(words[first:start])):
        return False
    return _DENIAL.search(words, first, start) is not None


def _in_a_list(words: str, start: int) -> bool:
    """Whether a hit is a later thing of a list that is denied as a whole."""
    first = max(0, start - _LISTED_WITHIN)
    return not _NO_WORDS.isdisjoint(prefilter.letters(words[first:start])) and _LISTED.search(words, first, start) is not None


def denied(folded: folding.Folded, hit: Hit) -> bool:
    """Whether a "no" stands before the hit with nothing but what it denies between ("tidak pernah memakai visa turis").

    Money is denied by "gratis" too, what is to be kept to oneself by the "don't" behind it ("PIN dan OTP jangan"), and what may be
    against the law by saying so ("visa turis tidak boleh untuk kerja").
    """
    if _no_before(folded.words, hit.start) or (hit.value in _GIVEN_AWAY and _in_a_list(folded.words, hit.start)):
        return True
    if hit.value in _MONEY_ASKED:
        free = _FREE.search(folded.words, max(0, hit.start - 45), hit.start)
        return free is not None or _NOUGHT.match(folded.words, hit.end) is not None
    if hit.value in _WRONGS:
        return _FORBIDDEN.match(folded.words, hit.end) is not None
    kept = hit.value == domain.PhraseGroup.CREDENTIALS
    return kept and _KEPT.match(folded.words, hit.end) is not None


def claims(folded: folding.Folded, hits: Hits, source: str = "text") -> list[domain.Claim]:
    """PHRASE claims: what the text says in the groups of the lexicon, of each group the first MOST_SAID."""
    said: Counter[str] = Counter()
    made: list[domain.Claim] = []
    for table in ("phrase", "threat"):
        for hit in hits.get(table, ()):
            if said[hit.value] == MOST_SAID or (hit.value in DENIABLE and denied(folded, hit)):
                continue
            said[hit.value] += 1
            span = folded.word_span(hit.start, hit.end)
            made.append(domain.Claim(domain.ClaimKind.PHRASE, hit.value, span, source))
    return made

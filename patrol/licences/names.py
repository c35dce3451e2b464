"""Names of companies compared as an officer compares them.

A word added, left out or exchanged for another real word makes another company, unless the register lists that form as
alias. Slips and spelling variants inside a word, joined or split words, reading errors of OCR, the legal form and a
place after the name do not. Of near-twins the closer one wins, and the runner-up's distance is kept.

`Index` answers two questions: which agency is meant by a written name (`resolve`), and where do names of the register
stand in a text (`find`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs
from rapidfuzz import fuzz, process

from patrol import vocabulary
from patrol.licences import countries, slips

_WORDS: Mapping[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_LEGAL_FORMS = frozenset(_WORDS["legal_forms"].split())
_CUES = frozenset(_WORDS["cues"].split())
_FOREIGN_FORMS = frozenset(_WORDS["foreign_forms"].split())
_COMPANY_WORDS = frozenset(_WORDS["company"].split())
_ORDINARY = frozenset(_WORDS["ordinary"].split())
_BRANCH = frozenset(("cabang", "cab", "kantor", "wilayah", "area", "perwakilan", "pusat", "branch"))
_JOINTS = frozenset(("dan", "and"))

_WORD = re.compile(r"[^\W_]+")
_DOTTED_FORM = re.compile(r"\b([pc])\s?\.\s?([tv])\b\.?", re.IGNORECASE)
_PLACES = frozenset(
    tuple(" ".join(place.split()).split())
    for place in (*_WORDS["places"].split("|"), *countries.forms())
    if place.isascii()
)
_LONGEST_PLACE = max(map(len, _PLACES))

# Names of one word, and short forms, are words of the language as well: in running text they count after "PT" only.
_SHORTEST_ALONE = 8
_CANDIDATES = 12
_REMEMBERED = 20_000


class Match(NamedTuple):
    """Which agency a written name means; `agency` None where the register has none that could be meant."""

    agency: vocabulary.Agency | None
    distance: float  # 0..1, smaller is nearer
    runner_up: str  # the next nearest agency's name; the nearest where `agency` is None
    runner_up_distance: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the register in a text. `formed`: with legal form or a cue before it."""

    agency: vocabulary.Agency
    span: vocabulary.Span
    formed: bool


class _Form(NamedTuple):
    """One form of a name: the register's own or an alias."""

    agency: vocabulary.Agency
    words: tuple[str, ...]
    key: str
    official: bool


class _Folding(dict[int, str]):
    """Code point -> its letters and figures in small form, "" for everything else. Grows as characters are met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(point)).casefold()
        folded = "".join(c for c in plain if c.isalnum())
        if len(self) < 70_000:
            self[point] = folded
        return folded


class _Plain(dict[int, str]):
    """Code point -> one plain small letter or figure, else itself: a text keeps its length."""

    def __missing__(self, point: int) -> str:
        folded = _FOLDING[point]
        plain = folded[0] if folded else " " if chr(point).isalnum() else chr(point)
        if len(self) < 70_000:
            self[point] = plain
        return plain


_FOLDING = _Folding()
_PLAIN = _Plain()


def words(written: str) -> tuple[str, ...]:
    """The words of a name without legal form, in small letters, `&` and `dan` dropped."""
    plain = unicodedata.normalize("NFKD", written).replace("'", "").replace("’", "")
    plain = _DOTTED_FORM.sub(r" \1\2 ", "".join(c for c in plain if not unicodedata.combining(c))).casefold()
    found = [word for word in _WORD.findall(plain) if word not in _JOINTS]
    # "P T" of a bad scan; "ptlaksita" of a hashtag is undone by the caller, who knows the register.
    if found[:2] in (["p", "t"], ["c", "v"]):
        found = found[2:]
    start, end = 0, len(found)
    while start < end and found[start] in _LEGAL_FORMS:
        start += 1
    while end > start and found[end - 1] in _LEGAL_FORMS:
        end -= 1
    return tuple(found[start:end])


def key(written: str) -> str:
    """The words of a name in one: equal for "PT Bina-Karya", "BINA KARYA, PT" and "Binakarya"."""
    return "".join(words(written))


def foreign(written: str) -> bool:
    """Whether a name carries a legal form of another country."""
    return not _FOREIGN_FORMS.isdisjoint(words(written))


class Index:
    """The names of one edition, prepared once."""

    def __init__(self, agencies: Iterable[vocabulary.Agency]) -> None:
        forms: dict[str, _Form] = {}
        aliases: list[_Form] = []
        for agency in agencies:
            for written, official in ((agency.name, True), *((alias, False) for alias in agency.aliases)):
                parts = words(written)
                if not parts:
                    continue
                form = _Form(agency, parts, "".join(parts), official)
                if official:
                    forms.setdefault(form.key, form)
                else:
                    aliases.append(form)
        for form in aliases:
            forms.setdefault(form.key, form)
        self._forms = list(forms.values())
        self._by_key = forms
        self._folded = [slips.sound("".join(form.words)) for form in self._forms]
        self._vocabulary = _COMPANY_WORDS | {w for form in self._forms for w in form.words if len(w) > 3}
        self._searched = [form for form in self._forms if len(form.key) >= 3]
        self._automaton = ahocorasick_rs.AhoCorasick([form.key for form in self._searched]) if self._searched else None
        self._remembered: dict[str, Match] = {}

    def resolve(self, written: str) -> Match:
        """The agency meant by a name as somebody wrote it."""
        known = self._remembered.get(written)
        if known is None:
            known = self._resolve(words(written[:200]))
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[written] = known
        return known

    def _resolve(self, written: tuple[str, ...]) -> Match:
        readings = _shortened(written)
        for reading in readings:
            if form := self._by_key.get("".join(reading)):
                return self._with_runner_up(reading, form.agency, 0.0)
        if agency := self._at_its_own_place(written):
            return self._with_runner_up(written, agency, 0.0)
        for reading in readings:
            near = self._near(reading)
            accepted: list[tuple[float, float, str, vocabulary.Agency]] = []
            for form, distance in near:
                cost = slips.cost(form.words, reading, self._vocabulary)
                if cost is not None:
                    accepted.append((cost / max(len(form.key), 1), distance, form.agency.name, form.agency))
            if accepted:
                best = min(accepted, key=lambda a: a[:3])
                return self._with_runner_up(reading, best[3], max(best[0], 0.001))
        return self._with_runner_up(written, None, 1.0)

    def _at_its_own_place(self, written: tuple[str, ...]) -> vocabulary.Agency | None:
        """The agency whose name is followed by words of its own address, however small the place."""
        for length in range(len(written) - 1, 0, -1):
            if form := self._by_key.get("".join(written[:length])):
                agency = form.agency
                own = set(words(f"{agency.city} {agency.province} {agency.address}"))
                return agency if own.issuperset(written[length:]) else None
        return None

    def _near(self, reading: Sequence[str]) -> list[tuple[_Form, float]]:
        """The nearest forms, nearest first, with their distance 0..1."""
        query = slips.sound("".join(reading))
        if not query:
            return []
        hits = process.extract(query, self._folded, scorer=fuzz.ratio, limit=_CANDIDATES)
        return [(self._forms[at], round(1 - ratio / 100, 4)) for _, ratio, at in hits]

    def _with_runner_up(self, reading: Sequence[str], agency: vocabulary.Agency | None, distance: float) -> Match:
        for form, away in self._near(reading):
            if form.agency is not agency:
                return Match(agency, round(distance, 4), form.agency.name, away)
        return Match(agency, round(distance, 4), "", None)

    # --- in running text ----------------------------------------------------------------------------

    def find(self, text: str) -> list[Place]:
        """Names of the register in a text, longest first where they overlap, in the order of the text.

        Small or common names count after a legal form or a cue only; a name that goes on with another name word is
        another company's.
        """
        if self._automaton is None:
            return []
        joined = text.translate(_FOLDING)
        hits = self._automaton.find_matches_as_indexes(joined, overlapping=True)
        if not hits:
            return []
        plain = text.translate(_PLAIN)
        offsets = _offsets(text, plain, joined)
        found: list[tuple[int, int, _Form, bool]] = []
        for at, start, end in hits:
            first, last = offsets[start], offsets[end - 1] + 1
            if last < len(text) and _FOLDING[ord(text[last])]:
                continue
            form = self._searched[at]
            formed_at = _legal_form_before(plain, first)
            if formed_at is None and first and _FOLDING[ord(text[first - 1])]:
                continue
            if formed_at is None and not self._stands_alone(form, text, plain, first, last):
                continue
            if self._goes_on(text, plain, first if formed_at is None else None, last):
                continue
            begin = first if formed_at is None else formed_at
            found.append((begin, last, form, formed_at is not None))
        found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken: list[tuple[int, int, _Form, bool]] = []
        for hit in found:
            if all(hit[1] <= other[0] or hit[0] >= other[1] for other in taken):
                taken.append(hit)
        return [Place(form.agency, (begin, end), formed) for begin, end, form, formed in sorted(taken)]

    def _stands_alone(self, form: _Form, text: str, plain: str, first: int, last: int) -> bool:
        before = plain[max(0, first - 40) : first]
        if before.endswith(("@", "/", ".", "_", "-")) and not before.endswith((" -", "\n-")):
            return False
        if (cue := _WORD.findall(before)[-1:]) and cue[0] in _CUES and before[-1:].isspace():
            return True
        if len(form.words) < 2 or len(form.key) < _SHORTEST_ALONE:
            return False
        return len(form.words) > 2 or all(word[:1].isupper() for word in text[first:last].split())

    def _goes_on(self, text: str, plain: str, first: int | None, last: int) -> bool:
        """Whether another name word stands right before or after: then the name is longer, hence another company's."""
        after = re.match(r"[ \t]+([^\W_]+)", plain[last : last + 40])
        if after and self._is_name_word(after[1]):
            following = plain[last : last + 60].split("\n", 1)[0]
            if not _starts_with_place(words(following)):
                return True
        if first is None:
            return False
        start = max(0, first - 40)
        before = re.search(r"([^\W_]+)[ \t]+$", plain[start:first])
        return bool(before and self._is_name_word(before[1]) and text[start + before.start()].isupper())

    def _is_name_word(self, word: str) -> bool:
        return word in self._vocabulary and word not in _ORDINARY and word not in _CUES


def _shortened(written: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The name as written, then without what trails it: a place, a branch, words of the sentence."""
    readings = [written]
    rest = written
    while len(rest) > 1:
        cut = _trailing(rest)
        if not cut:
            break
        rest = rest[:-cut]
        if len("".join(rest)) >= 3:
            readings.append(rest)
    return readings


def _trailing(parts: tuple[str, ...]) -> int:
    """How many words at the end are a place or an ordinary word; 0 where the last word belongs to the name."""
    for length in range(min(_LONGEST_PLACE, len(parts) - 1), 0, -1):
        if parts[-length:] in _PLACES:
            return length
    if parts[-1] in _ORDINARY or parts[-1] in _BRANCH or parts[-1] in _LEGAL_FORMS:
        return 1
    # The sentence goes on behind an ordinary word: "membuka lowongan pabrik sarung tangan".
    behind = next((i for i in range(1, len(parts)) if parts[i] in _ORDINARY and i < len(parts) - 1), None)
    return len(parts) - behind if behind is not None else 0


def _starts_with_place(parts: tuple[str, ...]) -> bool:
    return any(parts[:length] in _PLACES for length in range(1, min(_LONGEST_PLACE, len(parts)) + 1))


def _offsets(text: str, plain: str, joined: str) -> list[int]:
    """For each character of the folded text the place it came from."""
    places = [at for at, c in enumerate(plain) if c.isalnum()]
    if len(places) == len(joined):
        return places
    return [at for at, c in enumerate(text) for _ in _FOLDING[ord(c)]]  # a ligature folds to several


def _legal_form_before(text: str, first: int) -> int | None:
    """Where a legal form starts that stands right before the name: "PT ", "P.T.", glued "pt"; None where none does."""
    if hit := re.search(
        r"(?<![^\W_])(?:p\s?\.?\s?t|c\s?\.?\s?v)[\s.,:\-\"'“”]*$", text[max(0, first - 12) : first], re.IGNORECASE
    ):
        return max(0, first - 12) + hit.start()
    return None

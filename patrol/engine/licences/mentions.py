"""Names of the register in running text, with and without a legal form before them.

`find` looks for the forms letter for letter, joined or split, and as a bad scan shows them; `nearly` for forms with a
slip, where nothing else told whose the offer is. A short or common name counts after a legal form or a cue only; a
name that goes on with another name word is another company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import ahocorasick_rs

from patrol import domain
from patrol.engine import lazy
from patrol.engine.licences import name_endings, names, slips
from patrol.engine.licences.folded import FOLDING, PLAIN, misread, misread_places
from patrol.engine.licences.real_words import OF_COMPANIES, ORDINARY, WORDS

_CUES = frozenset(WORDS["cues"].split())
_ACTS = frozenset(WORDS["acts"].split())
_PEOPLE_OF = frozenset(WORDS["people_of"].split())
_EVERYDAY = frozenset(WORDS["everyday_acronyms"].split())
_TOKEN = lazy.regex(r"[^\W_]+")
_FORM_BEFORE = lazy.regex(
    r"(?<![^\W_])(?:p\s?\.?\s?t|c\s?\.?\s?v)(?:[\s\-]?(?:nya|ny|ne|na)(?: (?:itu|namanya|si|iku))?)?[\s.,:\-\"'“”]*$", re.IGNORECASE
)
_NEXT_WORD = lazy.regex(r"[ \t]+([^\W_]+)")
_LAST_WORD = lazy.regex(r"([^\W_]+)[ \t]+$")
# What a post says an acronym stands for: "SBL = Sumber Berkah Laundry", "TAL (tanah lebih)".
_GLOSS = lazy.regex(r"\s?(?:=|\(|itu|singkatan(?: dari)?|kepanjangan(?:nya)?|alias|adalah)\s?((?:[^\W\d_]+[ \t]){1,5}[^\W\d_]+)")
_ADVERBS = frozenset(WORDS["adverbs"].split())
# "hasmindo lagi cari yg mau jaga", "Nurmi msh butuh 6 org": a name, an act, and people; "Nurmi cari kerja" is a person.
_ADVERB = rf"(?:{'|'.join(sorted(_ADVERBS))})[ \t]+"
_HIRES = lazy.regex(
    rf"[ \t]+(?:{_ADVERB}){{0,2}}(?:{'|'.join(sorted(_ACTS))})[ \t]+(?:{_ADVERB})?"
    r"(?:\d|(?:yg|yang|sing|nu|orang|org|wong|urang|tenaga|pekerja|calon|cpmi|pmi|tki|tkw|abk|kru|crew|cewek|cowok|cewe|cowo|laki|perempuan|"
    r"job|loker|lowongan|pendaftaran|penerimaan|rekrutmen|kapal|pabrik|kilang|ladang)(?![^\W_]))"
)
_HEADS = lazy.regex(r"[ \t]?(?::|\||[-–—](?=[ \t]))")  # "TIRTASARI: Singapore housemaid"
_PERMITS = frozenset(("sip", "sip2mi", "sip3mi", "siup", "izin", "ijin", "no", "nomor"))
_CONTEXT = 40
_SHORTEST_PAIR = 7  # letters of a name of two words that stands alone
_SHORTEST_FIRST = 5  # of one word that opens a post
_SHORTEST_TOWN = 4  # letters of a town's short form: "Tasik"
_SHORTEST_TAG = 10  # of one written as a hashtag
_SHORTEST_MISREAD = 8
_LONGEST_NAME = 8  # words
_MOST_PLACES = 150  # of one text: the longest lists of agencies name fewer
_MOST_TOKENS = 1_500  # of a text searched for slips; offers are shorter
_MOST_WINDOWS = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A name of the register in a text. `formed`: with legal form or a cue before it."""

    agency: domain.Agency
    span: domain.Span
    formed: bool


class Mentions:
    """The forms of one edition's names, searched for all at once."""

    def __init__(self, index: names.Index) -> None:
        self._index = index
        self._searched = [form for form in index.forms if len(form.key) >= 3]
        keys = [form.key.translate(slips.MISREAD) for form in self._searched]
        self._automaton = ahocorasick_rs.AhoCorasick(keys) if keys else None
        self._pairs: dict[tuple[str, str], list[tuple[names.Form, int]]] = {}
        for form in index.forms:
            if len(form.words) < 3:
                continue
            heard = [slips.sound(word) for word in form.words]
            for at, pair in _pairs(heard):
                self._pairs.setdefault(pair, []).append((form, at))

    def find(self, text: str) -> list[Place]:
        """Names in a text, longest first where they overlap, in the order of the text."""
        if self._automaton is None:
            return []
        hits = self._automaton.find_matches_as_indexes(misread(text), overlapping=True)
        if not hits:
            return []
        offsets = misread_places(text)
        plain = text.translate(PLAIN)
        places = (
            self._place(self._searched[at], text, plain, offsets[start], offsets[end - 1] + 1)
            for at, start, end in hits[: 4 * _MOST_PLACES]
        )
        found = list(islice(filter(None, places), _MOST_PLACES))
        # Of two names in one place the longer; of one name read in two ways the letters as they stand.
        found.sort(key=lambda hit: (hit[0].span[0] - hit[0].span[1], hit[1], hit[0].span[0]))
        taken: list[Place] = []
        for hit, _ in found:
            if all(hit.span[1] <= other.span[0] or hit.span[0] >= other.span[1] for other in taken):
                taken.append(hit)
        return sorted(taken, key=lambda place: place.span)

    def _place(self, form: names.Form, text: str, plain: str, first: int, last: int) -> tuple[Place, bool] | None:
        """The form at a place of the text, and whether its letters are misread; None where it does not stand there."""
        if last < len(text) and FOLDING(text[last]):
            return None
        before = _form_before(plain, first)
        if before is None and first and FOLDING(text[first - 1]):
            return None
        broken = FOLDING.joined(text[first:last]) != form.key
        if broken and not self._may_be_misread(form, text[first:last]):
            return None
        if before is None and not _stands_alone(form, text, plain, first, last):
            return None
        if self._goes_on(form, text, plain, first if before is None else None, last):
            return None
        return Place(form.agency, (first if before is None else before, last), before is not None), broken

    def _may_be_misread(self, form: names.Form, written: str) -> bool:
        return len(form.key) >= _SHORTEST_MISREAD and self._index.cost(form, names.words(written)) is not None

    def _goes_on(self, form: names.Form, text: str, plain: str, first: int | None, last: int) -> bool:
        """Whether another name word stands right before or after: then the name is longer, hence another company's."""
        after = _NEXT_WORD.match(plain[last : last + _CONTEXT])
        # Initials go on with a word written as a name only: "RKS sawit Pahang" is RKS and its estates.
        initials = len(form.words) == 1 and form.written.isupper()
        if after and self._is_name_word(after[1]) and not (initials and text[last + after.start(1)].islower()):
            following = names.words(plain[last : last + 60].split("\n", 1)[0])
            if not name_endings.follows_a_name(following) and not names.at_home(form.agency, following[:1]):
                return True
        if first is None:
            return False
        start = max(0, first - _CONTEXT)
        before = _LAST_WORD.search(plain[start:first])
        return bool(before and self._is_name_word(before[1]) and text[start + before.start()].isupper())

    def _is_name_word(self, word: str) -> bool:
        known = word in OF_COMPANIES or word in self._index.words
        return known and word not in ORDINARY and word not in _CUES and word not in _ACTS

    # --- with a slip -------------------------------------------------------------------------------

    def nearly(self, text: str) -> list[Place]:
        """Names with a slip in one word: behind a cue, or with two of their words right. Dearer than `find`."""
        plain = text.translate(PLAIN)
        tokens = [(hit.group(), hit.start(), hit.end()) for hit in islice(_TOKEN.finditer(plain), _MOST_TOKENS)]
        found: list[Place] = []
        for start, end, form in islice(self._windows(tokens), _MOST_WINDOWS):
            first, last = tokens[start][1], tokens[end - 1][2]
            if found and first < found[-1].span[1]:
                continue
            if not self._in_one_piece(plain[first:last]):
                continue
            match = self._index.resolve(plain[first:last])
            agency = match.agency
            if agency is None or (form is not None and agency is not form.agency):
                continue
            if form is None and len(match.words) < end - start:
                continue  # a shorter run ends where the name does
            if not self._goes_on(names.Form(agency, "", (), ""), text, plain, first, last):
                found.append(Place(agency, (first, last), formed=form is None))
        return found

    def _windows(self, tokens: list[tuple[str, int, int]]) -> Iterator[tuple[int, int, names.Form | None]]:
        """Runs of words that may be a name, in order; with the form they remind of, None behind a cue."""
        heard = [slips.sound(word) for word, _, _ in tokens]
        near: dict[tuple[tuple[str, ...], tuple[str, ...]], bool] = {}  # of this text: words said again are weighed once
        for at, (word, _, _) in enumerate(tokens):
            if word in _CUES:
                most = min(len(tokens), at + 1 + _LONGEST_NAME)
                yield from ((at + 1, end, None) for end in range(min(most, at + 6), at + 2, -1))
            for gap in (1, 2):
                if at + gap >= len(heard):
                    break
                for form, offset in self._pairs.get((heard[at], heard[at + gap]), ()):
                    start = at - offset
                    end = start + len(form.words)
                    if start >= 0 and end <= len(tokens):
                        pair = form.words, tuple(tokens[i][0] for i in range(start, end))
                        if pair not in near:
                            near[pair] = self._index.cost(form, pair[1]) is not None
                        if near[pair]:
                            yield start, end, form

    @staticmethod
    def _in_one_piece(written: str) -> bool:
        return "\n\n" not in written and not re.search(r"[.!?;:,][\s]", written)


def introduced(before: str) -> bool:
    """Whether the words before a name say that somebody goes through that company: "lewat", "oleh", "via"."""
    last = _TOKEN.findall(before[-_CONTEXT:].casefold())[-1:]
    return bool(last) and last[0] in _CUES and before[-1:].isspace()


def _pairs(heard: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    for at, word in enumerate(heard):
        for gap in (1, 2):
            if at + gap < len(heard):
                yield at, (word, heard[at + gap])


def _stands_alone(form: names.Form, text: str, plain: str, first: int, last: int) -> bool:
    """Whether a form without legal form before it is meant as a name."""
    before = plain[max(0, first - _CONTEXT) : first]
    if before.endswith("#"):
        return len(form.words) > 2 or len(form.key) >= _SHORTEST_TAG
    if before.endswith(("@", "/", ".", "_", "-")) and not before.endswith((" -", "\n-")):
        return False
    if introduced(before) or (len(form.words) > 1 and _of_a_permit(before)):
        return True
    written, after = text[first:last], plain[last : last + _CONTEXT]
    if len(form.words) == 1:
        return _acronym(form, written, before, after) or _called_by_one_word(form, written, before, after)
    if len(form.words) == 2:
        capitals = all(not word[:1].islower() for word in written.split())
        return len(form.key) >= (_SHORTEST_PAIR if capitals else _SHORTEST_TAG) and (capitals or _company_follows(after))
    return len(form.key) >= _SHORTEST_PAIR


def _of_a_permit(before: str) -> bool:
    """Whether a permit is named right before: "SIP bahari lumintu 0240/..." is a company's."""
    leads = _LAST_WORD.search(before)
    return leads is not None and leads[1] in _PERMITS


def _acronym(form: names.Form, written: str, before: str, after: str) -> bool:
    """A short name in capitals, "WTG": alone where it is long or where what stands around it speaks of a company."""
    if not (form.written.isupper() and written.isupper()) or form.key in _EVERYDAY or len(form.key) < 3:
        return False
    if _explained_otherwise(form, after):
        return False
    people = _LAST_WORD.search(before)
    if len(form.key) > 3 or (people is not None and people[1] in _PEOPLE_OF):
        return True
    begins = not before.strip() or before.rstrip(" \t")[-1:] in {"\n", "(", "."}
    return begins or _company_follows(after)


def _called_by_one_word(form: names.Form, written: str, before: str, after: str) -> bool:
    """A short name such as "Rengganis": with a capital, before the agency's own town or behind whose people it names."""
    if not before.strip() and len(form.key) >= _SHORTEST_FIRST and _HIRES.match(after):
        return True  # a post that begins with it, and hires
    if len(form.key) < _SHORTEST_PAIR - 1 or not written[:1].isupper():
        return False
    if not before.strip() and _HEADS.match(after):
        return True
    last = _LAST_WORD.search(before)
    if last is not None and last[1] in _PEOPLE_OF:
        return True
    town, following = names.words(form.agency.city), names.words(after.split("\n", 1)[0])
    short = following[:1] and len(following[0]) >= _SHORTEST_TOWN and town[:1] and town[0].startswith(following[0])
    return bool(town) and (following[: len(town)] == town or bool(short))


def _explained_otherwise(form: names.Form, after: str) -> bool:
    """Whether the post says itself what the letters stand for, and it is no agency: some of them begin its words, in order."""
    said = _GLOSS.match(after)
    if said is None:
        return False
    words = names.words(said[1])
    if words[0] in names.words(form.agency.name):
        return False
    letters = iter(form.key)
    return words[0][0] == form.key[0] and sum(word[0] in letters for word in words[: len(form.key)]) > 1


def _company_follows(after: str) -> bool:
    following = names.words(after.split("\n", 1)[0])
    while len(following) > 1 and following[0] in _ADVERBS:
        following = following[1:]
    return bool(following) and (following[0] in _ACTS or following[0] in _PERMITS or name_endings.follows_a_name(following))


def _form_before(text: str, first: int) -> int | None:
    """Where a legal form starts that stands right before the name: "PT ", "P.T.", glued "pt"; None where none does."""
    if hit := _FORM_BEFORE.search(text[max(0, first - 12) : first]):
        return max(0, first - 12) + hit.start()
    return None

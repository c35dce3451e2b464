"""Names of companies as they stand in the text, and in what role.

A name begins at its legal form (PT, CV; LPK and foundations put forward as placers), ends with one (NUSA CONTOH PT,
Contoh Sdn Bhd), or is a row of capitalised words of the kind companies are called by, behind "lewat", in front of
what only a company has, or before the dash that opens a text.
Where it stops is told by punctuation, by small letters after capitals, and by words no name
goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import company_roles, folding, phrases, prefilter

_WORDS = phrases.load("companies.toml")
_STOPS = frozenset((*_WORDS["stops"]["words"], *_WORDS["stops"]["money"]))
_SOFT_STOPS = frozenset(_WORDS["stops"]["in_small_letters"])
_PARTICLES = frozenset(_WORDS["stops"]["particles"])
_INSIDE_NAMES = frozenset(_WORDS["stops"]["inside_names"])
_LAST_IN_NAMES = frozenset(_WORDS["stops"]["last_in_names"])
_NO_NAMES = frozenset(_WORDS["names_too_short"]["words"])
_NO_NAMES_WITH = frozenset(_WORDS["no_names_with"]["words"])
_NO_COMPANY = frozenset(_WORDS["no_company"]["words"])
_COUNTRIES = frozenset(
    name for entry in phrases.load("countries.toml").values() for written in entry["names"] for name in phrases.variants(written)
)
_PLACES = (_COUNTRIES - {"formosa"}) | frozenset(_WORDS["towns"]["words"])  # a town in full may be a word of the name
_NAME_WORDS = frozenset(_WORDS["name_words"]["words"])
_FEWEST_BEFORE_A_PLACE = 2
_LONGEST_OF_ITS_OWN = 6  # letters of a word with "nya" that may be its own
LONGEST_NAME = 8  # words
MOST = 150  # names of one text: a list longer than any post's is a flood, and its head is enough
TRIED = 600  # legal forms of one text that are looked behind


def _any(forms: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


_FORMS = _WORDS["forms"]
_HEAD = lazy.regex(
    rf"(?<![\w/&@.])(?P<form>{_any([*_FORMS['indonesian'], *_FORMS['training']])})"
    r"(?P<gap>\.\s?|\s?[:\-]\s?|[ \t]{1,3}|\s?(?=[\"']))(?=[\"']?[a-z0-9])"
)
_TAIL = lazy.regex(
    rf"(?<!\w)(?P<form>{_any([*_FORMS['foreign'], *_FORMS['recruiter'], *_FORMS['recruiter_anywhere'], *_FORMS['manpower']])})(?!\w)\.?"
)
# Its letter stands first: a pattern that begins with a look behind is tried at every sign.
_LATIN_TAIL = lazy.regex(r"p(?:(?<=[a-z0-9] p)|(?<=[a-z0-9], p))\.?t\b\.?(?=\s*(?:$|[\n,.;:()!|]|[\-=]\s))")
_CJK = lazy.regex(
    r"[\u3400-\u9fff\uac00-\ud7a3\u30a0-\u30ff]{2,14}(?:股份)?(?:有限公司|公司|集團|集团|株式会社|주식회사)"
    r"|(?:株式会社|주식회사|\(주\)|㈜)\s?[\u3400-\u9fff\uac00-\ud7a3\u30a0-\u30ff]{2,14}"
)
_LATIN_FORMS = frozenset(("pt", "p.t", "p t", "cv", "c.v"))
_LETTERS = lazy.regex(r"[a-z]+")


def _last_words(*groups: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(form)[-1] for group in groups for form in _FORMS[group])


_HEAD_WORDS = _last_words("indonesian", "training")
_TAIL_WORDS = _last_words("foreign", "recruiter", "recruiter_anywhere", "manpower") | {"pt", "t"}
_SHORTENED = _LATIN_FORMS | {"ud", "u.d"}  # only these are written with a full stop
_FOREIGN = frozenset(_FORMS["foreign"])
_ALSO_WORDS = frozenset({"co", "ag", "est", "inc", "spc", "limited", "berhad"})
_RECRUITERS = frozenset((*_FORMS["recruiter"], *_FORMS["recruiter_anywhere"]))
_AT_HOME_TOO = frozenset((*_FORMS["recruiter_anywhere"], *_FORMS["manpower"]))
_NAME_WORD = lazy.regex(r"[\"'(]?(?P<word>[a-z0-9][a-z0-9&'\-]*(?:\.[a-z]\b\.?)*)[\"')]?")
# Figures with signs between them, or in pieces behind 0 or 62: with more than three digits they are a telephone number, no part of a name.
_FIGURES = lazy.regex(r"(?:(?:0|62)\d*(?:[ ./\-]{1,2}\d+)+|\d[\d./\-]*)(?![a-z\d])")
_MOST_DIGITS = 3
# A sum of money, or a bank and its account: what is paid stands behind a name and is no part of it.
_PAID = lazy.regex(
    r"(?:rp|idr|rm|myr|nt|ntd|twd|hkd|hk|sgd|usd|sar)\.? ?\$? ?\d|\d[\d.,]* ?(?:jt|juta|rb|ribu|jutaan|ribuan|k)(?![a-z\d])"
    r"|(?:bca|bri|bni|btn|bsi|mandiri|dana|ovo|gopay|shopeepay|linkaja|seabank)[ :.]{1,2}\d{4}"
)
_SHORTEST_JOINED = 9  # letters
_JOINED = lazy.regex(r"(?<![a-z0-9@.])pt[a-z]{8,40}(?![a-z0-9@])")
_CAMEL = lazy.regex(r"PT(?:[A-Z][a-z]+){2,6}")
_BETWEEN = lazy.regex(r"[ \t]{1,3}|[ \t]?[&\-][ \t]?(?=[a-z0-9])|\.(?=[a-z]{2})|\.[ ](?=[a-z]{2})")
_ENDED = lazy.regex(r"\Z|[,.;!?)|\n]|[ \t]{1,3}[(|\-]")
_LINE_OF_CAPITALS = lazy.regex(r"(?<![\w@])[a-z0-9][a-z0-9'\-]*(?:[ \t][a-z0-9][a-z0-9'\-]*){1,60}")
_HEADING = lazy.regex(r"\W{0,4}(?P<name>[a-z][a-z'\-]+(?:[ \t][a-z][a-z'\-]+){2,4})[ \t]?(?:[–—|]|-(?=[ \t]))[ \t]?(?=[a-z0-9])")
_CURRICULUM = lazy.regex(
    r"\b(?:bawa|kirim(?:kan)?|siapkan|apply|your|send|update|lampirkan|email|buat|isi|format|upload|drop|submit|kumpul(?:kan)?|"
    r"serahkan|lamaran|bikin|resume|berkas|ijazah|foto)\s?(?:dan|&|\+|[:,])?\s?$"
)
_WITHOUT = lazy.regex(r"\b(?:tanpa|tnp|no|non|nggak|ngga|gak|ga|tidak|tdk|teu|ora|bukan|bkn|sanes|dudu|indak|ndak|usah)\b(?: \w+){0,2} $")


class _Name(NamedTuple):
    """A name in `Folded.plain`."""

    start: int
    end: int
    form: str
    foreign: bool


def claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """COMPANY claims in order, with roles as far as the words around them tell (`settle` finishes them)."""
    words = frozenset(prefilter.letters(folded.plain))  # a look at them costs less than the patterns
    found: list[_Name] = []
    for finder, needs in (
        (_with_form_before, _HEAD_WORDS),
        (_with_form_behind, _TAIL_WORDS),
        (_joined, _joined_words(words)),
        (_in_cjk, None),
        (_without_form, _NAME_WORDS),
    ):
        if len(found) == MOST or (needs is not None and words.isdisjoint(needs)):
            continue
        for name in finder(folded):
            if len(found) == MOST:
                break
            if not any(name.start < other.end and other.start < name.end for other in found):
                found.append(name)
    return [_claim(folded, name, source) for name in sorted(found)]


settle = company_roles.settle


def _claim(folded: folding.Folded, name: _Name, source: str) -> Claim:
    role = company_roles.by_words(folded.plain, name.start, name.end, foreign=name.foreign)
    detail = {"form": name.form.replace(".", "").replace(" ", "")} | ({"foreign": "yes"} if name.foreign else {})
    value = " ".join(folded.original(name.start, name.end).split())
    span = folded.span(name.start, name.end)
    return Claim(ClaimKind.COMPANY, value, span, source, 0.9 if name.form else 0.75, role, detail=detail)


# --- PT Contoh Nusa ---------------------------------------------------------------------------------


def _with_form_before(folded: folding.Folded) -> Iterator[_Name]:
    plain = folded.plain
    reach = 0
    for match in islice(_HEAD.finditer(plain), TRIED):
        if match.start() < reach:
            continue
        form = match["form"]
        before = plain[max(0, match.start() - 30) : match.start()]
        if form in {"cv", "c.v"} and _CURRICULUM.search(before):
            continue
        if match["gap"] == "-" and plain.startswith(form, match.end()):
            continue  # "LPK-LPKan": any of the kind
        end = _name_end(folded, match.end(), form)
        before_it = _name_before(folded, match, end)
        if before_it is not None:
            reach = match.end()
            yield _Name(before_it, match.end("form"), form, foreign=False)
            continue
        if end is None:
            continue
        words = plain[match.end() : end].split()
        if match["gap"].startswith(". ") and _begins_a_sentence(form, words, before):
            continue
        reach = end
        yield _Name(match.start(), end, form, foreign=False)


def _begins_a_sentence(form: str, words: Sequence[str], before: str) -> bool:
    """Whether the sentence ends behind the form: "tanpa PT. Masuk pakai visa", "kayak di PT. Masuknya", "Ketua Yayasan. Gedung sebelah"."""
    if form not in _SHORTENED or words[0].endswith("nya"):
        return True
    return sum(not word.isdigit() for word in words) < 2 and _WITHOUT.search(before) is not None


def _name_before(folded: folding.Folded, form: re.Match[str], end: int | None) -> int | None:
    """Where the name before a form begins, should the form be its end: "Contoh Nusa, PT - Kupang", "Karya Nusa, PT. Kupang".

    `end`: where a name behind it would end. A dash or a colon never stands inside a name; a single word behind a comma
    and the form, or behind its full stop, is a place or begins a sentence, where what stands before is what companies are called.
    """
    plain = folded.plain
    start = form.start()
    if plain[max(0, start - 1) : start] not in {" ", ","} or form["form"] not in _LATIN_FORMS:
        return None
    if form["gap"].strip(" ."):
        return _name_start(folded, start, least=2)
    ended = form["gap"] == ". " or plain[:start].rstrip(" ").endswith(",")
    if not ended or end is None or " " in plain[form.end() : end]:
        return None
    first = _name_start(folded, start, least=2)
    return None if first is None or _NAME_WORDS.isdisjoint(_LETTERS.findall(plain[first:start])) else first


def _name_end(folded: folding.Folded, start: int, form: str) -> int | None:
    """Where the name that begins at `start` ends; None where no name stands there."""
    plain = folded.plain
    position, end = start, start
    capital: bool | None = None
    shouts = all_capitals = True
    words: list[str] = []
    while len(words) < LONGEST_NAME:
        match = _NAME_WORD.match(plain, position)
        if match is None or (words and plain[position] == "("):
            break
        word = match["word"].rstrip(".-")
        written = folded.original(match.start("word"), match.end("word"))
        upper = written[:1].isupper() or not written[:1].isalpha()
        stops = word in _STOPS and not (
            capital is not False and upper and (_inside_a_name(folded, match) or (words and _ends_a_name(folded, match)))
        )
        if stops or (word in _SOFT_STOPS and not upper) or (words and _behind_a_name(plain, match.start("word"))):
            break
        if not words and word in _NO_NAMES:
            return None
        if capital is None and written[:1].isalpha():
            capital = upper
        elif capital and not upper and word != "of":
            break
        # "PT LINTANG CONTOH Bandung": what is no longer all capitals belongs to the sentence.
        shouts = shouts and written.isupper()
        if len(words) > 1 and not shouts and all_capitals:
            break
        all_capitals = shouts
        words.append(word)
        end = match.start("word") + len(word)
        if plain[match.end() - 1] in "\"')":
            opened = plain[match.end() - 1] in plain[start - 1 : end]
            end = match.end() if plain[match.end() - 1] != ")" and opened else end
            break
        following = _BETWEEN.match(plain, match.end())
        if following is None or (following.group() == ". " and len(word) > 2):
            break  # a full stop ends the sentence, unless it stands behind an initial
        position = following.end()
    if not _is_name(words, form, capital=bool(capital) or capital is None):
        return None
    return _without_its_place(plain, end, words) if form in _LATIN_FORMS else end


def _behind_a_name(plain: str, position: int) -> bool:
    """Whether a telephone number begins here, or another of more than three digits, a sum or an account: no word of a name."""
    if _PAID.match(plain, position):
        return True
    figures = _FIGURES.match(plain, position)
    return figures is not None and sum(map(str.isdigit, figures.group())) > _MOST_DIGITS


def _without_its_place(plain: str, end: int, words: Sequence[str]) -> int:
    """Where a name ends without the town or country behind it, or the clitic on it: two words and more stay of it."""
    count = len(words)
    while count > _FEWEST_BEFORE_A_PLACE and words[count - 1] in _PLACES and plain.endswith(words[count - 1], 0, end):
        count -= 1
        end = len(plain[: end - len(words[count])].rstrip(" -&"))
    last = words[count - 1]
    return end - 3 if len(last) > _LONGEST_OF_ITS_OWN and last.endswith("nya") and last[:-3] in _NAME_WORDS else end


def _inside_a_name(folded: folding.Folded, stop: re.Match[str]) -> bool:
    """Whether a word that ends names, written with a capital, is the middle word of one: another follows it."""
    word = stop["word"]
    if word not in _PARTICLES and word not in _INSIDE_NAMES:
        return False
    between = _BETWEEN.match(folded.plain, stop.end())
    following = _NAME_WORD.match(folded.plain, between.end()) if between else None
    if following is None:
        return False
    name, written = following["word"], folded.original(following.start("word"), following.end("word"))
    if not written[:1].isupper() or name in _STOPS or name in _SOFT_STOPS or name in _NO_NAMES:
        return False
    if name in _NAME_WORDS:
        return True
    # In capitals throughout a capital tells nothing.
    return word in _PARTICLES and not written.isupper() and len(name) > 3


def _ends_a_name(folded: folding.Folded, stop: re.Match[str]) -> bool:
    """Whether a word that ends names, written with a capital, is the last word of one: a sign or nothing ends the name behind it
    ("PT Maju Terus, bayar dulu", "PT Maju Terus (bayar dulu)")."""
    return stop["word"].rstrip(".") in _LAST_IN_NAMES and _ENDED.match(folded.plain, stop.end()) is not None


def _is_name(words: Sequence[str], form: str, *, capital: bool) -> bool:
    if (
        not words
        or words[0] in _NO_NAMES
        or words[-1] in _NO_NAMES_WITH
        or not (capital or _NO_NAMES_WITH.isdisjoint(words))
        or all(word in _NO_NAMES or not _LETTERS.search(word) for word in words)
    ):
        return False
    if len("".join(words)) < 3:
        return False
    if capital:
        return True
    # "yayasan amal", "cv lengkap", "pt tempat anak": in small letters a name needs two words, one of them such as companies have.
    return form in {"pt", "p.t", "p t"} and len(words) > 1 and not _NAME_WORDS.isdisjoint(words)


# --- NUSA CONTOH PT, Contoh Sdn Bhd -----------------------------------------------------------------


def _with_form_behind(folded: folding.Folded) -> Iterator[_Name]:
    plain = folded.plain
    for match in _LATIN_TAIL.finditer(plain):
        start = _name_start(folded, match.start(), least=2)
        if start is not None:
            yield _Name(start, match.end(), "pt", foreign=False)
    for match in _TAIL.finditer(plain):
        form = match["form"]
        legal = form in _FOREIGN
        least = 1 if (legal and form not in _ALSO_WORDS) or form in _FORMS["manpower"] else 2
        start = _name_start(folded, match.start(), least=least)
        if start is None or (not legal and not folded.original(match.start(), match.start() + 1).isupper()):
            continue
        # In a text of capitals a capital says nothing of a name.
        if form in _RECRUITERS and (folded.original(start, match.end()).isupper() or not company_roles.hires(plain, match.end())):
            continue
        yield _Name(start, match.end(), form, foreign=form not in _AT_HOME_TOO)


def _name_start(folded: folding.Folded, end: int, *, least: int) -> int | None:
    """Where the name before a form begins: capitalised words going back, at least so many."""
    offset = max(0, end - 70)
    line = folded.plain[offset:end]
    start: int | None = None
    count = 0
    for match in reversed(list(re.finditer(r"[a-z0-9&'\-]+", line))):
        between = line[match.end() : (start - offset if start is not None else len(line))]
        written = folded.original(offset + match.start(), offset + match.end())
        if between.strip(" ,") or "\n" in between or not written[:1].isupper() or match.group() in _STOPS or count == 6:
            break
        if "," in between and start is not None:
            break
        start = offset + match.start()
        count += 1
    return start if count >= least else None


def _joined_words(words: frozenset[str]) -> frozenset[str]:
    """The words of a text that may be a form and a name in one."""
    return frozenset(word for word in words if word.startswith("pt") and len(word) > _SHORTEST_JOINED)


def _joined(folded: folding.Folded) -> Iterator[_Name]:
    """ "PTContohNusaJaya": a form and capitalised words written together."""
    for match in _JOINED.finditer(folded.plain):
        if _CAMEL.fullmatch(folded.original(*match.span())):
            yield _Name(match.start(), match.end(), "pt", foreign=False)


def _in_cjk(folded: folding.Folded) -> Iterator[_Name]:
    if folded.plain.isascii():
        return
    for match in _CJK.finditer(folded.plain):
        yield _Name(match.start(), match.end(), "cjk", foreign=True)


# --- lewat Contoh Nusa Jaya ---------------------------------------------------------------------------


def _without_form(folded: folding.Folded) -> Iterator[_Name]:
    """Rows of capitalised words, two of them words companies are called by, where only a company can stand."""
    plain = folded.plain
    if folded.text.islower():
        return
    if (head := _HEADING.match(plain)) and _heads_an_offer(folded, head):
        yield _Name(head.start("name"), head.end("name"), "", foreign=False)
    for match in _LINE_OF_CAPITALS.finditer(plain):
        if _NAME_WORDS.isdisjoint(match.group().split()):
            continue
        for start, end in _capitalised(folded, match):
            words = plain[start:end].split()
            least = 1 if company_roles.is_called_one(plain, start) else 2
            if sum(word in _NAME_WORDS for word in words) < least or words[0] in _NO_NAMES | _NO_COMPANY:
                continue
            if least == 1 or company_roles.only_a_company(plain, start, end):
                yield _Name(start, end, "", foreign=False)


def _heads_an_offer(folded: folding.Folded, head: re.Match[str]) -> bool:
    """Whether a capitalised row that opens a text before a dash is a company's name ("Contoh Nusa Lestari - pabrik Taiwan"): at least three
    words, one of them such as companies have, none of a sentence or a place."""
    words = head["name"].split()
    written = folded.original(*head.span("name")).split()
    return (
        not _NAME_WORDS.isdisjoint(words)
        and all(word[:1].isupper() for word in written)
        and not all(word.isupper() for word in written)  # a heading in capitals is any text's
        and words[0] not in _NO_COMPANY
        and not any(word in _STOPS or word in _SOFT_STOPS or word in _NO_NAMES or word in _PLACES for word in words)
    )


def _capitalised(folded: folding.Folded, row: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Runs of two to six capitalised words without a stop inside a row of words."""
    start: int | None = None
    end = 0
    count = 0
    for match in re.finditer(r"\S+", row.group()):
        first = row.start() + match.start()
        if folded.original(first, first + 1).isupper() and match.group() not in _STOPS and match.group() not in _COUNTRIES:
            start = first if start is None else start
            end, count = row.start() + match.end(), count + 1
            continue
        if start is not None and count > 1:
            yield start, end
        start, count = None, 0
    if start is not None and count > 1:
        yield start, end

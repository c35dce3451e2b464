"""The key a post gives to its own number: read backwards, parts in another order, letters or signs for digits, a zero
or a country code left out.

Keys cost one look at most texts. A declared sign is replaced in place, so that all places stay as they are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from patrol.engine import lazy
from patrol.engine.reading import countries, dialling, number_words

_SPOKEN = "|".join(
    sorted(
        {
            word
            for language in ("id", "en", "jv", "su")
            for written in number_words.LEXICON["digits"][language]
            for word in number_words.listed(written)
            if len(word) > 2
        },
        key=len,
        reverse=True,
    )
)
_DIGIT = rf"(?:\d(?![\d.,]*\d)|{_SPOKEN})(?![a-z0-9])"
_SIGNS: dict[str, str] = number_words.LEXICON["signs"]
_NAMES = "|".join(sorted(_SIGNS, key=len, reverse=True))
_SIGN = (
    rf"(?:(?:huruf|tanda|simbol|karakter|emoji|gambar|logo|kata)\s)?(?:[\"'(\[]?(?P<sign>[^\s\d\"'])[\"')\]]?|"
    rf"(?P<name>{_NAMES}))"
)
_IS = (
    r"(?:\s?(?:={1,2}|:|->|=>|→|➡)\s?|[\s\-]{1,2}(?:(?:itu|tu|nya)\s){0,2}(?:jadi|adalah|artinya|dibaca|baca|iku|kuwi|"
    r"diganti|ganti|menjadi|sama dengan|"
    r"maksudnya|means?|is|isi|diisi|itu|nya|ne)\s)(?:(?:angka|dengan|dgn|pakai|sama|jadi|nomor)\s){0,2}"
)
_DECLARED = lazy.regex(rf"(?<![\w=]){_SIGN}{_IS}(?P<digit>{_DIGIT})")
_REPLACE = lazy.regex(
    rf"(?:ganti|ubah|tukar|baca|replace)(?:kan|in)?\s(?:huruf|tanda|simbol|emoji|semua|"
    rf"angka)?\s?[\"'(]?(?:(?P<sign>[^\s\d\"'])[\"')]?|(?P<name>{_NAMES}))\s"
    rf"(?:dengan|dgn|jadi|menjadi|pakai|pake|ke|sama|sbg|sebagai|with|to|by)\s(?:angka\s)?(?P<digit>{_DIGIT})"
)
_DROP = lazy.regex(
    r"(?:buang|hapus|hilangkan|hilangin|ilangin|abaikan|skip|tanpa|hps)(?:kan|in)?\s(?:semua\s)?(?:huruf|tanda|"
    r"simbol|emoji)?\s?[\"'(]?"
    rf"(?:(?P<sign>[^\s\d\"'])(?![a-z])|(?P<name>{_NAMES})(?![a-z]))"
)
_WRITTEN_AS = lazy.regex(
    rf"(?<![\w.,=])(?:angka\s)?(?P<digit>{_DIGIT})\s?(?:=|:=|→|->|\s(?:saya|aku|ku|gue|tak)?\s?(?:di)?(?:ganti|"
    rf"ubah|tulis|samarkan)\s(?:jadi\s|dengan\s|dgn\s|pakai\s|pake\s)?|"
    r"\s(?:jadi|pakai|pake|ditulis)\s)\s?(?:(?:huruf|tanda|simbol|emoji|karakter|jadi)\s)?[\"'(\[]?"
    rf"(?:(?P<sign>[^\s\w\"'(\[.,;:]|[a-z](?![a-z0-9]))|(?P<name>{_NAMES})(?![a-z]))"
)
_SHIFTED = lazy.regex(
    r"(?:pencet|tekan|tahan|pakai|pake|tombol|press|hold)\s(?:tombol\s)?shift|shift\s?(?:di|\+|"
    r"pada)?\s?(?:keyboard|laptop)|"
    r"(?:angka|simbol)[^.\n]{0,12}keyboard"
)
_SHIFT_KEYS = dict(zip("!@#$%^&*()", "1234567890", strict=True))
_IN_ORDER = lazy.regex(
    rf"(?<![a-z0-9])(?P<first>\d|{_SPOKEN})\s(?:sampai|sampe|ampe|sampek|tekan|nepi ka|s/?d|hingga)\s(?P<last>\d|{_SPOKEN})"
    r"\s(?:ber)?urut(?:an)?(?![a-z])"
)
_STEPPED = lazy.regex(
    r"(?:tiap|setiap|semua|masing-masing|masing2|each|every)\s?(?:angka|digit|nomor)?(?:nya)?\s(?:di|"
    r"harus di)?(?P<way>kurang|tambah|minus|plus|naik|turun)[a-z]*\s(?P<step>\d|satu|dua|tiga)"
)
_COUNTED = {"satu": 1, "dua": 2, "tiga": 3}
_RUN = lazy.regex(r"\d[\d \-.]{8,20}\d")
_SEQUENCE = lazy.regex(r"(?<![a-z])a\s?(?:=|:|adalah|itu)\s?(?P<first>[01])(?!\d)")
_LETTER_ROW = lazy.regex(r"(?<![a-z])[a-z](?P<gap>[\s.\-]?)[a-z](?:(?P=gap)[a-z]){7,13}(?![a-z])")
_LETTER_GROUPS = lazy.regex(
    r"(?<![a-z])(?=(?:[^a-z\n]?[a-z]){9,13}(?![^a-z\n]?[a-z]))[a-z]{2,5}(?:[ .\-][a-z]{2,5}){1,4}(?![a-z])"
)  # "jhdf bbjj gci"
_WHOLE_CODE = 5  # letters with a digit each
_KEYPAD = lazy.regex(r"keypad|tombol hp|tombol telepon|\bt9\b|papan tombol|huruf di tombol")
_KEYPAD_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_KEYPAD_WORD = lazy.regex(r"(?<=[\d\-\s])[a-z]{3,9}(?![a-z])")
_BACKWARDS = lazy.regex(
    r"(?:ter|di|ke|ku|wo|mem|se)?balik(?:an|in|kan|e|ke|en|nya)?\b|\b(?:di|ku|ke|ko)?walik(?:en|an|ke|e)?\b|"
    r"kewolak|wolak|kebalik|\breverse[d]?\b|"
    r"\bmirror|backward|(?:dari|dr|ti|tina|sekang|saka|soko|seko|songko|teko|saking|seking|sangking|matan|leq|lekan|uli|mulai|from)\s"
    r"(?:yang\s)?(?:paling\s)?(?:ujung\s)?(?:belakang|blkg|blakang|balakang|buri|mburi|wingking|pengkeran|pungkasan|kanan|tengen|katuhu|"
    r"akhir|ekor|ekornya|buntut|ujung|tukang|budi|mudi|duri|the end|right)|\bkanan ke kiri|\b(?:di)?(?:baca|waca|ketik|dial)[a-z]*\smundur|"
    r"\bmundur\s(?:ya\s)?(?:baca|nulis|ngetik)|"
    r"\b(?:sungsang|tibalik|dibulak)\b"
)
# "jangan kebalik": two numbers are not to be mixed up, and neither runs backwards.
_NOT_TO_BE = lazy.regex(
    r"(?<![a-z])(?:jangan|jgn|jngn|ojo|aja|ojok|ulah|ampun|dont|don't)\s(?:sampai|sampe|sampek|nganti|sampek)?\s?(?:ke|ter|ko)?$"
)
_ZERO = lazy.regex(
    r"(?:tambah|tmbah|tambh|kasih|kasi|beri|pakai|pake|taruh|awali|kurang|depan|dpan|dpn|awal|ketik|plus|add|"
    r"imbuh)[a-z]*\W{1,3}[^.\n]{0,24}?"
    r"(?<![\d.,])(?:0|nol|angka nol|kosong|zero)(?![\d.,]*\d)|(?<![\d.,])(?:0|nol|kosong|"
    r"zero)\W{1,3}[^.\n\d]{0,18}?(?:depan|dpn|awal|muka|hareup|ngarep|front)"
)
_CODE = lazy.regex(
    r"(?:kode|code|awali|tambah|tmbah|pakai|pake|depan|dpn|prefix|plus|kasih|ketik|add)[a-z]*\s?(?:n[ae]gara(?:nya|na)?(?: semua)?|area|"
    r"nya|internasional|dulu|dgn|dengan|angka|country|no|nomor)?\s?"
    r"[:=]?\s?(?:\+\s?(?P<signed>\d{1,3})|(?P<digits>\d{2,3})|(?P<name>[a-z]{4,12}))(?![a-z\d])"
    r"|\(\+(?P<bracketed>\d{1,3})\)(?!\s?[\d(])|\+\s?(?P<owned>\d{1,3})\s?(?:nya|ne|na)\b"
)
BREAK = "\x02"  # stands where a declaration stood: no number reaches over it


@dataclass(frozen=True)
class Keys:
    """What the post says of its numbers: the text with declared signs as digits, and how to read what is left.

    A zero or a country code stated apart is looked for when first asked: a number written in full never asks.
    """

    written: str
    plain: str
    backwards: tuple[int, ...]  # places of the words that say so

    @property
    def replaced(self) -> bool:
        return self.plain is not self.written

    @functools.cached_property
    def _stated(self) -> str:
        return _code(self.written) if _has(self.written, _CODE_LOOK) else ""

    @property
    def code(self) -> str:
        """The country code stated, "" for none or Indonesia's."""
        return "" if self._stated == "62" else self._stated

    @functools.cached_property
    def zero(self) -> bool:
        """Whether a leading zero, or the code of Indonesia, is said to be left out."""
        return self._stated == "62" or (_has(self.written, _ZERO_LOOK) and _ZERO.search(self.written) is not None)


def _looks(key: str) -> tuple[str, ...]:
    return tuple(number_words.LEXICON["looks"][key])


_DECLARES_LOOK = _looks("declared")
_LONE_LOOK = (" nya ", "-nya ", " itu ", " iku ", " kuwi ", " jadi ", " adalah ", " is ")
_LONE = lazy.regex(
    r"(?<!\w)(?:[a-z@#*!?$%&][\"')]?|bintang|pagar|hati|love|seru|tanya|bunga)[ \-](?:nya|itu|iku|kuwi|jadi|adalah|"
    r"is) (?:angka )?(?:\d|[a-z]{3})"
)
_BACKWARDS_LOOK = _looks("backwards")
_CODE_LOOK = _looks("code")
_ZERO_LOOK = _looks("zero")


def _has(plain: str, looks: tuple[str, ...]) -> bool:
    for look in looks:  # noqa: SIM110  any() over a generator would cost twice the search
        if look in plain:
            return True
    return False


def keys(plain: str) -> Keys:
    """The keys of a text (`Folded.plain`)."""
    declares = _has(plain, _DECLARES_LOOK) or (_has(plain, _LONE_LOOK) and _LONE.search(plain) is not None)
    read = _with_signs(plain) if declares else plain
    if "urut" in plain:
        read = _IN_ORDER.sub(_counted_up, read)
    if _has(plain, ("tombol", "keypad", "t9")):
        read = _with_keypad(read)
    stepped = _STEPPED.search(plain) if "ngka" in plain or "igit" in plain or "omor" in plain else None
    if stepped:
        read = _RUN.sub(lambda match: _stepped(match.group(), stepped), read)
    told = _BACKWARDS.finditer(plain) if _has(plain, _BACKWARDS_LOOK) else ()
    backwards = tuple(match.start() for match in told if not _NOT_TO_BE.search(plain, max(0, match.start() - 20), match.start()))
    return Keys(plain, plain if read == plain else read, backwards)


def _counted_up(match: re.Match[str]) -> str:
    """ "1 sampai 8 berurutan" as the digits it stands for, of the same length."""
    first, last = (int(said) if said.isdigit() else int(_settled(said)) for said in (match["first"], match["last"]))
    digits = "".join(map(str, range(first, last + 1)))
    return digits.ljust(len(match.group())) if len(digits) > 2 else match.group()


def may_hold(plain: str) -> bool:
    """Whether a text without digits may still tell a number, in letters or signs."""
    return _has(plain, ("=", "shift", "keyboard"))


def _stepped(run: str, told: re.Match[str]) -> str:
    """A run of digits with each moved as the post says ("tiap angka dikurangi 1")."""
    step = _COUNTED.get(told["step"]) or int(told["step"])
    step = -step if told["way"] in {"kurang", "minus", "turun"} else step
    return "".join(str((int(sign) + step) % 10) if sign.isdecimal() else sign for sign in run)


def _with_keypad(plain: str) -> str:
    if not _KEYPAD.search(plain):
        return plain
    return _KEYPAD_WORD.sub(lambda match: match.group().translate(_KEYPAD_LETTERS), plain)


def _code(plain: str) -> str:
    match = _CODE.search(plain)
    while match is not None:
        if match["name"]:
            country = countries.code_of(match["name"])
            found = dialling.code(country) if country else ""
        else:
            found = match["signed"] or match["digits"] or match["bracketed"] or match["owned"]
            if found not in dialling.ALL_CODES:
                found = ""
        if found:
            return found
        match = _CODE.search(plain, match.start("name") if match["name"] else match.end())
    return ""


def _settled(written: str) -> str:
    return number_words.settled(number_words.VOCABULARY[written][1], ("id", "jv", "su"))


def _declarations(plain: str) -> Iterator[tuple[int, int, str, str]]:
    if _SHIFTED.search(plain):
        for sign, digit in _SHIFT_KEYS.items():
            yield 0, 0, sign, digit
    for pattern in (_DECLARED, _REPLACE, _WRITTEN_AS):
        for match in pattern.finditer(plain):
            written = match["digit"]
            digit = written if written.isdigit() else _settled(written)
            yield match.start(), match.end(), _SIGNS[match["name"]] if match["name"] else match["sign"], digit


def _with_signs(plain: str) -> str:
    """The text with declared letters and signs as the digits they stand for, of the same length."""
    letters: dict[str, str] = {}
    signs: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    for start, end, written, digit in _declarations(plain):
        if written.isalpha() and written.isascii():
            letters[written] = digit
        else:
            signs.update((sign, digit) for sign in written if not sign.isspace() and sign not in "=:,")
        spans.append((start, end))
    sequence = _SEQUENCE.search(plain)
    if sequence and (len(letters) != 1 or re.search(r"dst|seterusnya|etc|\.\.|sampai|s/d|-|terus", plain)):
        first = int(sequence["first"])
        for step, letter in enumerate("abcdefghij"):
            letters.setdefault(letter, str((step + first) % 10))
    for match in _DROP.finditer(plain):
        sign = match["sign"] or ""
        if sign.isalpha() and sign.isascii():
            letters.setdefault(sign, "-")
        else:
            signs.update((each, "-") for each in _SIGNS.get(match["name"] or "", sign) if not each.isspace())
        spans.append(match.span())
    if not letters and not signs:
        return plain
    read = list(plain)
    for start, end in spans:
        read[start:end] = BREAK * (end - start)
    text = "".join(read)
    if signs:
        text = text.translate({ord(sign): digit for sign, digit in signs.items() if sign not in "\n "})
    return _with_letters(text, letters) if letters else text


_DIGITS = frozenset("0123456789")


def _with_letters(text: str, letters: Mapping[str, str]) -> str:
    known = frozenset(letters)
    signs = known.union("0123456789oil")
    table = str.maketrans(dict(letters))

    def in_number(match: re.Match[str]) -> str:
        token = match.group()
        reads = signs.issuperset(token) and (len(token) < 3 or not _DIGITS.isdisjoint(token))
        return token.translate(table) if reads else token

    def code_word(match: re.Match[str]) -> str:
        token = match.group()
        return token.translate(table) if all(letter in known or not letter.isalpha() for letter in token) else token

    def groups(match: re.Match[str]) -> str:
        read = code_word(match)
        return read if dialling.indonesian("".join(filter(str.isdecimal, read))) else match.group()

    if len(known) >= 4:
        text = _LETTER_ROW.sub(code_word, text)
    if len(known) >= _WHOLE_CODE:
        text = _LETTER_GROUPS.sub(groups, text)
    return re.sub(r"[a-z0-9]{1,20}", in_number, text)


ORDINALS = {word: int(place) for place, written in number_words.LEXICON["ordinals"].items() for word in number_words.listed(written)} | {
    str(place): place for place in range(1, 10)
}
_PLACE = "|".join(
    sorted((word for word in ORDINALS if len(word) > 3 and word not in number_words.KNOWN), key=len, reverse=True)
)  # "depan", "tengah"
_ORDINAL = r"(?:[1-9]|" + "|".join(sorted((w for w in ORDINALS if not w.isdigit()), key=len, reverse=True)) + r")"
_CHUNK = r"\d(?:[\d\s.\-]{0,8}\d)?(?![\d])"
_RUNS = lazy.regex(r"\d\d")
_PART_CUES = _looks("parts")
_PARTS = (
    re.compile(
        rf"(?:bagian|part|potongan|bag|blok|kelompok|kel|grup|"
        rf"pecahan)\W{{0,2}}(?:ke\W?)?(?P<place>{_ORDINAL})(?:nya)?\W{{1,4}}(?P<chunk>{_CHUNK})"
    ),
    re.compile(rf"[\(\[](?P<place>[1-9a-d])[\)\]]\s?[:=\-]?\s?(?P<chunk>{_CHUNK})"),
    re.compile(rf"(?P<chunk>(?<!\d){_CHUNK})\s?[\(\[](?:ke\W?|bagian |urutan |nomor |no\.? ?)?(?P<place>{_ORDINAL})[\)\]]"),
    re.compile(r"(?<![\w.])(?P<place>[1-9a-d])[.):]\s?(?P<chunk>\d[\d\-]{1,5}\d(?!\d))"),
    re.compile(
        rf"(?<![a-z])(?:paling\s)?(?P<place>{_PLACE})(?:nya|na|e)?"
        rf"(?:\s(?:angka|nomor|nomer|itu))?\W{{1,4}}(?P<chunk>{_CHUNK})"
    ),
)
_ORDER = lazy.regex(
    r"(?:urut\w*|susun\w*|order|gabung\w*|baca)\W{1,3}(?:(?:jadi|nya|dari|bagian|blok|kelompok|ke|"
    r"nomor)\W{1,2}){0,2}(?P<order>[1-6](?:\s?[\-,>→ ]{1,3}\s?[1-6]){1,5})(?!\d)"
)
_GROUPS = lazy.regex(r"(?<![\d+])\d{2,6}(?:[ \-./|,]{1,3}\d{2,6}){1,5}(?!\d)")


_SURELY_BACKWARDS = lazy.regex(r"(?:ter|di|ku|ke)balik|walik|belakang|blkg|reverse|backward|mirror|buri|wingking|mundur|sungsang")


def says_backwards(plain: str, start: int, end: int) -> bool:
    """Whether the words directly beside digits leave no doubt that they run backwards, though both ways make a number."""
    return _SURELY_BACKWARDS.search(plain, max(0, start - 50), min(len(plain), end + 40)) is not None


class Parts(NamedTuple):
    """A number whose parts stood in another order: its places in `Folded.plain`, and its digits put right."""

    start: int
    end: int
    digits: str


def parts(plain: str) -> list[Parts]:
    """Numbers told in parts with the order given."""
    if not _has(plain, _PART_CUES) or len(_RUNS.findall(plain)) < 3:
        return []
    found = [made for pattern in _PARTS if (made := _in_places(list(pattern.finditer(plain))))]
    order = _ORDER.search(plain)
    if order:
        wanted = [int(digit) for digit in re.findall(r"\d", order["order"])]
        for match in _GROUPS.finditer(plain):
            groups = re.findall(r"\d+", match.group())
            if len(groups) != len(wanted) or sorted(wanted) != list(range(1, len(wanted) + 1)) or match.start() == order.start("order"):
                continue
            read_so = "".join(groups[place - 1] for place in wanted)
            stand_so = "".join(group for _, group in sorted(zip(wanted, groups, strict=True)))
            found.extend(Parts(match.start(), match.end(), digits) for digits in (read_so, stand_so) if dialling.indonesian(digits))
    return found[:1]


def _in_places(matches: list[re.Match[str]]) -> Parts | None:
    if not 2 <= len(matches) <= 8:
        return None
    placed = {ORDINALS[match["place"]]: match for match in matches}
    if len(placed) < 2:
        return None
    digits = "".join(re.sub(r"\D", "", placed[place]["chunk"]) for place in sorted(placed))
    if not dialling.indonesian(digits):
        return None
    return Parts(min(match.start("chunk") for match in matches), max(match.end("chunk") for match in matches), digits)


_WILD = lazy.regex(
    r"\W{1,3}(?:[a-z]{1,6}\W{1,2}){0,2}?(?P<sign>[x?*_#])\W{0,3}(?:nya|itu|ini|=|:|dari|bisa|isi|diisi|ganti|"
    r"adalah|from)[\s\-=:]{0,3}(?:(?:angka|dari|nya|dengan)\s)?"
    r"(?P<first>\d)(?:\s?(?:sampai|sampe|s/?d|hingga|to|-|–)\s?(?P<upto>\d)|(?P<more>(?:\s?(?:,|/|&|atau|dan|"
    r"or)\s?\d)*))(?!\d)"
)


def wild_digits(plain: str, end: int, sign: str) -> str:
    """The digits a sign left open in a number stands for, as told after it: "... 90x, x nya 1 sampai 4" is "1234"."""
    match = _WILD.match(plain, end)
    if match is None or match["sign"] != sign:
        return ""
    if match["upto"]:
        return "".join(str(digit) for digit in range(int(match["first"]), int(match["upto"]) + 1))
    return match["first"] + "".join(filter(str.isdecimal, match["more"] or ""))


_LAST = lazy.regex(
    r"[^\d\n]{0,60}?(?:terakhir|akhir|belakang|blkg|ujung|buntut|sisa|tambah)(?:nya|an|in|e)?[^\d\n]{0,20}?"
    rf"(?P<digits>\d{{1,4}}|(?:(?<=\s)(?:{_SPOKEN})(?![a-z])\s?){{1,4}})(?!\d)"
)
_SHORT = lazy.regex(
    r"[^\d\n]{0,30}(?:kurang|kehapus|kepotong|k[ae]tinggalan|belum lengkap|missing)\s(?:satu|1|dua|2|se|siji|loro|rong|hiji)?\s?(?:angka|"
    r"digit|nomor)|[^\d\n]{0,14}tambah(?:in|kan)?\s\d\s(?:di\s?)?(?:belakang|ujung|akhir)"
    r"|[ ,]{1,2}(?:terus|lalu|tinggal|dan|plus|tambah)\s(?:satu|dua|tiga|[1-3])\s(?:angka|digit)\s(?:paling\s)?(?:belakang|terakhir|akhir)"
)


def says_short(plain: str, end: int) -> bool:
    """Whether the words behind a number say that digits of it are missing."""
    return _SHORT.match(plain, end) is not None


def last_digits(plain: str, end: int) -> str:
    """Digits left out at the end of a number and stated after it: "0840 1234 567_ (terakhir 8)"."""
    match = _LAST.match(plain, end)
    if match is None:
        return ""
    if match["digits"].isdigit():
        return match["digits"]
    return "".join(_settled(written) for written in match["digits"].split())

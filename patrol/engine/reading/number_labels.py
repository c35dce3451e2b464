"""What the words beside a row of digits call it: something to dial, an account, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from patrol.engine.reading import number_words


class Label(StrEnum):
    NONE = ""
    CALL = "call"
    NUMBER = "number"
    WALLET = "wallet"
    BANK = "bank"
    OTHER = "other"
    TOPIC = "topic"
    NO_MOBILE = "no mobile"  # "(bukan nomor WA)"


_WRITTEN = number_words.LEXICON["labels"]
# Everything that has numbers of its own, the ordinary words too; "nomor bank" is somebody's there.
_NUMBERED = frozenset(number_words.listed(_WRITTEN["numbered"])) | (
    frozenset(number_words.listed(_WRITTEN["topic"])) - {"gaji", "harga", "biaya", "bank", "game", "siskop2mi", "siskotkln", "kwh"}
)
_LABELS = {
    f"{number} {noun}": Label.OTHER for number in ("no", "nomor", "nomer", "id", "kode", "nmr", "nomornya") for noun in _NUMBERED
} | {name: label for label in Label if label in _WRITTEN for name in number_words.listed(_WRITTEN[label])}
_BANKS = frozenset(name.split(" ")[0] for name, label in _LABELS.items() if label == Label.BANK)
TOPICS = frozenset(number_words.listed(_WRITTEN["topic"]))  # "kontrak0861..." too
_ENDINGS = frozenset(name.rsplit(" ", 1)[-1] for name in _LABELS)
_OWNER = frozenset({"a/n", "a.n", "an", "a.n."})
UNITS = frozenset(number_words.listed(number_words.LEXICON["units"]["words"]))
_TOKEN = re.compile(r"[a-z][a-z0-9./]*[a-z]|[a-z]|\d{6,}")
_LEADS_ON = number_words.LEXICON["units"]["leads_on"]
# How far a word reaches that calls the digits something else: a bank's over a name, others' only over filling words.
_REACH = {
    Label.BANK: re.compile(r"[^\d.!?\n]{0,30}\n?[^\d.!?\n]{0,4}"),
    Label.OTHER: re.compile(
        r"(?:[^\w.,!?\n]|\.(?=\S)|(?<=:)\n){0,3}"
        r"(?:\s?(?:no|nomor|nomer|anda|saya|number|reg|baru|nya|adalah|kami|kamu|dia|ini|itu|resmi|akun|player|pemain)\b"
        r"\.?:?){0,6}(?:[ \t:=#()\-+]|\.(?=\S)|(?<=:)\n){0,5}"
        rf"(?:(?!(?:{_LEADS_ON})\b)[a-z]{{1,4}}[ \-]?)?"
    ),
}
_REACH[Label.TOPIC] = _REACH[Label.OTHER]
# "nomor undian jalan santai HUT desa: 0840...": what is called a number of its own keeps its name up to a colon.
_NAMED_UP_TO = re.compile(
    rf"(?:\s(?!(?:{_LEADS_ON}|bisa|lewat|melalui|hub|silakan|silahkan|nol|tambah[a-z]*|awali[a-z]*|kasih|pakai|pake|kode|depan[a-z]*)\b)[a-z0-9]{{1,14}}){{0,5}}(?:\sya(?:\s[a-z]{{2,8}})?)?\s?:\s?"
)
# The same without one, over a single word: "kode booking kapal 0840...".
_NAMED_BY_ONE = re.compile(
    rf"(?:\s(?!(?:{_LEADS_ON}|mbak|bang|kang|teteh|bunda|kakak|aunty|mamak|bapak|mas|cak|bu|pak|teh|mba|admin)\b)[a-z\-]{{2,16}}){{1,3}}\s"
)
_FOR_EXAMPLE = re.compile(r"[^\d.!?\n]{0,24}\((?:contoh|misal(?:nya)?)\s?:?\s?")
_SECRET = frozenset({"password", "pasword", "passwd", "sandi"})
_OF_SECRET = re.compile(r"[^.!?\n]*")  # as far back as is looked
_IN_PARTS = re.compile(
    r"[^.!?\n]*\b(?:angka|digit)\b[^.!?\n\d]{0,16}"
)  # "rekening BNI bendahara sepuluh angka, enam angka pertama 0715..."
_PRICES = frozenset({"rp", "idr"})
_OWN_CODE = re.compile(r"\s?[:=]")
_CODE_BEFORE = re.compile(r"(?<![a-z])(?:kode|code|id)\s[a-z]{3,14}\s$")  # "kode aktivasi sim"
# "kode agen 0840..." is the agent's code
_CODE_OF = re.compile(rf"(?:\s(?!(?:{_LEADS_ON}|bisa|nya|mbak|bang|negara|area|wilayah|sama)\b)[a-z]{{3,14}}){{1,2}}\s?:?\s?")
_BEHIND = re.compile(
    r"\s?[(\[,\-]{0,2}\s?(?:(?:itu|ini|adalah|tsb|merupakan|bukan nomor (?:hp|wa|telepon)[^a-z]{1,3}(?:tapi|melainkan)?)\s)?"
    r"(?:no(?:mor|mer)?\.? )?(?P<name>[a-z0-9./]+(?: [a-z]+)?)"
)
_NOT_DIALLED = re.compile(
    r"\s?[(\[,\-]{1,2}\s?(?:(?:itu|ini)\s)?(?:bukan|bkn|not|dudu|sanes|lain)\s(?:a\s|no\.?\s|nomor\s|nomer\s)?"
    r"(?:(?P<mobile>hp|wa|whatsapp|handphone)|telepon|telpon|tlp|telp|phone|kontak|contact)(?![a-z])"
)
_BEHIND_SAYS = re.compile(r"[(\[]|(?:itu|ini|adalah|tsb|merupakan|bukan)\s")
_CODES = frozenset({"kode", "code"})
_UNIT = re.compile(r"\s?([a-z]+)")
_FORMER = re.compile(r"(?<![\d.\-])0\d{3}[ \-.]?\d{3,4}[ \-.]?\d{2,5}\s?(?:[,;&]|s/?d|sampai|hingga)\s?$")
LONGEST_LIST = 8  # numbers of one list that share what the first is called
BACK = 48  # code points before the digits in which a label is looked for


def before(plain: str, start: int, *, listed: int = LONGEST_LIST) -> Label:
    """What the nearest word before calls the digits that begin at `start`."""
    begin = max(0, start - BACK)
    dialled = plain.startswith(("08", "62", "+"), start)
    window = plain[begin:start]
    if listed and window.rstrip().endswith((",", ";", "&", "s/d", "sd", "sampai", "hingga")):
        former = _FORMER.search(window)
        if former and before(plain, begin + former.start(), listed=listed - 1) == Label.OTHER:
            return Label.OTHER  # "nomor kupon 0840..., 0841...": what the first is called holds for the list
    tokens = list(_TOKEN.finditer(window))
    words = [token.group() for token in tokens]
    place = len(words)
    while place > 0:
        place -= 1
        if words[place] not in _ENDINGS and _bare(words[place]) not in _ENDINGS:
            continue
        name, label = _longest(words[: place + 1])
        if label is None:
            continue
        if name in _PRICES and plain.startswith(("08", "0.8"), start):
            continue  # no amount begins with a zero: a number dressed up as a price
        if name in _OWNER and place and words[place - 1].isdigit():
            return Label.NONE  # "BCA 0000123456 a.n. Budi 0840...": the account stood before its owner
        if label == Label.NUMBER:
            return _earlier(window, tokens, place) or label
        end = tokens[place].end()
        if label == Label.BANK and not _FIRMS.isdisjoint(words[max(0, place - 3) : place]):
            continue  # "PT Borneo Mandiri ..." is no bank
        further = label == Label.BANK and not dialled and _IN_PARTS.fullmatch(window, end)
        if name == "bank" and not dialled and not _ACCOUNTS.isdisjoint(words[:place]):
            return Label.BANK
        if label in {Label.CALL, Label.WALLET} or further or _reaches(window, end, name, label):
            return Label.OTHER if label == Label.TOPIC and _is_numbered(window, tokens, place, name) else label
        place -= name.count(" ")  # "kantor pos" out of reach is no "kantor" in reach
    return Label.NONE


def names_bank(words: Iterable[str]) -> bool:
    """Whether one of the words of a text calls digits a bank's, with an ending or without."""
    return any(word in _BANKS or _bare(word) in _BANKS for word in words)


def nearest(plain: str, start: int) -> Label:
    """What the nearest word before a place that calls digits anything calls them, however far off it stands."""
    words = _TOKEN.findall(plain[max(0, start - BACK) : start])
    labels = (_longest(words[:count])[1] for count in range(len(words), 0, -1))
    return next((label for label in labels if label is not None), Label.NONE)


def _reaches(window: str, end: int, name: str, label: Label) -> bool:
    """Whether what a name calls a number of another kind still holds at the end of the window."""
    if _REACH[label].fullmatch(window, end):
        return True
    if name in _SECRET:
        return _OF_SECRET.fullmatch(window, end) is not None
    if name in _CODES:
        return _CODE_OF.fullmatch(window, end) is not None
    if label != Label.OTHER:
        return False
    if (" " in name or name in _THINGS) and _NAMED_BY_ONE.fullmatch(window, end):
        return True
    return _FOR_EXAMPLE.fullmatch(window, end) is not None or _NAMED_UP_TO.fullmatch(window, end) is not None


def _is_numbered(window: str, tokens: list[re.Match[str]], place: int, name: str) -> bool:
    """Whether a topic's own number is meant: "kode: 08...", "order #08...", "nomor induk siswa 08..."."""
    end = tokens[place].end()
    if "#" in window[end:] or (name in _CODES and (_OWN_CODE.match(window, end) or _CODE_OF.fullmatch(window, end))):
        return True
    if _CODE_BEFORE.search(window, 0, tokens[place - name.count(" ")].start()):
        return True
    former = place - 1 - name.count(" ")
    beside = former >= 0 and tokens[former].end() + 1 == tokens[former + 1].start()
    return beside and _longest([token.group() for token in tokens[: former + 1]])[1] == Label.OTHER


_OWNED = re.compile(r"(?:nya|ne|na|ku|mu|e)$")
_OF_OWNED = frozenset({Label.BANK, Label.OTHER})
_ACCOUNTS = frozenset({"rek", "rekening", "norek", "transfer", "tf"})
_FIRMS = frozenset({"pt", "cv", "ud", "koperasi", "yayasan"})
_THINGS = frozenset({"barcode", "resi", "awb", "imei", "pelanggan", "invoice", "voucher", "kupon"})
# "kartu BPJS ketenagakerjaan PMI saya no 0846 ...": somebody's card
_SOMEBODYS = re.compile(
    r"(?<![a-z])(?P<name>[a-z]+)(?:\s[a-z]+){0,4}?\s(?:saya|aku|ku|kami|kamu|anak|ibu|bapak|mama|adik|suami|istri|kakak|inyong|nyong|abdi|ambo|ulun)\s$"
)


def _bare(word: str) -> str:
    """A word without the ending that says whose it is."""
    return _OWNED.sub("", word) if word[-1] in "aeu" else word  # a look at the letter costs less than the pattern


def _longest(words: list[str]) -> tuple[str, Label | None]:
    """The longest name that ends a row of words, and what it calls the digits behind it."""
    bare = _bare(words[-1])
    if words[-1] not in _LABELS and _LABELS.get(bare) in _OF_OWNED and len(bare) > 3:
        words = [*words[:-1], bare]  # "resine", "rekeningnya"
    for count in (3, 2, 1):
        name = " ".join(words[-count:])
        if count <= len(words) and name in _LABELS:
            return name, _LABELS[name]
    return "", None


def _earlier(window: str, tokens: list[re.Match[str]], place: int) -> Label | None:
    """The label of "rekening nomor ..." and "WA no. ...": the word before "nomor"."""
    if not place:
        return None
    label = _LABELS.get(tokens[place - 1].group())
    somebodys = _SOMEBODYS.search(window, 0, tokens[place].start())
    if somebodys and somebodys["name"] in _NUMBERED:
        return Label.OTHER
    if label is None and place > 1 and f"no {tokens[place - 1].group()}" in _LABELS:
        label = _LABELS.get(tokens[place - 2].group())  # "tiket aduan no ..."
        label = Label.OTHER if label in {Label.OTHER, Label.TOPIC} else None
    if label == Label.TOPIC:  # "tiket no ..." is a ticket's, "gaji no ..." somebody's to ask
        label = Label.OTHER if tokens[place - 1].group() in _NUMBERED else None
    between = window[tokens[place - 1].end() : tokens[place].start()]
    closed = any(sign in between for sign in "'\",")  # "'Koperasi Dana Mandiri' no 0840...": a name that ended is no bank
    return label if label is not None and len(between) <= 3 and not closed else None


def behind(plain: str, end: int) -> Label:
    """What the words directly after call the digits: "0840... (ID game)", "... itu nomor rekening"."""
    match = _BEHIND.match(plain, end)
    if match is None:
        return Label.NONE
    if not _BEHIND_SAYS.search(plain, end, match.start("name")):
        called = plain.startswith((",", " ,"), end) and _LABELS.get(match["name"].split(" ")[0]) == Label.CALL
        return Label.CALL if called else Label.NONE
    refuted = _NOT_DIALLED.match(plain, end)
    if refuted:
        return Label.NO_MOBILE if refuted["mobile"] else Label.OTHER
    name = match["name"]
    label = _LABELS.get(name) or _LABELS.get(name.split(" ")[0], Label.NONE)
    if label != Label.TOPIC:
        return label
    return Label.NONE if plain[end : match.start("name")].strip() in {"(", "["} else Label.OTHER


def unit(plain: str, end: int) -> str:
    """The word directly after digits, "" where none stands there."""
    match = _UNIT.match(plain, end)
    return match[1] if match else ""


def counts(plain: str, end: int) -> bool:
    """Whether the digits that end here count something ("2 orang")."""
    return unit(plain, end) in UNITS

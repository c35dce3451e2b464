"""Where a sentence ends and whose words a text holds: what no rule of phrases may reach over.

All places are those of `Folded.words`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from patrol.engine.reading import folding

# A full stop behind one or two letters, or behind these, shortens a word; so does one between figures, where no space follows.
_SHORT = (
    "tgl|bpk|kec|kab|kel|thn|ust|min|max|maks|sdr|sdri|telp|hub|dsb|dll|dkk|nama|prov|gol|spd|drs|alm|almh|jln|wag|perum|jend|komp|"
    "rek|bln|tlp|hrs|jam|mrs"
)
_END = re.compile(r"[.!]+[\"')\]]*(?=\s)")
_SHORTENED = re.compile(rf"(?:\b(?:{_SHORT}|[a-z]{{1,2}})|\.[a-z])$")
_LONGEST_SHORT = 6


def ends(folded: folding.Folded) -> Sequence[int]:
    """Where sentences end, in order: behind a full stop or an exclamation, and at an empty line.

    Not behind a question: who advertises answers his own ("Belum punya ijazah? Kami buatkan").
    """
    words = folded.words
    found = [
        match.end()
        for match in _END.finditer(words)
        if not (match.group().startswith(".") and _SHORTENED.search(words, max(0, match.start() - _LONGEST_SHORT), match.start()))
    ]
    if "\n\n" in folded.plain:
        found = sorted({*found, *_empty_lines(folded)})
    return found


def _empty_lines(folded: folding.Folded) -> list[int]:
    starts = folded.word_starts
    places = [match.start() for match in re.finditer(r"\n\s*\n", folded.plain)]
    return places if starts is None else [bisect_left(starts, place) for place in places]


# --- whose words ------------------------------------------------------------------------------------

_QUOTED = re.compile(r"\"[^\"]{25,600}\"|\[[^\[\]]{60,}+\]|(?<![a-z0-9])'[^'\n]{25,600}'(?![a-z0-9])")
_OPENS_QUOTE = "\"['"

# Who speaks in a written dialogue: a letter, a pronoun, kin, a trade of this field. "Gaji:" and "WA:" are an advertisement's.
_SPEAKERS = (
    "[a-eg-pr-z]|aku|saya|sy|gw|gua|gue|ane|abdi|kulo|kula|inyong|nyong|beta|sa|me|i|him|her|he|she|dia|dhe?wek'?e|dheke|anjeunna|doi|"
    "kami|kita|emak|mama|mak|ibu|bu|ibuk|inaq|umi|bapak|pak|amaq|abah|ayah|bapa|papa|anak|adik|adek|kakak|kak|mbak|mba|mas|kang|akang|"
    "teh|teteh|mang|bang|abang|cak|lek|lik|om|tante|bibi|paman|budhe|pakdhe|nenek|kakek|mbah|simbah|suami|istri|bojo|bojoku|suamiku|"
    "istriku|emakku|ibuku|bapakku|teman|temen|temenku|kanca|batur|tetangga|sponsor|calo|agen|agensi|agent|pl|pelaku|penipu|scammer|"
    "perekrut|recruiter|admin|min|hrd|petugas|bos|boss|majikan|nyonya|madam|calon|cpmi|pmi|tki|tkw|warga|pembeli|penjual|korban|"
    "orang|wong|polisi|pak rt|bu rt|pak lurah|guru|sensei|penelepon|netizen|nasabah|pelanggan|seller|buyer|customer"
)
_LINE_SPOKEN = re.compile(rf"^[ \t>*\-]*(?P<who>(?:{_SPEAKERS})(?: [a-z0-9]{{1,12}})?) ?: ?\S.*$", re.MULTILINE)
_ASKED_AND_ANSWERED = re.compile(r"^[ \t>*\-]*(?:q|tanya|t) ?:", re.MULTILINE)
_FEWEST_TURNS = 3


def quoted(words: str) -> list[tuple[int, int]]:
    """What stands between quotation marks or in long brackets, in order; nothing where the whole text does: then it is the author's."""
    if not any(map(words.__contains__, _OPENS_QUOTE)):
        return []
    spans = [match.span() for match in _QUOTED.finditer(words)]
    return spans if spans and sum(map(str.isalpha, _outside(words, spans))) >= _FEWEST_OUTSIDE else []


_FEWEST_OUTSIDE = 12  # letters


def _outside(words: str, spans: Sequence[tuple[int, int]]) -> str:
    return blanked(words, spans).replace(" ", "")


def turns(folded: folding.Folded) -> list[tuple[int, int]]:
    """The lines of a dialogue of two or more, in order. Questions with answers ("Q: ... A: ...") are one author's and none."""
    plain = folded.plain
    if plain.count("\n") < _FEWEST_TURNS - 1 or plain.count(":") < _FEWEST_TURNS or _ASKED_AND_ANSWERED.search(plain):
        return []
    found = list(_LINE_SPOKEN.finditer(plain))
    who = [match.group("who") for match in found]
    if len(found) < _FEWEST_TURNS or len(set(who)) < 2 or len(set(who)) == len(who):
        return []
    starts = folded.word_starts
    if starts is None:
        return [match.span() for match in found]
    return [(bisect_left(starts, match.start()), bisect_left(starts, match.end())) for match in found]


def blanked(words: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words with these places left empty; every other stays where it was. `spans` in order."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start < done:
            continue
        pieces += (words[done:start], " " * (end - start))
        done = end
    pieces.append(words[done:])
    return "".join(pieces)

"""Bank accounts told as numbers to dial are: in words, in parts, with letters for digits, over several lines.

"BCA: pitu nol papat ...", "BRI 3345-01, tengahe 020117, mburi 53-4", "BNI l4O788 3lS5". The digits go to the bank named before them. Where
a bank's accounts have one length, the parts are read up to it: what follows them is no part.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from patrol.engine import lazy
from patrol.engine.reading import number_keys, number_labels, number_pieces, number_words, phrases, prefilter
from patrol.engine.reading.number_pieces import Piece

_LISTED = phrases.load("banks.toml")["parts"]
LENGTHS: dict[str, int] = _LISTED["lengths"]
FEWEST, MOST = 9, 18  # digits of an account of any other bank
WITHIN = 150  # code points behind a bank's name in which its digits stand
_FEW = 3  # number words that make no account by themselves
_LEAD = 80  # code points from the name to the first of them
_perhaps = prefilter.glance(_LISTED["looks"])
_CUES = frozenset(_LISTED["cues"])  # words that say that an account goes on where it could have ended
_JOINTS = (
    frozenset(number_words.listed(number_words.LEXICON["fillers"]["words"])) | _CUES | frozenset(_LISTED["joints"]) | number_words.KNOWN
)
_AND = frozenset(_LISTED["and"])  # joins two parts of what is told already, "rong angka pungkasane 6 karo 5"
_CLAUSE = re.compile(r"[.,:]\s")
_WORD = re.compile(r"[a-z']+")
_OWNED = re.compile(r"(?:nya|nyo|ne|na|e)$")
_SIGNS = re.compile(r"[^\w%€$£¥@;]{1,8}")
_NO_LEAD = lazy.regex(
    r"[;%€$£¥@]|\brp|\n[^\n]*\n[^\n]*\n|\b(?:wa|whatsapp|telp|telepon|tlp|telpon|hp|hub|hubungi|call|cs|cp|kontak|contact|konfirmasi|konfirm|chat|phone|nik|ktp"
    r"|resi|nota|bukti)\b"
)
# "BCA ane: ...", "BRI e dowo: ngarep ..."
_STATED = lazy.regex(
    r"\W{0,4}(?:(?:rek|rekening|norek|no|nomor|nomer|account|na|nya|ne|e|saya|kami|gue|gua|ane|ku|aku|mama|bendahara|panitia|ya|aja|dowo)\W{1,3}){0,4}"
)
# Letters for digits, and digits over more than a row is read over: "l4O788 3lS5", "7718\n0042".
_TELLS = lazy.regex(r"(?<![a-z0-9])(?=[oilszb]*\d)\d*[oilszb][\doilszb]*(?![a-z0-9])|\d(?: - | / | ?[*_⭐]{1,2} ?|\.\.| \.\. |\s?\n\s?)\d")


class Told(NamedTuple):
    """The digits of an account told behind a bank's name, and their places in `Folded.plain`."""

    digits: str
    start: int
    end: int


def worth(plain: str) -> bool:
    """A cheap look: whether a text may tell digits otherwise than in one row of them."""
    return _perhaps(plain) or _TELLS.search(plain) is not None


def behind(plain: str, bank: str, end: int, until: int, *, known: int, said: bool) -> Told | None:
    """What is told behind a bank whose name ends at `end`, before the next bank at `until`; None where nothing is.

    `known`: where the digits end that stand there in one row, -1 for none: they are gone beyond only where words say so. `said`: the words
    before call it an account, or tell somebody to pay.
    """
    window = plain[end : min(until, end + WITHIN)]
    if not worth(window):
        return None
    read = number_keys.keys(window).plain
    row = _row(read, number_pieces.pieces(read, speaks=True), known=known - end, said=said)
    whole = _whole(bank, row, said=said and known < 0)  # what goes on behind a row must be a whole account
    return Told(whole[0], end + row[0].start, end + row[whole[1]].end) if whole else None


def _row(plain: str, pieces: Sequence[Piece], *, known: int, said: bool) -> list[Piece]:
    """The pieces that may make one account."""
    row: list[Piece] = []
    told = False
    for piece in pieces:
        if piece.before and not row:
            continue  # "teman2"
        if piece.before or piece.behind or number_labels.counts(plain, piece.end):
            break
        gap = plain[row[-1].end if row else 0 : piece.start]
        if row and all(each.spoken for each in row) and len(row) < _FEW and not (_goes_on(gap) or _SIGNS.fullmatch(gap)):
            row, gap = [], plain[: piece.start]  # "dibagi tiga biar aman: 713 lalu ..."
        goes_on = _goes_on(gap if row else _CLAUSE.split(gap)[-1])
        if not row:
            if len(gap) > _LEAD or _NO_LEAD.search(gap) or not ((said and ". " not in gap) or _STATED.fullmatch(gap) or goes_on):
                break
        elif not goes_on and not (told and gap.strip() in _AND) and (row[-1].end >= known > 0 or (gap and not _SIGNS.fullmatch(gap))):
            break
        told = told or goes_on
        row.append(piece)
    return row


def _goes_on(gap: str) -> bool:
    """Whether nothing but words stand in a gap over which an account goes on, one of which says that it does."""
    words = _WORD.findall(gap)
    bare = [_OWNED.sub("", word) for word in words]
    led_on = all(word in _JOINTS or stem in _JOINTS for word, stem in zip(words, bare, strict=True))
    return led_on and len(gap) <= _LEAD and not (_CUES.isdisjoint(words) and _CUES.isdisjoint(bare))


def _whole(bank: str, row: Sequence[Piece], *, said: bool) -> tuple[str, int] | None:
    """The digits of the first pieces that are a whole account of that bank, and the index of the last."""
    length = LENGTHS.get(bank)
    digits = ""
    for place, digits in enumerate(itertools.accumulate(piece.digits for piece in row)):
        if len(digits) == length:
            return digits, place
    if length is not None and not said:
        return None
    return (digits, len(row) - 1) if FEWEST <= len(digits) <= MOST else None

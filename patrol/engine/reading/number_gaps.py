"""How much two pieces of digits stand apart, and over what a number goes on.

Ranks are ordered: the wider the gap, the less the pieces hold together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from patrol.engine.reading import number_words
from patrol.engine.reading.number_pieces import Piece

# How much two pieces stand apart.
GLUED, TIGHT, LOOSE, APART, REMARK, NEXT_BEGINS, NOTHING_FOLLOWS = range(7)
LONGEST_FILLING = 34  # code points of words between two parts of one number
LONGEST_JOINT = 20
LONGEST_REMARK = 70  # the same of a remark that says it goes on, "nol lapan empat lanjut angka ya biar aman 1723..."

_FILLERS = frozenset(number_words.listed(number_words.LEXICON["fillers"]["words"]))
_TIGHT_GAP = re.compile(r"[ \-./()~*·:|_+=…\\'`]|\) ?|\( ?| \(|\)-|[\-.] | [\-.]|\)\.")
_WORD = re.compile(r"[a-z']+")
_CORRECTS = re.compile(r"(?<![a-z])(?:ralat|salah|sori|sorry|maaf|koreksi|typo|keliru)(?![a-z])")  # number_lists reads what follows
_CONTINUES = re.compile(rf"(?<![a-z])(?:{number_words.LEXICON['fillers']['continue']})[a-z]{{0,8}}(?![a-z])")
_DOUBLED = frozenset({"**", "--", "__"})  # "0*8*4**1*2": between single digits no mask
_REMARKED = re.compile(r" ?\([a-z][a-z .,!?']{0,24}\) ?")  # "0842 (jangan) 7100 (disebar) 5538"
_JOINT = re.compile(r" ?(?!x+ ?$|rp|rb|jt|k ?$)(?:[\[({]?[a-z]{1,12}[\])}]?|[a-z]{2,8} [a-z]{2,8}|[^\w\s.]{1,2}) ?")
_MASK_GAP = re.compile(r"[*#•●?_x]{2,}|\.{4,}|[?…]")
_BREAKS = re.compile(r"[;%$€£¥\"@\x02^&]|\n[^\n]*\n[^\n]*\n|rp")


def between(plain: str, piece: Piece, following: Piece) -> int | None:
    """How much a piece stands apart from the one before it, None where no number goes on over that gap."""
    gap = plain[piece.end : following.start]
    if piece.behind or following.before:
        return None
    if not gap or _TIGHT_GAP.fullmatch(gap) or (gap in _DOUBLED and len(piece.digits) == len(following.digits) == 1):
        return TIGHT if gap else GLUED
    # "#084217, #0A7739" are colours, "#7" is a place in a list
    marked = "#" in gap and gap[0] in " ,\n" and not following.spoken
    if _repeats(plain, piece, following, gap):
        return LOOSE
    if _REMARKED.fullmatch(gap) and 3 <= len(piece.digits) <= 5 and 3 <= len(following.digits) <= 5:
        return REMARK
    return None if marked or len(gap) > LONGEST_REMARK or _BREAKS.search(gap) else _over_signs_or_words(gap)


def _over_signs_or_words(gap: str) -> int | None:
    words = _WORD.findall(gap)
    if words:
        return _over_words(gap, words)
    if len(gap) > 8 or _MASK_GAP.search(gap) or any(sign.isalnum() for sign in gap):
        return None
    return APART if "\n" in gap or ", " in gap else LOOSE


def _repeats(plain: str, piece: Piece, following: Piece, gap: str) -> bool:
    """Whether a short joint stands between two groups and again beside one of them, "0840 mawar 1234 mawar 5678"."""
    if not 1 <= len(gap) <= LONGEST_JOINT or not (
        _JOINT.fullmatch(gap) and 3 <= len(piece.digits) <= 5 and 2 <= len(following.digits) <= 5
    ):
        return False
    return plain.startswith(gap, following.end) or plain.endswith(gap, 0, piece.start)


def _over_words(gap: str, words: Sequence[str]) -> int | None:
    if len(gap) <= LONGEST_FILLING and (all(word in _FILLERS for word in words) or " ".join(words) in _FILLERS):
        return LOOSE if len(gap.strip(" ")) <= 8 else APART
    return REMARK if _CONTINUES.search(gap) and not _CORRECTS.search(gap) else None

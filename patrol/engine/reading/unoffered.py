"""Parts of an offer that name work and countries it does not offer: duties, experience, who comes along, comparisons, hashtags.

"Operator Taiwan. Kerjanya packing, angkat karton. Eks hotel Dubai welcome. #caregiver #lokerhongkong" offers one job in one country.
What stands in such a part counts only where the text names no other: somebody may put all he offers into a hashtag.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence

from patrol.domain import Span
from patrol.engine import lazy
from patrol.engine.reading import phrases

_LISTED = phrases.load("unoffered.toml")
_TAG = lazy.regex(r"#\w+")
# From the words on to the end of the sentence or the line.
_CLAUSES = lazy.regex(rf"(?<![a-z0-9])(?:{'|'.join(_LISTED['clauses']['begins'])})(?![a-z0-9])")
_CLAUSE_ENDS = lazy.regex(
    r"[.!?;](?=\s|$)|(?<!tugas)(?<!kerja):\s|\n|\s[–—|•·]\s|,\s(?=(?:wes|wis|mending|iki|ini|ieu|niki|kami|kita)\s)|$"
)
# A heading over duties, conditions or facilities that follow line by line.
_HEADINGS = lazy.regex(rf"(?:^|\n)[^\w\n]{{0,6}}(?:{'|'.join(_LISTED['headings']['words'])})\b[^\n:]{{0,30}}:?[^\w\n]{{0,6}}\n")
_SENTENCES = lazy.regex(rf"(?<![a-z0-9])(?:{'|'.join(_LISTED['sentences']['words'])})(?![a-z0-9])")
_SENTENCE_ENDS = lazy.regex(r"[.!?;](?=\s|$)|\n")
_BLANK = lazy.regex(r"\n\s*\n|\Z")
_CLOSED = lazy.regex(r"(?<![a-z])(?:sudah|telah|wis|wes|udah|udh|dah)\s(?:di)?(?:tutup|penuh|full|terisi|closed|kebak)(?![a-z])")
_STRUCK = "❌✖✗⛔🚫"


def spans(plain: str) -> list[Span]:
    """The parts of a text (`Folded.plain`) that offer nothing, joined and in order."""
    found: list[Span] = [match.span() for match in _TAG.finditer(plain)] if "#" in plain else []
    for pattern, ends in ((_CLAUSES, _CLAUSE_ENDS), (_HEADINGS, _BLANK)):
        until = 0
        for match in pattern.finditer(plain):
            if match.end() <= until:
                continue  # within the one before, whose end is searched once
            end = ends.search(plain, match.end())
            until = end.start() if end else len(plain)
            found.append((match.start(), until))
    found.extend(_told(plain))
    found.extend(_full(plain))
    return _joined(found)


def _told(plain: str) -> list[Span]:
    """Sentences that tell of somebody."""
    words = [match.span() for match in _SENTENCES.finditer(plain)]
    if not words:
        return []
    ends = [0, *(match.end() for match in _SENTENCE_ENDS.finditer(plain)), len(plain)]
    return [(ends[bisect.bisect_right(ends, start) - 1], ends[bisect.bisect_left(ends, end)]) for start, end in words]


def _full(plain: str) -> list[Span]:
    """Lines that say what is closed."""
    if not _CLOSED.search(plain) and not any(sign in plain for sign in _STRUCK):
        return []
    found, start = [], 0
    for line in plain.split("\n"):
        if line.strip() and (line.lstrip()[:1] in _STRUCK or _CLOSED.search(line)):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _joined(found: list[Span]) -> list[Span]:
    made: list[Span] = []
    for start, end in sorted(found):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def outside[Named](named: Sequence[Named], place: Callable[[Named], int], parts: Sequence[Span]) -> list[Named]:
    """Those that stand outside of such parts; none where all stand inside."""
    starts = [start for start, _ in parts]
    found = []
    for one in named:
        at = place(one)
        before = bisect.bisect_right(starts, at) - 1
        if before < 0 or at >= parts[before][1]:
            found.append(one)
    return found

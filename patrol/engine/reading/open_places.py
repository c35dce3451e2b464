"""Whether a text says how many are still wanted: "kurang 6 wong", "kuota tinggal 9", "4 ikhwan lagi".

Who counts places has some to give, in whatever tone the rest is told. It is no proof of work abroad: crews at home, classes and
savings circles count too. The weights decide with it.
"""

from __future__ import annotations

import re

from patrol.engine.reading import phrases

_WORDS = phrases.load("open_places.toml")


def _any(key: str) -> str:
    return "|".join(sorted(_WORDS[key], key=len, reverse=True))


_NUMBER = re.compile(rf"(?<![\w.,/:-])(?:\d{{1,3}}(?![\d.,/:-]*\d)|(?:{_any('numbers')})(?![a-z])|\d{{1,3}}(?= ?名))")
_PEOPLE = re.compile(rf" (?:[a-z]+ )?(?:{_any('people')})(?![a-z])| ?名")
_SEATS = re.compile(rf" (?:[a-z]+ )?(?:{_any('seats')})(?![a-z])")
_MORE = re.compile(rf"(?: [a-z]+)? (?:{_any('more')})(?![a-z])")
_WANTED = re.compile(rf"(?<![a-z])(?:{_any('wanted')})(?: [a-z]+){{0,3}} $")
_SEATS_BEFORE = re.compile(rf"(?<![a-z])(?:{_any('seats')})(?:(?: [a-z]+)? (?:{_any('left')}))* $")
_MEASURES = re.compile(rf" ?(?:{_any('measures')})(?![a-z])")
_WITHIN = 45  # code points in front of a number
_MOST = 40  # numbers looked at: a hostile text has thousands


def counted(words: str) -> bool:
    """Whether the text (`Folded.words`) does."""
    for place, number in enumerate(_NUMBER.finditer(words)):
        if place == _MOST:
            break
        start, end = number.span()
        if _MEASURES.match(words, end):
            continue
        before = words[max(0, start - _WITHIN) : start]
        if _SEATS.match(words, end) or _SEATS_BEFORE.search(before):
            return True
        people = _PEOPLE.match(words, end)
        if people and ("名" in people[0] or _WANTED.search(before) or _MORE.match(words, people.end())):
            return True
    return False

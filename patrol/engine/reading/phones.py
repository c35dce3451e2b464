"""Telephone numbers as people write them to be dialled by people and not found by machines.

A number is grown from pieces (`number_pieces`) over short gaps (`number_growth`). What it may be is asked of its digits
(`dialling`) and of the words beside it (`number_labels`): a bank account, an identity card, a price are no numbers to
dial. Where the post gives a key (`number_keys`), the number is read by the key first; what follows a number may make
others of it (`number_lists`).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from patrol.domain import Claim, ClaimKind, Span
from patrol.engine.reading import (
    accounts,
    dialling,
    folding,
    number_codes,
    number_corrections,
    number_growth,
    number_keys,
    number_labels,
    number_lists,
    number_looks,
    number_pieces,
    number_words,
    phone_links,
)
from patrol.engine.reading.number_follower import Follower
from patrol.engine.reading.number_gaps import GLUED, LOOSE, REMARK, TIGHT
from patrol.engine.reading.number_growth import Sight
from patrol.engine.reading.number_looks import Look
from patrol.engine.reading.number_pieces import Piece

_TOLD_WITHIN = 160  # code points between a number and the words that say how to read it
FEWEST_DIGITS = 9  # told in parts: fewer make no number
_RING = "◯⭕○⚪〇θοо°º◦⊙⦿dq"
_RINGS = str.maketrans(dict.fromkeys(_RING, "0"))
_RINGED = re.compile(rf"(?<![\w{_RING}])(?!\d+(?!\S))[0{_RING}]8[0-9{_RING}](?:[ .\-]?[0-9{_RING}]){{7,10}}(?![\w{_RING}])")
_CURRENCIES = {word: country for country, written in number_words.LEXICON["currencies"].items() for word in number_words.listed(written)}
_CURRENCY = re.compile(r"(?<![a-z])(?:" + "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True)) + r")(?![a-z])")


class Numbers(NamedTuple):
    """PHONE claims in order, and whether there were more groups of digits than are read."""

    claims: list[Claim]
    cut: bool


def claims(folded: folding.Folded, links: Sequence[accounts.Link], countries: Iterable[str] = (), source: str = "text") -> list[Claim]:
    """The claims of `read`."""
    return read(folded, links, countries, source).claims


def read(folded: folding.Folded, links: Sequence[accounts.Link], countries: Iterable[str] = (), source: str = "text") -> Numbers:
    """The numbers of a text. `countries`: what the post shows; a number in national form is read as theirs."""
    plain = _with_zeros(folded.plain)
    cut = False
    found: list[Follower] = []
    covered: list[Span] = []
    for link in links:
        number = phone_links.dialled(link)
        if number is not None:
            found.append(Follower(number, link.start, link.end, 0.99))
        if number is not None or not accounts.dials_at(link.host):
            covered.append((link.start, link.end))
    look = number_looks.look(plain)
    if look.signs >= FEWEST_DIGITS:
        found.extend(_in_parts(plain))
    if look.signs >= FEWEST_DIGITS or "=" in plain:
        found.extend(number_codes.told(plain))
    if look.worth or number_keys.may_hold(plain):
        keys = number_keys.keys(plain)
        seen = number_looks.look(keys.plain) if keys.replaced else look
        end = number_pieces.horizon(keys.plain, speaks=seen.speaks) if seen.worth else 0
        cut = seen.worth and end < len(keys.plain)
        pieces = list(_outside(number_pieces.pieces(keys.plain[:end], speaks=seen.speaks), covered))
        if pieces:
            sight = Sight(folded, keys.plain, pieces, _shown(look, plain, countries), keys, number_labels.names_bank(look.words))
            found.extend(number_lists.open_ended(plain))
            if keys.backwards:
                found.extend(_backwards(sight))
            found.extend(_outside(_in_text(sight), [(each.start, each.end) for each in found]))
    found.sort(key=lambda each: (each.start, each.end))
    made = [Claim(ClaimKind.PHONE, each.value, folded.span(each.start, each.end), source, each.confidence) for each in found]
    return Numbers(made, cut)


def _with_zeros(plain: str) -> str:
    """The text with signs that look like a zero as zeros, where that makes a whole mobile number of a row."""
    if plain.isascii() and "d8" not in plain and "q8" not in plain:
        return plain
    return _RINGED.sub(_unringed, plain)


def _unringed(match: re.Match[str]) -> str:
    written = match.group()
    read = written.translate(_RINGS)
    return read if dialling.indonesian("".join(filter(str.isdecimal, read))) else written


def in_address(address: str, source: str) -> list[Claim]:
    """PHONE claims of a link that stands beside the text (its span is the address itself)."""
    folded = folding.fold(address)
    return [
        Claim(ClaimKind.PHONE, number, folded.span(link.start, link.end), source, 0.99)
        for link in accounts.links(folded)
        if (number := phone_links.dialled(link)) is not None
    ]


def _outside[Placed: (Piece, Follower)](placed: Iterable[Placed], spans: Sequence[Span]) -> Iterator[Placed]:
    """What meets none of the spans; both are taken in order."""
    if not spans:
        yield from placed
        return
    ordered = sorted(spans)
    place = 0
    for each in placed:
        while place < len(ordered) and ordered[place][1] <= each.start:
            place += 1
        if place == len(ordered) or ordered[place][0] >= each.end:
            yield each


def _shown(look: Look, plain: str, countries: Iterable[str]) -> tuple[str, ...]:
    """The countries a post shows, those of its currencies behind those it names."""
    if _CURRENCIES.keys().isdisjoint(look.words) and "$" not in plain:
        return tuple(dict.fromkeys(countries))
    return tuple(dict.fromkeys((*countries, *map(_CURRENCIES.__getitem__, _CURRENCY.findall(plain)))))


def _in_parts(plain: str) -> Iterator[Follower]:
    for part in number_keys.parts(plain):
        number = dialling.indonesian(part.digits)
        if number:
            yield Follower(number, part.start, part.end, 0.85)


def _backwards(sight: Sight) -> Iterator[Follower]:
    """Rows of pieces that are a number only from behind, near the words that say so."""
    index = 0
    while index < len(sight.pieces):
        last = index
        while last + 1 < len(sight.pieces) and len(sight.pieces[last + 1].digits) < 10 and sight.gap(last + 1) not in {None, REMARK}:
            last += 1
        while last >= index:
            number = _from_behind(sight, sight.pieces[index : last + 1])
            if number and (number.startswith("+62") or not index or sight.gap(index) not in {GLUED, TIGHT, LOOSE}):
                yield Follower(number, sight.pieces[index].start, sight.pieces[last].end, 0.85)
                break
            last -= 1
        index = max(index, last) + 1


def _from_behind(sight: Sight, row: Sequence[Piece]) -> str | None:
    """The number of a row of pieces read from behind: digit by digit, else piece by piece."""
    digits = "".join(piece.digits for piece in row)
    start, end = row[0].start, row[-1].end
    if not (8 if sight.countries else 10) <= len(digits) <= 14 or not _told_near(sight.keys.backwards, start, end):
        return None
    if dialling.indonesian(digits) and not number_keys.says_backwards(sight.plain, start, end):
        return None
    turned = dialling.indonesian(digits[::-1]) or dialling.indonesian("".join(piece.digits for piece in reversed(row)))
    if turned or dialling.indonesian(digits) or not number_keys.says_backwards(sight.plain, start, end):
        return turned
    abroad = dialling.shown(digits[::-1], sight.countries, called=True)
    return abroad.number if abroad else None


def _told_near(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, which are in order, is near a row of digits."""
    at = bisect.bisect_left(places, start - _TOLD_WITHIN)
    return at < len(places) and places[at] <= end + _TOLD_WITHIN


def _in_text(sight: Sight) -> list[Follower]:
    plain, pieces = sight.plain, sight.pieces
    found: list[Follower] = []
    last_end = 0
    index = free = 0
    while index < len(pieces):
        grown = number_growth.grow(sight, index, free)
        if grown is None:
            index = number_growth.past_account(sight, index)
            continue
        start, end = number_growth.signed_start(plain, pieces[index].start), pieces[grown.last].end
        number = Follower(grown.value, start, end, grown.confidence)
        if found and number_corrections.takes_back(plain, found[-1], start, last_end):
            found.pop()
        if found:
            inside = number_lists.between(plain, found[-1].value, number.value, last_end, start)
            found.extend(number._replace(value=value, confidence=0.88) for value in inside)
        number = _completed(plain, number)
        followers = number_lists.after(plain, number.value, number.end)
        if not followers.replace:  # "0840-1234-567(6/7/8)": the number without its last digit is none
            found.append(number)
        found.extend(followers.numbers)
        last_end = followers.end
        index = free = grown.last + 1
        while index < len(pieces) and pieces[index].start < last_end:
            index += 1
    return found


def _completed(plain: str, number: Follower) -> Follower:
    """The number with what the words behind it add or put right."""
    if number_keys.says_short(plain, number.end):
        longer = dialling.indonesian(number.value[1:] + number_keys.last_digits(plain, number.end))
        return number._replace(value=longer or number.value, confidence=0.8)
    again = number_corrections.put_right(plain, number.value, number.end)
    return again._replace(start=number.start) if again else number

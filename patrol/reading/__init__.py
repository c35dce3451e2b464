"""Text and pictures of a post -> Reading: claims with their places. Pure: no Django, no Celery, no network.

The words live in lexicon/*.toml. A text is folded once (`folding`), searched once for all words (`phrases`), and each
kind of claim has its module. What kind of text it is (`kinds`) is decided last, from the claims.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from patrol import vocabulary
from patrol.reading import (
    accounts,
    companies,
    company_roles,
    countries,
    folding,
    kinds,
    licence_numbers,
    limits,
    money,
    number_pieces,
    phones,
    phrases,
    pictures,
    places,
    positions,
    signs,
)
from patrol.vocabulary import Claim, ClaimKind, CompanyRole, Sentence, Span

READER_VERSION = 2
LONGEST_TEXT = 20_000  # code points; what stands behind is not read, and the reading says so

_CUT = Sentence(
    "Teks lebih dari 20.000 karakter: hanya bagian awal yang dibaca.",
    "The text is longer than 20,000 characters: only its beginning was read.",
)
_CUT_NUMBERS = Sentence(
    f"Teks berisi sangat banyak kelompok angka: hanya {number_pieces.MOST_PIECES} yang pertama dibaca.",
    f"The text holds very many groups of digits: only the first {number_pieces.MOST_PIECES} were read.",
)


class _Part(NamedTuple):
    """What one source (the text, a picture) gave."""

    folded: folding.Folded
    hits: phrases.Hits
    claims: list[Claim]
    numbers_cut: bool = False


def read(content: vocabulary.Content, *, cache: vocabulary.ReadCache | None = None) -> vocabulary.Reading:
    """What a post says. Never raises on hostile content; what could not be read is a note.

    The same advertisement comes again and again, letter for letter: what was read of a text is kept for a while.
    """
    if content.pictures or len(content.text) > _KEPT_LENGTH:
        return _read(content, cache)
    return _kept(content.text, content.platform, content.author, content.links)


_KEPT, _KEPT_LENGTH = 1_024, 2_000  # readings; code points of a text: some 10 MB in all, 50 where everything is hostile


@functools.lru_cache(maxsize=_KEPT)
def _kept(text: str, platform: str, author: str, links: tuple[str, ...]) -> vocabulary.Reading:
    """Keyed by all that a reading without pictures depends on."""
    return _read(vocabulary.Content(text=text, platform=platform, author=author, links=links), None)


def forget() -> None:
    """Drops what is kept of texts read before: whoever measures reading must not measure this."""
    _kept.cache_clear()


def _read(content: vocabulary.Content, cache: vocabulary.ReadCache | None) -> vocabulary.Reading:
    text = content.text
    truncated = len(text) > LONGEST_TEXT
    notes: list[Sentence] = [_CUT] if truncated else []
    parts = [_part(text[:LONGEST_TEXT] if truncated else text, "text", content.platform, content.author)]
    seen, told = _pictures(content.pictures, cache)
    notes.extend(told)
    parts.extend(
        _on_picture(_part(one.text[:LONGEST_TEXT], f"image:{number}", content.platform), one.places)
        for number, one in enumerate(seen)
        if one.text
    )
    if any(part.numbers_cut for part in parts):
        notes.append(_CUT_NUMBERS)
    claims = [claim for part in parts for claim in part.claims]
    for number, one in enumerate(seen):
        if one.code_text:
            # What a code holds is a contact or an address, never the word that says what kind of text the post is.
            held = _part(one.code_text[:LONGEST_TEXT], f"qr:{number}", content.platform)
            claims.extend(_on_picture(held, one.places).claims)
    claims.extend(_of_links(content.links, content.platform))
    kind, route = _kind(parts, claims)
    claims = _settled(claims, kind, route)
    found_countries = [claim for claim in claims if claim.kind == ClaimKind.COUNTRY]
    return vocabulary.Reading(
        text_kind=kind,
        claims=tuple(claims),
        countries=countries.summary(found_countries, kind),
        positions=positions.summary(claim for claim in claims if claim.kind == ClaimKind.POSITION),
        route=route,
        truncated=truncated,
        reader_version=READER_VERSION,
        picture_texts=tuple(one.text for one in seen),
        code_texts=tuple(one.code_text for one in seen),
        places=tuple(place for one in seen for place in one.places),
        notes=tuple(notes),
    )


def read_many(
    contents: Iterable[vocabulary.Content], *, cache: vocabulary.ReadCache | None = None
) -> list[vocabulary.Reading]:
    """Readings in the order of the contents."""
    return [read(content, cache=cache) for content in contents]


def position_codes(text: str) -> frozenset[str]:
    """Position codes of a register's or a post's wording; several are possible, none where no work is known in it."""
    return positions.codes(text)


def company_role(text: str, span: Span) -> CompanyRole:
    """The role the words around a company's name at `span` give it; `text` as it was written."""
    return company_roles.around(text, span)


def covers() -> Mapping[str, frozenset[str]]:
    """Position code -> the codes a licence for it covers, itself included."""
    return positions.covers()


def country_code(text: str) -> str | None:
    """ISO 3166 alpha-2 of a country's code or Indonesian or English name, None where it is none."""
    return countries.code_of(text)


def signs_of(text: str, *, platform: str = "") -> signs.Signs:
    """What a text shows of itself before its kind is decided: what `bench.learn_kinds` fits the weights on."""
    part = _part(text[:LONGEST_TEXT], "text", platform)
    return signs.gather(part.folded, part.hits, part.claims)


def _part(text: str, source: str, platform: str, author: str = "") -> _Part:
    folded = folding.fold(text)
    hits = phrases.search(folded)
    named = countries.claims(folded, hits, source)
    shown = tuple(dict.fromkeys(claim.value for claim in named if claim.role != "denied" and claim.value != "ID"))
    links = accounts.links(folded)
    numbers = phones.read(folded, links, shown, source)
    banked = accounts.bank_claims(folded, hits, source)
    claims = [
        *_outside(numbers.claims, banked),
        *accounts.claims(folded, links, platform=platform, author=author, source=source),
        *banked,
        *licence_numbers.claims(folded, source),
        *companies.claims(folded, source),
        *named,
        *positions.claims(folded, hits, source),
        *money.claims(folded, shown, source),
        *limits.claims(folded, source),
        *places.claims(folded, hits, source),
        *phrases.claims(folded, hits, source),
    ]
    claims.sort(key=lambda claim: claim.span)
    return _Part(folded, hits, claims, numbers.cut)


def _outside(numbers: Sequence[Claim], banked: Sequence[Claim]) -> Iterable[Claim]:
    """Numbers that are no piece of a longer account number; a wallet's number is both, and no shorter than its account."""
    return (
        number
        for number in numbers
        if not any(
            account.span[0] <= number.span[0]
            and number.span[1] <= account.span[1]
            and len(account.value.rpartition(" ")[2]) >= len(number.value)
            for account in banked
        )
    )


def _pictures(
    given: Iterable[vocabulary.Picture], cache: vocabulary.ReadCache | None
) -> tuple[list[pictures.Seen], list[Sentence]]:
    """What was read of each picture, its places under its number, and the notes on them, each once."""
    seen: list[pictures.Seen] = []
    notes: dict[Sentence, None] = {}
    for number, picture in enumerate(given):
        one, note = pictures.read(picture, cache)
        places = tuple(replace(place, source=f"{place.source}:{number}") for place in one.places)
        seen.append(replace(one, places=places))
        if note is not None:
            notes[note] = None
    return seen, list(notes)


def _on_picture(part: _Part, places: Sequence[vocabulary.Place]) -> _Part:
    """The claims with their boxes, as sure as the reader of the picture was of the words they stand in."""
    made = []
    for claim in part.claims:
        stands_in = [p for p in places if p.source == claim.source and vocabulary.touch(p.span, claim.span)]
        surely = min((place.confidence for place in stands_in), default=1.0)
        made.append(replace(claim, box=vocabulary.box_of(stands_in), confidence=round(claim.confidence * surely, 4)))
    return part._replace(claims=made)


def _of_links(links: Iterable[str], platform: str) -> list[Claim]:
    """Claims of addresses that stand beside the text; their span is the address itself."""
    made: list[Claim] = []
    for number, address in enumerate(links):
        source = f"link:{number}"
        folded = folding.fold(address[:LONGEST_TEXT])
        found = accounts.links(folded)
        if not found:
            continue
        made.extend(phones.in_address(address[:LONGEST_TEXT], source))
        made.extend(accounts.claims(folded, found[:1], platform="", source=source))
    return made


def _kind(parts: list[_Part], claims: list[Claim]) -> tuple[str, str]:
    """The kind of the post: the text's own word counts first; where it says nothing, its pictures speak."""
    own, *pictures = parts
    kind: str
    route: str
    kind, route = kinds.decide(
        signs.gather(own.folded, own.hits, [c for c in claims if not c.source.startswith(("image", "qr"))])
    )
    if kind in _DROWNED_AS and len(own.folded.text) > _DROWNS_FROM:
        kind, route = _kind_of_head(own.folded.text, kind, route)
    if kind not in {vocabulary.TextKind.OTHER, vocabulary.TextKind.OFFER_HOME} or not pictures:
        return kind, route
    for part in pictures:
        shown, by = kinds.decide(signs.gather(part.folded, part.hits, part.claims))
        if shown != vocabulary.TextKind.OTHER:
            return shown, by
    return kind, route


# An advertisement can be drowned in a thousand words of anything; then its own few decide. Below this length nobody tries,
# and a second look costs as much as the first.
_DROWNS_FROM = 1_200
_DROWNED_AS = frozenset((vocabulary.TextKind.OTHER, vocabulary.TextKind.OFFER_HOME, vocabulary.TextKind.ADVERTISEMENT))
_HEAD = range(250, 800)  # code points


def _kind_of_head(text: str, kind: str, route: str) -> tuple[str, str]:
    """An offer abroad where the head of a long text is one by itself; else what was decided of the whole."""
    end = text.find("\n", _HEAD.start, _HEAD.stop)
    head, by = kinds.decide(signs_of(text[: end if end > 0 else _HEAD.stop]))
    return (head, by) if head == vocabulary.TextKind.OFFER_ABROAD else (kind, route)


def _settled(claims: list[Claim], kind: str, route: str) -> list[Claim]:
    """Roles that depend on the whole text."""
    settled_companies = iter(companies.settle([c for c in claims if c.kind == ClaimKind.COMPANY], kind))
    settled_countries = iter(countries.settle([c for c in claims if c.kind == ClaimKind.COUNTRY], kind, route))
    settled = [
        next(settled_companies)
        if claim.kind == ClaimKind.COMPANY
        else next(settled_countries)
        if claim.kind == ClaimKind.COUNTRY
        else claim
        for claim in claims
    ]
    # Money that shows no place after all is not a country named.
    return [claim for claim in settled if claim.kind != ClaimKind.COUNTRY or claim.role != "sign"]

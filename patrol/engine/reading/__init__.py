"""Text and pictures of a post -> Reading: claims with their places. Pure: no Django, no Celery, no network.

The words live in lexicon/*.toml. A text is folded once (`folding`), searched once for all words (`phrases`), and each
kind of claim has its module. What kind of text it is (`kinds`) is decided last, from the claims.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from patrol import domain
from patrol.domain import Claim, ClaimKind, CompanyRole, Sentence, Span
from patrol.engine.reading import (
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
    offered,
    own_staff,
    phones,
    phrases,
    pictures,
    places,
    positions,
    sea_work,
    signs,
    speakers,
    telling_words,
)

READER_VERSION = 21
LONGEST_TEXT = 20_000  # code points; what stands behind is not read, and the reading says so
LONGEST_CAPTION, MOST_CAPTIONS = 2_000, 20  # code points of one; the platforms allow no more

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


def read(content: domain.Content, *, cache: domain.ReadCache | None = None) -> domain.Reading:
    """What a post says. Never raises on hostile content; what could not be read is a note."""
    return read_many((content,), cache=cache)[0]


# Posts that are read together, one step after another for all of them. A step's code and words fill the processor's nearest
# memory; taken post by post each step would wait for its own to come back, and take nearly twice the time. What is found is held
# until all of them are read: long posts are fewer together.
_TOGETHER, _LONG_TOGETHER = 256, 100_000  # posts; code points of their texts


def read_many(contents: Iterable[domain.Content], *, cache: domain.ReadCache | None = None) -> list[domain.Reading]:
    """Readings in the order of the contents.

    The same advertisement comes again and again, letter for letter: what was read of a text is kept for a while.
    """
    made: list[domain.Reading] = []
    for together in _together(contents):
        keys = [_key(content) for content in together]
        known = {key: read_before for key in keys if (read_before := _kept.get(key)) is not None}
        fresh = {key: content for key, content in zip(keys, together, strict=True) if key not in known}
        known.update(zip(fresh, _read_together(list(fresh.values()), cache), strict=True))
        if len(_kept) + len(fresh) > _MOST_KEPT:
            _kept.clear()
        _kept.update((key, known[key]) for key in fresh if isinstance(key, tuple))
        made += [known[key] for key in keys]
    return made


def _together(contents: Iterable[domain.Content]) -> Iterator[list[domain.Content]]:
    some: list[domain.Content] = []
    long = 0
    for content in contents:
        some.append(content)
        long += len(content.text)
        if len(some) == _TOGETHER or long >= _LONG_TOGETHER:
            yield some
            some, long = [], 0
    if some:
        yield some


type _Key = tuple[str, str, str, tuple[str, ...], tuple[str, ...]] | int

_MOST_KEPT, _LONGEST_KEPT = 1_024, 2_000  # readings; code points: some 10 MB in all, 50 where every text is hostile
_kept: dict[_Key, domain.Reading] = {}


def _key(content: domain.Content) -> _Key:
    """All that a reading without pictures depends on; else what tells the content from the others read with it."""
    if content.pictures or len(content.text) + sum(map(len, content.captions)) > _LONGEST_KEPT:
        return id(content)
    return content.text, content.platform, content.author, content.links, content.captions


def forget() -> None:
    """Drops what is kept of texts read before: whoever measures reading must not measure this."""
    _kept.clear()


def _read_together(contents: Sequence[domain.Content], cache: domain.ReadCache | None) -> list[domain.Reading]:
    own = _parts([_Asked(content.text[:LONGEST_TEXT], "text", content.platform, content.author) for content in contents])
    begun = [_begun(content, part, cache) for content, part in zip(contents, own, strict=True)]
    decided = kinds.decide_many([one.signs() for one in begun])
    return list(map(_finished, begun, decided))


class _Begun(NamedTuple):
    """A post whose claims are read and whose kind is not decided. `parts`: of the text, then of each picture and caption."""

    parts: list[_Part]
    claims: list[Claim]
    seen: list[pictures.Seen]
    notes: list[Sentence]
    truncated: bool
    platform: str

    def signs(self) -> signs.Signs:
        """What the text itself shows; what stands on pictures or beside them is left out."""
        own = self.parts[0]
        aside = self.seen or len(self.parts) > 1
        claims = [c for c in self.claims if not c.source.startswith(("image", "qr", "alt"))] if aside else self.claims
        return signs.gather(own.folded, own.hits, claims, platform=self.platform)


def _begun(content: domain.Content, own: _Part, cache: domain.ReadCache | None) -> _Begun:
    truncated = len(content.text) > LONGEST_TEXT
    notes: list[Sentence] = [_CUT] if truncated else []
    parts = [own]
    seen, told = _pictures(content.pictures, cache) if content.pictures else ([], [])
    notes.extend(told)
    parts.extend(
        _on_picture(_part(one.text[:LONGEST_TEXT], f"image:{number}", content.platform), one.places)
        for number, one in enumerate(seen)
        if one.text
    )
    parts.extend(
        _part(words[:LONGEST_CAPTION], f"alt:{number}", content.platform)
        for number, words in enumerate(content.captions[:MOST_CAPTIONS])
        if words
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
    named = [claim for claim in own.claims if claim.kind == ClaimKind.COMPANY]
    claims.extend(speakers.of_companies(content.text, named, content.author))
    claims.extend(speakers.of_author(content.author, content.platform, named))
    return _Begun(parts, claims, seen, notes, truncated, content.platform)


def _finished(begun: _Begun, decided: kinds.Decided) -> domain.Reading:
    """The reading; `decided`: of the text's own words."""
    seen = begun.seen
    kind, route = _kind(begun.parts, decided.kind, decided.route)
    own = route == domain.Route.EXEMPT and own_staff.posts(begun.parts[0].folded.words)
    claims = _settled(begun.claims, kind, route, own=own)
    if kind == domain.TextKind.OFFER_ABROAD:
        claims = _offered(begun.parts, claims)
    for group, likely in decided.told.items():
        claims += telling_words.claims(group, begun.parts[0].folded, decided.words, likely, claims)
    found_countries = [claim for claim in claims if claim.kind == ClaimKind.COUNTRY]
    return domain.Reading(
        text_kind=kind,
        claims=tuple(claims),
        countries=countries.summary(found_countries, kind),
        positions=positions.summary(claim for claim in claims if claim.kind == ClaimKind.POSITION),
        route=route,
        truncated=begun.truncated,
        reader_version=READER_VERSION,
        picture_texts=tuple(one.text for one in seen),
        code_texts=tuple(one.code_text for one in seen),
        places=tuple(place for one in seen for place in one.places),
        notes=tuple(begun.notes),
    )


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
    return signs.gather(part.folded, part.hits, part.claims, platform=platform)


def names_of(text: str) -> tuple[folding.Folded, list[Claim]]:
    """An offer's text and the jobs and countries it names, all as if offered: what `bench.learn_offered` fits the weights on."""
    part = _part(text[:LONGEST_TEXT], "text", "")
    claims = _settled(part.claims, domain.TextKind.OFFER_ABROAD, domain.Route.AGENCY, own=False)
    return part.folded, offered.names(claims)


class _Asked(NamedTuple):
    """A text of a post, where it stands, and who wrote it."""

    text: str
    source: str
    platform: str
    author: str = ""


def _part(text: str, source: str, platform: str) -> _Part:
    return _parts([_Asked(text, source, platform)])[0]


def _parts(asked: Sequence[_Asked]) -> list[_Part]:
    """What each of the texts gives, step by step for all of them."""
    texts = [folding.fold(one.text) for one in asked]
    hits = [sea_work.with_bare_papers(folded, phrases.search(folded)) for folded in texts]
    sources = [one.source for one in asked]
    named = list(map(countries.claims, texts, hits, sources))
    shown = [tuple(dict.fromkeys(claim.value for claim in found if claim.role != "denied" and claim.value != "ID")) for found in named]
    links = list(map(accounts.links, texts))
    numbers = list(map(phones.read, texts, links, shown, sources))
    banked = list(map(accounts.bank_claims, texts, hits, sources, [found.claims for found in numbers]))
    held = [
        accounts.claims(folded, found, platform=one.platform, author=one.author, source=one.source)
        for one, folded, found in zip(asked, texts, links, strict=True)
    ]
    listed = zip(
        [_outside(found.claims, account) for found, account in zip(numbers, banked, strict=True)],
        held,
        banked,
        list(map(licence_numbers.claims, texts, sources)),
        list(map(companies.claims, texts, sources)),
        named,
        list(map(positions.claims, texts, hits, sources)),
        list(map(money.claims, texts, hits, shown, sources)),
        list(map(limits.claims, texts, sources)),
        list(map(places.claims, texts, hits, sources)),
        list(map(phrases.claims, texts, hits, sources)),
        list(map(speakers.claims, texts, hits, sources)),
        strict=True,
    )
    claims = [sorted(itertools.chain.from_iterable(found), key=_place) for found in listed]
    return list(map(_Part, texts, hits, claims, [found.cut for found in numbers]))


def _place(claim: Claim) -> Span:
    return claim.span


def _outside(numbers: Sequence[Claim], banked: Sequence[Claim]) -> Iterable[Claim]:
    """Numbers that are no piece of a longer account number; a wallet's number is both, and no shorter than its account."""
    if not numbers or not banked:
        return numbers
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


def _pictures(given: Iterable[domain.Picture], cache: domain.ReadCache | None) -> tuple[list[pictures.Seen], list[Sentence]]:
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


def _on_picture(part: _Part, places: Sequence[domain.Place]) -> _Part:
    """The claims with their boxes, as sure as the reader of the picture was of the words they stand in."""
    made = []
    for claim in part.claims:
        stands_in = [p for p in places if p.source == claim.source and domain.touch(p.span, claim.span)]
        surely = min((place.confidence for place in stands_in), default=1.0)
        made.append(replace(claim, box=domain.box_of(stands_in), confidence=round(claim.confidence * surely, 4)))
    return part._replace(claims=made)


def _of_links(links: Iterable[str], platform: str) -> list[Claim]:
    """Claims of addresses that stand beside the text; their span is the address itself."""
    made: list[Claim] = []
    for number, address in enumerate(links):
        source = f"link:{number}"
        folded = folding.fold(address[:LONGEST_TEXT])
        found = accounts.links(folded)
        if folded.plain.startswith("mailto:"):
            made += [one for one in accounts.claims(folded, [], platform="", source=source) if one.kind == ClaimKind.EMAIL]
        if not found:
            continue
        made.extend(phones.in_address(address[:LONGEST_TEXT], source))
        made.extend(accounts.claims(folded, found[:1], platform="", source=source))
    return made


def _kind(parts: list[_Part], kind: str, route: str) -> tuple[str, str]:
    """The kind of the post: the text's own word counts first; where it says nothing, its pictures speak."""
    own, *pictures = parts
    if kind in _DROWNED_AS and len(own.folded.text) > _DROWNS_FROM:
        kind, route = _kind_of_head(own.folded.text, kind, route)
    silent = all(claim.kind == ClaimKind.EMAIL for claim in own.claims) and len(own.folded.words.split()) <= _FEW_WORDS
    if not pictures or not (silent or kind in {domain.TextKind.OTHER, domain.TextKind.OFFER_HOME}):
        return kind, route
    for part in pictures:
        shown = kinds.decide(signs.gather(part.folded, part.hits, part.claims))
        if shown.kind != domain.TextKind.OTHER:
            return shown.kind, shown.route
    return kind, route


# "Info di gambar": so few words, nothing claimed in them, say of no kind that the post is of it. A warning's few words are claimed.
_FEW_WORDS = 6

# An advertisement can be drowned in a thousand words of anything; then its own few decide. Below this length nobody tries,
# and a second look costs as much as the first.
_DROWNS_FROM = 1_200
_DROWNED_AS = frozenset((domain.TextKind.OTHER, domain.TextKind.OFFER_HOME, domain.TextKind.ADVERTISEMENT))
_HEAD = range(250, 800)  # code points


def _kind_of_head(text: str, kind: str, route: str) -> tuple[str, str]:
    """An offer abroad where the head of a long text is one by itself; else what was decided of the whole."""
    end = text.find("\n", _HEAD.start, _HEAD.stop)
    head = kinds.decide(signs_of(text[: end if end > 0 else _HEAD.stop]))
    return (head.kind, head.route) if head.kind == domain.TextKind.OFFER_ABROAD else (kind, route)


def _offered(parts: Sequence[_Part], claims: list[Claim]) -> list[Claim]:
    """The claims of an offer, with what it only names told from what it offers."""
    made = claims
    for part in parts:
        source = next((claim.source for claim in part.claims), None)
        mine = iter(offered.settled(part.folded, [claim for claim in made if claim.source == source]))
        made = [next(mine) if claim.source == source else claim for claim in made]
    return made


def _settled(claims: list[Claim], kind: str, route: str, *, own: bool) -> list[Claim]:
    """Roles that depend on the whole text. `own`: a company posts its own staff; whatever it opens, it places nobody."""
    named = companies.settle([c for c in claims if c.kind == ClaimKind.COMPANY], kind)
    settled_companies = iter([replace(c, role=CompanyRole.EMPLOYER) for c in named] if own else named)
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

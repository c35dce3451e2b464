"""Posts that belong together: tied by a contact, by the same text, by the same picture (contract.md section 2, `campaign`).

Who only quotes a ring's number, text or picture is no member: victims, warnings, news, the agency that is impersonated. Pure; posts are
added one after another and named at the end, so that no picture's bytes need be kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from patrol import vocabulary
from patrol.likeness import job, pictures, text
from patrol.reading import phrases
from patrol.rules import signs
from patrol.vocabulary import Box, Claim, ClaimKind, Route, TextKind

_MEMBERS = frozenset((TextKind.OFFER_ABROAD, TextKind.OFFER_HOME, TextKind.LURE, TextKind.ADVERTISEMENT))
CONTACTS = (ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT)
_SAME_WORDS = 0.9  # likeness from which another pay is an ad's newer edition, not another job
_INDEXED = 8  # pictures of one campaign to find further ones by: a flood of copies costs no more than its length

_EVERYBODYS = phrases.load("everybodys.toml")
_ACCOUNTS = frozenset(_EVERYBODYS["accounts"])
_HOSTS = frozenset(
    (
        *_EVERYBODYS["hosts"],
        *phrases.load("links.toml")["short"],
        *(host for platform in phrases.load("platforms.toml").values() for host in platform.get("hosts", ())),
    )
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture, what it offers as far as it was read, and where on it contacts stand."""

    post: int
    sketch: pictures.Sketch
    job: job.Job
    contacts: tuple[Box, ...]


@dataclass(slots=True)
class _Groups:
    """Numbers joined into groups (union-find); the smallest number of a group stands for it."""

    _above: list[int] = field(default_factory=list)

    def grow(self) -> int:
        self._above.append(len(self._above))
        return self._above[-1]

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


class Linker:
    """Takes posts in order and names those that belong together."""

    def __init__(self) -> None:
        self._groups = _Groups()
        self._contacts: list[frozenset[str]] = []
        self._own: set[str] = set()
        self._texts: list[tuple[int, text.Sketch, job.Job]] = []
        self._posts_of_bytes: dict[bytes, int] = {}
        self._shown: list[_Shown] = []
        self._index = pictures.Index()
        self._indexed: Counter[int] = Counter()

    def add(self, content: vocabulary.Content | None, assessment: vocabulary.Assessment | None) -> None:
        """The next post; None and None for a line that could not be assessed."""
        number = self._groups.grow()
        given: frozenset[str] = frozenset()
        if content is not None and assessment is not None:
            read = assessment.reading
            if assessment.check.contact_own is True:
                # An agency's own numbers lead to the agency. Impersonators give them beside their own.
                self._own.update(_contacts(read))
            if read.text_kind in _MEMBERS and read.route != Route.EXEMPT:
                given = self._member(number, content, assessment)
        self._contacts.append(given)

    def _member(self, number: int, content: vocabulary.Content, assessment: vocabulary.Assessment) -> frozenset[str]:
        read = assessment.reading
        if assessment.check.contact_own is True:
            # What it says and shows may be copied by others against its will; an account for money is another matter.
            return frozenset(_keys(read.of(ClaimKind.BANK_ACCOUNT)))
        spans = [claim.span for claim in read.of(*CONTACTS) if claim.source == "text"]
        sketch = text.sketch(content.text, without=spans)
        if sketch is not None:
            self._texts.append((number, sketch, job.job(read)))
        for place, picture in enumerate(content.pictures):
            self._picture(number, picture.content, read, place)
        return frozenset(_contacts(read))

    def _picture(self, number: int, content: bytes, read: vocabulary.Reading, place: int) -> None:
        if not content:
            return
        key = hashlib.blake2b(content, digest_size=16).digest()
        if (earlier := self._posts_of_bytes.setdefault(key, number)) != number:
            self._groups.join(earlier, number)
            return
        sketch = pictures.sketch(content)
        if sketch is None:
            return
        sources = (f"image:{place}", f"qr:{place}")
        boxes = tuple(c.box for c in read.of(*CONTACTS) if c.source in sources and c.box is not None)
        shown = _Shown(number, sketch, job.job(read, sources[0]), boxes)
        for candidate in self._index.candidates(sketch):
            other = self._shown[candidate]
            if self._groups.of(other.post) != self._groups.of(number) and _is_same_flyer(other, shown):
                self._groups.join(other.post, number)
        group = self._groups.of(number)
        if self._indexed[group] < _INDEXED:
            self._indexed[group] += 1
            self._index.add(sketch)
            self._shown.append(shown)

    def names(self) -> list[str | None]:
        """A name for each post whose ties lead, directly or through others, to another post; None for a lone one.

        Names count in the order of the posts and say nothing about their members.
        """
        self._join_contacts()
        self._join_texts()
        groups = [self._groups.of(number) for number in range(len(self._contacts))]
        sizes = Counter(groups)
        named: dict[int, str] = {}
        for group in groups:
            if sizes[group] > 1:
                named.setdefault(group, f"jaringan-{len(named) + 1}")
        return [named.get(group) for group in groups]

    def _join_contacts(self) -> None:
        first: dict[str, int] = {}
        for number, given in enumerate(self._contacts):
            for contact in given - self._own:
                self._groups.join(first.setdefault(contact, number), number)

    def _join_texts(self) -> None:
        first: dict[bytes, int] = {}
        different: list[tuple[int, text.Sketch, job.Job]] = []
        for number, sketch, offered in self._texts:
            if first.setdefault(sketch.key, number) != number:
                self._groups.join(first[sketch.key], number)
            else:
                different.append((number, sketch, offered))
        for one, other in text.may_be_alike([sketch for _, sketch, _ in different]):
            (number, sketch, offered), (number_2, sketch_2, offered_2) = different[one], different[other]
            if (
                self._groups.of(number) != self._groups.of(number_2)
                and text.alike(sketch, sketch_2)
                and not is_another_ad(sketch, offered, sketch_2, offered_2)
            ):
                self._groups.join(number, number_2)


def is_another_ad(one: text.Sketch, offered: job.Job, other: text.Sketch, offered_there: job.Job) -> bool:
    """Whether texts that are alike offer different jobs on one template. Another pay alone makes an ad's newer edition."""
    if offered.is_another(offered_there):
        return True
    return offered.pays_another(offered_there) and text.likeness(one, other) < _SAME_WORDS


def _contacts(read: vocabulary.Reading) -> set[str]:
    """What a post gives to be reached or paid by; nothing that belongs to everybody or to the state."""
    links = (claim for claim in signs.unofficial_links(read) if not _is_everybodys(claim.value))
    accounts = (claim for claim in read.of(ClaimKind.ACCOUNT) if claim.value not in _ACCOUNTS)
    return _keys((*read.of(ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT), *accounts, *links))


def _keys(claims: Iterable[Claim]) -> set[str]:
    return {f"{claim.kind}:{claim.value}" for claim in claims}


def _is_everybodys(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    bare = not parts.path.strip("/") and not parts.query
    return bare and (parts.hostname or "").removeprefix("www.") in _HOSTS


def _is_same_flyer(one: _Shown, other: _Shown) -> bool:
    """Whether two pictures show the same, or the same but for the contacts on it."""
    found = pictures.compare(one.sketch, other.sketch)
    if found is None or one.job.is_another(other.job):
        return False
    if found.changed is None:
        return True
    if one.contacts or other.contacts:
        here, there = found.changed
        return any(_meet(box, here) for box in one.contacts) or any(_meet(box, there) for box in other.contacts)
    return found.low


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, width, height) share a point."""
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )

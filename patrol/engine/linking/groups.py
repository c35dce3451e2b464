"""A list of posts into named groups. Posts are added one after another and named at the end, so that no picture's bytes need be kept."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from patrol import domain
from patrol.domain import TieKind
from patrol.engine.likeness import pictures, text
from patrol.engine.linking import flyers, marks, shared, texts
from patrol.engine.linking.flyers import Shown
from patrol.engine.linking.marks import Marks

_INDEXED = 8  # pictures of one campaign to find further ones by: a flood of copies costs no more than its length

_LOOKS_BACK = 12  # givers of one contact each newcomer is compared with, as for stored posts


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

    def __init__(self, sites: Collection[str] = ()) -> None:
        """`sites`: as for marks.marks."""
        self._sites = sites
        self._groups = _Groups()
        self._marks: list[Marks] = []
        self._posts_of_bytes: dict[bytes, int] = {}
        self._shown: list[Shown] = []
        self._index = pictures.Index()
        self._indexed: Counter[int] = Counter()

    def add(self, content: domain.Content | None, assessment: domain.Assessment | None) -> None:
        """The next post; None and None for a line that could not be assessed."""
        number = self._groups.grow()
        found = Marks()
        if content is not None and assessment is not None:
            found = marks.marks(content, assessment, self._sites)
            if found.member and assessment.check.contact_own is not True:
                for place, picture in enumerate(content.pictures):
                    self._picture(number, picture.content, assessment.reading, place)
        self._marks.append(found)

    def _picture(self, number: int, content: bytes, read: domain.Reading, place: int) -> None:
        if not content or flyers.is_stock(read, place):
            return
        key = hashlib.blake2b(content, digest_size=16).digest()
        if (earlier := self._posts_of_bytes.setdefault(key, number)) != number:
            self._groups.join(earlier, number)
            return
        sketch = pictures.sketch(content)
        if sketch is None:
            return
        shown = flyers.shown(number, sketch, read, place)
        for candidate in self._index.candidates(sketch):
            other = self._shown[candidate]
            if self._groups.of(other.post) != self._groups.of(number) and flyers.is_same(other, shown):
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
        given = self._join_contacts()
        self._join_texts()
        brought = self._join_authors(given)
        self._join_followers(given, brought)
        groups = [self._groups.of(number) for number in range(len(self._marks))]
        sizes = Counter(groups)
        named: dict[int, str] = {}
        for group in groups:
            if sizes[group] > 1:
                named.setdefault(group, f"jaringan-{len(named) + 1}")
        return [named.get(group) for group in groups]

    def _join_contacts(self) -> dict[str, int]:
        """key of a contact -> the first member that gives it."""
        agencys = {key for found in self._marks for key in found.agencys}
        givers: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, TieKind] = {}
        for number, found in enumerate(self._marks):
            if found.member:
                for mark in sorted(found.given):
                    if mark.key not in agencys:
                        givers[mark.key].append(number)
                        kinds[mark.key] = mark.kind
        for key, numbers in givers.items():
            if kinds[key] == TieKind.BANK_ACCOUNT:  # whoever is paid into one is one
                for number in numbers:
                    self._groups.join(numbers[0], number)
            elif not shared.serves_many([self._marks[number].leads_to for number in numbers]):
                self._join_givers(numbers)
        return {key: numbers[0] for key, numbers in givers.items()}

    def _join_givers(self, numbers: Sequence[int]) -> None:
        """Joins those who give one contact, each looking at a few before it."""
        ways = [self._marks[number].ways for number in numbers]
        for place, number in enumerate(numbers):
            start = max(0, place - _LOOKS_BACK)
            if all(self._groups.of(other) == self._groups.of(number) for other in numbers[start:place]):
                continue
            around = range(start, min(place + _LOOKS_BACK, len(numbers)))
            givers = {near: shared.Giver(len(ways[near]), self._marks[numbers[near]].offered) for near in around}
            for earlier in range(start, place):
                common = len(ways[place] & ways[earlier])
                if shared.ties(givers[place], givers[earlier], common, list(givers.values())):
                    self._groups.join(numbers[earlier], number)

    def _join_texts(self) -> None:
        first: dict[bytes, int] = {}
        different: list[tuple[int, texts.Own]] = []
        for number, found in enumerate(self._marks):
            if found.text is None:
                continue
            earlier = first.setdefault(found.text.sketch.key, number)
            if earlier == number:
                different.append((number, found.text))
            elif self._is_retold(earlier, number):
                self._groups.join(earlier, number)
        pairs = [(different[one][0], different[other][0]) for one, other in text.may_be_alike([own.sketch for _, own in different])]
        alike = [(one, other) for one, other in pairs if self._is_told(one, other) or self._is_retold(one, other)]
        told: dict[int, list[int]] = defaultdict(list)
        for one, other in alike:
            told[one].append(other)
            told[other].append(one)
        forms = {
            number
            for number, others in told.items()
            if shared.is_form([(self._groups.of(one), self._marks[one].offered) for one in (number, *others)])
        }
        for one, other in alike:
            form = one in forms or other in forms
            if form and not self._marks[one].offered.is_same(self._marks[other].offered):
                continue
            if self._groups.of(one) != self._groups.of(other) and self._is_retold(one, other):
                self._groups.join(one, other)

    def _is_told(self, number: int, number_2: int) -> bool:
        one, other = self._marks[number].text, self._marks[number_2].text
        return one is not None and other is not None and text.alike(one.sketch, other.sketch)

    def _is_retold(self, number: int, number_2: int) -> bool:
        one, other = self._marks[number], self._marks[number_2]
        return one.text is not None and other.text is not None and texts.is_retold(one.text, one.offered, other.text, other.offered)

    def _join_authors(self, given: dict[str, int]) -> dict[str, int]:
        """An author ties his posts to each other and to those that send readers to him, unless he is a board.

        Returns the first post of each author who is none.
        """
        by_author: dict[str, list[int]] = defaultdict(list)
        first: dict[str, int] = {}
        for number, found in enumerate(self._marks):
            for mark in found.author:
                by_author[mark.key].append(number)
        for key, brought in by_author.items():
            numbers = [*brought, given[key]] if key in given else brought
            groups = {self._groups.of(number) for number in numbers}
            if shared.serves_many([self._marks[number].leads_to for number in numbers]):
                continue
            if not marks.is_board([self._marks[number].offered for number in numbers], len(groups), own=key in given):
                for number in numbers:
                    self._groups.join(numbers[0], number)
                first[key] = numbers[0]
        return first

    def _join_followers(self, given: dict[str, int], brought: dict[str, int]) -> None:
        """Into the ring of the first contact, or author, that is one's; a follower leads from no ring to another."""
        whose = brought | given
        for number, found in enumerate(self._marks):
            if found.follows:
                rings = [whose[mark.key] for mark in sorted(found.given) if mark.key in whose]
                if rings:
                    self._groups.join(rings[0], number)

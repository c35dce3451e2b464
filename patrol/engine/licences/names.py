"""Names of companies compared as an officer compares them.

A word added, left out or exchanged for another real word makes another company, unless the register lists that form as
alias. Slips and spelling variants inside a word, joined or split words, reading errors of OCR, the legal form and a
place after the name do not. Of near-twins the closer one wins, and the runner-up's distance is kept.

`Index.resolve` says which agency a written name means; `mentions` finds names of the register in a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from patrol import domain
from patrol.engine.licences import name_endings, slips
from patrol.engine.licences.candidates import Candidates
from patrol.engine.licences.real_words import WORDS, Vocabulary

_FOREIGN_FORMS = frozenset(WORDS["foreign_forms"].split())
_JOINTS = frozenset(("dan", "and"))
_WORD = re.compile(r"[^\W_]+")
_DOTTED_FORM = re.compile(r"\b([pc])\s?\.\s?([tv])\b\.?", re.IGNORECASE)
_REMEMBERED = 20_000
_VARIANT = 0.01  # the distance of a name whose words are spelled another way only


class Match(NamedTuple):
    """Which agency a written name means; `agency` None where the register has none that could be meant."""

    agency: domain.Agency | None
    distance: float  # 0..1, smaller is nearer
    words: tuple[str, ...] = ()  # of the name as it was understood, without what trails it


class RunnerUp(NamedTuple):
    """The next nearest agency; the nearest where a name means none."""

    name: str
    distance: float


class Form(NamedTuple):
    """One form of a name: the register's own or an alias."""

    agency: domain.Agency
    written: str
    words: tuple[str, ...]
    key: str


def words(written: str) -> tuple[str, ...]:
    """The words of a name without legal form, in small letters, `&` and `dan` dropped."""
    plain = unicodedata.normalize("NFKD", written).replace("'", "").replace("’", "")
    plain = _DOTTED_FORM.sub(r" \1\2 ", "".join(c for c in plain if not unicodedata.combining(c))).casefold()
    found = [word for word in _WORD.findall(plain) if word not in _JOINTS]
    # "P T" of a bad scan; "ptlaksita" of a hashtag is undone by `mentions`, which knows the register.
    if found[:2] in (["p", "t"], ["c", "v"]):
        found = found[2:]
    start, end = 0, len(found)
    while start < end and found[start] in name_endings.LEGAL_FORMS:
        start += 1
    while end > start and found[end - 1] in name_endings.LEGAL_FORMS:
        end -= 1
    return tuple(found[start:end])


def key(written: str) -> str:
    """The words of a name in one: equal for "PT Bina-Karya", "BINA KARYA, PT" and "Binakarya"."""
    return "".join(words(written))


def foreign(written: str) -> bool:
    """Whether a name carries a legal form of another country."""
    return not _FOREIGN_FORMS.isdisjoint(words(written))


class Index:
    """The names of one edition, prepared once."""

    def __init__(self, agencies: Iterable[domain.Agency]) -> None:
        self.forms = _forms(agencies)
        self.words = frozenset(word for form in self.forms for word in form.words if len(word) > 3)
        self._by_key = {form.key: form for form in self.forms}
        self._by_sound: dict[tuple[str, ...], list[Form]] = {}
        for form in self.forms:
            self._by_sound.setdefault(_sounds(form.words), []).append(form)
        self._vocabulary = Vocabulary(self.words)
        self._candidates = Candidates([_sounds(form.words) for form in self.forms])
        self._remembered: dict[str, Match] = {}

    def resolve(self, written: str) -> Match:
        """The agency meant by a name as somebody wrote it."""
        known = self._remembered.get(written)
        if known is None:
            known = self._resolve(written[:200])
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[written] = known
        return known

    def forget(self) -> None:
        """Drops the names that were asked for."""
        self._remembered.clear()

    def runner_up(self, match: Match) -> RunnerUp | None:
        """Asked only for what is judged: it costs more than an exact match does."""
        near = self._near(match.words)
        return next((RunnerUp(form.agency.name, away) for form, away in near if form.agency is not match.agency), None)

    def cost(self, form: Form, written: Sequence[str]) -> float | None:
        """The slips between a form and written words, None where they name two companies."""
        return slips.cost(form.words, written, self._vocabulary)

    def _resolve(self, written: str) -> Match:
        heads = [words(head) for head in name_endings.heads(written)]
        for head in heads:
            for found in (self._spelled, self._at_its_own_place, self._slipped):
                if match := found(head):
                    return match
        return Match(None, 1.0, heads[0])

    def _spelled(self, written: tuple[str, ...]) -> Match | None:
        """A form letter for letter, else one whose words are spelled another way."""
        readings = name_endings.shortened(written)
        for reading in readings:
            if form := self._by_key.get("".join(reading)):
                return Match(form.agency, 0.0, reading)
        for reading in readings:
            alike = self._by_sound.get(_sounds(reading), [])
            if len({form.agency.name for form in alike}) == 1:
                return Match(alike[0].agency, _VARIANT, reading)
        return None

    def _at_its_own_place(self, written: tuple[str, ...]) -> Match | None:
        """The agency whose name is followed by words of its own address, however small the place."""
        for length in range(len(written) - 1, 0, -1):
            if form := self._by_key.get("".join(written[:length])):
                behind = written[length:]
                return Match(form.agency, 0.0, written) if at_home(form.agency, behind) else None
        return None

    def _slipped(self, written: tuple[str, ...]) -> Match | None:
        for reading in name_endings.shortened(written):
            accepted: list[tuple[float, float, str, domain.Agency]] = []
            for form, distance in self._near(reading):
                cost = self.cost(form, reading)
                if cost is not None:
                    accepted.append((cost / max(len(form.key), 1), distance, form.agency.name, form.agency))
            if accepted:
                best = min(accepted, key=lambda a: a[:3])
                return Match(best[3], round(max(best[0], 0.001), 4), reading)
        return None

    def _near(self, reading: Sequence[str]) -> list[tuple[Form, float]]:
        """The nearest forms, nearest first, with their distance 0..1."""
        return [(self.forms[at], away) for at, away in self._candidates.near(_sounds(reading))]


def at_home(agency: domain.Agency, following: Sequence[str]) -> bool:
    """Whether the words behind a name are of the agency's own address."""
    return bool(following) and set(words(f"{agency.city} {agency.province} {agency.address}")).issuperset(following)


def _sounds(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(slips.sound(word) for word in parts)


def by_name(agencies: Iterable[domain.Agency]) -> list[domain.Agency]:
    """The order in which one of two agencies is found that share a name or a number."""
    return sorted(agencies, key=lambda agency: agency.name)


def _forms(agencies: Iterable[domain.Agency]) -> list[Form]:
    """Every form once, by name: own names before aliases, the first agency by its name where two share one.

    By name, so that the order of a file chooses neither of these nor of two equally near ones.
    """
    found: dict[str, Form] = {}
    aliases: list[Form] = []
    for agency in by_name(agencies):
        for written in (agency.name, *agency.aliases):
            if parts := words(written):
                form = Form(agency, written, parts, "".join(parts))
                if written == agency.name:
                    found.setdefault(form.key, form)
                else:
                    aliases.append(form)
    for form in aliases:
        found.setdefault(form.key, form)
    return sorted(found.values(), key=lambda form: (form.agency.name, form.written))

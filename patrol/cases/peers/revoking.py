"""What went out in a file for a peer and was judged wrong since.

A judgement is a decision that was taken back, a case that ended as unfounded or withdrawn, a person found to be harmed, or whose contact it
turned out to be (known to be good, an agency's, our own). What is merely old, erased, or objected to without an answer yet is none. It is
asked of all posts of the house: the same indicator is one object at the peer, whichever case it came from. What went, and what was taken
back, stands in the log's rows of the takings.

An object of STIX that was revoked gets no newer version: whoever is confirmed anew afterwards is an object of a new id, its next `turn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from patrol import models
from patrol.access import audit
from patrol.cases.peers import choosing, handed
from patrol.cases.peers.choosing import Mark
from patrol.domain.peers import Format, Withheld
from patrol.infra import wall

KEY: Final = "revoked"  # in the log's row of a file that takes back: the ids of its objects
_VERB, _TYPE = "contact.shown", "peerexport"


@dataclass(frozen=True, slots=True)
class Gone:
    """One object that went and was judged wrong. `marks`: the indicators it stands for, of those that went. `turns`: what a file still has
    to take back, by format; a format that is not there has none."""

    marks: tuple[Mark, ...]
    why: Withheld
    turns: Mapping[Format, int]

    @property
    def mark(self) -> Mark:
        return self.marks[0]


@dataclass(frozen=True, slots=True)
class Back:
    """Of one export: what went and was judged wrong, when which format of it was taken last, and when it was taken back last."""

    gone: tuple[Gone, ...]
    taken: Mapping[Format, datetime]
    taken_back: Mapping[Format, datetime]

    def due(self, written_as: Format) -> list[Gone]:
        return [one for one in self.gone if written_as in one.turns]


def turns(marks: Iterable[Mark]) -> dict[int, int]:
    """The turn of each mark in a file that is written now, by id; those of the first are left out. One query."""
    seen = _revoked()
    found = {mark.id: _turn(mark, seen, None) for mark in marks} if seen else {}
    return {key: turn for key, turn in found.items() if turn}


def of(export: models.PeerExport, *, now: datetime) -> Back:
    """What went of it and was judged wrong. Two queries where no file of it was taken, else some ten."""
    return of_many([export], now=now)[export.pk]


def to_take_back(exports: Iterable[models.PeerExport], *, now: datetime) -> list[int]:
    """Of these the ids of those of which a file still has to take something back. As many queries as for one."""
    return [key for key, back in of_many(exports, now=now).items() if any(one.turns for one in back.gone)]


def of_many(exports: Iterable[models.PeerExport], *, now: datetime) -> dict[int, Back]:
    """The same of several, by id."""
    known = {str(one.pk): _Files(one.indicators) for one in exports}
    named = ("target_id", "seq", "at", "after__format", "after__went", f"after__{KEY}")
    for key, *told in audit.rows().filter(verb=_VERB, target_type=_TYPE, target_id__in=list(known)).order_by("seq").values_list(*named):
        known[key].add(*told)
    every = {key for files in known.values() for key in files.every}
    if not every:
        return {int(key): Back((), {}, {}) for key in known}
    with wall.everything("what was judged wrong of a file that left, in whichever office"):
        judged = choosing.judged(every, now=now)
    seen = _revoked()
    objects: dict[tuple[str, str], list[tuple[Mark, Withheld | None]]] = {}
    for mark, why in judged:
        objects.setdefault((mark.kind, handed.key(mark)), []).append((mark, why))
    wrong = [(tuple(mark for mark, _why in alike), alike[0][1]) for alike in objects.values() if all(why for _mark, why in alike)]
    return {int(key): files.back(wrong, seen) for key, files in known.items()}


class _Files:
    """What the log says of the files of one request."""

    def __init__(self, asked: Iterable[int]) -> None:
        self.asked = set(asked)
        self.every: set[int] = set()
        self.went: dict[Format, list[tuple[int, set[int]]]] = {}  # with the number in the log
        self.revoked: dict[Format, set[str]] = {}
        self.taken: dict[Format, datetime] = {}
        self.taken_back: dict[Format, datetime] = {}

    def add(self, seq: int, at: datetime, written_as: str | None, went: list[int] | None, revoked: list[str] | None) -> None:
        if written_as not in set(Format):  # a package
            return
        of = Format(written_as)
        if revoked is not None:
            self.revoked.setdefault(of, set()).update(revoked)
            self.taken_back[of] = at
            return
        ids = self.asked if went is None else set(went)
        self.went.setdefault(of, []).append((seq, ids))
        self.taken[of] = at
        self.every |= ids

    def back(self, wrong: Iterable[tuple[tuple[Mark, ...], Withheld | None]], seen: Mapping[str, int]) -> Back:
        gone = []
        for alike, why in wrong:
            marks = tuple(mark for mark in alike if mark.id in self.every)
            if marks and why is not None:
                due = {one: _due(marks, rows, self.revoked.get(one, set()), seen) for one, rows in self.went.items()}
                gone.append(Gone(marks, why, {one: turn for one, turn in due.items() if turn is not None}))
        return Back(tuple(gone), self.taken, self.taken_back)


def _due(marks: Sequence[Mark], rows: Sequence[tuple[int, set[int]]], back: set[str], seen: Mapping[str, int]) -> int | None:
    """The newest turn of it that went and was not taken back at this peer; None for none."""
    ids = {mark.id for mark in marks}
    gone = {_turn(marks[0], seen, seq) for seq, went in rows if not went.isdisjoint(ids)}
    return max((turn for turn in gone if object_id(marks[0], turn) not in back), default=None)


def object_id(mark: Mark, turn: int) -> str:
    return str(handed.identity(settings.SITE_URL, mark, turn))


def _turn(mark: Mark, seen: Mapping[str, int], before: int | None) -> int:
    """In the log's row `before` (None: now): the first whose object had not been revoked anywhere."""
    turn = 0
    while (since := seen.get(object_id(mark, turn))) is not None and (before is None or since < before):
        turn += 1
    return turn


def _revoked() -> dict[str, int]:
    """The number in the log since when an object is revoked, of all offices, by its id."""
    with wall.everything("an object that is revoked is so with everybody"):
        rows = audit.rows().filter(verb=_VERB, target_type=_TYPE, after__has_key=KEY).order_by("seq").values_list("seq", f"after__{KEY}")
        found: dict[str, int] = {}
        for seq, revoked in rows:
            for one in revoked:
                found.setdefault(one, seq)
    return found

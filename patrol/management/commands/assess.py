"""`manage.py assess`: one JSON object a line in, one out, in the same order (docs/offices/commands.md).

With both register files no database is touched. Without them the loaded register is used if a database answers. `manage.py` starts
this command without Django's apps: most of the time to start would go into models and pages that it does not need.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from patrol import domain
from patrol.domain import Sentence
from patrol.engine import assess, lazy, licences
from patrol.engine.reading import phrases, pictures
from patrol.engine.rules import points
from patrol.management import registers, workers

BATCH = 200
ALONE = 400  # lines one process answers: so few are done before several have begun
LINE_BYTES = 4_000_000  # a post of 20,000 code points, all escaped, is 240,000
IMAGE_BYTES = pictures.MOST_BYTES  # what the pipeline reads is read here too
IMAGES_PER_POST = 10

type Line = assess.Question | assess.BadLineError
type Asked = tuple[assess.Question, tuple[Sentence, ...]]
type Answer = dict[str, Any]
type Told = tuple[Answer, tuple[domain.Content | None, domain.Assessment | None] | None]  # the second where posts are to be linked


@dataclass(frozen=True, slots=True)
class Failed:
    """A line without an assessment: it asks nothing we can answer, or its post broke the reader."""

    of: str | int | None
    why: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """One post and what was found. `notes`: what had to be assumed for its line."""

    question: assess.Question
    notes: tuple[Sentence, ...]
    assessment: domain.Assessment


class Command(BaseCommand):
    help = "Assesses posts: JSON lines on standard input, one answer a line on standard output, in the same order."
    # System checks ask for the database; this command must answer without one.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        registers.add_arguments(parser)
        parser.add_argument("--link", action="store_true", help="name posts that belong together (answers come after the last line)")
        parser.add_argument(
            "--processes", type=_at_least_one, default=workers.most(), metavar="N", help=f"for more than {ALONE} lines; as many as cores"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ground = registers.ground(options, complain=self.stderr.write)
        judge = Judge.on(ground, folder=Path.cwd(), link=options["link"])
        answered = 0
        try:
            for answer in judge.answers(sys.stdin.buffer, processes=options["processes"]):
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
                answered += 1
        except workers.LostError as error:
            raise CommandError(f"{error}: the first {answered} answers stand, the others are missing.") from None


def _at_least_one(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"not a number of processes: {written}")
    return int(written)


@dataclass(frozen=True, slots=True)
class Judge:
    """Answers lines against one register, by one set of points, at one time."""

    book: licences.Book | None
    weights: points.Points
    now: datetime
    undated: datetime
    folder: Path  # what paths of pictures are relative to
    link: bool = False
    cache: domain.ReadCache = field(default_factory=pictures.Memory)  # a flyer posted forty times is read once

    @classmethod
    def on(cls, ground: registers.Ground, *, folder: Path, link: bool = False) -> Judge:
        book = assess.book(ground.register) if ground.register else None
        return cls(book, ground.weights, ground.now, ground.undated, folder, link)

    def answers(self, lines: IO[bytes], *, processes: int = 1) -> Iterator[Answer]:
        """One answer for each line that is not blank, in order; a bad line is answered with its error. Raises workers.LostError."""
        told = self._told_of(lines_of(lines), processes)
        if not self.link:
            yield from (answer for answer, _ in told)
            return
        begun = list(itertools.islice(told, 1))  # the processes are forked before numpy has threads
        from patrol.engine import linking  # noqa: PLC0415 -- numpy and rensa take their time to load

        linker, answers = linking.Linker(self.book.sites if self.book else ()), []
        for answer, found in itertools.chain(begun, told):
            linker.add(*(found or (None, None)))
            answers.append(answer)
        for answer, name in zip(answers, linker.names(), strict=True):
            yield answer if name is None else {**answer, "campaign": name}

    def _told_of(self, lines: Iterator[Line], processes: int) -> Iterator[Told]:
        """What is told of each line, in order: by this process, or by several where there are many lines."""
        first = list(itertools.islice(lines, ALONE + 1)) if processes > 1 else []
        asked = itertools.chain(first, lines)
        if len(first) <= ALONE:
            return map(self._told, self.judged(asked))
        phrases.prepare()
        lazy.prepare()
        connections.close_all()  # of the loaded register: a connection cannot be shared
        gc.freeze()
        return itertools.chain.from_iterable(workers.in_order(self._told_together, _batches(asked), processes=processes))

    def _told_together(self, batch: Sequence[Line]) -> list[Told]:
        return list(map(self._told, self._batch(batch)))

    def _told(self, one: Assessed | Failed) -> Told:
        found = (one.question.content, one.assessment) if self.link and isinstance(one, Assessed) else None
        return _answer(one), found

    def judged(self, lines: Iterable[Line]) -> Iterator[Assessed | Failed]:
        """What was found for each line, in order."""
        for number, batch in enumerate(_batches(lines)):
            yield from self._batch(batch)
            if number == 0:
                gc.freeze()  # what the first batch loaded stays: the collector need not look at it again and again

    def _batch(self, batch: Sequence[Line]) -> Iterator[Assessed | Failed]:
        asked = [_with_pictures(line, self.folder) for line in batch if isinstance(line, assess.Question)]
        found = iter(self._assessed(asked))
        for line in batch:
            yield Failed(line.of, str(line)) if isinstance(line, assess.BadLineError) else next(found)

    def _assessed(self, asked: Sequence[Asked]) -> Sequence[Assessed | Failed]:
        """Assesses posts together; where that fails they are halved until the bad post stands alone."""
        if not asked:
            return []
        try:
            assessed = assess.assess(
                [one.content for one, _ in asked],
                [one.posted_at for one, _ in asked],
                self.book,
                now=self.now,
                undated=self.undated,
                cache=self.cache,
                weights=self.weights,
                stale_after_days=settings.REGISTER_STALE_DAYS,
            )
            return [Assessed(one, notes, assessment) for assessment, (one, notes) in zip(assessed, asked, strict=True)]
        except Exception as error:  # noqa: BLE001  whatever a hostile text breaks, the other posts get their answer
            if len(asked) == 1:
                return [Failed(asked[0][0].id, f"could not be assessed: {type(error).__name__}: {error}")]
            half = len(asked) // 2
            return [*self._assessed(asked[:half]), *self._assessed(asked[half:])]


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        # Pictures are bytes in memory: a post with some ends its batch.
        if len(batch) == BATCH or (isinstance(line, assess.Question) and line.images):
            yield batch
            batch = []
    if batch:
        yield batch


def _answer(one: Assessed | Failed) -> Answer:
    if isinstance(one, Failed):
        return {"id": one.of, "error": one.why}
    return assess.render(one.assessment, id=one.question.id, notes=one.notes)


def lines_of(lines: IO[bytes]) -> Iterator[Line]:
    """What each line that is not blank asks, in order."""
    while line := lines.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = lines.readline(LINE_BYTES)
            yield assess.BadLineError(f"the line is longer than {LINE_BYTES:,} bytes")
        elif line.strip():
            try:
                yield assess.question(line)
            except assess.BadLineError as error:
                yield error


def _with_pictures(question: assess.Question, folder: Path) -> Asked:
    """The question with its pictures' bytes, and notes on those that cannot be had.

    A picture that cannot be had stays as an empty one: the places of the others (`image:n`) must not move.
    """
    pictures: list[domain.Picture] = []
    notes: list[Sentence] = []
    for number, path in enumerate(question.images[:IMAGES_PER_POST], start=1):
        content, why = _picture(folder, path)
        if why is not None:
            notes.append(Sentence(f"Gambar {number} {why.id}.", f"Picture {number} {why.en}."))
        pictures.append(domain.Picture(name=path, content=content))
    if len(question.images) > IMAGES_PER_POST:
        few = Sentence(f"Hanya {IMAGES_PER_POST} gambar pertama dibaca.", f"Only the first {IMAGES_PER_POST} pictures were read.")
        notes.append(few)
    return replace(question, content=replace(question.content, pictures=tuple(pictures))), tuple(notes)


def _picture(folder: Path, path: str) -> tuple[bytes, Sentence | None]:
    """The bytes of a picture, or why they cannot be had."""
    try:
        # A pipe or a device would block or never end: regular files only.
        if not (folder / path).is_file():
            return b"", Sentence("tidak ditemukan", "was not found")
        with (folder / path).open("rb") as file:
            content = file.read(IMAGE_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a path with NUL
        return b"", Sentence("tidak dapat dibuka", "could not be opened")
    if len(content) > IMAGE_BYTES:
        return b"", Sentence("terlalu besar", "is too large")
    return content, None

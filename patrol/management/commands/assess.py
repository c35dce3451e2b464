"""`manage.py assess`: one JSON object a line in, one out, in the same order (contract.md section 2).

With both register files no database is touched. Without them the loaded register is used if a database answers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from patrol import assess, licences, reading, vocabulary
from patrol.licences import files
from patrol.vocabulary import LAW_ZONE, Sentence

BATCH = 200
LINE_BYTES = 4_000_000  # a post of 20,000 code points, all escaped, is 240,000
IMAGE_BYTES = 10_000_000
IMAGES_PER_POST = 10

type Line = assess.Question | assess.BadLineError
type Asked = tuple[assess.Question, tuple[Sentence, ...]]
type Answer = dict[str, Any]
type Judged = tuple[Answer, frozenset[str]]  # the answer and what ties the post to others


class Command(BaseCommand):
    help = "Assesses posts: JSON lines on standard input, one answer a line on standard output, in the same order."
    # System checks ask for the database; this command must answer without one.
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agencies", type=Path, help="register file of the agencies (CSV or XLSX)")
        parser.add_argument("--licences", type=Path, help="register file of the licences (CSV or XLSX)")
        parser.add_argument("--register-date", type=_date, help="date of the register files")
        parser.add_argument(
            "--link", action="store_true", help="name posts that belong together (answers come after the last line)"
        )
        parser.add_argument("--now", type=_moment, help="the present, ISO; without a zone in Asia/Jakarta")

    def handle(self, *args: Any, **options: Any) -> None:
        register = self._register(options)
        if options["now"] is not None:
            now = undated = options["now"]
        else:
            now = datetime.now(LAW_ZONE)
            undated = datetime.combine(register.register_date, time(12), LAW_ZONE) if register else now
        book = assess.book(register) if register else None
        judge = Judge(book, now=now, undated=undated, folder=Path.cwd(), link=options["link"])
        for answer in judge.answers(sys.stdin.buffer):
            self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _register(self, options: dict[str, Any]) -> vocabulary.Register | None:
        agencies, permits = options["agencies"], options["licences"]
        if agencies is None and permits is None:
            if options["register_date"] is not None:
                raise CommandError("--register-date belongs to register files: give --agencies and --licences too.")
            return self._loaded_register()
        if agencies is None or permits is None:
            raise CommandError("--agencies and --licences belong together: give both files or neither.")
        try:
            contents = agencies.read_bytes(), permits.read_bytes()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        read = files.read_register(
            *contents,
            agencies_name=agencies.name,
            licences_name=permits.name,
            country_code=reading.country_code,
            register_date=options["register_date"],
        )
        for problem in read.problems:
            where = f"{problem.file}, line {problem.line}, {problem.column}" if problem.line else problem.file
            self.stderr.write(f"{where}: {problem.sentence.en}")
        if read.register is None:
            raise CommandError("The register files have errors; nothing was assessed.")
        return read.register

    def _loaded_register(self) -> vocabulary.Register | None:
        from patrol import editions  # noqa: PLC0415  needs the database; with both files it must not be loaded

        try:
            return editions.current_register()
        except OperationalError:
            self.stderr.write("No database answers: every offer is cannot_check. Give --agencies and --licences.")
            return None


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO date: {written}") from None


def _moment(written: str) -> datetime:
    try:
        return assess.moment(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO date or time: {written}") from None


@dataclass(frozen=True, slots=True)
class Judge:
    """Answers lines against one register at one time."""

    book: licences.Book | None
    now: datetime
    undated: datetime
    folder: Path  # what paths of pictures are relative to
    link: bool = False

    def answers(self, lines: IO[bytes]) -> Iterator[Answer]:
        """One answer for each line that is not blank, in order; a bad line is answered with its error."""
        if not self.link:
            yield from (answer for answer, _ in self._judged(lines))
            return
        judged = list(self._judged(lines))
        names = assess.campaigns([ties for _, ties in judged])
        for (answer, _), name in zip(judged, names, strict=True):
            yield answer if name is None else {**answer, "campaign": name}

    def _judged(self, lines: IO[bytes]) -> Iterator[Judged]:
        batch: list[Line] = []
        for line in _lines(lines):
            batch.append(line)
            # Pictures are bytes in memory: a post with some ends its batch.
            if len(batch) == BATCH or (isinstance(line, assess.Question) and line.images):
                yield from self._batch(batch)
                batch.clear()
        yield from self._batch(batch)

    def _batch(self, batch: Sequence[Line]) -> Iterator[Judged]:
        asked = [_with_pictures(line, self.folder) for line in batch if isinstance(line, assess.Question)]
        found = iter(self._assessed(asked))
        for line in batch:
            if isinstance(line, assess.BadLineError):
                yield {"id": line.of, "error": str(line)}, frozenset()
            else:
                yield next(found)

    def _assessed(self, asked: Sequence[Asked]) -> Sequence[Judged]:
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
            )
            return [
                (assess.render(assessment, id=one.id, notes=notes), assess.ties(one.content, assessment))
                for assessment, (one, notes) in zip(assessed, asked, strict=True)
            ]
        except Exception as error:  # noqa: BLE001  whatever a hostile text breaks, the other posts get their answer
            if len(asked) == 1:
                why = f"could not be assessed: {type(error).__name__}: {error}"
                return [({"id": asked[0][0].id, "error": why}, frozenset())]
            half = len(asked) // 2
            return [*self._assessed(asked[:half]), *self._assessed(asked[half:])]


def _lines(lines: IO[bytes]) -> Iterator[Line]:
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
    pictures: list[vocabulary.Picture] = []
    notes: list[Sentence] = []
    for number, path in enumerate(question.images[:IMAGES_PER_POST], start=1):
        content, why = _picture(folder, path)
        if why is not None:
            notes.append(Sentence(f"Gambar {number} {why.id}.", f"Picture {number} {why.en}."))
        pictures.append(vocabulary.Picture(name=path, content=content))
    if len(question.images) > IMAGES_PER_POST:
        few = Sentence(
            f"Hanya {IMAGES_PER_POST} gambar pertama dibaca.", f"Only the first {IMAGES_PER_POST} pictures were read."
        )
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

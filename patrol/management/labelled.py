"""Posts that people labelled, assessed as of today's code: what `evaluate`, `calibrate` and `rules` count on.

Labels come from files, or from what officers decided. The posts of a file stand beside it (`posts.jsonl`) or in the
database, where `platform` and `id` name them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser, OutputWrapper
from django.db import OperationalError
from django.db.models import Exists, F, OuterRef

from patrol import domain
from patrol.domain import LAW_ZONE
from patrol.engine import assess, linking
from patrol.engine.evaluation import comparing, labels
from patrol.engine.evaluation.comparing import Comparison
from patrol.engine.evaluation.labels import Label
from patrol.engine.rules import points
from patrol.evidence import raw
from patrol.management import registers
from patrol.management.commands.assess import Failed, Judge, Line, lines_of

if TYPE_CHECKING:
    from patrol import models
    from patrol.pipeline import picture_reads

BESIDE = {"posts": "posts.jsonl", "agencies": "agencies.csv", "licences": "licences.csv"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled posts with what was said of them. `sha256` is that of the labels, "" where they are decisions."""

    comparisons: tuple[Comparison, ...]
    source: str
    sha256: str
    problems: tuple[str, ...]  # one sentence for each line that was left out
    stored: bool  # whether the texts come from the database


@dataclass(frozen=True, slots=True)
class Linked:
    """Labelled posts with the campaigns that were said of them and those that were expected, in the order of the posts."""

    source: str
    ids: tuple[str, ...]
    said: tuple[str | None, ...]
    expected: tuple[str, ...]
    problems: tuple[str, ...]


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--labels", type=Path, nargs="+", help="labels, JSON lines; several files are judged together")
    parser.add_argument("--posts", type=Path, help="the labelled posts; else posts.jsonl beside the labels, else the database")
    parser.add_argument("--from-decisions", action="store_true", help="take what officers confirmed and dismissed as labels")
    parser.add_argument("--since", type=registers.day, help="decisions from this day on (Asia/Jakarta)")
    parser.add_argument("--no-register", action="store_true", help="judge as if no register were loaded")
    registers.add_arguments(parser)


def judged(options: dict[str, Any], stderr: OutputWrapper, *, weights: points.Points | None = None) -> Judged:
    """Raises CommandError where there is nothing to judge by. `weights`: points to judge by, whatever is in force."""
    if options["since"] is not None and not options["from_decisions"]:
        raise CommandError("--since belongs to --from-decisions.")
    if bool(options["labels"]) == options["from_decisions"]:
        raise CommandError("Give either --labels FILE or --from-decisions.")
    run = _Run(options, stderr, weights)
    if options["from_decisions"]:
        return run.from_decisions()
    files: list[Path] = options["labels"]
    alone = [f"--{name}" for name in BESIDE if options[name] is not None]
    if len(files) > 1 and alone:
        raise CommandError(f"{' and '.join(alone)} cannot belong to several labels files.")
    found = [run.from_file(path, prefix=f"{path.parent.name}/" if len(files) > 1 else "") for path in files]
    return Judged(
        comparisons=tuple(one for part in found for one in part.comparisons),
        source=", ".join(part.source for part in found),
        sha256=found[0].sha256 if len(found) == 1 else _sha256("".join(part.sha256 for part in found).encode()),
        problems=tuple(problem for part in found for problem in part.problems),
        stored=any(part.stored for part in found),
    )


def linked(options: dict[str, Any], stderr: OutputWrapper) -> list[Linked]:
    """One for each labels file: rings of different files have nothing to do with each other. Raises CommandError."""
    if not options["labels"]:
        raise CommandError("--campaigns needs --labels FILE.")
    run = _Run(options, stderr, None)
    return [run.linked(path) for path in options["labels"]]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class _Run:
    """One call of a command: what it was asked, and where it complains."""

    options: dict[str, Any]
    stderr: OutputWrapper
    weights: points.Points | None

    def from_file(self, path: Path, *, prefix: str) -> Judged:
        """`prefix` goes before each id."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        expected, bad = labels.read(content.split(b"\n"))
        problems = [f"{path}, line {number}: {why}" for number, why in bad]
        posts = self.options["posts"] or path.parent / BESIDE["posts"]
        stored = self.options["posts"] is None and not posts.exists()
        judge = self._judge(posts.parent, self._with_register_beside(path))
        if stored:
            comparisons = _compared(judge, _stored(expected), expected, problems, where="the database")
        else:
            try:
                with posts.open("rb") as file:
                    comparisons = _compared(judge, lines_of(file), expected, problems, where=str(posts))
            except OSError as error:
                raise CommandError(f"{posts}: {error.strerror}") from None
        named = tuple(replace(one, id=prefix + one.id) for one in comparisons)
        return Judged(named, str(path), _sha256(content), tuple(problems), stored)

    def linked(self, path: Path) -> Linked:
        """All posts beside the labels are linked, as `assess --link` would; those with a `campaign` are judged."""
        try:
            expected, bad = labels.read(path.read_bytes().split(b"\n"))
            posts = self.options["posts"] or path.parent / BESIDE["posts"]
            judge = self._judge(posts.parent, self._with_register_beside(path))
            linker, ids = linking.Linker(judge.book.sites if judge.book else ()), []
            with posts.open("rb") as file:
                for one in judge.judged(lines_of(file)):
                    if isinstance(one, Failed):
                        ids.append(str(one.of))
                        linker.add(None, None)
                    else:
                        ids.append(str(one.question.id))
                        linker.add(one.question.content, one.assessment)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        problems = [f"{path}, line {number}: {why}" for number, why in bad]
        known = {label.id: label.campaign for label in expected if label.campaign is not None}
        problems += [f"{posts} holds no post {id_}" for id_ in sorted(known.keys() - set(ids))]
        rows = [(id_, name, known[id_]) for id_, name in zip(ids, linker.names(), strict=True) if id_ in known]
        return Linked(
            str(path),
            tuple(id_ for id_, _, _ in rows),
            tuple(said for _, said, _ in rows),
            tuple(name for _, _, name in rows),
            tuple(problems),
        )

    def from_decisions(self) -> Judged:
        expected, asked = _decided(self.options["since"])
        problems: list[str] = []
        judge = self._judge(Path.cwd(), self.options)
        comparisons = _compared(judge, asked, expected, problems, where="the decisions")
        return Judged(tuple(comparisons), "decisions", "", tuple(problems), stored=True)

    def _with_register_beside(self, path: Path) -> dict[str, Any]:
        """Register files that stand beside the labels belong to them, unless others are given."""
        options = self.options
        if options["no_register"] or options["agencies"] is not None or options["licences"] is not None:
            return options
        both = {name: path.parent / BESIDE[name] for name in ("agencies", "licences")}
        return {**options, **both} if all(file.exists() for file in both.values()) else options

    def _judge(self, folder: Path, options: dict[str, Any]) -> Judge:
        ground = registers.ground(options, complain=self.stderr.write, no_register=options["no_register"], weights=self.weights)
        return Judge.on(ground, folder=folder)


def _compared(judge: Judge, lines: Iterable[Line], expected: Sequence[Label], problems: list[str], *, where: str) -> list[Comparison]:
    """Assesses the labelled posts among `lines`. What is left out gets its sentence in `problems`."""
    # The platform is needed only where two labels share an id.
    ids = Counter(label.id for label in expected)
    waiting = {label.id if ids[label.id] == 1 else _key(label.platform, label.id): label for label in expected}
    judged: set[str] = set()
    told: set[str] = set()  # those said to be unusable: that they are missing too would be a second sentence
    comparisons: list[Comparison] = []

    def asked() -> Iterator[Line]:
        for line in lines:
            if isinstance(line, assess.BadLineError):
                problems.append(f"{where}: {f'{line.of}: ' if line.of is not None else ''}{line}")
                told.add(str(line.of))
            elif (key := _known(waiting, line)) is None:
                continue  # a post nobody labelled
            elif key in judged:
                problems.append(f"{where}: {line.id} stands twice; the first one counts")
            else:
                judged.add(key)
                yield line

    for one in judge.judged(asked()):
        if isinstance(one, Failed):
            problems.append(f"{where}: {one.of} {one.why}")
        elif not all(picture.content for picture in one.question.content.pictures):
            # What its words alone say of a flyer is no measure of the reader, and nothing to fit points by.
            problems.append(f"{where}: {one.question.id} was not judged: {'; '.join(note.en for note in one.notes)}")
        elif (key := _known(waiting, one.question)) is not None:
            label = waiting[key]
            comparisons.append(comparing.compare(label.id, one.question.content, one.assessment, label))
    problems += [f"{where} holds no post {label.id}" for key, label in waiting.items() if key not in judged and label.id not in told]
    return comparisons


def _key(platform: str, id_: str) -> str:
    return f"{platform} {id_}"


def _known(waiting: Mapping[str, Label], question: assess.Question) -> str | None:
    """The key of the label a post belongs to."""
    for key in (_key(question.content.platform, str(question.id)), str(question.id)):
        if key in waiting:
            return key
    return None


# --- the database ---------------------------------------------------------------------------------


def _stored(expected: Sequence[Label]) -> list[Line]:
    """The newest version of the labelled posts. Raises CommandError where no database answers."""
    from patrol import models  # noqa: PLC0415  with files no database is touched

    rows = models.PostVersion.objects.select_related("post", "content").filter(post__external_id__in=[label.id for label in expected])
    wanted = {(label.platform, label.id) for label in expected}
    try:
        newest = {version.post_id: version for version in rows.order_by("number")}
    except OperationalError:
        raise CommandError("No posts.jsonl stands beside the labels, and no database answers: give --posts.") from None
    return _questions(
        [
            (version, version.post.external_id)
            for version in newest.values()
            if not wanted.isdisjoint((platform, version.post.external_id) for platform in ("", version.post.platform))
        ]
    )


def _questions(asked: Sequence[tuple[models.PostVersion, str]]) -> list[Line]:
    """Each version under its id, with the pictures it is read with in the pipeline: a flyer's words stand on them.

    Of an erased one nothing can be read: judged from its blank text it would count as one that the reader missed.
    """
    from patrol import models  # noqa: PLC0415
    from patrol.pipeline import picture_reads  # noqa: PLC0415

    versions = [version.pk for version, _id in asked]
    kept = picture_reads.of_versions(versions)
    erased = set(models.Erasure.objects.filter(version__in=versions).values_list("version", flat=True))
    return [
        assess.BadLineError("its content was erased", of=id_) if version.pk in erased else _question(version, id_, kept.get(version.pk, ()))
        for version, id_ in asked
    ]


def _question(version: models.PostVersion, id_: str, pictures: Sequence[picture_reads.Kept]) -> assess.Question:
    from patrol.pipeline import claiming  # noqa: PLC0415

    post, kept = version.post, version.content
    content = domain.Content(
        text=kept.text,
        platform=post.platform,
        author=kept.author,
        author_name=kept.author_name,
        url=post.url,
        links=tuple(kept.links),
        captions=claiming.captions(kept.media),
    )
    images = tuple(str(raw.path_of(one.sha256)) for one in pictures)
    return assess.Question(id=id_, content=content, posted_at=post.posted_at or post.first_seen, images=images)


# Handled elsewhere: the reason says nothing about the text.
_SILENT_REASONS = ("duplicate",)


def _decided(since: date | None) -> tuple[list[Label], list[Line]]:
    """Decided flags and the version each was decided on; confirmed means a person had to look.

    Of one row of the queue one post counts: it was one decision; one that was not erased, where there is one.
    Raises CommandError where no database answers.
    """
    from patrol import models  # noqa: PLC0415
    from patrol.domain.states import FlagState  # noqa: PLC0415

    decided = (FlagState.CONFIRMED, FlagState.DISMISSED)
    rows = (
        models.Decision.objects.filter(reversed_by=None, state_after__in=decided, flag__state=F("state_after"))
        .exclude(reason__in=_SILENT_REASONS)
        .select_related("flag", "check_then__reading__version__post", "check_then__reading__version__content")
        .annotate(erased=Exists(models.Erasure.objects.filter(version=OuterRef("check_then__reading__version"))))
        .order_by("-erased", "id")  # the last one counts
    )
    if since is not None:
        rows = rows.filter(at__gte=datetime.combine(since, time(0), LAW_ZONE))
    try:
        last = {decision.flag.row_key: decision for decision in rows}
    except OperationalError:
        raise CommandError("No database answers: decisions cannot be read.") from None
    expected = [Label(id=one.flag.number, look=one.state_after == FlagState.CONFIRMED) for one in last.values()]
    return expected, _questions([(one.check_then.reading.version, one.flag.number) for one in last.values()])

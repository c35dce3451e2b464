"""Posts that people labelled, assessed as of today's code: what `evaluate`, `calibrate` and `rules` count on.

Labels come from files, or from what officers decided. The posts of a file stand beside it (`posts.jsonl`) or in the
database, where `platform` and `id` name them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError, CommandParser, OutputWrapper
from django.db import OperationalError

from patrol import assess, vocabulary
from patrol.evaluation import comparing, labels
from patrol.evaluation.comparing import Comparison
from patrol.evaluation.labels import Label
from patrol.management import registers
from patrol.management.commands.assess import Assessed, Failed, Judge, Line, lines_of
from patrol.vocabulary import LAW_ZONE

if TYPE_CHECKING:
    from patrol import models

BESIDE = {"posts": "posts.jsonl", "agencies": "agencies.csv", "licences": "licences.csv"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled posts with what was said of them. `sha256` is that of the labels, "" where they are decisions."""

    comparisons: tuple[Comparison, ...]
    source: str
    sha256: str
    problems: tuple[str, ...]  # one sentence for each line that was left out
    stored: bool  # whether the texts come from the database


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--labels", type=Path, nargs="+", help="labels, JSON lines; several files are judged together")
    parser.add_argument(
        "--posts", type=Path, help="the labelled posts; else posts.jsonl beside the labels, else the database"
    )
    parser.add_argument(
        "--from-decisions", action="store_true", help="take what officers confirmed and dismissed as labels"
    )
    parser.add_argument("--since", type=registers.day, help="decisions from this day on (Asia/Jakarta)")
    parser.add_argument("--no-register", action="store_true", help="judge as if no register were loaded")
    registers.add_arguments(parser)


def judged(options: dict[str, Any], stderr: OutputWrapper) -> Judged:
    """Raises CommandError where there is nothing to judge by."""
    if options["since"] is not None and not options["from_decisions"]:
        raise CommandError("--since belongs to --from-decisions.")
    if bool(options["labels"]) == options["from_decisions"]:
        raise CommandError("Give either --labels FILE or --from-decisions.")
    if options["from_decisions"]:
        return _from_decisions(options, stderr)
    files: list[Path] = options["labels"]
    alone = [f"--{name}" for name in BESIDE if options[name] is not None]
    if len(files) > 1 and alone:
        raise CommandError(f"{' and '.join(alone)} cannot belong to several labels files.")
    found = [
        _from_file(path, options, stderr, prefix=f"{path.parent.name}/" if len(files) > 1 else "") for path in files
    ]
    return Judged(
        comparisons=tuple(one for part in found for one in part.comparisons),
        source=", ".join(part.source for part in found),
        sha256=found[0].sha256 if len(found) == 1 else _sha256("".join(part.sha256 for part in found).encode()),
        problems=tuple(problem for part in found for problem in part.problems),
        stored=any(part.stored for part in found),
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _from_file(path: Path, options: dict[str, Any], stderr: OutputWrapper, *, prefix: str) -> Judged:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    expected, bad = labels.read(content.splitlines())
    problems = [f"{path}, line {number}: {why}" for number, why in bad]
    posts = options["posts"] or path.parent / BESIDE["posts"]
    options = _with_register_beside(path, options)
    stored = options["posts"] is None and not posts.exists()
    if stored:
        comparisons = _compared(
            _stored(expected), expected, options, stderr, problems, where="the database", folder=path.parent
        )
    else:
        try:
            with posts.open("rb") as file:
                comparisons = _compared(
                    lines_of(file), expected, options, stderr, problems, where=str(posts), folder=posts.parent
                )
        except OSError as error:
            raise CommandError(f"{posts}: {error.strerror}") from None
    named = tuple(replace(one, id=prefix + one.id) for one in comparisons)
    return Judged(named, str(path), _sha256(content), tuple(problems), stored)


def _with_register_beside(path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Register files that stand beside the labels belong to them, unless others are given."""
    if options["no_register"] or options["agencies"] is not None or options["licences"] is not None:
        return options
    both = {name: path.parent / BESIDE[name] for name in ("agencies", "licences")}
    return {**options, **both} if all(file.exists() for file in both.values()) else options


def _compared(
    lines: Iterable[Line],
    expected: Sequence[Label],
    options: dict[str, Any],
    stderr: OutputWrapper,
    problems: list[str],
    *,
    where: str,
    folder: Path,
) -> list[Comparison]:
    """Assesses the labelled posts among `lines`. What is left out gets its sentence in `problems`."""
    ground = registers.ground(options, complain=stderr.write, no_register=options["no_register"])
    judge = Judge.on(ground, folder=folder)
    waiting = {label.id: label for label in expected}
    if len(waiting) < len(expected):
        waiting = {_key(label.platform, label.id): label for label in expected}
    comparisons: list[Comparison] = []

    def asked() -> Iterator[Line]:
        for line in lines:
            if isinstance(line, assess.BadLineError):
                problems.append(f"{where}: {f'{line.of}: ' if line.of is not None else ''}{line}")
            elif str(line.id) in waiting or _key(line.content.platform, str(line.id)) in waiting:
                yield line

    for one in judge.judged(asked()):
        if isinstance(one, Failed):
            problems.append(f"{where}: {one.of} {one.why}")
            waiting.pop(str(one.of), None)
            continue
        label = _taken(waiting, one)
        if label is None:
            problems.append(f"{where}: {one.question.id} stands twice; the first one counts")
        else:
            comparisons.append(comparing.compare(label.id, one.question.content, one.assessment, label))
    problems += [f"{where} holds no post {label.id}" for label in waiting.values()]
    return comparisons


def _key(platform: str, id_: str) -> str:
    return f"{platform} {id_}"


def _taken(waiting: dict[str, Label], one: Assessed) -> Label | None:
    id_ = str(one.question.id)
    return waiting.pop(id_, None) or waiting.pop(_key(one.question.content.platform, id_), None)


# --- the database ---------------------------------------------------------------------------------


def _stored(expected: Sequence[Label]) -> list[assess.Question]:
    """The newest version of the labelled posts. Raises CommandError where no database answers."""
    from patrol import models  # noqa: PLC0415  with files no database is touched

    rows = models.PostVersion.objects.select_related("post", "content").filter(
        post__external_id__in=[label.id for label in expected]
    )
    platforms = {label.id: label.platform for label in expected}
    try:
        newest = {version.post_id: version for version in rows.order_by("number")}
    except OperationalError:
        raise CommandError("No posts.jsonl stands beside the labels, and no database answers: give --posts.") from None
    return [
        _question(version, version.post.external_id)
        for version in newest.values()
        if platforms[version.post.external_id] in ("", version.post.platform)
    ]


def _question(version: models.PostVersion, id_: str) -> assess.Question:
    post, kept = version.post, version.content
    content = vocabulary.Content(
        text=kept.text,
        platform=post.platform,
        author=kept.author,
        author_name=kept.author_name,
        url=post.url,
        links=tuple(kept.links),
    )
    return assess.Question(id=id_, content=content, posted_at=post.posted_at or post.first_seen)


# Handled elsewhere: the reason says nothing about the text.
_SILENT_REASONS = ("duplicate",)


def _from_decisions(options: dict[str, Any], stderr: OutputWrapper) -> Judged:
    """Decided flags: confirmed means a person had to look. Of one row of the queue one post counts, it was one decision."""
    from patrol import models  # noqa: PLC0415
    from patrol.states import FlagState  # noqa: PLC0415

    rows = (
        models.Decision.objects.filter(
            reversed_by=None,
            state_after__in=(FlagState.CONFIRMED, FlagState.DISMISSED),
            flag__state__in=(FlagState.CONFIRMED, FlagState.DISMISSED),
        )
        .exclude(reason__in=_SILENT_REASONS)
        .select_related("flag__post", "check_then__reading__version__post", "check_then__reading__version__content")
        .order_by("id")
    )
    if options["since"] is not None:
        rows = rows.filter(at__gte=datetime.combine(options["since"], time(0), LAW_ZONE))
    try:
        last = {decision.flag_id: decision for decision in rows}
    except OperationalError:
        raise CommandError("No database answers: decisions cannot be read.") from None
    of_row = {
        decision.flag.row_key: decision for decision in last.values() if decision.state_after == decision.flag.state
    }
    expected, asked = [], []
    for decision in of_row.values():
        expected.append(Label(id=decision.flag.number, look=decision.state_after == FlagState.CONFIRMED))
        asked.append(_question(decision.check_then.reading.version, decision.flag.number))
    problems: list[str] = []
    comparisons = _compared(asked, expected, options, stderr, problems, where="the decisions", folder=Path.cwd())
    return Judged(tuple(comparisons), "decisions", "", tuple(problems), stored=True)

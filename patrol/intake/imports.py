"""Imported files: looked at, taken, and brought in piece by piece.

`take` keeps the file as evidence and writes the row; `go_on` reads the file once (`spread`), then stores from where the row says, a chunk
in one transaction with the row's place. A killed import is therefore begun again at its last chunk, by whoever comes first; two at once
meet at the row's lock and one of them stops. The same file again is another import, whose posts all count as repeated.
"""

from __future__ import annotations

import mmap
import time
import uuid
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched
from typing import Any, BinaryIO, cast
from zipfile import ZipFile

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models
from patrol.access import audit
from patrol.domain import states
from patrol.evidence import custody
from patrol.evidence import raw as evidence
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.intake import formats, spread
from patrol.intake.formats import files, shape, table
from patrol.models import Intake
from patrol.pipeline import storing

CHUNK = 500  # items a transaction: a killed import repeats at most so many
LOOKED_AT = 20_000  # items a preview reads at most
SHOWN = 10
PROBLEMS_KEPT = 1_000  # of one import; the rest is counted
SMALL_BYTES = 2_000_000  # a file up to this size is imported while the person waits (some seconds)
WORK_SECONDS = 60.0  # of one job; then it is put off, well within its lease
TAKEN_OVER_SECONDS = 10.0  # before a worker looks again at an import that somebody else brings in
_PLATFORM = {"whatsapp": domain.Platform.WHATSAPP, "telegram": domain.Platform.TELEGRAM}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring. `whole`: the file was read to its end; else the counts are of its first LOOKED_AT rows."""

    format: str  # key of imports.FORMATS; "" where the file is not known
    posts: int = 0
    shown: tuple[domain.RawPost, ...] = ()
    platforms: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[domain.Problem, ...] = ()
    bad: int = 0
    left: tuple[tuple[domain.Sentence, int], ...] = ()
    whole: bool = True
    mapping: Mapping[str, str] = field(default_factory=dict)
    refused: domain.Problem | None = None  # nothing can be imported until this is answered


def look(content: BinaryIO, *, name: str, options: shape.Options, format_name: str = "") -> Preview:
    """Reads the file as an import would, and stores nothing. Never raises for what a file may hold."""
    file = shape.File(content, name)
    try:
        format_name = format_name or formats.recognise(file)
    except shape.FileRefusedError as error:
        return Preview("", refused=error.problem)
    mapping: dict[str, str] = {}
    shown: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    platforms: Counter[str] = Counter()
    left: Counter[domain.Sentence] = Counter()
    posts = bad = 0
    whole, refused = True, None
    try:
        if format_name == table.NAME:
            mapping = dict(options.columns) or table.proposed(table.columns(file))
        with closing(formats.read(file, format_name, options)) as items:
            for number, item in enumerate(items):
                if number >= LOOKED_AT:
                    whole = False
                    break
                match item:
                    case domain.RawPost():
                        posts += 1
                        platforms[item.platform] += 1
                        if len(shown) < SHOWN:
                            shown.append(item)
                    case domain.Problem():
                        bad += 1
                        if len(problems) < PROBLEMS_KEPT:
                            problems.append(item)
                    case shape.Left():
                        left[item.kind] += 1
    except shape.FileRefusedError as error:
        refused = error.problem
    return Preview(format_name, posts, tuple(shown), dict(platforms), tuple(problems), bad, tuple(left.items()), whole, mapping, refused)


# --- taking -----------------------------------------------------------------------------------------


def take(
    *, content: BinaryIO, name: str, format_name: str, options: shape.Options, key: uuid.UUID, by: models.Person, now: datetime
) -> Intake:
    """Keeps the file and asks for its import; nothing of it is stored yet. The same `key` again is the same import.

    Raises RefusedError, PermissionDenied, OSError.
    """
    access.require(by, access.Action.IMPORT_FILE, office_id=by.office_id)
    if format_name not in formats.FORMATS:
        raise RefusedError("import.format", _("Unknown format."), "format")
    known = Intake.objects.filter(key=key, person=by).first()
    if known is not None:
        return known
    content.seek(0)
    # Mapped, not read: a file of hundreds of megabytes is hashed and copied without lying in memory.
    with mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        raw = cast("bytes", mapped)
        sha256 = evidence.put(raw)
        with transaction.atomic():
            intake, is_new = Intake.objects.get_or_create(
                key=key,
                defaults={
                    "kind": states.IntakeKind.IMPORT,
                    "person": by,
                    "office": by.office,
                    "station_id": by.station_id,
                    "at": now,
                    "name": name[-300:],
                    "format": format_name,
                    "options": options.json(),
                    "sha256": sha256,
                },
            )
            if is_new:
                custody.capture_file(
                    raw,
                    "application/octet-stream",
                    platform=_PLATFORM.get(format_name, options.platform or domain.Platform.WEB),
                    kind="upload",
                    now=now,
                    intake=intake,
                    person=by,
                    office=by.office,
                    options={"format": format_name},
                )
                jobs.add("import", str(intake.pk), {"intake": intake.pk}, now=now, by=by.pk)
                audit.write("import.taken", by=by, now=now, target=intake, after={"format": format_name})
    return intake


# --- bringing in ------------------------------------------------------------------------------------


class TakenOverError(Exception):
    """Somebody else brings this import in at this moment; what this one made is rolled back."""


def go_on(intake_id: int, *, now: datetime, seconds: float = 0.0) -> Intake:
    """Imports from where the row stands to the end, or for `seconds` (0: without limit). Returns the row as it is then.

    Raises TakenOverError, EvidenceMissingError.
    """
    intake = Intake.objects.get(pk=intake_id)
    if intake.state != states.IntakeState.WAITING:
        return intake
    capture = models.Capture.objects.get(intake=intake, kind="upload", sha256=intake.sha256)
    until = time.monotonic() + seconds if seconds else None
    key = str(intake.key)
    if spread.count(key) is None:
        if not evidence.intact(intake.sha256):
            raise evidence.EvidenceMissingError(intake.sha256)
        with evidence.open_bytes(intake.sha256) as content:
            spread.lay_out(key, _read(shape.File(content, intake.name), intake))
    refusal: list[domain.Problem] = []
    with closing(_items(intake, refusal)) as items:
        for chunk in batched(items, CHUNK):
            intake = _chunk(intake, chunk, capture, now)
            if until is not None and time.monotonic() > until:
                return intake
    return _ended(intake, refusal, now)


def _read(file: shape.File, intake: Intake) -> Generator[shape.Item]:
    yield from formats.read(file, intake.format, shape.Options.of(intake.options))


def _items(intake: Intake, refusal: list[domain.Problem]) -> Generator[shape.Item]:
    """From where the row stands; a file that broke off says so in `refusal`."""
    try:
        yield from spread.items(str(intake.key), intake.items)
    except shape.FileRefusedError as error:
        refusal.append(error.problem)
    except FileNotFoundError:  # the other one who brings this import in has ended it
        raise TakenOverError(intake.pk) from None


def _locked(intake: Intake) -> Intake:
    """The row, if it still stands where this reader stands. Raises TakenOverError."""
    row = Intake.objects.select_for_update(no_key=True).filter(pk=intake.pk, state=states.IntakeState.WAITING, items=intake.items).first()
    if row is None:
        raise TakenOverError(intake.pk)
    return row


def _chunk(intake: Intake, chunk: Sequence[shape.Item], capture: models.Capture, now: datetime) -> Intake:
    """One transaction: posts, their pictures, the row's counts and its place in the file."""
    posts = [item for item in chunk if isinstance(item, domain.RawPost)]
    with transaction.atomic():
        row = _locked(intake)
        with evidence.open_bytes(intake.sha256) as content:
            kept, pictures = _with_pictures(posts, shape.File(content, intake.name))
        done = storing.store(kept, capture_id=capture.pk, intake_id=row.pk, from_file=True, now=now)
        _show_pictures(row, capture, pictures, now)
        unread = [item for item in chunk if isinstance(item, domain.Problem)]
        row.items += len(chunk)
        row.posts_new += done.new
        row.posts_changed += done.changed
        row.posts_repeated += len(posts) - done.new - done.changed - done.bad
        row.bad += len(unread) + done.bad
        row.problems = [*row.problems, *map(_said, [*unread, *done.problems])][:PROBLEMS_KEPT]
        row.left = _counted(row.left, [item.kind for item in chunk if isinstance(item, shape.Left)])
        row.save(update_fields=["items", "posts_new", "posts_changed", "posts_repeated", "bad", "problems", "left"])
    return row


def _said(problem: domain.Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "id": problem.sentence.id,
        "en": problem.sentence.en,
        "permanent": problem.permanent,
        "where": problem.where,
    }


def _counted(before: list[dict[str, Any]], kinds: Sequence[domain.Sentence]) -> list[dict[str, Any]]:
    many = Counter({domain.Sentence(one["id"], one["en"]): one["count"] for one in before})
    many.update(kinds)
    return [{"id": kind.id, "en": kind.en, "count": count} for kind, count in many.items()]


def _ended(intake: Intake, refusal: list[domain.Problem], now: datetime) -> Intake:
    """Failed where the file could not be read to its end, done otherwise. What went in stays."""
    with transaction.atomic():
        row = _locked(intake)
        row.state = states.IntakeState.FAILED if refusal else states.IntakeState.DONE
        row.problems = [*map(_said, refusal), *row.problems]
        row.bad += len(refusal)
        row.ended_at = now
        row.save(update_fields=["state", "problems", "bad", "ended_at"])
        audit.write(
            "import.ended",
            by=None,
            now=now,
            target=row,
            before={"state": states.IntakeState.WAITING.value},
            after={"state": row.state, "new": row.posts_new, "changed": row.posts_changed, "repeated": row.posts_repeated, "bad": row.bad},
        )
    spread.drop(str(intake.key))
    return row


def run_job(job: jobs.Leased, *, now: datetime) -> None:
    """Handler of jobs of kind "import". A long file is put off after WORK_SECONDS and goes on with the next lease."""
    try:
        intake = go_on(int(job.target["intake"]), now=now, seconds=WORK_SECONDS)
    except TakenOverError:
        jobs.put_off(job, TAKEN_OVER_SECONDS)
        return
    except evidence.EvidenceMissingError:
        sentence = domain.Sentence("Berkas impor hilang dari rekaman.", "The imported file is missing from the evidence.")
        jobs.fail(job, domain.Problem("file_missing", sentence, permanent=True), now=now)
        return
    if intake.state == states.IntakeState.WAITING:
        jobs.put_off(job, 0)
    else:
        jobs.finish(job, now=now)


def mark(*, now: datetime) -> int:
    """Ends the imports whose job was given up, with what the job said: nobody brings them in any more. What went in stays. Returns how
    many ended.
    """
    ended = 0
    given_up = models.Job.objects.filter(kind="import", state=states.JobState.GIVEN_UP).values_list("key", "problem")
    said = {int(key): problem or {} for key, problem in given_up}
    for intake in Intake.objects.filter(pk__in=said, state=states.IntakeState.WAITING):
        problem = said[intake.pk]
        sentence = domain.Sentence(problem.get("id", ""), problem.get("en", ""))
        with suppress(TakenOverError):
            _ended(intake, [domain.Problem(problem.get("code", ""), sentence, permanent=True)], now)
            ended += 1
    return ended


# --- pictures that lie in the file ------------------------------------------------------------------

type _Places = dict[tuple[str, int], str]  # locator of the post, position of the picture -> its hash: the bytes lie in evidence

_MAGIC = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"))


def _media_type(content: bytes) -> str:
    """By the first bytes; "" for what is no picture the reader knows."""
    found = next((name for magic, name in _MAGIC if content.startswith(magic)), "")
    return "" if found == "image/webp" and content[8:12] != b"WEBP" else found


def _with_pictures(posts: list[domain.RawPost], file: shape.File) -> tuple[list[domain.RawPost], _Places]:
    """Posts whose pictures are named by their hash instead of a place in the file, so that another export of them is no edit."""
    if not any(one.url.startswith(shape.ATTACHED) for post in posts for one in post.media):
        return posts, {}
    found: _Places = {}
    known: dict[str, str] = {}
    with files.archive(file) as opened:
        named = [
            replace(post, media=tuple(_named(one, opened, known, found, (post.locator, at)) for at, one in enumerate(post.media)))
            for post in posts
        ]
    return named, found


def _named(
    one: domain.MediaReference, opened: ZipFile, known: dict[str, str], found: _Places, place: tuple[str, int]
) -> domain.MediaReference:
    """`known`: name in the archive -> hash of what was kept of it, "" for no picture. Each is unpacked once, and none stays in memory."""
    if not one.url.startswith(shape.ATTACHED):
        return one
    name = one.url.removeprefix(shape.ATTACHED) if one.kind in storing.FETCHED else ""
    if name not in known:
        content = files.attachment(opened, name) if name else None
        known[name] = evidence.put(content) if content is not None and _media_type(content) else ""
    if not known[name]:
        return replace(one, url="")
    found[place] = known[name]
    return replace(one, url=f"evidence:{known[name]}")


def _show_pictures(intake: Intake, capture: models.Capture, pictures: _Places, now: datetime) -> None:
    """Names the kept file on each picture of the versions just made, before anybody could try to fetch it."""
    if not pictures:
        return
    rows = models.Media.objects.filter(
        version__capture_id=capture.pk, version__locator__in={place for place, _at in pictures}, capture=None
    ).select_related("version__post")
    for row in rows:
        sha256 = pictures.get((row.version.locator, row.position))
        if sha256 is None:
            continue
        content = evidence.whole(sha256)
        copy = custody.capture_file(
            content,
            _media_type(content),
            platform=row.version.post.platform,
            kind="media",
            now=now,
            intake=intake,
            person=intake.person,
            office=intake.office,
            post_id=row.version.post_id,
            of=capture,
        )
        models.Media.objects.filter(pk=row.pk, capture=None).update(capture=copy)

"""Pictures at the reading of a post: which are read with it, what is remembered of them, and which parts of them are washed out."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from patrol import domain, models
from patrol.domain import Box
from patrol.domain.states import MediaState
from patrol.engine import masks
from patrol.evidence import custody, pictures, raw
from patrol.infra.copying import keepable
from patrol.pipeline import claims

MOST_READ = 10  # of one post: the worst pictures take 12 seconds each, and a lease must outlive them


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept picture of a version. Its place among those of the version is the n of the sources image:n and qr:n."""

    media_id: int
    sha256: str  # of the file as it came
    thumbnail: str  # sha256 of its rendition
    width: int
    height: int
    capture_id: uuid.UUID


def of_versions(version_ids: Iterable[int]) -> dict[int, tuple[Kept, ...]]:
    """version id -> its kept pictures in their order, as far as they are read."""
    rows = (
        models.Media.objects.filter(version__in=list(version_ids), state=MediaState.KEPT)
        .order_by("version_id", "position")
        .values_list("version_id", "pk", "capture__sha256", "thumbnail__sha256", "width", "height", "capture_id")
    )
    found: dict[int, list[Kept]] = {}
    for version_id, media_id, sha256, thumbnail, width, height, capture_id in rows:
        found.setdefault(version_id, []).append(Kept(media_id, sha256, thumbnail, width or 0, height or 0, capture_id))
    return {version_id: tuple(kept[:MOST_READ]) for version_id, kept in found.items()}


def key(kept: Sequence[Kept]) -> str:
    """Reading.pictures_key: the pictures read with a text, in their order; "" none."""
    return hashlib.sha256("\n".join(one.sha256 for one in kept).encode()).hexdigest() if kept else ""


def opened(kept: Sequence[Kept]) -> tuple[domain.Picture, ...]:
    """The files as they came. Raises EvidenceMissingError."""
    found = []
    for number, one in enumerate(kept, 1):
        found.append(domain.Picture(str(number), raw.whole(one.sha256)))
    return tuple(found)


class Cache:
    """domain.ReadCache in the database: the words once for the same pixels, whatever file they come in.

    The reader puts a picture twice, by its bytes and then by its pixels; the first only names the second.
    """

    def __init__(self) -> None:
        self._bytes = ""

    def get(self, key: str) -> str | None:
        """The kept reading, None where there is none."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT w.said FROM patrol_pictureread k JOIN patrol_pictureread w ON w.key = k.pixels WHERE k.key = %s", [key])
            row = cursor.fetchone()
        return row[0] if row else None

    def put(self, key: str, text: str) -> None:
        """Keeps a reading by its pixels; a key of bytes is kept with the pixels that follow it."""
        if ":bytes:" in key:
            self._bytes = key
            return
        rows = [(key, key, keepable(text))]
        if self._bytes:
            rows.append((self._bytes, key, ""))
            self._bytes = ""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO patrol_pictureread (key, sha256, pixels, said) VALUES (%s, split_part(%s, ':', 4), %s, %s)"
                " ON CONFLICT (key) DO NOTHING",
                [(name, name, pixels, said) for name, pixels, said in rows],
            )


def put_washed(kept: Sequence[Kept], read: domain.Reading) -> list[tuple[Kept, bytes]]:
    """Each picture as everybody may see it; the bytes are on the disk when this returns, before any row names them."""
    made = [(one, washed(one, number, read)) for number, one in enumerate(kept)]
    for _one, shown in made:
        raw.put(shown)
    return made


def keep_washed(made: Sequence[tuple[Kept, bytes]], *, now: datetime) -> None:
    """Names them on their pictures, inside the caller's transaction. A later reading, which knows more contacts, takes their place."""
    captures = models.Capture.objects.in_bulk([one.capture_id for one, _shown in made])
    for one, shown in made:
        masked = custody.capture_file(
            shown, "image/jpeg", kind="media", now=now, options={"contacts": "washed"}, **rendition_of(captures[one.capture_id])
        )
        models.Media.objects.filter(pk=one.media_id).update(masked=masked)


def rendition_of(original: models.Capture) -> dict[str, Any]:
    """What the custody record of a rendition takes from that of its original: who collected it, and for which post."""
    return {
        "relation": "rendition",
        "of": original,
        "platform": original.platform,
        "fetch": models.Fetch(pk=original.fetch_id) if original.fetch_id else None,
        "job": models.Job(pk=original.job_id) if original.job_id else None,
        "intake": models.Intake(pk=original.intake_id) if original.intake_id else None,
        "person": models.Person(pk=original.person_id) if original.person_id else None,
        "post_id": original.post_id,
    }


def washed(kept: Kept, number: int, read: domain.Reading) -> bytes:
    """The thumbnail of picture `number` with every way to a person made unreadable: claimed ones, what looks like one, and all codes."""
    thumbnail = raw.whole(kept.thumbnail)
    size = pictures.size_of(thumbnail)
    boxes = [pictures.scaled(box, (kept.width, kept.height), size) for box in contact_boxes(number, read)]
    return pictures.washed(thumbnail, boxes)


def contact_boxes(number: int, read: domain.Reading) -> list[Box]:
    """Where contacts stand on picture `number`, in pixels of the picture as it came. A code is covered whatever it holds."""
    source = f"image:{number}"
    said = [claims.to_json(claim) for claim in read.claims]
    text = read.picture_texts[number] if number < len(read.picture_texts) else ""
    spans = [(place.start, place.end) for place in masks.places(text, masks.contacts_of(said, source), masks.known_of(said, source))]
    boxes = [place.box for place in read.places if place.source == f"qr:{number}"]
    for span in spans:
        boxes += _lines([p for p in read.places if p.source == source and domain.touch(p.span, span)])
    return boxes


def _lines(words: Sequence[domain.Place]) -> list[Box]:
    """One box a line. Around all words at once it would cover what stands between the lines, word by word it would leave gaps."""
    lines: list[list[domain.Place]] = []
    for word in words:
        top, height = word.box[1], word.box[3]
        if lines and abs(top + height / 2 - lines[-1][-1].box[1] - lines[-1][-1].box[3] / 2) < height / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [box for line in lines if (box := domain.box_of(line)) is not None]

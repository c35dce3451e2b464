"""What stands in a masked package for a file: a picture of so few pixels that nothing is read in it, or words without their contacts.

The picture of the screen, blurred where the reader found a contact, is none of them: what the reader did not read stays legible in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from patrol import models
from patrol.cases.packages.cutting import Cut, Words
from patrol.cases.packages.gathering import Kept
from patrol.evidence import kinds, pictures, raw
from patrol.evidence.pictures import blurring

BLURRED: Final = "blurred"  # so few pixels that nothing is read in it
TEXT: Final = "text"  # the words of the posts it shows, contacts cut
_ENDINGS: Final = {BLURRED: "jpg", TEXT: "txt"}


@dataclass(frozen=True, slots=True)
class Rendition:
    how: str
    content: bytes

    @property
    def ending(self) -> str:
        return _ENDINGS[self.how]


def masked(
    kept: Kept, versions: Mapping[int, models.PostVersion], readings: Mapping[int, models.ReadingClaims], cut: Cut
) -> Rendition | None:
    """Of a file whose bytes are there. None for what has no form that shows nothing: a document somebody attached."""
    capture = kept.capture
    if pictures.media_type(raw.whole(capture.sha256)):
        return _picture(capture)
    if capture.kind == "attachment" and capture.media_type == kinds.TEXT:
        return Rendition(TEXT, cut.typed(raw.whole(capture.sha256).decode()).encode())
    shown = [versions[key] for key in kept.versions if key in versions]
    if not shown and kept.posts:  # an archived page: the words of the posts on it, as they came last
        newest = {one.post_id: one for one in sorted(versions.values(), key=lambda one: one.number)}
        shown = [newest[post] for post in kept.posts if post in newest]
    if not shown:
        return None
    return Rendition(TEXT, "\n\n".join(said(one, readings.get(one.pk), cut) for one in shown).encode())


def said(version: models.PostVersion, reading: models.ReadingClaims | None, cut: Cut) -> str:
    """The words of a version, and those on its pictures as they were read."""
    parts = [cut.text(words) for words in words_of(version, reading)]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def words_of(version: models.PostVersion, reading: models.ReadingClaims | None) -> list[Words]:
    claims = tuple(reading.claims) if reading else ()
    found = [Words(version.content.text, claims)]
    for source, texts in (("image", reading.picture_texts), ("qr", reading.code_texts)) if reading else ():
        found += [Words(str(text), claims, f"{source}:{place}") for place, text in enumerate(texts)]
    return found


def _picture(capture: models.Capture) -> Rendition | None:
    try:
        return Rendition(BLURRED, blurring.blurred(pictures.shrunk(raw.whole(capture.sha256)).thumbnail))
    except (pictures.UnreadableError, blurring.UnreadableError, raw.EvidenceMissingError):
        return None


def readings_of(versions: Sequence[models.PostVersion]) -> dict[int, models.ReadingClaims]:
    """The newest reading of each, by version. One query."""
    rows = models.ReadingClaims.objects.filter(reading__version__in=versions).select_related("reading").order_by("reading_id")
    return {row.reading.version_id: row for row in rows}

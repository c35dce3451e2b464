"""Whether two pictures are one flyer: the same, or the same but for the contacts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from patrol import domain
from patrol.domain import Box, ClaimKind
from patrol.engine.likeness import job, pictures
from patrol.engine.linking.marks import CONTACTS

_FEWEST_LETTERS: Final = 12  # a picture that was read and says less is a stock photograph or a logo, which strangers share


_TELLING: Final = frozenset((*CONTACTS, ClaimKind.COUNTRY, ClaimKind.POSITION, ClaimKind.PAY, ClaimKind.COMPANY, ClaimKind.LICENCE_NUMBER))


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, what it offers as far as it was read, and where on it contacts stand."""

    post: int
    sketch: pictures.Sketch
    job: job.Job
    contacts: tuple[Box, ...]


def is_stock(read: domain.Reading, place: int) -> bool:
    """Whether a picture was read and says nothing of a job, a firm or a contact: a sky, a logo. An unread one may say anything."""
    if place >= len(read.picture_texts):
        return False
    if place < len(read.code_texts) and read.code_texts[place].strip():
        return False
    if sum(sign.isalpha() for sign in read.picture_texts[place]) < _FEWEST_LETTERS:
        return True
    return not any(claim.kind in _TELLING and claim.source == f"image:{place}" for claim in read.claims)


def shown(post: int, sketch: pictures.Sketch, read: domain.Reading, place: int) -> Shown:
    sources = (f"image:{place}", f"qr:{place}")
    boxes = tuple(c.box for c in read.of(*CONTACTS) if c.source in sources and c.box is not None)
    return Shown(post, sketch, job.job(read, sources[0]), boxes)


def is_same(one: Shown, other: Shown) -> bool:
    found = pictures.compare(one.sketch, other.sketch)
    if found is None or one.job.is_another(other.job):
        return False
    if found.changed is None:
        return True
    if one.contacts or other.contacts:
        here, there = found.changed
        return any(_meet(box, here) for box in one.contacts) or any(_meet(box, there) for box in other.contacts)
    return found.low


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, width, height) share a point."""
    return one[0] < other[0] + other[2] and other[0] < one[0] + one[2] and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]

"""How far an archive of a page can be trusted, as its file, record, signature and time stamp are at this moment (docs/adr/0075).

Nothing of it is kept: it is said where it was looked at, and only then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.conf import settings

from patrol import models
from patrol.domain import Sentence
from patrol.evidence import checking, raw
from patrol.evidence.anchors import stamping
from patrol.evidence.archive import wacz

STAMP: Final = "time_stamp"  # kind and relation of a stamp beside its archive
STAMP_TYPE: Final = "application/timestamp-reply"
WARC_TYPE: Final = "application/warc"

MISSING: Final = Sentence("Berkasnya tidak ada.", "The file is missing.")
UNREADABLE: Final = Sentence("Berkasnya tidak dapat dibaca.", "The file cannot be read.")
CHANGED: Final = Sentence("Hash berkasnya berbeda dari catatan.", "The hash of the file differs from the record.")
RECORD: Final = Sentence("Catatannya tidak cocok dengan berkasnya.", "Its record does not match the file.")
OTHER_KEY: Final = Sentence(
    "Arsip ditandatangani dengan kunci lain daripada yang tercatat.", "The archive was signed with another key than its record names."
)
NOT_SIGNED: Final = Sentence(
    "Menurut catatan arsip ini bertanda tangan, tetapi tanda tangannya tidak ada.",
    "By its record this archive is signed, but its signature is missing.",
)
BEFORE: Final = Sentence(
    "Tidak bertanda tangan: disimpan sebagai WARC, yang tidak memuat tanda tangan.",
    "Not signed: it was kept as WARC, which holds no signature.",
)
NO_KEY: Final = Sentence(
    "Tidak bertanda tangan: menurut catatannya disimpan tanpa tanda tangan.", "Not signed: by its record it was kept without a signature."
)
STAMP_UNTRUE: Final = Sentence(
    "Stempel waktunya, atau salah satunya, tidak sah atau rusak.", "Its time stamp, or one of them, does not hold or is broken."
)
STAMP_UNLOOKED: Final = Sentence(
    "Stempel waktunya, atau salah satunya, tidak diperiksa: sertifikat otoritasnya tidak dipasang di server ini.",
    "Its time stamp, or one of them, was not looked at: the certificates of its authority are not on this server.",
)


class Level(StrEnum):
    BROKEN = "broken"
    INTACT = "intact"
    SIGNED = "signed"
    STAMPED = "stamped"


@dataclass(frozen=True, slots=True)
class Trust:
    """`why`: what is wrong where it is broken, else what keeps it from a higher level. `key`: the name of the key that signed it.
    `stamped_at`: when the first of its authorities saw it."""

    level: Level
    why: tuple[Sentence, ...] = ()
    key: str = ""
    stamped_at: datetime | None = None


def is_archive(capture: models.Capture) -> bool:
    return capture.media_type in {wacz.MEDIA_TYPE, WARC_TYPE}


def of(capture: models.Capture) -> Trust:
    """Of an archive. Reads its file twice; one query where it is signed."""
    found = checking.looked_at(capture.sha256)
    if why := _unlike(capture, found) or _unlike_within(capture):
        return Trust(Level.BROKEN, (why,))
    if key := signed_by(capture):
        return _stamped(capture, Trust(Level.SIGNED, key=key))
    return Trust(Level.INTACT, (BEFORE if capture.media_type == WARC_TYPE else NO_KEY,))


def signed_by(capture: models.Capture) -> str:
    """The name of the key by which an archive is signed, as its record says; "" where it is not."""
    return str(capture.options.get("signed_by", "")) if capture.media_type == wacz.MEDIA_TYPE else ""


def ours(key: str) -> bool | None:
    """Whether the key of this name is this server's; None where this process has none to compare with. Whoever owns files and records can
    put a key of theirs in both."""
    try:
        return key == wacz.name(wacz.private_key(Path(settings.ARCHIVE_KEY).read_bytes()).public_key())
    except (OSError, wacz.KeyFileError):
        return None


def wrong(capture: models.Capture) -> list[str]:
    """What is wrong within a file that is what its record says; nothing for what is no signed archive. In English."""
    why = _unlike_within(capture)
    return [why.en] if why else []


def _unlike(capture: models.Capture, found: tuple[int, str] | str) -> Sentence | None:
    """What of the file is not as its record says."""
    if isinstance(found, str):
        if found == checking.MISSING:
            return MISSING
        return UNREADABLE if found.startswith(checking.UNREADABLE) else CHANGED
    return RECORD if checking.wrong(capture, found) else None


def _unlike_within(capture: models.Capture) -> Sentence | None:
    """What of the parts of a WACZ and its signature is not as the list in it and the record say."""
    if capture.media_type != wacz.MEDIA_TYPE:
        return None
    try:
        key = wacz.check(raw.whole(capture.sha256)).key
    except wacz.BrokenError as error:
        return error.sentence
    except raw.EvidenceMissingError:  # gone, unreadable or changed between two looks
        return _unlike(capture, checking.looked_at(capture.sha256)) or CHANGED
    if key == signed_by(capture):
        return None
    return OTHER_KEY if key else NOT_SIGNED


def _stamped(capture: models.Capture, signed: Trust) -> Trust:
    stamps = list(capture.renditions.filter(kind=STAMP).order_by("received_at", "id"))
    if not stamps:
        return signed
    if not settings.TIMESTAMP_CA:
        return replace(signed, why=(STAMP_UNLOOKED,))
    held, untrue, unlooked = list[datetime](), False, False
    for stamp in stamps:
        try:
            held.append(stamping.held(raw.whole(stamp.sha256), raw.whole(capture.sha256), settings.TIMESTAMP_CA))
        except stamping.UnknownError:
            unlooked = True
        except (raw.EvidenceMissingError, stamping.StampError):
            untrue = True
    why = (STAMP_UNTRUE,) * untrue + (STAMP_UNLOOKED,) * unlooked
    return replace(signed, level=Level.STAMPED, stamped_at=min(held), why=why) if held else replace(signed, why=why)

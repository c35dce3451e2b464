"""Whether a preserved file is still what its record says."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from typing import Final

from patrol import models
from patrol.domain.states import ErasedState
from patrol.evidence import erasing, raw

MISSING: Final = "the file is missing"
UNREADABLE: Final = "the file cannot be read"
_AT_ONCE: Final = 1_000  # hashes a query


def removable(among: Sequence[str] | None = None) -> set[str]:
    """Files that may be gone, of all or of these: of erased posts, and no post that was not erased, profile or import needs them. Due
    counts too: whoever removes a file may die before saying so."""
    erased = models.ErasedFile.objects.exclude(state=ErasedState.KEPT)
    if among is not None:
        erased = erased.filter(sha256__in=among)
    named = list(erased.order_by("sha256").values_list("sha256", flat=True))
    return {
        sha256
        for place in range(0, len(named), _AT_ONCE)
        for sha256, (need, _posts) in erasing.needs(named[place : place + _AT_ONCE]).items()
        if not need
    }


def looked_at(sha256: str) -> tuple[int, str] | str:
    """Length and SHA3-512 of a file that is what its name says; else what is wrong with it."""
    first, second = hashlib.sha256(), hashlib.sha3_512()
    try:
        with raw.open_bytes(sha256) as file:
            length = os.fstat(file.fileno()).st_size
            while piece := file.read(1 << 20):
                first.update(piece)
                second.update(piece)
    except raw.EvidenceMissingError:
        return MISSING
    except OSError as error:
        return f"{UNREADABLE} ({type(error).__name__})"
    return (length, second.hexdigest()) if first.hexdigest() == sha256 else "the file was changed"


def wrong(capture: models.Capture, found: tuple[int, str] | str) -> list[str]:
    """`found` "": the file was erased, and only its record is left to be looked at."""
    told = []
    if isinstance(found, str):
        told += [found] if found else []
    else:
        if found[0] != capture.length:
            told.append(f"the record says {capture.length} bytes, the file has {found[0]}")
        if found[1] != capture.sha3_512:
            told.append("the file does not match the record's second hash")
    if hashlib.sha256((capture.salt + capture.sha256).encode()).hexdigest() != capture.commitment:
        told.append("the record's commitment does not hold")
    return told

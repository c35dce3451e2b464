"""The folder outside: manifests by their number, the public keys they name, time stamps beside them.

A file is written whole or not at all (`durable`). Nothing here is overwritten but by the same bytes.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from patrol.evidence import durable
from patrol.evidence.anchors import manifests
from patrol.evidence.anchors.manifests import Manifest

_THOUSAND: Final = re.compile(r"[0-9]{5,}")
_FILE: Final = re.compile(r"([0-9]{8,})\.seal")
MOST_AUTHORITIES: Final = 4  # that are asked for time stamps
_LEFT: Final = 3600.0  # seconds


def path_of(folder: Path, number: int, ending: str = "seal") -> Path:
    return folder / f"{number // 1000:05}" / f"{number:08}.{ending}"


def key_path(folder: Path, key: str) -> Path:
    return folder / "keys" / f"{key}.pem"


def write(place: Path, content: bytes) -> None:
    """Whole or not at all. Raises OSError, FileExistsError where other bytes stand there."""
    try:
        there = place.read_bytes()
    except FileNotFoundError:
        pass
    else:
        if there != content:
            raise FileExistsError(17, "another file stands there", str(place))
        return
    for left in place.parent.glob(f"{durable.BESIDE}*"):  # of a process that died here; a younger one may be another's that still writes
        with contextlib.suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()
    durable.write(place, content, mode=0o444)


def keep_key(folder: Path, key: Ed25519PublicKey) -> None:
    """Before any manifest that names it. Raises OSError."""
    write(key_path(folder, manifests.fingerprint(key)), manifests.pem(key))


def numbers(folder: Path) -> Iterator[int]:
    """Of all manifests that stand in their place, in order. Raises OSError; a folder that is not there holds none."""
    if not folder.is_dir():
        return
    for thousand in sorted((one for one in folder.iterdir() if _THOUSAND.fullmatch(one.name)), key=lambda one: int(one.name)):
        found = (_FILE.fullmatch(one.name) for one in thousand.iterdir())
        yield from sorted(number for number in (int(one[1]) for one in found if one) if number // 1000 == int(thousand.name))


def newest(folder: Path) -> int:
    """The number of the newest manifest, 0 where there is none. Raises OSError."""
    if not folder.is_dir():
        return 0
    for thousand in sorted((int(one.name) for one in folder.iterdir() if _THOUSAND.fullmatch(one.name)), reverse=True):
        found = (_FILE.fullmatch(one.name) for one in (folder / f"{thousand:05}").iterdir())
        if there := [int(one[1]) for one in found if one]:
            return max(there)
    return 0


def read(folder: Path, number: int) -> Manifest:
    """Raises OSError, ManifestError."""
    made = manifests.read(path_of(folder, number).read_bytes())
    if made.statement.number != number:
        raise manifests.ManifestError(f"it is manifest {made.statement.number}")
    return made


def key(folder: Path, name: str) -> Ed25519PublicKey:
    """The public key of this fingerprint. Raises OSError, ManifestError."""
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise manifests.ManifestError("its key is no fingerprint")
    found = manifests.public_key(key_path(folder, name).read_bytes())
    if manifests.fingerprint(found) != name:
        raise manifests.ManifestError("the file of its key holds another key")
    return found


def stamp_path(folder: Path, number: int, authority: int) -> Path:
    """Of the stamp of an authority: 00000042.tsr of the first, 00000042.2.tsr of the second."""
    return path_of(folder, number, "tsr" if authority == 0 else f"{authority + 1}.tsr")


def stamp(folder: Path, number: int, authority: int = 0) -> bytes | None:
    """The time stamp of an authority over this manifest. Raises OSError."""
    try:
        return stamp_path(folder, number, authority).read_bytes()
    except FileNotFoundError:
        return None


def stamps(folder: Path, number: int) -> dict[str, bytes]:
    """All time stamps over this manifest, by the names of their files. Raises OSError."""
    found = {stamp_path(folder, number, authority).name: stamp(folder, number, authority) for authority in range(MOST_AUTHORITIES)}
    return {name: content for name, content in found.items() if content is not None}

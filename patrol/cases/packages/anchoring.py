"""The manifests that go along: those that name what is in the package, whole, and of all behind them the statement alone.

Each statement names the one before it by hash, so that the signature of the newest stands for all of them; a list is whole or not there,
since its hash stands over all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from patrol.evidence.anchors import folder, manifests
from patrol.evidence.anchors.manifests import ManifestError, Statement
from patrol.infra.refusals import RefusedError

_BACK = 200  # manifests: so far back a time stamp is looked for
_AUTHORITIES = range(folder.MOST_AUTHORITIES)


@dataclass(frozen=True, slots=True)
class Anchors:
    """`files` by their name in the package; `key`: the fingerprint of the newest one's, "" where nothing is sealed yet."""

    key: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def anchors(rows: Iterable[int]) -> Anchors:
    """Of these rows of the log. Raises RefusedError where the folder is not to be read or holds what nobody signed."""
    place = Path(settings.ANCHOR_DIR)
    try:
        return _anchors(place, sorted(rows))
    except (OSError, ManifestError) as error:
        text = _(
            "No package was made: the folder of the seals outside cannot be read. Whoever runs the server looks: verify_evidence --anchors."
        )
        raise RefusedError("package.anchors", text) from error


def _anchors(place: Path, rows: list[int]) -> Anchors:
    chain = _statements(place)
    if not chain:
        return Anchors()
    newest = chain[-1][0]
    numbers = {newest.number}
    at = 0
    for seq in rows:
        while at < len(chain) and chain[at][0].rows < seq:
            at += 1
        if at < len(chain):
            numbers.add(chain[at][0].number)
    numbers |= _stamped(place, [one.number for one, _line in chain[: -_BACK - 1 : -1]])
    first = min(numbers)
    wanted = [(one, line) for one, line in chain if one.number >= first]
    files = {"anchors/chain.txt": b"".join(line for _one, line in wanted)}
    for number in sorted(numbers):
        made = folder.read(place, number)
        key = folder.key(place, made.statement.key)
        if not made.signed_by(key) or not made.list_holds():
            raise ManifestError("it was changed")
        files[f"anchors/keys/{made.statement.key}.pem"] = manifests.pem(key)
        files[f"anchors/{number // 1000:05}/{number:08}.seal"] = made.content()
        files |= {f"anchors/{number // 1000:05}/{name}": stamp for name, stamp in folder.stamps(place, number).items()}
    if settings.TIMESTAMP_CA:
        files["anchors/authority.pem"] = settings.TIMESTAMP_CA.encode()
    return Anchors(newest.key, files)


def _stamped(place: Path, numbers: list[int]) -> set[int]:
    """Of these, the newest first, the newest that each authority stamped."""
    found = (next((number for number in numbers if folder.stamp(place, number, one) is not None), None) for one in _AUTHORITIES)
    return {number for number in found if number is not None}


def _statements(place: Path) -> list[tuple[Statement, bytes]]:
    """Since the log was last begun anew, the oldest first. Raises OSError, ManifestError."""
    found: list[tuple[Statement, bytes]] = []
    for number in folder.numbers(place):
        with folder.path_of(place, number).open("rb") as file:
            line = file.readline()
        said = manifests.statement(line)
        if said.anew:
            found = []
        found.append((said, line))
    return found

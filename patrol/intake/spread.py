"""The items of an imported file, read once and laid out one by one, so that an import goes on where it stood without reading them again.

Two files beside the evidence, named by the import: `.items` holds an item a line, `.places` eight bytes an item, where its line begins. The
second appears when the first is whole. Both can be made again from the file itself and go when the import ends.
"""

from __future__ import annotations

import io
import json
import os
import struct
import tempfile
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from patrol import domain
from patrol.intake import pending
from patrol.intake.formats import shape

_PLACE = struct.Struct("<Q")


def _paths(key: str) -> tuple[Path, Path]:
    folder = pending.folder()
    return folder / f"{key}.items", folder / f"{key}.places"


def count(key: str) -> int | None:
    """How many items there are; None where nobody has read the file to its end yet."""
    with suppress(FileNotFoundError):
        return _paths(key)[1].stat().st_size // _PLACE.size
    return None


def lay_out(key: str, items: Iterable[shape.Item]) -> None:
    """Reads `items` to their end. Two at once do the same work; the later one's files stand. Raises OSError."""
    lines, places = _paths(key)
    made: list[Path] = []
    try:
        with ExitStack() as opened:
            written, index = (opened.enter_context(_beside(path, made)) for path in (lines, places))
            try:
                for item in items:
                    index.write(_PLACE.pack(written.tell()))
                    written.write(_line(item))
            except shape.FileRefusedError as error:
                written.write(_line(error.problem, kind="refused"))
        made[0].replace(lines)
        made[1].replace(places)
    except BaseException:
        for left in made:
            left.unlink(missing_ok=True)
        raise


def items(key: str, start: int) -> Generator[shape.Item]:
    """The items from the one at `start`. Raises FileRefusedError where the file broke off, FileNotFoundError where nothing is laid out."""
    lines, places = _paths(key)
    with places.open("rb") as index, lines.open("rb") as written:
        index.seek(start * _PLACE.size)
        place = index.read(_PLACE.size)
        if place:
            written.seek(*_PLACE.unpack(place))
        else:
            _after_the_last(index, written)
        for line in written:
            kind, value = json.loads(line)
            if kind == "refused":
                raise shape.FileRefusedError(_problem(value))
            yield _MADE[kind](value)


def _after_the_last(index: BinaryIO, written: BinaryIO) -> None:
    if index.seek(0, io.SEEK_END):
        index.seek(-_PLACE.size, io.SEEK_END)
        written.seek(*_PLACE.unpack(index.read(_PLACE.size)))
        written.readline()


def drop(key: str) -> None:
    for path in reversed(_paths(key)):
        path.unlink(missing_ok=True)


def _beside(path: Path, made: list[Path]) -> BinaryIO:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    made.append(Path(name))
    return os.fdopen(handle, "wb")


# --- an item as a line ------------------------------------------------------------------------------


def _line(item: shape.Item, *, kind: str = "") -> bytes:
    match item:
        case domain.RawPost():
            # Not asdict: it would copy the mapping of unknown fields, which cannot be copied.
            value = {name: getattr(item, name) for name in item.__dataclass_fields__}
            value["media"] = [asdict(one) for one in item.media]
            kind = "post"
        case domain.Problem():
            value = asdict(item)
            kind = kind or "problem"
        case shape.Left():
            value = asdict(item)
            kind = "left"
    return json.dumps([kind, value], default=_said).encode() + b"\n"  # ASCII: half letters of a broken file come back as they were


def _said(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "items"):  # a mapping that cannot be changed
        return dict(value.items())
    return str(value)


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _post(value: dict[str, Any]) -> domain.RawPost:
    return domain.RawPost(
        **{
            **value,
            "posted_at": _moment(value["posted_at"]),
            "collected_at": _moment(value["collected_at"]),
            "links": tuple(value["links"]),
            "also": tuple(value["also"]),
            "media": tuple(domain.MediaReference(**one) for one in value["media"]),
        }
    )


def _problem(value: dict[str, Any]) -> domain.Problem:
    return domain.Problem(**{**value, "sentence": domain.Sentence(**value["sentence"])})


def _left(value: dict[str, Any]) -> shape.Left:
    return shape.Left(**{**value, "kind": domain.Sentence(**value["kind"])})


_MADE: dict[str, Callable[[Any], shape.Item]] = {"post": _post, "problem": _problem, "left": _left}

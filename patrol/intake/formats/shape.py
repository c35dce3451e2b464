"""What every reader of a file shares: what it is handed, what it yields, and how it says no.

Pure: a seekable binary file in, posts and problems out. No Django, no database, no network.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from patrol import domain

ATTACHED = "attached:"  # MediaReference.url of a file that lies in the same archive: the rest is the member's name
NOWHERE = "none"  # a column of the mapping that was deliberately left empty


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose where the file does not say it. Kept with the import, so that it can be repeated."""

    zone: str = "Asia/Jakarta"  # of times written without one
    order: str = ""  # "dmy", "mdy": how 03/04/26 is read; "" lets the file decide
    chat: str = ""  # name of the chat; "" takes it from the file's name
    platform: str = ""  # domain.Platform, where neither a column nor an address says it
    columns: Mapping[str, str] = domain.NOTHING  # table.FIELDS -> name of a column

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Options:
        """From JSON, a command's argument or a row. Raises FileRefusedError for what no reader knows."""
        unknown = sorted(set(kept) - {"zone", "order", "chat", "platform", "columns"})
        if unknown:
            raise refused("option_unknown", f"Pilihan tidak dikenal: {unknown[0]}.", f"Unknown option: {unknown[0]}.")
        columns = kept.get("columns") or {}
        if not isinstance(columns, Mapping) or not all(isinstance(part, str) for part in (*columns, *columns.values())):
            raise refused("columns_wrong", "Pemetaan kolom tidak terbaca.", "The mapping of columns cannot be read.")
        options = cls(
            zone=str(kept.get("zone") or "Asia/Jakarta"),
            order=str(kept.get("order") or ""),
            chat=str(kept.get("chat") or "")[:200],
            platform=str(kept.get("platform") or ""),
            columns=dict(columns),
        )
        options.tz()
        if options.order not in {"", "dmy", "mdy"}:
            raise refused("order_unknown", "Urutan tanggal tidak dikenal.", "Unknown order of day and month.")
        if options.platform and options.platform not in set(domain.Platform):
            raise refused("platform_unknown", "Platform tidak dikenal.", "Unknown platform.")
        return options

    def json(self) -> dict[str, Any]:
        return {"zone": self.zone, "order": self.order, "chat": self.chat, "platform": self.platform, "columns": dict(self.columns)}

    def tz(self) -> ZoneInfo:
        """Raises FileRefusedError."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise refused("zone_unknown", "Zona waktu tidak dikenal.", "Unknown time zone.") from None


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was uploaded. `name` is a hint (of a chat), never the reason for a decision about the format."""

    content: BinaryIO
    name: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is no post and is left out by name: counted, never an error."""

    kind: domain.Sentence
    where: str = ""


type Item = domain.RawPost | domain.Problem | Left


@dataclass(frozen=True, slots=True)
class Peek:
    """The beginning of a file, for recognising it."""

    text: str  # first 256 KB, decoded; "" for an archive
    members: tuple[str, ...] = ()  # names in an archive
    is_archive: bool = False


class FileRefusedError(Exception):
    """A file that cannot be read at all. `problem` says why in words an officer understands."""

    def __init__(self, problem: domain.Problem) -> None:
        super().__init__(f"{problem.code}: {problem.sentence.en}")
        self.problem = problem


class Format(Protocol):
    """What a module in `imports/` offers; `imports.FORMATS` lists them."""

    NAME: str  # an identifier for ever: stands in Intake.format
    TITLE: domain.Sentence
    ASKS: tuple[str, ...]  # fields of Options the form asks for

    def recognises(self, peek: Peek) -> bool:
        """By content, never by the file's name."""

    def read(self, file: File, options: Options) -> Generator[Item]:
        """In the file's order, the same each time. Bad rows are Problems with `where`. Raises FileRefusedError."""


def problem(code: str, id: str, en: str, where: str = "") -> domain.Problem:  # noqa: A002 -- the language, as in Sentence
    """Permanent: the same file says the same next time."""
    return domain.Problem(code, domain.Sentence(id=id, en=en), permanent=True, where=where)


def refused(code: str, id: str, en: str) -> FileRefusedError:  # noqa: A002
    return FileRefusedError(problem(code, id, en))


def line(number: int) -> str:
    """`Problem.where` and `RawPost.locator` of a line or row, counted from 1 as editors and spreadsheets do."""
    return f"line:{number}"

"""Files from outside, opened carefully: encodings, lines without end, archives that lie about their size or their paths."""

from __future__ import annotations

import codecs
import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from patrol import domain
from patrol.intake.formats import shape

MAX_BYTES = 256 * 1024 * 1024  # of an uploaded file
MAX_LINE = 4_000_000  # characters; a Zeeschuimer line of a long comment thread has some 300,000
PEEK_BYTES = 256 * 1024
MAX_MEMBERS = 20_000
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
MAX_RATIO = 200  # of text; honest chats and tables stay below 30
MAX_ATTACHMENT = 20 * 1024 * 1024

TOO_LONG = "\x00"  # what stands for a line that was longer than MAX_LINE


def peek(file: shape.File) -> shape.Peek:
    """Raises FileRefusedError for an empty or oversized file and for an archive that is not to be opened."""
    size = file.content.seek(0, io.SEEK_END)
    file.content.seek(0)
    if size == 0:
        raise shape.refused("file_empty", "Berkas kosong.", "The file is empty.")
    if size > MAX_BYTES:
        raise shape.refused(
            "file_too_large",
            f"Berkas lebih besar dari {MAX_BYTES // 2**20} MB. Bagilah menjadi beberapa berkas.",
            f"The file is larger than {MAX_BYTES // 2**20} MB. Split it into several files.",
        )
    head = file.content.read(PEEK_BYTES)
    file.content.seek(0)
    if head[:2] == b"PK":
        with archive(file) as opened:
            return shape.Peek("", tuple(opened.namelist()), is_archive=True)
    text = codecs.getincrementaldecoder(_encoding_of(head, whole=False))("replace").decode(head)
    return shape.Peek(text.lstrip("\ufeff"))


def _encoding_of(head: bytes, *, whole: bool) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    # UTF-16 without a mark: every other byte of western letters is zero.
    sample = head[:4096]
    if len(sample) >= 4:
        for name, zeros, letters in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
            if zeros.count(0) > 0.7 * len(zeros) and letters.count(0) < 0.1 * len(letters):
                return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def encoding(file: shape.File) -> str:
    """utf-8(-sig), utf-16, else cp1252 (Excel on an Indonesian Windows). Looks at the whole file once."""
    file.content.seek(0)
    found = _encoding_of(file.content.read(PEEK_BYTES), whole=False)
    if found == "utf-8":
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.content.seek(0)
        try:
            while block := file.content.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            # One broken byte in a file of valid multi-byte letters is damage, not another encoding.
            found = "utf-8" if _mostly_utf8(file) else "cp1252"
    file.content.seek(0)
    return found


def _mostly_utf8(file: shape.File) -> bool:
    file.content.seek(0)
    text = file.content.read(8 << 20).decode("utf-8", "replace")
    broken = text.count("�")
    return sum(letter > "\x7f" for letter in text) - broken > broken


@contextmanager
def text(file: shape.File) -> Iterator[io.TextIOWrapper]:
    """The file as text, from its beginning; undecodable bytes become U+FFFD. The file itself stays open."""
    found = encoding(file)
    wrapper = io.TextIOWrapper(file.content, found, "replace", newline="")
    try:
        yield wrapper
    finally:
        if not file.content.closed:
            wrapper.detach()


def lines(wrapper: io.TextIOBase) -> Iterator[tuple[int, str]]:
    """(number from 1, line without its end). A line past MAX_LINE is read over in pieces and given as TOO_LONG."""
    number = 0
    while piece := wrapper.readline(MAX_LINE):
        number += 1
        if len(piece) < MAX_LINE or piece.endswith("\n"):
            yield number, piece.rstrip("\r\n")
            continue
        while rest := wrapper.readline(MAX_LINE):
            if rest.endswith("\n"):
                break
        yield number, TOO_LONG


def too_long(number: int) -> domain.Problem:
    return shape.problem(
        "line_too_long", "Baris ini terlalu panjang dan dilewati.", "This line is too long and was skipped.", shape.line(number)
    )


@contextmanager
def archive(file: shape.File) -> Iterator[zipfile.ZipFile]:
    """A zip whose directory was looked at first: sizes, ratios, names. Nothing is ever unpacked to disk. Raises FileRefusedError."""
    file.content.seek(0)
    try:
        opened = zipfile.ZipFile(file.content)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, UnicodeDecodeError):
        raise _broken() from None
    try:
        _looked_at(opened)
        yield opened
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zipfile.zlib.error, NotImplementedError) as error:  # type: ignore[attr-defined]
        raise _broken() from error
    finally:
        opened.close()


def _broken() -> shape.FileRefusedError:
    return shape.refused("archive_broken", "Berkas zip rusak atau terpotong.", "The zip file is damaged or cut short.")


def _looked_at(opened: zipfile.ZipFile) -> None:
    members = opened.infolist()
    if len(members) > MAX_MEMBERS:
        raise shape.refused(
            "archive_too_many", f"Zip berisi lebih dari {MAX_MEMBERS} berkas.", f"The zip holds more than {MAX_MEMBERS} files."
        )
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _bomb()
    for member in members:
        if member.file_size > 1 << 20 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _bomb()
        if member.flag_bits & 1:
            raise shape.refused(
                "archive_locked", "Zip ini berkata sandi. Unggah yang tanpa kata sandi.", "The zip has a password. Upload one without."
            )
        path = PurePosixPath(member.filename.replace("\\", "/"))
        link = stat.S_ISLNK(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or "\0" in member.filename or link:
            raise shape.refused(
                "archive_path",
                "Zip berisi nama berkas yang mencurigakan dan ditolak.",
                "The zip holds suspicious file names and is refused.",
            )


def _bomb() -> shape.FileRefusedError:
    return shape.refused(
        "archive_bomb",
        "Isi zip jauh lebih besar daripada berkasnya; zip ini ditolak.",
        "The zip's content is far larger than the file; it is refused.",
    )


@contextmanager
def member(file: shape.File, name: str) -> Iterator[shape.File]:
    """One text member as a file of its own, seekable. Raises FileRefusedError."""
    with archive(file) as opened:
        if opened.getinfo(name).file_size > MAX_BYTES:
            raise _bomb()
        with opened.open(name) as stream:
            yield shape.File(stream, file.name)  # type: ignore[arg-type]


def attachment(opened: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a picture in the archive; None where it is missing, too large, or damaged. Never more than MAX_ATTACHMENT."""
    try:
        with opened.open(name) as stream:
            content = stream.read(MAX_ATTACHMENT + 1)
    except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return None
    return content if 0 < len(content) <= MAX_ATTACHMENT else None

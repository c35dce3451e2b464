"""A chat exported from WhatsApp ("Ekspor chat"), as text or as a zip with its media.

Nothing in it has an address, so a message is known by chat, minute, sender and text (ADR 24): a later, longer export of the same chat
and one from another kind of phone meet the first. Times are the phone's own; its zone is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

from patrol import domain
from patrol.intake.formats import files, joining, shape, whatsapp_lines

NAME = "whatsapp"
TITLE = domain.Sentence(id="Ekspor chat WhatsApp", en="WhatsApp chat export")
ASKS: tuple[str, ...] = ("chat", "zone", "order")

MAX_MESSAGE = 200_000  # characters; WhatsApp allows 65,536: beyond lies a file that is none
_LEFT_SYSTEM = domain.Sentence(id="catatan WhatsApp (bukan pesan)", en="notices of WhatsApp (no messages)")
_LEFT_OMITTED = domain.Sentence(id="media yang tidak ikut diekspor", en="media left out of the export")
_LEFT_DELETED = domain.Sentence(id="pesan yang sudah dihapus", en="deleted messages")
_LEFT_EMPTY = domain.Sentence(id="pesan kosong", en="empty messages")

_KINDS = {
    "photo": {"jpg", "jpeg", "png", "webp", "heic", "gif"},
    "video": {"mp4", "3gp", "mov", "m4v"},
    "voice": {"opus", "ogg", "m4a", "mp3", "aac", "amr"},
}
_FILE_NAME = re.compile(
    r"^(?:chat whatsapp dengan|obrolan whatsapp dengan|percakapan whatsapp dengan|whatsapp chat with|whatsapp chat -|chat whatsapp -"
    r"|obrolan whatsapp -|_chat$|_chat\b)\s*",
    re.IGNORECASE,
)


def recognises(peek: shape.Peek) -> bool:
    if peek.is_archive:
        return _chat_member(peek.members) is not None
    return whatsapp_lines.shape_of(whatsapp_lines.clean(line) for line in peek.text.splitlines()[:50]) is not None


def _chat_member(members: tuple[str, ...]) -> str | None:
    """The text of the chat at the top of the archive, which may hold texts people sent each other as well; None where it cannot be told."""
    if "[Content_Types].xml" in members:
        return None
    texts = [name for name in members if name.lower().endswith(".txt") and "/" not in name]
    named = [name for name in texts if _FILE_NAME.match(whatsapp_lines.clean(PurePath(name).stem).strip())]
    found = texts if len(texts) == 1 else named
    return found[0] if len(found) == 1 else None


def chat_name(file_name: str) -> str:
    """ "Chat WhatsApp dengan Info Kerja (2).txt" -> "Info Kerja"; "" for a name that tells nothing (`_chat.txt`)."""
    stem = re.sub(r"(?:\.(?:txt|zip))+$", "", PurePath(file_name.replace("\\", "/")).name, flags=re.IGNORECASE)
    stem = re.sub(r"\s*\(\d{1,2}\)$", "", stem.replace("_", " ") if stem.lower().startswith(("chat_", "whatsapp_")) else stem)
    named = _FILE_NAME.sub("", whatsapp_lines.clean(stem).strip())
    return named.strip()[:200] if named != stem.strip() else ""


@contextmanager
def _opened(file: shape.File) -> Iterator[tuple[shape.File, frozenset[str]]]:
    peek = files.peek(file)
    if not peek.is_archive:
        yield file, frozenset()
        return
    name = _chat_member(peek.members)
    if name is None:
        raise shape.refused("no_chat", "Zip ini tidak berisi satu chat (.txt).", "The zip does not hold one chat (.txt).")
    with files.member(file, name) as inside:
        yield inside, frozenset(peek.members)


def read(file: shape.File, options: shape.Options) -> Generator[shape.Item]:
    """Two passes: the first decides how the dates are written. Raises FileRefusedError (no_messages, day_order_unknown)."""
    with _opened(file) as (content, members):
        pattern, order = _decided(content, options)
        chat = options.chat.strip() or chat_name(file.name)
        if not chat:
            raise shape.refused(
                "chat_unnamed",
                "Nama chat tidak ada di nama berkas. Tulis nama grup atau lawan bicaranya.",
                "The file's name does not tell the chat. Write the name of the group or person.",
            )
        reader = _Reader(chat, order, options.tz(), members)
        for number, start, text in _messages(content, pattern):
            yield reader.item(number, start, text)


def _decided(content: shape.File, options: shape.Options) -> tuple[re.Pattern[str], str]:
    with files.text(content) as wrapper:
        pattern = whatsapp_lines.shape_of(whatsapp_lines.clean(line) for _number, line in files.lines(wrapper))
    if pattern is None:
        raise shape.refused("no_messages", "Tidak ada pesan WhatsApp di berkas ini.", "There is no WhatsApp message in this file.")
    days = whatsapp_lines.DayOrder()
    with files.text(content) as wrapper:
        for _number, line in files.lines(wrapper):
            start = whatsapp_lines.begun(whatsapp_lines.clean(line), pattern)
            if start:
                days.add(start)
    order = days.decided() if not options.order or days.year_first == days.seen else options.order
    if not order:
        raise shape.refused(
            "day_order_unknown",
            "Berkas tidak menunjukkan mana tanggal dan mana bulan (misalnya 03/04/26). Pilih urutannya.",
            "The file does not tell day from month (such as 03/04/26). Choose the order.",
        )
    return pattern, order


def _messages(content: shape.File, pattern: re.Pattern[str]) -> Iterator[tuple[int, whatsapp_lines.Begun | None, str]]:
    """(line the message begins on, its beginning, its whole text). None: a line before the first message, or one too long."""
    at, start, parts, size = 0, None, [], 0
    with files.text(content) as wrapper:
        for number, line in files.lines(wrapper):
            cleaned = whatsapp_lines.clean(line)
            fresh = whatsapp_lines.begun(cleaned, pattern)
            if fresh:
                if start:
                    yield at, start, "\n".join(parts)
                at, start, parts, size = number, fresh, [fresh.rest[:MAX_MESSAGE]], len(fresh.rest) + 1
            elif line == files.TOO_LONG or start is None:
                yield number, None, line
            elif size < MAX_MESSAGE:
                parts.append(cleaned[: MAX_MESSAGE - size])
                size += len(cleaned) + 1
    if start:
        yield at, start, "\n".join(parts)


class _Reader:
    """Counts messages that nothing else tells apart: the second "up" of one sender in one minute is a second message. Minutes may come
    out of order (a telephone that was offline), so all are remembered; an export holds 40,000 messages at most."""

    def __init__(self, chat: str, order: str, zone: ZoneInfo, members: frozenset[str]) -> None:
        self.chat, self.order, self.zone, self.members = chat, order, zone, members
        self._same: Counter[str] = Counter()

    def item(self, number: int, start: whatsapp_lines.Begun | None, whole: str) -> shape.Item:
        where = shape.line(number)
        if start is None:
            left = shape.Left(_LEFT_EMPTY if not whole.strip() else _LEFT_SYSTEM, where)
            return files.too_long(number) if whole == files.TOO_LONG else left
        parted = whatsapp_lines.sender_of(whole)
        if parted is None:
            return shape.Left(_LEFT_SYSTEM, where)
        day = whatsapp_lines.day(start.date, self.order)
        if day is None:
            return shape.problem(
                "bad_date", f"Tanggal “{start.written[:40]}” tidak terbaca.", f"The date “{start.written[:40]}” cannot be read.", where
            )
        said = whatsapp_lines.said(parted[1])
        if not said.text and not said.attached:
            return shape.Left(_LEFT_DELETED if said.deleted else _LEFT_OMITTED if said.omitted else _LEFT_EMPTY, where)
        return self._post(parted[0], said, datetime(*day, *start.clock, tzinfo=self.zone).astimezone(UTC), start.written, where)

    def _post(self, sender: str, said: whatsapp_lines.Said, at: datetime, written: str, where: str) -> domain.RawPost:
        number, name = whatsapp_lines.author_of(sender)
        key = joining.message(self.chat, at, number or name, said.text)
        self._same[key] += 1
        media = [domain.MediaReference(_kind(file), shape.ATTACHED + file if file in self.members else "") for file in said.attached]
        if said.omitted:
            media.append(domain.MediaReference("document"))
        return domain.RawPost(
            platform=domain.Platform.WHATSAPP,
            external_id=key if self._same[key] == 1 else f"{key}-{self._same[key]}",
            url="",
            text=said.text,
            author=number,
            author_name=name,
            posted_at=at,
            posted_at_source=written,
            edited=said.edited,
            origin=self.chat,
            media=tuple(media),
            locator=where,
        )


def _kind(name: str) -> str:
    end = name.rpartition(".")[2].lower()
    if end == "webp" and name.upper().startswith(("STK", "STICKER")):
        return "sticker"
    return next((kind for kind, ends in _KINDS.items() if end in ends), "document")

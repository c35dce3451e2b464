"""Lines of a WhatsApp chat export: where a message begins, when, and what the line means.

Written from exports of Android and iPhone in Indonesian and English. Android: `12/11/26 14.05 - Nama: teks`, with or without a comma,
with AM/PM behind a narrow no-break space. iPhone: `[12/11/26 14.05.33] Nama: teks`. Both strew direction marks about. A text that holds
such a line of its own cannot be told from a message: the export has no quoting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])

_WHEN = (
    r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4}),?[ \u00a0\u202f](?:pukul |at )?"
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[ \u00a0]?[Mm]\.?)?"
)
ANDROID = re.compile(_WHEN + r" [-–] (?P<rest>.*)", re.DOTALL)
IPHONE = re.compile(r"\[" + _WHEN + r"\] ?(?P<rest>.*)", re.DOTALL)

_ATTACHED = (
    re.compile(r"(?P<name>[^\n/\\]{1,250}\.\w{2,5}) \((?:file terlampir|file attached|berkas terlampir)\)(?:\n|$)"),
    re.compile(r"<(?:attached|terlampir): (?P<name>[^>\n/\\]{1,250})>(?:\n|$)"),
)
_OMITTED = re.compile(
    r"<(?:media tidak disertakan|media omitted)>"
    r"|(?:(?:image|video|audio|gif|sticker|document|contact card|video note|gambar|foto|stiker|dokumen|kartu kontak|catatan video)"
    r" (?:omitted|tidak disertakan|dihilangkan))",
    re.IGNORECASE,
)
_EDITED = re.compile(r"<(?:pesan ini diedit|pesan ini telah diedit|this message was edited)\.?>\s*$", re.IGNORECASE)
_DOCUMENT = re.compile(r" (?:document omitted|dokumen tidak disertakan)$", re.IGNORECASE)  # behind a bullet, which stands behind its name
_DELETED = re.compile(
    r"(?:pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini|this message was deleted|you deleted this message"
    r"|pesan ini dihapus oleh admin .*|this message was deleted by admin .*)\.?",
    re.IGNORECASE,
)
_NULL = re.compile(r"null|pesan sekali lihat.*|view once message.*|menunggu pesan ini.*|waiting for this message.*", re.IGNORECASE)

# Lines WhatsApp writes itself. Most have no "name: " at all; these may hold a colon, in a name or a subject.
_SYSTEM = re.compile(
    r"(?:pesan dan (?:panggilan|telepon) (?:dienkripsi|terenkripsi)|messages and calls are end-to-end encrypted"
    r"|messages to this (?:chat|group) are|.{1,80}? (?:mengubah (?:subjek|ikon|deskripsi|setelan|nama|pengaturan)"
    r"|changed (?:the|this group's|their) (?:subject|group|phone|icon|description|settings)"
    r"|membuat (?:grup|komunitas)|created (?:group|this group|community)|menambahkan|added|mengeluarkan|removed|keluar\b|left\b"
    r"|bergabung|joined|telah berganti nomor|changed to|menyematkan pesan|pinned a message|mengaktifkan|turned (?:on|off)"
    r"|memperbarui durasi pesan|updated the message timer|mengganti (?:subjek|nama|ikon|deskripsi)"
    r"|memulai panggilan|started a call|meminta untuk bergabung|requested to join|sekarang menjadi admin|(?:is|are) now an admin)"
    r"|anda (?:ditambahkan|bergabung|dikeluarkan|sekarang)|you (?:joined|were added|were removed|'re now an admin|are now an admin)"
    r"|pesan sementara (?:di|telah )|disappearing messages"
    r"|kode keamanan|your security code|security code changed|panggilan (?:suara|video) tak terjawab|missed (?:voice|video) call)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d ()./-]{7,20}\d")


@dataclass(frozen=True, slots=True)
class Begun:
    """The first line of a message."""

    date: tuple[int, int, int]  # as written, in the order it was written
    clock: tuple[int, int, int]  # hour of 24, minute, second
    written: str  # date and time as the phone wrote them
    rest: str


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind "name: "."""

    text: str
    attached: tuple[str, ...] = ()
    omitted: bool = False
    edited: bool = False
    deleted: bool = False


def clean(line: str) -> str:
    return line.translate(_MARKS)


def begun(line: str, shape: re.Pattern[str]) -> Begun | None:
    """None for a line that goes on with the message before."""
    match = shape.match(line)
    if match is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    written = line[: match.start("rest")].strip(" []-–")
    return Begun((int(match["a"]), int(match["b"]), int(match["c"])), (hour, minute, second), written, match["rest"])


def shape_of(lines: Iterable[str]) -> re.Pattern[str] | None:
    """Android's or the iPhone's way, by the first line that begins a message. A file has one of them."""
    for line in lines:
        for shape in (IPHONE, ANDROID):
            if begun(line, shape):
                return shape
    return None


def sender_of(rest: str) -> tuple[str, str] | None:
    """(sender, text); None for a line WhatsApp wrote itself."""
    if _SYSTEM.match(rest):
        name, colon, text = rest.partition(": ")
        # "Budi menambahkan: …" is a sentence about Budi; "Budi: Anda bergabung?" was already told apart by the colon's place.
        if not colon or _SYSTEM.match(name) or not text:
            return None
    name, colon, text = rest.partition(":")
    if not colon or len(name) > 100 or "\n" in name:
        return None
    if _SYSTEM.match(text.strip()) and not name.strip().startswith("+") and _is_notice(text):
        return None
    return name.strip(), text.removeprefix(" ")


def _is_notice(text: str) -> bool:
    """The iPhone puts the group's name before some of its own lines."""
    return re.match(r"\s*(?:pesan dan|messages and calls|messages to this)", text, re.IGNORECASE) is not None


def said(text: str) -> Said:
    """What a message holds, WhatsApp's own words taken out. No pattern here goes over all of the text anew from each place."""
    mark = _EDITED.search(text)
    edited = mark is not None
    rest = text[: mark.start()].rstrip() if mark else text
    if _DELETED.fullmatch(rest.strip()):
        return Said("", deleted=True)
    attached: list[str] = []
    for shape in _ATTACHED:
        attached.extend(match["name"].strip() for match in shape.finditer(rest))
        rest = shape.sub("", rest)
    first, newline, more = rest.strip().partition("\n")
    omitted = _OMITTED.fullmatch(first.strip()) is not None
    if not omitted and (document := _DOCUMENT.search(first)) and (bullet := re.search(r" [•·] ", first[: document.start()])):
        return Said("\n".join(filter(None, (first[: bullet.start()], more))), omitted=True, edited=edited)
    if omitted:
        rest = more if newline else ""
    if _NULL.fullmatch(rest.strip()):
        return Said("", omitted=True)
    return Said(rest.strip(), tuple(attached), omitted, edited)


def author_of(sender: str) -> tuple[str, str]:
    """(number in E.164, name). The number where the export shows one, else "": a saved name is no account."""
    name = sender.strip().removeprefix("~").strip(" \u00a0\u202f")
    if _PHONE.fullmatch(name):
        digits = re.sub(r"\D", "", name)
        if name.startswith("+"):
            return f"+{digits}", ""
        if digits.startswith("0"):
            return f"+62{digits[1:]}", ""  # a number written the home way stands in an Indonesian phone
        return f"+{digits}", ""
    return "", name


# --- which number is the day ----------------------------------------------------------------------


@dataclass(slots=True)
class DayOrder:
    """Collects the dates of a whole file, in its order, to decide how they are to be read."""

    first_over_12: int = 0
    second_over_12: int = 0
    year_first: int = 0
    backwards_dmy: int = 0
    backwards_mdy: int = 0
    dotted: int = 0  # times written 14.05: only phones set to Indonesian or German do
    seen: int = 0
    _last_dmy: tuple[int, ...] = ()
    _last_mdy: tuple[int, ...] = ()

    def add(self, start: Begun) -> None:
        a, b, c = start.date
        self.seen += 1
        if a > 31:
            self.year_first += 1
            return
        self.first_over_12 += a > 12
        self.second_over_12 += b > 12
        self.dotted += ":" not in start.written
        dmy, mdy = (c, b, a, *start.clock), (c, a, b, *start.clock)
        self.backwards_dmy += dmy < self._last_dmy
        self.backwards_mdy += mdy < self._last_mdy
        self._last_dmy, self._last_mdy = dmy, mdy

    def decided(self) -> str:
        """ "ymd", "dmy", "mdy", or "" where the file does not say: messages stand in order, so the reading that runs backwards is wrong."""
        if self.year_first:
            return "ymd" if self.year_first == self.seen else ""
        if self.first_over_12 and self.second_over_12:
            return ""
        if self.first_over_12 or self.second_over_12:
            return "dmy" if self.first_over_12 else "mdy"
        if self.dotted == self.seen:
            return "dmy"
        if self.backwards_dmy != self.backwards_mdy:
            return "dmy" if self.backwards_dmy < self.backwards_mdy else "mdy"
        return ""


def day(date: tuple[int, int, int], order: str) -> tuple[int, int, int] | None:
    """(year, month, day); None where the order does not fit this date, or the day has no neighbour in every zone."""
    a, b, c = date
    year, month, number = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    year += 2000 if year < 100 else 0
    try:
        day = datetime(year, month, number)  # noqa: DTZ001 -- only asks whether there is such a day, and those beside it
        _ = day - timedelta(days=1), day + timedelta(days=2)
    except (ValueError, OverflowError):
        return None
    return year, month, number

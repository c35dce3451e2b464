"""What people brought in besides what the watches found: files of other tools and what was said on the telephone (brought.toml), as it
was before anybody in an office had it. Drawn by a fixed seed.
"""

from __future__ import annotations

import csv
import io
import json
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from example import world
from example.history import adverts, places
from example.history.calendar import Span
from example.world import LAW_ZONE
from patrol import domain
from patrol.intake import formats, noted
from patrol.intake.formats import shape

_SEED: Final = 31
_TOLD: Final = tomllib.loads((Path(__file__).parent / "brought.toml").read_text(encoding="utf-8"))
_BACK: Final = timedelta(days=12)  # a file holds what was written in so many days before it was brought
_ZONE_THERE: Final = ZoneInfo("Asia/Makassar")  # of the table, which an officer in Palu wrote
_TALK: Final = tuple(adverts.BY_KEY[key] for key in ("home", "chatter", "warning"))


@dataclass(frozen=True, slots=True)
class File:
    name: str
    format: str  # of formats.FORMATS
    by: str
    day: int | None  # None the last one
    at: datetime
    content: bytes
    options: shape.Options


@dataclass(frozen=True, slots=True)
class Call:
    by: str
    day: int | None
    at: datetime
    kind: adverts.Kind
    words: str
    note: str
    place: str


@dataclass(slots=True)
class Brought:
    """All that was brought by the end of the span, in the order of its days, and what kind each post of it is of."""

    files: tuple[File, ...] = ()
    calls: tuple[Call, ...] = ()
    kinds: dict[str, adverts.Kind] = field(default_factory=dict)  # by external_id


@dataclass(frozen=True, slots=True)
class _Line:
    """One message of a chat, or row of a table."""

    at: datetime
    by: adverts.Sender
    kind: adverts.Kind
    text: str


def write(span: Span, written: places.Written) -> Brought:
    """`written`: what stands in the places, for the export of one of them. What comes on the last day comes in its last two hours."""
    brought = Brought()
    brought.files = tuple(_file(row, span, written, brought) for row in _TOLD["file"] if "day" not in row or row["day"] < span.days - 1)
    brought.calls = tuple(_call(row, span, brought) for row in _TOLD["call"] if "day" not in row or row["day"] < span.days - 1)
    return brought


def _moment(row: dict[str, Any], span: Span, *, before: timedelta, hour: int) -> datetime:
    return span.at(row["day"], hour, 25) if "day" in row else span.moment - before


def _file(row: dict[str, Any], span: Span, written: places.Written, brought: Brought) -> File:
    at, dice = _moment(row, span, before=timedelta(minutes=110), hour=9), random.Random(f"{_SEED} {row['name']}")
    lines = sorted((*_adverts(row, at, dice), *_talk(row, at, dice)), key=lambda line: (line.at, line.text))
    if row["format"] == "whatsapp":
        content, options = _chat(lines, at), shape.Options()
    elif row["format"] == "table":
        content, options = _table(lines), shape.Options(zone=_ZONE_THERE.key, platform=domain.Platform.FACEBOOK)
    else:
        content, options = (
            _export(lines, at, span, next(place for place in written.places if place.name == row["channel"])),
            shape.Options(),
        )
    file = File(row["name"], row["format"], row["by"], row.get("day"), at, content, options)
    kinds = {line.text: line.kind for line in lines}
    for item in formats.read(shape.File(io.BytesIO(content), file.name), file.format, options):
        if isinstance(item, domain.RawPost) and item.text in kinds:  # of the others the place knows the kind
            brought.kinds[item.external_id] = kinds[item.text]
    return file


def _adverts(row: dict[str, Any], at: datetime, dice: random.Random) -> list[_Line]:
    """The file's own texts in turn, one for each job."""
    texts, lines = row.get("texts", ()), []
    for number, (work, country, wage) in enumerate(_TOLD["jobs"]["lines"] if texts else ()):
        by = adverts.sender(row.get("sender", 800 + number))
        text = texts[number % len(texts)].format(
            work=work,
            country=country,
            wage=wage,
            place=dice.choice(adverts.TOWNS[row["towns"]]),
            count=dice.randint(3, 40),
            fee=dice.randint(2, 9),
            phone=by.phone,
            name=by.name,
        )
        lines.append(_Line(_before(at, dice), by, adverts.BY_KEY[row["kinds"][number % len(texts)]], text[0].upper() + text[1:]))
    return lines


def _talk(row: dict[str, Any], at: datetime, dice: random.Random) -> list[_Line]:
    """What else people wrote there."""
    lines = []
    for number in range(row.get("chatter", 0)):
        kind, by = _TALK[number % len(_TALK)], adverts.sender(850 + number)
        lines.append(_Line(_before(at, dice), by, kind, adverts.write(kind, dice.choice(adverts.TOWNS[row["towns"]]), by, dice)))
    return lines


def _before(at: datetime, dice: random.Random) -> datetime:
    return at - timedelta(hours=1) - dice.randint(0, _BACK // timedelta(minutes=1)) * timedelta(minutes=1)


def _chat(lines: Sequence[_Line], at: datetime) -> bytes:
    """As a telephone set to Indonesian exports a chat: with its own notices, media left out, and two dates that no calendar has."""
    told = [(at - 2 * _BACK, "Pesan dan panggilan dienkripsi secara end-to-end. Hanya orang di chat ini yang dapat membacanya.")]
    told += [(line.at, f"{line.by.name}: {line.text}") for line in lines]
    told.insert(4, (told[4][0], "Kak Rekaan: <Media tidak disertakan>"))
    rows = [f"{when.astimezone(LAW_ZONE):%d/%m/%y %H.%M} - {said}" for when, said in told]
    rows[9:9] = [f"31/02/26 {hour:02d}.00 - Mas Misal: Teruskan ke grup sebelah ya." for hour in (9, 10)]
    return ("\n".join(rows) + "\n").encode()


def _table(lines: Sequence[_Line]) -> bytes:
    """As an officer writes down what hung at a job fair's page: one row without words, one with a day no calendar has, one with a name
    where the address belongs.
    """
    rows = [
        [f"{line.at.astimezone(LAW_ZONE):%d/%m/%Y %H:%M}", "Grup Bursa Kerja Palu (contoh)", line.by.name, line.text, ""] for line in lines
    ]
    rows.insert(5, [rows[5][0], rows[5][1], "Bu Andai", "", ""])
    rows.insert(12, ["31/02/2026 10:00", rows[5][1], "Pak Misal", "Meja kami di sebelah kiri pintu masuk.", ""])
    rows.insert(19, [rows[5][0], rows[5][1], "Mas Umpama", "Brosur ada di meja kami.", "lihat meja 7"])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["waktu", "grup", "nama", "isi", "tautan"])
    writer.writerows(rows)
    return out.getvalue().encode()


def _export(lines: Sequence[_Line], at: datetime, span: Span, place: world.Place) -> bytes:
    """As Telegram Desktop exports a channel: what the watch has already, what was written before it, and one message cut in half."""
    posts = [(int(post.key), span.moment - post.age, post.text) for post in place.real_posts if span.moment - post.age < at]
    first, began = (posts[0][0], posts[0][1]) if posts else (len(lines) + 2, at)
    older = [
        (first - len(lines) + number, began - timedelta(hours=7 * (len(lines) - number)), line.text) for number, line in enumerate(lines)
    ]
    messages: list[dict[str, Any]] = [
        {
            "id": number,
            "type": "message",
            "date": f"{when.astimezone(LAW_ZONE):%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": str(int(when.timestamp())),
            "from": place.title,
            "from_id": f"channel{place.number}",
            "text": text,
            "text_entities": [{"type": "plain", "text": text}],
        }
        for number, when, text in (*older, *posts)
    ]
    messages.insert(0, {"id": 1, "type": "service", "date_unixtime": messages[0]["date_unixtime"], "action": "create_channel", "text": ""})
    messages.insert(4, {"type": "message", "date_unixtime": messages[0]["date_unixtime"], "text": "Pesan yang terpotong."})
    told = {"name": place.title, "type": "public_channel", "id": place.number, "messages": messages}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _call(row: dict[str, Any], span: Span, brought: Brought) -> Call:
    by = adverts.sender(row["ring"] if "ring" in row else row["number"])
    kind, words = adverts.BY_KEY[row["kind"]], row["words"].format(phone=by.phone, name=by.name)
    brought.kinds[noted.raw_post(words).external_id] = kind
    return Call(
        row["by"], row.get("day"), _moment(row, span, before=timedelta(minutes=70), hour=11), kind, words, row["note"], row["place"]
    )

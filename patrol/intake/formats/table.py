"""Any table (CSV, XLSX, JSON lines) by a mapping of its columns, proposed from their names and chosen by a person."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, tzinfo

from patrol import domain, sources
from patrol.engine.sheets import written
from patrol.intake.formats import files, joining, rows, shape, times
from patrol.sources.shared import spoken

NAME = "table"
TITLE = domain.Sentence(id="Tabel (CSV, XLSX, JSONL)", en="Table (CSV, XLSX, JSONL)")
ASKS: tuple[str, ...] = ("columns", "platform", "zone", "order")

MIN_ID = 8  # characters; a shorter one counts the rows of its table, and two tables would share it

# What a column may be, and the names people give such a column, in Indonesian and English. The first named wins.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "teks",
        "text",
        "isi",
        "isi unggahan",
        "isi postingan",
        "unggahan",
        "postingan",
        "body",
        "caption",
        "content",
        "konten",
        "pesan",
        "message",
        "deskripsi",
        "description",
        "full_text",
        "narasi",
        "keterangan",
        "iklan",
    ),
    "title": ("judul", "title", "judul video", "video title", "nama video"),
    "spoken": ("transkrip", "transcript", "transcription", "subtitle", "subtitles", "takarir", "teks suara", "ucapan", "voice_to_text"),
    "url": (
        "url",
        "link",
        "tautan",
        "alamat",
        "alamat unggahan",
        "permalink",
        "post url",
        "link postingan",
        "link unggahan",
        "tautan unggahan",
        "sumber url",
    ),
    "time": (
        "waktu",
        "tanggal",
        "time",
        "date",
        "timestamp",
        "datetime",
        "created_at",
        "created_time",
        "posted_at",
        "tanggal unggah",
        "waktu unggah",
        "tanggal posting",
        "tgl",
        "published",
        "date_posted",
    ),
    "author": (
        "akun",
        "author",
        "username",
        "user",
        "handle",
        "nama akun",
        "pemilik akun",
        "pengunggah",
        "screen_name",
        "account",
        "penulis",
    ),
    "author_name": ("nama", "name", "author_name", "full_name", "nama lengkap", "display_name", "nama pengunggah"),
    "platform": ("platform", "media sosial", "medsos", "sumber", "source", "kanal media"),
    "id": ("id", "post_id", "id unggahan", "nomor unggahan", "tweet_id", "video_id"),
    "origin": ("grup", "group", "kanal", "channel", "nama grup", "saluran", "group_name"),
    "image": ("gambar", "foto", "image", "image_url", "images", "url gambar", "photo"),
    "thread": ("thread", "thread_id", "induk", "parent", "parent_id", "komentar dari"),
}

# Columns and rows of the example file, invented, in the words of each language.
_EXAMPLE: Mapping[str, tuple[str, ...]] = {
    "id": ("tanggal", "platform", "akun", "teks", "tautan"),
    "en": ("date", "platform", "account", "text", "link"),
}
_EXAMPLE_ROWS = (
    (
        "2026-11-02 09:15",
        "Facebook",
        "loker.rekaan",
        "Lowongan operator pabrik di Taiwan, gaji 12 juta. Hubungi WA 0840-1111-0001 (contoh)",
        "",
    ),
    ("2026-11-03 20:40", "", "", "Dicari perawat lansia ke Jepang, berangkat cepat (contoh)", "https://forum-rekaan.example/lowongan/17"),
)


def example(language: str) -> bytes:
    """XLSX with headers of the language, "id" or "en", as `proposed` reads them."""
    return written.book([_EXAMPLE[language], *_EXAMPLE_ROWS], title="Contoh")


def recognises(peek: shape.Peek) -> bool:
    """The last of the formats: whatever has columns."""
    if peek.is_archive:
        return "[Content_Types].xml" in peek.members and any(name.startswith("xl/") for name in peek.members)
    first, _, rest = peek.text.partition("\n")
    if _is_json(peek.text):
        return True
    if "\0" in peek.text or "\ufffd" in first:
        return False
    header = rows.split(first, rows.delimiter(first))
    return bool(rest.strip()) and bool(proposed([name.strip() for name in header])) and len(header) < rows.MAX_COLUMNS


def _is_json(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return len(first) > 100_000


def _rows(file: shape.File) -> Iterator[tuple[int, rows.Cells | domain.Problem]]:
    peek = files.peek(file)
    if peek.is_archive:
        yield from rows.xlsx(file)
        return
    with files.text(file) as wrapper:
        yield from rows.json_lines(wrapper) if _is_json(peek.text) else rows.delimited(wrapper)


def columns(file: shape.File) -> list[str]:
    """Names of the columns, as the first rows have them. Raises FileRefusedError."""
    found: dict[str, None] = {}
    for seen, (_number, cells) in enumerate(_rows(file)):
        if not isinstance(cells, domain.Problem):
            found |= dict.fromkeys(cells)
        if seen >= 20:
            break
    if not found:
        raise shape.refused("no_rows", "Tabel tidak berisi baris.", "The table holds no row.")
    return list(found)


def proposed(names: list[str]) -> dict[str, str]:
    """Field -> column, guessed from the columns' names; empty where nothing could be the text or the address of a post."""
    folded = {_folded(name): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field, wanted in FIELDS.items():
        for name in wanted:
            column = folded.get(_folded(name))
            if column is not None and column not in chosen.values():
                chosen[field] = column
                break
    return chosen if "text" in chosen or "url" in chosen else {}


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.lower()).strip()


def _unambiguous(names: list[str]) -> dict[str, str]:
    """`proposed`, where no two columns have the name of one field: which of them it is only a person can say. Raises FileRefusedError."""
    found = proposed(names)
    for column in found.values():
        # A name that stands twice comes as "teks (2)" (rows.named).
        same = [name for name in names if _folded(re.sub(r" \(\d+\)$", "", name)) == _folded(column)]
        if len(same) > 1:
            first, second = (name[:60] for name in same[:2])
            raise shape.refused(
                "column_ambiguous",
                f"Kolom “{first}” dan “{second}” sama namanya. Pilih di bawah mana yang dipakai.",
                f"The columns “{first}” and “{second}” have the same name. Choose below which one counts.",
            )
    return found


def read(file: shape.File, options: shape.Options) -> Generator[shape.Item]:
    """Raises FileRefusedError (no_text_column, column_missing)."""
    names = columns(file)
    mapping = dict(options.columns) or _unambiguous(names)
    mapping = {field: name for field, name in mapping.items() if name and name != shape.NOWHERE}
    unknown = sorted(set(mapping) - set(FIELDS))
    missing = sorted(name for name in mapping.values() if name not in names)
    if unknown or missing:
        name = (unknown or missing)[0][:100]
        raise shape.refused("column_missing", f"Kolom “{name}” tidak ada di berkas.", f"The file has no column “{name}”.")
    if "text" not in mapping:
        raise shape.refused(
            "no_text_column", "Pilih kolom yang berisi teks unggahan.", "Choose the column that holds the text of the posts."
        )
    zone, shared = options.tz(), _shared(file, mapping)
    for number, cells in _rows(file):
        if isinstance(cells, domain.Problem):
            yield cells
        else:
            yield _item(cells, mapping, options, zone, shared, shape.line(number))


def _shared(file: shape.File, mapping: Mapping[str, str]) -> frozenset[str]:
    """Addresses that stand in rows of different texts: a list or a board, not a post. Reads the whole file once more, and keeps
    sixteen bytes of each text."""
    if "url" not in mapping:
        return frozenset()
    first: dict[str, bytes] = {}
    shared: set[str] = set()
    for _number, cells in _rows(file):
        if isinstance(cells, domain.Problem):
            continue
        address = joining.page((cells.get(mapping["url"]) or "").strip())
        if address and address not in shared:
            words = ((cells.get(mapping.get(field, "")) or "").strip() for field in ("title", "text", "spoken"))
            text = joining.loose(_text(*words)).encode("utf-8", "surrogatepass")
            digest = hashlib.blake2b(text, digest_size=16).digest()
            if first.setdefault(address, digest) != digest:
                shared.add(address)
    return frozenset(shared)


def _item(
    cells: rows.Cells, mapping: Mapping[str, str], options: shape.Options, zone: tzinfo, shared: frozenset[str], where: str
) -> shape.Item:
    def value(field: str) -> str:
        return (cells.get(mapping.get(field, "")) or "").strip()

    text, url, number = _text(value("title"), value("text"), value("spoken")), value("url"), value("id")
    if not text and not value("image"):
        return shape.problem("no_text", "Baris ini tidak berisi teks.", "This row holds no text.", where)
    on = sources.platform_of(url) if url else ""
    if url and not on:
        return shape.problem("bad_url", "Isi kolom alamat bukan alamat web.", "The address is no web address.", where)
    written_platform = value("platform")
    platform = on if on not in {"", "web"} else sources.platform_named(written_platform) or options.platform or on
    if not platform:
        return shape.problem(
            "no_platform",
            "Platform baris ini tidak diketahui. Pilih platform untuk seluruh berkas.",
            "The platform of this row is not known. Choose one for the whole file.",
            where,
        )
    if rows.ROUNDED.fullmatch(number):
        return shape.problem(
            "id_rounded",
            f"Nomor unggahan {number} sudah dibulatkan oleh lembar kerja. Simpan kolom itu sebagai teks, lalu impor lagi.",
            f"The spreadsheet has rounded the post's number {number}. Keep that column as text and import again.",
            where,
        )
    written, at = value("time"), None
    if written:
        at = _moment(written, zone, options.order)
        if at is None:
            return shape.problem("bad_time", f"Waktu “{written[:40]}” tidak terbaca.", f"The time “{written[:40]}” cannot be read.", where)
    thread = value("thread")
    images = [one for one in re.split(r"[\s|]+|,(?=http)", value("image")) if one.startswith("http")]
    used = set(mapping.values())
    post = domain.RawPost(
        platform=platform,
        external_id=number if len(number) >= MIN_ID and not _addressed(url) else "",
        url=url,
        text=text,
        author=value("author").removeprefix("@").lower(),
        author_name=value("author_name"),
        posted_at=at,
        posted_at_source=written,
        thread=thread if thread != number else "",
        origin=value("origin"),
        media=tuple(domain.MediaReference("photo", one) for one in images),
        locator=where,
        unknown={name: cell[:200] for name, cell in list(cells.items())[:40] if cell and name not in used},
    )
    # Without an address known by its text alone: a column of titles or of what is said, read since, makes no other post of it.
    return joining.settled(post, shared, words="" if url else value("text"))


def _text(title: str, text: str, said: str) -> str:
    """The words of a post: its title where the text does not begin with it, and apart what is said in its video."""
    title = "" if text.startswith(title) else title
    return "\n\n".join(filter(None, (title, text, spoken.part(said, "dari berkas yang diimpor"))))


def _addressed(url: str) -> bool:
    """Whether the address alone says which post it is."""
    return bool(url) and (sources.identity(url) is not None or sources.platform_of(url) == domain.Platform.WEB)


def _moment(written: str, zone: tzinfo, order: str) -> datetime | None:
    found = times.parse(written, zone, order or "dmy")
    if found is None and (day := rows.moment_of(written)) is not None:
        return day.replace(tzinfo=zone).astimezone(domain.LAW_ZONE)
    return found

"""The minutes (berita acara) of evidence that is taken away or handed over: numbered by office and year, in Indonesian, its words kept.

Addresses stand masked and contacts not at all: who needs them has the packet. Nothing here says that a copy was given to anybody; a
person signs that on paper. The articles are pointers for whoever signs, which the legal unit confirms.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from patrol import models
from patrol.domain import ZONE_LETTERS
from patrol.engine import masks
from patrol.evidence import completeness
from patrol.infra import printing, series, wall
from patrol.models import CustodyFound, MinutesKind, Role

if TYPE_CHECKING:
    from patrol.evidence.custody_log import Piece

TITLES: Final = {
    MinutesKind.TAKEN: "Berita Acara Pengambilan Salinan Bukti Elektronik",
    MinutesKind.HANDED_OVER: "Berita Acara Serah Terima Bukti Elektronik",
    MinutesKind.EXPORTED: "Berita Acara Ekspor Berkas Perkara",
}
CLOSED: Final = "Rekaman orang yang mungkin korban"
KINDS: Final = {
    "answer": "Data mentah dari platform",
    "page": "Arsip halaman",
    "screenshot": "Tangkapan layar",
    "time_stamp": "Stempel waktu arsip",
    "media": "Gambar sebagaimana diterima",
    "upload": "Berkas kiriman petugas",
    "attachment": "Lampiran perkara",
    "document": "Dokumen rujukan",
}
FOUND: Final = {
    CustodyFound.WHOLE: "Utuh: hash dihitung ulang dan sama dengan catatan",
    CustodyFound.CHANGED: "BERUBAH: hash tidak sama dengan catatan",
    CustodyFound.MISSING: "TIDAK ADA: berkas tidak ditemukan",
    CustodyFound.UNREADABLE: "TIDAK TERBACA: berkas tidak dapat dibaca, sehingga hash tidak dihitung ulang",
}
RELATIONS: Final = {
    "original": "asli",
    "rendition": "turunan",
    "working_copy": "salinan kerja",
    "ocr": "hasil baca",
    "translation": "terjemahan",
    "time_stamp": "stempel waktu",
}
ROLES: Final = {
    Role.OFFICER: "Petugas",
    Role.ANALYST: "Analis",
    Role.SUPERVISOR: "Penyelia",
    Role.REGISTRAR: "Petugas register",
    Role.ADMINISTRATOR: "Administrator",
    Role.DATA_PROTECTION_OFFICER: "Petugas pelindungan data",
}
LAW: Final = (
    "Undang-Undang Nomor 11 Tahun 2008 tentang ITE, sebagaimana diubah terakhir dengan Undang-Undang Nomor 1 Tahun 2024, Pasal 5 dan 6",
    "Undang-Undang Nomor 20 Tahun 2025 tentang Kitab Undang-Undang Hukum Acara Pidana, Pasal 235 ayat (1) huruf f dan Pasal 242",
    "SNI ISO/IEC 27037:2014 tentang identifikasi, pengumpulan, akuisisi, dan preservasi bukti digital",
)


CHECKED: Final = (
    "Hash SHA-256 tiap rekaman dihitung ulang sesaat sebelum berita acara ini ditulis dan dibandingkan dengan catatannya; hasilnya"
    " tercantum pada tiap rekaman."
)
KEEPS: Final = {
    MinutesKind.TAKEN: "Rekaman asli tetap tersimpan di kantor. Yang diambil adalah salinannya, dengan hash yang sama.",
    MinutesKind.HANDED_OVER: (
        "Rekaman asli tetap tersimpan di kantor. Yang diserahkan adalah berkas pada daftar kedua; gambar di dalamnya digambar ulang dari"
        " rekaman."
    ),
    MinutesKind.EXPORTED: (
        "Rekaman asli tetap tersimpan di kantor. Yang diekspor adalah satu paket berkas. Sebelum skrip di dalamnya dijalankan, hash dua"
        " berkas dihitung dengan perintah openssl dgst -sha256 verify.py contents.json dan harus sama dengan daftar kedua. Sesudah itu isi"
        " paket dapat diperiksa tanpa jaringan dengan skrip itu."
    ),
}
_ACTS: Final = {
    MinutesKind.TAKEN: "telah mengambil salinan bukti elektronik berikut dari penyimpanan bukti SIPatrol:",
    MinutesKind.EXPORTED: "telah mengekspor berkas perkara yang memuat atau menyebut bukti elektronik berikut:",
}
_SIGNS: Final = {MinutesKind.TAKEN: "Yang mengambil", MinutesKind.EXPORTED: "Yang mengekspor"}
KEEPS_FILES: Final = (
    "Rekaman asli tetap tersimpan di kantor. Yang diambil adalah berkas pada daftar kedua; gambar di dalamnya digambar ulang dari rekaman."
)
NO_FILE: Final = "Rekaman asli tetap tersimpan di kantor. Hash paket yang diserahkan tidak tercatat."
MASKED: Final = "Alamat dalam berita acara ini disamarkan, dan kontak tidak dicantumkan."


def make(
    kind: MinutesKind,
    pieces: Sequence[Piece],
    *,
    reason: str,
    by: models.Person,
    now: datetime,
    recipient: str = "",
    when: datetime | None = None,
    files: Sequence[Mapping[str, Any]] = (),
    rests_on: Sequence[str] = (),
    remarks: Sequence[str] = (),
    referral: models.Referral | None = None,
) -> models.Minutes:
    """Takes the next number of the person's office, inside the caller's transaction, which holds the series to its end.

    `reason`, `rests_on`, `remarks`, `recipient`: in Indonesian, without contacts. `when`: of the act (None: now, as it is written).
    `files`: [{name, sha256, length}], what left, where that is not the piece itself; the length may be missing.
    """
    count, year = reserve(by.office, now=now)
    content = composed(
        kind,
        numbered(by.office, count, year),
        pieces,
        reason=reason,
        by=by,
        now=now,
        when=when or now,
        recipient=recipient,
        files=files,
        rests_on=rests_on,
        remarks=remarks,
    )
    return _kept(kind, content, (count, year), recipient=recipient, referral=referral, by=by, now=now)


def exported(place: tuple[int, int], content: dict[str, Any], *, by: models.Person, now: datetime) -> models.Minutes:
    """Of a package of a case, under the number that was reserved (count, year), since the package names it. `content`: of `of_package`."""
    return _kept(MinutesKind.EXPORTED, content, place, recipient="", referral=None, by=by, now=now)


def of_package(
    number: str,
    pieces: Sequence[Piece],
    *,
    files: Sequence[Mapping[str, Any]],
    reason: str,
    case: str,
    withheld: int,
    masked: bool,
    by: models.Person,
    now: datetime,
    closed: Collection[UUID] = (),
    cut: Callable[[str], str] = str,
    rests_on: Sequence[str] = (),
    remarks: Sequence[str] = (),
) -> dict[str, Any]:
    """What is printed of a package. `files`: what ties it to this paper; `closed`: pieces of somebody harmed, of which hash and length are
    said and no more; `cut`: what takes a contact that is known out of an address; `remarks`: what else is to be said."""
    said = [
        "Paket tersamar: tidak memuat berkas asli satu pun. Sebagai gantinya paket memuat hash dan panjang tiap berkas, dan turunan"
        " tersamar bila ada. Yang disamarkan ialah kontak; nama orang tidak dikenali mesin dan dapat tercantum dalam kata-kata unggahan,"
        " lampiran, dan judulnya."
        if masked
        else "Paket lengkap: memuat berkas asli beserta kontak dan nama orang di dalamnya;"
        f" {withheld} dari {len(pieces)} berkas asli ditahan."
    ]
    content = composed(
        MinutesKind.EXPORTED,
        number,
        pieces,
        reason=reason,
        by=by,
        now=now,
        when=now,
        recipient="",
        files=files,
        rests_on=[f"Perkara {case}", *rests_on],
        remarks=[*said, *remarks],
    )
    hidden = {"kind": CLOSED, "relation": "", "received": "", "address": "", "lacks": []}
    for piece, one in zip(content["pieces"], pieces, strict=True):
        piece.update(hidden if one.capture.pk in closed else {"address": cut(piece["address"])})
    return content | {"heads": ["Rekaman dalam paket", "Hash yang mengikat paket pada berita acara ini"]}


def reserve(office: models.Office, *, now: datetime) -> tuple[int, int]:
    """The office's next number and its year. Inside the caller's transaction, which holds the series to its end."""
    return series.next_minutes(office.code, now=now)


def numbered(office: models.Office, count: int, year: int) -> str:
    return f"BA-{count:04d}/{office.on_paper}/{year}"


def _kept(
    kind: MinutesKind,
    content: dict[str, Any],
    place: tuple[int, int],
    *,
    recipient: str,
    referral: models.Referral | None,
    by: models.Person,
    now: datetime,
) -> models.Minutes:
    count, year = place
    with wall.everything("also who brings decrees into the register, and sees no minutes, writes those of what they take"):
        return models.Minutes.objects.create(
            number=content["number"],
            kind=kind,
            office=by.office,
            year=year,
            count=count,
            at=now,
            by=by,
            recipient=recipient or by.name,
            referral=referral,
            content=content,
            digest=digest(content),
        )


def digest(content: Mapping[str, Any]) -> str:
    """Whatever order the database gives its keys in."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def composed(
    kind: MinutesKind,
    number: str,
    pieces: Sequence[Piece],
    *,
    reason: str,
    by: models.Person,
    now: datetime,
    when: datetime,
    recipient: str,
    files: Sequence[Mapping[str, Any]],
    rests_on: Sequence[str],
    remarks: Sequence[str] = (),
) -> dict[str, Any]:
    """What is printed, as plain values."""
    zone = by.office.zone
    handed = kind == MinutesKind.HANDED_OVER
    giver = {"name": by.name, "role": ROLES.get(Role(by.role), str(by.role)), "office": by.office.name}
    return {
        "title": TITLES[kind],
        "number": number,
        "office": by.office.name,
        "opening": f"Pada hari {_day(when, zone)}, pukul {_hour(when, zone)}, yang bertanda tangan di bawah ini:",
        "giver": giver,
        "act": _ACTS[kind] if kind == MinutesKind.EXPORTED else _act(recipient if handed else "", shows=bool(pieces), files=bool(files)),
        "recipient": recipient,
        "reason": reason,
        "rests_on": list(rests_on),
        "pieces": [_piece(place, one, zone) for place, one in enumerate(pieces, 1)],
        "files": [
            {"name": str(one["name"]), "length": _bytes(int(one["length"])) if "length" in one else "", "sha256": str(one["sha256"])}
            for one in files
        ],
        "statements": [
            f"Berita acara ini ditulis pada hari {_day(now, zone)}, pukul {_hour(now, zone)}.",
            *([CHECKED] if pieces or kind == MinutesKind.EXPORTED else []),
            *_keeps(kind, shows=bool(pieces), files=bool(files)),
            *remarks,
            MASKED,
        ],
        "law": list(LAW),
        "signs": (["Yang menyerahkan", "Yang menerima", "Mengetahui"] if handed else [_SIGNS[kind], "Mengetahui"]),
    }


def _act(recipient: str, *, shows: bool, files: bool) -> str:
    """`recipient`: "" where somebody of the staff takes it away. `shows`: any piece of evidence."""
    if recipient and shows:
        return f"telah menyerahkan kepada {recipient} berkas yang memuat atau menunjukkan bukti elektronik berikut:"
    if recipient:
        return f"telah menyerahkan kepada {recipient} berkas yang tidak memuat atau menunjukkan rekaman bukti:"
    if not files:
        return "telah mengambil salinan bukti elektronik berikut dari penyimpanan bukti SIPatrol:"
    if shows:
        return "telah mengambil berkas pada daftar kedua, yang memuat atau menunjukkan bukti elektronik berikut:"
    return "telah mengambil berkas berikut, yang tidak memuat atau menunjukkan rekaman bukti:"


def _keeps(kind: MinutesKind, *, shows: bool, files: bool) -> list[str]:
    """What stays in the office, and what left."""
    if kind == MinutesKind.HANDED_OVER and not files:
        return [NO_FILE]
    if not shows and kind != MinutesKind.EXPORTED:
        return []
    return [KEEPS_FILES if files and kind == MinutesKind.TAKEN else KEEPS[kind]]


def _piece(place: int, one: Piece, zone: str) -> dict[str, Any]:
    row = one.capture
    return {
        "place": place,
        "id": str(row.pk),
        "kind": KINDS.get(row.kind, row.kind),
        "relation": RELATIONS.get(row.relation, row.relation),
        "received": f"{_day(row.received_at, zone)}, pukul {_hour(row.received_at, zone)}",
        "address": masks.link(row.final_url) if row.final_url else "",
        "length": _bytes(row.length),
        "sha256": row.sha256,
        "found": FOUND[CustodyFound(one.found)],
        "whole": one.found == CustodyFound.WHOLE,
        "actual": one.before if one.found == CustodyFound.CHANGED else "",
        "lacks": [said.id for said in completeness.lacks(row)],
    }


def _bytes(length: int) -> str:
    return f"{length:,} byte".replace(",", ".")


def _day(at: datetime, zone: str) -> str:
    with translation.override("id"):
        return date_format(timezone.localtime(at, ZoneInfo(zone)), "l, j F Y")


def _hour(at: datetime, zone: str) -> str:
    return f"{timezone.localtime(at, ZoneInfo(zone)):%H.%M} {ZONE_LETTERS.get(zone, zone)}"


# --- printed ----------------------------------------------------------------------------------------


@functools.cache
def _css() -> str:
    return (settings.BASE_DIR / "static" / "letter.css").read_text()


def html(content: Mapping[str, Any]) -> str:
    return render_to_string("letters/minutes.html", {"minutes": content, "letter": {"referral": content["number"]}, "css": _css()})


def pdf(content: Mapping[str, Any]) -> bytes:
    """Raises printing.NoPdfError."""
    return printing.pdf(html(content), pdf_variant="pdf/ua-1")

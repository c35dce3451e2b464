"""Letters with invented data, as the product prints them: .venv/bin/python docs/letters.py [FOLDER], by default docs/letters

Composed from the templates an installation begins with; no database is asked, the settings are (as `manage.py` does).
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import django
from PIL import Image, ImageDraw

PROJECT: Final = Path(__file__).resolve().parent.parent
SAYS: Final = "Contoh, bukan surat resmi: semua data rekaan"
LINKS: Final = (
    "https://t.me/kerja_luar_negeri_contoh/4811",
    "https://www.facebook.example/groups/100000000000001/permalink/900000000000417/?comment_id=900000000000418&notif_t=group_comment_mention",
    "https://l1nk.example/Il1O0",
)


_ANALYSIS: Final = (
    "Tautan TND-26-00441{place}, unggahan tanggal 24 Nov 2026: pada hari itu berlaku UU 18/2017 Pasal 69 jo. 81. Unsur “Melaksanakan"
    " penempatan Pekerja Migran Indonesia” ditunjukkan oleh klaim pekerjaan “operator chat” dalam teks (huruf 1-13); tangkapan layar"
    " tanggal 25 Nov 2026, SHA-256 {copy}…."
)


def main(folder: Path) -> None:
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    django.setup()
    from patrol.cases import letter_files  # noqa: PLC0415 -- loads once Django is set up
    from patrol.evidence.pictures import Printed  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    picture = _screenshot()
    drawn = {hashlib.sha256(picture).hexdigest(): Printed(picture, 100)}
    for channel in ("komdigi", "police", "agency_clarification"):
        letter = _letter(channel, next(iter(drawn)))
        (folder / f"surat-{channel}.pdf").write_bytes(letter_files.letter_pdf(letter))
        if channel == "komdigi":
            (folder / f"lampiran-{channel}.pdf").write_bytes(letter_files.annex_pdf(letter, drawn))
    _minutes(folder, picture)
    _package(folder, picture)


def _package(folder: Path, picture: bytes) -> None:
    """The dossier and the berita acara of a masked package."""
    from patrol import models  # noqa: PLC0415
    from patrol.cases.packages import dossier, exporting, gathering  # noqa: PLC0415
    from patrol.cases.packages.dossier import Part  # noqa: PLC0415
    from patrol.evidence import minutes  # noqa: PLC0415
    from patrol.evidence.custody_log import Piece  # noqa: PLC0415
    from patrol.models import CustodyFound, Role  # noqa: PLC0415

    at = datetime(2026, 11, 28, 3, 40, tzinfo=UTC)
    office = models.Office(code="bp3mi-contoh", name=f"BP3MI Contoh ({SAYS.lower()})", zone="Asia/Jakarta")
    by = models.Person(name="Nama Rekaan", role=Role.OFFICER, office=office)
    who, analyst = "Nama Rekaan (Petugas, BP3MI Contoh)", "Nama Rekaan Dua (Analis, Direktorat Siber)"
    rows = [
        models.Capture(
            id=uuid.UUID(int=0x1D000000_0000_4000_8000_000000000010 + number),
            kind=kind,
            received_at=at - timedelta(days=3, minutes=number),
            final_url=LINKS[0] if kind != "attachment" else "",
            length=len(picture) + number,
            sha256=hashlib.sha256(picture + bytes([number])).hexdigest(),
            truncated=False,
        )
        for number, kind in enumerate(("answer", "screenshot", "attachment"))
    ]
    instead = {"answer": ("txt", "teks tersamar"), "attachment": ("txt", "teks tersamar"), "screenshot": ("jpg", "gambar kabur")}
    told = {
        "title": dossier.TITLE,
        "number": "PKR-26-0007",
        "masked": True,
        "made": "28 November 2026 pukul 10.40 WIB",
        "by": who,
        "purpose": "Permintaan penyidik Kepolisian Daerah Contoh",
        "about": [
            ("Judul", f"Calo operator chat ({SAYS.lower()})"),
            ("Jenis", "Perekrutan untuk pusat penipuan daring"),
            ("Kantor", "BP3MI Contoh"),
            ("Keadaan", "dirujuk"),
            ("Dibuka", f"24 November 2026 pukul 09.12 WIB oleh {who}"),
            ("Penanggung jawab", analyst),
            ("Unggahan", "1"),
        ],
        "events": [
            {"at": "24 November 2026 pukul 09.12 WIB", "what": "Perkara dibuka", "which": "", "who": who},
            {"at": "24 November 2026 pukul 09.12 WIB", "what": "Tanda ditambahkan", "which": "TND-26-004411", "who": who},
            {"at": "24 November 2026 pukul 11.05 WIB", "what": "Dieskalasi ke direktorat", "which": "", "who": who},
            {"at": "25 November 2026 pukul 08.30 WIB", "what": "Diambil analis", "which": "", "who": analyst},
            {"at": "26 November 2026 pukul 14.20 WIB", "what": "Rujukan dikirim", "which": "RJK-26-0012", "who": analyst},
        ],
        "law": [{"flag": "TND-26-004411", "lines": [_ANALYSIS.format(place=1, copy=rows[1].sha256[:12])]}],
        "posts": [
            {
                "number": "TND-26-004411",
                "closed": False,
                "erased": False,
                "about": [
                    ("Platform", "Telegram"),
                    ("Alamat", "t.me/••••"),
                    ("Diunggah", "24 November 2026 pukul 07.55 WIB"),
                    ("Pertama terlihat", "24 November 2026 pukul 08.10 WIB"),
                    ("Keadaan", "dikonfirmasi"),
                    ("Tingkat", "tinggi"),
                    ("Hari yang dicek", "24 November 2026"),
                ],
                "decisions": [f"Dikonfirmasi (Beberapa pelanggaran sekaligus): {who}, 24 November 2026 pukul 09.02 WIB"],
                "check": "Tidak ada SIP yang disebut, dan nama perusahaan tidak ada dalam register per 20 Nov 2026.",
                "reasons": ["Kerja daring di luar negeri tanpa syarat keahlian: ciri tawaran pusat penipuan atau judi daring."],
                "register": [
                    "tidak ada baris P3MI bernama “PT Contoh Karya Rekaan” untuk 24 Nov 2026, menurut register per 20 Nov 2026 (edisi 12)"
                ],
                "words": [
                    [
                        Part("Operator chat", "pekerjaan"),
                        Part(", luar negeri, gaji "),
                        Part("15 juta", "gaji"),
                        Part(", "),
                        Part("tanpa ijazah", "pendidikan"),
                        Part(". WA "),
                        Part("0840-••••00", "nomor telepon"),
                        Part("."),
                    ]
                ],
            }
        ],
        "referrals": [
            {
                "number": "RJK-26-0012",
                "to": "Kepolisian",
                "letter": "B.12/BP3MI-CONTOH/PK.02/XI/2026",
                "state": "dikirim",
                "approved": "Nama Rekaan Tiga (Penyelia, Direktorat Siber), 26 November 2026 pukul 13.40 WIB",
                "sent": "26 November 2026 pukul 14.20 WIB",
                "answered": "",
            }
        ],
        "files": [
            {
                "id": str(row.pk),
                "kind": minutes.KINDS[row.kind],
                "title": "Kronologi dari petugas" if row.kind == "attachment" else "",
                "received": "25 November 2026 pukul 10.40 WIB",
                "length": f"{row.length:,} byte".replace(",", "."),
                "sha256": row.sha256,
                "file": "",
                "withheld": dossier.WITHHELD[gathering.MASKED],
                "masked": f"evidence/masked/{row.pk}.{instead[row.kind][0]}" if row.kind in instead else "",
                "how": instead[row.kind][1] if row.kind in instead else "",
            }
            for row in rows
        ],
        "withheld": 3,
        "custody": [
            {
                "at": "26 November 2026 pukul 14.20 WIB",
                "what": "Diserahkan",
                "many": "1",
                "who": analyst,
                "to": "Kepala Unit Siber Kepolisian Daerah Contoh",
                "minutes": "BA-0013/BP3MI-CONTOH/2026",
            }
        ],
    }
    (folder / "berkas-perkara.pdf").write_bytes(dossier.pdf(told))
    listed: list[dict[str, Any]] = [
        {"name": exporting.CONTENTS, "length": 2_839, "sha256": hashlib.sha256(b"isi paket contoh").hexdigest()},
        {"name": exporting.SCRIPT, "length": 52_325, "sha256": hashlib.sha256(b"skrip contoh").hexdigest()},
        {"name": exporting.KEY_NAME, "sha256": hashlib.sha256(b"kunci contoh").hexdigest()},
        {"name": exporting.AUTHORITY_NAME, "sha256": hashlib.sha256(b"sertifikat contoh").hexdigest()},
        {"name": f"{exporting.CERTIFICATE_NAME} 1", "sha256": hashlib.sha256(b"sidik jari contoh").hexdigest()},
    ]
    content = minutes.of_package(
        "BA-0014/BP3MI-CONTOH/2026",
        [Piece(row, CustodyFound.WHOLE, row.sha256) for row in rows],
        files=listed,
        reason=str(told["purpose"]),
        case="PKR-26-0007",
        withheld=3,
        masked=True,
        by=by,
        now=at,
    )
    (folder / "berita-acara-ekspor.pdf").write_bytes(minutes.pdf(content))


def _minutes(folder: Path, picture: bytes) -> None:
    """A berita acara of each kind: a copy that somebody took away, and a referral that went out with a piece that was broken by then."""
    from patrol import models  # noqa: PLC0415
    from patrol.evidence import minutes  # noqa: PLC0415
    from patrol.evidence.custody_log import Piece  # noqa: PLC0415
    from patrol.models import CustodyFound, MinutesKind, Role  # noqa: PLC0415

    at = datetime(2026, 11, 28, 3, 40, tzinfo=UTC)
    office = models.Office(code="bp3mi-contoh", name=f"BP3MI Contoh ({SAYS.lower()})", zone="Asia/Jakarta")
    by = models.Person(name="Nama Rekaan", role=Role.OFFICER, office=office)

    def piece(number: int, kind: str, found: CustodyFound, packet: str) -> Piece:
        sha256 = hashlib.sha256(picture + bytes([number])).hexdigest()
        row = models.Capture(
            id=uuid.UUID(int=0x1D000000_0000_4000_8000_000000000000 + number),
            kind=kind,
            received_at=at - timedelta(days=3, minutes=number),
            final_url=LINKS[0],
            length=len(picture) + number,
            sha256=sha256,
            truncated=False,
        )
        before = sha256 if found == CustodyFound.WHOLE else hashlib.sha256(b"lain").hexdigest()
        return Piece(row, found, before, packet)

    packet = hashlib.sha256(b"paket contoh").hexdigest()
    files = [
        {"name": "RJK-26-0012-surat.pdf", "length": 48_213, "sha256": hashlib.sha256(b"surat contoh").hexdigest()},
        {"name": "RJK-26-0012.zip", "length": 1_204_551, "sha256": packet},
    ]
    made: dict[str, dict[str, Any]] = {
        "pengambilan": minutes.composed(
            MinutesKind.TAKEN,
            "BA-0012/BP3MI-CONTOH/2026",
            [piece(1, "screenshot", CustodyFound.WHOLE, "")],
            reason="Penanganan perkara",
            by=by,
            now=at,
            when=at,
            recipient="",
            files=(),
            rests_on=(),
        ),
        "serah-terima": minutes.composed(
            MinutesKind.HANDED_OVER,
            "BA-0013/BP3MI-CONTOH/2026",
            [piece(1, "screenshot", CustodyFound.WHOLE, packet), piece(2, "page", CustodyFound.CHANGED, packet)],
            reason="Permintaan penyelidikan",
            by=by,
            now=at,
            when=at - timedelta(minutes=90),
            recipient="Kepala Unit Siber Kepolisian Daerah Contoh",
            files=files,
            rests_on=(
                "Perkara PKR-26-0007, rujukan RJK-26-0012 melalui Kepolisian",
                "Surat nomor B.12/BP3MI-CONTOH/PK.02/XI/2026",
                "Persetujuan orang kedua: Nama Rekaan Dua, tanggal 28 November 2026",
            ),
        ),
    }
    for name, content in made.items():
        (folder / f"berita-acara-{name}.pdf").write_bytes(minutes.pdf(content))


def _screenshot() -> bytes:
    image = Image.new("RGB", (700, 420), "#f4f4f4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((30, 30, 670, 390), outline="#999999", fill="white")
    draw.text(
        (60, 60), "Lowongan contoh (rekaan)\n\nOperator chat, luar negeri, gaji 15 juta, tanpa ijazah.\nWA 0840 0000 0000", fill="black"
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _letter(channel: str, picture: str) -> Any:
    from patrol.cases import letters  # noqa: PLC0415
    from patrol.cases.channels import CHANNELS  # noqa: PLC0415

    told, blanks = letters.shipped()[channel], list[str]()
    values = {
        "tujuan": {"police": "Kepala Unit Siber Kepolisian Daerah Contoh", "agency_clarification": "PT Contoh Karya Rekaan"}.get(
            channel, ""
        ),
        "jumlah": "3 tautan",
        "batas": "24 jam sejak surat ini diterima",
        "kontak": "Nama Rekaan, analis",
        "uraian": "Tiga unggahan menawarkan pekerjaan operator di luar negeri tanpa menyebut SIP, dengan satu nomor kontak yang sama.",
        "pertanyaan": "1. Apakah tawaran pada lampiran dibuat oleh atau atas persetujuan perusahaan Saudara?\n"
        "2. Apakah nomor kontak pada tawaran itu milik perusahaan Saudara?",
        "rangkaian": "Jaringan JRG-26-0001, banyaknya unggahan 3: nomor telepon yang sama (3), teks yang hampir sama (2).",
        "pasal": "UU 18/2017 Pasal 69 jo. 81",
        "analisis": "- UU 18/2017 Pasal 69 jo. 81: unsur “Pelaku orang perseorangan, bukan pelaksana penempatan yang berizin” pada 3 "
        "tautan; “Melaksanakan penempatan Pekerja Migran Indonesia” pada 2 tautan.",
    }
    entries = tuple(_entry(place, url, picture) for place, url in enumerate(LINKS, 1)) if CHANNELS[channel].kinds[0] == "link" else ()
    return letters.Letter(
        kop=("Kementerian Pelindungan Pekerja Migran Indonesia", "Direktorat Contoh", SAYS),
        address="Jalan Contoh Nomor 1, Kota Contoh 00000, telepon 000-000000, surel kantor@contoh.example",
        number=letters.numbered(12, "DIT-CONTOH", told["code"], date(2026, 11, 28)),
        place="Kota Contoh",
        day="28 November 2026",
        nature="Biasa",
        enclosed="1 (satu) berkas",
        subject=" ".join(letters.filled(told["subject"], values, blanks)),
        addressee=tuple(letters.filled(told["addressee"], values, blanks)),
        body=tuple(letters.filled(told["body"], values, blanks)),
        signer_title="Direktur Contoh",
        signer_name="Nama Rekaan",
        copies=("Kepala BP3MI Contoh",),
        referral="RJK-26-0012",
        entries=entries,
    )


def _entry(place: int, url: str, picture: str) -> Any:
    from patrol.cases import letters, packets  # noqa: PLC0415

    copy = hashlib.sha256(f"contoh {place}".encode()).hexdigest()
    return letters.Entry(
        place=place,
        kind="tautan",
        flag=f"TND-26-00441{place}",
        value=url,
        check=packets.check(url),
        cells=(
            ("id", "ID di platform", f"1000000001/48{place}1"),
            ("platform", "Platform", "Telegram"),
            ("posted", "Waktu unggah", "24 November 2026 pukul 09.12 WIB"),
            ("captured", "Waktu rekaman", "25 November 2026 pukul 10.40 WIB"),
            ("sha256", "SHA-256 rekaman", copy),
            ("register", "Register per", "23 November 2026"),
            ("reason", "Alasan", "SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)"),
        ),
        analysis=(_ANALYSIS.format(place=place, copy=copy[:12]),),
        picture=picture if place == 1 else "",
        copy=copy,
        name=f"TND-26-00441{place}-{place:03d}",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else PROJECT / "docs" / "letters")

"""An example of both files of the register, invented, under the headers of the reader's language: what is read here can be imported."""

from __future__ import annotations

from collections.abc import Mapping

from patrol.engine.licences import headers
from patrol.engine.sheets import written

_AGENCIES = (
    {
        "name": "PT Contoh Rekaan Sejahtera",
        "aliases": "Contoh Rekaan;CRS",
        "sip3mi_number": "901/SIP3MI/2024",
        "status": "aktif",
        "status_from": "2024-01-10",
        "province": "Jawa Barat",
        "city": "Cirebon",
        "address": "Jl. Contoh 1",
        "phones": "0840-1111-0001;0231-555010",
        "websites": "https://contoh-rekaan.example",
        "accounts": "ig:contoh.rekaan",
    },
    {
        "name": "PT Contoh Rekaan Sejahtera",
        "status": "skorsing",
        "status_from": "2026-03-01",
        "status_to": "2026-05-31",
        "decree": "SK Contoh 14 Tahun 2026",
    },
    {"name": "PT Misal Rekaan Samudra", "status": "dalam pengawasan", "status_from": "2025-02-01"},
)
_LICENCES = (
    {
        "number": "B. 901/SIP2MI/IV/2026",
        "agency": "PT Contoh Rekaan Sejahtera",
        "country": "Taiwan",
        "positions": "operator produksi;penjahit",
        "employer": "Pabrik Contoh",
        "quota": "60",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "status": "aktif",
        "status_from": "2026-01-01",
    },
    {
        "number": "B. 902/SIP2MI/IV/2026",
        "agency": "PT Misal Rekaan Samudra",
        "country": "Jepang",
        "positions": "perawat lansia",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "status": "dicabut",
        "status_from": "2026-08-15",
    },
)


def agencies(language: str) -> bytes:
    """XLSX; `language` "id" or "en"."""
    return _file(headers.AGENCIES, _AGENCIES, language, "P3MI")


def licences(language: str) -> bytes:
    return _file(headers.LICENCES, _LICENCES, language, "SIP")


def _file(known: Mapping[str, tuple[str, ...]], rows: tuple[dict[str, str], ...], language: str, title: str) -> bytes:
    indonesian = language == "id"
    # "nomor sip3mi" -> "Nomor SIP3MI"
    named = {column: headers.shown(others[0]) if indonesian else column for column, others in known.items()}

    def cell(row: dict[str, str], column: str) -> str:
        text = row.get(column, "")
        return text if indonesian or column != "status" else headers.STATUSES[text]

    return written.book([list(named.values()), *([cell(row, column) for column in known] for row in rows)], title=title)

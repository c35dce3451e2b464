"""What the columns of a channel's file hold, in words: what whoever enters an edition writes before the bar.

Case, spaces, dots and underscores make no difference, and the key is taken too. The first name is the one that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language

from patrol.engine.licences import headers

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "no": ("nomor urut", "urut", "no urut"),
        "kind": ("jenis",),
        "value": ("yang diminta ditindak", "nilai", "yang dilaporkan", "akun atau tautan"),
        "check": ("periksa", "karakter periksa"),
        "bank": ("bank", "nama bank"),
        "account_number": ("nomor rekening", "no rekening", "rekening"),
        "holder": ("nama pemilik rekening", "pemilik rekening", "atas nama"),
        "used_for": ("dipakai untuk", "dipakai untuk apa"),
        "agreed": ("yang disetujui orangnya", "persetujuan"),
        "id": ("id di platform", "id platform"),
        "platform": ("platform",),
        "post_url": ("tautan unggahan", "alamat unggahan"),
        "posted": ("waktu unggah", "diunggah"),
        "captured": ("waktu rekaman", "direkam"),
        "sha256": ("sha-256 rekaman", "sha-256", "hash"),
        "verdict": ("hasil cek sip", "hasil cek"),
        "register": ("register per", "tanggal register"),
        "licence_number": ("nomor sip", "no sip", "nomor sip yang disebut"),
        "reason": ("alasan",),
        "flag": ("nomor tanda", "tanda"),
    }
)


def key_of(name: str) -> str:
    """The key of what a column is called; what means none stays as it is written."""
    return headers.meant([name], HEADINGS)[0]


def shown(key: str) -> str:
    """What whoever reads this calls a column."""
    if (get_language() or "").startswith("en") or key not in HEADINGS:
        return key.replace("_", " ")
    first = HEADINGS[key][0]
    return {"id di platform": "ID di platform", "sha-256 rekaman": "SHA-256 rekaman"}.get(first, headers.shown(first))

"""What the columns of the register's files may be called: the product's own names and what an Indonesian office writes above them.

Case, spaces, dots and underscores make no difference. The first Indonesian name is the one the example files carry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from patrol.domain import LicenceStatus, StandingStatus

AGENCIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": ("nama perusahaan", "nama p3mi", "nama pt", "nama", "p3mi", "perusahaan"),
        "aliases": ("nama lain", "nama panggilan", "alias"),
        "sip3mi_number": ("nomor sip3mi", "no sip3mi", "sip3mi", "nomor izin"),
        "status": ("status", "status p3mi"),
        # No bare "berlaku sejak": in a list of agencies that is the SIP3MI, and a sanction would begin with it.
        "status_from": ("status sejak", "status berlaku sejak", "tanggal status"),
        "status_to": ("status sampai", "status berlaku sampai"),
        "decree": ("nomor sk", "no sk", "sk", "keputusan", "surat keputusan", "dasar"),
        "province": ("provinsi", "propinsi"),
        "city": ("kota", "kabupaten", "kabupaten kota", "kota kabupaten"),
        "address": ("alamat", "alamat kantor"),
        "phones": ("telepon", "nomor telepon", "no telepon", "telp", "kontak telepon"),
        "websites": ("situs web", "situs", "website"),
        "accounts": ("akun", "akun media sosial", "media sosial", "medsos"),
    }
)
LICENCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "number": ("nomor sip", "no sip", "nomor sip2mi", "no sip2mi", "sip", "sip2mi"),
        "agency": ("nama perusahaan", "nama p3mi", "nama pt", "p3mi", "perusahaan"),
        "country": ("negara tujuan", "negara", "negara penempatan", "negara tujuan penempatan"),
        "positions": ("jabatan", "posisi", "nama jabatan"),
        "employer": ("pemberi kerja", "majikan"),
        "quota": ("kuota", "jumlah kuota"),
        "valid_from": ("berlaku sejak", "mulai berlaku", "masa berlaku mulai", "tanggal mulai", "berlaku mulai"),
        "valid_to": ("berlaku sampai", "masa berlaku akhir", "tanggal akhir", "berlaku hingga", "berakhir"),
        "status": ("status", "status sip"),
        "status_from": ("status sejak", "tanggal status"),  # the day of the decree is that of the issue
    }
)

# Words of the status columns beside the product's own.
STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aktif": StandingStatus.ACTIVE,
        "sanksi sebagian": StandingStatus.PARTLY_SUSPENDED,
        "sanksi penuh": StandingStatus.SUSPENDED,
        "skorsing": StandingStatus.SUSPENDED,
        "dalam pengawasan": StandingStatus.SUPERVISED,
        "dicabut": StandingStatus.REVOKED,
        "kuota habis": LicenceStatus.EXHAUSTED,
    }
)

_BETWEEN = re.compile(r"[\s._/-]+")


def folded(header: str) -> str:
    return _BETWEEN.sub(" ", header.casefold()).strip()


def meant(names: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each header as the column it means; what means none stays as it is written."""
    columns = {folded(name): column for column, others in known.items() for name in (column, *others)}
    return [columns.get(folded(name), name) for name in names]


def shown(name: str) -> str:
    """One of the names above as a heading: "nomor sip3mi" is "Nomor SIP3MI"."""
    words = [word.upper() if word in {"sip", "sip2mi", "sip3mi", "p3mi", "sk"} else word for word in name.split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

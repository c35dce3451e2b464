"""A company that posts its own people abroad, and those who only say "karyawan"."""

from __future__ import annotations

import pytest

from patrol.domain import ClaimKind, CompanyRole, Content, Route
from patrol.engine import reading
from patrol.engine.reading import folding, own_staff
from tests import growth

POSTED = (
    "Memo internal: karyawan tetap PT Baja Contoh yang terpilih dimutasi ke kantor cabang Hanoi, gaji pokok tetap dibayar di Cikarang.",
    "Teknisi unit 3 akan ditugaskan 4 bulan ke pabrik induk di Osaka. Hanya untuk karyawan masa kerja 3 tahun, bukan lowongan umum.",
    "Diumumkan kepada seluruh pegawai PT Tirta Contoh: rotasi ke proyek kami di Dili, Timor Leste; daftar nama di HRD.",
    "Karyawan kami sing kepilih ditugasake menyang pabrik grup neng Thailand, ora nampa pelamar luar.",
    "Internal memo untuk karyawan tetap PT Contoh Beton: rotasi 4 mandor ke Timor Leste. Orang luar mohon jangan kirim lamaran.",
    "PT Contoh Menara menugaskan 14 karyawan tetapnya ke proyek di Vietnam. Lowongan internal, masa kerja 2 tahun.",
    "Penugasan staf dapur kami ke gerai sendiri di Melaka, upah tetap dibayar kantor pusat.",
)


@pytest.mark.parametrize("text", POSTED)
def test_own_staff_posted_abroad_needs_no_licence(text: str) -> None:
    read = reading.read(Content(text))
    assert read.route == Route.EXEMPT
    assert all(claim.role == CompanyRole.EMPLOYER for claim in read.of(ClaimKind.COMPANY))


@pytest.mark.parametrize(
    "text",
    [
        "Dibutuhkan karyawan tetap untuk pabrik di Malaysia, gaji RM1.700, hubungi 0840-1234-5678",
        "Kami PT Contoh buka lowongan operator pabrik kami di Johor, khusus umum, tidak dipungut biaya",
        "Loker Jepang, penempatan pabrik grup besar, karyawan kontrak, khusus pria",
        "Mutasi majikan Taiwan, pekerja bisa pindah pabrik, hubungi kami",
        "Karyawan yang mau tugas luar negeri: job Taiwan, tidak untuk yang bertato",
    ],
)
def test_who_hires_posts_nobody(text: str) -> None:
    assert not own_staff.posts(folding.fold(text).words)


@pytest.mark.parametrize(
    "text", [f"{POSTED[0]} Uang muka 3 juta dibayar sebelum berangkat.", f"{POSTED[1]} SIP 12/SIP2MI/IV/2026, pendaftaran 0840-1234-5678."]
)
def test_money_in_advance_or_a_licence_ends_it(text: str) -> None:
    assert reading.read(Content(text)).route == Route.AGENCY


@pytest.mark.parametrize("piece", ["karyawan a ", "ditugaskan karyawan ", "tidak a "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(own_staff.posts, piece) <= growth.LINEAR

"""Texts in an advertisement's words that ask nobody to come and work, and those that do in nearly the same words."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import asides, folding
from tests import growth


def words(text: str) -> str:
    return folding.fold(text).words


@pytest.mark.parametrize(
    ("text", "journey"),
    [
        ("OPEN TRIP Korea 6 hari 4 malam, Nami dan Everland, all in. Peserta pulang bareng", True),
        ("Ziarah Wali dhateng Patani, 4 dinten, rombongan ibu-ibu, wangsul bareng", True),
        ("Umroh 12 hari, hotel dekat, manasik dua kali, pembimbing ustaz", True),
        ("Tour Jepang 5D4N, hotel bintang 3, bukan buat kerja ya", True),
        ("Tour ke Jepang", False),
        ("Open trip Korea 6 hari, tapi nggak ikut pulang, kebun siap nampung", False),
        ("Umroh 9 hari, hotel, manasik, lanjut kerja di rumah majikan", False),
        ("visa wisata, rombongan kedua berangkat Agustus, seat terbatas", False),
    ],
)
def test_who_travels_together_and_comes_back(text: str, *, journey: bool) -> None:
    assert asides.is_a_journey(words(text)) is journey


@pytest.mark.parametrize(
    ("text", "explains"),
    [
        ("E-9 itu lewat ujian, C-3 cuma kunjungan", True),
        ("Bedane: ARC = KTP-ne wong manca, visa kerja = stiker mlebu", True),
        ("magang: belajar sambil kerja. SSW: pekerja penuh", True),
        ("magang: 3 tahun. SSW: 5 tahun. Pendaftaran di aula", False),
        ("E-9 = pabrik, butuh 12 orang", False),
        ("SSW caregiver, gaji 190.000 yen", False),
    ],
)
def test_who_says_what_permits_are(text: str, *, explains: bool) -> None:
    assert asides.explains(words(text)) is explains


@pytest.mark.parametrize(
    ("text", "advises"),
    [
        ("Ampun masrahaken paspor, ampun mangkat nganggo visa dolan", True),
        ("jangan bayar sebelum kontrak, jangan percaya orang tak dikenal", True),
        ("buka siskop2mi, cari nama PT nya, lalu lapor disnaker", True),
        ("jangan ragu, jangan tunda, segera daftar", False),
        ("chat aja kirim foto, gak usah ke kantor", False),
        ("Job fair luar negeri di GOR. Jangan bayar, jangan percaya calo, tanya disnaker", False),
        ("tanya disnaker kalau ragu", False),
    ],
)
def test_who_tells_what_not_to_do_and_what_to_check(text: str, *, advises: bool) -> None:
    assert asides.advises(words(text)) is advises


@pytest.mark.parametrize(
    ("text", "misused"),
    [
        ("Foto warung saya dipakai orang untuk nawari kerja. Saya tidak pernah memberangkatkan siapa pun", True),
        ("nomor izin kami dicuri, ditempel di brosur. bukan kami", True),
        ("Poto abdi diangge ku nu sanes, abdi teu kantos nawisan padamelan", True),
        ("Nomor lama dipakai anak saya, hubungi yang baru", False),
        ("foto 4x6 ditempel di formulir, kami tidak meminta uang", False),
        ("izin kami lengkap, bukan kami yang abal-abal", False),
    ],
)
def test_whose_name_is_misused(text: str, *, misused: bool) -> None:
    assert asides.is_misused(words(text)) is misused


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kami menerima 14 pengaduan tentang tawaran petik stroberi dengan biaya 25 juta", True),
        ("Butuh 14 orang petik stroberi, pengaduan ke disnaker", False),
    ],
)
def test_who_opens_with_complaints(text: str, *, told: bool) -> None:
    assert asides.tells_of_complaints(words(text)) is told


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("Cari teman kongsi kamar di Jordan, HK$1.400", True),
        ("disewakan kos dekat pelabuhan", True),
        ("mess kamar AC, gaji 5 juta, kongsi kamar dua orang", False),
        ("housekeeping kamar hotel", False),
    ],
)
def test_who_lets_a_room(text: str, *, room: bool) -> None:
    assert asides.is_about_a_room(words(text)) is room


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "TRIP JEPANG 7D5N, Tokyo Kyoto Osaka, tiket hotel visa tour leader, peserta wajib pulang bareng. Sisa 6 seat!",
            TextKind.ADVERTISEMENT,
        ),
        ("Kader: ampun masrahaken paspor dhateng tiyang, ampun mangkat ngagem visa dolan dhateng Malaysia, niku jaring", TextKind.WARNING),
    ],
)
def test_what_only_sounds_like_an_offer(text: str, kind: TextKind) -> None:
    assert reading.read(Content(text)).text_kind == kind


@pytest.mark.parametrize("piece", ["umroh hotel ", "visa a ", "jangan pernah ", "foto a b c d ", "saya a b tidak ", "cek a b "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    for search in (asides.is_a_journey, asides.explains, asides.advises, asides.is_misused, asides.is_about_a_room):
        assert growth.growth(search, piece) <= growth.LINEAR

"""Numbers the post gives a key to: backwards, in parts, letters and signs for digits, something left out."""

from __future__ import annotations

import pytest

from tests.engine.reading.numbers import ONE, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("876543210480 baca dari belakang", [ONE]),
        ("Nomor dibalik ya: 8765-4321-0480", [ONE]),
        ("diwalik yo lur 8765 4321 0480", [ONE]),
        ("(dibaca terbalik) 876543210480", [ONE]),
        ("read backwards 876543210480", [ONE]),
        ("dari kanan ke kiri: 876543210480", [ONE]),
        ("5678 1234 0840 (urutan dibalik)", [ONE]),
        ("delapan tujuh enam lima empat tiga dua satu nol empat delapan nol (baca terbalik)", [ONE]),
        ("Bagian 2: 1234, bagian 3: 5678, bagian 1: 0840", [ONE]),
        ("(2) 1234 (1) 0840 (3) 5678 susun ya", [ONE]),
        ("1234(2) 0840(1) 5678(3), urutkan sendiri", [ONE]),
        ("belakang 5678 tengah 1234 depan 0840", [ONE]),
        ("B. 1234 A. 0840 C. 5678 urut abjad", [ONE]),
        ("1234 5678 0840 susun 3-1-2", [ONE]),
        ("ujungnya 5678, awalnya 0840, tengahnya 1234", [ONE]),
        ("part 2 = 1234 part 1 = 0840 part 3 = 5678", [ONE]),
        ("1) 0840 2) 1234 3) 5678 gabung sendiri", [ONE]),
        ("A=1 B=2 C=3 dst J=0: JHDJABCDEFGH", [ONE]),
        ("a=0 b=1 c=2 dst: aieabcdefghi", [ONE]),
        ("kode huruf A=0,B=1,C=2,D=3,E=4,F=5,G=6,H=7,I=8,J=9 -> A I E A B C D E F G H I", [ONE]),
        ("08@0-1234-5678 (@=4)", [ONE]),
        ("0*40 1234 567* (bintang = 8)", [ONE]),
        ("huruf O = nol: O84O 1234 5678", [ONE]),
        ("0X4012345678 ganti X dengan 8", [ONE]),
        ("0X4012345678, X diganti 8", [ONE]),
        ("#84#12345678, # = 0", [ONE]),
        ("❤84❤12345678 (❤ = 0)", [ONE]),
        ("08🌸0 1234 5678, 🌸 = 4", [ONE]),
        ("0840 1234 567? (? = 8)", [ONE]),
        ("0840-1234-567_ angka terakhir 8", [ONE]),
        ("0840 1234 567x (x=8)", [ONE]),
        ("08x40x1234x5678 buang x nya", [ONE]),
        ("84012345678 tambahin 0 di depan", [ONE]),
        ("840-1234-5678 (depannya 0)", [ONE]),
        ("tambah nol: 84012345678", [ONE]),
        ("84012345678 pakai +62", [ONE]),
        ("12-000 7781 kode malaysia ya", ["+60120007781"]),
        ("kode 60: 12 000 7781", ["+60120007781"]),
        ("8000 0456 (+65)", ["+6580000456"]),
        ("kode negara 852, nomornya 5000 0345", ["+85250000345"]),
        ("Kode +62, sisanya 840 1234 5678", [ONE]),
        (")*$)!@#$%^&* pencet shift di keyboard", [ONE]),
        ("084@12345678 (0=@)", [ONE]),
        ("angka 0 diganti @: @84@12345678", [ONE]),
        ("195123456789 tiap angka dikurangi 1", [ONE]),
        ("🍎84🍎12345678, 🍎 = 0", [ONE]),
        ("huruf x = 8, nomor: 0x40 1234 567x", [ONE]),
        ("bintang itu nol: *84*12345678", [ONE]),
        ("084O12345678 (O dibaca nol)", [ONE]),
        ("nomornya O84O-1234-5678, O itu nol", [ONE]),
        ("nomor dari blkg: 876543210480", [ONE]),
    ],
)
def test_the_key_is_followed(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nomer admin ojo diwoco seko ngarep, wocoen seko MBURI: 1744 0211 3680", ["+6286311204471"]),
        ("maca ti tukang nya: 1744 0211 3680", ["+6286311204471"]),
        ("waosipun saking wingking: 1744 0211 3680", ["+6286311204471"]),
        ("baca leq mudi: 1744 0211 3680", ["+6286311204471"]),
        ("bacana dari budi: 1744 0211 3680", ["+6286311204471"]),
        ("tolong dibaca dari ekor ke kepala 1744 0211 3680", ["+6286311204471"]),
        ("urutannya kebalik ya 1744 0211 3680", ["+6286311204471"]),
        ("bacanya kanan ke kiri 1744-0211-3680", ["+6286311204471"]),
        ("baca dr ujung belakang dulu 174402113680", ["+6286311204471"]),
        ("mundur ya bacanya: 1744 0211 3680", ["+6286311204471"]),
        ("dibaca mundur 1744 0211 3680", ["+6286311204471"]),
        ("diawali 0863 lalu 1120 dan diakhiri 4471", ["+6286311204471"]),
        ("depannya 0863, tengahnya 1120, belakangnya 4471", ["+6286311204471"]),
        ("kepala 0863 perut 1120 ekor 4471", ["+6286311204471"]),
        ("ngarepe 0863, tengahe 1120, mburine 4471", ["+6286311204471"]),
        ("hareupna 0863, tengahna 1120, tukangna 4471", ["+6286311204471"]),
        ("buka dengan 0863 sambung 1120 tutup 4471", ["+6286311204471"]),
        ("0863 terus tahun 1120 terus 4471", ["+6286311204471"]),
        ("awalannya 0863. terusannya 1120. penutupnya 4471", ["+6286311204471"]),
        ("4 angka awal 0863, 4 angka tengah 1120, 4 angka terakhir 4471", ["+6286311204471"]),
        ("nomornya 0863 diikuti 1120 diikuti 4471", ["+6286311204471"]),
        ("0863, ditambah 1120, ditutup 4471", ["+6286311204471"]),
        ("0863 ... 1120 ... 4471", ["+6286311204471"]),
        ("Wa => o8G3-ll2o-447I (G = 6)", ["+6286311204471"]),
        ("08G3 1120 4471, G itu 6", ["+6286311204471"]),
        ("08@3 1120 4471 (@ = 6)", ["+6286311204471"]),
        ("0863 11X0 4471 (X ganti 2)", ["+6286311204471"]),
        ("ket: b=6 -> 08b3 1120 4471", ["+6286311204471"]),
        ("08🌟3 1120 4471 🌟=6", ["+6286311204471"]),
        ("gaji 0868 5520 1147 eh keliru belakangnya 1174", ["+6286855201174"]),
        ("nomor lama 0842 terus ganti 0863 1120 4471", ["+6286311204471"]),
    ],
)
def test_what_is_told_of_parts_and_order(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nomor saya 0845, lanjut 5501, terakhir 2276", ["+6284555012276"]),
        ("0863 depan, terus 1120, buntut 4471", ["+6286311204471"]),
        ("nomor 0845 dulu, terakhir aktif 2019", []),
        ("0863 baris pertama, 1120 baris kedua, 4471 baris ketiga", ["+6286311204471"]),
        ("empat angka pertama 0863 empat berikutnya 1120 empat terakhir 4471", ["+6286311204471"]),
    ],
)
def test_the_last_part_is_named(text: str, expected: list[str]) -> None:
    assert values(text) == expected

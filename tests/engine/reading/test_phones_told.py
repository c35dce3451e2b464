"""Numbers that are told rather than written: parts and endings in words, several people under one beginning, digits put right."""

from __future__ import annotations

import pytest

from tests.engine.reading.numbers import ONE, values

ENDINGS = ["+6284012345611", "+6284012345622", "+6284012345633"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("depannya sama 0840 1234 56 terus dua angka belakangnya:\n11 = Pak Contoh\n22 = Bang Contoh\n33 = kantor", ENDINGS),
        ("wa 0840 1234 56xx, xx nya: 11 = berkas, 22 = jemput, 33 = malam", ENDINGS),
        ("wa 0840-1234-56xx → 11 kalo pagi, 22 siang, 33 malem", ENDINGS),
        ("hareupna 0840-1234-5\nngan tukangna beda:\nTeh Contoh 611\nKang Contoh 622\nBi Contoh 633", ENDINGS),
        ("muka sama 0840 1234 5, tinggal ganti blakang: Contoh 611, Om Contoh 622, Nona Contoh 633", ENDINGS),
        ("0840 1234 56 baru sambung ekornya. Daeng Contoh 11, loket 22, kasir 33", ENDINGS),
        ("beda dua angka belakang. Saya 0840 1234 5611, kakak 22", ENDINGS[:2]),
        ("0840 1234 5611, nomor istri sama cuma buntutnya 22", ENDINGS[:2]),
        ("Kang Contoh 0840 1234 5611\nTeh Contoh sarua, ngan tungtungna 22", ENDINGS[:2]),
        ("0840 1234 5611, nggone bojoku podo mung seje buntute, 22", ENDINGS[:2]),
        ("depannya 0840 1234 56 kabeh, belakangnya 11 (Bu Contoh), 22 (Kang Contoh), sama 33", ENDINGS),
        ("admin 0840 1234 5601-5604", [f"+628401234560{last}" for last in range(1, 5)]),
        ("0840 1234 5601 sampai dengan 5604", [f"+628401234560{last}" for last in range(1, 5)]),
        # Near: a masked number, a list of things, a hotline, a second group that is no ending.
        ("wa 0840 1234 56xx, harga 11 juta", []),
        ("depannya 0840 1234 5611, belakangnya 22 rumah kosong", ENDINGS[:1]),
        ("rumah Contoh 0840 1234 5611, belakangnya 22 rumah, 33 pohon", ENDINGS[:1]),
        ("0840 1234 5611 atau 110", ENDINGS[:1]),
        ("0840 1234 5611, 22 orang", ENDINGS[:1]),
        ("0840 1234 5611, syarat beda: 22 tahun", ENDINGS[:1]),
    ],
)
def test_several_numbers_share_their_beginning(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0840 1234 5679. ralat: angka paling belakang 8 bukan 9", [ONE]),
        ("0840 1234 5679. eh sori, digit terakhir 8 bukan 9", [ONE]),
        ("0840-1234-5679. RALAT: angka panungtungna lain 9, tapi 8", [ONE]),
        ("0840 1334 5678. maaf, angka keenam itu 2 bukan 3", [ONE]),
        ("0840 1934 5678, blok tengah kebalik, harusnya 1234", [ONE]),
        ("bukan 0840 1234 5677 tapi 0840 1234 5678", [ONE]),
        ("nomor saya bukan 0841 1234 5678 tapi 0840, sisanya betul", [ONE]),
        ("0840 1234 56 kurang rong angka mburi, tambahono 78", [ONE]),
        ("WA 0840 1234 5678, ovo sama cuma angka terakhir 9 bukan 8", [ONE, "+6284012345679"]),
        # Near: what is not put right stays.
        ("0840 1234 5678. syaratnya 3 bukan 2", [ONE]),
        ("0840 1234 5678 bukan calo, tapi 5 orang resmi", [ONE]),
        ("jangan kebalik: gaji 0840 1234 5677, kontrak 0840 1234 5678", ["+6284012345677", ONE]),
    ],
)
def test_digits_put_right(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0840 terus 1234 mari ngono 5678", [ONE]),
        ("0840 (jangan) 1234 (disebar) 5678", [ONE]),
        ("wa: 0840 cinta 1234 rindu 5678", [ONE]),
        ("0840 1234, belakangnya masih 4 angka lagi: lima enam tujuh delapan", [ONE]),
        ("0840 tuluy 1234 panungtungna 5678", [ONE]),
        ("0840, angka 3 dua kali, terus 1234", ["+62840331234"]),
        ("0840 lalu 12 dua kali lalu 34", ["+628401212" + "34"]),
        ("0840, banjur angka 6 ping telu, terus 1234", ["+628406661234"]),
        ("0*8*4*0**1*2*3*4**5*6*7*8", [ONE]),
        ("0840 + 1234 + 5678", [ONE]),
        ("Rp 08.401.234.5678", [ONE]),
        ("buri 5678, tengah 1234, ngarep 0840 susunen dewe", [ONE]),
        ("susun sendiri: tengah 1234, depan 0840, ekor 5678", [ONE]),
        ("kode: A=1 B=2 C=3 D=4 E=5 F=6 G=7 H=8 J=0\nJHDJ ABCD EFGH", [ONE]),
        ("# iku 0, * iku 8. WA #*4#1234567*", [ONE]),
        ("diwaca sekang mburi: 8765 4321 0480", [ONE]),
        ("oB40-l2E4-567B", [ONE]),
        ("kosong wolu papat nol rolas telung puluh patang atus", ["+62840" + "1230400"]),
        ("WA 840 1234 5678 (depannya nol ya)", [ONE]),
        ("kontrak0840-1234-5678", [ONE]),
        # Near: sums, remarks between other things, a title behind number words, what is mine.
        ("0840 + 1234 + 5678 = 7752", []),
        ("845 + 377 = ..., 8.450 : 5 = ...", []),
        ("telp nol lapan empat nol satu dua tiga empat lima enam tuju. pak RT bilang", ["+628401234567"]),
        ("HK-ku luk ling", []),
        ("rapat 0840 (ruang) 12 (lantai) 5", []),
    ],
)
def test_groups_over_words_and_remarks(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taiwan, pencet 886-900-000-417", ["+886900000417"]),
        ("kerja di Thailand, nomor Thailand nya 081 000 4417", ["+66810004417"]),
        ("kerja di Brunei: 8000 417, kode negaranya 673", ["+6738000417"]),
        ("order 05O OOO 44l7 di Dubai", ["+971500004417"]),
        ("tanya izin 0778 000 4417 telepon aja", ["+627780004417"]),
        ("gudang (0765) 000 44 17", ["+627650004417"]),
        ("pt contoh mandiri tenaga 0840 1234 5678", [ONE]),
        ("ke nomor toko: 0840 1234 5678", [ONE]),
        ("berangkat umroh plus Turki, izin PPIU U.447/2023", []),
    ],
)
def test_where_a_number_belongs(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "password wifi mess lantai 3 ganti jadi 084012345678",
        "No kartu BPJS TK saya 0840 1234 5678",
        "kartu BPJS ketenagakerjaan PMI saya no 0840 1234 5678",
        "Nomor ujian EPS-ku 084012345678",
        "Paket koper resine 084012345678",
        "barcode paket 0840 1234 5678",
        "kak resi paket ke Taipei 0840 1234 56789",
        "MTCN 084-012-3456",
        "4D malam ini keluar 0840, 1234, 5678",
        "rekening BNI bendahara sepuluh angka, enam angka pertama 071500 empat angka belakang 2236",
        "REK BRI\n0840\n12\n345678\n50",
    ],
)
def test_what_is_somebody_s_card_parcel_password_or_draw(text: str) -> None:
    assert values(text) == []

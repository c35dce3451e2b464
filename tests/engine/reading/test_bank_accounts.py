"""Bank accounts and wallets: bank, digits, holder, and digits beside a bank's name that are none."""

from __future__ import annotations

import pytest

from patrol.domain import Claim
from patrol.engine.reading import accounts, bank_accounts, folding, phones, phrases
from tests.growth import LINEAR, growth


def claims(text: str) -> list[Claim]:
    folded = folding.fold(text)
    return bank_accounts.claims(folded, phrases.search(folded))


def found(text: str) -> list[tuple[str, str]]:
    return [(claim.value, text[slice(*claim.span)]) for claim in claims(text)]


def values(text: str) -> list[str]:
    return [value for value, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rek BCA 0000123456 a/n Contoh", ("BCA 0000123456", "0000123456")),
        ("rek: 0000-01-000123-50-6 (BRI)", ("BRI 000001000123506", "0000-01-000123-50-6")),
        ("transfer ke Mandiri no 0000 1620 0155", ("MANDIRI 000016200155", "0000 1620 0155")),
        ("BCA 0000123456 50rb", ("BCA 0000123456", "0000123456")),
        ("no rek 0000123456 bank bri", ("BRI 0000123456", "0000123456")),
        ("Rekening:\nBCA\n0000123456\na.n Contoh", ("BCA 0000123456", "0000123456")),
        ("BSI (451) 0000612093", ("BSI 0000612093", "0000612093")),
        ("VA BCA 88081 084012345678", ("BCA 88081084012345678", "88081 084012345678")),
        ("Maybank 000084620193 nama Contoh", ("MAYBANK 000084620193", "000084620193")),
        ("post taiwan 700-0001234-0001234", ("CHUNGHWA POST 70000012340001234", "700-0001234-0001234")),
        ("rekening 084000193857 di bank BPD", ("BPD 084000193857", "084000193857")),
    ],
)
def test_a_bank_stands_before_behind_or_on_the_next_line(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DANA +62 840-1234-5678", ["DANA 084012345678"]),
        ("GOPAY 084012345678 paling lambat", ["GOPAY 084012345678"]),
        ("DANA/OVO 0840 1234 5678", ["DANA 084012345678", "OVO 084012345678"]),
        ("Touch n Go 010-000 4927", ["TOUCH N GO 0100004927"]),
        ("GCash +63 905 000 4821", ["GCASH 09050004821"]),
    ],
)
def test_wallets_have_numbers_in_national_form(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "dana bantuan 150.000.000",
        "dana 2025",
        "BCA cabang Contoh, WA 084012345678",
        "BRI 0840 1234 5678",
        "hubungi 0840 1234 5678, BRI tutup",
        "gaji lewat BRI tiap tanggal 25",
        "KUR BRI Rp100.000.000",
        "mandiri 2 tahun 08401234567",
    ],
)
def test_digits_beside_a_bank_that_are_no_account(text: str) -> None:
    assert found(text) == []


def test_a_list_gives_each_bank_its_own_number() -> None:
    assert values("BCA 0000123456\nBRI 000001000123506\nMandiri: 0000162001555") == [
        "BCA 0000123456",
        "BRI 000001000123506",
        "MANDIRI 0000162001555",
    ]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("BCA 0000123456 a/n Rina Contoh, konfirmasi", "Rina Contoh"),
        ("BCA 0000123456 an. Rina (bendahara)", "Rina"),
        ("rek BCA 0000123456 (Rina Contoh)", "Rina Contoh"),
        ("rek BSI 0000512345 Rina. japri", "Rina"),
        ("BCA a/n Rina Contoh\n0000123456", "Rina Contoh"),
        ("Atas nama PT Contoh Jaya BCA 0000123456", "PT Contoh Jaya"),
        ("rek BCA 0000123456 lalu kirim bukti", None),
    ],
)
def test_in_whose_name(text: str, holder: str | None) -> None:
    assert [claim.detail.get("holder") for claim in claims(text)] == [holder]


def with_numbers(text: str) -> list[str]:
    """The accounts of a text as the reader sees it: with the numbers to dial it holds."""
    folded = folding.fold(text)
    numbers = phones.claims(folded, accounts.links(folded))
    return [claim.value for claim in bank_accounts.claims(folded, phrases.search(folded), "text", numbers)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wa 0863 1120 4471, Dana nomer sing padha", ["DANA 086311204471"]),
        ("WA 0863-1120-4471 (dana nomor sama)", ["DANA 086311204471"]),
        ("0863 1120 4471 DANA juga nomor ini ya", ["DANA 086311204471"]),
        ("tf ke dana nomor wa di atas. WA 0863 1120 4471", ["DANA 086311204471"]),
        ("bayar gopay ke nomor wa gue 0863 1120 4471", ["GOPAY 086311204471"]),
        ("hub 0863 1120 4471, ovo nomerna sarua", ["OVO 086311204471"]),
        ("kontak 0863 1120 4471. gopay nomer sami, atas nama Siti", ["GOPAY 086311204471"]),
        ("OVO sama dengan WA 0863 1120 4471", ["OVO 086311204471"]),
        ("0863 1120 4471 (WA), Gopay idem", ["GOPAY 086311204471"]),
        ("DANA/OVO no yg sama dgn wa 0863 1120 4471", ["DANA 086311204471", "OVO 086311204471"]),
        ("wa bunda 0863 1120 4471, tanda jadi ke dana nomor tsb", ["DANA 086311204471"]),
        ("uang muka ke DANA no hp tadi. HP 0863 1120 4471", ["DANA 086311204471"]),
        ("GOPAY no podo karo WA, 0863 1120 4471", ["GOPAY 086311204471"]),
        ("kirim ke shopeepay nomor yang sama, WA 0863 1120 4471", ["SHOPEEPAY 086311204471"]),
        ("sumber dana sama dengan tahun lalu. WA 0863 1120 4471", []),
        ("butuh dana nomor ini 0863 1120 4471", []),
        ("hati2 dana bantuan palsu, nomor sama terus 0863 1120 4471", []),
        ("terima gopay, cash. pesan 0863 1120 4471", []),
        ("bisa ovo/gopay. 0863 1120 4471", []),
        ("sedia dana 0863 1120 4471 telp", []),
        ("pinjaman dana 0863 1120 4471", []),
        ("dana desa cair, hub 0863 1120 4471", []),
        ("pembayaran ovo, dana, info 0863 1120 4471", []),
        ("bayar pakai gopay, order 0863 1120 4471", []),
        ("QRIS dan gopay ada. Pesan antar 0863 1120 4471", []),
        ("Gopay/dana/cash bisa, 0863 1120 4471 utk pesanan", []),
        ("cari dana cepat? 0863 1120 4471", []),
        ("tf ke gopay bendahara 0863 1120 4471", ["GOPAY 086311204471"]),
        ("setor ke dana bu RT 0863 1120 4471", ["DANA 086311204471"]),
        ("kirim lewat OVO anak saya (Rio) 0863 1120 4471", ["OVO 086311204471"]),
        ("dompet dana staf kami 0863 1120 4471, nama Rina", ["DANA 086311204471"]),
        ("ke GoPay bag. keuangan 0863 1120 4471 an. Sahdan", ["GOPAY 086311204471"]),
        ("iuran kas gopay ke aku aja 0863 1120 4471", ["GOPAY 086311204471"]),
        ("patungan ditransfer dana ketua 0863 1120 4471", ["DANA 086311204471"]),
        ("pelunasan via ShopeePay admin kantor 0863 1120 4471", ["SHOPEEPAY 086311204471"]),
        ("nomor virtual account 0000 7781 2093 5501", ["VA 0000778120935501"]),
        ("bayar ke VA: 0000778120935501 sebelum jam 9", ["VA 0000778120935501"]),
        ("VA Mandiri 0000 7781 2093 5501", ["MANDIRI 0000778120935501"]),
        ("BRI virtual account 0000 7781 2093 5501", ["BRI 0000778120935501"]),
        ("bayar via virtual account BNI masing2 siswa (contoh: 0000 7730 2026 0041)", ["BNI 0000773020260041"]),
        ("va tidak aktif, hub 0863 1120 4471", []),
        ("rekening virtual 0000778120935501 a.n. VISA SERVIS", ["VA 0000778120935501"]),
        ("akun virtual 88081234", ["VA 88081234"]),
        ("rek 0000-2217-4480-931 BRI, salah kirim bukan urusan sy. Tanya ke 0845 2093 1174", ["BRI 000022174480931"]),
        ("pesen dulu 5000 7713, bayar HSBC 0000-553-219 atau cash", ["HSBC 0000553219"]),
        ("BCA 0000123456, sisa ke BRI 000011112222", ["BCA 0000123456", "BRI 000011112222"]),
        ("0000123456 (BCA) / 000011112222 (BRI)", ["BCA 0000123456", "BRI 000011112222"]),
        ("PayMe 9000 4412", ["PAYME 90004412"]),
        ("FPS 5000 7713 a/c name CHAN", ["FPS 50007713"]),
        ("paynow 8000 0456", ["PAYNOW 80000456"]),
        ("ゆうちょ (yucho) 0000-8-21773301", ["YUCHO 0000821773301"]),
        ("ovo nol delapan enam tiga satu satu dua nol empat empat tujuh satu", ["OVO 086311204471"]),
        ("BCA 0842119003 (Nur Hayati)\n0842119004 (wa)", ["BCA 0842119003"]),
        ("kirim dana talangan ke 0863 1120 4471", []),
        ("dana tunai 0863 1120 4471", []),
    ],
)
def test_whose_number_a_wallet_or_a_virtual_account_has(text: str, expected: list[str]) -> None:
    assert with_numbers(text) == expected


@pytest.mark.parametrize("piece", ["bca ", "1234567 bca ", "rek 1 2 3 4 5 6 7 bca ", "bca\n", "dana an a b c d 1"])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: claims("bca 1234567\n" + text), piece) <= LINEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dana 750rb ke nomor yg sama 0840 1234 5678", ["DANA 084012345678"]),
        ("Ibu Selvi 0840-1234-5678. Uang komitmen 1.750.000 ke GoPay nomor Ibu Selvi", ["GOPAY 084012345678"]),
        ("butuh dana 750rb, hub 0840 1234 5678", []),
    ],
)
def test_the_wallet_of_the_same_number_behind_an_amount_or_a_name(text: str, expected: list[str]) -> None:
    folded = folding.fold(text)
    numbers = phones.claims(folded, accounts.links(folded))
    assert [claim.value for claim in bank_accounts.claims(folded, phrases.search(folded), numbers=numbers)] == expected


def test_a_region_s_bank() -> None:
    assert values("ke Bank SulutGo 0000 1182 907 Contoh") == ["BANK SULUTGO 00001182907"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rek BCA ane: nol nol satu dua, tiga empat, lima enam tujuh delapan. a.n Contoh", ["BCA 0012345678"]),
        ("BNI: kosong limo ciek duo tujuah tujuah ampek sambilan tigo lapan", ["BNI 0512774938"]),
        ("BNI one two double zero four one seven triple six, name Contoh", ["BNI 1200417666"]),
        ("transfer ke BRI, payunna 0000-01, tengahna 020117, pungkurna 53-4", ["BRI 000001020117534"]),
        ("rek MANDIRI gue: depannya 000 00, tengah 1177, 4 angka terakhir 8805", ["MANDIRI 0000011778805"]),
        ("rekening BRI. Depannya 0000. Habis itu 01. Lalu 025577. Belakangnya 53-1. Katanya", ["BRI 000001025577531"]),
        ("masukin ke BCA gue aja: 8 digit awal 00100927, dua digit belakang 15", ["BCA 0010092715"]),
        ("maring BCA 004 771 20, rong angka pungkasane 6 karo 5, an Contoh", ["BCA 0047712065"]),
        ("BNI 0071 sambung 44 sambung 5520, Contoh", ["BNI 0071445520"]),
        ("tf ke BCA 0I4 OO2 9B3l an Contoh", ["BCA 0140029831"]),
        ("Mandiri\n0090\n0226\n71845\nan Contoh", ["MANDIRI 0090022671845"]),
        ("BRI 0000⭐0100⭐5512⭐538 an Contoh", ["BRI 000001005512538"]),
        ("setor BCA 0015 .. 773 .. 402 an Contoh", ["BCA 0015773402"]),
        ("0018 0076 44 itu BCA saya", ["BCA 0018007644"]),
        ("BCA 0077300452 tapi dibaca dari belakang ke depan ya", ["BCA 2540037700"]),
        ("TF ke BCA 0010 0437 81 eh salah maaf, 0010 0437 18 ya", ["BCA 0010043718"]),
        ("tatulis BNI 0022 1180 64, ralat 2 angka balakang 46", ["BNI 0022118046"]),
        # Near: what follows an account is no part of it.
        ("BRI 0055 0000 61, terus 15 pas kontrak", ["BRI 0055000061"]),
        ("BCA 0012345678, lalu kirim 2 foto", ["BCA 0012345678"]),
        ("BCA 0012345678\n2. KTP\n3. KK", ["BCA 0012345678"]),
        ("Bank Mandiri program 2024 lanjut 2025 terus 2026", []),
        ("bank BCA buka jam delapan, tutup jam dua", []),
        ("POSB 001-00418-6. 1 pack $6", ["POSB 001004186"]),
    ],
)
def test_an_account_told_in_parts_or_in_words(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OVO opo GoPay, nomer e podo karo WA iki yo: 0840 1234 5678", ["OVO", "GOPAY"]),
        ("Gopay Ovo Dana Shopeepay cukup pakai nomer chat di atas. 0840-1234-5678", ["GOPAY", "OVO", "DANA", "SHOPEEPAY"]),
        ("Chat 0840 1234 5678. Dana, Ovo atawa Gopay ka nomor situ jua", ["DANA", "OVO", "GOPAY"]),
        ("0840 1234 5678, OVO juga sama", ["OVO"]),
        ("DANA-ne pada bae karo WA, 0840 1234 5678", ["DANA"]),
        ("WA +62 840 1234 5678. OVO same number", ["OVO"]),
        ("wa & LINKAJA gue satu nomor: 0840 1234 5678", ["LINKAJA"]),
        ("DANA 0840-1234-5678, WA nomer nu sarua", ["DANA"]),
        ("SHOPEEPAY 0840/1234/5678", ["SHOPEEPAY"]),
        ("DANA O8 40 I2 34 56 78 an Contoh", ["DANA"]),
        ("DANA-nya pakai nomor suami: 0840 1234 5678", ["DANA"]),
        ("0840 1234 5678, butuh dana semua nomor ini", []),
        ("0840 1234 5678 admin OVO tutup, besok buka juga", []),
    ],
)
def test_a_wallet_in_the_words_of_a_region(text: str, expected: list[str]) -> None:
    folded = folding.fold(text)
    numbers = phones.claims(folded, accounts.links(folded))
    made = bank_accounts.claims(folded, phrases.search(folded), numbers=numbers)
    assert sorted(claim.value for claim in made) == sorted(f"{wallet} 084012345678" for wallet in expected)

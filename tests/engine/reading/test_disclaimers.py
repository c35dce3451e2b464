"""Who says that he has no work to give, and who hides behind the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import disclaimers, folding
from tests import growth

SHOWN = "KERJA TURKI gaji 1.000 USD, visa turis."


@pytest.mark.parametrize(
    "text",
    [
        "Banyak yang inbox nanya job Taiwan, maaf saya tidak punya lowongan, saya cuma PRT di Hong Kong jualan pecel.",
        "Kula sanes PL, mboten gadhah padamelan kangge sinten-sinten. Kula sadeyan jamu.",
        "Kami TIDAK menyalurkan tenaga kerja ke Taiwan. Di sini hanya tiket pesawat. Silakan ke Disnaker.",
        "Stop nanya loker Jepang di DM ya, aku cuma kerja jadi perawat lansia di Shizuoka.",
        "LPK Contoh tidak memberangkatkan siapa pun ke Jepang, kami tempat belajar bahasa.",
        "Pemdes Contoh mboten nate mbikak pendaftaran kerja dhateng Jepang. Nomer 0840-1234-5678 sanes nomer kita.",
    ],
)
def test_who_recruits_nobody_offers_nothing(text: str) -> None:
    assert disclaimers.disclaims(folding.fold(text).words)
    assert reading.read(Content(text)).text_kind != TextKind.OFFER_ABROAD


@pytest.mark.parametrize(
    "text",
    [
        "Bukan calo bukan sponsor, butuh 10 orang jaga lansia Taiwan, gaji NT 28.000, WA 0840-1234-5678",
        "Saya bukan agen, cuma bantu urus. Kerja ladang Malaysia gaji RM1.700, hubungi 0840-1234-5678",
        "Kami tidak memungut biaya dan tidak menahan paspor. Loker pabrik Korea, hubungi 0840-1234-5678",
        "Kulo sanes agen, majikan Jeddah nyuwun kulo pados 2 tiyang, gaji 1.500 riyal",
        "Tidak ada biaya agen: welder Polandia, gaji PLN 5.000, kirim CV ke 0840-1234-5678",
    ],
)
def test_a_cover_is_no_disclaimer(text: str) -> None:
    assert not disclaimers.disclaims(folding.fold(text).words)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("aku nih cuma buruh pabrik di Taichung, ngepel tiap hari, bukan agensi", True),
        ("saya bukan agen, majikan sudah punya kuota sendiri", True),
        ("jangan minta dibawain kerja ya", True),
        ("Gaji kilang RM1.700. Aku cuma cerita pengalaman ya", True),
        ("saya bukan agen, kuota masih ada", False),
        ("kami antar sampai sana, tanpa agen", False),
        ("saya cuma cerita, yang minat inbox", False),
    ],
)
def test_who_only_tells_of_himself_gives_no_work(text: str, *, none: bool) -> None:
    assert disclaimers.disclaims(folding.fold(text).words) is none


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("1. Dilarang posting loker Kamboja 2. minta uang = hapus", True),
        ("Peraturan grup: haram promosi job Saudi, langsung kick", True),
        ("Loker Kamboja tidak dilarang, gaji 12 juta", False),
    ],
)
def test_the_rules_of_a_group_offer_nothing(text: str, *, rules: bool) -> None:
    assert disclaimers.disclaims(folding.fold(text).words) is rules


@pytest.mark.parametrize(
    ("text", "seeks"),
    [
        ("Saya wartawan lepas, mencari mantan pekerja kapal yang bersedia bercerita", True),
        ("Buat skripsi butuh responden eks TKI Taiwan, isi kuesioner ya", True),
        ("Butuh operator pabrik Taiwan, pengalaman tidak perlu", False),
        ("Kata wartawan lowongan Korea dibuka, daftar ke saya", False),
    ],
)
def test_who_seeks_stories_seeks_no_hands(text: str, *, seeks: bool) -> None:
    assert disclaimers.seeks_stories(folding.fold(text).words) is seeks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Hiring at our school in Bandung: native Japanese teacher, KITAS sponsored, IDR 20 mio, send CV to hr@sekolah.example",
            TextKind.OFFER_HOME,
        ),
        ("Butuh 10 orang jaga lansia di Taiwan, gaji NT 28.000, WA 0840-1234-5678, kumpul di Bandung", TextKind.OFFER_ABROAD),
    ],
)
def test_who_hires_foreigners_hires_here(text: str, kind: TextKind) -> None:
    assert disclaimers.hires_foreigners(folding.fold(text).words) is (kind == TextKind.OFFER_HOME)
    assert reading.read(Content(text)).text_kind == kind


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Awas banyak penipu. Yang asli cuma satu, ibu Mei", True),
        ("Hati-hati akun palsu, admin resmi hanya saya", True),
        ("Jangan sampai jadi korban. Makanya lewat Pak Haji saja", True),
        ("Saya tidak lari, pemberangkatan tetap jalan bulan Agustus", True),
        ("Itu fitnah, kami masih melayani pendaftaran", True),
        ("Awas penipu, daftar hanya lewat jalur resmi di disnaker", False),
        ("Hati-hati, nomor itu masih buka lowongan", False),
        ("Laporan kami masih berjalan di Polres", False),
        ("Pelakunya masih jalan bebas", False),
        ("Yang asli sudah kami serahkan ke polisi", False),
        ("Hati-hati, nomor itu bukan milik kami", False),
    ],
)
def test_a_warning_may_end_with_the_one_who_warns(text: str, *, turns: bool) -> None:
    assert disclaimers.turns_to_himself(folding.fold(text).words) is turns


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("KLARIFIKASI: kabar itu fitnah. Dana tetap cair, verifikasi 250 ribu ke BRI", True),
        ("Hoaks itu! PMI berhak 12 juta. Biaya buka blokir 375.000 disetor ke bendahara", True),
        ("Tidak benar ada bantuan yang cair. Pelaku meminta biaya administrasi 250 ribu", False),
        ("Kabar itu hoaks. Jangan bayar biaya materai 85 ribu", False),
        ("Dana tetap cair, biaya administrasi 20 ribu", False),
    ],
)
def test_who_defends_himself_may_ask_for_money(text: str, *, asks: bool) -> None:
    assert disclaimers.asks_all_the_same(folding.fold(text).words) is asks


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("AWAS PENIPU loker Malaysia! Banyak korban. Yang asli cuma Bang Ucok, kilang Johor masih ada 8 kursi, WA 0840-1234-5678", True),
        ("AWAS PENIPU loker Malaysia! Banyak korban. Jangan transfer, laporkan nomor 0840-1234-5678", False),
    ],
)
def test_who_warns_and_goes_on_offers(text: str, *, offers: bool) -> None:
    assert (reading.read(Content(text)).text_kind == TextKind.OFFER_ABROAD) is offers


@pytest.mark.parametrize(
    ("text", "unmasks"),
    [
        ("DIBUTUHKAN 50 WANITA KE HONG KONG, gaji 13 juta, DP 1 juta. Ngono kuwi rupane loker ngapusi, ojo percoyo.", True),
        ("KERJA TURKI gaji 1.000 USD, visa turis. Itu isi brosur yang kami copot kemarin, jangan ditelepon.", True),
        ("Seperti inilah iklan penipuan. DIBUTUHKAN 50 wanita" + " syarat lengkap gaji besar" * 14, False),  # no last sentence
        ("Ini contoh lowongan kami bulan ini: Taiwan, gaji NT 29.500, hubungi admin", False),  # nobody is warned
        ("Jangan percaya loker palsu, kami resmi: Taiwan, gaji NT 29.500", False),
        ("Taiwan gaji NT 29.500. Banyak iklan seperti loker palsu, kami resmi", False),  # what it is called warns of nothing
        ("Taiwan gaji NT 29.500. Banyak iklan seperti loker palsu, jangan ditelepon", True),
        ("Taiwan gaji NT 29.500. Hati-hati, banyak iklan seperti loker palsu", True),
    ],
)
def test_a_last_sentence_may_show_a_frauds_wording(text: str, *, unmasks: bool) -> None:
    assert disclaimers.unmasks(folding.fold(text).words) is unmasks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pabrik Taiwan gaji NT 29.500, WA 0840-1234-5678. Hati-hati banyak iklan seperti loker palsu, kami resmi", TextKind.OFFER_ABROAD),
        (f"{SHOWN} Itu isi brosur palsu, jangan ditelepon. WA 0840-1234-5678", TextKind.OFFER_ABROAD),
        (f"{SHOWN} Itu isi brosur palsu, jangan ditelepon. Daftar di loker.example/turki", TextKind.OFFER_ABROAD),
        (f"{SHOWN} Itu isi brosur palsu, jangan ditelepon. Yang minat transfer ke BRI 0000 1111 2222 333", TextKind.OFFER_ABROAD),
        (f"{SHOWN} Itu isi brosur palsu, jangan ditelepon. Yang minat inbox", TextKind.OFFER_ABROAD),
        (f"{SHOWN} Itu isi brosur palsu, jangan ditelepon.", TextKind.WARNING),
        (f"{SHOWN} Itu isi brosur palsu yang beredar di WA, jangan ditelepon.", TextKind.WARNING),
        (
            f"{SHOWN} Itu isi brosur palsu, jangan ditelepon, hubungi disnaker (022) 5550123 atau https://contoh.go.id/lapor",
            TextKind.WARNING,
        ),
        (f'"{SHOWN} WA 0840-1234-5678" Itu isi brosur palsu, jangan ditelepon.', TextKind.WARNING),  # the number is the quoted one's
    ],
)
def test_who_shows_a_frauds_wording_gives_no_way_to_it(text: str, kind: TextKind) -> None:
    assert reading.read(Content(text)).text_kind == kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kementerian mencabut izin PT Contoh Nusa, 31 calon dipindah ke penampungan", True),
        ("BP3MI menghentikan sementara seluruh kegiatan PT Contoh Nusa selama tiga bulan", True),
        ("Izin PT Contoh Nusa belum dicabut, kami tetap buka", False),  # no office tells it
        ("Kementerian P2MI: lowongan caregiver dibuka, jangan cabut berkas", False),
    ],
)
def test_who_tells_of_a_sanction(text: str, *, told: bool) -> None:
    assert disclaimers.tells_of_a_sanction(folding.fold(text).words) is told


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Program pemerintah daerah, teu ngaliwatan perusahaan penempatan", True),
        ("tidak melalui P3MI maupun perantara", True),
        ("berangkat melalui perusahaan penempatan", False),
        ("tidak melalui tes bahasa", False),
    ],
)
def test_the_way_leads_through_no_company(text: str, *, without: bool) -> None:
    assert disclaimers.without_companies(folding.fold(text).words) is without


@pytest.mark.parametrize(
    "search",
    [
        disclaimers.seeks_stories,
        disclaimers.hires_foreigners,
        disclaimers.turns_to_himself,
        disclaimers.asks_all_the_same,
        disclaimers.unmasks,
        disclaimers.tells_of_a_sanction,
        disclaimers.without_companies,
    ],
)
@pytest.mark.parametrize("piece", ["yang asli a ", "wartawan cerita ", "itu isi a ", "mencabut izin a "])
def test_no_search_takes_more_than_its_length(search: Callable[[str], bool], piece: str) -> None:
    assert growth.growth(search, piece) <= growth.LINEAR


@pytest.mark.parametrize("piece", ["saya a b c d e f g h i j ", "tidak ada a ", "saya ini ", "nanya a a "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(disclaimers.disclaims, piece) <= growth.LINEAR

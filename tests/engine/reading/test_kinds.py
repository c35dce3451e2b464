"""What kind of text a post is, and by what route an offer sends people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Content, Route, TextKind
from patrol.engine import reading
from patrol.engine.reading import kinds, learned

AD = "Dibutuhkan admin di Kamboja, gaji 12 juta, makan dan mess gratis, tanpa ijazah. WA 0840-1234-5678"


def kind(text: str) -> str:
    return reading.read(Content(text)).text_kind


@pytest.mark.parametrize(
    "text",
    [
        AD,
        AD.upper(),
        "Urgent! 3 org utk jaga lansia di Hong Kong, gaji HKD 5.100, potongan 6 bulan. Japri aja kak 084012345678",
        ("PT Lintang Contoh membuka lowongan operator produksi Taiwan, SIP B. 1/SIP2MI/IV/2026, kontrak 3 tahun. Kantor 0840-1234-5678"),
        "Job ready Dubai, housemaid, gaji 1200 dirham, langsung majikan. Minat inbox",
        "Awas penipuan! Kami PT Lintang Contoh resmi buka lowongan pabrik Malaysia, gaji RM1.700. Hub 0840-1234-5678",
        "Ikut saya aja ke Kamboja bos, jadi admin gaji 12 jt makan mess free. chat 0840-1234-5678",
        ("Disnaker mengadakan job fair: lowongan perawat ke Jepang dan operator ke Malaysia, gaji RM1.700, pendaftaran di kantor"),
        "Golek wong 5 nggo pabrik Taiwan, gajine gedhe, mangkat cepet. WA 084012345678",
    ],
)
def test_offers_of_work_abroad(text: str) -> None:
    assert kind(text) == TextKind.OFFER_ABROAD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'Waspada penipuan loker! Beredar iklan: "{AD}" Jangan percaya, laporkan ke BP3MI.', TextKind.WARNING),
        ("Hati-hati, jangan mudah tergiur gaji besar kerja di Kamboja. Itu modus penipuan.", TextKind.WARNING),
        (
            ("Polisi menangkap dua tersangka perekrut pekerja migran ilegal ke Malaysia. Korban mengaku dijanjikan gaji RM1.700."),
            TextKind.NEWS,
        ),
        ("Ada yang tahu PT ini resmi? Mau kerja ke Taiwan tapi takut ketipu, mohon info ya", TextKind.PLEA),
        ("Saya lagi cari kerjaan di Malaysia, umur 24, ada lowongan ga min? 084012345678", TextKind.PLEA),
        ("Gua cerita ya, gua ditipu agen, nyampe sana paspor gua diambil dan gua disuruh nipu orang. Jangan berangkat.", TextKind.PLEA),
        ("wkwkwk mending jadi admin judol Kamboja aja, gaji dapet setrum", TextKind.JOKE),
        ("Dibutuhkan kasir toko di Bandung, gaji UMR, SMA, lamaran ke toko. WA 084012345678", TextKind.OFFER_HOME),
        ("Kursus bahasa Jepang online level N5, kelas malam, promo 300 ribu. WA 084012345678", TextKind.ADVERTISEMENT),
        ("Jual rice cooker second, nego, COD area KPS. WA 084012345678", TextKind.ADVERTISEMENT),
        ("Kirim uang Taiwan ke Indonesia, rate bagus hari ini, masuk 5 menit. CS 084012345678", TextKind.ADVERTISEMENT),
        (("Selamat! Anda terpilih menerima dana bantuan TKI Rp 150 juta dari BP2MI. Hubungi 084012345678 untuk pencairan"), TextKind.LURE),
        ("Selamat pagi semua, semoga sehat selalu di perantauan", TextKind.OTHER),
        ("", TextKind.OTHER),
    ],
)
def test_texts_that_offer_no_work_abroad(text: str, expected: TextKind) -> None:
    assert kind(text) == expected


def test_a_place_in_an_official_scheme_sold_by_a_fixer_is_an_offer_and_not_exempt() -> None:
    text = "Bisa bantu lolos program G to G Korea jalur orang dalam, kementerian, biaya admin 15 juta WA 084012345678"
    assert kind(text) == TextKind.OFFER_ABROAD
    assert reading.read(Content(text=text)).route == Route.AGENCY


def test_a_quoted_ad_and_the_same_ad_unquoted() -> None:
    assert kind(f'Katanya begini: "{AD}" menurut kalian?') != TextKind.OFFER_ABROAD
    assert kind(AD) == TextKind.OFFER_ABROAD


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Pengumuman: pendaftaran program G to G perawat ke Jepang dibuka, melalui laman resmi kementerian, gratis.", Route.EXEMPT),
        ("KBRI Doha membuka lowongan pegawai setempat, berkas melalui laman resmi KBRI.", Route.EXEMPT),
        ("Jadwal wawancara peserta program G to G Korea sudah diumumkan kementerian.", Route.EXEMPT),
        ("PT Lintang Contoh membuka pendaftaran SSW Jepang perawat, seleksi di Disnaker, gaji ¥180.000", Route.AGENCY),
        ("Magang ke Jepang lewat program pemerintah, kementerian, bayar DP dulu 5 juta. Dibutuhkan 10 orang", Route.AGENCY),
        (AD, Route.AGENCY),
    ],
)
def test_routes(text: str, route: Route) -> None:
    found = reading.read(Content(text))
    assert (found.text_kind, found.route) == (TextKind.OFFER_ABROAD, route)


def weighed(kind: TextKind, *, by: float, exempt: float = -1.0) -> learned.Weighed:
    """Weights that prefer a kind to all others by so many logits."""
    return learned.Weighed({**dict.fromkeys(TextKind, 0.0), kind: by}, exempt)


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        ("Butuh orang ke Taiwan", 2.8, TextKind.OFFER_ABROAD),
        ("Butuh orang ke Taiwan", 2.3, TextKind.OFFER_HOME),  # likelier than all else together, and not by enough
        ("Butuh orang ke Taiwan", 4.0, TextKind.OFFER_ABROAD),
        ("Butuh orang di pabrik", 2.8, TextKind.OFFER_HOME),  # nothing points abroad: it has to be surer
        ("Butuh orang di pabrik", 5.0, TextKind.OFFER_ABROAD),
        ("🔥🔥🔥 2026", 9.0, TextKind.OTHER),  # no word, no kind
    ],
)
def test_an_offer_has_to_be_likely_and_more_so_where_no_place_abroad_is_named(text: str, by: float, expected: TextKind) -> None:
    pulled = weighed(TextKind.OFFER_ABROAD, by=by)
    pulled = pulled._replace(kinds={**pulled.kinds, TextKind.OFFER_HOME: 0.1})
    assert kinds.settle(reading.signs_of(text), pulled)[0] == expected


@pytest.mark.parametrize(
    ("beside", "by", "expected"),
    [
        (TextKind.LURE, 2.3, TextKind.OFFER_ABROAD),  # somebody has to look at either: the likelier wins
        (TextKind.LURE, 2.0, TextKind.LURE),
        (TextKind.OFFER_HOME, 2.3, TextKind.OFFER_HOME),
    ],
)
def test_a_bait_leaves_the_offer_what_is_likelier_one(beside: TextKind, by: float, expected: TextKind) -> None:
    pulled = weighed(TextKind.OFFER_ABROAD, by=by)
    pulled = pulled._replace(kinds={**pulled.kinds, beside: 0.1})
    assert kinds.settle(reading.signs_of("Butuh orang di pabrik"), pulled)[0] == expected


@pytest.mark.parametrize(
    ("ending", "route"),
    [
        ("gratis, tanpa perantara", Route.EXEMPT),
        ("bayar DP dulu", Route.AGENCY),
        ("jalur orang dalam", Route.AGENCY),
        ("lewat PT Lintang Contoh", Route.AGENCY),
        ("SIP B. 1/SIP2MI/IV/2026", Route.AGENCY),
    ],
)
def test_what_ends_the_exempt_route_is_no_matter_of_weights(ending: str, route: Route) -> None:
    signs = reading.signs_of(f"Pendaftaran G to G Korea dibuka kementerian, {ending}.")
    assert kinds.settle(signs, weighed(TextKind.OFFER_ABROAD, by=9, exempt=9)) == (TextKind.OFFER_ABROAD, route)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nak kerja ladang kat Pahang? Dua lelaki lagi, upah RM60 sehari, wasap abang", TextKind.OFFER_ABROAD),
        ("Aya padamelan ngasuh nini di Taiwan, gajih NT 22.000, nu minat chat abdi", TextKind.OFFER_ABROAD),
        ("Ojo percoyo nek ono sing ngaku petugas njaluk dhuwit nggo budal Taiwan, apusi kuwi", TextKind.WARNING),
        ("Kargo laut Riyadh ke Jawa, 10 riyal per kilo, dijemput ke apartemen", TextKind.ADVERTISEMENT),
        ("Staf admin untuk kantor kami di Semarang, UMK, bawa lamaran", TextKind.OFFER_HOME),
        ("Police rescued 14 Indonesian workers from a compound, the ministry said on Monday", TextKind.NEWS),
        ("My agency keeps my passport, is that allowed? Please help", TextKind.PLEA),
    ],
)
def test_the_same_kinds_in_other_tongues_and_without_the_usual_words(text: str, expected: TextKind) -> None:
    assert kind(text) == expected


@given(
    st.lists(st.sampled_from([*AD.split(), "waspada", "katanya", "?", '"', "saya", "jual", "wkwk", "G to G", "kementerian"]), max_size=30)
)
def test_every_text_has_one_kind_and_one_route(words: list[str]) -> None:
    found = reading.read(Content(" ".join(words)))
    assert found.text_kind in set(TextKind)
    assert found.route in set(Route)
    assert found.route == Route.AGENCY or found.overseas_offer


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Kepada karyawan PT Contoh Gula: penugasan 6 bulan di pabrik kami di Timor Leste. Bukan lowongan untuk umum.", True),
        ("Memo HRD: teknisi organik dirotasi ke plant Ayutthaya Thailand. Khusus pegawai internal.", True),
        ("Internal - rekan-rekan yang sudah karyawan tetap, 6 orang ditugaskan ke gerai Melaka. Tidak untuk umum.", True),
        ("Internal memo: teknisi karyawan tetap yang akan ditugaskan di proyek kami di Dili. Gaji tetap dari perusahaan.", True),
        ("INTERNAL ONLY. Karyawan tetap, penugasan ke plant induk di Nagoya, pelamar luar tidak dilayani. Biaya admin 2 juta.", False),
        ("Lowongan Malaysia, jadi karyawan tetap, ditugaskan di bagian packing, khusus wanita.", False),  # open to all
        ("Karyawan tetap kami bangga, bukan lowongan umum, pabrik di Vietnam.", False),  # nobody is assigned
        ("Tidak menerima pelamar luar kota, ditugaskan di kilang Johor.", False),  # no staff is spoken to
    ],
)
def test_a_company_that_assigns_its_own_people_needs_no_licence(text: str, own: bool) -> None:
    signs = reading.signs_of(text)
    assert kinds.settle(signs, weighed(TextKind.OFFER_ABROAD, by=9))[1] == (Route.EXEMPT if own else Route.AGENCY)


RETOLD = "Ibu pelapor bercerita: anaknya ditawari kenalan jadi pelayan di Laos, disuruh bayar dulu, anak-anak lain sudah menyetor."


@pytest.mark.parametrize(
    "text",
    [
        RETOLD,
        "Ibu N. datang ke loket: ditawari tetangga kerja jaga toko di Macau, paspor dibuatkan, uang saku 4 juta.",
        "Kepala dusun menyampaikan orang tak dikenal menawarkan kerja kapal cumi, bon 5 juta, KTP dikumpulkan.",
    ],
)
def test_an_officers_note_of_an_offer_is_one(text: str) -> None:
    assert reading.read(Content(text, platform="noted")).text_kind == TextKind.OFFER_ABROAD


def test_the_same_sentence_from_elsewhere_stays_a_report() -> None:
    for platform in ("facebook", "whatsapp", ""):
        assert reading.read(Content(RETOLD, platform=platform)).text_kind in {TextKind.WARNING, TextKind.NEWS, TextKind.PLEA}


@pytest.mark.parametrize(
    "text",
    [
        "Bapak K. ingin tahu apakah PT Lintang Contoh masih boleh memberangkatkan ke Taiwan.",
        "Warga bertanya jadwal les bahasa Korea di balai desa, 100 ribu sebulan, hanya belajar.",
        "Ibu ditawari pinjaman 20 juta khusus keluarga TKI, diminta bayar administrasi 500 ribu dulu.",
        "Sdr. diminta kode OTP oleh orang mengaku petugas KBRI Riyadh.",
    ],
)
def test_an_officers_note_of_anything_else_is_no_offer(text: str) -> None:
    assert reading.read(Content(text, platform="noted")).text_kind != TextKind.OFFER_ABROAD


@pytest.mark.parametrize(
    ("text", "is_offer"),
    [
        ("estonia. gudang roti. 1.050 euro. sisa 3. wa aja", True),
        ("Kabar duka bagi yang nganggur: pabrik kaca Taiwan tinggal 2 kursi. Langsung rumah Bu Sri.", True),
        ("Bukan agen, cuma bantu. Majikan sepupuku di Macau butuh satu orang lagi, inbox sebelum diisi.", True),
        ("Banyak yang inbox tanya kerja. Saya bukan agen, cuma jual rujak di Hong Kong, tidak punya lowongan.", False),
        ("Nasi rawon dan sate tiap Minggu di Taichung, 120 NT, pesan lewat chat, antar asrama pabrik.", False),
        ("Penempatan Polandia oleh PT Rekaan Mutiara Segara, izin lengkap", True),
        ("nu bade ka Taiwan ngalangkungan PT Rekaan Mutiara Segara mangga ka kantor", True),
        ("operator tw, inbox", True),
        ("ladang my, inbox", True),
        ("ladang jambi, inbox", False),
        ("jual operator my, inbox", False),
        ("supir my? inbox", False),
        ("tolong suami ladang my, inbox", False),
        ("PT Rekaan Mutiara Elektronik mengirim produk ke Jepang dan Korea", False),
        ("Kantor PT Rekaan Mutiara Segara Taiwan pindah alamat", False),
        ("Infak musala pekerja di Brunei lewat bendahara, laporan ditempel tiap Jumat.", False),
        ("Open trip Bangkok Pattaya 4 hari 3 malam, 5,2 juta, hotel dan tiket, sisa 5 kursi.", False),
    ],
)
def test_who_asks_whom_to_come_and_work(text: str, *, is_offer: bool) -> None:
    assert (kind(text) == TextKind.OFFER_ABROAD) is is_offer


@pytest.mark.parametrize(
    ("text", "bait"),
    [
        ("Permisi, saya mahasiswa meneliti pengalaman pulang pekerja migran. Mohon isi kuesioner anonim, ada undian pulsa 50 ribu", False),
        ("Saya mahasiswa, isi kuesioner pekerja migran berhadiah 5 juta: kirim PIN dan kode OTP", True),
    ],
)
def test_who_asks_for_stories_baits_nobody(text: str, *, bait: bool) -> None:
    assert (kind(text) == TextKind.LURE) is bait


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Kirim uang kru Taiwan kurs 545, NT transfer dulu ke CTBC 0000-5540-1287, rupiah nyusul 3 hari", False),
        ("KDEI mendata ulang ABK Taiwan: kirim paspor dan kode OTP 6 angka yang masuk SMS ke petugas, Line kdei.rekaan", False),
        ("Paket ibu dari anak di Taiwan tertahan bea cukai, tebus 1.350.000 ke OVO 0840-1234-5678 sebelum tanggal 25", False),
        ("Rekening eks PMI Korea yang nganggur kami sewa 1,2 juta sebulan, ATM dan token diserahkan, admin @rekaan", False),
        ("Kurang 4 orang pabrik Taiwan, gaji NT 29.500, nanti kirim uang gampang. DP ke BRI 0000 1111 2222 333, WA 0840-1234-5678", True),
    ],
)
def test_money_sent_home_and_secrets_are_no_work(text: str, *, offers: bool) -> None:
    assert (kind(text) == TextKind.OFFER_ABROAD) is offers


EPS = "Hasil EPS-TOPIK sektor perikanan ditempel di papan kantor."


@pytest.mark.parametrize(
    ("text", "author", "route"),
    [
        (EPS, "BP3MI Rekaan", Route.EXEMPT),
        (
            "Kerja sama provinsi dan prefektur di Jepang dibuka untuk 30 lulusan, tidak melalui perusahaan penempatan. (022) 5550123",
            "Disnaker Rekaan",
            Route.EXEMPT,
        ),
        (EPS, "Kabar Rekaan", None),  # anybody's account
        (f"{EPS} Biaya cetak kartu 900 ribu ke BRI 0000 1111 2222 333", "BP3MI Rekaan", None),  # money to an account
        (f"{EPS} Isi kode OTP di https://rekaan.example/eps", "BP3MI Rekaan", None),
    ],
)
def test_an_offices_account_makes_a_notice_of_a_route_without_agencies_its_own(text: str, author: str, route: Route | None) -> None:
    found = reading.read(Content(text, author=author, platform="facebook"))
    assert (found.text_kind == TextKind.OFFER_ABROAD and found.route == Route.EXEMPT) is (route == Route.EXEMPT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contoh Padu Sdn Bhd ambil orang sendiri ya bro, bina rumah. Call HR", TextKind.OFFER_ABROAD),  # a company of there
        ("Butuh orang bina rumah, call +60 11-0000 4321", TextKind.OFFER_ABROAD),  # a telephone of there
        ("Butuh orang bina rumah, call 0840-1234-5678", TextKind.OFFER_HOME),
    ],
)
def test_a_company_or_a_telephone_abroad_is_a_place_abroad(text: str, expected: TextKind) -> None:
    pulled = weighed(TextKind.OFFER_ABROAD, by=2.8)
    pulled = pulled._replace(kinds={**pulled.kinds, TextKind.OFFER_HOME: 0.1})
    assert kinds.settle(reading.signs_of(text), pulled)[0] == expected


def test_news_of_a_sanction_offers_nothing_and_a_company_that_goes_on_does() -> None:
    told = "Kementerian mencabut izin PT Contoh Nusa (Taiwan), 31 calon perawat dipindahkan."
    sure = weighed(TextKind.OFFER_ABROAD, by=5.0)
    assert kinds.settle(reading.signs_of(told), sure)[0] == TextKind.NEWS
    assert kinds.settle(reading.signs_of(f"{told} Kami tetap buka, WA 0840-1234-5678"), sure)[0] == TextKind.OFFER_ABROAD


@pytest.mark.parametrize(("odds", "expected"), [(0.49, TextKind.PLEA), (0.5, TextKind.LURE)])
def test_what_is_surely_a_deceit_is_bait_whatever_it_sounds_like(odds: float, expected: TextKind) -> None:
    found = reading.signs_of("Titip kirim uang ke rumah ya")
    given = weighed(TextKind.PLEA, by=3.0)._replace(threats={**dict.fromkeys(learned.THREATS, -9.0), "deceit": odds})
    assert kinds.settle(found, given) == (expected, Route.AGENCY)
    assert kinds.settle(found, given._replace(kinds=weighed(TextKind.OFFER_ABROAD, by=9.0).kinds))[0] == TextKind.OFFER_ABROAD

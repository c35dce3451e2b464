"""Companies: where a name stands, where it stops, in what role."""

from __future__ import annotations

import pytest

from patrol.domain import TextKind
from patrol.engine.reading import companies, company_role, folding
from tests.growth import LINEAR, growth


def found(text: str, kind: str = TextKind.OFFER_ABROAD) -> list[tuple[str, str]]:
    claims = companies.settle(companies.claims(folding.fold(text)), kind)
    return [(claim.value, claim.role) for claim in claims]


def names(text: str) -> list[str]:
    return [value for value, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PT LINTANG CONTOH NUSA membuka lowongan", "PT LINTANG CONTOH NUSA"),
        ("PT. Lintang Contoh Nusa buka job Taiwan", "PT. Lintang Contoh Nusa"),
        ("pt lintang contoh nusa buka job", "pt lintang contoh nusa"),
        ("via CV Contoh Bahari, Tegal", "CV Contoh Bahari"),
        ('oleh PT "Lintang Contoh" resmi', 'PT "Lintang Contoh"'),
        ("LPK Sakura Contoh membuka kelas kerja", "LPK Sakura Contoh"),
        ("perusahaan PT Contoh Nusa blm bayar", "PT Contoh Nusa"),
        ("PT A. Yani Contoh buka job", "PT A. Yani Contoh"),
        ("PT.LINTANG CONTOH", "PT.LINTANG CONTOH"),
        ("PT 99 Contoh Benua = Polandia", "PT 99 Contoh Benua"),
        ("PT Contoh Benua 99 021-5550417", "PT Contoh Benua 99"),
        ("PT Contoh Nusa 021-5550417", "PT Contoh Nusa"),
        ("PT Contoh Nusa 0840-1111-0903", "PT Contoh Nusa"),
        ("PT Contoh Nusa 0840.1111.0903", "PT Contoh Nusa"),
        ("PT Contoh Nusa 021/5550417", "PT Contoh Nusa"),
        ("PT Contoh Nusa 021 555 0417", "PT Contoh Nusa"),
        ("PT Contoh Nusa 62 840 1111 0903", "PT Contoh Nusa"),
        ("PT Contoh Nusa 021 Taiwan", "PT Contoh Nusa 021"),
        ("*PT Lintang Contoh*\nTaiwan", "PT Lintang Contoh"),
        ("penempatan oleh LINTANG CONTOH PT, Lombok", "LINTANG CONTOH PT"),
        ("Lintang Contoh Jaya, PT – Kupang", "Lintang Contoh Jaya, PT"),
        ("LINTANG CONTOH PT - KUPANG", "LINTANG CONTOH PT"),
        ("Lintang Contoh Jaya, PT. Kupang", "Lintang Contoh Jaya, PT"),
        ("Lintang Contoh Jaya, CV: operator", "Lintang Contoh Jaya, CV"),
        ("SIP.110 Lintang Contoh Jaya PT. Buku pelaut mati", "Lintang Contoh Jaya PT"),
        ("PT Lintang Fiktif Jaya buka", "PT Lintang Fiktif Jaya"),
        ("Info Loker, PT. Contoh Nusa", "PT. Contoh Nusa"),
        ("PT : Lintang Contoh", "PT : Lintang Contoh"),
        ("PT Lintang Loh Contoh lowongan", "PT Lintang Loh Contoh"),
        ("PT LINTANG YA KENCANA buka", "PT LINTANG YA KENCANA"),
        ("PT Contoh Mas Sejati, Bogor", "PT Contoh Mas Sejati"),
        ("lewat PT Contoh Terus, bayar dulu", "PT Contoh Terus"),
        ("PT CONTOH TERUS, BAYAR DULU", "PT CONTOH TERUS"),
        ("lewat PT Contoh Terus", "PT Contoh Terus"),
        ("di PT. Contoh Bisa. Gaji besar", "PT. Contoh Bisa"),
        ("lewat PT Contoh Terus; bayar dulu", "PT Contoh Terus"),
        ("lewat PT Contoh Terus (bayar dulu)", "PT Contoh Terus"),
        ("PT CONTOH TERUS - BAYAR DULU", "PT CONTOH TERUS"),
        ("lewat PT Contoh Terus! Bayar dulu", "PT Contoh Terus"),
        ("PT Contoh Bisa | Taiwan", "PT Contoh Bisa"),
        ("PT Lintang Contoh Resmi (aman)", "PT Lintang Contoh"),  # praise
        ("PT Lintang Contoh terus - bayar", "PT Lintang Contoh"),
        ("PT Lintang Contoh terus, bayar", "PT Lintang Contoh"),  # a small letter: the sentence goes on
        ("PT LINTANG CONTOH TERUS BAYAR", "PT LINTANG CONTOH"),
        ("PT Lintang Contoh Resmi, aman", "PT Lintang Contoh"),  # praise
        ("PT Lintang Contoh Minat: hubungi", "PT Lintang Contoh"),
        ("PT Lintang Contoh loh kak", "PT Lintang Contoh"),
        ("PT LINTANG CONTOH LOH KAK", "PT LINTANG CONTOH"),
        ("PT Lintang Contoh Buka Lowongan", "PT Lintang Contoh"),
        ("lewat PTLintangContohAbadi tahun lalu", "PTLintangContohAbadi"),
        ("mangkat bareng #PTLintangContohMandiri", "PTLintangContohMandiri"),
    ],
)
def test_names_start_at_the_form_and_stop_at_ordinary_words(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("oleh PT Lintang Contoh. Lengkapi KK", "PT Lintang Contoh"),
        ("PT Lintang Contoh. ART. SIP menyusul", "PT Lintang Contoh"),
        ("PT Lintang Contoh Tbk membuka", "PT Lintang Contoh"),
        ("PT Lintang Contoh (Persero)", "PT Lintang Contoh"),
        ("PT Lintang Contoh (Taiwan)", "PT Lintang Contoh"),
        ("PT LINTANG CONTOH NUSA Bandung", "PT LINTANG CONTOH NUSA"),
        ("Lintang Contoh Nusa, PT (Boyolali)", "Lintang Contoh Nusa, PT"),
        ("pihak PT Amanah Contoh beserta", "PT Amanah Contoh"),
        ("PT Lintang Contoh Kualifikasi: SMA", "PT Lintang Contoh"),
        ("PT LINTANG CONTOH CABANG LOMBOK", "PT LINTANG CONTOH"),
        ("lewat pt lintang contoh taiwan gaji besar", "pt lintang contoh"),
    ],
)
def test_the_next_sentence_a_branch_and_a_country_are_no_part_of_it(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "kerja di PT resmi",
        "pt mana ya",
        "perusahaan besar",
        "perusahaan Jepang",
        "lewat pt yang resmi",
        "full time / PT",
        "tanpa PT",
        "tanpa PT. Masuk pakai visa turis",
        "teu nganggo PT. Jaga akong",
        "indak usah lewat PT. Konstruksi jo pangolahan",
        "sanes PT. Tos tf kabaran",
        "ptmaju terus",
        "perusahaan Jepang Besar",
        "PT mana pun. Tambah line",
        "pt satunya antri lama",
        "PT abal2 itu",
        "saya dari PT tempat anak ibu",
        "CV English ke kantor",
        "d. CV Bahasa Inggris\ne. sehat",
        "bawa CV foto full",
        "kirim CV ke hrd",
        "ijazah dan CV Lengkap",
        "koperasi KUD 086/BH/2001",
        "BKK SMK Contoh",
        "ga usah LPK-LPKan",
        "belajar di LPK 2–3 bulan",
        "lewat PT Lintang Fiktif, awas",
        "lewat pt lintang fiktif abadi",
    ],
)
def test_words_that_are_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proses lewat Surya Cipta Contoh Abadi, Malang", ["Surya Cipta Contoh Abadi"]),
        ("Surya Cipta Abadi, SIP B.0001", ["Surya Cipta Abadi"]),
        ("Saya dulu berangkat lewat perusahaan Contoh Insan Lintang, lancar", ["Contoh Insan Lintang"]),
        ("Tanya agensi Bahtera Contoh di Bitung", ["Bahtera Contoh"]),
        ("kamari ngalangkungan Citra Contoh Jaya, P3MI di Bogor", ["Citra Contoh Jaya"]),
        ("Job gudang. Diurus Lintang Karya Persada, SIP2MI 214/SIP2MI/03/2026", ["Lintang Karya Persada"]),
        ("lewat Ibu Surya Cipta Abadi", []),
        ("jalan ke Surya Cipta Abadi", []),
        ("lewat Rina Contoh", []),
        ("Contoh Manpower, Bali", ["Contoh Manpower"]),
        ("Program Bakti Jasa membuka pendaftaran", []),
        ("RECRUITMENT BESAR CONTOH SERVICES membuka", []),
        ("Contoh Nusa Lestari — pabrik sarung tangan, 0840-1234-5678", ["Contoh Nusa Lestari"]),  # heads an offer
        ("Contoh Nusa Lestari, pabrik sarung tangan", []),
        ("Contoh Ibu Lestari — jual kue", []),
        ("CONTOH NUSA LESTARI — TAIWAN", []),  # capitals throughout tell nothing
        ("Contoh Nusa — pabrik", []),
    ],
)
def test_a_name_without_form_needs_its_words_and_its_place(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("melalui PT Lintang Contoh", ["placer"]),
        ("PT Lintang Contoh membuka lowongan", ["placer"]),
        ("PT Lintang Contoh, Taiwan", ["unclear"]),
        ("bukan lewat PT Lintang Contoh", ["denied"]),
        ("bukan, via PT Lintang Contoh", ["placer"]),
        ("jangan lewat PT Lintang Contoh", ["denied"]),
        ("dulu di PT Lintang Contoh", ["mentioned"]),
        ("jgn ketuker sama PT Lintang Contoh", ["mentioned"]),
        ("kerja di PT Pabrik Contoh melalui PT Lintang Contoh", ["mentioned", "placer"]),
        ("Taiwan pabrik - PT Lintang Contoh", ["unclear"]),
        ("dudu liwat PT Lintang Contoh", ["denied"]),
        ("PT Lintang Contoh dulu bekas bos saya, udah ga dipakai", ["mentioned"]),
        ("PT Lintang Contoh dulu namanya PT Contoh Jaya", ["unclear", "unclear"]),
        ("keliru sama PT Lintang Contoh", ["mentioned"]),
        ("titip info ponakan yg kerja di PT Lintang Contoh Jaya: Taiwan butuh operator", ["unclear"]),
        ("dulu kerja di PT Lintang Contoh Jaya, Taiwan butuh operator", ["mentioned"]),
        ("khusus yang kerja di PT Lintang Contoh Jaya", ["mentioned"]),
        ("PT Lintang Contoh Jaya membuka gerai di Melaka", ["unclear"]),
        ("PT Lintang Contoh Jaya membuka lowongan di Melaka", ["placer"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    assert [role for _, role in found(text)] == roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ta Contoh Precision Co., Ltd. melalui PT Lintang Contoh",
            [("Ta Contoh Precision Co., Ltd.", "employer"), ("PT Lintang Contoh", "placer")],
        ),
        ("Hijau Contoh Plantation Sdn. Bhd. cari pekerja", [("Hijau Contoh Plantation Sdn. Bhd.", "unclear")]),
        ("Golden Contoh Holdings (Bangkok) hiring directly", [("Golden Contoh Holdings", "placer")]),
        ("Golden Contoh Technology, gaji 18 juta", []),
        ("Grand Contoh Hotel Doha hiring direct", [("Grand Contoh Hotel", "placer")]),
        ("kerja di Grand Contoh Hotel Doha", []),
        ("例子人力有限公司 cari TKI", [("例子人力有限公司", "unclear")]),
    ],
)
def test_foreign_firms_employ_beside_a_placer_and_recruit_alone(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("before", "behind", "role"),
    [
        ("lewat ", "", "placer"),
        ("", " membuka lowongan", "placer"),
        ("Bukan lewat PT “", "", "denied"),
        ("mantan ", "", "mentioned"),
        ("lewat\n", "", "unclear"),  # another line says nothing of it
        ("", ", Taiwan", "unclear"),
    ],
)
def test_a_name_only_the_register_knows_has_its_role_by_the_same_words(before: str, behind: str, role: str) -> None:
    text = f"{before}Lintang Contoh{behind}"
    assert company_role(text, (len(before), len(before) + 14)) == role


def test_outside_offers_nobody_is_put_forward() -> None:
    assert found("melalui PT Lintang Contoh", TextKind.WARNING) == [("PT Lintang Contoh", "mentioned")]
    assert found("bukan lewat PT Lintang Contoh", TextKind.NEWS) == [("PT Lintang Contoh", "denied")]


@pytest.mark.parametrize("piece", ["pt ", "PT A ", "A ", "Jaya Karya ", "a sdn bhd ", "PT. ", "lewat Jaya Karya "])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: companies.claims(folding.fold(text)), piece) <= LINEAR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tidak ada potongan kayak di PT. Masuknya visa kunjungan", []),
        ("ga lewat PT. Belajar 2 minggu terbang", []),
        ("60% ke Ketua Yayasan. Gedung sebelah pasar", []),
        ("lewat PT. Contoh Nusa Jaya", ["PT. Contoh Nusa Jaya"]),
        ("HATI-HATI LPK KOREA ABAL-ABAL", []),
        ("PT Contoh Barokah Kerja Mandiri RESMI", ["PT Contoh Barokah Kerja Mandiri"]),
        ("PT Contoh Nusa Kerja di Taiwan", ["PT Contoh Nusa"]),
        ("PT Contoh Nusa Masyair PPIU No. 00412/2024", ["PT Contoh Nusa Masyair"]),
        ("PT CONTOH NUSA TAIWAN HONGKONG", ["PT CONTOH NUSA"]),
        ("PT Contoh Nusa Jkt buka lowongan", ["PT Contoh Nusa"]),
        ("PT Contoh Taiwan", ["PT Contoh Taiwan"]),
        ("PT Contoh Nusa DP 5", ["PT Contoh Nusa"]),  # what is paid
        ("PT CONTOH NUSA BAYAR 3 JUTA", ["PT CONTOH NUSA"]),
        ("lewat PT Contoh Nusa 5 juta all in", ["PT Contoh Nusa"]),
        ("PT Contoh Nusa Rp5.000.000", ["PT Contoh Nusa"]),
        ("PT Contoh Nusa BCA 00001234", ["PT Contoh Nusa"]),
        ("PT DP 5 juta aja", []),
        ("PT Contoh 99 Nusa", ["PT Contoh 99 Nusa"]),  # a number that is no sum
        ("PT Contoh Dana Mandiri", ["PT Contoh Dana Mandiri"]),
        ('"PT Contoh Nusa" palsu', ["PT Contoh Nusa"]),
        ("Job ART Singapura Lintas Abadi Sentosa, SIP R.0446/SIP2MI/V/2026", ["Lintas Abadi Sentosa"]),
    ],
)
def test_where_a_sentence_a_place_or_a_trade_ends_a_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected

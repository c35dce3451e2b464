"""The lexicon: complete, and every example hits its group."""

from __future__ import annotations

import pytest

from patrol.domain import PhraseGroup
from patrol.engine.reading import folding, phrases, speakers, telling_words

LEXICON = {**phrases.load("phrases.toml"), **phrases.load("threats.toml")}


def groups(text: str) -> set[str]:
    folded = folding.fold(text)
    return {claim.value for claim in phrases.claims(folded, phrases.search(folded))}


def test_every_group_has_its_words() -> None:
    assert set(LEXICON) == set(PhraseGroup) - speakers.GROUPS - set(telling_words.GROUPS)


@pytest.mark.parametrize("group", sorted(set(PhraseGroup) - speakers.GROUPS - set(telling_words.GROUPS)))
def test_every_example_hits_its_group(group: PhraseGroup) -> None:
    assert group in groups(LEXICON[group]["example"])


@pytest.mark.parametrize(
    ("text", "group", "hit"),
    [
        ("pakai visa turis", PhraseGroup.VISIT_VISA, True),
        ("tidak pakai visa turis", PhraseGroup.VISIT_VISA, False),
        ("bayar dp dulu", PhraseGroup.UPFRONT_MONEY, True),
        ("tanpa bayar dp dulu", PhraseGroup.UPFRONT_MONEY, False),
        ("ojo nganggo visa turis kanggo kerja", PhraseGroup.VISIT_VISA, False),
        ("visa turis tidak boleh dipakai kerja", PhraseGroup.VISIT_VISA, False),
        ("visa turis aman, tidak ada masalah", PhraseGroup.VISIT_VISA, True),
        ("visa turis aja", PhraseGroup.VISIT_VISA, True),  # "aja" is "only" here,
        ("aja nganggo visa ziarah nggo kerja", PhraseGroup.PILGRIM_VISA, False),  # and "don't" here
        ("kerja pakai visa ziarah itu dilarang", PhraseGroup.PILGRIM_VISA, False),
        ("kami tidak pernah memungut uang muka", PhraseGroup.UPFRONT_MONEY, False),
        ("bayar dp 2 juta tidak bisa kembali", PhraseGroup.UPFRONT_MONEY, True),
        ("tidak ribet, bayar dp 2 juta", PhraseGroup.UPFRONT_MONEY, True),
        ("sewa rekening itu melanggar hukum", PhraseGroup.ACCOUNT_RENTAL, False),
        ("sewa rekening, bukan modus", PhraseGroup.ACCOUNT_RENTAL, True),
        ("jangan percaya joki", PhraseGroup.FIXER, False),
        ("Barang baru dikirim. Transfer ke ibu, salam dulu", PhraseGroup.PAID_FIRST, False),  # two sentences,
        ("transfer dulu, barang baru dikirim", PhraseGroup.PAID_FIRST, True),  # and one
        ("loker", PhraseGroup.RECRUITS, True),
        ("lokernya", PhraseGroup.RECRUITS, True),
        ("blokernya", PhraseGroup.RECRUITS, False),
        ("bukan calo", PhraseGroup.DENIES_BROKER, True),
        ("Visa\nTuris", PhraseGroup.VISIT_VISA, True),
        ("v-i-s-a t-u-r-i-s", PhraseGroup.VISIT_VISA, True),
    ],
)
def test_word_borders_denials_and_disguise(text: str, group: PhraseGroup, hit: bool) -> None:
    assert (group in groups(text)) is hit


def test_an_entry_reads_as_all_its_variants() -> None:
    assert phrases.variants("bayar|byr dp dulu|") == ["bayar dp", "bayar dp dulu", "byr dp", "byr dp dulu"]
    assert phrases.variants("ke+luar negeri") == ["ke luar negeri"]


def test_an_entry_with_too_many_variants_is_refused() -> None:
    with pytest.raises(ValueError, match="4096 variants"):
        phrases.variants(" ".join(["a|b|c|d"] * 6))


def test_of_hits_inside_one_another_the_longest_stays() -> None:
    folded = folding.fold("Korea Selatan")
    assert [(hit.value, hit.start, hit.end) for hit in phrases.search(folded)["country"]] == [("KR", 0, 13)]


def test_who_is_addressed_is_hidden_by_nothing() -> None:
    assert {PhraseGroup.AID_LURE, PhraseGroup.MIGRANTS} <= groups("dana bantuan TKI")


THREATS = [
    # a hit, and a near miss that lawful trade, offices or reports write
    (PhraseGroup.FORGED_PAPERS, "ijazah bisa dibuatkan tanpa sekolah", "legalisir ijazah di dinas pendidikan"),
    (PhraseGroup.FORGED_PAPERS, "mcu dijamin fit walau tato", "medical check up, hasil satu hari"),
    (PhraseGroup.FORGED_PAPERS, "umur bisa dinaikin dua tahun", "umur minimal dua puluh tahun"),
    (PhraseGroup.FIXER, "hapus blacklist imigrasi seminggu", "nomor itu sudah masuk blacklist kami"),
    (PhraseGroup.FIXER, "paspor jadi, tidak perlu datang", "paspor wajib dibawa, pemohon datang sendiri"),
    (PhraseGroup.FIXER, "ada orang dalem di konsulat", "orang tua dan anak di dalam rumah"),
    (PhraseGroup.ACCOUNT_RENTAL, "rekening nganggur kami sewa", "buka rekening tabungan di bank"),
    (PhraseGroup.PARCEL, "kiriman tertahan bea cukai, bayar denda", "kiriman sampai di rumah, ongkir dibayar toko"),
    (PhraseGroup.RANSOM, "anak ibu ditahan polisi, siapkan jaminan", "anak ibu diterima bekerja, segera ke kantor"),
    (PhraseGroup.ROMANCE, "duda kesepian cari istri", "perawat cari rekan satu kamar"),
    (PhraseGroup.SAVINGS_RING, "titip 5 juta balik 7 juta dalam 20 hari", "titip barang di toko, ambil besok"),
    (PhraseGroup.SIDE_TASK, "tugas like dan follow, cair harian", "tugas perawat: memandikan pasien"),
    (PhraseGroup.LOAN, "dana talangan tanpa jaminan", "jaminan sosial tenaga kerja"),
    (PhraseGroup.REFUND, "uang proses bisa kembali", "kami kembali ke kantor"),
    (PhraseGroup.MAGIC, "mahar pengunci majikan", "majikan baik, rumah dikunci malam hari"),
    (PhraseGroup.CREDENTIALS, "masukkan pin atm dan otp", "pin dan kartu jangan diberikan"),
    (PhraseGroup.CHARGE, "biaya materai 350rb", "gaji 350rb sehari"),
    (PhraseGroup.MIGRANT_LIFE, "yang kabur dari majikan", "yang jalan dari rumah"),
    (PhraseGroup.MIGRANT_PAPERS, "nama di roster eps", "topik pembicaraan hari ini"),
    (PhraseGroup.LOCAL_BODY, "hubungi kantor desa", "hubungi saya"),
    (PhraseGroup.VISIT_VISA, "come as tourist first", "tourist attraction nearby"),
    (PhraseGroup.IRREGULAR_ROUTE, "ora nganggo dokumen, lewat dalan tikus", "dokumen lengkap lewat bandara"),
]


@pytest.mark.parametrize(("group", "hit", "near_miss"), THREATS)
def test_threats_and_what_only_sounds_like_them(group: PhraseGroup, hit: str, near_miss: str) -> None:
    assert group in groups(hit)
    assert group not in groups(near_miss)


@pytest.mark.parametrize("text", ["kirim 12jt ke saya", "bayar RM650 saja", "nebus 3,6 yuta", "siapna 250ewu"])
def test_figures_lean_on_their_units(text: str) -> None:
    assert PhraseGroup.CHARGE in groups(text)


@pytest.mark.parametrize("text", ["kirim 12jtx", "bayar kode ARM650", "gratis biaya administrasi"])
def test_units_inside_names_and_money_that_is_waived_are_no_charge(text: str) -> None:
    assert PhraseGroup.CHARGE not in groups(text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("masukkan password mobile banking", True),
        ("maca kode nu nembe asup ka SMS", True),
        ("sebutkan NIK serta 6 angka", True),
        ("password dan kartu jangan dikasih ke siapapun", False),
        ("Kami TIDAK meminta foto KTP, nomor rekening, apalagi kode OTP", False),  # each thing of the list is denied
        ("Panitia tidak pernah minta foto kartu ATM atau kode OTP", False),
        ("tidak perlu ke kantor, kirim foto KTP dan kode OTP", True),  # another verb ends the list
        ("tidak meminta uang. Balas dengan kode OTP", True),  # as a full stop does
    ],
)
def test_secrets_are_asked_for_or_told_to_be_kept(text: str, taken: bool) -> None:
    assert (PhraseGroup.CREDENTIALS in groups(text)) is taken


@pytest.mark.parametrize(
    ("text", "posed"),
    [
        ("Kula petugas kargo bandara", True),
        ("saya Aipda Ridho dari unit kami", True),
        ("iki Pak Lurah, nomer lawas kobong", True),
        ("kemarin ada orang mengaku kurir", False),
        ("saya dari bank, data Ibu perlu diperbarui", True),
        ("SK dinas bisa saya fotokan", True),
        ("aku neng imigrasi, tak lebokke", True),
        ("aku udah bpjs kok disuruh lagi", False),
        ("barangnya aku titip kurir", False),
        ("nyangkut di bank? Bisa kami tembus", False),
        ("petugas kami tidak menerima uang", False),  # others than the author
    ],
)
def test_who_the_author_says_he_is(text: str, posed: bool) -> None:
    assert (PhraseGroup.POSES in groups(text)) is posed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Emas sitaan bandara 30% di bawah toko, bayar dulu lewat VA, tidak COD", True),
        ("HP sitaan majikan, DP separo neng SeaBank, sisane pas barang mlebu", True),
        ("tiket mudik 900rb pakai poin pilot, lunas di depan, kode booking H-1", True),
        ("Emas 24k di toko kami, bayar di tempat", False),
        ("iPhone bekas pemakaian sendiri, COD depan masjid", False),
        ("uangku balik 41 juta, bayar jasa buka berkas 1,5 di awal", True),
        ("pengembalian biaya penempatan, donasi pendampingan 250 ribu ke BRI, DM bukti TF", True),
        ("pengembalian biaya penempatan diurus gratis di kantor", False),
        ("tiket pulang gratis, cukup bayar asuransi RM65", True),
        ("tiket pulang gratis dari majikan", False),
    ],
)
def test_what_is_paid_before_there_is_anything(text: str, first: bool) -> None:
    assert (PhraseGroup.PAID_FIRST in groups(text)) is first


@pytest.mark.parametrize(
    ("text", "recruits"), [("急招印尼客服8名", True), ("诚聘 客服", True), ("요리사 구인", True), ("招待所 hotel murah", False)]
)
def test_what_is_written_without_blanks_is_found_inside(text: str, recruits: bool) -> None:
    assert (PhraseGroup.RECRUITS in groups(text)) is recruits


def test_money_first_and_goods_that_follow() -> None:
    assert PhraseGroup.PAID_FIRST in groups("Transfer dulu NT-nya, rupiah menyusul sore")
    assert PhraseGroup.PAID_FIRST not in groups("Barang datang dulu baru bayar")

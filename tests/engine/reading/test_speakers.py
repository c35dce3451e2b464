"""In whose name a text is written: hits, misses and near misses, in other words than the sets of posts."""

from __future__ import annotations

import pytest

from patrol.domain import Claim, ClaimKind, PhraseGroup
from patrol.engine.reading import folding, phrases, speakers
from tests import growth

SPEAKS, GIVES, BETWEEN = PhraseGroup.OFFICE_SPEAKS, PhraseGroup.OFFICE_GIVES, PhraseGroup.GO_BETWEEN
OFFICE, COMPANY = PhraseGroup.OFFICE_ACCOUNT, PhraseGroup.COMPANY_ACCOUNT


def said(text: str) -> set[str]:
    folded = folding.fold(text)
    hits = phrases.search(folded)
    return {claim.value for claim in (*speakers.claims(folded, hits), *phrases.claims(folded, hits))}


@pytest.mark.parametrize(
    "text",
    [
        "KEMENTERIAN P2MI: jalur khusus tanpa ujian",
        "PENGUMUMAN BP3MI NTB\nKursi susulan perawat",
        "KJRI Jeddah open recruitment 2026",
        "Kepada keluarga. Pada hari ini pemerintah akhirnya mencairkan uang tunggu",
        "Uang tunggu Anda siap. Balas sebelum jam 5.\n- Bagian Keuangan, KBRI Riyadh -",
        "Mohon maaf mengganggu, saya Rahmat staf BPJS yang mengurus klaim",
        "Nasabah BNI terpilih, buka halaman ini",
        "Wilujeng, abdi ti imigrasi bandara",
        "Perkenalkan, saya Ratna Puspita, petugas KUR Bank Rekaan cabang kota",  # his name first
        "paspor ditolak? kenalin gw Rio, dinas di imigrasi, tinggal sebut nama gw",
        "Kami Helpdesk KDEI Taipei. Kursi pesawat anak ibu ditahan",
    ],
)
def test_an_office_speaks_from_the_places_of_a_speaker(text: str) -> None:
    assert SPEAKS in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Aku wis urus paspor neng imigrasi Blitar, cepet kok",
        "Jasa kirim uang, kurs lebih bagus dari pada bank, hubungi saya",
        "Adik saya ditahan polisi Malaysia, tolong bantu",
        "Saya dapat info dari disnaker katanya belum dibuka",
        "Jenazah sudah diurus KBRI, tiba besok pagi",
        "Paspor hilang? Kenal orang imigrasi, beres seminggu",
        "Bank sampah desa buka tiap Sabtu di balai RW",
        "saya tanya Pak Rio, nunggu jawaban disnaker",
        "Aku bukan Ratna, korban kanim palsu",
        "Kerja di pabrik roti, gaji 20 juta, tanpa potongan",
    ],
)
def test_an_office_that_is_named_does_not_speak(text: str) -> None:
    assert SPEAKS not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "saya masih stafsus menteri, kursi titipan",
        "Adik-adek, kakak ini Brigadir Rekaan. Ada jalur khusus",
        "Bu, kulo petugas kargo bandara",
        "iya, saya Ratri, sekpri gubernur",
        "Halo saya konsul muda di sini",
        "Mohon dilunasi hari ini.\nTtd, Kasubdit Keberangkatan",
        "Atase Naker Rekaan: perlu 20 tukang las",
        "[KantorPos] kiriman Anda kurang bayar",
        "ini dari pihak kepolisian, uang Anda kami amankan",
        "Kabar dari grup: KP2MI bagi uang pulang",
    ],
)
def test_an_official_who_says_so_speaks_for_his_office(text: str) -> None:
    assert SPEAKS in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "anak saya jaksa, jadi tenang saja",  # another's post
        "kemarin saya dihubungi diplomat",  # what befell him
        "saya bukan penyidik",
        "dicari ajudan untuk majikan, gaji besar",  # a job
        "lewat aku yaa, sumber orang dalem kementerian",
        "Kena blacklist imigrasi? hapus nama tiga hari",
        "Joki perpanjang paspor KJRI, tinggal selfi",
        "saya kepala dapur di kapal pesiar",
    ],
)
def test_who_only_speaks_of_officials_is_none(text: str) -> None:
    assert SPEAKS not in said(text)


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("Ada santunan 40 juta dari KBRI untuk semua", True),
        ("Mbak terpilih dapat hadiah undian tahunan Bank Rekaan", True),
        ("Paket ditahan, segera hubungi petugas Bpk Doni", True),
        ("Dana gotong royong warga. Sudah lapor ke disnaker", False),
        ("Uang jalan dari saya, tinggal datang", False),
    ],
)
def test_where_a_gift_comes_from(text: str, gives: bool) -> None:
    assert (GIVES in said(text)) is gives


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("berkas titip ke saya dulu, nanti saya antar", True),
        ("ora usah neng kantor, liwat aku wae", True),
        ("langsung ka abdi we, teu kudu ka PT", True),
        ("kirim ke admin, kami antar ke kantor", False),
        ("saya lulusan SMK, mau ke Jepang", False),
    ],
)
def test_the_go_between_sends_the_reader_to_himself(text: str, between: bool) -> None:
    assert (BETWEEN in said(text)) is between


def called(author: str, platform: str = "facebook") -> set[str]:
    companies = [Claim(ClaimKind.COMPANY, "PT Melati Rekaan Sentosa", (0, 10)), Claim(ClaimKind.COMPANY, "CV Kurnia", (20, 29))]
    return {claim.value for claim in speakers.of_author(author, platform, companies)}


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("BP3MI Sumatera Utara Layanan", {OFFICE}),
        ("kbri.riyadh.karir", {OFFICE}),
        ("Panitia Magang 2026", {OFFICE}),
        ("cs_ovo_indonesia", {OFFICE}),
        ("Korban BP2MI bersatu", set()),
        ("Bu Sri Pensiunan Guru", set()),
        ("Bank Sampah Mawar", set()),
        ("melatirekaan.official", {COMPANY}),
        ("PT Melati Sentosa cabang Tegal", {COMPANY}),
        ("Kurnia Cell", {COMPANY}),
        ("Mbak Melati", set()),
        ("", set()),
    ],
)
def test_what_an_account_is_called_after(author: str, expected: set[str]) -> None:
    assert called(author) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Pemdes Sukarekaan", {PhraseGroup.LOCAL_BODY}),
        ("bkk_smkn2rekaan", {PhraseGroup.LOCAL_BODY}),
        ("UPT BLK Rekaan", {PhraseGroup.LOCAL_BODY}),
        ("bp3mirekaan.info", {OFFICE}),
        ("Layanan Rekening PMI BRI", {OFFICE, PhraseGroup.MIGRANTS}),
        ("bri.kur.pmi", {OFFICE, PhraseGroup.MIGRANTS}),
        ("Unit Purna PMI", {OFFICE, PhraseGroup.MIGRANTS}),
        ("Koperasi Berkah Migran", {PhraseGroup.MIGRANTS}),
        ("Korban TKI bersatu", set()),
        ("Panitia EPS Rekaan", {OFFICE}),
        ("Panitia Koper Pulang", set()),
        ("Sekretariat Kerja Musiman Rekaan", {OFFICE}),
        ("unit rusun murah", set()),
        ("cdc.politeknikrekaan", {PhraseGroup.LOCAL_BODY}),
        ("BRI Link Bu Tini", set()),
        ("Mandiri Jaya Cell", set()),
        ("Alumni SMK Rekaan", set()),
        ("Desain Rumah", set()),
    ],
)
def test_villages_schools_offices_and_banks_as_authors(author: str, expected: set[str]) -> None:
    assert {claim.value for claim in speakers.of_author(author, "facebook", [])} == expected


def in_whose_name(text: str, author: str = "") -> set[str]:
    at = text.index("Rekaan Jaya")
    return {claim.value for claim in speakers.of_companies(text, [Claim(ClaimKind.COMPANY, "PT Rekaan Jaya", (at, at + 11))], author)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kami PT Rekaan Jaya membuka 50 tukang", {COMPANY}),
        ("kami staf rekrutmen PT Rekaan Jaya", {COMPANY}),
        ("ini admin resmi PT Rekaan Jaya yang baru", {COMPANY}),
        ("dengan Tuti bagian pendaftaran Rekaan Jaya", {COMPANY}),
        ("kilang sarung tangan lewat PT Rekaan Jaya", {BETWEEN}),
        ("numpang SIP PT Rekaan Jaya, aman", {BETWEEN}),
        ("PT Rekaan Jaya membuka lowongan", set()),
        ("kabar dari teman, PT Rekaan Jaya tutup", set()),
    ],
)
def test_in_whose_name_a_company_is_spoken_of(text: str, expected: set[str]) -> None:
    assert in_whose_name(text) == expected


@pytest.mark.parametrize(
    ("author", "between"), [("Bu Rekaan Sponsor", True), ("Cak Rekaan", True), ("Rekaan Jaya", False), ("Budi", False)]
)
def test_a_person_s_account_goes_between(author: str, *, between: bool) -> None:
    assert (BETWEEN in in_whose_name("PT Rekaan Jaya buka Taiwan", author)) is between
    assert speakers.of_companies("buka Taiwan", [], author) == []


def test_an_officer_who_notes_down_is_no_author() -> None:
    assert called("Petugas P4MI Rekaan", "noted") == set()


@pytest.mark.parametrize(
    "piece",
    [
        "kami dari kbri ",
        "bantuan dana dari bp2mi a b c d ",
        "- kementerian ",
        "titip ke ka di ",
        "saya masih tetap ",
        "ajudan halo, ini a b, ",
    ],
)
def test_the_patterns_do_not_blow_up(piece: str) -> None:
    def claims(text: str) -> object:
        folded = folding.fold(text)
        return speakers.claims(folded, phrases.search(folded))

    assert growth.growth(claims, piece) <= growth.LINEAR

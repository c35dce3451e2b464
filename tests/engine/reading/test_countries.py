"""Countries: names, nicknames, roles."""

from __future__ import annotations

import pytest

from patrol.domain import Route, TextKind
from patrol.engine.reading import countries, folding, phrases


def found(text: str) -> list[tuple[str, str]]:
    folded = folding.fold(text)
    claims = countries.settle(countries.claims(folded, phrases.search(folded)), TextKind.OFFER_ABROAD)
    return [(claim.value, claim.role) for claim in claims]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kerja ke Kamboja", "KH"),
        ("loker K4MB0JA", "KH"),
        ("kerja di k a m b o j a", "KH"),
        ("info loker KPS bro", "KH"),
        ("admin di Poipet", "KH"),
        ("job Hong-Kong", "HK"),
        ("job hongkong house maid", "HK"),
        ("Dicari Taiwan house keeper 2 orang", "TW"),
        ("kilang di Johor", "MY"),
        ("ART ke SG ready", "SG"),
        ("berangkat 🇹🇼", "TW"),
        ("Korea Selatan", "KR"),
        ("pabrik di Taoyuan", "TW"),
        ("ladang di Lundu", "MY"),
        ("kilang Nilai", "MY"),
        ("jaga lansia di Shatin", "HK"),
        ("petik apel di Aomori", "JP"),
        ("admin di Shwe Kokko", "MM"),
        ("job negeri sakura", "JP"),
        ("ke negeri ginseng", "KR"),
        ("kerja di negeri beton", "HK"),
        ("longline bendera Vanuatu", "VU"),
        ("kebun kurma Oman", "OM"),
        ("pabrik roti Taiwan", "TW"),
        ("#lokertaiwan butuh 5 orang", "TW"),
        ("loker PP bro", "KH"),
    ],
)
def test_names_places_codes_and_flags(text: str, code: str) -> None:
    assert found(text) == [(code, "destination")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kmboja", "KH"),
        ("kambojja", "KH"),
        ("kam boja", "KH"),
        ("Ph.nom P3nh", "KH"),
        ("malasyia", "MY"),
        ("tai wan", "TW"),
        ("taiwwan", "TW"),
        ("hngkong", "HK"),
        ("singapra", "SG"),
        ("jpeang", "JP"),
        ("polndia", "PL"),
        ("hsinchuu", "TW"),
        ("kaohsuing", "TW"),
    ],
)
def test_misspelt_names_are_read_in_posts_and_refused_in_a_register(text: str, code: str) -> None:
    assert found(f"kerja ke {text} bulan ini") == [(code, "destination")]
    assert countries.code_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "kps penting",
        "tiket pp",
        "tiket PP Batam",
        "PP.02.04/III/2026",
        "berkas PP 4 halaman",
        "perak dan emas",
        "nilai ujian bagus",
        "kedah gaduh ijasah",
        "sing gelem melu",
        "boten wonten arto",
        "naha teu tiasa",
        "Labuan Bajo",
        "sawo manila",
        "ora kudu iso inggris",
        "basa Mandarin atau Inggris",
        "Indonesia",
        "sekolah di sana",
        "🇲🇨 merdeka",
        "@kerja.taiwan.hk88",
    ],
)
def test_everyday_words_are_no_countries(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "bisa bahasa Korea",
        "bayar 300 dolar Singapura",
        "nasi Hainan dan kebab Turki",
        "kampung Jepang",
        "drama Korea",
        "mesin Jepang",
        "Singapore Airlines",
        "togel Hongkong",
        "kumpul di Korea House Jakarta",
        "inggris aktif",
    ],
)
def test_a_language_a_dish_or_an_airline_names_no_country(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("bukan ke Kamboja, tapi ke Taiwan", [("KH", "denied"), ("TW", "destination")]),
        ("ex Taiwan diutamakan, job Jepang", [("TW", "mentioned"), ("JP", "destination")]),
        ("bisa bahasa Korea, kerja di Polandia", [("PL", "destination")]),
        ("ke Qatar transit Dubai 3 hari", [("QA", "destination"), ("AE", "transit")]),
        ("ke Qatar, transit dua belas jam di Dubai", [("QA", "destination"), ("AE", "transit")]),
        ("lewat Malaysia lalu Thailand", [("MY", "transit"), ("TH", "destination")]),
        ("job Dubai, majikan arab baik", [("AE", "destination"), ("SA", "mentioned")]),
        ("kerja ikut majikan arab", [("SA", "destination")]),
        ("habis kontrak di HK, join Kamboja", [("HK", "mentioned"), ("KH", "destination")]),
        ("pengalaman 2 tahun di Taiwan, kerja ke Jepang", [("TW", "mentioned"), ("JP", "destination")]),
        ("CS market Malaysia, lokasi Poipet", [("MY", "mentioned"), ("KH", "destination")]),
        ("Kamboja ditutup, sekarang Filipina", [("KH", "denied"), ("PH", "destination")]),
        ("bukan hanya Taiwan", [("TW", "destination")]),
        ("ex Taiwan / Hongkong, kerja Macau", [("TW", "mentioned"), ("HK", "mentioned"), ("MO", "destination")]),
        ("kapal Taiwan dan longline Fiji", [("TW", "destination"), ("FJ", "destination")]),
        ("petani di Inggris", [("GB", "destination")]),
        ("tim seleksi dari Kuwait", [("KW", "destination")]),
        ("kerja Jepang #lokertaiwan", [("JP", "destination"), ("TW", "mentioned")]),
        ("PRT Singapura, pernah kerja Brunei/HK? lebih disukai", [("SG", "destination"), ("BN", "mentioned"), ("HK", "mentioned")]),
        (
            "hotel di Doha, pengalaman hotel di Bali, Dubai atau Oman nilai plus",
            [("QA", "destination"), ("AE", "mentioned"), ("OM", "mentioned")],
        ),
        (
            "tukang Selangor. Pernah ikut proyek besar di Arab atau Korea disukai",
            [("MY", "destination"), ("SA", "mentioned"), ("KR", "mentioned")],
        ),
        ("tanpa pengalaman bisa kerja di Taiwan", [("TW", "destination")]),
        ("pengalaman minimal 1 tahun, lokasi kerja di Dubai", [("AE", "destination")]),
        ("pernah kerja di hotel, Dubai butuh 20 orang", [("AE", "destination")]),
        ("berpengalaman menempatkan PMI di Taiwan dan Hongkong", [("TW", "destination"), ("HK", "destination")]),
        ("kapal Korea, kru campur Vietnam", [("KR", "destination"), ("VN", "mentioned")]),
        ("kapal Taiwan bareng kru asal Filipina", [("TW", "destination"), ("PH", "mentioned")]),
        ("ke Singapura, majikan chinese melayu india", [("SG", "destination"), ("IN", "mentioned")]),
        ("saya tidak kirim ke Kamboja, cuma Korea", [("KH", "denied"), ("KR", "destination")]),
        ("UTK LAOS–VIETNAM?? bukan, ini utk YORDANIA", [("LA", "denied"), ("VN", "denied"), ("JO", "destination")]),
        ("jaga akong Taiwan. Job Hong Kong saat ini kami TUTUP", [("TW", "destination"), ("HK", "denied")]),
        ("Taiwan & Hong Kong sudah ditutup, tinggal Polandia", [("TW", "denied"), ("HK", "denied"), ("PL", "destination")]),
        ("Brunei jalan terus, sanksi sebagian hanya utk Malaysia", [("BN", "destination"), ("MY", "denied")]),
        ("moratorium sudah dibuka untuk Saudi", [("SA", "destination")]),
        ("job Taiwan ditutup tgl 25", [("TW", "destination")]),
        ("antar Batam Center & Nagoya", []),
        ("pabrik di Nagoya", [("JP", "destination")]),
        ("dari Batam ke Nagoya Jepang", [("JP", "destination"), ("JP", "destination")]),
        ("kursus bahasa Mandarin & Jepang", []),
        ("ABK Taiwan, ex kapal Fiji/Korea diutamakan", [("TW", "destination"), ("FJ", "mentioned"), ("KR", "mentioned")]),
        ("pabrik Polandia, yang udah pernah Qatar/Oman masuk dulu", [("PL", "destination"), ("QA", "mentioned"), ("OM", "mentioned")]),
        ("yang ditolak Taiwan karena tinggi badan, coba Macau", [("TW", "mentioned"), ("MO", "destination")]),
        ("kamari gagal ka Korea? aya job Langkawi", [("KR", "mentioned"), ("MY", "destination")]),
        ("gagal seleksi bulan lalu, kerja ke Korea", [("KR", "destination")]),
    ],
)
def test_roles(text: str, roles: list[tuple[str, str]]) -> None:
    assert found(text) == roles


def test_a_job_at_a_mission_lies_where_the_mission_stands_unless_another_place_is_named() -> None:
    assert found("KBRI Doha membuka lowongan pegawai setempat") == [("QA", "destination")]
    assert found("kerja di Riyadh, lapor ke KBRI Doha") == [("SA", "destination"), ("QA", "mentioned")]
    folded = folding.fold("pegawai setempat KBRI Doha")
    claims = countries.claims(folded, phrases.search(folded))
    exempt = countries.settle(claims, TextKind.OFFER_ABROAD, Route.EXEMPT)
    assert countries.summary(exempt, TextKind.OFFER_ABROAD) == ("QA",)
    assert countries.summary(countries.settle(claims, TextKind.NEWS), TextKind.NEWS) == ("QA",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("calling visa, ongkos ditanggung ladang", "MY"), ("gaji NT$ 20.000 jaga lansia", "TW"), ("ex Taiwan, gaji 1.400 riyal", "SA")],
)
def test_where_an_offer_names_no_place_its_money_and_permits_show_it(text: str, code: str) -> None:
    assert {value for value, role in found(text) if role == "destination"} == {code}


def test_money_shows_no_country_beside_a_named_one_or_outside_offers() -> None:
    assert found("gaji 1.400 riyal di Taiwan") == [("TW", "destination")]
    folded = folding.fold("bayar 1.400 riyal")
    told = countries.settle(countries.claims(folded, phrases.search(folded)), TextKind.OTHER)
    assert countries.summary(told, TextKind.OTHER) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TW", "TW"),
        ("tw", "TW"),
        ("Taiwan", "TW"),
        ("Hong Kong", "HK"),
        ("Korea Selatan", "KR"),
        ("South Korea", "KR"),
        ("Uni Emirat Arab", "AE"),
        ("  Arab  Saudi ", "SA"),
        ("Indonesia", "ID"),
        ("XX", None),
        ("Negeri Dongeng", None),
        ("Taiwn", None),
        ("negeri sakura", None),
        ("Kuala Lumpur", None),
        ("", None),
    ],
)
def test_code_of_a_registers_country(text: str, code: str | None) -> None:
    assert countries.code_of(text) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("job tw, kr, hk ready smua", ["TW", "KR", "HK"]),
        ("ksa / uae / omn majikan ready", ["SA", "AE", "OM"]),
        ("open sg my bn\nprt, jaga anak", ["SG", "MY", "BN"]),
        ("tw pbrik 12 cwo\nhk art 5\njp kuli proyek 7", ["TW", "HK", "JP"]),
        ("oh my god th 2026 mo pergi", []),
        ("sg my love", []),
        ("ukuran 20 mm, ph 7", []),
        ("link.sg/my", []),
        ("pembimbing KH Odang, manasik", []),
        ("job di KH Bavet", ["KH", "KH"]),
    ],
)
def test_codes_in_small_letters_are_countries_in_a_list_alone(text: str, codes: list[str]) -> None:
    assert [code for code, _ in found(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("operator tw, inbox", ["TW"]),
        ("ladang my, japri", ["MY"]),
        ("PRT hk. wa 084033219876", ["HK"]),
        ("butuh caregiver jp inbox", ["JP"]),
        ("welder kr 3 org, japri", ["KR"]),
        ("operator my inbox", []),  # "my inbox" is English
        ("operator sg gelem inbox", []),  # Javanese "sing"
        ("operator th 2026, inbox", []),
        ("perawat mo, inbox", []),
        ("inbox tw, operator", []),
        ("operator tws, inbox", []),
        ("operator tw.example, inbox", []),
        ("operator tw, " + "kata " * 17, []),  # no telegram: elsewhere a code stands in a list
    ],
)
def test_a_lone_code_right_behind_a_job_is_a_country_where_little_else_is_said(text: str, codes: list[str]) -> None:
    assert [code for code, _ in found(text)] == codes


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("proses Taiwan kami hentikan sesuai surat dirjen", "denied"),
        ("penempatan Taiwan di kantor kami memang sedang dihentikan", "denied"),
        ("Taiwan belum dibuka", "denied"),
        ("Taiwan rumah tangga sedang kami hentikan", "denied"),
        ("Taiwan lagi libur dulu ya", "denied"),
        ("TAIWAN LAGI LIBUR", "denied"),
        ("mohon tidak menanyakan job Taiwan", "denied"),
        ("Taiwan sedang tidak kami layani", "denied"),
        ("Taiwan untuk sementara tidak kami proses", "denied"),
        ("Taiwan belum ada job", "denied"),
        ("bukan pabrik Taiwan", "denied"),
        ("Taiwan belum ada pengalaman boleh", "destination"),
        ("Taiwan lagi libur imlek, job tetap jalan", "destination"),
        ("pabrik Taiwan, libur hari Minggu", "destination"),
        ("job Taiwan kami buka lagi", "destination"),
        ("Taiwan ditutup tgl 20", "destination"),
    ],
)
def test_what_is_halted_is_not_offered(text: str, role: str) -> None:
    assert found(text) == [("TW", role)]

"""What a masked value shows, and that the rest of it is nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import sources
from patrol.domain import ClaimKind
from patrol.engine import masks
from patrol.engine.reading import phrases


@pytest.mark.parametrize(
    ("kind", "full", "shown"),
    [
        ("phone", "+6284055501234", "+62 840-••••34"),
        ("phone", "+60351234567", "+60 35-••••67"),
        ("phone", "+12025550123", "+1 202-••••23"),
        ("phone", "+85290123456", "+852 9-••••56"),
        # seven digits of its own: nothing could stay but the country
        ("phone", "+6725550123", "••••"),
        ("phone", "+99900000000000", "+999-••••00"),
        ("phone", "+62", "••••"),
        ("phone", "0840 5550 1234", "0840-••••34"),
        ("phone", "0840555012", "084-••••12"),
        ("phone", "08405550", "0-••••50"),
        ("phone", "0840555", "••••"),
        ("phone", "62840 5550 1234", "62 840-••••34"),
        ("phone", "620000000000", "620-••••00"),
        ("phone", "840-5550-1234", "840-••••34"),
        ("phone", "o84o 5550 1234", "o8••••34"),
        ("phone", "tiga", "••••"),
        ("account", "telegram:laksita_kerja", "telegram:laks••••ja"),
        ("account", "instagram:siti", "instagram:s••••"),
        ("account", "instagram:delapan8", "instagram:d••••"),
        ("account", "instagram:sembilan9", "instagram:s••••"),
        ("account", "instagram:sepuluh_10", "instagram:sepu••••10"),
        ("account", "@laksita_kerja", "@laks••••ja"),
        ("account", "@sit kerja lagi", "@s••••"),
        ("account", "TKI Malaysia", "TKI ••••ia"),
        # only a platform stays whole before a colon
        ("account", "0840 5550 1234: Grup Kerja", "0840••••ja"),
        ("account", "laksita_kerja:abcd", "laks••••cd"),
        ("account", "telegram:0840:5550:1234", "telegram:0840••••34"),
        ("bank_account", "BCA 8830012345", "BCA ••••2345"),
        ("bank_account", "8830012345", "••••2345"),
        ("bank_account", "BCA 12345", "BCA ••••"),
        ("bank_account", "BCA 1234567", "BCA ••••"),
        ("bank_account", "BCA 12345678", "BCA ••••5678"),
        ("bank_account", "BANK CONTOH 12345678", "BANK CONTOH ••••5678"),
        ("bank_account", "BCA milik Siti 12345678", "••••5678"),
        ("bank_account", "BCA 08405550 12345678", "••••5678"),
        ("email", "laksita.kerja@pos.example", "laks•••• (pos.example)"),
        ("email", "siti@pos.example", "s•••• (pos.example)"),
        ("email", "084055501234@0840555.pos.example", "0840•••• (••••.pos.example)"),
        ("email", "laksita (at) pos dot example", "••••"),
        ("email", "laksita@pos@lain.example", "••••"),
        ("email", "@pos.example", "••••"),
        ("email", "laksita@", "••••"),
        ("link", "https://wa.me/6284055501234?text=halo", "wa.me/••••"),
        ("link", "https://084055501234.example/", "••••.example"),
        ("link", "https://loker.example", "loker.example"),
        ("link", "https://[kacau", "••••"),
        ("link", "https://", "••••"),
        ("link", "https://laksita@loker.example", "loker.example/••••"),
        ("link", "https://loker.example/#0840", "loker.example/••••"),
        ("link", "https://loker2026.example/", "loker2026.example"),
        ("link", "https://loker20261.example/", "••••.example"),
        ("link", "https://0840.555.example/", "0840.555.example"),
        ("link", "https://0840.5550.1234.example/", "••••.••••.••••.example"),
        ("link", "0840 5550 1234", "••••"),
        ("licence_number", "B. 4021/SIP2MI/IV/2026", "B. 4021/SIP2MI/IV/2026"),
        ("licence_number", "4021/12345678", "4021/12345678"),
        ("licence_number", "084055501234", "••••"),
        ("agency", "PT Lintang Bahtera Nusaraya", "PT Lintang Bahtera Nusaraya"),
        ("agency", "PT Lintang 0840 5550 1234", "PT Lintang ••••"),
    ],
)
def test_value(kind: str, full: str, shown: str) -> None:
    assert masks.value(kind, full) == shown


@pytest.mark.parametrize(
    ("full", "shown"),
    [
        ("Mbak Kursi Taiwan", "Mbak ••••"),
        ("laksita", "lak••••"),
        ("A Laksita", "A••••"),
        ("Laksitakerja Benua", "Laksitakerja ••••"),
        ("Laksitakerjaa Benua", "Lak••••"),
        ("sponsor_hj", "••••"),
        ("0840.5550.1234 Admin", "••••"),
        ("@laksita Admin", "••••"),
        ("Mbak2 Kursi", "••••"),
        ("", ""),
        (" \t", ""),
    ],
)
def test_name(full: str, shown: str) -> None:
    assert masks.name(full) == shown


def test_the_middle_has_the_same_length_whatever_was_there() -> None:
    """Digits spelt out would show by the length of their words."""
    assert masks.phone("nol delapan empat nol satu") == "no••••tu"
    assert (masks.MIDDLE, masks.phone("nol satu"), masks.phone("nol 1234")) == ("••••", "no••••tu", "no••••34")
    assert (masks.phone("satu dua"), masks.phone("satudua")) == ("sa••••ua", "••••")
    assert masks.phone("nol delapan tujuh sembilan sembilan sembilan satu") == "no••••tu"


@pytest.mark.parametrize(
    ("text", "contacts", "shown"),
    [
        ("WA 0840 5550 1234 ya", [(3, 17, "phone")], "WA 0840-••••34 ya"),
        # wa.me holds a link and a number: cut once, as the link
        ("klik wa.me/6284055501234", [(5, 24, "link"), (11, 24, "phone")], "klik wa.me/••••"),
        # two contacts that overlap without covering each other: nothing of them is known to be harmless
        ("a 12345678901234 b", [(2, 12, "phone"), (8, 16, "bank_account")], "a •••• b"),
        # side by side they are two
        ("0840555012340840555098", [(0, 12, "phone"), (12, 22, "phone")], "0840-••••34084-••••98"),
        ("0840 5550 1234, 0840 5550 9999", [(0, 14, "phone"), (16, 30, "phone")], "0840-••••34, 0840-••••99"),
        # a number in a list of numbers is no contact's end
        ("2. 0840 5550 1234 / 3", [(3, 17, "phone")], "2. 0840-••••34 / 3"),
        ("0840 5550 123 456", [(0, 13, "phone")], "0840-••••23 ••••"),
        # what reaches beyond the text, stands before it or nowhere
        ("WA 0840 55", [(3, 14, "phone")], "WA ••••"),
        ("WA", [(2, 9, "phone"), (-1, 1, "phone"), (1, 1, "phone")], "WA"),
        ("WA", [(1, 2, "phone")], "W••••"),
        ("hubungi admin", [], "hubungi admin"),
    ],
)
def test_text(text: str, contacts: list[tuple[int, int, str]], shown: str) -> None:
    assert masks.text(text, contacts) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIK 3201014501990001", "NIK ••••"),
        ("surel agen.kerja@pos.example", "surel ••••"),
        ("surel a@b", "surel ••••"),
        ("surel agen.kerja＠pos.example!", "surel ••••!"),
        ("hubungi @laksita_k sekarang", "hubungi •••• sekarang"),
        ("hubungi @k!", "hubungi ••••!"),
        ("https://contoh.example/@laksita_k", "contoh.example/••••"),
        ("lihat t.me/laksita_k ya", "lihat t.me/•••• ya"),
        ("lihat www.contoh.example ya", "lihat www.contoh.example ya"),
        ("lihat WA.ME/laksita", "lihat wa.me/••••"),
        # what closes the sentence is no part of the link; what stands within it is
        ("ini: 'https://contoh.example/a.b)c'. Mulai lagi", "ini: 'contoh.example/••••'. Mulai lagi"),
        ("(lihat t.me/laksita_k), “wa.me/laksita”!", "(lihat t.me/••••), “wa.me/••••”!"),
        ("'ftp://contoh.example'...", "'contoh.example'..."),
        ("s.d/ n.a/x, PT.ABC/XYZ", "s.d/ n.a/x, PT.ABC/XYZ"),
        ("@ 5 juta, @25rb, @500, @50.000, @ .", "@ 5 juta, @25rb, @500, @50.000, @ ."),
        ("@0840, @050.000, @50.00", "••••, ••••, ••••"),
        ("umur 18-45, kuota 600", "umur 18-45, kuota 600"),
        # seven digits are none, eight are
        ("1234567", "1234567"),
        ("12345678", "••••"),
        ("x12345678x", "x••••x"),
        # two signs between, and three
        ("08--40--55--50", "••••"),
        ("08---40---55---50", "08---40---55---50"),
        ("08.40.55.50", "••••"),
        ("08_40_55_50", "••••"),
        ("08,40,55,50", "••••"),
        ("08\n40\r\n55 50", "••••"),
        ("+62 840 5550", "••••"),
        ("0\ufe0f\u20e38\ufe0f\u20e34\ufe0f\u20e30\ufe0f\u20e35\ufe0f\u20e35\ufe0f\u20e35\ufe0f\u20e30", "••••"),
        ("٠٨٤٠٥٥٥٠", "••••"),
        ("①②③④⑤⑥⑦⑧", "••••"),
        ("₀₈₄₀⁵⁵⁵⁰", "••••"),
    ],
)
def test_what_no_reader_claimed_is_cut_where_it_looks_like_a_contact(text: str, shown: str) -> None:
    assert masks.text(text, []) == shown


@pytest.mark.parametrize(
    "text",
    [
        "gaji Rp 15.000.000 per bulan",
        "gaji 15,000,000.00 atau 84.055.501",
        "850.000.000",
        "15.000.000,00",
        "Gaji 8.500.000\n18-45 tahun",
        "8.500.000-9.500.000, 12",
        "tanggal 23-11-2026",
        "1/1/1999 sampai 31.12.2099",
        "2026-11-23 09.30",
        "23-11-2026, 23:59",
        "2026-2027 dan 2026/2027",
        "TND-26-004417",
        "15.000.000 2026",
    ],
)
def test_a_date_an_amount_or_a_flags_number_stays(text: str) -> None:
    assert masks.text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # what comes after or before one is looked at by itself
        ("gaji 15.000.000 0840 5550 1234", "gaji 15.000.000 ••••"),
        ("gaji 15.000.000, 5550123", "gaji 15.000.000, ••••"),
        ("23-11-2026 0840.5550.1234", "23-11-2026 ••••"),
        ("23-11-2026 12345", "23-11-2026 ••••"),
        ("23-11-2026 1234", "23-11-2026 1234"),
        ("5550123 23-11-2026", "•••• 23-11-2026"),
        ("15.000.000 +62840 15.000.000", "15.000.000 ••••"),
        # in the middle of a number it is none
        ("0840 15.000.000", "••••"),
        ("0840 23-11-2026", "••••"),
        ("0.840.555.012", "••••"),
        ("+62.840.555", "••••"),
        # the shape, and a little beside it
        ("32-11-2026", "••••"),
        ("23-13-2026", "••••"),
        ("00-11-2026", "••••"),
        ("23-11-2126", "••••"),
        ("23-11-20267", "••••"),
        ("123-11-2026", "••••"),
        ("2026-13-01", "••••"),
        ("2026-11-32", "••••"),
        ("23-11-2026 24.30", "23-11-2026 24.30"),
        ("12-23-11-2026-12", "••••"),
        ("2126-2027", "••••"),
        ("2026-2127", "••••"),
        ("23 11 2026", "••••"),
        ("12345.678", "••••"),
        ("15.00.000.000", "••••"),
        ("15.000.0000", "••••"),
        ("015.000.000", "••••"),
        ("812.345.678", "••••"),
        ("123.456.789", "••••"),
        ("812.345.678,00", "••••"),
        ("TND-26-0044171", "TND-••••"),
        ("TND-08-405550", "TND-••••"),
        ("TNX-26-004417", "TNX-••••"),
    ],
)
def test_a_number_beside_a_date_or_an_amount_does_not(text: str, shown: str) -> None:
    assert masks.text(text) == shown


def test_known_spans_are_left_and_what_touches_them_is_not() -> None:
    text = "SIP 81200123456789 WA 084055501234"
    assert masks.text(text, [], [(4, 18)]) == "SIP 81200123456789 WA ••••"
    assert masks.text(text, [], [(-3, 18), (30, 99)]) == "SIP 81200123456789 WA ••••"
    assert masks.text("12345678 23456789 34567890", [], [(0, 8), (18, 26)]) == "12345678 •••• 34567890"
    # a part of it was read, the rest is a number by itself
    assert masks.text("55501234 5550999", [], [(0, 8)]) == "55501234 ••••"


@pytest.mark.parametrize(
    ("text", "contact", "known", "shown"),
    [
        ("25000000/084012345678", (9, 21), (0, 8), "25000000/0840-••••78"),
        ("084012345678/25000000", (0, 12), (13, 21), "0840-••••78/25000000"),
        ("25000000084012345678", (8, 20), (0, 8), "250000000840-••••78"),
        ("08401234567825000000", (0, 12), (12, 20), "0840-••••7825000000"),
        # one digit of it is claimed: what is left of it is no amount any more
        ("25000000084012345678", (7, 20), (0, 8), "••••0084-••••78"),
        ("08401234567825000000", (0, 13), (12, 20), "0840-••••82••••"),
    ],
)
def test_an_amount_beside_a_contact_stays_and_one_that_a_contact_reaches_into_does_not(
    text: str, contact: tuple[int, int], known: tuple[int, int], shown: str
) -> None:
    assert masks.text(text, [(*contact, "phone")], [known]) == shown


@pytest.mark.parametrize(
    "number", ["084055501", "0840555012345", "6284055501", "0062840555012345", "840555012", "840555012345", "+15550123", "0840.5550.1234"]
)
def test_what_a_reader_took_for_an_amount_is_cut_where_it_has_a_numbers_shape(number: str) -> None:
    assert masks.text(f"gaji {number} ya", [], [(5, 5 + len(number))]) == f"gaji {masks.MIDDLE} ya"


@pytest.mark.parametrize("number", ["08405550", "08405550123456", "62840555", "84055501", "8405550123456", "155501234567"])
def test_what_has_no_numbers_shape_stays_where_a_reader_knows_it(number: str) -> None:
    assert masks.text(f"gaji {number} ya", [], [(5, 5 + len(number))]) == f"gaji {number} ya"


@pytest.mark.parametrize(
    ("text", "known", "shown"),
    [
        # an amount with digits glued before it that are as many as a number has: with its first figures, or without it
        ("000000015.000.000", [(0, 16)], "••••"),
        ("000000015.000.000", [(0, 17)], "••••"),
        ("084055501.000.000", [(0, 17)], "••••"),
        ("08405550115.000.000", [(0, 19)], "••••"),
        ("084055501115,000,000.00", [(0, 23)], "••••"),
        # behind it, and at a day
        ("15.000.000084055501", [(0, 19)], "••••"),
        ("08405550123-11-2026", [(0, 19)], "••••"),
        # read in parts, in part, or beside a flag's number or a contact
        ("08405550 1234", [(0, 8), (9, 13)], "••••"),
        ("084055501234", [(0, 8)], "••••"),
        ("TND-26-004417 0840555012", [(14, 21)], "TND-26-004417 ••••"),
        # less digits than a number has, or more
        ("00000015.000.000", [(0, 16)], "00000015.000.000"),
        ("0000000000000015.000.000", [(0, 24)], "0000000000000015.000.000"),
        ("74055501.000.000", [(0, 16)], "74055501.000.000"),
        ("0840555 1", [(0, 7)], "0840555 1"),
        ("0840555   1234", [(0, 7)], "0840555   1234"),
        # ordinary amounts
        ("15.000.000", [(0, 10)], "15.000.000"),
        ("Rp15.000.000", [(2, 12)], "Rp15.000.000"),
        ("Rp15.000.000", [], "Rp15.000.000"),
        ("rp 015.000", [(3, 10)], "rp 015.000"),
        ("rp 015.000", [], "rp 015.000"),
        ("8.500.000-9.500.000, 12", [(0, 19)], "8.500.000-9.500.000, 12"),
        ("8500000/9500000", [(0, 7), (8, 15)], "8500000/9500000"),
        ("850000, 23", [(0, 6)], "850000, 23"),
    ],
)
def test_what_was_read_is_looked_at_with_all_that_is_glued_to_it(text: str, known: list[tuple[int, int]], shown: str) -> None:
    assert masks.text(text, [], known) == shown


def test_an_amount_and_the_readable_end_of_a_contact_are_no_number_together() -> None:
    assert masks.text("84000000084012345678", [(8, 20, "phone")], [(0, 8)]) == "••••0840-••••78"
    assert masks.text("74000000084012345678", [(8, 20, "phone")], [(0, 8)]) == "740000000840-••••78"


def test_a_contact_inside_a_known_span_is_still_cut() -> None:
    assert masks.text("SIP 084055501234", [(4, 16, "phone")], [(4, 16)]) == "SIP 0840-••••34"


@given(
    before=st.text(max_size=20),
    number=st.from_regex(r"\+62840[0-9]{8}", fullmatch=True),
    after=st.text(max_size=20),
    kind=st.sampled_from(["phone", "bank_account", "account", "link"]),
)
def test_no_claimed_contact_survives(before: str, number: str, after: str, kind: str) -> None:
    text = before + number + after
    cut = masks.text(text, [(len(before), len(before) + len(number), kind)])
    assert number[1:] not in cut
    assert number[4:] not in cut


@given(
    text=st.text(max_size=60),
    contacts=st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["phone", "link"])), max_size=6),
)
def test_places_are_in_order_and_apart(text: str, contacts: list[tuple[int, int, str]]) -> None:
    places = masks.places(text, contacts)
    edges = [edge for place in places for edge in (place.start, place.end)]
    assert edges == sorted(edges)
    assert all(place.start < place.end <= len(text) for place in places)


def test_an_empty_link_is_nothing_and_no_dots() -> None:
    assert (masks.link(""), masks.link("https://contoh.example/a")) == ("", f"contoh.example/{masks.MIDDLE}")


def test_signs_that_turn_the_writing_are_seen_and_the_rest_stays() -> None:
    assert masks.turning_shown("gaji\u202e000.2 \u2066x\u2069") == "gaji‹U+202E›000.2 ‹U+2066›x‹U+2069›"
    assert masks.turning_shown("عمل في الرياض 👩\u200d🍳") == "عمل في الرياض 👩\u200d🍳"


def test_a_text_is_masked_first_and_shortened_after() -> None:
    number, mail = "084055501234", "laksita@pos.example"
    # the cut falls into the number: it is seen whole, and nothing of it is shown
    assert masks.text(f"WA {number} ya", most=7) == "WA ••••…"
    assert masks.text(f"WA {number}", most=7) == "WA ••••"
    assert masks.text(f"WA {mail} ya", most=4) == "WA ••••…"
    assert masks.text(f"WA {number} ya", [(3, 15, "phone")], most=5) == "WA 0840-••••34…"
    assert masks.text(f"WA ya {number}", most=5) == "WA ya…"
    assert masks.text("WA ya", most=5) == "WA ya"


def test_half_an_amount_is_not_shown_where_a_text_is_shortened() -> None:
    pay = "gaji Rp 15.000.000, siap"
    shown = {most: masks.text(pay, most=most) for most in (8, 9, 10, 11, 17, 18, 19)}
    assert shown == dict.fromkeys((8, 9, 10, 11, 17, 18), "gaji Rp …") | {19: "gaji Rp 15.000.000,…"}
    assert masks.text("a" * 20_000) == "a" * 20_000
    assert masks.text("a" * 20_001) == "a" * 20_000 + "…"
    # claims far behind the cut are not looked at
    assert masks.text("a" * 9 + "b" * 90, [(95, 99, "phone")], most=9) == "a" * 9 + "…"


def test_two_values_that_look_the_same_are_told_apart() -> None:
    one, two, three = "+6284055501234", "+6284055599934", "+6284055501235"
    rows = [("phone", one, 7), ("phone", two, 12), ("phone", one, 7), ("phone", three, 9), ("account", "x:siti", 3)]
    assert masks.values(rows) == ["+62 840-••••34 #7", "+62 840-••••34 #12", "+62 840-••••34 #7", "+62 840-••••35", "x:s••••"]
    # the same thing twice, and the same mask of two kinds, are no two
    assert masks.values([("phone", one, 7), ("phone", one, 7)]) == ["+62 840-••••34"] * 2
    assert masks.values([("phone", "12", 1), ("link", "https://[", 2)]) == ["••••", "••••"]
    assert masks.values([]) == []


def test_what_may_stand_before_the_colon_are_the_platforms_we_know() -> None:
    assert {*sources.SOURCES, *phrases.load("platforms.toml")} - masks.PLATFORMS == set()
    assert all(platform.replace("_", "").isalpha() and len(platform) < 12 for platform in masks.PLATFORMS)


def claim(kind: str, start: int, end: int, source: str = "text") -> dict[str, object]:
    return {"kind": kind, "start": start, "end": end, "source": source}


def test_spans_of_a_stored_reading_are_told_by_source_and_kind() -> None:
    kinds = [str(kind) for kind in ClaimKind]
    claims = [claim(kind, n, n + 1) for n, kind in enumerate(kinds)] + [claim("phone", 50, 60, "image:0")]
    contacts, known = (("phone", "account", "link", "bank_account", "email"), ("licence_number", "sip3mi_number", "company", "pay", "fee"))
    assert masks.contacts_of(claims) == [(kinds.index(k), kinds.index(k) + 1, k) for k in contacts]
    assert masks.known_of(claims) == [(kinds.index(k), kinds.index(k) + 1) for k in known]
    assert masks.contacts_of(claims, "image:0") == [(50, 60, "phone")]
    assert (masks.known_of(claims, "image:0"), masks.contacts_of(claims, "qr:0")) == ([], [])


@pytest.mark.parametrize(
    "typed",
    [
        "0812-34-56 789012",
        "0812-34-56",
        "6281-23-45T67.89",
        "0812-34-56T7890Z",
        "TLP-08-12345678",
        "WAP-81-234567",
        "mark:081234567890",
        "0812345678901234",
        "٠٨١٢-٣٤-٥٦ ٧٨٩",
    ],
)
def test_a_number_typed_in_the_shape_of_a_moment_or_a_series_is_cut_in_what_is_chained(typed: str) -> None:
    assert masks.nested({"note": [typed]}) == {"note": [masks.text(typed)]}
    assert masks.nested(typed) != typed


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-28",
        "2199-12-31",
        "2026-11-28T08:09:10.123456+00:00",
        "2026-11-28 08:09:10+07:00",
        "2026-11-28T08:09:10Z",
        "2026-11-28T08:09",
        "HPS-26-0012",
        "JRG-26-0012",
        "MSL-26-0012",
        "PKR-26-0012",
        "TND-26-001234",
        "0123456789abcdef" * 2,
        "0123456789abcdef" * 4,
        "01234567-89ab-4def-8123-456789012345",
        "mark:0812345678901234",
    ],
)
def test_what_the_product_writes_itself_stays_in_what_is_chained(written: str) -> None:
    assert masks.nested({"it": (written, 8)}) == {"it": [written, 8]}

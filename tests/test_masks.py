"""What a masked value shows, and that the rest of it is nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import masks


@pytest.mark.parametrize(
    ("kind", "full", "shown"),
    [
        ("phone", "+6284055501234", "+62 8•••• 34"),
        ("phone", "+60351234567", "+6••••67"),
        ("phone", "+62", "••••"),
        ("account", "telegram:laksita_kerja", "telegram:laks••••ja"),
        ("account", "instagram:siti", "instagram:s••••"),
        ("bank_account", "BCA 8830012345", "BCA ••••2345"),
        ("bank_account", "8830012345", "••••2345"),
        ("bank_account", "BCA 12345", "BCA ••••"),
        ("link", "https://wa.me/6284055501234?text=halo", "wa.me/••••"),
        ("link", "https://084055501234.example/", "••••.example"),
        ("link", "https://loker.example", "loker.example"),
        ("link", "https://[kacau", "••••"),
        ("licence_number", "B. 4021/SIP2MI/IV/2026", "B. 4021/SIP2MI/IV/2026"),
        ("agency", "PT Lintang Bahtera Nusaraya", "PT Lintang Bahtera Nusaraya"),
    ],
)
def test_value(kind: str, full: str, shown: str) -> None:
    assert masks.value(kind, full) == shown


@pytest.mark.parametrize(("full", "shown"), [("Mbak Kursi Taiwan", "Mbak ••••"), ("sponsor_hj", "spo••••"), ("", "")])
def test_name(full: str, shown: str) -> None:
    assert masks.name(full) == shown


def test_the_middle_has_the_same_length_whatever_was_there() -> None:
    """Digits spelt out would show by the length of their words."""
    assert masks.phone("nol delapan empat nol satu") == "no••••tu"
    assert masks.phone("nol delapan tujuh sembilan sembilan sembilan satu") == "no••••tu"


@pytest.mark.parametrize(
    ("text", "contacts", "shown"),
    [
        ("WA 0840 5550 1234 ya", [(3, 17, "phone")], "WA 08••••34 ya"),
        # wa.me holds a link and a number: cut once, as the link
        ("klik wa.me/6284055501234", [(5, 24, "link"), (11, 24, "phone")], "klik wa.me/••••"),
        # two contacts that overlap without covering each other: nothing of them is known to be harmless
        ("a 12345678901234 b", [(2, 12, "phone"), (8, 16, "bank_account")], "a •••• b"),
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
        ("hubungi @laksita_k sekarang", "hubungi •••• sekarang"),
        ("gaji Rp 15.000.000 per bulan", "gaji Rp 15.000.000 per bulan"),
        ("tanggal 23-11-2026", "tanggal 23-11-2026"),
        ("umur 18-45, kuota 600", "umur 18-45, kuota 600"),
    ],
)
def test_what_no_reader_claimed_is_cut_where_it_looks_like_a_contact(text: str, shown: str) -> None:
    assert masks.text(text, []) == shown


def test_known_spans_are_left_and_what_touches_them_is_not() -> None:
    text = "SIP 81200123456789 WA 084055501234"
    assert masks.text(text, [], [(4, 18)]) == "SIP 81200123456789 WA ••••"


def test_a_contact_inside_a_known_span_is_still_cut() -> None:
    assert masks.text("SIP 084055501234", [(4, 16, "phone")], [(4, 16)]) == "SIP 08••••34"


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
    contacts=st.lists(
        st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["phone", "link"])), max_size=6
    ),
)
def test_places_are_in_order_and_apart(text: str, contacts: list[tuple[int, int, str]]) -> None:
    places = masks.places(text, contacts)
    edges = [edge for place in places for edge in (place.start, place.end)]
    assert edges == sorted(edges)
    assert all(place.start < place.end <= len(text) for place in places)


def test_an_empty_link_is_nothing_and_no_dots():
    assert (masks.link(""), masks.link("https://contoh.example/a")) == ("", f"contoh.example/{masks.MIDDLE}")


def test_signs_that_turn_the_writing_are_seen_and_the_rest_stays():
    assert masks.turning_shown("gaji\u202e000.2 \u2066x\u2069") == "gaji‹U+202E›000.2 ‹U+2066›x‹U+2069›"
    assert masks.turning_shown("عمل في الرياض 👩\u200d🍳") == "عمل في الرياض 👩\u200d🍳"

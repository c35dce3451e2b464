"""Attacks on the masks: whatever a platform or a person brought, no contact comes out of any of them.

What counts as one is written out here a second time, without the patterns of engine.masks. ATTACK_EXAMPLES times ten texts are tried.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from patrol.engine import masks

EXAMPLES = 10 * int(os.environ.get("ATTACK_EXAMPLES", "20"))
tried = settings(max_examples=EXAMPLES, deadline=None)

# --- what must not come out -------------------------------------------------------------------------

HARMLESS = re.compile(
    r"(?:[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d|(?:19|20)\d\d[-./][01]\d[-./][0-3]\d)(?:,? [0-2]\d[.:][0-5]\d)?"
    r"|(?:19|20)\d\d[-–/](?:19|20)\d\d"
    r"|[1-9]\d?\d?(?:(?:\.\d{3})+(?:,\d\d)?|(?:,\d{3})+(?:\.\d\d)?)"
)


def numbers(text: str) -> list[tuple[int, int]]:
    """Where eight digits and more stand with at most two signs between each."""
    found: list[tuple[int, int]] = []
    start = last = -1
    for place, sign in enumerate(text):
        if sign.isdigit():
            if start < 0:
                start = place
            last = place
        elif start >= 0 and (sign.isalnum() or place - last > 2):
            found.append((start, last + 1))
            start = -1
    if start >= 0:
        found.append((start, last + 1))
    return [(s, e) for s, e in found if sum(map(str.isdigit, text[s:e])) >= 8]


def dialled(text: str) -> bool:
    """Whether the digits, days and amounts aside, are those of a phone number."""
    digits = "".join(filter(str.isdigit, HARMLESS.sub("", text)))
    return bool(re.fullmatch(r"0\d{8,12}|(?:00)?62\d{8,12}|8\d{8,11}", digits))


def blank(text: str) -> str:
    return "\0" * len(text)


def small(text: str) -> bool:
    """Whether no more than four digits stand together in what is left of a run."""
    return all(sum(map(str.isdigit, part)) <= 4 for part in text.split("\0"))


def let_out(text: str, known: Sequence[tuple[int, int]] = ()) -> list[str]:
    """What of a masked text is a contact after all. `known`: where in it stands what a reader took for an amount or a licence number."""
    found = []
    plain = re.sub(r"TND-[2-9]\d-\d{6}(?!\d)", lambda hit: "T" * len(hit[0]), text)
    for start, end in numbers(plain):
        run = plain[start:end]
        read = [(max(s - start, 0), min(e - start, len(run))) for s, e in known if s < end and start < e]
        taken = {place for s, e in read if not dialled(run[s:e]) for place in range(s, e)}

        def without(part: str, taken: set[int] = taken) -> str:
            return "".join("\0" if place in taken else sign for place, sign in enumerate(part))

        def unplain(part: str) -> str:
            return HARMLESS.sub(lambda hit: blank(hit[0]), part)

        if not small(unplain(without(run))) and not small(without(unplain(run))):
            found.append(run)
    for before, at, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if at in "@＠﹫" and (after.isalnum() or after == "_"):
            rest = text[text.index(at + after) + 1 :]
            price = re.match(r"\d{1,3}(?:\.\d{3})*(?:rb|ribu|k|jt|juta)?(?![\w-])", rest, re.IGNORECASE)
            masked = re.match(rf"[^\s@]{{0,4}}{masks.MIDDLE}", rest)
            if not masked and (not price or before.isalnum()):
                found.append(f"{before}{at}{rest[:20]}")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "0840 5550",
        "+62 840-55-5012",
        "08.40.55.50",
        "0_8_4_0_5_5_5_0",
        "siti@pos.example",
        "hai @siti",
        "＠siti",
        "15.000.000 55501",
        "٠٨٤٠٥٥٥٠",
        "a@b",
        "0️⃣8️⃣4️⃣0️⃣5️⃣5️⃣5️⃣0️⃣",
        "TND-26-0044171",
    ],
)
def test_what_is_looked_for_is_found_in_a_text_that_is_not_masked(text: str) -> None:
    assert let_out(text) != []


@pytest.mark.parametrize(
    "text", ["15.000.000", "23-11-2026 18.00", "2026-2027", "0840---5550---1234", "@50rb", "@laks••••ja", "1234567", "TND-26-004417"]
)
def test_what_is_looked_for_is_not_found_in_what_may_stay(text: str) -> None:
    assert let_out(text) == []


# --- what is brought --------------------------------------------------------------------------------

signs = st.text(" .,_-/()+:;*~\n\t|'\"\u200b\ufe0f\u20e3\u00a0•", max_size=3)
digits = st.one_of(
    st.text("0123456789", min_size=1, max_size=16),
    st.sampled_from(["0840", "5550", "62", "+62", "8", "0", "12", "2026", "000", "15.000.000", "23-11-2026", "08-12-2034", "٠٨٤", "①②"]),
)
words = st.sampled_from(
    [
        "WA",
        "a",
        "Rp",
        "gaji",
        "@",
        "＠",
        "@siti",
        "@laksita_kerja",
        "siti@pos.example",
        "x.y+z@a-b.example",
        "https://",
        "wa.me/",
        "t.me/siti",
        "TND-26-004417",
        "@50rb",
        "juta",
        "o84o",
        "://",
        "www.",
        ".example",
        ":",
        "telegram:",
        "BCA",
        "Mbak",
        "‹",
        "é",
        "字",
        "_",
    ]
)
texts = st.lists(st.one_of(digits, signs, words, st.text(max_size=4)), max_size=24).map("".join)
spans = st.lists(st.tuples(st.integers(-2, 80), st.integers(-2, 90)), max_size=5)
kinds = st.sampled_from(["phone", "account", "link", "bank_account"])


def masked(text: str, contacts: list[tuple[int, int, str]], known: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The text as it is shown, and where in that stands what a reader knows."""
    pieces, flags, position = [], "", 0
    read = {place for s, e in known for place in range(max(s, 0), min(e, len(text)))}
    for place in [*masks.places(text, contacts, known), masks.Place(len(text), len(text), "")]:
        pieces += [text[position : place.start], place.instead]
        flags += "".join("x" if at in read else " " for at in range(position, place.start)) + " " * len(place.instead)
        position = place.end
    return "".join(pieces), [hit.span() for hit in re.finditer("x+", flags)]


@tried
@given(text=texts)
def test_no_contact_comes_out_of_a_text_nobody_read(text: str) -> None:
    assert let_out(masks.text(text)) == []


@tried
@given(text=texts, contacts=st.lists(st.tuples(st.integers(-2, 80), st.integers(-2, 90), kinds), max_size=5), known=spans)
def test_no_contact_comes_out_of_a_text_that_was_read(
    text: str, contacts: list[tuple[int, int, str]], known: list[tuple[int, int]]
) -> None:
    shown, places = masked(text, contacts, known)
    assert shown == masks.text(text, contacts, known)
    assert let_out(shown, places) == []
    # whatever a reader took it for: what can be dialled is cut
    assert [run for run in let_out(shown) if dialled(run)] == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("00000100", (1, 4)),  # the four digits behind are other noughts than the three that were read
        ("0" * 55, (2, 53)),
        ("23-11-2026 12345678901234", (11, 25)),
    ],
)
def test_what_was_read_is_taken_away_where_it_stands(text: str, known: tuple[int, int]) -> None:
    shown, places = masked(text, [], [known])
    assert (shown, places, let_out(shown, places), let_out(shown) != []) == (text, [known], [], True)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("000000015.000.000", [(0, 16)]),  # found: of one amount all but its last figure was read
        ("00000000015.000.000", [(0, 19)]),
        ("00000000015.000.000", [(0, 3), (3, 18)]),
        ("08405550123-11-2026", [(0, 19)]),
        ("084055501234", [(0, 8)]),
        ("08405550, 1234", [(0, 8), (10, 14)]),
        ("TND-26-004417 0840555012", [(14, 21)]),
    ],
)
def test_what_a_reader_took_for_amounts_is_none_with_what_is_glued_to_it(text: str, known: list[tuple[int, int]]) -> None:
    assert let_out(text) != []
    shown, places = masked(text, [], known)
    assert (shown.removeprefix("TND-26-004417 "), let_out(shown, places), let_out(shown)) == (masks.MIDDLE, [], [])


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ((0, 1), "••••ND-••••"),  # found: read as a contact that ends within the letters of a flag's number
        ((0, 4), "••••••••"),
        ((4, 6), "TND-••••-••••"),
        ((0, 13), "••••"),
        ((13, 14), "TND-26-004417••••"),
    ],
)
def test_what_a_contact_leaves_of_a_flag_s_number_is_a_number_like_others(contact: tuple[int, int], shown: str) -> None:
    assert masks.text("TND-26-004417 ", [(*contact, "")]).rstrip() == shown
    assert let_out(shown) == []


@pytest.mark.parametrize("text", ["00①②23-11-2026://0", "0012 23-11-2026://0", "0012 23/11/2026@siti", "12 15.000.000://a 1234"])
def test_a_day_or_an_amount_that_a_link_or_handle_cuts_in_two_is_part_of_a_number(text: str) -> None:
    assert not any(map(str.isdigit, masks.text(text).split(masks.MIDDLE)[0]))


@tried
@given(text=texts)
@pytest.mark.parametrize("mask", [masks.account, masks.name, masks.phone, masks.bank_account, masks.link])
def test_no_contact_comes_out_of_one_value(mask: object, text: str) -> None:
    assert callable(mask)
    assert let_out(mask(text)) == []


@tried
@given(text=texts, most=st.integers(0, 60))
@example(text=f"{'0' * 49}t.me/sitihttps://", most=1)  # the second link is seen in the whole text alone
def test_no_part_of_a_number_comes_out_where_a_text_is_shortened(text: str, most: int) -> None:
    short = masks.text(text, most=most)
    whole = masks.text(text[: most + masks._BEHIND])  # a link that goes on behind it may be masked in another form
    assert whole.startswith(short.removesuffix("…"))
    assert let_out(short) == []


@tried
@given(
    before=st.text("abc ", max_size=10),
    number=st.from_regex(r"08[1-9][0-9]{7,9}", fullmatch=True),
    gaps=st.lists(st.text(" .,_-/()*~\n", max_size=2), min_size=12, max_size=12),
    after=st.text("xyz ", max_size=10),
)
def test_a_number_with_any_two_signs_between_its_digits_is_gone(before: str, number: str, gaps: list[str], after: str) -> None:
    written = "".join(digit + gap for digit, gap in zip(number, gaps, strict=False)).rstrip(" .,_-/()*~\n")
    shown = masks.text(f"{before}{written}{after}")
    assert shown == f"{before}{masks.MIDDLE}{after}"


# --- beside an amount or a date ---------------------------------------------------------------------

BESIDE = ("15.000.000", "15,000,000.00", "850.000.000", "23-11-2026", "2026-11-23", "23-11-2026 18.00", "2026-2027")
GAPS = (" ", ", ", " /")


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("number", ["12345", "5550123", "55501234", "0840 5550 1234"])
def test_a_number_before_or_after_an_amount_or_a_date_is_gone_and_that_stays(beside: str, number: str) -> None:
    for gap in GAPS:
        assert masks.text(f"{beside}{gap}{number}") == f"{beside}{gap}{masks.MIDDLE}"
    assert masks.text(f"{number} {beside}") == f"{masks.MIDDLE} {beside}"
    assert masks.text(f"{beside} {number} {beside}") == f"{beside} {masks.MIDDLE} {beside}"


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("number", ["1", "45", "600", "1234"])
def test_up_to_four_digits_before_or_after_one_stay(beside: str, number: str) -> None:
    for text in (f"{beside} {number}", f"{beside}, {number}", f"{number} {beside}", f"{number} {beside} {number}"):
        assert masks.text(text) == text


@pytest.mark.parametrize("beside", BESIDE)
def test_behind_three_signs_a_number_is_counted_by_itself(beside: str) -> None:
    for gap in ("   ", " - ", "...", "\n\n\n"):
        assert masks.text(f"{beside}{gap}5550123") == f"{beside}{gap}5550123"
        assert masks.text(f"{beside}{gap}55501234") == f"{beside}{gap}{masks.MIDDLE}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # a little beside the shape of an amount or a date: all of it is a number
        ("15.000.00 5550123", "••••"),
        ("15.0000.000 123", "••••"),
        ("32-11-2026 5550123", "••••"),
        ("23-11-20261 5550123", "••••"),
        # together they can be dialled
        ("84 23-11-2026", "••••"),
        ("0840 15.000.000", "••••"),
        ("+62 15.000.000", "••••"),
        ("15.000.000 +62 840-5550-12", "15.000.000 ••••"),
        ("+62 840-5550-12 15.000.000", "••••"),  # where it ends is not said
        # and a sign less, or a digit that no number begins with
        ("74 23-11-2026", "74 23-11-2026"),
        ("62 15.000.000", "••••"),
        ("61 15.000.000", "61 15.000.000"),
    ],
)
def test_what_is_near_an_amount_or_a_date_and_is_none(text: str, shown: str) -> None:
    assert masks.text(text) == shown


# --- what is brought to make us slow ----------------------------------------------------------------

LONG = (
    "a",
    "a.",
    "@",
    "1a",
    "12 ",
    "a@",
    "http://",
    "1",
    "15.000.000 ",
    "www.",
    "a-",
    "+",
    "1--",
    "23-11-2026 ",
    "a.me/",
    "+1 ",
    "TND-",
    "0840 1.000.000 ",
    "1,",
    "@1",
    "\u20e3",
    "x://",
    "2026-",
)


def steps(text: str) -> int:
    """Lines of Python that masking it takes: counted, not timed."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        masks.text(text, [(0, 5, "phone")], [(0, 9)], most=sys.maxsize // 2)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", LONG)
def test_a_text_twice_as_long_takes_twice_the_steps(piece: str) -> None:
    once, twice = steps(piece * 2000), steps(piece * 4000)
    assert twice <= 2.2 * once + 200


@pytest.mark.parametrize("piece", LONG)
def test_a_text_beyond_what_is_shown_is_cut_before_it_is_masked(piece: str) -> None:
    text = (piece * 30_000)[:60_000]
    assert masks.text(text) == masks.text(text[:40_000])
    assert masks.text(text).endswith("…")

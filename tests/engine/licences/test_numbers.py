from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.licences import numbers

REGISTER = (
    "SIP-0417/MY/2025",
    "B. 432/SIP2MI/IV/2026",
    "1234/SIP/2026",
    "3/20888/PK.02.02/VIII/2020",
    "77/SIP/II/2026",
    "SIP.88.XII.2025",
    "A-900/KH/2025",
    "B-900/KH/2025",
)


@pytest.fixture(scope="module")
def index() -> numbers.Index:
    return numbers.Index(REGISTER)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("sip 0417 my 2025", "SIP-0417/MY/2025"),
        ("SIP–0417／MY／2025", "SIP-0417/MY/2025"),
        ("O4l7/MY/2025", "SIP-0417/MY/2025"),
        ("SIP0417MY2025", "SIP-0417/MY/2025"),
        ("SIP No. 0417/MY/2025", "SIP-0417/MY/2025"),
        ("B.432 / SIP2MI / 04 / 2026", "B. 432/SIP2MI/IV/2026"),
        ("432/SIP2MI/4/2026", "B. 432/SIP2MI/IV/2026"),
        ("432SIP2MIIV2026", "B. 432/SIP2MI/IV/2026"),
        ("432/SIP2MI/lV/2O26", "B. 432/SIP2MI/IV/2026"),
        ("432/SIP2MI/042026", "B. 432/SIP2MI/IV/2026"),
        ("no. 3-20888-PK0202-8-2020", "3/20888/PK.02.02/VIII/2020"),
        ("77/sip/ll/2026", "77/SIP/II/2026"),
        ("88-12-2025", "SIP.88.XII.2025"),
        ("B 900/KH/2025", "B-900/KH/2025"),
    ],
)
def test_writing_is_forgiven(index: numbers.Index, written: str, found: str) -> None:
    assert index.find(written) == (found,)


@pytest.mark.parametrize(
    "written",
    [
        "0418/MY/2025",  # another digit
        "0471/MY/2025",  # another order
        "417/MY/2025",  # a digit less
        "432/SIP2MI/V/2026",  # another month
        "77/SIP/11/2026",  # November is not II
        "432/SIP2MI/IV/2025",  # another year
        "C. 432/SIP2MI/IV/2026",  # a prefix that says another thing
        "900/KH/2025",  # a missing prefix that two licences fit
        "0417/SG/2025",
        "SIP",
        "",
        "///",
    ],
)
def test_another_number_is_not_found(index: numbers.Index, written: str) -> None:
    assert index.find(written) == ()


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        ("B. 432", True),
        ("b432", True),
        ("432", True),
        ("SIP No. 432", True),
        ("432/SIP2MI/IV", True),
        ("SIP-0417", True),
        ("900", True),
        ("B. 432/SIP2MI/IV/2026", False),  # the whole of it
        ("C. 432", False),
        ("43", False),
        ("4321", False),
        ("432/SIP2MI/V", False),
        ("SIP", False),
        ("B", False),
        ("", False),
    ],
)
def test_a_part_of_a_number_is_its_beginning_down_to_a_border(index: numbers.Index, written: str, begins: bool) -> None:
    assert index.begins(written) is begins


def test_two_numbers_of_one_row_are_told_apart_by_their_borders() -> None:
    index = numbers.Index(("1/234/SIP/2026", "12/34/SIP/2026"))
    assert index.find("12 / 34 / sip / 2026") == ("12/34/SIP/2026",)
    assert index.find("1-234-SIP-2026") == ("1/234/SIP/2026",)


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
serials = st.from_regex(r"[1-9][0-9]{1,4}", fullmatch=True)
dated = st.tuples(serials, st.integers(1, 12), st.integers(2019, 2029))
separators = st.sampled_from(["/", "-", ".", " ", " / ", "–"])


def held(serial: str, month: int, year: int) -> numbers.Index:
    return numbers.Index((f"B. {serial}/SIP2MI/{ROMAN[month - 1]}/{year}",))


@given(dated, separators, st.booleans(), st.booleans())
def test_every_spelling_of_a_number_finds_it(number: tuple[str, int, int], separator: str, arabic: bool, small: bool) -> None:
    serial, month, year = number
    written = separator.join((serial, "SIP2MI", str(month) if arabic else ROMAN[month - 1], str(year)))
    assert len(held(*number).find(written.lower() if small else written)) == 1


@given(dated, dated)
def test_a_digit_a_month_or_a_year_more_is_another_number(number: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    serial, month, year = other
    assert bool(held(*number).find(f"B. {serial}/SIP2MI/{month}/{year}")) is (number == other)


@given(st.text())
def test_any_text_may_be_asked_for(written: str) -> None:
    assert set(numbers.Index(REGISTER).find(written)) <= set(REGISTER)


@given(st.text(max_size=40))
def test_a_number_with_figures_finds_itself(written: str) -> None:
    if numbers.keys(written).whole:
        assert numbers.Index((written,)).find(written) == (written,)

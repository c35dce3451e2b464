"""Digits -> the number they dial, without any text around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import dialling


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("084012345678", "+6284012345678"),
        ("6284012345678", "+6284012345678"),
        ("006284012345678", "+6284012345678"),
        ("62084012345678", "+6284012345678"),
        ("0840123456", "+62840123456"),
        ("0840123456789", "+62840123456789"),
        ("084012345", None),  # nine digits: a piece of one
        ("08401234567890", None),
        ("080012345678", None),  # no mobile number begins 080: toll free
        ("84012345678", None),
    ],
)
def test_indonesian_mobile_numbers_are_told_by_their_length(digits: str, number: str | None) -> None:
    assert dialling.indonesian(digits) == number


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("60120007781", "+60120007781"),
        ("6580000456", "+6580000456"),
        ("85512000938", "+85512000938"),
        ("622155500123", "+622155500123"),
        ("6284012345678", "+6284012345678"),
        ("628401234", None),
        ("999123456789", None),
        ("18005550199", None),  # toll free
    ],
)
def test_a_country_code_and_a_possible_length_are_enough(digits: str, number: str | None) -> None:
    assert dialling.international(digits) == number


@pytest.mark.parametrize(
    ("digits", "countries", "called", "number"),
    [
        ("0120007781", ("MY",), False, "+60120007781"),
        ("0120007781", ("TW",), False, None),
        ("0900000456", ("TW",), False, "+886900000456"),
        ("80000456", ("SG",), True, "+6580000456"),
        ("80000456", ("SG",), False, None),  # eight digits alone may be anything
        ("85250000345", ("HK",), True, "+85250000345"),
    ],
)
def test_national_forms_belong_to_the_country_shown(digits: str, countries: tuple[str, ...], *, called: bool, number: str | None) -> None:
    found = dialling.shown(digits, countries, called=called)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("digits", "number"), [("0215550123", "+62215550123"), ("0341000123", "+62341000123"), ("0110001234", None), ("021555", None)]
)
def test_landlines_are_told_by_their_area_code(digits: str, number: str | None) -> None:
    assert dialling.landline(digits) == number


@given(st.text("0123456789", max_size=20))
def test_whatever_is_dialled_is_e164(digits: str) -> None:
    for found in (
        dialling.plain(digits, signed=True),
        dialling.called(digits),
        dialling.shown(digits, ("MY", "SG", "TW"), called=True),
        dialling.at_home(digits, ("MY", "JP")),
    ):
        if found is not None:
            assert found.number[0] == "+"
            assert found.number[1:].isdecimal()
            assert 7 <= len(found.number) - 1 <= 15

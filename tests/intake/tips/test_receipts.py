"""The number of a report: drawn, typed, kept."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured

from patrol.intake.tips import receipts
from tests import conftest

NUMBER = "4821770391560288"


def test_a_number_has_16_digits_and_passes() -> None:
    drawn = {receipts.draw() for _turn in range(200)}
    assert len(drawn) == 200
    assert all(receipts.read(number) == number and len(number) == 16 for number in drawn)


def test_a_form_gives_the_same_number_for_the_same_words_and_another_for_others(settings: pytest.FixtureRequest) -> None:
    form, other = uuid.UUID(int=1), uuid.UUID(int=2)
    asked: list[tuple[uuid.UUID, str, list[str]]] = [(form, "a", []), (form, "a", ["b"]), (form, "b", []), (other, "a", [])]
    given = [receipts.of_form(one, words, names) for one, words, names in asked]
    assert [receipts.of_form(one, words, names) for one, words, names in asked] == given
    assert (len({key for key, _number in given}), len({number for _key, number in given})) == (4, 4)
    assert [receipts.read(number) for _key, number in given] == [number for _key, number in given]
    settings.RECEIPT_KEY = "x" * 40  # type: ignore[attr-defined]
    assert not {*given} & {receipts.of_form(one, words, names) for one, words, names in asked}


def test_it_may_be_typed_with_spaces_and_dashes() -> None:
    assert [receipts.read(typed) for typed in ("4821 7703 9156 0288", " 4821-7703-9156-0288\n", "4821.7703.9156.0288")] == [NUMBER] * 3


@pytest.mark.parametrize("typed", ["", "482177039156028", "48217703915602880", "482177039156028x", "٤٨٢١٧٧٠٣٩١٥٦٠٢٨٨", "4" * 10_000])
def test_anything_else_is_no_number(typed: str) -> None:
    assert receipts.read(typed) == ""


def test_spaces_dashes_and_dots_do_not_count_as_typed() -> None:
    assert [receipts.bare(typed) for typed in (" 4821-77.03 – x\n", " - ", "4" * 10_000)] == ["48217703x", "", "4" * 100]


def test_each_wrong_digit_and_each_swap_of_neighbours_is_caught() -> None:
    wrong = [NUMBER[:place] + other + NUMBER[place + 1 :] for place in range(16) for other in "0123456789" if other != NUMBER[place]]
    swapped = [NUMBER[:p] + NUMBER[p + 1] + NUMBER[p] + NUMBER[p + 2 :] for p in range(15) if NUMBER[p] != NUMBER[p + 1]]
    assert len(wrong) == 144
    assert [typed for typed in (*wrong, *swapped) if receipts.read(typed)] == []


def test_what_is_kept_depends_on_the_key_and_tells_nothing(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = receipts.hashed(NUMBER)
    monkeypatch.setattr(receipts, "COST", conftest.RECEIPT_COST)
    assert (receipts.COST, receipts.hashed(NUMBER) == cheap) == (2**15, False)
    kept = receipts.hashed(NUMBER)
    assert (kept, len(kept), NUMBER in kept) == (receipts.hashed(NUMBER), 64, False)
    settings.RECEIPT_KEY = "x" * 40  # type: ignore[attr-defined]
    assert receipts.hashed(NUMBER) != kept


def test_without_a_key_nothing_is_taken_or_opened(settings: pytest.FixtureRequest) -> None:
    settings.RECEIPT_KEY = ""  # type: ignore[attr-defined]
    assert not receipts.ready()
    with pytest.raises(ImproperlyConfigured):
        receipts.hashed(NUMBER)

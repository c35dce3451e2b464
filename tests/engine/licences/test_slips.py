from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.licences import slips

REAL = frozenset(("jaya", "raya", "samudra", "abadi", "abdi", "insani"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("samudera", "samudra"),
        ("samoedra", "samudra"),
        ("mulya", "mulia"),
        ("bhakti", "bakti"),
        ("djaya", "jaya"),
        ("tjipta", "cipta"),
        ("internasional", "international"),
        ("abbadi", "abadi"),
        ("jagad", "jagat"),
        ("sebab", "sebap"),
    ],
)
def test_spelling_variants_sound_alike(one: str, other: str) -> None:
    assert slips.sound(one) == slips.sound(other)


@pytest.mark.parametrize(
    ("register", "written", "same"),
    [
        ("laksita jaya", "laksita jaya", True),
        ("laksita jaya", "lakista jaya", True),  # two letters swapped
        ("laksita jaya", "laksta jaya", True),  # one left out
        ("laksita jaya", "laksitajaya", True),
        ("laksita jaya", "laksita raya", False),  # another real word
        ("laksita jaya", "laksita", False),
        ("laksita jaya", "laksita jaya abadi", False),
        ("laksita jaya", "jaya laksita", False),
        ("laksita adi", "laksita abi", False),  # too short for a slip
        ("laksita 88", "laksita 89", False),
        ("insan jaya", "insani jaya", False),  # a real word
        ("setia jaya", "setiatama jaya", False),  # an ending makes another word
        ("laksita jaya", "laksitai jaya", True),
        ("laksita 17", "laksita l7", True),
        ("laksita jaya", "wredasana jaya", False),
    ],
)
def test_slips_stay_inside_a_word(register: str, written: str, same: bool) -> None:
    assert (slips.cost(register.split(), written.split(), REAL) is not None) is same


words = st.lists(st.text(alphabet="abdegiklmnoprstu", min_size=4, max_size=10), min_size=1, max_size=4)


@given(words)
def test_a_name_is_no_slip_from_itself(name: list[str]) -> None:
    assert slips.cost(name, name, frozenset(name)) == 0


@given(words, words)
def test_a_slip_costs_something(one: list[str], other: list[str]) -> None:
    cost = slips.cost(one, other, frozenset())
    assert cost is None or (cost == 0) is (one == other)

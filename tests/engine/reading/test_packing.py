"""Several numbers as one integer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading.packing import Packing

rows = st.lists(st.lists(st.integers(-1_000_000, 1_000_000), min_size=3, max_size=3), min_size=1, max_size=40)


@given(rows)
def test_packed_numbers_add_up_as_they_would_alone(numbers: list[list[int]]) -> None:
    packing = Packing(3)
    assert packing.unpack(sum(map(packing.pack, numbers))) == list(map(sum, zip(*numbers, strict=True)))


def test_the_largest_sums_that_fit() -> None:
    assert Packing(2).unpack(Packing(2).pack((2**31 - 1, -(2**31)))) == [2**31 - 1, -(2**31)]

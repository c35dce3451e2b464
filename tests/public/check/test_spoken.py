"""Names in one sentence, in either language."""

from __future__ import annotations

import pytest
from django.utils import translation

from patrol.public.check.spoken import joined


@pytest.mark.parametrize(
    ("names", "indonesian", "english"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A dan B", "A and B"),
        (["A", "B", "C"], "A, B, dan C", "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C, dan lainnya", "A, B, C and others"),
    ],
)
def test_names_are_joined_as_each_language_spells_it(names: list[str], indonesian: str, english: str) -> None:
    with translation.override("id"):
        assert joined(names) == indonesian
    with translation.override("en"):
        assert joined(names) == english

"""The words no public page holds: found as words, in both languages, whatever their case; not inside other words."""

from __future__ import annotations

import pytest

from patrol.domain import public_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tawaran ini aman.", ["aman"]),
        ("LEGAL dan Resmi, legal", ["LEGAL", "Resmi", "legal"]),
        ("perusahaan ilegal", ["ilegal"]),
        ("This is safe and legally fine!", ["safe", "legally", "!"]),
        ("an illegal offer", ["illegal"]),
        # near misses: inside other words
        ("keamanan, pengamanan, diresmikan, legalisasi, Pak Resmiyanto, safety, paralegal", []),
        ("", []),
    ],
)
def test_a_word_is_found_whole(text: str, found: list[str]) -> None:
    assert public_words.forbidden(text) == found

from __future__ import annotations

import pytest

from patrol.sources.shared import spoken
from patrol.sources.tiktok import shape


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", ""),
        (" \n ", ""),
        ("halo", "[Suara dalam video, dari uji]\nhalo"),
        ("halo\nhalo \n\napa kabar\nhalo", "[Suara dalam video, dari uji]\nhalo\napa kabar\nhalo"),
    ],
)
def test_a_part_is_told_apart_and_says_each_line_once_in_a_row(words: str, part: str) -> None:
    assert spoken.part(words, "dari uji") == part


def test_the_words_of_stored_posts_stay_as_they_were() -> None:
    assert shape.SPOKEN == "[Suara dalam video, ditulis oleh mesin TikTok]"

"""What a post without a flag is called: by what was read in it, and by nothing that was not."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from patrol.admin.shared import post_rows
from patrol.domain import TextKind

OFFER: dict[str, Any] = {
    "text_kind": TextKind.OFFER_ABROAD,
    "positions": ["nurse"],
    "countries": ["TW"],
    "author": "Loker R•••",
    "text": "x",
}
LONG = "Selamat pagi semuanya, besok pagi kerja bakti di balai desa mulai jam tujuh, bawa cangkul"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ({}, "Kerja di luar negeri: perawat, Taiwan, Loker R•••"),
        ({"author": ""}, "Kerja di luar negeri: perawat, Taiwan"),
        ({"positions": []}, "Kerja di luar negeri: Taiwan, Loker R•••"),
        (
            {"positions": ["nurse", "cook", "driver"], "countries": ["TW", "HK", "SA"]},
            "Kerja di luar negeri: perawat, juru masak, Taiwan/Hong Kong, Loker R•••",
        ),
        # near misses: an offer of which neither work nor country was read, and a country in what is no offer
        ({"positions": [], "countries": [], "text": "Info loker"}, "Kerja di luar negeri: “Info loker”"),
        ({"text_kind": TextKind.NEWS, "text": "Kabar dari Taiwan"}, "Berita: “Kabar dari Taiwan”"),
        (
            {"text_kind": TextKind.OFFER_HOME, "positions": [], "text": "Lowongan dekat perbatasan"},
            "Kerja di Indonesia: “Lowongan dekat perbatasan”",
        ),
        ({"text_kind": TextKind.OTHER, "text": LONG}, "Selamat pagi semuanya, besok pagi kerja bakti di balai desa…"),
        ({"text_kind": TextKind.WARNING, "text": ""}, ""),
    ],
)
def test_a_post_is_called_by_what_was_read_in_it(told: dict[str, Any], title: str) -> None:
    with translation.override("id"):
        assert post_rows.about({**OFFER, **told}).casefold() == title.casefold()


def test_of_a_post_whose_newest_state_waits_only_its_words_are_said() -> None:
    with translation.override("id"):
        assert post_rows.about({**OFFER, "text": "Info loker"}, newest=False) == "Info loker"
        assert post_rows.about(None) == ""

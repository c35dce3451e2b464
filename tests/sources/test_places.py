from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.shared import places

INDRAMAYU = places.Point(Decimal("-6.3265"), Decimal("108.32"), Decimal(20))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("-6.3265, 108.3200, 20 km", INDRAMAYU),
        (" -6.3265 108.32 20KM ", INDRAMAYU),
        ("-6.3265,108.32,20.0km", INDRAMAYU),
        ("90, -180, 0.5 km", places.Point(Decimal(90), Decimal(-180), Decimal("0.5"))),
        ("90.1, 108.32, 20 km", None),
        ("108.32, -6.3265, 20 km", None),  # longitude first
        ("-6.3265, 180.1, 20 km", None),
        ("-6.3265, 108.32, 0 km", None),
        ("-6.3265, 108.32", None),
        ("-6.3265, 108.32, 20", None),
        ("-6.3265, 108.32, 20 mil", None),
        ("-6,3265, 108,32, 20 km", None),
        ("id", places.Countries(("ID",))),
        ("SG, my,SG", places.Countries(("MY", "SG"))),
        ("XX", None),
        ("MY, XX", None),
        ("AE, AU, BN, HK, ID, JO, JP, KR, MY, QA", places.Countries(("AE", "AU", "BN", "HK", "ID", "JO", "JP", "KR", "MY", "QA"))),
        ("AE, AU, BN, HK, ID, JO, JP, KR, MY, QA, SA", None),
        ("Indramayu", places.Named("Indramayu")),
        ("  Batam   Centre ", places.Named("Batam Centre")),
        ("fd70c22040963ac7", places.Named("fd70c22040963ac7")),
        ("fd70c22040963ac", None),
        ('Batam" OR from:siapa', None),
        ("a" * 60, places.Named("a" * 60)),
        ("a" * 61, None),
        ("", None),
    ],
)
def test_the_place_a_text_names(text: str, place: Any) -> None:
    assert places.read(text) == place


@pytest.mark.parametrize(
    ("place", "words", "query"),
    [
        (" -6.3265 108.3200 20 km", " loker ", "-6.3265,108.32,20km; loker"),
        ("sg, my", "", "MY,SG"),
        ("nirwana 7", "loker; ABK", "nirwana 7; loker; ABK"),
        ("", "loker", "; loker"),
    ],
)
def test_place_and_words_are_one_query(place: str, words: str, query: str) -> None:
    assert places.joined(place, words) == query


@given(
    st.sampled_from([INDRAMAYU, places.Countries(("MY", "SG")), places.Named("Batam Centre")]),
    st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=40),
)
def test_what_was_joined_comes_apart_again(place: Any, words: Any) -> None:
    assert places.asked(places.joined(str(place), words)) == (place, words.strip())


@pytest.mark.parametrize(
    ("query", "wide"), [("MY", True), ("MY; loker", False), ("Indramayu", False), ("-6.3,108.3,20km", False), ("", False)]
)
def test_only_a_country_says_nothing_without_words(query: str, wide: bool) -> None:
    assert places.too_wide(query) is wide


def test_a_refusal_says_what_is_needed() -> None:
    asks = domain.Sentence(id="Kode negara.", en="Codes of countries.")
    problem = places.refused(asks)
    assert (problem.code, problem.permanent, problem.sentence) == (
        "bad_place",
        True,
        domain.Sentence(id="Tempat tidak dikenali. Kode negara.", en="Place not understood. Codes of countries."),
    )

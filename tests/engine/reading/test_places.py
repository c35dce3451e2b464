"""Places of recruitment."""

from __future__ import annotations

import pytest

from patrol.engine.reading import folding, phrases, places


def found(text: str) -> list[tuple[str, str]]:
    folded = folding.fold(text)
    return [(claim.value, claim.role) for claim in places.claims(folded, phrases.search(folded))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khusus daerah NTB", [("52", "recruitment")]),
        ("loker Indramayu", [("32", "recruitment")]),
        ("dari Kab. Malang", [("35", "recruitment")]),
        ("nasib malang menimpa", []),
        ("Malang nian nasibnya", []),
        ("diserang sakit", []),
        ("kebun di Kalimantan Barat", [("61", "recruitment")]),
        ("tukang kayu untuk Papua Nugini", []),
        ("tukang kayu untuk Papua New Guinea", []),
        ("khusus Papua, kerja di Papua Nugini", [("91", "recruitment")]),
        ("khusus Papua Barat", [("92", "recruitment")]),
    ],
)
def test_provinces_and_regencies(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_there_are_38_provinces() -> None:
    assert len(places.CODES) == 38
    assert [code for code in places.CODES if not (len(code) == 2 and code.isdigit())] == []

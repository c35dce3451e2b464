"""Whom an offer wants: age and schooling."""

from __future__ import annotations

import pytest

from patrol.engine.reading import folding, limits
from tests.growth import LINEAR, growth


def found(text: str, kind: str) -> list[str]:
    return [claim.value for claim in limits.claims(folding.fold(text)) if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("usia 18-45", "18-45"),
        ("Umur: 21 s/d 40 tahun", "21-40"),
        ("umur 20 sampai 35 thn", "20-35"),
        ("laki-laki 18-38 tahun", "18-38"),
        ("usia max 45", "-45"),
        ("umur <32", "-32"),
        ("umur maksimal 50 tahun", "-50"),
        ("usia min 21", "21-"),
        ("usia 18 tahun ke atas", "18-"),
        ("usia bebas", "-"),
    ],
)
def test_age(text: str, age: str) -> None:
    assert found(text, "age") == [age]


@pytest.mark.parametrize("text", ["umur 45 jalan", "kontrak 2-3 tahun", "jam 18-45", "tinggi 150-170", "umur Fitri 19", "2024-2026"])
def test_other_figures_are_no_age_limit(text: str) -> None:
    assert found(text, "age") == []


@pytest.mark.parametrize(
    ("text", "schooling"),
    [
        ("lulusan SMA/SMK", "sma"),
        ("pendidikan minimal SMP", "smp"),
        ("min. SD boleh", "sd"),
        ("ijazah D3 keperawatan", "d3"),
        ("tanpa ijazah", "none"),
        ("teu kedah ijasah", "none"),
    ],
)
def test_schooling(text: str, schooling: str) -> None:
    assert found(text, "education") == [schooling]


@pytest.mark.parametrize("text", ["anak saya SMA", "jualan buku SD", "kartu SD 32 GB"])
def test_a_school_without_a_word_that_asks_for_it(text: str) -> None:
    assert found(text, "education") == []


@pytest.mark.parametrize("piece", ["usia ", "umur 18", "18-45 ", "min sd ", "lulusan "])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: limits.claims(folding.fold(text)), piece) <= LINEAR

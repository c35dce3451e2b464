"""Companies: where a name stands, where it stops, in what role."""

from __future__ import annotations

import pytest

from patrol.reading import companies, folding
from patrol.vocabulary import TextKind


def found(text: str, kind: str = TextKind.OFFER_ABROAD) -> list[tuple[str, str]]:
    claims = companies.settle(companies.claims(folding.fold(text)), kind)
    return [(claim.value, claim.role) for claim in claims]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PT LINTANG CONTOH NUSA membuka lowongan", "PT LINTANG CONTOH NUSA"),
        ("PT. Lintang Contoh Nusa buka job Taiwan", "PT. Lintang Contoh Nusa"),
        ("pt lintang contoh nusa buka job", "pt lintang contoh nusa"),
        ("via CV Contoh Bahari, Tegal", "CV Contoh Bahari"),
        ('oleh PT "Lintang Contoh" resmi', 'PT "Lintang Contoh"'),
        ("LPK Sakura Contoh membuka kelas kerja", "LPK Sakura Contoh"),
    ],
)
def test_names_start_at_the_form_and_stop_at_ordinary_words(text: str, name: str) -> None:
    assert [value for value, _ in found(text)] == [name]


@pytest.mark.parametrize(
    "text", ["kerja di PT resmi", "pt mana ya", "perusahaan besar", "lewat pt yang resmi", "full time / PT", "tanpa PT"]
)
def test_words_that_are_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("melalui PT Lintang Contoh", ["placer"]),
        ("PT Lintang Contoh membuka lowongan", ["placer"]),
        ("PT Lintang Contoh, Taiwan", ["unclear"]),
        ("bukan lewat PT Lintang Contoh", ["denied"]),
        ("dulu di PT Lintang Contoh", ["mentioned"]),
        ("kerja di PT Pabrik Contoh melalui PT Lintang Contoh", ["employer", "placer"]),
        ("Ta Contoh Precision Co., Ltd. melalui PT Lintang Contoh", ["employer", "placer"]),
        ("Hijau Contoh Plantation Sdn. Bhd. cari pekerja", ["unclear"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    assert [role for _, role in found(text)] == roles


def test_outside_offers_nobody_is_put_forward() -> None:
    assert found("melalui PT Lintang Contoh", TextKind.WARNING) == [("PT Lintang Contoh", "mentioned")]
    assert found("bukan lewat PT Lintang Contoh", TextKind.NEWS) == [("PT Lintang Contoh", "denied")]

"""Numbers told by a code of the post's own."""

from __future__ import annotations

import pytest

from patrol.engine.reading import accounts, folding, phones

ONE = "+6284012345678"


def values(text: str) -> list[str]:
    folded = folding.fold(text)
    return [claim.value for claim in phones.claims(folded, accounts.links(folded))]


@pytest.mark.parametrize(
    "text",
    [
        "apel=0 pir=8 jeruk=4 salak=1 nanas=2 duku=3, sisanya biasa: apel pir jeruk apel salak nanas duku jeruk 5 6 7 8",
        'kunci "bumisentyx" = 0123456789, wa bysbumisenty',
        "hitung sendiri: 0, 4x2, 2+2, 5-5, 3-2, 8:4, 1+2, 2x2, 9-4, 3+3, 7, 16:2",
        "0k8a4p0a1l2k3e4r5j6a7y8 buang semua hurufnya",
        "baca angkanya aja ya: 0 kami 8 buka 4 kerja 0 di 1 kapal 2 besar 3 gaji 4 oke 5 mess 6 ada 7 makan 8",
        "sambung angka di akhir baris\nke pasar 08\nbeli ikan 40\npulang 12\nmalam 34\nsubuh 56\npagi 78",
    ],
)
def test_the_key_a_post_gives_is_used(text: str) -> None:
    assert values(text) == [ONE]


@pytest.mark.parametrize(
    "text",
    [
        "merah=0 biru=8, kaos merah biru merah biru",
        "skor tadi: 2-1, 3-0, 1-1, 2-2, 0-0, 4-1, 1-0, 3-3, 2-0",
        "a1b2c3 kode barang, huruf kecil",
        "jumlah tiap baris\ngula 08\nteh 40",
    ],
)
def test_without_a_key_or_a_whole_number_nothing_is_read(text: str) -> None:
    assert values(text) == []

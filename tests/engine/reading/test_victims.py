"""Who tells of a deceit he met, and who practises it in nearly the same words."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import folding, victims
from tests import growth


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        # asks whether it is true
        ("Ibuku dapat SMS bantuan KP2MI 10 juta, disuruh bayar kode 200 ribu. Ini bener apa penipuan ya?", True),
        ("mbokku oleh WA soko bank, iki temenan po ngapusi?", True),
        ("apakah ini penipuan? anak saya diminta 3 juta", True),
        ("Ini bukan penipuan, sudah banyak yang cair", False),
        ("Asli dan resmi, bukan modus", False),
        # lost what he paid
        ("wis kadung transfer 4 juta neng rekening kuwi, saiki WA ku diblokir", True),
        ("saya sudah bayar 5 jt ke sponsor, nomornya mati, mau lapor polisi", True),
        ("sudah transfer 2 juta, alhamdulillah besok terbang", False),  # paid, and nothing is lost
        ("dulu ditipu, udah setor 3 jt; untung ada tim pelacak yang tarik balik", False),  # sells the return of it
        # is not the payee
        ("Rekening BCA yang rame itu bukan punya saya, cuma namanya sama", True),
        ("nomer sing dipasang neng brosur dudu nomer kula", True),
        ("Nomor ujian bukan nomor HP", False),
        ("transfer ke rekening ini, bukan rekening lain", False),
    ],
)
def test_who_speaks_of_a_deceit_he_met(text: str, *, speaks: bool) -> None:
    assert victims.speaks(folding.fold(text).words) is speaks


BAIT = "Bantuan KP2MI untuk keluarga TKI 15 juta, bayar kode 275 ribu di minimarket, hubungi 0840-1234-5678"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Nuwun sewu, simbokku disms-i: {BAIT}. Iki bener po ngapusi?", TextKind.PLEA),
        (f"{BAIT}. Ini resmi, bukan penipuan.", TextKind.LURE),
        (
            "Butuh 5 orang pabrik Taiwan, gaji NT 29.500, WA 0840-1234-5678. Masih ragu ini asli atau tipu-tipu? Datang saja",
            TextKind.OFFER_ABROAD,
        ),
    ],
)
def test_a_question_turns_a_bait_and_no_offer(text: str, kind: TextKind) -> None:
    assert reading.read(Content(text)).text_kind == kind


@pytest.mark.parametrize("piece", ["bener apa ", "sudah transfer ", "rekening bukan ", "diblokir sudah bayar "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(victims.speaks, piece) <= growth.LINEAR

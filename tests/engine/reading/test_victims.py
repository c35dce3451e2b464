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
        ("Aku pernah ikut tabungan bareng, setor 3.000 NT, bandarnya kabur", True),
        ("Pernah setor uang ke agen lalu ditipu? Sekarang lewat kami", False),
        ("Jangan pernah bayar ke orang tak dikenal, terus hilang. Sama saya aman", False),
        # is not the payee
        ("Rekening BCA yang rame itu bukan punya saya, cuma namanya sama", True),
        ("nomer sing dipasang neng brosur dudu nomer kula", True),
        ("Nomor ujian bukan nomor HP", False),
        ("transfer ke rekening ini, bukan rekening lain", False),
    ],
)
def test_who_speaks_of_a_deceit_he_met(text: str, *, speaks: bool) -> None:
    assert victims.speaks(folding.fold(text)) is speaks


AID = "Bantuan KP2MI untuk keluarga TKI 15 juta, bayar kode 275 ribu di minimarket"
BAIT = f"{AID}, hubungi 0840-1234-5678"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Nuwun sewu, simbokku disms-i: {BAIT}. Iki bener po ngapusi?", TextKind.PLEA),
        (f"{BAIT}. Ini resmi, bukan penipuan.", TextKind.LURE),
        (
            "Butuh 5 orang pabrik Taiwan, gaji NT 29.500, WA 0840-1234-5678. Masih ragu ini asli atau tipu-tipu? Datang saja",
            TextKind.OFFER_ABROAD,
        ),
        (f"{AID}. Masih ragu ini asli atau tipu-tipu? Datang saja, hubungi 0840-1234-5678", TextKind.LURE),  # the way stands behind
        (f"{BAIT}. Masih ragu ini asli atau tipu-tipu? Datang saja", TextKind.LURE),  # the reader's doubt
        (f"{BAIT}. Asli atau tipu-tipu? Buktikan sendiri", TextKind.LURE),  # answered at once
        (f"{BAIT}. Ini asli atau tipu-tipu ya?", TextKind.PLEA),
        (f"{BAIT}. Ini asli atau tipu-tipu? WA nya dari semalam", TextKind.PLEA),
        (f"{AID}. Masih ragu ini asli atau tipu-tipu? Datang saja", TextKind.PLEA),  # nobody is given to come to
        (f"{AID}. Ini asli atau tipu-tipu? Kata adik lapor ke BP3MI, hubungi disnaker (022) 5550123", TextKind.PLEA),
        ("Kerja pabrik Taiwan, gaji NT 29.500. Masih ragu ini asli atau tipu-tipu? Datang saja, WA 0840-1234-5678", TextKind.OFFER_ABROAD),
    ],
)
def test_a_question_turns_a_bait_and_no_offer(text: str, kind: TextKind) -> None:
    assert reading.read(Content(text)).text_kind == kind


@pytest.mark.parametrize("piece", ["bener apa ", "sudah transfer ", "rekening bukan ", "diblokir sudah bayar "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(lambda text: victims.speaks(folding.fold(text), 0), piece) <= growth.LINEAR

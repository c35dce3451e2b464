"""Who says that he has no work to give, and who hides behind the same words."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import disclaimers, folding
from tests import growth


@pytest.mark.parametrize(
    "text",
    [
        "Banyak yang inbox nanya job Taiwan, maaf saya tidak punya lowongan, saya cuma PRT di Hong Kong jualan pecel.",
        "Kula sanes PL, mboten gadhah padamelan kangge sinten-sinten. Kula sadeyan jamu.",
        "Kami TIDAK menyalurkan tenaga kerja ke Taiwan. Di sini hanya tiket pesawat. Silakan ke Disnaker.",
        "Stop nanya loker Jepang di DM ya, aku cuma kerja jadi perawat lansia di Shizuoka.",
        "LPK Contoh tidak memberangkatkan siapa pun ke Jepang, kami tempat belajar bahasa.",
        "Pemdes Contoh mboten nate mbikak pendaftaran kerja dhateng Jepang. Nomer 0840-1234-5678 sanes nomer kita.",
    ],
)
def test_who_recruits_nobody_offers_nothing(text: str) -> None:
    assert disclaimers.disclaims(folding.fold(text).words)
    assert reading.read(Content(text)).text_kind != TextKind.OFFER_ABROAD


@pytest.mark.parametrize(
    "text",
    [
        "Bukan calo bukan sponsor, butuh 10 orang jaga lansia Taiwan, gaji NT 28.000, WA 0840-1234-5678",
        "Saya bukan agen, cuma bantu urus. Kerja ladang Malaysia gaji RM1.700, hubungi 0840-1234-5678",
        "Kami tidak memungut biaya dan tidak menahan paspor. Loker pabrik Korea, hubungi 0840-1234-5678",
        "Kulo sanes agen, majikan Jeddah nyuwun kulo pados 2 tiyang, gaji 1.500 riyal",
        "Tidak ada biaya agen: welder Polandia, gaji PLN 5.000, kirim CV ke 0840-1234-5678",
    ],
)
def test_a_cover_is_no_disclaimer(text: str) -> None:
    assert not disclaimers.disclaims(folding.fold(text).words)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("aku nih cuma buruh pabrik di Taichung, ngepel tiap hari, bukan agensi", True),
        ("saya bukan agen, majikan sudah punya kuota sendiri", True),
        ("jangan minta dibawain kerja ya", True),
        ("Gaji kilang RM1.700. Aku cuma cerita pengalaman ya", True),
        ("saya bukan agen, kuota masih ada", False),
        ("kami antar sampai sana, tanpa agen", False),
        ("saya cuma cerita, yang minat inbox", False),
    ],
)
def test_who_only_tells_of_himself_gives_no_work(text: str, *, none: bool) -> None:
    assert disclaimers.disclaims(folding.fold(text).words) is none


@pytest.mark.parametrize("piece", ["saya a b c d e f g h i j ", "tidak ada a ", "saya ini ", "nanya a a "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(disclaimers.disclaims, piece) <= growth.LINEAR

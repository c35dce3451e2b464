"""Numbers in disguise: separators, look-alikes, digits of all scripts, broken over lines; links and handles."""

from __future__ import annotations

import pytest

from patrol.reading import accounts, countries, folding, phones, phrases

ONE = "+6284012345678"


def values(text: str) -> list[str]:
    """The numbers of a text as the reader sees it: with the countries it names."""
    folded = folding.fold(text)
    named = countries.claims(folded, phrases.search(folded))
    shown = [claim.value for claim in named if claim.value != "ID"]
    return [claim.value for claim in phones.claims(folded, accounts.links(folded), shown)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O84O.I234.S678", [ONE]),
        ("o84o l234 s678", [ONE]),
        ("08:40:12:34:56:78", [ONE]),
        ("0840_1234_5678", [ONE]),
        ("0840~1234~5678", [ONE]),
        ("0840*1234*5678", [ONE]),
        ("0840•1234•5678", [ONE]),
        ("0840 — 1234 — 5678", [ONE]),
        ("0840➖1234➖5678", [ONE]),
        ("0840🔥1234🔥5678", [ONE]),
        ("0🔥8🔥4🔥0🔥1🔥2🔥3🔥4🔥5🔥6🔥7🔥8", [ONE]),
        ("0840 👉 1234 👉 5678", [ONE]),
        ("[0840] [1234] [5678]", [ONE]),
        ("(0840)(1234)(5678)", [ONE]),
        ("{0840}{1234}{5678}", [ONE]),
        ("<0840><1234><5678>", [ONE]),
        ("0840|1234|5678", [ONE]),
        ("| 0840 | 1234 | 5678 |", [ONE]),
        ("0840\\1234\\5678", [ONE]),
        ("0840=1234=5678", [ONE]),
        ("0840,1234,5678", [ONE]),
        ("0840, 1234, 5678", [ONE]),
        ("0840'1234'5678", [ONE]),
        ("0.8.4.0.1.2.3.4.5.6.7.8", [ONE]),
        ("0 8 4 0  1 2 3 4  5 6 7 8", [ONE]),
        ("0840...1234...5678", [ONE]),
        ("0840 .. 1234 .. 5678", [ONE]),
        ("08 40 12 34 56 78", [ONE]),
        ("084 012 345 678", [ONE]),
        ("08401 2345 678", [ONE]),
        ("0-840-1234-5678", [ONE]),
        ("0840(12)34.56/78", [ONE]),
        ("0840 (12) 34.. 5678", [ONE]),
        ("+62 (0)840 1234 5678", [ONE]),
        ("+62(0)840-1234-5678", [ONE]),
        ("(+62) 840 1234 5678", [ONE]),
        ("(62)84012345678", [ONE]),
        ("62-0840-1234-5678", [ONE]),
        ("+62 0840 1234 5678", [ONE]),
        ("0062 840 1234 5678", [ONE]),
        ("+ 62 840 1234 5678", [ONE]),
        ("➕62 840 1234 5678", [ONE]),
        ("+6 2 8 4 0 1 2 3 4 5 6 7 8", [ONE]),
        ("62 840 1234 5678", [ONE]),
        ("0️⃣8️⃣4️⃣0️⃣ 1️⃣2️⃣3️⃣4️⃣ 5️⃣6️⃣7️⃣8️⃣", [ONE]),
        ("⓿➑➍⓿➊➋➌➍➎➏➐➑", [ONE]),
        ("🄋➇➃🄋➀➁➂➃➄➅➆➇", [ONE]),
        ("⁰⁸⁴⁰¹²³⁴⁵⁶⁷⁸", [ONE]),
        ("₀₈₄₀₁₂₃₄₅₆₇₈", [ONE]),
        ("🯰🯸🯴🯰🯱🯲🯳🯴🯵🯶🯷🯸", [ONE]),
        ("𝟶𝟾𝟺𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾", [ONE]),
        ("๐๘๔๐๑๒๓๔๕๖๗๘", [ONE]),
        ("០៨៤០១២៣៤៥៦៧៨", [ONE]),
        ("၀၈၄၀၁၂၃၄၅၆၇၈", [ONE]),
        ("۰۸۴۰۱۲۳۴۵۶۷۸", [ONE]),
        ("꧐꧘꧔꧐꧑꧒꧓꧔꧕꧖꧗꧘", [ONE]),
        ("᭐᭘᭔᭐᭑᭒᭓᭔᭕᭖᭗᭘", [ONE]),
        ("᮰᮸᮴᮰᮱᮲᮳᮴᮵᮶᮷᮸", [ONE]),
        ("0̶8̶4̶0̶1̶2̶3̶4̶5̶6̶7̶8̶", [ONE]),
        ("【0】【8】【4】【0】【1】【2】【3】【4】【5】【6】【7】【8】", [ONE]),
        ("『0』『8』『4』『0』『1』『2』『3』『4』『5』『6』『7』『8』", [ONE]),
        ("≋0≋8≋4≋0≋1≋2≋3≋4≋5≋6≋7≋8≋", [ONE]),
        ("░0░8░4░0░1░2░3░4░5░6░7░8░", [ONE]),
        ("🅾️8️⃣4️⃣🅾️1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", [ONE]),
        ("Hub:\n0840\n1234\n5678\nsegera", [ONE]),
        ("0840-1234-\n5678", [ONE]),
        ("• 0840\n• 1234\n• 5678", [ONE]),
        ("- 0840\n- 1234\n- 5678", [ONE]),
        ("0\n8\n4\n0\n1\n2\n3\n4\n5\n6\n7\n8", [ONE]),
        ("0840\r\n1234\r\n5678", [ONE]),
        ("0840\n\n1234\n\n5678", [ONE]),
        ("➡️ 0840\n➡️ 1234\n➡️ 5678", [ONE]),
        ("0840 1234\n5678 (Budi)", [ONE]),
        ("WA 08401234\n5678", [ONE]),
    ],
)
def test_any_separator_any_digit(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wa.me/6284012345678", [ONE]),
        ("http://wa.me/+6284012345678", [ONE]),
        ("wa.me/62840-1234-5678", [ONE]),
        ("wa.me/62 840 1234 5678", [ONE]),
        ("wa,me/6284012345678", [ONE]),
        ("wa . me / 6284012345678", [ONE]),
        ("wa dot me slash 6284012345678", [ONE]),
        ("wa titik me garing 62 840 1234 5678", [ONE]),
        ("w a . m e / 6284012345678", [ONE]),
        ("wa(dot)me/6284012345678", [ONE]),
        ("wa[.]me/6284012345678", [ONE]),
        ("hxxps://wa[.]me/6284012345678", [ONE]),
        ("api.whatsapp.com/send?phone=%2B6284012345678&text=hai", [ONE]),
        ("https://api.whatsapp.com/send/?phone=6284012345678&text&type=phone_number", [ONE]),
        ("whatsapp://send?phone=6284012345678", [ONE]),
        ("https://wa.me/%2B6284012345678", [ONE]),
        ("https://web.whatsapp.com/send?phone=6284012345678", [ONE]),
        ("wa.me/84012345678", [ONE]),
        ("wa.me/084012345678", [ONE]),
        ("wa me 6284012345678", [ONE]),
        ("wa.me/qr/ABC123", []),
        ("wa.me/message/AB12CD34EF56G1", []),
        ("tel:+6284012345678", [ONE]),
        ("sms:084012345678", [ONE]),
        ("https://t.me/+6284012345678", [ONE]),
        ("t.me/joinchat/AAAAAE0840123456", []),
        ("chat.whatsapp.com/0840123456789AbCdEfGh", []),
        ("@budi084012345678", [ONE]),
        ("ig: kerja.taiwan_084012345678", [ONE]),
        ("#wa084012345678", [ONE]),
        ("loker084012345678@mail.example", [ONE]),
        ("fb Budi 084012345678", [ONE]),
        ("bit.ly/084012345678", []),
        ("https://shop.example/item/6284012345678", []),
        ("https://contoh.example/?wa=6284012345678", [ONE]),
        ("WA:084012345678", [ONE]),
        ("wa084012345678", [ONE]),
        ("hp.084012345678", [ONE]),
        ("Telp/WA.0840-1234-5678", [ONE]),
        ("(WA)084012345678", [ONE]),
        ("Hub.0840 1234 5678,Bu Sri", [ONE]),
        ("0840-1234-5678(Budi)", [ONE]),
        ("084012345678-Budi", [ONE]),
        ("084012345678an.Budi", [ONE]),
        ("Rina084012345678", [ONE]),
    ],
)
def test_links_handles_and_hashtags(text: str, expected: list[str]) -> None:
    assert values(text) == expected

"""Links, accounts, bank accounts and wallets."""

from __future__ import annotations

import pytest

from patrol.reading import accounts, folding


def found(text: str, platform: str = "facebook") -> list[tuple[str, str, str]]:
    folded = folding.fold(text)
    claims = accounts.claims(folded, accounts.links(folded), platform=platform)
    return [(claim.kind, claim.value, text[slice(*claim.span)]) for claim in claims]


def banks(text: str) -> list[tuple[str, str]]:
    return [(claim.value, text[slice(*claim.span)]) for claim in accounts.bank_claims(folding.fold(text))]


def test_a_profile_is_link_and_account_an_invitation_a_link_only() -> None:
    assert found("masuk t.me/Loker_Contoh88 atau t.me/+AbCdEf_1") == [
        ("link", "https://t.me/Loker_Contoh88", "t.me/Loker_Contoh88"),
        ("account", "telegram:loker_contoh88", "t.me/Loker_Contoh88"),
        ("link", "https://t.me/+AbCdEf_1", "t.me/+AbCdEf_1"),
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("hxxps://situs[.]example/a?b=C.", "https://situs.example/a?b=C"),
        ("http://situs.example", "http://situs.example"),
        ("situs dot example/daftar", "https://situs.example/daftar"),
        ("situs (titik) example", "https://situs.example"),
        ("(bit.ly/AbC1)", "https://bit.ly/AbC1"),
        ("wa[dot]me/6284012345678", "https://wa.me/6284012345678"),
        ("wa.me/message/ABCDEFGH", "https://wa.me/message/ABCDEFGH"),
    ],
)
def test_disguise_is_undone_and_the_path_kept(text: str, address: str) -> None:
    assert [value for kind, value, _ in found(text) if kind == "link"] == [address]


@pytest.mark.parametrize("text", ["di Jakarta.kami buka", "pukul 08.00", "a.id", "gaji 5.com", "No.id 7", "PT.Maju"])
def test_a_full_stop_makes_no_link(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IG: @loker.contoh_1", ["instagram:loker.contoh_1"]),
        ("tele @agen_contoh", ["telegram:agen_contoh"]),
        ("dm @kerja_contoh ya", ["facebook:kerja_contoh"]),
        ("email kerja@contoh.example", ["email:kerja@contoh.example"]),
        ("makasih @teman_contoh sudah datang", []),
        ("fb: saya", []),
    ],
)
def test_accounts_are_contacts_not_people_addressed(text: str, expected: list[str]) -> None:
    assert [value for kind, value, _ in found(text) if kind == "account"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rek BCA 0000123456 a/n Contoh", [("BCA 0000123456", "0000123456")]),
        ("rek: 0000-01-000123-50-6 (BRI)", [("BRI 000001000123506", "0000-01-000123-50-6")]),
        ("transfer ke Mandiri no 0000 1620 0155", [("MANDIRI 000016200155", "0000 1620 0155")]),
        ("DANA +62 840-1234-5678", [("DANA 084012345678", "+62 840-1234-5678")]),
        ("dana bantuan 150.000.000", []),
        ("dana 2025", []),
        ("BCA cabang Contoh, WA 084012345678", []),
        ("gaji lewat BRI tiap tanggal 25", []),
    ],
)
def test_bank_accounts_and_wallets(text: str, expected: list[tuple[str, str]]) -> None:
    assert banks(text) == expected

"""Countries: names, nicknames, roles."""

from __future__ import annotations

import pytest

from patrol.reading import countries, folding, phrases
from patrol.vocabulary import Route, TextKind


def found(text: str) -> list[tuple[str, str]]:
    folded = folding.fold(text)
    claims = countries.settle(countries.claims(folded, phrases.search(folded)), TextKind.OFFER_ABROAD)
    return [(claim.value, claim.role) for claim in claims]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kerja ke Kamboja", "KH"),
        ("loker K4MB0JA", "KH"),
        ("kerja di k a m b o j a", "KH"),
        ("info loker KPS bro", "KH"),
        ("admin di Poipet", "KH"),
        ("job Hong-Kong", "HK"),
        ("kilang di Johor", "MY"),
        ("ART ke SG ready", "SG"),
        ("berangkat 🇹🇼", "TW"),
        ("Korea Selatan", "KR"),
    ],
)
def test_names_places_codes_and_flags(text: str, code: str) -> None:
    assert found(text) == [(code, "destination")]


@pytest.mark.parametrize("text", ["kps penting", "tiket pp", "perak dan emas", "Indonesia", "sekolah di sana"])
def test_everyday_words_are_no_countries(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("bukan ke Kamboja, tapi ke Taiwan", [("KH", "denied"), ("TW", "destination")]),
        ("ex Taiwan diutamakan, job Jepang", [("TW", "mentioned"), ("JP", "destination")]),
        ("bisa bahasa Korea, kerja di Polandia", [("KR", "mentioned"), ("PL", "destination")]),
        ("ke Qatar transit Dubai 3 hari", [("QA", "destination"), ("AE", "transit")]),
        ("lewat Malaysia lalu Thailand", [("MY", "transit"), ("TH", "destination")]),
        ("job Dubai, majikan arab baik", [("AE", "destination"), ("SA", "mentioned")]),
        ("kerja ikut majikan arab", [("SA", "destination")]),
        ("habis kontrak di HK, join Kamboja", [("HK", "mentioned"), ("KH", "destination")]),
    ],
)
def test_roles(text: str, roles: list[tuple[str, str]]) -> None:
    assert found(text) == roles


def test_a_missions_own_post_lies_where_the_mission_stands() -> None:
    folded = folding.fold("KBRI Doha membuka lowongan pegawai setempat")
    claims = countries.claims(folded, phrases.search(folded))
    exempt = countries.settle(claims, TextKind.OFFER_ABROAD, Route.EXEMPT)
    assert countries.summary(exempt, TextKind.OFFER_ABROAD) == ("QA",)
    assert countries.summary(countries.settle(claims, TextKind.OFFER_ABROAD), TextKind.OFFER_ABROAD) == ()
    assert countries.summary(countries.settle(claims, TextKind.NEWS), TextKind.NEWS) == ("QA",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TW", "TW"),
        ("tw", "TW"),
        ("Taiwan", "TW"),
        ("Hong Kong", "HK"),
        ("Korea Selatan", "KR"),
        ("South Korea", "KR"),
        ("Uni Emirat Arab", "AE"),
        ("  Arab  Saudi ", "SA"),
        ("Indonesia", "ID"),
        ("XX", None),
        ("Negeri Dongeng", None),
        ("", None),
    ],
)
def test_code_of_a_registers_country(text: str, code: str | None) -> None:
    assert countries.code_of(text) == code

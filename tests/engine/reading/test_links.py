"""Addresses: disguise undone, and everything with a full stop that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import folding, links
from tests.growth import LINEAR, growth


def found(text: str) -> list[tuple[str, str]]:
    folded = folding.fold(text)
    return [(link.address, text[slice(*folded.span(link.start, link.end))]) for link in links.find(folded)]


def addresses(text: str) -> list[str]:
    return [address for address, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://situs.example/a?b=1#c", "https://situs.example/a?b=1#c"),
        ("HTTPS://WWW.Situs.Example/Jalur_A", "https://www.situs.example/Jalur_A"),
        ("hxxps://situs[.]example/a", "https://situs.example/a"),
        ("http : // situs.example/x", "http://situs.example/x"),
        ("https;//situs.example", "https://situs.example"),
        ("situs dot example/daftar", "https://situs.example/daftar"),
        ("situs (titik) example", "https://situs.example"),
        ("si\u200btus.exam\u200bple/ab", "https://situs.example/ab"),
        ("𝐬𝐢𝐭𝐮𝐬.𝐞𝐱𝐚𝐦𝐩𝐥𝐞/𝐚𝐁", "https://situs.example/aB"),
        ("s.id-contoh.example", "https://s.id-contoh.example"),
        ("situs.co.id", "https://situs.co.id"),
        ("bit,ly/Contoh-26", "https://bit.ly/Contoh-26"),
        ("t . me / agen_contoh", "https://t.me/agen_contoh"),
        ("t titik me garing agen_contoh", "https://t.me/agen_contoh"),
        ("t(dot)me(slash)agen_contoh", "https://t.me/agen_contoh"),
        ("t [titik] me [garing] agen_contoh", "https://t.me/agen_contoh"),
        ("pmi-kerja(dot)example(slash)form", "https://pmi-kerja.example/form"),
        ("loker-dapur titik example garis miring apply", "https://loker-dapur.example/apply"),
        ("pmi-kerja.example slash form slash 2", "https://pmi-kerja.example/form/2"),
        ("tg://resolve?domain=agen_contoh", "tg://resolve?domain=agen_contoh"),
        ("whatsapp.com/channel/0029Contoh", "https://whatsapp.com/channel/0029Contoh"),
        ("cek web loker-contoh.site", "https://loker-contoh.site"),
    ],
)
def test_disguise_is_undone(text: str, address: str) -> None:
    assert found(text) == [(address, text.removeprefix("cek web "))]


def test_a_word_that_is_no_stroke_ends_the_address() -> None:
    assert addresses("isi data di kerja.example miring dikit") == ["https://kerja.example"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("(bit.ly/AbC1)", "https://bit.ly/AbC1"),
        ("*https://situs.example*", "https://situs.example"),
        ("[form](https://situs.example/a_(b))", "https://situs.example/a_(b)"),
        ("situs.example/a, lalu", "https://situs.example/a"),
        ("👉situs.example/daftar👈", "https://situs.example/daftar"),
        ("situs.example.daftar segera", "https://situs.example"),
        ("klik info.www.situs.example ya", "https://www.situs.example"),
        ("msha.ke/contoh[dot]lalu", "https://msha.ke/contoh"),
        ("t.me/agen_contoh_ ya", "https://t.me/agen_contoh_"),
    ],
)
def test_the_sentence_keeps_its_own_signs(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("wa.me/6284012345678 20 orang", "6284012345678"),
        ("wa[dot]me/6284012345678", "6284012345678"),
        ("wa me garing 6284012345678", "6284012345678"),
        ("w a . m e / 6 2 8 4 0 1 2 3 4 5 6 7 8", "6284012345678"),
        ("hxxps://wa(dot)me/6284O12345678", "6284012345678"),
        ("wa.me/+62 840-1234-5678", "6284012345678"),
        ("api.whatsapp.com/send?phone=6284012345678&text=Halo", "6284012345678"),
        ("whatsapp://send?phone=6284012345678", "6284012345678"),
        ("wa.me/message/ABCDEFGH", ""),
        ("chat.whatsapp.com/AbCdEfGhIjK", ""),
    ],
)
def test_whatsapp_addresses_dial(text: str, number: str) -> None:
    assert [link.dials for link in links.find(folding.fold(text))] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "di Jakarta.kami buka",
        "minat.info lengkap",
        "PT.Maju",
        "a.n. Contoh",
        "a.id",
        "No.id 7",
        "pukul 08.00",
        "gaji 3.500.000/bln",
        "gaji 5.com",
        "kontrak 2th.in sya allah",
        "brosur.pdf versi 1.2.3",
        "min.smp/sma",
        "kerja@contoh.example",
        "nama.saya@contoh.example",
        "S.Pd.I",
    ],
)
def test_a_full_stop_alone_makes_no_address(text: str) -> None:
    assert addresses(text) == []


@given(st.text(alphabet=" .,/:@-[]()adhimnopstwx0162\n", max_size=200))
def test_whatever_is_found_stands_where_it_says(text: str) -> None:
    folded = folding.fold(text)
    for link in links.find(folded):
        assert 0 <= link.start < link.end <= len(folded.plain)
        assert "://" in link.address
        assert " " not in link.address


@pytest.mark.parametrize("piece", ["a.", "a-", "t . me ", "http:/", "wa me 1 2 ", "(.)", "1.2-3.a ", "bit . ly / "])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: links.find(folding.fold(text)), piece) <= LINEAR


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("loker.id", True),
        ("Loker.ID", True),
        ("loker.kerja.com", True),
        ("loker.riyadh88", False),
        ("loker", False),
        ("id", False),
        (".id", False),
    ],
)
def test_a_name_ends_as_a_site_by_its_last_part(name: str, site: bool) -> None:
    assert links.ends_as_a_site(name) is site

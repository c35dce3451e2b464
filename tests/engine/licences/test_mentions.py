"""Names of the register in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency
from patrol.engine.licences import mentions, names
from tests.engine.licences.test_names import NAMES

AGENCIES = [Agency(name, aliases) for name, aliases in NAMES]


@pytest.fixture(scope="module")
def mentioned() -> mentions.Mentions:
    return mentions.Mentions(names.Index(AGENCIES))


def found(mentioned: mentions.Mentions, text: str) -> list[tuple[str, str]]:
    return [(place.agency.name, text[slice(*place.span)]) for place in mentioned.find(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ayo daftar lewat gandaria lintas pelita, maju terus", [("PT Gandaria Lintas Pelita", "gandaria lintas pelita")]),
        ("PT. Laksita\nBenua Tirta dan PT Maju", [("PT Laksita Benua Tirta", "PT. Laksita\nBenua Tirta"), ("PT Maju", "PT Maju")]),
        ("#PTLaksitaBenuaTirta", [("PT Laksita Benua Tirta", "PTLaksitaBenuaTirta")]),
        ("𝐏𝐓 𝐋𝐚𝐤𝐬𝐢𝐭𝐚 𝐁𝐞𝐧𝐮𝐚 𝐓𝐢𝐫𝐭𝐚 🌟", [("PT Laksita Benua Tirta", "𝐏𝐓 𝐋𝐚𝐤𝐬𝐢𝐭𝐚 𝐁𝐞𝐧𝐮𝐚 𝐓𝐢𝐫𝐭𝐚")]),
        ("PT Gandaria Lintas Pelita Mataram", [("PT Gandaria Lintas Pelita", "PT Gandaria Lintas Pelita")]),
        ("insan mulia yang berbahagia", []),  # two common words in small letters
        ("Kantor Insan Mulia, lantai 2", [("PT Insan Mulia", "Insan Mulia")]),
        ("kita maju bersama", []),  # a name of one word counts after PT only
        ("PT Gandaria Lintas Pelita Jaya", []),  # the name goes on: another company
        ("@laksitabenuatirta https://laksitabenuatirta.example", []),
        ("Laksita Benua Tirtayasa", []),
        ("", []),
    ],
)
def test_names_in_a_text(mentioned: mentions.Mentions, text: str, places: list[tuple[str, str]]) -> None:
    assert found(mentioned, text) == places


@given(st.text(), st.sampled_from([name for name, _ in NAMES]), st.text())
def test_every_place_lies_in_the_text_and_none_overlap(before: str, name: str, after: str) -> None:
    text = before + name + after
    places = mentions.Mentions(names.Index(AGENCIES)).find(text)
    ends = [0, *(place.span[1] for place in places)]
    assert all(end <= place.span[0] < place.span[1] <= len(text) for end, place in zip(ends, places, strict=False))


SHORT = [
    Agency("PT Wahana Tirta Gemilang", ("WTG", "Karya 88")),
    Agency("PT Arjuna Puspa", ("PMI",), city="Denpasar"),
    Agency("PT Delapan Penjuru Angin", ("DPAN",)),
    Agency("PT Buana Rarasati Jaya", ("Rarasati",), city="Subang"),
]


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("WTG Indramayu buka Taiwan", ["PT Wahana Tirta Gemilang"]),
        ("rekan2 WTG: keberangkatan Kamis", ["PT Wahana Tirta Gemilang"]),
        ("WTG sawit Pahang", ["PT Wahana Tirta Gemilang"]),
        ("WTG Mandiri Jaya", []),  # another company's name goes on
        ("WTG masih buka Taiwan", ["PT Wahana Tirta Gemilang"]),
        ("WTG = Warung Teh Garut, cari koki", []),  # the post says itself what it stands for
        ("DPAN (depan pasar nasional) buka", []),
        ("WTG (Surabaya) buka Taiwan", ["PT Wahana Tirta Gemilang"]),
        ("WTG (Wahana Tirta Gemilang) buka", ["PT Wahana Tirta Gemilang", "PT Wahana Tirta Gemilang"]),
        ("arjuna puspa masih buka sg", ["PT Arjuna Puspa"]),
        ("arjuna puspa sip r.171/sip2mi/ii/2026", ["PT Arjuna Puspa"]),
        ("hati arjuna puspa masih sedih", []),
        ("PT-nya Rarasati, resmi", ["PT Buana Rarasati Jaya"]),
        ("yg proses Rarasati Suba", ["PT Buana Rarasati Jaya"]),
        ("yg proses Rarasati Sub", []),
        ("kerja di Taiwan (WTG)", ["PT Wahana Tirta Gemilang"]),
        ("via WTG ya", ["PT Wahana Tirta Gemilang"]),
        ("ukuran mesin WTG besar", []),  # three letters in the midst of a sentence
        ("wtg indramayu", []),  # a short name in small letters
        ("kantor DPAN", ["PT Delapan Penjuru Angin"]),
        ("PMI Lombok buka stan", []),  # everybody's word
        ("lewat PMI", ["PT Arjuna Puspa"]),
        ("Karya 88. Rumania", ["PT Wahana Tirta Gemilang"]),
        ("arjuna puspa denpasar buka loker", ["PT Arjuna Puspa"]),
        ("tokoh arjuna puspa hati", []),
        ("ngaku ti Rarasati Subang, Taiwan", ["PT Buana Rarasati Jaya"]),  # its own town
        ("dipercaya alumni Rarasati", ["PT Buana Rarasati Jaya"]),
        ("di Rarasati Bogor", []),
        ("alumni rarasati", []),  # in small letters
        ("#arjunapuspa", ["PT Arjuna Puspa"]),
        ("Wahana Tirta Gemilang Group", ["PT Wahana Tirta Gemilang"]),
        ("Wahana Tirta Gemilang Mandiri", []),
        ("Wahana T1rta Gemi1ang", ["PT Wahana Tirta Gemilang"]),
        ("wahanatirtagemilang", ["PT Wahana Tirta Gemilang"]),
    ],
)
def test_short_forms_count_where_a_company_is_meant(text: str, agencies: list[str]) -> None:
    assert [place.agency.name for place in mentions.Mentions(names.Index(SHORT)).find(text)] == agencies


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("daftar lewat gandria lintas pelita ya", "gandria lintas pelita"),
        ("kantor Gandaria Lintas Peltia, Mataram", "Gandaria Lintas Peltia"),
        ("melalui insan mulya, Taiwan", "insan mulya"),  # two words, behind a cue
        ("insan mulya berbahagia", None),
        ("gandaria lintas pelangi", None),  # a real word
        ("Gandaria. Lintas peltia", None),  # two sentences
    ],
)
def test_names_with_a_slip(mentioned: mentions.Mentions, text: str, place: str | None) -> None:
    assert [text[slice(*found.span)] for found in mentioned.nearly(text)] == ([place] if place else [])


def test_an_empty_register_is_mentioned_nowhere() -> None:
    assert mentions.Mentions(names.Index([])).find("PT Laksita Benua Tirta") == []

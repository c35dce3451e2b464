"""What part of an agency's business a decree suspends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.licences import decrees

COVERS = {"domestic_worker": frozenset(("domestic_worker", "babysitter"))}


def codes(text: str) -> frozenset[str]:
    return frozenset(code for code in ("domestic_worker", "welder") if code.replace("_", " ") in text)


def part(decree: str) -> decrees.Part | None:
    return decrees.part(decree, codes, COVERS)


@pytest.mark.parametrize(
    ("decree", "inside", "outside"),
    [
        (
            "SK 1: domestic worker ke Arab Saudi",
            [("SA", "babysitter"), ("SA", "domestic_worker")],
            [("SA", "welder"), ("SA", ""), ("TW", "babysitter"), ("", "babysitter")],
        ),
        ("SK 2: Sudan Selatan", [("SS", "welder"), ("SS", "")], [("SD", "welder"), ("", "")]),
        ("Sudan Selatan kecuali welder", [("SS", "babysitter")], [("SS", "welder"), ("SS", ""), ("SD", "babysitter")]),
        (
            "penempatan ke semua negara kecuali Taiwan dan Hong Kong",
            [("MY", ""), ("SA", "welder")],
            [("TW", "welder"), ("HK", ""), ("", "welder")],
        ),
        ("seluruh jabatan selain welder", [("MY", "babysitter")], [("MY", "welder"), ("MY", "")]),
        ("semua negara, kecuali welder di Taiwan", [("TW", "babysitter"), ("MY", "welder")], [("TW", "welder")]),
        ("SK 3 (kecuali Taiwan) untuk welder", [("MY", "welder")], [("TW", "welder"), ("MY", "babysitter")]),
        ("pengguna perseorangan di Timur  Tengah", [("SA", "babysitter"), ("AE", "domestic_worker")], [("SA", "welder")]),
        ("kawasan Asia Timur", [("JP", ""), ("TW", "welder")], [("MY", "welder")]),
        ("sektor kesehatan di Kuwait", [("KW", "nurse"), ("KW", "midwife"), ("KW", "pharmacist")], [("KW", "welder"), ("SA", "midwife")]),
        ("Eropa selain Polandia", [("RO", "welder")], [("PL", "welder"), ("TW", "welder")]),
    ],
)
def test_what_lies_inside_the_part_and_what_does_not(decree: str, inside: list[tuple[str, str]], outside: list[tuple[str, str]]) -> None:
    found = part(decree)
    assert found is not None
    assert [cell for cell in inside if not found.holds([cell])] == []
    assert [cell for cell in outside if found.holds([cell])] == []


@pytest.mark.parametrize(
    "decree", ["", "SK 3/2026", "Kepdirjen Pelindungan Nomor 33 Tahun 2026", "penghentian sementara sebagian kegiatan usaha"]
)
def test_a_decree_that_names_no_part(decree: str) -> None:
    assert part(decree) is None


def test_one_of_several_offered_is_enough() -> None:
    found = part("Malaysia")
    assert found is not None
    assert found.holds([("TW", "welder"), ("MY", "welder")])
    assert not found.holds([])


@given(st.text(), st.sampled_from(["", "MY", "TW"]), st.sampled_from(["", "welder"]))
def test_any_text_may_be_a_decree(decree: str, country: str, position: str) -> None:
    found = part(decree)
    assert found is None or found.holds([(country, position)]) in {True, False}

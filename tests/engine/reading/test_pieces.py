"""What an author does with each piece of a text, and what that says of an offer."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import learn_pieces
from patrol import domain
from patrol.engine import reading
from patrol.engine.reading import learned, pieces
from patrol.engine.reading.pieces import Act


def cut(text: str) -> list[str]:
    starts = pieces.begins(text)
    return [text[start:end].strip() for start, end in itertools.pairwise((*starts, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Butuh lima orang ke Taiwan. Gaji besar sekali", ["Butuh lima orang ke Taiwan.", "Gaji besar sekali"]),
        ("Butuh lima orang, gaji besar sekali", ["Butuh lima orang,", "gaji besar sekali"]),
        ("Lowongan Taiwan\ngaji besar sekali", ["Lowongan Taiwan", "gaji besar sekali"]),
        ("Lowongan Taiwan (khusus wanita) hubungi kami", ["Lowongan Taiwan", "(khusus wanita)", "hubungi kami"]),
        ("Lowongan Taiwan 🔥 gaji besar sekali", ["Lowongan Taiwan 🔥", "gaji besar sekali"]),
        ("Lowongan Taiwan - gaji besar sekali", ["Lowongan Taiwan -", "gaji besar sekali"]),
        # Near: what belongs together, or is too short to stand alone.
        ("Gaji 12.500.000 per bulan", ["Gaji 12.500.000 per bulan"]),
        ("Ke Hong-Kong lewat kami", ["Ke Hong-Kong lewat kami"]),
        ("Yth. Bapak dan Ibu sekalian", ["Yth. Bapak dan Ibu sekalian"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_where_a_text_is_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(st.sampled_from("abk ,.!?\n()🔥-:;…é\u0301"), max_size=80))
def test_pieces_follow_each_other(text: str) -> None:
    starts = pieces.begins(text)
    assert starts == sorted(set(starts))
    assert bool(starts) is bool(text.strip())
    assert 1 <= len(pieces.tokens(reading.signs_of(text))) <= max(1, len(starts))


def test_the_tokens_of_a_piece() -> None:
    first, last = pieces.tokens(reading.signs_of("Katanya kerja di Taiwan, gaji 20 juta"))
    assert first == {
        *("katanya", "katan~", "kerja", "di", "COUNTRY", "^ katanya", "katanya kerja", "kerja di", "di COUNTRY", "COUNTRY $"),
        *(":phrase reports", ":word quotes_others", "<^", ">gaji", ">00", ">juta", ":of 2", ":first 0", ":last 1"),
    }
    assert last == {
        *("gaji", "00", "juta", "^ gaji", "gaji 00", "00 juta", "juta $", ":word pay_terms"),
        *("<katanya", "<kerja", "<di", "<COUNTRY", ">$", ":of 2", ":first 1", ":last 0"),
    }


def test_what_follows_what() -> None:
    surely = {act: [float(act == other) for other in pieces.ACTS] for act in Act}
    told = dict(zip(pieces.FOLLOWS, pieces.followed([surely[Act.LIVES], surely[Act.CALLS], surely[Act.TERMS]]), strict=True))
    assert {pair for pair, likely in told.items() if likely} == {"$S", "SA", "AD", "D$"}
    half = [0.5 if act in {Act.CALLS, Act.RETELLS} else 0.0 for act in pieces.ACTS]
    told = dict(zip(pieces.FOLLOWS, pieces.followed([half, surely[Act.WARNS], half]), strict=True))
    assert {pair: likely for pair, likely in told.items() if likely} == {
        **dict.fromkeys(("$A", "$R", "AW", "RW", "WA", "WR", "A$", "R$"), 0.5)
    }


@given(st.lists(st.integers(-40_000, 40_000), min_size=len(pieces.ACTS), max_size=len(pieces.ACTS)))
def test_shares_of_packed_weights(numbers: list[int]) -> None:
    told = pieces.shares(pieces.PACKING.pack(numbers))
    raised = [math.exp(number / pieces.SCALE) for number in numbers]
    assert told == pytest.approx([one / sum(raised) for one in raised])


def test_who_is_sure_is_not_asked() -> None:
    signs = reading.signs_of("Katanya kerja di Taiwan gaji 20 juta. Eh ternyata disuruh menipu orang. Jangan percaya")
    assert [pieces.moved(signs, odds) for odds in (-9.0, -pieces.UNSURE, pieces.UNSURE, 9.0)] == [0.0] * 4
    assert -pieces.MOST <= pieces.moved(signs, 0.0) < 0


def test_one_or_two_pieces_say_nothing_more_than_the_whole() -> None:
    two = "Katanya kerja di Taiwan gaji 20 juta. Eh ternyata disuruh menipu orang"
    assert [pieces.moved(reading.signs_of(text), 1.0) for text in ("Katanya kerja di Taiwan", two)] == [0.0, 0.0]
    assert pieces.moved(reading.signs_of(f"{two}. Jangan percaya"), 1.0) == -pieces.MOST


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Butuh 5 orang ke Taiwan, gaji 20 juta, yang minat inbox", 1),
        ("Dulu saya di Taiwan tiga tahun, capek tapi alhamdulillah. Sekarang saya cari 5 orang, yang minat inbox", 1),
        # Near: the same words, by others or against them.
        ("Katanya butuh 5 orang ke Taiwan, gaji 20 juta. Ternyata sampai sana disuruh menipu orang, jangan percaya", -1),
        ("Dulu saya di Taiwan tiga tahun, capek tapi alhamdulillah. Sekarang jualan bakso saja di rumah", -1),
    ],
)
def test_calls_speak_for_an_offer_and_stories_against(text: str, way: int) -> None:
    assert math.copysign(1, pieces.moved(reading.signs_of(text), 0.0)) == way


def test_the_end_of_a_long_text_is_not_read() -> None:
    text = "Dulu saya di Taiwan tiga tahun. " * 200
    assert len(text) > learned.READ
    assert pieces.tokens(reading.signs_of(text)) == pieces.tokens(reading.signs_of(text + "Butuh 5 orang ke Taiwan, yang minat inbox. "))


@given(st.text(max_size=200), st.floats(-6, 6))
def test_any_text_is_weighed(text: str, odds: float) -> None:
    assert math.isfinite(pieces.moved(reading.signs_of(text), odds))


def test_an_empty_text() -> None:
    assert reading.read(domain.Content(text="")).text_kind == "other"
    assert pieces.tokens(reading.signs_of("")) == [{"^ $", "<^", ">$", ":of 1", ":first 0", ":last 0"}]


def test_the_weights_name_the_posts_they_were_fitted_on() -> None:
    written = learn_pieces.WEIGHTS.read_text(encoding="utf-8").splitlines()
    assert written[1].split()[-1] == learn_pieces.fingerprint(learn_pieces.marked()), "run `python -m bench.learn_pieces`"


def test_the_file_is_sorted_and_small() -> None:
    rows = [line.split("\t") for line in learn_pieces.WEIGHTS.read_text(encoding="utf-8").splitlines()[2:]]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert {len(row) for row in rows} == {2, 1 + len(pieces.ACTS)}
    assert learn_pieces.WEIGHTS.stat().st_size < 3_000_000


def test_each_mark_stands_for_a_piece_of_its_post() -> None:
    assert [(one.post.of, one.post.id) for one in learn_pieces.marked() if len(pieces.begins(one.post.text)) != len(one.acts)] == []

"""The same text again, and another job on the same template."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.likeness import text
from tests.growth import LINEAR, growth

AD = (
    "LOWONGAN KERJA TAIWAN\n"
    "Dibutuhkan segera operator produksi pabrik makanan, pria dan wanita usia 20 sampai 40 tahun.\n"
    "Gaji 28.590 NTD per bulan, lembur setiap hari, asrama dan makan disediakan perusahaan.\n"
    "Tanpa potongan selama kontrak tiga tahun, paspor dan visa kami yang urus.\n"
    "Yang berminat langsung hubungi Bu Ratna 0840-1234-5678, kuota terbatas."
)


def of(written: str) -> text.Sketch:
    sketch = text.sketch(written)
    assert sketch is not None
    return sketch


def bold(written: str) -> str:
    return "".join(
        chr(0x1D41A + ord(c) - ord("a")) if "a" <= c <= "z" else chr(0x1D400 + ord(c) - ord("A")) if "A" <= c <= "Z" else c for c in written
    )


@pytest.mark.parametrize(
    "again",
    [
        AD.replace("0840-1234-5678", "0841 7777 9999").replace("28.590", "30.000"),
        AD.replace("\n", " 🔥🔥 ").replace(",", " ✅"),
        AD.replace("segera", "cepat").replace("asrama", "mess").replace("kuota", "tempat"),
        "\n".join(reversed(AD.split("\n"))),
        "Assalamualaikum bapak ibu semua, ada info bagus\n" + AD + "\n#loker #taiwan #pmi #kerjaluarnegeri #fyp",
        AD.replace("yang", "yg").replace("dan", "dn").replace("Tanpa", "Tnp").replace("Gaji", "Gajiiii").replace("tahun", "thn"),
        bold(AD),
        AD.upper(),
    ],
    ids=["numbers", "emojis", "words", "order", "greeting and hashtags", "spelling", "styled", "capitals"],
)
def test_the_same_text_again(again: str) -> None:
    assert text.alike(of(AD), of(again))
    assert text.may_be_alike([of(AD), of(again)]) == [(0, 1)]


@pytest.mark.parametrize(
    "other",
    [
        (
            "Dicari perawat lansia untuk Jepang, lulusan SMK keperawatan, ikut pelatihan bahasa empat bulan di Bandung, biaya "
            "dicicil, hubungi kantor kami pada jam kerja dengan membawa ijazah asli."
        ),
        (
            "Hari ini ada pengajian di masjid Taoyuan, yang mau ikut kumpul di stasiun jam delapan pagi, bawa bekal masing-masing "
            "dan jangan lupa pakai jaket karena hujan."
        ),
    ],
)
def test_another_text(other: str) -> None:
    assert not text.alike(of(AD), of(other))
    assert text.likeness(of(AD), of(other)) < 0.1


def test_a_short_text_must_be_equal_and_a_very_short_one_says_nothing() -> None:
    short = "Butuh admin dan kasir untuk Kamboja berangkat minggu ini"
    assert text.alike(of(short), of(short.upper() + " 2x"))
    assert not text.alike(of(short), of(short.replace("kasir", "sopir")))
    assert text.sketch("Info loker japri ya kak 🙏 0840 1111 2222") is None
    assert text.sketch("") is None


def test_contacts_may_be_left_out() -> None:
    spoken = AD.replace("0840-1234-5678", "nol delapan empat nol satu dua tiga empat lima enam tujuh delapan")
    start = spoken.index("nol delapan")
    end = spoken.index(", kuota")
    sketch = text.sketch(spoken, without=[(start, end), (start + 4, end)])
    assert sketch is not None
    assert sketch.key == of(AD).key


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
def test_any_text_and_any_spans(written: str, spans: list[tuple[int, int]]) -> None:
    sketch = text.sketch(written, without=spans)
    assert sketch is None or (text.alike(sketch, sketch) and text.likeness(sketch, sketch) == 1.0)


def test_bands_are_the_same_in_every_process() -> None:
    """Stored ones are compared with new ones: they may not depend on the process or the order of a set."""
    assert text.bands([of(AD)])[0, :3].tolist() == BANDS_OF_THE_AD
    assert text.bands([of(AD)] * 2).shape == (2, text.BANDS)
    assert text.bands([]).shape == (0, text.BANDS)


BANDS_OF_THE_AD = [270033186, 82130405, 964732153]


def test_a_flood_of_near_copies_costs_no_more_than_its_length() -> None:
    chance = random.Random(5)
    words = AD.split()

    def copy() -> text.Sketch:
        changed = list(words)
        changed[chance.randrange(len(words))] = chance.choice(("siap", "resmi", "yuk", "info"))
        return of(" ".join(changed))

    sketches = [copy() for _ in range(1_000)]
    looked = len(text.may_be_alike(sketches))
    assert looked <= 4 * text.BANDS * len(sketches)
    assert looked < len(sketches) ** 2 / 4


@pytest.mark.parametrize("piece", ["a", "a b ", "\u0301", "1 ", "🔥a", "a-"])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(text.sketch, piece) <= LINEAR

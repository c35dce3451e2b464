"""Where sentences end, what is quoted, who speaks in turn."""

from __future__ import annotations

import pytest

from patrol.engine.reading import clauses, folding
from tests import growth


def sentences(text: str) -> list[str]:
    folded = folding.fold(text)
    pieces, begin = [], 0
    for end in (*clauses.ends(folded), len(folded.words)):
        pieces.append(folded.words[begin:end].strip())
        begin = end
    return [piece for piece in pieces if piece]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kirim dari sana. DP 50%. Yang mau titip", ["kirim dari sana.", "dp 50%.", "yang mau titip"]),
        ("Buruan! Sisa dua", ["buruan!", "sisa dua"]),
        ("Biaya (lunas.) Lalu", ["biaya (lunas.)", "lalu"]),
        ("Satu\n\nDua", ["satu", "dua"]),
        ("Satu\ndua", ["satu dua"]),
        (
            "Rekening a.n. Sari, tgl. 5, s.d. Mei, Rp. 4.200.000 di kec. Contoh",
            ["rekening a.n. sari, tgl. 5, s.d. mei, rp. 4.200.000 di kec. contoh"],
        ),
        ("Belum punya ijazah? Kami buatkan", ["belum punya ijazah? kami buatkan"]),
    ],
)
def test_sentences_end_at_stops_and_empty_lines(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        (
            'Kata calo: "kerja Taiwan gaji 14 juta, langsung berangkat" begitu modusnya.',
            ['"kerja taiwan gaji 14 juta, langsung berangkat"'],
        ),
        ("Kata calo: \u2018kerja Taiwan gaji 14 juta, langsung\u2019 begitu modusnya.", ["'kerja taiwan gaji 14 juta, langsung'"]),
        ("Hari Jum'at ini kami buka lagi pendaftaran, ma'af baru sempat", []),
        ('"Dibutuhkan 10 orang ke Taiwan, gaji 14 juta" 0840', []),  # all is quoted: the author's own
        ('Posisi "admin" dan "kasir" tersedia di Dubai', []),
    ],
)
def test_quotations(text: str, spoken: list[str]) -> None:
    words = folding.fold(text).words
    assert [words[start:end] for start, end in clauses.quoted(words)] == spoken


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Dia: mbak minat kerja?\nAku: PT apa?\nDia: tanpa PT\nlulus komedi", 3),
        ("sponsor: bu anaknya cantik\nemak: berapa gajinya\nsponsor: 5 juta\nemak: kamu saja", 4),
        ("Gaji: 12 juta\nKontrak: 2 tahun\nGaji: 14 juta\nKontrak: 3 tahun", 0),
        ("Q: gaji berapa?\nA: 12 juta\nQ: tiket?\nA: ditanggung", 0),
        ("Ibu: 2 orang\nBapak: 3 orang\nAnak: 1 orang", 0),
    ],
)
def test_turns_of_a_dialogue(text: str, turns: int) -> None:
    folded = folding.fold(text)
    found = clauses.turns(folded)
    assert len(found) == turns
    assert all(":" in folded.words[start:end] for start, end in found)


def test_blanked_words_keep_the_others_in_place() -> None:
    assert clauses.blanked("kata dia lalu", [(5, 8)]) == "kata     lalu"


@pytest.mark.parametrize("piece", ["a. ", "'aaaa ", '"a ', "aku: a\ndia: a\n", "!!! ", "\n \n"])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    def every(text: str) -> None:
        folded = folding.fold(text)
        clauses.ends(folded)
        clauses.quoted(folded.words)
        clauses.turns(folded)

    assert growth.growth(every, piece) <= growth.LINEAR

"""Two readers: who is asked when, what happens where one is missing, and how many numbers come out of re-posted flyers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from patrol.domain import Content, Picture
from patrol.engine import reading
from patrol.engine.reading.pictures import cascade, decode, layout, rapid, tesseract
from patrol.engine.reading.pictures.layout import Line, Word
from tests.flyers import drawing

GREY = np.full((800, 800), 255, np.uint8)
COLOUR = np.full((800, 800, 3), 255, np.uint8)


def line(text: str, *, top: int = 100, confidence: float = 0.96) -> Line:
    return layout.split(text, (50, top, 20 * len(text), 30), confidence)


PAGE = [line("LOWONGAN KERJA TAIWAN", top=50), line("gaji besar tanpa potongan"), line("WA 0840-1234-5678", top=150)]


class Second:
    """Stands in for RapidOCR: what it was asked, and what it answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, float]) -> None:
        self.asked: list[str] = []
        self.answers = iter(answers)
        monkeypatch.setattr(rapid, "available", lambda: True)
        monkeypatch.setattr(rapid, "read", self.read)
        monkeypatch.setattr(rapid, "found", self.found)

    def read(self, _: decode.Pixels, corners: Sequence[rapid.Corners]) -> list[tuple[str, float]]:
        self.asked += ["line"] * len(corners)
        return [next(self.answers) for _ in corners]

    def found(self, _: decode.Pixels) -> list[rapid.Corners]:
        self.asked.append("page")
        return []


def read(monkeypatch: pytest.MonkeyPatch, first: Sequence[Line]) -> tuple[str, cascade.Read]:
    monkeypatch.setattr(tesseract, "available", lambda: True)
    monkeypatch.setattr(tesseract, "lines", lambda _: list(first))
    made = cascade.read(COLOUR, GREY)
    return layout.written(made.lines, "image")[0], made


def test_of_a_page_read_surely_only_the_number_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Second(monkeypatch, ("WA 0840-1234-5678", 0.99))
    text, made = read(monkeypatch, PAGE)
    assert text.splitlines()[-1] == "WA 0840-1234-5678"
    assert (second.asked, made.second) == (["line"], "lines")


def test_the_surer_reader_has_the_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    Second(monkeypatch, ("WA 0840-1234-5679", 0.99))
    assert read(monkeypatch, PAGE)[0].splitlines()[-1] == "WA 0840-1234-5679"


@pytest.mark.parametrize("answer", [("WA 0840-1234-5678", 0.7), ("WA 0840-1234", 0.99)], ids=["doubt", "fewer"])
def test_where_both_doubt_the_digits_the_page_is_searched(monkeypatch: pytest.MonkeyPatch, answer: tuple[str, float]) -> None:
    second = Second(monkeypatch, answer)
    assert read(monkeypatch, PAGE)[1].second == "picture"
    assert second.asked == ["line", "page"]


def test_a_doubtful_word_has_its_line_read_again_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    second = Second(monkeypatch, ("LOWONGAN KERJA QATAR", 0.98), ("WA 0840-1234-5678", 0.99))
    text, _ = read(monkeypatch, [line("LOWONGAN KERJA OATAR", top=50, confidence=0.7), *PAGE[1:]])
    assert text.splitlines()[0] == "LOWONGAN KERJA QATAR"
    assert second.asked == ["line", "line"]


@pytest.mark.parametrize(
    "first",
    [
        [],
        PAGE[1:2],
        PAGE[:2] * 2,
        [line("kj ~f w", confidence=0.2), *PAGE],
        [*PAGE, line("daftar wa.me/62", top=300)],
        [(Word("WA", (50, 150, 60, 30), 0.96), Word("0840-1234-5678", (130, 190, 200, 30), 0.96)), *PAGE[:2]],
    ],
    ids=["nothing", "few words", "no number", "noise", "an address", "a slant"],
)
def test_a_page_read_unsurely_is_searched_by_the_second_reader(monkeypatch: pytest.MonkeyPatch, first: Sequence[Line]) -> None:
    second = Second(monkeypatch)
    monkeypatch.setattr(second, "answers", iter([("x", 0.0)] * 9))
    assert read(monkeypatch, first)[1].second == "picture"
    assert "page" in second.asked


def test_writing_left_over_is_seen() -> None:
    page = GREY.copy()
    cv2.putText(page, "HUBUNGI KAMI SEKARANG", (60, 400), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 3)
    assert cascade._left_over(page, [])
    assert not cascade._left_over(page, [(50, 350, 700, 60)])
    assert not cascade._left_over(GREY, [])


def test_noise_of_the_first_reader_goes_where_the_second_finds_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    Second(monkeypatch)
    text, _ = read(monkeypatch, [line("kj ~f w 123", confidence=0.2), line("GAJI BESAR", top=200)])
    assert text == "GAJI BESAR"


# --- where a reader is missing --------------------------------------------------------------------

CLEAN = drawing.posted(1, changes=("compressed",))[0]


def numbers(content: bytes) -> tuple[set[str], list[str]]:
    found = reading.read(Content("", pictures=(Picture("a", content),)))
    return {claim.value for claim in found.of("phone")}, [note.en for note in found.notes]


def test_without_tesseract_the_other_reads_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    assert numbers(CLEAN.content) == (set(CLEAN.flyer.numbers), [cascade.ONLY_RAPID.en])


def test_without_rapidocr_the_other_reads_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "available", lambda: False)
    assert numbers(CLEAN.content) == (set(CLEAN.flyer.numbers), [cascade.ONLY_TESSERACT.en])


def test_without_any_it_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    monkeypatch.setattr(rapid, "available", lambda: False)
    found = reading.read(Content("x", pictures=(Picture("a", CLEAN.content), Picture("b", CLEAN.content))))
    assert found.notes == (cascade.NO_READER,)
    assert found.picture_texts == ("", "")


def test_tesseract_past_its_time_leaves_the_picture_to_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tesseract.available()  # asked once a process, under the same limit: before it is lowered
    monkeypatch.setattr(tesseract, "LONGEST", 0.0001)
    assert numbers(CLEAN.content) == (set(CLEAN.flyer.numbers), [cascade.TOO_SLOW.en])


def test_tesseract_past_its_share_of_the_processor_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that never ends, under its name; the clock would wait for it much longer."""
    assert tesseract.available()
    monkeypatch.setattr(tesseract, "SECONDS", 1)
    monkeypatch.setattr(tesseract, "LONGEST", 3600.0)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nwhile :; do :; done\n")
    program.chmod(0o755)
    assert numbers(CLEAN.content) == (set(CLEAN.flyer.numbers), [cascade.TOO_SLOW.en])


def test_tesseract_is_asked_until_it_answers_and_then_never_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract._Known, "there", False)
    asked, program = tmp_path / "asked", tmp_path / "tesseract"
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def answers(line: str) -> None:
        program.write_text(f"#!/bin/sh\necho x >> {asked}\n{line}\n")
        program.chmod(0o755)

    answers("exec sleep 60")
    with monkeypatch.context() as hurried:
        hurried.setattr(tesseract, "LONGEST", 0.5)
        assert tesseract.available() is False
    for line in ("exit 1", "echo eng"):
        answers(line)
        assert tesseract.available() is False
    answers("echo eng; echo ind")
    before = asked.read_text().count("x")
    assert (tesseract.available(), asked.read_text().count("x")) == (True, before + 1)
    answers("exit 1")
    assert (tesseract.available(), asked.read_text().count("x")) == (True, before + 1)


# --- re-posted flyers -----------------------------------------------------------------------------


def test_numbers_of_reposted_flyers() -> None:
    """A part of what `python -m bench.flyers` reads: every manner, every change. 0.95 is promised.

    Digits are looked for in the text as it was read, so that this says how pictures are read and nothing else.
    """
    wanted = 0
    lost: list[tuple[str, str]] = []
    for one in drawing.posted(30)[::2]:
        (text,) = reading.read(Content("", pictures=(Picture("a", one.content),))).picture_texts
        digits = ["".join(filter(str.isdigit, line)) for line in text.splitlines()]
        for number in one.flyer.numbers:
            wanted += 1
            if not any(number.removeprefix("+62").removeprefix("+") in line for line in digits):
                lost.append((one.name, number))
    assert len(lost) <= 0.05 * wanted, lost


def test_a_line_is_found_and_read_in_small_print_and_upside_down() -> None:
    page = np.full((400, 900, 3), 255, np.uint8)
    cv2.putText(page, "HUB 0840 1234 5678", (60, 200), cv2.FONT_HERSHEY_DUPLEX, 1.6, (0, 0, 0), 2)
    for turned in (page, np.ascontiguousarray(page[::-1, ::-1])):
        (at,) = rapid.found(turned)
        ((text, confidence),) = rapid.read(turned, [at])
        assert "".join(filter(str.isdigit, text)) == "084012345678"
        assert confidence > 0.8


def test_the_second_reader_stops_at_its_bound() -> None:
    wide = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    page = np.full((20, 2_000, 3), 255, np.uint8)
    beyond = [wide * np.array((rapid.WIDEST * 20 + 40, 20), np.float32)]
    assert rapid.read(page, beyond) == [("", 0.0)]

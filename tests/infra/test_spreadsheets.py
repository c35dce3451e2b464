"""What a spreadsheet would run begins with a sign, in whatever width and behind whatever it passes over."""

from __future__ import annotations

import pytest

from patrol.infra import spreadsheets


@pytest.mark.parametrize("sign", [*"=+-@", *"＝＋－＠", *"﹢﹣﹦﹫", "−"])
@pytest.mark.parametrize("before", ["", " ", "  '", '"', "\t", "\r", "\n", "\0"])
def test_a_sign_at_the_beginning_runs(before: str, sign: str) -> None:
    text = f"{before}{sign}cmd"
    assert (spreadsheets.runs(text), spreadsheets.inert(text)) == (True, f"'{text}")


@pytest.mark.parametrize("text", ["\tPT Contoh", "\rPT Contoh", "\0PT Contoh"])
def test_what_may_part_a_cell_counts_too(text: str) -> None:
    assert spreadsheets.inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "PT Contoh", "a=1", "1-2", "surel@contoh.example", "https://t.me/contoh?a=b", "# 1", " 'kata'"])
def test_other_text_stays(text: str) -> None:
    assert (spreadsheets.runs(text), spreadsheets.inert(text)) == (False, text)

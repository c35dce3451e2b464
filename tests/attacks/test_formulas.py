"""Nothing that leaves for a spreadsheet is a formula there, in whichever cell of whichever file it stands.

Each file is read as a spreadsheet reads it, at every sign that a reader may part lines at. LibreOffice itself opens them in `make soak`.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from patrol import domain, models
from patrol.admin.registrar import differences
from patrol.admin.shared import exporting
from patrol.cases import channels, packets
from patrol.domain import Sentence
from patrol.engine.licences.tables import RowProblem
from reports import book
from tests.attacks.formulas import PAYLOADS
from tests.reports import test_book

pytestmark = pytest.mark.django_db
EACH = int(os.environ.get("FORMULAS", "0"))  # each so manieth payload fills a summary of its own
WHOLE = EACH > 0
OFFICE = "LibreOffice is not on this machine (apt install libreoffice-calc-nogui): its reading of the files is not tried"
COLUMNS = 4
PARTED = {"comma": 44, "semicolon": 59, "tab": 9, "bar": 124}
RUNS = ("=", "+", "-", "@")


def listing() -> exporting.Listing:
    """A list whose every cell is a payload, each payload in each column."""
    rows = [[PAYLOADS[(place + column) % len(PAYLOADS)] for column in range(COLUMNS)] for place in range(len(PAYLOADS))]
    return exporting.Listing(key="contoh", title="=Contoh", columns=PAYLOADS[:COLUMNS], found=rows, said=lambda batch, _shown: batch)


def rows_of(one: exporting.Listing) -> exporting._Rows:
    return exporting._Rows(one, len(PAYLOADS), in_full=False)


def about() -> list[tuple[str, str]]:
    return [("=Saring", one) for one in PAYLOADS]


def packet(channel: str) -> bytes:
    asked = models.Referral(channel=channel)
    lines = [{column.key: one for column in packets.columns(asked)} for one in PAYLOADS]
    return packets._csv(asked, lines)


def problems() -> bytes:
    return differences.problem_list([RowProblem(one, 7, one, Sentence(id=one, en=one)) for one in PAYLOADS])


def tables() -> dict[str, bytes]:
    made = listing()
    return {
        "list.csv": b"".join(exporting._csv(made, rows_of(made), about)),
        "problems.csv": problems(),
        **{f"packet-{channel}.csv": packet(channel) for channel in channels.CHANNELS},
    }


def books(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, bytes]]:
    made = listing()
    yield "list.xlsx", b"".join(exporting._xlsx(made, rows_of(made), about))
    for place, one in enumerate(PAYLOADS[:: EACH or len(PAYLOADS) // 6]):
        monkeypatch.setattr(test_book, "HOSTILE", one)
        monkeypatch.setitem(test_book.GIVEN, "office_name", one)
        monkeypatch.setitem(test_book.GIVEN, "sentences", (domain.Sentence(one, one),) * 3)
        yield f"summary-{place}.xlsx", book.xlsx(test_book.filled()[0])


def begins(cell: str) -> str:
    """As a spreadsheet that is generous looks at a cell: without blanks, quotes and what is not seen, wide signs as plain ones."""
    seen = "".join(one for one in cell if unicodedata.category(one) not in {"Cf", "Cc", "Zs"})
    return unicodedata.normalize("NFKC", seen.lstrip('"')).replace("\u2212", "-")[:1]


def raw(text: str) -> str:
    return text.replace('"', '""')


def running(content: bytes, sign: str) -> list[str]:
    read = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=sign)
    return [cell for row in read for cell in row if begins(cell) in RUNS]


def test_there_are_three_hundred_and_each_runs_where_nothing_is_done() -> None:
    """The control of the reader."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 300
    harmless = [one for one in PAYLOADS if not any(running(f'"kata","{raw(one)}"\r\n'.encode(), sign) for sign in ",;\t|")]
    # An apostrophe makes text of it, and at a comma the quotes around a cell hold.
    assert harmless == [one for one in PAYLOADS if one.startswith(("'", "kata,="))]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"], ids=list(PARTED))
def test_no_cell_of_a_table_runs_wherever_a_reader_parts_it(sign: str) -> None:
    assert {name: running(content, sign)[:3] for name, content in tables().items() if running(content, sign)} == {}


def test_no_cell_of_a_workbook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, cells = [], 0
    for name, content in books(monkeypatch):
        for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            for row in page.iter_rows():
                for cell in row:
                    cells += cell.value is not None
                    unlike = isinstance(cell.value, str) and (
                        cell.data_type != "s" or (begins(cell.value) in RUNS and not cell.quotePrefix)
                    )
                    if cell.data_type == "f" or unlike:
                        wrong.append((name, cell.coordinate, cell.value))
                    assert isinstance(cell.value, str | int | float | datetime | None)
    assert (wrong[:3], cells > COLUMNS * len(PAYLOADS)) == ([], True)


# --- LibreOffice ------------------------------------------------------------------------------------


def opened(folder: Path, files: dict[str, bytes], parted: int | None = None) -> dict[str, tuple[int, int]]:
    """How many formulas and how many cells LibreOffice reads in each file. CSV parted at a sign, and with formulas let in, as when
    somebody ticks "evaluate formulas"."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(OFFICE)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    told = [f"--infilter=CSV:{parted},34,76,1,,0,false,true,false,false,false,0,true"] if parted is not None else []
    command = [program, f"-env:UserInstallation=file://{folder}/home", "--headless", *told, "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=1_500)
    found = {}
    for name in files:
        written = (folder / name).with_suffix(".fods").read_text()
        found[name] = len(re.findall(r' table:formula="', written)), len(re.findall(r"<table:table-cell[^>]*office:value-type", written))
    return found


@pytest.mark.skipif(not WHOLE, reason="make soak: LibreOffice opens the files")
@pytest.mark.parametrize("parted", PARTED.values(), ids=list(PARTED))
def test_libreoffice_finds_no_formula_in_a_table(parted: int, tmp_path: Path) -> None:
    found = opened(tmp_path, tables(), parted)
    print({name: cells for name, (_formulas, cells) in found.items()})
    assert {name: formulas for name, (formulas, _cells) in found.items() if formulas} == {}
    assert sum(cells for _formulas, cells in found.values()) > 3_000


@pytest.mark.skipif(not WHOLE, reason="make soak: LibreOffice opens the files")
def test_libreoffice_finds_no_formula_in_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(tmp_path, dict(books(monkeypatch)))
    print(len(found), sum(cells for _formulas, cells in found.values()))
    assert {name: formulas for name, (formulas, _cells) in found.items() if formulas} == {}
    assert sum(cells for _formulas, cells in found.values()) > COLUMNS * len(PAYLOADS)


@pytest.mark.skipif(not WHOLE, reason="make soak: LibreOffice opens the files")
def test_libreoffice_would_have_found_them(tmp_path: Path) -> None:
    """The control: the same texts with nothing done to them."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["kata", one] for one in PAYLOADS])
    book = openpyxl.Workbook()
    for place, one in enumerate(PAYLOADS, start=1):
        if "\n" not in one and "\r" not in one:
            book.worksheets[0].cell(place, 1).value = one
    raw = io.BytesIO()
    book.save(raw)
    formulas = [opened(tmp_path, {"raw.csv": out.getvalue().encode()}, parted)["raw.csv"][0] for parted in PARTED.values()]
    print(formulas)
    assert [count > 0 for count in formulas] == [True] * len(PARTED)
    assert opened(tmp_path, {"raw.xlsx": raw.getvalue()})["raw.xlsx"][0] > 0

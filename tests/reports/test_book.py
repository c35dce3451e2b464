"""The workbook of a summary: every figure in it as a number, no cell that runs, and the same bytes each time."""

from __future__ import annotations

import dataclasses
import io
import itertools
import zipfile
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import openpyxl
import pytest

from patrol import domain
from reports import book, sentences
from reports.figures import Figures

HOSTILE = '=HYPERLINK("http://x.example","klik")'
# Words a field must hold to mean something; of every other text: HOSTILE.
KEYS: dict[str, tuple[str, ...]] = {
    "measures": tuple(sentences.MEASURES),
    "days": ("",),
    "levels": ("high", "medium"),
    "decisions": ("confirmed", "dismissed"),
    "asked": ("needs_information",),
    "ages": ("under_1", "from_7"),
    "delays": ("all", "high"),
    "verdicts": ("no_licence_shown",),
    "kinds": ("fraud",),
    "countries": ("KH", "*", ""),
    "platforms": ("telegram",),
    "places": ("33", ""),
    "corrections": ("entered", "corrected"),
    "tips": ("received", "waiting"),
    "limits": ("high",),
    "case_outcomes": ("refused", "*"),
    "referrals": ("komdigi",),
    "closed": ("account", "phone"),
}
GIVEN: dict[str, Any] = {
    "office": "",
    "office_name": HOSTILE,
    "year": 2026,
    "week": 47,
    "kind": "week",
    "until": "2026-11-23T00:00:00+07:00",
    "preliminary": False,
    "register_date": "2026-11-20",
    "sentences": (domain.Sentence("=1+1", "=1+1"),) * 3,
    "version": 4,
    "provinces": (),
}
WORDS = {"blind": ("2026-11-16",), "paused": ("2026-11-16",), "rings": ("phone",)}
UNSAID = {"year", "week", "version", "register_edition", "sanctioned"}  # sanctioned is told in words
DAYS = dict.fromkeys(("date", "last", "since", "until"), "2026-11-16")
TEXTS = {**DAYS, "platform": "telegram", "status": "revoked"}


def filled() -> tuple[Figures, set[int]]:
    """Figures whose every number is another one, and those numbers."""
    numbers = itertools.count(1000)
    used: set[int] = set()

    def part(kind: Any, of: str, key: str = "") -> Any:
        """One row of the field `of`."""
        hints = get_type_hints(kind)
        return kind(**{one.name: leaf(hints[one.name], one.name, key, of) for one in dataclasses.fields(kind)})

    def leaf(kind: Any, name: str, key: str, of: str) -> Any:
        kind = next((one for one in get_args(kind) if one is not NoneType), kind) if get_origin(kind) is UnionType else kind
        if kind is int:
            used.add(number := next(numbers))
            return number
        if get_origin(kind) is tuple:
            return tuple(leaf(int, name, key, of) for _ in range(12)) if name == "series" else WORDS[of]
        if dataclasses.is_dataclass(kind):
            return part(kind, of)
        said = {"key": key, **({"kind": "phone", "since": "2026-W47"} if of == "indicators" else {})}
        return name == "begun" if kind is bool else said.get(name) or TEXTS.get(name, "" if name == "key" else HOSTILE)

    def field(kind: Any, name: str) -> Any:
        if get_origin(kind) is tuple:
            return tuple(part(get_args(kind)[0], name, one) for one in KEYS.get(name, ("",)))
        return (
            leaf(kind, name, KEYS.get(name, ("",))[0], name)
            if not dataclasses.is_dataclass(kind)
            else part(kind, name, *KEYS.get(name, ()))
        )

    hints = get_type_hints(Figures)
    made = {one.name: GIVEN[one.name] if one.name in GIVEN else field(hints[one.name], one.name) for one in dataclasses.fields(Figures)}
    for name in UNSAID & made.keys():
        used.discard(made[name])
    used -= {limit.hours for limit in made["limits"]}  # in the title of its row
    return Figures(**made), used


@pytest.fixture(scope="module")
def whole() -> tuple[Figures, set[int]]:
    return filled()


def cells(content: bytes) -> list[Any]:
    return [cell for page in openpyxl.load_workbook(io.BytesIO(content)) for row in page.iter_rows() for cell in row]


@pytest.mark.django_db
def test_every_figure_stands_in_it_as_a_number(whole: tuple[Figures, set[int]]) -> None:
    figures, numbers = whole
    assert len(numbers) > 200
    missing = numbers - {cell.value for cell in cells(book.xlsx(figures, quality=True)) if cell.data_type == "n"}
    assert [name for name, value in dataclasses.asdict(figures).items() if any(str(one) in str(value) for one in missing)] == []


@pytest.mark.django_db
def test_no_cell_is_one_a_spreadsheet_would_run(whole: tuple[Figures, set[int]]) -> None:
    found = cells(book.xlsx(whole[0], quality=True))
    assert {cell.data_type for cell in found} == {"n", "s", "inlineStr"}  # numbers and two ways to keep a text: no formula, no error
    hostile = [cell for cell in found if str(cell.value).startswith("=")]
    assert len(hostile) > 5
    assert {cell.quotePrefix for cell in hostile} == {True}


@pytest.mark.django_db
def test_the_same_bytes_each_time_and_no_moment_of_the_making(whole: tuple[Figures, set[int]], monkeypatch: pytest.MonkeyPatch) -> None:
    first = book.xlsx(whole[0])
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert book.xlsx(whole[0]) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2026-11-22T17:00:00Z") == 2
    assert book.xlsx(dataclasses.replace(whole[0], watches=1)) != first


def test_titles_of_sheets_are_what_a_workbook_takes() -> None:
    long = "Unggahan: dibaca / ditandai [semua] hari ini?"
    taken = [book._title(long, [])]
    taken.append(book._title(long, taken))
    assert taken == ["Unggahan  dibaca   ditandai  se", "Unggahan  dibaca   ditandai  2"]
    assert book._title("?", []) == "-"

"""One exception for every refusal: its code stands once, its sentence comes in the reader's language, beside its field."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext_lazy

from patrol.domain import Sentence
from patrol.infra.refusals import RefusedError

ROOT = Path(__file__).parents[2]
FOLDERS = ("patrol", "reports")
WORDS = ("RefusedError", "Sentence(", "django.utils.translation")  # a file without any of them has nothing to read here


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Calls, classes and imports of the product, with the path of their file below the project."""
    read = {str(path.relative_to(ROOT)): path.read_text() for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))}
    found = {path: ast.walk(ast.parse(text)) for path, text in read.items() if any(word in text for word in WORDS)}
    wanted = (ast.Call, ast.ClassDef, ast.ImportFrom)
    return [(path, node) for path, each in found.items() for node in each if isinstance(node, wanted)]


def raised() -> list[tuple[str, ast.Call]]:
    """Where a refusal is made, as path:line, and the call."""
    calls = [(path, node) for path, node in nodes() if isinstance(node, ast.Call)]
    wanted = [(path, call) for path, call in calls if ast.unparse(call.func).rpartition(".")[2] == "RefusedError"]
    return [(f"{path}:{call.lineno}", call) for path, call in wanted]


def test_there_is_one_class_of_that_name() -> None:
    found = [path for path, node in nodes() if isinstance(node, ast.ClassDef) and node.name.strip("_") == "RefusedError"]
    assert found == ["patrol/infra/refusals.py"]


def test_every_code_is_written_out_and_stands_once() -> None:
    made = raised()
    codes = [call.args[0].value if isinstance(call.args[0], ast.Constant) else None for _where, call in made]
    assert [where for (where, _call), code in zip(made, codes, strict=True) if not isinstance(code, str)] == []
    assert {code: count for code, count in Counter(codes).items() if count > 1} == {}
    assert len(codes) > 100  # all of them were found


@pytest.mark.parametrize(
    ("refused", "indonesian", "english"),
    [
        (RefusedError("a", gettext_lazy("Write the reason."), "why"), "Tulis alasannya.", "Write the reason."),
        (RefusedError("b", Sentence("Penuh 100 %.", "100 % full.")), "Penuh 100 %.", "100 % full."),
        (
            RefusedError("c", gettext_lazy("Unknown role %(role)s: %(known)s."), role="chef", known="officer"),
            "Peran chef tidak dikenal: officer.",
            "Unknown role chef: officer.",
        ),
        (
            RefusedError(
                "d",
                ngettext_lazy(
                    "No row was loaded: %(count)s mistake must be mended first.",
                    "No row was loaded: %(count)s mistakes must be mended first.",
                    "count",
                ),
                count=1,
            ),
            "Tidak ada baris yang dimuat: 1 kesalahan harus diperbaiki dulu.",
            "No row was loaded: 1 mistake must be mended first.",
        ),
    ],
    ids=["plain", "sentence of a pure part", "values", "plural"],
)
def test_the_sentence_comes_in_the_readers_language(refused: RefusedError, indonesian: str, english: str) -> None:
    assert (refused.said("id"), refused.said("en")) == (indonesian, english)
    with translation.override("en"):
        assert refused.sentence == english
    with translation.override("id"):
        assert refused.sentence == indonesian


def test_it_calls_itself_by_code_and_place() -> None:
    assert [str(RefusedError("a.b", "words", "why")), str(RefusedError("a.b", "words"))] == ["a.b why", "a.b"]


# --- what is shown, what is stored ------------------------------------------------------------------

SHOWN = ("access", "admin", "campaigns", "cases", "frame", "register", "search", "triage")
# What goes out to other bodies has its language whoever looks at it.
SENT = ("patrol/cases/analysing.py", "patrol/cases/channels/", "patrol/cases/packages/tying.py", "patrol/cases/register_rows.py")
STORED = ("evidence", "intake/formats", "pipeline", "preserving")


@pytest.mark.parametrize("package", SHOWN)
def test_what_is_shown_and_not_stored_is_written_as_gettext(package: str) -> None:
    """A Sentence there is one that was stored, read back; none is made of words written in the code."""
    made = [
        f"{path}:{node.lineno}"
        for path, node in nodes()
        if path.startswith(f"patrol/{package}/") and not path.startswith(SENT)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Sentence"
        if any(isinstance(inner, ast.Constant) and isinstance(inner.value, str) and " " in inner.value for inner in ast.walk(node))
    ]
    assert made == []


@pytest.mark.parametrize("package", STORED)
def test_what_is_stored_is_in_no_language_of_whoever_looks(package: str) -> None:
    imported = [
        path
        for path, node in nodes()
        if path.startswith(f"patrol/{package}/")
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
    ]
    assert imported == []

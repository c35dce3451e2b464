"""What a watch's page says beside a problem."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

import patrol
from patrol.admin.analyst import watch_words
from patrol.sources.shared import refusals

WAIT = "Tidak perlu berbuat apa-apa: nanti dicoba lagi dengan sendirinya."
RETYPE = "Mencoba lagi tidak menolong: ubah yang Anda ketik."
CHANGE = "Mencoba lagi tidak menolong: pantauannya harus diubah."


@pytest.mark.parametrize("code", ["too_many", "quota", "timeout", "dns", "server_error", "platform_error"])
def test_what_passes_by_itself_needs_nobody(code: str) -> None:
    with translation.override("id"):
        assert watch_words.remedy(code, permanent=False, runs=True) == WAIT
        assert watch_words.remedy(code, permanent=False, runs=False) == ""  # paused: the page says until when
        assert watch_words.remedy(code, permanent=True, runs=True) == CHANGE
        assert watch_words.remedy("credentials_refused", permanent=True, runs=True) == (
            "Isi nilai baru untuk kredensialnya: semua pantauannya lalu berlanjut dari tempat berhentinya."
        )


@pytest.mark.parametrize(
    ("code", "permanent", "of_a_watch", "of_what_is_typed"),
    [
        ("bad_address", True, "Ubah alamat pantauan ini, lalu lanjutkan.", RETYPE),
        ("credential_missing", True, "Pilih kredensial untuk pantauan ini, lalu lanjutkan.", "Pilih kredensial."),
        ("robots_refused", False, "Jeda pantauannya, atau tanyakan pemilik situs.", "Tanyakan pemilik situs."),
        ("not_a_page", True, CHANGE, RETYPE),
        ("shape_changed", True, *2 * ["Platform berubah. Beri tahu pengelola SIPatrol: versi baru harus menyesuaikannya."]),
        ("credits_depleted", True, "", ""),  # its sentence says it
        ("timeout", False, *2 * ["Coba lagi beberapa saat lagi."]),
    ],
)
def test_a_trial_speaks_of_a_watch_only_where_there_is_one(code: str, permanent: bool, of_a_watch: str, of_what_is_typed: str) -> None:
    with translation.override("id"):
        told = [watch_words.remedy_of_trial(code, permanent=permanent, typed=typed) for typed in (False, True)]
    assert told == [of_a_watch, of_what_is_typed]


def test_each_remedy_is_of_a_problem_that_a_source_or_a_credential_tells() -> None:
    """Of the code "robots", which none has, a sentence stood here that nobody read."""
    told = {
        call.args[0].value
        for folder in ("sources", "watches")
        for file in (Path(patrol.__file__).parent / folder).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if ast.unparse(call.func).rpartition(".")[2] in {"Problem", "SourceError", "_permanent"}
    }
    assert sorted((watch_words.REMEDIES.keys() | watch_words.OF_TYPED.keys()) - told) == []


def test_a_refusal_leaves_what_comes_next_to_the_page() -> None:
    """Both stand beside each other: said by both, "tried again" stood there twice."""
    slow = refusals.transport("example.org", TimeoutError()).problem
    assert (slow.code, slow.sentence.id, slow.permanent) == ("timeout", "example.org terlalu lama menjawab.", False)

"""A door is told from a page by where one was led and by what it asks for."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.evidence.archive import login_walls

LONG = "Dibutuhkan segera untuk penempatan luar negeri, gaji besar. " * 40


@pytest.mark.parametrize(
    ("url", "words", "passwords", "door"),
    [
        ("https://sosial.example/login/?next=/p/1", "Masuk", 1, True),
        ("https://sosial.example/accounts/login/", "Log in to see photos", 0, True),
        ("https://sosial.example/i/flow/login", "Sign in to X", 0, True),
        ("https://sosial.example/p/1", "Log in or sign up to continue", 0, True),
        ("https://sosial.example/p/1", "Anda harus masuk untuk melanjutkan", 1, True),
        ("https://sosial.example/p/1", LONG + "Masuk Daftar", 1, False),  # a page with a small door beside it
        ("https://sosial.example/p/1", "Kerja masuk pagi pulang sore", 0, False),  # one word of a short post
        ("https://sosial.example/p/login-gratis", "Lowongan", 0, False),  # part of a word of the path
        ("https://sosial.example/login", "Lowongan kerja", 0, False),  # a page by that name that asks for nothing
        ("https://[broken", "", 0, False),
    ],
)
def test_doors(url: str, words: Any, passwords: int, door: bool) -> None:
    assert login_walls.asks_for_login(url, words, passwords) is door

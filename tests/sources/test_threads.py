from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import sources
from patrol.sources import threads, whatsapp

POST = ("threads", "2421224614649404224")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.threads.net/@agen_contoh/post/CGZ6vV1nBtA",
        "https://www.threads.com/@agen_contoh/post/CGZ6vV1nBtA?xmt=abc",
        "https://threads.net/@agen_contoh/post/CGZ6vV1nBtA/media",
        "threads.com/t/CGZ6vV1nBtA/",
    ],
)
def test_a_threads_post_is_known_by_the_number_in_its_code(url: str) -> None:
    assert threads.identity(url) == POST[1]
    assert sources.identity(url) == POST


@pytest.mark.parametrize(
    "url",
    [
        "https://www.threads.net/@agen_contoh",
        "https://www.threads.net/@agen_contoh/post/",
        "https://www.threads.net/@agen_contoh/post/CG!",
        "https://www.threads.net/@agen_contoh/replies/CGZ6vV1nBtA",
        "https://threads.net.kabar.example/t/CGZ6vV1nBtA",
        "ftp://threads.net/t/CGZ6vV1nBtA",
        "https://wa.me/6284011223344",
        "https://[",
    ],
)
def test_other_addresses_are_none_of_a_post(url: str) -> None:
    assert (threads.identity(url), whatsapp.identity(url), sources.identity(url)) == ("", "", None)


@given(st.text())
def test_any_text_may_be_asked(text: Any) -> None:
    assert threads.identity(text) == "" or sources.identity(text) == ("threads", threads.identity(text))

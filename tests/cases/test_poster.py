"""The poster: a code that leads to the desk, the address in words, eight strips, no forbidden word."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from patrol.cases import poster
from patrol.domain import public_words
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.cases import asked
from tests.markup import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_poster_says_the_address_in_words_and_holds_eight_strips(settings: Any, language: str) -> None:
    settings.PUBLIC_URL, settings.PUBLIC_HOTLINE = "https://cek.contoh.example", "0800-0000-000"
    asked.letters_ready(asked.OWN)
    page = BeautifulSoup(poster.html(factories.office(), language=language), "html.parser")
    strips = [read(one) for one in page.select(".strip")]
    assert len(strips) == 8
    assert all("cek.contoh.example" in strip and "0800-0000-000" in strip for strip in strips)
    assert read(page.select_one(".q b")) == "cek.contoh.example"
    assert factories.office().name in read(page.select_one(".loc"))
    assert "Jalan Contoh 1, Jakarta" in read(page.select_one(".loc"))
    body = page.select_one("body")
    assert body is not None
    assert public_words.forbidden(body.get_text(" ")) == []


def test_without_an_address_of_the_desk_there_is_no_poster(settings: Any) -> None:
    settings.PUBLIC_URL = ""
    with pytest.raises(RefusedError, match=r"^poster\.no_address"):
        poster.html(factories.office(), language="id")

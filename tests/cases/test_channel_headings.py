"""What the columns of a channel's file are called: each by one name in words, read however it is written."""

from __future__ import annotations

import pytest
from django.utils import translation

from patrol.cases import channel_headings as headings
from patrol.cases import packets
from patrol.engine.licences import headers


def test_each_column_has_names_and_no_two_share_one() -> None:
    assert set(headings.HEADINGS) == set(packets.CELLS)
    names = [headers.folded(name) for key, others in headings.HEADINGS.items() for name in {key, *others}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_shown_is_read_again(language: str) -> None:
    with translation.override(language):
        assert {headings.key_of(headings.shown(key)) for key in headings.HEADINGS} == set(headings.HEADINGS)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tautan unggahan", "post_url"),
        ("  tautan  UNGGAHAN", "post_url"),
        ("post_url", "post_url"),
        ("Post URL", "post_url"),
        ("Tautan", "Tautan"),
    ],
)
def test_words_and_keys_are_taken(name: str, key: str) -> None:
    assert headings.key_of(name.strip()) == key

"""A query that is written of several parts, as one line and back."""

from __future__ import annotations

import pytest

from patrol.sources.shared import parts

KEYS = ("item", "title")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("https://a.example/", ("https://a.example/", {})),
        ("https://a.example/ | item=.job | title=h2", ("https://a.example/", {"item": ".job", "title": "h2"})),
        ("https://a.example/ | TITLE = h2 ", ("https://a.example/", {"title": "h2"})),
        ("https://a.example/?a|b | item=ns|p[lang|=id]", ("https://a.example/?a|b", {"item": "ns|p[lang|=id]"})),
        ("https://a.example/ | judul=h2 | item=.job", ("https://a.example/ | judul=h2", {"item": ".job"})),  # near miss: no such key
        ("https://a.example/ | item=.a | item=.b", ("https://a.example/ | item=.b", {"item": ".a"})),
        ("", ("", {})),
    ],
)
def test_a_line_is_taken_apart_and_nothing_of_it_is_lost(line: str, said: tuple[str, dict[str, str]]) -> None:
    assert parts.split(line, KEYS) == said
    again = parts.joined(*said)
    assert sorted(parts.pieces(again)) == sorted(piece.strip() for piece in parts.pieces(line.replace("TITLE = ", "title=")))


def test_an_empty_part_is_left_out_and_without_the_first_thing_nothing_is_asked() -> None:
    assert parts.joined("https://a.example/", {"item": " ", "title": "h2"}) == "https://a.example/ | title=h2"
    assert parts.joined(" ", {"title": "h2"}) == ""

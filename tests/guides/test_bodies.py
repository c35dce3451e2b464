"""The text of a guide as parts of a page."""

from __future__ import annotations

from patrol.guides import bodies
from patrol.guides.bodies import Part


def test_marks_at_the_start_of_a_line_make_the_parts() -> None:
    body = "Kata pertama.\n\n## Judul\nlangsung di bawahnya\n\n"
    body += "- satu\n- dua\n  lanjutannya\n\n1. pertama\n2. kedua\n\n> “Kutipan”\n> “Kedua”\n"
    assert bodies.parts(body) == [
        Part("paragraph", ("Kata pertama.",)),
        Part("heading", ("Judul",)),
        Part("paragraph", ("langsung di bawahnya",)),
        Part("list", ("satu", "dua lanjutannya")),
        Part("numbered", ("pertama", "kedua")),
        Part("quote", ("“Kutipan”",)),
        Part("quote", ("“Kedua”",)),
    ]


def test_what_looks_like_code_is_text_and_lists_apart_stay_apart() -> None:
    assert bodies.parts("<script>alert(1)</script> [a](javascript:b)") == [
        Part("paragraph", ("<script>alert(1)</script> [a](javascript:b)",))
    ]
    assert bodies.parts("- a\n\n- b") == [Part("list", ("a",)), Part("list", ("b",))]
    assert bodies.parts("-a\n#b\n1.c") == [Part("paragraph", ("-a #b 1.c",))]
    assert bodies.parts(" \n\n") == []


def test_reading_takes_a_minute_at_least() -> None:
    assert [bodies.minutes(" ".join(["kata"] * count)) for count in (0, 1, 194, 196, 390)] == [1, 1, 1, 2, 3]

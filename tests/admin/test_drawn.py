"""What is drawn once in a process: equal ones alone, and each language its own."""

from __future__ import annotations

from django.urls import set_script_prefix
from django.utils import translation

from patrol.admin.shared import drawn, window_cards


def test_equal_ones_are_drawn_once_in_each_language_and_at_each_address() -> None:
    asked: list[tuple[str, int]] = []

    @drawn.once(8)
    def draw(what: str, count: int) -> str:
        asked.append((what, count))
        return f"{what} {count} {translation.get_language()}"

    try:
        with translation.override("id"):
            assert [draw("peta", 3), draw("peta", 3), draw("peta", 4)] == ["peta 3 id", "peta 3 id", "peta 4 id"]
            assert asked == [("peta", 3), ("peta", 4)]
            with translation.override("en"):
                assert draw("peta", 3) == "peta 3 en"
            set_script_prefix("/lain/")
            assert draw("peta", 3) == "peta 3 id"
    finally:
        set_script_prefix("/")
    assert asked == [("peta", 3), ("peta", 4), ("peta", 3), ("peta", 3)]


def test_a_card_of_the_start_page_follows_its_figures_its_list_and_its_office() -> None:
    asked = (("state", "flagged"), ("since", "2026-11-23"))
    with translation.override("id"):
        of_32 = window_cards._provinces((("32", 9), ("33", 4)), asked, ("32",))
        assert ">9<" in of_32
        assert "since=2026-11-23&amp;place=32" in of_32
        assert of_32.count('stroke-width="2.4"') == 1
        assert window_cards._provinces((("32", 9), ("33", 4)), asked, ("32",)) is of_32
        assert "since=2026-11-24&amp;place=32" in window_cards._provinces((("32", 9),), (asked[0], ("since", "2026-11-24")), ("32",))
        assert ">10<" in window_cards._provinces((("32", 10), ("33", 4)), asked, ("32",))
        assert 'stroke-width="2.4"' not in window_cards._provinces((("32", 9), ("33", 4)), asked, ())

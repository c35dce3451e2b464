"""What is drawn once in a process: equal ones alone, and each language its own."""

from __future__ import annotations

from django.urls import set_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString

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


def test_options_hold_what_is_offered_and_the_chosen_one_and_nothing_that_runs() -> None:
    offered = [(1, "Jawa Barat"), (2, SafeString("<b>Bali</b>")), (3, "<b>Bali</b>")]
    assert [line.strip() for line in drawn.options(offered, 1).splitlines() if line.strip()] == [
        '<option value="1" selected>Jawa Barat</option>',
        '<option value="2">&lt;b&gt;Bali&lt;/b&gt;</option>',
        '<option value="3">&lt;b&gt;Bali&lt;/b&gt;</option>',
    ]
    assert drawn.options(offered).count(" selected") == 0
    assert drawn.options(offered, "1").count(" selected") == 0
    assert drawn.options([(1234, "Jawa Barat")]).strip() == '<option value="1234">Jawa Barat</option>'
    assert drawn.options([]).strip() == ""


def test_reasons_stand_in_their_order_with_what_they_rest_on() -> None:
    both = drawn.reasons([("fee", "Biaya", "Rp5 juta"), ("other", "Lain", "")])
    assert [line.strip() for line in both.splitlines() if "<kbd>" in line or "<small" in line or "data-asks" in line] == [
        "<kbd>1</kbd>",
        '<small class="l2">Rp5 juta</small>',
        'value="other" data-asks>',
        "<kbd>2</kbd>",
    ]

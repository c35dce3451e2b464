from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Claim
from patrol.engine.licences import listing
from patrol.engine.licences.listing import At


def at(line: int, offset: int) -> At:
    return At("", line, offset)


def test_a_claim_stands_in_the_line_of_its_first_letter() -> None:
    lines = listing.Lines({"text": "satu\ndua\ntiga", "image:0": "a\nb"})
    found = [
        lines.at(Claim("company", "", (start, start + 1), source)).line
        for start, source in ((0, "text"), (4, "text"), (5, "text"), (9, "text"), (2, "image:0"), (3, "qr:0"))
    ]
    assert found == [0, 0, 1, 2, 1, 0]


def test_what_stands_in_an_agencys_line_or_behind_it_is_its_own() -> None:
    mentions = [(at(0, 0), 0), (at(2, 40), 1)]
    items = [(at(0, 20), "line"), (at(1, 30), "behind"), (at(3, 60), "last")]
    assert listing.share(items, mentions, 2) == ([["line", "behind"], ["last"]], [])


def test_what_stands_above_all_agencies_is_shared() -> None:
    assert listing.share([(at(0, 0), "Taiwan")], [(at(1, 10), 0), (at(2, 20), 1)], 2) == ([[], []], ["Taiwan"])


def test_agencies_that_stand_last_own_what_stands_before_them() -> None:
    mentions = [(at(1, 10), 0), (at(3, 30), 1)]
    items = [(at(0, 0), "Taiwan"), (at(2, 20), "Malaysia")]
    assert listing.share(items, mentions, 2) == ([["Taiwan"], ["Malaysia"]], [])


def test_positions_are_tied_by_line_or_by_the_line_above() -> None:
    lands = [(at(0, 0), "TW"), (at(2, 20), "MY")]
    assert listing.tied(lands, [(at(0, 5), "welder"), (at(2, 25), "driver")]) == (("TW", "welder"), ("MY", "driver"))
    assert listing.tied(lands, [(at(1, 10), "welder"), (at(3, 30), "driver")]) == (("TW", "welder"), ("MY", "driver"))


def test_what_the_text_leaves_open_is_not_tied() -> None:
    lands = [(at(0, 0), "TW"), (at(2, 20), "MY")]
    assert listing.tied(lands, [(at(1, 10), "welder")]) == ()  # Malaysia has none
    assert listing.tied(lands, [(at(0, 5), "welder"), (at(3, 30), "driver")]) == ()  # one in its line, one below
    assert listing.tied([(at(0, 0), "TW"), (at(0, 9), "MY")], [(at(0, 5), "welder")]) == ()
    both = [(at(0, 20), "welder"), (at(0, 30), "driver")]
    assert listing.tied([(at(0, 0), "TW"), (at(0, 9), "MY")], both) == ()  # "Taiwan, Malaysia: las, sopir"
    assert listing.tied(lands, []) == ()


def test_by_turns_in_one_line_positions_are_tied() -> None:
    lands = [(at(0, 0), "TW"), (at(0, 20), "MY")]
    behind = [(at(0, 10), "welder"), (at(0, 30), "driver"), (at(0, 40), "cook")]
    assert listing.tied(lands, behind) == (("TW", "welder"), ("MY", "driver"), ("MY", "cook"))
    before = [(at(0, 10), "TW"), (at(0, 30), "MY")]
    assert set(listing.tied(before, [(at(0, 0), "welder"), (at(0, 20), "driver")])) == {("TW", "welder"), ("MY", "driver")}


def test_a_sentence_or_an_item_ends_like_a_line_and_an_abbreviation_does_not() -> None:
    text = "PT. Laksita Taiwan. PT. Wreda Korea; 1) Jepang 2) Oman"
    lines = listing.Lines({"text": text})
    found = [
        lines.at(Claim("x", "", (text.index(word), text.index(word) + 1))).line
        for word in ("PT. L", "Laksita", "Taiwan", "PT. W", "Wreda", "Korea", "Jepang", "Oman")
    ]
    assert found == [0, 0, 0, 1, 1, 1, 3, 4]


def test_agencies_named_in_one_breath_own_things_together() -> None:
    mentions = [(At("", 0, 0, 4), 0), (At("", 0, 9, 13), 1), (At("", 1, 40, 44), 2)]
    items = [(at(0, 20), "Taiwan"), (at(1, 50), "Malaysia")]
    assert listing.share(items, mentions, 3) == ([["Taiwan"], ["Taiwan"], ["Malaysia"]], [])


places = st.builds(At, st.just(""), st.integers(0, 4), st.integers(0, 60))


@given(st.lists(st.tuples(places, st.text(max_size=3)), max_size=6), st.lists(st.tuples(places, st.integers(0, 2)), max_size=6))
def test_every_item_goes_to_one_place(items: list[tuple[At, str]], mentions: list[tuple[At, int]]) -> None:
    own, shared = listing.share(items, mentions, 3)
    assert sorted([*shared, *(item for each in own for item in each)]) == sorted(item for _, item in items)

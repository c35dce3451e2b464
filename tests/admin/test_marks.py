"""The pieces a post's text is printed in."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from patrol.admin.shared import marks
from patrol.admin.shared.marks import Piece
from patrol.engine import masks


def claim(kind: str, start: int, end: int, **given: Any) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "source": "text", "role": "", **given}


TEXT = "Kerja ke Taiwan, WA 084055501234"
PHONE = claim("phone", 20, 32)


def test_a_tint_by_kind_and_the_number_of_the_reason_where_its_span_ends() -> None:
    found = marks.pieces(TEXT, [claim("country", 9, 15), PHONE], [(1, [[9, 15]])], shown=True)
    assert found == [Piece("Kerja ke "), Piece("Taiwan", "cn", (1,), of=(1,), first=(1,)), Piece(", WA "), Piece("084055501234", "ck")]


def test_contacts_are_cut_unless_shown() -> None:
    found = marks.pieces(TEXT, [PHONE], [], shown=False)
    assert found == [Piece("Kerja ke Taiwan, WA "), Piece("0840-••••34", "ck", cut=True)]


def test_a_cut_contact_is_never_split_by_what_overlaps_it() -> None:
    found = marks.pieces(TEXT, [PHONE, claim("phrase", 17, 25)], [(2, [[17, 25]])], shown=False)
    assert found == [
        Piece("Kerja ke Taiwan, "),
        Piece("WA ", "cv", of=(2,), first=(2,)),
        Piece("0840-••••34", "ck", (2,), cut=True, of=(2,)),
    ]


def test_a_reason_without_a_claim_is_tinted_as_a_condition() -> None:
    assert marks.pieces("visa turis dulu", [], [(1, [[0, 10]])], shown=True) == [
        Piece("visa turis", "cv", (1,), of=(1,), first=(1,)),
        Piece(" dulu"),
    ]


def test_overlapping_claims_are_split_and_the_weightier_tint_wins() -> None:
    found = marks.pieces("PT Taiwan Jaya", [claim("company", 0, 14), claim("country", 3, 9)], [], shown=True)
    assert [(piece.text, piece.tint) for piece in found] == [("PT ", "cp"), ("Taiwan", "cp"), (" Jaya", "cp")]


def test_denied_claims_other_sources_and_broken_spans_mark_nothing() -> None:
    claims = [
        claim("country", 9, 15, role="denied"),
        claim("country", 9, 15, source="image:0"),
        claim("country", 9, 900),
        claim("phrase", 0, 5),
    ]
    assert marks.pieces(TEXT, claims, [(1, [[5, 900]])], shown=True) == [Piece(TEXT)]


def test_nothing_of_an_empty_text() -> None:
    assert marks.pieces("", [], [], shown=False) == []


spans = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(text=st.text(max_size=40), claimed=st.lists(spans, max_size=5), used=st.lists(spans, max_size=5))
def test_shown_pieces_are_the_text(text: str, claimed: list[tuple[int, int]], used: list[tuple[int, int]]) -> None:
    claims = [claim("phone", s, e) for s, e in claimed]
    found = marks.pieces(text, claims, [(n, [span]) for n, span in enumerate(used, 1)], shown=True)
    assert "".join(piece.text for piece in found) == text


@given(text=st.text(max_size=40), claimed=st.lists(spans, max_size=5), used=st.lists(spans, max_size=5))
def test_cut_pieces_are_the_cut_text(text: str, claimed: list[tuple[int, int]], used: list[tuple[int, int]]) -> None:
    """Marks never bring back what the mask took out, wherever spans begin and end."""
    claims = [claim("phone", s, e) for s, e in claimed]
    found = marks.pieces(text, claims, [(n, [span]) for n, span in enumerate(used, 1)], shown=False)
    assert "".join(piece.text for piece in found) == masks.text(text, masks.contacts_of(claims))


def test_pieces_are_printed_as_they_are_and_escaped() -> None:
    of = [
        marks.Piece("a < b "),
        marks.Piece("Kamboja", "cn"),
        marks.Piece("&", numbers=(3,)),
        marks.Piece("gaji", "cu", (1, 2), of=(1, 2), first=(2,)),
    ]
    mark = '<mark class="cu" data-of="1 2">{}gaji<sup>1,2</sup></mark>'
    start = 'a &lt; b <mark class="cn">Kamboja</mark>&amp;<sup>3</sup>'
    assert marks.drawn(of) == start + mark.format("")
    assert marks.drawn(of, anchors=True) == start + mark.format('<a class="at" id="teks-2"></a>')
    assert marks.drawn([]) == ""

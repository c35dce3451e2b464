"""Which short links a post gives, and what its reading was made with."""

from __future__ import annotations

import pytest

from patrol import domain
from patrol.engine import reading
from patrol.pipeline import ends

WHOLE = "https://bit.ly/3xYzAbC"


def standing(text: str, **given: object) -> tuple[str, ...]:
    content = domain.Content(text=text, **given)  # type: ignore[arg-type]
    return ends.standing_in(reading.read(content), content)


@pytest.mark.parametrize("behind", ["…", "...", "... (more)", "….", " […]", " [...]", "\n[ ...]", "-…"])
def test_an_address_that_was_cut_off_is_nobody_s_link(behind: str) -> None:
    assert standing(f"daftar https://bit.ly/3xYz{behind}") == ()


@pytest.mark.parametrize("behind", ["", ".", "..", "?", " …", " ... buruan", ")", " [klik]", "/"])
def test_an_address_before_the_end_of_a_sentence_is_one(behind: str) -> None:
    assert standing(f"daftar {WHOLE}{behind}") == (WHOLE,)


def test_the_true_address_beside_a_shortened_text_is_the_link() -> None:
    """As Bluesky shows it: the text shortened, the whole in the facet."""
    assert standing("daftar bit.ly/3xYz...", platform="bluesky", links=(WHOLE,)) == (WHOLE,)


def test_an_address_cut_off_beside_or_on_a_picture_is_none() -> None:
    assert standing("Info", captions=("daftar https://bit.ly/3xYz…",)) == ()
    assert standing("Info", captions=("", f"daftar {WHOLE}")) == (WHOLE,)
    content = domain.Content(text="Info")
    for shown, found in ((f"{WHOLE}...", ()), (WHOLE, (WHOLE,))):
        claim = domain.Claim(domain.ClaimKind.LINK, WHOLE, (0, len(WHOLE)), "image:0")
        read = domain.Reading("other", (claim,), (), (), picture_texts=(shown,))
        assert ends.standing_in(read, content) == found


def test_an_address_the_reader_cuts_off_is_none() -> None:
    before = "x " * ((reading.LONGEST_TEXT - len(WHOLE)) // 2)
    room = reading.LONGEST_TEXT - len(before)
    assert standing(f"{before}{WHOLE}"[: reading.LONGEST_TEXT]) == (WHOLE[:room],)  # the text ends there: nobody knows better
    assert standing(f"{before}{WHOLE}{'z' * 9}") == ()
    said = "x " * ((reading.LONGEST_CAPTION - 20) // 2)
    assert standing("Info", captions=(f"{said}{WHOLE}",)) == ()


def test_the_key_of_a_reading_is_made_of_ids_in_their_order_and_not_of_where_links_lead() -> None:
    assert ends.key([]) == ""
    assert len({ends.key([1]), ends.key([1, 2]), ends.key([2, 1]), ends.key([12])}) == 4

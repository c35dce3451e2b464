"""The result for any text: its words are filled, its pieces are the text, and nothing in it clears or condemns."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import translation

from bench import invented
from patrol import domain
from patrol.domain import public_words
from patrol.engine import assess
from patrol.pipeline import claiming
from patrol.public.check import alone, answer
from patrol.public.check.answer import Piece
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_text_breaks_it(register: None, language: str) -> None:
    book = claiming.current_book()
    assert book is not None
    texts = list(itertools.islice(invented.posts(20261129), 150))
    named = itertools.cycle(itertools.product([one.name for one in book.register.agencies], [one.number for one in book.register.licences]))
    texts += [f"{text} {name}, SIP {number}" for text, (name, number) in zip(texts, named, strict=False)]
    texts += ["", "!", "@", "PT", "0", "https://", "SIP", "\ufffd" * 30, "A" * 300]
    days = [None if number % 3 else NOW - timedelta(days=number) for number in range(len(texts))]
    found = assess.assess([domain.Content(text=text) for text in texts], days, book, now=NOW)
    seen = set()
    with translation.override(language):
        for text, assessment in zip(texts, found, strict=True):
            claims = alone.named(assessment, text)
            if claims:
                result = alone.of(assessment, domain.Content(text=text), claims, book, reported=None, now=NOW)
            else:
                result = answer.of(assessment, text, book, reported=frozenset(), now=NOW)
            said = f"{result.tag} {result.title} {result.register} {result.now} {result.checked} {result.newer}"
            assert ("{" in said, public_words.forbidden(said)) == (False, [])
            assert "".join(piece.text for piece in result.pieces) in ("", text)
            assert (result.signs != ()) is (result.pieces != ())
            seen.add(assessment.check.verdict)
    assert len(seen) > 8


def test_places_that_overlap_are_one_mark_with_the_numbers_of_all() -> None:
    made = answer.pieces("gaji besar sekali", [((0, 10),), ((5, 17),), ()])
    assert made == (Piece("gaji besar sekali", marked=True, numbers="1, 2"),)
    assert answer.pieces("a b c", [((2, 3),)]) == (Piece("a "), Piece("b", marked=True, numbers="1"), Piece(" c"))
    assert answer.pieces("", []) == ()

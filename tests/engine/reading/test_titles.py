from patrol.domain import Sentence
from patrol.engine.reading import countries, positions, titles


def test_every_code_of_the_lexicons_has_both_names() -> None:
    assert set(titles.COUNTRIES) == countries.CODES
    assert set(titles.POSITIONS) == positions.CODES


def test_a_code_outside_the_list_is_shown_as_it_is() -> None:
    assert titles.country("XX") == Sentence("XX", "XX")
    assert titles.position("rope_maker") == Sentence("rope maker", "rope maker")
    assert titles.country("SA") == Sentence("Arab Saudi", "Saudi Arabia")

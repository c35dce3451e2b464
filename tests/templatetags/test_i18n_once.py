"""Fixed words of a template are looked up once in each language; all else as Django's tags do."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

LOAD = "{% load i18n %}"


def drawn(page: Template, language: str, **given: object) -> str:
    with translation.override(language):
        return page.render(Context(given))


def test_each_language_has_its_own_words_however_often_they_are_asked() -> None:
    page = Template(LOAD + '{% translate "Put off" %}/{% trans "Filter the queue" %}')
    assert [drawn(page, language) for language in ("id", "en", "id", "en")] == [
        "Tunda/Saring antrean",
        "Put off/Filter the queue",
        "Tunda/Saring antrean",
        "Put off/Filter the queue",
    ]


def test_they_are_kept_under_a_name_for_each_page_anew() -> None:
    page = Template(LOAD + '{% translate "Put off" as words %}[{{ words }}]')
    assert [drawn(page, "id"), drawn(page, "id"), drawn(page, "en")] == ["[Tunda]", "[Tunda]", "[Put off]"]


def test_words_of_the_page_are_looked_up_each_time_and_escaped() -> None:
    page = Template(LOAD + "{% translate words %}")
    assert [drawn(page, "id", words=words) for words in ("Put off", "Filter the queue", "<b>")] == ["Tunda", "Saring antrean", "&lt;b&gt;"]


@pytest.mark.parametrize("words", ['"Put off"|upper', '"Put off" context where'])
def test_a_filter_and_a_context_of_the_page_leave_the_tag_as_it_is(words: str) -> None:
    page = Template(LOAD + "{% translate " + words + " %}")
    assert drawn(page, "en", where="flag").lower() == "put off"


def test_the_other_tags_and_filters_are_djangos() -> None:
    page = Template(LOAD + '{% blocktranslate with a=1 %}{{ a }} x{% endblocktranslate %} {{ "id"|language_name }}')
    assert drawn(page, "en") == "1 x Indonesian"

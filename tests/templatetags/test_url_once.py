"""Addresses of the workbench are looked for once and not for each number; all else as Django's tag does."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.defaulttags import URLNode
from django.urls import NoReverseMatch, reverse

from patrol.templatetags.url_once import _Here


def drawn(page: str, **given: object) -> str:
    return Template(page).render(Context(given))


@pytest.mark.parametrize("number", [7, 8, 2**40])
def test_an_address_has_its_own_number(number: int) -> None:
    page = "{% url 'admin:patrol_flag_take' flag %} {% url 'admin:patrol_flag_next' %}"
    assert drawn(page, flag=number) == f"/kerja/patrol/flag/{number}/ambil/ {reverse('admin:patrol_flag_next')}"


def test_it_stands_under_a_name() -> None:
    assert drawn("{% url 'admin:patrol_flag_take' 7 as take %}[{{ take }}]") == "[/kerja/patrol/flag/7/ambil/]"


def test_a_word_in_an_address_is_djangos() -> None:
    page = "{% url 'admin:patrol_card_poster' office %}"
    assert drawn(page, office="bp3mi-x") == reverse("admin:patrol_card_poster", args=["bp3mi-x"])


def test_what_is_no_address_is_an_error_or_nothing_under_a_name() -> None:
    assert drawn("{% url 'admin:no_such_page' as place %}[{{ place }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'admin:no_such_page' %}")
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'admin:patrol_flag_take' %}")


@pytest.mark.parametrize("tag", ["url name 7", "url 'admin:patrol_flag_take' flag_id=7", "url 'admin:'|add:'index'"])
def test_names_of_the_page_and_named_parts_leave_the_tag_as_it_is(tag: str) -> None:
    (node,) = Template("{% " + tag + " %}").nodelist
    assert (isinstance(node, URLNode), isinstance(node, _Here)) == (True, False)

"""The field of each form is Django's, of the page's own token."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.defaulttags import CsrfTokenNode

PAGE = Template("{% csrf_token %}|{% csrf_token %}")


@pytest.mark.parametrize("token", ["a1", "b2", 'a"<', "", None])
def test_each_page_has_the_field_of_its_own_token(token: str | None) -> None:
    context = Context({"csrf_token": token})
    field = CsrfTokenNode().render(context)
    assert PAGE.render(context) == f"{field}|{field}"


def test_a_page_without_a_token_has_no_field() -> None:
    assert PAGE.render(Context({})) == "|"

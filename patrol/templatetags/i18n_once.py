"""Django's i18n tags, loaded as `i18n` (settings.TEMPLATES): what `translate` says of fixed words is looked up once in each language.

A page of the desk holds some 160 of them; looking them all up anew took a tenth of its time. Words do not change while a process lives.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags import i18n
from django.utils import translation

register = template.Library()
register.filters.update(i18n.register.filters)
register.tags.update(i18n.register.tags)


class _FixedWords(template.Node):
    """A translate tag of a literal, whose context is a literal too or none."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._name, node.asvar = node.asvar, None
        self._node = node
        self._said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Any) -> str:
        asked = translation.get_language(), context.autoescape
        said = self._said.get(asked)
        if said is None:
            said = self._said[asked] = self._node.render(context)
        if not self._name:
            return said
        context[self._name] = said
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser: Any, token: Any) -> template.Node:
    """As Django's, whose node stays where the words or their context come from the page."""
    node = i18n.do_translate(parser, token)
    words = [node.filter_expression, *([node.message_context] if node.message_context else [])]
    fixed = all(not one.filters and (not one.is_var or one.var.literal is not None) for one in words)
    return _FixedWords(node) if fixed else node

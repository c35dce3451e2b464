"""Django's url tag, known to every template (settings.TEMPLATES): an address of the workbench is looked for once and not for each number.

A page of the desk writes some thirty of them, most with the number of its flag.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.defaulttags import URLNode, url
from django.urls import NoReverseMatch

from patrol.admin.shared import base

register = template.Library()
_OURS = "admin:"


class _Here(URLNode):
    """Of a literal name, with numbers or nothing behind it."""

    def render(self, context: Any) -> str:
        parts = [part.resolve(context) for part in self.args]
        if not all(type(part) is int for part in parts):
            return super().render(context)
        try:
            address = base.here(self.view_name.var.removeprefix(_OURS), *parts)
        except NoReverseMatch:
            return super().render(context)  # which says so, or nothing where it is asked `as` a name
        if self.asvar:
            context[self.asvar] = address
            return ""
        return address


@register.tag("url")
def url_once(parser: Any, token: Any) -> template.Node:
    """As Django's, whose node stays for addresses that are not the workbench's, and names that come from the page."""
    node = url(parser, token)
    name = node.view_name
    ours = not name.is_var and not name.filters and name.var.startswith(_OURS)
    return _Here(name, node.args, node.kwargs, node.asvar) if ours and not node.kwargs else node

"""Django's csrf_token tag, known to every template (settings.TEMPLATES): the field is written once and not in each form.

A page of the desk holds some thirty forms. The last few fields are kept, each by its token, which the page says anyway.
"""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode

register = template.Library()


class _Token(CsrfTokenNode):
    def render(self, context: Any) -> str:
        token = context.get("csrf_token")
        return _field(str(token)) if token else super().render(context)


@functools.lru_cache(maxsize=16)
def _field(token: str) -> str:
    return CsrfTokenNode().render(template.Context({"csrf_token": token}))


@register.tag("csrf_token")
def token_once(parser: Any, token: Any) -> template.Node:
    del parser, token
    return _Token()

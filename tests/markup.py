"""Pages as markup, without the white space that the form of a template puts between tags, and what an answer says."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from django.contrib.messages import get_messages


def tight(page: str) -> str:
    """No space beside a tag, elsewhere single ones."""
    return re.sub(r" ?(<[^<>]*>) ?", r"\1", re.sub(r"\s+", " ", page))


def only(found: Tag, selector: str) -> Tag:
    """The element of this selector, the first of several; one must be there."""
    tag = found.select_one(selector)
    assert tag is not None, selector
    return tag


def value_of(tag: Tag, name: str) -> str:
    """What an attribute says that has one value; `class` has several."""
    value = tag[name]
    assert isinstance(value, str), value
    return value


def read(tag: Tag | None) -> str:
    """Its words as they are read: in single spaces."""
    assert tag is not None
    return " ".join(tag.text.split())


def said_by(answer: Any) -> list[tuple[str, str]]:
    """Each sentence that an answer to a form leaves for the next page, with the field it stands beside, "" for above the page."""
    return [(str(one), one.extra_tags.partition(" ")[2]) for one in get_messages(answer.wsgi_request)]

"""Pages as markup, without the white space that the form of a template puts between tags."""

from __future__ import annotations

import re

from bs4 import Tag


def tight(page: str) -> str:
    """No space beside a tag, elsewhere single ones."""
    return re.sub(r" ?(<[^<>]*>) ?", r"\1", re.sub(r"\s+", " ", page))


def read(tag: Tag | None) -> str:
    """Its words as they are read: in single spaces."""
    assert tag is not None
    return " ".join(tag.text.split())

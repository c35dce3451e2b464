"""What may be read in a masked package: no contact that a post of the case gives, in whatever form the readers found it.

The mask of the screen (ADR 39) cuts by spans and shapes; here what is known of the case is cut besides, by its value, so that a name of an
account that stands in a sentence as a plain word goes too. What cannot be cut, since a hash stands over it, is left out whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from patrol import models
from patrol.engine import masks
from patrol.engine.masks import CONTACTS

_SHORTEST: Final = 5  # characters: a shorter word is cut by its span alone, else it would be cut out of other words


@dataclass(frozen=True, slots=True)
class Words:
    """A text with what a reader found in it: stored claims, and which of its texts it is (text, image:0, qr:0)."""

    text: str
    claims: tuple[Mapping[str, Any], ...] = ()
    source: str = "text"


@dataclass(frozen=True)
class Cut:
    """`known`: each contact of the case, in each form it was written."""

    known: frozenset[str]
    masked: bool = True  # False: nothing is cut, for the package with originals

    @cached_property
    def _found(self) -> re.Pattern[str] | None:
        words = sorted(self.known, key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None

    def said(self, written: str) -> str:
        """A line of ours or of somebody who typed it."""
        if not self.masked:
            return written
        return self.known_out(masks.text(written))

    def text(self, words: Words) -> str:
        """What a post says."""
        if not self.masked:
            return words.text
        claims = [dict(one) for one in words.claims]
        return self.known_out(masks.text(words.text, masks.contacts_of(claims, words.source), masks.known_of(claims, words.source)))

    def link(self, url: str) -> str:
        return masks.link(url) if self.masked else url

    def known_out(self, written: str) -> str:
        return self._found.sub(masks.MIDDLE, written) if self._found else written

    def names_none(self, value: Any) -> bool:
        """Whether none of the contacts stands in any string of this. Asked of what was masked as it was written, as rows of the log."""
        return not self.masked or self._found is None or not self._found.search(json.dumps(value, ensure_ascii=False, default=str))

    def shows_none(self, value: Any) -> bool:
        """The same of what was never masked: nothing in it has the shape of a contact either."""
        return not self.masked or (masks.nested(value) == value and self.names_none(value))


def of(post_ids: Iterable[int], *, masked: bool) -> Cut:
    """Of these posts. Three queries."""
    posts = list(post_ids)
    found: set[str] = set()
    seen = models.Indicator.objects.filter(sightings__post__in=posts, kind__in=[str(one) for one in CONTACTS]).distinct()
    ids = []
    for key, value, own in seen.values_list("id", "value", "own_id"):
        ids.append(key)
        found.update(_forms(value), _forms(own))
    for name in models.AccountName.objects.filter(indicator__in=ids).values_list("name", flat=True):
        found.update(_forms(name))
    contents = models.PostText.objects.filter(version__post__in=posts)
    for text, author, name, forward, links in contents.values_list("text", "author", "author_name", "forward_name", "links"):
        found.update(_forms(author), {forward}, {name}, map(str, links))
        found.update(hit.group() for hit in re.finditer(r"@\w{4,}", text))
    for claims in models.ReadingClaims.objects.filter(reading__version__post__in=posts).values_list("claims", flat=True):
        for claim in claims:
            if claim["kind"] in CONTACTS:
                found.update(_forms(str(claim["value"])))
    found.update(url for url in models.Post.objects.filter(pk__in=posts).values_list("url", flat=True))
    return Cut(frozenset(one for one in (each.strip() for each in found) if len(one) >= _SHORTEST), masked)


def _forms(value: str) -> set[str]:
    """telegram:laksita_kerja is laksita_kerja too, https://wa.me/62… is wa.me/62…, +62812… is 0812…, BCA 883… is its number."""
    found = {value, value.partition(":")[2] if "//" not in value else value.partition("//")[2]}
    if value.startswith("+"):
        found |= {value[1:], f"0{value[3:]}", value[3:]} if value.startswith("+62") else {value[1:]}
    number = value.rpartition(" ")[2]
    if number.isdigit():
        found.add(number)
    return found - {""}

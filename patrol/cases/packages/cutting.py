"""What may be read in a masked package: no contact that a post of the case gives, in whatever form the readers found it.

The mask of the screen (ADR 39) cuts by spans and shapes; here what is known of the case is cut besides, by its value, so that a name of an
account that stands in a sentence as a plain word goes too. What cannot be cut, since a hash stands over it, is left out whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from patrol import domain, models
from patrol.engine import everybodys, masks, reading
from patrol.engine.masks import CONTACTS

_DIGITS: Final = re.compile(r"\d(?:[ .,/-]?\d){4,}")  # of a typed text: too short for a phone number, and an account at some bank
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
        return self.known_out(masks.link(url)) if self.masked else url

    def typed(self, written: str) -> str:
        """A whole text that somebody wrote or attached, which no reader has seen yet: read now, and digits in a row are cut besides. Names
        of people are not found."""
        if not self.masked:
            return written
        claims = reading.read(domain.Content(text=written)).claims
        contacts = [(*one.span, str(one.kind)) for one in claims if one.source == "text" and one.kind in CONTACTS]
        return _DIGITS.sub(masks.MIDDLE, self.known_out(masks.text(written, contacts)))

    def known_out(self, written: str) -> str:
        return self._found.sub(masks.MIDDLE, written) if self._found else written

    def names_none(self, value: Any) -> bool:
        """Whether none of the contacts stands in any string of this. Asked of what was masked as it was written, as rows of the log."""
        found = self._found if self.masked else None
        return found is None or not any(found.search(one) for one in _strings(value))

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
    for url in models.Post.objects.filter(pk__in=posts).values_list("url", flat=True):
        found.update({url}, _host(url, of_its_own=False))
    return Cut(frozenset(one for one in (each.strip() for each in found) if len(one) >= _SHORTEST), masked)


def _forms(value: str) -> set[str]:
    """telegram:laksita_kerja is laksita_kerja too, https://wa.me/62… is wa.me/62…, +62812… is 0812…, BCA 883… is its number."""
    found = {value, value.partition(":")[2] if "//" not in value else value.partition("//")[2]}
    if value.startswith("+"):
        found |= {value[1:], f"0{value[3:]}", value[3:]} if value.startswith("+62") else {value[1:]}
    if "//" in value:
        found |= _host(value)
    number = value.rpartition(" ")[2]
    if number.isdigit():
        found.add(number)
    return found - {""}


def _host(url: str, *, of_its_own: bool = True) -> set[str]:
    """The host of a link where it is somebody's: a part of a platform's whose first name is theirs (sari-agency.carrd.co), or one of their
    own."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return set()
    first, _dot, above = host.partition(".")
    if host in everybodys.HOSTS or (above in everybodys.HOSTS and len(first) < _SHORTEST):  # www, m, web
        return set()
    return {host} if of_its_own or everybodys.is_host(host) else set()


def _strings(value: Any) -> Iterator[str]:
    """Each text in a value as JSON holds it, names of its fields too."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _strings(one)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

"""Whether what lies beside a post's words (links, pictures) is what lay there before: an edit is what its author changed.

Platforms write the same picture and the same link differently each time: signed anew, from another server, in another size, with
another mark of who asked. Compared is what lasts; kept is what came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from patrol import domain
from patrol.infra.copying import keepable
from patrol.sources.shared import canonical, file_names

type Beside = tuple[list[str], list[dict[str, str]]]  # links, media: as PostText keeps them


def shown(post: domain.RawPost) -> Beside:
    """Links and media of a post as they are kept."""
    return [keepable(link) for link in post.links], [
        {"kind": one.kind, "url": keepable(one.url)}
        | ({"words": keepable(one.words)} if one.words else {})
        | ({"file": keepable(one.file)} if one.file else {})
        for one in post.media
    ]


def lasting(links: Sequence[str], media: Sequence[dict[str, Any]]) -> Beside:
    """What of them stays while nobody edits; equal to what was given where all of it does."""
    return [_link(link) for link in links], [_medium(one, one.get("file", "")) for one in media]


def _link(link: str) -> str:
    return canonical.canonical(link) or link if "?" in link else link


def _medium(one: dict[str, Any], file: str) -> dict[str, str]:
    named = file_names.named(file or one.get("url", ""))
    return {key: one[key] for key in ("kind", "words") if key in one} | {"url": named}


def alike(ours: Beside, theirs: Beside) -> bool:
    """Whether both are the same by what lasts. A row kept before its platform's files had names is compared without them, and where
    its address says another name, that is no edit: the address may only have been signed anew, and a picture's change is seen from
    the next version on."""
    if [_link(link) for link in ours[0]] != [_link(link) for link in theirs[0]] or len(ours[1]) != len(theirs[1]):
        return False
    return all(_same(one, other) for one, other in zip(ours[1], theirs[1], strict=True))


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if ("file" in one) == ("file" in other):
        return _medium(one, one.get("file", "")) == _medium(other, other.get("file", ""))
    return all(one.get(key) == other.get(key) for key in ("kind", "words"))


def holds(all_of: Beside, part: Beside) -> bool:
    """Whether the one shows everything the other shows. A picture of which only is known that there was one is held by any."""
    links = {_link(link) for link in all_of[0]}
    left = [_medium(one, one.get("file", "")) for one in all_of[1]]
    if not links.issuperset(_link(link) for link in part[0]) or len(part[1]) > len(left):
        return False
    for one in part[1]:
        medium = _medium(one, one.get("file", ""))
        if medium["url"] or medium.get("words"):
            if medium not in left:
                return False
            left.remove(medium)
    return True

"""What `storing` writes of a post: a RawPost as the columns of its tables. Pure.

The same words have the same keys, so that a post that comes again is known for what it was.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from patrol import domain
from patrol.infra.copying import keepable
from patrol.pipeline import edits

# In the order of the tables they end in: post, version, words. The last three serve the staging table and the pictures.
OF_POST = (
    "platform",
    "external_id",
    "author_id",
    "url",
    "origin",
    "reply_to",
    "thread",
    "forward_of",
    "posted_at",
    "posted_at_source",
    "text_key",
)
OF_VERSION = ("locator", "edited", "content_key", "commitment")
OF_TEXT = ("text", "author", "author_name", "forward_name", "links", "media", "unknown", "salt")
COLUMNS = (*OF_POST, *OF_VERSION, *OF_TEXT, "other_keys", "collected", "place")
KEY, OTHER_KEYS = COLUMNS.index("content_key"), COLUMNS.index("other_keys")


# Digits become 0; what is neither letter nor digit parts words, ASCII here and the rest by what Unicode says of it.
_MASKED = bytes(48 if 48 <= one < 58 else one if one >= 128 or chr(one).isalnum() else 32 for one in range(256))
_QUOTED = json.encoder.encode_basestring  # as json.dumps without ensure_ascii does


def text_key(text: str, identity: str) -> str:
    """Same text with digits masked, same key. A text too short to mean anything ("up", "minat") is like itself only."""
    folded = text.casefold()
    if not folded.isascii():
        for letter in set(folded):
            if letter > "\x7f" and (not letter.isalnum() or letter.isdecimal()):
                folded = folded.replace(letter, "0" if letter.isdecimal() else " ")
    words = b" ".join(folded.encode().translate(_MASKED).split())
    long = len(words) >= 40 and (words.isascii() or len(words.decode()) >= 40)
    seed = words if long else b"%b\0%b" % (identity.encode(), words)
    return hashlib.blake2b(seed, digest_size=16).hexdigest()


def row(post: domain.RawPost, place: int, salt: str) -> tuple[Any, ...]:
    """COLUMNS of `post` as `identities.known` gives it: under the external_id of its row, with the names it went by before.

    Its texts are taken to be keepable. Raises ValueError where one that is hashed is not.
    """
    platform, external_id, text = post.platform, post.external_id, post.text
    identity = f"{platform}\0{external_id}"
    shown = edits.shown(post)
    lasting = edits.lasting(*shown) if shown != ([], []) else shown
    links, media = _list(shown[0]), _list(shown[1])
    content = written(text, links, media)
    forms = [content] if lasting == shown else [written(text, _list(lasting[0]), _list(lasting[1])), content]
    first, *others = [_content_key(f"{platform}\0{name}", form) for name in (external_id, *post.also) for form in forms]
    return (
        platform,
        external_id,
        post.author_id[:200],
        post.url,
        post.origin[:200],
        post.reply_to[:500],
        post.thread[:500],
        post.forward_of[:500],
        post.posted_at and post.posted_at.isoformat(),
        post.posted_at_source[:60],
        text_key(text, identity),
        post.locator[:200],
        "t" if post.edited else "f",
        first,
        hashlib.sha256(salt.encode() + content).hexdigest(),
        text,
        post.author[:200],
        post.author_name[:300],
        post.forward_name[:300],
        links,
        media,
        _json({keepable(str(k)): keepable(str(v)) for k, v in post.unknown.items()}) if post.unknown else "{}",
        salt,
        tuple(others),
        post.collected_at and post.collected_at.isoformat(),
        place,
    )


_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes one a call


def _list(values: list[Any]) -> str:
    return _json(values) if values else "[]"


def written(text: str, links: str, media: str) -> bytes:
    """As JSON of the three writes it, without writing the lists once more."""
    return f"[{_QUOTED(text)}, {links}, {media}]".encode()


def _content_key(identity: str, content: bytes) -> str:
    return hashlib.sha256(b"%b\0%b" % (identity.encode(), content)).hexdigest()


def rows(posts: Sequence[domain.RawPost]) -> list[tuple[Any, ...]]:
    salts = secrets.token_hex(16 * len(posts))
    return [row(post, place, salts[32 * place : 32 * place + 32]) for place, post in enumerate(posts)]


def keepable_post(post: domain.RawPost) -> domain.RawPost:
    return replace(
        post,
        author_id=keepable(post.author_id),
        url=keepable(post.url),
        origin=keepable(post.origin),
        reply_to=keepable(post.reply_to),
        thread=keepable(post.thread),
        forward_of=keepable(post.forward_of),
        posted_at_source=keepable(post.posted_at_source),
        text=keepable(post.text),
        author=keepable(post.author),
        author_name=keepable(post.author_name),
        forward_name=keepable(post.forward_name),
        locator=keepable(post.locator),
    )

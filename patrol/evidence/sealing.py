"""Records and texts in the log: each seal lists some, and the log's row for it holds a digest over their commitments.

A trigger notes every record and version that is added, a sweep seals what was noted. Removing one, exchanging one with its file, or
changing a text with its commitment then needs the log changed too, and that is what the chain and its head show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from patrol import models
from patrol.access import audit

VERB: Final = "evidence.sealed"
AT_ONCE: Final = 5_000  # records and versions a seal
_ORDER: Final = ("kind", "url", "words", "file")  # of a medium, as it was written when the commitment was made
_COMMITMENTS: Final = {
    "captures": "SELECT id::text, commitment FROM patrol_capture WHERE id = ANY (%s::uuid[])",
    "versions": "SELECT id::text, commitment FROM patrol_postversion WHERE id = ANY (%s::bigint[])",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not as the log says."""

    what: str  # capture, version, seal
    key: str
    why: str


def seal(*, now: datetime) -> int:
    """Enters what was noted into the log. Returns how many records and versions; 0 where nothing waits. One seal a call."""
    with transaction.atomic():
        taken: list[int] = []
        keys: dict[str, list[str]] = {"capture": [], "version": []}
        for row in models.Unsealed.objects.select_for_update(skip_locked=True).order_by("id")[:AT_ONCE]:
            if taken and sum(map(len, keys.values())) + len(row.keys) > AT_ONCE:
                break
            taken.append(row.pk)
            keys[row.kind] += row.keys
        if not taken:
            return 0
        made = models.Seal.objects.create(captures=sorted(keys["capture"]), versions=sorted(map(int, keys["version"])))
        models.Unsealed.objects.filter(pk__in=taken).delete()
        told = {"captures": len(made.captures), "versions": len(made.versions), "digest": _digest(made, _found(made))}
        audit.write(VERB, by=None, now=now, target=made, after=told)
    return len(made.captures) + len(made.versions)


def due() -> bool:
    return models.Unsealed.objects.exists()


def _found(made: models.Seal) -> dict[str, dict[str, str]]:
    """Of each kind the commitments as they stand now, by key."""
    found = {}
    with connection.cursor() as cursor:
        for kind, asked in _COMMITMENTS.items():
            cursor.execute(asked, [getattr(made, kind)])
            found[kind] = dict(cursor.fetchall())
    return found


def _digest(made: models.Seal, found: dict[str, dict[str, str]]) -> str:
    """Over every key of the seal with its commitment, so that the list of keys cannot be changed either."""
    said = [[kind, str(key), found[kind].get(str(key), "")] for kind in _COMMITMENTS for key in getattr(made, kind)]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def content(text: str, links: Iterable[str], media: Iterable[dict[str, str]]) -> bytes:
    """What a version commits to, as it was written when it came; the database keeps the parts of a medium in an order of its own."""
    shown = [{key: one[key] for key in (*_ORDER, *sorted(one.keys() - {*_ORDER})) if key in one} for one in media]
    return json.dumps([text, list(links), shown], ensure_ascii=False).encode()


def verify() -> Iterator[Wrong]:
    """Seals against the log, records and versions against their seals, texts against their versions, erasures against the log."""
    yield from _seals()
    yield from _texts()
    yield from _erasures()


def _seals() -> Iterator[Wrong]:
    entries = audit.rows().filter(verb=VERB, target_type="seal").values_list("target_id", "after")
    logged = {int(key): after for key, after in entries.iterator(chunk_size=2_000)}
    sealed = {"captures": 0, "versions": 0}
    for made in models.Seal.objects.order_by("id").iterator(chunk_size=100):
        said = logged.pop(made.pk, None)
        if said is None:
            yield Wrong("seal", str(made.pk), "no row of the log names it")
            continue
        found = _found(made)
        gone = [(kind, str(key)) for kind in _COMMITMENTS for key in getattr(made, kind) if str(key) not in found[kind]]
        for kind, key in gone:
            yield Wrong(kind.removesuffix("s"), key, "it was removed")
        for kind in _COMMITMENTS:
            sealed[kind] += len(found[kind])
        if not gone and _digest(made, found) != said.get("digest"):
            first, last = ((made.versions or made.captures)[at] for at in (0, -1))
            yield Wrong(
                "seal",
                str(made.pk),
                f"a commitment was changed among {len(made.captures)} records and {len(made.versions)} versions ({first} to {last})",
            )
    for lost in logged:
        yield Wrong("seal", str(lost), "it was removed")
    yield from _never_sealed(sealed)


def _never_sealed(sealed: dict[str, int]) -> Iterator[Wrong]:
    """Records that came in past the trigger: neither in a seal nor waiting for one."""
    with connection.cursor() as cursor:
        for kind, table in (("captures", "patrol_capture"), ("versions", "patrol_postversion")):
            cursor.execute(
                f"SELECT (SELECT count(*) FROM {table}),"  # noqa: S608 -- our own two names
                " (SELECT COALESCE(sum(cardinality(keys)), 0) FROM patrol_unsealed WHERE kind = %s)",
                [kind.removesuffix("s")],
            )
            there, waiting = cursor.fetchone()
            if there != sealed[kind] + waiting:
                yield Wrong(kind.removesuffix("s"), "", f"{there - sealed[kind] - waiting:+d} that no seal names")


def _texts() -> Iterator[Wrong]:
    erased = set(models.Erasure.objects.values_list("version_id", flat=True))
    kept = models.PostVersion.objects.order_by("id").values_list(
        "id", "commitment", "content__salt", "content__text", "content__links", "content__media"
    )
    for key, commitment, salt, text, links, media in kept.iterator(chunk_size=2_000):
        if salt is None:
            yield Wrong("version", str(key), "its text was removed")
        elif key in erased:
            if text or links or media or salt:
                yield Wrong("version", str(key), "it is called erased, and there are words")
        elif hashlib.sha256(salt.encode() + content(text, links, media)).hexdigest() != commitment:
            why = "its text was changed" if text or salt else "its text was blanked, and nobody erased it"
            yield Wrong("version", str(key), why)


def _erasures() -> Iterator[Wrong]:
    posts = audit.rows().filter(verb="post.erased", target_type="post").values_list("target_id", flat=True)
    logged = set(posts)
    # By their age they go in batches, each with one row of the log that names them all.
    for after in audit.rows().filter(verb="retention.erased").values_list("after", flat=True).iterator():
        logged.update(str(post) for post in after.get("posts", ()))
    for key, post in models.Erasure.objects.order_by("id").values_list("version_id", "version__post_id"):
        if str(post) not in logged:
            yield Wrong("version", str(key), "it is called erased, and the log knows nothing of it")

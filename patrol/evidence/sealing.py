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
from django.db.models import Q, QuerySet

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


def noted() -> int:
    """How far the notes of the trigger reach by now."""
    return models.Unsealed.objects.order_by("-id").values_list("id", flat=True).first() or 0


def waits(until: int) -> bool:
    """Whether any of those notes is still there, also one that another process is entering."""
    return models.Unsealed.objects.filter(pk__lte=until).exists()


def _found(made: models.Seal) -> dict[str, dict[str, str]]:
    """Of each kind the commitments as they stand now, by key."""
    found = {}
    with connection.cursor() as cursor:
        for kind, asked in _COMMITMENTS.items():
            cursor.execute(asked, [getattr(made, kind)])
            found[kind] = dict(cursor.fetchall())
    return found


def commitments(made: models.Seal) -> dict[str, dict[str, str]]:
    """What its digest is made of, with its lists of keys: {"captures": {key: commitment}, "versions": ...} as they stand now."""
    return _found(made)


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
    newest = 0
    unnamed: list[int] = []
    for made in models.Seal.objects.order_by("id").iterator(chunk_size=100):
        newest = made.pk
        said = logged.pop(made.pk, None)
        found = _found(made)
        gone = [(kind, str(key)) for kind in _COMMITMENTS for key in getattr(made, kind) if str(key) not in found[kind]]
        for kind, key in gone:
            yield Wrong(kind.removesuffix("s"), key, "it was removed")
        for kind in _COMMITMENTS:
            sealed[kind] += len(found[kind])
        if said is None:
            unnamed.append(made.pk)
        elif not gone and _digest(made, found) != said.get("digest"):
            first, last = ((made.versions or made.captures)[at] for at in (0, -1))
            yield Wrong(
                "seal",
                str(made.pk),
                f"a commitment was changed among {len(made.captures)} records and {len(made.versions)} versions ({first} to {last})",
            )
    for lost in logged:
        yield Wrong("seal", str(lost), "it was removed")
    # Again: those made since the log was read have a row of it by now.
    named = set(entries.filter(target_id__in=list(map(str, unnamed))).values_list("target_id", flat=True)) if unnamed else set()
    for without in unnamed:
        if str(without) not in named:
            yield Wrong("seal", str(without), "no row of the log names it")
    yield from _never_sealed(sealed, newest)


def _never_sealed(sealed: dict[str, int], last: int) -> Iterator[Wrong]:
    """Records that came in past the trigger: neither in a seal nor waiting for one. `last`: the newest seal that was counted; one question
    counts the rest, for work goes on."""
    with connection.cursor() as cursor:
        for kind, table in (("captures", "patrol_capture"), ("versions", "patrol_postversion")):
            cursor.execute(
                f"SELECT (SELECT count(*) FROM {table}),"  # noqa: S608 -- our own two names
                " (SELECT COALESCE(sum(cardinality(keys)), 0) FROM patrol_unsealed WHERE kind = %s)"
                f" + (SELECT COALESCE(sum(cardinality({kind})), 0) FROM patrol_seal WHERE id > %s)",
                [kind.removesuffix("s"), last],
            )
            there, named = cursor.fetchone()
            if there != sealed[kind] + named:
                yield Wrong(kind.removesuffix("s"), "", f"{there - sealed[kind] - named:+d} that no seal names")


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
    called = models.PostVersion.objects.filter(erasures__isnull=False)
    logged = erased(called)
    for key in called.order_by("id").values_list("id", flat=True):
        if key not in logged:
            yield Wrong("version", str(key), "it is called erased, and the log knows nothing of it")


def erased(versions: QuerySet[models.PostVersion]) -> dict[int, int]:
    """Of each that the log calls erased the first row that does. A post that is found again after its erasing has words of its own: a row
    counts for what had come by then."""
    came: dict[str, list[tuple[int, datetime]]] = {}
    for key, post, seen, received in versions.values_list("id", "post_id", "seen_at", "capture__received_at"):
        came.setdefault(str(post), []).append((key, max(seen, received)))
    found: dict[int, int] = {}
    if not came:
        return found
    # By their age they go in batches, each with one row of the log that names them all.
    said = audit.rows().filter(Q(verb="post.erased", target_type="post") | Q(verb="retention.erased")).order_by("-seq")
    for seq, at, verb, target, after in said.values_list("seq", "at", "verb", "target_id", "after").iterator(chunk_size=2_000):
        posts: list[str] = [target] if verb == "post.erased" else [str(post) for post in after.get("posts", ())]
        for named in posts:
            found.update((key, seq) for key, moment in came.get(named, []) if at >= moment)
    return found

"""What belongs to a case, as plain rows: its posts, their versions, what is preserved of them, and what the log says of all that.

Internal notes and messages between the two sides, tips and what care staff wrote of somebody harmed are no part of it. Of somebody who may
have been harmed nothing goes but that there is a file, its hash and its length.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from patrol import models
from patrol.access import audit
from patrol.cases import attachments, homes
from patrol.domain.peers import PeerKind
from patrol.evidence import custody_log, sealing
from patrol.models import CustodyFound

MOST: Final = 2_000  # preserved files of one package


@dataclass(frozen=True, slots=True)
class Kept:
    """A preserved file. `withheld`: why its bytes do not go, of those that no package has (verify.WITHHELD)."""

    piece: custody_log.Piece
    posts: tuple[int, ...]  # that it shows, of this case
    versions: tuple[int, ...]
    withheld: str
    attachment: str = ""  # its title, where somebody attached it

    @property
    def capture(self) -> models.Capture:
        return self.piece.capture


@dataclass(frozen=True, slots=True)
class Gathered:
    """`rows`: of the log, in order. `acts`: entries of custody by act. All of the case as it stands now."""

    case: models.Case
    flags: list[models.Flag]
    harmed: frozenset[int]  # posts
    versions: list[models.PostVersion]
    erased: frozenset[int]  # versions
    kept: list[Kept]
    seals: list[dict[str, Any]]
    rows: list[models.AuditEntry]
    acts: list[tuple[str, list[models.CustodyEntry]]]


def gather(case: models.Case) -> Gathered:
    """Reads each preserved file once. About twenty queries, however much there is, and one for each hundred seals."""
    flags = list(
        models.Flag.objects.filter(case_entry__case=case)
        .select_related("post", "office", "current_check__reading__version__content", "current_check__reading__content")
        .order_by("case_entry__id")
    )
    posts = [flag.post_id for flag in flags]
    harmed = frozenset(models.Protected.objects.filter(flag__in=flags).values_list("flag__post", flat=True))
    versions = list(models.PostVersion.objects.filter(post__in=posts).select_related("content").order_by("post_id", "number"))
    erased = frozenset(models.Erasure.objects.filter(version__in=versions).values_list("version", flat=True))
    kept = _kept(case, posts, versions, harmed, erased)
    captures = [str(one.capture.pk) for one in kept]
    seals = _seals(captures, [one.pk for one in versions])
    acts = _acts(captures)
    rows = _rows(case, flags, versions, kept, seals, [digest for digest, _entries in acts])
    return Gathered(case, flags, harmed, versions, erased, kept, seals, rows, acts)


@dataclass(frozen=True, slots=True)
class Listed:
    """A preserved file before anybody looked at it. `withheld`: harmed, erased, or ""."""

    capture: models.Capture
    posts: tuple[int, ...]
    versions: tuple[int, ...]
    withheld: str
    attachment: str


def listed(case: models.Case, flags: Sequence[models.Flag]) -> list[Listed]:
    """What would be in a package of the case, no file read. Eight queries."""
    posts = [flag.post_id for flag in flags]
    harmed = frozenset(models.Protected.objects.filter(flag__in=flags).values_list("flag__post", flat=True))
    versions = list(models.PostVersion.objects.filter(post__in=posts).order_by("post_id", "number"))
    erased = frozenset(models.Erasure.objects.filter(version__in=versions).values_list("version", flat=True))
    return _listed(case, posts, versions, harmed, erased)


def _kept(
    case: models.Case, posts: Sequence[int], versions: Sequence[models.PostVersion], harmed: frozenset[int], erased: frozenset[int]
) -> list[Kept]:
    """Each looked at."""
    made = []
    for one in _listed(case, posts, versions, harmed, erased):
        piece = custody_log.looked_at(one.capture)
        why = one.withheld or ("" if piece.found == CustodyFound.WHOLE else str(piece.found))
        made.append(Kept(piece, one.posts, one.versions, why, one.attachment))
    return made


def _listed(
    case: models.Case, posts: Sequence[int], versions: Sequence[models.PostVersion], harmed: frozenset[int], erased: frozenset[int]
) -> list[Listed]:
    """In the order they were received."""
    of_versions: dict[UUID, list[models.PostVersion]] = {}
    for one in versions:
        of_versions.setdefault(one.capture_id, []).append(one)
    titles: dict[UUID, str] = dict(
        attachments.standing(models.CaseAttachment.objects.filter(case__in=homes.within(case), internal=False)).values_list(
            "capture", "title"
        )
    )
    media = set(models.Media.objects.filter(version__in=versions, capture__isnull=False).values_list("capture", flat=True))
    found = models.Capture.objects.filter(Q(post__in=posts) | Q(pk__in={*of_versions, *titles, *media}), relation="original")
    rows = list(found.exclude(kind="document").order_by("received_at", "id"))
    # An answer may show others' posts beside those of the case: those of somebody harmed, and what was erased, close it.
    keys = [row.pk for row in rows]
    shows_harmed = set(
        models.PostVersion.objects.filter(capture__in=keys, post__flag__protected__isnull=False).values_list("capture", flat=True)
    )
    shows_erased = set(models.Erasure.objects.filter(version__capture__in=keys).values_list("version__capture", flat=True))
    blank = {one.post_id for one in versions if one.pk in erased}
    made = []
    for row in rows:
        mine = of_versions.get(row.pk, [])
        shown = tuple(sorted({*(one.post_id for one in mine), *(post for post in posts if post == row.post_id)}))
        why = ""
        if row.pk in shows_harmed or harmed & set(shown):
            why = "harmed"
        elif row.pk in shows_erased or blank & set(shown):
            why = "erased"
        made.append(Listed(row, shown, tuple(one.pk for one in mine), why, titles.get(row.pk, "")))
    return made


def _seals(captures: Sequence[str], versions: Sequence[int]) -> list[dict[str, Any]]:
    """The seals that answer for these, each with all it lists and the commitments of that."""
    found = models.Seal.objects.filter(Q(captures__overlap=list(captures)) | Q(versions__overlap=list(versions))).order_by("id")
    told = []
    for made in found.iterator(chunk_size=100):
        held = sealing.commitments(made)
        told.append(
            {
                "seal": made.pk,
                "captures": [[str(key), held["captures"].get(str(key), "")] for key in made.captures],
                "versions": [[str(key), held["versions"].get(str(key), "")] for key in made.versions],
            }
        )
    return told


def _acts(captures: Iterable[str]) -> list[tuple[str, list[models.CustodyEntry]]]:
    """Each act of custody on one of these files, with all its entries."""
    digests = models.CustodyEntry.objects.filter(capture__in=list(captures)).values("digest")
    entries = models.CustodyEntry.objects.filter(digest__in=digests).select_related("minutes").order_by("digest", "id")
    found = [(digest, list(rows)) for digest, rows in groupby(entries, key=lambda one: one.digest)]
    return sorted(found, key=lambda act: act[1][0].pk)


def _rows(
    case: models.Case,
    flags: Sequence[models.Flag],
    versions: Sequence[models.PostVersion],
    kept: Sequence[Kept],
    seals: Sequence[Mapping[str, Any]],
    digests: Sequence[str],
) -> list[models.AuditEntry]:
    """What the log says of the case and of what it holds."""
    cases = list(models.Case.objects.filter(pk__in=homes.within(case)).values_list("pk", flat=True))
    about: dict[str, list[Any]] = {
        "case": cases,
        "flag": [flag.pk for flag in flags],
        "post": [flag.post_id for flag in flags],
        "capture": [one.capture.pk for one in kept],
        "referral": list(models.Referral.objects.filter(case__in=cases).values_list("pk", flat=True)),
        "seal": [one["seal"] for one in seals],
        "peerexport": list(models.PeerExport.objects.filter(case__in=cases, kind=PeerKind.PACKAGE).values_list("pk", flat=True)),
    }
    wanted = Q(after__custody__in=list(digests))
    for kind, keys in about.items():
        wanted |= Q(target_type=kind, target_id__in=list(map(str, keys)))
    return list(audit.rows().filter(wanted).order_by("seq"))


# --- as plain values ------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """As a manifest's digest says it (anchors.manifests.digest)."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def columns(row: Any) -> dict[str, Any]:
    """All columns of a row."""
    return {field.attname: plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}


def lines(value: Any) -> bytes:
    """JSON that a person can read too; the same bytes for the same value."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()

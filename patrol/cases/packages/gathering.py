"""What belongs to a case, as plain rows: its posts, their versions, what is preserved of them, and what the log says of all that.

Internal notes and messages between the two sides, tips and what care staff wrote of somebody harmed are no part of it. Of somebody who may
have been harmed nothing goes but that there is a file, its hash and its length. Who looked at what is for those who may read the log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from patrol import models
from patrol.access import audit, looks
from patrol.cases import attachments, homes
from patrol.cases.packages import showing
from patrol.domain.peers import PeerKind
from patrol.evidence import custody_log, sealing, trust
from patrol.evidence.archive import wacz
from patrol.models import CustodyFound

MOST: Final = 2_000  # preserved files of one package
HARMED, ERASED = "harmed", "erased"  # why a file is in no package
MASKED: Final = "masked"  # why an original is in none that is masked


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

    @property
    def stamp(self) -> bool:
        return is_stamp(self.capture)


@dataclass(frozen=True, slots=True)
class Gathered:
    """`rows`: of the log, in order; `looks`: how many of them are left out, since the asker may not read who looked at what. `acts`:
    entries of custody by act; `elsewhere`: acts left out, since another case's file is in them. All of the case as it stands now."""

    case: models.Case
    flags: list[models.Flag]
    harmed: frozenset[int]  # posts
    versions: list[models.PostVersion]
    erased: frozenset[int]  # versions
    kept: list[Kept]
    seals: list[dict[str, Any]]
    rows: list[models.AuditEntry]
    looks: int
    acts: list[tuple[str, list[models.CustodyEntry]]]
    elsewhere: int

    @property
    def closed(self) -> frozenset[UUID]:
        """Captures that show, or may show, somebody harmed."""
        return frozenset(one.capture.pk for one in self.kept if one.withheld == HARMED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A preserved file before anybody looked at it. `withheld`: harmed (or in doubt), erased, or ""; `others`: posts that are not of the
    case and are known to stand in it; `may`: whether more of them may."""

    capture: models.Capture
    posts: tuple[int, ...]
    versions: tuple[int, ...]
    withheld: str
    attachment: str
    others: int
    may: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is of the case at a moment, before any file is read: two of them are equal where nothing came, went or was closed between.
    `originals`: files in which somebody harmed may stand are closed in doubt; a package without originals shows of them only the words of
    posts of the case."""

    case: models.Case
    flags: list[models.Flag]
    harmed: frozenset[int]  # posts
    versions: list[models.PostVersion]
    erased: frozenset[int]  # versions
    listed: list[Listed]
    originals: bool

    @property
    def size(self) -> int:
        return sum(one.capture.length for one in self.listed if not one.withheld)

    def without_stamps(self) -> Standing:
        """A time stamp that comes meanwhile shows nothing of anybody."""
        return replace(self, listed=[one for one in self.listed if not is_stamp(one.capture)])


def standing(case: models.Case, *, originals: bool = True) -> Standing:
    """Thirteen queries, and one more where a page is archived."""
    flags = list(
        models.Flag.objects.filter(case_entry__case=case)
        .select_related("post", "office", "current_check__reading__version__content", "current_check__reading__content")
        .order_by("case_entry__id")
    )
    posts = [flag.post_id for flag in flags]
    harmed = frozenset(models.Protected.objects.filter(flag__in=flags).values_list("flag__post", flat=True))
    versions = list(models.PostVersion.objects.filter(post__in=posts).select_related("content").order_by("post_id", "number"))
    erased = frozenset(models.Erasure.objects.filter(version__in=versions).values_list("version", flat=True))
    files = _listed(case, posts, versions, harmed, erased, originals=originals)
    return Standing(case, flags, harmed, versions, erased, files, originals)


def gather(of: Standing, *, with_looks: bool) -> Gathered:
    """Reads each preserved file once. About ten queries, however much there is, and one for each hundred seals. `with_looks`: whoever asks
    may read the log."""
    kept = _kept(of.listed)
    captures = [str(one.capture.pk) for one in kept]
    seals = _seals(captures, [one.pk for one in of.versions])
    acts, elsewhere = _acts(captures)
    rows, looked = _rows(of, kept, seals, [digest for digest, _entries in acts])
    if not with_looks:
        rows = [row for row in rows if row.pk not in looked]
    many = 0 if with_looks else len(looked)
    return Gathered(of.case, of.flags, of.harmed, of.versions, of.erased, kept, seals, rows, many, acts, elsewhere)


def listed(case: models.Case, flags: Sequence[models.Flag]) -> list[Listed]:
    """What would be in a package of the case, no file read. Eleven queries, and one more where a page is archived."""
    posts = [flag.post_id for flag in flags]
    harmed = frozenset(models.Protected.objects.filter(flag__in=flags).values_list("flag__post", flat=True))
    versions = list(models.PostVersion.objects.filter(post__in=posts).order_by("post_id", "number"))
    erased = frozenset(models.Erasure.objects.filter(version__in=versions).values_list("version", flat=True))
    return _listed(case, posts, versions, harmed, erased, originals=True)


def _kept(files: Iterable[Listed]) -> list[Kept]:
    """Each looked at."""
    made = []
    for one in files:
        piece = custody_log.looked_at(one.capture)
        why = one.withheld or ("" if piece.found == CustodyFound.WHOLE else str(piece.found))
        made.append(Kept(piece, one.posts, one.versions, why, one.attachment))
    return made


def _listed(
    case: models.Case,
    posts: Sequence[int],
    versions: Sequence[models.PostVersion],
    harmed: frozenset[int],
    erased: frozenset[int],
    *,
    originals: bool,
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
    rows = list(found.exclude(kind="document").select_related("fetch", "post").order_by("received_at", "id"))
    # An answer may show others' posts beside those of the case: those of somebody harmed, and what was erased, close it; of somebody harmed
    # also in doubt.
    keys = [row.pk for row in rows]
    shows_harmed = set(
        models.PostVersion.objects.filter(capture__in=keys, post__flag__protected__isnull=False).values_list("capture", flat=True)
    ) | (showing.may_show_harmed(rows) if originals else set())
    shows_erased = set(models.Erasure.objects.filter(version__capture__in=keys).values_list("version__capture", flat=True))
    beside = models.PostVersion.objects.filter(capture__in=keys).exclude(post__in=posts).values("capture")
    others: dict[UUID, int] = dict(beside.annotate(many=Count("post", distinct=True)).values_list("capture", "many"))
    blank = {one.post_id for one in versions if one.pk in erased}
    made = []
    for row in rows:
        mine = of_versions.get(row.pk, [])
        shown = tuple(sorted({*(one.post_id for one in mine), *(post for post in posts if post == row.post_id)}))
        why = ""
        if row.pk in shows_harmed or harmed & set(shown):
            why = HARMED
        elif row.pk in shows_erased or blank & set(shown):
            why = ERASED
        made.append(
            Listed(
                row, shown, tuple(one.pk for one in mine), why, titles.get(row.pk, ""), others.get(row.pk, 0), showing.may_show_others(row)
            )
        )
    return sorted([*made, *_stamps(made)], key=lambda one: (one.capture.received_at, one.capture.pk))


def _stamps(files: Sequence[Listed]) -> list[Listed]:
    """Time stamps of the archives among these: of somebody harmed and of what was erased none, since it says when that was there."""
    archives = {one.capture.pk: one for one in files if one.capture.media_type == wacz.MEDIA_TYPE and not one.withheld}
    if not archives:
        return []
    found = models.Capture.objects.filter(of__in=archives, kind=trust.STAMP).order_by("received_at", "id")
    of = [(row, archives[row.of_id]) for row in found if row.of_id is not None]
    return [Listed(row, one.posts, (), "", "", 0) for row, one in of]


def is_stamp(capture: models.Capture) -> bool:
    return capture.kind == trust.STAMP


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


def _acts(captures: Sequence[str]) -> tuple[list[tuple[str, list[models.CustodyEntry]]], int]:
    """Each act of custody on these files alone, with all its entries; how many acts on one of them had another file in it besides: that is
    of another case, and the digest of the act is over all of its entries."""
    own = set(captures)
    digests = models.CustodyEntry.objects.filter(capture__in=list(captures)).values("digest")
    entries = models.CustodyEntry.objects.filter(digest__in=digests).select_related("minutes").order_by("digest", "id")
    found = [(digest, list(rows)) for digest, rows in groupby(entries, key=lambda one: one.digest)]
    kept = [act for act in found if all(str(one.capture_id) in own for one in act[1])]
    return sorted(kept, key=lambda act: act[1][0].pk), len(found) - len(kept)


def _rows(
    of: Standing, kept: Sequence[Kept], seals: Sequence[Mapping[str, Any]], digests: Sequence[str]
) -> tuple[list[models.AuditEntry], set[int]]:
    """What the log says of the case and of what it holds, but of posts and files of somebody harmed; the keys of those rows that say who
    looked. A look that is an act of custody is none of them."""
    cases = list(models.Case.objects.filter(pk__in=homes.within(of.case)).values_list("pk", flat=True))
    flags = [flag for flag in of.flags if flag.post_id not in of.harmed]
    about: dict[str, list[Any]] = {
        "case": cases,
        "flag": [flag.pk for flag in flags],
        "post": [flag.post_id for flag in flags],
        "capture": [one.capture.pk for one in kept if one.withheld != HARMED],
        "referral": list(models.Referral.objects.filter(case__in=cases).values_list("pk", flat=True)),
        "seal": [one["seal"] for one in seals],
        "peerexport": list(models.PeerExport.objects.filter(case__in=cases, kind=PeerKind.PACKAGE).values_list("pk", flat=True)),
    }
    wanted = Q(after__custody__in=list(digests))
    for kind, keys in about.items():
        wanted |= Q(target_type=kind, target_id__in=list(map(str, keys)))
    rows = list(audit.rows().filter(wanted).order_by("seq"))
    return rows, {row.pk for row in rows if row.verb in looks.VERBS and custody_log.KEY not in row.after}


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

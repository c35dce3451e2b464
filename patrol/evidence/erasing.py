"""Erasing a post's content for good: its words at once, its files after the commit. Who asks and who approves: patrol.cases.erasures.

The words are blanked by the eraser's function, which in the same transaction writes the Erasure and notes every file that showed the
post as due. A sweep removes those files; dying anywhere on that way leaves the row due and costs a repetition. A file that something
else needs stays, with the reason: a page of the platform shows twenty posts, and the other nineteen were not erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from patrol import access, models
from patrol.access import audit
from patrol.domain import states
from patrol.domain.states import ErasedState, MediaState, ObjectionState, ProtectionState
from patrol.evidence import raw
from patrol.infra import wall

REASONS: Final = ("subject", "retention", "mistake", "other")  # why; words stand in admin/shared/words.py
AT_ONCE: Final = 200  # files a sweep
_PICTURE_GONE: Final = {
    "code": "erased",
    "id": "Isi unggahan sudah dihapus.",
    "en": "The content of the post was erased.",
    "permanent": True,
}


class Need(StrEnum):
    """Why a file stays."""

    POSTS = "posts"  # it shows posts that were not erased
    PROFILE = "profile"  # it is what an account said of itself
    IMPORT = "import"  # it is a file that is still being imported
    CASE = "case"  # it is attached to a case, and nobody withdrew it


class Hold(StrEnum):
    """Why a post is not erased."""

    CASE = "case"  # a case stands on it; a closed one holds back what goes by its age alone
    LEGAL = "hold"  # a legal hold stands on its case, or on that of a post of its ring
    PROTECTION = "protection"  # somebody harmed is still being helped
    OBJECTION = "objection"  # somebody objects to a decision on it, and nobody has decided that
    ERASED = "erased"  # it was erased already
    # Of what goes by its age alone (patrol.retention):
    REPORT = "report"  # a report of the public on it is not closed
    FLAG = "flag"  # of a profile: a flag that waits or was confirmed rests on it
    POST = "post"  # of what stands beside an intake: a post that came with it is kept
    FAILED = "failed"  # the last night could not erase it, and the log of the worker says why


class HeldError(Exception):
    """Something forbids to erase; `holds` says what, `numbers` of which cases."""

    def __init__(self, holds: Sequence[Hold], numbers: Sequence[str]) -> None:
        super().__init__(", ".join(holds))
        self.holds = tuple(holds)
        self.numbers = tuple(numbers)


@dataclass(frozen=True, slots=True)
class File:
    """A preserved file that shows the post. `need` "": it goes; `others`: posts that were not erased and stand in it too."""

    sha256: str
    kind: str  # of its first record: answer, page, screenshot, media, upload
    relation: str  # of that record to what it was made from
    length: int
    need: str
    others: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing the post would do."""

    versions: int
    files: tuple[File, ...]
    holds: tuple[Hold, ...]
    cases: tuple[str, ...]

    @property
    def goes(self) -> tuple[File, ...]:
        return tuple(file for file in self.files if not file.need)

    @property
    def stays(self) -> tuple[File, ...]:
        return tuple(file for file in self.files if file.need)


_FILES = """
SELECT c.sha256, (array_agg(c.kind ORDER BY c.received_at, c.id))[1], (array_agg(c.relation ORDER BY c.received_at, c.id))[1], max(c.length)
  FROM patrol_capture c WHERE c.id IN (
       SELECT capture_id FROM patrol_postversion WHERE post_id = %(post)s
       UNION SELECT unnest(ARRAY[m.capture_id, m.thumbnail_id, m.masked_id])
               FROM patrol_media m JOIN patrol_postversion v ON v.id = m.version_id WHERE v.post_id = %(post)s
       UNION SELECT id FROM patrol_capture WHERE post_id = %(post)s
       UNION SELECT k.capture_id FROM patrol_shortlink k JOIN patrol_shortlinkuse u ON u.link_id = k.id
               JOIN patrol_postversion v ON v.id = u.version_id WHERE v.post_id = %(post)s AND k.capture_id IS NOT NULL)
 GROUP BY c.sha256 ORDER BY min(c.received_at), c.sha256
"""
# What needs a file that showed an erased post: for each hash the posts not erased that stand in it, by any of its records, or hold the
# short link whose opening it is, a profile,
# an import that has not ended, and a case it is attached to. `spared` is erased in thought, to say beforehand what would be.
_NEEDS = """
SELECT s.sha256,
       (SELECT count(DISTINCT post) FROM (
            SELECT v.post_id AS post FROM patrol_capture c JOIN patrol_postversion v ON v.capture_id = c.id
             WHERE c.sha256 = s.sha256 AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id)
            UNION ALL
            SELECT v.post_id FROM patrol_capture c JOIN patrol_media m ON c.id IN (m.capture_id, m.thumbnail_id, m.masked_id)
                   JOIN patrol_postversion v ON v.id = m.version_id
             WHERE c.sha256 = s.sha256 AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id)
            UNION ALL
            SELECT v.post_id FROM patrol_capture c JOIN patrol_shortlink k ON k.capture_id = c.id
                   JOIN patrol_shortlinkuse u ON u.link_id = k.id JOIN patrol_postversion v ON v.id = u.version_id
             WHERE c.sha256 = s.sha256
            UNION ALL
            SELECT c.post_id FROM patrol_capture c
             WHERE c.sha256 = s.sha256 AND NOT EXISTS (
                   SELECT FROM patrol_erasure e JOIN patrol_postversion v ON v.id = e.version_id WHERE v.post_id = c.post_id)
        ) shown WHERE post IS DISTINCT FROM %(spared)s),
       EXISTS (SELECT FROM patrol_capture c JOIN patrol_profile p ON p.capture_id = c.id WHERE c.sha256 = s.sha256),
       EXISTS (SELECT FROM patrol_intake i WHERE i.sha256 = s.sha256 AND i.ended_at IS NULL AND i.kind = 'import'),
       EXISTS (SELECT FROM patrol_capture c JOIN patrol_caseattachment a ON c.id IN (a.capture_id, a.shown_id)
                WHERE c.sha256 = s.sha256 AND NOT EXISTS (
                      SELECT FROM patrol_caseevent e WHERE e.attachment_id = a.id AND e.kind = 'attachment_withdrawn'))
  FROM unnest(%(hashes)s::text[]) AS s(sha256)
"""


def needs(hashes: Iterable[str], *, spared: int | None = None) -> dict[str, tuple[str, int]]:
    """What needs these files: hash -> (Need or "", how many posts). One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDS, {"hashes": list(hashes), "spared": spared})
        rows = cursor.fetchall()
    return {
        sha256: (Need.POSTS if posts else Need.PROFILE if profile else Need.IMPORT if imported else Need.CASE if attached else "", posts)
        for sha256, posts, profile, imported, attached in rows
    }


def plan(post_id: int) -> Plan:
    """What would go, what would stay and why, and what forbids it. Six queries."""
    with connection.cursor() as cursor:
        cursor.execute(_FILES, {"post": post_id})
        rows = cursor.fetchall()
    needed = needs([sha256 for sha256, *_rest in rows], spared=post_id)
    versions = models.PostVersion.objects.filter(post=post_id, erasures=None)
    holds, cases = _holds(post_id)
    files = tuple(File(sha256, kind, relation, length, *needed[sha256]) for sha256, kind, relation, length in rows)
    return Plan(versions.count(), files, holds, cases)


@wall.everything("what any office still needs of a post holds it")
def _holds(post_id: int) -> tuple[tuple[Hold, ...], tuple[str, ...]]:
    entries = models.CaseFlag.objects.filter(flag__post=post_id)
    numbers = tuple(entries.exclude(case__state=states.CaseState.CLOSED).values_list("case__number", flat=True))
    rings = models.LinkedPost.objects.filter(post=post_id).exclude(campaign=None).values("campaign")
    ring = models.LinkedPost.objects.filter(campaign__in=rings).values("post")
    of_case = Q(case__entries__flag__post=post_id) | Q(case__entries__flag__post__in=ring)
    held = models.LegalHold.objects.filter(of_case, lifted_at=None).exists()
    helped = models.Protection.objects.filter(flag__post=post_id).exclude(state=ProtectionState.CLOSED).exists()
    left = models.PostVersion.objects.filter(post=post_id, erasures=None).exists()
    objected = models.Objection.objects.filter(decision__flag__post=post_id, state=ObjectionState.ENTERED).exists()
    found = {Hold.CASE: bool(numbers), Hold.LEGAL: held, Hold.PROTECTION: helped, Hold.OBJECTION: objected, Hold.ERASED: not left}
    return tuple(hold for hold, holds in found.items() if holds), numbers


def locked(post_id: int) -> int:
    """Holds the post to the end of the transaction; the office its flag belongs to, NO_OFFICE without one. Raises Post.DoesNotExist.

    Whoever brings more of this post holds its row too: no file comes in behind the erasure's back.
    """
    post = models.Post.objects.select_for_update(no_key=True).get(pk=post_id)
    flag = models.Flag.objects.select_for_update(no_key=True).filter(post=post).first()
    return flag.office_id if flag else access.NO_OFFICE


def require_free(post_id: int) -> None:
    """Raises HeldError."""
    holds, numbers = _holds(post_id)
    if holds:
        raise HeldError(holds, numbers)


def erase(asked: models.ErasureRequest, *, by: models.Person, now: datetime) -> int:
    """Blanks every version of the post; its files are due to be removed. Cannot be undone. Returns how many versions.

    In the transaction of the approval (erasures.approve), which holds the post: without one the database refuses. Raises HeldError.
    """
    require_free(asked.post_id)
    versions = list(models.PostVersion.objects.filter(post=asked.post_id, erasures=None).order_by("number"))
    with connection.cursor() as cursor:
        for version in versions:
            cursor.execute("SELECT patrol_erase(%s, %s, %s)", [version.pk, asked.pk, now])
    # Who is reading it right now has lost the lease: what they made of its words is rolled back.
    models.Post.objects.filter(pk=asked.post_id).update(due_at=None, lease_token=None, lease_until=None)
    after_erasing([asked.post_id])
    told = {"versions": len(versions), "reason": asked.reason, "number": asked.number, "asked_by": asked.by_id}
    audit.write("post.erased", by=by, now=now, target=("post", asked.post_id), after=told)
    return len(versions)


def after_erasing(post_ids: Sequence[int]) -> None:
    """What goes with the words of these posts, in the transaction that blanked them: their pictures, and who objected to a decision on
    them in which words, with the files. Three queries, and two for each objection with a file."""
    models.Media.objects.filter(version__post__in=post_ids).update(
        state=MediaState.MISSING, problem=_PICTURE_GONE, capture=None, thumbnail=None, masked=None
    )
    objections = models.Objection.objects.filter(decision__flag__post__in=post_ids)
    for post_id, sha256 in objections.exclude(file=None).values_list("decision__flag__post_id", "file__sha256"):
        _due(post_id, [sha256])
    objections.update(name="", contact="", text="")


def is_erased(post_id: int) -> bool:
    return models.Erasure.objects.filter(version__post=post_id).exists()


def no_longer_attached(hashes: Iterable[str]) -> None:
    """Files of erased posts that stayed because a case held them: the next sweep looks again at what needs them."""
    models.ErasedFile.objects.filter(sha256__in=set(hashes), state=ErasedState.KEPT, why=Need.CASE).update(state=ErasedState.DUE, why="")


def erased_meanwhile(post_id: int, hashes: Iterable[str]) -> bool:
    """For a job that brings files of a post, in the transaction of its fruit: whether the post was erased since it began. Then its files,
    which no row names, are due too."""
    models.Post.objects.select_for_update(no_key=True).get(pk=post_id)
    return _due(post_id, hashes)


def _due(post_id: int, hashes: Iterable[str]) -> bool:
    """Notes files as due with the last erasure of the post; False where it was not erased."""
    last = models.Erasure.objects.filter(version__post=post_id).order_by("-id").first()
    if last is None:
        return False
    models.ErasedFile.objects.bulk_create(
        (models.ErasedFile(sha256=sha256, erasure=last, state=ErasedState.DUE) for sha256 in set(hashes)),
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["erasure", "state"],
    )
    return True


def due() -> bool:
    return models.ErasedFile.objects.filter(state=ErasedState.DUE).exists()


def remove_due(*, now: datetime) -> int:
    """Removes the files of erased posts that nothing else needs. Returns how many went; what was used just now waits for the next time."""
    gone = 0
    for sha256 in models.ErasedFile.objects.filter(state=ErasedState.DUE).values_list("pk", flat=True)[:AT_ONCE]:
        gone += _remove(sha256, now=now)
    return gone


def _remove(sha256: str, *, now: datetime) -> bool:
    """File first, row second: whoever dies between finds no file next time, and ends the row."""
    with transaction.atomic():
        row = models.ErasedFile.objects.select_for_update(skip_locked=True).filter(pk=sha256, state=ErasedState.DUE).first()
        if row is None:
            return False
        changes: dict[str, Any]
        need, _posts = needs([sha256])[sha256]
        if need:
            changes = {"state": ErasedState.KEPT, "why": need}
        elif raw.remove(sha256):
            changes = {"state": ErasedState.REMOVED, "removed_at": now}
        else:
            return False
        models.ErasedFile.objects.filter(pk=sha256).update(**changes)
    return not need

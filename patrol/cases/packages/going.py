"""What a package with originals would hold, before it is made: for the page of whoever asks and of whoever approves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.cases.packages import gathering
from patrol.engine.masks import CONTACTS
from patrol.infra.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Going:
    """`closed`: files that go in none, of somebody harmed or erased. `others`: files that go and may show posts of nobody's case besides;
    `known`: of how many of them that is known. `indicators`: ids of the contacts that stand in its posts; those of the other posts are not
    counted anywhere."""

    posts: int
    files: int
    closed: int
    others: int
    known: int
    size: int  # bytes
    indicators: tuple[int, ...]
    digest: str  # of what would go: another file or version in the same count is another digest


def of(case: models.Case) -> Going:
    """Thirteen queries, and one more where a page is archived; no file is read."""
    flags = list(models.Flag.objects.filter(case_entry__case=case).order_by("id"))
    # A time stamp that comes meanwhile shows nothing of anybody, and is no reason to ask anew.
    files = [one for one in gathering.listed(case, flags) if not gathering.is_stamp(one.capture)]
    open_ = [one for one in files if not one.withheld]
    versions = models.PostVersion.objects.filter(post__in=[flag.post_id for flag in flags]).order_by("id").values_list("id", flat=True)
    said = [sorted(flag.pk for flag in flags), sorted([str(one.capture.pk), one.others] for one in open_), list(versions)]
    posts = [flag.post_id for flag in flags]
    kinds = [str(kind) for kind in CONTACTS]
    shown = models.Sighting.objects.filter(post__in=posts, post__flag__protected__isnull=True, indicator__kind__in=kinds)
    return Going(
        posts=len(flags),
        files=len(files),
        closed=len(files) - len(open_),
        others=sum(one.may for one in open_),
        known=sum(one.others > 0 for one in open_),
        size=sum(one.capture.length for one in open_),
        indicators=tuple(sorted(set(shown.values_list("indicator", flat=True)))),
        digest=hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32],
    )


def require_whole(case: models.Case) -> None:
    """Raises RefusedError for a case that went into another one."""
    if case.merged_into is not None:
        text = _("No package was made: the case was merged into %(number)s. Make it there.")
        raise RefusedError("package.merged", text, number=case.merged_into.number)


def unchanged(case: models.Case, asked: str) -> str:
    """The digest, where it is still that of the request. Raises RefusedError."""
    require_whole(case)
    found = of(case).digest
    if found != asked:
        raise RefusedError("package.changed", _("What would go has changed since it was asked for: withdraw the request and ask again."))
    return found

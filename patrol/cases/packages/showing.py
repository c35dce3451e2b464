"""Which preserved files may show posts beside those they are kept for, and in which of them somebody harmed may stand.

A version names the file that first showed it. A later answer with the same words names no version (ADR 33), so a file may show more than
its versions say. Of an answer to a watch and of what came by an intake it is known which posts it can show: each has a row of `Seen` with
that watch or intake, and of a watch it was seen last no earlier than the answer came. Of a look at a link and of an archived page nothing
says what stands around the post: there it is asked who else is known to stand in the same place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from patrol import models

PAGES: Final = frozenset({"answer", "page", "screenshot", "upload"})  # kinds of files; a picture and an attachment show themselves


def may_show_others(capture: models.Capture) -> bool:
    return capture.kind in PAGES


def may_show_harmed(captures: Sequence[models.Capture]) -> set[UUID]:
    """Of these, loaded with `fetch` and `post`, those in which a post of somebody harmed may stand. Two queries."""
    pages = [one for one in captures if may_show_others(one)]
    return _seen_with(pages) | _near(pages)


def _seen_with(pages: Sequence[models.Capture]) -> set[UUID]:
    watches = {one.fetch.watch_id for one in pages if one.fetch is not None}
    intakes = {one.intake_id for one in pages if one.intake_id is not None}
    rows = models.Seen.objects.filter(Q(watch__in=watches) | Q(intake__in=intakes), post__flag__protected__isnull=False)
    by_watch: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    by_intake: set[int] = set()
    for watch, intake, first, last in rows.values_list("watch", "intake", "at", "post__last_seen"):
        if watch is not None:
            by_watch[watch].append((first, last))
        else:
            by_intake.add(intake)
    return {
        one.pk
        for one in pages
        if one.intake_id in by_intake
        or (one.fetch is not None and any(first <= one.received_at <= last for first, last in by_watch[one.fetch.watch_id]))
    }


def _near(pages: Sequence[models.Capture]) -> set[UUID]:
    """Pages kept for one post: somebody harmed stands in the same channel, group or thread."""
    posts = [one.post for one in pages if one.post is not None]
    threads = {name for post in posts for name in (post.external_id, post.thread) if name}
    origins = {post.origin for post in posts if post.origin}
    around = Q(thread__in=threads) | Q(external_id__in=threads) | Q(origin__in=origins)
    harmed = models.Post.objects.filter(around, platform__in={post.platform for post in posts}, flag__protected__isnull=False)
    places = {
        (platform, kind, name)
        for platform, *names in harmed.values_list("platform", "external_id", "thread", "origin")
        for kind, name in zip(("thread", "thread", "origin"), names, strict=True)
        if name
    }
    return {one.pk for one in pages if one.post is not None and not places.isdisjoint(_places(one.post))}


def _places(post: models.Post) -> set[tuple[str, str, str]]:
    """A post is the head of a thread, or stands in one."""
    return {(post.platform, kind, name) for kind, name in (("thread", post.external_id), ("thread", post.thread), ("origin", post.origin))}

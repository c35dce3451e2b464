"""Try now: what a run of a watch would bring, storing nothing.

One page is asked for, as politely as any run, from the newest on; no post, cursor, capture or run is kept. What it shows went through
the same reading, check and rules as stored posts do, and leaves this module masked. Two things are kept: who tried what, in the audit
log, and that the platform refuses the credential, which is so for every watch that has it.

It asks the world while a person waits, up to a hundred seconds: so few times a person, and one at a time in a process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models, sources, watches
from patrol.access import Action, audit
from patrol.campaigns import trusted
from patrol.domain import Content, Level, Problem, RawPost, moments
from patrol.engine import assess, masks, reading
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.pipeline import claiming, claims, fetching
from patrol.register import editions
from patrol.watches import credentials

log = logging.getLogger(__name__)

MOST_SHOWN = 50
LONGEST_SHOWN = 1200  # characters of one post
RATE = 1 / 20  # trials of a person a second
AT_ONCE = 4
_TURN = threading.Semaphore()  # each holds a thread that other pages need


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as it would come in, contacts cut."""

    text: str
    author: str
    posted_at: datetime | None
    level: Level
    verdict: str
    kinds: tuple[str, ...]
    pictures: int
    comment: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one CSS selector finds on the page, samples masked."""

    name: str
    selector: str
    matched: int
    of: int
    samples: tuple[str, ...]
    complaint: Problem | None


@dataclass(frozen=True, slots=True)
class Trial:
    """`problem` ended it; `problems` are posts that could not be read. `more`: posts of the page beyond those shown."""

    shown: tuple[Shown, ...]
    more: int
    newest: datetime | None
    problem: Problem | None = None
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()  # of a web page by selectors: what each of them found
    known: bool = True  # a register was there to check against


def try_wanted(
    *, platform: str, kind: str, wanted: watches.Wanted, by: models.Person, now: datetime, fetcher: domain.Fetcher | None = None
) -> Trial:
    """Before it is saved or proposed. Raises RefusedError, PermissionDenied."""
    directorate = access.may(by, Action.WATCH_CHANGE)
    if not directorate:
        # The priority plays no part: a trial comes before no run.
        access.require(by, Action.WATCH_PROPOSE, office_id=wanted.office_id)
        if wanted.credential_id is not None:
            raise PermissionDenied("the credential is the directorate's")
    checked = watches.check(platform, kind, wanted, credential_later=not directorate)
    if not directorate and not sources.open_to_all(sources.SOURCES[platform], checked.shape):
        raise RefusedError(
            "watch.tried_by_directorate", _("This way of asking needs a credential: only the directorate can try it."), "query"
        )
    ask = domain.Ask(
        query=checked.columns["query"], cursor={}, now=now, max_pages=1, kind=checked.kind, words=fetching.words_of(checked.packs)
    )
    with _turn(("watch", ""), platform, checked.kind, by=by, now=now):
        return _try(platform, ask, checked.credential, fetcher, now=now)


def try_now(*, watch_id: int, by: models.Person, now: datetime, fetcher: domain.Fetcher | None = None) -> Trial:
    """What the watch would bring if it had never run. With a credential it asks in the directorate's name.

    Raises RefusedError, PermissionDenied.
    """
    watch = models.Watch.objects.select_related("credential").get(pk=watch_id)
    if not watches.may_change(by, watch):
        raise PermissionDenied(f"the watch is not for {by.role} here")
    words = fetching.words_of(watch.packs.all())
    ask = domain.Ask(query=watch.query, cursor={}, now=now, max_pages=1, kind=watch.kind, words=words)
    with _turn(watch, watch.platform, watch.kind, by=by, now=now):
        return _try(watch.platform, ask, watch.credential, fetcher, now=now)


@contextmanager
def _turn(target: Any, platform: str, kind: str, *, by: models.Person, now: datetime) -> Iterator[None]:
    """One trial, written down. Raises RefusedError where another is on its way here, or this person has tried too often."""
    if not _TURN.acquire(blocking=False):
        raise RefusedError("watch.trial_busy", _("Somebody is trying a watch at this moment. Try again in a minute."))
    try:
        if seconds := pace.admits(f"trial {by.pk}", rate=RATE, burst=AT_ONCE):
            text = _("Too many trials in a short time. Try again in %(seconds)s seconds.")
            raise RefusedError("watch.tried_often", text, seconds=str(int(seconds) + 1))
        with transaction.atomic():
            audit.write("watch.tried", by=by, now=now, target=target, after={"platform": platform, "kind": kind})
        yield
    finally:
        _TURN.release()


def _try(platform: str, ask: domain.Ask, credential: models.Credential | None, fetcher: domain.Fetcher | None, *, now: datetime) -> Trial:
    held, problem = credentials.for_run(credential)
    if problem is not None:
        return Trial((), 0, None, problem)
    asked = domain.Ask(query=ask.query, cursor=ask.cursor, now=ask.now, max_pages=1, kind=ask.kind, words=ask.words, credential=held.values)
    client = fetching.obeying(platform, fetcher or fetching.client(held.values.secrets(platform)), now=None)
    source = sources.SOURCES[platform]
    try:
        # A source that is told what to find on a page says selector by selector what it found there.
        if isinstance(source, Previewing):
            return _previewed(source.preview(asked.query, client), now=now)
        page = next(islice(source.fetch(asked, client), 1), None)
    except domain.SourceError as refused:
        if refused.problem.code == "credentials_refused":
            # Known to every watch of the credential at once, as if one of them had run: they stop, with their cursors.
            credentials.refuse(held, refused.problem, now=now)
        return Trial((), 0, None, refused.problem)
    except Exception as unexpected:
        log.exception("trial failed", extra={"platform": platform})
        return Trial((), 0, None, fetching.unexpected(unexpected))
    if page is None:
        return Trial((), 0, None)
    return _told(page.posts, page.problems, now=now)


@runtime_checkable
class Previewing(Protocol):
    """A source that can say what its query finds on a page (sources.web)."""

    def preview(self, query: str, fetcher: domain.Fetcher) -> Any: ...


def _previewed(preview: Any, *, now: datetime) -> Trial:
    parts = tuple(
        Part(one.part, one.selector, one.matched, one.of, tuple(_sample(text) for text in one.samples[:3]), one.complaint)
        for one in preview.findings
    )
    return replace(_told(preview.posts, preview.problems, now=now), parts=parts)


def _sample(text: str) -> str:
    short = text[:LONGEST_SHOWN]
    kept = [claims.to_json(claim) for claim in reading.read(Content(text=short)).claims]
    return masks.text(short, masks.contacts_of(kept), masks.known_of(kept))[:160]


def _told(brought: Sequence[RawPost], problems: Sequence[Problem], *, now: datetime) -> Trial:
    book = claiming.current_book()
    posts = brought[:MOST_SHOWN]
    judged = assess.assess(
        [_content(post) for post in posts],
        [post.posted_at for post in posts],
        book,
        now=now,
        weights=editions.current_points(),
        trusted=trusted.contacts(now),
        stale_after_days=settings.REGISTER_STALE_DAYS,
    )
    newest = max((post.posted_at for post in brought if post.posted_at and moments.possible(post.posted_at, now)), default=None)
    return Trial(
        shown=tuple(_shown(post, one) for post, one in zip(posts, judged, strict=True)),
        more=len(brought) - len(posts),
        newest=newest,
        problems=tuple(problems),
        known=book is not None,
    )


def _content(post: RawPost) -> Content:
    return Content(
        text=post.text,
        platform=post.platform,
        author=post.author,
        author_name=post.author_name,
        url=post.url,
        links=post.links,
        captions=tuple(one.words for one in post.media),
    )


def _shown(post: RawPost, judged: domain.Assessment) -> Shown:
    kept = [claims.to_json(claim) for claim in judged.reading.claims]
    # A claim beyond the cut is cut with the text: masked first, shortened after.
    text = masks.text(post.text, masks.contacts_of(kept), masks.known_of(kept))
    return Shown(
        text=text[:LONGEST_SHOWN] + ("…" if len(text) > LONGEST_SHOWN else ""),
        author=masks.account(post.author) if post.author else masks.name(post.author_name),
        posted_at=post.posted_at,
        level=Level(judged.level),
        verdict=str(judged.check.verdict),
        kinds=tuple(str(kind) for kind in judged.kinds),
        pictures=len(post.media),
        comment=bool(post.thread),
    )

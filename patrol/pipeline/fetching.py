"""One run of a watch: lease, pages, end. `keeping.page` keeps each page in one transaction; a killed run has lost nothing it stored."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from patrol import domain, models, sources
from patrol.evidence import custody
from patrol.infra import pace
from patrol.pipeline import keeping
from patrol.sources.transport import http, robots
from patrol.watches import credentials, turns

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What one run brought, for whoever asked for it."""

    watch: models.Watch
    pages: int
    seen: int
    new: int
    changed: int
    problems: tuple[domain.Problem, ...]  # posts that could not be read or kept, and what ended the run
    failed: bool


def client(secrets: Collection[str] = (), *, last: bool = False) -> http.Client:
    """The polite client as this installation is set up. `secrets`: what must not stand in any answer we keep. `last`: it leaves a host
    that others want to them."""
    return http.Client(
        pace=pace.SharedPace(rate=50.0 if settings.EXAMPLE else pace.RATE, patience=pace.LAST_IN_LINE if last else pace.LONGEST_WAIT),
        user_agent=settings.USER_AGENT,
        stand_ins=settings.STAND_INS,
        secrets=secrets,
        proxy=http.Proxy.read(settings.OUTGOING_PROXY) if settings.OUTGOING_PROXY else None,
        authorities=settings.OUTGOING_CA,
    )


def _begin(watch_id: int, *, token: uuid.UUID, now: datetime) -> models.Fetch:
    # A run that never closed its Fetch was killed; its pages count, its end is now.
    models.Fetch.objects.filter(watch_id=watch_id, ended_at=None).update(ended_at=now, outcome="abandoned")
    return models.Fetch.objects.create(watch_id=watch_id, token=token, started_at=now)


@dataclass(frozen=True, slots=True)
class _RobotsFiles:
    """robots.Memory: the files of all sites, in the database."""

    now: datetime

    def file_of(self, site: str) -> bytes | None:
        found = models.RobotsFile.objects.filter(site=site, kept_until__gt=self.now).values_list("body", flat=True).first()
        return None if found is None else bytes(found)

    def keep(self, site: str, body: bytes, until: datetime) -> None:
        if len(site) <= models.RobotsFile.LONGEST_SITE:
            models.RobotsFile.objects.update_or_create(site=site, defaults={"body": body, "kept_until": until})


def obeying(platform: str, fetcher: domain.Fetcher, *, now: datetime | None) -> domain.Fetcher:
    """The fetcher as this platform's sites are to be asked: behind their robots.txt where its source says so (ADR 22). For one run.
    Without `now` nothing is remembered of it: a trial keeps nothing."""
    if not _obeys(platform):
        return fetcher
    return robots.Obeying(fetcher, settings.USER_AGENT, hold=pace.close, memory=robots.FORGETS if now is None else _RobotsFiles(now))


def robots_policy(platform: str) -> dict[str, str]:
    """What the custody record says of it. Of a platform nobody may fetch from only pictures are, which a person brought the post of."""
    source = sources.SOURCES.get(platform)
    return {"robots": "obeyed" if _obeys(platform) else "api" if source and source.CREDENTIAL else "not_asked"}


def _obeys(platform: str) -> bool:
    source = sources.SOURCES.get(platform)
    return source is not None and source.OBEYS_ROBOTS


def unexpected(error: Exception) -> domain.Problem:
    sentence = domain.Sentence(
        id="Pengambilan berhenti karena kesalahan program; dicoba lagi nanti.",
        en="Fetching stopped because of a program error; it will be tried again.",
    )
    return domain.Problem("internal", sentence, told=type(error).__name__)


def words_of(packs: Iterable[models.KeywordPack]) -> tuple[str, ...]:
    """The words of several packs, each once, in their order."""
    return tuple({word.casefold(): word for pack in packs for word in pack.words}.values())


def _pages(watch: models.Watch, held: credentials.Held, fetcher: domain.Fetcher | None, *, now: datetime) -> Iterator[domain.Page]:
    ask = domain.Ask(
        query=watch.query, cursor=watch.cursor, now=now, kind=watch.kind, words=words_of(watch.packs.all()), credential=held.values
    )
    last = watch.priority == models.Watch.LAST
    fetcher = obeying(watch.platform, fetcher or client(held.values.secrets(watch.platform), last=last), now=now)
    return sources.SOURCES[watch.platform].fetch(ask, fetcher)


def _counted(fetch: models.Fetch, pages: int, seen: int) -> int:
    """Says on the run how far it is, so that what a killed one saw counts for the quota too. Returns `seen`."""
    models.Fetch.objects.filter(pk=fetch.pk, ended_at=None).update(pages=pages, posts_seen=seen)
    return seen


def patrol_watch(watch_id: int, *, now: datetime, fetcher: domain.Fetcher | None = None, force: bool = False) -> Round | None:
    """One run. None where it is not the watch's turn; `force` passes over due time, hours and quota: somebody asks by hand.

    A SourceError ends the run and is told on the watch; pages before it stay. Anything else is logged, told and tried again later:
    one broken page must not stop the others. A run whose quota is used up ends behind the page that did it.
    """
    turn = turns.claim(watch_id, now=now, force=force)
    if turn is None:
        return None
    watch, token = turn.watch, turn.token
    fetch = _begin(watch_id, token=token, now=now)
    policy = robots_policy(watch.platform)
    held, error = credentials.for_run(watch.credential)
    pages = seen = new = changed = 0
    statuses: set[int] = set()
    problems: list[domain.Problem] = []
    retry_after: float | None = None
    onward: Mapping[str, Any] | None = None
    answered_at = now
    try:
        for page in _pages(watch, held, fetcher, now=now) if error is None else ():
            stored, answered_at = keeping.page(page, watch=watch, fetch=fetch, token=token, policy=policy), page.answer.received_at
            pages, seen = pages + 1, seen + len(page.posts)
            statuses.add(page.answer.status)
            new, changed = new + stored.new, changed + stored.changed
            problems += [*page.problems, *stored.problems]
            if turn.left is not None and _counted(fetch, pages, seen) >= turn.left:
                break
    except domain.SourceError as refused:
        error, retry_after, onward = refused.problem, refused.retry_after, refused.cursor
        if refused.answer is not None:
            answered_at = refused.answer.received_at
            sha256 = custody.keep(refused.answer)
            custody.capture(refused.answer, sha256=sha256, platform=watch.platform, fetch=fetch, options=policy)
        pace.heed(refused, with_credential=held.credential_id is not None)
    except keeping.LeaseLostError:
        log.warning("lease lost", extra={"watch": watch_id})
        return Round(watch, pages, seen, new, changed, tuple(problems), failed=True)
    except Exception as fault:
        log.exception("fetch failed", extra={"watch": watch_id})
        error = unexpected(fault)
    if error:
        problems.append(error)
    with transaction.atomic():
        # Before the release: the quota of today counts this run too when the next due time is set.
        models.Fetch.objects.filter(pk=fetch.pk, ended_at=None).update(
            ended_at=max(answered_at, turns.clock(turn, now)),
            outcome="failed" if error else "unchanged" if statuses <= {304} else "good",
            pages=pages,
            posts_seen=seen,
            posts_new=new,
            posts_changed=changed,
            problems=[turns.problem_json(problem) for problem in problems],
        )
        if onward is not None:
            keeping.advance(watch, token, onward)
        turns.release(turn, held, error, retry_after, now=now)
    watch.refresh_from_db()
    return Round(watch, pages, seen, new, changed, tuple(problems), failed=error is not None)

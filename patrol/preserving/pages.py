"""Page archives of posts: asked for by a person, or due because a confirmed flag has taken effect; kept by job as a signed WACZ
and a screenshot."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from patrol import access, domain, models
from patrol.access import Action, audit
from patrol.evidence import archive, custody, erasing, raw
from patrol.evidence.archive import browser, wacz
from patrol.infra import jobs, locks, pace, reached
from patrol.pipeline import fetching
from patrol.preserving import page_stamps
from patrol.sources.transport import http

KIND: Final = "page"
# A page and its parts are asked for as one visitor's browser would, only slower: at one a second a page of fifty parts takes a minute.
RATE = 4.0
LIMITS = http.Limits(seconds=12.0, connect_seconds=6.0, wire_bytes=12_000_000, decoded_bytes=24_000_000)
AT_ONCE = 20  # confirmed flags a sweep
WINDOW = 2_000  # decisions a sweep looks at
BUSY_SECONDS = 20.0  # one browser a machine: it may take a gigabyte and a half

_ERASED = domain.Sentence(
    "Isi unggahan sudah dihapus; halamannya tidak diarsipkan lagi.",
    "The content of the post was erased; its page is not archived any more.",
)
NO_ADDRESS = domain.Sentence(
    "Unggahan ini tidak punya alamat halaman yang dapat dibuka.", "This post has no address of a page that can be opened."
)

# Decisions since the row reached, at most so many at once; their flags are looked at as they stand by now. The newest decision that
# confirmed and was not taken back: confirming again later is another occasion, and another archive.
_CONFIRMED = """
WITH lately AS MATERIALIZED (
    SELECT flag_id FROM (SELECT * FROM patrol_decision WHERE id > %(reached)s ORDER BY id LIMIT %(window)s) d WHERE effective_at <= %(now)s
)
INSERT INTO patrol_job (kind, key, target, state, created_at, due_at, attempts)
SELECT 'page', f.post_id || ':confirmed:' || d.id, jsonb_build_object('post', f.post_id, 'flag', f.id), 'waiting', %(now)s,
    clock_timestamp(), 0
FROM patrol_flag f
JOIN LATERAL (
    SELECT id, effective_at FROM patrol_decision d WHERE d.flag_id = f.id AND d.outcome = 'confirmed'
      AND NOT EXISTS (SELECT FROM patrol_decision r WHERE r.reverses_id = d.id)
    ORDER BY id DESC LIMIT 1
) d ON true
JOIN patrol_post p ON p.id = f.post_id
WHERE f.id IN (SELECT flag_id FROM lately) AND f.state = 'confirmed' AND d.effective_at <= %(now)s AND p.url ~ '^https?://'
  AND NOT EXISTS (SELECT FROM patrol_job j WHERE j.kind = 'page' AND j.key = f.post_id || ':confirmed:' || d.id)
ORDER BY f.decided_at DESC LIMIT %(limit)s
ON CONFLICT (kind, key) DO NOTHING
"""


log = logging.getLogger(__name__)


class Take(Protocol):
    """`archive.take`; tests of what becomes of an archive put a fake of the outside world here."""

    def __call__(self, url: str, *, client: archive.Client, browser: str, program: str, clock: Callable[[], datetime]) -> archive.Taken: ...


def installed() -> str:
    """The browser of this machine, "" where there is none."""
    return browser.found(settings.BROWSER_PATH)


def has_address(post: models.Post) -> bool:
    """Whether its page can be opened: not what was noted by hand, nor a message of a group."""
    return post.url.startswith(("http://", "https://"))


def ask(*, post_id: int, by: models.Person, now: datetime) -> bool:
    """Asks for an archive of the post's page. False where one is on its way already. Raises PermissionDenied."""
    access.require(by, Action.PAGE_ASK)
    with transaction.atomic():
        post = models.Post.objects.get(pk=post_id)
        asked = jobs.add(KIND, f"{post.pk}:asked", {"post": post.pk}, now=now, by=by.pk)
        if asked:
            audit.write("page.asked", by=by, now=now, target=post)
    return asked


def mark(*, now: datetime) -> int:
    """Asks for the pages of confirmed flags that have none yet, the newest first. Returns how many. Nothing where there is no browser:
    they are still due when one is installed. Costs what was decided since the last sweeps, not what was ever confirmed.
    """
    since = reached.since("pages", table="patrol_decision")
    if since is None or not installed():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CONFIRMED, {"now": now, "limit": AT_ONCE, "reached": since, "window": WINDOW})
        asked = int(cursor.rowcount)
        if asked < AT_ONCE:
            reached.settle("pages", table="patrol_decision", at="effective_at", since=since, window=WINDOW, now=now)
    return asked


def client() -> http.Client:
    """The polite client, with the pace and the limits of a page and its parts."""
    return replace(fetching.client(), pace=pace.SharedPace(rate=50.0 if settings.EXAMPLE else RATE), limits=LIMITS)


def keep(job: jobs.Leased, *, now: datetime, take: Take = archive.take) -> None:
    """The handler of jobs "page": target {"post": id}. Raises SourceError, JobLostError."""
    post = models.Post.objects.get(pk=job.target["post"])
    if erasing.is_erased(post.pk):
        raise domain.SourceError("erased", _ERASED, permanent=True)
    if not has_address(post):
        raise domain.SourceError("no_address", NO_ADDRESS, permanent=True)
    with locks.only_one("page") as alone:
        if not alone:
            jobs.put_off(job, BUSY_SECONDS)
            return
        try:
            taken = take(post.url, client=client(), browser=installed(), program=settings.USER_AGENT, clock=timezone.now)
        except pace.Paced as paced:
            jobs.put_off(job, paced.retry_after or 1.0)
            return
        except domain.SourceError as error:
            pace.heed(error)
            raise
    key = _key()
    packed = wacz.pack(
        taken.warc,
        url=taken.main.final_url,
        at=taken.main.requested_at,
        title=taken.title,
        software=settings.USER_AGENT,
        created=now,
        key=key,
    )
    sha256 = raw.put(packed)
    kept = [sha256, *([raw.put(taken.screenshot)] if taken.screenshot else [])]
    with transaction.atomic():
        if erasing.erased_meanwhile(post.pk, kept):
            jobs.finish(job, now=now)
            return
        _captures(job, post, taken, packed, sha256, now=now, signed_by=wacz.name(key.public_key()) if key else "")
        if key:
            page_stamps.ask(now=now)
        jobs.finish(job, now=now)


def _key() -> EllipticCurvePrivateKey | None:
    """Signs the archive. Where there is none, or its file cannot be used, the page is kept unsigned: it may be gone tomorrow."""
    try:
        return wacz.private_key(Path(settings.ARCHIVE_KEY).read_bytes())
    except (OSError, wacz.KeyFileError) as error:
        log.warning("an archive is kept unsigned", extra={"why": error.strerror if isinstance(error, OSError) else str(error)})
        return None


def _captures(
    job: jobs.Leased, post: models.Post, taken: archive.Taken, packed: bytes, sha256: str, *, now: datetime, signed_by: str
) -> None:
    """The archive and its screenshot, inside the caller's transaction."""
    person = models.Person.objects.get(pk=job.by_id) if job.by_id else None
    shared: dict[str, Any] = {
        "platform": post.platform,
        "job": models.Job(pk=job.id),
        "person": person,
        "office": person.office if person else None,
        "post_id": post.pk,
        "purpose": "evidence",
    }
    told = {
        "partial": list(taken.partial),
        "refused": dict(taken.refused),
        "requests": taken.requests,
        "browser": dict(taken.browser),
        "occasion": "confirmed" if ":confirmed:" in job.key else "asked",
        "signed_by": signed_by,  # name of the key; "": kept unsigned
        "robots": "not_asked",  # one page a person wants kept, not a walk over a site (ADR 19)
    }
    page = replace(
        taken.main,
        asked_url=taken.asked_url,
        final_url=taken.final_url,
        hops=taken.hops,
        body=packed,
        truncated=bool(set(taken.partial) - {"login", "no_page"}),
    )
    kept = custody.capture(page, sha256=sha256, kind="page", media_type=wacz.MEDIA_TYPE, options=told, **shared)
    if taken.screenshot:
        custody.capture_file(
            taken.screenshot,
            "image/png",
            kind="screenshot",
            relation="rendition",
            of=kept,
            url=taken.final_url,
            truncated=bool({"height", "script", "seconds"} & set(taken.partial)),
            options={"partial": list(taken.partial)},
            now=now,
            **shared,
        )

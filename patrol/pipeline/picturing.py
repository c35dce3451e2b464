"""The pictures of a version: fetched by job, kept as they came, re-encoded for the page; then the post is due for reading again.

One transaction a picture, with the job's lease in it: a killed try goes on with the pictures that are still waiting. What a platform
no longer has, or what is no picture, is told on its row and costs no further try. Pictures of feeds and pages follow the robots.txt of
the site they lie on, as their pages do (ADR 22).
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction

from patrol import domain, models
from patrol.domain import kept_problems
from patrol.domain.states import MediaState
from patrol.evidence import custody, erasing, pictures, raw
from patrol.infra import jobs, pace
from patrol.pipeline import fetching, picture_reads
from patrol.sources.transport import http

log = logging.getLogger(__name__)

MOST_PICTURES = 20  # of one version; an album has ten, a carousel twenty
LONGEST_TRY = 60.0  # seconds; the rest of a long album is the next try's
LIMITS = http.Limits(wire_bytes=pictures.MOST_BYTES, decoded_bytes=pictures.MOST_BYTES, ratio=20)

# What the refusal of an address means for the picture; all else that is permanent refuses it.
_MISSING = frozenset({"not_found", "client_error", "refused", "dns"})

_ERASED = domain.Problem("erased", domain.Sentence("Isi unggahan sudah dihapus.", "The content of the post was erased."), permanent=True)
_TOO_MANY = domain.Problem(
    "too_many_pictures",
    domain.Sentence(f"Hanya {MOST_PICTURES} gambar pertama yang diambil.", f"Only the first {MOST_PICTURES} pictures are fetched."),
    permanent=True,
)
_CUT_OFF = domain.Sentence(
    "Gambar terputus di tengah pengiriman; diambil lagi nanti.", "The picture broke off on its way; it will be fetched again."
)


def _not_wanted(address: str) -> domain.Problem:
    """A page is looked at again after a day; a picture is not: each post would ask its site once more, day by day."""
    host = urlsplit(address).hostname or "-"
    sentence = domain.Sentence(
        f"{host} meminta mesin tidak membuka gambar ini (robots.txt), jadi tidak diambil. Orang tetap boleh membukanya dan mengirim "
        "tangkapannya.",
        f"{host} asks machines not to open this picture (robots.txt), so it was not fetched. A person may still open it and send a "
        "capture.",
    )
    return domain.Problem("robots_refused", sentence, permanent=True)


class _LaterError(Exception):
    """Our own pace is used up: the rest of the pictures wait for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def client() -> http.Client:
    """The polite client, with the limits of one picture."""
    return replace(fetching.client(), limits=LIMITS)


def fetch_pictures(job: jobs.Leased, *, now: datetime, fetcher: domain.Fetcher | None = None) -> None:
    """The handler of jobs "media": target {"version": id}. Raises SourceError where a picture is to be tried again, JobLostError."""
    version = models.PostVersion.objects.select_related("post").get(pk=job.target["version"])
    kept_words = models.PostText.objects.filter(version=version).values_list("media", flat=True).first()
    addresses = [str(one.get("url", "")) for one in kept_words or []]
    ask = fetching.obeying(version.post.platform, fetcher or client(), now=now)
    ends = time.monotonic() + LONGEST_TRY
    retry: domain.SourceError | None = None
    pause: float | None = None
    for media in models.Media.objects.filter(version=version, state=MediaState.WAITING).order_by("position"):
        if time.monotonic() > ends:
            pause = 1.0
            break
        address = addresses[media.position] if media.position < len(addresses) else ""
        try:
            _fetch_one(job, media, version.post, address, ask, now=now)
        except _LaterError as later:
            pause = later.seconds
        except domain.SourceError as error:
            retry = error
    with transaction.atomic():
        waits = models.Media.objects.filter(version=version, state=MediaState.WAITING).exists()
        if not waits:
            jobs.finish(job, now=now)
        elif retry is None:
            jobs.put_off(job, pause or 1.0)
        _read_again(version)
    if waits and retry is not None:
        raise retry


def _fetch_one(job: jobs.Leased, media: models.Media, post: models.Post, address: str, ask: domain.Fetcher, *, now: datetime) -> None:
    """One picture to its end. Raises SourceError where it is to be tried again, _LaterError where it was not tried."""
    if not address:
        _settle(job, media, MediaState.MISSING, _ERASED)
        return
    if media.position >= MOST_PICTURES:
        _settle(job, media, MediaState.LEFT, _TOO_MANY)
        return
    if media.capture_id is not None:
        _keep_given(job, media, now=now)
        return
    try:
        answer = _whole(ask.get(address, headers={"Accept": "image/webp,image/jpeg,image/png,image/gif"}))
    except pace.Paced as paced:
        raise _LaterError(paced.retry_after or 1.0) from paced
    except domain.SourceError as error:
        pace.heed(error)
        if error.problem.code == "robots_refused":
            _settle(job, media, MediaState.REFUSED, _not_wanted(address))
            return
        if not error.problem.permanent and job.attempts < jobs.TRIES:
            raise
        missing = not error.problem.permanent or error.problem.code in _MISSING
        _settle(job, media, MediaState.MISSING if missing else MediaState.REFUSED, error.problem)
        return
    try:
        shown = pictures.shrunk(answer.body)
    except pictures.UnreadableError as refused:
        _settle(job, media, MediaState.REFUSED, refused.problem)
        return
    sha256, _thumbnail = custody.keep(answer), raw.put(shown.thumbnail)
    with transaction.atomic():
        jobs.hold(job)
        capture = custody.capture(
            answer,
            sha256=sha256,
            platform=post.platform,
            job=models.Job(pk=job.id),
            post_id=post.pk,
            kind="media",
            options=fetching.robots_policy(post.platform),
        )
        keep(media.pk, capture, shown, now=now)


def _keep_given(job: jobs.Leased, media: models.Media, *, now: datetime) -> None:
    """A picture a person brought in, in a file or an upload: its bytes lie in evidence, nobody is asked for them."""
    assert media.capture_id is not None
    capture = models.Capture.objects.get(pk=media.capture_id)
    content = raw.whole(capture.sha256)
    try:
        shown = pictures.shrunk(content)
    except pictures.UnreadableError as refused:
        _settle(job, media, MediaState.REFUSED, refused.problem)
        return
    with transaction.atomic():
        jobs.hold(job)
        keep(media.pk, capture, shown, now=now)


def _whole(answer: domain.RawAnswer) -> domain.RawAnswer:
    if answer.truncated:
        raise domain.SourceError("cut_off", _CUT_OFF, answer=answer)
    return answer


def keep(media_id: int, capture: models.Capture, shown: pictures.Shrunk, *, now: datetime) -> None:
    """A picture and its thumbnail, inside the caller's transaction: the file as it came is `capture`, its bytes lie in evidence.

    Whoever takes pictures from people (uploads, captures) makes them visible with `pictures.shrunk` and this.
    """
    if capture.post_id is not None:
        erasing.erased_meanwhile(capture.post_id, [capture.sha256, raw.put(shown.thumbnail)])
    thumbnail = custody.capture_file(shown.thumbnail, "image/jpeg", kind="media", now=now, **picture_reads.rendition_of(capture))
    models.Media.objects.filter(pk=media_id, state=MediaState.WAITING).update(
        state=MediaState.KEPT, capture=capture, thumbnail=thumbnail, width=shown.width, height=shown.height
    )


def _settle(job: jobs.Leased, media: models.Media, state: MediaState, problem: domain.Problem) -> None:
    told: dict[str, Any] = kept_problems.kept(problem)
    with transaction.atomic():
        jobs.hold(job)
        models.Media.objects.filter(pk=media.pk, state=MediaState.WAITING).update(state=state, problem=told)


# Only where a picture is kept that no reading of the version knows yet (a reading names its pictures by one hash, so: any kept one,
# while the newest version is still this one). Doing it once too often costs a look into the cache.
_DUE = """
UPDATE patrol_post SET due_at = clock_timestamp(), attempts = 0
WHERE id = %(post)s AND versions_count = %(number)s AND quarantined_at IS NULL
  AND EXISTS (SELECT FROM patrol_media WHERE version_id = %(version)s AND state = 'kept')
"""


def _read_again(version: models.PostVersion) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"post": version.post_id, "number": version.number, "version": version.pk})

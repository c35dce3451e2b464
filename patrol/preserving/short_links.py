"""Short links in posts, opened by job: each once, however many posts hold it. Where it leads is kept, and those posts are read again.

Asked like every page: through the polite client, behind the service's robots.txt, without cookies or a login, by GET. Who made a short
link sees that somebody looked at it; the page it leads to is not opened (patrol.sources.short_links).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from patrol import domain, models
from patrol.domain import LAW_ZONE, kept_problems
from patrol.domain.short_links import ShortLinkOutcome as Outcome
from patrol.evidence import custody
from patrol.evidence.archive import record
from patrol.infra import jobs, locks, pace
from patrol.pipeline import fetching
from patrol.sources import short_links
from patrol.sources.transport import http

KIND: Final = "short_link"
AT_ONCE: Final = 10  # links a sweep
WAITS: Final = (3_600.0, 6 * 3_600.0, 24 * 3_600.0)  # seconds between the tries of a service that does not answer
LIMITS: Final = http.Limits(seconds=15.0, connect_seconds=6.0, redirects=5, wire_bytes=600_000, decoded_bytes=1_200_000)

_INVENTED: Final = domain.Sentence(
    "Pada data contoh tidak ada alamat sungguhan yang dibuka.", "In the example run no real address is opened."
)

# Materialized: as a plain subquery the planner may run it once a row, and then more than so many are asked for.
_DUE = """
WITH left_today AS (
    SELECT GREATEST(0, LEAST(%(at_once)s, %(a_day)s - count(*))) AS many FROM patrol_shortlink WHERE asked_at >= %(today)s
), due AS MATERIALIZED (
    SELECT l.id FROM patrol_shortlink l WHERE {due} ORDER BY l.level_rank DESC, l.id
    LIMIT (SELECT many FROM left_today) FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE patrol_shortlink SET asked_at = %(now)s WHERE id IN (SELECT id FROM due) RETURNING id
"""
# Our own line is down, or the service nearly all of them are of: as many tries failed as a sweep begins, and none came through since.
_STUCK = """
SELECT count(*) >= %(at_once)s AND NOT EXISTS (
    SELECT FROM patrol_job WHERE kind = 'short_link' AND state = 'done' AND ended_at > %(now)s - interval '1 hour')
FROM patrol_job WHERE kind = 'short_link' AND state = 'waiting' AND attempts = 1 AND due_at > clock_timestamp()
    AND problem ->> 'code' IN ('dns', 'unreachable', 'timeout', 'tls', 'server_error', 'robots_unreachable')
"""
_NEW = "l.asked_at IS NULL AND l.may_open"
# Its job was given up for a fault that was not the link's: asked for a day ago, and nobody is at it any more.
_LEFT = """
l.outcome IS NULL AND l.asked_at < %(now)s - interval '1 day'
    AND NOT EXISTS (SELECT FROM patrol_job j WHERE j.kind = 'short_link' AND j.key = l.id::text AND j.state = 'waiting')
"""
_ARE_DUE = "SELECT EXISTS (SELECT FROM patrol_shortlink l WHERE {new}) OR EXISTS (SELECT FROM patrol_shortlink l WHERE {left})"
# A post of somebody who is protected holds it: one that is protected, or another by the same account.
_SPARED = """
WITH protected AS (
    SELECT p.id, p.platform, p.author_id FROM patrol_protection r JOIN patrol_flag f ON f.id = r.flag_id
    JOIN patrol_post p ON p.id = f.post_id
)
SELECT EXISTS (
    SELECT FROM patrol_shortlinkuse u JOIN patrol_postversion v ON v.id = u.version_id JOIN patrol_post p ON p.id = v.post_id
    JOIN protected o ON o.id = p.id OR o.platform = p.platform AND o.author_id = p.author_id AND p.author_id <> ''
      OR EXISTS (SELECT FROM patrol_sighting a JOIN patrol_sighting b ON b.indicator_id = a.indicator_id AND b.role = 'author'
                 WHERE a.post_id = p.id AND a.role = 'author' AND b.post_id = o.id)
    WHERE u.link_id = %s)
"""
# A post in its newest version still wants it opened.
_WANTED = """
SELECT EXISTS (
    SELECT FROM patrol_shortlinkuse u JOIN patrol_postversion v ON v.id = u.version_id JOIN patrol_post p ON p.id = v.post_id
    WHERE u.link_id = %s AND u.wants AND v.number = p.versions_count)
"""
_AGAIN = """
UPDATE patrol_post p SET due_at = clock_timestamp(), attempts = 0 FROM patrol_postversion v
WHERE v.id IN (SELECT version_id FROM patrol_shortlinkuse WHERE link_id = %s)
  AND p.id = v.post_id AND p.versions_count = v.number AND p.quarantined_at IS NULL
"""


def mark(*, now: datetime) -> int:
    """Asks for the short links that are due, those of the worst posts first. Returns how many; none where the setting says so."""
    if not settings.SHORT_LINKS_A_DAY or not _are_due(now):
        return 0
    today = datetime.combine(now.astimezone(LAW_ZONE).date(), time(), LAW_ZONE)
    given: dict[str, Any] = {"at_once": AT_ONCE, "a_day": settings.SHORT_LINKS_A_DAY, "today": today, "now": now}
    with locks.only_one("short links") as alone, transaction.atomic(), connection.cursor() as cursor:
        if not alone:
            return 0
        cursor.execute(_STUCK, given)
        if cursor.fetchone()[0]:
            return 0
        found: list[int] = []
        for due in (_NEW, _LEFT):
            cursor.execute(_DUE.format(due=due), given)
            found += [row[0] for row in cursor.fetchall()]
            given["at_once"] = AT_ONCE - len(found)
        return sum(jobs.add(KIND, str(link), {"link": link}, now=now) for link in sorted(found))


def _are_due(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ARE_DUE.format(new=_NEW, left=_LEFT), {"now": now})
        return bool(cursor.fetchone()[0])


def client() -> http.Client:
    """The polite client, with the limits of a redirect; it leaves a service that others want to them."""
    return replace(fetching.client(last=True), limits=LIMITS)


@dataclass(frozen=True, slots=True)
class _Steps:
    """A Fetcher that follows nothing but the redirects of a robots.txt."""

    client: http.Client

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        parts = urlsplit(url)
        if settings.EXAMPLE and f"{parts.scheme}://{parts.netloc}" not in self.client.stand_ins:
            raise domain.SourceError("example", _INVENTED, permanent=True)
        if parts.path == "/robots.txt":
            return self.client.get(url, headers=headers)
        return self.client.step(url, headers=headers)[0]

    def post(self, *_: Any, **__: Any) -> domain.RawAnswer:
        raise NotImplementedError("nothing is posted to a short link")


def keep(job: jobs.Leased, *, now: datetime, to: http.Client | None = None) -> None:
    """The handler of jobs "short_link": target {"link": id}. Raises SourceError, JobLostError."""
    link = models.ShortLink.objects.filter(pk=job.target["link"], outcome=None).first()
    if link is None:  # erased meanwhile, or opened
        with transaction.atomic():
            jobs.finish(job, now=now)
        return
    if _holds(_SPARED, link):
        _keep(job, link, short_links.Followed(Outcome.SPARED), now=now)
        return
    if not _holds(_WANTED, link) and _is_left(job, link, now=now):
        return
    asker = fetching.obeying(domain.Platform.WEB, _Steps(to or client()), now=now)
    try:
        followed = short_links.follow(link.address, asker.get)
    except pace.Paced as paced:
        jobs.put_off(job, paced.retry_after or 1.0)
        return
    except domain.SourceError as error:
        pace.heed(error)
        if job.attempts <= len(WAITS):
            error.retry_after = max(error.retry_after or 0.0, WAITS[job.attempts - 1])
            raise
        followed = short_links.Followed(Outcome.NO_ANSWER, problem=error.problem)
    _keep(job, link, followed, now=now)


def _holds(question: str, link: models.ShortLink) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [link.pk])
        return bool(cursor.fetchone()[0])


def _is_left(job: jobs.Leased, link: models.ShortLink, *, now: datetime) -> bool:
    """Whether nobody wants it opened any more: it waits as before, for a post that does. A reading that wants it holds the same row."""
    with transaction.atomic():
        models.ShortLink.objects.select_for_update(no_key=True).filter(pk=link.pk, outcome=None).first()
        if _holds(_WANTED, link):
            return False
        models.ShortLink.objects.filter(pk=link.pk, outcome=None).update(may_open=False, level_rank=0, asked_at=None)
        jobs.finish(job, now=now)
    return True


def _keep(job: jobs.Leased, link: models.ShortLink, followed: short_links.Followed, *, now: datetime) -> None:
    """What opening it brought, the posts that hold it due again, and the end of the job."""
    while not _kept(job, link, followed, now=now):
        pass


def _kept(job: jobs.Leased, link: models.ShortLink, followed: short_links.Followed, *, now: datetime) -> bool:
    """False where another post came to hold the link while its posts were locked: posts come before links, for whoever locks both."""
    posts = _posts(link)
    with transaction.atomic():
        list(models.Post.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk").values_list("pk"))
        there = models.ShortLink.objects.select_for_update(no_key=True).filter(pk=link.pk, outcome=None).first()
        if there is not None:
            if _posts(link) - posts:
                return False
            problem = followed.problem
            models.ShortLink.objects.filter(pk=link.pk).update(
                outcome=followed.outcome,
                leads_to=followed.leads_to,
                opened_at=now,
                problem=kept_problems.kept(problem) if problem else None,
                capture=_capture(job, link, followed, now=now) if followed.exchanges else None,
            )
            if followed.leads_to:
                with connection.cursor() as cursor:
                    cursor.execute(_AGAIN, [link.pk])
        jobs.finish(job, now=now)
    return True


def _posts(link: models.ShortLink) -> set[int]:
    return set(models.ShortLinkUse.objects.filter(link=link).values_list("version__post", flat=True))


def _capture(job: jobs.Leased, link: models.ShortLink, followed: short_links.Followed, *, now: datetime) -> models.Capture:
    """Every answer on the way in one archive. Its record names the short link only: where it leads stands in the file, which the eraser
    reaches."""
    written = record.Record(settings.USER_AGENT, {})
    for answer in followed.exchanges:
        written.exchange(answer)
    return custody.capture_file(
        written.content(),
        "application/warc",
        platform=domain.Platform.WEB,
        kind="answer",
        now=now,
        job=models.Job(pk=job.id),
        url=link.address,
        truncated=any(answer.truncated for answer in followed.exchanges),
        options={"short_link": link.pk, "exchanges": len(followed.exchanges), "robots": "obeyed"},
    )

"""A look at a post's link, by job: whether it still stands there. The answer is kept as evidence, the look as a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from patrol import domain, models
from patrol.cases import rechecks
from patrol.domain.availability import Availability, AvailabilityReason, Known, Looked
from patrol.evidence import custody, erasing
from patrol.infra import jobs, pace
from patrol.models import CaseEventKind
from patrol.pipeline import absence, fetching
from patrol.sources import availability
from patrol.sources.availability import places

# Of no answer at all another try may tell more; after so many it is what it is.
TRIES: Final = 3
_PASSING: Final = frozenset({"timeout", "dns", "tls", "unreachable", "server_error"})
_HEADERS: Final = {"Accept": "text/html,application/json;q=0.9,*/*;q=0.5", "Accept-Language": "id,en;q=0.8"}


def keep(job: jobs.Leased, *, now: datetime, fetcher: domain.Fetcher | None = None) -> None:
    """The handler of jobs "link": target {"post": id} and what asked (case, schedule and step, second_of).

    Raises SourceError, JobLostError. One look is one row: it is written with the end of its job, in one transaction.
    """
    post = models.Post.objects.get(pk=job.target["post"])
    if erasing.is_erased(post.pk):  # nothing of it is fetched any more
        with transaction.atomic():
            _record(job, post, Looked(AvailabilityReason.ERASED), "", None, now=now)
        return
    known = _known(post)
    address = places.of(known)
    if not address:
        with transaction.atomic():
            _record(job, post, Looked(AvailabilityReason.NO_ADDRESS), "", None, now=now)
        return
    asker = fetcher or fetching.client()
    asked = post.platform not in places.UNASKED
    if asked:  # a page is anybody's, whatever stands on it: its robots.txt is obeyed
        asker = fetching.obeying(domain.Platform.WEB, asker, now=now)
    answer: domain.RawAnswer | None
    try:
        answer, problem = asker.get(address, headers=_HEADERS), ""
    except pace.Paced as paced:
        jobs.put_off(job, paced.retry_after or 1.0)
        return
    except domain.SourceError as error:
        pace.heed(error)
        if error.problem.code in _PASSING and job.attempts < TRIES:
            raise
        # Of a robots.txt that cannot be had the answer is that of the file, not of the page.
        answer, problem = (None if error.problem.code == "robots_unreachable" else error.answer), error.problem.code
    looked = availability.judge(known, answer, problem)
    sha256 = custody.keep(answer) if answer is not None else ""
    with transaction.atomic():
        if sha256 and erasing.erased_meanwhile(post.pk, [sha256]):
            _record(job, post, Looked(AvailabilityReason.ERASED), address, None, now=now)
            return
        capture = None
        if answer is not None:
            person = models.Person.objects.select_related("office").get(pk=job.by_id) if job.by_id else None
            capture = custody.capture(
                answer,
                sha256=sha256,
                platform=post.platform,
                job=models.Job(pk=job.id),
                person=person,
                office=person.office if person else None,
                post_id=post.pk,
                purpose="recheck",
                options={"robots": "obeyed" if asked else "not_asked", "looked": str(looked.reason)},
            )
        _record(job, post, looked, address, capture, now=answer.received_at if answer is not None else now)


def _known(post: models.Post) -> Known:
    version = models.PostVersion.objects.filter(post=post).select_related("content").order_by("-number").first()
    return Known(post.platform, post.external_id, post.url, version.content.text if version is not None else "")


def _record(job: jobs.Leased, post: models.Post, looked: Looked, address: str, capture: models.Capture | None, *, now: datetime) -> None:
    """The row of the look, what follows from it, and the end of the job. In the caller's transaction."""
    jobs.hold(job)  # whoever is too late writes nothing
    # Two looks at one link that end at once: the second sees what the first one said.
    post = models.Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    target: dict[str, Any] = dict(job.target)
    check = models.LinkCheck.objects.create(
        post=post,
        case_id=target.get("case"),
        by_id=job.by_id,
        schedule_id=target.get("schedule"),
        step=target.get("step"),
        second_of_id=target.get("second_of"),
        at=now,
        outcome=looked.outcome,
        reason=looked.reason,
        asked_url=address,
        status=capture.status if capture is not None else None,
        capture=capture,
    )
    if looked.outcome == Availability.DOWN and post.gone_at is None:
        if not rechecks.was_down(check):
            rechecks.again(check, now=now)
        elif capture is not None:
            absence.note([post.external_id], None, shown=(), capture_id=capture.pk, now=now)
            rechecks.tell(CaseEventKind.LINK_DOWN, post.pk, now=now)
    elif looked.outcome == Availability.THERE and absence.back(post.pk):
        rechecks.tell(CaseEventKind.LINK_BACK, post.pk, now=now)
    jobs.finish(job, now=now)

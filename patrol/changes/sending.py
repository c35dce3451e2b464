"""Changes on their way to other systems: one after another, each until it arrived.

The sweep finds which webhook has something to be sent and asks for a job; the job sends. How far a webhook has come moves on together with
the row that says what arrived, after the answer: whoever dies in between sends the same once more, with the same id, and skips nothing. A
try that fails waits longer each time. After the last of WAITS the webhook is failing, and its office is told; where it came to stays, and
whoever resumes it goes on from there.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from patrol import domain, models
from patrol.access import audit
from patrol.changes import signing, stream
from patrol.domain.states import WebhookState
from patrol.engine import masks
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import fetching
from patrol.sources.transport.http import Limits
from patrol.triage import notices
from patrol.watches import credentials

log = logging.getLogger(__name__)

KIND: Final = "webhook"  # of jobs
# Seconds until the next try, half as much again at most; then it is failing. Two days and more in all.
WAITS: Final = (30.0, 120.0, 600.0, 1_800.0, 7_200.0, 21_600.0, 43_200.0, 86_400.0)
LIMITS: Final = Limits(seconds=15.0, connect_seconds=5.0, redirects=0, wire_bytes=16 * 1024, decoded_bytes=16 * 1024)
AT_ONCE: Final = 100  # changes of one job; it is asked for again where more wait
_SECONDS: Final = 60.0  # of one job, well within its lease
_WORDS: Final = 120  # characters of an answer
_GONE: Final = 410  # "send me nothing any more"
_AFTER_RESTORE: Final = timedelta(minutes=10)  # longer than what happened takes to be committed
FAILED_FOR: Final = timedelta(days=1)  # then its office is told, while it is still tried
PAUSED, LATE, FAILING, BACK, ENDED = notices.WEBHOOKS
_TRIAL: Final = "test"  # the type of a message that tells of nothing

# Those that send and have no job yet; and those that do not arrive and whose office may not know it.
_MARKED: Final = """
SELECT id, sends, unheard FROM (
    SELECT w.id, w.state = 'active' AND NOT EXISTS (
            SELECT FROM patrol_job j WHERE j.kind = %s AND j.key = w.id::text AND j.state = 'waiting') AS sends,
        w.told_at IS NULL AND (w.state = 'paused' OR (w.state = 'active' AND w.failures > 0)) AS unheard
    FROM patrol_webhook w JOIN patrol_office o ON o.id = w.office_id AND o.active WHERE w.state IN ('active', 'paused')) one
WHERE sends OR unheard ORDER BY id
"""


type Post = Callable[..., domain.RawAnswer]  # http.Client.post


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a try: `kept` is its row, not saved yet. `wait`: seconds they asked for. `untried`: nothing left for there."""

    kept: models.Delivery
    wait: float = 0.0
    untried: bool = False


# --- what is due --------------------------------------------------------------------------------------


def mark(*, now: datetime) -> int:
    """What the sweep does. Returns for how many webhooks something waits, and of how many an office was told. One query where there is
    nothing of both."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, [KIND])
        marked = {pk: (sends, unheard) for pk, sends, unheard in cursor.fetchall()}
    found = 0
    for webhook in models.Webhook.objects.select_related("office").filter(pk__in=marked).order_by("pk") if marked else ():
        sends, unheard = marked[webhook.pk]
        found += unheard and _tell_of_silence(webhook, now=now)
        if not sends:
            continue
        page = _next(webhook, 1, now=now)
        if page.changes:
            found += jobs.add(KIND, str(webhook.pk), {"webhook": webhook.pk}, now=now)
        elif page.cursor != webhook.cursor:
            models.Webhook.objects.filter(pk=webhook.pk, cursor=webhook.cursor).update(cursor=page.cursor)
    return found


def _tell_of_silence(webhook: models.Webhook, *, now: datetime) -> bool:
    """Of one that nobody was told of: paused by a restore, or failing for a day by now. Returns whether somebody was."""
    if webhook.state == WebhookState.ACTIVE and not _fails_since(webhook, now - FAILED_FOR):
        return False
    kind = PAUSED if webhook.state == WebhookState.PAUSED else LATE
    with transaction.atomic():
        silent = models.Webhook.objects.filter(pk=webhook.pk, state=webhook.state, failures=webhook.failures, told_at=None)
        if not silent.update(told_at=now):
            return False
        tell(webhook, kind, by=None, now=now)
    return True


def _fails_since(webhook: models.Webhook, moment: datetime) -> bool:
    """Whether the first try after the last that arrived was made before then."""
    tries = models.Delivery.objects.filter(webhook=webhook).exclude(type=_TRIAL)
    arrived = tries.filter(arrived=True).order_by("-id").values_list("id", flat=True).first() or 0
    began = tries.filter(id__gt=arrived).order_by("id").values_list("at", flat=True).first()
    return began is not None and began <= moment


def tell(webhook: models.Webhook, kind: str, *, by: models.Person | None, now: datetime) -> None:
    """A notice to the supervisors of its office and to whoever made it, while they work there; not to `by`, who did it. In the caller's
    transaction."""
    there = Q(office=webhook.office_id) & (Q(role=Role.SUPERVISOR) | Q(pk=webhook.made_by_id))
    there |= Q(own_office=webhook.office_id) & (Q(own_role=Role.SUPERVISOR) | Q(pk=webhook.made_by_id))
    others = ~Q(pk=by.pk) if by else Q()
    told = models.Person.objects.filter(there, others, is_active=True).order_by("id")
    note = _named(webhook)
    models.Notice.objects.bulk_create(models.Notice(kind=kind, person=one, by=by, at=now, note=note) for one in told)


def _named(webhook: models.Webhook) -> str:
    """Its host, which of that host it is where its office has had several, and its office: "terima.example (2), BP3MI Jawa Barat". Whoever
    works elsewhere for a while hears of it too. No more of the address: the rest may be a secret of theirs."""
    host = urlsplit(webhook.address).hostname or ""
    before = models.Webhook.objects.filter(office=webhook.office_id, pk__lt=webhook.pk).values_list("address", flat=True)
    nth = 1 + sum(urlsplit(address).hostname == host for address in before)
    return f"{host} ({nth}), {webhook.office.name}" if nth > 1 else f"{host}, {webhook.office.name}"


def works_again(webhook: models.Webhook, *, by: models.Person | None, now: datetime) -> None:
    """Told where its office knows that nothing arrived. In the caller's transaction."""
    if webhook.told_at is not None and models.Webhook.objects.filter(pk=webhook.pk, told_at=webhook.told_at).update(told_at=None):
        webhook.told_at = None
        tell(webhook, BACK, by=by, now=now)


def _next(webhook: models.Webhook, limit: int, *, now: datetime) -> stream.Page:
    """What is to be sent next. After a restore its cursor is none of this database: it begins anew shortly before what arrived last."""
    try:
        return stream.after(webhook.cursor, office=webhook.office, now=now, limit=limit, types=webhook.types)
    except RefusedError:
        with transaction.atomic():
            anew = stream.since(webhook.arrived_at - _AFTER_RESTORE)
            if models.Webhook.objects.filter(pk=webhook.pk, cursor=webhook.cursor).update(cursor=anew):
                audit.write("webhook.restored", by=None, now=now, target=webhook)
        webhook.refresh_from_db(fields=["cursor"])
        return stream.after(webhook.cursor, office=webhook.office, now=now, limit=limit, types=webhook.types)


# --- the job ------------------------------------------------------------------------------------------


def carry_out(job: jobs.Leased, *, now: datetime, post: Post | None = None) -> None:
    """The handler of jobs "webhook". `post`: as for `send`. Raises JobLostError."""
    webhook = models.Webhook.objects.select_related("office").get(pk=job.target["webhook"])
    until = time.monotonic() + _SECONDS
    sends = webhook.state == WebhookState.ACTIVE and webhook.office.active
    opened = keys(webhook, now=now) if sends else []
    if sends and not opened:  # no key of this installation: nobody can check what is not signed
        with transaction.atomic():
            jobs.finish(job, now=now)
            _fail(webhook, now=now)
        return
    if webhook.before_until is not None and now >= webhook.before_until and opened:
        forgotten = {"sealed": credentials.seal({"secret": opened[0]}, ""), "before_until": None}
        models.Webhook.objects.filter(pk=webhook.pk, sealed=webhook.sealed).update(**forgotten)
    page = _next(webhook, AT_ONCE, now=now) if opened else stream.Page((), webhook.cursor, more=False)
    for change in page.changes:
        came = send(webhook, change.told(), opened, now=now, post=post)
        with transaction.atomic():
            jobs.hold(job)
            if came.untried:
                jobs.put_off(job, came.wait)
                return
            came.kept.save(force_insert=True)
            if not came.kept.arrived:
                _put_off(job, webhook, came, now=now)
                return
            # Who reads anew, or chooses other kinds, while this was on its way is not overruled; nor who paused or ended it.
            as_read = {"cursor": webhook.cursor, "types": webhook.types, "state": WebhookState.ACTIVE, "office__active": True}
            moved = models.Webhook.objects.filter(pk=webhook.pk, **as_read)
            if not moved.update(cursor=change.cursor, arrived_at=change.at, failures=0):
                break  # the transaction ends as one that goes on does: what was sent is noted
            works_again(webhook, by=None, now=now)
        webhook.cursor, webhook.failures = change.cursor, 0
        if time.monotonic() > until:
            break
    with transaction.atomic():
        jobs.finish(job, now=now)
        if page.more:
            jobs.add(KIND, job.key, job.target, now=now)


def _put_off(job: jobs.Leased, webhook: models.Webhook, came: Came, *, now: datetime) -> None:
    """Waits longer than after the try before it, or ends the tries. In the caller's transaction."""
    tried = models.Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    if tried.state != WebhookState.ACTIVE:
        jobs.finish(job, now=now)
        return
    models.Webhook.objects.filter(pk=webhook.pk).update(failures=tried.failures + 1)
    if came.kept.status == _GONE or tried.failures >= len(WAITS):
        jobs.finish(job, now=now)
        _fail(webhook, now=now)
    else:
        jobs.put_off(job, max(WAITS[tried.failures], min(came.wait, WAITS[-1])))


def _fail(webhook: models.Webhook, *, now: datetime) -> None:
    """Told once. In the caller's transaction."""
    if not models.Webhook.objects.filter(pk=webhook.pk, state=WebhookState.ACTIVE).update(state=WebhookState.FAILING, told_at=now):
        return
    tell(webhook, FAILING, by=None, now=now)
    audit.write("webhook.failing", by=None, now=now, target=webhook, after={"office": webhook.office_id})


# --- one message --------------------------------------------------------------------------------------


def trial(webhook: models.Webhook, *, now: datetime) -> dict[str, Any]:
    """A message that tells of nothing."""
    return {"id": f"test-{uuid.uuid4().hex}", "type": _TRIAL, "timestamp": stream.said(now), "data": {"office": webhook.office.code}}


@sensitive_variables()
def keys(webhook: models.Webhook, *, now: datetime) -> list[str]:
    """What signs now, the newest first; none where no key of this installation opens it."""
    try:
        held = credentials.unseal(webhook.sealed)
    except credentials.UnreadableError:
        return []
    both = webhook.before_until is not None and now < webhook.before_until
    return [held[name] for name in ("secret", "before") if name in held and (name == "secret" or both)]


@sensitive_variables()
def send(webhook: models.Webhook, told: dict[str, Any], opened: Sequence[str], *, now: datetime, post: Post | None = None) -> Came:
    """Hands one message over, once. Never raises for what becomes of it. `post`: in the place of our client's, of weeks that are played."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    signed = signing.headers(opened, id=told["id"], at=int(now.timestamp()), body=body)
    kept = models.Delivery(webhook=webhook, change=told["id"], type=told["type"], number=told["data"].get("number", ""), at=now)
    post = post or replace(fetching.client(opened, last=True), limits=LIMITS).post  # watches of that host go first
    try:
        answer = post(webhook.address, content=body, headers=signed, private=True)
        kept.status, kept.arrived = answer.status, True
    except domain.SourceError as error:
        kept.status = error.answer.status if error.answer is not None else None
        # More was answered than is read: it arrived all the same.
        kept.arrived = kept.status is not None and 200 <= kept.status < 300
        kept.problem = "" if kept.arrived else error.problem.code[:30]
        kept.said = _words(error.answer)
        return Came(kept, error.retry_after or 0.0, untried=error.problem.code == "paced")
    if not 200 <= answer.status < 300:
        kept.arrived, kept.problem = False, "client_error"
    return Came(kept)


def _words(answer: domain.RawAnswer | None) -> str:
    """The beginning of what was answered, as one line and without contacts."""
    text = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", answer.body[: 8 * _WORDS].decode("utf-8", "replace")).strip() if answer else ""
    return masks.text(text)[:_WORDS]

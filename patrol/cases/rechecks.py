"""Links looked at again: asked for by a person, or after steps of time once their taking down was asked for; and what the looks say.

The looks themselves leave the system as jobs (`preserving.links`). A link is told as down when two looks in a row found it so; a look
that cannot tell counts for neither side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.access import Action, audit
from patrol.cases import moving
from patrol.domain.states import JobState
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError

KIND: Final = "link"
# How long after a link was asked about it is looked at again. Docs: docs/roles/analis.md.
STEPS: Final = (timedelta(hours=1), timedelta(hours=24), timedelta(days=3), timedelta(days=7), timedelta(days=30))
SECOND_AFTER: Final = timedelta(minutes=15)  # a first "down" is looked at again
AT_ONCE: Final = 200  # links a sweep asks for


def ask(*, case_id: int, flag_id: int | None, by: models.Person, now: datetime) -> int:
    """Has the link of one flag of a case, or of all, looked at now. Returns how many were asked for; one on its way is not asked twice.

    Raises RefusedError, PermissionDenied, Case.DoesNotExist.
    """
    case = moving.find(case_id, Action.LINK_CHECK, by)
    with transaction.atomic():
        posts = models.Post.objects.filter(flag__case_entry__case=case, url__regex=r"^https?://")
        if flag_id is not None:
            posts = posts.filter(flag=flag_id)
        found = list(posts.order_by("id").values_list("pk", flat=True))
        if not found:
            raise RefusedError("link.none", _("Nothing was asked for: there is no link here that can be opened."))
        asked = sum(jobs.add(KIND, f"{post}:asked", {"post": post, "case": case.pk}, now=now, by=by.pk) for post in found)
        if not asked:
            raise RefusedError("link.waits", _("The look at the link is on its way already."))
        audit.write("link.asked", by=by, now=now, target=case, after={"number": case.number, "links": asked})
    return asked


def begin(post_ids: Sequence[int], *, now: datetime, by: models.Person | None = None, case: models.Case | None = None) -> int:
    """From now on these posts' links are looked at after each of STEPS: their taking down was asked for at `now`.

    In the caller's transaction, with the row of the log that says so. Called twice with one `now` it happens once; a later call begins
    anew in the place of what was left of an earlier one. Returns how many links are followed from now on.
    """
    posts = models.Post.objects.filter(pk__in=post_ids, url__regex=r"^https?://").order_by("pk").values_list("pk", flat=True)
    known = set(models.LinkSchedule.objects.filter(post__in=post_ids, begun_at=now).values_list("post", flat=True))
    fresh = [post for post in posts if post not in known]
    models.LinkSchedule.objects.filter(post__in=fresh, begun_at__lt=now).update(due_at=None)
    models.LinkSchedule.objects.bulk_create(
        (models.LinkSchedule(post_id=post, case=case, by=by, begun_at=now, due_at=now + STEPS[0]) for post in fresh), ignore_conflicts=True
    )
    return len(fresh)


def mark(*, now: datetime) -> int:
    """Asks for the looks that are due. Where the system slept over several steps one look is made, for the last of them."""
    if not models.LinkSchedule.objects.filter(due_at__lte=now).exists():
        return 0
    with transaction.atomic():
        due = (
            models.LinkSchedule.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(due_at__lte=now)
            .order_by("due_at", "id")[:AT_ONCE]
        )
        for one in due:
            step = max(index for index, after in enumerate(STEPS) if one.begun_at + after <= now)
            target = {"post": one.post_id, "case": one.case_id, "schedule": one.pk, "step": step}
            jobs.add(KIND, f"{one.post_id}:step:{one.pk}:{step}", target, now=now)
            onward = one.begun_at + STEPS[step + 1] if step + 1 < len(STEPS) else None
            models.LinkSchedule.objects.filter(pk=one.pk).update(step=step + 1, due_at=onward)
        return len(due)


def again(check: models.LinkCheck, *, now: datetime) -> None:
    """A first look found the link down: a second one is made a little later."""
    target = {"post": check.post_id, "case": check.case_id, "second_of": check.pk}
    jobs.add(KIND, f"{check.post_id}:second:{check.pk}", target, now=now, after=SECOND_AFTER.total_seconds())


def was_down(check: models.LinkCheck) -> bool:
    """Whether the last look before this one that could tell anything found the link down."""
    before = models.LinkCheck.objects.filter(post=check.post_id, pk__lt=check.pk).exclude(outcome="unsure").order_by("-id").first()
    return before is not None and before.outcome == "down"


def tell(kind: models.CaseEventKind, post_id: int, *, now: datetime) -> None:
    """A link that went down or came back, in the timeline of the case its flag is in."""
    entry = models.CaseFlag.objects.filter(flag__post=post_id).first()
    if entry is not None:
        models.CaseEvent.objects.create(case_id=entry.case_id, kind=kind, at=now, by=None, flag_id=entry.flag_id)


# --- what the looks say ---------------------------------------------------------------------------


def newest(post_ids: Sequence[int]) -> dict[int, models.LinkCheck]:
    """The last look at each of these posts' links. One query."""
    rows = models.LinkCheck.objects.filter(post__in=post_ids).order_by("post", "-id").distinct("post")
    return {row.post_id: row for row in rows}


def waiting(post_ids: Sequence[int]) -> set[int]:
    """Those of which a person asked for a look that is not made yet. One query."""
    keys = [f"{post}:asked" for post in post_ids]
    found = models.Job.objects.filter(kind=KIND, key__in=keys, state=JobState.WAITING).values_list("key", flat=True)
    return {int(key.partition(":")[0]) for key in found}


@dataclass(frozen=True, slots=True)
class Taken:
    """Of the links asked about by one channel, on one platform: how many were found down, and how long that took.

    "" stands for all channels or platforms, None for a link no referral asked about. `down`, `followed`, `there` and `unsure` add up to
    `links`: down; not down, and looks are still to come; there at the last look; nothing that could be told at the last look, or no look.
    """

    channel: str | None
    platform: str
    links: int
    down: int
    followed: int
    there: int
    unsure: int
    median: timedelta | None  # to the first of the two looks that told it: the link went down at some time before it
    p90: timedelta | None


# A link counts while it was followed: from when it was asked about to its last step, or to when it was asked about again. The referral
# that asked about it is the first of its case that was approved before and sent then: sent once more, it has the later time.
_TAKEN: Final = """
WITH told AS (
    SELECT post_id, outcome, at, lag(outcome) OVER looks AS before, lag(at) OVER looks AS first_at
    FROM (SELECT post_id, id, outcome, at FROM patrol_linkcheck WHERE outcome <> 'unsure') c
    WINDOW looks AS (PARTITION BY post_id ORDER BY id)
), asked AS (
    SELECT s.id, s.post_id, s.case_id, s.begun_at, s.due_at, LEAST(s.begun_at + %(longest)s,
        COALESCE(lead(s.begun_at) OVER (PARTITION BY s.post_id ORDER BY s.begun_at), 'infinity')) AS until
    FROM patrol_linkschedule s
), found AS (
    SELECT a.id, p.platform, a.due_at IS NOT NULL AS due, (
        SELECT min(t.first_at) FROM told t WHERE t.post_id = a.post_id AND t.outcome = 'down' AND t.before = 'down'
          AND t.first_at >= a.begun_at AND t.first_at < a.until) - a.begun_at AS took, (
        SELECT c.outcome FROM patrol_linkcheck c WHERE c.post_id = a.post_id AND c.at >= a.begun_at AND c.at < a.until
        ORDER BY c.id DESC LIMIT 1) AS last, (
        SELECT r.channel FROM patrol_referral r JOIN patrol_referralitem i ON i.referral_id = r.id AND i.kind = 'link'
        JOIN patrol_flag f ON f.id = i.flag_id
        WHERE r.case_id = a.case_id AND f.post_id = a.post_id AND r.sent_at >= a.begun_at
          AND date_trunc('minute', r.approved_at) <= a.begun_at
        ORDER BY r.sent_at, r.id LIMIT 1) AS channel
    FROM asked a JOIN patrol_post p ON p.id = a.post_id LEFT JOIN patrol_case c ON c.id = a.case_id
    WHERE a.begun_at >= %(since)s AND a.begun_at < %(until)s AND (%(offices)s::bigint[] IS NULL OR c.office_id = ANY(%(offices)s::bigint[]))
)
SELECT CASE WHEN GROUPING(channel) = 1 THEN '' ELSE channel END, CASE WHEN GROUPING(platform) = 1 THEN '' ELSE platform END,
    count(*), count(took), count(*) FILTER (WHERE took IS NULL AND due),
    count(*) FILTER (WHERE took IS NULL AND NOT due AND last IN ('there', 'changed')),
    count(*) FILTER (WHERE took IS NULL AND NOT due AND (last IS NULL OR last NOT IN ('there', 'changed'))),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY took), percentile_disc(0.9) WITHIN GROUP (ORDER BY took)
FROM found GROUP BY GROUPING SETS ((channel), (platform), (channel, platform)) ORDER BY 1 NULLS LAST, 2
"""


def times_to_down(*, since: datetime, until: datetime, offices: Sequence[int] | None = None) -> list[Taken]:
    """By channel, by platform and by both, of the links asked about in this time, by the cases of these offices (None: by anybody).

    One query. Percentiles are of those that went down, and each is a time taken.
    """
    longest = STEPS[-1] + timedelta(days=1)  # the last look may be late
    given: Mapping[str, Any] = {"since": since, "until": until, "longest": longest, "offices": None if offices is None else list(offices)}
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, given)
        return [Taken(*row) for row in cursor.fetchall()]

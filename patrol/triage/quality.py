"""Second eyes: chance draws what is looked at again, a second person judges blind, a third settles where the two differ.

Two drawings, each by a hash that nobody can foresee (keyed with the installation's secret) and that gives the same result however
often it is asked: of the flags whose level is too low for the queue, some of each office and day; of the decisions, one in ten.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action, audit, pairs
from patrol.domain import LAW_ZONE, states
from patrol.engine.evaluation.agreement import Agreement, agreement
from patrol.engine.evaluation.measures import Share
from patrol.infra import reached
from patrol.infra.refusals import RefusedError
from patrol.models import DrawKind, ReviewStep
from patrol.triage import chance, leases

SECOND_SHARE: Final = 0.10  # of the decisions, a row of the queue counting once
LOW_SHARE: Final = 0.05  # of the parked rows of an office and day: one at least, LOW_MOST at most
LOW_MOST: Final = 20
_LOOKS_BACK: Final = timedelta(days=3)  # of decisions: a sweeper that stood still for longer draws the rest no more
WINDOW: Final = 2_000  # decisions a sweep looks at
_DAYS_BACK: Final = 7
_SETTLING = timedelta(hours=1)  # after midnight, until what was flagged yesterday is surely kept
WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Drawn:
    low: int
    second: int


# The first 32 bits of the hash as a number: below `share` of 2^32 it is drawn.
_NUMBER = "('x' || left(encode(sha256(convert_to(%(salt)s || {}.id, 'UTF8')), 'hex'), 8))::bit(32)::bigint"
_SECOND = """
INSERT INTO patrol_draw (kind, flag_id, decision_id, office_id, day, at)
SELECT 'second', d.flag_id, d.id, f.office_id, (d.at AT TIME ZONE %(zone)s)::date, %(now)s
FROM (SELECT * FROM patrol_decision WHERE id > %(reached)s ORDER BY id LIMIT %(window)s) d JOIN patrol_flag f ON f.id = d.flag_id
WHERE d.at > %(since)s AND d.effective_at <= %(now)s AND d.outcome <> 'reversed'
  AND {number of d} < %(share)s * 4294967296
  AND NOT EXISTS (SELECT 1 FROM patrol_decision u WHERE u.reverses_id = d.id)
  AND NOT EXISTS (
    SELECT 1 FROM patrol_decision c JOIN patrol_flag g ON g.id = c.flag_id
    WHERE d.batch IS NOT NULL AND c.batch = d.batch AND g.row_key = f.row_key AND c.id < d.id)
ON CONFLICT DO NOTHING
"""
_LOW = """
INSERT INTO patrol_draw (kind, flag_id, office_id, day, at)
SELECT 'low', x.id, x.office_id, %(day)s, %(now)s
FROM (
    SELECT r.id, r.office_id, count(*) OVER (PARTITION BY r.office_id) AS among,
           row_number() OVER (PARTITION BY r.office_id ORDER BY {number of r}, r.id) AS place
    FROM (
        SELECT min(id) AS id, office_id FROM patrol_flag
        WHERE state = 'parked' AND raised_at >= %(start)s AND raised_at < %(end)s GROUP BY office_id, row_key
    ) r
) x WHERE x.place <= least(%(most)s, ceil(x.among * %(share)s))
ON CONFLICT DO NOTHING
"""


def draw(*, now: datetime) -> Drawn:
    """Draws what is due; asked again, or by two workers at once, it draws nothing more. Costs what was decided since the last sweeps."""
    return Drawn(low=_low(now), second=_second(now))


def _salt(purpose: str) -> str:
    return salted_hmac("patrol.quality", purpose, algorithm="sha256").hexdigest()


def _second(now: datetime) -> int:
    since = reached.since("second", table="patrol_decision")
    if since is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _SECOND.replace("{number of d}", _NUMBER.format("d")),
            {
                "salt": _salt("second"),
                "zone": LAW_ZONE.key,
                "now": now,
                "since": now - _LOOKS_BACK,
                "share": SECOND_SHARE,
                "reached": since,
                "window": WINDOW,
            },
        )
        drawn = int(cursor.rowcount)
        reached.settle("second", table="patrol_decision", at="effective_at", since=since, window=WINDOW, now=now)
    return drawn


def _low(now: datetime) -> int:
    """Each day once, when it is over."""
    last = (now - _SETTLING).astimezone(LAW_ZONE).date() - timedelta(days=1)
    if reached.day("low") >= last:
        return 0
    with transaction.atomic():
        return sum(_draw_low(day, now) for day in reached.take_days("low", last=last, most=_DAYS_BACK))


def _draw_low(day: date, now: datetime) -> int:
    start = datetime.combine(day, time(), LAW_ZONE)
    with connection.cursor() as cursor:
        cursor.execute(
            _LOW.replace("{number of r}", _NUMBER.format("r")),
            {
                "salt": _salt("low"),
                "day": day,
                "now": now,
                "start": start,
                "end": start + timedelta(days=1),
                "most": LOW_MOST,
                "share": LOW_SHARE,
            },
        )
        return int(cursor.rowcount)


# --- what waits -------------------------------------------------------------------------------------


def samples(person: models.Person) -> QuerySet[models.Draw]:
    """Parked flags that were drawn and are not decided yet, the longest waiting first."""
    found = access.scope(person, Action.FLAG_DECIDE, models.Draw.objects.filter(kind=DrawKind.LOW))
    return found.filter(flag__state=states.FlagState.PARKED).order_by("at", "id")


def _reviewed(step: ReviewStep) -> Exists:
    return Exists(models.Review.objects.filter(draw=OuterRef("pk"), step=step))


def _standing(draws: QuerySet[models.Draw]) -> QuerySet[models.Draw]:
    """Not those whose decision was taken back since: there is nothing left to agree with."""
    taken_back = models.Decision.objects.filter(reverses=OuterRef("decision"))
    return draws.filter(~Exists(taken_back), kind=DrawKind.SECOND)


def to_review(person: models.Person) -> QuerySet[models.Draw]:
    """Decisions of others that wait for a blind second look, the longest waiting first."""
    found = _standing(access.scope(person, Action.REVIEW, models.Draw.objects.all()))
    return found.exclude(decision__by=person).filter(~_reviewed(ReviewStep.SECOND)).order_by("at", "id")


def to_settle(person: models.Person) -> QuerySet[models.Draw]:
    """Where two others differ and nobody has settled it."""
    found = _standing(access.scope(person, Action.REVIEW_SETTLE, models.Draw.objects.all()))
    differs = models.Review.objects.filter(draw=OuterRef("pk"), step=ReviewStep.SECOND).exclude(by=person)
    return (
        found.exclude(decision__by=person)
        .filter(Exists(differs.exclude(outcome=OuterRef("decision__outcome"))), ~_reviewed(ReviewStep.THIRD))
        .order_by("at", "id")
    )


# --- what people say --------------------------------------------------------------------------------


def review(*, draw_id: int, outcome: str, reason: str, note: str, by: models.Person, now: datetime) -> models.Review:
    """What a second person would have decided, who knows neither the decision nor the level. It changes nothing by itself.

    Raises triage.ReasonMissingError, triage.StaleError where a third was faster, PermissionDenied (also for who decided), DoesNotExist.
    """
    _checked(outcome, reason, note)
    draw = models.Draw.objects.select_related("decision").get(pk=draw_id, kind=DrawKind.SECOND)
    access.require(by, Action.REVIEW, office_id=draw.office_id)
    if draw.decision is None or draw.decision.by_id == by.pk:
        raise PermissionDenied("nobody reviews a decision of their own")
    with transaction.atomic():
        said = _say(draw, ReviewStep.SECOND, outcome, reason, note, by, now)
        audit.write("review.second", by=by, now=now, target=draw, after={"review": said.pk})
    return said


@dataclass(frozen=True, slots=True)
class Settled:
    """`changed`: the flag is decided as the third person says. `why` it is not where it should be: in_case, moved, held."""

    review: models.Review
    changed: bool
    why: str


def settle(*, draw_id: int, outcome: str, reason: str, note: str, by: models.Person, now: datetime) -> Settled:
    """A third person, who sees both, has the last word. Where it is not the first's, that decision is taken back and made anew.

    A decision on which a case stands, or that somebody has changed since, is left, and `why` says so.
    Raises RefusedError, triage.ReasonMissingError, triage.StaleError, PermissionDenied, DoesNotExist.
    """
    _checked(outcome, reason, note)
    if not note.strip():
        raise RefusedError("review.note", _("Nothing was kept: write why, whoever decided will read it."), "note")
    draw = models.Draw.objects.select_related("decision", "flag").get(pk=draw_id, kind=DrawKind.SECOND)
    access.require(by, Action.REVIEW_SETTLE, office_id=draw.office_id)
    first, second = draw.decision, draw.reviews.filter(step=ReviewStep.SECOND).first()
    if second is None or first is None:
        raise RefusedError("review.open", _("Nobody has looked a second time yet."))
    if by.pk in {first.by_id, second.by_id}:
        raise PermissionDenied("a third person settles it")
    for one_of_two in (first.by_id, second.by_id):
        pairs.require(one_of_two, by.pk, now=now)
    if second.outcome == first.outcome:
        raise RefusedError("review.agreed", _("The two agree: there is nothing to settle."))
    with transaction.atomic():
        leases.row_of(draw.flag)  # all that is decided below, before the audit chain is locked
        said = _say(draw, ReviewStep.THIRD, outcome, reason, note, by, now)
        changed, why = _decided_anew(first, said) if outcome != first.outcome else (False, "")
        audit.write("review.third", by=by, now=now, target=draw, after={"review": said.pk, "changed": changed})
    return Settled(said, changed, why)


def _checked(outcome: str, reason: str, note: str) -> None:
    reasons = triage.REASONS.get(outcome, {})
    if reason not in reasons or (reason == "other" and not note.strip()):
        raise triage.ReasonMissingError(reason)


def _say(draw: models.Draw, step: ReviewStep, outcome: str, reason: str, note: str, by: models.Person, now: datetime) -> models.Review:
    try:
        with transaction.atomic():
            return models.Review.objects.create(draw=draw, step=step, outcome=outcome, reason=reason, note=note.strip(), by=by, at=now)
    except IntegrityError as error:
        if "review_step_once" not in str(error):
            raise
    faster = models.Review.objects.select_related("by").get(draw=draw, step=step)
    raise triage.StaleError(faster.by, faster.at, "reviewed")


def _decided_anew(first: models.Decision, said: models.Review) -> tuple[bool, str]:
    key = uuid.uuid5(first.decision_key, f"third {said.pk}")
    try:
        with transaction.atomic():
            back = triage.reverse(decision_id=first.pk, reason_note=said.note, decision_key=key, by=said.by, now=said.at)
            triage.decide(
                flag_id=first.flag_id,
                outcome=said.outcome,
                reason=said.reason,
                note=said.note,
                decision_key=uuid.uuid5(key, "anew"),
                seen_version=back.flag.version,
                by=said.by,
                now=said.at,
            )
    except triage.InCaseError:
        return False, "in_case"
    except triage.HeldByOtherError:
        return False, "held"
    except (triage.StaleError, states.MoveRefusedError):
        return False, "moved"
    return True, ""


# --- how far people agree ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Week:
    """Of one office and ISO week of the second look, Asia/Jakarta."""

    office: models.Office
    year: int
    week: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Quality:
    weeks: tuple[Week, ...]  # newest first, then by name of the office; only where somebody looked
    whole: Agreement
    level_shown: Agreement  # the first saw the level …
    level_hidden: Agreement  # … or not (triage.level_hidden): agreeing much less where it is hidden, people follow the level
    low_confirmed: Share  # of the parked flags that were drawn and decided: what the levels miss


def quality(person: models.Person, *, now: datetime) -> Quality:
    """What a supervisor may see of the last WEEKS weeks. Three queries."""
    since = _monday(now) - timedelta(weeks=WEEKS - 1)
    offices = {office.pk: office for office in models.Office.objects.all()}
    draws = access.scope(person, Action.QUALITY_VIEW, models.Draw.objects.all())
    said = list(
        draws.filter(kind=DrawKind.SECOND, reviews__step=ReviewStep.SECOND, reviews__at__gte=since).values_list(
            "office_id", "flag_id", "decision__outcome", "reviews__outcome", "reviews__at"
        )
    )
    by_week: dict[tuple[int, int, int], list[tuple[str, str]]] = {}
    for office, _flag, first, second, at in said:
        year, week, _day = at.astimezone(LAW_ZONE).date().isocalendar()
        by_week.setdefault((year, week, office), []).append((first, second))
    ordered = sorted(by_week, key=lambda key: (-key[0], -key[1], offices[key[2]].name))
    low = draws.filter(kind=DrawKind.LOW, day__gte=since.date()).exclude(flag__state=states.FlagState.PARKED)
    outcomes = list(low.values_list("flag__state", flat=True))
    decided = [state for state in outcomes if state not in states.UNDECIDED]
    return Quality(
        weeks=tuple(Week(offices[office], year, week, agreement(by_week[year, week, office])) for year, week, office in ordered),
        whole=_agreement(said, None),
        level_shown=_agreement(said, False),
        level_hidden=_agreement(said, True),
        low_confirmed=Share(sum(state == states.FlagState.CONFIRMED for state in decided), len(decided)),
    )


def _agreement(said: Iterable[tuple[int, int, str, str, datetime]], hidden: bool | None) -> Agreement:
    return agreement([(first, second) for _office, flag, first, second, _at in said if hidden in {None, chance.hidden_by_id(flag)}])


def _monday(now: datetime) -> datetime:
    day = now.astimezone(LAW_ZONE).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), LAW_ZONE)

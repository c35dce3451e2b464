"""Verbs on requests to erase: one person asks, another approves or refuses, and only the approval erases (ADR 36).

The database holds the same: its function erases no version of a post without the approval of a second person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, pairs
from patrol.engine import masks
from patrol.evidence import erasing
from patrol.infra import series
from patrol.infra.refusals import RefusedError
from patrol.models import ErasureAnswerKind

LASTS: Final = timedelta(days=7)  # that a request waits; what a law wants sooner is asked for again
AT_ONCE: Final = 100  # requests a sweep lets run out


class WaitsError(Exception):
    """A request for this post waits already."""

    def __init__(self, request: models.ErasureRequest) -> None:
        super().__init__(request.number)
        self.request = request


class StaleError(Exception):
    """It was answered already; `kind` is an ErasureAnswerKind, also where it ran out and no sweep has said so yet."""

    def __init__(self, kind: str, who: models.Person | None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.who = who


class GrownError(Exception):
    """The post has other versions than were counted before the second person."""


def waiting() -> QuerySet[models.ErasureRequest]:
    """Those nobody answered, the ones about to be let run out too."""
    return models.ErasureRequest.objects.filter(answer=None)


def waits_for(person: models.Person, now: datetime) -> QuerySet[models.ErasureRequest]:
    """Those this person may approve or refuse."""
    return access.scope(person, Action.ERASE_APPROVE, waiting().filter(until__gt=now).exclude(by=person.pk))


def of_post(post_id: int, now: datetime) -> models.ErasureRequest | None:
    """The one that waits for an answer."""
    return waiting().filter(post=post_id, until__gt=now).first()


def ask(*, post_id: int, reason: str, ground: str, by: models.Person, now: datetime) -> models.ErasureRequest:
    """Puts a post forward to be erased; whoever may approve it is told. Nothing is erased.

    `reason` a key of erasing.REASONS, `ground` what it rests on: no name in it, it is kept. Raises RefusedError, WaitsError,
    erasing.HeldError, PermissionDenied, Post.DoesNotExist.
    """
    ground = masks.text(ground.strip(), [])
    if reason not in erasing.REASONS or not ground:
        text = _("Nothing was asked for: choose a reason and write the legal ground.")
        raise RefusedError("erasure.reason", text, "ground" if reason in erasing.REASONS else "reason")
    with transaction.atomic():
        office_id = erasing.locked(post_id)
        access.require(by, Action.ERASE_ASK, office_id=office_id)
        before = of_post(post_id, now)
        if before is not None:
            raise WaitsError(before)
        erasing.require_free(post_id)
        plan = erasing.plan(post_id)
        made = models.ErasureRequest.objects.create(
            number=series.take("HPS", 1, now=now)[0],
            post_id=post_id,
            reason=reason,
            ground=ground,
            versions=plan.versions,
            files=len(plan.goes),
            by=by,
            at=now,
            until=now + LASTS,
        )
        models.Notice.objects.bulk_create(
            models.Notice(kind="erasure_asked", person=person, erasure=made, by=by, at=now) for person in approvers(office_id, by)
        )
        audit.write(
            "erasure.asked",
            by=by,
            now=now,
            target=made,
            after={"number": made.number, "post": post_id, "reason": reason, "versions": plan.versions, "until": made.until.isoformat()},
        )
    return made


def approvers(office_id: int, asker: models.Person) -> list[models.Person]:
    """Who is told of a request: who may approve it in the post's office, else at the directorate."""
    return pairs.asked(Action.ERASE_APPROVE, office_id=office_id, but=[asker.pk])


def approve(*, request_id: int, seen_versions: int, by: models.Person, now: datetime) -> int:
    """The second person agrees: the content is erased in the same transaction. Cannot be undone. Returns how many versions.

    `seen_versions`: as many as were counted before this person. Raises StaleError, GrownError, erasing.HeldError, PermissionDenied,
    also for who asked, ErasureRequest.DoesNotExist.
    """
    with transaction.atomic():
        asked = _for_second(request_id, by, now)
        pairs.require(asked.by_id, by.pk, now=now)
        erasing.require_free(asked.post_id)
        if models.PostVersion.objects.filter(post=asked.post_id, erasures=None).count() != seen_versions:
            raise GrownError
        _answer(asked, ErasureAnswerKind.APPROVED, "", by=by, now=now)
        return erasing.erase(asked, by=by, now=now)


def refuse(*, request_id: int, note: str, by: models.Person, now: datetime) -> None:
    """The second person does not agree, and says why. Raises RefusedError, StaleError, PermissionDenied, DoesNotExist."""
    note = masks.text(note.strip(), [])
    if not note:
        raise RefusedError("erasure.note", _("Nothing was changed: write a note first."), "note")
    with transaction.atomic():
        _answer(_for_second(request_id, by, now), ErasureAnswerKind.REFUSED, note, by=by, now=now)


def withdraw(*, request_id: int, by: models.Person, now: datetime) -> None:
    """Whoever asked takes it back. Raises StaleError, PermissionDenied, DoesNotExist."""
    with transaction.atomic():
        asked, _office_id = _held(request_id)
        if asked.by_id != by.pk:
            raise PermissionDenied("who asked withdraws")
        _require_open(asked, now)
        _answer(asked, ErasureAnswerKind.WITHDRAWN, "", by=by, now=now)


def run_out(*, now: datetime) -> int:
    """Ends the requests nobody answered in time; who asked is told. Returns how many."""
    ended = 0
    for pk in waiting().filter(until__lte=now).order_by("id").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            asked, _office_id = _held(pk)
            if models.ErasureAnswer.objects.filter(request=asked).exists():
                continue
            _answer(asked, ErasureAnswerKind.RAN_OUT, "", by=None, now=now)
            ended += 1
    return ended


def _held(request_id: int) -> tuple[models.ErasureRequest, int]:
    """The request and the office its post belongs to by now; the post is held, so that it is answered once."""
    asked = models.ErasureRequest.objects.select_related("by").get(pk=request_id)
    return asked, erasing.locked(asked.post_id)


def _for_second(request_id: int, by: models.Person, now: datetime) -> models.ErasureRequest:
    asked, office_id = _held(request_id)
    access.require(by, Action.ERASE_APPROVE, office_id=office_id)
    if asked.by_id == by.pk:
        raise PermissionDenied("another person approves")
    _require_open(asked, now)
    return asked


def _require_open(asked: models.ErasureRequest, now: datetime) -> None:
    answer = models.ErasureAnswer.objects.select_related("by").filter(request=asked).first()
    if answer is not None:
        raise StaleError(answer.kind, answer.by)
    if now >= asked.until:
        raise StaleError(ErasureAnswerKind.RAN_OUT, None)


def _answer(asked: models.ErasureRequest, kind: ErasureAnswerKind, note: str, *, by: models.Person | None, now: datetime) -> None:
    models.ErasureAnswer.objects.create(request=asked, kind=kind, by=by, at=now, note=note)
    # Nobody is sent to a request that was answered.
    models.Notice.objects.filter(erasure=asked, kind="erasure_asked", read_at=None).delete()
    if kind != ErasureAnswerKind.WITHDRAWN:
        models.Notice.objects.create(kind=f"erasure_{kind}", person_id=asked.by_id, erasure=asked, by=by, at=now, note=note)
    audit.write(f"erasure.{kind}", by=by, now=now, target=asked, after={"number": asked.number, "post": asked.post_id})

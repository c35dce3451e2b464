"""Verbs on requests of subjects: entered and answered by the data protection officer, within 3 x 24 hours round the clock (ALLOWED).

What a request is about is not kept: its keyed digest is, so that a report about the same number, account or name finds the request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models, search
from patrol.access import Action, audit
from patrol.infra import series
from patrol.infra.refusals import RefusedError
from patrol.models import SubjectAbout, SubjectIdentity, SubjectOutcome, SubjectQuestion, SubjectWay

# One clock for each question: what the law names for access and correction (UU 27/2022 art. 30 and 32) and for restriction (art. 41), to be
# confirmed by the legal unit. For what else is asked the law names no hours: there they are the office's own.
ALLOWED: Final = timedelta(hours=72)
BY_LAW: Final = frozenset({SubjectQuestion.ACCESS, SubjectQuestion.CORRECTION, SubjectQuestion.RESTRICTION})
OLDEST: Final = timedelta(days=366)  # what came earlier than that is a slip of the keyboard
OPEN, LATE, ANSWERED = "open", "late", "answered"  # what a list is narrowed to
_GIVEN: Final = (SubjectOutcome.ANSWERED, SubjectOutcome.PARTLY)


class StaleError(Exception):
    """Somebody answered it since the page was opened."""


def listed(key: str, person: models.Person, *, now: datetime) -> QuerySet[models.SubjectRequest]:
    """Those that wait, are over their time, or were answered; all for any other word."""
    found = access.scope(person, Action.SUBJECT_REQUEST, models.SubjectRequest.objects.all())
    if key == ANSWERED:
        return found.filter(answered_at__isnull=False)
    if key == LATE:
        return found.filter(answered_at=None, due_at__lt=now)
    return found.filter(answered_at=None) if key == OPEN else found


def mark(value: str) -> str:
    """What stands in the place of what a request is about: of the same letters the same, whatever blanks are between."""
    return search.digest(" ".join(value.split()))


def enter(
    *,
    question: str,
    about: str,
    value: str,
    note: str,
    asked_at: datetime | None,
    how: str,
    identity: str,
    by: models.Person,
    now: datetime,
) -> models.SubjectRequest:
    """Enters a request. Its clock runs from `asked_at`. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.SUBJECT_REQUEST)
    words = {"question": SubjectQuestion, "about": SubjectAbout, "how": SubjectWay, "identity": SubjectIdentity}
    for field, said in (("question", question), ("about", about), ("how", how), ("identity", identity)):
        if said not in set(words[field]):
            raise RefusedError("subject.word", _("Nothing was entered: choose one of the list."), field)
    if not value.strip():
        raise RefusedError("subject.value", _("Nothing was entered: write the number, account or name it is about."), "value")
    if about == SubjectAbout.NUMBER and not any(map(str.isdigit, value)):
        raise RefusedError("subject.number", _("Nothing was entered: that is no number. Write it, or choose what it is about."), "value")
    if asked_at is None or not now - OLDEST < asked_at <= now:
        text = _("Nothing was entered: say when it came, not later than now and less than %(days)s days ago.")
        raise RefusedError("subject.asked", text, "asked_at", days=OLDEST.days)
    with transaction.atomic():
        made = models.SubjectRequest.objects.create(
            number=series.take("PSD", 1, now=now)[0],
            question=question,
            about=about,
            about_digest=mark(value),
            note=_kept(note),
            asked_at=asked_at,
            how=how,
            identity=identity,
            due_at=asked_at + ALLOWED,
            entered_by=by,
            entered_at=now,
        )
        after = {"question": question, "about": about, "how": how, "identity": identity, "due": made.due_at.isoformat()}
        audit.write("subject.entered", by=by, now=now, target=made, after=after)
    return made


def answer(
    *, request_id: int, outcome: str, identity: str, answer: str, how: str, by: models.Person, now: datetime
) -> models.SubjectRequest:
    """Closes a request with what was answered. Raises RefusedError, StaleError, PermissionDenied, SubjectRequest.DoesNotExist."""
    access.require(by, Action.SUBJECT_REQUEST)
    words = {"outcome": SubjectOutcome, "identity": SubjectIdentity, "how": SubjectWay}
    for field, said in (("outcome", outcome), ("identity", identity), ("how", how)):
        if said not in set(words[field]):
            raise RefusedError("subject.answer_word", _("Nothing was closed: choose one of the list."), field)
    if outcome in _GIVEN and identity == SubjectIdentity.NOT_YET:
        sentence = _("Nothing was closed: data is given to nobody whose identity was not checked.")
        raise RefusedError("subject.identity", sentence, "identity")
    if not answer.strip():
        sentence = _("Nothing was closed: write what was given or left out, and on what ground.")
        raise RefusedError("subject.answer", sentence, "answer")
    with transaction.atomic():
        row = models.SubjectRequest.objects.select_for_update(no_key=True).get(pk=request_id)
        changed = models.SubjectRequest.objects.filter(pk=row.pk, answered_at=None).update(
            outcome=outcome, identity=identity, answer=_kept(answer), answered_how=how, answered_at=now, answered_by=by
        )
        if not changed:
            raise StaleError
        audit.write("subject.answered", by=by, now=now, target=row, after={"outcome": outcome, "identity": identity, "how": how})
    row.refresh_from_db()
    return row


def _kept(text: str) -> str:
    return " ".join(text.split())[: models.SubjectRequest.LONGEST]

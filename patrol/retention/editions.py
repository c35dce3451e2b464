"""Verbs on the times of keeping: one person puts a whole table forward, another approves it, and only then anything goes by its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, pairs
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import RetentionAnswerKind, RetentionEdition
from patrol.retention.terms import terms

type Times = Mapping[str, int | None]  # key of a term -> days; None: kept for good


def shipped() -> dict[str, int | None]:
    return {key: term.days for key, term in terms().items()}


def in_force() -> RetentionEdition | None:
    """The edition that was approved last; None before there was one: nothing goes by its age then. One query."""
    approved = RetentionEdition.objects.filter(answer__kind=RetentionAnswerKind.APPROVED)
    return approved.select_related("by", "answer__by").order_by("-answer__id").first()


def waiting() -> QuerySet[RetentionEdition]:
    """Those nobody answered: one at most."""
    return RetentionEdition.objects.filter(answer=None)


def waits_for(person: models.Person) -> QuerySet[RetentionEdition]:
    """What this person may approve or refuse."""
    found = waiting().exclude(by=person.pk)
    return found if access.may(person, Action.RETENTION_APPROVE) else found.none()


def times(edition: RetentionEdition | None) -> dict[str, int | None]:
    """Of each term there is today; one that the edition does not know is kept."""
    said = edition.times if edition else shipped()
    return {key: said.get(key) for key in terms()}


def propose(*, times: Times, reason: str, by: models.Person, now: datetime) -> RetentionEdition:
    """Puts a table of times forward. Nothing changes by that.

    Raises RefusedError: for a time outside its bounds, no reason, one that waits already, what holds already; PermissionDenied.
    """
    access.require(by, Action.RETENTION_PROPOSE)
    for key, term in terms().items():
        if not term.allows(times[key]):
            if term.most is None:
                raise RefusedError("retention.least", _("Nothing was put forward: %(least)s days at least."), key, least=term.least)
            text = _("Nothing was put forward: %(least)s to %(most)s days, or none to keep it.")
            raise RefusedError("retention.bounds", text, key, least=term.least, most=term.most)
    reason = masks.text(reason.strip(), [])
    if not reason:
        raise RefusedError("retention.reason", _("Nothing was put forward: say what these times rest on."), "reason")
    with transaction.atomic():
        _alone()
        if waiting().exists():
            raise RefusedError("retention.waits", _("Nothing was put forward: another proposal waits for its second person."))
        before = in_force()
        said = {key: times[key] for key in terms()}
        if before is not None and before.times == said:
            raise RefusedError("retention.same", _("Nothing was put forward: these times hold already."))
        made = RetentionEdition.objects.create(times=said, reason=reason, by=by, at=now)
        held = {"times": _said(before.times)} if before else {}
        audit.write("retention.proposed", by=by, now=now, target=made, before=held, after={"times": _said(said)})
    return made


def approve(*, edition_id: int, by: models.Person, now: datetime) -> RetentionEdition:
    """The second person agrees: from now on what is older than its time goes. Raises RefusedError, PermissionDenied, DoesNotExist."""
    return _second(edition_id, RetentionAnswerKind.APPROVED, "", by=by, now=now)


def refuse(*, edition_id: int, note: str, by: models.Person, now: datetime) -> RetentionEdition:
    """The second person does not agree, and says why. Raises RefusedError, PermissionDenied, DoesNotExist."""
    note = masks.text(note.strip(), [])
    if not note:
        raise RefusedError("retention.note", _("Nothing was changed: write a note first."), "note")
    return _second(edition_id, RetentionAnswerKind.REFUSED, note, by=by, now=now)


def withdraw(*, edition_id: int, by: models.Person, now: datetime) -> RetentionEdition:
    """Whoever put it forward takes it back. Raises RefusedError, PermissionDenied, DoesNotExist."""
    with transaction.atomic():
        edition = _open(edition_id)
        if edition.by_id != by.pk:
            raise PermissionDenied("who proposed withdraws")
        return _answer(edition, RetentionAnswerKind.WITHDRAWN, "", by=by, now=now)


def _second(edition_id: int, kind: RetentionAnswerKind, note: str, *, by: models.Person, now: datetime) -> RetentionEdition:
    access.require(by, Action.RETENTION_APPROVE)
    with transaction.atomic():
        edition = _open(edition_id)
        if edition.by_id == by.pk:
            raise pairs.refused(pairs.SAME)
        if kind == RetentionAnswerKind.APPROVED:
            pairs.require(edition.by_id, by.pk, now=now)
        return _answer(edition, kind, note, by=by, now=now)


def _said(times: Times) -> dict[str, int | str]:
    """As the log tells it."""
    return {key: "-" if days is None else days for key, days in times.items()}


def _alone() -> None:
    """Whoever else proposes or answers waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol retention'))")


def _open(edition_id: int) -> RetentionEdition:
    _alone()
    edition = RetentionEdition.objects.select_related("by", "answer").get(pk=edition_id)
    if getattr(edition, "answer", None) is not None:
        raise RefusedError("retention.answered", _("Nothing was changed: somebody has answered this proposal already."))
    return edition


def _answer(edition: RetentionEdition, kind: RetentionAnswerKind, note: str, *, by: models.Person, now: datetime) -> RetentionEdition:
    models.RetentionAnswer.objects.create(edition=edition, kind=kind, by=by, at=now, note=note)
    audit.write(f"retention.{kind}", by=by, now=now, target=edition, after={"proposed_by": edition.by_id})
    return edition

"""Verbs on legal holds: while one stands on a case nothing that belongs to it is erased, neither by its age nor by a request, and no flag
leaves it: outside it nothing would hold the post. A trigger refuses both too."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain.states import CaseState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError


def standing() -> QuerySet[models.LegalHold]:
    """Those that nobody has lifted."""
    return models.LegalHold.objects.filter(lifted_at=None)


def told(rows: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """The cases with `held_at`, `held_by` and `held_why` of the hold that stands on them, null without one. No query of its own."""
    standing_on = standing().filter(case=OuterRef("pk"))
    return rows.annotate(
        held_at=Subquery(standing_on.values("at")[:1]),
        held_by=Subquery(standing_on.values("by__name")[:1]),
        held_why=Subquery(standing_on.values("reason")[:1]),
    )


def may(person: models.Person, case: models.Case) -> bool:
    """Whether this is the supervisor responsible for the case: of the side that has it, of a closed one of the side that had it last."""
    state = CaseState.REFERRED if case.state == CaseState.CLOSED else case.state
    theirs = case.at_directorate or case.lies_with_directorate(state)
    return access.may(person, Action.CASE_HOLD, office_id=case.office_id) and person.at_directorate == theirs


def require_none(case: models.Case) -> None:
    """Before a flag leaves the case. Raises RefusedError."""
    if standing().filter(case=case).exists():
        text = _("Nothing was changed: a legal hold stands on %(number)s, and no flag leaves it. Lift the hold first.")
        raise RefusedError("hold.flags_stay", text, number=case.number)


def place(*, case_id: int, reason: str, by: models.Person, now: datetime) -> models.LegalHold:
    """Raises RefusedError: without a reason, where one stands already, for a merged case; PermissionDenied, Case.DoesNotExist."""
    reason = _noted(reason)
    with transaction.atomic():
        case = _held(case_id, by)
        if case.merged_into_id is not None:
            text = _("Nothing was changed: the flags of this case stand in the one it was merged into. Hold that one.")
            raise RefusedError("hold.merged", text)
        if standing().filter(case=case).exists():
            raise RefusedError("hold.stands", _("Nothing was changed: a legal hold stands on this case already."))
        # Whoever erases one of its posts holds that post's flag too: it is erased before this, or not at all.
        list(models.Flag.objects.select_for_update(no_key=True).filter(case_entry__case=case).order_by("pk").values_list("pk"))
        made = models.LegalHold.objects.create(case=case, reason=reason, by=by, at=now)
        audit.write("case.held", by=by, now=now, target=case, after={"hold": made.pk})
    return made


def lift(*, case_id: int, reason: str, by: models.Person, now: datetime) -> models.Case:
    """What is older than its time goes with the next night. Raises RefusedError, PermissionDenied, Case.DoesNotExist."""
    reason = _noted(reason)
    with transaction.atomic():
        case = _held(case_id, by)
        found = standing().filter(case=case)
        keys = list(found.values_list("pk", flat=True))
        if not keys:
            raise RefusedError("hold.none", _("Nothing was changed: no legal hold stands on this case."))
        found.update(lifted_by=by, lifted_at=now, lifted_why=reason)
        audit.write("case.hold_lifted", by=by, now=now, target=case, after={"hold": keys[0]})
    return case


def _noted(reason: str) -> str:
    reason = masks.text(reason.strip(), [])
    if not reason:
        raise RefusedError("hold.reason", _("Nothing was changed: write the reason first."), "reason")
    return reason


def _held(case_id: int, by: models.Person) -> models.Case:
    locked = models.Case.objects.select_for_update(of=("self",), no_key=True).select_related("office", "responsible__office")
    case = locked.get(pk=case_id)
    if not may(by, case):
        raise PermissionDenied("who is responsible for the case holds it")
    return case

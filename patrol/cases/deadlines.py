"""Verbs on deadlines: how long a step of a case may take."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import clock_edition
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind
from patrol.models.deadlines import TIMED

MOST: Final = 400  # working hours, ten weeks
_SHIPPED: Final = Path(__file__).parent / "deadlines.toml"


def load() -> int:
    """Makes the shipped deadlines that are not there yet. Returns how many; one that exists is never changed."""
    listed: dict[str, Any] = tomllib.loads(_SHIPPED.read_text())
    known = set(models.CaseDeadline.objects.values_list("step", "kind"))
    missing = [
        models.CaseDeadline(
            step=step, kind=kind, hours=listed[step].get("kinds", {}).get(kind, listed[step]["hours"]), grace=listed[step]["grace"]
        )
        for step in TIMED
        for kind in CaseKind
        if (step, kind) not in known
    ]
    with transaction.atomic():
        models.CaseDeadline.objects.bulk_create(missing)
        if missing:
            clock_edition.bump()
    return len(missing)


def change(*, deadline_id: int, hours: int, grace: int, by: models.Person, now: datetime) -> models.CaseDeadline:
    """Other hours, for steps that begin and for those that run. Raises RefusedError, PermissionDenied, CaseDeadline.DoesNotExist."""
    access.require(by, Action.CLOCK_CHANGE)
    for field, value, least in (("hours", hours, 1), ("grace", grace, 0)):
        if not least <= value <= MOST:
            text = _("A whole number from %(least)s to %(most)s.")
            raise RefusedError("deadline.hours", text, field, least=least, most=MOST)
    after = {"hours": hours, "grace": grace}
    with transaction.atomic():
        deadline = models.CaseDeadline.objects.select_for_update(no_key=True).get(pk=deadline_id)
        before = {"hours": deadline.hours, "grace": deadline.grace}
        if before == after:
            raise RefusedError("deadline.same", _("Nothing was changed: these hours hold already."), "hours")
        models.CaseDeadline.objects.filter(pk=deadline_id).update(**after, changed_by=by, changed_at=now)
        clock_edition.bump()
        named = {"step": deadline.step, "case_kind": deadline.kind}
        audit.write("deadline.changed", by=by, now=now, target=deadline, before=before, after=named | after)
    deadline.refresh_from_db()
    return deadline

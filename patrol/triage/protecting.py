"""People harmed: who is marked so leaves the suspects' way and goes the way of protection, in the own office at first.

Only that office and the directorate learn of it; for everybody else the flag is dismissed like any other. Every step stands in a
timeline that can be added to and never changed, and every step can be taken back. The copies in one row of the queue are one person's
post: they go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks
from patrol.domain import states
from patrol.domain.states import ProtectionState
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import Ending, Outcome, ProtectionDesk, ProtectionEventKind
from patrol.triage.reasons import StaleError

NEEDS: Final = ("reach", "desk", "family")  # why a contact of somebody harmed is looked at; words stand in admin/shared/words.py
_NAMED: Final = {ProtectionDesk.P4MI, ProtectionDesk.MISSION, ProtectionDesk.OTHER}  # there are many of them: it is said which
UNFINISHED: Final = (ProtectionState.NEW, ProtectionState.CONTACTED)


def outcome_for(outcome: str, office_id: int, person: models.Person) -> str:
    """The outcome of a decision as this person may read it."""
    if outcome == Outcome.VICTIM and not access.may(person, Action.PROTECTION_VIEW, office_id=office_id):
        return Outcome.DISMISSED
    return outcome


def first_of_rows(protections: QuerySet[models.Protection]) -> QuerySet[models.Protection]:
    """One for each row of the queue: of copies the earliest flag's. For lists and counters."""
    earlier = models.Protection.objects.filter(
        office=OuterRef("office"), flag__row_key=OuterRef("flag__row_key"), flag__lt=OuterRef("flag")
    )
    return protections.exclude(Exists(earlier))


# --- marked, and no longer --------------------------------------------------------------------------


@wall.everything("a flag is protected once, by whichever office")
def mark(flags: Sequence[models.Flag], note: str, *, by: models.Person, now: datetime) -> None:
    """Inside the transaction of the decision. What ended before begins anew; what a desk has by now stays with it."""
    held = {one.flag_id: one for one in models.Protection.objects.select_for_update(no_key=True).filter(flag__in=flags)}
    models.Protection.objects.bulk_create(
        models.Protection(flag=flag, office_id=flag.office_id, by=by, at=now, note=note) for flag in flags if flag.pk not in held
    )
    ended = [one for one in held.values() if one.state == ProtectionState.CLOSED]
    _update(ended, state=ProtectionState.NEW, ending="", closed_by=None, closed_at=None)
    offices = {flag.pk: held[flag.pk].office_id if flag.pk in held else flag.office_id for flag in flags}
    _tell(offices, ProtectionEventKind.MARKED, by=by, now=now, note=note)


@wall.everything("what was marked goes, whichever office protects by now")
def unmark(flags: Sequence[models.Flag], note: str, *, by: models.Person, now: datetime) -> None:
    """Inside the transaction of the taking back. Where somebody has acted on the mark it stays on the list, to be closed there."""
    held = list(models.Protection.objects.select_for_update(no_key=True).filter(flag__in=flags))
    offices = {flag.pk: flag.office_id for flag in flags}
    _tell({one.flag_id: one.office_id for one in held}, ProtectionEventKind.MARK_REVERSED, by=by, now=now, note=note)
    untouched = [one.pk for one in held if one.state == ProtectionState.NEW and one.office_id == offices[one.flag_id]]
    models.Protection.objects.filter(pk__in=untouched).delete()


def _tell(
    offices: dict[int, int], kind: ProtectionEventKind, *, by: models.Person, now: datetime, note: str = "", detail: str = ""
) -> None:
    """`offices`: whose each flag's is after this."""
    models.ProtectionEvent.objects.bulk_create(
        models.ProtectionEvent(flag_id=flag, office_id=office, kind=kind, at=now, by=by, note=note, detail=detail)
        for flag, office in offices.items()
    )


def _update(held: Sequence[models.Protection], **changes: Any) -> None:
    """All of them in one statement. They are locked, so that their versions are those that were read."""
    models.Protection.objects.filter(pk__in=[one.pk for one in held]).update(version=F("version") + 1, **changes)


# --- the steps ------------------------------------------------------------------------------------


@wall.everything("whoever comes late is told who moved it to another office")
def _stale(protection_id: int) -> StaleError:
    protection = models.Protection.objects.get(pk=protection_id)
    last = protection.flag.protection_events.select_related("by").order_by("-id").first()
    return StaleError(last.by if last else None, last.at if last else None, protection.state)


def _find(protection_id: int, by: models.Person) -> models.Protection:
    protection = models.Protection.objects.select_related("flag").get(pk=protection_id)
    access.require(by, Action.PROTECTION_VIEW, office_id=protection.office_id)
    return protection


def _step(
    protection_id: int,
    kind: ProtectionEventKind,
    after: ProtectionState | None,
    *,
    seen_version: int | None,
    note: str,
    detail: str = "",
    by: models.Person,
    now: datetime,
    **changes: Any,
) -> models.Protection:
    """Moves the protection, and the copies in its row that stand where it stands. `after` None: the state stays."""
    protection = _find(protection_id, by)
    crossing = wall.everything("one's own is moved to another office") if kind == ProtectionEventKind.MOVED else nullcontext()
    with crossing, transaction.atomic():
        row = list(
            models.Protection.objects.select_for_update(of=("self",), no_key=True)
            .filter(office_id=protection.office_id, flag__row_key=protection.flag.row_key)
            .order_by("id")
        )
        held = next((one for one in row if one.pk == protection.pk), None)
        if held is None or seen_version not in {None, held.version}:
            raise _stale(protection_id)
        if after is not None:
            states.require(states.PROTECTION_MOVES, held.state, after)
            changes["state"] = after
        together = [one for one in row if one.state == held.state]
        if changes:
            _update(together, **changes)
        office_id = changes["office"].pk if "office" in changes else held.office_id
        _tell({one.flag_id: office_id for one in together}, kind, by=by, now=now, note=note, detail=detail)
        if kind == ProtectionEventKind.MOVED:
            # Without the note: it stands in the timeline, and goes from there at its time.
            models.Notice.objects.create(kind="protection_moved", office_id=office_id, flag_id=held.flag_id, at=now, by=by)
        before = {"state": held.state, "office": held.office_id}
        changed = {"state": after or held.state, "office": office_id}
        if kind == ProtectionEventKind.CONTACTS_SHOWN:
            changed["purpose"] = detail
        write = looks.log if kind == ProtectionEventKind.CONTACTS_SHOWN else audit.write
        write(f"protection.{kind}", by=by, now=now, target=held, before=before, after=changed)
        return models.Protection.objects.select_related("flag").get(pk=protection_id)


def _said(text: str) -> str:
    if not text.strip():
        raise RefusedError("protection.note", _("Nothing was changed: write a note first."), "note")
    return text.strip()


def contacted(*, protection_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Protection:
    """Somebody spoke with the person or the family; the note says what about. Raises RefusedError, StaleError,
    MoveRefusedError, PermissionDenied, as every step does."""
    return _step(
        protection_id, ProtectionEventKind.CONTACTED, ProtectionState.CONTACTED, seen_version=seen_version, note=_said(note), by=by, now=now
    )


def hand_to_desk(
    *, protection_id: int, desk: str, handed_to: str, note: str, seen_version: int, by: models.Person, now: datetime
) -> models.Protection:
    """To the desk that looks after the person now; `handed_to` says which, where there are many of that kind."""
    handed_to = " ".join(handed_to.split())[:200]
    if desk not in set(ProtectionDesk) or (desk in _NAMED and not handed_to):
        place = "handed_to" if desk in _NAMED else "desk"
        raise RefusedError("protection.desk", _("Nothing was changed: say which desk."), place)
    return _step(
        protection_id,
        ProtectionEventKind.HANDED_OVER,
        ProtectionState.HANDED_OVER,
        seen_version=seen_version,
        note=note.strip(),
        detail=f"{desk}:{handed_to}",
        by=by,
        now=now,
        desk=desk,
        handed_to=handed_to,
        handed_by=by,
        handed_at=now,
    )


def move_to_office(
    *, protection_id: int, office_id: int, note: str, seen_version: int, by: models.Person, now: datetime
) -> models.Protection:
    """Another office looks after the person from now on, and is told; who gave it away sees it no longer."""
    note = _said(note)
    office = models.Office.objects.filter(pk=office_id, active=True).first()
    if office is None or office.pk == _find(protection_id, by).office_id:
        raise RefusedError("protection.office", _("Nothing was changed: choose another office."), "office")
    return _step(protection_id, ProtectionEventKind.MOVED, None, seen_version=seen_version, note=note, by=by, now=now, office=office)


def close(*, protection_id: int, ending: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Protection:
    """Ends it with what became of the person."""
    if ending not in set(Ending):
        raise RefusedError("protection.ending", _("Nothing was changed: say how it ended."), "ending")
    return _step(
        protection_id,
        ProtectionEventKind.CLOSED,
        ProtectionState.CLOSED,
        seen_version=seen_version,
        note=_said(note),
        detail=ending,
        by=by,
        now=now,
        ending=ending,
        closed_by=by,
        closed_at=now,
    )


def reopen(*, protection_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Protection:
    """Takes back the last step, with a reason: it waits anew. What was done stays in the timeline."""
    return _step(
        protection_id,
        ProtectionEventKind.REOPENED,
        ProtectionState.NEW,
        seen_version=seen_version,
        note=_said(note),
        by=by,
        now=now,
        desk="",
        handed_to="",
        handed_by=None,
        handed_at=None,
        ending="",
        closed_by=None,
        closed_at=None,
    )


def note(*, protection_id: int, text: str, by: models.Person, now: datetime) -> models.Protection:
    return _step(protection_id, ProtectionEventKind.NOTE, None, seen_version=None, note=_said(text), by=by, now=now)


def show_contacts(*, protection_id: int, need: str, by: models.Person, now: datetime) -> models.Protection:
    """Every look at the contacts is logged with what it is for, and stands in the timeline."""
    if need not in NEEDS:
        raise RefusedError("protection.need", _("Nothing was shown: say what for."), "need")
    return _step(protection_id, ProtectionEventKind.CONTACTS_SHOWN, None, seen_version=None, note="", detail=need, by=by, now=now)

"""Leaving in one act: what somebody holds goes to a colleague or back to the queue, and the account is closed with it.

`plan` says what goes where: the page shows it before, and the act carries out the same. What came to it or went from it meanwhile is
listed, and nothing is done. The log keeps where each thing went; coming back gives nothing back by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, people
from patrol.cases import homes, moving, tasks
from patrol.cases.tasking import able
from patrol.domain import LAW_ZONE
from patrol.domain.states import CaseState, ReferralState
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.triage import notices
from patrol.triage.queue import held_by


class Held(StrEnum):
    LEASE = "lease"
    CASE = "case"
    TASK = "task"
    ASKED = "asked"  # a request that waits for an answer of theirs
    SIGNS = "signs"  # an office whose summaries they sign as the second
    DRAFT = "draft"  # of a referral


class Goes(StrEnum):
    COLLEAGUE = "colleague"
    QUEUE = "queue"
    NOBODY = "nobody"  # to whoever comes to it
    STAYS = "stays"  # where anybody of the office goes on with it
    STUCK = "stuck"  # the colleague may not take it


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing somebody holds. `title`: the number of it or of its case, or an office; no content of a case."""

    held: Held
    key: int
    title: str
    goes: Goes

    @property
    def mark(self) -> str:
        return f"{self.held}-{self.key}-{self.goes}"


class ChangedError(Exception):
    """What they hold is no longer what was looked at: `came` was not there, `went` (marks) is not there any more."""

    def __init__(self, came: list[Thing], went: set[str]) -> None:
        super().__init__("changed")
        self.came = came
        self.went = went


@wall.everything("what somebody holds goes on, wherever it lies")
def plan(person: models.Person, to: models.Person | None, *, by: models.Person) -> list[Thing]:
    """What the person holds and where it would go, where `by` closes their account. Seven queries."""
    flags = held_by(person).order_by("id").only("number")
    found = [Thing(Held.LEASE, flag.pk, flag.number, Goes.QUEUE) for flag in flags]
    for case in models.Case.objects.filter(responsible=person).exclude(state=CaseState.CLOSED).order_by("id"):
        taken = to is not None and moving.takes(case, to) and _hands_on(case, by)
        found.append(Thing(Held.CASE, case.pk, case.number, Goes.COLLEAGUE if taken else Goes.STUCK))
    for task in tasks.given(person).select_related("case").order_by("case", "id"):
        given = to is not None and able(task.case, to)
        found.append(Thing(Held.TASK, task.pk, task.case.number, Goes.COLLEAGUE if given else Goes.NOBODY))
    signs = {one.pk for one in models.Office.objects.filter(second_signatory=person)}
    for office in models.Office.objects.filter(pk__in=signs):
        follows = to is not None and people.signatories(office).filter(pk=to.pk).exists()
        found.append(Thing(Held.SIGNS, office.pk, office.name, Goes.COLLEAGUE if follows else Goes.NOBODY))
    for notice in _asked(person):
        answers = to is not None and _answers(to, notice, person)
        found.append(Thing(Held.ASKED, notice.pk, "", Goes.COLLEAGUE if answers else Goes.STAYS))
    drafts = models.Referral.objects.filter(Q(wrote_by=person) | Q(changed_by=person), state=ReferralState.DRAFT)
    found += [Thing(Held.DRAFT, one.pk, one.number, Goes.STAYS) for one in drafts.order_by("id")]
    return found


def _hands_on(case: models.Case, by: models.Person) -> bool:
    """An administrator, who closes accounts of every office, sees numbers alone; a supervisor passes on what they could pass on by hand."""
    return access.may(by, Action.PERSON_CHANGE) or access.may(by, moving.handing_on(case), office_id=case.office_id)


def marks(found: Iterable[Thing]) -> set[str]:
    """What a form carries of a plan. Without leases, which come and go with each row of the queue and go back to it anyway."""
    return {one.mark for one in found if one.held != Held.LEASE}


def colleagues(person: models.Person) -> list[models.Person]:
    """Whoever could take over: active people of the own office and of the directorate."""
    _role, office_id, _station = person.own
    near = Q(office=office_id) | Q(office__kind=models.OfficeKind.DIRECTORATE)
    return list(
        models.Person.objects.filter(near, is_active=True, office__active=True)
        .exclude(pk=person.pk)
        .select_related("office")
        .order_by("name", "id")
    )


@wall.everything("what somebody holds goes on, wherever it lies")
def leave(
    *, person_id: int, to_id: int | None, note: str, back_on: date | None, seen: set[str], by: models.Person, now: datetime
) -> list[Thing]:
    """Hands on what somebody holds and closes their account: for good, or until they come back, about the day `back_on`.

    `note` goes into the timeline of each case. `seen`: the marks of the plan that was looked at. Raises RefusedError, ChangedError,
    PermissionDenied.
    """
    if not note.strip():
        raise RefusedError("leaving.note", _("Write a sentence for the colleagues: it stands in the timeline of each case."), "note")
    with transaction.atomic():
        person = people.leaver(person_id, by=by)
        if back_on is not None and back_on < now.astimezone(LAW_ZONE).date():
            raise RefusedError("leaving.back", _("Name a day that is still to come, or none."), "back_on")
        to = next((one for one in colleagues(person) if one.pk == to_id), None)
        if to_id is not None and to is None:
            raise RefusedError("leaving.nobody", _("Choose an active colleague of the office or of the directorate."), "to")
        cases = {one.key for one in plan(person, to, by=by) if one.held == Held.CASE}
        cases |= set(tasks.given(person).values_list("case", flat=True))
        for case_id in sorted(cases):  # held before the first row of the log, with all that moves below
            homes.hold(case_id)
        found = plan(person, to, by=by)
        now_there = marks(found)
        if now_there != seen:
            raise ChangedError([one for one in found if one.held != Held.LEASE and one.mark not in seen], seen - now_there)
        stuck = [one.title for one in found if one.goes == Goes.STUCK]
        if stuck:
            text = _("Choose a colleague who may take these cases, or hand them on first: %(cases)s.")
            raise RefusedError("leaving.stuck", text, "to", cases=", ".join(stuck))
        _hand_on(person, to, found, note.strip(), by=by, now=now)
        handed: dict[str, Any] = {"to": to.pk if to else None, "back_on": back_on.isoformat() if back_on else ""}
        handed |= {"cases": [one.title for one in found if one.held == Held.CASE]}
        handed |= {"tasks": [one.key for one in found if one.held == Held.TASK]}
        handed |= {"flags": [one.title for one in found if one.held == Held.LEASE]}
        people.close(person, handed, by=by, now=now)
    return found


def _hand_on(person: models.Person, to: models.Person | None, found: list[Thing], note: str, *, by: models.Person, now: datetime) -> None:
    keys = {kind: [one.key for one in found if one.held == kind] for kind in Held}
    flags = models.Flag.objects.select_for_update(no_key=True).filter(pk__in=keys[Held.LEASE], lease_person=person).order_by("id")
    models.Flag.objects.filter(pk__in=[one.pk for one in flags]).update(lease_person=None, lease_since=None, lease_until=None)
    follows = {one.key: to if one.goes == Goes.COLLEAGUE else None for one in found if one.held == Held.SIGNS}
    for office_id, follower in follows.items():
        models.Office.objects.filter(pk=office_id).update(second_signatory=follower)
    passed = [one.key for one in found if one.held == Held.ASKED and one.goes == Goes.COLLEAGUE]
    for notice in models.Notice.objects.filter(pk__in=passed).order_by("id"):
        notice.pk, notice.person, notice.at = None, to, now
        notice.save(force_insert=True)
    for case in models.Case.objects.filter(pk__in=keys[Held.CASE]).order_by("id"):
        assert to is not None
        moving.pass_to(case, to, note, by=by, now=now)
    given = {one.key for one in found if one.held == Held.TASK and one.goes == Goes.COLLEAGUE}
    for task in models.CaseTask.objects.filter(pk__in=keys[Held.TASK]).select_related("case").order_by("case", "id"):
        tasks.hand_on(task, to if task.pk in given else None, by=by, now=now)


_ABOUT = ("kind", "case_id", "erasure_id", "referral_id", "objection_id", "bulk_id", "manual_id", "account_id", "note")


def _asked(person: models.Person) -> list[models.Notice]:
    return list(models.Notice.objects.filter(person=person, read_at=None, kind__in=list(notices.ASKS)).order_by("id"))


def _answers(to: models.Person, notice: models.Notice, person: models.Person) -> bool:
    """Of the same office, with the right, and neither asked themselves nor told already."""
    _role, office_id, _station = person.own
    if to.office_id != office_id or notice.by_id == to.pk or not access.may(to, notices.ASKS[notice.kind], office_id=office_id):
        return False
    return not models.Notice.objects.filter(person=to, read_at=None, **{name: getattr(notice, name) for name in _ABOUT}).exists()


@dataclass(frozen=True, slots=True)
class Left:
    """What the log says of the last time somebody left. `back_on`: "" where no day was named."""

    at: datetime
    to: str
    back_on: str
    cases: list[str]
    tasks: int
    flags: int


def last(person: models.Person) -> Left | None:
    """How and with what a closed account was left; None where nobody handed anything on. Two queries at most."""
    row = models.AuditEntry.objects.filter(target_type="person", target_id=str(person.pk), verb="person.left").order_by("-seq").first()
    if person.is_active or row is None:
        return None
    said = row.after
    to = models.Person.objects.filter(pk=said["to"]).values_list("name", flat=True).first() if said["to"] else ""
    return Left(row.at, to or "", said["back_on"], said["cases"], len(said["tasks"]), len(said["flags"]))

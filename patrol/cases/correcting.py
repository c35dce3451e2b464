"""What an objection that was upheld changes: the decision is taken back by the verbs of triage, the flag leaves its case, and what was sent
about it gets a correction as a draft, which goes through two people as any referral does.

What did not go out yet needs none: a line whose post is not confirmed any more keeps a packet from being submitted, approved and sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from patrol import models, triage
from patrol.access import audit
from patrol.cases import homes, moving, referrals
from patrol.domain import states
from patrol.domain.referrals import ItemKind
from patrol.domain.states import CaseState, ReferralState
from patrol.infra import series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, ObjectionOutcome


@dataclass(frozen=True, slots=True)
class Held:
    """All that a correction touches, locked. `flags`: those whose decision stands and falls with the objection, the copies decided with
    it too; `entries` of them in cases; `sent`: of each referral that told of one of them, its lines; `numbers` for their corrections."""

    flags: tuple[models.Flag, ...]
    stands: bool
    entries: tuple[models.CaseFlag, ...]
    sent: tuple[tuple[models.Referral, tuple[models.ReferralItem, ...]], ...]
    homes: dict[int, models.Case]
    numbers: tuple[str, ...]


@wall.everything("what was said wrongly is put right wherever it stands")
def hold(objection: models.Objection, *, now: datetime) -> Held:
    """Locks cases, flags and the series of numbers, in this order. Inside the transaction that decides the objection."""
    decision = objection.decision
    of_act = models.Decision.objects.filter(batch=decision.batch) if decision.batch else models.Decision.objects.filter(pk=decision.pk)
    ids = sorted({decision.flag_id, *of_act.values_list("flag_id", flat=True)})
    in_cases = set(models.CaseFlag.objects.filter(flag__in=ids).values_list("case_id", flat=True))
    told = models.Referral.objects.filter(items__flag__in=ids).select_related("case").distinct()
    home_of = {one.case_id: homes.of(one.case) for one in told}
    keys = in_cases | {key for case_id in home_of for key in homes.way(case_id)}
    cases = {
        case.pk: case
        for case in models.Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("office", "opened_by", "responsible__office", "closed_by__office")
        .filter(pk__in=keys)
        .order_by("id")
    }
    # The whole row of each: what is decided anew takes in open copies.
    rows = models.Flag.objects.filter(pk__in=ids).values("row_key")
    locked = models.Flag.objects.select_for_update(of=("self",), no_key=True).defer("text_bands")
    flags = {one.pk: one for one in locked.filter(office=decision.flag.office_id, row_key__in=rows).order_by("id")}
    newest = dict(models.Decision.objects.filter(flag__in=ids).order_by("flag_id", "-id").distinct("flag_id").values_list("flag_id", "pk"))
    standing = [
        flags[one.flag_id]
        for one in of_act.order_by("flag_id")
        if one.flag_id in flags and newest[one.flag_id] == one.pk and flags[one.flag_id].state == one.state_after
    ]
    own = models.Flag.objects.get(pk=decision.flag_id)
    corrected = standing if any(flag.pk == own.pk for flag in standing) else [own]
    entries = models.CaseFlag.objects.select_related("flag").filter(flag__in=corrected, case__in=cases).order_by("case_id", "flag_id")
    sent = _sent(corrected)
    return Held(
        flags=tuple(corrected),
        stands=corrected is standing,
        entries=tuple(entries),
        sent=sent,
        homes={key: cases[home.pk] for key, home in home_of.items()} | {key: cases[key] for key in in_cases},
        numbers=tuple(series.take("RJK", len(sent), now=now)),
    )


def _sent(flags: Sequence[models.Flag]) -> tuple[tuple[models.Referral, tuple[models.ReferralItem, ...]], ...]:
    """What told an outside body of these flags; of several rounds the last one. What did not arrive told nobody anything, and the hand-over
    of somebody harmed says nothing against anybody."""
    items = (
        models.ReferralItem.objects.filter(flag__in=flags, referral__sent_at__isnull=False, referral__corrects=None)
        .exclude(kind=ItemKind.PERSON)
        .exclude(referral__state__in=[ReferralState.WITHDRAWN, ReferralState.CONTACT_FAILED])
        .select_related("referral__sent_by__office")
        .order_by("referral_id", "id")
    )
    by_referral: dict[models.Referral, list[models.ReferralItem]] = {}
    for item in items:
        by_referral.setdefault(item.referral, []).append(item)
    earlier = {one.before_id for one in by_referral}
    return tuple((one, tuple(lines)) for one, lines in by_referral.items() if one.pk not in earlier)


@wall.everything("what was said wrongly is put right wherever it stands")
def correct(objection: models.Objection, held: Held, *, anew: str, reason: str, by: models.Person, now: datetime) -> models.Decision | None:
    """Returns the decision that stands at the flag by this; None where none was made. Raises RefusedError, MoveRefusedError."""
    upheld = objection.outcome == ObjectionOutcome.UPHELD
    note = f"{objection.number}: {objection.put_right}"
    for referral, _items in held.sent:
        home = held.homes[referral.case_id]
        if home.state == CaseState.CLOSED:
            said = note if home.office_id == referral.case.office_id else ""  # not for the office of the home
            _open_again(home, referral, said, by=by, now=now)
    _in_timelines(objection, held, note, takes_out=upheld and held.stands, by=by, now=now)
    made = _decided(objection, held, anew=anew, reason=reason, note=note, by=by, now=now) if upheld and held.stands else None
    told = {"objection": objection.number, "outcome": objection.outcome, "office": objection.office_id}
    models.FlagEvent.objects.bulk_create(models.FlagEvent(flag=flag, kind="corrected", at=now, by=by, after=told) for flag in held.flags)
    if made is not None:  # nobody is asked to take them down any more
        models.LinkSchedule.objects.filter(post__flag__in=held.flags, due_at__isnull=False).update(due_at=None)
    for (referral, items), number in zip(held.sent, held.numbers, strict=True):
        referrals.begin_correction(referral, items, number=number, objection=objection, by=by, now=now)
    return made


def _open_again(case: models.Case, referral: models.Referral, note: str, *, by: models.Person, now: datetime) -> None:
    """A closed case of which something has to be corrected: at whoever sent that."""
    sender = referral.sent_by
    first = sender if sender is not None and sender.at_directorate and not case.at_directorate else None
    at_directorate, whose = moving.at_whom(case, first)
    moving.open_again(case, CaseEventKind.REOPENED, note, at_directorate=at_directorate, whose=whose, by=by, now=now)


def _in_timelines(objection: models.Objection, held: Held, note: str, *, takes_out: bool, by: models.Person, now: datetime) -> None:
    """The case says that it was corrected, and holds the flag no longer: it stood on the decision. A closed one too."""
    of_flags: dict[int, list[models.CaseFlag]] = {}
    for entry in held.entries:
        of_flags.setdefault(entry.case_id, []).append(entry)
    told: dict[int, dict[int, models.Case | None]] = {key: {entry.flag_id: None for entry in entries} for key, entries in of_flags.items()}
    own: dict[int, set[int]] = {}
    # What was asked by the home's own office last: that is for it to read, whoever else asked the same.
    for referral, items in sorted(held.sent, key=lambda one: one[0].case.office_id == held.homes[one[0].case_id].office_id):
        home = held.homes[referral.case_id]
        for item in items:
            told.setdefault(home.pk, {})[item.flag_id] = homes.asked_in(home, referral.case)
            own.setdefault(referral.case_id, set()).add(item.flag_id)
    numbers = {flag.pk: flag.number for flag in held.flags}
    said: dict[str, Any] = {"kind": CaseEventKind.CORRECTED, "at": now, "by": by, "note": note}
    for case_id, flags in sorted(told.items()):
        models.CaseEvent.objects.bulk_create(
            models.CaseEvent(case_id=case_id, flag_id=flag, other=other, **said)
            for flag, other in sorted(flags.items(), key=lambda one: one[0])
        )
        after = {"objection": objection.number, "flags": [numbers[flag] for flag in sorted(flags)]}
        audit.write("case.corrected", by=by, now=now, target=("case", case_id), after=after)
    for case_id in sorted(own.keys() - told.keys()):  # it was merged: told in the home too
        models.CaseEvent.objects.bulk_create(models.CaseEvent(case_id=case_id, flag_id=flag, **said) for flag in sorted(own[case_id]))
    for case_id, entries in of_flags.items() if takes_out else ():
        case = held.homes[case_id]
        moving.remove(case, entries, note, by=by, now=now)
        audit.write("case.flag_removed", by=by, now=now, target=case, after={"flags": [entry.flag.number for entry in entries]})


def _decided(
    objection: models.Objection, held: Held, *, anew: str, reason: str, note: str, by: models.Person, now: datetime
) -> models.Decision:
    decision = objection.decision
    common: dict[str, Any] = {"by": by, "now": now}
    key = uuid.uuid5(decision.decision_key, f"objection {objection.pk}")
    try:
        back = triage.reverse(decision_id=decision.pk, reason_note=note, decision_key=key, tells=False, **common)
        if not anew:
            return next(one for one in back.decisions if one.flag_id == decision.flag_id)
        done = triage.decide(
            flag_id=decision.flag_id,
            outcome=anew,
            reason=reason,
            note=note,
            decision_key=uuid.uuid5(key, "anew"),
            seen_version=back.flag.version,
            **common,
        )
    except triage.SecondPersonError as error:
        words = _("Nothing was decided: %(count)s posts at once take a second person. Let them be looked at again in the queue instead.")
        raise RefusedError("objection.many_posts", words, "said", count=error.count) from None
    except (triage.StaleError, triage.HeldByOtherError, triage.InCaseError):
        raise states.MoveRefusedError(decision.state_after, anew) from None  # locked since: nobody was faster, but the table of a colleague
    return next(one for one in done.decisions if one.flag_id == decision.flag_id)

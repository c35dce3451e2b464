"""A case from a campaign: the flags of one office that its confirmed ties hold, counted before, in one act. A case of the directorate
takes those of every office.

Confirmed ones go in as they are. Open ones go in once they are confirmed, which is the campaign's one decision for all (deciding.py)
with its own way back; what a colleague holds or moved meanwhile is listed and left, and so is what stands in a case already.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action
from patrol.campaigns import deciding, judging
from patrol.cases import moving
from patrol.domain.states import FlagState
from patrol.infra import series
from patrol.infra.refusals import RefusedError
from patrol.models import CampaignEventKind, CaseKind, Outcome

MOST: Final = 500  # flags in one go
EXAMPLES: Final = 5
LEAVE: Final = "leave"  # in the place of a reason: the open flags stay open, and out of the case


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a case would hold: `sure` are confirmed, `open` (deciding.MOST at most) still have to be.

    `offices`: those the person may open a case for, and how many flags each would have in it; `office_id` 0 where there is none. The
    directorate stands among them where flags are of several offices, with all of them.
    `in_case` stand in one already, `loose` hang on proposed ties only, `others` belong to offices this case is not for.
    """

    office_id: int
    offices: tuple[tuple[models.Office, int], ...]
    sure: tuple[models.Flag, ...]
    open: tuple[models.Flag, ...]
    in_case: int
    loose: int
    others: int

    @property
    def examples(self) -> tuple[models.Flag, ...]:
        """Spread over the whole, so that five are not five of one day."""
        every = (*self.sure, *self.open)
        step = max(1, len(every) // EXAMPLES)
        return every[::step][:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Opened:
    case: models.Case
    left: tuple[deciding.Left, ...]


def plan(campaign: models.Campaign, person: models.Person, *, office_id: int | None = None) -> Gathered:
    """Without an office: of the one with most of these flags. Seven queries at most, and two where open flags would be confirmed."""
    firm = judging.firm(campaign)
    flags = list(
        models.Flag.objects.select_related("office", "post", "case_entry")
        .filter(post__linked__campaign=campaign, state=FlagState.CONFIRMED)
        .order_by("id")
    )
    everywhere = deciding.plan(campaign, person).flags
    free = [flag for flag in flags if flag.post_id in firm and getattr(flag, "case_entry", None) is None]
    may = {flag.office_id: flag.office for flag in (*free, *everywhere)}
    may = {key: office for key, office in may.items() if _may(person, key)}
    counted = Counter(flag.office_id for flag in (*free, *everywhere) if flag.office_id in may)
    if len(may) > 1 and _may(person, person.office_id):
        may[person.office_id], counted[person.office_id] = person.office, counted.total()
    if office_id not in may:
        office_id = counted.most_common(1)[0][0] if counted else 0
    only = _only(person, office_id) if counted else None  # where nothing can go into a case, whatever waits for a tie is told as such
    whose = {only} if only is not None else {one for one in {flag.office_id for flag in flags} if _may(person, one)}
    mine = [flag for flag in flags if flag.office_id in whose]
    opened = deciding.plan(campaign, person, office_id=only)
    return Gathered(
        office_id,
        tuple((may[key], count) for key, count in counted.most_common()),
        tuple(flag for flag in free if flag.office_id in whose)[:MOST],
        opened.flags[:MOST],
        sum(getattr(flag, "case_entry", None) is not None for flag in mine),
        opened.loose + sum(flag.post_id not in firm for flag in mine),
        opened.others + len(flags) - len(mine),
    )


def _may(person: models.Person, office_id: int | None) -> bool:
    return access.may(person, Action.CASE_OPEN, office_id=office_id)


def _only(person: models.Person, office_id: int) -> int | None:
    """The one office whose flags go into its case; None of the directorate's, which takes those of all."""
    return None if person.at_directorate and office_id == person.office_id else office_id


def open_from_campaign(
    *,
    campaign_id: int,
    office_id: int,
    title: str,
    reason: str,
    note: str,
    key: uuid.UUID,
    counted: tuple[int, int],
    seen_version: int,
    by: models.Person,
    now: datetime,
    kind: str = CaseKind.OTHER,
) -> Opened:
    """Opens a case with what `plan` names. `reason`: why the open ones are confirmed, or LEAVE; not asked where there are none.

    `counted`: how many confirmed and open ones the person was shown. Raises RefusedError, judging.StaleError,
    triage.ReasonMissingError, PermissionDenied. The same `key` goes on where it stopped and
    opens one case.
    """
    campaign = models.Campaign.objects.get(pk=campaign_id)
    known = _known(campaign, key)
    if known is not None:  # a double click
        return Opened(known, ())
    access.require(by, Action.CASE_OPEN, office_id=office_id)
    title = moving.titled(title)
    moving.known(kind)
    if campaign.version != seen_version:
        raise judging.StaleError(None, None, campaign.state)
    planned = plan(campaign, by, office_id=office_id)
    decided = campaign.events.filter(kind=CampaignEventKind.DECIDED, told__key=str(key)).first()
    if decided is None and not (planned.sure or planned.open):
        raise RefusedError("case.nothing_to_gather", _("No case was opened: there is nothing here to put into it."))
    if decided is None and (planned.office_id != office_id or (len(planned.sure), len(planned.open)) != counted):
        text = _("No case was opened: the campaign or its flags have changed. Look at the count again.")
        raise RefusedError("case.campaign_grown", text)
    left: tuple[deciding.Left, ...] = ()
    if decided is None and planned.open and reason != LEAVE:
        if reason not in triage.REASONS[Outcome.CONFIRMED]:  # before it counts whether so many take a second person
            raise triage.ReasonMissingError(reason)
        done = deciding.decide(
            campaign_id=campaign_id,
            outcome=Outcome.CONFIRMED,
            reason=reason,
            note=note,
            key=key,
            counted=len(planned.open),
            seen_version=seen_version,
            by=by,
            now=now,
            office_id=_only(by, office_id),
        )
        decided, left = done.event, done.left
    chosen = {flag.pk for flag in planned.sure}
    if decided is not None:  # the copies in their rows too, as when one flag is filed
        chosen |= _standing(decided.told["decisions"])
    return Opened(_open(campaign, sorted(chosen), office_id, title, key, kind, by=by, now=now), left)


def _standing(decision_ids: Sequence[int]) -> set[int]:
    """Flags of these decisions that are confirmed yet and in no case."""
    found = models.Flag.objects.filter(decisions__in=decision_ids, decisions__reversed_by=None, state=FlagState.CONFIRMED, case_entry=None)
    return set(found.values_list("pk", flat=True))


def _known(campaign: models.Campaign, key: uuid.UUID) -> models.Case | None:
    event = campaign.events.filter(kind=CampaignEventKind.CASE_OPENED, told__key=str(key)).first()
    return models.Case.objects.get(pk=event.told["case"]) if event else None


def _open(
    campaign: models.Campaign,
    flag_ids: Sequence[int],
    office_id: int,
    title: str,
    key: uuid.UUID,
    kind: str,
    *,
    by: models.Person,
    now: datetime,
) -> models.Case:
    with transaction.atomic():
        # Two clicks at once come one after the other; a change of the campaign waits for the case.
        models.Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        known = _known(campaign, key)
        if known is not None:
            return known
        flags = moving.free_flags(flag_ids, by)
        number = series.take("PKR", 1, now=now)[0]
        case = moving.open_from(number, flags, title, by=by, now=now, campaign=campaign.number, kind=kind, office_id=office_id)
        models.CampaignEvent.objects.create(
            campaign=campaign,
            kind=CampaignEventKind.CASE_OPENED,
            at=now,
            by=by,
            told={"key": str(key), "case": case.pk, "flags": list(flag_ids)},
        )
    return case
